"""Finding by category: all groups, and the services of one."""

from __future__ import annotations

from itertools import groupby

from kiosk.core.routes import Go, GroupPage, GroupsPage
from kiosk.ui.page import Block, Heading, Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene


def all_groups(scene: Scene, route: GroupsPage) -> Page:
    """All groups of the catalog."""
    _ = scene.gettext
    tiles = tuple(
        Tile(
            f"group:{group.id}",
            scene.say(group.name),
            scene.say(group.hint),
            group.icon,
            Go(GroupPage(group=group.id)),
        )
        for group in scene.catalog.groups()
    )
    return scene.page(
        "groups", _("是哪一类的事？"), (Tiles(tiles, most_columns=2),), path=_("首页")
    )


def one_group(scene: Scene, route: GroupPage) -> Page:
    """The services of a group, by category, the most used first."""
    _ = scene.gettext
    group = scene.catalog.group(route.group)
    services = scene.catalog.services_of(route.group)
    blocks: list[Block] = []
    for slug, members in groupby(services, key=lambda service: service.category):
        category = scene.catalog.category(slug)
        blocks.append(Heading(scene.say(category.name) if category else ""))
        tiles = tuple(scene.service_tile(service) for service in members)
        blocks.append(Tiles(tiles, most_columns=2))
    if not services:
        text = _("换一类看看，或者问导服台")
        blocks.append(Notice(_("这一类现在没有可办的事"), text, "info-circle"))
    return scene.page(
        f"group:{route.group}",
        scene.say(group.name) if group else _("没有这一类"),
        tuple(blocks),
        path=" › ".join((_("首页"), _("按类别找"))),
    )
