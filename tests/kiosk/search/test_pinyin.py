"""Letters are cut as people mean them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.pinyin import CUTS_MAX, cuts_of


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [
        ("shebao", ["she bao", "she ba o"]),
        ("xian", ["xian", "xi an", "xia n"]),
        ("fangan", ["fan gan", "fang an", "fan ga n", "fang a n"]),
        ("sfz", ["s f z"]),
        ("shenfz", ["shen f z", "s h e n f z"]),
        ("sheb", ["she b"]),
        ("zhuxued", ["zhu xue d", "zhu xu e d"]),
        ("lvyou", ["lv you"]),
        ("", []),
    ],
)
def test_letters_are_cut_into_syllables_beginnings_and_initials(letters, cuts):
    found = [" ".join(cut) for cut in cuts_of(letters)] if letters else []
    assert found == cuts


def test_a_retroflex_initial_may_be_two_initials():
    assert ("sh", "b") in cuts_of("shb")
    assert ("s", "h", "b") in cuts_of("shb")


def test_initials_that_look_like_a_syllable_may_be_initials():
    assert tuple("yeyrydj") in cuts_of("yeyrydj")  # 幼儿园入园登记


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=40))
def test_every_cut_is_made_of_all_the_letters(letters):
    cuts = cuts_of(letters)
    assert 1 <= len(cuts) <= CUTS_MAX
    assert all("".join(cut) == letters for cut in cuts)
    assert len(set(cuts)) == len(cuts)
