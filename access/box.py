"""Places on a picture, in whole pixels; right and bottom are outside.

Knows rectangles. Does not know Qt's widgets or what stands in a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect


class Box(NamedTuple):
    """A rectangle."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top

    def moved(self, across: int, down: int) -> Box:
        """The same elsewhere."""
        return Box(self.left + across, self.top + down, self.right + across, self.bottom + down)

    def grown(self, by: int) -> Box:
        """Larger on all sides; smaller where negative."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def within(self, other: Box) -> Box:
        """The part that lies in another; empty where there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(left, top, max(left, right), max(top, bottom))

    def room_in(self, other: Box) -> int:
        """Pixels to the nearest edge of what it should stand in; negative where it stands out."""
        return min(
            self.left - other.left,
            self.top - other.top,
            other.right - self.right,
            other.bottom - self.bottom,
        )

    def gap_to(self, other: Box) -> int:
        """Pixels between two; negative where they overlap, by how much."""
        across = max(self.left - other.right, other.left - self.right)
        down = max(self.top - other.bottom, other.top - self.bottom)
        return max(across, down)

    @property
    def rect(self) -> QRect:
        """As Qt has it."""
        return QRect(self.left, self.top, self.width, self.height)


def box_of(rect: QRect) -> Box:
    """Of what Qt has."""
    return Box(rect.left(), rect.top(), rect.left() + rect.width(), rect.top() + rect.height())


def gaps(boxes: Sequence[Box]) -> NDArray[np.int64]:
    """Pixels between every two of many, as a square."""
    if not boxes:
        return np.zeros((0, 0), np.int64)
    left, top, right, bottom = np.array(boxes, np.int64).T
    across = np.maximum(left[:, None] - right[None], left[None] - right[:, None])
    down = np.maximum(top[:, None] - bottom[None], top[None] - bottom[:, None])
    between: NDArray[np.int64] = np.maximum(across, down)
    return between
