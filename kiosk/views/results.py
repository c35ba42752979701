"""What a search has found, from the literal to the likely, and what to do when it is nothing.

Knows the sections of results. Does not know the pads (`kiosk.views.pads`) nor how it was found.
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core.catalog import Group
from kiosk.core.entry import Pad
from kiosk.core.results import Hit, Relative, Results, Wish
from kiosk.core.routes import DisplayPage, Go, GroupPage, GroupsPage, HelpPage, ServicePage, Write
from kiosk.ui.page import Block, Heading, Notice, Tile, Tiles
from kiosk.views.scene import Scene

FIRST, FIRST_LARGE = 4, 2  # hits before what stands beside them: about a page
WISH_HITS = 3  # of each of several wishes
RELATIVES, RELATIVES_LARGE = 3, 2  # of a kind
CATEGORIES = 2


def blocks(scene: Scene) -> tuple[Block, ...]:
    """What was found, or what to try.

    Answers to the words of before stay until those to the new ones come: nothing flickers. Whoever
    listens must not come to them by keys, and hears of a screen only when it is another one.
    """
    _ = scene.gettext
    asking = scene.session.asking
    results = asking.results
    if not asking.asked:
        return _examples(scene)
    is_old = results is not None and results.query != asking.asked
    if results is None or (is_old and (not results.hits or scene.choices.speech.on)):
        return (Notice(_("正在找……"), icon="search"),)
    return (*_settings(scene, results), *_answer(scene, results))


def _answer(scene: Scene, results: Results) -> Iterable[Block]:
    if results.confident and results.hits:
        return _found(scene, results)
    if results.for_settings and not results.hits:  # they are what was looked for
        return (Tiles(_ways(scene), min_em=6, most_columns=2),)
    return _unsure(scene, results)


def _settings(scene: Scene, results: Results) -> Iterable[Block]:
    """The way to the machine's own settings, for whoever searches for them."""
    _ = scene.gettext
    if results.for_settings:
        below = _("还能换颜色和按法")
        act = Go(DisplayPage())
        tile = Tile("settings", _("把字变大、读给我听"), below, "adjustments", act, shape="row")
        yield Tiles((tile,), most_columns=1)


# nothing is asked yet -----------------------------------------------------------------------------


def _examples(scene: Scene) -> tuple[Block, ...]:
    """Words to try, until somebody begins."""
    _ = scene.gettext
    asking = scene.session.asking
    if asking.listening or not asking.draft.is_empty:
        return ()
    by_letters = asking.pad is Pad.LETTERS
    heading = _("比如这样打") if by_letters else _("比如找这些")
    examples = (("S F Z", "身份证"), ("S B K", "社保卡"), ("L N K", "老年卡"))
    tiles = []
    for letters, words in examples:
        name = letters.replace(" ", "")
        tile = Tile(f"example:{name}", words, act=Write(words))
        if by_letters:
            tile = Tile(f"example:{name}", letters, words, act=Write(name.lower()))
        tiles.append(tile)
    return Heading(heading), Tiles(tuple(tiles), min_em=6)


# something was found ------------------------------------------------------------------------------


def _found(scene: Scene, results: Results) -> list[Block]:
    """The best, what stands beside it, and the rest; where that is long, categories precede it."""
    has_wishes = any(wish.hits for wish in results.wishes)
    first = _wishes(scene, results.wishes) if has_wishes else _best(scene, results)
    seen = {tile.name for block in first if isinstance(block, Tiles) for tile in block.tiles}
    rest = _rest(scene, results, seen)
    categories = _categories(scene, results)
    beside = _relatives(scene, results.relatives, seen)
    rows = sum(len(block.tiles) for block in rest if isinstance(block, Tiles))
    ends = (rest, categories) if rows <= _first(scene) else (categories, rest)
    return [*first, *beside, *ends[0], *ends[1]]


def _first(scene: Scene) -> int:
    return FIRST_LARGE if scene.has_few_places else FIRST


def _best(scene: Scene, results: Results) -> list[Block]:
    """What is literally there stands for itself; a guess says that it is one."""
    _ = scene.gettext
    hits = (results.literal or results.perhaps)[: _first(scene)]
    rows = Tiles(_rows(scene, hits), most_columns=1)
    return [rows] if results.literal else [Heading(_("您是不是要找")), rows]


def _wishes(scene: Scene, wishes: tuple[Wish, ...]) -> list[Block]:
    """Each wish with its own answers, side by side; whoever goes by ear hears one after another."""
    _ = scene.gettext
    choices = scene.choices
    answers: dict[str, tuple[Tile, ...]] = {}
    seen: set[str] = set()
    for wish in wishes:
        hits = [hit for hit in wish.hits if hit.service not in seen][:WISH_HITS]
        seen.update(hit.service for hit in hits)
        answers[wish.words] = _rows(scene, hits)
    found = {words: rows for words, rows in answers.items() if rows}
    missed = [words for words, rows in answers.items() if not rows]
    if choices.speech.on or choices.switches or len(found) < len(wishes):
        parts: list[Block] = []
        for words, rows in found.items():
            parts += [Heading(words), Tiles(rows, most_columns=1)]
    else:
        least = min(len(rows) for rows in found.values())
        tiles = tuple(tile for rows in found.values() for tile in rows[:least])
        parts = [Tiles(tiles, min_em=8, most_columns=len(found), heads=tuple(found))]
    return [*parts, *(_missed(scene, words) for words in missed)]


