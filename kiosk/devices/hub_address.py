"""Where the hub is, how it is reached, and what proves to it who asks.

Knows the address of the enrolment, the kiosk's signature and the authorities that are trusted. Does
not know what is asked, or how long anybody can wait for it.
"""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import certifi

from db import kiosk_request
from db.kiosk_request import Request
from db.token import Place
from kiosk.store.enrolment import Enrolment

CONNECT_S: Final = 1.0
_KEEPALIVE: Final = ((socket.TCP_KEEPIDLE, 4), (socket.TCP_KEEPINTVL, 2), (socket.TCP_KEEPCNT, 3))


class HubAddress:
    """The hub that a machine is enrolled at."""

    def __init__(self, who: Enrolment, now: Callable[[], float] = time.time) -> None:
        """Nothing is asked yet.

        Args:
            who: this machine, its key and its hub.
            now: seconds since 1970; the hub refuses a clock that is ten minutes off.
        """
        self._who, self._now = who, now
        self._base = urlsplit(who.handoff_prefix.removesuffix("k/"))
        self._tls = _trust() if self._base.scheme == "https" else None

    def connection(self) -> http.client.HTTPConnection:
        """One that is not open yet."""
        host, port = self._base.hostname or "", self._base.port
        if self._tls is not None:
            return http.client.HTTPSConnection(host, port, timeout=CONNECT_S, context=self._tls)
        return http.client.HTTPConnection(host, port, timeout=CONNECT_S)

    def connect(self, connection: http.client.HTTPConnection, seconds: float) -> None:
        """Open it; after that each step may take so long.

        Raises:
            OSError: the hub cannot be reached.
        """
        connection.connect()
        _keep_alive(connection.sock)
        connection.sock.settimeout(seconds)

    def send(
        self, connection: http.client.HTTPConnection, request: Request, headers: Mapping[str, str]
    ) -> None:
        """Send a request with this machine's signature.

        Raises:
            OSError, http.client.HTTPException: it cannot be sent.
        """
        path = f"{self._base.path.rstrip('/')}{request.path}"
        signed = {"Authorization": self._sign(request), "Content-Type": "application/json"}
        connection.request(request.method, path, request.body, {**signed, **headers})

    def _sign(self, request: Request) -> str:
        numbers = self._who.place
        place = Place(numbers.region, numbers.hall, numbers.kiosk)
        nonce = secrets.token_bytes(kiosk_request.NONCE_BYTES)
        key, seconds = self._who.key_bytes, int(self._now())
        return kiosk_request.sign(request, key, place, self._who.epoch, seconds, nonce)


def _keep_alive(connected: socket.socket) -> None:
    """A cable that was pulled out is noticed within seconds, not with the next answer."""
    connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in _KEEPALIVE:
        connected.setsockopt(socket.IPPROTO_TCP, option, value)


def _trust() -> ssl.SSLContext:
    """The same authorities as the sync, whose `requests` costs 10 MB only to name their file."""
    own = os.environ.get("REQUESTS_CA_BUNDLE")
    return ssl.create_default_context(cafile=own or certifi.where())
