"""What a search found, as values that a screen can show.

Knows sections, marks and the letters that still lead somewhere. Does not know how the search
works (`kiosk.search`).
"""

from __future__ import annotations

from kiosk.core.value import Value


class Hit(Value, frozen=True):
    """One service that was found."""

    service: str
    title: str
    path: str  # group › category
    icon: str
    marks: tuple[tuple[int, int], ...] = ()  # start and length of matched signs in the title
    heard: str = ""  # the words that were matched, where the title does not show them as typed


class Results(Value, frozen=True):
    """The answer to one query."""

    query: str
    literal: tuple[Hit, ...] = ()
    perhaps: tuple[Hit, ...] = ()  # by sound, typo or dialect: "is it this?"
    groups: tuple[str, ...] = ()  # groups that hold most of the hits, best first
    chips: tuple[str, ...] = ()  # words of the catalog that begin like this
    letters: frozenset[str] = frozenset()  # letters that lead to more hits
    confident: bool = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All hits, literal ones first."""
        return self.literal + self.perhaps
