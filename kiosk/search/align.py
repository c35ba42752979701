"""Lays a row of signs over a name and grades how well they fit, place by place.

Knows which letters can stand for which syllable and who mixes up what. Does not know what a grade
is worth in a list of results.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from db.phonetic import FOLDED, SOUND, SPELLING, heard_as
from kiosk.search.query import Row, Sign
from kiosk.store.search_unit import Unit

SAME_SIGN, SAME_SOUND, BEGINNING, INITIAL, SAME_FOLD, FOLD_BEGINNING = (
    1.0,
    0.95,
    0.85,
    0.8,
    0.7,
    0.6,
)
_BARE = frozenset({"zh", "ch", "sh"})


class Alignment(NamedTuple):
    """Where a row of signs lies in a name, and how well it fits: 1 is sign by sign the same."""

    start: int
    length: int
    grade: float
    is_literal: bool


def alignments(row: Row, unit: Unit) -> list[Alignment]:
    """Every place of a name where all signs fit."""
    found: list[Alignment] = []
    start = unit.initials.find(row.initials)
    while start >= 0:
        total, is_literal = 0.0, True
        for n, sign in enumerate(row.signs, start):
            grade, literal = fit(sign, unit.key[n], unit.sy[n])
            if not grade:
                break
            total += grade
            is_literal = is_literal and literal
        else:
            size = len(row.signs)
            found.append(Alignment(start, size, total / size, is_literal))
        start = unit.initials.find(row.initials, start + 1)
    return found


def best_alignment(row: Row, unit: Unit) -> Alignment | None:
    """The best place, the first of equals."""
    found = alignments(row, unit)
    if len(found) < 2:
        return found[0] if found else None
    return max(found, key=lambda one: (one.is_literal, one.grade))


def fit(sign: Sign, character: str, sound: str) -> tuple[float, bool]:
    """How well a sign stands for a character with that sound, and whether literally so."""
    if sign.is_spelled:
        return _fit_letters(sign.text, sign.is_open, sound)
    if sign.text == character:
        return SAME_SIGN, True
    if sign.sound == sound:
        return SAME_SOUND, False
    same_fold = sign.sound.translate(FOLDED) == sound.translate(FOLDED)
    return (SAME_FOLD, False) if same_fold else (0.0, False)


@cache  # letters of syllables × syllables: a few thousand pairs, nothing of a visit in them
def _fit_letters(letters: str, is_open: bool, sound: str) -> tuple[float, bool]:
    spelled = SPELLING.get(sound, sound)
    if letters == spelled or SOUND.get(letters) == sound:
        return SAME_SOUND, True
    if is_open and spelled.startswith(letters):
        is_bare = len(letters) == 1 or letters in _BARE
        return (INITIAL if is_bare else BEGINNING), True
    alike = heard_as(sound)
    if letters in alike:
        return SAME_FOLD, False
    if is_open and any(other.startswith(letters) for other in alike):
        return FOLD_BEGINNING, False
    return 0.0, False
