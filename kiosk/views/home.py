"""What would you like to get done? Six errands that everybody does, then ways to find others."""

from __future__ import annotations

from kiosk.core.routes import EventsPage, Go, GroupsPage, HallsPage, SearchPage
from kiosk.ui.page import Heading, Page, Tile, Tiles
from kiosk.views.scene import Scene

POPULAR = 6


def page(scene: Scene) -> Page:
    """The home screen."""
    _ = scene.gettext
    hall = scene.here()
    popular = tuple(scene.service_tile(service) for service in scene.catalog.popular(POPULAR))
    search = Tile(
        "home:search",
        _("搜一搜：打几个字母就行"),
        icon="search",
        act=Go(SearchPage()),
    )
    name = scene.say(hall.name) if hall else scene.say(scene.catalog.city().platform)
    return scene.page(
        "home",
        _("您今天想办什么事？"),
        (
            Tiles((search,)),
            Heading(_("大家常办的事")),
            Tiles(popular, most_columns=2),
            Heading(_("不知道叫什么？从这里找")),
            Tiles(_ways(scene), most_columns=2, fills=True),
        ),
        path=name,
    )


def _ways(scene: Scene) -> tuple[Tile, ...]:
    _ = scene.gettext
    groups, events = scene.catalog.groups(), scene.catalog.events()
    services = scene.catalog.edition.services
    ways = [
        Tile(
            "home:groups",
            _("按类别找"),
            _("{groups} 类 · {services} 件事").format(groups=len(groups), services=services),
            "layout-grid",
            Go(GroupsPage()),
            "tint",
        )
    ]
    if events:
        names = _("、").join(scene.say(event.name) for event in events[:2])
        ways.append(
            Tile(
                "home:events",
                _("我遇到的事"),
                _("{examples} 等").format(examples=names),
                "route",
                Go(EventsPage()),
                "tint",
            )
        )
    halls = _("地址、时间、怎么去")
    ways.append(
        Tile("home:halls", _("大厅在哪里"), halls, "building-community", Go(HallsPage()), "tint")
    )
    return tuple(ways)
