"""A moment of a visit, as screens are registered: the session, the place, the time.

Knows the demo city's hall and some of its hours. Does not know which screens there are
(`access.registry` and the modules of `access.visits`).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache

from kiosk.core import routes
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language
from kiosk.core.session import Session
from kiosk.core.value import Value, replace

HALL = "city-hall"
READ = ("pay-nobody",)  # the bulletins of the demo city that come before everything else
MONDAY_MORNING = datetime(2026, 11, 23, 9, 42, tzinfo=timezone(timedelta(hours=8)))
MONDAY_EARLY = MONDAY_MORNING.replace(hour=7)
SATURDAY_AFTERNOON = MONDAY_MORNING.replace(day=21, hour=14)
SUNDAY_NIGHT = MONDAY_MORNING.replace(day=22, hour=21)


class Visit(Value, frozen=True):
    """A moment of a visit: of its choices those count that a sight does not decide."""

    session: Session
    hall: str = HALL
    now: datetime = MONDAY_MORNING
    scene: tuple[tuple[str, object], ...] = ()  # further fields of the scene
    catalog: Catalog | None = None  # where it is not the city's own
    is_variant: bool = False  # only its first page is another one than that of a visit before

    def choices(self, sight: Choices) -> Choices:
        """The choices of a sight together with the visit's own."""
        own = self.session.choices
        return replace(
            sight,
            hold=own.hold,
            switches=own.switches,
            first_moves=own.first_moves,
            speech=own.speech,
        )


class Known(Value, frozen=True):
    """What the visits choose from."""

    catalog: Catalog
    language: Language

    def services(self) -> list[Service]:
        """All services, the barest first."""
        return list(_barest_first(self.catalog))  # type: ignore[arg-type] # by identity

    def fullest_group(self) -> str:
        """The group with most services."""
        return max(self.catalog.groups(), key=lambda one: self.catalog.count_of(one.id)).id

    def fullest_event(self) -> str:
        """The life event with most steps."""
        return max(self.catalog.events(), key=lambda one: len(one.steps)).id

    def elsewhere(self) -> str:
        """The service with most words among those that no counter of this hall handles."""
        return next(one.id for one in reversed(self.services()) if not self._is_here(one))

    def _is_here(self, service: Service) -> bool:
        counters = [self.catalog.counter(slug) for slug in service.counters]
        return any(counter is not None and counter.hall == HALL for counter in counters)


@lru_cache(maxsize=2)
def _barest_first(catalog: Catalog) -> tuple[Service, ...]:
    """Worked out once: every look of every layout asks for them many times."""
    found = [one for group in catalog.groups() for one in catalog.services_of(group.id)]
    return tuple(sorted(found, key=lambda one: (len(repr(one)), one.id)))


def at(*places: routes.Route, **changes: object) -> Session:
    """Somebody who came to these places from the home screen, and read what must be read."""
    trail = (routes.Welcome(), routes.Home(), *places)
    known = {"seen_bulletins": READ, **changes}
    return Session(trail=trail, **known)  # type: ignore[arg-type]


def like(session: Session, now: datetime = MONDAY_MORNING) -> Visit:
    """A state that shows on the first page; the rest is as in the visit before."""
    return Visit(session, now=now, is_variant=True)
