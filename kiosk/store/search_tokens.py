"""How sounds that stand side by side are written in the full text index, and asked for there.

Knows the tokens of two sounds. Does not know tables, nor how a query is cut.

A row of sounds could be a phrase of single sounds, but some sounds are in every second name, and
FTS5 then reads through half of the catalog. Two of them together are rare, so a row of n sounds is
a phrase of n - 1 pairs.
"""

from __future__ import annotations

import itertools

from db.phonetic import BARRIER, FOLDED, fold_token

_MARK = "p"
_WALL = "x"


def pair_tokens(sounds: str) -> list[str]:
    """At every place but the last the folded sound there and the next one, marked `p`.

    A pair with a barrier keeps its place and is no pair: rows do not reach across it.
    """
    return [_token(pair) for pair in _pairs(sounds.translate(FOLDED).replace(" ", ""))]


def row_tokens(folded: str) -> list[str]:
    """The phrase that asks for folded sounds side by side."""
    return [_token(pair) for pair in _pairs(folded)] or [fold_token(one) for one in folded]


def _pairs(folded: str) -> list[str]:
    return list(map("".join, itertools.pairwise(folded)))


def _token(pair: str) -> str:
    return _WALL if BARRIER in pair else _MARK + pair
