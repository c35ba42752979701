"""One name of the catalog, with everything about it that a comparison needs.

Knows the strings that run in parallel with a name. Does not know queries.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from db.phonetic import BARRIER, FOLDED, INITIALS, LETTERS

INDEX_VERSION = 3
"""Raised when tables, tokens or sounds of the index change; `meta` keeps its decimal digits."""

TITLE, SERVICE, ALIAS, CATEGORY, GROUP, EXPRESSION = "t", "s", "a", "c", "g", "x"
"""A service's plain and official name, its everyday words, names of several services at once (a
life event is found like a category), and words of the general lexicon."""

GAPS = BARRIER + " "
"""The signs of a key that are not typed."""


@dataclass(slots=True)
class Unit:
    """A name and, for Chinese, its sounds sign by sign.

    Hundreds are read for a keystroke, so what only some comparisons need is made when one needs it.
    """

    uid: int
    kind: str
    key: str
    sy: str
    pop: int
    text: str
    services: tuple[str, ...]  # that it leads to, best first
    initials: str = field(init=False)
    squeezed: str = field(init=False)  # the key without gaps
    _folded: str | None = field(init=False, default=None)
    _letters: str | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.initials = self.sy.translate(INITIALS)
        self.squeezed = _without_gaps(self.key)

    @property
    def folded(self) -> str:
        """Folded sounds without gaps."""
        if self._folded is None:
            self._folded = _without_gaps(self.sy).translate(FOLDED)
        return self._folded

    @property
    def letters(self) -> str:
        """The whole name as it is spelled."""
        if self._letters is None:
            self._letters = _without_gaps(self.sy).translate(LETTERS)
        return self._letters

    @property
    def is_english(self) -> bool:
        """Found by its words, not by sounds."""
        return not self.sy


def _without_gaps(signs: str) -> str:
    return signs.replace(BARRIER, "").replace(" ", "")
