"""Text laid out for a width: measured and drawn by the same code, so that nothing is ever cut.

Knows fonts, line breaking and from which side a text is written. Does not know what stands around
the text.
"""

from __future__ import annotations

import math
import re
from functools import cached_property

from PySide6 import QtGui
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout, QTextOption

from kiosk.core.isolates import directed
from kiosk.core.value import Value
from kiosk.ui import tokens

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_IDEOGRAPHS = "\u2e80"  # from here on a line may break between any two letters
_EVEN, _ENOUGH = 0.8, 0.35  # of the longest line: how long the last one is, centred or not


def is_arabic(text: str) -> bool:
    """Whether it has a letter that is written from the right."""
    return _ARABIC.search(text) is not None


class Words(Value, frozen=True, dict=True):
    """A text in one font and colour within a width."""

    text: str
    font: QFont
    colour: QColor
    width: int
    marks: tuple[tuple[int, int], ...] = ()
    mark_colours: tuple[QColor, QColor] | None = None
    centred: bool = False
    from_right: bool = False  # lines begin at the right edge
    even: bool = False  # the last line is not left with a single sign

    def line_height(self) -> int:
        """Pixels from one base line to the next."""
        return math.ceil(self.font.pixelSize() * tokens.LINE_HEIGHT)

    def base_line(self) -> int:
        """Pixels from the top to where the letters of the first line stand."""
        return round(self.font.pixelSize() * tokens.BASE_LINE)

    def line_count(self) -> int:
        """How many lines the text takes."""
        return self._layout().lineCount() if self.text else 0

    def line_starts(self) -> list[int]:
        """Where in the text each line begins."""
        return _starts(self._layout())

    def breaks_word(self) -> bool:
        """Whether a line ends inside of a word, because the word is wider than the room."""
        return self._broken(self._layout())

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
        return self._laid_out

    @cached_property
    def _laid_out(self) -> QTextLayout:
        layout = self._lay_out(self.width)
        return self._evenly(layout) if self.even and layout.lineCount() > 1 else layout

    def _evenly(self, full: QTextLayout) -> QTextLayout:
        """As many lines, the last of which is no single sign: narrower, if that helps."""
        best, least = full, self.width // full.lineCount()
        width = self.width
        while width > least and not self._is_even(best):
            width -= max(1, self.font.pixelSize() // 2)
            tried = self._lay_out(width)
            if tried.lineCount() > full.lineCount() or self._broken(tried) > self._broken(full):
                break
            best = tried
        return best

    def _is_even(self, layout: QTextLayout) -> bool:
        widths = [layout.lineAt(n).naturalTextWidth() for n in range(layout.lineCount())]
        return widths[-1] >= (_EVEN if self.centred else _ENOUGH) * max(widths)

    def _broken(self, layout: QTextLayout) -> bool:
        around = (self.text[start - 1 : start + 1] for start in _starts(layout)[1:])
        return any(signs.isalpha() and max(signs) < _IDEOGRAPHS for signs in around)

    def _lay_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(directed(self.text).replace("\n", "\u2028"), self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # a Chinese name on a page from right to left is still read from the left
        from_right = is_arabic(self.text)
        direction = Qt.LayoutDirection.RightToLeft if from_right else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(direction)
        layout.setTextOption(option)
        if self.marks and self.mark_colours:
            layout.setFormats([self._mark(*mark) for mark in self.marks])
        layout.beginLayout()
        step, y = self.line_height(), 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            # lines of one text are equally far apart, whichever scripts stand on them
            top = y + self.base_line() - line.ascent()
            line.setPosition(QPointF(self._left(line.naturalTextWidth()), top))
            y += step
        layout.endLayout()
        return layout

    def _left(self, natural: float) -> float:
        """Where a line begins that is so long."""
        if self.centred:
            return (self.width - natural) / 2
        return self.width - natural if self.from_right else 0.0

    def _mark(self, start: int, length: int) -> QTextLayout.FormatRange:
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, length
        style = QtGui.QTextCharFormat()  # made ready only here: no first picture has marks
        background, ink = self.mark_colours or (QColor(), QColor())
        style.setBackground(background)
        style.setForeground(ink)
        mark.format = style
        return mark


def _starts(layout: QTextLayout) -> list[int]:
    return [layout.lineAt(n).textStart() for n in range(layout.lineCount())]
