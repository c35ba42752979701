"""Which services stand first, for everybody: what the city asks for, the season, this machine.

Knows how popularity, season and counts weigh, and which recommendations hold. Does not know any
person: there is nothing here of one's own. Does not know where counts come from
(`kiosk.store.use_counts`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeAlias

from kiosk.core.catalog import Catalog, Pick, Service
from kiosk.core.standing import Standing
from kiosk.core.value import Value

OF_A_GROUP: Final = 2  # on the home screen, so that one group does not fill it
_CANDIDATES: Final = 100  # what comes after these does not come to the first twenty in any season
_OFTEN: Final = 12  # services that this machine may bring in from further down
_PEAK: Final = 2
_OF_THIS_MACHINE: Final = 200.0  # points for a service that were every use of a busy machine
_AS_IF: Final = 200  # uses of nothing at all; three slips of a new machine move nobody

Uses: TypeAlias = tuple[tuple[str, int], ...]
"""Service → how often it was taken along at this machine in this season."""


class Ranking(Value, frozen=True):
    """What editors recommend here and now, and what everybody uses, most first."""

    picks: tuple[Pick, ...]
    services: tuple[Standing, ...]


def ranking(catalog: Catalog, uses: Uses, month: int, hall: str) -> Ranking:
    """What stands first in a catalog; as `ranked`."""
    return ranked(candidates(catalog, uses), catalog.picks(), uses, month, hall)


def candidates(catalog: Catalog, uses: Uses) -> tuple[Standing, ...]:
    """The services among which the first are: those of the city, and those of this machine."""
    found = {one.service: one for one in catalog.standings(_CANDIDATES)}
    often = sorted(uses, key=lambda use: (-use[1], use[0]))[:_OFTEN]
    for one in (catalog.service(use[0]) for use in often if use[0] not in found):
        if one is not None:
            found[one.id] = Standing(one.id, one.group, one.popularity, one.peak_months)
    return tuple(found.values())


def ranked(
    services: Iterable[Standing], picks: Iterable[Pick], uses: Uses, month: int, hall: str
) -> Ranking:
    """Services in the order of their use.

    Args:
        services: those to rank.
        picks: every recommendation of the catalog, in order.
        uses: of this machine.
        month: 1 to 12.
        hall: where this machine stands.
    """
    counts, total = dict(uses), sum(use[1] for use in uses)

    def order(one: Standing) -> tuple[float, str]:
        in_season = _PEAK if month in one.peak_months else 1
        share = counts.get(one.service, 0) / (total + _AS_IF)
        return -(one.popularity * in_season + _OF_THIS_MACHINE * share), one.service

    held = tuple(pick for pick in picks if _holds(pick, month, hall))
    return Ranking(held, tuple(sorted(services, key=order)))


def spread(services: Iterable[Standing], count: int) -> tuple[Standing, ...]:
    """The first so many, at most two of a group."""
    taken: Counter[str] = Counter()
    chosen: list[Standing] = []
    for one in services:
        if len(chosen) < count and taken[one.group] < OF_A_GROUP:
            taken[one.group] += 1
            chosen.append(one)
    return tuple(chosen)


def together(catalog: Catalog, service: Service, count: int) -> tuple[Service, ...]:
    """What is often done with a service: what editors say, then what the same life event needs."""
    said = [one.service for one in service.relations if one.why == "together"]
    for event in catalog.events():
        steps = [step.service for step in event.steps]
        if service.id in steps:
            said += steps
    others = dict.fromkeys(one for one in said if one != service.id)
    found = (catalog.service(other) for other in others)
    return tuple(one for one in found if one is not None)[:count]


def _holds(pick: Pick, month: int, hall: str) -> bool:
    return month in (pick.months or (month,)) and hall in (pick.halls or (hall,))
