"""From names that fit to services in order: literal ones first, the general before the special.

Knows what a kind of name is worth, what is close enough to be shown, and that one category must not
fill the screen. Does not know words, marks or the index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kiosk.search.match import Match
from kiosk.store.search_unit import ALIAS, CATEGORY, GROUP, SERVICE, TITLE, Unit

CONFIDENT = 450.0
"""Nonsense reaches 263 in the middle and 359 in one of ten; what was meant, hardly ever less."""

_WORTH = {TITLE: 1.0, SERVICE: 1.0, ALIAS: 0.8, CATEGORY: 0.72, GROUP: 0.6}
_LATER = 2.0  # a place further down in the list of an everyday word
_POP = 0.1
_SHOWN = 45.0  # it stands in the title that the citizen sees
_PERHAPS_MIN = 240.0
_PERHAPS_SHARE = 0.6  # of the best of its section
_PERHAPS_FEW, _PERHAPS_MANY = 5, 20  # beside many literal hits, and beside none
_LITERAL_MANY = 5
_SCREEN = 10
_CATEGORY_MAX = 4  # of the first screen


@dataclass(frozen=True, slots=True)
class Found:
    """A service, the name by which it was found and how well that fits."""

    service: str
    unit: Unit
    match: Match
    score: float

    @property
    def order(self) -> tuple[bool, float, int, int, str]:
        """Literal ones, then the better, then the more general, then the more used."""
        return (
            not self.match.is_literal,
            -self.score,
            len(self.unit.key),
            -self.unit.pop,
            self.service,
        )


def services_of(matches: Iterable[tuple[Unit, Match]]) -> list[Found]:
    """Every service once, by the name that fits best, in order."""
    best: dict[str, Found] = {}
    for unit, match in matches:
        if match.form is not None and unit.kind in (CATEGORY, GROUP):
            continue  # resembling the name of many services says nothing of any
        shown = _SHOWN if unit.kind == TITLE and match.is_literal else 0.0
        for rank, service in enumerate(unit.services):
            score = match.score * _WORTH[unit.kind] - _LATER * rank + _POP * unit.pop + shown
            found = Found(service, unit, match, score)
            if service not in best or found.order < best[service].order:
                best[service] = found
    return sorted(best.values(), key=lambda found: found.order)


def sections(found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """What is literally there, and what may be meant, as far as it is close enough."""
    literal = [one for one in found if one.match.is_literal]
    others = [one for one in found if not one.match.is_literal]
    least = max(_PERHAPS_MIN, _PERHAPS_SHARE * others[0].score) if others else 0.0
    if len(literal) >= _LITERAL_MANY:
        least = CONFIDENT
    room = max(_PERHAPS_FEW, _PERHAPS_MANY - len(literal))
    return literal, [one for one in others if one.score >= least][:room]


def spread(parts: Iterable[Sequence[Found]], category_of: Mapping[str, str]) -> list[list[Found]]:
    """The same sections with at most four of a category on the first screen.

    A section never gives up a place to the next one, so there may be more where a section holds
    nothing else.
    """
    seen: Counter[str] = Counter()
    spread_parts: list[list[Found]] = []
    for part in parts:
        first: list[Found] = []
        later: list[Found] = []
        for one in part:
            fits = seen[category_of[one.service]] < _CATEGORY_MAX and seen.total() < _SCREEN
            (first if fits else later).append(one)
            seen[category_of[one.service]] += fits
        seen.update(category_of[one.service] for one in later)
        spread_parts.append(first + later)
    return spread_parts


def interleaved(parts: Sequence[Sequence[Found]]) -> list[Found]:
    """The answers to several wishes in turn, every service once."""
    longest = max(map(len, parts), default=0)
    turns = (part[n] for n in range(longest) for part in parts if n < len(part))
    return list({one.service: one for one in reversed(list(turns))}.values())[::-1]
