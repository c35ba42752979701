"""A line on top of every page of a place, or where room is short on the first of them."""

from __future__ import annotations

import pytest

from kiosk.core.choices import Language, TextSize
from kiosk.core.value import replace
from kiosk.ui.look import Panel
from kiosk.ui.page import Page, Tile
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear, heard
from kiosk.ui.widgets.touchable import Touchable
from tests.builders import LANDSCAPE, PORTRAIT, make_look
from tests.ui.pages import SMALL, SMALL_LYING, a_page

pytestmark = pytest.mark.usefixtures("qapp")

BANNER = Tile("banner:news", "周六上午不办医保", icon="alert-triangle", act="news", shape="row")
panels = pytest.mark.parametrize(
    "panel",
    [SMALL, SMALL_LYING, PORTRAIT, LANDSCAPE],
    ids=["small-upright", "small-lying", "upright", "lying"],
)


def screens(page: Page, panel: Panel, **choices: object) -> list[Screen]:
    look = make_look(panel, **choices)
    first = Screen(page, look)
    return [first, *(Screen(replace(page, index=n), look) for n in range(1, first.page_count))]


def banner_on(screen: Screen) -> Touchable | None:
    return next((one for one in screen.touchables() if one.objectName() == BANNER.name), None)


def tops(page: Page, panel: Panel, **choices: object) -> list[int | None]:
    """How far down it stands on each page; None where it does not."""
    found = [banner_on(screen) for screen in screens(page, panel, **choices)]
    return [one.y() if one is not None else None for one in found]


def test_it_stays_in_its_place_on_every_page_of_a_high_panel() -> None:
    found = tops(a_page(banner=BANNER), PORTRAIT)

    assert len(found) > 1
    assert None not in found
    assert len(set(found)) == 1


def test_where_height_is_short_it_is_the_first_of_the_blocks() -> None:
    first, *others = tops(a_page(banner=BANNER), SMALL_LYING, size=TextSize.LARGEST)

    assert first is not None
    assert others
    assert set(others) == {None}


@panels
@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("low_reach", [False, True], ids=["standing", "sitting"])
def test_it_is_the_first_thing_that_keys_come_to_and_covers_nothing(
    panel: Panel, size: TextSize, low_reach: bool
) -> None:
    screen = Screen(a_page(banner=BANNER), make_look(panel, size=size, low_reach=low_reach))
    first, *others = screen.touchables()

    assert first.objectName() == BANNER.name
    assert first.tile.act == "news"
    assert screen.rect().contains(first.geometry())
    assert not any(first.geometry().intersects(one.geometry()) for one in others)


@panels
@pytest.mark.parametrize("size", TextSize)
def test_nothing_is_lost_by_it(panel: Panel, size: TextSize) -> None:
    def names(page: Page) -> set[str]:
        pages = screens(page, panel, size=size)
        return {one.objectName() for screen in pages for one in screen.touchables()}

    assert names(a_page(banner=BANNER)) - names(a_page()) <= {
        BANNER.name,
        "page:previous",
        "page:following",
    }
    assert names(a_page()) < names(a_page(banner=BANNER))


def test_it_begins_where_lines_begin_and_has_the_whole_width() -> None:
    left = banner_on(Screen(a_page(banner=BANNER), make_look(PORTRAIT)))
    right = banner_on(Screen(a_page(banner=BANNER), make_look(PORTRAIT, language=Language.UYGHUR)))

    assert left is not None
    assert right is not None
    assert left.width() == right.width()
    assert left.x() == right.x() == (PORTRAIT.width_px - left.width()) // 2


def test_it_is_heard_after_the_title_and_only_with_the_whole_page() -> None:
    ear = Ear(Language.CHINESE, lambda words: words)
    page = a_page(banner=BANNER)
    with_it, without = heard(page, (), ear), heard(a_page(), (), ear)
    said = [one.text for one in with_it.whole()]

    assert said.index(page.title) < said.index(BANNER.title) < len(said) - 1
    assert with_it.turned() == without.turned()
    assert [one.text for one in with_it.since(without)] == [BANNER.title]
    assert without.since(with_it) == ()


def test_a_curtain_covers_it_too() -> None:
    curtain = Tile("curtain:open", "打开屏幕", icon="device-tv", act="open", shape="hero")
    screen = Screen(a_page(banner=BANNER, curtain=curtain), make_look(PORTRAIT))

    assert [one.objectName() for one in screen.on_glass()] == ["curtain:open"]
