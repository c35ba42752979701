"""Staff at this machine: who has signed in, and what they had done. Values only.

Knows what a member of staff can order and look up. Does not know PINs (`kiosk.store.staff_book`),
printers, or how an order is carried out.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import TypeAlias, assert_never

from typing_extensions import override

from kiosk.core.local import CounterToday
from kiosk.core.printing import Fault, Printed, PrintOutcome, SlipKind, Unconfirmed
from kiosk.core.value import Value, replace

PIN_LENGTH = 6
BATCH_MAX = 10  # slips that are printed together; more is a roll


def is_pin(text: str) -> bool:
    """Whether it is as long as a PIN and has digits only."""
    return len(text) == PIN_LENGTH and text.isascii() and text.isdecimal()


def is_guessed_first(pin: str) -> bool:
    """Whether whoever tries PINs would begin with this one: 000000, 123456, 121212, 112233, 123321.

    What a hand finds without thinking: one step from digit to digit, a part that comes again, every
    digit twice, or the same backwards.
    """
    digits = [int(sign) for sign in pin]
    doubled = digits[::2] == digits[1::2] and _is_even_walk(digits[::2])
    repeated = any(pin == pin[:length] * (PIN_LENGTH // length) for length in (1, 2, 3))
    return _is_even_walk(digits) or doubled or repeated or pin == pin[::-1]


def _is_even_walk(digits: list[int]) -> bool:
    """Always the same step, past 9 and 0 as well."""
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    return len(steps) == 1


# signing in -------------------------------------------------------------------------------------


class ByPin(Value, frozen=True):
    """Somebody who typed a PIN."""

    pin: str

    @override
    def __repr__(self) -> str:  # whatever is printed of it, the secret is not
        return "ByPin(…)"


class ByBadge(Value, frozen=True):
    """Somebody who showed a badge."""

    badge: str

    @override
    def __repr__(self) -> str:
        return "ByBadge(…)"


SignIn: TypeAlias = ByPin | ByBadge


class SignedIn(Value, frozen=True):
    """A member of staff; the name is that of a duty, not of a person: `导服台 2`."""

    who: str


class Refused(Value, frozen=True):
    """A PIN or badge that nobody has; so many tries are left."""

    tries_left: int


class LockedOut(Value, frozen=True):
    """Too many tries, or it cannot be checked now; local time from which it can be tried again."""

    until: datetime | None


Verdict: TypeAlias = SignedIn | Refused | LockedOut


# orders -----------------------------------------------------------------------------------------


class SetCounter(Value, frozen=True):
    """Counters are open or closed today, and how long people wait."""

    today: CounterToday


class PostBulletin(Value, frozen=True):
    """Tell everybody in this hall, until it closes; the sentence is one that stands ready."""

    sentence: str


class WithdrawBulletin(Value, frozen=True):
    """It is not true any more."""

    bulletin: str


class ChangeRoll(Value, frozen=True):
    """There is a new roll of paper in the printer."""


class MendPrinter(Value, frozen=True):
    """The printer works again: slips are offered again."""


class SyncNow(Value, frozen=True):
    """Ask the hub for a new catalog now."""


Order: TypeAlias = SetCounter | PostBulletin | WithdrawBulletin | ChangeRoll | MendPrinter | SyncNow


def deed_of(order: Order) -> str:
    """An order as a line of the trail, in words of this program and not of a language."""
    match order:
        case SetCounter(today):
            state = "closed" if today.is_closed else "open"
            return " ".join(("set-counter", today.counter, state, *filter(None, [today.waiting])))
        case PostBulletin(sentence):
            return f"post-bulletin {sentence}"
        case WithdrawBulletin(bulletin):
            return f"withdraw-bulletin {bulletin}"
        case ChangeRoll():
            return "change-roll"
        case MendPrinter():
            return "mend-printer"
        case SyncNow():
            return "sync-now"
        case _:
            assert_never(order)


# what is looked up ------------------------------------------------------------------------------


class SheetReport(Value, frozen=True):
    """What the printer for A4 says of itself."""

    fault: Fault | None = None
    low_paper: bool = False


class PrinterReport(Value, frozen=True):
    """What the printer says of itself, and what the journal knows of its paper."""

    fault: Fault | None
    is_mute: bool  # it answers nothing
    low_paper: bool
    left_mm: int  # by the journal: of the roll that was noted last
    slips_today: int
    faults_lately: int
    may_print: bool
    is_printing: bool = False  # so it could not be asked
    model: str = ""  # as it calls itself
    sheets: SheetReport | None = None  # None where there is no printer for them


class SyncReport(Value, frozen=True):
    """Which catalog is shown, and how the last check of the hub went."""

    version: int
    published: str  # ISO 8601
    heard: str | None  # ISO 8601, when the hub was last heard
    is_running: bool = False
    stage: str = ""  # of a running check: `fetch`, `verify`, `apply`
    share: float = 0.0  # 0 … 1 of the work that is done
    error: str = ""  # a sign for staff, `NET-1`


class SyncProgress(Value, frozen=True):
    """How far the check of the hub is that staff have ordered last."""

    is_running: bool = False
    stage: str = ""
    share: float = 0.0
    error: str = ""  # of the last one

    def told_in(self, report: SyncReport) -> SyncReport:
        """The report with this in place of what it says of it."""
        return replace(
            report,
            is_running=self.is_running,
            stage=self.stage,
            share=self.share,
            error=self.error,
        )


class Deed(Value, frozen=True):
    """A line of the audit trail: who did what, when; nothing of any citizen."""

    at: str  # local time, ISO 8601
    who: str
    what: str


class NoReport(Value, frozen=True):
    """It was looked up and could not be had: whoever waits for it waits no longer."""


Trail: TypeAlias = tuple[Deed, ...]
Report: TypeAlias = PrinterReport | SyncReport | Trail | NoReport

Missed: TypeAlias = tuple[tuple[str, int], ...]
"""Words that had no good answer, each with the number of visits that asked, most first."""


class Staff(Value, frozen=True):
    """The state of staff at the machine."""

    who: str = ""  # empty until somebody has signed in
    pin: str = ""  # as far as it is typed
    trying: SignIn | None = None
    verdict: Refused | LockedOut | None = None
    report: Report | None = None  # of the page that is shown
    undone: bool = False  # the last order could not be carried out
    batch: tuple[str, ...] = ()  # services whose slips are printed together
    last_batch: int = 0  # slips that came out of the last pile, as far as anybody knows

    def printed(self, kind: SlipKind, outcome: PrintOutcome) -> Staff:
        """What became of paper that they asked for; a pile that came out is no pile any more."""
        if kind is SlipKind.TEST:  # how the printer is may be another matter now
            return replace(self, report=None)
        if kind is not SlipKind.BATCH:
            return self
        if isinstance(outcome, Printed):
            return replace(self, batch=(), last_batch=len(self.batch))
        done = 0 if isinstance(outcome, Unconfirmed) else outcome.done
        return replace(self, last_batch=done)
