"""In which order several errands are done, where, and how often one has to come.

Knows dependencies, floors, counters, hours and trips as values. Does not know how they are said
(`kiosk.views`, `kiosk.core.slips.errands`), nor what a service asks of a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

from kiosk.core.catalog import Catalog, Counter, Hall, Service, Text
from kiosk.core.local import Local
from kiosk.core.opening import Opening, opening
from kiosk.core.value import Value, field

_NUMBER = re.compile(r"\d+")
_FAR = 10_000  # past every floor and counter
_AFAR = ("counter", "terminal")  # one has to go there
_DONE = ("apply", "pay", "book")  # and not only asked or looked up
_NEVER = "99:99"  # past every closing time

Needs: TypeAlias = dict[str, tuple[str, ...]]
_Key: TypeAlias = tuple[object, ...]


class Where(IntEnum):
    """The kind of place where an errand is done, the nearest first."""

    HERE = 0
    HALL = 1  # another one
    OUTSIDE = 2  # no hall of this catalog: a hospital, a bank
    REMOTE = 3  # by phone or network; nobody has to come
    UNKNOWN = 4  # the catalog does not say


class Spot(Value, frozen=True):
    """Where one errand is done; `hall` and `counter` where it is in a hall."""

    where: Where
    hall: Hall | None = None
    counter: Counter | None = None
    opening: Opening | None = None
    is_closed_today: bool = False  # staff said so

    @property
    def is_closed(self) -> bool:
        """Nobody is at the counter now."""
        return self.is_closed_today or (self.opening is not None and not self.opening.is_open)


class Stop(Value, frozen=True):
    """One errand at its place in the order."""

    service: str
    spot: Spot
    trip: int = 0  # 0: the first time one comes; more where something has to be waited for
    visits: int = 1
    needs: tuple[str, ...] = ()  # chosen errands that must be done before


class Plan(Value, frozen=True):
    """Errands in order, and what is to be known about all of them together."""

    stops: tuple[Stop, ...] = ()
    trips: int = 0  # how often one leaves home for them, at least
    conflicts: tuple[tuple[str, str], ...] = ()  # one of the two is enough
    circular: tuple[str, ...] = ()  # each waits for another one of these: the given order is kept

    @property
    def closed(self) -> tuple[Stop, ...]:
        """What cannot be done at this hour in this hall."""
        here = (one for one in self.stops if one.spot.where is Where.HERE)
        return tuple(one for one in here if one.spot.is_closed)

    def at(self, *places: Where) -> tuple[Stop, ...]:
        """The errands that are done at such a place."""
        return tuple(one for one in self.stops if one.spot.where in places)


class Surroundings(Value, frozen=True):
    """Where and when somebody plans."""

    catalog: Catalog
    hall: str
    now: datetime  # local time
    local: Local = field(default_factory=Local)


def planned(
    services: Sequence[Service], around: Surroundings, *, keeps_order: bool = False
) -> Plan:
    """The order of these errands, each once.

    What another one needs comes first; then what can be done on the first trip, this hall first,
    floor by floor, counter by counter, and what closes first. With `keeps_order` only
    dependencies change the order that is given.
    """
    chosen = {one.id: one for one in services}
    needs, circular = _acyclic(chosen)
    trips = _trips(chosen, needs)
    spots = _spots(tuple(chosen.values()), around)
    given = {slug: n for n, slug in enumerate(chosen)}

    def key(slug: str) -> _Key:
        place = () if keeps_order else (trips[slug], *_place_key(spots[slug]))
        return (*place, given[slug])

    order = _sorted(needs, key)
    stops = tuple(
        Stop(slug, spots[slug], trips[slug], _visits(chosen[slug]), needs[slug]) for slug in order
    )
    return Plan(stops, _count(stops), _conflicts(chosen), circular)


# dependencies ---------------------------------------------------------------------------------


def _dependencies(chosen: Mapping[str, Service]) -> Needs:
    """What each errand needs of the others, as either of the two says it."""
    needs: dict[str, dict[str, None]] = {slug: {} for slug in chosen}
    for service in chosen.values():
        for relation in service.relations:
            if relation.service not in chosen or relation.service == service.id:
                continue
            if relation.why == "before":
                needs[service.id][relation.service] = None
            elif relation.why == "after":
                needs[relation.service][service.id] = None
    return {slug: tuple(before) for slug, before in needs.items()}


def _acyclic(chosen: Mapping[str, Service]) -> tuple[Needs, tuple[str, ...]]:
    """Dependencies that can be followed, and the errands that wait for each other in a ring."""
    needs = _dependencies(chosen)
    ring = tuple(slug for slug in needs if slug in _reached(needs, slug))
    given = {slug: n for n, slug in enumerate(chosen)}

    def is_followed(slug: str, before: str) -> bool:
        return slug not in _reached(needs, before) or given[before] < given[slug]

    followed = {
        slug: tuple(one for one in before if is_followed(slug, one))
        for slug, before in needs.items()
    }
    return followed, ring


def _reached(needs: Needs, start: str) -> set[str]:
    """Everything that an errand waits for, directly or not."""
    found: set[str] = set()
    ahead = list(needs[start])
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += needs[one]
    return found


def _sorted(needs: Needs, key: Callable[[str], _Key]) -> Iterator[str]:
    """Each errand after those it needs, otherwise by its key. `needs` has no ring."""
    waiting, done = sorted(needs, key=key), set[str]()
    while waiting:
        free = next(slug for slug in waiting if done.issuperset(needs[slug]))
        waiting.remove(free)
        done.add(free)
        yield free


def _conflicts(chosen: Mapping[str, Service]) -> tuple[tuple[str, str], ...]:
    pairs: dict[frozenset[str], tuple[str, str]] = {}
    for service in chosen.values():
        for relation in service.relations:
            other = relation.service
            if relation.why == "instead" and other in chosen and other != service.id:
                pairs.setdefault(frozenset((service.id, other)), (service.id, other))
    return tuple(pairs.values())


# trips ----------------------------------------------------------------------------------------


def _trips(chosen: Mapping[str, Service], needs: Needs) -> dict[str, int]:
    """On which trip each errand begins: what waits for a result begins on a later one."""
    trips: dict[str, int] = {}
    for slug in _sorted(needs, lambda _: ()):
        trips[slug] = max((trips[one] + _lasts(chosen[one]) for one in needs[slug]), default=0)
    return trips


def _lasts(service: Service) -> int:
    """How many trips later its result is there; the last visit may bring it and go on."""
    more = _visits(service) - 1
    return more if service.handling == "at-once" else max(1, more)


def _visits(service: Service) -> int:
    """Whoever does it at a counter comes once at least."""
    return max(1, service.visits or 1)


def _count(stops: Sequence[Stop]) -> int:
    """Each time one comes to a hall is a trip; what is done outside is one of its own."""
    halls = {
        (one.spot.hall.id, trip)
        for one in stops
        if one.spot.hall is not None
        for trip in range(one.trip, one.trip + one.visits)
    }
    outside = sum(one.visits for one in stops if one.spot.where is Where.OUTSIDE)
    return len(halls) + outside


# places ---------------------------------------------------------------------------------------


def _spots(services: Sequence[Service], around: Surroundings) -> dict[str, Spot]:
    """Where each errand is done: here, or in as few other halls as will do."""
    counters = {one.id: _counters(one, around.catalog) for one in services}
    spots: dict[str, Spot] = {}
    elsewhere: list[Service] = []
    for service in services:
        here = [one for one in counters[service.id] if one.hall == around.hall]
        hall = around.catalog.hall(around.hall)
        if here and hall is not None:
            spots[service.id] = _best(here, hall, around, Where.HERE)
        elif counters[service.id]:
            elsewhere.append(service)
        else:
            spots[service.id] = Spot(_outside(service))
    while elsewhere:
        hall = _busiest(elsewhere, counters, around.catalog)
        there = [one for one in elsewhere if _in_hall(counters[one.id], hall)]
        for service in there:
            found = _in_hall(counters[service.id], hall)
            spots[service.id] = _best(found, hall, around, Where.HALL)
        elsewhere = [one for one in elsewhere if one not in there]
    return spots


def _counters(service: Service, catalog: Catalog) -> list[Counter]:
    """Those whose hall is known."""
    found = map(catalog.counter, service.counters)
    return [one for one in found if one is not None and catalog.hall(one.hall) is not None]


def _in_hall(counters: list[Counter], hall: Hall) -> list[Counter]:
    return [one for one in counters if one.hall == hall.id]


def _busiest(
    services: list[Service], counters: Mapping[str, list[Counter]], catalog: Catalog
) -> Hall:
    """The hall where most of them are done, the first of these in the catalog's order."""
    ids = {one.hall for service in services for one in counters[service.id]}
    halls = [hall for hall in map(catalog.hall, ids) if hall is not None]
    return min(
        halls,
        key=lambda hall: (
            -sum(bool(_in_hall(counters[one.id], hall)) for one in services),
            hall.order,
            hall.id,
        ),
    )


