"""What stands beside the hits: relatives, other guesses of what was heard, each wish's answer."""

from __future__ import annotations

import os
import select
import signal
import tempfile
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import engine
from db.records import Relation, Service, Situation, SituationOption, Text
from kiosk.core.errors import CatalogDamagedError
from kiosk.core.results import Results
from kiosk.search.searcher import Searcher
from kiosk.store import search_index
from kiosk.store.lexicon import Rule, Target
from tests.builders import write_catalog
from tests.kiosk.search.catalogs import indexed, make_service, of_services, of_titles


def kin(results: Results, kinship: str) -> list[str]:
    return [one.service for one in results.relatives if one.kinship == kinship]


def titles(results: Results) -> list[str]:
    return [hit.title for hit in results.hits]


# relatives --------------------------------------------------------------------------------------


def leading_to(*services: str) -> Situation:
    """A question whose answers are other services."""
    options = [SituationOption(label=Text(one), goto=one) for one in services]
    return Situation(ask=Text("哪一种"), options=(SituationOption(label=Text("都不是")), *options))


def passport(**changes: object) -> Service:
    return make_service("passport", "护照", category="travel", popularity=99, **changes)


def test_a_longer_title_is_a_case_of_the_shorter_one(search):
    others = [make_service("lost", "护照丢失"), make_service("found", "捡到的护照")]
    results = search(of_services(passport(), *others)).find("护照", limit=1)
    assert [hit.service for hit in results.hits] == ["passport"]
    assert kin(results, "situation") == ["lost"]


def test_what_a_question_of_the_service_leads_to_is_a_case_of_it(search):
    child = make_service("child", "十六岁以下出国")
    results = search(of_services(passport(situations=(leading_to("child"),)), child)).find("护照")
    assert kin(results, "situation") == ["child"]


def test_a_link_leads_to_what_is_done_together_with_it(search):
    visa = make_service("visa", "签注")
    linked = passport(relations=(Relation(service="visa", why="after"),))
    results = search(of_services(linked, visa)).find("护照")
    assert kin(results, "related") == ["visa"]


def test_what_is_of_the_same_category_is_a_neighbour_the_most_used_first(search):
    others = [
        make_service("permit", "通行证", category="travel", popularity=20),
        make_service("border", "边境证", category="travel", popularity=70),
        make_service("card", "社保卡", category="cards"),
    ]
    results = search(of_services(passport(), *others)).find("护照")
    assert kin(results, "sibling") == ["border", "permit"]


def test_cases_stand_before_links_and_these_before_neighbours(search):
    linked = passport(relations=(Relation(service="visa", why="after"),))
    others = [
        make_service("lost", "护照丢失", category="lost"),
        make_service("visa", "签注", category="visas"),
        make_service("permit", "通行证", category="travel"),
    ]
    results = search(of_services(linked, *others)).find("护照", limit=1)
    assert [one.kinship for one in results.relatives] == ["situation", "related", "sibling"]
    assert results.relatives[0].title == "护照丢失"
    assert results.relatives[0].icon == "sort"


def test_a_relative_is_named_once_and_is_no_hit(search):
    """It is linked, it is a case, it is a neighbour, and one of them was found as well."""
    links = tuple(Relation(service=one, why="after") for one in ("lost", "visa", "permit"))
    linked = passport(relations=links, situations=(leading_to("visa"),))
    others = [
        make_service("lost", "护照丢失", category="travel"),
        make_service("visa", "签注", category="travel"),
        make_service("permit", "通行证", category="travel"),
    ]
    results = search(of_services(linked, *others)).find("护照")
    assert [hit.service for hit in results.hits] == ["passport", "lost"]
    assert (kin(results, "situation"), kin(results, "related")) == (["visa"], ["permit"])
    assert kin(results, "sibling") == []


def test_what_may_be_meant_is_shown_once_and_is_no_relative(search):
    others = [
        make_service("guard", "护罩", category="travel"),
        make_service("permit", "通行证", category="travel"),
    ]
    results = search(of_services(passport(), *others)).find("护照")
    assert [hit.service for hit in results.perhaps] == ["guard"]
    assert kin(results, "sibling") == ["permit"]


