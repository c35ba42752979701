"""Prints a page on an ESC/POS receipt printer and finds out whether it came out.

Knows the order of asking, sending and waiting, and when to stop. Does not know sockets
(`kiosk.printing.ports`) or what status bits mean (`kiosk.printing.status`).

"Sent" is never "printed": a network or a printer's buffer takes a slip that never comes out. So the
printer is asked before, pushes its state while it prints, and answers a question that stands behind
the last row. No answer is an ending of its own. Nothing is ever sent twice.

A printer whose power goes and comes back has forgotten what it held, and a line may not show it: a
serial cable stays where it is, and so does a box between network and printer. After the new start
it would answer the question behind the last row. So after each strip the printer is asked for a
sign of life (a beat), and must give it sooner than any printer can start.
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
from kiosk.printing.models import Model
from kiosk.printing.page import DOTS_PER_MM, Page
from kiosk.printing.ports import Port
from kiosk.printing.raster import bitmap_of, feeds, strips_of
from kiosk.printing.status import (
    ASKED,
    OFFLINE,
    Answer,
    Asked,
    Inbox,
    Message,
    Push,
    Reply,
    Status,
    name_of,
    status_of,
)

_RESET = b"\x1b@"
_UNITS = b"\x1dP\xcb\xcb"  # GS P: ESC J counts in 1/203 inch; models differ without it
_PUSH_ON = b"\x1da\x0e"  # GS a: offline, error and paper changes
_ASK_WHEN_DONE = b"\x1dr\x01"
_ASK_NAME = b"\x1dI\x43"  # GS I 67
_ASK = b"\x10\x04"  # DLE EOT n
_DROP = b"\x10\x05\x02" + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE ENQ 2, DLE DC4 8
_LISTEN_S = 0.05


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for what."""

    answer_s: float = 0.4  # for DLE EOT
    beat_s: float = 2.0  # for the sign of life after a strip, besides the time to print it
    stalled_s: float = 5.0  # while the printer takes nothing
    done_s: float = 6.0  # after the last row is due
    mute_s: float = 2.0  # the same for a printer that has never said anything
    slip_s: float = 25.0  # all together


