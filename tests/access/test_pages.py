"""What holds for all pages of a screen, and between screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from access import registry
from access.seen import Host, Seen, host
from access.sights import Sight
from access.tally import Tally
from kiosk.core.choices import TextSize
from kiosk.core.value import replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable

UPRIGHT = Sight(size=TextSize.LARGER)
LYING = Sight(size=TextSize.LARGER, panel="27in-landscape")
TOP = 1 / 8  # of an upright picture: out of reach for many


@pytest.fixture(params=[UPRIGHT, LYING], ids=str)
def window(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[tuple[Host, Sight]]:
    with host(request.param) as shown:
        yield shown, request.param


def every_screen(window: tuple[Host, Sight], demo: CatalogReader) -> Iterator[tuple[Page, Seen]]:
    host_window, sight = window
    found = registry.pages(demo, sight.choices, sight.tongue.gettext)
    for name, one in found.items():
        for seen in host_window.screens(name, one, sight, Tally()):
            yield one.page, seen


def test_the_dock_stays_in_its_place_on_every_page(
    window: tuple[Host, Sight], demo: CatalogReader
) -> None:
    places: dict[tuple[str, str], object] = {}
    for page, seen in every_screen(window, demo):
        docked = {tile.name for block in page.dock for tile in getattr(block, "tiles", ())}
        for control in seen.controls:
            if control.id in docked or control.id.startswith("page:"):
                assert places.setdefault((seen.name, control.id), control.box) == control.box
    assert len(places) > 30


def test_no_control_is_in_the_top_eighth_of_a_panel_that_stands(
    window: tuple[Host, Sight], demo: CatalogReader
) -> None:
    for _, seen in every_screen(window, demo):
        if seen.look.panel.is_portrait:
            too_high = [one.id for one in seen.controls if one.box.top < seen.shot.box.height * TOP]
            assert not too_high, seen.name


def test_every_screen_but_the_first_and_the_last_has_a_bar(demo: CatalogReader) -> None:
    pages = registry.pages(demo, Sight().choices, str)
    assert {name for name, one in pages.items() if not one.page.bar} == {
        "welcome",
        registry.OUT_OF_ORDER,
    }


def test_a_page_turn_leads_to_the_page_before_and_after(
    window: tuple[Host, Sight], demo: CatalogReader
) -> None:
    turned = 0
    for page, seen in every_screen(window, demo):
        tiles = {one.id: one.tile for one in seen.controls if one.id.startswith("page:")}
        if not tiles:
            continue
        turned += 1
        assert page.turn is not None
        ahead, back = tiles["page:following"], tiles["page:previous"]
        assert ahead is not None
        assert back is not None
        assert (ahead.act, back.act) == (
            page.turn.act(seen.index + 1),
            page.turn.act(seen.index - 1),
        )
        assert f"{seen.index + 1}/{seen.screen.page_count}" in ahead.title
    assert turned > 20


@pytest.mark.usefixtures("qapp")
def test_an_index_beyond_the_last_page_shows_the_last(demo: CatalogReader) -> None:
    page = registry.pages(demo, UPRIGHT.choices, str)["group-fullest"].page
    look = UPRIGHT.look()
    beyond = Screen(replace(page, index=99), look)
    last = Screen(replace(page, index=beyond.page_count - 1), look)
    assert [tile_words(one) for one in beyond.touchables()] == [
        tile_words(one) for one in last.touchables()
    ]
    for one in (beyond, last):
        one.deleteLater()


def tile_words(control: Touchable) -> tuple[str, str]:
    return control.tile.title, control.tile.text
