"""Which bulletins stand on the page of a service, and in which words. No I/O.

Knows when a bulletin holds and whether it says that a service cannot be done now. Does not know
HTML, or what time it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from db.records import Bulletin, Service, Text
from hub.config import CITY_TIME
from hub.phone import wording
from hub.phone.catalog import PublishedCatalog


@dataclass(frozen=True)
class Told:
    """One bulletin as a page has it."""

    title: Text
    text: Text
    until: Text
    halls: tuple[Text, ...]  # where it holds; empty: everywhere
    phone: str | None
    hides: bool  # the service cannot be done now


def told_of(
    service: Service, catalog: PublishedCatalog, now: datetime, hall: int | None = None
) -> tuple[Told, ...]:
    """The bulletins that concern a service: what hides it first, then the newest.

    Args:
        service: the service.
        catalog: the catalog it stands in.
        now: the time.
        hall: number of the hall where the person is or was; without one those of every hall stand
            there, and say in which it is so.
    """
    here = catalog.hall_by_number(hall) if hall is not None else None
    found: list[tuple[datetime, Told]] = []
    for bulletin in catalog.bulletins():
        names = tuple(one.name for one in map(catalog.hall, bulletin.halls) if one is not None)
        is_elsewhere = here is not None and bool(bulletin.halls) and here.id not in bulletin.halls
        moments = _moments(bulletin)
        if moments is None or is_elsewhere or service.id not in _concerned(bulletin):
            continue
        begins, ends = moments
        if begins <= now < ends:
            found.append((begins, _told(bulletin, service, names, ends)))
    found.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(told for _, told in sorted(found, key=lambda pair: not pair[1].hides))


def hides(service: Service, catalog: PublishedCatalog, now: datetime) -> bool:
    """Whether a service cannot be done now, wherever."""
    return any(told.hides for told in told_of(service, catalog, now))


def closures(
    service: Service, catalog: PublishedCatalog, hall: str
) -> tuple[tuple[datetime, datetime], ...]:
    """From when to when a service cannot be done in a hall: now, or announced."""
    spans = (
        _moments(one)
        for one in catalog.bulletins()
        if service.id in one.hides and (not one.halls or hall in one.halls)
    )
    return tuple(span for span in spans if span is not None)


def _concerned(bulletin: Bulletin) -> tuple[str, ...]:
    return (*bulletin.services, *bulletin.hides)


def _told(bulletin: Bulletin, service: Service, halls: tuple[Text, ...], ends: datetime) -> Told:
    return Told(
        title=bulletin.title,
        text=bulletin.text,
        until=wording.day(ends - timedelta(minutes=1)),  # at midnight the day before is the last
        halls=halls,
        phone=bulletin.phone,
        # in a hall alone it may be closed; the other halls and the web go on
        hides=service.id in bulletin.hides and not bulletin.halls,
    )


def _moments(bulletin: Bulletin) -> tuple[datetime, datetime] | None:
    """The publisher has checked them; a page must not fail where one is wrong."""
    try:
        begins, ends = (
            datetime.fromisoformat(one).astimezone(CITY_TIME)
            for one in (bulletin.valid_from, bulletin.valid_to)
        )
    except (ValueError, OverflowError):
        return None
    return begins, ends
