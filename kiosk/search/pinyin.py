"""Cuts typed letters into syllables, unfinished syllables and initials.

Knows the syllables. Does not know any name: `xian` may be 县 or 西安, so the cheapest few cuts are
all given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from db.phonetic import SOUND

Cut: TypeAlias = tuple[str, ...]
_Cuts: TypeAlias = list[list[tuple[float, Cut]]]

CUTS_MAX = 4
_SYLLABLE, _UNFINISHED, _INITIAL, _SPLIT, _IMPOSSIBLE = 0.4, 0.6, 1.0, 1.15, 3.0
_SPAN = 0.61  # cuts that cost so much more than the best are not what was meant
_LONGEST = max(map(len, SOUND))
_DIGRAPHS = frozenset({"zh", "ch", "sh"})
INITIALS = _DIGRAPHS | {syllable[0] for syllable in SOUND}
_BEGINNINGS = frozenset(syllable[:end] for syllable in SOUND for end in range(1, len(syllable)))


def cuts_of(letters: str) -> list[Cut]:
    """The likely cuts, best first; every one joins up to the letters again."""
    return _finished(_begun(letters[:-1]), letters)


def cut_anew_by(letters: str, following: Iterable[str]) -> set[str]:
    """Which of the letters that may follow change the cuts of those before.

    `she` is 社, but `sher` may be 生儿: what follows 社 then says nothing of it.
    """
    before = set(cuts_of(letters)) if letters else {()}
    begun = _begun(letters)
    return {
        letter
        for letter in following
        if not all(
            cut[:-1] in before or (*cut[:-1], cut[-1][:-1]) in before
            for cut in _finished(begun, letters + letter)
        )
    }


def _begun(letters: str) -> _Cuts:
    """For every number of letters the best cuts of so many, where more letters follow."""
    best: _Cuts = [[(0.0, ())]]
    for end in range(1, len(letters) + 1):
        best.append(_best(best, letters[:end], is_last=False))
    return best


def _finished(begun: _Cuts, letters: str) -> list[Cut]:
    """The likely cuts of all letters, from those of all but the last."""
    best = _best(begun, letters, is_last=True)
    cuts = [cut for cost, cut in best if cost <= best[0][0] + _SPAN]
    if _is_abbreviated(letters, cuts[0]) and (bare := tuple(letters)) not in cuts:
        cuts = [*cuts[: CUTS_MAX - 1], bare]
    return cuts


def _best(begun: _Cuts, letters: str, is_last: bool) -> list[tuple[float, Cut]]:
    """The best cuts whose last piece ends with the letters."""
    options = [
        (cost + price, (*cut, *signs))
        for start in range(max(0, len(letters) - _LONGEST), len(letters))
        for price, signs in _pieces(letters[start:], is_last)
        for cost, cut in begun[start]
    ]
    return sorted(options)[:CUTS_MAX]


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
