"""Isolates of bidirectional text (UAX #9): what stands between their signs keeps its own order.

Knows which direction each one has. Does not know lines or fonts.
"""

from __future__ import annotations

import re

ISOLATING, ISOLATED = "\u2066\u2067\u2068", "\u2069"  # from the left, from the right, as it begins
_UNDIRECTED = ISOLATING[2]
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d5\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


def directed(text: str) -> str:
    """The text with each isolate told its direction: right to left where it holds such a letter.

    Left to itself, one that holds nothing but isolates runs from left to right (UAX #9, P2), and
    a day stands on the wrong side of its month.
    """
    if _UNDIRECTED not in text:
        return text
    found: list[str] = list(text)
    begun: list[int] = []
    for at, sign in enumerate(text):
        if sign in ISOLATING:
            begun.append(at)
        elif sign == ISOLATED and begun:
            start = begun.pop()
            if found[start] == _UNDIRECTED:
                found[start] = ISOLATING[bool(_ARABIC.search(text, start, at))]
    return "".join(found)
