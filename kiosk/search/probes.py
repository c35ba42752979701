"""The questions that a query puts to the full text index, cheap and certain ones first.

Knows the tokens of the index and the notation of FTS5. Does not know how often anything occurs,
and asks nothing itself. Tokens are letters, digits and characters, never FTS5's own signs.

Every question names its rows without an order, so that FTS5 hands them out as it finds them, the
most used first, and stops at the limit. A prefix query (`x*`) cannot do that: it merges all its
lists before the first row. So an unfinished syllable is written out as the syllables it may become.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from db.phonetic import (
    INITIALS_MAX,
    SYLLABLES,
    character_tokens,
    fold,
    is_latin,
    sound_token,
)
from kiosk.search.pinyin import INITIALS as BARE_INITIALS
from kiosk.search.query import Form, Query, Sign

Word: TypeAlias = tuple[Sign, ...]

_ENDINGS_MAX = 24  # ways to end an unfinished syllable; with more, only the initial is asked for
_GAPS_MAX = 12  # signs of a query in which places are left out
_ENGLISH_MIN = 2  # letters, where they may begin a syllable


@dataclass(frozen=True, slots=True)
class Probe:
    """One question and how many answers are enough."""

    match: str
    limit: int


def direct(query: Query, language: str) -> list[Probe]:
    """What was typed, as it was typed: words, characters, sounds or initials."""
    least = _ENGLISH_MIN if language != "en" else 1
    forms = query.forms
    characters = [form for form in forms if not form.is_spelled]
    asked = [
        (english(query.english, least), 80),
        (_any(_anchored(_characters(form.signs)) for form in characters), 40),
        (_any(_all(_quoted(_characters(word)) for word in form.words) for form in characters), 80),
        (_any(_beginning(form.signs) for form in forms), 40),
        (sounding(query), 100),
    ]
    return [Probe(match, limit) for match, limit in asked if match]


def leads_on(query: Query) -> str:
    """Whether anything at all answers a query as it was typed."""
    return _any([english(query.english, 1), sounding(query)])


def sounding(query: Query) -> str:
    """The words of a query by sounds, or where those are not all known by initials."""
    return _any(_all(map(_sounding, form.words)) for form in query.forms)


def english(words: Sequence[str], least: int) -> str:
    """Words of English by their beginnings, where there are enough letters."""
    letters = "".join(words)
    if not letters.isalpha():
        return ""
    if len(letters) < least and letters[0] in BARE_INITIALS:
        return ""
    return _all(f'"e{word}"*' for word in words)


def gapped(form: Form) -> list[Probe]:
    """One sign missing, wrong or too many, at every place."""
    signs = form.signs
    if not 3 <= len(signs) <= _GAPS_MAX:
        return []
    left_out = _any(_around(signs, n, n + 1) for n in range(len(signs)))
    parted = _any(_around(signs, n, n) for n in range(1, len(signs)))
    return [Probe(match, 60) for match in (left_out, parted) if match]


def pairs(form: Form) -> list[str]:
    """Every two neighbours of a query, to be counted together."""
    found = []
    for two in itertools.pairwise(form.signs):
        sounds = _sounds(two)
        found.append(_any(map(_quoted, sounds)) if sounds else _initials(two))
    return [match for match in dict.fromkeys(found) if match]


def scattered(form: Form) -> str:
    """All signs of a query in any order."""
    return _all(_sounding((sign,)) for sign in dict.fromkeys(form.signs))


def _around(signs: Word, left: int, right: int) -> str:
    """What is left of a place and what is right of it, both."""
    return _all(_sounding(part) for part in (signs[:left], signs[right:]) if part)


def _characters(word: Word) -> list[str]:
    return character_tokens("".join(sign.text for sign in word))


def _sounds(word: Word) -> list[list[str]]:
    """The rows of sound tokens a word may be; none where a sign inside of it is unfinished."""
    if (
        not word
        or any(sign.is_open for sign in word[:-1])
        or not all(sign.sound for sign in word[:-1])
    ):
        return []
    inner = [sound_token(sign.sound) for sign in word[:-1]]
    endings = _endings(word[-1])
    return [[*inner, ending] for ending in endings] if len(endings) <= _ENDINGS_MAX else []


def _endings(sign: Sign) -> list[str]:
    """The sound tokens that a last sign may be."""
    if not sign.is_open:
        return [sound_token(sign.sound or sign.text)]
    grown = {"s" + fold(syllable) for syllable in SYLLABLES if syllable.startswith(sign.text)}
    return sorted(grown | {"s" + sign.text})


def _sounding(word: Word) -> str:
    """A word by its sounds, or where they are not all known by its initials."""
    rows = _sounds(word)
    return _any(map(_quoted, rows)) if rows else _initials(word)


def _beginning(word: Word) -> str:
    """The same at the beginning of a name."""
    rows = _sounds(word)
    return _any(map(_anchored, rows)) if rows else _initials(word, "0")


def _initials(word: Word, mark: str = "") -> str:
    """A word by its initials; `mark` 0 asks for the beginning of a name."""
    initials = "".join(sign.initial for sign in word)[:INITIALS_MAX]
    if len(initials) > 2:
        return f'"{mark}i{initials}"*'
    return f'"{mark}{len(initials)}{initials}"' if initials else ""


def _quoted(tokens: Iterable[str]) -> str:
    row = " ".join(tokens)
    return f'"{row}"' if row else ""


def _anchored(tokens: Iterable[str]) -> str:
    row = _quoted(tokens)
    return "^" + row if row else ""


def _any(matches: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(f"({match})" for match in matches if match))


def _all(matches: Iterable[str]) -> str:
    parts = list(matches)
    return " AND ".join(f"({match})" for match in parts) if parts and all(parts) else ""
