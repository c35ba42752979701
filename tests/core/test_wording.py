"""How times are said at a counter."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from gettext import translation

import pytest

from kiosk import assets
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


# in the other languages ---------------------------------------------------------------------

WEEK = (1, 2, 3, 4, 5)
MOMENT = datetime(2026, 3, 5, 14, 7)


def in_language(language: str) -> Callable[[str], str]:
    return translation("kiosk", assets.LOCALE, [language]).gettext


def seen(words: str) -> str:
    """Without the invisible signs that keep a value apart from the line around it."""
    return re.sub("[\u2068\u2069]", "", words)


@pytest.mark.parametrize(
    ("clock", "english", "uyghur"),
    [
        ("05:00", "5:00 am", "كېچە 5:00"),
        ("09:05", "9:05 am", "چۈشتىن بۇرۇن 9:05"),
        ("12:00", "12:00 pm", "چۈش 12:00"),
        ("12:30", "12:30 pm", "چۈش 12:30"),
        ("13:30", "1:30 pm", "چۈشتىن كېيىن 1:30"),
        ("18:00", "6:00 pm", "كەچ 6:00"),
    ],
)
def test_a_time_is_said_in_every_language(clock: str, english: str, uyghur: str) -> None:
    assert wording.of_clock(clock, in_language("en")) == english
    assert seen(wording.of_clock(clock, in_language("ug"))) == uyghur


@pytest.mark.parametrize(
    ("days", "english", "uyghur"),
    [
        (WEEK, "Monday to Friday", "دۈشەنبە بىلەن جۈمە ئارىلىقى"),
        ((6, 7), "Saturday, Sunday", "شەنبە، يەكشەنبە"),
        ((1, 2, 3, 4, 5, 6, 7), "every day", "ھەر كۈنى"),
        ((3,), "Wednesday", "چارشەنبە"),
    ],
)
def test_days_are_said_in_every_language(days: tuple[int, ...], english: str, uyghur: str) -> None:
    assert wording.of_days(days, in_language("en")) == english
    assert seen(wording.of_days(days, in_language("ug"))) == uyghur


def test_a_day_with_a_lunch_break_is_said_in_every_language() -> None:
    hours = (Hours(WEEK, "09:00", "12:00"), Hours(WEEK, "13:30", "17:00"))
    (english,) = wording.of_hours(hours, in_language("en"))
    (uyghur,) = wording.of_hours(hours, in_language("ug"))
    assert english == "Monday to Friday 9:00 am to 12:00 pm, 1:30 pm to 5:00 pm"
    assert seen(uyghur) == (
        "دۈشەنبە بىلەن جۈمە ئارىلىقى ئېچىلىشى چۈشتىن بۇرۇن 9:00، تاقىلىشى چۈش 12:00، "
        "ئېچىلىشى چۈشتىن كېيىن 1:30، تاقىلىشى چۈشتىن كېيىن 5:00"
    )


@pytest.mark.parametrize(
    ("duration", "english", "uyghur"),
    [
        (Duration(0, "day"), "Done at once", "نەق مەيداندا پۈتىدۇ"),
        (Duration(1, "hour"), "Hours: 1 at most", "1 سائەت ئىچىدە"),
        (Duration(60, "day"), "Days: 60 at most", "60 كۈن ئىچىدە"),
        (Duration(1, "working-day"), "Working days: 1 at most", "1 خىزمەت كۈنى ئىچىدە"),
        (Duration(7, "working-day"), "Working days: 7 at most", "7 خىزمەت كۈنى ئىچىدە"),
        (Duration(1, "month"), "Months: 1 at most", "1 ئاي ئىچىدە"),
    ],
)
def test_a_span_reads_well_for_one_and_for_many(
    duration: Duration, english: str, uyghur: str
) -> None:
    assert wording.of_duration(duration, in_language("en")) == english
    assert seen(wording.of_duration(duration, in_language("ug"))) == uyghur


def test_a_moment_cannot_be_taken_for_another_day() -> None:
    english, uyghur = in_language("en"), in_language("ug")
    assert wording.of_day_and_time(MOMENT, english) == "2:07 pm on 5 March"
    assert wording.of_moment(MOMENT, english) == "2:07 pm on 5 March 2026"
    day = "5-مارت چۈشتىن كېيىن 2:07"
    assert seen(wording.of_day_and_time(MOMENT, uyghur)) == day
    assert seen(wording.of_moment(MOMENT, uyghur)) == f"2026-يىلى {day}"


@pytest.mark.parametrize("language", ["en", "ug"])
def test_no_time_is_said_in_chinese_elsewhere(language: str) -> None:
    said = [wording.of_clock(f"{hour:02}:00", in_language(language)) for hour in range(24)]
    said += [wording.of_days((day,), in_language(language)) for day in range(1, 8)]
    said += [wording.of_month(month, in_language(language)) for month in range(1, 13)]
    assert [words for words in said if re.search("[\u4e00-\u9fff]", words)] == []
    assert len(set(said)) == 24 + 7 + 12
