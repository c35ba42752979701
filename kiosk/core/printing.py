"""What can become of a slip, and why. Values only.

Knows the four endings and the faults that a printer can report. Does not know how a printer is
asked (`kiosk.printing`) or what the citizen is told (`kiosk.views`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from kiosk.core.value import Value


class Fault(StrEnum):
    """Why a slip did not come out, as far as the printer says."""

    NO_PAPER = "no_paper"
    COVER_OPEN = "cover_open"
    JAM = "jam"
    OVERHEATED = "overheated"
    OFFLINE = "offline"  # there, but not working, for a reason that it does not give
    NOT_THERE = "not_there"


class SlipKind(StrEnum):
    """What a piece of paper is for."""

    SERVICE = "service"
    LIST = "list"  # all errands that were collected
    PAIR = "pair"  # two slips: one for the person, one for who acts for them
    LETTER = "letter"  # of authority, on A4
    BATCH = "batch"  # one slip of each service that staff picked
    TEST = "test"


class Printed(Value, frozen=True):
    """The printer itself said that everything was printed and cut."""

    low_paper: bool = False


class Unconfirmed(Value, frozen=True):
    """Everything was sent and nothing came back: only the citizen knows."""

    low_paper: bool = False


class FailedBefore(Value, frozen=True):
    """Nothing was sent."""

    fault: Fault
    done: int = 0  # slips of the same job that had come out before


class FailedDuring(Value, frozen=True):
    """A part may have come out; `row` is how many rows of dots had been handed over."""

    fault: Fault
    row: int
    done: int = 0  # as above


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


ROWS_PER_MM = 8  # of dots, 203 dpi
FEED_MM = 14  # from the head to the cutter, about


def paper_mm(outcome: PrintOutcome, length_mm: int) -> int:
    """How much of the roll a slip of this length took, about."""
    match outcome:
        case FailedBefore():
            return 0
        case FailedDuring(_, row):
            return row // ROWS_PER_MM
        case _:
            return length_mm + FEED_MM


FAULTS_MAX = 3
FAULT_WINDOW_MIN = 10


def may_offer(faults: int) -> bool:
    """Whether to offer printing after so many faults within `FAULT_WINDOW_MIN` minutes."""
    return faults < FAULTS_MAX
