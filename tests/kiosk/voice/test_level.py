"""How loud: the steps that the clauses ask for, and no distortion."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.choices import VOLUME, VOLUMES
from kiosk.voice.level import gain_db, leveled
from tests.kiosk.voice.hearing import joined, loudness, peak

STEPS = [gain_db(volume) for volume in VOLUMES]


def at_level(samples: list[int], db: float) -> list[int]:
    return list(joined(leveled([array("h", samples)], db)))


def test_each_step_is_louder_and_by_no_more_than_ten_decibels() -> None:
    assert all(0 < higher - lower <= 10 for lower, higher in pairwise(STEPS))


def test_the_range_is_wide_and_one_step_is_twelve_decibels_above_the_lowest() -> None:
    assert STEPS[-1] - STEPS[0] >= 18
    assert any(step - STEPS[0] == pytest.approx(12) for step in STEPS)


def test_a_session_begins_in_the_middle() -> None:
    assert STEPS[0] < gain_db(VOLUME) < STEPS[-1]


def test_a_step_that_does_not_exist_is_the_nearest() -> None:
    assert (gain_db(0), gain_db(99)) == (STEPS[0], STEPS[-1])


def test_a_device_adds_its_own() -> None:
    assert gain_db(VOLUME, -4.5) == gain_db(VOLUME) - 4.5


@given(st.lists(st.integers(-20000, 20000), min_size=1), st.sampled_from(STEPS))
def test_softer_is_the_same_sound_with_less_of_it(samples: list[int], db: float) -> None:
    factor = 10 ** (db / 20)
    for before, after in zip(samples, at_level(samples, db), strict=True):
        assert after == pytest.approx(before * factor, abs=1)


@given(st.lists(st.integers(-32768, 32767), min_size=1), st.floats(-60, 40))
def test_nothing_is_cut_off_and_nothing_changes_places(samples: list[int], db: float) -> None:
    ordered = sorted(samples)
    after = at_level(ordered, db)
    assert after == sorted(after)
    assert peak(array("h", after)) <= 32767
    assert all(one * other >= 0 for one, other in zip(ordered, after, strict=True))


def test_six_decibels_are_twice_the_sound() -> None:
    tone = [3000, -3000] * 100
    louder = array("h", at_level(tone, 6.0))
    assert loudness(louder) == pytest.approx(2 * 3000, rel=0.01)
