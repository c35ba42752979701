"""Prints a page on an ESC/POS receipt printer and finds out whether it came out.

Knows the order of asking, sending and waiting, and when to stop. Does not know sockets
(`kiosk.printing.ports`) or what status bits mean (`kiosk.printing.status`).

"Sent" is never "printed": a network or a printer's buffer takes a slip that never comes out. So the
printer is asked before, pushes its state while it prints, and answers a question that stands behind
the last row. No answer is an ending of its own. Nothing is ever sent twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.core.errors import PrinterError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.printing.page import DOTS_PER_MM, Page
from kiosk.printing.ports import Port
from kiosk.printing.raster import Strip, bitmap_of, strips_of
from kiosk.printing.status import (
    ASKED,
    Answer,
    Asked,
    Inbox,
    Message,
    Push,
    Reply,
    Status,
    status_of,
)

_RESET = b"\x1b@"
_UNITS = b"\x1dP\xcb\xcb"  # GS P: ESC J counts in 1/203 inch; models differ without it
_PUSH_ON = b"\x1da\x0e"  # GS a: offline, error and paper changes
_CUT = b"\x1dVB\x00"  # GS V 66: models know how far their own cutter is from the head
_ASK_WHEN_DONE = b"\x1dr\x01"
_DROP = b"\x10\x05\x02" + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE ENQ 2, DLE DC4 8
_LISTEN_S = 0.05


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what."""

    answer_s: float = 0.4  # for each DLE EOT
    stalled_s: float = 5.0  # while the printer takes nothing
    done_s: float = 6.0  # after the last row is due
    mute_s: float = 2.0  # the same for a printer that has never said anything
    paper_mm_s: float = 100.0
    slip_s: float = 25.0  # all together


@dataclass
class EscposPrinter:
    """A receipt printer behind a port that is opened for each slip.

    Attributes:
        open_port: connects; raises `PrinterError`.
        clock: monotonic seconds.
        patience: limits of waiting.
        half_slip: part of a slip may hang in the printer; it is cut off before the next one.
    """

    open_port: Callable[[], Port]
    clock: Callable[[], float]
    patience: Patience = field(default_factory=Patience)
    half_slip: bool = False

    def print(self, page: Page, slip_number: int) -> PrintOutcome:
        """Print one page, once; the number is on the page and of no use to this printer."""
        strips = tuple(strips_of(bitmap_of(page)))
        try:
            port = self.open_port()
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        talk = _Talk(port, self.clock, self.patience)
        outcome = self._outcome(talk, strips)
        failed = isinstance(outcome, FailedDuring)
        if failed:
            talk.drop()
            self.half_slip = True
        port.close(drop_rest=failed)
        return outcome

    def ask(self) -> Asked:
        """How the printer is, without printing; bounded in time, never raises."""
        try:
            port = self.open_port()
        except PrinterError:
            return Asked(Status(Fault.NOT_THERE))
        talk = _Talk(port, self.clock, self.patience)
        try:
            return Asked(talk.ask(), talk.is_mute)
        except PrinterError:
            return Asked(Status(Fault.OFFLINE))
        finally:
            port.close()

    def _outcome(self, talk: _Talk, strips: tuple[Strip, ...]) -> PrintOutcome:
        try:
            fault = self._ready(talk)
        except PrinterError:
            return FailedBefore(Fault.OFFLINE)
        if fault is not None:
            return FailedBefore(fault)
        rows, before = 0, talk.taken
        try:
            for strip in strips:
                fault = talk.send(strip.command)
                if fault is not None:
                    break
                rows += strip.rows
            else:
                fault = talk.send(_CUT + _ASK_WHEN_DONE)
        except PrinterError:
            fault = Fault.OFFLINE
        if fault is None:
            return talk.ending(rows)
        return FailedBefore(fault) if talk.taken == before else FailedDuring(fault, rows)

    def _ready(self, talk: _Talk) -> Fault | None:
        """Ask for faults, then prepare for a slip; a rest of the last one is cut off first."""
        status = talk.ask(_RESET)
        if status.fault is not None:
            return status.fault
        if self.half_slip:
            talk.drop()
            fault = talk.send(_RESET + _UNITS + _CUT)
            if fault is not None:
                return fault
            self.half_slip = False
        return talk.send(_RESET + _UNITS + _PUSH_ON)


