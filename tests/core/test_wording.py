"""How times are said at a counter."""

from __future__ import annotations

from datetime import datetime

import pytest

from kiosk.core import wording
from kiosk.core.catalog import Duration, Hours


def same(words: str) -> str:
    return words


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        ("00:00", "凌晨 0:00"),
        ("05:59", "凌晨 5:59"),
        ("06:00", "上午 6:00"),
        ("09:05", "上午 9:05"),
        ("11:59", "上午 11:59"),
        ("12:00", "中午 12:00"),
        ("12:59", "中午 12:59"),
        ("13:30", "下午 1:30"),
        ("17:59", "下午 5:59"),
        ("18:00", "晚上 6:00"),
        ("23:59", "晚上 11:59"),
    ],
)
def test_a_time_is_said_with_its_half_of_the_day(clock: str, words: str) -> None:
    assert wording.of_clock(clock, same) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((1, 2, 3, 4, 5), "周一到周五"),
        ((1, 2, 3, 4, 5, 6, 7), "每天"),
        ((6,), "周六"),
        ((6, 7), "周六、周日"),
        ((1, 3, 5), "周一、周三、周五"),
        ((2, 3, 4), "周二到周四"),
    ],
)
def test_days_in_a_row_are_a_range(days: tuple[int, ...], words: str) -> None:
    assert wording.of_days(days, same) == words


def test_a_day_with_a_lunch_break_stands_on_one_line() -> None:
    week = (1, 2, 3, 4, 5)
    hours = (Hours(week, "09:00", "12:00"), Hours(week, "13:30", "17:00"))
    assert list(wording.of_hours(hours, same)) == [
        "周一到周五 上午 9:00 到中午 12:00，下午 1:30 到下午 5:00"
    ]


def test_days_with_other_hours_stand_on_another_line() -> None:
    hours = (Hours((1, 2, 3, 4, 5), "09:00", "17:00"), Hours((6,), "09:00", "12:00"))
    assert len(list(wording.of_hours(hours, same))) == 2


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (Duration(0, "day"), "当场办好"),
        (Duration(2, "hour"), "2 小时以内"),
        (Duration(60, "day"), "60 天以内"),
        (Duration(7, "working-day"), "7 个工作日以内"),
        (Duration(3, "month"), "3 个月以内"),
    ],
)
def test_a_span_is_said_in_its_unit(duration: Duration, words: str) -> None:
    assert wording.of_duration(duration, same) == words


def test_a_moment_is_said_with_and_without_its_year() -> None:
    moment = datetime(2026, 3, 5, 14, 7)
    assert wording.of_moment(moment, same) == "2026年3月5日 下午 2:07"
    assert wording.of_day_and_time(moment, same) == "3月5日 下午 2:07"
