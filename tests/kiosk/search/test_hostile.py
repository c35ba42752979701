"""Nothing that can be typed, pasted or scanned is an error, and nothing takes long."""

from __future__ import annotations

import random
import time

import pytest

from tests.kiosk.search.catalogs import make_service, of_services

_PIECES = [
    *('"', '""', "^", "*", "(", ")", ":", "-", "+", "{", "}", "[", "]", "%", "_", "'", ";", "\\"),
    *("NEAR", "NEAR(社,2)", "AND", "OR", "NOT", "c:", "f:", "--", "社", "保", "社保", "一下", "和"),
    *(
        "sfz",
        "a",
        "1",
        "zh",
        "shi",
        "lü",
        "、",
        "办",
        "怎么办理",
        "吗",
        "passport",
        "１",
        "Ⅷ",
        "㎏",
    ),
    *("ﷺ", "İ", "ß", "ſ", "ﬃ", "é", "〇", "𠀀", "龘", "①", "½", "٣", "क", "ก", "ﾊﾟ", "😀", "α"),
]
_UNSEEN = [
    " ",
    "\t",
    "\n",
    "\0",
    "\x1f",
    "\ud800",
    "\udfff",
    "\ue000",
    "\ue1ff",
    "\u202e",
    "\u200d",
]
_UNSEEN += ["\u0301", "\U0010ffff", "|"]
_PASTES = (
    "x" * 50,
    "办" * 60,
    "怎么办理" * 40,
    "和" * 80,
    "a和" * 30,
    "社保卡" * 30,
    "s f z " * 20,
)


def hostile(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.02:
        return chance.choice(_PASTES) + chance.choice(_PIECES)
    if kind < 0.6:
        return "".join(chance.choices([*_PIECES, *_UNSEEN], k=chance.randint(0, 6)))
    if kind < 0.9:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(0, 12)))
    return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz ", k=chance.randint(0, 40)))


def test_ten_thousand_hostile_lines_are_answered(search):
    searcher = search(
        of_services(
            make_service("a", "社保卡办理（ETC）"),
            make_service("b", "12345热线"),
            aliases={"怎么办理社保": "a", "吗": "b"},
        )
    )
    chance = random.Random(20261122)
    for _ in range(10_000):
        typed = hostile(chance)
        results = searcher.find(typed, chance.choice(("zh", "en")))
        assert results.query == typed
        assert all(
            0 <= start < start + length <= len(hit.title)
            for hit in results.hits
            for start, length in hit.marks
        )


def test_hostile_lines_are_answered_by_the_whole_city_in_bounded_time(city):
    chance = random.Random(7)
    for _ in range(300):
        typed = hostile(chance)
        started = time.thread_time()
        city.find(typed)
        assert time.thread_time() - started < 0.5, repr(typed)


@pytest.mark.parametrize(
    "paste", [*_PASTES, "身份证" * 10_000, "shenfenzheng" * 1000, "\0" * 10_000]
)
def test_a_paste_is_answered_in_bounded_time(city, paste):
    started = time.thread_time()
    city.find(paste)
    assert time.thread_time() - started < 0.5
