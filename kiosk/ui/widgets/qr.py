"""A QR code on white, in every look, with the words that belong to it and how to scan it.

Knows how large a module must be, where the picture of a hand with a phone has room, and which words
may stand on a card of their own. Does not know what the code says.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.look import Panel as Glass
from kiosk.ui.page import Line, Notice, Panel, QrCard
from kiosk.ui.widgets.plate import Plate
from kiosk.ui.words import Words

_DARK, _LIGHT = QColor(tokens.QR_DARK), QColor(tokens.QR_LIGHT)
_WHOLE = 2  # of the words of a card at its end, whose hosts and numbers may break


def module_px(glass: Glass) -> int:
    """Pixels of a module: whole ones, and never finer than the distance allows."""
    away_mm = max(tokens.QR_FROM_MM, glass.distance_mm)
    return math.ceil(away_mm / tokens.QR_REACH / glass.mm_per_px)


class _Aim:
    """The picture of how to scan, with its words below it or beside it."""

    def __init__(self, block: QrCard, look: Look, gap: int) -> None:
        self._block, self._look, self._gap = block, look, gap
        self.side = round(look.em_px("small") * tokens.QR_PICTURE_EM)
        self.words = look.words("", "small", "soft_ink", self.side)
        self._is_beside = False

    def below(self) -> bool:
        """The words go below the picture; whether they fit there without breaking one."""
        self.words = self._look.words(self._block.aim, "small", "soft_ink", self.side, centred=True)
        return not self.words.breaks_word()

    def beside(self, width: int) -> None:
        """The words go beside the picture."""
        self._is_beside = True
        room = width - self.side - self._gap
        self.words = self._look.words(self._block.aim, "small", "soft_ink", room)

    @property
    def height(self) -> int:
        """Pixels of both."""
        if self._is_beside:
            return max(self.side, self.words.height())
        return self.side + self.words.height()

    def draw(self, painter: QPainter, rect: QRect, start: int, top: int) -> None:
        """Draw both from so many pixels from where lines begin."""
        look = self._look
        icon = look.icon(self._block.picture, self.side, "tint_outline")
        painter.drawPixmap(rect.left() + look.left(start, self.side, rect.width()), top, icon)
        if self._is_beside:
            start += self.side + self._gap
            top += (self.height - self.words.height()) // 2
        else:
            top += self.side
        x = rect.left() + look.left(start, self.words.width, rect.width())
        self.words.draw(painter, x, top)


class QrPlate(Plate):
    """A QR code with its words beside or below it."""

    def __init__(self, block: QrCard, look: Look, width: int, parent: QWidget | None) -> None:
        words = [block.title, *block.lines, block.aim, block.host_label, block.host]
        words += [block.code_label, " ".join(block.code)]
        super().__init__(look, width, "\n".join(one for one in words if one), parent)
        self._block = block
        self._padding = look.px(tokens.PADDING_MM)
        self._air = round(2 * self._padding * look.lie.tile_padding)
        across = len(block.modules) + 2 * tokens.QR_QUIET
        # a device for far eyes may be too narrow for a long code: as large as there is room
        most = max(1, (width - 2 * self._padding) // across)
        self._module_px = min(module_px(look.panel), most)
        self._side = across * self._module_px
        beside = width - self._side - 3 * self._padding
        self._image = _image_of(block.modules)
        self._words = self._lay_out(beside)
        self._below = beside < look.em_px("label") * 4 or self._is_torn(self._words)
        if self._below:
            self._words = self._lay_out(width - 2 * self._padding)
        self._aim_start = 0  # of a picture that stands beside the words
        self._aim = self._placed_picture(beside) if block.picture else None

    def _placed_picture(self, beside: int) -> _Aim:
        """Beside the words, where the card gets no higher by it; else below them."""
        aim = _Aim(self._block, self._look, self._padding)
        room = beside - aim.side - self._padding
        if not self._below and room > 0 and aim.below():
            words = self._lay_out(room)
            is_whole = not any(one.breaks_word() for one in words)
            if is_whole and max(_height_of(words), aim.height) <= self._side:
                self._words = words
                self._aim_start = self._width - self._padding - aim.side
                return aim
        aim.beside(self._width - 2 * self._padding if self._below else beside)
        return aim

    @staticmethod
    def _is_torn(words: list[Words]) -> bool:
        return any(one.breaks_word() for one in words[:-_WHOLE])

    def _lay_out(self, room: int) -> list[Words]:
        block, look = self._block, self._look
        code = f"{block.code_label} {block.code}".strip()
        return [
            look.words(block.title, "label", "ink", room, bold=True),
            *(look.words(line, "small", "soft_ink", room) for line in block.lines),
            look.words(block.host_label, "small", "soft_ink", room),
            look.words(_in_parts(block.host), "body", "ink", room, bold=True),
            look.words(code, "label", "ink", room, bold=True),
        ]

    def _column_height(self) -> int:
        """Pixels of the words, and of a picture that stands below them."""
        words = _height_of(self._words)
        if self._aim is None or self._aim_start:
            return words
        return words + self._padding + self._aim.height

    @override
    def height_px(self) -> int:
        words = self._column_height()
        inner = self._side + self._padding + words if self._below else max(self._side, words)
        return inner + self._air

    @override
    def split(self, room: int, most: int) -> tuple[QrCard, Panel | Notice] | None:
        """The code with what must stand beside it, or alone, and the rest on a card of its own."""
        block = self._block
        plain = replace(block, picture="", aim="")
        if block.picture and self._height_of(plain) <= room:
            return plain, Notice(block.aim, icon=block.picture)
        told = (*block.lines, block.aim) if block.aim else block.lines
        lines = (*(Line("", line) for line in told), Line(block.host_label, _in_parts(block.host)))
        upper = replace(plain, lines=(), host_label="", host="")
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
            y += (inner - self._column_height()) // 2
        self._write(painter, rect, start, y, *self._words)
        if self._aim is not None and self._aim_start:
            top = rect.top() + (rect.height() - self._aim.height) // 2
            self._aim.draw(painter, rect, self._aim_start, top)
        elif self._aim is not None:
            top = y + _height_of(self._words) + self._padding
            self._aim.draw(painter, rect, start, top)

    def _draw_code(self, painter: QPainter, x: int, y: int) -> None:
        painter.fillRect(x, y, self._side, self._side, _LIGHT)
        inset = tokens.QR_QUIET * self._module_px
        side = len(self._block.modules) * self._module_px
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRect(x + inset, y + inset, side, side), self._image)


def _in_parts(host: str) -> str:
    """It goes on behind a point, where one line has no room for it: so it can be compared."""
    return host.replace(".", ".\u200b")


def _height_of(words: list[Words]) -> int:
    return sum(text.height() for text in words)


def _image_of(modules: tuple[tuple[bool, ...], ...]) -> QImage:
    """One pixel a module; scaled by whole numbers only."""
    image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
    image.fill(_LIGHT)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                image.setPixelColor(column, row, _DARK)
    return image