def _best(counters: list[Counter], hall: Hall, around: Surroundings, where: Where) -> Spot:
    """Open ones before closed ones."""
    spots = [
        Spot(
            where,
            hall,
            one,
            opening(one.hours or hall.hours, around.now),
            where is Where.HERE and around.local.counter(one.id).is_closed,
        )
        for one in counters
    ]
    return min(spots, key=lambda spot: spot.is_closed)


def _outside(service: Service) -> Where:
    """Where somebody goes for what no hall of the catalog handles."""
    if not service.channels:
        return Where.UNKNOWN
    is_near = any(one.via not in _AFAR and one.interaction in _DONE for one in service.channels)
    return Where.REMOTE if is_near else Where.OUTSIDE


def _place_key(spot: Spot) -> _Key:
    if spot.hall is None or spot.counter is None:
        return (spot.where, 0, "", 0, 0, "", _NEVER)
    until = spot.opening.until if spot.opening and spot.opening.is_open else None
    return (
        spot.where,
        spot.hall.order,
        spot.hall.id,
        _floor(spot.counter.floor),
        _first_number(spot.counter.label.zh),
        spot.counter.label.zh,
        until or _NEVER,
    )


def _floor(name: Text) -> int:
    """The number in the name of a floor; those below ground, B1 or -1, come first."""
    number = _first_number(name.zh)
    is_below = any(one.startswith(("B", "-")) for one in (name.zh, name.en))
    return -number if is_below else number


def _first_number(words: str) -> int:
    found = _NUMBER.search(words)
    return int(found.group()) if found else _FAR
