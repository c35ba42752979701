"""Records that the demo city has no example of, and the moments at which somebody meets them.

Knows what records may leave out. Does not know the views, nor how a page is drawn or measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from access.visit import Visit, at
from kiosk.core import routes
from kiosk.core.case import LIST_MAX, Case
from kiosk.core.catalog import Bulletin, Catalog, Hall, PlanFloor, Relation, Service, Text
from kiosk.core.doable import Doable, Possible
from kiosk.core.local import Local
from kiosk.core.value import replace

_MODEL: Final = "id-card-lost"  # done in the hall where the machine stands
_ALONE: Final = "alone"  # only at its counter, and nothing is said of anything else
_NOWHERE: Final = "nowhere"  # nothing is said of any place either
_RING: Final = {"hen": "egg", "egg": "hen"}  # each is done after the other one
_ID_CARD: Final = "id-card"


class OddCity:
    """Services that say little or what cannot be, and plans without names or counters."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def service(self, id: str) -> Service | None:
        """The odd services, and those of the city."""
        model = self._catalog.service(_MODEL)
        if model is None or id not in (_ALONE, _NOWHERE, *_RING):
            return self._catalog.service(id)
        bare = replace(model, id=id, channels=(), proxy=None, relations=())
        if id in _RING:
            return replace(bare, relations=(Relation(_RING[id], "before"),))
        return bare if id == _ALONE else replace(bare, counters=())

    def hall(self, id: str) -> Hall | None:
        """A hall whose plan is only shapes."""
        hall = self._catalog.hall(id)
        return replace(hall, plan=tuple(map(_nameless, hall.plan))) if hall else None

    def halls(self) -> tuple[Hall, ...]:
        """All halls like this."""
        found = (self.hall(one.id) for one in self._catalog.halls())
        return tuple(one for one in found if one is not None)


def _nameless(floor: PlanFloor) -> PlanFloor:
    areas = tuple(replace(area, name=None, counter=None) for area in floor.areas)
    return replace(floor, areas=areas)


def moments(city: Catalog) -> Iterator[Visit]:
    """Everything odd once."""
    odd = cast("Catalog", OddCity(city))
    told = (("local", Local(bulletins=(_PAUSED,))),)
    yield Visit(at(routes.ServicePage(service=_ALONE)), catalog=odd, scene=told)
    for session in (
        at(routes.WherePage(service=_ALONE)),
        at(routes.WhomPage(service=_ALONE)),
        at(routes.ListPage(), case=Case(services=(_NOWHERE,))),
        at(routes.ListPage(), case=Case(services=tuple(_RING))),
        at(routes.HallsPage()),
        at(routes.ProxyPage(service=_MODEL)),  # gone back to, by somebody who acts for nobody now
    ):
        yield Visit(session, catalog=odd)
    gone, full = routes.ServicePage(service="gone"), Case(services=tuple(map(str, range(LIST_MAX))))
    yield Visit(at(gone, routes.HelpPage()))
    yield Visit(at(routes.PlanPage(event=city.events()[0].id), case=full))
    for missing in (1, 2):
        place = routes.DoablePage(missing=missing)
        yield Visit(at(place, case=Case(in_hand=(_ID_CARD,)), doable=_NOTHING_MISSING))


_PAUSED = Bulletin(
    id="paused",
    title=Text("这几天办不了"),
    text=Text("先到导服台问一问"),
    valid_from="2026-11-23T08:00+08:00",
    valid_to="2026-11-24T00:00+08:00",
    hides=(_ALONE,),
)
_NOTHING_MISSING = Doable((_ID_CARD,), now=(Possible(_MODEL),), counts=(1, 0, 0))
