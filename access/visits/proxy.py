"""For somebody else: the questions, and every kind of answer.

Knows services of the demo city whose rules differ. Does not know how the answers come about.
"""

from __future__ import annotations

from typing import cast

from access.visit import Known, Visit, at, like
from kiosk.core.case import Acting, Case, Whom, Why
from kiosk.core.catalog import Catalog, Service
from kiosk.core.local import Local
from kiosk.core.routes import ProxyPage, Route, ServicePage, WhomPage, WhyPage
from kiosk.core.session import Session
from kiosk.core.value import replace

_CARD, _LOST = "social-card", "id-card-lost"
_LETTERS = (("local", Local(prints_sheets=True)),)


class _Ruleless:
    """A catalog that says nothing of helpers."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        """Everything else is as it was."""
        return getattr(self._catalog, name)

    def service(self, id: str) -> Service | None:
        """A service without a rule."""
        service = self._catalog.service(id)
        return replace(service, proxy=None) if service else None


def visits(known: Known) -> dict[str, Session | Visit]:
    """The two questions, and an answer of each kind."""
    ruleless = cast("Catalog", _Ruleless(known.catalog))
    return {
        "whom": at(WhomPage()),
        "whom-of-a-service": at(ServicePage(service=_LOST), WhomPage(service=_LOST)),
        "whom-acting": like(_acting(Whom.SPOUSE, WhomPage(service=_CARD))),
        "why": at(WhyPage(service=_CARD, whom=Whom.PARENT)),
        "why-of-a-child": at(WhyPage(whom=Whom.CHILD)),
        "proxy-allowed": _answer(_fullest(known), Whom.PARENT, "away"),
        "proxy-partly": _answer(_CARD, Whom.PARENT, "frail"),
        "proxy-partly-prints-letters": Visit(
            _acting(Whom.PARENT, ProxyPage(service=_CARD), "frail", in_hand=("id-card",)),
            scene=_LETTERS,
        ),
        "proxy-together": _answer(_LOST, Whom.CHILD, "under-16"),
        "proxy-with-a-letter": _answer(_LOST, Whom.GRANDCHILD, "under-16"),
        "proxy-if-guardian": _answer(_CARD, Whom.PARENT, "incapable"),
        "proxy-refused": _answer(_LOST, Whom.PARENT, "frail"),
        "proxy-refused-others": _answer("newborn-household", Whom.FRIEND, None),
        "proxy-unknown": Visit(_acting(Whom.RELATIVE, ProxyPage(service=_CARD)), catalog=ruleless),
        "proxy-gone": _acting(Whom.PARENT, ProxyPage(service="gone")),
    }


def _answer(service: str, whom: Whom, why: Why) -> Session:
    return _acting(whom, ProxyPage(service=service), why)


def _fullest(known: Known) -> str:
    """The service whose rule has most to say among those that allow it."""
    ruled = [one for one in known.services() if one.proxy and one.proxy.allowed == "yes"]
    return max(ruled, key=lambda one: (len(repr(one.proxy)), one.id)).id


def _acting(whom: Whom, place: Route, why: Why = None, in_hand: tuple[str, ...] = ()) -> Session:
    case = Case(in_hand=in_hand, acting=Acting(whom, why))
    return at(place, case=case)
