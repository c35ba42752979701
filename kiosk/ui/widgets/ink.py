"""A cell to write in by hand: what was written, and what is being written, under the finger.

Knows how ink looks and where on the cell a place of the glass is. Does not know which finger writes
(`kiosk.core.pen`) or what the ink may mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.core.entry import SIDE, Ink, Line
from kiosk.ui import tokens
from kiosk.ui.look import Look

_DASHES = [3.0, 4.0]  # of the lines that help to place a character


class InkCell(QWidget):
    """One cell. A finger on it paints at once, before anybody else knows of the line."""

    def __init__(self, number: int, ink: Ink, name: str, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.number, self._ink, self._look = number, ink, look
        self._line: Line = ()
        self._pen_px = look.px(tokens.INK_MM)
        self.setObjectName(f"cell:{number}")
        self.setAccessibleName(name)

    def point_at(self, where: QPoint) -> tuple[int, int]:
        """A place on the cell in the measure of ink; also one beside it."""
        return (
            round(where.x() * SIDE / max(1, self.width())),
            round(where.y() * SIDE / max(1, self.height())),
        )

    def show_line(self, line: Line) -> None:
        """Paint the line that is being written; only what has changed of it."""
        kept = min(len(line), len(self._line))
        is_longer = kept and line[:kept] == self._line
        changed = line[max(0, kept - 1) :] if is_longer else (*self._line, *line)
        self._line = line
        if changed:
            self.update(self._around(changed))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_cell(painter)
        pen = QPen(self._look.colour("ink"), self._pen_px)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in (*self._ink, self._line):
            self._draw_line(painter, line)

    def _draw_cell(self, painter: QPainter) -> None:
        """The cell and the cross in it, by which one places a character."""
        look, width = self._look, self._look.px(tokens.OUTLINE_MM)
        painter.setPen(QPen(look.colour("tint_outline"), width))
        painter.setBrush(look.colour("card"))
        inset, radius = width // 2 + 1, look.px(tokens.RADIUS_MM)
        painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.setBrush(QBrush())
        helping = QPen(look.colour("dim"), max(1, width // 2))
        helping.setDashPattern(_DASHES)
        painter.setPen(helping)
        across, down = self.width() // 2, self.height() // 2
        painter.drawLine(2 * width, down, self.width() - 2 * width, down)
        painter.drawLine(across, 2 * width, across, self.height() - 2 * width)

    def _draw_line(self, painter: QPainter, line: Line) -> None:
        places = [self._place(point) for point in line]
        if len(places) == 1:
            painter.drawPoint(places[0])
        elif places:
            painter.drawPolyline(places)

    def _place(self, point: tuple[int, int]) -> QPoint:
        return QPoint(round(point[0] * self.width() / SIDE), round(point[1] * self.height() / SIDE))

    def _around(self, line: Sequence[tuple[int, int]]) -> QRect:
        places = [self._place(point) for point in line]
        xs, ys = [place.x() for place in places], [place.y() for place in places]
        box = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        beside = self._pen_px + 1
        return box.adjusted(-beside, -beside, beside, beside).toAlignedRect()
