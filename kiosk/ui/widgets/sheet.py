"""A piece of paper as it comes out of the printer, dot by dot: black on white in every look.

Knows how large a dot must be for its words to be read, and where the paper may be cut. Does not
know what is printed on it.
"""

from __future__ import annotations

import math
from itertools import accumulate

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Sheet
from kiosk.ui.widgets.plate import Plate

_DARK, _LIGHT = QColor(tokens.QR_DARK), QColor(tokens.QR_LIGHT)
_SLACK = 1e-6  # pixels that only rounding makes
_WHOLE = 1.15  # dots of whole pixels may be so much larger than they need be


class SheetPlate(Plate):
    """Paper, or the part of it that stands on this page."""

    def __init__(self, block: Sheet, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, "\n".join(_words(block)), parent)
        self._block = block
        self._edge = look.px(tokens.OUTLINE_MM)
        self._scale = self._scale_of(block)

    def _scale_of(self, block: Sheet) -> float:
        """Pixels of a dot: words are as large as those of the screen, as far as there is room."""
        room = self._width - 2 * self._edge
        needed, most = self._look.em_px("body") / block.em, room / block.width
        if block.most_px:
            most = min(most, (block.most_px - 2 * self._edge) / len(block.rows))
        whole = math.ceil(needed)
        return whole if whole <= min(needed * _WHOLE, most) else min(needed, most)

    @property
    def em_px(self) -> float:
        """How high the em of its smallest words is."""
        return self._block.em * self._scale

    @override
    def height_px(self) -> int:
        return self._down(len(self._block.rows)) + 2 * self._edge

    def _down(self, rows: int) -> int:
        return math.ceil(rows * self._scale - _SLACK)

    @override
    def split(self, room: int, most: int) -> tuple[Sheet, Sheet] | None:
        """Between two parts, not after a heading; a code that is too high becomes smaller."""
        parts, edges = self._block.parts, 2 * self._edge
        ends = [self._down(rows) for rows in accumulate(part.rows for part in parts)]
        many = sum(end <= room - edges for end in ends)
        while many and parts[many - 1].leads and self._are_together(many, most - edges):
            many -= 1
        is_too_high = not many and room >= most
        many = max(many, is_too_high)
        if not many or many == len(parts):
            return None
        upper, lower = _cut(self._block, many)
        return (replace(upper, most_px=most) if is_too_high else upper), lower

    def _are_together(self, many: int, most: int) -> bool:
        """Whether the last of so many parts and what it leads fit into one column at all."""
        both = self._block.parts[many - 1 : many + 1]
        return self._down(sum(part.rows for part in both)) <= most

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        block, edge = self._block, self._edge
        across, down = math.ceil(block.width * self._scale), self._down(len(block.rows))
        left = rect.left() + (rect.width() - across - 2 * edge) // 2
        card = QRect(left, rect.top(), across + 2 * edge, down + 2 * edge)
        painter.fillRect(card, self._look.colour("outline"))
        painter.fillRect(card.adjusted(edge, edge, -edge, -edge), _LIGHT)
        is_whole = self._scale == int(self._scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not is_whole)
        painter.drawImage(QRect(left + edge, rect.top() + edge, across, down), _image_of(block))


def _words(block: Sheet) -> list[str]:
    return [words for part in block.parts for words in part.words]


def _cut(block: Sheet, many: int) -> tuple[Sheet, Sheet]:
    rows = sum(part.rows for part in block.parts[:many])
    return (
        replace(block, rows=block.rows[:rows], parts=block.parts[:many]),
        replace(block, rows=block.rows[rows:], parts=block.parts[many:]),
    )


def _image_of(block: Sheet) -> QImage:
    """The dots; grey only where a dot is not a whole number of pixels."""
    stride, format_ = len(block.rows[0]), QImage.Format.Format_Mono
    mono = QImage(b"".join(block.rows), block.width, len(block.rows), stride, format_)
    mono.setColorTable([_LIGHT.rgb(), _DARK.rgb()])
    return mono.convertToFormat(QImage.Format.Format_Grayscale8)
