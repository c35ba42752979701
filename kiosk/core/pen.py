"""Which finger writes, and what of its way is a line: a palm that rests there writes nothing.

Knows fingers by their numbers, the name of the cell below them, and points of ink. Does not know
widgets, pixels or clocks: points come as they are kept, moments as seconds.
"""

from __future__ import annotations

from kiosk.core.entry import POINTS_MAX, SIDE, Line
from kiosk.core.value import Value, replace

RESTS_S = 0.8
"""A contact that has stayed where it is for so long is a hand that rests, and no dot."""

STEP = 8
"""Points of a line are so far apart at least: less is the trembling of a hand or of a panel."""

_MOVED = 30  # so far from where it came down a finger writes


class Pen(Value, frozen=True):
    """A finger that writes in a cell; `still_since_s` is when it last came further."""

    finger: int
    cell: str
    since_s: float
    still_since_s: float
    line: Line

    @property
    def has_moved(self) -> bool:
        """It has come away from where it came down: this is writing."""
        start = self.line[0]
        return any(_apart(start, point) >= _MOVED for point in self.line)

    def is_writing(self, now_s: float) -> bool:
        """Whether it is on its way, so that nothing may be changed under it."""
        return now_s - self.still_since_s < RESTS_S


def down(pen: Pen | None, finger: int, cell: str, at: tuple[int, int], now_s: float) -> Pen:
    """A finger comes down on a cell: it writes, unless another one is writing already."""
    if pen is not None and pen.has_moved and pen.is_writing(now_s):
        return pen
    return Pen(finger, cell, now_s, now_s, (_inside(at),))


def move(pen: Pen | None, finger: int, to: tuple[int, int], now_s: float) -> Pen | None:
    """A finger slides; beside its cell it writes along the edge."""
    to = _inside(to)
    if pen is None or pen.finger != finger or _apart(pen.line[-1], to) < STEP:
        return pen
    return replace(pen, line=(*pen.line, to), still_since_s=now_s)


def up(pen: Pen | None, finger: int, now_s: float) -> tuple[Pen | None, Line]:
    """A finger leaves the glass; the line it wrote, none where it only rested."""
    if pen is None or pen.finger != finger:
        return pen, ()
    rested = not pen.has_moved and now_s - pen.since_s >= RESTS_S
    return None, () if rested else thinned(pen.line)


def thinned(line: Line) -> Line:
    """No more points than are kept, and its end among them."""
    while len(line) > POINTS_MAX:
        line = (*line[:-1:2], line[-1])
    return line


def _inside(point: tuple[int, int]) -> tuple[int, int]:
    x, y = point
    return min(max(x, 0), SIDE), min(max(y, 0), SIDE)


def _apart(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]))
