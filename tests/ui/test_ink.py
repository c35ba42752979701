"""A cell to write in: its ink is seen at once, thick, and where the finger was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kiosk.core.choices import Contrast
from kiosk.core.entry import Ink
from kiosk.core.value import replace
from kiosk.ui.page import Candidates, Cells, Field, Page, Tile, Tiles
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.ink import InkCell
from tests.builders import make_look
from tests.ui import pages
from tests.ui.pixels import picture, pixels

ACROSS = ((100, 300), (500, 300), (900, 300))
SIDE_PX = 300


@pytest.fixture
def room(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def a_cell(room: QWidget, ink: Ink = (), **choices: object) -> InkCell:
    cell = InkCell(0, ink, "写字的格子", make_look(**choices), room)
    cell.resize(SIDE_PX, SIDE_PX)
    return cell


def test_a_line_is_seen_before_anybody_else_knows_of_it(room: QWidget) -> None:
    cell = a_cell(room)
    before = picture(cell)
    cell.show_line(ACROSS)
    assert pixels(picture(cell)) != pixels(before)
    cell.show_line(())
    assert pixels(picture(cell)) == pixels(before)


def test_what_is_written_looks_like_what_was_being_written(room: QWidget) -> None:
    live, kept = a_cell(room), a_cell(room, (ACROSS,))
    live.show_line(ACROSS)
    assert pixels(picture(live)) == pixels(picture(kept))


@pytest.mark.parametrize("contrast", Contrast)
def test_ink_is_thick_in_every_look(room: QWidget, contrast: Contrast) -> None:
    look = make_look(contrast=contrast)
    image = picture(a_cell(room, (ACROSS,), contrast=contrast))
    ink = QColor(look.roles.ink)
    column = [image.pixelColor(60, y) for y in range(SIDE_PX)]
    assert column.count(ink) * look.panel.mm_per_px >= 2.5


def test_a_dot_is_seen(room: QWidget) -> None:
    blank, dotted = a_cell(room), a_cell(room, (((250, 250),),))
    assert pixels(picture(blank)) != pixels(picture(dotted))


def test_places_of_the_glass_are_points_of_ink(room: QWidget) -> None:
    cell = a_cell(room)
    assert cell.point_at(QPoint(0, 0)) == (0, 0)
    assert cell.point_at(QPoint(150, 75)) == (500, 250)
    assert cell.point_at(QPoint(-3, 303)) == (-10, 1010)


# on the screen ------------------------------------------------------------------------------


def a_page(words: int = 6, **changes: object) -> Page:
    found = (Tile(f"word:{n}", "社保", act=n, shape="word") for n in range(words))
    keys = (
        Tile("on", "接着写", act="on", shape="slim"),
        Tile("clear", "清空", act="", shape="slim"),
    )
    ways = (
        Tile(f"pad:{n}", "手写", act=n, shape="tab", chosen=n == 1, tone="plain") for n in range(3)
    )
    dock = (
        Tiles(tuple(ways), min_em=2.5),
        Field("社保", "这里显示", "search", Tile("search:erase", "删除", act="x", shape="slim")),
        Candidates(tuple(found), 6, "像的字排在这里"),
        Cells((ACROSS_INK, ()), keys, "写字的格子"),
    )
    return replace(pages.a_search(), dock=dock, **changes)


ACROSS_INK: Ink = (ACROSS,)


PANELS = (pages.SMALL, pages.SMALL_LYING, pages.LARGE, pages.LARGE_LYING)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("choices", [{}, {"size": 200, "steady": True}])
def test_cells_are_square_large_and_in_the_order_of_writing(
    qtbot: QtBot, panel: object, choices: dict[str, object]
) -> None:
    look = make_look(panel, **choices)  # type: ignore[arg-type]
    screen = Screen(a_page(), look)
    qtbot.addWidget(screen)
    left, right = screen.cells()
    assert left.width() == left.height() == right.width() == right.height()
    assert left.width() * look.panel.mm_per_px >= 60 - look.panel.mm_per_px / 2
    assert right.x() - left.geometry().right() > look.px(look.gap_mm) - 2
    assert left.y() == right.y()


@pytest.mark.parametrize("panel", PANELS)
def test_nothing_moves_when_candidates_come(qtbot: QtBot, panel: object) -> None:
    look = make_look(panel)  # type: ignore[arg-type]
    places = []
    for words in (0, 1, 6):
        screen = Screen(a_page(words), look)
        qtbot.addWidget(screen)
        places.append([cell.geometry().getRect() for cell in screen.cells()])
    assert places[0] == places[1] == places[2]


def test_behind_the_curtain_nobody_writes(qtbot: QtBot) -> None:
    screen = Screen(a_page(curtain=Tile("curtain:open", "打开屏幕", act=1)), make_look())
    qtbot.addWidget(screen)
    assert screen.cells() == []
