"""Slips on A4: large enough for cataracts, cut where nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.slips.block import Block, Code, Role, Slip, Tick, Words
from kiosk.printing.a4 import DPI, HEIGHT, WIDTH, in_dots_of, sheets_of
from kiosk.printing.layout import lay_out
from kiosk.printing.page import Glyphs, Matrix, Page

_MODULES = tuple(tuple((x + y) % 2 == 0 for x in range(37)) for y in range(37))
_BLOCKS = st.lists(
    st.one_of(
        st.builds(Words, st.sampled_from(["到这里办", "带身份证去2楼" * 9]), st.sampled_from(Role)),
        st.just(Tick("居民身份证", "原件1份", ("没有身份证的孩子带户口簿",))),
        st.just(Code(_MODULES)),
    ),
    min_size=1,
    max_size=40,
)


def _slip(blocks: Sequence[Block]) -> Slip:
    return Slip(3, 1, "zh", tuple(blocks))


def _words(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Glyphs)]


@given(_BLOCKS)
def test_every_word_and_code_is_on_exactly_one_sheet_and_none_is_cut(blocks: list[Block]) -> None:
    sheets = sheets_of(_slip(blocks))
    whole = lay_out(_slip(blocks), WIDTH)
    said = [text for sheet in sheets for text in _words(sheet) if "/" not in text]
    assert "".join(said) == "".join(_words(whole))
    for sheet in sheets:
        assert (sheet.width, sheet.height) == (WIDTH, HEIGHT)
        for mark in sheet.marks:
            assert 0 <= mark.x < WIDTH
            assert 0 <= mark.y <= HEIGHT
            if isinstance(mark, Matrix):
                assert mark.y + mark.dots * 37 <= HEIGHT


def test_the_body_has_22_points() -> None:
    (sheet,) = sheets_of(_slip([Words("带身份证", Role.BODY)]))
    (words,) = (mark for mark in sheet.marks if isinstance(mark, Glyphs))
    assert words.size >= 22 / 72 * DPI - 0.5


def test_the_code_is_larger_than_on_a_roll() -> None:
    (sheet,) = sheets_of(_slip([Code(_MODULES)]))
    (found,) = (mark for mark in sheet.marks if isinstance(mark, Matrix))
    assert found.dots / DPI * 25.4 > 1.3


def test_several_sheets_say_which_they_are_and_one_alone_says_nothing() -> None:
    lines = [Words(f"第{n}件", Role.BODY) for n in range(60)]
    sheets = sheets_of(_slip(lines))
    count = len(sheets)
    assert [_words(sheet)[-1] for sheet in sheets] == [
        f"{n} / {count}" for n in range(1, count + 1)
    ]
    assert "/" not in "".join(_words(sheets_of(_slip(lines[:3]))[0]))


def test_a_heading_is_never_the_last_line_of_a_sheet() -> None:
    for before in range(20, 32):
        lines = [Words(f"第{n}件", Role.BODY) for n in range(before)]
        sheets = sheets_of(_slip([*lines, Words("怎么办", Role.HEADING), *lines]))
        last = [[text for text in _words(sheet) if "/" not in text][-1] for sheet in sheets]
        assert "怎么办" not in last


def test_a_code_stays_with_the_words_that_say_whether_to_trust_it() -> None:
    lines = [Words(f"第{n}件", Role.BODY) for n in range(22)]
    told = [Words("扫码", Role.HEADING), Code(_MODULES), Words("核对码", Role.EXACT)]
    first, second = sheets_of(_slip([*lines, *told]))
    assert not any(isinstance(mark, Matrix) for mark in first.marks)
    assert _words(second)[:2] == ["扫码", "核对码"]


@given(st.sampled_from([203, 300, 360, 600, 1200]))
def test_a_code_has_whole_dots_at_every_resolution_and_stays_where_it_was(dpi: int) -> None:
    page = Page(WIDTH, HEIGHT, (Matrix(400, 300, 9, _MODULES),))
    larger = in_dots_of(page, dpi)
    (found,) = larger.marks
    assert isinstance(found, Matrix)
    assert found.dots == 9 * dpi // DPI
    middle = (found.x + found.dots * 37 / 2) / larger.width
    assert abs(middle - (400 + 32 + 9 * 37 / 2) / (WIDTH + 64)) < 0.002
    assert larger.width % 8 == 0
