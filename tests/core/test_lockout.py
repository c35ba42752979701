"""How long nobody may try to sign in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.lockout import FIRST_LOCK_S, LONGEST_LOCK_S, TRIES, Moment, Tries

START = Moment("boot-1", 1000.0, 1_800_000_000.0)
seconds = st.floats(0, 100_000, allow_nan=False)
walls = st.floats(-1e9, 1e9, allow_nan=False)


def later(moment: Moment, passed_s: float, set_by_s: float = 0.0) -> Moment:
    """After some time of the same run; somebody may have set the clock."""
    return Moment(moment.boot, moment.monotonic_s + passed_s, moment.wall_s + passed_s + set_by_s)


def restarted(moment: Moment, off_s: float) -> Moment:
    """The next run of the machine, whose own clock begins anew."""
    return Moment(moment.boot + "+", 0.0, moment.wall_s + off_s)


def locked(times: int = 1) -> tuple[Tries, Moment]:
    """After so many locks, in the moment of the last one."""
    tries, now = Tries(), START
    for n in range(times):
        if n:
            now = later(now, tries.locked_s(now))
        for _ in range(TRIES):
            assert tries.locked_s(now) == 0
            tries = tries.failed(now)
    return tries, now


def test_each_wrong_try_leaves_one_less_and_the_last_one_locks() -> None:
    tries, left = Tries(), []
    for _ in range(TRIES):
        tries = tries.failed(START)
        left.append((tries.left, tries.locked_s(START)))
    assert left == [(4, 0), (3, 0), (2, 0), (1, 0), (5, FIRST_LOCK_S)]


def test_each_lock_lasts_twice_as_long_up_to_an_hour() -> None:
    lengths = []
    for times in range(1, 8):
        tries, now = locked(times)
        lengths.append(tries.locked_s(now))
    assert lengths == [300, 600, 1200, 2400, 3600, 3600, 3600]


@given(seconds, walls)
def test_a_clock_that_is_set_changes_no_lock(passed_s: float, set_by_s: float) -> None:
    tries, now = locked(3)
    assert tries.locked_s(later(now, passed_s, set_by_s)) == max(
        0.0, 1200 - (later(now, passed_s).monotonic_s - now.monotonic_s)
    )


@given(st.floats(-1e9, 0))
def test_a_restart_with_the_clock_set_back_keeps_the_whole_lock(off_s: float) -> None:
    tries, now = locked(1)
    assert tries.locked_s(restarted(now, off_s)) == FIRST_LOCK_S


@given(st.floats(0, FIRST_LOCK_S - 1), st.floats(0, 5000), walls)
def test_after_a_restart_the_own_clock_counts_again(
    off_s: float, passed_s: float, set_by_s: float
) -> None:
    """The time of day says how long it was off, and from then on nothing more."""
    tries, now = locked(1)
    begun = restarted(now, off_s)
    rebased = tries.rebased(begun)
    left_s = rebased.locked_s(begun)
    assert left_s == tries.locked_s(begun) > 0
    assert rebased.locked_s(later(begun, passed_s, set_by_s)) == max(0.0, left_s - passed_s)


@given(st.lists(st.tuples(seconds, walls, st.booleans()), max_size=20))
def test_no_lock_is_ever_longer_than_an_hour_or_negative(
    passes: list[tuple[float, float, bool]],
) -> None:
    tries, now = Tries(), START
    for passed_s, set_by_s, restarts in passes:
        now = restarted(now, set_by_s) if restarts else later(now, passed_s, set_by_s)
        tries = tries.rebased(now)
        assert 0 <= tries.locked_s(now) <= LONGEST_LOCK_S
        tries = tries if tries.locked_s(now) else tries.failed(now)


def test_what_was_never_locked_is_open_whatever_the_clocks_say() -> None:
    assert Tries(wrong=4).locked_s(START) == 0
    assert Tries(wrong=4).rebased(restarted(START, 5)) == Tries(wrong=4)
