"""A printer on a virtual cable, with the code that prints on it; no time really passes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kiosk.core import value
from kiosk.core.errors import PrinterError
from kiosk.core.printing import PrintOutcome
from kiosk.printing.escpos import EscposPrinter, Patience
from kiosk.printing.models import Model
from kiosk.printing.page import Bar, Page
from kiosk.printing.ports import Port
from kiosk.printing.raster import bitmap_of
from kiosk.printing.roll import serial_patience, serial_strip_rows
from kiosk.printing.status import Asked
from tests.kiosk.printing.escpos_printer import (
    GENERIC,
    DirectPort,
    Line,
    Machine,
    Troubles,
    VirtualClock,
)

BAUD = 115200
QUICK = value.replace(GENERIC, speed_mm_s=4000.0)
# 100 mm of stripes: 800 rows with ink and white, fast to draw
PAGE = Page(576, 800, tuple(Bar(8 * n, 20 * n, 300, 9) for n in range(34)))
# the same length without any white: more than most buffers hold
SOLID = Page(576, 800, (Bar(0, 0, 576, 800),))


@dataclass
class Desk:
    """A printer on a cable."""

    machine: Machine
    line: Line = Line.TCP
    model: Model = GENERIC
    clock: VirtualClock = field(default_factory=VirtualClock)
    written: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self.opened = 0
        self.seconds = 0.0
        self.printer = EscposPrinter(self._connect, self.clock, self.model)
        if self.line in (Line.SERIAL, Line.THREE_WIRES):
            self.printer.patience = serial_patience(BAUD)
            self.printer.strip_rows = serial_strip_rows(BAUD, self.model)

    def _connect(self) -> Port:
        self.opened += 1
        if not self.machine.power and self.line in (Line.TCP, Line.USB):
            raise PrinterError("nobody there")
        return _Tapped(DirectPort(self.machine, self.clock, self.line), self.written)

    @property
    def longest_s(self) -> float:
        """After which a slip has ended whatever the printer does."""
        return self.printer.patience.slip_s + 3

    def print(self, page: Page = PAGE) -> PrintOutcome:
        """Print a page, and let come out whatever the printer still holds."""
        started = self.clock.now
        outcome = self.printer.print(page, 27)
        self.seconds = self.clock.now - started
        self.machine.work(60)
        return outcome

    def ask(self) -> Asked:
        """Ask how it is."""
        started = self.clock.now
        asked = self.printer.ask()
        self.seconds = self.clock.now - started
        return asked

    def repair(self) -> None:
        """Staff have been here; a printer that goes on by itself has done so."""
        self.machine.repair()
        self.machine.work(60)


def desk(buffer_bytes: int = 65536, **troubles: object) -> Desk:
    """One in the network."""
    return Desk(Machine(Troubles(**troubles), buffer_bytes=buffer_bytes))


def whole(slip: list[bytes], page: Page = PAGE) -> bool:
    """Whether a piece of paper holds all of a page's dots, and nothing else."""
    wanted = bitmap_of(page).rows
    printed = [row for row in slip if row.strip(b"\0")]
    return printed == [row.ljust(len(slip[0]), b"\0") for row in wanted if row.strip(b"\0")]


def hurried(patience: Patience) -> Patience:
    """The same for a printer that a test does not wait for."""
    return replace(patience, answer_s=0.1, stalled_s=0.6, done_s=0.5, mute_s=0.2)


class _Tapped:
    """A cable on which one can read along."""

    def __init__(self, port: Port, written: bytearray) -> None:
        self._port, self._written = port, written
        self.read, self.cable_status, self.close = port.read, port.cable_status, port.close

    def write(self, data: bytes, timeout_s: float) -> int:
        taken = self._port.write(data, timeout_s)
        self._written += data[:taken]
        return taken
