"""A receipt printer to print on in tests: an ESC/POS state machine with paper, cover and cutter.

`Machine` is the printer itself, driven by whoever owns its time. `DirectPort` drives it with a
virtual clock, over any kind of line; `TcpPrinter` and `DevicePrinter` put it behind a real socket
and a real file below /dev. It obeys real-time commands on arrival, everything else from a bounded
buffer and only while it is online, as printers do. When its power goes it forgets all of that.
"""

from __future__ import annotations

import os
import pty
import select
import socket
import termios
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from PySide6.QtGui import QImage

from kiosk import assets
from kiosk.core.errors import PrinterError
from kiosk.printing.models import read
from kiosk.printing.status import Status, status_of_cable

WIDTH_BYTES = 72  # 576 dots
HEAD_TO_CUTTER_ROWS = 112  # 14 mm
_CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
_DOTS_PER_INCH = 203
_DEFAULT_UNIT = 360  # of an inch: what ESC J counts in before GS P
GENERIC = read(assets.PRINTERS / "generic-80.toml")
NARROW = read(assets.PRINTERS / "generic-58.toml")
EPSON = read(assets.PRINTERS / "epson-tm-t20.toml")


@dataclass
class Troubles:
    """What goes wrong; row numbers count all paper that this printer moves."""

    paper_out_at: int | None = None
    cover_opens_at: int | None = None
    overheats_at: int | None = None
    power_off_at: int | None = None
    power_back_after_s: float | None = None  # by itself: somebody kicked the plug
    cutter_jams: bool = False
    near_end: bool = False
    never_answers: bool = False  # a mute clone
    never_pushes: bool = False  # a clone without ASB
    answers_only: tuple[int, ...] = (1, 2, 3, 4)  # of DLE EOT
    ignores_clearing: bool = False
    ends_with_slip: bool = False  # the paper is used up just when the slip is done


@dataclass
class Machine:
    """The printer."""

    troubles: Troubles = field(default_factory=Troubles)
    buffer_bytes: int = 65536
    speed_mm_s: float = 150.0
    width_bytes: int = WIDTH_BYTES
    has_cutter: bool = True
    name: bytes = b"TM-T82III"  # nothing where it does not know GS I
    paper: list[bytes] = field(default_factory=list)  # from the last cut to the head
    slips: list[list[bytes]] = field(default_factory=list)  # what has been cut off
    garbage: bytearray = field(default_factory=bytearray)  # bytes that are no command it knows
    rows_moved: int = 0
    power: bool = True
    paper_out: bool = False
    cover_open: bool = False
    overheated: bool = False
    jammed: bool = False
    starts: int = 0  # how often power came back

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
        self._dark_s = 0.0
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
        self._stay_dark(seconds)
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
            self._start()
        self._push()

    def tear_off(self) -> list[bytes]:
        """What hangs out of the slot."""
        piece, self.paper = self.paper, []
        return piece

    # --- inside

    def _stay_dark(self, seconds: float) -> None:
        back_after_s = self.troubles.power_back_after_s
        if self.power or back_after_s is None:
            return
        self._dark_s += seconds
        if self._dark_s >= back_after_s:
            self.troubles = replace(self.troubles, power_off_at=None)
            self._start()

    def _start(self) -> None:
        """Power is back: nothing is left of what it held or was told."""
        self.power, self._dark_s = True, 0.0
        self.starts += 1
        self._credit_rows = 0.0
        self._arriving.clear()
        self._answers.clear()
        self._forget()
        self._initialise(b"")

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
            if command[2] in self.troubles.answers_only:
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
        self.paper.append(row.ljust(self.width_bytes, b"\0"))
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
            b"\x1dI": (3, self._tell_name),
            b"\x1dP": (4, self._units),
            b"\x1dV": (4, self._feed_and_cut),
            b"\x1dr": (3, self._reply),
            b"\x1dv": (8, self._image),
        }
        if self._buffer[:1] == b"\0":  # means nothing to any printer
            del self._buffer[0]
            return True
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

    def _tell_name(self, command: bytes) -> None:
        if command[2] == 67 and self.name:
            self._answers += b"_" + self.name + b"\0"

    def _feed_and_cut(self, command: bytes) -> None:
        if command[2] != 66 or not self.has_cutter:
            self.garbage += command
            return
        self._feed_rows = HEAD_TO_CUTTER_ROWS + command[3] * _DOTS_PER_INCH // self._unit
        self._cut_next = True

    def _reply(self, command: bytes) -> None:
        if command[2] != 1:
            self.garbage += command
            return
        self._answers.append(0x03 * self.troubles.near_end | 0x0C * self.troubles.ends_with_slip)

    def _image(self, command: bytes) -> None:
        width = int.from_bytes(command[4:6], "little")
        if command[2:4] != b"0\0" or not 0 < width <= self.width_bytes:
            self.garbage += command
            return
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
    width = len(rows[0]) + 8
    image = QImage(packed, width * 8, len(rows), width, QImage.Format.Format_Mono)
    image.setColorTable([0xFFFFFFFF, 0xFF000000])
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


