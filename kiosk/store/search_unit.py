"""One name of the catalog, with everything about it that a comparison needs.

Knows the strings that run in parallel with a name. Does not know queries.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from db.phonetic import BARRIER, FOLDED, INITIALS, LETTERS

INDEX_VERSION = 2
"""Raised when tables, tokens or sounds of the index change; `meta` keeps its decimal digits."""

TITLE, SERVICE, ALIAS, CATEGORY, GROUP, EXPRESSION = "t", "s", "a", "c", "g", "x"
"""A service's plain and official name, its everyday words, names of several services at once (a
life event is found like a category), and words of the general lexicon."""

GAPS = BARRIER + " "
"""The signs of a key that are not typed."""
_WITHOUT_GAPS = str.maketrans(dict.fromkeys(GAPS, ""))


@dataclass(frozen=True, slots=True)
class Unit:
    """A name and, for Chinese, its sounds sign by sign."""

    uid: int
    kind: str
    key: str
    sy: str
    pop: int
    text: str
    services: tuple[str, ...]  # that it leads to, best first
    initials: str = field(init=False)
    squeezed: str = field(init=False)  # the key without gaps
    folded: str = field(init=False)  # folded sounds without gaps
    letters: str = field(init=False)  # the whole name as it is spelled

    def __post_init__(self) -> None:
        sounds = self.sy.translate(_WITHOUT_GAPS)
        for name, value in (
            ("initials", self.sy.translate(INITIALS)),
            ("squeezed", self.key.translate(_WITHOUT_GAPS)),
            ("folded", sounds.translate(FOLDED)),
            ("letters", sounds.translate(LETTERS)),
        ):
            object.__setattr__(self, name, value)

    @property
    def is_english(self) -> bool:
        """Found by its words, not by sounds."""
        return not self.sy
