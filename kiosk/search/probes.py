"""The questions that a query puts to the full text index, cheap and certain ones first.

Knows the tokens of the index, the notation of FTS5 and which sounds stand side by side in the
catalog at all. Asks nothing itself. Tokens are letters, digits and characters, never FTS5's signs.

Every question names its rows without an order, so that FTS5 hands them out as it finds them, the
most used first, and stops at the limit. A prefix query (`x*`) cannot do that: it merges all its
lists before the first row. So an unfinished syllable is written out as the syllables it may become
after the one before it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.phonetic import (
    FOLDED,
    INITIALS_MAX,
    beginning_with,
    character_tokens,
)
from kiosk.search.pinyin import INITIALS as _BARE
from kiosk.search.query import Form, Query, Row, Sign
from kiosk.store.search_tokens import row_tokens

_ENDINGS_MAX = 24  # ways to end an unfinished syllable; with more, only the initial is asked for
GAPS_MAX = 7  # signs of a query in which places are left out; more have telling neighbours
_NEIGHBOURS_MAX = 9
_ENGLISH_MIN = 2  # letters, where they may begin a syllable


@dataclass(frozen=True, slots=True)
class Probe:
    """One question and how many answers are enough."""

    match: str
    limit: int
    is_literal: bool = False  # by characters


@dataclass(frozen=True, slots=True)
class Prober:
    """Makes the questions for one catalog."""

    pairs: Mapping[str, int]  # two folded sounds side by side → in how many names

    def direct(self, query: Query, language: str) -> list[Probe]:
        """What was typed, as it was typed: words, characters, sounds or initials."""
        signs = [form for form in query.forms if not form.is_spelled]
        characters = _any(_all(_row(_characters(word)) for word in form.words) for form in signs)
        asked = [
            Probe(_english(query.english, 1 if language == "en" else _ENGLISH_MIN), 60),
            Probe(characters, 60, is_literal=True),
            Probe(self._sounds(query), 80),
        ]
        return [probe for probe in asked if probe.match]

    def beginnings(self, query: Query) -> tuple[list[str], list[str], str]:
        """How names may begin: keys, sounds, and a question for those of bare initials."""
        keys = [form.whole for form in query.forms if not form.is_spelled]
        spoken = ["".join(_known_sounds(form.whole)) for form in _likely(query.forms)]
        bare = [form.whole for form in query.forms if _is_bare_at_first(form.whole)]
        return (
            ["".join(sign.text for sign in row.signs) for row in keys],
            [sounds for sounds in spoken if len(sounds) > 1],
            _any(_initials(row, "0") for row in bare),
        )

    def leads_on(self, query: Query) -> str:
        """Whether anything at all answers a query as it was typed."""
        return _any([_english(query.english, 1), self._sounds(query)])

    def gapped(self, form: Form) -> list[Probe]:
        """One sign missing, wrong or too many, at every place."""
        signs = form.signs
        if not 3 <= len(signs) <= GAPS_MAX:
            return []
        left_out = _any(self._around(signs, n, n + 1) for n in range(len(signs)))
        parted = _any(self._around(signs, n, n) for n in range(1, len(signs)))
        swapped = _any(map(self._sounding, _swapped(signs))) if not form.is_spelled else ""
        return [Probe(match, 60) for match in (left_out, parted, swapped) if match]

    def neighbours(self, form: Form) -> list[str]:
        """Two signs side by side, the rarest of all such pairs, to be counted together."""
        pairs = sorted(map(Row, itertools.pairwise(form.signs)), key=self._frequency)
        matches = dict.fromkeys(map(self._sounding, pairs))
        return [match for match in matches if match][:_NEIGHBOURS_MAX]

    def scattered(self, form: Form) -> str:
        """All signs of a query in any order."""
        return _all(self._sounding(Row((sign,))) for sign in dict.fromkeys(form.signs))

    def _frequency(self, pair: Row) -> int:
        sounds = "".join(sign.sound or sign.text for sign in pair.signs).translate(FOLDED)
        return self.pairs.get(sounds, 0)

    def _sounds(self, query: Query) -> str:
        """The words of a query by sounds, or where those are not all known by initials."""
        return _any(_all(map(self._sounding, form.words)) for form in _likely(query.forms))

    def _around(self, signs: tuple[Sign, ...], left: int, right: int) -> str:
        """What is left of a place and what is right of it, both."""
        parts = (signs[:left], signs[right:])
        return _all(self._sounding(Row(part)) for part in parts if part)

    def _sounding(self, row: Row) -> str:
        """A row by its sounds; empty where nothing in the catalog sounds so."""
        *before, last = row.signs
        inner = "".join(sign.sound for sign in before).translate(FOLDED)
        endings = _endings(last)
        if any(sign.is_open or not sign.sound for sign in before) or (
            not before and last.text in _BARE
        ):
            return _initials(row)
        if inner:
            if not all(pair in self.pairs for pair in map("".join, itertools.pairwise(inner))):
                return ""
            endings = [ending for ending in endings if inner[-1] + ending in self.pairs]
        if len(endings) > _ENDINGS_MAX:
            return _initials(row)
        return _any(_row(row_tokens(inner + ending)) for ending in endings)


def _likely(forms: Sequence[Form]) -> list[Form]:
    """Without those that end in a bare initial, where another ends in a whole syllable.

    After `zheng` hardly anybody means `zhen` and the beginning of another word.
    """
    whole = [form for form in forms if form.signs[-1].sound]
    return [form for form in forms if not whole or form.is_bare or form.signs[-1].text not in _BARE]


def _swapped(signs: tuple[Sign, ...]) -> Iterator[Row]:
    """Every way to put two neighbours in the other order."""
    for n in range(len(signs) - 1):
        yield Row((*signs[:n], signs[n + 1], signs[n], *signs[n + 2 :]))


def _known_sounds(row: Row) -> Iterator[str]:
    """The sounds up to the first sign that is not a whole syllable for certain."""
    for sign in row.signs:
        if not sign.sound or (sign.is_spelled and sign.is_open):
            return
        yield sign.sound


def _is_bare_at_first(row: Row) -> bool:
    return len(row.signs) > 1 and row.signs[0].text in _BARE


def _endings(sign: Sign) -> list[str]:
    """The folded sounds that a last sign may be."""
    if not sign.is_open:
        return [(sign.sound or sign.text).translate(FOLDED)]
    itself = {sign.text} if len(sign.text) == 1 else set[str]()  # a letter in a name, as in ETC
    return sorted(beginning_with(sign.text) | itself)


def _english(words: Sequence[str], least: int) -> str:
    """Words of English by their beginnings, where there are enough letters."""
    letters = "".join(words)
    if not letters.isalpha() or (len(letters) < least and letters[0] in _BARE):
        return ""
    return _all(f'"e{word}"*' for word in words)


def _characters(row: Row) -> list[str]:
    return character_tokens("".join(sign.text for sign in row.signs))


def _initials(row: Row, mark: str = "") -> str:
    """A row by its initials; `mark` 0 asks for the beginning of a name."""
    initials = row.initials[:INITIALS_MAX]
    if len(initials) > 2:
        return f'"{mark}i{initials}"*'
    return f'"{mark}{len(initials)}{initials}"'


def _row(tokens: Iterable[str]) -> str:
    return f'"{" ".join(tokens)}"'


def _any(matches: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(f"({match})" for match in matches if match))


def _all(matches: Iterable[str]) -> str:
    parts = list(matches)
    return " AND ".join(f"({match})" for match in parts) if parts and all(parts) else ""