class VirtualClock:
    """Monotonic seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


SERIAL_RATE = 11520  # bytes a second at 115200 baud


class Line(Enum):
    """What a line does when the printer's power goes."""

    TCP = auto()  # breaks, and tells nothing of a mute printer
    USB = auto()  # breaks; the cable has a status byte of its own
    SERIAL = auto()  # stays, and holds back what is sent: RTS/CTS
    THREE_WIRES = auto()  # stays, and what is sent is lost: no flow control


@dataclass
class DirectPort:
    """A cable to a machine; waiting moves the clock and lets the machine work."""

    machine: Machine
    clock: VirtualClock
    line: Line = Line.TCP
    cable_bytes: int = 2048  # what the way itself holds
    _STEP_S = 0.01

    def __post_init__(self) -> None:
        self._on_the_way = bytearray()
        self._starts = self.machine.starts
        is_serial = self.line in (Line.SERIAL, Line.THREE_WIRES)
        self._rate = SERIAL_RATE if is_serial else 1e9
        self._may_pass = self._rate * self._STEP_S

    def cable_status(self) -> Status:
        if self.line is not Line.USB:
            return Status()
        self._alive()
        empty, offline = self.machine.paper_out, self.machine.offline
        return status_of_cable(0x20 * empty | 0x10 * (not offline) | 0x08)

    def read(self, timeout_s: float) -> bytes:
        until = self.clock.now + timeout_s
        while True:
            self._deliver(0)
            answers = self.machine.take_answers()
            if answers or self.clock.now >= until:
                return answers
            self._deliver(min(self._STEP_S, until - self.clock.now))

    def write(self, data: bytes, timeout_s: float) -> int:
        self._alive()
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

    def _alive(self) -> None:
        stays = self.line in (Line.SERIAL, Line.THREE_WIRES)
        if not stays and not (self.machine.power and self.machine.starts == self._starts):
            raise PrinterError("no power")

    def _deliver(self, seconds: float) -> None:
        self.clock.now += seconds
        self._may_pass = min(self._may_pass + seconds * self._rate, self._rate * self._STEP_S)
        if self.line in (Line.TCP, Line.USB) and self.machine.starts != self._starts:
            self._on_the_way.clear()  # another connection by now
        arrives = bytes(self._on_the_way[: int(self._may_pass)])
        is_lost = not self.machine.power and self.line is Line.THREE_WIRES
        taken = len(arrives) if is_lost else self.machine.receive(arrives)
        self._may_pass -= taken
        del self._on_the_way[:taken]
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


class DevicePrinter:
    """A machine at the other end of a pseudo terminal, served by a thread in real time.

    `device` is a real file below /dev with the kernel's own buffers. A serial line is this but for
    its wires: the speed is kept by `bytes_a_second`. The kernel's USB printer device needs a
    printer; what is different there (its status question, the transfer that is dropped on closing)
    is not shown by this.
    """

    def __init__(self, machine: Machine, bytes_a_second: float = 1e9) -> None:
        self.machine = machine
        self.lock = threading.Lock()
        self._rate = bytes_a_second
        self._stop = threading.Event()
        self._ours, theirs = pty.openpty()
        tty.setraw(theirs, termios.TCSANOW)
        self.device = os.ttyname(theirs)
        self._theirs = theirs  # kept open: closing the last one hangs the line up
        self._thread = threading.Thread(target=self._serve)

    @contextmanager
    def running(self) -> Iterator[DevicePrinter]:
        """Serve until the end of the block."""
        self._thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            self._thread.join()
            os.close(self._theirs)
            if self._ours >= 0:
                os.close(self._ours)

    def _serve(self) -> None:
        pending = b""
        last, room = time.monotonic(), 0.0
        while not self._stop.is_set():
            wanted = [] if pending or room < 1 else [self._ours]
            if select.select(wanted, [], [], 0.002)[0]:
                pending = os.read(self._ours, min(4096, int(room)))
                room -= len(pending)
            now = time.monotonic()
            room = min(room + (now - last) * self._rate, 4096)
            with self.lock:
                pending = pending[self.machine.receive(pending) :]
                self.machine.work(now - last)
                answers = self.machine.take_answers()
                is_gone = (
                    not self.machine.power and self.machine.troubles.power_back_after_s is None
                )
            last = now
            os.write(self._ours, answers)
            if is_gone:
                os.close(self._ours)  # the device vanishes
                self._ours = -1
                return
