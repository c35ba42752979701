"""The figures of judged phrases can go down, and a phrase that cannot be read says where."""

from __future__ import annotations

import json
import re

import pytest

from benchmarks import search_catalogs, search_quality
from benchmarks.search_catalogs import SHARED, SHARED_NAMES
from benchmarks.search_quality import Names, Phrase, QueriesError, judge, place_of, read_phrases

JUDGED = search_quality.ROOT / "benchmarks" / "judged"
NAMES = Names({"a": ("护照换发",), "b": ("护照补发",), "c": ("居住证申领",)})
PHRASE = Phrase("护照", "spoken", (("^护照换发$",),), 1)


def find(*answers: str):
    return lambda _typed, _language: answers


def written(file, *rows: object) -> str:
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("answers", "recall_1", "recall_3", "mrr"),
    [
        (("a", "b", "c"), 1, 1, 1),
        (("b", "a", "c"), 0, 1, 1 / 2),
        (("b", "c"), 0, 0, 0),
        ((), 0, 0, 0),
    ],
)
def test_a_wrong_answer_lowers_the_figures(answers, recall_1, recall_3, mrr):
    figures = judge([PHRASE], NAMES, find(*answers))
    assert (figures.recall(1), figures.recall(3), figures.mrr) == (recall_1, recall_3, mrr)


def test_each_kind_has_its_own_figure():
    phrases = [PHRASE, Phrase("juzhuzheng", "pinyin", (("居住证",),), 2)]
    figures = judge(phrases, NAMES, find("a"))
    assert figures.kinds == {"pinyin": 1, "spoken": 1}
    assert (figures.recall(kind="spoken"), figures.recall(kind="pinyin")) == (1, 0)


def test_any_of_several_expectations_is_enough():
    assert judge([Phrase("x", "spoken", (("补发$", "换发$"),), 1)], NAMES, find("b")).mrr == 1


def test_of_several_wishes_each_must_be_met_in_the_first_ten():
    wishes = (("护照",), ("居住证",))
    assert place_of(("a", "c"), wishes, NAMES.fits) == 1
    assert place_of(("a", "b"), wishes, NAMES.fits) == 0
    assert place_of(("a", *["b"] * 8, "c"), wishes, NAMES.fits) == 1
    assert place_of(("a", *["b"] * 9, "c"), wishes, NAMES.fits) == 0


def test_an_id_is_an_expectation_of_itself_alone():
    names = Names({"id-card": ("身份证",), "id-card-lost": ("身份证补领",)})
    assert names.fits("id-card", ("id-card",))
    assert not names.fits("id-card-lost", ("id-card",))


def test_english_is_asked_for_on_an_english_screen():
    asked = []

    def note(_typed: str, language: str) -> list[str]:
        asked.append(language)
        return []

    judge([PHRASE, Phrase("passport", "english", (("护照",),), 2)], NAMES, note)
    assert asked == ["zh", "en"]


def test_both_formats_are_read(tmp_path):
    place = written(
        tmp_path / "q.jsonl",
        {"q": "护照", "expect": ["a"]},
        {"query": "护照和居住证", "expect": ["护照"], "expect_all": [["护照"], ["居住证"]]},
    )
    one, two = read_phrases(search_quality.Path(place))
    assert (one.query, one.kind, one.wishes) == ("护照", "any", (("a",),))
    assert two.wishes == (("护照",), ("居住证",))


@pytest.mark.parametrize(
    "row",
    [
        "护照",
        {"expect": ["a"]},
        {"q": "", "expect": ["a"]},
        {"q": "护照"},
        {"q": "护照", "expect": []},
        {"q": "护照", "expect": "a"},
        {"q": "护照", "expect": ["(a"]},
        {"q": "护照", "expect": ["a"], "expect_all": [["a"], []]},
    ],
)
def test_a_line_that_is_no_phrase_says_where(tmp_path, row):
    place = written(tmp_path / "q.jsonl", {"q": "护照", "expect": ["a"]}, row)
    with pytest.raises(QueriesError, match=r"q\.jsonl:2: "):
        read_phrases(search_quality.Path(place))


def test_a_list_that_is_not_there_or_empty_is_said_to_be(tmp_path):
    with pytest.raises(QueriesError, match="cannot be read"):
        read_phrases(tmp_path / "q.jsonl")
    (tmp_path / "q.jsonl").write_text("\n", "utf-8")
    with pytest.raises(QueriesError, match="holds no phrase"):
        read_phrases(tmp_path / "q.jsonl")


def test_the_command_prints_figures_and_what_was_missed(tmp_path, monkeypatch, capsys):
    """From the folder where the files are, as somebody would type it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "names.txt").write_text("护照换发\n居住证申领\n", "utf-8")
    written(
        tmp_path / "q.jsonl",
        {"query": "护照换发", "expect": ["换发"], "kind": "spoken"},
        {"query": "宇宙飞船", "expect": ["飞船"], "kind": "story"},
    )
    arguments = ["--catalog", "names.txt", "--queries", "q.jsonl", "--no-aliases", "--misses"]
    assert search_quality.main(arguments) == 0
    said = capsys.readouterr()
    assert "search_quality_recall_5 0.500 share" in said.out
    assert "search_quality_recall_5_spoken 1.000 share" in said.out
    assert "# 2 story: 宇宙飞船" in said.out
    assert "line 2: nothing in this catalog would be an answer" in said.err


def test_the_command_tells_aliases_from_none(tmp_path, capsys):
    file = tmp_path / "worked.yaml"
    service = {"id": "a", "name": "机动车报废", "plain_name": "报废车", "aliases": ["卖破铜烂铁"]}
    file.write_text(json.dumps({"services": [service]}), "utf-8")
    queries = written(tmp_path / "q.jsonl", {"q": "卖破铜烂铁", "expect": ["a"]})
    for option, share in (("--aliases-only", "1.000"), ("--no-aliases", "0.000")):
        search_quality.main(["--catalog", str(file), "--queries", queries, option])
        assert f"search_quality_recall_1 {share} share" in capsys.readouterr().out


def test_the_command_says_what_it_cannot_read(tmp_path, capsys):
    assert search_quality.main(["--catalog", str(tmp_path / "none.txt")]) == 2
    assert "none.txt: is not there" in capsys.readouterr().err


# the examination ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "least"), [("worked", 130), ("names", 250)])
def test_judged_phrases_are_many_and_each_is_there_once(name, least):
    phrases = read_phrases(JUDGED / f"{name}.jsonl")
    assert len({phrase.query for phrase in phrases}) == len(phrases) >= least
    described = re.findall(r"`([a-z-]+)`", (JUDGED / "README.md").read_text("utf-8"))
    assert {phrase.kind for phrase in phrases} <= set(described)


def test_every_expectation_is_met_by_some_service_and_all_themes_are_asked_for():
    if not SHARED.is_dir():
        pytest.skip("the developers' lists are not here (../shared/data)")
    lines = search_catalogs.read_lines(SHARED_NAMES)
    themes = {line.theme: 0 for line in lines}
    for phrase in read_phrases(JUDGED / "names.jsonl"):
        expected = [one for wish in phrase.wishes for one in wish]
        met = [{line.theme for line in lines if re.search(one, line.name)} for one in expected]
        assert all(met), phrase
        for theme in set.union(*met):
            themes[theme] += 1
    assert min(themes.values()) >= 6, themes
    worked = search_catalogs.read(str(SHARED / "example_services.yaml"))
    ids = {one.id for one in search_catalogs.services_of(worked)}
    for phrase in read_phrases(JUDGED / "worked.jsonl"):
        assert set(phrase.wishes[0]) <= ids
