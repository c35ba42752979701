"""Colours and pictures, measured."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QWidget


def luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: QColor | str, other: QColor | str) -> float:
    """Contrast ratio, WCAG 2.2."""
    bright, dark = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@lru_cache(maxsize=100_000)
def _ratio_of_pixels(one: int, other: int) -> float:
    return ratio(QColor.fromRgb(one), QColor.fromRgb(other))


def picture(widget: QWidget) -> QImage:
    """The widget as it is painted, whether or not it is on a screen."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    widget.render(image)
    return image


def blank(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def pixels(image: QImage | QPixmap) -> list[int]:
    """All pixels, row by row."""
    shown = image.toImage() if isinstance(image, QPixmap) else image
    shown = shown.convertToFormat(QImage.Format.Format_RGB32)
    return list(memoryview(shown.constBits()).cast("I"))


def visibly_changed(before: QImage, after: QImage, least: float = 3.0) -> int:
    """How many pixels differ by at least this contrast ratio."""
    changes = Counter(zip(pixels(before), pixels(after), strict=True))
    return sum(
        count
        for (one, other), count in changes.items()
        if one != other and _ratio_of_pixels(one, other) >= least
    )


def ink_box(image: QImage) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of everything that is not white; None where all is."""
    width, found = image.width(), pixels(image)
    white = 0xFFFFFFFF
    marked = [n for n, pixel in enumerate(found) if pixel | 0xFF000000 != white]
    if not marked:
        return None
    columns = [n % width for n in marked]
    return min(columns), marked[0] // width, max(columns), marked[-1] // width
