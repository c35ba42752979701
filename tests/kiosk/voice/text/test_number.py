"""Numbers in Chinese, against what a person would count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice.text.number import by_digits, counted, decimal, of_clock, of_day, quantity

_VALUES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8, "兆": 10**12}


def value_of(said: str) -> int:
    """What a quantity in Chinese means, read from the left."""
    total, group, digit = 0, 0, 0
    for sign in said:
        if sign in _VALUES:
            digit = _VALUES[sign]
        elif sign in _PLACES:
            group += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            total += (group + digit) * _GROUPS[sign]
            group = digit = 0
    return total + group + digit


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_a_quantity_means_the_number(number: int) -> None:
    assert value_of(quantity(str(number))) == number


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0", "零"),
        ("10", "十"),
        ("110", "一百一十"),
        ("101", "一百零一"),
        ("1001", "一千零一"),
        ("2000", "两千"),
        ("22222", "两万二千二百二十二"),
        ("10005", "一万零五"),
        ("10010", "一万零一十"),
        ("100000", "十万"),
        ("100000005", "一亿零五"),
        ("100001000", "一亿零一千"),
        ("007", "七"),
        ("1" * 17, "一" * 17),
    ],
)
def test_a_quantity_sounds_right(digits: str, said: str) -> None:
    assert quantity(digits) == said


def test_two_of_something_are_another_word() -> None:
    assert (counted("2"), counted("12"), counted("3")) == ("两", "十二", "三")


def test_digits_over_a_telephone_are_not_mixed_up() -> None:
    assert by_digits("110", clear=True) == "幺幺零"
    assert by_digits("2019") == "二零一九"


def test_a_number_with_a_point() -> None:
    assert decimal("4", "50") == "四点五零"


def test_a_time_of_day() -> None:
    assert [of_clock(*time.split(":")) for time in ("9:00", "14:05", "2:30", "9:42")] == [
        "九点",
        "十四点零五分",
        "两点半",
        "九点四十二分",
    ]


def test_a_day_with_and_without_its_parts() -> None:
    assert of_day("2026", "05", "01") == "二零二六年五月一日"
    assert of_day("2026", "12", "") == "二零二六年十二月"
