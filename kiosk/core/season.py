"""Quarters of a year, the finest time that uses of services are counted by.

Knows how quarters are named and which one is the same a year before. Does not know the clock.
"""

from __future__ import annotations

from datetime import date
from typing import Final

_MONTHS: Final = 3


def quarter_of(day: date, years_before: int = 0) -> str:
    """The quarter of a day, or the same one of an earlier year; as text they are in order."""
    return f"{day.year - years_before:04d}Q{(day.month - 1) // _MONTHS + 1}"