def _missed(scene: Scene, words: str) -> Notice:
    _ = scene.gettext
    return Notice(_("没有找到：{words}").format(words=words), icon="info-circle")


def _rest(scene: Scene, results: Results, seen: set[str]) -> list[Block]:
    """The hits that are not among the best, the literal ones first."""
    _ = scene.gettext
    guesses = _("您是不是要找") if results.literal else _("还有这些")
    sections: list[Block] = []
    for heading, hits in ((_("还有这些"), results.literal), (guesses, results.perhaps)):
        left = tuple(tile for tile in _rows(scene, hits) if tile.name not in seen)
        if left:
            sections += [Heading(heading), Tiles(left, most_columns=1)]
    return sections


def _rows(scene: Scene, hits: Iterable[Hit]) -> tuple[Tile, ...]:
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
    """Where a hit belongs, and what was heard where the title does not show what was typed."""
    _ = scene.gettext
    taken = ""
    if hit.heard:
        named = _("也叫：{words}").format(words=hit.heard)
        # from the left to the right in every language: both sides are hanzi or letters
        taken = f"{hit.typed} → {hit.heard}" if hit.typed else named
    between = "\n" if scene.has_few_places else " · "  # which would end a line
    return between.join(words for words in (hit.path, taken) if words)


def _relatives(scene: Scene, relatives: tuple[Relative, ...], seen: set[str]) -> list[Block]:
    """Cases, neighbours and companions of the best hits, a few of each."""
    _ = scene.gettext
    found: list[Block] = []
    new = {one.service: one for one in reversed(relatives) if f"service:{one.service}" not in seen}
    most = RELATIVES_LARGE if scene.has_few_places else RELATIVES
    for kinship, heading in (
        ("situation", _("具体情况")),
        ("sibling", _("同一类的")),
        ("related", _("常一起办")),
    ):
        of_kind = [one for one in reversed(new.values()) if one.kinship == kinship][:most]
        if of_kind:
            found += [Heading(heading), Tiles(tuple(map(_relative, of_kind)), min_em=6.5)]
    return found


def _relative(one: Relative) -> Tile:
    act = Go(ServicePage(service=one.service))
    return Tile(f"relative:{one.service}", one.title, act=act, tone="tint", shape="button")


def _categories(scene: Scene, results: Results) -> list[Block]:
    """The groups that most hits belong to: people discover the rest there."""
    _ = scene.gettext
    category = scene.catalog.category(results.category) if results.category else None
    best = (category.group,) if category else ()
    slugs = dict.fromkeys((*best, *results.groups))
    groups = [group for group in map(scene.catalog.group, slugs) if group is not None]
    tiles = []
    for group in groups[:CATEGORIES]:
        n = scene.catalog.count_of(group.id)
        below = _("{n} 件事").format(n=n)
        if category and category.group == group.id:
            below = _("{category}等 {n} 件事").format(category=scene.say(category.name), n=n)
        tiles.append(_whole(scene, group, below))
    return [Heading(_("相关分类")), Tiles(tuple(tiles), most_columns=2)] if tiles else []


def _whole(scene: Scene, group: Group, below: str) -> Tile:
    _ = scene.gettext
    title = _("整类看：{group}").format(group=scene.say(group.name))
    return Tile(f"group:{group.id}", title, below, group.icon, Go(GroupPage(group=group.id)))


# nothing good was found ---------------------------------------------------------------------------


def _unsure(scene: Scene, results: Results) -> list[Block]:
    """Says so first, and how else one finds it; a weak guess must not look like an answer."""
    _ = scene.gettext
    title = _("没有找到很接近的") if results.hits else _("没有找到")
    ring = _("打电话：{hotline}").format(hotline=scene.catalog.city().hotline)
    hint = f"{_hint(scene)} · {ring}"
    last: tuple[Block, ...] = ()
    if scene.has_few_places:  # there the number would push the guesses off the page
        hint, last = _hint(scene), (Notice(ring, icon="phone"),)
    found: list[Block] = [
        Notice(title, hint, "info-circle"),
        Tiles(_ways(scene), min_em=6, most_columns=2),
    ]
    if results.hits:
        rows = Tiles(_rows(scene, results.hits), most_columns=1)
        found += [Heading(_("也许是这些")), rows]
    return [*found, *last, *_categories(scene, results)]


def _ways(scene: Scene) -> tuple[Tile, ...]:
    """Without words of one's own."""
    _ = scene.gettext
    icons = ("", "") if scene.has_few_places else ("layout-grid", "bell-ringing")
    return (
        Tile("search:groups", _("按类别找"), icon=icons[0], act=Go(GroupsPage()), tone="tint"),
        Tile("search:help", _("找人帮忙"), icon=icons[1], act=Go(HelpPage()), tone="tint"),
    )


def _hint(scene: Scene) -> str:
    """What to change with the pad at hand; there is nothing to take from one sign."""
    _ = scene.gettext
    asking = scene.session.asking
    if len(asking.asked) > 1 and asking.asked.isascii():
        return _("少打一个字母试试")
    if len(asking.asked) > 1 and asking.pad in (Pad.WRITING, Pad.STROKES):
        return _("少写一个字试试")
    return _("换个说法试试")
