"""How high every block is at a width, before it is placed.

Knows the widgets' own measures and how tiles fall into rows. Does not know columns or pages
(`kiosk.ui.flow`) or where anything stands (`kiosk.ui.screen`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QWidget

from kiosk.core.value import replace
from kiosk.ui import flow, tokens
from kiosk.ui.look import Look
from kiosk.ui.page import (
    Block,
    Candidates,
    Cells,
    Field,
    Heading,
    Keys,
    Notice,
    Panel,
    Plan,
    QrCard,
    Sheet,
    Tile,
    Tiles,
)
from kiosk.ui.spoken import Ear, name_of
from kiosk.ui.widgets.plan import PlanPlate
from kiosk.ui.widgets.plate import (
    FieldPlate,
    HeadingPlate,
    NoticePlate,
    PanelPlate,
    Plate,
    TilePlate,
)
from kiosk.ui.widgets.qr import QrPlate
from kiosk.ui.widgets.sheet import SheetPlate
from kiosk.ui.widgets.tile import TileDrawing
from kiosk.ui.widgets.waiting import WaitingPlate

_LARGE = 150  # percent; from here on room is for words
_FREE_CELL_MM = 75.0  # from here on cells are large enough
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
            first = self._leads(block)
            match block:
                case Tiles(heads=heads) if heads:
                    yield from self._lists(block, width, gap)
                case Tiles():
                    yield from self._tile_rows(block, width, gap or self.gap)
                case Keys() | Cells():
                    yield self._unit(block, width, gap)
                case Panel() | Notice() | QrCard() | Sheet():
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
            return replace(upper, is_heading=False), replace(lower, gap=gap)

        stretches, height = isinstance(block, Tiles), plate.height_px()
        return flow.Unit(block, height, gap, self._leads(block), stretches=stretches, split=split)

    @staticmethod
    def _leads(block: Block) -> bool:
        """What follows stays with it."""
        return isinstance(block, Heading) or (isinstance(block, Notice) and block.leads)

    def _lists(self, block: Tiles, width: int, gap: int) -> Iterator[flow.Unit]:
        """Lists under their heads, side by side or below each other."""
        heads, many = block.heads, len(block.tiles) // len(block.heads)
        lists = [block.tiles[n * many : (n + 1) * many] for n in range(len(heads))]
        if self._columns(block, width) < len(heads):
            pairs = zip(heads, lists, strict=True)
            below = [(Heading(head), Tiles(tiles, most_columns=1)) for head, tiles in pairs]
            units = self.units((one for pair in below for one in pair), width)
            yield from (replace(unit, gap=unit.gap or gap) for unit in units)
            return
        above = tuple(Tile("", head, shape="heading") for head in heads)
        height = max(self._tile_height(one, self.cell(width, len(heads))) for one in above)
        yield flow.Unit(Tiles(above, most_columns=len(heads)), height, gap, is_heading=True)
        in_rows = tuple(tile for row in zip(*lists, strict=True) for tile in row)
        yield from self._tile_rows(replace(block, tiles=in_rows, heads=()), width, self.gap)

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
                is_listed = across == 1 and row[0].shape == "row"
                yield flow.Unit(block, height, before, stretches=stretches, is_listed=is_listed)

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
        return max(self._tile_height(tile, cell) for tile in row.tiles)

    def _tile_height(self, tile: Tile, width: int) -> int:
        if tile.shape == "heading":
            return self.plate(tile, width, None).height_px()
        return TileDrawing(tile, self.look, width).height()

    def _block_height(self, block: Block, width: int) -> int:
        match block:
            case Keys():
                rows = self.key_rows(block, width)
                return rows * self.key_height(block, width) + (rows - 1) * self.gap
            case Candidates():
                return self._candidates_height(block, width)
            case Cells():
                return self.cells_height(block, width, self._least_cell_mm())
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
        return self.key_places(keys, width)[-1][0] + 1

    def key_places(self, keys: Keys, width: int) -> list[tuple[int, int]]:
        """Row and column of each key; where not all columns fit, rows begin when one is full."""
        columns, row, column, places = self.key_columns(keys, width), 0, 0, []
        breaks = keys.breaks if columns == keys.columns else ()
        for n in range(len(keys.keys)):
            if column == columns or n in breaks:
                row, column = row + 1, 0
            places.append((row, column))
            column += 1
        return places

    def key_widths(self, keys: Keys, width: int) -> list[int]:
        """The width of each key: all the same, but the last one takes the rest of its row."""
        cell = self.cell(width, self.key_columns(keys, width))
        before = self.key_places(keys, width)[-1][1]
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

    def _candidates_height(self, block: Candidates, width: int) -> int:
        """The same with candidates and without, so that nothing moves when they come."""
        cell = self.cell(width, block.places)
        word = TileDrawing(Tile("", "国" * 2, shape="word"), self.look, cell)
        return max(word.height(), self.plate(block, width, None).height_px())

    def _least_cell_mm(self) -> float:
        upright = self.look.panel.is_portrait
        return tokens.ROOMY_CELL_MM if upright else tokens.CELL_MM

    def cells_height(self, block: Cells, width: int, most_mm: float) -> int:
        """Cells that are so large at most, as wide as there is room; their keys have theirs."""
        many, touch = len(block.keys), self.look.px(self.look.touch_mm)
        keys = many * touch + (many - 1) * self.gap
        return max(min(self.look.px(most_mm), self.cell_side(block, width)), keys)

    def cell_side(self, block: Cells, width: int) -> int:
        """The side of cells that leave room for their keys beside them."""
        look, many = self.look, len(block.ink)
        wide = [TileDrawing(key, look, look.panel.width_px) for key in block.keys]
        smaller = look.least_em_px() / look.em_px(wide[0].role)
        # words get smaller before cells are cramped
        sides = [
            (width - self._cell_keys_width(wide, share) - many * self.gap) // many
            for share in (1.0, smaller)
        ]
        return sides[0] if sides[0] >= look.px(_FREE_CELL_MM) else sides[1]

    def _cell_keys_width(self, keys: list[TileDrawing], share: float) -> int:
        """As narrow as the words of the keys allow, in a share of their size."""
        narrow = max(one.title.natural_width() * share + 2 * one.padding for one in keys)
        return max(math.ceil(narrow) + 2, self.look.px(self.look.touch_mm))

    def plate(self, block: object, width: int, parent: QWidget | None) -> Plate:
        """The widget of a block that is only read; without a parent it serves for measuring."""
        if isinstance(block, Tile) and block.shape == "heading":
            block = Heading(block.title)
        for kind, plate in (
            (Heading, HeadingPlate),
            (Notice, NoticePlate),
            (Panel, PanelPlate),
            (QrCard, QrPlate),
            (Field, FieldPlate),
            (Candidates, WaitingPlate),
            (Plan, PlanPlate),
            (Sheet, SheetPlate),
            (Tile, TilePlate),
        ):
            if isinstance(block, kind):
                made = plate(block, self.look, width, parent)  # type: ignore[arg-type]
                if parent is not None:
                    ear = Ear(self.look.language, self.look.gettext)
                    made.setAccessibleName(name_of(block, ear))
                return made
        raise TypeError(f"no plate for {block!r}")
