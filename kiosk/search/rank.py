"""From names that fit to services in order: literal ones first, the general before the special.

Knows what a kind of name is worth, what is close enough to be shown, and that one category must not
fill the screen. Does not know words, marks or the index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from kiosk.search.match import Match
from kiosk.search.meaning import Meant
from kiosk.store.search_unit import ALIAS, CATEGORY, EXPRESSION, GROUP, SERVICE, TITLE, Unit

CONFIDENT = 450.0
"""Nonsense reaches 263 in the middle and 359 in one of ten; what was meant, hardly ever less."""

MEANT = 700.0
"""What a service must reach to be the answer to what was said, in other words."""
_MEANT_MAX = 840.0

_KEPT = 120  # services of one way to find them; nobody turns so many pages

_Order: TypeAlias = tuple[int, float, int, int, str]

_WORTH = {TITLE: 1.0, SERVICE: 1.0, ALIAS: 0.8, EXPRESSION: 0.8, CATEGORY: 0.72, GROUP: 0.6}
_LIKELY = 2
_BY_SOUND = 0.92
_CHANCE = 0.5
_LATER = 2.0  # a place further down in the list of an everyday word
_POP = 0.1
_SHOWN = 45.0  # it stands in the title that the citizen sees
_PERHAPS_MIN = 240.0
_PERHAPS_SHARE = 0.5  # of the best of its section
_PERHAPS_FEW, _PERHAPS_MANY = 5, 20  # beside many literal hits, and beside none
_LITERAL_MANY = 5
_SCREEN = 10
_CATEGORY_MAX = 4  # of the first screen


class Found(NamedTuple):
    """A service, the name by which it was found and how well that fits."""

    service: str
    match: Match
    order: _Order
    """By tier, then the better, then the more general, then the more used."""
    unit: Unit | None = None  # None where it was found by what it is about

    @property
    def tier(self) -> int:
        """0: literally there. 1: all of it is meant in other words. 2: it may be meant."""
        return self.order[0]

    @property
    def score(self) -> float:
        """What the match is worth."""
        return -self.order[1]

    @property
    def is_certain(self) -> bool:
        """It is there, in these words or others."""
        return self.order[0] < _LIKELY

    def less(self, factor: float) -> Found:
        """The same, worth less."""
        tier, loss, size, use, service = self.order
        return self._replace(order=(tier, loss * factor, size, use, service))


def services_of(matches: Iterable[tuple[Unit, Match]]) -> list[Found]:
    """Every service once, by the name that fits best, in order."""
    best: dict[str, tuple[_Order, Unit, Match]] = {}
    for unit, match in matches:
        if match.form is not None and unit.kind in (CATEGORY, GROUP):
            continue  # resembling the name of many services says nothing of any
        shown = _SHOWN if unit.kind == TITLE and match.is_literal else 0.0
        worth = _WORTH[unit.kind]
        if unit.kind == EXPRESSION and not match.is_literal:
            worth = _CHANCE  # of so many expressions some are always like what was typed
        score = match.score * worth + _POP * unit.pop + shown
        tier, size = _tier(match, unit, score), len(unit.key)
        for rank, service in enumerate(unit.services):
            order = (tier, _LATER * rank - score, size, -unit.pop, service)
            known = best.get(service)
            if known is None or order < known[0]:
                best[service] = (order, unit, match)
    found = sorted(best.values(), key=itemgetter(0))[:_KEPT]
    return [Found(order[4], match, order, unit) for order, unit, match in found]


def _tier(match: Match, unit: Unit, score: float) -> int:
    if match.is_literal and unit.kind != EXPRESSION:
        return 0
    return 1 if match.is_literal and score >= MEANT else _LIKELY


def meant(service: str, answer: Meant) -> Found:
    """A service that is about what was said."""
    score = _MEANT_MAX * answer.share * (1.0 if answer.is_exact else _BY_SOUND)
    tier = 1 if score >= MEANT else _LIKELY
    match = Match(0.0, is_literal=False, meant=answer.words)
    return Found(service, match, (tier, -score, 0, answer.number, service))


def merged(parts: Iterable[Iterable[Found]]) -> list[Found]:
    """Every service once, as it was found best."""
    best: dict[str, Found] = {}
    for part in parts:
        for found in part:
            if found.service not in best or found.order < best[found.service].order:
                best[found.service] = found
    return sorted(best.values(), key=lambda found: found.order)


def sections(found: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """What was asked for, in these words or others; and what may be meant, if close enough."""
    literal = [one for one in found if one.is_certain]
    others = [one for one in found if not one.is_certain]
    least = max(_PERHAPS_MIN, _PERHAPS_SHARE * others[0].score) if others else 0.0
    if len(literal) >= _LITERAL_MANY:
        least = CONFIDENT
    room = max(_PERHAPS_FEW, _PERHAPS_MANY - len(literal))
    return literal, [one for one in others if one.score >= least][:room]


def spread(
    parts: Iterable[Sequence[Found]], category_of: Callable[[str], str]
) -> list[list[Found]]:
    """The same sections with at most four of a category on the first screen.

    A section never gives up a place to the next one, so there may be more where a section holds
    nothing else.
    """
    seen: Counter[str] = Counter()
    on_screen = 0
    spread_parts: list[list[Found]] = []
    for part in parts:
        first: list[Found] = []
        later: list[Found] = []
        for place, one in enumerate(part):
            if on_screen >= _SCREEN:
                later += part[place:]
                break
            category = category_of(one.service)
            fits = seen[category] < _CATEGORY_MAX
            (first if fits else later).append(one)
            seen[category] += fits
            on_screen += fits
        on_screen += len(later)
        if on_screen < _SCREEN:
            seen.update(category_of(one.service) for one in later)
        spread_parts.append(first + later)
    return spread_parts


def interleaved(parts: Sequence[Sequence[Found]]) -> list[Found]:
    """The answers to several wishes in turn, every service once."""
    longest = max(map(len, parts), default=0)
    turns = (part[n] for n in range(longest) for part in parts if n < len(part))
    return list({one.service: one for one in reversed(list(turns))}.values())[::-1]
