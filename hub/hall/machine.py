"""What is wrong with a machine, as far as anybody at the hub can know. No I/O, no clock.

Knows what a machine says of itself and when its silence is a trouble. Does not know where that is
kept (`hub.hall.machine_book`) or how it is worded (`hub.hall.words`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from hub.fleet.enrolment import DRIFT_MAX

SILENT_AFTER = timedelta(minutes=10)  # a machine says something every three
CLOCK_SLACK = timedelta(minutes=10)  # more has to be mended, as its screen and its slips show it


class Trouble(StrEnum):
    """What staff must see to; of what a machine says itself the most urgent first."""

    CLOCK = "clock"  # wrong; where it is wrong by days the hub refuses what it says
    SILENT = "silent"
    WITHDRAWN = "withdrawn"
    FAULT = "fault"
    LOW_PAPER = "low-paper"


@dataclass(frozen=True)
class Report:
    """What a machine says of itself: nothing about anybody who stands there."""

    fault: str | None
    withdrawn: bool
    low_paper: bool
    slip: int
    catalog: int
    program: str

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong, the most urgent first."""
        found = (
            (self.withdrawn, Trouble.WITHDRAWN),
            (self.fault is not None, Trouble.FAULT),
            (self.low_paper, Trouble.LOW_PAPER),
        )
        return tuple(trouble for is_there, trouble in found if is_there)

    def is_like(self, other: Report) -> bool:
        """Nothing is wrong that was not, and nothing is right that was not."""
        return (self.troubles, self.fault) == (other.troubles, other.fault)

    def worst(self) -> tuple[Trouble | None, str | None]:
        """What is most urgent; a fault with its name."""
        first = self.troubles[0] if self.troubles else None
        return first, self.fault if first is Trouble.FAULT else None


@dataclass(frozen=True)
class Heard:
    """The newest report of a machine; `since` is when what is worst of it began."""

    report: Report
    at: datetime
    since: datetime | None

    def followed_by(self, report: Report, now: datetime) -> Heard:
        """The next report; what is still as bad began when it began."""
        if not report.troubles:
            return Heard(report, now, None)
        return Heard(report, now, self.since if report.worst() == self.report.worst() else now)


@dataclass(frozen=True)
class Machine:
    """An enrolled machine of a hall, and what it said last."""

    kiosk: int
    clock_offset: timedelta = timedelta(0)
    heard: Heard | None = None

    def seen(self, now: datetime) -> Seen:
        """What staff are shown of it now."""
        report = self.heard.report if self.heard else None
        troubles, since = self._told(now)
        if abs(self.clock_offset) > CLOCK_SLACK:
            troubles = (*troubles, Trouble.CLOCK)
        return Seen(self.kiosk, troubles, report, since)

    def _told(self, now: datetime) -> tuple[tuple[Trouble, ...], datetime | None]:
        """What it says, or that it does not; and since when."""
        if self.heard is not None and now - self.heard.at <= SILENT_AFTER:
            return self.heard.report.troubles, self.heard.since
        if abs(self.clock_offset) > DRIFT_MAX:  # then the hub does not let it say anything
            return (), None
        return (Trouble.SILENT,), self.heard.at if self.heard else None


@dataclass(frozen=True)
class Seen:
    """A machine as a page shows it; the same as long as nothing of it changes."""

    kiosk: int
    troubles: tuple[Trouble, ...]
    report: Report | None
    since: datetime | None
