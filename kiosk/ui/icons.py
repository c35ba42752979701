"""Icons: one stroke weight, tinted with the text they stand beside.

Knows how to paint an SVG in a colour, and which icons point along the line and turn with it. Does
not know where icons are kept: the application says so once, by `Icons(folder)`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_KEPT = 48  # pixmaps; a screen has about twenty
_DIRECTED = {"arrow-left", "chevron-left", "chevron-right", "logout"}


@lru_cache(maxsize=_KEPT)
def pixmap(file: Path, size_px: int, colour: str, mirrored: bool = False) -> QPixmap:
    """The icon in a square of this size; nothing where the file is missing."""
    picture = QPixmap(size_px, size_px)
    picture.fill(QColor(0, 0, 0, 0))
    source = file.read_bytes().replace(b"currentColor", colour.encode())
    painter = QPainter(picture)
    if mirrored:
        painter.translate(size_px, 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return picture


class Icons:
    """The icon set in a folder; an unknown name falls back to a plain dot list."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known = frozenset(file.stem for file in folder.glob("*.svg"))

    def get(self, name: str, size_px: int, colour: QColor, from_right: bool = False) -> QPixmap:
        """The icon of this name, tinted; on a page from right to left it points the other way."""
        known = name if name in self._known else "file-text"
        mirrored = from_right and known in _DIRECTED
        return pixmap(self._folder / f"{known}.svg", size_px, colour.name(), mirrored)
