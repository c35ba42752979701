"""Papers at hand, what everybody uses, and where: every state that their screens tell apart."""

from __future__ import annotations

from typing import cast

from access.visit import MONDAY_EARLY, SATURDAY_AFTERNOON, Known, Visit, at, like
from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.catalog import Catalog, Counter, Material, Pick, Service, Text
from kiosk.core.doable import Doable
from kiosk.core.local import CounterToday, Local
from kiosk.core.session import Session
from kiosk.core.value import replace

_LOST = "id-card-lost"
_FAR, _AT_HAND = "city-police", "city-social"  # counters of other floors, and of this one
_OFFERED = 24
_KIOSK = 2
_NOWHERE = "nowhere"


class Recommending:
    """The city where editors recommend something, and one service is known by its name alone."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def service(self, id: str) -> Service | None:
        """A service; one is known by its name alone."""
        service = self._catalog.service(_LOST if id == _NOWHERE else id)
        if service is None or id != _NOWHERE:
            return service
        return replace(service, id=id, counters=(), channels=(), proxy=None)

    def picks(self) -> tuple[Pick, ...]:
        """What editors recommend."""
        why = Text("放假前办，人少", "Before the holidays it is quiet", "تەتىلدىن بۇرۇن ئادەم ئاز")
        ones = self._catalog.most_used(3)
        return tuple(Pick(one.id, n, one.id, why) for n, one in enumerate(ones))


class Unknowing:
    """A catalog file of an older program: nothing is known of papers."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def papers(self, _count: int) -> tuple[Material, ...]:
        """None."""
        return ()


def visits(known: Known) -> dict[str, Session | Visit]:
    """Every place and state of this topic."""
    catalog = known.catalog
    chosen = cast("Catalog", Recommending(catalog))
    where = routes.WherePage(service=_LOST)
    here = Local(kiosk=_KIOSK)
    papers, popular = routes.PapersPage(), routes.PopularPage()
    busy = replace(here, today=(CounterToday(_FAR, waiting="long", note="电脑在修，请到旁边窗口"),))
    shut = replace(here, today=(CounterToday(_FAR, is_closed=True, note="今天的号发完了，改天来"),))
    return {
        "papers": at(papers),
        "papers-ticked": like(at(papers, case=Case(in_hand=_papers(catalog, 4)))),
        "papers-unknown": Visit(at(papers), catalog=cast("Catalog", Unknowing(catalog))),
        "doable-nothing-ticked": at(papers, routes.DoablePage()),
        "doable-looking": at(papers, routes.DoablePage(), case=Case(in_hand=("id-card",))),
        **{f"doable-{n}": like(_doable(catalog, n, _papers(catalog, 2))) for n in range(2)},
        "doable-2": _doable(catalog, 2, _papers(catalog, 2)),
        "doable-everything": _doable(catalog, 0, _papers(catalog, _OFFERED)),
        "doable-nothing-now": _doable(catalog, 0, _papers(catalog, _OFFERED)[-1:]),
        "doable-none": at(
            papers,
            routes.DoablePage(),
            case=Case(in_hand=("gone",)),
            doable=Doable(("gone",)),
        ),
        "popular": at(popular),
        "popular-picks": Visit(at(popular), catalog=chosen, is_variant=True),
        "where": at(where),
        "where-plan": _at(where, here),
        "where-plan-same-floor": _like(_service_at(known, _AT_HAND), here),
        "where-busy": _like(where, busy),
        "where-shut": _like(where, shut),
        "where-early": like(at(where), MONDAY_EARLY),
        "where-closed": like(at(where), SATURDAY_AFTERNOON),
        "where-elsewhere": at(routes.WherePage(service=known.elsewhere())),
        "where-outside": at(routes.WherePage(service="birth-certificate")),
        "where-phone": at(routes.WherePage(service="mental-support")),
        "where-unknown": Visit(at(routes.WherePage(service=_NOWHERE)), catalog=chosen),
        "where-gone": at(routes.WherePage(service="gone")),
        "halls-plan": _like(routes.HallsPage(), here),
    }


def _papers(catalog: Catalog, count: int) -> tuple[str, ...]:
    return tuple(paper.id for paper in catalog.papers(count))


def _doable(catalog: Catalog, missing: int, in_hand: tuple[str, ...]) -> Session:
    route = routes.DoablePage(missing=missing)
    found = catalog.doable(in_hand)
    return at(routes.PapersPage(), route, case=Case(in_hand=in_hand), doable=found)


def _at(route: routes.Route, local: Local) -> Visit:
    return Visit(at(route), scene=(("local", local),))


def _like(route: routes.Route, local: Local) -> Visit:
    """What is true at the machine shows on the first page."""
    return replace(_at(route, local), is_variant=True)


def _service_at(known: Known, counter: str) -> routes.WherePage:
    """Where the first service of a counter is done."""
    found = next(one for one in known.services() if _is_first(one, known.catalog.counter(counter)))
    return routes.WherePage(service=found.id)


def _is_first(service: Service, counter: Counter | None) -> bool:
    return counter is not None and service.counters[:1] == (counter.id,)