def test_of_each_kind_there_are_three_at_most(search):
    others = [make_service(f"n{n}", f"证件{n}", category="travel") for n in range(8)]
    cases = [make_service(f"c{n}", f"护照事由{n}", category="other") for n in range(8)]
    results = search(of_services(passport(), *others, *cases)).find("护照", limit=1)
    assert (len(kin(results, "situation")), len(kin(results, "sibling"))) == (3, 3)


def test_a_link_to_a_service_that_has_left_the_catalog_leads_nowhere(search):
    linked = passport(
        relations=(Relation(service="gone", why="after"),), situations=(leading_to("gone"),)
    )
    results = search(of_services(linked)).find("护照")
    assert results.relatives == ()
    assert [hit.service for hit in results.hits] == ["passport"]


def test_a_guess_has_no_relatives(search):
    others = [make_service("permit", "通行证", category="travel")]
    results = search(of_services(passport(), *others)).find("红烧肉")
    assert (results.relatives, results.category) == ((), "")


def test_relatives_are_named_in_the_language_of_the_screen(search):
    permit = make_service(
        "permit", "通行证", plain_name=Text("通行证", "Travel permit"), category="travel"
    )
    results = search(of_services(passport(), permit)).find("护照", "en")
    assert [one.title for one in results.relatives] == ["Travel permit"]


def test_the_category_is_named_that_most_of_the_best_hits_share(search):
    cards = [make_service(f"c{n}", f"社保卡{n}", category="cards") for n in range(3)]
    mixed = [make_service(f"m{n}", f"护照{n}", category=f"k{n}") for n in range(4)]
    searcher = search(of_services(*cards, *mixed))
    assert searcher.find("社保卡").category == "cards"
    assert searcher.find("护照").category == ""


@pytest.mark.parametrize("typed", ["社保", "sfz", "护照", "老年卡", "jhz", "驾照", "passport"])
def test_in_the_demo_city_no_relative_is_a_hit_or_there_twice(city, typed):
    results = city.find(typed)
    relatives = [one.service for one in results.relatives]
    assert len(set(relatives)) == len(relatives)
    assert not set(relatives) & {hit.service for hit in results.hits}


# what was heard ---------------------------------------------------------------------------------

CARDS = ["社会保险登记", "射击场许可", "护照换发", "户口登记"]


def test_the_other_guesses_of_what_was_heard_are_answered_too(search):
    searcher = search(of_titles(CARDS))
    assert "户口登记" not in titles(searcher.find("护照"))
    both = searcher.find("护照", also_heard=["户口"])
    assert titles(both)[:2] == ["护照换发", "户口登记"]
    assert both.query == "护照"


def test_of_equal_answers_the_likelier_guess_comes_first(search):
    searcher = search(of_titles(["护照换发", "户口登记"]))
    for guesses in (["护照", "户口"], ["户口", "护照"]):
        first, *others = guesses
        found = titles(searcher.find(first, also_heard=others))
        assert [title[:2] for title in found] == guesses


def test_a_service_that_several_guesses_find_stands_there_once(search):
    found = titles(search(of_titles(CARDS)).find("护照", also_heard=["护照换发", "户照"]))
    assert found.count("护照换发") == 1


def test_a_guess_that_finds_something_helps_one_that_does_not(search):
    searcher = search(of_titles(CARDS))
    assert searcher.find("红烧肉", also_heard=["户口登记"]).confident
    assert titles(searcher.find("红烧肉", also_heard=["户口登记"]))[0] == "户口登记"


def test_an_empty_guess_changes_nothing(search):
    searcher = search(of_titles(CARDS))
    assert searcher.find("护照", also_heard=["", "？"]) == searcher.find("护照")


# several wishes ---------------------------------------------------------------------------------


def answers(results: Results) -> dict[str, list[str]]:
    return {wish.words: [hit.title for hit in wish.hits] for wish in results.wishes}


def test_every_wish_has_its_own_answer_among_the_hits(search):
    searcher = search(of_titles(["医保缴费查询", "医保转移", "社保缴费查询", "社保卡"]))
    results = searcher.find("医保和社保查询")
    assert answers(results) == {"医保查询": ["医保缴费查询"], "社保查询": ["社保缴费查询"]}
    assert {hit for wish in results.wishes for hit in wish.hits} <= set(results.hits)


def test_a_wish_that_nothing_answers_says_so_and_the_other_does_not(search):
    results = search(of_titles(["医保缴费查询", "医保转移"])).find("医保和红烧肉")
    assert answers(results)["红烧肉"] == []
    assert "医保转移" in titles(results)


