"""Everything that is read and not touched: headings, notices, panels, cards, the QR code.

Knows how to measure and paint each of these blocks. Does not know where on the screen they stand.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Field, Heading, Line, Notice, Panel, QrCard, Tile
from kiosk.ui.widgets.touchable import TileDrawing
from kiosk.ui.words import Words

_BLACK, _WHITE = QColor(0, 0, 0), QColor(255, 255, 255)  # a QR code in every look, ISO/IEC 18004
_GIANT = 0.4  # of the screen's height: a line that may be cut
_TONES = {
    "plain": ("card", "ink", "soft_ink", "outline"),
    "tint": ("tint", "on_tint", "on_tint", "tint_outline"),
    "primary": ("primary", "on_primary", "on_primary", "primary"),
    "yes": ("yes", "on_yes", "on_yes", "yes_outline"),
    "warning": ("warning", "on_warning", "on_warning", "warning_outline"),
}


class Plate(QLabel):
    """A block to read. Subclasses measure in `height` and paint in `draw`.

    It is a label to the accessibility tree: all its words are its text.
    """

    def __init__(self, look: Look, width: int, words: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._look, self._width = look, width
        self.setText(words)
        self.setAccessibleName(words)

    def height_px(self) -> int:
        """Pixels that the block needs."""
        raise TypeError("a plate is one of its kinds")

    def draw(self, painter: QPainter, rect: QRect) -> None:
        """Paint into the block's place."""
        raise TypeError("a plate is one of its kinds")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, self.rect())

    def _card(self, painter: QPainter, rect: QRect, fill: str, outline: str) -> None:
        width = self._look.px(tokens.OUTLINE_MM)
        painter.setPen(QPen(self._look.colour(outline), width))
        painter.setBrush(self._look.colour(fill))
        inset, radius = width // 2 + 1, self._look.px(tokens.RADIUS_MM)
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


class HeadingPlate(Plate):
    """The name of what follows."""

    def __init__(self, block: Heading, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, block.text, parent)
        self._words = look.words(block.text, "body", "ink", width - look.px(2), bold=True)

    @override
    def height_px(self) -> int:
        return self._words.height()

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._words.draw(painter, rect.left() + self._look.px(1), rect.top())


class TilePlate(Plate):
    """A tile that is only read."""

    def __init__(self, block: Tile, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, f"{block.title} {block.text}".strip(), parent)
        self._block = block
        self._drawing = TileDrawing(block, look, width)

    @override
    def height_px(self) -> int:
        return self._drawing.height()

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        fill, _, _, outline = _TONES[self._block.tone]
        self._card(painter, rect, fill, outline)
        self._drawing.draw(painter, rect)


class NoticePlate(Plate):
    """One thing that must be read."""

    def __init__(self, block: Notice, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, f"{block.title} {block.text}".strip(), parent)
        self._block = block
        _, ink, second, _ = _TONES[block.tone]
        self._padding = look.px(tokens.PADDING_MM)
        self._icon_px = round(look.em_px("label") * tokens.ICON_EM) if block.icon else 0
        self._indent = self._icon_px + (round(self._icon_px * 0.5) if block.icon else 0)
        room = width - 2 * self._padding - self._indent
        role = "label" if block.text else "body"
        self._title = look.words(block.title, role, ink, room, bold=True)
        self._text = look.words(block.text, "body", second, room)

    @override
    def height_px(self) -> int:
        words = self._title.height() + self._text.height()
        return max(words, self._icon_px) + round(self._padding * 1.6)

    def split(self, room: int) -> tuple[Notice, Notice] | None:
        """The notice up to the line that still fits, and the rest; None where no line fits."""
        parts = _cut(self._text, room - round(self._padding * 1.6) - self._title.height())
        if parts is None:
            return None
        return replace(self._block, text=parts[0]), replace(self._block, title="", text=parts[1])

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        fill, ink, _, outline = _TONES[self._block.tone]
        self._card(painter, rect, fill, outline)
        words = self._title.height() + self._text.height()
        top = rect.top() + (rect.height() - words) // 2
        left = rect.left() + self._padding
        if self._icon_px:
            colour = self._look.colour(ink)
            icon = self._look.icons.get(self._block.icon, self._icon_px, colour)
            painter.drawPixmap(left, rect.center().y() - self._icon_px // 2, icon)
        self._title.draw(painter, left + self._indent, top)
        self._text.draw(painter, left + self._indent, top + self._title.height())


def _cut(text: Words, room: int) -> tuple[str, str] | None:
    """What of a text fits into so many pixels, and the rest; None where that is nothing or all."""
    lines = room // text.line_height()
    if not 1 <= lines < text.line_count():
        return None
    place = text.line_starts()[lines]
    return text.text[:place].rstrip(), text.text[place:]


class PanelPlate(Plate):
    """Lines on a card."""

    def __init__(self, block: Panel, look: Look, width: int, parent: QWidget | None) -> None:
        words = "\n".join(f"{line.title} {line.text}".strip() for line in block.lines)
        super().__init__(look, width, words, parent)
        self._block = block
        self._padding = look.px(tokens.PADDING_MM)
        self._marked = any(line.mark for line in block.lines)
        self._indent = round(look.em_px("label") * 1.35) if self._marked else 0
        self._rows = [self._row(line) for line in block.lines]

    def _row(self, line: Line) -> tuple[Line, Words, Words]:
        room = self._width - 2 * self._padding - self._indent
        title = self._look.words(line.title, "label", "ink", room, bold=True)
        return line, title, self._look.words(line.text, "body", "soft_ink", room)

    def _row_height(self, row: tuple[Line, Words, Words]) -> int:
        return row[1].height() + row[2].height() + round(self._padding * 0.9)

    @override
    def height_px(self) -> int:
        return sum(self._row_height(row) for row in self._rows) + round(self._padding * 0.6)

    def split(self, room_px: int) -> tuple[Panel, Panel] | None:
        """The lines that fit into so many pixels and the rest; None where not one fits."""
        used = round(self._padding * 0.6)
        for n, row in enumerate(self._rows):
            used += self._row_height(row)
            if used > room_px:
                lines = self._block.lines
                if n:
                    return Panel(lines[:n]), Panel(lines[n:])
                return self._split_first(room_px - used + self._row_height(row))
        return None

    def _split_first(self, room: int) -> tuple[Panel, Panel] | None:
        """The first line, if it is nearly as high as a page, up to where it fits, and the rest."""
        row = self._rows[0]
        line, title, text = row
        if self._row_height(row) < _GIANT * self._look.panel.height_px:
            return None
        parts = _cut(text, room - round(self._padding * 0.9) - title.height())
        if parts is None:
            return None
        rest = (Line("", parts[1]), *self._block.lines[1:])
        return Panel((Line(line.title, parts[0], line.mark),)), Panel(rest)

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "outline")
        left, y = rect.left() + self._padding, rect.top() + round(self._padding * 0.3)
        for n, row in enumerate(self._rows):
            line, title, text = row
            if n:
                painter.setPen(QPen(self._look.colour("outline"), 1))
                painter.drawLine(left, y, rect.right() - self._padding, y)
            top = y + round(self._padding * 0.45)
            self._mark(painter, line.mark, left, top)
            title.draw(painter, left + self._indent, top)
            text.draw(painter, left + self._indent, top + title.height())
            y += self._row_height(row)

    def _mark(self, painter: QPainter, mark: str, left: int, top: int) -> None:
        em = self._look.em_px("label")
        if mark == "box":
            painter.setPen(QPen(self._look.colour("ink"), self._look.px(tokens.OUTLINE_MM)))
            painter.setBrush(QBrush())
            side = round(em * 0.8)
            painter.drawRoundedRect(
                left + 2, top + (round(em * 1.35) - side) // 2, side, side, 4, 4
            )
        elif mark:
            self._look.words(mark, "label", "tint_outline", em * 2, bold=True).draw(
                painter, left, top
            )


