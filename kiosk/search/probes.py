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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.phonetic import (
    FOLDED,
    INITIALS_MAX,
    beginning_with,
    character_tokens,
    fold_token,
)
from kiosk.search.pinyin import INITIALS as BARE_INITIALS
from kiosk.search.query import Form, Query, Row, Sign

_ENDINGS_MAX = 24  # ways to end an unfinished syllable; with more, only the initial is asked for
_GAPS_MAX = 7  # signs of a query in which places are left out; more have telling neighbours
_NEIGHBOURS_MAX = 16
_ENGLISH_MIN = 2  # letters, where they may begin a syllable


@dataclass(frozen=True, slots=True)
class Probe:
    """One question and how many answers are enough."""

    match: str
    limit: int
    at_start: str = ""  # the same for names that begin so, to be asked where there are too many


@dataclass(frozen=True, slots=True)
class Prober:
    """Makes the questions for one catalog."""

    pairs: Mapping[str, int]  # two folded sounds side by side → in how many names

    def direct(self, query: Query, language: str) -> list[Probe]:
        """What was typed, as it was typed: words, characters, sounds or initials."""
        forms = query.forms
        signs = [form for form in forms if not form.is_spelled]
        asked = [
            (_english(query.english, 1 if language == "en" else _ENGLISH_MIN), "", 60),
            (
                _any(_all(_row(_characters(word)) for word in form.words) for form in signs),
                _any(_anchored(_characters(form.whole)) for form in signs),
                60,
            ),
            (
                self._sounds(query),
                _any(self._sounding(form.whole, at_start=True) for form in forms),
                80,
            ),
        ]
        return [Probe(match, limit, at_start) for match, at_start, limit in asked if match]

    def leads_on(self, query: Query) -> str:
        """Whether anything at all answers a query as it was typed."""
        return _any([_english(query.english, 1), self._sounds(query)])

    def gapped(self, form: Form) -> list[Probe]:
        """One sign missing, wrong or too many, at every place."""
        signs = form.signs
        if not 3 <= len(signs) <= _GAPS_MAX:
            return []
        left_out = _any(self._around(signs, n, n + 1) for n in range(len(signs)))
        parted = _any(self._around(signs, n, n) for n in range(1, len(signs)))
        return [Probe(match, 60) for match in (left_out, parted) if match]

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
        return _any(_all(map(self._sounding, form.words)) for form in query.forms)

    def _around(self, signs: tuple[Sign, ...], left: int, right: int) -> str:
        """What is left of a place and what is right of it, both."""
        parts = (signs[:left], signs[right:])
        return _all(self._sounding(Row(part)) for part in parts if part)

    def _sounding(self, row: Row, at_start: bool = False) -> str:
        """A row by its sounds; empty where nothing in the catalog sounds so."""
        *before, last = row.signs
        inner = "".join(sign.sound for sign in before).translate(FOLDED)
        endings = _endings(last)
        if any(sign.is_open or not sign.sound for sign in before) or (
            not before and last.text in BARE_INITIALS
        ):
            return _initials(row, "0" if at_start else "")
        if inner:
            if not all(pair in self.pairs for pair in map("".join, itertools.pairwise(inner))):
                return ""
            endings = [ending for ending in endings if inner[-1] + ending in self.pairs]
        if len(endings) > _ENDINGS_MAX:
            return _initials(row, "0" if at_start else "")
        quoted = _anchored if at_start else _row
        return _any(quoted(map(fold_token, inner + ending)) for ending in endings)


def _endings(sign: Sign) -> list[str]:
    """The folded sounds that a last sign may be."""
    if not sign.is_open:
        return [(sign.sound or sign.text).translate(FOLDED)]
    itself = {sign.text} if len(sign.text) == 1 else set[str]()  # a letter in a name, as in ETC
    return sorted(beginning_with(sign.text) | itself)


def _english(words: Sequence[str], least: int) -> str:
    """Words of English by their beginnings, where there are enough letters."""
    letters = "".join(words)
    if not letters.isalpha() or (len(letters) < least and letters[0] in BARE_INITIALS):
        return ""
    return _all(f'"e{word}"*' for word in words)


def _characters(row: Row) -> list[str]:
    return character_tokens("".join(sign.text for sign in row.signs))


def _initials(row: Row, mark: str) -> str:
    """A row by its initials; `mark` 0 asks for the beginning of a name."""
    initials = row.initials[:INITIALS_MAX]
    if len(initials) > 2:
        return f'"{mark}i{initials}"*'
    return f'"{mark}{len(initials)}{initials}"'


def _row(tokens: Iterable[str]) -> str:
    return f'"{" ".join(tokens)}"'


def _anchored(tokens: Iterable[str]) -> str:
    return "^" + _row(tokens)


def _any(matches: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(f"({match})" for match in matches if match))


def _all(matches: Iterable[str]) -> str:
    parts = list(matches)
    return " AND ".join(f"({match})" for match in parts) if parts and all(parts) else ""
