"""Finding by what happened in life: all events, and the services of one in order."""

from __future__ import annotations

from kiosk.core.routes import EventPage, EventsPage, Go, ServicePage
from kiosk.ui.page import Block, Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene


def all_events(scene: Scene, route: EventsPage) -> Page:
    """All life events."""
    _ = scene.gettext
    tiles = tuple(
        Tile(
            f"event:{event.id}",
            scene.say(event.name),
            scene.say(event.hint),
            event.icon,
            Go(EventPage(event=event.id)),
        )
        for event in scene.catalog.events()
    )
    return scene.page(
        "events", _("您遇到了什么事？"), (Tiles(tiles, most_columns=2),), path=_("首页")
    )


def one_event(scene: Scene, route: EventPage) -> Page:
    """The services that people in this situation need, in order."""
    _ = scene.gettext
    event = scene.catalog.event(route.event)
    rows = []
    for number, step in enumerate(event.steps if event else (), start=1):
        service = scene.catalog.service(step.service)
        if service is None:
            continue
        rows.append(
            Tile(
                f"service:{service.id}",
                f"{number}. {scene.say(service.plain_name)}",
                scene.say(step.when) or scene.path(service),
                act=Go(ServicePage(service=service.id)),
                shape="row",
            )
        )
    blocks: tuple[Block, ...] = (
        Notice(_("照这个顺序办，少跑路"), icon="route"),
        Tiles(tuple(rows), most_columns=1),
    )
    return scene.page(
        f"event:{route.event}",
        scene.say(event.name) if event else _("没有这一项"),
        blocks,
        path=" › ".join((_("首页"), _("我遇到的事"))),
    )
