"""Paper on a screen: its dots, its size, where it is cut, and that all of it is heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from kiosk.core.choices import Contrast, Language, TextSize
from kiosk.printing.layout import LARGE, body_dots
from kiosk.ui.look import Look
from kiosk.ui.page import Page, Sheet, SheetPart
from kiosk.ui.screen import Screen
from kiosk.ui.spoken import Ear, name_of
from kiosk.ui.widgets.sheet import SheetPlate
from tests.builders import make_look
from tests.ui.pages import LARGE_LYING, SMALL, SMALL_LYING, a_page

pytestmark = pytest.mark.usefixtures("qapp")

BLACK, WHITE = QColor("#000000"), QColor("#FFFFFF")


def sheet(*parts: SheetPart, width: int = 576, em: int = 34) -> Sheet:
    """Rows whose number can be read off their dots."""
    count = sum(part.rows for part in parts)
    rows = tuple((n % 251).to_bytes(1, "big") * (width // 8) for n in range(count))
    return Sheet(width, em, rows, parts)


def paper_of(block: Sheet, index: int = 0) -> Page:
    return a_page(blocks=(block,), index=index)


def part(rows: int, words: str = "", leads: bool = False) -> SheetPart:
    return SheetPart(rows, (words,) if words else (), leads)


def plate_of(block: Sheet, look: Look, width: int = 1000) -> SheetPlate:
    return SheetPlate(block, look, width, None)


@pytest.mark.parametrize("size", TextSize)
def test_its_words_are_as_large_as_those_of_the_screen(size: TextSize) -> None:
    look = make_look(size=size)
    wide = plate_of(sheet(part(100)), look, 10_000)
    assert wide.em_px >= look.em_px("body")
    narrow = plate_of(sheet(part(100)), look, 500)
    assert narrow.em_px <= wide.em_px
    assert narrow.em_px * 576 / 34 <= 500


def test_large_print_is_legible_to_whoever_needs_the_largest_text_on_every_panel() -> None:
    """In half of the smallest panel that lies usual print is not, so it is not what is shown."""
    look = make_look(panel=SMALL_LYING, size=TextSize.LARGEST)
    screen = Screen(paper_of(sheet(part(60), part(60), em=body_dots(LARGE))), look)
    plates = screen.findChildren(SheetPlate)
    assert plates
    assert all(one.em_px >= look.least_em_px() for one in plates)
    screen.deleteLater()


def test_a_dot_is_a_whole_number_of_pixels_where_that_is_hardly_larger() -> None:
    look = make_look()
    block = sheet(part(40), width=80, em=look.em_px("body"))
    screen = Screen(paper_of(block), look)
    (plate,) = screen.findChildren(SheetPlate)
    picture = plate.grab().toImage()
    middle = plate.width() // 2
    colours = {
        picture.pixelColor(middle + x, y).rgb() for x in range(-35, 35) for y in range(5, 40)
    }
    assert colours == {BLACK.rgb(), WHITE.rgb()}
    screen.deleteLater()


@pytest.mark.parametrize("contrast", Contrast)
def test_paper_is_white_and_black_in_every_look(contrast: Contrast) -> None:
    look = make_look(contrast=contrast)
    block = sheet(part(60), width=80, em=look.em_px("body"))
    screen = Screen(paper_of(block), look)
    (plate,) = screen.findChildren(SheetPlate)
    picture = plate.grab().toImage()
    middle = {picture.pixelColor(plate.width() // 2 + x, 30).rgb() for x in range(-30, 30)}
    assert middle == {BLACK.rgb(), WHITE.rgb()}
    screen.deleteLater()


@given(
    st.lists(st.tuples(st.integers(10, 90), st.booleans()), min_size=2, max_size=12),
    st.integers(60, 600),
)
def test_cutting_loses_no_row_and_cuts_no_part(sizes: list[tuple[int, bool]], room: int) -> None:
    whole = sheet(*(part(rows, f"第{n}", leads) for n, (rows, leads) in enumerate(sizes)))
    look = make_look()
    pieces, rest = [], whole
    while (parts := plate_of(rest, look).split(room, room)) is not None:
        pieces.append(parts[0])
        rest = parts[1]
    pieces.append(rest)
    assert tuple(row for piece in pieces for row in piece.rows) == whole.rows
    assert tuple(one for piece in pieces for one in piece.parts) == whole.parts
    for piece in pieces[:-1]:
        assert sum(one.rows for one in piece.parts) == len(piece.rows)
        assert plate_of(piece, look).height_px() <= room


def test_a_heading_goes_to_the_next_page_with_what_it_leads() -> None:
    look = make_look()
    plate = plate_of(sheet(part(100, "一"), part(50, "手机", leads=True), part(200)), look)
    parts = plate.split(round(plate.height_px() * 0.55), plate.height_px() - 1)
    assert parts is not None
    assert [len(one.parts) for one in parts] == [1, 2]


def test_every_page_of_it_is_heard_and_nothing_twice() -> None:
    lines = [f"第{n}行，要带身份证" for n in range(40)]
    block = sheet(*(part(60, line) for line in lines))
    ear = Ear(Language.CHINESE, str)
    for panel in (SMALL, LARGE_LYING):
        look = make_look(panel=panel)
        first = Screen(paper_of(block), look)
        assert first.page_count > 1
        heard = []
        for n in range(first.page_count):
            screen = Screen(paper_of(block, n), look)
            shown = [one for one in screen.shown if isinstance(one, Sheet)]
            heard += [words for one in shown for cut in one.parts for words in cut.words]
            assert all(name_of(one, ear) for one in shown)
            screen.deleteLater()
        assert heard == lines
        first.deleteLater()
