"""What was measured against what is required: how often, how narrowly, and where it failed.

Knows numbers and bounds. Does not know what they are about (`access.requirements`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from access.box import Box

_FAILURES_KEPT = 200  # of one requirement; the rest is counted
_NEARLY = 1e-9

Kind = Literal["least", "most", "none"]


class Where(msgspec.Struct, frozen=True):
    """A thing on a screen."""

    sight: str = ""
    screen: str = ""
    page: int = 0
    thing: str = ""
    box: tuple[int, int, int, int] | None = None

    def __str__(self) -> str:
        """As one reads it."""
        page = f" {self.page + 1}" if self.page else ""
        return f"{self.screen}{page} · {self.thing} · {self.sight}".strip(" ·")


class Case(msgspec.Struct, frozen=True):
    """One thing that was measured."""

    value: float
    bound: float
    unit: str
    kind: Kind
    where: Where
    note: str = ""
    slack: float = 0.0  # half a pixel, where millimetres had to become whole pixels

    @property
    def margin(self) -> float:
        """By how much of the bound it is on the right side; negative where it is not."""
        if self.kind == "none":
            return -1.0
        return margin_of(self.kind, self.value, self.bound, self.slack)


class Score(msgspec.Struct):
    """All cases of one requirement."""

    checks: int = 0
    failures: int = 0
    worst: Case | None = None
    failed: list[Case] = msgspec.field(default_factory=list)

    def add(self, case: Case) -> None:
        """One case more that is worth remembering."""
        if self.worst is None or case.margin < self.worst.margin:
            self.worst = case
        if case.margin < -_NEARLY:
            self.failures += 1
            if len(self.failed) < _FAILURES_KEPT:
                self.failed.append(case)


class Tally(msgspec.Struct):
    """What was found so far, by requirement.

    Attributes:
        figures: numbers that are reported and never fail.
        spans: the least and the most of something that should hardly vary, by its name.
    """

    scores: dict[str, Score] = msgspec.field(default_factory=dict)
    figures: dict[str, Score] = msgspec.field(default_factory=dict)
    spans: dict[str, tuple[float, float]] = msgspec.field(default_factory=dict)
    screens: int = 0

    @property
    def checks(self) -> int:
        """How often something was measured."""
        return sum(score.checks for score in self.scores.values())

    @property
    def failures(self) -> int:
        """How often it was not as it must be."""
        return sum(score.failures for score in self.scores.values())

    def failing(self) -> set[str]:
        """The requirements that are not met."""
        return {need for need, score in self.scores.items() if score.failures}

    def score(self, id: str) -> Score:
        """What was found about a requirement."""
        return self.scores.setdefault(id, Score())

    def needs_note(self, id: str, margin: float) -> bool:
        """Count a check; whether its case must be written down."""
        score = self.score(id)
        score.checks += 1
        return margin < -_NEARLY or score.worst is None or margin < score.worst.margin

    def span(self, name: str, value: float) -> None:
        """Widen what is known of a thing that should hardly vary."""
        low, high = self.spans.get(name, (value, value))
        self.spans[name] = min(low, value), max(high, value)

    def merge(self, other: Tally) -> None:
        """Take over what somebody else has found."""
        for mine, theirs in ((self.scores, other.scores), (self.figures, other.figures)):
            for need, score in theirs.items():
                _join(mine.setdefault(need, Score()), score)
        for name, (low, high) in other.spans.items():
            self.span(name, low)
            self.span(name, high)
        self.screens += other.screens


def _join(mine: Score, theirs: Score) -> None:
    mine.checks += theirs.checks
    mine.failures += theirs.failures
    mine.failed += theirs.failed[: _FAILURES_KEPT - len(mine.failed)]
    worst = theirs.worst
    if worst is not None and (mine.worst is None or worst.margin < mine.worst.margin):
        mine.worst = worst


def margin_of(kind: Kind, value: float, bound: float, slack: float = 0.0) -> float:
    """By how much of a bound a value is on its right side."""
    ahead = value - bound if kind == "least" else bound - value
    return (ahead + slack) / max(abs(bound), 1.0)


def boxed(box: Box | None) -> tuple[int, int, int, int] | None:
    """A box as it is written down."""
    return (box.left, box.top, box.right, box.bottom) if box is not None else None
