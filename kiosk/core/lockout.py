"""When somebody may try to sign in again, as a function of the tries and of two clocks.

Knows how many tries there are and how long a lock lasts. Does not know PINs, nor where this is kept
(`kiosk.store.staff_book`).

Within one run of the machine only the clock that nobody can set counts. After a restart that clock
begins anew; then the time of day says how long the machine was off, and where it says that time
ran backwards, none of the lock has passed.
"""

from __future__ import annotations

from kiosk.core.value import Value, replace

TRIES = 5
FIRST_LOCK_S = 300.0
LONGEST_LOCK_S = 3600.0


class Moment(Value, frozen=True):
    """A moment by the machine's own clock, which begins with each `boot`, and the time of day."""

    boot: str
    monotonic_s: float
    wall_s: float


class Tries(Value, frozen=True):
    """What went wrong since somebody was last let in."""

    wrong: int = 0  # since the last lock
    locks: int = 0
    since: Moment | None = None  # when the lock began, or was seen first after a restart
    lock_s: float = 0.0  # how long it lasts from there

    @property
    def left(self) -> int:
        """How many tries are left before a lock."""
        return max(0, TRIES - self.wrong)

    def locked_s(self, now: Moment) -> float:
        """For how many seconds nobody may try; 0 where anybody may."""
        if self.since is None:
            return 0.0
        return max(0.0, self.lock_s - _passed_s(self.since, now))

    def rebased(self, now: Moment) -> Tries:
        """The same after a restart, so that from now on the clock that nobody sets counts."""
        if self.since is None or self.since.boot == now.boot:
            return self
        return replace(self, since=now, lock_s=self.locked_s(now))

    def failed(self, now: Moment) -> Tries:
        """One more wrong try; the last one locks, each time twice as long."""
        wrong = self.wrong + 1
        if wrong < TRIES:
            return Tries(wrong, self.locks)
        lock_s = min(LONGEST_LOCK_S, FIRST_LOCK_S * 2.0 ** min(self.locks, 30))
        return Tries(0, self.locks + 1, now, lock_s)


def _passed_s(since: Moment, now: Moment) -> float:
    if since.boot == now.boot:
        return max(0.0, now.monotonic_s - since.monotonic_s)
    return max(0.0, now.wall_s - since.wall_s)
