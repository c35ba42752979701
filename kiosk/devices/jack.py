"""The headphone socket: whether a plug is in, as Linux says it (evdev, EV_SW).

Knows one device file and its events. Does not know what a plug means (`kiosk.core.keys`).
"""

from __future__ import annotations

import fcntl
import os
import struct
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

_EVENT = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
_EV_SW, _SW_HEADPHONE_INSERT = 0x05, 0x02
_EV_TYPES = frozenset({0, 1, 2, 3, 4, 5, 0x11, 0x12, 0x14, 0x15, 0x16, 0x17})
_LAST_S = 1 << 36  # the year 4147: what is later is no time
_EVIOCGSW = 2 << 30 | 1 << 16 | ord("E") << 8 | 0x1B  # one byte of switches, _IOC_READ
_READ_BYTES = 64 * _EVENT.size
RETRY_MS = 5000

CLASS = Path("/sys/class/input")
DEVICES = Path("/dev/input")


class Jack(QObject):
    """Watches a socket.

    Signals:
        plugged(bool): a plug came in, or it was pulled out. Without a word, none is in.
        lost(str): the device is not there, and why; once, until it has been there again.
    """

    plugged = Signal(bool)
    lost = Signal(str)

    def __init__(
        self, path: Path | None, parent: QObject | None = None, retry_ms: int = RETRY_MS
    ) -> None:
        """`path` is the device; None looks for one at each attempt, as `find_jack` does."""
        super().__init__(parent)
        self._path = path
        self._open_file = -1
        self._notifier: QSocketNotifier | None = None
        self._rest = b""
        self._is_in = self._is_lost = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(retry_ms)
        self._retry.timeout.connect(self.start)

    def start(self) -> None:
        """Begin to watch; a plug that is in is told at once."""
        self._close()
        try:
            self._open_file = _open(self._path or _found())
        except (OSError, ValueError) as error:
            self._lose(str(error))
            return
        self._is_lost = False
        self._notifier = QSocketNotifier(self._open_file, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        state = _state(self._open_file)
        if state is not None:
            self._tell(state)

    def stop(self) -> None:
        """Watch no longer."""
        self._retry.stop()
        self._close()

    def _read(self) -> None:
        try:
            content = os.read(self._open_file, _READ_BYTES)
        except BlockingIOError:
            return
        except OSError as error:  # ENODEV: pulled out with all that hangs on it
            self._lose(str(error))
            return
        if not content:
            self._lose("it has ended")
            return
        states, self._rest = states_in(self._rest + content)
        for state in states:
            self._tell(state)

    def _tell(self, is_in: bool) -> None:
        if is_in != self._is_in:
            self._is_in = is_in
            self.plugged.emit(is_in)

    def _lose(self, why: str) -> None:
        self._close()
        self._retry.start()
        self._tell(False)  # headphones on a keypad are gone with it
        if not self._is_lost:
            self._is_lost = True
            self.lost.emit(why)

    def _close(self) -> None:
        self._rest = b""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._open_file >= 0:
            with suppress(OSError):
                os.close(self._open_file)
            self._open_file = -1


def find_jack(devices: Path = CLASS) -> Path | None:
    """The first input device that calls itself a headphone socket."""
    for device in sorted(devices.glob("event*"), key=_number):
        with suppress(OSError, UnicodeDecodeError):
            if "headphone" in (device / "device" / "name").read_text("utf-8").lower():
                return DEVICES / device.name
    return None


def ask(path: Path) -> bool | None:
    """Whether a plug is in now; None where the device is there and does not say.

    Raises:
        OSError: it is not there, or may not be read.
    """
    file = _open(path)
    try:
        return _state(file)
    finally:
        os.close(file)


def states_in(content: bytes) -> tuple[list[bool], bytes]:
    """What events say of the socket, and the beginning of one that is not whole yet.

    A byte that can be the beginning of no event is left out.
    """
    states, at = [], 0
    while at + _EVENT.size <= len(content):
        seconds, microseconds, kind, code, value = _EVENT.unpack_from(content, at)
        is_time = 0 <= seconds < _LAST_S and 0 <= microseconds < 1_000_000
        if not is_time or kind not in _EV_TYPES:
            at += 1
            continue
        if (kind, code) == (_EV_SW, _SW_HEADPHONE_INSERT) and value in (0, 1):
            states.append(bool(value))
        at += _EVENT.size
    return states, content[at:]


def _found() -> Path:
    path = find_jack()
    if path is None:
        raise OSError("no input device calls itself a headphone socket")
    return path


def _open(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)


def _state(file: int) -> bool | None:
    """The switch now (EVIOCGSW); a pipe or another kind of file does not answer."""
    switches = bytearray(1)
    try:
        fcntl.ioctl(file, _EVIOCGSW, switches)
    except OSError:
        return None
    return bool(switches[0] >> _SW_HEADPHONE_INSERT & 1)


def _number(device: Path) -> int:
    digits = device.name.removeprefix("event")
    return int(digits) if digits.isdecimal() else 0
