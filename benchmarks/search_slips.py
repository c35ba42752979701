"""The slips that people make when they type a name, made by a machine from real names.

Knows each kind of slip, and when a name is what was meant by it. Does not know a searcher.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from db.phonetic import SOUND, SPELLING, fold
from kiosk.store.lexicon import read_readings, read_simplified
from kiosk.store.reading import Reader

Kind: TypeAlias = Literal[
    "substring",
    "homophone",
    "wrong sign",
    "missing sign",
    "swapped signs",
    "traditional",
    "two words",
    "pinyin",
    "cut pinyin",
    "dialect",
    "initials",
    "mixed",
    "wrong letter",
    "slipped letter",
    "swapped letters",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEAST: dict[Kind, float] = dict.fromkeys(KINDS, 0.95) | {"swapped signs": 0.8}
"""The share that must be found in the first ten."""
COUNT = 60  # of each kind
DEPTH = 10
_TRIES = 20
_PIECE = (4, 7)  # signs that are typed of a name
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPELLED = frozenset(KINDS[KINDS.index("pinyin") :])


@dataclass(frozen=True)
class Slip:
    """Something typed, and what was meant by it."""

    kind: Kind
    title: str  # the name it was made of
    pieces: tuple[str, ...]  # of the name, that were meant
    typed: str

    def is_found_in(self, titles: Iterable[str]) -> bool:
        """Whether one of these names is what was meant, or holds the same words."""
        return any(all(piece in title for piece in self.pieces) for title in titles)


class Slips:
    """Makes slips; the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._reader = Reader(read_readings())
        self._traditional = {simple: chr(sign) for sign, simple in read_simplified().items()}
        self._signs = [
            sign
            for sign in map(chr, range(0x4E00, 0x9FA6))
            if self._reader.sound(sign) != sign and sign.encode("gb2312", "ignore")
        ]
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for sign in self._signs:
            self._by_sound[self._reader.sound(sign)].append(sign)

    def of(self, kind: Kind, title: str) -> Slip:
        """A slip in a piece of a name."""
        if kind == "two words" and len(title) > _PIECE[0]:
            end = self._chance.randrange(2, len(title) - 1)
            words = title[end - 2 : end], title[-2:]
            return Slip(kind, title, words, " ".join(words))
        start = self._chance.randint(0, max(0, len(title) - _PIECE[0]))
        piece = title[start : start + self._chance.randint(*_PIECE)]
        sounds = self._reader.sounds(title)[start : start + len(piece)]
        if kind in _SPELLED:
            typed = self._spelled(kind, [SPELLING[sound] for sound in sounds])
        else:
            typed = self._written(kind, piece, sounds)
        return Slip(kind, title, (piece,), typed)

    def _written(self, kind: Kind, piece: str, sounds: str) -> str:
        at = self._chance.randrange(1, len(piece) - 1)
        sign, after = piece[at], piece[at + 1]
        alike = [one for one in self._by_sound[sounds[at]] if one != sign] or [sign]
        slipped = {
            "homophone": self._chance.choice(alike) + after,
            "wrong sign": self._chance.choice(self._signs) + after,
            "missing sign": after,
            "swapped signs": after + sign,
        }
        typed = piece[:at] + slipped.get(kind, sign + after) + piece[at + 2 :]
        if kind == "traditional":
            return "".join(self._traditional.get(sign, sign) for sign in typed)
        return typed

    def _spelled(self, kind: Kind, syllables: Sequence[str]) -> str:
        if kind == "initials":
            return "".join(one[0] for one in syllables)
        if kind == "mixed":
            return "".join(one if self._chance.random() < 0.5 else one[0] for one in syllables)
        if kind == "dialect":
            return "".join(fold(one) if fold(one) in SOUND else one for one in syllables)
        letters = "".join(syllables)
        at = self._chance.randrange(1, len(letters) - 1)
        swapped = letters[at] + letters[at - 1]
        slips = {
            "cut pinyin": letters[:-1],
            "slipped letter": letters[:at] + letters[at + 1 :],
            "wrong letter": letters[:at] + self._chance.choice(_LETTERS) + letters[at + 1 :],
            "swapped letters": letters[: at - 1] + swapped + letters[at + 1 :],
        }
        return slips.get(kind, letters)


def plain(titles: Iterable[str]) -> list[str]:
    """The names of which slips can be made: nothing but characters, and enough of them."""
    return [
        title
        for title in titles
        if len(title) > _PIECE[0] and all("\u4e00" <= sign <= "\u9fff" for sign in title)
    ]


def made_of(
    titles: Sequence[str], kind: Kind, names: Iterable[str] = (), count: int = COUNT
) -> list[Slip]:
    """Slips of one kind, each in another name; the same ones every time.

    Args:
        titles: the names to slip in.
        kind: how.
        names: all names of the catalog; what stands in one of them is no slip but that name.
        count: how many.
    """
    seed = KINDS.index(kind)
    slips, chance = Slips(seed), random.Random(seed)
    usable, known = plain(titles), "\n".join(names)
    found = []
    for title in chance.sample(usable, min(count, len(usable))):
        tries = (slips.of(kind, title) for _ in range(_TRIES))
        found.append(next((one for one in tries if _is_slip(one, known)), slips.of(kind, title)))
    return found


def _is_slip(slip: Slip, known: str) -> bool:
    return slip.typed in slip.pieces or slip.typed not in known
