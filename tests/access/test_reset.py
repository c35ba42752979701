"""One press sets the display back to what it was, and the errand stays (VVSG 2.0 7.1-B)."""

from __future__ import annotations

from access import registry
from access.visit import Visit
from kiosk.core.asking import Asking
from kiosk.core.choices import Choices, Contrast, Speech, TextSize
from kiosk.core.routes import DisplayPage, Home, SearchPage, Welcome
from kiosk.core.session import Session, after
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.page import Tiles

CHANGED = Choices(
    size=TextSize.LARGEST,
    contrast=Contrast.DARK,
    steady=True,
    hold=True,
    low_reach=True,
    speech=Speech(on=True, volume=9),
)


def test_one_press_sets_the_display_back_and_the_errand_stays(demo: CatalogReader) -> None:
    trail = (Welcome(), Home(), SearchPage(), DisplayPage())
    session = Session(trail=trail, choices=CHANGED, asking=Asking(query="sbk"))
    page = registry.page_of(Visit(session), demo, CHANGED, str)
    tiles = [tile for block in page.blocks if isinstance(block, Tiles) for tile in block.tiles]
    (reset,) = [tile for tile in tiles if tile.name == "display:reset"]
    assert reset.enabled
    back = after(session, reset.act)  # type: ignore[arg-type]
    assert back.choices == Choices()
    assert (back.trail, back.asking.query) == (trail, "sbk")


def test_there_is_nothing_to_set_back_where_nothing_was_chosen(demo: CatalogReader) -> None:
    session = Session(trail=(Welcome(), Home(), DisplayPage()))
    page = registry.page_of(Visit(session), demo, Choices(), str)
    tiles = [tile for block in page.blocks if isinstance(block, Tiles) for tile in block.tiles]
    (reset,) = [tile for tile in tiles if tile.name == "display:reset"]
    assert not reset.enabled
