"""A letter of authority from the machine: sheets that a printer reaches, with what was told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from db import letter
from db.letter import Letter
from db.letter_sheet import GAP_MM, Form, width_mm
from kiosk.core.case import Acting, Whom
from kiosk.core.catalog import Catalog, Service
from kiosk.core.proxy import reasons
from kiosk.core.value import replace
from kiosk.printing.layout import QUIET_MODULES
from kiosk.printing.letter import letter_for, pages_of
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Matrix, Page, font_of
from kiosk.printing.raster import bitmap_of
from tests.builders import make_code

_FATHER = Acting(Whom.PARENT, "frail")
_DOTS_PER_PT = 203 / 72
_DOTS_PER_MM = 203 / 25.4
_TICK = "✓"
FORMS = [Form(language, is_large) for language in ("zh", "en", "ug") for is_large in (False, True)]
every_form = pytest.mark.parametrize("form", FORMS, ids=str)


@pytest.fixture
def card(demo: Catalog) -> Service:
    service = demo.service("social-card")
    assert service is not None
    return service


def _texts(*pages: Page) -> list[Glyphs]:
    return [mark for page in pages for mark in page.marks if isinstance(mark, Glyphs)]


@cache
def _ink(text: str, size: int, bold: bool) -> QRectF:
    """Where letters are black, from their own left end."""
    return QFontMetricsF(font_of(size, bold=bold)).tightBoundingRect(text)


@cache
def _advance(text: str, size: int, bold: bool) -> float:
    return QFontMetricsF(font_of(size, bold=bold)).horizontalAdvance(text)


def _black(mark: Mark) -> QRectF:
    match mark:
        case Glyphs(x, y, text, size, bold):
            return _ink(text, size, bold).translated(x, y)
        case Box(x, y, side, _):
            return QRectF(x, y, side, side)
        case Bar(x, y, width, height):
            return QRectF(x, y, width, height)
        case Matrix(x, y, dots, modules):
            quiet = QUIET_MODULES * dots
            side = len(modules) * dots + 2 * quiet
            return QRectF(x - quiet, y - quiet, side, side)


def _touching(page: Page) -> Iterator[tuple[Mark, Mark]]:
    """Marks that stand on each other; a tick stands in its box."""
    inked = sorted(
        ((_black(mark), mark) for mark in page.marks if getattr(mark, "text", "") != _TICK),
        key=lambda pair: pair[0].top(),
    )
    for n, (one, mark) in enumerate(inked):
        for other, below in inked[n + 1 :]:
            if other.top() >= one.bottom():
                break
            if one.intersects(other):
                yield mark, below


def test_nothing_touches_anything_on_any_form_of_any_errand(demo: Catalog) -> None:
    services = [one for group in demo.groups() for one in demo.services_of(group.id)]
    assert len(services) > 100
    for form in FORMS:
        for service in services:
            blank = letter_for(service, "12345", _FATHER, form)
            for page in pages_of(blank, form, make_code()):
                assert list(_touching(page)) == []


@every_form
@pytest.mark.parametrize("signs", [25, 36, 40, 60, 70])
def test_nothing_touches_anything_however_long_an_errand_is_called(form: Form, signs: int) -> None:
    blank = Letter("办" * signs, "13003-2", "12345", meaning="Renew something " * (signs // 12))
    for page in pages_of(blank, form, make_code()):
        assert list(_touching(page)) == []


@every_form
def test_it_can_be_printed_as_dots_and_nothing_leaves_the_sheet(card: Service, form: Form) -> None:
    for page in pages_of(letter_for(card, "12345", _FATHER, form), form, make_code()):
        paper = QRectF(0, 0, page.width, page.height)
        inks = [(mark, _black(mark)) for mark in page.marks]
        # the white around a code may be that of the paper's edge
        assert all(paper.contains(ink) for mark, ink in inks if not isinstance(mark, Matrix))
        assert len(bitmap_of(page).rows) == page.height


@every_form
def test_every_word_is_large_enough_for_old_eyes(card: Service, form: Form) -> None:
    pages = pages_of(letter_for(card, "12345", _FATHER, form), form, make_code())

    least = {(False, False): 14, (False, True): 12, (True, False): 18, (True, True): 16}
    points = least[form.is_large, form.is_glossed]
    assert min(text.size for text in _texts(*pages)) >= round(points * _DOTS_PER_PT)


@every_form
def test_no_line_is_wider_than_was_thought_when_it_was_broken(card: Service, form: Form) -> None:
    for text in _texts(*pages_of(letter_for(card, "12345", _FATHER, form), form)):
        thought = width_mm(text.text, text.size / _DOTS_PER_PT)
        assert _advance(text.text, text.size, text.bold) / _DOTS_PER_MM <= thought + GAP_MM


def test_uyghur_runs_from_the_right_and_keeps_numbers_whole(card: Service) -> None:
    form = Form("ug")
    texts = _texts(*pages_of(letter_for(card, "12345", _FATHER, form), form, make_code()))
    assert sum(text.from_right for text in texts) > 40
    number = next(text for text in texts if "-" in text.text and text.from_right)
    assert "\u2068" not in number.text  # told its direction, since it has no letter that shows it


def test_the_matter_says_itself_in_english(card: Service) -> None:
    form = Form("en")
    found = letter_for(card, "12345", None, form)
    assert found.meaning == card.name.en
    assert found.meaning in [text.text for text in _texts(*pages_of(found, form))]
    assert not letter_for(card, "12345", None, Form()).meaning
    assert not letter_for(card, "12345", None, Form("ug")).meaning  # the demo city has none


@pytest.mark.parametrize("whom", Whom)
def test_what_was_told_is_ticked_and_nothing_else(card: Service, whom: Whom) -> None:
    for why in reasons(whom):
        found = letter_for(card, "12345", Acting(whom, why))

        assert found.relation in letter.RELATIONS
        assert found.reason in {*letter.REASONS, ""}
        ticks = [text for text in _texts(*pages_of(found)) if text.text == _TICK]
        assert len(ticks) == (2 if found.reason else 1)


@every_form
def test_an_unasked_letter_has_nothing_ticked(card: Service, form: Form) -> None:
    pages = pages_of(letter_for(card, "12345", None, form), form)

    assert _TICK not in [text.text for text in _texts(*pages)]
    boxes = [mark for page in pages for mark in page.marks if isinstance(mark, Box)]
    assert len(boxes) == len(letter.RELATIONS) + len(letter.REASONS) + len(letter.POWERS) + 1


@every_form
def test_a_tick_stands_in_the_middle_of_its_box(card: Service, form: Form) -> None:
    ticked = 0
    for page in pages_of(letter_for(card, "12345", _FATHER, form), form):
        boxes = [_black(mark) for mark in page.marks if isinstance(mark, Box)]
        for tick in (_black(text) for text in _texts(page) if text.text == _TICK):
            box = next(one for one in boxes if one.contains(tick.center()))
            assert abs(box.center().x() - tick.center().x()) < box.width() / 8
            ticked += 1
    assert ticked == 2


def test_the_errand_is_named_by_its_official_name_and_number(card: Service) -> None:
    found = letter_for(card, "12345", None)

    assert found == Letter(card.name.zh, found.number, card.consult or "12345")
    assert found.number.startswith(str(card.number))


@every_form
@pytest.mark.parametrize("side", [33, 37, 41, 45])
def test_the_code_in_the_corner_touches_nothing_and_can_be_read_from_30_cm(
    card: Service, side: int, form: Form
) -> None:
    modules = tuple((True,) * side for _row in range(side))
    code = replace(make_code(), modules=modules)
    first, *others = pages_of(letter_for(card, "12345", _FATHER, form), form, code)
    (matrix,) = (mark for mark in first.marks if isinstance(mark, Matrix))
    assert matrix.dots >= 6
    assert matrix.y >= 0
    assert _black(matrix).right() <= first.width
    assert list(_touching(first)) == []
    assert not any(isinstance(mark, Matrix) for page in others for mark in page.marks)


@every_form
@pytest.mark.parametrize("host", ["zw.gov.cn", "zwfw.a-rather-long-name.gov.cn"])
def test_beside_the_code_stands_what_keeps_strangers_codes_off(
    card: Service, form: Form, host: str
) -> None:
    code = replace(make_code(), host=host)
    (first, *_others) = pages_of(letter_for(card, "12345", None, form), form, code)
    said = [text.text for text in _texts(first)]
    go_on = {"zh": "手机接着办", "en": "Go on with a phone", "ug": "يانفوندا داۋاملاشتۇرۇش"}
    assert {go_on[form.language], host} <= set(said)
    assert any(code.check_code in text for text in said)
    assert list(_touching(first)) == []
