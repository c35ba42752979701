"""What of a handwritten character is compared: how much ink runs where, and in which direction.

Knows geometry only. Does not know characters or catalogs, nor in which order the lines came. The
table was trained with these numbers: whoever changes one trains it again (resources/handwriting).
"""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kiosk.core.entry import SIDE, Ink

Numbers: TypeAlias = npt.NDArray[np.float64]

DIRECTIONS = 8
GRID = 8
FEATURES = DIRECTIONS * GRID * GRID
_FINE = 16  # squares a side, before neighbours are summed
_PIECES_A_SIDE = 40  # on the longer side of a character
_DOT_MAX = 0.04  # of that side: a touch, which most write for 丶
_DOT = 0.1  # is read as a short stroke as 丶 is taught, from the left down to the right
_PIECES_MAX = 2000  # a palm's scribble is read more coarsely, not more slowly
_MARGIN = 1.5  # squares, so that what leans out of the frame still counts
_SPREAD = 1.8  # standard deviations of the ink, on each side of its middle, that fill the frame
_SPREAD_MIN = 0.05  # of the smaller side against the larger: a line across stays a line
_SQUARE = 0.7  # how far a narrow character is widened: 0 not at all, 1 to a square
_BLUR = 1.7  # squares, standard deviation
_TINY = 1e-9


def of_ink(ink: Ink) -> Numbers | None:
    """The features of one character; None where there is no ink at all."""
    lines = [np.array(line, dtype=np.float64).clip(0, SIDE) for line in ink if line]
    if not lines:
        return None
    size = max(float(np.ptp(np.concatenate(lines), axis=0).max()), 1.0)
    lines = [line / size for line in lines]
    length = sum(float(_steps(line).sum()) for line in lines)
    step = max(1 / _PIECES_A_SIDE, length / _PIECES_MAX)
    even = [_even(line, step) for line in lines]
    starts = np.concatenate([points[:-1] for points in even])
    ends = np.concatenate([points[1:] for points in even])
    found: Numbers = of_pieces(starts[None], ends[None], np.ones((1, len(starts))))[0]
    return found


def of_pieces(starts: Numbers, ends: Numbers, weights: Numbers) -> Numbers:
    """The features of many characters that have equally many short pieces of line.

    Args:
        starts: (characters, pieces, 2).
        ends: the same.
        weights: (characters, pieces); 0 where a piece is not there.
    """
    vectors = ends - starts
    lengths = np.hypot(vectors[..., 0], vectors[..., 1]) * weights
    places = _framed((starts + ends) / 2, lengths)
    turns = np.arctan2(vectors[..., 1], vectors[..., 0]) * (DIRECTIONS / (2 * math.pi))
    summed = _SUMS @ _drawn(places, turns, lengths) @ _SUMS.T
    flat = summed.reshape(len(starts), FEATURES)
    # the root makes a long stroke count less than many times a short one
    rooted: Numbers = np.sqrt(flat / np.maximum(flat.sum(axis=1, keepdims=True), _TINY))
    return rooted


def _steps(line: Numbers) -> Numbers:
    """Distances from point to point."""
    steps: Numbers = np.hypot(np.diff(line[:, 0]), np.diff(line[:, 1]))
    return steps


def _even(line: Numbers, step: float) -> Numbers:
    """A line as points at equal distances, without the trembling between them."""
    along = np.concatenate(([0.0], np.cumsum(_steps(line))))
    if along[-1] < _DOT_MAX:
        return np.concatenate((line[:1] - _DOT / 2, line[:1] + _DOT / 2))
    at = np.linspace(0, along[-1], math.ceil(along[-1] / step) + 1)
    even = np.stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)], axis=1)
    even[1:-1] = (even[:-2] + 2 * even[1:-1] + even[2:]) / 4
    return even


def _framed(points: Numbers, lengths: Numbers) -> Numbers:
    """Points in squares of the fine grid, the middle of the ink in the middle of the grid.

    A frame around the outermost points would follow a single stroke that went too far.
    """
    shares = (lengths / np.maximum(lengths.sum(axis=1, keepdims=True), _TINY))[..., None]
    from_middle = points - (points * shares).sum(axis=1, keepdims=True)
    spread = np.sqrt((from_middle**2 * shares).sum(axis=1, keepdims=True))
    larger = np.maximum(spread.max(axis=2, keepdims=True), _TINY)
    narrowness = np.maximum(spread / larger, _SPREAD_MIN)
    scale = (_FINE / 2 - _MARGIN) / _SPREAD
    places: Numbers = from_middle / (larger * narrowness**_SQUARE) * scale + _FINE / 2
    return places


def _drawn(places: Numbers, turns: Numbers, lengths: Numbers) -> Numbers:
    """Every piece shared between its two directions and the four squares around it."""
    count = len(places)
    corners = np.clip(places - 0.5, 0, _FINE - 1.001)
    first = np.floor(corners).astype(np.int64)
    rest = corners - first
    first_turn = np.floor(turns).astype(np.int64)
    between = turns - first_turn
    planes = np.arange(count)[:, None] * DIRECTIONS
    squares, shares = [], []
    for turn, by_turn in ((first_turn, 1 - between), (first_turn + 1, between)):
        plane = (planes + turn % DIRECTIONS) * _FINE**2
        for right, down in ((0, 0), (0, 1), (1, 0), (1, 1)):
            across = rest[..., 0] if right else 1 - rest[..., 0]
            along = rest[..., 1] if down else 1 - rest[..., 1]
            squares.append(plane + (first[..., 1] + down) * _FINE + first[..., 0] + right)
            shares.append(lengths * by_turn * across * along)
    total = count * DIRECTIONS * _FINE**2
    drawn: Numbers = np.bincount(np.stack(squares).ravel(), np.stack(shares).ravel(), total).astype(
        np.float64, copy=False
    )
    return drawn.reshape(count, DIRECTIONS, _FINE, _FINE)


def _sums() -> Numbers:
    """What every square of the coarse grid takes from the fine ones: a bell over its middle."""
    middles = (np.arange(GRID) + 0.5) * (_FINE / GRID)
    apart = middles[:, None] - (np.arange(_FINE) + 0.5)
    bells: Numbers = np.exp(-(apart**2) / (2 * _BLUR**2))
    return bells


_SUMS = _sums()
