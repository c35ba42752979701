"""A QR code on white, in every look, with the words that belong to it.

Knows how large a module must be and which words may stand on a card of their own. Does not know
what the code says.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Line, Panel, QrCard
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.words import Words

_DARK, _LIGHT = QColor(tokens.QR_DARK), QColor(tokens.QR_LIGHT)


class QrPlate(Plate):
    """A QR code with its words beside or below it."""

    def __init__(self, block: QrCard, look: Look, width: int, parent: QWidget | None) -> None:
        words = [block.title, *block.lines, block.host_label, block.host]
        words += [block.code_label, " ".join(block.code)]
        super().__init__(look, width, "\n".join(one for one in words if one), parent)
        self._block = block
        self._padding = look.px(tokens.PADDING_MM)
        self._air = round(2 * self._padding * look.lie.tile_padding)
        self._module_px = max(3, look.px(tokens.QR_MODULE_MM))
        self._side = (len(block.modules) + 2 * tokens.QR_QUIET) * self._module_px
        beside = width - self._side - 3 * self._padding
        self._image = _image_of(block.modules)
        self._words = self._lay_out(beside)
        self._below = beside < look.em_px("label") * 4 or any(
            words.breaks_word() for words in self._words[:-2]
        )
        if self._below:
            self._words = self._lay_out(width - 2 * self._padding)

    def _lay_out(self, room: int) -> list[Words]:
        block, look = self._block, self._look
        code = f"{block.code_label} {block.code}".strip()
        return [
            look.words(block.title, "label", "ink", room, bold=True),
            *(look.words(line, "small", "soft_ink", room) for line in block.lines),
            look.words(block.host_label, "small", "soft_ink", room),
            look.words(block.host, "body", "ink", room, bold=True),
            look.words(code, "label", "ink", room, bold=True),
        ]

    @override
    def height_px(self) -> int:
        words = sum(text.height() for text in self._words)
        inner = self._side + self._padding + words if self._below else max(self._side, words)
        return inner + self._air

    @override
    def split(self, room: int, most: int) -> tuple[QrCard, Panel] | None:
        """The code with what must stand beside it, or alone, and the other words on a panel."""
        block = self._block
        lines = (*(Line("", line) for line in block.lines), Line(block.host_label, block.host))
        upper = replace(block, lines=(), host_label="", host="")
        if block.host and self._height_of(upper) <= room:
            return upper, Panel(lines)
        bare = replace(upper, title="", code_label="", code="")
        if not block.title or self._height_of(bare) > room:
            return None
        words = (Line(block.title), Line(f"{block.code_label} {block.code}"))
        return bare, Panel((*words, *(lines if block.host else ())))

    def _height_of(self, block: QrCard) -> int:
        return QrPlate(block, self._look, self._width, None).height_px()

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "outline")
        start, y = self._padding, rect.top() + self._air // 2
        inner = rect.height() - self._air
        if self._below:
            middle = (rect.width() - self._side) // 2
            self._draw_code(painter, rect.left() + middle, y)
            y += self._side + self._padding
        else:
            x = rect.left() + self._look.left(start, self._side, rect.width())
            self._draw_code(painter, x, y + (inner - self._side) // 2)
            start += self._side + self._padding
            y += (inner - sum(text.height() for text in self._words)) // 2
        self._write(painter, rect, start, y, *self._words)

    def _draw_code(self, painter: QPainter, x: int, y: int) -> None:
        painter.fillRect(x, y, self._side, self._side, _LIGHT)
        inset = tokens.QR_QUIET * self._module_px
        side = len(self._block.modules) * self._module_px
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRect(x + inset, y + inset, side, side), self._image)


def _image_of(modules: tuple[tuple[bool, ...], ...]) -> QImage:
    """One pixel a module; scaled by whole numbers only."""
    image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
    image.fill(_LIGHT)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                image.setPixelColor(column, row, _DARK)
    return image
