"""The five strokes: which characters they may mean, and how few of them are needed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import strokes as measured
from kiosk import assets
from kiosk.core.entry import Draft
from kiosk.search.strokes import SHOWN_MAX, StrokeReader, read_strokes
from tests.kiosk.search.catalogs import SHARED

WRITTEN = read_strokes()
COUNTS = {"社": 9, "保": 8, "补": 7, "礼": 1, "十": 1, "干": 5, "土": 4, "工": 6}
PAIRS = {"天礼": 2, "工干": 1, "人土": 3}


def reader(
    characters: Mapping[str, int] = COUNTS, pairs: Mapping[str, int] = PAIRS
) -> StrokeReader:
    return StrokeReader(characters, pairs)


def words(strokes: str, settled: str = "") -> tuple[str, ...]:
    return reader().read(Draft(settled=settled, strokes=strokes)).words


# the list ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "strokes"),
    [
        ("一", "1"),
        ("十", "12"),
        ("扌", "121"),  # 提 is a 横
        ("小", "234"),  # 竖钩 is a 竖
        ("六", "4134"),  # 点 is a 捺
        ("了", "52"),
        ("永", "45534"),
        ("卡", "21124"),
        ("社", "4524121"),
        ("保", "322511234"),
        ("德", "332122522114544"),  # a slip of the source
    ],
)
def test_a_character_is_written_as_children_learn_it(sign: str, strokes: str) -> None:
    assert WRITTEN[sign] == strokes


def test_every_character_of_gb_2312_is_known() -> None:
    assert len(WRITTEN) == 6763
    level_1 = "".join((assets.LEXICON / "level1.txt").read_text("utf-8").split())
    common = [sign for sign in level_1 if can_be_gb_2312(sign)]
    assert len(common) > 3400
    assert [sign for sign in common if sign not in WRITTEN] == []


def can_be_gb_2312(sign: str) -> bool:
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def test_strokes_are_five_and_nothing_else() -> None:
    assert {stroke for strokes in WRITTEN.values() for stroke in strokes} == set("12345")


def test_the_list_is_small_enough_to_read_at_the_start() -> None:
    assert (assets.LEXICON / "strokes.txt").stat().st_size <= 120_000


# reading ----------------------------------------------------------------------------------------


def test_only_characters_of_the_catalog_are_offered_often_used_ones_first() -> None:
    assert words("45") == ("社", "补", "礼")


def test_a_complete_character_comes_first() -> None:
    assert words("12") == ("十", "工", "土")
    assert words("121") == ("工", "土")


def test_what_the_catalog_has_after_the_settled_character_comes_first() -> None:
    assert words("45", "天") == ("礼", "社", "补")
    assert words("45", "天气") == ("社", "补", "礼")


def test_a_complete_character_comes_even_before_those() -> None:
    assert words("1", "工") == ("干", "工", "土", "十")
    assert words("1", "人") == ("土", "工", "干", "十")
    assert words("12", "人") == ("十", "土", "工")


def test_the_keys_lead_on() -> None:
    assert reader().read(Draft(strokes="1")).keys == {"1", "2"}
    assert reader().read(Draft(strokes="452")).keys == {"3", "4"}
    assert reader().read(Draft(strokes="12")).keys == {"1"}
    assert reader().read(Draft(strokes="3225112")).keys == {"3"}


def test_strokes_that_lead_nowhere_are_no_error() -> None:
    found = reader().read(Draft(strokes="55555"))
    assert (found.words, found.keys) == ((), frozenset())


def test_an_answer_names_the_draft_it_is_for() -> None:
    draft = Draft(settled="社", strokes="3")
    assert reader().read(draft).draft is draft


def test_a_sign_without_strokes_is_left_out() -> None:
    assert reader({"a": 5, "8": 3, "〇": 1, "社": 1}, {}).read(Draft(strokes="4")).words == ("社",)


def test_a_catalog_without_characters_offers_nothing() -> None:
    assert reader({}, {}).read(Draft(strokes="1")).words == ()


CITY = measured.names_of_city()
CITY_READER, CITY_COUNTS = measured.reader_of(CITY)


@given(st.sampled_from(sorted(CITY_COUNTS)), st.data())
def test_every_character_of_the_catalog_can_be_reached_key_by_key(
    sign: str, data: st.DataObject
) -> None:
    settled = data.draw(st.sampled_from(["", "办", "社", "sb"]))
    strokes = WRITTEN[sign]
    for end in range(1, len(strokes)):
        found = CITY_READER.read(Draft(settled=settled, strokes=strokes[:end]))
        assert strokes[end] in found.keys
        assert len(found.words) <= SHOWN_MAX
        assert all(WRITTEN[word].startswith(strokes[:end]) for word in found.words)
    assert sign in CITY_READER.read(Draft(settled=settled, strokes=strokes)).words


@given(st.text("12345", max_size=30))
def test_every_key_that_is_offered_has_a_character_and_no_other_has(strokes: str) -> None:
    found = CITY_READER.read(Draft(strokes=strokes))
    for key in "12345":
        further = CITY_READER.read(Draft(strokes=strokes + key))
        assert bool(further.words) is (key in found.keys)


# how few ----------------------------------------------------------------------------------------


def test_a_character_of_the_demo_city_takes_three_strokes() -> None:
    taps = [measured.taps(CITY_READER, "", sign, WRITTEN[sign]) for sign in CITY_COUNTS]
    assert statistics.median(taps) <= 3
    assert sorted(taps)[int(len(taps) * 0.95)] <= 5


@pytest.mark.skipif(not SHARED.is_dir(), reason="the developers' lists are not here")
def test_a_character_of_the_shared_names_takes_four_strokes_at_most() -> None:
    names = measured.names_in(SHARED / "service_names.txt")
    many, counts = measured.reader_of(names)
    taps = [measured.taps(many, "", sign, WRITTEN[sign]) for sign in counts]
    assert statistics.median(taps) <= 4
    used = [measured.taps(many, *one, WRITTEN[one[1]]) for one in measured.before_and_sign(names)]
    assert statistics.median(used) <= 2


def test_a_stroke_is_read_within_a_millisecond() -> None:
    """The most that one stroke can ask for, on average, so that a pause of Python is no failure."""
    started = time.thread_time()
    for _ in range(200):
        CITY_READER.read(Draft(settled="社", strokes="1"))
    assert (time.thread_time() - started) / 200 < 0.001
