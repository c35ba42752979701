"""What is drawn is read: one character, two together, and anything at all without an error."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.entry import CELLS, LINES_MAX, POINTS_MAX, SIDE, Draft, Ink, Reading
from kiosk.core.errors import SearchCancelledError
from kiosk.search.drafts import TABLE, CatalogSigns, DraftReader
from kiosk.search.finder import Finder
from kiosk.search.handwriting.lattice import Candidate, decode
from kiosk.search.handwriting.recogniser import Recogniser
from kiosk.search.searcher import Searcher
from kiosk.store.search_reader import SearchReader
from tests.kiosk.search.catalogs import indexed, make_service, of_services, of_titles
from tests.kiosk.search.scribbles import models, scribble

MODELS = models()
AMONG = "".join(MODELS)
TITLES = ["社保查询", "社保卡补领", "医保报销", "身份证补领", "护照换发", "公积金提取"]


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(TABLE)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> DraftReader:
    folder = tmp_path_factory.mktemp("writing")
    return reader_of(indexed(folder / "catalog.sqlite", of_titles(TITLES)))


def reader_of(file: Path) -> DraftReader:
    with closing(SearchReader(file)) as index:
        keys = index.spoken_keys()
    return DraftReader(lambda: keys)


def written(word: str, seed: int = 1, **how: float) -> Draft:
    """A draft with a character of the word in each cell."""
    chance = Random(seed)
    cells = tuple(scribble(MODELS[sign], chance, **how) for sign in word)
    return Draft(cells=cells + ((),) * (CELLS - len(word)))


# one character ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "first", "first_ten"),
    [
        ({}, 0.94, 0.98),
        ({"joined": 0.25}, 0.93, 0.98),
        ({"joined": 0.5}, 0.93, 0.98),
        ({"swaps": 1}, 0.94, 0.98),
        ({"noise": 1.6}, 0.86, 0.96),
    ],
    ids=["neat", "a quarter joined", "half joined", "in another order", "shaking"],
)
def test_characters_of_another_hand_are_recognised(recogniser, how, first, first_ten):
    chance = Random(20261122)
    places = []
    for character, model in MODELS.items():
        candidates = recogniser.read(scribble(model, chance, **how), AMONG, count=10)
        places.append("".join(one.character for one in candidates).find(character))
    assert places.count(0) / len(places) >= first
    assert sum(place >= 0 for place in places) / len(places) >= first_ten


def test_a_character_is_read_within_five_milliseconds(recogniser):
    chance = Random(4)
    spent_s = []
    for model in list(MODELS.values())[:100]:
        ink = scribble(model, chance, joined=0.25)
        started = time.thread_time()
        recogniser.read(ink, AMONG)
        spent_s.append(time.thread_time() - started)
    assert statistics.median(spent_s) < 0.005


def test_candidates_come_with_rising_costs_and_no_more_than_asked(recogniser):
    candidates = recogniser.read(scribble(MODELS["社"], Random(1)), AMONG, count=5)
    costs = [one.cost for one in candidates]
    assert len(candidates) == 5
    assert costs == sorted(costs)
    assert candidates[0].character == "社"


def test_only_characters_that_come_into_question_are_answered(recogniser):
    ink = scribble(MODELS["社"], Random(1))
    assert sorted(one.character for one in recogniser.read(ink, "保保A护é")) == ["保", "护"]
    assert recogniser.read(ink, "") == ()
    assert recogniser.read(ink, "A…") == ()


def test_where_and_how_large_it_is_written_makes_no_difference(recogniser):
    model = MODELS["医"]
    small = [[point * 0.3 + complex(600, 20) for point in stroke] for stroke in model]
    for strokes in (model, small):
        ink = scribble(strokes, Random(2), noise=0.3)
        assert recogniser.read(ink, AMONG)[0].character == "医"


@pytest.mark.parametrize(("character", "without"), [("主", "王"), ("广", "厂")])
def test_a_touch_is_a_dot(recogniser, character, without):
    dot, *others = MODELS[character]
    for strokes in ([], [[dot[0]] * 3]):
        ink = scribble([*strokes, *others], Random(2), noise=0.3)
        best = recogniser.read(ink, character + without)[0].character
        assert best == (character if strokes else without)


def test_every_character_of_gb_2312_is_known(recogniser):
    assert len(recogniser.characters) == 6763
    assert all(character.encode("gb2312") for character in recogniser.characters)


# anything that a glass can report -----------------------------------------------------------

numbers = st.integers(-(10**6), 10**6) | st.integers(0, SIDE)
lines = st.lists(st.tuples(numbers, numbers), max_size=30).map(tuple)
inks = st.lists(lines, max_size=8).map(tuple)


@settings(max_examples=150, deadline=None)
@given(ink=inks)
def test_any_ink_is_read(recogniser, ink: Ink):
    candidates = recogniser.read(ink, AMONG)
    assert len(candidates) == (12 if any(ink) else 0)
    assert all(one.cost >= 0 for one in candidates)  # and so no NaN


@pytest.mark.parametrize(
    "ink",
    [
        (((500, 500),),),
        (((500, 500), (500, 500)),),
        ((), ((0, 0),), ()),
        (((0, 0),), ((SIDE, SIDE),)),
        (((-5000, 300), (9000, 300)),),
    ],
    ids=["a dot", "a dot that was held", "empty lines", "two dots", "outside"],
)
def test_hardly_any_ink_is_read(recogniser, ink):
    assert len(recogniser.read(ink, AMONG)) == 12


def test_a_palm_on_the_glass_takes_no_longer_than_a_blink(recogniser):
    chance = Random(3)
    ink = tuple(
        tuple((chance.randrange(SIDE), chance.randrange(SIDE)) for _ in range(POINTS_MAX))
        for _ in range(LINES_MAX)
    )
    recogniser.read(ink, AMONG)
    started = time.thread_time()
    assert len(recogniser.read(ink, AMONG)) == 12
    assert time.thread_time() - started < 0.1


# several together ---------------------------------------------------------------------------


def test_of_two_readings_the_one_that_stands_in_a_name_comes_first():
    cells = [
        [Candidate("杜", 1.0), Candidate("社", 2.0)],
        [Candidate("堡", 1.0), Candidate("保", 2.0)],
    ]
    counts = {"社": 3, "保": 4, "社保": 3, "堡": 1, "杜": 1}
    words = decode(cells, lambda signs: counts.get(signs, 0))
    assert words[0] == "社保"
    assert len(words) == 4


def test_ink_that_is_clear_is_believed_against_the_names():
    cells = [[Candidate("社", 0.0)], [Candidate("堡", 0.0), Candidate("保", 60.0)]]
    counts = {"社": 3, "保": 4, "社保": 3, "堡": 1}
    assert decode(cells, lambda signs: counts.get(signs, 0))[0] == "社堡"


def test_what_stands_before_the_ink_counts():
    cells = [[Candidate("堡", 1.0), Candidate("保", 2.0)]]
    counts = {"社": 3, "保": 1, "社保": 1, "堡": 1}
    assert decode(cells, lambda signs: counts.get(signs, 0))[0] == "堡"
    assert decode(cells, lambda signs: counts.get(signs, 0), "sfz社")[0] == "保"


def test_cells_without_ink_are_passed_over():
    cells = [[], [Candidate("保", 1.0)], []]
    assert decode(cells, lambda _: 1) == ("保",)
    assert decode([[], []], lambda _: 1) == ()


def test_words_are_no_more_than_asked():
    cells = [[Candidate(chr(0x4E00 + n), n) for n in range(12)]] * 4
    assert len(decode(cells, lambda _: 0, limit=7)) == 7


def test_signs_of_a_catalog_are_counted_within_a_run_of_chinese():
    signs = CatalogSigns(["社保卡", "社保|卡etc卡", "医保"])
    assert signs.characters == "".join(sorted("社保卡医"))
    assert [signs.count(one) for one in ("社", "卡", "社保", "保卡", "卡卡", "护")] == [
        2,
        3,
        2,
        1,
        0,
        0,
    ]


# against a catalog --------------------------------------------------------------------------


def test_two_characters_are_read_as_a_word_of_the_catalog(reader):
    draft = written("社保", joined=0.25)
    reading = reader.read(draft)
    assert reading.draft == draft
    assert reading.words[0] == "社保"


def test_pairs_of_the_catalog_are_right_first_nearly_always(tmp_path):
    chance = Random(5)
    pairs = ["".join(chance.sample(AMONG, 2)) for _ in range(150)]
    reader = reader_of(indexed(tmp_path / "catalog.sqlite", of_titles(pairs)))
    right = [
        reader.read(written(pair, seed, joined=0.25)).words[0] == pair
        for seed, pair in enumerate(pairs)
    ]
    assert sum(right) / len(right) >= 0.95


def test_a_second_cell_alone_is_one_character(reader):
    ink = scribble(MODELS["医"], Random(1))
    assert reader.read(Draft(cells=((), ink))).words[0] == "医"


def test_settled_words_help_to_read_what_follows(tmp_path):
    reader = reader_of(indexed(tmp_path / "catalog.sqlite", of_titles(["原因", "贫困"])))
    neither = scribble(MODELS["国"], Random(1))
    for settled, best in (("原", "因"), ("贫", "困")):
        assert reader.read(Draft(settled=settled, cells=(neither, ()))).words[0] == best


def test_nothing_drawn_is_nothing_read(reader):
    assert reader.read(Draft()) == Reading(Draft())
    assert reader.read(Draft(settled="社")).words == ()
    assert reader.read(Draft(cells=(((),), ()))).words == ()


def test_words_have_only_characters_of_chinese_names(tmp_path):
    bodies = of_services(make_service("a", "社保（ETC）"), aliases={"passport": "a", "养老": "a"})
    reader = reader_of(indexed(tmp_path / "catalog.sqlite", bodies))
    words = reader.read(written("医")).words
    assert {"社", "保", "养", "老"} <= set(words)
    assert "医" not in words


def test_what_is_written_is_read_among_the_names_of_the_edition_in_use(tmp_path):
    files = [indexed(tmp_path / f"{word}.sqlite", of_titles([word])) for word in ("社保", "医保")]
    with closing(Finder(files[0])) as finder:
        assert "医" not in finder.read(written("医")).words
        finder.use(files[1])
        assert finder.read(written("医")).words[0] == "医"


def test_names_that_cannot_be_read_are_said_so_and_asked_for_again(tmp_path):
    searcher = Searcher(indexed(tmp_path / "catalog.sqlite", of_titles(["社保"])))
    reader = DraftReader(searcher.spoken_keys)
    searcher.close()
    for _ in range(2):
        with pytest.raises(SearchCancelledError):
            reader.read(written("社"))


def test_nothing_slow_is_loaded_before_the_first_ink():
    code = (
        "import sys; from kiosk.core.entry import Draft;"
        "from kiosk.search.drafts import DraftReader;"
        "DraftReader(list).read(Draft()); sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
