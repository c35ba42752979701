"""Reads what was typed: signs with their sounds, everyday padding, several wishes in one line.

Knows the ways in which people write a wish. Does not know any name of the catalog.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.phonetic import (
    BARRIER,
    FOLDED,
    INITIALS,
    SOUND,
    SPELLING,
    initial_class,
    is_latin,
    normalise,
)
from kiosk.search.pinyin import CUTS_MAX, Cut, cuts_of
from kiosk.search.pinyin import INITIALS as BARE_INITIALS
from kiosk.store.search_reader import Lexicon

TYPED_MAX = 200  # signs that are looked at; the rest of a paste is not
SIGNS_MAX = 120  # as letters, a name is four times as long
_WISHES_MAX = 3
_WISH_MIN, _WISH_MAX = 2, 8  # signs of each
_STRIPPED_WEIGHT = 0.99  # what was typed counts a little more than what is left of it

_PIECE = re.compile(r"[a-z]+|[^a-z]")
_AND_SIGNS = str.maketrans(dict.fromkeys("、/&+＋／＆", "和"))
_AND = re.compile(r"和|还有|以及|再|与|(?<!不)及|跟")
_LEADING = re.compile(
    r"^(?:请问|你好|您好|麻烦|帮忙|帮我|帮|给我|我想要|我想|我要|我的|我|想要|想|需要|要|"
    r"怎么样|怎么|怎样|如何|咋个|咋样|咋|去哪里|去哪儿|去哪|在哪里|在哪儿|在哪|哪里|哪儿|"
    r"能不能|可不可以|可以|有没有|关于|办理|申办|办一下|办个|办|查一下|查下)+"
)
_TRAILING = re.compile(  # possessive: 怎么办理怎么办理… can be taken apart in 2^n ways
    r"(?:怎么办理|怎么办|怎么弄|怎么搞|怎么|咋个办|咋办|咋弄|咋整|如何办理|"
    r"[在去到]?哪(?:里|儿)?(?:能|可以)?(?:办理|办|弄)|办理|"
    r"(?:需要|要)?(?:带|准备)?(?:什么|哪些|啥)(?:材料|手续|证件|东西)?|"
    r"(?:的)?(?:手续|流程)|可以吗|行吗|了吗|吗|呢|啊|呀|吧|嘛|一下)++$"
)
_EMPTY_WORDS = frozenset(
    {"a", "an", "the", "of", "for", "to", "in", "on", "at", "and", "or", "is", "are", "do", "does"}
    | {"i", "me", "my", "how", "where", "what", "can", "get", "need"}
)
_ANYWHERE = re.compile("一下")


@dataclass(frozen=True, slots=True)
class Sign:
    """One place of a query: a character, a digit, or the letters of one syllable."""

    text: str
    sound: str  # a code point; empty for letters that are no whole syllable
    initial: str  # class of initials
    is_spelled: bool = False  # typed as letters: any character with that sound is meant
    is_open: bool = False  # letters that may be the beginning of a longer syllable


@dataclass(frozen=True, slots=True)
class Row:
    """Signs side by side."""

    signs: tuple[Sign, ...]
    initials: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "initials", "".join(sign.initial for sign in self.signs))


@dataclass(frozen=True, slots=True)
class Form:
    """One way to understand a query: words, each a row of signs."""

    words: tuple[Row, ...]
    weight: float = 1.0
    whole: Row = field(init=False)  # all words in one row
    signs: tuple[Sign, ...] = field(init=False)  # of all words
    text: str = field(init=False)  # without gaps
    folded: str = field(init=False)  # folded sounds
    letters: str = field(init=False)  # as it is spelled
    is_spelled: bool = field(init=False)  # some of it was typed as letters
    is_bare: bool = field(init=False)  # nothing but initials

    def __post_init__(self) -> None:
        signs = tuple(sign for word in self.words for sign in word.signs)
        sounds = [sign.sound or sign.text for sign in signs]
        for name, value in (
            ("whole", self.words[0] if len(self.words) == 1 else Row(signs)),
            ("signs", signs),
            ("text", "".join(sign.text for sign in signs)),
            ("folded", "".join(sounds).translate(FOLDED)),
            ("letters", "".join(SPELLING.get(sound, sound) for sound in sounds)),
            ("is_spelled", any(sign.is_spelled for sign in signs)),
            ("is_bare", all(sign.text in BARE_INITIALS for sign in signs)),
        ):
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, in all the ways in which it can be understood, likely ones first."""

    key: str
    forms: tuple[Form, ...]
    english: tuple[str, ...]  # words of letters and digits, where there is nothing else
    wishes: tuple[tuple[str, ...], ...]  # several in one line, each with its second try

    @property
    def keys(self) -> tuple[str, ...]:
        """The texts of the forms, each once."""
        return tuple(dict.fromkeys(form.text for form in self.forms))

    @property
    def plain_forms(self) -> tuple[Form, ...]:
        """The likeliest cut of what was typed, with padding and without."""
        by_weight = {form.weight: form for form in reversed(self.forms)}
        return tuple(by_weight[weight] for weight in sorted(by_weight, reverse=True))


