"""Find a service by the first letters of its words: a pad, and results with every touch."""

from __future__ import annotations

import string

from kiosk.core.results import Hit, Results
from kiosk.core.routes import (
    Erase,
    Go,
    GroupPage,
    GroupsPage,
    HelpPage,
    SearchPage,
    ServicePage,
    Type,
    Write,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Field, Heading, Keys, Notice, Page, Tile, Tiles
from kiosk.views.scene import Scene

CHIPS = 3
CHIPS_LARGE = 2  # one row
CATEGORIES = 2


def page(scene: Scene, route: SearchPage) -> Page:
    """The search screen."""
    _ = scene.gettext
    session = scene.session
    icon = "" if scene.has_few_places else "backspace"
    erase = Tile("search:erase", _("删除"), icon=icon, act=Erase(), shape="slim")
    field = Field(_spaced(session.query), _("这里显示您打的字母"), "search", erase)
    shown = scene.page(
        "search",
        _("每个字打第一个字母"),
        (*_chips(scene), *_answers(scene)),
        dock=(field, _pad(scene)),
        path=_("首页"),
        text=_("比如身份证，就打 S F Z"),
    )
    onward = _("看结果 {page}/{pages}") if session.query else ""
    return replace(shown, turn=replace(scene.turn(), onward=onward))


def _chips(scene: Scene) -> tuple[Tiles, ...]:
    """Words that begin as what was typed."""
    results = scene.session.results
    most = CHIPS_LARGE if scene.has_few_places else CHIPS
    words = results.chips[:most] if results and scene.session.query else ()
    if not words:
        return ()
    tiles = (
        Tile(f"chip:{word}", word, act=Write(word), tone="tint", shape="button") for word in words
    )
    return (Tiles(tuple(tiles), min_em=5),)


def _spaced(query: str) -> str:
    """Single letters far apart, as they were touched."""
    return " ".join(query.upper()) if query.isascii() and query.isalpha() else query


def _answers(scene: Scene) -> tuple[Block, ...]:
    _ = scene.gettext
    session = scene.session
    results = session.results
    if not session.query:
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
    if results is None or results.query != session.query:
        return (Notice(_("正在找……"), icon="search"),)
    blocks: list[Block] = []
    if results.literal:
        blocks.append(Tiles(_rows(scene, results.literal), most_columns=1))
    if results.perhaps:
        blocks.append(Heading(_("您是不是要找")))
        blocks.append(Tiles(_rows(scene, results.perhaps), most_columns=1))
    if not results.hits or not results.confident:
        blocks += _nothing(scene, results)
    blocks += _categories(scene, results)
    return tuple(blocks)


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


def _pad(scene: Scene) -> Keys:
    """A–Z; letters that lead nowhere are dimmed but keep their place."""
    _ = scene.gettext
    results = scene.session.results
    current = results is not None and results.query == scene.session.query
    live = results.letters if results is not None and current and results.letters else None
    keys = [
        Tile(
            f"key:{letter}",
            letter,
            act=Type(letter.lower()),
            shape="key",
            enabled=live is None or letter in live,
        )
        for letter in string.ascii_uppercase
    ]
    clear = Tile("key:clear", _("清空"), act=Write(""), shape="key")
    return Keys((*keys, clear), columns=7)
