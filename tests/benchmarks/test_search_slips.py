"""Each kind of slip is the slip that its name says, and is held to what was meant."""

from __future__ import annotations

import pytest

from benchmarks import search_slips
from benchmarks.search_slips import KINDS, Slip, made_of
from kiosk.store.lexicon import read_readings
from kiosk.store.reading import Reader

TITLES = ["居民身份证到期换领", "社会保障卡补领换领", "机动车登记证书补领", "农村危房改造申请"]


@pytest.mark.parametrize("kind", KINDS)
def test_slips_are_the_same_every_time_and_stay_in_their_name(kind):
    slips = made_of(TITLES, kind)
    assert slips == made_of(TITLES, kind)
    assert {slip.title for slip in slips} == set(TITLES)
    assert all(piece in slip.title for slip in slips for piece in slip.pieces)


@pytest.mark.parametrize(
    ("kind", "change"),
    [("wrong sign", 0), ("homophone", 0), ("missing sign", -1), ("swapped signs", 0)],
)
def test_a_written_slip_differs_by_one_sign(kind, change):
    for slip in made_of(TITLES, kind):
        (piece,) = slip.pieces
        differing = sum(a != b for a, b in zip(piece, slip.typed, strict=False))
        assert len(slip.typed) - len(piece) == change
        assert slip.typed != piece
        assert change or differing == (2 if kind == "swapped signs" else 1)


def test_a_homophone_sounds_the_same():
    reader = Reader(read_readings())
    for slip in made_of(TITLES, "homophone"):
        ((typed, meant),) = [
            (a, b) for a, b in zip(slip.typed, slip.pieces[0], strict=True) if a != b
        ]
        start = slip.title.index(slip.pieces[0]) + slip.pieces[0].index(meant)
        assert reader.sound(typed) == reader.sounds(slip.title)[start]


@pytest.mark.parametrize(
    ("kind", "change"),
    [("cut pinyin", -1), ("slipped letter", -1), ("wrong letter", 0), ("swapped letters", 0)],
)
def test_a_spelled_slip_has_letters_alone(kind, change):
    search_slips_of = search_slips.Slips(3)
    spelled = search_slips.Slips(3)
    for title in TITLES:
        slip, right = search_slips_of.of(kind, title), spelled.of("pinyin", title)
        spelled.of(kind, title)  # as many draws, so that the next pieces are the same
        search_slips_of.of("pinyin", title)
        assert slip.typed.isascii()
        assert slip.pieces == right.pieces
        assert len(slip.typed) - len(right.typed) == change


def test_what_stands_in_another_name_is_no_slip():
    """Left out, one sign of 社会保障卡 may give 商标卡 – which is something else."""
    plain = made_of(TITLES, "missing sign")
    names = [*TITLES, *(slip.typed for slip in plain)]
    for slip in made_of(TITLES, "missing sign", names):
        assert not any(slip.typed in name for name in names)


def test_a_slip_is_held_to_the_words_that_were_meant():
    slip = Slip("two words", "居民身份证到期换领", ("身份", "换领"), "身份 换领")
    assert slip.is_found_in(["护照", "居民身份证换领"])
    assert not slip.is_found_in(["居民身份证补领", "护照换领"])


def test_names_with_other_signs_or_too_short_are_left_alone():
    assert search_slips.plain(["ETC办理业务", "水费缴纳", "换领（补领）", "电费缴纳单"]) == [
        "电费缴纳单"
    ]
