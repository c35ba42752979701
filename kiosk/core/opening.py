"""Whether a hall or a counter is open now, and when that changes.

Knows weekly hours and does arithmetic on them. Does not know holidays, the clock, or how to say
any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from kiosk.core.catalog import Hours
from kiosk.core.value import Value

_DAY = 24 * 60
_WEEK = 7 * _DAY


class Opening(Value, frozen=True):
    """Open or not at one moment; times as `09:00`, weekdays 1 Monday to 7 Sunday."""

    is_open: bool
    until: str | None = None  # None while open: it never closes
    next_day: int | None = None  # None while closed: it never opens
    next_time: str | None = None
    days_ahead: int = 0  # 0 later today, 1 tomorrow … 7 this weekday next week


def opening(hours: tuple[Hours, ...], now: datetime) -> Opening:
    """What these weekly hours say about this moment; a closing minute is already closed."""
    minute = (now.isoweekday() - 1) * _DAY + now.hour * 60 + now.minute
    spans = tuple(_spans(hours))
    if any(end - start >= _WEEK for start, end in spans):
        return Opening(is_open=True)
    for start, end in spans:
        if start <= minute < end:
            return Opening(is_open=True, until=_clock(end))
    opens = min((start for start, _end in spans if start > minute), default=None)
    if opens is None:
        return Opening(is_open=False)
    return Opening(
        is_open=False,
        next_day=opens // _DAY % 7 + 1,
        next_time=_clock(opens),
        days_ahead=opens // _DAY - minute // _DAY,
    )


def _spans(hours: tuple[Hours, ...]) -> Iterator[tuple[int, int]]:
    """Open spans in minutes of last week, this week and next week, touching ones as one."""
    single = sorted(
        (start + week, end + week)
        for week in (-_WEEK, 0, _WEEK)
        for part in hours
        for start, end in _week_of(part)
    )
    joined: list[tuple[int, int]] = []
    for start, end in single:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    yield from joined


def _week_of(part: Hours) -> Iterator[tuple[int, int]]:
    opens, closes = _minutes(part.opens), _minutes(part.closes)
    length = (closes - opens) % _DAY or _DAY  # closing at or before opening: past midnight
    for day in part.days:
        start = (day - 1) * _DAY + opens
        yield start, start + length


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
