"""Text laid out for a width: measured and drawn by the same code, so that nothing is ever cut.

Knows fonts and line breaking. Does not know what stands around the text.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from kiosk.core.value import Value
from kiosk.ui import tokens


class Words(Value, frozen=True):
    """A text in one font and colour within a width."""

    text: str
    font: QFont
    colour: QColor
    width: int
    marks: tuple[tuple[int, int], ...] = ()
    mark_colours: tuple[QColor, QColor] | None = None
    centred: bool = False

    def line_height(self) -> int:
        """Pixels from one base line to the next."""
        return math.ceil(self.font.pixelSize() * tokens.LINE_HEIGHT)

    def line_count(self) -> int:
        """How many lines the text takes."""
        return self._layout().lineCount() if self.text else 0

    def line_starts(self) -> list[int]:
        """Where in the text each line begins."""
        layout = self._layout()
        return [layout.lineAt(n).textStart() for n in range(layout.lineCount())]

    def breaks_word(self) -> bool:
        """Whether a line ends inside of a Latin word, because the word is wider than the room."""
        around = (self.text[start - 1 : start + 1] for start in self.line_starts()[1:])
        return any(signs.isascii() and signs.isalpha() for signs in around)

    def height(self) -> int:
        """Pixels that the text takes."""
        return self.line_count() * self.line_height()

    def natural_width(self) -> int:
        """Pixels of the longest line."""
        layout = self._layout()
        widths = [layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())]
        return math.ceil(max(widths, default=0))

    def draw(self, painter: QPainter, x: int, y: int) -> None:
        """Paint with the top left corner here."""
        painter.setPen(self.colour)
        self._layout().draw(painter, QPointF(x, y))

    def _layout(self) -> QTextLayout:
        layout = QTextLayout(self.text.replace("\n", "\u2028"), self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        if self.marks and self.mark_colours:
            layout.setFormats([self._mark(*mark) for mark in self.marks])
        layout.beginLayout()
        step, y = self.line_height(), 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.width)
            left = (self.width - line.naturalTextWidth()) / 2 if self.centred else 0.0
            # the glyphs sit in the middle of the line's height
            line.setPosition(QPointF(left, y + (step - line.height()) / 2))
            y += step
        layout.endLayout()
        return layout

    def _mark(self, start: int, length: int) -> QTextLayout.FormatRange:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, length
        style = QTextCharFormat()
        background, ink = self.mark_colours or (QColor(), QColor())
        style.setBackground(background)
        style.setForeground(ink)
        mark.format = style
        return mark
