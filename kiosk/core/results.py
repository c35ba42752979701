"""What a search found, as values that a screen can show.

Knows sections, marks and the letters that still lead somewhere. Does not know how the search
works (`kiosk.search`).
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kiosk.core.value import Value

Kinship: TypeAlias = Literal["situation", "sibling", "related"]


class Hit(Value, frozen=True):
    """One service that was found."""

    service: str
    title: str
    path: str  # group › category
    icon: str
    marks: tuple[tuple[int, int], ...] = ()  # start and length of matched signs in the title
    heard: str = ""  # the words that were matched, where the title does not show them as typed
    typed: str = ""  # what of the query was taken for them: 设保 → 社保; empty for another name


class Relative(Value, frozen=True):
    """A service that stands beside the best hits: a case of one, its neighbour, or linked to it."""

    service: str
    title: str
    icon: str
    kinship: Kinship


class Wish(Value, frozen=True):
    """One of several wishes in one line, and its own answer."""

    words: str
    hits: tuple[Hit, ...]


class Results(Value, frozen=True):
    """The answer to one query."""

    query: str
    literal: tuple[Hit, ...] = ()
    perhaps: tuple[Hit, ...] = ()  # by sound, typo or dialect: "is it this?"
    groups: tuple[str, ...] = ()  # groups that hold most of the hits, best first
    chips: tuple[str, ...] = ()  # words of the catalog that begin like this
    letters: frozenset[str] = frozenset()  # that lead to more hits; none: any may
    confident: bool = False
    wishes: tuple[Wish, ...] = ()  # where several were asked for; their hits are in `literal` too
    relatives: tuple[Relative, ...] = ()  # of the best hits, cases first
    category: str = ""  # that the best hits share
    for_settings: bool = False  # the query is about this machine, and not about a service

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits, literal ones first."""
        return self.literal + self.perhaps
