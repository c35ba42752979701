"""Whether one service can be done in this hall, now, and where else it can.

Knows counters, opening hours, what staff said of today, and other ways than counters. Does not know
how any of it is said.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kiosk.core.catalog import Catalog, Channel, Counter, Hall, Service, Text
from kiosk.core.local import CounterToday, Local
from kiosk.core.opening import Opening, opening
from kiosk.core.value import Value


class Verdict(StrEnum):
    """The short answer."""

    OPEN = "open"  # here and now
    SHUT = "shut"  # here, but staff say that it is not done today
    CLOSED = "closed"  # here, but not at this time
    ELSEWHERE = "elsewhere"  # in another hall
    ONLINE = "online"  # in no hall; the first way is online
    PHONE = "phone"  # in no hall; the first way is a telephone
    OUTSIDE = "outside"  # in no hall, but somewhere else: a hospital, the village committee
    HOME = "home"  # somebody comes
    UNKNOWN = "unknown"


_VERDICTS: dict[str, Verdict] = {
    "web": Verdict.ONLINE,
    "app": Verdict.ONLINE,
    "mini-program": Verdict.ONLINE,
    "phone": Verdict.PHONE,
    "counter": Verdict.OUTSIDE,
    "terminal": Verdict.OUTSIDE,
    "post": Verdict.OUTSIDE,
    "home-visit": Verdict.HOME,
}


class Place(Value, frozen=True):
    """Counters that do it, and what is true of them now."""

    hall: Hall
    counter: Counter
    opening: Opening
    today: CounterToday

    @property
    def is_shut_today(self) -> bool:
        """Staff say so, and there is some of today left to be shut in."""
        later_today = self.opening.days_ahead == 0 and self.opening.next_time is not None
        return self.today.is_closed and (self.opening.is_open or later_today)

    @property
    def serves_now(self) -> bool:
        """Somebody can go there now."""
        return self.opening.is_open and not self.today.is_closed


class Here(Value, frozen=True):
    """The answer, and everything that belongs to it."""

    verdict: Verdict
    places: tuple[Place, ...] = ()  # this hall first, then the others in their order
    ways: tuple[Channel, ...] = ()  # other than the counters of halls
    home_visit: Text | None = None
    hall: str = ""

    @property
    def place(self) -> Place | None:
        """The counters that the answer is about."""
        return self.places[0] if self.places else None

    @property
    def others(self) -> tuple[Place, ...]:
        """The same in other halls."""
        return tuple(one for one in self.places if one.hall.id != self.hall)

    @property
    def is_only_in_person(self) -> bool:
        """There is no way but to go there."""
        return bool(self.places) and not self.ways


def judge(service: Service, catalog: Catalog, hall: str, local: Local, now: datetime) -> Here:
    """Whether a service can be done here and now.

    Args:
        service: which one.
        catalog: where counters and halls are looked up.
        hall: this hall.
        local: what staff of this hall said of today.
        now: local time.
    """
    places = _places(service, catalog, hall, local, now)
    ways = tuple(one for one in service.channels if one.via != "counter" or not places)
    home_visit = service.proxy.home_visit if service.proxy else None
    return Here(_verdict(places, ways, hall), places, ways, home_visit, hall)


def _places(
    service: Service, catalog: Catalog, hall: str, local: Local, now: datetime
) -> tuple[Place, ...]:
    found = []
    for slug in service.counters:
        counter = catalog.counter(slug)
        where = catalog.hall(counter.hall) if counter else None
        if counter and where:
            state = opening(counter.hours or where.hours, now)
            found.append(Place(where, counter, state, local.counter(slug)))
    return tuple(sorted(found, key=lambda place: _order(place, hall)))


def _order(place: Place, hall: str) -> tuple[bool, int, bool, bool]:
    """In one hall first where somebody can go now, then where it is only a matter of time."""
    is_elsewhere = place.hall.id != hall
    return is_elsewhere, place.hall.order, not place.serves_now, place.is_shut_today


def _verdict(places: tuple[Place, ...], ways: tuple[Channel, ...], hall: str) -> Verdict:
    if places and places[0].hall.id == hall:
        return _verdict_here(places[0])
    if places:
        return Verdict.ELSEWHERE
    return _VERDICTS[ways[0].via] if ways else Verdict.UNKNOWN  # editors name the best way first


def _verdict_here(place: Place) -> Verdict:
    if place.serves_now:
        return Verdict.OPEN
    return Verdict.SHUT if place.is_shut_today else Verdict.CLOSED
