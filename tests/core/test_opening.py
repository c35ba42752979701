"""Open now? The rules of weekly hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalog import Hours
from kiosk.core.opening import Opening, opening

WEEKDAYS = (1, 2, 3, 4, 5)
HALL = (
    Hours(WEEKDAYS, "09:00", "12:00"),
    Hours(WEEKDAYS, "13:00", "17:00"),
    Hours((6,), "09:00", "12:00"),
)
MONDAY = datetime(2026, 11, 23)


def at(day: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return MONDAY + timedelta(days=day - 1, hours=int(hour), minutes=int(minute))


def test_a_hall_is_open_from_the_first_minute_until_the_closing_one() -> None:
    assert opening(HALL, at(1, "09:00")) == Opening(is_open=True, until="12:00")
    assert opening(HALL, at(1, "11:59")) == Opening(is_open=True, until="12:00")
    assert not opening(HALL, at(1, "12:00")).is_open


def test_over_lunch_it_opens_again_the_same_day() -> None:
    expected = Opening(is_open=False, next_day=1, next_time="13:00", days_ahead=0)
    assert opening(HALL, at(1, "12:30")) == expected


def test_in_the_evening_it_opens_the_next_day() -> None:
    expected = Opening(is_open=False, next_day=3, next_time="09:00", days_ahead=1)
    assert opening(HALL, at(2, "17:00")) == expected


def test_over_the_weekend_it_opens_on_monday_of_next_week() -> None:
    expected = Opening(is_open=False, next_day=1, next_time="09:00", days_ahead=2)
    assert opening(HALL, at(6, "15:00")) == expected


def test_open_once_a_week_means_a_week_ahead() -> None:
    once = (Hours((2,), "09:00", "10:00"),)
    expected = Opening(is_open=False, next_day=2, next_time="09:00", days_ahead=7)
    assert opening(once, at(2, "10:00")) == expected


def test_hours_that_touch_are_one() -> None:
    touching = (Hours((1,), "12:00", "17:00"), Hours((1,), "09:00", "12:00"))
    assert opening(touching, at(1, "10:00")).until == "17:00"


def test_hours_may_go_past_midnight() -> None:
    night = (Hours((7,), "22:00", "02:00"),)
    assert opening(night, at(1, "01:59")) == Opening(is_open=True, until="02:00")
    assert opening(night, at(7, "23:00")) == Opening(is_open=True, until="02:00")
    assert opening(night, at(1, "02:00")).next_day == 7


def test_a_place_open_round_the_clock_never_closes() -> None:
    always = (Hours((1, 2, 3, 4, 5, 6, 7), "00:00", "00:00"),)
    assert opening(always, at(4, "03:00")) == Opening(is_open=True)


def test_a_place_without_hours_never_opens() -> None:
    assert opening((), at(1, "10:00")) == Opening(is_open=False)


clocks = st.times().map(lambda time: time.strftime("%H:%M"))
days = st.lists(st.integers(1, 7), min_size=1, max_size=7, unique=True).map(tuple)
weeks = st.lists(st.builds(Hours, days, clocks, clocks), min_size=1, max_size=4).map(tuple)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))


@given(weeks, moments)
def test_the_next_change_is_true_and_the_first(hours: tuple[Hours, ...], now: datetime) -> None:
    found = opening(hours, now)
    clock = found.until if found.is_open else found.next_time
    if clock is None:
        assert found.is_open
        return
    change = _next(now, clock)
    if not found.is_open:
        change = datetime.combine(now.date() + timedelta(days=found.days_ahead), change.time())
        assert change.isoweekday() == found.next_day
        assert opening(hours, change).is_open
    before = change - timedelta(minutes=1)
    assert change > now
    assert before <= now or opening(hours, before).is_open == found.is_open


def _next(now: datetime, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    today = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return today if today > now else today + timedelta(days=1)
