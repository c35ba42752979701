"""How hours, days, spans and moments are said, in words that people use at a counter.

Knows the grammar of times. Does not know what a time is for; every word goes through the
translation that it is given, whose source language is Chinese.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from kiosk.core.catalog import Duration, Hours

Gettext: TypeAlias = Callable[[str], str]


def of_clock(clock: str, _: Gettext) -> str:
    """`13:30` with the half of the day in words: 下午 1:30."""
    hour, minute = int(clock[:2]), clock[3:]
    time = f"{hour if hour < 13 else hour - 12}:{minute}"
    if hour < 6:
        return _("凌晨 {time}").format(time=time)
    if hour < 12:
        return _("上午 {time}").format(time=time)
    if hour < 13:
        return _("中午 {time}").format(time=time)
    if hour < 18:
        return _("下午 {time}").format(time=time)
    return _("晚上 {time}").format(time=time)


def of_month(month: int, _: Gettext) -> str:
    """The name of a month, 1 to 12."""
    first = (_("1月"), _("2月"), _("3月"), _("4月"), _("5月"), _("6月"))
    second = (_("7月"), _("8月"), _("9月"), _("10月"), _("11月"), _("12月"))
    return (*first, *second)[month - 1]


def of_day_and_time(moment: datetime, _: Gettext) -> str:
    """A date in the coming months, with its time."""
    clock = of_clock(f"{moment:%H:%M}", _)
    month = of_month(moment.month, _)
    return _("{month}{day}日 {clock}").format(month=month, day=moment.day, clock=clock)


def of_moment(moment: datetime, _: Gettext) -> str:
    """A date with its year and time."""
    clock = of_clock(f"{moment:%H:%M}", _)
    month = of_month(moment.month, _)
    return _("{year}年{month}{day}日 {clock}").format(
        year=moment.year, month=month, day=moment.day, clock=clock
    )


def of_end(ends: datetime, now: datetime, _: Gettext) -> str:
    """The last day of what ends then, or where that is today the hour; it may end at midnight."""
    last = ends - timedelta(minutes=1)
    if last.date() == now.date():
        if ends.date() != last.date():
            return _("今天一整天")
        return _("到今天{time}").format(time=of_clock(f"{ends:%H:%M}", _))
    month = of_month(last.month, _)
    if last.year == now.year:
        return _("到{month}{day}日").format(month=month, day=last.day)
    return _("到{year}年{month}{day}日").format(year=last.year, month=month, day=last.day)


def of_days(days: tuple[int, ...], _: Gettext) -> str:
    """Days of the week, 1 Monday to 7 Sunday; three or more in a row as a range."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    first, last = days[0], days[-1]
    if len(days) == len(names):
        return _("每天")
    if len(days) > 2 and days == tuple(range(first, last + 1)):
        return _("{first}到{last}").format(first=names[first - 1], last=names[last - 1])
    return _("、").join(names[day - 1] for day in days)


def of_hours(hours: tuple[Hours, ...], _: Gettext) -> Iterator[str]:
    """One line for each set of days, with all opening times of such a day."""
    times: dict[tuple[int, ...], list[str]] = {}
    for part in hours:
        time = _("{opens} 到{closes}").format(
            opens=of_clock(part.opens, _), closes=of_clock(part.closes, _)
        )
        times.setdefault(part.days, []).append(time)
    for days, texts in times.items():
        yield of_days(days, _) + " " + _("，").join(texts)


def of_duration(duration: Duration, _: Gettext) -> str:
    """How long at most."""
    if duration.n == 0:
        return _("当场办好")
    words = {
        "hour": _("{n} 小时以内"),
        "day": _("{n} 天以内"),
        "working-day": _("{n} 个工作日以内"),
        "month": _("{n} 个月以内"),
    }
    return words[duration.unit].format(n=duration.n)
