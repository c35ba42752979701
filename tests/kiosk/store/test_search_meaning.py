"""What everyday expressions lead to in one catalog."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store.lexicon import Rule, Target, read_readings, read_simplified
from kiosk.store.reading import Reader
from kiosk.store.search_meaning import PADDING, THING, WEAK, Names, Table, expressions_of
from kiosk.store.search_reader import SearchReader
from kiosk.store.search_reader import Target as Led
from tests.kiosk.search.catalogs import indexed, of_titles

SIMPLIFIED = read_simplified()
MANY = 2100  # services, from which on some targets are kept as a map


def thing(says: str, *targets: Target) -> Rule:
    return Rule(tuple(says.split()), targets, is_weak=False)


def weak(says: str, *targets: Target) -> Rule:
    return Rule(tuple(says.split()), targets, is_weak=True)


def words(*pieces: str, without: str = "") -> Target:
    return Target(pieces, tuple(without.split()))


def names(*titles: str) -> Names:
    return Names([(title, title) for title in titles])


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_readings())


# targets ----------------------------------------------------------------------------------------

LICENCES = names("驾驶证换证", "驾驶证初次申领", "行驶证换证", "驾驶证满分换证", "换证")


def test_a_target_means_the_names_in_which_it_stands():
    assert LICENCES.meant(words("换证")) == {0, 2, 3, 4}


def test_a_target_of_several_pieces_wants_all_of_them():
    assert LICENCES.meant(words("驾驶证", "换证")) == {0, 3}


def test_a_target_forbids_what_must_not_stand_there():
    assert LICENCES.meant(words("驾驶证", without="初次 满分")) == {0}


def test_what_stands_in_no_name_means_nothing():
    assert LICENCES.meant(words("护照")) == set()
    assert LICENCES.meant(words("驾驶证", "护照")) == set()


def test_a_piece_does_not_reach_from_one_name_into_the_next():
    assert names("护照", "换发").meant(words("照换")) == set()
    assert Names([("护照", "换发")]).meant(words("照换")) == set()


@given(
    st.lists(st.text("证照卡换", min_size=1, max_size=6), min_size=1, max_size=12),
    st.lists(st.text("证照卡换", min_size=1, max_size=3), min_size=1, max_size=3),
    st.lists(st.text("证照卡换", min_size=1, max_size=2), max_size=2),
)
def test_a_target_means_what_reading_every_name_would_find(titles, pieces, without):
    meant = {
        number
        for number, title in enumerate(titles)
        if all(one in title for one in pieces) and not any(one in title for one in without)
    }
    assert names(*titles).meant(Target(tuple(pieces), tuple(without))) == meant


# expressions ------------------------------------------------------------------------------------


def test_the_words_of_an_expression_itself_come_first():
    found = expressions_of([thing("社保卡", words("社会保障卡"))], [], SIMPLIFIED)
    assert list(found["社保卡"].targets) == [words("社保卡"), words("社会保障卡")]


def test_rules_about_the_same_words_add_up_in_their_order():
    rules = [thing("房本", words("不动产权证")), thing("房本", words("房产"), words("不动产权证"))]
    found = expressions_of(rules, [], SIMPLIFIED)
    assert list(found["房本"].targets) == [words("房本"), words("不动产权证"), words("房产")]


def test_expressions_and_targets_are_normalised_like_queries_and_names():
    found = expressions_of([thing("ＥＴＣ卡 護照本", words("護照"))], [], SIMPLIFIED)
    assert set(found) == {
        "etc卡",
        "护照本",
    }
    assert words("护照") in found["护照本"].targets


@pytest.mark.parametrize("is_first", [True, False])
def test_a_thing_is_stronger_than_a_deed_and_both_than_padding(is_first):
    rules = [
        Rule(("要",), (), is_weak=False),
        weak("要 补", words("补领")),
        thing("补", words("补证")),
    ]
    found = expressions_of(rules if is_first else rules[::-1], [], SIMPLIFIED)
    assert (found["要"].kind, found["补"].kind) == (WEAK, THING)
    only = expressions_of(rules[:1], [], SIMPLIFIED)
    assert only["要"].kind == PADDING


def test_an_official_word_for_a_deed_is_a_deed_in_the_catalog_too():
    rules = [weak("丢了", words("补领"), words("挂失")), thing("卡挂失", words("挂失"))]
    found = expressions_of(rules, ["补领", "护照"], SIMPLIFIED)
    assert found["补领"].kind == WEAK
    assert found["护照"].kind == THING
    assert "挂失" not in found  # it is a thing for another rule, and no word of this catalog


def test_only_words_of_the_lexicon_are_marked_as_such():
    found = expressions_of([thing("罚单", words("违法"))], ["护照"], SIMPLIFIED)
    assert (found["罚单"].is_of_lexicon, found["护照"].is_of_lexicon) == (True, False)


# tables -----------------------------------------------------------------------------------------


def table_of(rules: list[Rule], catalog: Names, reader: Reader) -> Table:
    return Table(expressions_of(rules, [], SIMPLIFIED), catalog, reader)


def test_an_expression_about_what_this_city_does_not_have_is_kept_without_a_way(reader):
    table = table_of([thing("坐飞船", words("航天"))], names("护照换发"), reader)
    assert [(row[0], row[4]) for row in table.said] == [("坐飞船", "[]")]
    assert table.meant == table.things == []


def test_padding_leads_nowhere_even_where_a_name_has_it(reader):
    table = table_of([Rule(("换发",), (), is_weak=False)], names("护照换发"), reader)
    assert [(row[3], row[4]) for row in table.said] == [(PADDING, "[]")]


def test_a_target_of_several_expressions_is_kept_once(reader):
    rules = [thing("红本本", words("护照")), thing("出国本", words("护照"))]
    table = table_of(rules, names("护照换发", "护照补发"), reader)
    assert [row[1:3] for row in table.meant] == [("护照", 2)]
    assert len({row[4] for row in table.said}) == 1


def test_only_things_are_found_like_names_and_with_few_services(reader):
    rules = [weak("丢了", words("补发")), thing("红本本", words("护照"))]
    table = table_of(rules, names(*[f"护照补发{n}" for n in range(30)]), reader)
    ((key, sounds, services),) = table.things
    assert (key, len(sounds), services) == ("红本本", 3, tuple(range(8)))


@pytest.mark.parametrize("every", [2, 33, 700])
def test_a_map_and_a_list_of_services_give_the_same_answers(reader, every):
    titles = [f"护照{n}" if n % every == 0 else f"社保{n}" for n in range(MANY)]
    numbers = [n for n in range(MANY) if n % every == 0]
    table = table_of([thing("红本本", words("护照"))], names(*titles), reader)
    ((_, *kept),) = table.meant
    packed, listed = Led(*kept), Led.of("护照", numbers)
    assert bool(kept[2]) is (every == 2)  # only of many services a map is smaller
    assert len(kept[3]) <= len(numbers) * 4
    some = set(random.Random(every).sample(range(MANY), 400))
    assert packed.among(some) == listed.among(some)
    assert list(packed.first(50)) == list(listed.first(50)) == numbers[:50]
    assert all((n in packed) is (n in listed) for n in range(MANY))
    assert (packed.total, packed.words) == (listed.total, listed.words)


def test_the_file_gives_back_what_was_put_in(tmp_path):
    rules = [thing("红本本", words("护照", without="遗失")), Rule(("请问",), (), is_weak=False)]
    titles = ["护照换发", "护照遗失补发", "社保卡"]
    file = indexed(tmp_path / "c.sqlite", of_titles(titles), rules)
    opened = SearchReader(file)
    (found,) = opened.expressions(["红本本"], [])
    assert (found.kind, len(found.sy), len(found.folded)) == (THING, 3, 3)
    assert opened.expressions([], [found.folded]) == [found]
    (target,) = opened.targets(found.targets).values()
    services = opened.numbered(target.first(9)).values()
    assert list(services) == ["s0"]
    (padding,) = opened.expressions(["请问"], [])
    assert (padding.kind, padding.targets) == (PADDING, ())
    opened.close()


def test_a_target_that_is_gone_from_a_file_is_left_out(tmp_path):
    file = indexed(tmp_path / "c.sqlite", of_titles(["护照"]), [thing("红本本", words("护照"))])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DELETE FROM target")
        connection.commit()
    opened = SearchReader(file)
    assert opened.targets([1, 2, 3]) == {}
    opened.close()
