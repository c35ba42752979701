"""The one layout of every citizen screen: header, blocks, dock and bar, each always in its place.

Knows how to draw a `Page` on a panel. Does not know where a page comes from or what its acts do.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from kiosk.ui import flow, tokens
from kiosk.ui.look import Look
from kiosk.ui.measure import Measure
from kiosk.ui.page import Block, Field, Keys, Page, Tile, Tiles
from kiosk.ui.widgets.touchable import Room, TileDrawing, Touchable
from kiosk.ui.words import Words

_STRETCH_LANDSCAPE = 0.7
_STRETCH = 0.3  # how much higher tiles become where there is room


class Screen(Room):
    """A page drawn for a look.

    Signals:
        acted(object, str): an act was asked for, and the name of what was touched.
    """

    acted = Signal(object, str)

    def __init__(self, page: Page, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._look = page, look
        self.setObjectName(f"screen:{page.name}")
        self.setAccessibleName(page.title)
        self.resize(look.panel.width_px, look.panel.height_px)
        self._margin = look.px(tokens.MARGIN_MM if look.panel.is_portrait else 8)
        self._measure = Measure(look)
        self._gap, self._section = self._measure.gap, self._measure.section
        self._header_px = self._build_header()
        bar_px, bar = self._bar()
        self._bar_top = self.height() - bar_px
        self.page_count = self._build_body()
        for tile, x, width, height in bar:
            self._touchable(tile, x, self._bar_top + self._bar_pad, width, height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), self._look
        painter.fillRect(self.rect(), look.colour("page"))
        painter.fillRect(0, 0, self.width(), self._header_px, look.colour("header"))
        line = look.px(tokens.OUTLINE_MM)
        if look.roles.header_line != look.roles.header:
            top = self._header_px - line
            painter.fillRect(0, top, self.width(), line, look.colour("header_line"))
        painter.fillRect(
            0, self._bar_top, self.width(), self.height() - self._bar_top, look.colour("card")
        )
        painter.fillRect(0, self._bar_top, self.width(), line, look.colour("outline"))

    def touchables(self) -> list[Touchable]:
        """Everything that can be touched, in reading order."""
        return self.findChildren(Touchable)

    # header ---------------------------------------------------------------------------------

    def _build_header(self) -> int:
        look, page = self._look, self._page
        width = self.width() - 2 * self._margin
        top = look.px(7 if look.panel.is_portrait else 4)
        clock = look.words(page.clock, "small", "on_header", width)
        clock_px = clock.natural_width() + self._gap if page.clock else 0
        path = look.words(page.path, "small", "on_header", width - clock_px)
        beside = 0 if page.path else clock_px  # the clock stands beside the first line
        title = look.words(page.title, "title", "on_header", width - beside, bold=True)
        text = look.words(page.text, "small", "on_header", width)
        shown = [words for words in (path, title, text) if words.text]
        inner = sum(words.height() for words in shown)
        bottom = look.px(5 if look.panel.is_portrait else 3)
        least = self.height() // 8 if look.panel.is_portrait else 0
        height = max(top + inner + bottom, least)
        y = max(top, (height - inner) // 2)
        if page.clock:
            left = self.width() - self._margin - clock.natural_width()
            place = (left, y, clock.natural_width() + 2, clock.height())
            _Words(clock, self).setGeometry(*place)
        for words in shown:
            _Words(words, self).setGeometry(self._margin, y, words.width, words.height())
            y += words.height()
        return height

    # body -----------------------------------------------------------------------------------

    def _build_body(self) -> int:
        """Draw the blocks of the page's index; how many pages there are."""
        top = self._header_px + self._section
        columns = 1 if self._look.panel.is_portrait else 2
        width = (self.width() - 2 * self._margin - (columns - 1) * self._section) // columns
        full = self._bar_top - top - self._gap
        units = list(self._measure.units(self._page.blocks, width))
        docks = self._docks(columns, width, 1)
        pages = flow.balanced(units, self._rooms(full, docks))
        if len(pages) > 1 and self._page.turn is not None:
            docks = self._docks(columns, width, len(pages))
            pages = flow.balanced(units, self._rooms(full, docks))
            docks = self._docks(columns, width, len(pages))
        page, rooms = pages[min(self._page.index, len(pages) - 1)], self._rooms(full, docks)
        share = self._stretch(page, rooms)
        for n, (column, room, dock) in enumerate(zip(page, rooms, docks, strict=True)):
            x = self._margin + n * (width + self._section)
            self._place_column(flow.stretch(column, share), x, top, width, room)
            self._place_dock(dock, x, top + full, width)
        return len(pages)

    def _docks(self, columns: int, width: int, pages: int) -> list[list[flow.Unit]]:
        """What stays at the bottom of each column; pages are turned below what is turned."""
        docked = self._page.dock
        turn: tuple[Block, ...] = (self._turn(pages),) if pages > 1 else ()
        blocks: list[tuple[Block, ...]] = [()] * columns
        blocks[-1] = docked
        at = 0 if docked else -1
        blocks[at] = (*turn, *blocks[at])
        return [list(self._measure.units(column, width, self._gap)) for column in blocks]

    def _rooms(self, full: int, docks: list[list[flow.Unit]]) -> list[int]:
        return [full - (_height(dock) + self._section if dock else 0) for dock in docks]

    def _stretch(self, page: flow.Columns, rooms: list[int]) -> float:
        """The same share in every column: equal tiles look equal."""
        most = _STRETCH if len(rooms) == 1 else _STRETCH_LANDSCAPE
        shares = [
            flow.spare_share(column, room)
            for column, room in zip(page, rooms, strict=True)
            if any(placed.unit.stretches for placed in column)
        ]
        return max(0.0, min([most, *shares]))

    def _place_column(
        self, column: list[flow.Placed], x: int, top: int, width: int, room: int
    ) -> None:
        spare = room - (column[-1].y + column[-1].height) if column else 0
        down = max(0, spare) // 2 if self._page.centred else 0
        for item in column:
            self._place(item.unit.block, x, top + down + item.y, width, item.height)

    def _place_dock(self, dock: list[flow.Unit], x: int, bottom: int, width: int) -> None:
        y = bottom - _height(dock)
        for n, unit in enumerate(dock):
            y += unit.gap if n else 0
            self._place(unit.block, x, y, width, unit.height)
            y += unit.height

    def _turn(self, pages: int) -> Tiles:
        """The row that turns pages; it stays in place when there is nothing before or after."""
        turn, index = self._page.turn, min(self._page.index, pages - 1)
        assert turn is not None  # noqa: S101 — asked before
        back = Tile(
            "page:previous",
            turn.previous,
            icon="" if self._look.is_largest else "chevron-left",
            act=turn.act(index - 1),
            shape="button",
            enabled=index > 0,
        )
        following = turn.following.format(page=index + 1, pages=pages)
        ahead = Tile(
            "page:following",
            following,
            icon="" if self._look.is_largest else "chevron-right",
            act=turn.act(index + 1),
            shape="button",
            enabled=index < pages - 1,
        )
        return Tiles((back, ahead), min_em=5, most_columns=2)

    # placing --------------------------------------------------------------------------------

    def _place(self, block: object, x: int, y: int, width: int, height: int) -> None:
        match block:
            case Tiles():
                cell = self._measure.cell(width, block.most_columns)
                for n, tile in enumerate(block.tiles):
                    self._tile(tile, x + n * (cell + self._gap), y, cell, height)
            case Keys():
                self._place_keys(block, x, y, width)
            case Field(erase=Tile() as erase):
                side = self._measure.erase_width(erase)
                rest = width - side - self._gap
                self._measure.plate(block, rest, self).setGeometry(x, y, rest, height)
                self._touchable(erase, x + rest + self._gap, y, side, height)
            case _:
                self._measure.plate(block, width, self).setGeometry(x, y, width, height)

    def _place_keys(self, block: Keys, x: int, y: int, width: int) -> None:
        height, gap = self._measure.key_height(block, width), self._measure.key_gap
        widths = self._measure.key_widths(block, width)
        for n, (key, across) in enumerate(zip(block.keys, widths, strict=True)):
            row, column = divmod(n, block.columns)
            left = x + column * (widths[0] + gap)
            self._touchable(key, left, y + row * (height + gap), across, height)

    def _tile(self, tile: Tile, x: int, y: int, width: int, height: int) -> None:
        if tile.act is None:
            self._measure.plate(tile, width, self).setGeometry(x, y, width, height)
        else:
            self._touchable(tile, x, y, width, height)

    def _touchable(self, tile: Tile, x: int, y: int, width: int, height: int) -> None:
        button = Touchable(tile, self._look, self)
        button.setGeometry(x, y, width, height)
        button.acted.connect(self.acted)

    # bar ------------------------------------------------------------------------------------

    def _bar(self) -> tuple[int, list[tuple[Tile, int, int, int]]]:
        """Height of the bar, and its tiles with left edge, width and height."""
        self._bar_pad = self._look.px(5 if self._look.panel.is_portrait else 3)
        tiles, gap = self._page.bar, self._gap
        if not tiles:
            return 0, []
        cell = (self.width() - 2 * self._margin - (len(tiles) - 1) * gap) // len(tiles)
        height = max(TileDrawing(tile, self._look, cell).height() for tile in tiles)
        placed = [
            (tile, self._margin + n * (cell + gap), cell, height) for n, tile in enumerate(tiles)
        ]
        return height + 2 * self._bar_pad, placed


class _Words(QLabel):
    """Words on the header."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setText(words.text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self._words.draw(QPainter(self), 0, 0)


def _height(units: list[flow.Unit]) -> int:
    return sum(unit.height + (unit.gap if n else 0) for n, unit in enumerate(units))
