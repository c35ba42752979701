"""A line that was typed is understood in the ways in which people write."""

from __future__ import annotations

import time

import pytest

from db.phonetic import SOUND
from kiosk.search.query import SIGNS_MAX, parse
from kiosk.store.search_reader import Lexicon

LEXICON = Lexicon(
    simplified={ord("證"): "证", ord("護"): "护"},
    sounds={"社": SOUND["she"], "保": SOUND["bao"], "卡": SOUND["ka"]},
)


def forms(typed: str) -> list[str]:
    """Every form as words of signs, `~` behind what may go on."""
    return [
        " / ".join(
            " ".join(sign.text + "~" * sign.is_open for sign in word.signs) for word in form.words
        )
        for form in parse(typed, LEXICON).forms
    ]


def test_characters_have_sounds_and_letters_are_cut():
    assert forms("社保ka") == ["社 保 ka~"]
    assert forms("shebao")[0] == "she bao~"
    assert forms("sfz") == ["s~ f~ z~"]


def test_characters_typed_with_spaces_are_one_word_and_words_stay_apart():
    assert forms("社 保 卡") == ["社 保 卡"]
    assert forms("社保卡，丢了") == ["社 保 卡 / 丢 了"]
    assert forms("身份证 丢失") == ["身 份 证 / 丢 失"]


def test_traditional_and_wide_signs_are_understood():
    assert forms("護ＺＨＡＯ")[0] == "护 zhao~"


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("请问我想办理一下身份证补办", "身份证补办"),
        ("身份证丢了怎么办", "身份证丢了"),
        ("办低保要什么材料", "低保"),
        ("在哪里办居住证", "居住证"),
        ("老年证去哪里办", "老年证"),
        ("我要离婚", "离婚"),
        ("护照的手续", "护照"),
    ],
)
def test_padding_is_taken_off_and_what_was_typed_is_tried_too(typed, wish):
    assert parse(typed, LEXICON).keys == (typed, wish)


@pytest.mark.parametrize("typed", ["怎么办", "我想", "办证", "办理"])
def test_padding_alone_is_left_as_it_is(typed):
    assert parse(typed, LEXICON).keys == (typed,)


def test_two_wishes_are_told_apart_and_share_what_is_to_be_done():
    assert parse("医保和社保查询", LEXICON).wishes == (("医保查询", "医保"), ("社保查询",))
    assert parse("水费、电费", LEXICON).wishes == (("水费",), ("电费",))
    assert parse("公积金", LEXICON).wishes == ()
    assert parse("和好", LEXICON).wishes == ()


def test_english_words_lose_the_empty_ones():
    assert parse("how to get a passport", LEXICON).english == ("passport",)
    assert parse("for the", LEXICON).english == ("the",)
    assert parse("社保card", LEXICON).english == ()


@pytest.mark.parametrize("typed", ["", " ", "？！", "\x00", "\ud800", "\ue000", "“”", "|||"])
def test_nothing_is_nothing(typed):
    assert parse(typed, LEXICON).forms == ()


def test_a_paste_is_cut_off():
    assert len(parse("社" * 100_000, LEXICON).key) == SIGNS_MAX


@pytest.mark.parametrize("piece", ["怎么办理", "吗", "我要", "需要什么", "哪里办"])
def test_repeated_padding_takes_no_time(piece):
    started = time.thread_time()
    parse(piece * 50 + "x", LEXICON)
    assert time.thread_time() - started < 0.2
