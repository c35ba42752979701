"""The language that nobody speaks is longer, and keeps what is filled in."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.pseudo import lengthened, pseudo
from access.sights import Sight, Tongue
from access.signs import family_of
from kiosk.ui import tokens

_words = st.text(st.sampled_from(string.ascii_letters + " ,."), min_size=1, max_size=80)


@given(_words)
def test_it_is_longer_by_two_fifths(words: str) -> None:
    if words.strip():
        assert len(words) * 1.25 <= len(lengthened(words)) <= len(words) * 1.4 + 4


def test_it_keeps_placeholders_and_emptiness() -> None:
    words = lengthened("Page {page} of {pages}")
    assert words.format(page=1, pages=3).count("1") == 1
    assert "{page}" in words
    assert "{pages}" in words
    assert lengthened("") == ""
    assert lengthened(" ") == " "


def test_it_is_made_of_the_english_words() -> None:
    assert pseudo({"返回": "Back"}.__getitem__)("返回").startswith("[Báçk")


@pytest.mark.usefixtures("qapp")
def test_its_letters_have_glyphs() -> None:
    font = Sight(tongue=Tongue.PSEUDO).look().font("body")
    signs = set(lengthened(string.ascii_letters * 9)) - {" "}
    assert {family_of(sign, font) for sign in signs} == {tokens.FAMILY}
