"""What a query is about: its expressions, and how much of it a service answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.phonetic import FOLDED, SOUND
from kiosk.search import rank
from kiosk.search.meaning import Meant, Understanding, Wording, cover
from kiosk.search.query import parse
from kiosk.search.searcher import Searcher
from kiosk.store.lexicon import Rule, Target
from kiosk.store.search_meaning import THING
from kiosk.store.search_reader import Expression, SearchReader
from tests.kiosk.search.catalogs import indexed, of_titles

SYLLABLES = {
    "社": "she",
    "设": "she",
    "射": "she",
    "保": "bao",
    "宝": "bao",
    "卡": "ka",
    "咔": "ka",
}
SIGNS = "社设保宝卡咔补a7"


def sounds_of(text: str) -> str:
    return "".join(SOUND[SYLLABLES[sign]] if sign in SYLLABLES else sign for sign in text)


def expression(key: str, kind: str = THING) -> Expression:
    sounds = sounds_of(key)
    return Expression(key, sounds, sounds.translate(FOLDED), kind, ())


def known(*expressions: Expression) -> dict[str, list[Expression]]:
    found: dict[str, list[Expression]] = {}
    for one in expressions:
        found.setdefault(one.key, []).append(one)
        found.setdefault(one.folded, []).append(one)
    return found


def covered(text: str, *expressions: Expression) -> list[str]:
    """What a text is taken for, piece by piece."""
    segments = cover(Wording(tuple(text), sounds_of(text)), known(*expressions))
    return [one.expression.key for one in segments]


# covering ---------------------------------------------------------------------------------------


def test_one_long_expression_says_more_than_two_short_ones():
    short = expression("社保"), expression("卡补")
    assert covered("社保卡补", *short) == ["社保", "卡补"]
    assert covered("社保卡补", *short, expression("社保卡补")) == ["社保卡补"]
    assert covered("社保卡", expression("社保"), expression("社保卡")) == ["社保卡"]


def test_as_much_as_possible_is_understood():
    assert covered("社保卡补", expression("保卡"), expression("社保"), expression("卡补")) == [
        "社保",
        "卡补",
    ]


def test_signs_that_nothing_knows_lie_between_expressions():
    assert covered("补社保补补卡咔补", expression("社保"), expression("卡咔")) == ["社保", "卡咔"]
    assert covered("补补补") == []
    assert covered("") == []


def test_what_is_written_so_is_better_than_what_sounds_so():
    assert covered("设保卡", expression("设保卡"), expression("社保卡")) == ["设保卡"]


def test_two_signs_sound_like_too_many_other_things_and_three_do_not():
    assert covered("设宝", expression("社保")) == []
    assert covered("设宝咔", expression("社保卡")) == ["社保卡"]


def test_two_spelled_syllables_mean_exactly_themselves():
    """There are no signs to go by; southern ears would hear even more in two syllables."""
    spelled = Wording((), SOUND["she"] + SOUND["bao"])
    southern = Wording((), SOUND["se"] + SOUND["bao"])
    of_sound = known(expression("社保"))
    assert [one.expression.key for one in cover(spelled, of_sound)] == ["社保"]
    assert cover(southern, of_sound) == []


def test_a_sound_is_marked_as_not_exact():
    (segment,) = cover(Wording(tuple("设宝卡"), sounds_of("设宝卡")), known(expression("社保卡")))
    assert (segment.start, segment.end, segment.is_exact) == (0, 3, False)


@pytest.mark.parametrize("text", ["10086", "1008", "00867"])
def test_a_number_is_not_cut(text):
    assert covered(text, expression("0086")) == []
    assert covered(f"补{text}卡", expression("0086")) == []


def test_a_number_that_stands_alone_is_met():
    assert covered("补0086卡", expression("0086")) == ["0086"]


def test_a_word_of_letters_is_not_cut():
    assert covered("etcs卡", expression("etc")) == []
    assert covered("etc卡", expression("etc"), expression("卡")) == ["etc", "卡"]
    assert covered("etc卡", expression("tc卡")) == []


def test_english_words_are_met_as_whole_words():
    wording = Wording(("renew", "my", "passport"), between=" ")
    of_words = known(expression("my passport"), expression("pass"), expression("renew"))
    assert [one.expression.key for one in cover(wording, of_words)] == ["renew", "my passport"]


@given(
    st.text(SIGNS, max_size=12),
    st.lists(st.text(SIGNS, min_size=1, max_size=5), max_size=8, unique=True),
)
def test_segments_stand_in_order_and_never_overlap(text, keys):
    wording = Wording(tuple(text), sounds_of(text))
    segments = cover(wording, known(*map(expression, keys)))
    places = [place for one in segments for place in (one.start, one.end)]
    assert places == sorted(places)
    for one in segments:
        assert 0 <= one.start < one.end <= len(text)
        assert wording.is_whole(one.start, one.end) or not one.is_exact
        assert one.is_exact is (text[one.start : one.end] == one.expression.key)


# answering --------------------------------------------------------------------------------------

LEXICON = (
    Rule(("身份证", "身份证件"), (Target(("身份证",)),), is_weak=False),
    Rule(("社保卡", "医保卡"), (Target(("社会保障卡",)),), is_weak=False),
    Rule(("罚单",), (Target(("违法", "处理")), Target(("违法",))), is_weak=False),
    Rule(("搞丢了", "不见了"), (Target(("补领",)), Target(("挂失",))), is_weak=True),
    Rule(("我的", "请问"), (), is_weak=False),
    Rule(("lost",), (Target(("补领",)), Target(("挂失",))), is_weak=True),
    Rule(("id card",), (Target(("身份证",)),), is_weak=False),
)
TITLES = (
    "居民身份证补领",
    "居民身份证换领",
    "社会保障卡补领",
    "社会保障卡挂失",
    "道路交通安全违法处理",
    "违法行为查询",
    "营业执照补领",
    *(f"园林绿化许可{n}" for n in range(20)),
)


@dataclass
class Citizen:
    """Asks about one catalog."""

    reader: SearchReader
    titles: tuple[str, ...]

    def meant(self, typed: str) -> list[Meant]:
        return Understanding(self.reader).meant(parse(typed, self.reader.lexicon))

    def asks(self, typed: str) -> list[str]:
        """The titles of the answers, the best first."""
        services = self.reader.numbered(one.number for one in self.meant(typed))
        return [self.titles[int(services[one.number][1:])] for one in self.meant(typed)]

    def share(self, typed: str) -> float:
        """How much of a query its best answer answers."""
        return max((one.share for one in self.meant(typed)), default=0.0)


@pytest.fixture(scope="module")
def citizen(tmp_path_factory) -> Iterator[Citizen]:
    file = indexed(tmp_path_factory.mktemp("meaning") / "c.sqlite", of_titles(TITLES), LEXICON)
    reader = SearchReader(file)
    yield Citizen(reader, TITLES)
    reader.close()


def test_a_thing_and_a_deed_are_answered_by_what_has_both(citizen):
    asked = citizen.asks("身份证搞丢了")
    assert asked[:2] == ["居民身份证补领", "居民身份证换领"]
    assert "营业执照补领" not in asked  # it has the deed, and things lead


def test_the_better_words_for_a_deed_come_first(citizen):
    assert citizen.asks("社保卡不见了")[:2] == ["社会保障卡补领", "社会保障卡挂失"]


def test_the_better_target_of_an_expression_comes_first(citizen):
    assert citizen.asks("罚单") == ["道路交通安全违法处理", "违法行为查询"]


def test_a_service_that_answers_all_answers_more_than_one_that_answers_part(citizen):
    both, one, *_ = citizen.meant("身份证搞丢了")
    assert 1 >= both.share > one.share > 0


def test_padding_takes_nothing_away(citizen):
    assert citizen.share("请问我的身份证搞丢了") == citizen.share("身份证搞丢了") == 1


def test_words_that_were_not_understood_make_it_less_certain(citizen):
    shares = [citizen.share("身份证" + "嘟" * n) for n in (0, 1, 3, 6)]
    assert shares == sorted(shares, reverse=True)
    assert len(set(shares)) == 4


def test_weak_words_that_no_rule_explains_lead_nowhere_certain(citizen):
    for typed in ("请问", "我的", "请问我的"):
        assert citizen.meant(typed) == []


def test_what_sounds_alike_is_not_exact_and_worth_less(citizen):
    (exact, *_), (alike, *_) = citizen.meant("身份证件"), citizen.meant("身分正件")
    assert (exact.is_exact, alike.is_exact) == (True, False)
    assert rank.meant("s", alike).score < rank.meant("s", exact).score


def test_the_words_that_were_said_are_told_with_the_official_ones(citizen):
    best, *_ = citizen.meant("医保卡不见了")
    assert best.words == (("医保卡", ("社会保障卡",)), ("不见了", ("补领",)))


def test_english_words_are_understood_in_any_order(citizen):
    for typed in ("lost id card", "id card lost"):
        assert citizen.asks(typed)[0] == "居民身份证补领"


def test_spelled_syllables_are_understood(citizen):
    assert set(citizen.asks("shenfenzheng")[:2]) == {"居民身份证换领", "居民身份证补领"}


@pytest.mark.parametrize("typed", ["", " ", "？", "a", "7", "嘟嘟嘟嘟", "qqqq", "丢" * 300])
def test_nonsense_means_nothing_for_certain(citizen, typed):
    assert all(rank.meant("s", one).score < rank.MEANT for one in citizen.meant(typed))


@given(st.text(st.sampled_from("身份证社保卡罚单搞丢了不见请问我的 lostidcard7"), max_size=50))
def test_a_share_is_a_share_and_the_best_comes_first(citizen, typed):
    shares = [one.share for one in citizen.meant(typed)]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 1.000001 for share in shares)
    assert len({one.number for one in citizen.meant(typed)}) == len(shares)


# what a citizen sees of it ----------------------------------------------------------------------


@pytest.fixture
def understood(tmp_path: Path) -> Iterator[Callable[[Iterable[str]], Searcher]]:
    """A search with the small lexicon above."""
    made: list[Searcher] = []

    def of(titles: Iterable[str]) -> Searcher:
        file = tmp_path / f"{len(made)}.sqlite"
        made.append(Searcher(indexed(file, of_titles(titles), LEXICON)))
        return made[-1]

    yield of
    for one in made:
        one.close()


def test_what_is_meant_is_there_for_certain_and_says_in_which_words(understood):
    results = understood(TITLES).find("医保卡不见了")
    best, *_ = results.literal
    assert (best.title, best.typed, best.heard) == ("社会保障卡补领", "医保卡", "社会保障卡")
    assert [best.title[start : start + length] for start, length in best.marks] == [best.title]
    assert results.confident


def test_an_expression_alone_is_another_name_of_what_it_means(understood):
    results = understood(TITLES).find("罚单")
    best, *_ = results.literal
    assert (best.title, best.typed, best.heard) == ("道路交通安全违法处理", "", "罚单")


def test_a_weak_word_alone_is_never_a_certain_answer(understood):
    searcher = understood(TITLES)
    for typed in ("请问", "我的请问"):
        results = searcher.find(typed)
        assert (results.literal, results.confident) == ((), False)


def test_what_the_city_does_not_have_is_not_answered_with_something_else(understood):
    searcher = understood([title for title in TITLES if "身份证" not in title])
    results = searcher.find("身份证搞丢了")
    assert not any("园林" in hit.title for hit in results.hits)
    assert results.literal == ()
