"""Byte pipes to a printer, both ways, each call bounded in time.

Knows sockets, the kernel's printer device (`/dev/usb/lp*`) and serial lines. Does not know what the
bytes mean (`kiosk.printing.escpos`).

No libusb and no pyserial: the first wants the kernel's driver off the device, the second is one
release from 2020, and the kernel's own files do all that is needed (docs/decisions/0013).
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import socket
import struct
import termios
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from typing_extensions import override

from kiosk.core.errors import PrinterError
from kiosk.core.printing import Fault
from kiosk.printing.names import Names
from kiosk.printing.status import Status, status_of_cable

_CONNECT_S = 1.5
_READ_BYTES = 1024
_SEND_BUFFER_BYTES = 8192  # small: what the system holds back is not printed yet
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER: on closing, drop what was not sent
_PAUSE_S = 0.01
_DRAIN_S = 2.0
_USB_TRANSFER_BYTES = 4096
_SERIAL_AHEAD_BYTES = 1024
_LPGETSTATUS = 0x060B  # linux/lp.h
_TAKEN_S = 1.0  # for the other end to say that it has what was sent


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

    def cable_status(self) -> Status:
        """What the cable itself tells of a printer that answers nothing; most tell nothing."""
        ...

    def close(self, *, drop_rest: bool = False) -> None:
        """End the connection; with `drop_rest` what the printer did not take yet is lost."""
        ...


class TcpPort:
    """A printer in the network, usually on port 9100."""

    def __init__(
        self,
        host: str,
        port: int = 9100,
        names: Names | None = None,
        connect_timeout_s: float = _CONNECT_S,
    ) -> None:
        """Connect.

        Args:
            host: its name or address.
            port: where it listens.
            names: looks up names, and knows those of before.
            connect_timeout_s: for looking up and connecting together.

        Raises:
            PrinterError: nobody answers there in time.
        """
        try:
            self._socket = (names or Names()).connect(host, port, connect_timeout_s)
            # one that has hung up already may refuse these
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
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

    def cable_status(self) -> Status:
        """What the other end does not take would be sent much later, when nobody waits for it."""
        until = time.monotonic() + _TAKEN_S
        while _waiting(self._socket.fileno()):
            if time.monotonic() >= until:
                return Status(Fault.OFFLINE)
            select.select([], [], [], _PAUSE_S)
        return Status()

    def close(self, *, drop_rest: bool = False) -> None:
        if drop_rest:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self._socket.close()


class _DevicePort:
    """A file below /dev, read and written without ever being stuck in it."""

    def __init__(self, device: str) -> None:
        self._file = _opened(device)

    def read(self, timeout_s: float) -> bytes:
        until = time.monotonic() + timeout_s
        while True:
            left_s = max(0.0, until - time.monotonic())
            try:
                readable, _, _ = select.select([self._file], [], [], left_s)
                data = os.read(self._file, _READ_BYTES) if readable else b""
            except BlockingIOError:
                data = b""
            except OSError as error:
                raise PrinterError("the printer's device is gone") from error
            if readable and not data:
                self._nothing_read()
            if data or time.monotonic() >= until:
                return data
            select.select([], [], [], min(_PAUSE_S, left_s))

    def write(self, data: bytes, timeout_s: float) -> int:
        try:
            _, writable, _ = select.select([], [self._file], [], timeout_s)
            return os.write(self._file, data) if writable else 0
        except BlockingIOError:
            return 0
        except OSError as error:
            raise PrinterError("the printer's device is gone") from error

    def cable_status(self) -> Status:
        return Status()

    def _nothing_read(self) -> None:
        """Readable, and nothing there."""


class UsbPort(_DevicePort):
    """A printer on USB, as the kernel's `usblp` offers it.

    One program at a time has it. A write is one transfer to the printer and, as nothing waits here,
    counts as taken when it has begun; so it is kept small, and closing waits for the last one. What
    is still under way when the file is closed, the kernel drops.
    """

    def __init__(self, device: str, ask_cable: Callable[[int], int] | None = None) -> None:
        """Open the device.

        Args:
            device: like `/dev/usb/lp0`.
            ask_cable: the cable's status byte of an open file; the kernel's answer where none.

        Raises:
            PrinterError: it is not there, or another program keeps it.
        """
        super().__init__(device)
        self._ask_cable = ask_cable or _usb_status

    @override
    def write(self, data: bytes, timeout_s: float) -> int:
        return super().write(data[:_USB_TRANSFER_BYTES], timeout_s)

    @override
    def cable_status(self) -> Status:
        try:
            return status_of_cable(self._ask_cable(self._file))
        except OSError as error:
            if error.errno in (errno.ENODEV, errno.ENXIO):
                raise PrinterError("the printer's device is gone") from error
            return Status()  # the driver or the printer does not know the question

    def close(self, *, drop_rest: bool = False) -> None:
        if not drop_rest:
            with suppress(OSError):
                select.select([], [self._file], [], _DRAIN_S)
        os.close(self._file)


class SerialPort(_DevicePort):
    """A printer on a serial line, 8N1 with hardware flow control (RTS/CTS)."""

    def __init__(self, device: str, baud: int) -> None:
        """Open the line and set it up.

        Raises:
            PrinterError: it is not there, is no serial line, or another program keeps it.
        """
        super().__init__(device)
        try:
            fcntl.ioctl(self._file, termios.TIOCEXCL)
            _set_up(self._file, baud)
        except (OSError, termios.error) as error:
            os.close(self._file)
            raise PrinterError(f"{device} is no serial line") from error

    @override
    def write(self, data: bytes, timeout_s: float) -> int:
        """Takes no more than is on the wire soon: what is taken has gone, or nearly."""
        room = _SERIAL_AHEAD_BYTES - _waiting(self._file)
        if room <= 0:
            select.select([], [], [], min(_PAUSE_S, timeout_s))
            return 0
        return super().write(data[:room], timeout_s)

    def close(self, *, drop_rest: bool = False) -> None:
        until = time.monotonic() + _DRAIN_S
        while not drop_rest and _waiting(self._file) and time.monotonic() < until:
            select.select([], [], [], _PAUSE_S)
        with suppress(termios.error):
            # else closing waits half a minute for a printer that is switched off
            termios.tcflush(self._file, termios.TCIOFLUSH)
        os.close(self._file)

    @override
    def _nothing_read(self) -> None:
        raise PrinterError("the serial line was hung up")


def _opened(device: str) -> int:
    """Open a file below /dev; whoever else has it gets a moment to let go."""
    until = time.monotonic() + _CONNECT_S
    while True:
        try:
            return os.open(device, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            if error.errno != errno.EBUSY or time.monotonic() >= until:
                raise PrinterError(f"no printer at {device}") from error
        select.select([], [], [], _PAUSE_S)


def _waiting(file: int) -> int:
    """Bytes that have not left the machine; over TCP, that the other end does not have yet."""
    try:
        answer = fcntl.ioctl(file, termios.TIOCOUTQ, bytes(4))
    except OSError:
        return 0  # writing will say what is wrong
    return int.from_bytes(answer, "little")


def _usb_status(file: int) -> int:
    answer = fcntl.ioctl(file, _LPGETSTATUS, bytes(4))
    return int.from_bytes(answer, "little")


def _set_up(file: int, baud: int) -> None:
    """Raw, no echo, and a broken line is no byte: a printer that loses power must not say 0."""
    speed = getattr(termios, f"B{baud}")
    iflag = termios.IGNBRK | termios.IGNPAR
    # without HUPCL: some printers start anew when DTR falls at the end of a slip
    cflag = termios.CS8 | termios.CREAD | termios.CLOCAL | termios.CRTSCTS
    control: list[bytes | int] = [b"\0"] * termios.NCCS
    control[termios.VMIN], control[termios.VTIME] = 1, 0
    termios.tcsetattr(file, termios.TCSANOW, [iflag, 0, cflag, 0, speed, speed, control])
    termios.tcflush(file, termios.TCIOFLUSH)
