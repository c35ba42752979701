"""Short numbers of services with a check digit, to be said to a hotline or typed at a counter.

Knows ISO/IEC 7064 MOD 11,10, which catches every single wrong digit and nearly all swaps. Does
not know which service a number belongs to.
"""

from __future__ import annotations


def check_digit(digits: str) -> int:
    """The decimal check digit, ISO/IEC 7064:2003, hybrid system MOD 11,10."""
    product = 10
    for digit in digits:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return (11 - product) % 10


def written(number: int) -> str:
    """The number as people see it: `13003-2`."""
    return f"{number}-{check_digit(str(number))}"


def parse(text: str) -> int | None:
    """The number that was meant, or None where the check digit does not fit."""
    digits = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
    if not 2 <= len(digits) <= 9 or check_digit(digits[:-1]) != int(digits[-1]):
        return None
    return int(digits[:-1])
