"""The one layout of every citizen screen: header, blocks, dock and bar, each always in its place.

Knows how to draw a `Page` on a panel. Does not know where a page comes from or what its acts do.
"""

from __future__ import annotations

import dataclasses
from itertools import product

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from kiosk.core.choices import Contrast
from kiosk.core.value import replace
from kiosk.ui import tokens
from kiosk.ui.body import Body, Spot
from kiosk.ui.header import LEVELS, Header, Said
from kiosk.ui.look import Look
from kiosk.ui.measure import Measure
from kiosk.ui.page import Candidates, Cells, Field, Keys, Line, Page, Panel, Tile, Tiles
from kiosk.ui.widgets.curtain import Curtain
from kiosk.ui.widgets.ink import InkCell
from kiosk.ui.widgets.plate import FieldPlate
from kiosk.ui.widgets.tile import TileDrawing
from kiosk.ui.widgets.touchable import Room, Touchable

_BANNER_MOST = 0.1  # of the room between header and bar, for the banner of every page of a place
_LEAN_MM = 1.0  # how far a letter may lean out beside its line


class Screen(Room):
    """A page drawn for a look.

    Signals:
        acted(object, str): an act was asked for, and the name of what was touched.

    Attributes:
        page_count: how many pages the blocks fill.
        shown: the blocks on this page of them, without those of the dock.
    """

    acted = Signal(object, str)

    def __init__(self, page: Page, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page, self._look = page, look
        self.setObjectName(f"screen:{page.name}")
        self.setAccessibleName(page.title)
        self.resize(look.panel.width_px, look.panel.height_px)
        self._margin = look.px(look.lie.margin_mm)
        self._measure = Measure(look)
        self._gap = self._measure.gap
        self._bar_pad = look.px(look.lie.bar_padding_mm)
        bar_px, bar = self._bar()
        self._bar_top = self.height() - bar_px
        self._line: Spot | None = None
        header, body = self._fitted()
        self._header_px, self.page_count, self.shown = header.height, body.pages, body.shown
        lean = look.px(_LEAN_MM)
        for said in header.said:
            words, width = _Words(said, look, lean, self), said.words.width + 2 * lean
            self._put(words, said.start - lean, said.y, width, said.words.height())
        for spot in (*((self._line,) if self._line else ()), *body.spots):
            self._place(spot)
        for tile, x, width, height in bar:
            self._touchable(tile, x, self._bar_top + self._bar_pad, width, height)
        self._curtain = self._drawn_curtain()

    @property
    def page(self) -> Page:
        """What is drawn."""
        return self._page

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
        self.draw_ring(painter)

    def touchables(self) -> list[Touchable]:
        """Everything that keys come to, in reading order."""
        return self.findChildren(Touchable)

    def on_glass(self) -> list[Touchable]:
        """Everything that a finger can touch: behind a curtain nothing is."""
        return [self._curtain.exit] if self._curtain is not None else self.touchables()

    def cells(self) -> list[InkCell]:
        """Where a finger can write: behind a curtain nowhere."""
        return [] if self._curtain is not None else self.findChildren(InkCell)

    def field(self) -> FieldPlate | None:
        """Where what is entered is shown."""
        return next(iter(self.findChildren(FieldPlate)), None)

    def _drawn_curtain(self) -> Curtain | None:
        if self._page.curtain is None:
            return None
        look = self._look
        if look.choices.contrast is not Contrast.SOFT:  # which is dark already
            dark = replace(look.choices, contrast=Contrast.DARK)
            look = dataclasses.replace(look, choices=dark)
        curtain = Curtain(self._page.curtain, look, self)
        curtain.exit.acted.connect(self.acted)
        return curtain

    def _fitted(self) -> tuple[Header, Body]:
        """Header and body; where height is short, words leave the one for the other."""
        dock = self._page.dock
        ways = (False, True) if any(isinstance(one, Cells | Keys) for one in dock) else (True,)
        for may_part, level in product(ways, range(LEVELS)):
            header = Header(self._page, self._look, level)
            given = (Panel((Line("", header.given_way),)),) if header.given_way else ()
            self._line = self._banner_line(header)
            page = self._page if self._line else self._with_banner_below()
            is_tight = level == LEVELS - 1
            away = self._gap if is_tight else self._measure.section
            above = self._gap + self._line.height if self._line else 0
            top, bottom = header.height + above + away, self._bar_top - self._gap
            body = Body(page, self._measure, top, bottom, given, is_tight, may_part)
            if body.fits and not header.is_too_high():
                break
        return header, body

    def _banner_line(self, header: Header) -> Spot | None:
        """Where the banner stays on every page, if that leaves enough for all the rest."""
        banner = self._page.banner
        if banner is None:
            return None
        across = self.width() - 2 * self._margin
        height = TileDrawing(banner, self._look, across).height()
        top = header.height + self._gap
        room = self._bar_top - header.height
        if height + self._gap > _BANNER_MOST * room:
            return None
        return Spot(Tiles((banner,), most_columns=1), self._margin, top, across, height)

    def _with_banner_below(self) -> Page:
        """The page with the banner on top of its blocks, so that it stands on the first of them."""
        page = self._page
        above = (Tiles((page.banner,), most_columns=1),) if page.banner else ()
        return replace(page, blocks=(*above, *page.blocks))

    # placing --------------------------------------------------------------------------------

    def _place(self, spot: Spot) -> None:
        x, y, width, height = spot.x, spot.y, spot.width, spot.height
        match spot.block:
            case Tiles() as tiles:
                cell = self._measure.cell(width, tiles.most_columns)
                for n, tile in enumerate(tiles.tiles):
                    self._tile(tile, x + n * (cell + self._gap), y, cell, height)
            case Keys() as keys:
                self._place_keys(keys, spot)
            case Candidates(tiles=tiles) as candidates if tiles:
                cell = self._measure.cell(width, candidates.places)
                for n, tile in enumerate(tiles[: candidates.places]):
                    self._tile(tile, x + n * (cell + self._gap), y, cell, height)
            case Cells() as cells:
                self._place_cells(cells, spot)
            case Field(erase=Tile() as erase) as field:
                side = self._measure.erase_width(erase, width)
                rest = width - side - self._gap
                self._put(self._measure.plate(field, rest, self), x, y, rest, height)
                self._touchable(erase, x + rest + self._gap, y, side, height)
            case block:
                self._put(self._measure.plate(block, width, self), x, y, width, height)

    def _place_keys(self, keys: Keys, spot: Spot) -> None:
        """The letters run from left to right on every page: their order is the alphabet's."""
        measure, gap = self._measure, self._gap
        widths, rows = measure.key_widths(keys, spot.width), measure.key_rows(keys, spot.width)
        height = (spot.height - (rows - 1) * gap) // rows
        start = self._look.left(spot.x, spot.width, self.width())
        places = measure.key_places(keys, spot.width)
        for key, across, (row, column) in zip(keys.keys, widths, places, strict=True):
            button = self._button(key)
            x, y = start + column * (widths[0] + gap), spot.y + row * (height + gap)
            button.setGeometry(x, y, across, height)

    def _place_cells(self, cells: Cells, spot: Spot) -> None:
        """Cells from left to right, as hanzi are read on every page, and their keys beside them."""
        gap, many = self._gap, len(cells.ink)
        side = min(spot.height, self._measure.cell_side(cells, spot.width))
        across = many * (side + gap) - gap
        start = self._look.left(spot.x, across, self.width())
        for n, ink in enumerate(cells.ink):
            cell = InkCell(n, ink, cells.name, self._look, self)
            cell.setGeometry(start + n * (side + gap), spot.y, side, side)
        width = spot.width - across - gap
        height = (spot.height - (len(cells.keys) - 1) * gap) // len(cells.keys)
        for n, key in enumerate(cells.keys):
            y = spot.y + n * (height + gap)
            self._touchable(key, spot.x + across + gap, y, width, height)

    def _tile(self, tile: Tile, x: int, y: int, width: int, height: int) -> None:
        if tile.act is None:
            self._put(self._measure.plate(tile, width, self), x, y, width, height)
        else:
            self._touchable(tile, x, y, width, height)

    def _touchable(self, tile: Tile, x: int, y: int, width: int, height: int) -> None:
        self._put(self._button(tile), x, y, width, height)

    def _button(self, tile: Tile) -> Touchable:
        button = Touchable(tile, self._look, self)
        button.acted.connect(self.acted)
        return button

    def _put(self, widget: QWidget, start: int, y: int, width: int, height: int) -> None:
        """So many pixels from where lines begin: the left, or the right."""
        widget.setGeometry(self._look.left(start, width, self.width()), y, width, height)

    # bar ------------------------------------------------------------------------------------

    def _bar(self) -> tuple[int, list[tuple[Tile, int, int, int]]]:
        """Height of the bar, and its tiles with where they begin, width and height."""
        tiles, gap = self._page.bar, self._gap
        if not tiles:
            return 0, []
        cell = (self.width() - 2 * self._margin - (len(tiles) - 1) * gap) // len(tiles)
        every = [replace(tile, title=one) for tile in tiles for one in (tile.title, *tile.others)]
        height = max(TileDrawing(tile, self._look, cell).height() for tile in every)
        placed = [
            (tile, self._margin + n * (cell + gap), cell, height) for n, tile in enumerate(tiles)
        ]
        return height + 2 * self._bar_pad, placed


class _Words(QLabel):
    """Words on the header."""

    def __init__(self, said: Said, look: Look, lean: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._look, self._is_hint = said.words, look, said.is_hint
        self._lean = lean
        self.setText(said.words.text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_hint:
            painter.fillRect(self.rect(), self._look.colour("mark"))
        self._words.draw(painter, self._lean, 0)