@dataclass
class EscposPrinter:
    """A receipt printer behind a port that is opened for each slip.

    Attributes:
        open_port: connects; raises `PrinterError`.
        clock: monotonic seconds.
        model: what it is like.
        patience: limits of waiting.
        half_slip: part of a slip may hang in the printer; it is cut off before the next one.
        strip_rows: of one image, where the line asks for fewer than the model.
    """

    open_port: Callable[[], Port]
    clock: Callable[[], float]
    model: Model
    patience: Patience = field(default_factory=Patience)
    half_slip: bool = False
    strip_rows: int = 0

    @property
    def width(self) -> int:
        """Dots."""
        return self.model.dots

    def print(self, page: Page, slip_number: int) -> PrintOutcome:
        """Print one page, once; the number is on the page and of no use to this printer."""
        try:
            port = self.open_port()
        except PrinterError:
            return FailedBefore(Fault.NOT_THERE)
        talk = _Talk(port, self.clock, self.patience, self.model)
        failed = True
        try:
            outcome = self._outcome(talk, page)
            failed = isinstance(outcome, FailedDuring)
            if failed:
                talk.drop()
            if failed or talk.is_lost:
                self.half_slip = True
        finally:
            port.close(drop_rest=failed)
        return outcome

    def cut_first(self) -> None:
        """Part of a slip may hang in it: before the next one that is dropped and cut off."""
        self.half_slip = True

    def ask(self) -> Asked:
        """How the printer is, without printing; bounded in time, never raises."""
        try:
            port = self.open_port()
        except PrinterError:
            return Asked(Status(Fault.NOT_THERE))
        talk = _Talk(port, self.clock, self.patience, self.model)
        try:
            status = talk.ask()
            # GS I waits in the buffer like all that is printed, so it would answer too late
            can_tell = not (talk.is_mute or status.fault or self.half_slip)
            return Asked(status, talk.is_mute, talk.name() if can_tell else "")
        except PrinterError:
            return Asked(Status(Fault.OFFLINE))
        finally:
            port.close()

    def _outcome(self, talk: _Talk, page: Page) -> PrintOutcome:
        try:
            fault = self._ready(talk)
        except PrinterError:
            fault = Fault.OFFLINE
        if fault is not None:
            return FailedBefore(fault)
        rows, before = 0, talk.taken
        try:
            for strip in strips_of(bitmap_of(page), self.strip_rows or self.model.strip_rows):
                fault = talk.send(strip.command)
                if fault is None:
                    rows += strip.rows
                    fault = talk.beat(strip.rows)
                if fault is not None:
                    break
            else:
                fault = talk.finish(self._off())
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
            fault = talk.send(self._fill() + _RESET + _UNITS + self._off())
            if fault is not None:
                return fault
            self.half_slip = False
        return talk.send(_RESET + _UNITS + (_PUSH_ON if self.model.pushes else b""))

    def _off(self) -> bytes:
        """Ends a piece of paper: to the knife and cut, or past the tear bar."""
        white = b"".join(strip.command for strip in feeds(self.model.feed_rows))
        return white + self.model.cut_command

    def _fill(self) -> bytes:
        """White for an image that a deaf printer still waits for; else they mean nothing."""
        return bytes(self.model.strip_rows * self.model.dots // 8)


class _Talk:
    """One connection: writes, and hears what comes back meanwhile; `taken` counts bytes."""

    def __init__(
        self, port: Port, clock: Callable[[], float], patience: Patience, model: Model
    ) -> None:
        self._port = port
        self._clock = clock
        self._patience = patience
        self._model = model
        self._inbox = Inbox()
        self._deadline = clock() + patience.slip_s
        self._mute = self._silent = True
        self._low_paper = False
        self._replied: Reply | None = None
        self.taken = 0

    @property
    def is_mute(self) -> bool:
        """Nothing has come back so far."""
        return self._mute

    @property
    def is_lost(self) -> bool:
        """It had answered, and does not any more: what it holds may be half a slip."""
        return self._silent and not self._mute

    def ask(self, before: bytes = b"") -> Status:
        """The state by `DLE EOT`; what answers nothing has no fault but those the cable tells.

        Raises:
            PrinterError: the connection broke.
        """
        self._forget(0)  # what came for an earlier slip answers nothing of ours
        answers = self._answers(before)
        if answers:
            status = status_of(answers)
        else:
            status = self._port.cable_status()
            if status.fault is None and self._model.answers == "yes":
                status = Status(Fault.OFFLINE)
        if self._model.near_end:
            self._low_paper = self._low_paper or status.low_paper
        return Status(status.fault, status.low_paper and self._model.near_end)

    def name(self) -> str:
        """What the printer calls itself; waits for it, as nothing else may be sent meanwhile.

        Raises:
            PrinterError: the connection broke.
        """
        self._write(_ASK_NAME)
        until = self._clock() + self._patience.answer_s
        said = b""
        while not (name := name_of(said)) and (left_s := until - self._clock()) > 0:
            said += self._port.read(left_s)
        return name

    def send(self, data: bytes) -> Fault | None:
        """Hand bytes over; a fault that is pushed meanwhile, or no room for long, ends it.

        Raises:
            PrinterError: the connection broke.
        """
        stalled_at = self._clock() + self._patience.stalled_s
        while data:
            fault = _pushed(self._heard(0))
            if fault is not None:
                return fault
            taken = self._port.write(data, _LISTEN_S)
            self.taken += taken
            data = data[taken:]
            now = self._clock()
            if taken:
                stalled_at = now + self._patience.stalled_s
            if now >= min(stalled_at, self._deadline):
                return self._cable_fault() or Fault.OFFLINE
        return None

    def beat(self, rows: int) -> Fault | None:
        """Ask for a sign of life behind so many rows; silence is a fault. A mute one gives none.

        Raises:
            PrinterError: the connection broke.
        """
        if self._mute:
            return None
        fault = self.send(_ASK + b"\x01")
        if fault is not None:
            return fault
        until = self._clock() + self._patience.beat_s + self._paper_s(rows)
        while (left_s := min(until, self._deadline) - self._clock()) > 0:
            messages = self._heard(min(left_s, _LISTEN_S))
            fault = _pushed(messages)
            if fault is not None:
                return fault
            for message in messages:
                match message:
                    case Answer(byte):
                        return (self.ask().fault or Fault.OFFLINE) if byte & OFFLINE else None
        return Fault.OFFLINE

    def finish(self, off: bytes) -> Fault | None:
        """Send the end of a slip, and the question behind it.

        Raises:
            PrinterError: the connection broke.
        """
        fault = self.send(off)
        if fault is not None:
            return fault
        self._replied = None  # nothing said before it can answer it
        return self.send(_ASK_WHEN_DONE) or self.beat(0)

    def ending(self, rows: int) -> PrintOutcome:
        """What became of a slip that was handed over completely."""
        try:
            return self._reply(rows) or self._last_word(rows)
        except PrinterError:
            self._silent = True
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
        until = self._clock() + self._paper_s(rows) + grace_s
        while self._replied is None and (left_s := min(until, self._deadline) - self._clock()) > 0:
            fault = _pushed(self._heard(min(left_s, _LISTEN_S)))
            if fault is not None and self._replied is None:
                return FailedDuring(fault, rows)
        match self._replied:
            case Reply(paper_out=False) if self._answers():  # a cable can sound like an answer
                return Printed(self._low_paper)
            case Reply(paper_out=True):
                return Unconfirmed(low_paper=True)
            case Reply():
                return Unconfirmed(self._low_paper)
        return None

    def _last_word(self, rows: int) -> PrintOutcome:
        """Silence: a printer that does not push may still say why when asked."""
        fault = self._cable_fault() if self._mute else self.ask().fault
        return Unconfirmed(self._low_paper) if fault is None else FailedDuring(fault, rows)

    def _cable_fault(self) -> Fault | None:
        return self._port.cable_status().fault

    def _paper_s(self, rows: int) -> float:
        return rows / DOTS_PER_MM / self._model.speed_mm_s

    def _answers(self, before: bytes = b"") -> dict[int, int]:
        answers = self._asked(before)
        self._silent = not answers
        return answers

    def _asked(self, before: bytes) -> dict[int, int]:
        """Ask all four questions at once; who does not answer all is asked one by one.

        Answers come in the order of the questions and say nothing of which they belong to.
        """
        if self._model.answers == "no":
            self._write(before)
            return {}
        said = self._said(before + b"".join(_ASK + bytes([number]) for number in ASKED), len(ASKED))
        if len(said) in (0, len(ASKED)):
            return dict(zip(ASKED, said, strict=False))
        found = ((number, self._said(_ASK + bytes([number]), 1)) for number in ASKED)
        return {number: one[0] for number, one in found if one}

    def _said(self, question: bytes, count: int) -> list[int]:
        """So many answers, or those that come within the time for one after another."""
        self._write(question)
        said: list[int] = []
        until = self._clock() + self._patience.answer_s
        while len(said) < count and (left_s := until - self._clock()) > 0:
            found = [one.byte for one in self._heard(left_s) if isinstance(one, Answer)]
            if found:
                said += found
                until = self._clock() + self._patience.answer_s
        return said

    def _heard(self, timeout_s: float) -> list[Message]:
        messages = list(self._inbox.sort(self._port.read(timeout_s)))
        self._mute = self._mute and not messages
        for message in messages:
            match message:
                case Push(Status(low_paper=True)) | Reply(low_paper=True):
                    self._low_paper = self._model.near_end
            if isinstance(message, Reply):
                self._replied = message
        return messages

    def _forget(self, timeout_s: float) -> None:
        until = self._clock() + timeout_s
        while self._port.read(timeout_s) and self._clock() < until:
            self._inbox = Inbox()

    def _write(self, data: bytes) -> None:
        until = self._clock() + self._patience.answer_s
        while data and self._clock() < until:
            data = data[self._port.write(data, _LISTEN_S) :]


def _pushed(messages: list[Message]) -> Fault | None:
    """The fault that a printer told by itself."""
    for message in messages:
        if isinstance(message, Push) and message.status.fault is not None:
            return message.status.fault
    return None
