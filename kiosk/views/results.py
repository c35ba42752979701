"""What a search has found, from the literal to the likely, and what to do when it is nothing.

Knows the sections of results. Does not know the pads (`kiosk.views.pads`) nor how it was found.
"""

from __future__ import annotations

from kiosk.core.results import Hit, Results
from kiosk.core.routes import Go, GroupPage, GroupsPage, HelpPage, ServicePage, Write
from kiosk.ui.page import Block, Heading, Notice, Tile, Tiles
from kiosk.views.scene import Scene

CATEGORIES = 2


def blocks(scene: Scene) -> tuple[Block, ...]:
    """What was found, or what to try."""
    _ = scene.gettext
    session = scene.session
    results = session.results
    if not session.asked:
        examples = (("S F Z", "身份证"), ("S B K", "社保卡"), ("L N K", "老年卡"))
        tiles = tuple(
            Tile(
                f"example:{letters.replace(' ', '')}",
                letters,
                meaning,
                act=Write(letters.replace(" ", "").lower()),
            )
            for letters, meaning in examples
        )
        return Heading(_("比如这样打")), Tiles(tiles, min_em=6)
    if results is None or results.query != session.asked:
        return (Notice(_("正在找……"), icon="search"),)
    found: list[Block] = []
    if results.literal:
        found.append(Tiles(_rows(scene, results.literal), most_columns=1))
    if results.perhaps:
        found.append(Heading(_("您是不是要找")))
        found.append(Tiles(_rows(scene, results.perhaps), most_columns=1))
    if not results.hits or not results.confident:
        found += _nothing(scene, results)
    found += _categories(scene, results)
    return tuple(found)


def _rows(scene: Scene, hits: tuple[Hit, ...]) -> tuple[Tile, ...]:
    return tuple(
        Tile(
            f"service:{hit.service}",
            hit.title,
            _below(scene, hit),
            hit.icon,
            Go(ServicePage(service=hit.service)),
            shape="row",
            marks=hit.marks,
        )
        for hit in hits
    )


def _below(scene: Scene, hit: Hit) -> str:
    """Where a hit belongs, and the words that were heard where they are not its own."""
    _ = scene.gettext
    also = _("也叫：{words}").format(words=hit.heard) if hit.heard else ""
    return " · ".join(words for words in (hit.path, also) if words)


def _nothing(scene: Scene, results: Results) -> list[Block]:
    _ = scene.gettext
    title = _("没有找到很接近的") if results.hits else _("没有找到")
    ways = (
        Tile("search:groups", _("按类别找"), icon="layout-grid", act=Go(GroupsPage()), tone="tint"),
        Tile("search:help", _("找人帮忙"), icon="bell-ringing", act=Go(HelpPage()), tone="tint"),
    )
    return [Notice(title, _("少打一个字母试试，或者"), "info-circle"), Tiles(ways, most_columns=2)]


def _categories(scene: Scene, results: Results) -> list[Block]:
    """The groups that most hits belong to: people discover the rest there."""
    _ = scene.gettext
    tiles = []
    for slug in results.groups[:CATEGORIES]:
        group = scene.catalog.group(slug)
        if group is not None:
            count = scene.catalog.count_of(slug)
            tiles.append(
                Tile(
                    f"group:{slug}",
                    _("整类看：{group}").format(group=scene.say(group.name)),
                    _("{n} 件事").format(n=count),
                    group.icon,
                    Go(GroupPage(group=slug)),
                    "tint",
                )
            )
    return [Tiles(tuple(tiles), most_columns=2)] if tiles else []
