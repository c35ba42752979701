"""Which touches count."""

from __future__ import annotations

import pytest

from kiosk.core.input_guard import InputGuard

NOW_S = 1000.0


@pytest.mark.parametrize(
    ("after_ms", "counts"), [(0, False), (100, False), (290, False), (310, True), (360, True)]
)
def test_a_second_tap_on_the_same_control_counts_after_a_pause(after_ms: int, counts: bool) -> None:
    guard = InputGuard()
    now_s = NOW_S + after_ms / 1000
    assert guard.accepts(now_s, NOW_S - 60, NOW_S, same=True, steady=False) is counts


@pytest.mark.parametrize(
    ("after_ms", "counts"),
    [(0, False), (100, False), (290, False), (310, False), (340, False), (360, True)],
)
def test_a_new_screen_is_not_touched_by_the_finger_that_brought_it(
    after_ms: int, counts: bool
) -> None:
    guard = InputGuard()
    now_s = NOW_S + after_ms / 1000
    assert guard.accepts(now_s, NOW_S, NOW_S - 60, same=False, steady=False) is counts


@pytest.mark.parametrize(("after_ms", "counts"), [(310, False), (490, False), (510, True)])
def test_an_unsteady_hand_is_given_more_time(after_ms: int, counts: bool) -> None:
    now_s = NOW_S + after_ms / 1000
    assert InputGuard().accepts(now_s, NOW_S - 60, NOW_S, same=True, steady=True) is counts


def test_two_keys_may_be_touched_as_fast_as_one_can() -> None:
    assert InputGuard().accepts(NOW_S + 0.01, NOW_S - 60, NOW_S, same=False, steady=False)


def test_a_guard_without_limits_lets_all_touches_by() -> None:
    guard = InputGuard(after_screen_s=0, repeat_s=0)
    assert guard.accepts(NOW_S, NOW_S, NOW_S, same=True, steady=False)
