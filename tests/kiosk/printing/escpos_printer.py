"""A receipt printer to print on in tests: an ESC/POS state machine with paper, cover and cutter.

`Machine` is the printer itself, driven by whoever owns its time. `DirectPort` drives it with a
virtual clock; `TcpPrinter` puts it behind a real socket. It obeys real-time commands on arrival,
everything else from a bounded buffer and only while it is online, as printers do.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from PySide6.QtGui import QImage

from kiosk.core.errors import PrinterError

WIDTH_BYTES = 72  # 576 dots
HEAD_TO_CUTTER_ROWS = 112  # 14 mm
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_DOTS_PER_INCH = 203
_DEFAULT_UNIT = 360  # of an inch: what ESC J counts in before GS P


@dataclass
class Troubles:
    """What goes wrong; row numbers count all paper that this printer moves."""

    paper_out_at: int | None = None
    cover_opens_at: int | None = None
    overheats_at: int | None = None
    power_off_at: int | None = None
    cutter_jams: bool = False
    near_end: bool = False
    never_answers: bool = False  # a mute clone
    never_pushes: bool = False  # a clone without ASB
    ignores_clearing: bool = False
    ends_with_slip: bool = False  # the paper is used up just when the slip is done


@dataclass
class Machine:
    """The printer."""

    troubles: Troubles = field(default_factory=Troubles)
    buffer_bytes: int = 65536
    speed_mm_s: float = 150.0
    paper: list[bytes] = field(default_factory=list)  # from the last cut to the head
    slips: list[list[bytes]] = field(default_factory=list)  # what has been cut off
    garbage: bytearray = field(default_factory=bytearray)  # bytes that are no command it knows
    rows_moved: int = 0
    power: bool = True
    paper_out: bool = False
    cover_open: bool = False
    overheated: bool = False
    jammed: bool = False

    def __post_init__(self) -> None:
        self._buffer = bytearray()
        self._arriving = bytearray()  # the start of a real-time command
        self._answers = bytearray()
        self._credit_rows = 0.0
        self._raster = (0, 0)  # bytes a row, rows to come
        self._feed_rows = 0
        self._cut_next = False
        self._pushing = False
        self._unit = _DEFAULT_UNIT
        self._check(0)

    # --- what the host sees

    def receive(self, data: bytes) -> int:
        """Take bytes as long as there is room; real-time commands are obeyed at once."""
        if not self.power:
            return 0
        taken = 0
        for byte in data:
            if len(self._buffer) + len(self._arriving) >= self.buffer_bytes:
                break
            self._arrive(byte)
            taken += 1
        return taken

    def take_answers(self) -> bytes:
        """What it wants to say."""
        said, self._answers = bytes(self._answers), bytearray()
        return b"" if self.troubles.never_answers else said

    def work(self, seconds: float) -> None:
        """Let time pass: print what is in the buffer, as far as speed and faults allow."""
        self._credit_rows = min(self._credit_rows, 1) + seconds * self.speed_mm_s * 8
        while self.power and not self.offline and self._step():
            pass

    @property
    def offline(self) -> bool:
        """Not printing."""
        return self.paper_out or self.cover_open or self.overheated or self.jammed

    @property
    def holds(self) -> int:
        """Bytes that it has and has not printed."""
        return len(self._buffer)

    # --- what staff do

    def repair(self) -> None:
        """New paper, cover shut, cooled down, knife free, power on; it goes on by itself."""
        self.troubles = replace(
            self.troubles,
            paper_out_at=None,
            cover_opens_at=None,
            overheats_at=None,
            power_off_at=None,
            cutter_jams=False,
            near_end=False,
        )
        self.paper_out = self.cover_open = self.overheated = self.jammed = False
        if not self.power:
            self.power = True
            self._forget()
        self._push()

    def tear_off(self) -> list[bytes]:
        """What hangs out of the slot."""
        piece, self.paper = self.paper, []
        return piece

    # --- inside

    def _arrive(self, byte: int) -> None:
        self._arriving.append(byte)
        if self._obey(bytes(self._arriving)):
            self._arriving.clear()
        while self._arriving and not _may_be_real_time(bytes(self._arriving)):
            self._buffer.append(self._arriving.pop(0))

    def _obey(self, command: bytes) -> bool:
        if command == _CLEAR:
            if not self.troubles.ignores_clearing:
                self._forget()
                self._answers += b"\x37\x25\x00"
            return True
        if len(command) == 3 and command[:2] == b"\x10\x04":
            if 1 <= command[2] <= 4:
                self._answers.append(self._status(command[2]))
            return True
        if len(command) == 3 and command[:2] == b"\x10\x05":
            if self.jammed:
                self.jammed = False
                self._forget()
            return True
        return False

    def _forget(self) -> None:
        self._buffer.clear()
        self._raster, self._feed_rows, self._cut_next = (0, 0), 0, False

    def _status(self, number: int) -> int:
        error = self.jammed or self.overheated
        bits = {
            1: 0x08 * self.offline,
            2: 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * error,
            3: 0x08 * self.jammed | 0x40 * self.overheated,
            4: 0x0C * self.troubles.near_end | 0x60 * self.paper_out,
        }
        return 0x12 | bits[number]

    def _push(self) -> None:
        if self._pushing and not self.troubles.never_pushes:
            first = 0x10 | 0x08 * self.offline | 0x20 * self.cover_open
            second = 0x08 * self.jammed | 0x40 * self.overheated
            third = 0x03 * self.troubles.near_end | 0x0C * self.paper_out
            self._answers += bytes((first, second, third, 0))

    def _step(self) -> bool:
        """One row or one command; False where it has to wait."""
        width, rows = self._raster
        if rows:
            if len(self._buffer) < width or not self._move(bytes(self._buffer[:width])):
                return False
            del self._buffer[:width]
            self._raster = (width, rows - 1)
            return True
        if self._feed_rows:
            if not self._move(b""):
                return False
            self._feed_rows -= 1
            return True
        if self._cut_next:
            return self._cut()
        return self._command()

    def _move(self, row: bytes) -> bool:
        if self._credit_rows < 1 or self._check(self.rows_moved):
            return False
        self._credit_rows -= 1
        self.rows_moved += 1
        self.paper.append(row.ljust(WIDTH_BYTES, b"\0"))
        return True

    def _check(self, row: int) -> bool:
        """Whether something happens before this row."""
        troubles = self.troubles
        happens = {
            "paper_out": troubles.paper_out_at,
            "cover_open": troubles.cover_opens_at,
            "overheated": troubles.overheats_at,
        }
        hit = [name for name, at in happens.items() if at is not None and row >= at]
        for name in hit:
            setattr(self, name, True)
        if troubles.power_off_at is not None and row >= troubles.power_off_at:
            self.power = False
            return True
        if hit:
            self._push()
        return bool(hit)

    def _cut(self) -> bool:
        if self.troubles.cutter_jams:
            self.jammed = True
            self._push()
            return False
        self._cut_next = False
        at = len(self.paper) - HEAD_TO_CUTTER_ROWS
        if at > 0:
            self.slips.append(self.paper[:at])
            self.paper = self.paper[at:]
        return True

    def _command(self) -> bool:
        known = {
            b"\x1b@": (2, self._initialise),
            b"\x1bJ": (3, self._feed),
            b"\x1da": (3, self._push_on),
            b"\x1dP": (4, self._units),
            b"\x1dV": (4, self._feed_and_cut),
            b"\x1dr": (3, self._reply),
            b"\x1dv": (8, self._image),
        }
        if len(self._buffer) < 2:
            return False
        length, act = known.get(bytes(self._buffer[:2]), (1, self.garbage.extend))
        if len(self._buffer) < length:
            return False
        command = bytes(self._buffer[:length])
        del self._buffer[:length]
        act(command)
        return True

    def _initialise(self, _command: bytes) -> None:
        self._pushing, self._unit = False, _DEFAULT_UNIT

    def _feed(self, command: bytes) -> None:
        self._feed_rows = command[2] * _DOTS_PER_INCH // self._unit

    def _push_on(self, command: bytes) -> None:
        self._pushing = bool(command[2] & 0x0E)
        self._push()

    def _units(self, command: bytes) -> None:
        self._unit = command[3] or _DEFAULT_UNIT

    def _feed_and_cut(self, command: bytes) -> None:
        assert command[2] == 66
        self._feed_rows = HEAD_TO_CUTTER_ROWS + command[3] * _DOTS_PER_INCH // self._unit
        self._cut_next = True

    def _reply(self, command: bytes) -> None:
        assert command[2] == 1
        self._answers.append(0x03 * self.troubles.near_end | 0x0C * self.troubles.ends_with_slip)

    def _image(self, command: bytes) -> None:
        assert command[2:4] == b"0\0"
        width = int.from_bytes(command[4:6], "little")
        assert 0 < width <= WIDTH_BYTES
        self._raster = (width, int.from_bytes(command[6:8], "little"))


def _may_be_real_time(start: bytes) -> bool:
    short = (b"\x10\x04", b"\x10\x05")
    return (
        start == b"\x10"
        or start in short
        or (len(start) < len(_CLEAR) and _CLEAR.startswith(start))
    )


def image_of(rows: list[bytes]) -> QImage:
    """Printed paper as a picture, black on white, with the paper's own margins."""
    margin = bytes(4)
    packed = b"".join(margin + row + margin for row in rows)
    width = WIDTH_BYTES + 8
    image = QImage(packed, width * 8, len(rows), width, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


class VirtualClock:
    """Monotonic seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class DirectPort:
    """A cable to a machine; waiting moves the clock and lets the machine work."""

    machine: Machine
    clock: VirtualClock
    cable_bytes: int = 2048  # what the way itself holds
    _STEP_S = 0.01

    def __post_init__(self) -> None:
        self._on_the_way = bytearray()

    def read(self, timeout_s: float) -> bytes:
        until = self.clock.now + timeout_s
        while True:
            self._deliver(0)
            answers = self.machine.take_answers()
            if answers or self.clock.now >= until:
                return answers
            self._deliver(min(self._STEP_S, until - self.clock.now))

    def write(self, data: bytes, timeout_s: float) -> int:
        if not self.machine.power:
            raise PrinterError("no power")
        until = self.clock.now + timeout_s
        while True:
            room = self.cable_bytes - len(self._on_the_way)
            taken = min(room, len(data))
            self._on_the_way += data[:taken]
            self._deliver(0)
            if taken or self.clock.now >= until:
                return taken
            self._deliver(min(self._STEP_S, until - self.clock.now))

    def close(self, *, drop_rest: bool = False) -> None:
        if drop_rest:
            self._on_the_way.clear()
        while self._on_the_way and self.machine.power and not self.machine.offline:
            self._deliver(self._STEP_S)

    def _deliver(self, seconds: float) -> None:
        self.clock.now += seconds
        del self._on_the_way[: self.machine.receive(bytes(self._on_the_way))]
        self.machine.work(seconds)


class TcpPrinter:
    """A machine behind a socket on the loopback, served by a thread in real time."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.lock = threading.Lock()
        self.connections = 0
        self._stop = threading.Event()
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(1)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    @contextmanager
    def running(self) -> Iterator[TcpPrinter]:
        """Serve until the end of the block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join()
            self._listener.close()

    def _serve(self) -> None:
        while not self._stop.is_set():
            if select.select([self._listener], [], [], 0.01)[0]:
                connection, _ = self._listener.accept()
                self.connections += 1
                with connection:
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        pending = b""
        last = time.monotonic()
        while not self._stop.is_set():
            readable = select.select([connection] if not pending else [], [], [], 0.002)[0]
            try:
                if connection.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    return
                if readable:
                    pending = connection.recv(4096)
                    if not pending:
                        return
                now = time.monotonic()
                with self.lock:
                    pending = pending[self.machine.receive(pending) :]
                    self.machine.work(now - last)
                    answers = self.machine.take_answers()
                    if not self.machine.power:
                        return
                last = now
                connection.sendall(answers)
            except ConnectionError:
                return
