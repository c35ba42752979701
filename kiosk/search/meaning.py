"""What a query is about, whatever it calls it: everyday words → concepts → services.

Knows how to cover a query with expressions that the catalog's lexicon has, and what it is worth
that a service answers all, or only some, of what was said. Does not know how signs, sounds or slips
resemble (`match`), nor the lexicon's rules (`kiosk.store.search_meaning`).

身份证 搞丢了 is a thing and a deed: a service whose name has both answers it, one that has only the
thing answers most of it, one that has only the deed answers next to nothing.
"""

from __future__ import annotations

import heapq
import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.phonetic import FOLDED, character_tokens
from kiosk.search.query import Query
from kiosk.store.search_meaning import PADDING, THING
from kiosk.store.search_reader import Expression, SearchReader, Target

_LONGEST = 10  # signs of an expression; words, in English
_SIGNS_MIN, _SIGNS_MAX = 2, 40
_BY_SOUND_MIN, _BY_FOLD_MIN = 2, 3
_COVER_POWER = 1.4  # one long expression says more than two short ones
_BY_SOUND = 0.8
_WORTH = {THING: 1.0, PADDING: 0.9}
_WEAK_WORTH = 0.9
_THING_WEIGHT, _WEAK_WEIGHT = 1.0, 0.5
_LEFT_WEIGHT, _UNKNOWN_WEIGHT = 0.4, 0.06
_FREQUENT_SHARE = 0.35  # of the weight that is left to words in every second name
_LATER = 0.06  # for every target that stands before it
_LATER_MAX = 0.3
_LEFT_LIMIT = 120
_STORY = 0.7  # how much it counts that signs were not understood; people tell stories
_CANDIDATES = 25
_LOOKED_AT = 150  # services for each way to say a thing


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of signs with their sounds, or of English words; either may be missing."""

    tokens: tuple[str, ...]
    sy: str = ""
    between: str = ""  # two tokens
    sounds: str = field(init=False)  # folded

    def __post_init__(self) -> None:
        object.__setattr__(self, "sounds", self.sy.translate(FOLDED))

    @property
    def size(self) -> int:
        """Signs or words."""
        return max(len(self.tokens), len(self.sounds))

    def text(self, start: int, end: int) -> str:
        """A stretch as it was typed."""
        return self.between.join(self.tokens[start:end])

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch does not begin or end within a number or a word of letters."""
        return not (self._is_inside(start) or self._is_inside(end))

    def _is_inside(self, place: int) -> bool:
        pair = self.tokens[place - 1 : place + 1] if place and not self.between else ()
        return len(pair) > 1 and all(sign.isascii() and sign.isalnum() for sign in pair)


