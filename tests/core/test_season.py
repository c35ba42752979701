"""Quarters: the finest time that uses are counted by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.season import quarter_of


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        (date(2026, 1, 1), "2026Q1"),
        (date(2026, 3, 31), "2026Q1"),
        (date(2026, 4, 1), "2026Q2"),
        (date(2026, 12, 31), "2026Q4"),
    ],
)
def test_a_day_is_in_one_quarter(day: date, quarter: str) -> None:
    assert quarter_of(day) == quarter


def test_the_same_quarter_a_year_before() -> None:
    assert quarter_of(date(2026, 11, 23), 1) == "2025Q4"


@given(st.dates(), st.dates())
def test_a_later_day_is_never_in_a_smaller_quarter(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert quarter_of(first) <= quarter_of(last)
