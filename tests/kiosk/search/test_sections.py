"""Whatever the names are: what is literally there comes first, and no name is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.search.searcher import Searcher
from tests.kiosk.search.catalogs import indexed, of_titles

# characters that sound alike, or alike to southern ears
_ALIKE = "社设射身深申保宝报饱护户互福证政正增卡咖年粘连"
_TITLES = st.lists(st.text(_ALIKE, min_size=2, max_size=6), min_size=1, max_size=25, unique=True)


def searcher_of(folder: str, titles: list[str]) -> Searcher:
    return Searcher(indexed(Path(folder) / "catalog.sqlite", of_titles(titles)))


@settings(max_examples=25, deadline=None)
@given(titles=_TITLES, data=st.data())
def test_no_hit_by_sound_or_slip_stands_above_one_that_contains_the_words(titles, data):
    with tempfile.TemporaryDirectory() as folder:
        searcher = searcher_of(folder, titles)
        for _ in range(6):
            title = data.draw(st.sampled_from(titles))
            start = data.draw(st.integers(0, len(title) - 1))
            typed = title[start : start + data.draw(st.integers(1, 6))]
            found = [hit.title for hit in searcher.find(typed).hits]
            contained = [typed in one for one in found]
            assert sum(contained) == sum(typed in one for one in titles)
            if len(typed) < 4:  # longer ones may be there in two pieces, which is literal too
                assert contained == sorted(contained, reverse=True)
        searcher.close()


@settings(max_examples=25, deadline=None)
@given(titles=_TITLES)
def test_every_name_is_the_first_answer_to_itself(titles):
    with tempfile.TemporaryDirectory() as folder:
        searcher = searcher_of(folder, titles)
        for title in titles:
            assert searcher.find(title).hits[0].title == title
        searcher.close()


def test_the_letters_that_are_offered_are_those_that_lead_to_something(city):
    for typed in ("", "s", "sh", "xin", "gj", "lu", "ca", "fen", "pass", "社", "身f", "jiao", "e"):
        offered = city.find(typed).letters
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if offered else "":
            results = city.find(typed + letter)
            if letter in offered:
                assert results.hits or results.letters, (typed, letter)
            else:
                assert not results.literal, (typed, letter)
