"""What everyday expressions lead to in one catalog: its tables, and how they are filled.

Knows the rules of the lexicon and in which names their official words stand. Does not know how an
expression is found in a query (`kiosk.search.meaning`).

Services have numbers here, the most used first and of those the shorter name, so that a list of
numbers is in the order in which it is shown. A target that stands in nothing leaves an expression
without a way, and the expression is kept: a query about passports is then known to be about
something that this city does not have.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from db.phonetic import FOLDED, key_of
from kiosk.store.lexicon import Rule, Target
from kiosk.store.reading import Reader

THING, WEAK, PADDING = "t", "w", "p"
TABLES = (
    "CREATE TABLE expression (key TEXT PRIMARY KEY, sy TEXT NOT NULL, folded TEXT NOT NULL,"
    " kind TEXT NOT NULL, targets TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX expression_by_sound ON expression (folded)",
    # services: their numbers, four bytes each in order, or where they are many a bit for each
    "CREATE TABLE target (id INTEGER PRIMARY KEY, words TEXT NOT NULL, n INTEGER NOT NULL,"
    " is_map INTEGER NOT NULL, services BLOB NOT NULL)",
)
_BITS = 32  # of a number; with more than every 32nd service a map is smaller
_SAYS_MOST = (THING, WEAK, PADDING)
_SMALL = 2000  # services, for which nothing has to be small
_TARGETS_MAX = 12
_SERVICES_MAX = 8  # of an expression that is found like a name


@dataclass(slots=True)
class Expression:
    """Words that people say, with what they mean, best first."""

    kind: str
    targets: dict[Target, None] = field(default_factory=dict)
    is_of_lexicon: bool = False  # not a word of the catalog itself


class Names:
    """The names of all services in one row of signs, in which pieces are looked for."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        """Args: for every service, in the order of their numbers, the keys of its names."""
        self.size = len(names)
        rows = ["\n".join(keys) for keys in names]
        self._starts: list[int] = []
        at = 0
        for row in rows:
            self._starts.append(at)
            at += len(row) + 1
        self._signs = "\t".join(rows)
        self._pairs = set(map("".join, zip(self._signs, self._signs[1:], strict=False)))
        self._known: dict[str, frozenset[int]] = {}

    def with_piece(self, piece: str) -> frozenset[int]:
        """The numbers of the services in whose names a piece stands."""
        if piece not in self._known:
            self._known[piece] = frozenset(self._find(piece))
        return self._known[piece]

    def meant(self, target: Target) -> frozenset[int]:
        """The numbers of the services that a target means."""
        wanted = reduce(frozenset.intersection, map(self.with_piece, target.pieces))
        return reduce(frozenset.difference, map(self.with_piece, target.without), wanted)

    def _find(self, piece: str) -> Iterable[int]:
        if piece[:2] not in self._pairs and len(piece) > 1:
            return
        at = self._signs.find(piece)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            following = self._starts[number + 1] if number + 1 < len(self._starts) else -1
            at = self._signs.find(piece, following) if following > 0 else -1


def expressions_of(
    rules: Iterable[Rule], words: Iterable[str], simplified: Mapping[int, str]
) -> dict[str, Expression]:
    """Every expression once, with the targets of all rules that have it, its own words first."""
    found: dict[str, Expression] = {}
    deeds: set[str] = set()  # official words, which are no things where a name has them either
    things: set[str] = set()
    for rule in rules:
        targets = [_normalised(target, simplified) for target in rule.targets]
        kind = PADDING if not targets else WEAK if rule.is_weak else THING
        official = deeds if rule.is_weak else things
        official.update(piece for target in targets for piece in target.pieces)
        for said in rule.says:
            key = key_of(said, simplified)
            known = found.setdefault(
                key, Expression(kind, {Target((key,)): None}, is_of_lexicon=True)
            )
            known.kind = min(known.kind, kind, key=_SAYS_MOST.index)
            known.targets.update(dict.fromkeys(targets))
    deeds -= things
    for word in words:
        kind = WEAK if word in deeds else THING
        found.setdefault(word, Expression(kind, {Target((word,)): None}))
    for word in sorted(deeds):
        found.setdefault(word, Expression(WEAK, {Target((word,)): None}))
    return found


class Table:
    """The rows of both tables: expressions, and the targets that stand in a name at all."""

    def __init__(self, expressions: Mapping[str, Expression], names: Names, reader: Reader) -> None:
        self.said: list[tuple[object, ...]] = []
        self.meant: list[tuple[object, ...]] = []
        self.things: list[tuple[str, str, tuple[int, ...]]] = []
        """What is found like a name: key, sounds, and the numbers of its first services."""
        self._names = names
        self._ids: dict[Target, int] = {}
        for key, one in expressions.items():
            sounds = "" if key.isascii() else reader.sounds(key)
            targets = one.targets if one.kind != PADDING else {}
            led_to = [target for target in targets if self._id_of(target)][:_TARGETS_MAX]
            ids = json.dumps([self._ids[target] for target in led_to])
            self.said.append((key, sounds, sounds.translate(FOLDED), one.kind, ids))
            others = [target for target in led_to if target != Target((key,))]
            if one.kind == THING and one.is_of_lexicon and others:  # itself is found literally
                self.things.append((key, sounds, self._first(others)))

    def _id_of(self, target: Target) -> int:
        """The number of a target; 0 where it means nothing here."""
        if target not in self._ids:
            numbers = sorted(self._names.meant(target))
            self._ids[target] = len(self.meant) + 1 if numbers else 0
            if numbers:
                packed = _packed(numbers, self._names.size)
                words = " ".join(target.pieces)
                self.meant.append((self._ids[target], words, len(numbers), *packed))
        return self._ids[target]

    def _first(self, targets: Iterable[Target]) -> tuple[int, ...]:
        numbers: dict[int, None] = {}
        for target in targets:
            if len(numbers) < _SERVICES_MAX:
                numbers.update(dict.fromkeys(sorted(self._names.meant(target))[:_SERVICES_MAX]))
        return tuple(numbers)[:_SERVICES_MAX]


def _packed(numbers: Sequence[int], size: int) -> tuple[bool, bytes]:
    """Whether it is a map, and the bytes."""
    if len(numbers) * _BITS <= size or size < _SMALL:
        return False, array("I", numbers).tobytes()
    bits = bytearray(size // 8 + 1)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return True, bytes(bits)


def _normalised(target: Target, simplified: Mapping[int, str]) -> Target:
    return Target(
        tuple(key_of(piece, simplified) for piece in target.pieces),
        tuple(key_of(piece, simplified) for piece in target.without),
    )
