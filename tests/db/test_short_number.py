"""Short numbers: what the check digit catches, counted."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import short_number

numbers = st.integers(1, 0xFFFFFF)
SAMPLE = range(10_000, 99_999, 173)


def digits_of(number: int) -> str:
    return short_number.written(number).replace("-", "")


@pytest.mark.parametrize(
    ("digits", "check"),
    [("0794", 5), ("079", 2), ("13001", 6), ("1", 9), ("", 1)],
)
def test_check_digits_that_were_computed_by_hand(digits: str, check: int) -> None:
    assert by_hand(digits) == check
    assert short_number.check_digit(digits) == check


def by_hand(digits: str) -> int:
    """ISO/IEC 7064 MOD 11,10 written out as the standard words it: the sum must end at 1."""
    for candidate in range(10):
        carried = 10
        for digit in digits:
            total = carried + int(digit)
            total = total - 10 if total > 10 else total
            carried = total * 2 - 11 if total * 2 >= 11 else total * 2
        if (carried + candidate) % 10 == 1:
            return candidate
    raise AssertionError("one of ten digits always fits")


@given(st.text(string.digits, max_size=8))
def test_the_check_digit_is_the_standards(digits: str) -> None:
    assert short_number.check_digit(digits) == by_hand(digits)


@given(numbers)
def test_what_is_written_is_read(number: int) -> None:
    assert short_number.parse(short_number.written(number)) == number


@pytest.mark.parametrize("written", ["13001-6", "130016", "13001 6", " 13001-6\n", "短号 13001—6"])
def test_a_number_is_read_however_it_is_written(written: str) -> None:
    assert short_number.parse(written) == 13001


def test_every_single_wrong_digit_is_caught() -> None:
    tried = caught = 0
    for number in SAMPLE:
        digits = digits_of(number)
        for place, right in enumerate(digits):
            for wrong in set(string.digits) - {right}:
                tried += 1
                caught += short_number.parse(digits[:place] + wrong + digits[place + 1 :]) is None
    assert tried == len(SAMPLE) * 6 * 9
    assert caught == tried


def test_nearly_every_swap_of_neighbours_is_caught() -> None:
    tried = caught = 0
    for number in SAMPLE:
        digits = digits_of(number)
        for place in range(len(digits) - 1):
            one, other = digits[place : place + 2]
            if one == other:
                continue
            tried += 1
            swapped = digits[:place] + other + one + digits[place + 2 :]
            caught += short_number.parse(swapped) is None
    assert tried > 2000
    assert caught / tried > 0.97  # measured over all numbers of five digits: 0.978


@pytest.mark.parametrize(
    "text", ["", "8", "-", "13001-8", "1300100000-1", "１３００１－６", "护照"]
)
def test_what_is_no_short_number_is_none(text: str) -> None:
    assert short_number.parse(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = short_number.parse(text)
    assert number is None or 0 <= number < 10**8
