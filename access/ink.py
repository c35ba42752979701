"""How large letters really are: drawn, and their ink counted in pixels.

Knows fonts and signs. Does not know any screen.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter

from access.box import Box
from access.pixels import Shot, strong_ink

HANZI, CAPITAL, ALEF = "国", "H", "ا"
_KEPT = 50_000  # line fragments; a full run has more, but neighbours repeat

FontKey = tuple[tuple[str, ...], int, int, bool]


def key_of(font: QFont) -> FontKey:
    """What decides how a font draws."""
    return tuple(font.families()), font.pixelSize(), font.weight(), font.italic()


def height(sign: str, font: QFont) -> int:
    """Rows of ink that one sign has."""
    box = of(sign, font)
    return box.height if box else 0


def of(words: str, font: QFont, is_from_right: bool = False) -> Box | None:
    """Where the ink of words lies around the left end of their base line; None without any."""
    return _drawn(words, key_of(font), is_from_right)


@lru_cache(maxsize=_KEPT)
def _drawn(words: str, key: FontKey, is_from_right: bool) -> Box | None:
    families, size, weight, italic = key
    font = QFont(list(families))
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    across = round(QFontMetricsF(font).horizontalAdvance(words)) + 2 * size
    image = QImage(across, 4 * size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    direction = Qt.LayoutDirection.RightToLeft if is_from_right else Qt.LayoutDirection.LeftToRight
    painter.setLayoutDirection(direction)
    painter.setFont(font)
    painter.drawText(QPointF(size, 2 * size), words)
    painter.end()
    found = strong_ink(Shot(image).colours)
    return found.moved(-size, -2 * size) if found else None
