"""Every screen of a visit to the demo city, drawn in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk import app
from kiosk.core import routes
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.core.results import Hit, Results
from kiosk.core.session import Handoff, Session, SlipJob
from kiosk.core.value import replace
from kiosk.ui.look import Look, Panel
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable
from kiosk.views import out_of_order
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import ICONS, LANDSCAPE, MONDAY_MORNING, PORTRAIT, make_code

HALL = "city-hall"
LOST = "id-card-lost"


@dataclass(frozen=True)
class Sight:
    """How a citizen sees the screens."""

    choices: Choices
    panel: Panel

    def __str__(self) -> str:
        lie = "portrait" if self.panel.is_portrait else "landscape"
        choices = self.choices
        return f"{choices.size:d}-{choices.contrast}-{lie}-{choices.language}"


def _sights() -> Iterator[Sight]:
    """16 of the 64 ways to see, so chosen that every pair of two choices is among them."""
    for i, size in enumerate(TextSize):
        for j, contrast in enumerate(Contrast):
            language = tuple(Language)[(i // 2 + j // 2) % 2]
            panel = (PORTRAIT, LANDSCAPE)[(i + j) % 2]
            yield Sight(Choices(language, size, contrast), panel)


SIGHTS = tuple(_sights())


# visits -------------------------------------------------------------------------------------


def _at(*places: routes.Route, **changes: object) -> Session:
    trail = (routes.Welcome(), routes.Home(), *places)
    return Session(trail=trail, **changes)  # type: ignore[arg-type]


def visits(catalog: Catalog) -> dict[str, Session]:
    """A visit for every place and every state of a place, the fullest and the barest included."""
    services = [one for group in catalog.groups() for one in catalog.services_of(group.id)]
    by_size = sorted(services, key=lambda one: (len(repr(one)), one.id))
    groups = sorted(catalog.groups(), key=lambda one: catalog.count_of(one.id))
    events = sorted(catalog.events(), key=lambda one: len(one.steps))
    service, take = routes.ServicePage(service=LOST), routes.HandoffPage(service=LOST)
    found = {
        "welcome": Session(),
        "home": _at(),
        "groups": _at(routes.GroupsPage()),
        "group-fullest": _at(routes.GroupPage(group=groups[-1].id)),
        "group-gone": _at(routes.GroupPage(group="gone")),
        "service": _at(service),
        "service-fullest": _at(routes.ServicePage(service=by_size[-1].id)),
        "service-barest": _at(routes.ServicePage(service=by_size[0].id)),
        "service-gone": _at(routes.ServicePage(service="gone")),
        "handoff-gone": _at(routes.HandoffPage(service="gone")),
        "handoff-making": _at(service, take),
        "events": _at(routes.EventsPage()),
        "event-fullest": _at(routes.EventPage(event=events[-1].id)),
        "event-gone": _at(routes.EventPage(event="gone")),
        "halls": _at(routes.HallsPage()),
        "help": _at(routes.HelpPage()),
        "help-with-a-service": _at(service, routes.HelpPage()),
        "display": _at(routes.DisplayPage()),
        "still-there": _at(service, asked_still_there=True),
        "search-empty": _at(routes.SearchPage()),
        "search-running": _at(routes.SearchPage(), query="sfz"),
        "search-nothing": _at(routes.SearchPage(), query="qqq", results=Results("qqq")),
        "search-fullest": _at(routes.SearchPage(), query="shebaokadiushile"),
    }
    handoff = Handoff(LOST, _wide_code(), _wide_code())
    for name, outcome in _endings().items():
        slip = SlipJob(LOST, large=False, copy=1, outcome=outcome) if name != "ready" else None
        found[f"handoff-{name}"] = _at(service, take, handoff=handoff, slip=slip)
    found["handoff-no-printer"] = _at(service, take, handoff=replace(handoff, may_print=False))
    return found


def _endings() -> dict[str, PrintOutcome | None]:
    return {
        "ready": None,
        "printing": None,
        "printed": Printed(),
        "unconfirmed": Unconfirmed(),
        "no-paper": FailedBefore(Fault.NO_PAPER),
        "jam": FailedDuring(Fault.JAM, 90),
    }


def _wide_code() -> object:
    """The code of a longer address than usual."""
    modules = tuple((True, False) * 18 + (True,) for _ in range(37))
    return make_code(modules=modules, host="zwfw.yunchuan.example")


def _full_results(catalog: Catalog, query: str, language: Language) -> Results:
    """As many and as long results as a search gives."""
    services: list[Service] = []
    for group in catalog.groups():
        services += catalog.services_of(group.id)
    longest = sorted(services, key=lambda one: -len(one.plain_name.get(language)))[:10]
    hits = []
    for one in longest:
        group, category = catalog.group(one.group), catalog.category(one.category)
        assert group is not None
        assert category is not None
        path = f"{group.name.get(language)} › {category.name.get(language)}"
        title = one.plain_name.get(language)
        hits.append(Hit(one.id, title, path, category.icon, ((0, 2),)))
    perhaps = tuple(replace(hit, heard="社保卡丢了怎么办") for hit in hits[6:])
    return Results(
        query,
        tuple(hits[:6]),
        perhaps,
        tuple(group.id for group in catalog.groups()[:3]),
        ("社会保障卡", "失业保险金", "设备检验"),
        frozenset("ABCDLH"),
        confident=False,
    )


# screens ------------------------------------------------------------------------------------


@dataclass
class Shown:
    """One place as a citizen sees it: its page, and a screen for each page of its blocks."""

    name: str
    page: Page
    look: Look
    screens: list[Screen] = field(default_factory=list)


def show(page: Page, look: Look, name: str) -> Shown:
    """Draw a page with all pages that can be turned to."""
    first = Screen(page, look)
    rest = [Screen(replace(page, index=n), look) for n in range(1, first.page_count)]
    return Shown(name, page, look, [first, *rest])


def page_of(
    session: Session,
    catalog: Catalog,
    sight: Sight,
    gettext: Callable[[str], str] | None = None,
) -> Page:
    """The page that the kiosk would show."""
    words = gettext or app.translations(sight.choices.language)
    seen = replace(session, choices=sight.choices)
    return page_for(Scene(seen, catalog, words, HALL, MONDAY_MORNING))


def gallery(catalog: Catalog, sight: Sight) -> list[Shown]:
    """All visits in one look."""
    words = app.translations(sight.choices.language)
    look = Look(sight.panel, sight.choices, words, ICONS)
    shown = []
    for name, session in visits(catalog).items():
        visit = session
        if name == "search-fullest":
            results = _full_results(catalog, session.query, sight.choices.language)
            visit = replace(session, results=results)
        shown.append(show(page_of(visit, catalog, sight), look, name))
    shown.append(show(out_of_order.page(words), look, "out-of-order"))
    return shown


# looking ------------------------------------------------------------------------------------


def place_of(widget: QWidget) -> QRect:
    return widget.geometry()


def children_of(screen: Screen) -> list[QWidget]:
    """Everything that is drawn on a screen."""
    return [one for one in screen.children() if isinstance(one, QWidget)]


def words_on(screen: Screen) -> list[str]:
    """All words of a screen: labels have a text, controls a name."""
    found = []
    for child in children_of(screen):
        if isinstance(child, Touchable):
            found += [child.tile.title, child.tile.text]
        else:
            found.append(child.text())  # type: ignore[attr-defined]
    return [words for words in found if words]