def parse(typed: str, lexicon: Lexicon) -> Query:
    """Understand a query; nothing that can be typed is an error."""
    marked = typed[:TYPED_MAX].translate(_AND_SIGNS)
    key = normalise(marked, lexicon.simplified)[:SIGNS_MAX].strip(" " + BARRIER)
    stripped = _without_padding(key)
    forms = [*_forms(stripped, lexicon, _STRIPPED_WEIGHT)] if stripped != key else []
    return Query(
        key=key,
        forms=(*_forms(key, lexicon, 1.0), *forms),
        english=_english(key),
        wishes=_wishes(stripped),
    )


def _english(key: str) -> tuple[str, ...]:
    """The words that say something, and the last one, which may be unfinished."""
    words = re.split(r"[| ]", key) if key.isascii() and key else []
    return tuple(w for n, w in enumerate(words, 1) if n == len(words) or w not in _EMPTY_WORDS)


def _without_padding(key: str) -> str:
    """The query without polite beginnings and questioning ends, if something is left."""
    shorter = _ANYWHERE.sub("", _TRAILING.sub("", _LEADING.sub("", key))).strip(" " + BARRIER)
    return shorter if len(shorter) > 1 else key


def _wishes(key: str) -> tuple[tuple[str, ...], ...]:
    """The wishes of a line like 医保和社保查询, each with a second try: 医保查询, 医保."""
    parts = [part.strip(" " + BARRIER) for part in _AND.split(key)]
    if not 1 < len(parts) <= _WISHES_MAX:
        return ()
    if not all(_WISH_MIN <= len(part) <= _WISH_MAX for part in parts):
        return ()  # a story, in which a sign of these is part of a word
    *before, last = parts
    deed = last[-2:] if len(last) > 3 else ""
    return (*((part + deed, part) if deed else (part,) for part in before), (last,))


def _forms(key: str, lexicon: Lexicon, weight: float) -> Iterator[Form]:
    words = [_joined(words) for words in (chunk.split(" ") for chunk in key.split(BARRIER))]
    flat = tuple(itertools.chain.from_iterable(words))
    readings = itertools.product(*(_readings(word, lexicon) for word in flat if word))
    for reading in itertools.islice(readings, CUTS_MAX):
        if reading:
            yield Form(tuple(map(Row, reading)), weight)


def _joined(words: list[str]) -> list[str]:
    """Words that were typed sign by sign with spaces (社 保 卡) are one word."""
    if len(words) > 1 and any(len(word) == 1 for word in words):
        return ["".join(words)]
    return words


def _readings(word: str, lexicon: Lexicon) -> list[tuple[Sign, ...]]:
    """The ways to read one word."""
    pieces = [
        [_spelled(cut) for cut in cuts_of(piece)]
        if is_latin(piece)
        else [(_character(piece, lexicon),)]
        for piece in _PIECE.findall(word)
    ]
    combined = itertools.islice(itertools.product(*pieces), CUTS_MAX)
    return [tuple(itertools.chain.from_iterable(signs)) for signs in combined]


def _character(sign: str, lexicon: Lexicon) -> Sign:
    sound = lexicon.sounds.get(sign, sign)
    return Sign(sign, sound, sound.translate(INITIALS))


def _spelled(cut: Cut) -> tuple[Sign, ...]:
    """The last piece, and an initial anywhere, may be the beginning of a syllable."""
    return tuple(
        Sign(
            text=letters,
            sound=SOUND.get(letters, ""),
            initial=initial_class(letters[0]),
            is_spelled=True,
            is_open=n == len(cut) or letters in BARE_INITIALS,
        )
        for n, letters in enumerate(cut, 1)
    )
