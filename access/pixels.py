"""A picture as numbers: luminance, contrast, ink, and what somebody sees who sees fewer colours.

Knows WCAG's formulas and the colour-blindness matrices. Does not know what is in the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from access.box import Box, box_of

Grey = NDArray[np.float32]
Colours = NDArray[np.uint32]  # as QImage's RGB32: 0xffRRGGBB

_LEVELS = np.arange(256) / 255
# WCAG 2.2, "relative luminance"
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4)
_WEIGHTS = (0.0722, 0.7152, 0.2126)  # of blue, green and red
_TABLES = [(_LINEAR * weight).astype(np.float32) for weight in _WEIGHTS]
_FLARE = 0.05
_NOTHING = 0xFF7F7F7F  # what nobody paints is grey
_SMALL = 2000  # pixels: below it all of them are counted
_SEEN = 1.3  # contrast of the palest edge that belongs to a letter

# Machado, Oliveira and Fernandes 2009, "A physiologically-based model for simulation of color
# vision deficiency", severity 1.0, for linear red, green and blue
DICHROMACIES = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_RGB_WEIGHTS = np.array(_WEIGHTS[::-1], np.float32)


class Shot:
    """A picture that was taken of a widget."""

    def __init__(self, image: QImage) -> None:
        self.image = image
        self.box = box_of(image.rect())

    @cached_property
    def colours(self) -> Colours:
        """All pixels, without a copy: as long as the shot lives."""
        image = self.image
        flat = np.frombuffer(image.constBits(), np.uint32)
        rows = flat.reshape(image.height(), image.bytesPerLine() // 4)
        return rows[:, : image.width()]

    def part(self, box: Box) -> Colours:
        """The pixels of a place, as far as it lies in the picture."""
        inside = box.within(self.box)
        return self.colours[inside.top : inside.bottom, inside.left : inside.right]


def shot_of(widget: QWidget, box: Box | None = None, paper: QImage | None = None) -> Shot:
    """A picture of a widget, or of a part of it, as it is painted now.

    Args:
        widget: what is painted.
        box: the part of it; all of it where there is none.
        paper: an image of the right size to paint over, because a new one takes time.
    """
    place = (box or box_of(widget.rect())).within(box_of(widget.rect()))
    image = paper or QImage(place.width, place.height, QImage.Format.Format_RGB32)
    image.fill(_NOTHING)
    widget.render(image, QPoint(), QRegion(place.rect))
    return Shot(image)


def luminance(colours: Colours) -> Grey:
    """Relative luminance of every pixel."""
    parts = np.ascontiguousarray(colours).view(np.uint8).reshape(*colours.shape, 4)
    blue, green, red = (np.take(table, parts[..., n]) for n, table in enumerate(_TABLES))
    total: Grey = blue + green + red
    return total


def ratio(one: float | Grey, other: float | Grey) -> Grey:
    """Contrast of luminances, 1 to 21."""
    bright, dark = np.maximum(one, other), np.minimum(one, other)
    result: Grey = (bright + _FLARE) / (dark + _FLARE)
    return result


def ground(colours: Colours) -> np.uint32:
    """The commonest colour, from every fourth pixel."""
    return _commonest(_sample(colours).ravel())


def _sample(colours: Colours) -> Colours:
    return colours[::2, ::2] if colours.size > _SMALL else colours


def _commonest(flat: Colours) -> np.uint32:
    """The commonest colour; mostly that of the first pixel, of which more than half will do."""
    if 2 * np.count_nonzero(flat == flat[0]) > flat.size:
        first: np.uint32 = flat[0]
        return first
    found, counts = np.unique(flat, return_counts=True)
    commonest: np.uint32 = found[counts.argmax()]
    return commonest


def contrast(colours: Colours) -> float:
    """The commonest colour against the one that is farthest from it."""
    return contrasts([colours], 0)[0]


def contrasts(parts: Sequence[Colours], enough: float) -> list[float]:
    """The contrast of each of many parts; every fourth pixel will do where it is `enough`.

    Fewer pixels can only show less contrast, so nothing is overlooked.
    """
    coarse = [_sample(part) for part in parts]
    found = _contrasts(parts, coarse)
    again = [n for n, value in enumerate(found) if value < enough and parts[n] is not coarse[n]]
    exact = _contrasts([parts[n] for n in again], [parts[n] for n in again])
    for n, value in zip(again, exact, strict=True):
        found[n] = value
    return found


def _contrasts(parts: Sequence[Colours], looked_at: Sequence[Colours]) -> list[float]:
    result = [1.0] * len(parts)
    filled = [n for n, part in enumerate(looked_at) if part.size]
    if not filled:
        return result
    flat = [looked_at[n].ravel() for n in filled]
    brightest, darkest = _extremes(flat)
    grounds = luminance(np.array([ground(parts[n]) for n in filled], np.uint32))
    best = np.maximum(ratio(grounds, brightest), ratio(grounds, darkest))
    for n, value in zip(filled, best, strict=True):
        result[n] = float(value)
    return result


def _extremes(parts: Sequence[Colours]) -> tuple[Grey, Grey]:
    """The brightest and the darkest luminance of each part; of equal neighbours one is enough."""
    colours = np.concatenate(parts)
    starts = np.cumsum([0, *(one.size for one in parts[:-1])])
    differs = np.empty(colours.size, bool)
    np.not_equal(colours[1:], colours[:-1], out=differs[1:])
    differs[starts] = True
    left = np.flatnonzero(differs)
    grey, starts = luminance(colours[left]), np.searchsorted(left, starts)
    return np.maximum.reduceat(grey, starts), np.minimum.reduceat(grey, starts)


def ink(colours: Colours) -> Box | None:
    """Where a part of a picture differs from its commonest colour; None where it does nowhere."""
    return _marked(colours != ground(colours)) if colours.size else None


def strong_ink(colours: Colours) -> Box | None:
    """Like `ink`, without the palest edges: as high as an eye sees it."""
    around = ink(colours)
    if around is None:
        return None
    part = colours[around.top : around.bottom, around.left : around.right]
    against = float(luminance(ground(colours).reshape(1))[0])
    found = _marked(ratio(luminance(part), against) >= _SEEN)
    return found.moved(around.left, around.top) if found else None


def _marked(marks: NDArray[np.bool_]) -> Box | None:
    """The place of all marks."""
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    if not rows.size:
        return None
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def changed(before: Colours, after: Colours, least: float = 3.0) -> int:
    """How many pixels became another by at least this contrast."""
    moved = before != after
    if not moved.any():
        return 0
    return int((ratio(luminance(before[moved]), luminance(after[moved])) >= least).sum())


def without_hue(colours: Colours) -> dict[str, Grey]:
    """Luminances as they are seen in grey, and by eyes that lack one kind of cone."""
    seen = {"grey": luminance(colours)}
    parts = np.ascontiguousarray(colours).view(np.uint8).reshape(*colours.shape, 4)
    linear = _LINEAR.astype(np.float32)[parts[..., 2::-1]]
    for name, matrix in DICHROMACIES.items():
        shifted = np.clip(linear @ np.array(matrix, np.float32).T, 0, 1)
        seen[name] = shifted @ _RGB_WEIGHTS
    return seen
