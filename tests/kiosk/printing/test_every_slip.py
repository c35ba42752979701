"""Six kinds of slips in every language and both sizes, and any mixture of blocks at all."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from db import short_number
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Language
from kiosk.core.slips.block import (
    Block,
    Code,
    Fact,
    Numbered,
    Role,
    Rule,
    Slip,
    Tick,
    Words,
    lines_of,
)
from kiosk.core.value import replace
from kiosk.printing.layout import (
    LARGE,
    LEAST,
    NORMAL,
    QUIET_MODULES,
    WIDTH_58MM,
    WIDTH_80MM,
    lay_out,
)
from kiosk.printing.page import Bar, Box, Glyphs, Mark, Matrix, Page, font_of
from kiosk.store.catalog_reader import CatalogReader
from scripts import slip_pictures

T = TypeVar("T")
_INVISIBLE = re.compile(r"[\s\u2066-\u2069]")
_LABELLED = re.compile(r"[\w.-]*\d[\w.-]*|[a-z0-9-]+(?:\.[a-z0-9-]+)+")
ABOUT = {
    "service": slip_pictures.SERVICE,
    "pair": slip_pictures.FOR_ANOTHER,
    "list": slip_pictures.SERVICE,
}
papers = pytest.mark.parametrize(
    ("width", "scale"), [(WIDTH_80MM, NORMAL), (WIDTH_80MM, LARGE), (WIDTH_58MM, NORMAL)]
)
kinds = pytest.mark.parametrize("kind", slip_pictures.KINDS)
languages = pytest.mark.parametrize("language", Language)


def slips_of(catalog: Catalog, kind: str, language: Language) -> tuple[Slip, ...]:
    return slip_pictures.KINDS[kind](slip_pictures.occasion_of(catalog, language))


def of(page: Page, sort: type[T]) -> list[T]:
    return [mark for mark in page.marks if isinstance(mark, sort)]


def letters(text: str) -> str:
    return _INVISIBLE.sub("", text).replace("—", "–")


def ink_of(mark: Mark) -> QRectF:
    """Where a mark is black."""
    match mark:
        case Glyphs(x, y, text, size, bold):
            metrics = QFontMetricsF(font_of(size, bold=bold))
            high = metrics.tightBoundingRect(text).translated(x, y)
            # a line of hanzi is as high as they are, whatever stands on it
            line = QRectF(x, y - 0.8 * size, metrics.horizontalAdvance(text), size)
            high.setLeft(line.left())
            high.setRight(line.right())
            return line.united(high)
        case Box(x, y, side, _):
            return QRectF(x, y, side, side)
        case Bar(x, y, width, height):
            return QRectF(x, y, width, height)
        case Matrix(x, y, dots, modules):
            return QRectF(x, y, len(modules) * dots, len(modules) * dots)


def check(page: Page) -> None:
    """What is true of every page."""
    paper = QRectF(0, 0, page.width, page.height)
    marks = [(mark, ink_of(mark)) for mark in page.marks]
    assert all(paper.contains(ink) for _, ink in marks)
    words = [
        ink.adjusted(0, 0.1 * mark.size, 0, -0.1 * mark.size)
        for mark, ink in marks
        if isinstance(mark, Glyphs)
    ]
    for n, one in enumerate(words):
        assert not any(one.intersects(other) for other in words[n + 1 :])
    for code in of(page, Matrix):
        quiet = QUIET_MODULES * code.dots
        card = ink_of(code).adjusted(-quiet, -quiet, quiet, quiet)
        assert 6 <= code.dots <= 8
        assert card.left() >= 0
        assert card.right() <= page.width
        assert abs(page.width - card.left() - card.right()) <= 1
        assert not any(card.intersects(ink) for mark, ink in marks if mark is not code)
    ends = [band.end for band in page.bands]
    assert ends == sorted(ends)
    assert ends[-1] == page.height
    for ink in (ink for _, ink in marks):
        assert not any(ink.top() + 4 < end < ink.bottom() - 4 for end in ends)


@papers
@languages
@kinds
def test_everything_is_on_the_paper_and_nothing_on_something_else(
    demo: CatalogReader, kind: str, language: Language, width: int, scale: float
) -> None:
    for slip in slips_of(demo, kind, language):
        check(lay_out(slip, width, scale))


@papers
@languages
@kinds
def test_what_is_said_is_what_is_printed_line_by_line(
    demo: CatalogReader, kind: str, language: Language, width: int, scale: float
) -> None:
    for slip in slips_of(demo, kind, language):
        page = lay_out(slip, width, scale)
        assert tuple(words for band in page.bands for words in band.words) == lines_of(slip)
        on_paper = letters("".join(mark.text for mark in of(page, Glyphs)))
        said = Counter(letters("".join(lines_of(slip))))
        said["."] -= sum(isinstance(block, Numbered) for block in slip.blocks)  # of "1. "
        assert Counter(on_paper) == +said
        for line in lines_of(slip):
            assert letters(re.sub(r"^\d+\. ", "", line)) in on_paper


@languages
@kinds
def test_numbers_and_addresses_are_whole_on_a_narrow_roll_and_never_below_ten_points(
    demo: CatalogReader, kind: str, language: Language
) -> None:
    for slip in slips_of(demo, kind, language):
        page = lay_out(slip, WIDTH_58MM)
        lines = [letters(mark.text) for mark in of(page, Glyphs)]
        assert min(mark.size for mark in of(page, Glyphs)) >= LEAST
        for block in slip.blocks:
            if isinstance(block, Words) and block.role in (Role.CALL, Role.EXACT):
                for number in _LABELLED.findall(block.text):
                    assert any(letters(number) in line for line in lines)


@languages
@kinds
def test_only_numbers_and_addresses_are_smaller_than_twelve_points(
    demo: CatalogReader, kind: str, language: Language
) -> None:
    for scale, least in ((NORMAL, 34), (LARGE, 44)):
        for slip in slips_of(demo, kind, language):
            sizes = {mark.text: mark.size for mark in of(lay_out(slip, WIDTH_80MM, scale), Glyphs)}
            small = [text for text, size in sizes.items() if size < least]
            assert all(_LABELLED.search(text) for text in small)


@kinds
def test_uyghur_begins_at_the_right_and_boxes_stand_there(demo: CatalogReader, kind: str) -> None:
    for slip in slips_of(demo, kind, Language.UYGHUR):
        page = lay_out(slip)
        firsts = [mark for mark in of(page, Glyphs) if mark.from_right]
        assert firsts
        assert max(ink_of(mark).right() for mark in firsts) > page.width - 12
        assert all(box.x > page.width - 60 for box in of(page, Box))
    other = lay_out(slips_of(demo, kind, Language.CHINESE)[-1])
    assert all(box.x < 60 for box in of(other, Box))


@languages
@kinds
def test_the_words_alone_are_enough(demo: CatalogReader, kind: str, language: Language) -> None:
    """Without any code the slip still says what, where and whom to call."""
    occasion = slip_pictures.occasion_of(demo, language)
    for slip in slips_of(demo, kind, language):
        bare = tuple(block for block in slip.blocks if not isinstance(block, Code))
        said = "\n".join(lines_of(replace(slip, blocks=bare)))
        assert occasion.say(occasion.hall.name) in said
        assert occasion.hotline in said or kind == "bulletin"
        if kind in ("service", "pair"):
            service = slip_pictures.service_of(occasion, ABOUT[kind])
            assert occasion.say(service.plain_name) in said
            assert short_number.written(service.number) in said
        if kind in ("service", "list"):
            assert any(isinstance(block, Tick) for block in bare)
            assert occasion.say(occasion.hall.help_desk) in said


@languages
@pytest.mark.parametrize("kind", ["service", "pair", "list"])
def test_the_counter_finds_the_official_name_in_chinese(
    demo: CatalogReader, kind: str, language: Language
) -> None:
    occasion = slip_pictures.occasion_of(demo, language)
    official = slip_pictures.service_of(occasion, ABOUT[kind]).name.zh
    for slip in slips_of(demo, kind, language):
        has_it = any(official in line for line in lines_of(slip))
        assert has_it or language is Language.CHINESE


# any blocks ---------------------------------------------------------------------------------------

_SIGNS = "身份证丢了补办，（）。 Counter 12-15 كۆزنەك ئېچىلىدۇ، ؟\u20681234\u2069"
texts = st.lists(st.sampled_from(_SIGNS.split(" ")), min_size=1, max_size=14).map(" ".join)
details = st.lists(texts, max_size=2).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Words, texts, st.sampled_from(Role)),
    st.builds(Tick, texts, st.sampled_from(["", "原件 1 份", "ئەسلىسى \u20681\u2069"]), details),
    st.builds(Numbered, st.integers(1, 12), texts, details),
    st.builds(Fact, texts, texts, details),
    st.just(Rule()),
    st.sampled_from([25, 37, 41]).map(lambda n: Code(((True,) * n,) * n)),
)


@settings(max_examples=60)
@given(
    st.lists(blocks, min_size=1, max_size=7),
    st.sampled_from([(WIDTH_80MM, NORMAL), (WIDTH_80MM, LARGE), (WIDTH_58MM, NORMAL)]),
    st.sampled_from(Language),
)
def test_no_mixture_of_blocks_leaves_the_paper_or_touches_a_code(
    chosen: list[Block], paper: tuple[int, float], language: Language
) -> None:
    check(lay_out(Slip(1, 1, language, tuple(chosen)), *paper))


def test_lines_of_one_paragraph_do_not_touch(demo: CatalogReader) -> None:
    for language in Language:
        page = lay_out(slips_of(demo, "list", language)[0])
        rows = sorted({(mark.y, mark.size) for mark in of(page, Glyphs)})
        for (above, _), (below, size) in pairwise(rows):
            assert below - above < size / 2 or below - above >= 1.05 * size
