"""Reads characters that were written side by side together: what they may be, what stands together.

Knows costs of candidates and how often signs are neighbours in names. Does not know ink.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

_KEPT = 144  # beginnings that are looked at further: every pair of twelve candidates each
_UNSEEN = 0.005  # times that a pair counts which stands in no name
_PRIOR = 0.5  # how much it says that a character is frequent, where no other stands before it


class Candidate(NamedTuple):
    """What a written character may be; costs are negative logarithms, the least is likeliest."""

    character: str
    cost: float


def decode(
    cells: Sequence[Sequence[Candidate]],
    count_of: Callable[[str], int],
    prefix: str = "",
    limit: int = 12,
) -> tuple[str, ...]:
    """Words of one character from each cell that has candidates, the likeliest first.

    Args:
        cells: candidates of what was written, from the left; an empty cell is passed over.
        count_of: how often a character, or two side by side, stand in names.
        prefix: what stands before the first cell.
        limit: words at most.
    """
    words = [("", 0.0)]
    for candidates in (cell for cell in cells if cell):
        longer = [
            (word + sign, cost + more + _cost((prefix + word)[-1:], sign, count_of))
            for word, cost in words
            for sign, more in candidates
        ]
        words = sorted(longer, key=lambda item: (item[1], item[0]))[:_KEPT]
    return tuple(word for word, _ in words[:limit] if word)


def _cost(before: str, sign: str, count_of: Callable[[str], int]) -> float:
    """What it costs that a sign stands after another one."""
    if not (before and count_of(before)):
        return -_PRIOR * math.log(count_of(sign) + 1)
    return -math.log((count_of(before + sign) + _UNSEEN) / count_of(before))
