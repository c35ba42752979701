"""How high every block is at a width, before it is placed.

Knows the widgets' own measures and how tiles fall into rows. Does not know columns or pages
(`kiosk.ui.flow`) or where anything stands (`kiosk.ui.screen`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QWidget

from kiosk.ui import flow, tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Block, Field, Heading, Keys, Notice, Panel, QrCard, Tile, Tiles
from kiosk.ui.widgets.plate import (
    FieldPlate,
    HeadingPlate,
    NoticePlate,
    PanelPlate,
    Plate,
    QrPlate,
    TilePlate,
)
from kiosk.ui.widgets.touchable import TileDrawing

_LARGE = 150  # percent; from here on room is for words


class Measure:
    """Blocks as measured units, for one look.

    Attributes:
        gap: pixels between things that belong together.
        section: pixels between groups of things.
    """

    def __init__(self, look: Look) -> None:
        self.look = look
        self.gap = look.px(tokens.GAP_MM)
        self.section = look.px(tokens.SECTION_GAP_MM if look.panel.is_portrait else 6)

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
                case Panel() | Notice():
                    yield self._long_unit(block, width, gap or self.gap)
                case Heading():
                    yield self._unit(block, width, gap, is_heading=True)
                case _:
                    yield self._unit(block, width, gap or self.gap)

    def _unit(self, block: Block, width: int, gap: int, is_heading: bool = False) -> flow.Unit:
        return flow.Unit(block, self._block_height(block, width), gap, is_heading)

    def _long_unit(self, block: Panel | Notice, width: int, gap: int) -> flow.Unit:
        """What may be higher than a page is cut between its lines."""
        plate = (
            PanelPlate(block, self.look, width, None)
            if isinstance(block, Panel)
            else NoticePlate(block, self.look, width, None)
        )

        def split(room: int) -> tuple[flow.Unit, flow.Unit] | None:
            parts = plate.split(room)
            if parts is None:
                return None
            upper, lower = (self._long_unit(part, width, gap) for part in parts)
            return upper, lower

        return flow.Unit(block, plate.height_px(), gap, split=split)

    def _tile_rows(self, tiles: Tiles, width: int, gap: int) -> Iterator[flow.Unit]:
        columns = self._columns(tiles, width)
        for start in range(0, len(tiles.tiles), columns):
            row = tiles.tiles[start : start + columns]
            across = len(row) if tiles.fills else columns
            block = Tiles(row, tiles.min_em, across)
            height = self._row_height(block, width, across)
            stretches = row[0].shape in ("tile", "row")
            yield flow.Unit(block, height, self.gap if start else gap, stretches=stretches)

    def _columns(self, tiles: Tiles, width: int) -> int:
        least = tiles.min_em * self.look.em_px("label")
        fit = int((width + self.gap) // (least + self.gap))
        columns = max(1, min(fit, tiles.most_columns, len(tiles.tiles)))
        while columns > 1 and self._breaks_word(tiles, self.cell(width, columns)):
            columns -= 1
        return columns

    def _breaks_word(self, tiles: Tiles, cell: int) -> bool:
        drawings = (TileDrawing(tile, self.look, cell) for tile in tiles.tiles)
        return any(one.title.breaks_word() or one.text.breaks_word() for one in drawings)

    def cell(self, width: int, columns: int) -> int:
        """The width of one of several tiles in a row."""
        return (width - (columns - 1) * self.gap) // columns

    def _row_height(self, row: Tiles, width: int, columns: int) -> int:
        cell = self.cell(width, columns)
        return max(TileDrawing(tile, self.look, cell).height() for tile in row.tiles)

    def _block_height(self, block: Block, width: int) -> int:
        match block:
            case Keys():
                rows = -(-len(block.keys) // block.columns)
                return rows * self.key_height(block, width) + (rows - 1) * self.key_gap
            case Field(erase=Tile() as erase):
                side = self.erase_width(erase)
                height = self.plate(block, width - side - self.gap, None).height_px()
                return max(height, TileDrawing(erase, self.look, side).height())
            case _:
                return self.plate(block, width, None).height_px()

    @property
    def key_gap(self) -> int:
        """Pixels between two keys."""
        return self.look.px(3)

    def erase_width(self, erase: Tile) -> int:
        """The width of the key beside a field: its word stays whole."""
        drawing = TileDrawing(erase, self.look, self.look.panel.width_px)
        icon = drawing.icon_px + 2 * drawing.gap if drawing.icon_px else 0
        return drawing.title.natural_width() + icon + 2 * drawing.padding + 1

    def key_widths(self, keys: Keys, width: int) -> list[int]:
        """The width of each key: all the same, but the last one takes the rest of its row."""
        cell = (width - (keys.columns - 1) * self.key_gap) // keys.columns
        before = (len(keys.keys) - 1) % keys.columns
        return [cell] * (len(keys.keys) - 1) + [width - before * (cell + self.key_gap)]

    def key_height(self, keys: Keys, width: int) -> int:
        """The height that all keys of a pad share."""
        tallest = max(
            TileDrawing(key, self.look, across).height()
            for key, across in zip(keys.keys, self.key_widths(keys, width), strict=True)
        )
        roomy = self.look.panel.is_portrait and self.look.choices.size < _LARGE
        return max(tallest, self.look.px(28 if roomy else tokens.KEY_MM))

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
                return plate(block, self.look, width, parent)  # type: ignore[arg-type]
        raise TypeError(f"no plate for {block!r}")
