"""The place where candidates will stand, until there are any: it says what will come.

Knows its words and how they give way. Does not know what is chosen from.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Candidates
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.words import Words


class WaitingPlate(Plate):
    """An empty row of candidates."""

    def __init__(self, block: Candidates, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, block.placeholder, parent)
        self._words = self._fitting(block.placeholder)

    def _fitting(self, text: str) -> Words:
        """On one line, smaller where that helps."""
        look, em_px = self._look, self._look.em_px("small")
        room = self._width - 2 * look.px(tokens.PADDING_MM)
        words = look.words(text, "small", "soft_ink", room, centred=True)
        while words.line_count() > 1 and em_px > look.least_em_px():
            em_px -= 1
            words = look.words(text, "small", "soft_ink", room, centred=True, em_px=em_px)
        return words

    @override
    def height_px(self) -> int:
        return self._words.height() + 2 * self._look.px(tokens.CLOSE_PADDING_MM)

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        look, width = self._look, self._look.px(tokens.OUTLINE_MM)
        pen = QPen(look.colour("outline"), width)
        pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(QBrush())
        inset, radius = width // 2 + 1, look.px(tokens.RADIUS_MM)
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
        top = rect.top() + (rect.height() - self._words.height()) // 2
        self._write(painter, rect, look.px(tokens.PADDING_MM), top, self._words)