class FieldPlate(Plate):
    """What has been entered."""

    def __init__(self, block: Field, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, block.text or block.placeholder, parent)
        shown = Tile("", block.text, icon=block.icon, shape="tile")
        if not block.text:
            shown = replace(shown, text=block.placeholder)
        self._drawing = TileDrawing(shown, look, width)
        hidden = 1
        while self._drawing.title.line_count() > 1 and hidden < len(block.text):
            # what was entered last is what one looks at; the whole is read out all the same
            shown = replace(shown, title="…" + block.text[hidden:].lstrip())
            self._drawing = TileDrawing(shown, look, width)
            hidden += 1

    @override
    def height_px(self) -> int:
        return self._drawing.height()

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "tint_outline")
        self._drawing.draw(painter, rect)


class QrPlate(Plate):
    """A QR code on white, in every look, with its words beside or below it."""

    def __init__(self, block: QrCard, look: Look, width: int, parent: QWidget | None) -> None:
        words = [block.title, *block.lines, block.host_label, block.host]
        words += [block.code_label, " ".join(block.code)]
        super().__init__(look, width, "\n".join(words), parent)
        self._block = block
        self._padding = look.px(tokens.PADDING_MM)
        self._module_px = max(3, look.px(tokens.QR_MODULE_MM))
        self._side = (len(block.modules) + 2 * tokens.QR_QUIET) * self._module_px
        beside = width - self._side - 3 * self._padding
        self._image = _image_of(block.modules)
        self._below = beside < look.em_px("label") * 8
        self._words = self._lay_out(width - 2 * self._padding if self._below else beside)

    def _lay_out(self, room: int) -> list[Words]:
        block, look = self._block, self._look
        return [
            look.words(block.title, "label", "ink", room, bold=True),
            *(look.words(line, "small", "soft_ink", room) for line in block.lines),
            look.words(block.host_label, "small", "soft_ink", room),
            look.words(block.host, "body", "ink", room, bold=True),
            look.words(f"{block.code_label} {block.code}", "label", "ink", room, bold=True),
        ]

    @override
    def height_px(self) -> int:
        words = sum(text.height() for text in self._words)
        inner = self._side + self._padding + words if self._below else max(self._side, words)
        return inner + 2 * self._padding

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "outline")
        x, y = rect.left() + self._padding, rect.top() + self._padding
        if self._below:
            self._draw_code(painter, rect.left() + (rect.width() - self._side) // 2, y)
            y += self._side + self._padding
        else:
            inner = rect.height() - 2 * self._padding
            self._draw_code(painter, x, y + (inner - self._side) // 2)
            x += self._side + self._padding
            y += (inner - sum(text.height() for text in self._words)) // 2
        for text in self._words:
            text.draw(painter, x, y)
            y += text.height()

    def _draw_code(self, painter: QPainter, x: int, y: int) -> None:
        painter.fillRect(x, y, self._side, self._side, _WHITE)
        inset = tokens.QR_QUIET * self._module_px
        side = len(self._block.modules) * self._module_px
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(QRect(x + inset, y + inset, side, side), self._image)


def _image_of(modules: tuple[tuple[bool, ...], ...]) -> QImage:
    """One pixel a module; scaled by whole numbers only."""
    image = QImage(len(modules), len(modules), QImage.Format.Format_RGB32)
    image.fill(_WHITE)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                image.setPixelColor(column, row, _BLACK)
    return image
