"""What can become of a slip, and why. Values only.

Knows the four endings and the faults that a printer can report. Does not know how a printer is
asked (`kiosk.printing`) or what the citizen is told (`kiosk.views`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Fault(StrEnum):
    """Why a slip did not come out, as far as the printer says."""

    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    JAM = "jam"
    OVERHEATED = "overheated"
    OFFLINE = "offline"  # there, but not working, for a reason that it does not give
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer itself said that everything was printed and cut."""

    low_paper: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """Everything was sent and nothing came back: only the citizen knows."""

    low_paper: bool = False


@dataclass(frozen=True, slots=True)
class FailedBefore:
    """Nothing was sent."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class FailedDuring:
    """A part may have come out; `row` is how many rows of dots had been handed over."""

    fault: Fault
    row: int


PrintOutcome: TypeAlias = Printed | Unconfirmed | FailedBefore | FailedDuring


class PrintState(StrEnum):
    """The same as one word, for a journal; `SENDING` until it is settled."""

    SENDING = "sending"
    PRINTED = "printed"
    UNCONFIRMED = "unconfirmed"
    FAILED_BEFORE = "failed-before"
    FAILED_DURING = "failed-during"


_STATES: dict[type[PrintOutcome], PrintState] = {
    Printed: PrintState.PRINTED,
    Unconfirmed: PrintState.UNCONFIRMED,
    FailedBefore: PrintState.FAILED_BEFORE,
    FailedDuring: PrintState.FAILED_DURING,
}


def state_of(outcome: PrintOutcome) -> PrintState:
    """The word for an ending."""
    return _STATES[type(outcome)]


FAULTS_MAX = 3
FAULT_WINDOW_MIN = 10


def may_offer(faults: int) -> bool:
    """Whether to offer printing after so many faults within `FAULT_WINDOW_MIN` minutes."""
    return faults < FAULTS_MAX
