"""A letter of authority from the machine: one sheet, and what was told already ticked."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF

from db import letter
from db.letter import Letter
from kiosk.core.case import Acting, Whom
from kiosk.core.catalog import Catalog, Service
from kiosk.core.proxy import reasons
from kiosk.core.value import replace
from kiosk.printing.layout import QUIET_MODULES
from kiosk.printing.letter import letter_for, page_of
from kiosk.printing.page import Bar, Box, Glyphs, Matrix, Page, font_of
from kiosk.printing.raster import bitmap_of
from tests.builders import make_code

_FATHER = Acting(Whom.PARENT, "frail")
_DOTS_PER_PT = 203 / 72


@pytest.fixture
def card(demo: Catalog) -> Service:
    service = demo.service("social-card")
    assert service is not None
    return service


def _texts(page: Page) -> list[Glyphs]:
    return [mark for mark in page.marks if isinstance(mark, Glyphs)]


def test_it_can_be_printed_as_dots_and_nothing_leaves_the_sheet(card: Service) -> None:
    page = page_of(letter_for(card, "12345", _FATHER))

    assert len(bitmap_of(page).rows) == page.height
    for text in _texts(page):
        assert text.x >= 0
        assert text.y < page.height


def test_every_word_is_large_enough_for_old_eyes(card: Service) -> None:
    page = page_of(letter_for(card, "12345", _FATHER))

    assert min(text.size for text in _texts(page)) >= round(14 * _DOTS_PER_PT)


def test_no_words_run_into_each_other(card: Service) -> None:
    page = page_of(letter_for(card, "12345", _FATHER))
    lines: dict[int, list[Glyphs]] = {}
    for text in _texts(page):
        if text.text != "✓":
            lines.setdefault(text.y, []).append(text)

    for line in lines.values():
        starts = [text.x for text in line[1:]] + [page.width]
        for text, start in zip(line, starts, strict=True):
            metrics = QFontMetricsF(font_of(text.size, bold=text.bold))
            assert text.x + metrics.horizontalAdvance(text.text) <= start


@pytest.mark.parametrize("whom", Whom)
def test_what_was_told_is_ticked_and_nothing_else(card: Service, whom: Whom) -> None:
    for why in reasons(whom):
        found = letter_for(card, "12345", Acting(whom, why))

        assert found.relation in letter.RELATIONS
        assert found.reason in {*letter.REASONS, ""}
        ticks = [text for text in _texts(page_of(found)) if text.text == "✓"]
        assert len(ticks) == (2 if found.reason else 1)


def test_an_unasked_letter_has_nothing_ticked(card: Service) -> None:
    page = page_of(letter_for(card, "12345", None))

    assert "✓" not in [text.text for text in _texts(page)]
    assert len([mark for mark in page.marks if isinstance(mark, Box)]) == 17


def test_the_errand_is_named_by_its_official_name_and_number(card: Service) -> None:
    found = letter_for(card, "12345", None)

    assert found == Letter(card.name.zh, found.number, card.consult or "12345")
    assert found.number.startswith(str(card.number))


@pytest.mark.parametrize("side", [33, 37, 41, 45])
def test_the_code_in_the_corner_touches_nothing_and_can_be_read_from_30_cm(
    card: Service, side: int
) -> None:
    modules = tuple((True,) * side for _row in range(side))
    page = page_of(letter_for(card, "12345", _FATHER), replace(make_code(), modules=modules))
    (code,) = (mark for mark in page.marks if isinstance(mark, Matrix))
    assert code.dots >= 6
    quiet = QUIET_MODULES * code.dots
    left, right = code.x - quiet, code.x + side * code.dots + quiet
    bottom = code.y + side * code.dots + quiet
    assert right <= page.width
    assert code.y >= 0
    for text in _texts(page):
        metrics = QFontMetricsF(font_of(text.size, bold=text.bold))
        is_left = text.x + metrics.horizontalAdvance(text.text) <= left
        assert is_left or text.y - text.size >= bottom - 1
    assert all(bar.y >= bottom for bar in page.marks if isinstance(bar, Bar))


def test_beside_the_code_stands_what_keeps_strangers_codes_off(card: Service) -> None:
    code = make_code()
    said = {text.text for text in _texts(page_of(letter_for(card, "12345", None), code))}
    assert {"手机接着办", f"核对码 {code.check_code}", code.host} <= said
