"""Ways to ask without a keyboard of one's own: letters, handwriting, strokes, the voice.

Knows what is being written and not yet settled, and what it was read as. Does not know how ink or
strokes are read (`kiosk.search`), nor how a pad looks (`kiosk.views.pads`).
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias

from kiosk.core.value import Value, field, replace

SIDE = 1000
"""Points of ink are whole numbers from 0 to this, from the left and from the top of their cell."""
CELLS = 2
"""Characters that are written side by side and read together."""
LINES_MAX, POINTS_MAX = 40, 400
"""Of one character; a palm that rests on the glass must not fill the memory."""
STROKES_MAX = 24

Line: TypeAlias = tuple[tuple[int, int], ...]
"""One movement of the finger on the glass: its points in order."""
Ink: TypeAlias = tuple[Line, ...]
"""One character as it was written."""


class Pad(Enum):
    """What the lower part of the search screen is for."""

    LETTERS = "letters"
    WRITING = "writing"
    STROKES = "strokes"
    SPEECH = "speech"


class Draft(Value, frozen=True):
    """Characters that are being written: lines of ink in cells, or strokes by their names.

    `settled` are the search words before them. Strokes are the digits 1 to 5: 横竖撇捺折.
    """

    settled: str = ""
    strokes: str = ""
    cells: tuple[Ink, ...] = field(default_factory=lambda: ((),) * CELLS)

    @property
    def is_empty(self) -> bool:
        """Nothing has been written yet."""
        return not self.strokes and not any(self.cells)

    def drawn(self, cell: int, line: Line) -> Draft:
        """With one more line in a cell; more than a character can have is not kept."""
        ink = self.cells[cell]
        if not line or len(ink) >= LINES_MAX:
            return self
        more = (*ink, line[:POINTS_MAX])
        cells = tuple(more if n == cell else other for n, other in enumerate(self.cells))
        return replace(self, cells=cells)

    def stroked(self, stroke: str) -> Draft:
        """With one more stroke of the five."""
        strokes = self.strokes + stroke
        return replace(self, strokes=strokes) if len(strokes) <= STROKES_MAX else self

    def undone(self) -> Draft:
        """Without the last stroke, or the last line of the last cell that has any."""
        if self.strokes:
            return replace(self, strokes=self.strokes[:-1])
        last = max((n for n, ink in enumerate(self.cells) if ink), default=-1)
        cells = tuple(ink[:-1] if n == last else ink for n, ink in enumerate(self.cells))
        return replace(self, cells=cells)


class Reading(Value, frozen=True):
    """What a draft may be: characters or words, the likeliest first."""

    draft: Draft
    words: tuple[str, ...] = ()
    keys: frozenset[str] = frozenset()  # strokes that may follow

    @property
    def is_word(self) -> bool:
        """It is searched for at once: the likeliest handwriting is, strokes wait to be picked."""
        return bool(self.words) and any(self.draft.cells)
