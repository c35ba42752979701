"""Sounds that stand side by side are found by their pairs, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.phonetic import BARRIER, FOLDED, SOUND
from kiosk.store.search_tokens import pair_tokens, row_tokens

_SIGNS = [*(SOUND[one] for one in ("she", "bao", "ka", "yi")), "7", "e"]
_ROWS = st.lists(st.sampled_from(_SIGNS), min_size=2, max_size=4).map("".join)
_NAMES = st.lists(st.sampled_from([*_SIGNS, BARRIER, " "]), max_size=9).map("".join)


def stands_in(row: list[str], name: list[str]) -> bool:
    return any(name[at : at + len(row)] == row for at in range(len(name)))


@given(name=_NAMES, row=_ROWS)
def test_a_row_is_found_where_its_sounds_stand_side_by_side(name, row):
    folded, asked = (signs.translate(FOLDED) for signs in (name, row))
    expected = asked in folded.replace(" ", "")
    assert stands_in(row_tokens(asked), pair_tokens(name)) == expected


def test_those_who_mix_up_sounds_find_the_same_pairs():
    zhang, zan = (SOUND["she"] + SOUND[one] for one in ("zhang", "zan"))
    assert pair_tokens(zhang) == pair_tokens(zan)


def test_a_lone_sound_is_asked_for_by_itself():
    assert row_tokens(SOUND["she"].translate(FOLDED)) == ["sse"]
    assert pair_tokens(SOUND["she"]) == []