class _Talk:
    """One connection: writes, and hears what comes back meanwhile; `taken` counts bytes."""

    def __init__(self, port: Port, clock: Callable[[], float], patience: Patience) -> None:
        self._port = port
        self._clock = clock
        self._patience = patience
        self._inbox = Inbox()
        self._deadline = clock() + patience.slip_s
        self._mute = True
        self._low_paper = False
        self.taken = 0

    @property
    def is_mute(self) -> bool:
        """Nothing has come back so far."""
        return self._mute

    def ask(self, before: bytes = b"") -> Status:
        """The state by `DLE EOT`; a printer that answers nothing has no known fault.

        Raises:
            PrinterError: the connection broke.
        """
        self._forget(0)  # what came for an earlier slip answers nothing of ours
        answers: dict[int, int] = {}
        for number in ASKED:
            self._write(before + bytes((0x10, 0x04, number)))
            before = b""
            byte = self._answer()
            if byte is not None:
                answers[number] = byte
        status = status_of(answers)
        self._low_paper = self._low_paper or status.low_paper
        return status

    def send(self, data: bytes) -> Fault | None:
        """Hand bytes over; a fault that is pushed meanwhile, or no room for long, ends it.

        Raises:
            PrinterError: the connection broke.
        """
        stalled_at = self._clock() + self._patience.stalled_s
        while True:
            for message in self._heard(0):
                if isinstance(message, Push) and message.status.fault is not None:
                    return message.status.fault
            if not data:
                return None
            taken = self._port.write(data, _LISTEN_S)
            self.taken += taken
            data = data[taken:]
            now = self._clock()
            if taken:
                stalled_at = now + self._patience.stalled_s
            if now >= min(stalled_at, self._deadline):
                return Fault.OFFLINE

    def ending(self, rows: int) -> PrintOutcome:
        """What became of a slip that was handed over completely."""
        try:
            return self._reply(rows) or self._last_word(rows)
        except PrinterError:
            return Unconfirmed(self._low_paper)

    def drop(self) -> None:
        """Ask the printer to forget what it holds; obeyed at once where it is understood."""
        try:
            self._write(_DROP)
            self._forget(self._patience.answer_s)  # it may confirm
        except PrinterError:
            return

    def _reply(self, rows: int) -> PrintOutcome | None:
        grace_s = self._patience.mute_s if self._mute else self._patience.done_s
        until = self._clock() + rows / DOTS_PER_MM / self._patience.paper_mm_s + grace_s
        while (left_s := min(until, self._deadline) - self._clock()) > 0:
            for message in self._heard(min(left_s, _LISTEN_S)):
                match message:
                    case Reply(paper_out=False):
                        return Printed(self._low_paper)
                    case Reply():
                        return Unconfirmed(low_paper=True)
                    case Push(Status(fault)) if fault is not None:
                        return FailedDuring(fault, rows)
        return None

    def _last_word(self, rows: int) -> PrintOutcome:
        """Silence: a printer that does not push may still say why when asked."""
        fault = None if self._mute else self.ask().fault
        return Unconfirmed(self._low_paper) if fault is None else FailedDuring(fault, rows)

    def _answer(self) -> int | None:
        until = self._clock() + self._patience.answer_s
        while (left_s := until - self._clock()) > 0:
            for message in self._heard(left_s):
                if isinstance(message, Answer):
                    return message.byte
        return None

    def _heard(self, timeout_s: float) -> list[Message]:
        messages = list(self._inbox.sort(self._port.read(timeout_s)))
        self._mute = self._mute and not messages
        for message in messages:
            match message:
                case Push(Status(low_paper=True)) | Reply(low_paper=True):
                    self._low_paper = True
        return messages

    def _forget(self, timeout_s: float) -> None:
        until = self._clock() + timeout_s
        while self._port.read(timeout_s) and self._clock() < until:
            self._inbox = Inbox()

    def _write(self, data: bytes) -> None:
        until = self._clock() + self._patience.answer_s
        while data and self._clock() < until:
            data = data[self._port.write(data, _LISTEN_S) :]
