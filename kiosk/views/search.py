"""Find a service by the first letters of its words: a pad, and results with every touch."""

from __future__ import annotations

import string

from kiosk.core.routes import Erase, SearchPage, Type, Write
from kiosk.core.value import replace
from kiosk.ui.page import Field, Keys, Page, Tile, Tiles
from kiosk.views import results
from kiosk.views.scene import Scene

CHIPS = 3
CHIPS_LARGE = 2  # one row


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
        (*_chips(scene), *results.blocks(scene)),
        dock=(field, _pad(scene)),
        path=_("首页"),
        text=_("比如身份证，就打 S F Z"),
    )
    onward = _("看结果 {page}/{pages}") if session.query else ""
    return replace(shown, turn=replace(scene.turn(), onward=onward))


def _chips(scene: Scene) -> tuple[Tiles, ...]:
    """Words that begin as what was typed."""
    found = scene.session.results
    most = CHIPS_LARGE if scene.has_few_places else CHIPS
    words = found.chips[:most] if found and scene.session.query else ()
    if not words:
        return ()
    tiles = (
        Tile(f"chip:{word}", word, act=Write(word), tone="tint", shape="button") for word in words
    )
    return (Tiles(tuple(tiles), min_em=5),)


def _spaced(query: str) -> str:
    """Single letters far apart, as they were touched."""
    return " ".join(query.upper()) if query.isascii() and query.isalpha() else query


def _pad(scene: Scene) -> Keys:
    """A–Z; letters that lead nowhere are dimmed but keep their place."""
    _ = scene.gettext
    found = scene.session.results
    current = found is not None and found.query == scene.session.asked
    live = found.letters if found is not None and current and found.letters else None
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
