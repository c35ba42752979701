"""The next days on which an errand can be done, and such a day as an entry for a calendar. No I/O.

Knows opening hours and iCalendar (RFC 5545). Does not know public holidays: no catalog names them,
so that every page and every entry says whom to call first.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from icalendar import Calendar, Event

from db.records import Hours, Text
from hub.config import CITY_TIME
from hub.phone import wording
from hub.phone.guide import Guide, Venue
from hub.phone.words import Language, in_language, said

DAYS = 5
_HORIZON = timedelta(days=6 * 7)  # what opens once a week has five days in it, even today over
_PAPERS = Text("要带的东西", "What to bring")
_CALL_FIRST = Text("放假可能不开，去之前打电话问", "May be closed on holidays: call first")


@dataclass(frozen=True)
class OpenDay:
    """A day on which a hall's counters are open."""

    day: date
    name: Text
    hours: Text


@dataclass(frozen=True)
class Visit:
    """One hall, and when it is open next."""

    venue: Venue
    days: tuple[OpenDay, ...]


def visits_of(guide: Guide, now: datetime) -> tuple[Visit, ...]:
    """Where and when to go; nothing while the service cannot be done, or without a counter."""
    if guide.is_hidden:
        return ()
    visits = (Visit(one, open_days(one, now)) for one in guide.venues if one.counters)
    return tuple(visit for visit in visits if visit.days)


def open_days(venue: Venue, now: datetime) -> tuple[OpenDay, ...]:
    """The next five open days; today is one of them until the counters close.

    A day on which a bulletin closes it, and be it for an hour, is none.
    """
    local = now.astimezone(CITY_TIME)
    found: list[OpenDay] = []
    for ahead in range(_HORIZON.days):
        day = local.date() + timedelta(days=ahead)
        spans = [one for one in venue.hours if day.isoweekday() in one.days]
        is_over = ahead == 0 and all(
            time.fromisoformat(one.closes) <= local.time() for one in spans
        )
        hours = wording.opening_on(day, spans)
        if hours is not None and not is_over and not _is_closed(venue, day, spans):
            found.append(OpenDay(day, wording.weekday(day), hours))
    return tuple(found[:DAYS])


def _is_closed(venue: Venue, day: date, spans: list[Hours]) -> bool:
    return any(
        begins < _at(day, one.closes) and _at(day, one.opens) < ends
        for one in spans
        for begins, ends in venue.closed
    )


def _at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), CITY_TIME)


def calendar_of(
    guide: Guide,
    venue: Venue,
    day: OpenDay,
    now: datetime,
    *,
    language: Language = "zh",
    hotline: str,
    address: str = "",
) -> bytes:
    """A whole day that keeps nothing else out of it: when to go is the person's own business.

    Args:
        guide: what is to be done.
        venue: where.
        day: when.
        now: the time at which this is written.
        language: of its words.
        hotline: whom to call where the service names nobody.
        address: of the guide on the web; empty where it is not known.
    """
    event = Event()
    event.add("uid", uuid.uuid5(uuid.NAMESPACE_OID, f"{guide.number} {venue.hall} {day.day}").urn)
    event.add("dtstamp", now)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    name = guide.service.plain_name
    event.add("summary", _say(said("去办：{name}", "Errand: {name}", name=name), language))
    event.add("location", "，".join(_say(one, language) for one in (venue.name, venue.address)))
    lines = _lines(guide, venue, day, guide.service.consult or hotline)
    event.add("description", "\n".join([*(_say(one, language) for one in lines), address]).strip())
    if address:
        event.add("url", address)
    calendar = Calendar()
    calendar.add("prodid", "-//hall-kiosk//phone pages//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _lines(guide: Guide, venue: Venue, day: OpenDay, phone: str) -> list[Text]:
    papers = (wording.joined([one.name, *one.notes], "，", ", ") for one in guide.papers)
    return [
        *venue.counters,
        day.hours,
        *([_PAPERS] if guide.papers else []),
        *papers,
        said("短号 {number}", "Short number {number}", number=guide.number),
        _CALL_FIRST,
        said("电话 {phone}", "Telephone {phone}", phone=phone),
    ]


def _say(text: Text, language: Language) -> str:
    return in_language(text, language)[0]
