"""Signs, sounds and tokens: what is the same stays the same, what is apart stays apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import phonetic
from db.phonetic import BARRIER, FOLDED, INITIALS, LETTERS, SOUND, SPELLING, SYLLABLES

SIMPLIFIED = {ord("護"): "护", ord("會"): "会", ord("證"): "证"}
SOUNDS = st.text(st.sampled_from([*SPELLING, BARRIER, " ", "7", "e", "㑇"]), max_size=20)


def sounds(spelled: str) -> str:
    return "".join(SOUND.get(piece, piece) for piece in spelled.split())


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ＳＦＺ", "sfz"),
        ("護照", "护照"),
        ("shèbǎo", "shebao"),
        ("lǜ", "lu"),
        ("  社保 \t 卡\n", "社保 卡"),
        ("换发（单位）", "换发|单位"),
        ("“一件事”", "一件事"),
        ("居民户口簿补领、换领", "居民户口簿补领|换领"),
        ("Ⅷ级", "viii级"),
        ("\x00社\u200d保\ue000\ud800", "社保"),
        ("！？…", ""),
    ],
)
def test_what_looks_alike_is_written_alike(typed, same):
    assert phonetic.normalise(typed, SIMPLIFIED) == same


@given(st.text())
def test_normalising_twice_changes_nothing(typed):
    once = phonetic.normalise(typed, SIMPLIFIED)
    assert phonetic.normalise(once, SIMPLIFIED) == once


@given(st.text())
def test_nothing_that_fts5_understands_survives_in_a_token(typed):
    key = phonetic.key_of(typed, SIMPLIFIED)
    for tokens in (phonetic.character_tokens, phonetic.sound_tokens, phonetic.initial_tokens):
        assert all(token.isalnum() for token in tokens(key))


@given(st.text())
def test_every_sign_of_a_key_knows_its_place_in_the_text(typed):
    places = [place for _, place in phonetic.key_signs(typed, {})]
    assert places == sorted(places)
    assert all(0 <= place < len(typed) for place in places)


@pytest.mark.parametrize(
    ("name", "key"),
    [("办 ETC 卡", "办etc卡"), ("ID card", "id card"), ("社 保", "社保"), ("70 岁", "70岁")],
)
def test_a_name_keeps_spaces_only_between_words_of_letters(name, key):
    assert phonetic.key_of(name, {}) == key


def test_every_syllable_has_a_sign_of_its_own():
    assert len({SOUND[syllable] for syllable in SYLLABLES}) == len(SYLLABLES) == 409
    assert all(SPELLING[SOUND[syllable]] == syllable for syllable in SYLLABLES)


@pytest.mark.parametrize(
    ("syllable", "heard"),
    [
        ("zhang", "zan"),
        ("shi", "si"),
        ("nian", "lian"),
        ("ran", "lan"),
        ("er", "er"),
        ("hui", "fei"),
        ("huang", "fan"),
        ("hu", "fu"),
        ("hong", "fen"),
        ("feng", "fen"),
        ("ling", "lin"),
        ("zhuang", "zuan"),
        ("dong", "dong"),
        ("nv", "lu"),
        ("lve", "lue"),
    ],
)
def test_southern_ears_hear_these_as_one(syllable, heard):
    assert phonetic.fold(syllable) == heard


@given(SOUNDS)
def test_the_strings_of_a_name_run_in_parallel(text):
    assert len(text) == len(text.translate(FOLDED)) == len(text.translate(INITIALS))


def test_folded_sounds_are_the_same_exactly_where_the_syllables_are_heard_as_one():
    for syllable in SYLLABLES:
        alike = phonetic.heard_as(SOUND[syllable])
        assert syllable in alike
        assert {SOUND[other].translate(FOLDED) for other in alike} == {
            SOUND[syllable].translate(FOLDED)
        }
    assert phonetic.heard_as("7") == ()


def test_letters_may_begin_the_syllables_that_begin_with_them():
    assert phonetic.beginning_with("zhuan") == {
        SOUND[syllable].translate(FOLDED) for syllable in ("zhuan", "zhuang")
    }
    assert phonetic.beginning_with("v") == frozenset()


def test_a_sound_is_spelled_in_full():
    assert sounds("she bao 7 ka").translate(LETTERS) == "shebao7ka"


def test_characters_are_found_one_by_one_and_letters_as_words():
    assert phonetic.character_tokens("70岁etc卡|办") == ["7", "0", "岁", "eetc", "卡", "x", "办"]
    assert phonetic.character_tokens("id card") == ["eid", "ecard"]


def test_sounds_are_found_as_southern_ears_hear_them():
    assert phonetic.sound_tokens(sounds("huan zheng | 7")) == ["sfan", "szen", "x", "s7"]


def test_initials_are_found_at_every_place_and_never_across_a_gap():
    tokens = phonetic.initial_tokens(sounds("she bao ka | ban li"))
    first = ["1s", "2sb", "isbk", "01s", "02sb", "0isbk", "1b", "2bk", "1k"]
    assert tokens == [*first, "1b", "2bl", "1l"]


def test_a_long_run_of_initials_is_cut():
    assert "isfzblyy" not in phonetic.initial_tokens("sfzblyy")
    assert "isfzbly" in phonetic.initial_tokens("sfzblyy")


def test_pairs_never_reach_across_a_gap():
    pairs = phonetic.fold_pairs(sounds("she bao | ban li ban li"))
    assert pairs == [sounds(pair).translate(FOLDED) for pair in ("she bao", "ban li", "li ban")]
