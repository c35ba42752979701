"""Finds the addresses of a printer that is given by name, and connects to it, bounded in time.

Knows names, sockets and that a name server may be dead. Does not know what is said on a connection
(`kiosk.printing.ports`, `kiosk.printing.ipp.client`).

The system's own look-up cannot be interrupted and may take half a minute, so it runs on a thread
that nobody has to wait for; what it finds later serves the next slip. While no name server
answers, the addresses of before go on being used, as RFC 8767 has it: the printer has not moved
because the name server is dead.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Final, TypeAlias

Addresses: TypeAlias = tuple[str, ...]

_LOOK_UP_SHARE: Final = 0.6  # of the time in all; the rest is for connecting
_LOOK_UP_MAX_S: Final = 0.9  # whatever the time in all: a document may take long, its name not
_NO_SUCH_NAME: Final = (socket.EAI_NONAME, socket.EAI_NODATA)
_FAMILIES: Final = (socket.AF_INET, socket.AF_INET6)


def system_addresses(host: str) -> Addresses:
    """What this machine's resolver says, in its order.

    Raises:
        OSError: it does not know the name, or does not say.
        UnicodeError: nothing can have such a name.
    """
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(where[0]) for *_, where in found))


class Names:
    """Names that were looked up, each by one thread at a time."""

    def __init__(self, look_up: Callable[[str], Addresses] = system_addresses) -> None:
        """Nothing is looked up yet.

        Args:
            look_up: as `system_addresses`; may take as long as it likes.
        """
        self._look_up = look_up
        self._lock = threading.Lock()
        self._known: dict[str, Addresses] = {}
        self._running: dict[str, Future[Addresses]] = {}

    def addresses(self, host: str, timeout_s: float) -> Addresses:
        """Those of now, or where nobody says in time those of before.

        Raises:
            OSError: there is no such name, or nobody has ever said.
        """
        if _is_address(host):
            return (host,)
        try:
            return self._asked(host).result(timeout_s)
        except (OSError, UnicodeError) as error:
            known = self._known.get(host)
            if known is None:
                raise TimeoutError(f"nobody says where {host} is") from error
            return known

    def connect(self, host: str, port: int, timeout_s: float) -> socket.socket:
        """A connection to the first address that takes one, within this time in all.

        Raises:
            OSError: there is none.
        """
        until = time.monotonic() + timeout_s
        addresses = self.addresses(host, min(timeout_s * _LOOK_UP_SHARE, _LOOK_UP_MAX_S))
        trouble = OSError(f"{host} has no address")
        for nth, address in enumerate(addresses):
            left_s = (until - time.monotonic()) / (len(addresses) - nth)
            if left_s <= 0:
                raise TimeoutError(f"{host} is too slow")
            try:
                return socket.create_connection((address, port), left_s)
            except OSError as error:
                trouble = error
        raise trouble

    def _asked(self, host: str) -> Future[Addresses]:
        """The look-up that is under way; a new one where none is."""
        with self._lock:
            running = self._running.get(host)
            if running is None:
                running = Future()
                thread = threading.Thread(
                    target=self._run, args=(host, running), name="printer-name", daemon=True
                )
                thread.start()  # what it finds waits for our lock
                self._running[host] = running
        return running

    def _run(self, host: str, answer: Future[Addresses]) -> None:
        try:
            found = self._look_up(host)
        except (OSError, UnicodeError) as error:
            with self._lock:
                del self._running[host]
                if _is_final(error):
                    self._known.pop(host, None)
            answer.set_exception(error)
        else:
            with self._lock:
                del self._running[host]
                self._known[host] = found
            answer.set_result(found)


def _is_address(host: str) -> bool:
    for family in _FAMILIES:
        with suppress(OSError, ValueError):  # a name, or no text that can be either
            socket.inet_pton(family, host)
            return True
    return False


def _is_final(error: Exception) -> bool:
    """Somebody has said that there is no such name; any other trouble passes."""
    return isinstance(error, socket.gaierror) and error.errno in _NO_SUCH_NAME
