"""Compares ink with how every character looks on average, in the few numbers that tell them apart.

Knows the trained table (resources/handwriting). Does not know which characters a catalog has, nor
what stands beside what.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from kiosk.core.entry import Ink
from kiosk.search.handwriting.features import Numbers, of_ink
from kiosk.search.handwriting.lattice import Candidate

_COST = 0.13
"""What a squared distance costs, so that costs are as large as the errors that are made."""


class Recogniser:
    """The characters of one table."""

    def __init__(self, table: Path) -> None:
        with np.load(table) as arrays:
            self._middle: Numbers = arrays["middle"].astype(np.float64)
            self._axes: Numbers = arrays["axes"].astype(np.float64)
            self._looks = arrays["looks"]  # half precision; of a catalog's characters in full
            self.characters = "".join(map(chr, arrays["characters"]))
        self._places = {character: n for n, character in enumerate(self.characters)}
        self._among, self._known, self._chosen = "", "", self._looks[:0].astype(np.float64)

    def read(self, ink: Ink, among: str, count: int = 12) -> tuple[Candidate, ...]:
        """What the ink may be, likeliest first; nothing where there is no ink or no choice.

        Args:
            ink: one character.
            among: the characters that come into question; those of one catalog.
            count: candidates at most.
        """
        self._choose(among)
        features = of_ink(ink)
        if features is None or not self._known:
            return ()
        look = (features - self._middle) @ self._axes
        apart = ((self._chosen - look) ** 2).sum(axis=1) * _COST
        best = np.argsort(apart, kind="stable")[: max(count, 0)]
        return tuple(Candidate(self._known[n], float(apart[n])) for n in best)

    def _choose(self, among: str) -> None:
        """Keep ready what is compared; a catalog asks with the same characters every time."""
        if among != self._among:
            self._among = among
            self._known = "".join(sign for sign in dict.fromkeys(among) if sign in self._places)
            chosen = [self._places[sign] for sign in self._known]
            self._chosen = self._looks[chosen].astype(np.float64)
