"""Says times, papers and money in words, in every language of the pages at once. No I/O.

Knows how people write an hour, a week, an amount. Does not know which of them a page shows
(`hub.phone.guide`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from db.records import Duration, FeeItem, Hours, NeededMaterial, Text
from hub.config import CITY_TIME

_NBSP = "\N{NO-BREAK SPACE}"  # 下午 and its hour stay on one line
_DAYS_ZH = "一二三四五六日"
_DAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = {
    "hour": Text("小时", "hours"),
    "day": Text("天", "days"),
    "working-day": Text("个工作日", "working days"),
    "month": Text("个月", "months"),
}
_MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def joined(parts: Iterable[Text], zh: str = "，", en: str = ", ") -> Text:
    """Texts in a row; English only where every part has it."""
    kept = list(parts)
    english = [part.en for part in kept]
    return Text(zh.join(part.zh for part in kept), en.join(english) if all(english) else "")


def moment(at: datetime) -> Text:
    """`11月22日 下午 3:05`."""
    local = at.astimezone(CITY_TIME)
    clock = f"{local:%H:%M}"
    zh = f"{local.month}月{local.day}日 {_half(clock)}{_NBSP}{_hour(clock)}"
    return Text(zh, f"{local.day} {_MONTHS_EN[local.month - 1]}, {_plain(clock)}")


def day(at: datetime) -> Text:
    """`2026年11月22日`."""
    local = at.astimezone(CITY_TIME)
    zh = f"{local.year}年{local.month}月{local.day}日"
    return Text(zh, f"{local.day} {_MONTHS_EN[local.month - 1]} {local.year}")


def opening(hours: Iterable[Hours]) -> tuple[Text, ...]:
    """`周一到周五 上午 9:00—12:00，下午 1:00—5:00`, one text for equal days."""
    by_days = groupby(sorted(hours, key=lambda h: (h.days, h.opens)), key=lambda h: h.days)
    return tuple(
        joined([_days(days), joined(_span(each) for each in spans)], " ", " ")
        for days, spans in by_days
    )


def duration(time: Duration) -> Text:
    """`当场办好`, `最多 60 天`."""
    if time.n == 0:
        return Text("当场办好", "Done at once")
    unit = _UNITS[time.unit]
    english = unit.en.removesuffix("s") if time.n == 1 else unit.en
    return Text(f"最多 {time.n} {unit.zh}", f"At most {time.n} {english}")


def amount(needed: NeededMaterial) -> Text | None:
    """`原件 1 份，复印件 2 份`; None where the count says nothing."""
    parts = []
    if needed.originals:
        parts.append(Text(f"原件 {needed.originals} 份", f"Original × {needed.originals}"))
    if needed.copies:
        parts.append(Text(f"复印件 {needed.copies} 份", f"Copy × {needed.copies}"))
    return joined(parts) if parts else None


def charge(item: FeeItem) -> Text:
    """`补领工本费 40 元/证`."""
    if item.amount is None:
        return joined([item.name, Text("按公布的标准收", "as announced")], "：", ": ")
    return joined([item.name, Text(item.amount, item.amount), item.unit], " ", " ")


def _days(days: tuple[int, ...]) -> Text:
    week = sorted(set(days))
    if len(week) == 7:
        return Text("每天", "Every day")
    if len(week) > 2 and week[-1] - week[0] == len(week) - 1:
        zh = f"周{_DAYS_ZH[week[0] - 1]}到周{_DAYS_ZH[week[-1] - 1]}"
        return Text(zh, f"{_DAYS_EN[week[0] - 1]}–{_DAYS_EN[week[-1] - 1]}")
    zh = "、".join(f"周{_DAYS_ZH[day - 1]}" for day in week)
    return Text(zh, ", ".join(_DAYS_EN[day - 1] for day in week))


def _span(hours: Hours) -> Text:
    opens, closes = _half(hours.opens), _half(hours.closes)
    # noon ends a morning: 上午 9:00—12:00
    same = opens == closes or (opens == "上午" and hours.closes == "12:00")
    until = "" if same else closes + _NBSP
    zh = f"{opens}{_NBSP}{_hour(hours.opens)}—{until}{_hour(hours.closes)}"
    return Text(zh, f"{_plain(hours.opens)}–{_plain(hours.closes)}")


def _half(clock: str) -> str:
    """The part of the day as it is said, from `HH:MM`."""
    for until, name in (("06:00", "凌晨"), ("12:00", "上午"), ("13:00", "中午"), ("18:00", "下午")):
        if clock < until:
            return name
    return "晚上"


def _hour(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{(int(hour) - 1) % 12 + 1 if hour != '00' else 0}:{minute}"


def _plain(clock: str) -> str:
    return clock.removeprefix("0")
