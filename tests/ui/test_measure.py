"""How blocks fall into rows, and what of them stays together."""

from __future__ import annotations

import pytest

from kiosk.core.choices import TextSize
from kiosk.core.value import replace
from kiosk.ui.flow import Unit
from kiosk.ui.look import Panel
from kiosk.ui.measure import Measure
from kiosk.ui.page import Block, Heading, Line, Notice, Tile, Tiles
from kiosk.ui.page import Panel as Card
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.plate import HeadingPlate
from kiosk.ui.widgets.touchable import Touchable
from tests.builders import LANDSCAPE, PORTRAIT, make_look
from tests.ui.pages import LARGE_LYING, SMALL, SMALL_LYING, a_page, a_tile

pytestmark = pytest.mark.usefixtures("qapp")

WISHES = Tiles(
    tuple(a_tile(n, shape="row") for n in range(1, 7)),
    min_em=8,
    most_columns=2,
    heads=("补社保卡", "退休"),
)


def units(block: Block, **look: object) -> list[Unit]:
    measure = Measure(make_look(**look))
    return list(measure.units((block,), PORTRAIT.width_px - 60))


def names(unit: Unit) -> list[str]:
    match unit.block:
        case Heading():
            return [unit.block.text]
        case Tiles():
            return [tile.name or tile.title for tile in unit.block.tiles]
    raise AssertionError(unit.block)


def test_lists_stand_side_by_side_where_all_columns_fit() -> None:
    placed = units(WISHES)
    assert [names(unit) for unit in placed] == [
        ["补社保卡", "退休"],
        ["tile:1", "tile:4"],
        ["tile:2", "tile:5"],
        ["tile:3", "tile:6"],
    ]
    assert [unit.is_heading for unit in placed] == [True, False, False, False]


@pytest.mark.parametrize(
    "heads", [("补社保卡", "退休"), ("退休", "挂失"), ("一", "二")], ids=["long", "short", "one"]
)
def test_lists_stand_below_each_other_where_they_do_not_fit(heads: tuple[str, str]) -> None:
    placed = units(replace(WISHES, heads=heads), size=TextSize.LARGEST)
    assert [name for unit in placed for name in names(unit)] == [
        heads[0],
        *(f"tile:{n}" for n in (1, 2, 3)),
        heads[1],
        *(f"tile:{n}" for n in (4, 5, 6)),
    ]
    assert [placed.index(unit) for unit in placed if unit.is_heading] == [0, 4]


def test_a_word_that_would_be_broken_in_a_column_gets_the_whole_width() -> None:
    wide = a_tile(6, title="Unemploymentinsurance", shape="row")
    broken = replace(WISHES, tiles=(*WISHES.tiles[:-1], wide))
    assert names(units(broken)[0]) == ["补社保卡"]


def test_the_head_of_a_list_stands_over_it() -> None:
    screen = Screen(a_page(blocks=(WISHES,), dock=()), make_look())
    heads = {plate.text(): plate.geometry() for plate in screen.findChildren(HeadingPlate)}
    tiles = {one.objectName(): one.geometry() for one in screen.findChildren(Touchable)}
    for head, first in (("补社保卡", "tile:1"), ("退休", "tile:4")):
        assert heads[head].left() == tiles[first].left()
        assert heads[head].bottom() < tiles[first].top()
    screen.deleteLater()


# what leads -----------------------------------------------------------------------------------


def a_hall(n: int) -> tuple[Notice, Card]:
    lines = tuple(
        Line(f"第 {n} 个大厅的第 {m} 行", "周一到周五 上午 9:00 到下午 5:00") for m in range(4)
    )
    notice = Notice(f"第 {n} 个大厅", "现在开着，到下午 5:00", "map-pin", "yes", leads=True)
    return notice, Card(lines)


@pytest.mark.parametrize("panel", [PORTRAIT, SMALL, LANDSCAPE, SMALL_LYING, LARGE_LYING])
@pytest.mark.parametrize("size", TextSize)
def test_a_notice_that_leads_stands_on_the_page_of_what_it_leads(
    panel: Panel, size: TextSize
) -> None:
    page = a_page(blocks=(*a_hall(1), *a_hall(2), *a_hall(3)), dock=())
    look = make_look(panel, size=size)
    index, count, led = 0, 1, 0
    while index < count:
        screen = Screen(replace(page, index=index), look)
        count, index = screen.page_count, index + 1
        for block, following in zip(screen.shown, (*screen.shown[1:], None), strict=True):
            if isinstance(block, Notice):
                led += 1
                assert isinstance(following, Card)
                assert following.lines[0].title.startswith(block.title)
        screen.deleteLater()
    assert led == 3


def test_a_notice_that_leads_nothing_may_end_a_page() -> None:
    alone = Notice("急事直接打", "110", "urgent")
    assert [unit.is_heading for unit in units(alone)] == [False]
    assert [unit.is_heading for unit in units(replace(alone, leads=True))] == [True]


def test_a_heading_in_a_row_is_as_high_as_one_alone() -> None:
    above = Tiles((Tile("", "退休", shape="heading"),), most_columns=1)
    assert units(above)[0].height == units(Heading("退休"))[0].height
