"""A catalog is built once, and measured as it is searched."""

from __future__ import annotations

import pytest

from benchmarks import search_memory_once, search_speed
from benchmarks.search_catalogs import Line
from benchmarks.search_quality import Phrase, judge
from benchmarks.search_rivals import RIVALS
from benchmarks.search_stock import Stock

BASE = [Line("出入境", "护照", "普通护照换发"), Line("户籍", "居住", "居住证申领")]
LIKE = RIVALS[0]


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    made = Stock(40, tmp_path_factory.mktemp("stock"), BASE)
    made.build()
    return made


def test_a_catalog_is_built_once_and_what_it_cost_is_kept(stock):
    built = stock.file.stat().st_mtime_ns
    cost = stock.build()
    assert cost.megabytes > 0
    assert cost.reading_s > 0
    assert stock.file.stat().st_mtime_ns == built


def test_another_catalog_of_the_size_takes_its_place(tmp_path):
    one, other = Stock(40, tmp_path, BASE), Stock(40, tmp_path, BASE[:1])
    one.build()
    other.build()
    assert not one.file.exists()
    assert other.file.exists()


def test_a_rival_knows_every_service_and_how_it_is_spelled(stock):
    cost = stock.build_rival(LIKE)
    find = LIKE.open(stock.place(LIKE))
    assert cost.megabytes > 0
    assert find("居住证申领")[0] == find("juzhuzhengshenling")[0] == "s1"


def test_a_service_made_of_another_answers_like_that_one(stock):
    names = stock.names()
    made_of = next(n for n, line in enumerate(stock.lines) if n > 1 and line.base == "居住证申领")
    phrase = Phrase("居住证", "spoken", (("^居住证申领$",),), 1)
    assert judge([phrase], names, lambda *_: [f"s{made_of}"]).mrr == 1
    assert judge([phrase], names, lambda *_: ["s0"]).mrr == 0


def test_every_beginning_of_a_phrase_is_typed():
    typed = search_speed.typed_of([Phrase("bus", "english", (("公交",),), 1)])
    assert typed[:3] == [("b", "en"), ("bu", "en"), ("bus", "en")]


def test_every_keystroke_is_timed_and_the_slowest_is_named():
    asked = []
    spent = search_speed.spent_ms(lambda *words: asked.append(words), [("a", "zh"), ("ab", "zh")])
    assert asked == [("a", "zh"), ("ab", "zh")]
    assert sorted(words for _, words in spent) == ["a", "ab"]
    assert spent == sorted(spent)


def test_the_screen_of_each_answer_is_made(stock):
    pages = search_speed.pages_ms(stock.file, [("护照", "zh"), ("宇宙飞船", "zh"), ("h", "zh")])
    assert len(pages) == 3
    assert all(one > 0 for one in pages)


def test_memory_is_that_of_this_process():
    assert 5 < search_memory_once.pss_mb() < 5000
