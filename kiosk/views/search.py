"""Find a service: a pad to ask on, and results with every sign.

Knows how the screen is put together. Does not know the pads (`kiosk.views.pads`) or the sections of
the results (`kiosk.views.results`).
"""

from __future__ import annotations

from kiosk.core.routes import SearchPage, Write
from kiosk.core.value import replace
from kiosk.ui.page import Page, Tile, Tiles
from kiosk.views import pads, results
from kiosk.views.scene import Scene

CHIPS = 3
CHIPS_LARGE = 2  # one row


def page(scene: Scene, route: SearchPage) -> Page:
    """The search screen."""
    _ = scene.gettext
    words = pads.words(scene)
    shown = scene.page(
        "search",
        words.title,
        (
            *pads.not_heard(scene),
            *_chips(scene),
            *results.blocks(scene),
            *pads.arrangement(scene),
        ),
        dock=pads.dock(scene),
        path=_("首页"),
        text=words.text,
    )
    onward = _("看结果 {page}/{pages}") if scene.session.asking.asked else ""
    return replace(shown, turn=replace(scene.turn(), onward=onward))


def _chips(scene: Scene) -> tuple[Tiles, ...]:
    """Words that begin as what was typed."""
    asking = scene.session.asking
    most = CHIPS_LARGE if scene.has_few_places else CHIPS
    words = asking.results.chips[:most] if asking.results and asking.asked else ()
    if not words:
        return ()
    tiles = (
        Tile(f"chip:{word}", word, act=Write(word), tone="tint", shape="button") for word in words
    )
    return (Tiles(tuple(tiles), min_em=5),)
