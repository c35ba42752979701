"""How high every block is at a width, before it is placed.

Knows the widgets' own measures and how tiles fall into rows. Does not know columns or pages
(`kiosk.ui.flow`) or where anything stands (`kiosk.ui.screen`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QWidget

from kiosk.core.value import replace
from kiosk.ui import flow, tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Block, Field, Heading, Keys, Notice, Panel, QrCard, Tile, Tiles
from kiosk.ui.spoken import Ear, name_of
from kiosk.ui.widgets.plate import (
    FieldPlate,
    HeadingPlate,
    NoticePlate,
    PanelPlate,
    Plate,
    TilePlate,
)
from kiosk.ui.widgets.qr import QrPlate
from kiosk.ui.widgets.tile import TileDrawing

_LARGE = 150  # percent; from here on room is for words
_ERASE_MOST = 0.36  # of the width of a field and the key beside it


class Measure:
    """Blocks as measured units, for one look.

    Attributes:
        gap: pixels between things that belong together.
        section: pixels between groups of things.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self.gap = look.px(look.gap_mm)
        self.section = look.px(look.section_gap_mm)
        self._key_heights: dict[tuple[int, int, int], int] = {}  # a pad is measured many times

    def units(
        self, blocks: Iterable[Block], width: int, section: int | None = None
    ) -> Iterator[flow.Unit]:
        """The blocks as units for a column's width; `section` is the gap between blocks."""
        first = True
        for block in blocks:
            gap = 0 if first else section or self.section
            first = isinstance(block, Heading)
            match block:
                case Tiles():
                    yield from self._tile_rows(block, width, gap or self.gap)
                case Keys():
                    yield self._unit(block, width, gap)
                case Panel() | Notice() | QrCard():
                    yield self._long_unit(block, width, gap or self.gap)
                case Heading():
                    yield self._unit(block, width, gap, is_heading=True)
                case _:
                    yield self._unit(block, width, gap or self.gap)

    def _unit(self, block: Block, width: int, gap: int, is_heading: bool = False) -> flow.Unit:
        return flow.Unit(block, self._block_height(block, width), gap, is_heading)

    def _long_unit(self, block: Block, width: int, gap: int) -> flow.Unit:
        """What may be higher than a page is cut between its lines."""
        return self._split_by(self.plate(block, width, None), block, width, gap)

    def _split_by(self, plate: Plate, block: Block, width: int, gap: int) -> flow.Unit:
        def split(room: int, most: int) -> tuple[flow.Unit, flow.Unit] | None:
            parts = plate.split(room, most)
            if parts is None:
                return None
            upper, lower = (next(self.units((part,), width)) for part in parts)
            return upper, replace(lower, gap=gap)

        stretches = isinstance(block, Tiles)
        return flow.Unit(block, plate.height_px(), gap, stretches=stretches, split=split)

    def _tile_rows(self, tiles: Tiles, width: int, gap: int) -> Iterator[flow.Unit]:
        columns = self._columns(tiles, width)
        for start in range(0, len(tiles.tiles), columns):
            row = tiles.tiles[start : start + columns]
            across = len(row) if tiles.fills else columns
            block = Tiles(row, tiles.min_em, across)
            height = self._row_height(block, width, across)
            stretches = row[0].shape in ("tile", "row")
            before = self.gap if start else gap
            if across == 1 and row[0].act is None:
                yield self._split_by(self.plate(row[0], width, None), block, width, before)
            else:
                yield flow.Unit(block, height, before, stretches=stretches)

    def _columns(self, tiles: Tiles, width: int) -> int:
        least = tiles.min_em * self.look.em_px("label")
        fit = int((width + self.gap) // (least + self.gap))
        columns = max(1, min(fit, tiles.most_columns, len(tiles.tiles)))
        while columns > 1 and self._breaks_word(tiles, self.cell(width, columns)):
            columns -= 1
        return columns

    def _breaks_word(self, tiles: Tiles, cell: int) -> bool:
        return any(TileDrawing(tile, self.look, cell).breaks_word() for tile in tiles.tiles)

    def cell(self, width: int, columns: int) -> int:
        """The width of one of several tiles in a row."""
        return (width - (columns - 1) * self.gap) // columns

    def _row_height(self, row: Tiles, width: int, columns: int) -> int:
        cell = self.cell(width, columns)
        return max(TileDrawing(tile, self.look, cell).height() for tile in row.tiles)

    def _block_height(self, block: Block, width: int) -> int:
        match block:
            case Keys():
                rows = self.key_rows(block, width)
                return rows * self.key_height(block, width) + (rows - 1) * self.gap
            case Field(erase=Tile() as erase):
                side = self.erase_width(erase, width)
                height = self.plate(block, width - side - self.gap, None).height_px()
                return max(height, TileDrawing(erase, self.look, side).height())
            case _:
                return self.plate(block, width, None).height_px()

    def erase_width(self, erase: Tile, width: int) -> int:
        """The width of the key beside a field: as narrow as its words allow, where that is much."""
        drawing = TileDrawing(erase, self.look, self.look.panel.width_px)
        icon = drawing.icon_px + 2 * drawing.gap if drawing.icon_px else 0
        on_one_line = drawing.title.natural_width() + icon + 2 * drawing.padding + 1
        narrow = round(width * _ERASE_MOST)
        is_whole = not TileDrawing(erase, self.look, narrow).breaks_word()
        return min(on_one_line, narrow) if is_whole else on_one_line

    def key_columns(self, keys: Keys, width: int) -> int:
        """As many as asked for, or as many as fingers can tell apart."""
        fit = (width + self.gap) // (self.look.px(self.look.key_mm) + self.gap)
        return max(1, min(keys.columns, fit))

    def key_rows(self, keys: Keys, width: int) -> int:
        """How many rows all keys take."""
        return -(-len(keys.keys) // self.key_columns(keys, width))

    def key_widths(self, keys: Keys, width: int) -> list[int]:
        """The width of each key: all the same, but the last one takes the rest of its row."""
        columns = self.key_columns(keys, width)
        cell = self.cell(width, columns)
        before = (len(keys.keys) - 1) % columns
        return [cell] * (len(keys.keys) - 1) + [width - before * (cell + self.gap)]

    def key_height(self, keys: Keys, width: int) -> int:
        """The height that all keys of a pad share."""
        known = id(keys.keys), keys.columns, width
        if known not in self._key_heights:
            tallest = max(
                TileDrawing(key, self.look, across).height()
                for key, across in zip(keys.keys, self.key_widths(keys, width), strict=True)
            )
            roomy = self.look.panel.is_portrait and self.look.choices.size < _LARGE
            least = self.look.px(tokens.ROOMY_KEY_MM) if roomy else 0
            self._key_heights[known] = max(tallest, least)
        return self._key_heights[known]

    def plate(self, block: object, width: int, parent: QWidget | None) -> Plate:
        """The widget of a block that is only read; without a parent it serves for measuring."""
        for kind, plate in (
            (Heading, HeadingPlate),
            (Notice, NoticePlate),
            (Panel, PanelPlate),
            (QrCard, QrPlate),
            (Field, FieldPlate),
            (Tile, TilePlate),
        ):
            if isinstance(block, kind):
                made = plate(block, self.look, width, parent)  # type: ignore[arg-type]
                if parent is not None:
                    ear = Ear(self.look.language, self.look.gettext)
                    made.setAccessibleName(name_of(block, ear))
                return made
        raise TypeError(f"no plate for {block!r}")
