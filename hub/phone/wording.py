"""Says times, papers and money in words, in every language of the pages at once. No I/O.

Knows how people write an hour, a week, an amount. Does not know which of them a page shows
(`hub.phone.guide`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from db.records import Duration, FeeItem, Hours, NeededMaterial, Text
from hub.config import CITY_TIME
from hub.phone.words import led, said, uyghur_of

_NBSP = "\N{NO-BREAK SPACE}"  # 下午 and its hour stay on one line
_HALF_HOUR = "{half}\N{NO-BREAK SPACE}{hour}"
_DAYS = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
_UNITS = {
    "hour": ("最多 {n} 小时", "At most {n} hours"),
    "day": ("最多 {n} 天", "At most {n} days"),
    "working-day": ("最多 {n} 个工作日", "At most {n} working days"),
    "month": ("最多 {n} 个月", "At most {n} months"),
}
_FSI, _PDI = "\u2068", "\u2069"
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = tuple(Text(f"{number}月", en) for number, en in enumerate(_MONTHS_EN, start=1))
_SEPARATORS_UG = {"，": "، ", "、": "، ", "：": ": "}


def joined(parts: Iterable[Text], zh: str = "，", en: str = ", ") -> Text:
    """Texts in a row; English only where every part has it, Uyghur where any has."""
    kept = list(parts)
    english = [part.en for part in kept]
    return Text(
        zh.join(part.zh for part in kept),
        en.join(english) if all(english) else "",
        _SEPARATORS_UG.get(zh, zh).join(_isolated(led(part)) for part in kept)
        if any(map(uyghur_of, kept))
        else "",
    )


def moment(at: datetime) -> Text:
    """`11月22日 下午 3:05`."""
    local = at.astimezone(CITY_TIME)
    clock = f"{local:%H:%M}"
    time = said(_HALF_HOUR, _plain(clock), half=_half(clock), hour=_hour(clock))
    return said("{date} {time}", "{date}, {time}", date=_date(local), time=time)


def day(at: datetime) -> Text:
    """`2026年11月22日`."""
    local = at.astimezone(CITY_TIME)
    return said("{year}年{date}", "{date} {year}", year=local.year, date=_date(local))


def weekday(at: date) -> Text:
    """`11月23日 周一`."""
    return said("{date} {day}", "{day}, {date}", date=_date(at), day=_DAYS[at.weekday()])


def opening(hours: Iterable[Hours]) -> tuple[Text, ...]:
    """`周一到周五 上午 9:00—12:00，下午 1:00—5:00`, one text for equal days."""
    by_days = groupby(sorted(hours, key=lambda h: (h.days, h.opens)), key=lambda h: h.days)
    return tuple(
        joined([_days(days), joined(_span(each) for each in spans)], " ", " ")
        for days, spans in by_days
    )


def opening_on(at: date, hours: Iterable[Hours]) -> Text | None:
    """`上午 9:00—12:00，下午 1:00—5:00` of one day; None where it is closed."""
    spans = sorted((h for h in hours if at.isoweekday() in h.days), key=lambda h: h.opens)
    return joined(_span(each) for each in spans) if spans else None


def duration(time: Duration) -> Text:
    """`当场办好`, `最多 60 天`."""
    if time.n == 0:
        return Text("当场办好", "Done at once")
    zh, en = _UNITS[time.unit]
    return said(zh, en.removesuffix("s") if time.n == 1 else en, n=time.n)


def amount(needed: NeededMaterial) -> Text | None:
    """`原件 1 份，复印件 2 份`; None where the count says nothing."""
    parts = []
    if needed.originals:
        parts.append(said("原件 {n} 份", "Original × {n}", n=needed.originals))
    if needed.copies:
        parts.append(said("复印件 {n} 份", "Copy × {n}", n=needed.copies))
    return joined(parts) if parts else None


def charge(item: FeeItem) -> Text:
    """`补领工本费 40 元/证`."""
    if item.amount is None:
        return said("{name}：按公布的标准收", "{name}: as announced", name=item.name)
    return said(
        "{name} {amount} {unit}",
        "{name} {amount} {unit}",
        name=item.name,
        amount=item.amount,
        unit=item.unit,
    )


def _date(at: date) -> Text:
    return said("{month}{day}日", "{day} {month}", month=_MONTHS[at.month - 1], day=at.day)


def _days(days: tuple[int, ...]) -> Text:
    week = sorted(set(days))
    if len(week) == 7:
        return Text("每天", "Every day")
    if len(week) > 2 and week[-1] - week[0] == len(week) - 1:
        first, last = _DAYS[week[0] - 1], _DAYS[week[-1] - 1]
        return said("{first}到{last}", "{first}–{last}", first=first, last=last)
    return joined((_DAYS[day - 1] for day in week), "、", ", ")


def _span(hours: Hours) -> Text:
    opens, closes = _half(hours.opens), _half(hours.closes)
    # noon ends a morning: 上午 9:00—12:00
    same = opens == closes or (opens.zh == "上午" and hours.closes == "12:00")
    until = "" if same else closes.zh + _NBSP
    zh = f"{opens.zh}{_NBSP}{_hour(hours.opens)}—{until}{_hour(hours.closes)}"
    begins, ends = _plain(hours.opens), _plain(hours.closes)
    return Text(zh, f"{begins}–{ends}", f"{_isolated(begins)}—{_isolated(ends)}")


def _isolated(words: str) -> str:
    """Words that keep their own direction in a line that runs the other way (Unicode annex 9)."""
    return f"{_FSI}{words}{_PDI}"


def _half(clock: str) -> Text:
    """The part of the day as it is said, from `HH:MM`."""
    for until, name in (("06:00", "凌晨"), ("12:00", "上午"), ("13:00", "中午"), ("18:00", "下午")):
        if clock < until:
            return Text(name, "-")
    return Text("晚上", "-")


def _hour(clock: str) -> str:
    hour, minute = clock.split(":")
    return f"{(int(hour) - 1) % 12 + 1 if hour != '00' else 0}:{minute}"


def _plain(clock: str) -> str:
    return clock.removeprefix("0")
