from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records import Duration, FeeItem, Hours, NeededMaterial, Text
from hub.phone import wording

WEEK = (1, 2, 3, 4, 5)


def said(text: Text) -> tuple[str, str]:
    return text.zh.replace("\N{NO-BREAK SPACE}", " "), text.en


@pytest.mark.parametrize(
    ("hours", "zh", "en"),
    [
        ((WEEK, "09:00", "17:00"), "周一到周五 上午 9:00—下午 5:00", "Mon–Fri 9:00–17:00"),
        ((WEEK, "09:00", "12:00"), "周一到周五 上午 9:00—12:00", "Mon–Fri 9:00–12:00"),
        ((WEEK, "13:30", "17:30"), "周一到周五 下午 1:30—5:30", "Mon–Fri 13:30–17:30"),
        (((6,), "09:00", "20:15"), "周六 上午 9:00—晚上 8:15", "Sat 9:00–20:15"),
        (((6, 7), "12:00", "13:30"), "周六、周日 中午 12:00—下午 1:30", "Sat, Sun 12:00–13:30"),
        (
            ((1, 3, 5), "00:30", "05:00"),
            "周一、周三、周五 凌晨 0:30—5:00",
            "Mon, Wed, Fri 0:30–5:00",
        ),
        (
            ((7, 6, 5, 4, 3, 2, 1), "08:00", "18:00"),
            "每天 上午 8:00—晚上 6:00",
            "Every day 8:00–18:00",
        ),
    ],
)
def test_opening_hours_are_said_as_people_say_them(
    hours: tuple[tuple[int, ...], str, str], zh: str, en: str
) -> None:
    (line,) = wording.opening([Hours(*hours)])
    assert said(line) == (zh, en)


def test_a_lunch_break_stays_on_the_line_of_its_days() -> None:
    lines = wording.opening(
        [
            Hours(WEEK, "13:00", "17:00"),
            Hours(WEEK, "09:00", "12:00"),
            Hours((6,), "09:00", "12:00"),
        ]
    )
    assert [said(line)[0] for line in lines] == [
        "周一到周五 上午 9:00—12:00，下午 1:00—5:00",
        "周六 上午 9:00—12:00",
    ]


def test_a_moment_is_said_in_the_citys_time() -> None:
    assert said(wording.moment(datetime(2026, 12, 31, 16, 5, tzinfo=UTC))) == (
        "1月1日 凌晨 0:05",
        "1 Jan, 0:05",
    )


@given(
    st.datetimes(
        timezones=st.just(UTC), min_value=datetime(2025, 1, 1), max_value=datetime(2056, 1, 1)
    )
)
def test_every_moment_can_be_said(at: datetime) -> None:
    assert ":" in wording.moment(at).zh


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        (Duration(0, "hour"), "当场办好", "Done at once"),
        (Duration(1, "working-day"), "最多 1 个工作日", "At most 1 working day"),
        (Duration(60, "day"), "最多 60 天", "At most 60 days"),
        (Duration(2, "month"), "最多 2 个月", "At most 2 months"),
    ],
)
def test_a_duration_is_a_limit(time: Duration, zh: str, en: str) -> None:
    assert said(wording.duration(time)) == (zh, en)


@pytest.mark.parametrize(
    ("originals", "copies", "zh"),
    [(1, 0, "原件 1 份"), (0, 2, "复印件 2 份"), (1, 2, "原件 1 份，复印件 2 份")],
)
def test_papers_are_counted(originals: int, copies: int, zh: str) -> None:
    said_amount = wording.amount(NeededMaterial("id-card", originals, copies))
    assert said_amount is not None
    assert said_amount.zh == zh


def test_nothing_is_said_where_nothing_is_counted() -> None:
    assert wording.amount(NeededMaterial("id-card")) is None


def test_an_unknown_price_is_not_made_up() -> None:
    item = FeeItem(Text("体检费", "Health check"), Text("元", "yuan"))
    assert said(wording.charge(item)) == ("体检费：按公布的标准收", "Health check: as announced")


def test_english_is_said_only_where_all_of_it_is_known() -> None:
    assert wording.joined([Text("一", "one"), Text("二")]) == Text("一，二")
