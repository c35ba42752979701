"""Text is measured as it is drawn."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QPainter, QRawFont

from kiosk.core.choices import TextSize
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


@pytest.mark.parametrize("size", TextSize)
def test_characters_are_drawn_by_the_family_and_not_by_a_stranger(size: TextSize) -> None:
    raw = QRawFont.fromFont(make_look(size=size).font("body"))
    assert not [sign for sign in _HANZI if not raw.supportsCharacter(ord(sign))]
