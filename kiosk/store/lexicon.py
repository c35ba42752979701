"""The word lists that ship with the program: scripts made equal, readings put right.

Knows the notation of the files in `resources/lexicon`. Does not know what they are used for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk import assets

WORDS = assets.LEXICON / "words"
"""The general lexicon: what people say, and what offices call it."""

_WEAK = "~"
_EQUALS = " ="


class LexiconError(ValueError):
    """A rule cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Target:
    """Official words: a name is meant where all of these stand in it, and none of the others."""

    pieces: tuple[str, ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Everyday expressions and the official words for them, best first."""

    says: tuple[str, ...]
    targets: tuple[Target, ...]  # none: the expressions say nothing
    is_weak: bool  # what was done or for whom, which says little without a thing


def read_simplified(file: Path = assets.LEXICON / "simplified.txt") -> Mapping[int, str]:
    """Code point of a traditional character → the simplified one."""
    return {ord(pair[0]): pair[1] for pair in file.read_text("utf-8").split()}


def read_readings(file: Path = assets.LEXICON / "readings.txt") -> Mapping[str, tuple[str, ...]]:
    """Phrase → its syllables, where a dictionary of the language gets it wrong."""
    lines = (line.split() for line in file.read_text("utf-8").splitlines() if line)
    return {phrase: tuple(syllables) for phrase, *syllables in lines}


def read_rules(folder: Path = WORDS) -> list[Rule]:
    """The rules of every file of a folder, in the order of names and lines.

    Raises:
        LexiconError: a line is no rule.
    """
    return [rule for file in sorted(folder.glob("*.txt")) for rule in _rules_of(file)]


def _rules_of(file: Path) -> Iterator[Rule]:
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if text and not text.startswith("#"):
            try:
                yield _rule(text)
            except LexiconError as error:
                raise LexiconError(f"{file.name}, line {number}: {error}") from error


def _rule(text: str) -> Rule:
    left, equals, right = f"{text} ".partition(_EQUALS + " ")
    is_weak = left.startswith(_WEAK)
    says = tuple(word.replace("_", " ") for word in left.removeprefix(_WEAK).split())
    if not equals or not says:
        raise LexiconError("expected `everyday words = official words`")
    targets = tuple(map(_target, right.split()))
    short = next((word for word in says if len(word) == 1), "")
    if short and targets and not is_weak:
        raise LexiconError(f"{short} is in too many words to mean one thing")
    return Rule(says, targets, is_weak)


def _target(text: str) -> Target:
    wanted, *without = text.split("-")
    pieces = wanted.split("+")
    if not all((*pieces, *without)):
        raise LexiconError(f"{text} has an empty piece")
    return Target(tuple(pieces), tuple(without))
