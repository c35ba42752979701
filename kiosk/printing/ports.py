"""Byte pipes to a printer, both ways, each call bounded in time.

Knows sockets. Does not know what the bytes mean (`kiosk.printing.escpos`). A USB device
(`/dev/usb/lp*`) or a serial line is another class with the same four methods.
"""

from __future__ import annotations

import select
import socket
import struct
from typing import Protocol

from kiosk.core.errors import PrinterError

_CONNECT_S = 1.5
_READ_BYTES = 1024
_SEND_BUFFER_BYTES = 8192  # small: what the system holds back is not printed yet
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on closing, drop what was not sent


class Port(Protocol):
    """An open connection to a printer.

    Raises (every method but `close`): `kiosk.core.errors.PrinterError` where it is broken.
    """

    def read(self, timeout_s: float) -> bytes:
        """What has come, after at most this time; nothing where nothing came."""
        ...

    def write(self, data: bytes, timeout_s: float) -> int:
        """How many of the bytes were taken, after at most this time."""
        ...

    def close(self, *, drop_rest: bool = False) -> None:
        """End the connection; with `drop_rest` what the printer did not take yet is lost."""
        ...


class TcpPort:
    """A printer in the network, usually on port 9100."""

    def __init__(self, host: str, port: int = 9100, connect_timeout_s: float = _CONNECT_S) -> None:
        """Connect.

        Raises:
            PrinterError: nobody answers there in time.
        """
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._socket.settimeout(connect_timeout_s)
        try:
            self._socket.connect((host, port))
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            self._socket.close()
            raise PrinterError(f"no printer at {host}:{port}") from error
        self._socket.setblocking(False)

    def read(self, timeout_s: float) -> bytes:
        try:
            readable, _, _ = select.select([self._socket], [], [], timeout_s)
            if not readable:
                return b""
            data = self._socket.recv(_READ_BYTES)
        except OSError as error:
            raise PrinterError("the printer's connection broke") from error
        if not data:
            raise PrinterError("the printer ended the connection")
        return data

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            _, writable, _ = select.select([], [self._socket], [], timeout_s)
            return self._socket.send(data) if writable else 0
        except BlockingIOError:
            return 0
        except OSError as error:
            raise PrinterError("the printer's connection broke") from error

    def close(self, *, drop_rest: bool = False) -> None:
        if drop_rest:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._socket.close()
