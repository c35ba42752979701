"""What the bytes that an ESC/POS printer sends mean. No I/O.

Knows the answers to `DLE EOT`, the pushed status of `GS a` (ASB) and the answer to `GS r`, and
tells them apart by their fixed bits; the name that answers `GS I`, and the status byte of a USB
cable. Does not know when to ask or to wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.core.printing import Fault

ASKED = (1, 2, 3, 4)  # DLE EOT n: printer, cause of offline, error, paper
OFFLINE = 0x08  # in the answer to DLE EOT 1
_ASB_BYTES = 4
_NAMED = re.compile(rb"_([^\0]*)\0")  # GS I 65 to 69: 5Fh, the words, NUL
_NAME_MAX = 40
_UNPRINTABLE = re.compile(r"[^ -~]")
# GET_PORT_STATUS of the USB printer class: what a parallel cable had as wires
_EMPTY, _SELECTED, _WELL = 0x20, 0x10, 0x08


@dataclass(frozen=True, slots=True)
class Status:
    """A printer's state at one moment."""

    fault: Fault | None = None
    low_paper: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a printer how it is; one that is mute answers nothing at all."""

    status: Status
    is_mute: bool = False
    model: str = ""  # as it calls itself; empty where it does not say, or cannot now


@dataclass(frozen=True, slots=True)
class Answer:
    """To `DLE EOT`, at once; which of them is known only to the one who asked."""

    byte: int


@dataclass(frozen=True, slots=True)
class Push:
    """Sent by the printer itself whenever its state changes."""

    status: Status


@dataclass(frozen=True, slots=True)
class Reply:
    """To `GS r 1`: everything before it was printed."""

    low_paper: bool
    paper_out: bool


Message: TypeAlias = Answer | Push | Reply


def status_of(answers: Mapping[int, int]) -> Status:
    """The state that the answers to `DLE EOT n` describe; unasked ones say nothing."""
    printer, cause, error, paper = (answers.get(n, 0) for n in ASKED)
    fault = _first(
        (cause & 0x04, Fault.COVER_OPEN),
        (cause & 0x20 or paper & 0x60, Fault.NO_PAPER),
        (error & 0x08, Fault.JAM),
        (error & 0x40, Fault.OVERHEATED),
        (printer & 0x08 or cause & 0x40 or error & 0x20, Fault.OFFLINE),
    )
    return Status(fault, low_paper=bool(paper & 0x0C))


def status_of_push(pushed: bytes) -> Status:
    """The state that four pushed bytes describe."""
    printer, error, paper, _ = pushed
    fault = _first(
        (printer & 0x20, Fault.COVER_OPEN),
        (paper & 0x0C, Fault.NO_PAPER),
        (error & 0x08, Fault.JAM),
        (error & 0x40, Fault.OVERHEATED),
        (printer & 0x08 or error & 0x20, Fault.OFFLINE),
    )
    return Status(fault, low_paper=bool(paper & 0x03))


def status_of_cable(byte: int) -> Status:
    """The state that the status byte of a USB cable describes.

    A printer that cannot tell says that all is well. None of the three bits says nothing: some
    clones never set any.
    """
    if byte & _EMPTY:
        return Status(Fault.NO_PAPER)
    well = byte & (_SELECTED | _WELL)
    return Status() if well in (0, _SELECTED | _WELL) else Status(Fault.OFFLINE)


def name_of(said: bytes) -> str:
    """The name in an answer to `GS I`, fit to be shown; empty where there is none."""
    found = _NAMED.search(said)
    if found is None:
        return ""
    return _UNPRINTABLE.sub("", found[1].decode("latin-1")).strip()[:_NAME_MAX]


def _first(*candidates: tuple[int, Fault]) -> Fault | None:
    return next((fault for bits, fault in candidates if bits), None)


@dataclass
class Inbox:
    """Sorts a printer's bytes into messages, however they are cut into reads."""

    _push: bytearray = field(default_factory=bytearray)

    def sort(self, data: bytes) -> Iterator[Message]:
        """The messages that are complete now; bytes of no known kind are passed over."""
        for byte in data:
            message = self._next(byte)
            if message is not None:
                yield message

    def _next(self, byte: int) -> Message | None:
        if self._push and byte & 0x90 == 0x00:
            self._push.append(byte)
            if len(self._push) < _ASB_BYTES:
                return None
            pushed, self._push = bytes(self._push), bytearray()
            return Push(status_of_push(pushed))
        if byte & 0x93 == 0x12:  # obeyed at once, so it may stand inside a push
            return Answer(byte)
        self._push.clear()
        if byte & 0x93 == 0x10:
            self._push.append(byte)
            return None
        if byte & 0xF0 == 0x00:
            return Reply(low_paper=bool(byte & 0x03), paper_out=bool(byte & 0x0C))
        return None