def test_wishes_that_are_names_from_end_to_end_are_two_wishes(search):
    results = search(of_titles(["医保转移", "社保卡"])).find("医保转移和社保卡")
    assert answers(results) == {"医保转移": ["医保转移"], "社保卡": ["社保卡"]}


def test_a_name_with_an_and_in_it_and_a_single_wish_are_not_taken_apart(search):
    searcher = search(of_titles(["护照和通行证", "护照", "通行证"]))
    assert searcher.find("护照和通行证").wishes == ()
    assert searcher.find("护照").wishes == ()


# from edition to edition ------------------------------------------------------------------------

LEXICON = (
    Rule(("红本本",), (Target(("护照",)),), is_weak=False),
    Rule(("丢了",), (Target(("补领",)), Target(("挂失",))), is_weak=True),
)
WORDS = ("护照", "社保卡", "身份证", "换发", "补领", "挂失", "查询")
_TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
_SERVICES = st.dictionaries(st.integers(0, 7), st.tuples(_TITLES, st.integers(0, 100)), max_size=7)
_CHANGES = st.lists(
    st.tuples(st.integers(0, 7), st.none() | st.tuples(_TITLES, st.integers(0, 100))), max_size=6
)


def searcher_of(file: Path, services: dict[int, tuple[str, int]]) -> Searcher:
    made = [
        make_service(f"s{n}", title, number=n + 1, popularity=popularity)
        for n, (title, popularity) in services.items()
    ]
    return Searcher(indexed(file, of_services(*made), LEXICON))


@settings(max_examples=15, deadline=None)
@given(before=_SERVICES, changes=_CHANGES)
def test_an_edition_after_any_changes_answers_as_one_that_was_never_another(before, changes):
    """Whatever was added, changed and removed, and in whichever order the records come."""
    after = dict(before)
    for n, value in changes:
        if value is None:
            after.pop(n, None)
        else:
            after[n] = value
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        searcher_of(folder / "1.sqlite", before).close()
        rebuilt = searcher_of(folder / "2.sqlite", after)
        fresh = searcher_of(folder / "3.sqlite", dict(reversed(after.items())))
        with closing(rebuilt), closing(fresh):
            for typed in (*WORDS, "hz", "sbk", "红本本丢了", "护照和社保卡", "户照", "shenfen", ""):
                assert rebuilt.find(typed) == fresh.find(typed), typed
                found = {hit.title for hit in rebuilt.find(typed).hits}
                assert found <= {title for title, _ in after.values()}


def test_an_index_that_is_killed_while_it_is_built_leaves_the_old_edition_as_it_was(tmp_path):
    old = indexed(tmp_path / "old.sqlite", of_titles(WORDS), LEXICON)
    content = old.read_bytes()
    with closing(Searcher(old)) as searcher:
        before = [searcher.find(word) for word in WORDS]
        child, ready = _building(tmp_path)
        ready.read(1)  # tables of the index are there, and names are being put in
        select.select([], [], [], 0.02)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        ready.close()
        assert [searcher.find(word) for word in WORDS] == before
    assert old.read_bytes() == content
    with closing(Searcher(old)) as again:
        assert [again.find(word) for word in WORDS] == before
    whole = indexed(tmp_path / "whole.sqlite", of_titles(WORDS), LEXICON)
    with closing(Searcher(whole)) as following:
        assert [following.find(word) for word in WORDS] == before


def test_what_was_left_of_an_index_that_was_killed_is_no_catalog(tmp_path):
    child, ready = _building(tmp_path)
    ready.read(1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    ready.close()
    with pytest.raises(CatalogDamagedError, match=r"half\.sqlite"):
        Searcher(tmp_path / "half.sqlite")


def _building(folder: Path) -> tuple[int, IO[bytes]]:
    """A process that builds an index for long; the pipe has a byte when it has begun."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        bodies = of_titles([f"护照换发事项{n}" for n in range(20_000)])
        opened = engine.scratch(write_catalog(folder / "half.sqlite", {}))
        with opened.begin() as connection:
            os.write(writer, b".")
            search_index.build(connection, bodies, LEXICON)
        os._exit(0)
    os.close(writer)
    return child, os.fdopen(reader, "rb", buffering=0)
