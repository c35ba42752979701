"""Cuts typed letters into syllables, unfinished syllables and initials.

Knows the syllables. Does not know any name: `xian` may be 县 or 西安, so the cheapest few cuts are
all given.
"""

from __future__ import annotations

import heapq
from typing import TypeAlias

from db.phonetic import SOUND

Cut: TypeAlias = tuple[str, ...]

CUTS_MAX = 4
_SYLLABLE, _UNFINISHED, _INITIAL, _SPLIT, _IMPOSSIBLE = 0.4, 0.6, 1.0, 1.15, 3.0
_SPAN = 0.61  # cuts that cost so much more than the best are not what was meant
_LONGEST = max(map(len, SOUND))
_DIGRAPHS = frozenset({"zh", "ch", "sh"})
INITIALS = _DIGRAPHS | {syllable[0] for syllable in SOUND}
_BEGINNINGS = frozenset(syllable[:end] for syllable in SOUND for end in range(1, len(syllable)))


def cuts_of(letters: str) -> list[Cut]:
    """The likely cuts, best first; every one joins up to the letters again."""
    best: list[list[tuple[float, Cut]]] = [[(0.0, ())]]
    for end in range(1, len(letters) + 1):
        options = [
            (cost + price, (*cut, *signs))
            for start in range(max(0, end - _LONGEST), end)
            for price, signs in _pieces(letters[start:end], is_last=end == len(letters))
            for cost, cut in best[start]
        ]
        best.append(heapq.nsmallest(CUTS_MAX, options))
    cheapest = best[-1][0][0]
    cuts = [cut for cost, cut in best[-1] if cost <= cheapest + _SPAN]
    if _is_abbreviated(letters, cuts[0]) and (bare := tuple(letters)) not in cuts:
        cuts = [*cuts[: CUTS_MAX - 1], bare]
    return cuts


def _is_abbreviated(letters: str, cut: Cut) -> bool:
    """Whether it may be nothing but initials: those of 幼儿园 look like `ye y`."""
    bare = sum(piece in INITIALS for piece in cut)
    return bare > 1 and all(letter in INITIALS for letter in letters)


def _pieces(letters: str, is_last: bool) -> list[tuple[float, Cut]]:
    """What a few letters can be by themselves, with the price of each."""
    if letters in SOUND:
        return [(_SYLLABLE, (letters,))]
    found: list[tuple[float, Cut]] = []
    if is_last and letters in _BEGINNINGS:
        found.append((_UNFINISHED, (letters,)))
    elif letters in INITIALS:
        found.append((_INITIAL, (letters,)))
    if letters in _DIGRAPHS:
        found.append((_SPLIT, (letters[0], letters[1])))
    if not found and len(letters) == 1:
        found.append((_IMPOSSIBLE, (letters,)))
    return found
