"""Everything that is read and not touched: headings, notices, panels, fields.

Knows how to measure and paint each of these blocks. Does not know where on the screen they stand.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TypeAlias

from PySide6.QtCore import QRect
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Block, Field, Heading, Line, Notice, Panel, Tile, Tiles
from kiosk.ui.widgets.tile import TONES, TileDrawing
from kiosk.ui.words import Words


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

    def split(self, room: int, most: int) -> tuple[Block, Block] | None:
        """What of the block fits into so many pixels, and the rest; None where it stays whole.

        Args:
            room: pixels that are left here.
            most: pixels of the highest column there is.
        """
        return None

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

    def _write(self, painter: QPainter, rect: QRect, start: int, top: int, *texts: Words) -> None:
        """Texts below each other, so many pixels from where lines begin."""
        for words in texts:
            x = rect.left() + self._look.left(start, words.width, rect.width())
            words.draw(painter, x, top)
            top += words.height()


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
        self._write(painter, rect, self._look.px(1), rect.top(), self._words)


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
        fill, _, _, outline = TONES[self._block.tone]
        self._card(painter, rect, fill, outline)
        self._drawing.draw(painter, rect)

    @override
    def split(self, room: int, most: int) -> tuple[Tiles, Tiles] | None:
        parts = cut(self._drawing.title, self._drawing.text, room - self._drawing.air)
        if parts is None:
            return None
        (title, text), (rest, more) = parts
        upper = replace(self._block, title=title, text=text)
        return Tiles((upper,)), Tiles((replace(self._block, title=rest, text=more),))


class NoticePlate(Plate):
    """One thing that must be read."""

    def __init__(self, block: Notice, look: Look, width: int, parent: QWidget | None) -> None:
        super().__init__(look, width, f"{block.title} {block.text}".strip(), parent)
        self._block = block
        _, ink, second, _ = TONES[block.tone]
        self._padding = look.px(tokens.PADDING_MM)
        self._air = self._padding * look.lie.tile_padding
        self._is_title = bool(block.text) or block.is_part
        role = "label" if self._is_title else "body"
        self._icon_px = round(look.em_px(role) * tokens.ICON_EM) if block.icon else 0
        self._indent = self._icon_px + (round(self._icon_px * 0.5) if block.icon else 0)
        room = width - 2 * self._padding - self._indent
        self._title = look.words(block.title, role, ink, room, bold=True)
        self._text = look.words(block.text, "body", second, room)

    @override
    def height_px(self) -> int:
        words = self._title.height() + self._text.height()
        return max(words, self._icon_px) + round(self._air * 1.8)

    @override
    def split(self, room: int, most: int) -> tuple[Notice, Notice] | None:
        parts = cut(self._title, self._text, room - round(self._air * 1.8))
        if parts is None:
            return None
        (title, text), (rest, more) = parts
        return (
            replace(self._block, title=title, text=text, is_part=self._is_title),
            replace(self._block, title=rest, text=more, is_part=self._is_title),
        )

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        fill, ink, _, outline = TONES[self._block.tone]
        self._card(painter, rect, fill, outline)
        words = self._title.height() + self._text.height()
        top = rect.top() + (rect.height() - words) // 2
        if self._icon_px:
            x = rect.left() + self._look.left(self._padding, self._icon_px, rect.width())
            icon = self._look.icon(self._block.icon, self._icon_px, ink)
            painter.drawPixmap(x, rect.center().y() - self._icon_px // 2, icon)
        self._write(painter, rect, self._padding + self._indent, top, self._title, self._text)


Pair: TypeAlias = tuple[str, str]


def cut(title: Words, text: Words, room: int) -> tuple[Pair, Pair] | None:
    """Title and text that fit into so many pixels, and those that do not; None if none or all."""
    parts = _cut(text, room - title.height())
    if parts is not None:
        return (title.text, parts[0]), ("", parts[1])
    if title.text and text.text and title.height() <= room:
        return (title.text, ""), ("", text.text)
    parts = _cut(title, room)
    return ((parts[0], ""), (parts[1], text.text)) if parts is not None else None


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
        self._air = self._padding * look.lie.tile_padding
        self._marked = any(line.mark for line in block.lines)
        self._indent = round(look.em_px("label") * 1.35) if self._marked else 0
        self._rows = [self._row(line) for line in block.lines]

    def _row(self, line: Line) -> tuple[Line, Words, Words]:
        room = self._width - 2 * self._padding - self._indent
        title = self._look.words(line.title, "label", "ink", room, bold=True)
        return line, title, self._look.words(line.text, "body", "soft_ink", room)

    def _row_height(self, row: tuple[Line, Words, Words]) -> int:
        return row[1].height() + row[2].height() + round(self._air)

    @override
    def height_px(self) -> int:
        return sum(self._row_height(row) for row in self._rows) + round(self._air * 0.7)

    @override
    def split(self, room: int, most: int) -> tuple[Panel, Panel] | None:
        used = round(self._air * 0.7)
        for n, row in enumerate(self._rows):
            used += self._row_height(row)
            if used > room:
                lines = self._block.lines
                if n:
                    return Panel(lines[:n]), Panel(lines[n:])
                return self._split_first(room - used + self._row_height(row), most)
        return None

    def _split_first(self, room: int, most: int) -> tuple[Panel, Panel] | None:
        """The first line, if it fits into no column, up to where it fits, and the rest."""
        row = self._rows[0]
        line, title, text = row
        if self._row_height(row) + round(self._air * 0.7) <= most:
            return None
        parts = cut(title, text, room - round(self._air))
        if parts is None:
            return None
        upper, lower = Line(*parts[0], line.mark), Line(*parts[1])
        return Panel((upper,)), Panel((lower, *self._block.lines[1:]))

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "outline")
        left, y = rect.left() + self._padding, rect.top() + round(self._air * 0.35)
        for n, row in enumerate(self._rows):
            line, title, text = row
            if n:
                painter.setPen(QPen(self._look.colour("outline"), 1))
                painter.drawLine(left, y, rect.right() - self._padding, y)
            top = y + round(self._air * 0.5)
            self._mark(painter, rect, line.mark, top)
            self._write(painter, rect, self._padding + self._indent, top, title, text)
            y += self._row_height(row)

    def _mark(self, painter: QPainter, rect: QRect, mark: str, top: int) -> None:
        em = self._look.em_px("label")
        if mark == "box":
            painter.setPen(QPen(self._look.colour("ink"), self._look.px(tokens.OUTLINE_MM)))
            painter.setBrush(QBrush())
            side = round(em * 0.8)
            x = rect.left() + self._look.left(self._padding + 2, side, rect.width())
            painter.drawRoundedRect(x, top + (round(em * 1.35) - side) // 2, side, side, 4, 4)
        elif mark:
            number = self._look.words(mark, "label", "tint_outline", em * 2, bold=True)
            self._write(painter, rect, self._padding, top, number)


class FieldPlate(Plate):
    """What has been entered, on one line."""

    def __init__(self, block: Field, look: Look, width: int, parent: QWidget | None) -> None:
        words = block.said or block.text or block.placeholder
        super().__init__(look, width, words, parent)
        self._empty = self._invitation(block)
        self._drawing = self._entered(block) if block.text else self._empty

    def _entered(self, block: Field) -> TileDrawing:
        """What was entered last is what one looks at; the whole is read out all the same."""
        shorter = range(len(block.text) - 1)
        hidden = bisect_left(shorter, True, key=lambda n: self._is_one_line(block, n))
        return self._without(block, hidden)

    def _is_one_line(self, block: Field, hidden: int) -> bool:
        return self._without(block, hidden).title.line_count() == 1

    def _without(self, block: Field, hidden: int) -> TileDrawing:
        """So many signs less at the beginning."""
        left = ("…" + block.text[hidden:].lstrip()) if hidden else block.text
        marks = _moved(block.marks, len(left) - len(block.text), 1) if hidden else block.marks
        return self._lay_out(Tile("", left, icon=block.icon, marks=marks))

    def end(self) -> QRect:
        """Where the next sign will stand."""
        drawing = self._drawing
        icon_px = drawing.icon_px + 2 * drawing.gap if drawing.icon_px else 0
        start = drawing.padding + icon_px + drawing.title.natural_width()
        x = self._look.left(min(start, self.width() - 1), 1, self.width())
        return QRect(x, 0, 1, self.height())

    def _invitation(self, block: Field) -> TileDrawing:
        """Smaller, or without its icon, where that saves a line."""
        whole = self._lay_out(Tile("", "", block.placeholder, block.icon))
        words = self._lay_out(Tile("", "", block.placeholder))
        for drawing in (whole, words):
            self._shrink(drawing)
        return whole if whole.text.line_count() <= words.text.line_count() else words

    def _shrink(self, drawing: TileDrawing) -> None:
        text, em_px = drawing.text, drawing.text.font.pixelSize()
        icon_share = drawing.icon_px / em_px
        while drawing.text.line_count() > 1 and em_px > self._look.least_em_px():
            em_px -= 1
            drawing.text = self._look.words(text.text, "small", "soft_ink", text.width, em_px=em_px)
        drawing.icon_px = round(icon_share * em_px)  # it stays as large beside them

    def _lay_out(self, shown: Tile) -> TileDrawing:
        return TileDrawing(shown, self._look, self._width)

    @override
    def height_px(self) -> int:
        """The same empty and full, so that the keys below do not move."""
        line = self._lay_out(Tile("", "国", icon="search"))
        return max(line.height(), self._empty.height())

    @override
    def draw(self, painter: QPainter, rect: QRect) -> None:
        self._card(painter, rect, "card", "tint_outline")
        self._drawing.draw(painter, rect)


def _moved(marks: tuple[tuple[int, int], ...], by: int, least: int) -> tuple[tuple[int, int], ...]:
    """Marks of a text whose beginning has become shorter."""
    ends = ((max(least, start + by), start + length + by) for start, length in marks)
    return tuple((start, end - start) for start, end in ends if end > start)
