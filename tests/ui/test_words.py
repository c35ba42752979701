"""Text is measured as it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPainter, QRawFont

from kiosk.core.choices import Language, TextSize
from kiosk.ui.words import Words
from tests.builders import make_look
from tests.ui.pixels import blank, ink_box

pytestmark = pytest.mark.usefixtures("qapp")

_HANZI = "身份证丢了补办户口簿换领社会保障卡鹽龘国一丶，。：（）、“”"
_LATIN = "abcdefgy jpqg WwÅÉ ABC 0123456789 .,;:-"
texts = st.text(st.sampled_from(_HANZI + _LATIN + "\n"), min_size=1, max_size=60)


def make_words(text: str, width: int, role: str = "body", **changes: object) -> Words:
    return make_look().words(text, role, "ink", width, **changes)  # type: ignore[arg-type]


def drawn(words: Words) -> tuple[int, int, int, int] | None:
    """Where the ink is, from the top left corner of the words, with room all around."""
    room = 60
    image = blank(words.width + 2 * room, words.height() + 2 * room)
    painter = QPainter(image)
    words.draw(painter, room, room)
    painter.end()
    box = ink_box(image)
    return (box[0] - room, box[1] - room, box[2] - room, box[3] - room) if box else None


def test_a_day_in_uyghur_stands_right_of_its_month_however_deep_it_is_told() -> None:
    inner = "\u206830\u2069-\u2068نويابىر\u2069"
    flat, nested = (make_words(text, 500) for text in (inner, f"\u2068{inner}\u2069"))
    pictures = []
    for words in (flat, nested):
        image = blank(500, 60)
        painter = QPainter(image)
        words.draw(painter, 0, 0)
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]


@settings(max_examples=50, deadline=None)
@given(texts, st.integers(120, 500), st.booleans(), st.booleans())
def test_no_ink_is_outside_of_what_was_measured(
    text: str, width: int, bold: bool, centred: bool
) -> None:
    words = make_words(text, width, bold=bold, centred=centred)
    box = drawn(words)
    if box is not None:
        assert box[0] >= -2
        assert box[1] >= 0
        assert box[2] <= words.width + 2  # a Latin letter may lean out by a pixel
        assert box[3] <= words.height()


@settings(max_examples=50, deadline=None)
@given(texts, st.integers(120, 500))
def test_the_natural_width_fits_into_the_width(text: str, width: int) -> None:
    assert make_words(text, width).natural_width() <= width


@settings(max_examples=30, deadline=None)
@given(texts, st.integers(120, 500))
def test_more_room_never_takes_more_lines(text: str, width: int) -> None:
    assert make_words(text, width + 100).height() <= make_words(text, width).height()


def test_height_is_whole_lines() -> None:
    one = make_words("身份证", 1000)
    assert one.height() == one.line_height()
    assert make_words("身份证\n丢了", 1000).height() == 2 * one.line_height()
    assert one.line_height() >= 1.3 * one.font.pixelSize()


def test_no_text_takes_no_room_and_draws_nothing() -> None:
    words = make_words("", 300)
    assert (words.height(), words.natural_width()) == (0, 0)
    assert drawn(words) is None


def test_a_word_that_is_wider_than_the_room_is_broken_and_not_cut() -> None:
    words = make_words("W" * 40, 200)
    assert words.height() > words.line_height()
    assert words.natural_width() <= 200


def test_marks_do_not_move_the_text() -> None:
    plain, marked = make_words("身份证丢了", 600), make_words("身份证丢了", 600, marks=((0, 3),))
    assert plain.height() == marked.height()
    assert plain.natural_width() == marked.natural_width()
    assert marked.mark_colours is not None


def test_centred_words_stand_in_the_middle() -> None:
    box = drawn(make_words("国国", 600, centred=True))
    assert box is not None
    assert abs(box[0] - (600 - box[2])) <= 4


@pytest.mark.parametrize(
    "text", ["身份证丢了补办，带户口簿", "办理居民身份证丢失补领的事", "国" * 19]
)
@pytest.mark.parametrize("centred", [False, True])
def test_no_single_sign_is_left_for_the_last_line_of_a_title(text: str, centred: bool) -> None:
    font_px = make_look().em_px("body")
    for width in range(6 * font_px, 14 * font_px, font_px // 2):
        plain, even = (
            make_words(text, width, bold=bold, centred=centred) for bold in (False, True)
        )
        starts = even.line_starts()
        assert len(starts) == plain.line_count()
        if len(starts) > 1:
            assert len(text) - starts[-1] > 1


def test_lines_of_two_scripts_are_as_far_apart_as_lines_of_one() -> None:
    look = make_look(language=Language.UYGHUR)
    words = look.words("كىملىك\n身份证 كىملىك\n身份证", "body", "ink", 900)
    layout = words._layout()
    base = [layout.lineAt(n).y() + layout.lineAt(n).ascent() for n in range(3)]
    assert base[1] - base[0] == base[2] - base[1] == words.line_height()
    assert base[0] == words.base_line()


# from right to left -------------------------------------------------------------------------

UYGHUR = "كىملىك گۇۋاھنامىسى يوقاپ كەتتى ئۈرۈمچى ڭپچخ"


def make_from_right(text: str, width: int, **changes: object) -> Words:
    look = make_look(language=Language.UYGHUR)
    return look.words(text, "body", "ink", width, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["كىملىك", "身份证", "ID 12345"])
def test_lines_begin_at_the_right_edge(text: str) -> None:
    box = drawn(make_from_right(text, 900))
    assert box is not None
    assert box[2] >= 900 - 6
    assert box[0] > 300


@settings(max_examples=40, deadline=None)
@given(
    st.text(st.sampled_from(UYGHUR + "身份证 12345 ABC"), min_size=1, max_size=60),
    st.integers(150, 500),
    st.booleans(),
    st.booleans(),
)
def test_no_ink_from_the_right_is_outside_of_what_was_measured(
    text: str, width: int, bold: bool, centred: bool
) -> None:
    words = make_from_right(text, width, bold=bold, centred=centred)
    box = drawn(words)
    if box is not None:
        assert box[0] >= -4
        assert box[1] >= 0
        assert box[2] <= words.width + 4
        assert box[3] <= words.height()


def x_of(words: Words, sign: str) -> float:
    """Where a sign begins on the first line."""
    line = words._layout().lineAt(0)
    return float(line.cursorToX(words.text.index(sign))[0])  # type: ignore[index]


def test_numbers_and_names_are_read_from_the_left_within_a_line_from_the_right() -> None:
    words = make_from_right("بەت 12345 / WeChat 身份证 ئۈچۈن", 2000)
    for first, second in ("23", "34", "eC", "ha", "份证"):
        assert x_of(words, first) < x_of(words, second)
    assert x_of(words, "ب") > x_of(words, "3") > x_of(words, "e") > x_of(words, "چ")


def test_a_chinese_sentence_keeps_its_full_stop_at_its_end() -> None:
    """Bidirectional rules would move it to the left of a paragraph that runs from the right."""
    words = make_from_right("挂失后补领就行。", 2000)
    assert x_of(words, "。") > x_of(words, "挂")


@pytest.mark.parametrize("width", range(60, 150, 20))
def test_a_word_of_any_alphabet_that_is_cut_is_noticed(width: int) -> None:
    assert make_from_right("گۇۋاھنامىسى", width).breaks_word()
    assert make_words("Ünïvérsïty", min(width, 120)).breaks_word()
    assert not make_words("身份证丢了补办", width).breaks_word()


@pytest.mark.parametrize("size", TextSize)
def test_characters_are_drawn_by_the_family_and_not_by_a_stranger(size: TextSize) -> None:
    raw = QRawFont.fromFont(make_look(size=size).font("body"))
    assert not [sign for sign in _HANZI if not raw.supportsCharacter(ord(sign))]