@dataclass(frozen=True, slots=True)
class Segment:
    """Signs of a query, from `start` to before `end`, and the expression they were taken for."""

    start: int
    end: int
    expression: Expression
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing, deed or person that was spoken of, and how names say it, the best way first."""

    typed: str
    weight: float
    is_thing: bool
    is_exact: bool
    targets: tuple[Target, ...] = ()

    def grades(self) -> Iterator[tuple[float, Target]]:
        """The ways to say it, each with how well that is it, up to 1."""
        for rank, target in enumerate(self.targets):
            yield 1 - min(_LATER * rank, _LATER_MAX), target

    def words_in(self, number: int) -> tuple[str, ...]:
        """The words for it in the names of a service; none where it is not there."""
        return next((target.words for target in self.targets if number in target), ())

    def candidates(self, count: int) -> set[int]:
        """Services to look at, for every way to say it."""
        return {number for target in self.targets for number in target.first(count)}


@dataclass(frozen=True, slots=True)
class Meant:
    """A service that answers what was said, by how much of it, and in which words."""

    number: int
    share: float
    is_exact: bool
    words: tuple[tuple[str, tuple[str, ...]], ...]  # what was typed → official words


class Understanding:
    """Understands queries about one catalog."""

    def __init__(self, reader: SearchReader) -> None:
        self._reader = reader

    def meant(self, asked: Query) -> list[Meant]:
        """The services that a query is about, the best first."""
        wordings = [one for one in _wordings(asked) if one.size >= _SIGNS_MIN or one.between]
        known = self._known(wordings)
        left: dict[str, Concept] = {}  # most of it is left over in every wording
        best: dict[int, tuple[float, list[Concept]]] = {}
        for wording in wordings:
            concepts, certainty = self._concepts(wording, known, left)
            for number, share in _shares(concepts, certainty):
                if number not in best or share > best[number][0]:
                    best[number] = share, concepts
        first = heapq.nsmallest(_CANDIDATES, ((-best[number][0], number) for number in best))
        return [_meant(number, *best[number]) for _, number in first]

    def _concepts(
        self,
        wording: Wording,
        known: Mapping[str, Sequence[Expression]],
        left: dict[str, Concept],
    ) -> tuple[list[Concept], float]:
        """What a wording speaks of, and how far it is understood; nothing where all is padding.

        What is left over is put beside what was in `left` before.
        """
        segments = cover(wording, known)
        spoken = [one for one in segments if one.expression.kind != PADDING]
        if not spoken:
            return [], 0.0
        targets = self._reader.targets(
            target for one in spoken for target in one.expression.targets
        )
        concepts = [self._concept(wording.text(one.start, one.end), one, targets) for one in spoken]
        runs = _left_over(wording, segments)
        left.update((run, self._left(run)) for run in runs if run not in left)
        concepts += [left[run] for run in runs]
        understood = sum(one.end - one.start for one in segments) / wording.size
        return concepts, understood**_STORY

    def _known(self, wordings: Iterable[Wording]) -> dict[str, list[Expression]]:
        """The expressions in any of these wordings, by their key and by their sounds."""
        keys: set[str] = set()
        folded: set[str] = set()
        for wording in wordings:
            sounds = wording.sounds
            keys.update(wording.text(start, end) for start, end in _spans(len(wording.tokens)))
            folded.update(
                sounds[start:end]
                for start, end in _spans(len(sounds))
                if end - start >= _BY_SOUND_MIN
            )
        known: dict[str, list[Expression]] = {}
        for one in self._reader.expressions(keys, folded) if keys or folded else ():
            known.setdefault(one.key, []).append(one)
            if one.folded in folded:
                known.setdefault(one.folded, []).append(one)
        return known

    def _concept(self, typed: str, segment: Segment, known: Mapping[int, Target]) -> Concept:
        targets = tuple(known[one] for one in segment.expression.targets)
        is_thing = segment.expression.kind == THING
        total = max((target.total for target in targets), default=0)
        weight = (_THING_WEIGHT if is_thing else _WEAK_WEIGHT) * self._rarity(total)
        return Concept(typed, weight, is_thing, segment.is_exact, targets)

    def _left(self, run: str) -> Concept:
        """Words that no expression covers, by the pairs of their signs."""
        sounds = "".join(self._reader.lexicon.sounds.get(sign, sign) for sign in run)
        folded = sounds.translate(FOLDED)
        pairs = [
            run[n : n + 2] for n in range(len(run) - 1) if folded[n : n + 2] in self._reader.pairs
        ]
        question = " OR ".join(f'"{" ".join(character_tokens(pair))}"' for pair in pairs)
        numbers = self._reader.numbers_matching(question, _LEFT_LIMIT) if pairs else []
        if not numbers:
            return Concept(run, _UNKNOWN_WEIGHT * len(run), is_thing=False, is_exact=True)
        target = Target.of(run, numbers)
        weight = _LEFT_WEIGHT * self._rarity(len(numbers))
        return Concept(run, weight, is_thing=True, is_exact=True, targets=(target,))

    def _rarity(self, count: int) -> float:
        """What a word is worth that stands in so many names: 1 down to a third."""
        size = max(self._reader.size, 2)
        rare = math.log((size + 1) / (min(count, size) + 1)) / math.log(size + 1)
        return _FREQUENT_SHARE + (1 - _FREQUENT_SHARE) * rare


def cover(wording: Wording, known: Mapping[str, Sequence[Expression]]) -> list[Segment]:
    """The expressions that cover most of a wording, without overlapping."""
    best: list[tuple[float, tuple[Segment, ...]]] = [(0.0, ())]
    for end in range(1, wording.size + 1):
        options = [best[end - 1]]
        for start in range(max(0, end - _LONGEST), end):
            for segment in _segments(wording, start, end, known):
                worth = _WORTH.get(segment.expression.kind, _WEAK_WORTH)
                value = (end - start) ** _COVER_POWER * worth
                value *= 1.0 if segment.is_exact else _BY_SOUND
                options.append((best[start][0] + value, (*best[start][1], segment)))
        best.append(max(options, key=lambda option: option[0]))
    return list(best[-1][1])


def _segments(
    wording: Wording, start: int, end: int, known: Mapping[str, Sequence[Expression]]
) -> Iterator[Segment]:
    """What a stretch can be taken for: the expression itself, else one that sounds the same."""
    exact = known.get(wording.text(start, end), ()) if wording.tokens else ()
    if exact and not wording.is_whole(start, end):
        return
    for one in exact:
        yield Segment(start, end, one, is_exact=True)
    if not exact and end - start >= _BY_SOUND_MIN and end <= len(wording.sounds):
        for one in known.get(wording.sounds[start:end], ()):
            if end - start < _BY_FOLD_MIN and (wording.tokens or one.sy != wording.sy[start:end]):
                continue  # two syllables sound like too many other things
            yield Segment(start, end, one, is_exact=False)


def _wordings(asked: Query) -> Iterator[Wording]:
    """The rows to look through: English words, the signs as typed, or spelled syllables."""
    if asked.english:
        yield Wording(asked.english[:_SIGNS_MAX], between=" ")
    for form in asked.plain_forms:
        signs = form.signs[:_SIGNS_MAX]
        sounds = "".join(sign.sound or "?" for sign in signs)
        if form.is_spelled and form.text.isascii():
            yield Wording((), sounds)
        else:
            yield Wording(tuple(sign.text for sign in signs), sounds)


def _shares(concepts: Sequence[Concept], certainty: float) -> list[tuple[int, float]]:
    """The services that answer most of what was said; things lead to them, deeds only choose."""
    leading = [one for one in concepts if one.is_thing and one.targets] or concepts
    whole = sum(one.weight for one in concepts)
    shares = dict.fromkeys(set().union(*(one.candidates(_LOOKED_AT) for one in leading)), 0.0)
    for concept in concepts:
        left = set(shares)
        for grade, target in concept.grades():
            answering = target.among(left)
            left -= answering
            for number in answering:
                shares[number] += concept.weight * grade
    best = heapq.nsmallest(
        _CANDIDATES, zip(map(operator.neg, shares.values()), shares, strict=True)
    )
    return [(number, certainty * -loss / whole) for loss, number in best]


def _meant(number: int, share: float, concepts: Sequence[Concept]) -> Meant:
    said = [(one, one.words_in(number)) for one in concepts]
    return Meant(
        number,
        share,
        is_exact=all(one.is_exact for one, words in said if words),
        words=tuple((one.typed, words) for one, words in said if words),
    )


def _left_over(wording: Wording, segments: Sequence[Segment]) -> list[str]:
    """The runs of two and more characters that no segment covers."""
    covered = {n for segment in segments for n in range(segment.start, segment.end)}
    runs: list[str] = [""]
    for n, token in enumerate(wording.tokens):
        if n in covered or token.isascii():
            runs.append("")
        else:
            runs[-1] += token
    return [run for run in runs if len(run) > 1]


def _spans(size: int) -> Iterator[tuple[int, int]]:
    """Start and end of every stretch that is not too long."""
    for start in range(size):
        for end in range(start + 1, min(size, start + _LONGEST) + 1):
            yield start, end
