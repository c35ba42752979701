"""What would you like to get done? Six errands that everybody does, then ways to find others."""

from __future__ import annotations

from kiosk.core.case import Acting
from kiosk.core.routes import (
    ActFor,
    EventsPage,
    Go,
    GroupsPage,
    HallsPage,
    ListPage,
    PapersPage,
    PopularPage,
    Route,
    SearchPage,
    WhomPage,
)
from kiosk.ui.page import Heading, Page, Tile, Tiles
from kiosk.views import popular, proxy
from kiosk.views.scene import Scene

POPULAR = 6


def page(scene: Scene) -> Page:
    """The home screen."""
    _ = scene.gettext
    hall, acting = scene.here(), scene.session.case.acting
    first = _first(scene)
    # in large letters one errand less for each tile above, or the last is alone on a page
    count = POPULAR - (len(first) - 1 if scene.has_few_places else 0)
    errands = tuple(scene.service_tile(service) for service in popular.popular(scene, count))
    more = Tile("home:popular", _("大家常办的事，更多"), act=Go(PopularPage()), shape="row")
    name = scene.say(hall.name) if hall else scene.say(scene.catalog.city().platform)
    return scene.page(
        "home",
        _("您今天想办什么事？") if acting is None else _for_whom(scene, acting),
        (
            Tiles(first, most_columns=2, fills=True),
            Tiles((more,), most_columns=1),
            Tiles(errands, most_columns=2),
            Heading(_("不知道叫什么？从这里找")),
            Tiles(_ways(scene), most_columns=2, fills=True),
        ),
        path=name,
    )


def _for_whom(scene: Scene, acting: Acting) -> str:
    _ = scene.gettext
    return _("替{whom}办什么事？").format(whom=proxy.whom_words(scene, acting.whom))


def _first(scene: Scene) -> tuple[Tile, ...]:
    """The search, and what was begun in this visit."""
    _ = scene.gettext
    case = scene.session.case
    search = Tile(
        "home:search",
        _("搜一搜：打几个字母就行"),
        icon="search",
        act=Go(SearchPage()),
    )
    tiles = [search]
    if case.services:
        title = _("我的清单，{n} 件").format(n=len(case.services))
        tiles.append(Tile("home:list", title, icon="notebook", act=Go(ListPage()), tone="tint"))
    if case.acting is not None:
        tiles.append(Tile("home:self", _("改为给自己办"), icon="user", act=ActFor(None)))
    return tuple(tiles)


def _ways(scene: Scene) -> tuple[Tile, ...]:
    _ = scene.gettext
    groups, events = scene.catalog.groups(), scene.catalog.events()
    services = scene.catalog.edition.services
    counts = _("{groups} 类 · {services} 件事").format(groups=len(groups), services=services)
    names = _("、").join(scene.say(event.name) for event in events[:2])
    examples = _("{examples} 等").format(examples=names)
    ways = [
        _way("groups", _("按类别找"), counts, "layout-grid", GroupsPage()),
        _way("events", _("我遇到的事"), examples, "route", EventsPage()),
        _way("papers", _("我带了什么证"), _("看看能办什么"), "id", PapersPage()),
        _way("proxy", _("帮别人办"), _("替父母、孩子、邻居"), "users", WhomPage()),
        _way("halls", _("大厅在哪里"), _("地址、时间、怎么去"), "building-community", HallsPage()),
    ]
    return tuple(one for one in ways if events or one.name != "home:events")


def _way(name: str, title: str, text: str, icon: str, place: Route) -> Tile:
    return Tile(f"home:{name}", title, text, icon, Go(place), "tint")
