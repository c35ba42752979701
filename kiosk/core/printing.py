"""What is printed, what can become of it, and why. Values only.

Knows jobs, the four endings and the faults that a printer can report. Does not know how a printer
is asked (`kiosk.printing`) or what the citizen is told (`kiosk.views`).
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
    RESUME = "resume"  # only the code that brings back what was told
    BULLETIN = "bulletin"  # a notice to take along
    LETTER = "letter"  # of authority, on A4
    BATCH = "batch"  # one slip of each service that staff picked
    TEST = "test"


class Printed(Value, frozen=True):
    """The printer itself said that everything was printed and cut."""

    low_paper: bool = False


class Unconfirmed(Value, frozen=True):
    """Everything was sent and nothing came back: only the citizen knows."""

    low_paper: bool = False
    slip: int = 0  # its number, the last one's of several; 0 where it has none


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


class SlipJob(Value, frozen=True):
    """A slip that was asked for; `outcome` is None while the printer works."""

    service: str  # empty for the list
    large: bool
    copy: int
    outcome: PrintOutcome | None = None
    kind: SlipKind = SlipKind.SERVICE
    bulletin: str = ""  # that it is about
    on_a4: bool = False  # in the largest print

    @property
    def is_sheet(self) -> bool:
        """It comes out of the printer for A4."""
        return self.on_a4 or self.kind is SlipKind.LETTER


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
            return row // ROWS_PER_MM + FEED_MM  # the rest is cut off before the next one
        case _:
            return length_mm + FEED_MM


FAULTS_MAX = 3
FAULT_WINDOW_MIN = 10


def is_withdrawn_after(faults: int) -> bool:
    """Whether printing is withdrawn after so many faults within `FAULT_WINDOW_MIN` minutes."""
    return faults >= FAULTS_MAX


class Roll(Value, frozen=True):
    """The paper in the printer, as the settings describe it."""

    length_mm: int = 80_000  # of a new one
    low_at_mm: int = 5_000  # staff are warned from here on; 0 leaves it to the printer's sensor

    def left_mm(self, used_mm: int) -> int:
        """What is left of it, about."""
        return max(0, self.length_mm - used_mm)

    def is_low(self, used_mm: int) -> bool:
        """It ends soon, by the count; never where that is left to the sensor."""
        return 0 < self.low_at_mm >= self.left_mm(used_mm)


class PrinterState(Value, frozen=True):
    """What is known of the printer without asking it: for citizens, for staff, for the hub."""

    withdrawn: bool = False  # nothing is printed for citizens until staff have seen to it
    fault: Fault | None = None  # of the newest slip, unless staff have handled it
    low_paper: bool = False  # a sensor or the count says so

    @property
    def is_well(self) -> bool:
        """Nobody need come."""
        return not self.withdrawn and self.fault is None and not self.low_paper
