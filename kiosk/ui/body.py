"""Where the blocks of a page stand between header and bar, page by page; nothing scrolls.

Knows columns, docks, and when a pad of keys needs a page of its own. Does not know widgets: it
gives places (`Spot`), which `kiosk.ui.screen` fills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, cast

from kiosk.core.value import Value, replace
from kiosk.ui import flow, tokens
from kiosk.ui.measure import Measure
from kiosk.ui.page import Block, Candidates, Cells, Field, Keys, Page, Tile, Tiles
from kiosk.ui.turning import Turning
from kiosk.ui.widgets.tile import TileDrawing

_STRETCH = {True: 0.3, False: 0.7}  # upright or lying: how much higher tiles become, with room
_ROWS_ACROSS = 3  # of a pad that has the whole width of a panel that lies
_ANSWERS = 2  # that must be seen beside a pad; else they come on pages of their own


class Spot(Value, frozen=True):
    """A block and its place on a page whose lines begin at the left."""

    block: object  # a `Block`
    x: int
    y: int
    width: int
    height: int


class _Size(Value, frozen=True):
    """How high the keys or the cells of a pad are."""

    key_mm: float
    cell_mm: float


_LEAST = _Size(tokens.KEY_MM, tokens.CELL_MM)
_ROOMY = _Size(tokens.ROOMY_KEY_MM, tokens.ROOMY_CELL_MM)
_MOST = _Size(tokens.TILE_MM, tokens.MOST_CELL_MM)


class _Frame(Value, frozen=True):
    """Columns for blocks, and docks below them; each dock is half as wide as a panel that lies."""

    docks: tuple[tuple[flow.Unit, ...], ...]
    widths: tuple[int, ...]
    rooms: tuple[int, ...]


_PADS = (Keys, Cells)
_Pad: TypeAlias = Keys | Cells
_Docks = Callable[[int], list[list[flow.Unit]]]  # for a number of pages


class Body:
    """The blocks and the dock of a page between two heights of the picture.

    Attributes:
        pages: how many there are.
        spots: everything on the page that is asked for, in the order of reading.
        shown: the blocks on it, without those of the dock.
        fits: everything has the room that it needs.
    """

    def __init__(
        self,
        page: Page,
        measure: Measure,
        top: int,
        bottom: int,
        ending: tuple[Block, ...] = (),
        is_tight: bool = False,
        may_part: bool = True,
    ) -> None:
        """Lay the page out.

        Args:
            page: whose blocks and dock these are.
            measure: of the look.
            top: where the header and the gap below it end.
            bottom: where the bar and the gap above it begin.
            ending: further blocks at the end.
            is_tight: nothing else has helped: the dock is paged as well, before the blocks.
            may_part: the ways to another pad may stand before the answers, away from the pad.
        """
        pad = next((block for block in page.dock if isinstance(block, _PADS)), None)
        flowing = page.dock if is_tight and pad is None else ()
        blocks = (*flowing, *page.blocks, *ending)
        self._dock = () if flowing else page.dock
        self._pad, self._may_part = pad, may_part
        self._fields = tuple(block for block in self._dock if isinstance(block, Field))
        self._words = tuple(block for block in self._dock if isinstance(block, Candidates))
        shown = (*self._fields, *self._words, pad)
        self._ways = tuple(block for block in self._dock if block not in shown)
        self._page, self._blocks, self._measure, self._look = page, blocks, measure, measure.look
        self._top, self._bottom, self._full = top, bottom, bottom - top
        self._gap = measure.gap
        self._section = measure.gap if is_tight else measure.section
        self._margin = self._look.px(self._look.lie.margin_mm)
        self._whole = self._look.panel.width_px - 2 * self._margin
        self._lies = not self._look.panel.is_portrait
        self._half = (self._whole - self._section) // 2 if self._lies else self._whole
        self.pages, self.fits = 1, True
        self._turning = Turning(page.turn, self._look) if page.turn else None
        self._is_apart = pad is not None and (is_tight or self._leaves_too_little(pad))
        if self._turning and page.turn and self._is_apart and not is_tight:
            self._turning = Turning(page.turn, self._look, from_keys=True)
        self.shown: tuple[Block, ...] = ()
        self.spots = tuple(self._lay_out())

    def _lay_out(self) -> Iterator[Spot]:
        if self._pad is not None and self._is_apart:
            return self._with_pad_apart(self._pad)
        if self._pad is not None and self._lies:
            pad = self._pad
            return self._flowed(self._blocks, lambda pages: self._docks_beside(pad, pages), 1)
        return self._flowed(self._blocks, self._docks)

    # blocks above their docks -----------------------------------------------------------------

    def _flowed(
        self, blocks: Iterable[Block], docks: _Docks, columns: int = 2, before: int = 0
    ) -> Iterator[Spot]:
        """The page that is asked for; `before` it are pages of something else."""
        blocks = tuple(blocks)
        pages, frame = self._paginated(blocks, docks, columns if self._lies else 1, before)
        if self._lies and columns > 1 and (not _fit(pages, frame) or _has_hole(pages)):
            # something is too high for a column of half the width
            wide, one = self._paginated(blocks, docks, 0, before)
            if _fit(wide, one) and (len(wide) <= len(pages) or not _fit(pages, frame)):
                pages, frame = wide, one
        self.fits = self.fits and _fit(pages, frame)
        self.pages = len(pages) + before
        page = pages[min(max(0, self._page.index - before), len(pages) - 1)]
        share = self._stretch(page, frame)
        self.shown = tuple(cast("Block", placed.unit.block) for column in page for placed in column)
        for n, dock in enumerate(frame.docks):
            if n < len(frame.rooms):
                column = flow.stretch(page[n], share)
                yield from self._column(column, n, frame.widths[n], frame.rooms[n])
            yield from self._stacked(dock, self._bottom - _height(dock), n)

    def _paginated(
        self, blocks: tuple[Block, ...], docks: _Docks, columns: int, before: int
    ) -> tuple[list[flow.Columns], _Frame]:
        """Pages, and the frame with room for turning them where there are several."""
        width = self._half if columns else self._whole
        units = list(self._measure.units(blocks, width))
        frame = self._frame(docks(1 + before), columns)
        pages = flow.balanced(units, frame.rooms)
        if len(pages) + before > 1 and self._turning is not None:
            frame = self._frame(docks(len(pages) + before), columns)
            pages = flow.balanced(units, frame.rooms)
            frame = self._frame(docks(len(pages) + before), columns)
        return pages, frame

    def _frame(self, docks: list[list[flow.Unit]], columns: int) -> _Frame:
        """One or two columns of half the width, or none of them but the whole width."""
        rooms = [self._full - (_height(dock) + self._section if dock else 0) for dock in docks]
        if columns == 0:
            return _Frame(tuple(map(tuple, docks)), (self._whole,), (min(rooms),))
        widths = (self._half,) * columns
        return _Frame(tuple(map(tuple, docks)), widths, tuple(rooms[:columns]))

    def _docks(self, pages: int) -> list[list[flow.Unit]]:
        """What stays at the bottom of each column; pages are turned below what is turned."""
        turn = self._turn(pages)
        if not self._lies:
            return [self._units((*turn, *self._dock))]
        left, right = (turn, self._dock) if self._dock else ((), turn)
        return [self._units(left), self._units(right)]

    def _docks_beside(self, pad: _Pad, pages: int) -> list[list[flow.Unit]]:
        """What has been entered below the answers, and the pad, as high as it can, beside."""
        right = self._units((*self._ways, *self._words, pad))
        most = self._pad_height(pad, self._half, _ROOMY)
        height = min(most, right[-1].height + self._full - _height(right))
        right[-1] = replace(right[-1], height=max(right[-1].height, height))
        return [self._units((*self._turn(pages), *self._fields)), right]

    def _units(self, blocks: Iterable[Block], width: int = 0) -> list[flow.Unit]:
        return list(self._measure.units(blocks, width or self._half, self._gap))

    def _stretch(self, page: flow.Columns, frame: _Frame) -> float:
        """The same share in every column: equal tiles look equal."""
        shares = [
            flow.spare_share(column, room)
            for column, room in zip(page, frame.rooms, strict=True)
            if any(placed.unit.stretches for placed in column)
        ]
        return max(0.0, min([_STRETCH[not self._lies], *shares]))

    def _column(self, column: list[flow.Placed], n: int, width: int, room: int) -> Iterator[Spot]:
        spare = room - (column[-1].y + column[-1].height) if column else 0
        down = self._top + (max(0, spare) // 2 if self._page.centred else 0)
        for item in column:
            yield Spot(item.unit.block, self._x(n), down + item.y, width, item.height)

    def _x(self, column: int) -> int:
        return self._margin + column * (self._half + self._section)

    def _turn(self, pages: int) -> tuple[Block, ...]:
        """The row that turns so many pages, as high as it is on each of them."""
        return (self._turning.longest(pages),) if self._turning and pages > 1 else ()

    def _now(self, block: object) -> object:
        """A block as it is on the page that is asked for."""
        if self._turning is None or not isinstance(block, Tiles):
            return block
        return self._turning.on_page(block, min(self._page.index, self.pages - 1), self.pages)

    # a pad of keys ----------------------------------------------------------------------------

    def _leaves_too_little(self, pad: _Pad) -> bool:
        """Whether too few answers fit beside the pad. The same for every answer on one panel."""
        beside = (*self._ways, *self._words, pad)
        dock = self._units((*self._turn(2), *self._fields, *(() if self._lies else beside)))
        room = self._full - _height(dock) - self._section
        answer = TileDrawing(Tile("", "国", "国", shape="row"), self._look, self._half).height()
        return (
            _height(self._units(beside)) > self._full
            or room < _ANSWERS * answer + (_ANSWERS - 1) * self._gap
        )

    def _with_pad_apart(self, pad: _Pad) -> Iterator[Spot]:
        """The first page is the pad, the answers follow."""
        place = self._pad_across if self._lies else self._pad_below
        has_room = place(pad, self._ways) is not None
        if not has_room and not self._may_part:
            self.fits = False
            return iter(())
        ways, rest = (self._ways, ()) if has_room else ((), self._ways)

        def docks(pages: int) -> list[list[flow.Unit]]:
            return [self._units(self._turn(pages)), *([[]] if self._lies else [])]

        answers = tuple(self._flowed((*rest, *self._blocks), docks, before=1))
        first = place(pad, ways)
        if first is None:
            self.fits, first = False, place(pad, ways, must=True)
        if self._page.index > 0:
            return iter(answers)
        self.shown = ()
        return iter(first or ())

    def _pad_below(
        self, pad: _Pad, ways: tuple[Block, ...], must: bool = False
    ) -> list[Spot] | None:
        """Upright: what has been entered, the pad, and the way to the answers."""
        turn = self._units(self._turn(max(2, self.pages)))
        above = self._units((*ways, *self._fields, *self._words))
        room = self._full - _height(turn) - _height(above) - 2 * self._section
        height = self._grown(pad, self._whole, room, must)
        if height is None:
            return None
        top = self._bottom - _height(turn) - self._section - height
        return [
            *self._stacked(above, top - self._section - _height(above), 0),
            Spot(pad, self._margin, top, self._whole, height),
            *self._stacked(turn, self._bottom - _height(turn), 0),
        ]

    def _pad_across(
        self, pad: _Pad, ways: tuple[Block, ...], must: bool = False
    ) -> list[Spot] | None:
        """Lying: the pad, and below it the way to the answers beside what has been entered."""
        if isinstance(pad, Keys) and not pad.breaks:
            pad = replace(pad, columns=-(-(len(pad.keys) + 1) // _ROWS_ACROSS))  # the last is wide
        turn = self._units(self._turn(max(2, self.pages)))
        entered = self._units(self._fields)
        sides = self._units(ways), self._units(self._words)
        below, above = max(_height(turn), _height(entered)), max(map(_height, sides))
        away = above + self._section if above else 0
        room = self._full - below - self._section - away
        height = self._grown(pad, self._whole, room, must)
        if height is None:
            return None
        top = self._bottom - below
        y = top - self._section - height
        spots = [
            replace(spot, height=above) if len(side) == 1 else spot
            for n, side in enumerate(sides)
            for spot in self._stacked(side, y - away, n)
        ]
        spots += [Spot(pad, self._margin, y, self._whole, height)]
        spots += self._stacked(turn, self._bottom - _height(turn), 0)
        for spot in self._stacked(entered, top, 1):
            spots.append(replace(spot, height=below) if len(entered) == 1 else spot)
        return spots

    def _stacked(self, units: Iterable[flow.Unit], y: int, n: int) -> Iterator[Spot]:
        """Units below each other in the n-th half of the width."""
        for m, unit in enumerate(units):
            y += unit.gap if m else 0
            yield Spot(self._now(unit.block), self._x(n), y, self._half, unit.height)
            y += unit.height

    def _grown(self, pad: _Pad, width: int, room: int, must: bool) -> int | None:
        """The height of a pad that may take a whole room, within reason; None without room."""
        needed = self._pad_height(pad, width, _LEAST)
        if needed > room and not must:
            return None
        return max(needed, min(room, self._pad_height(pad, width, _MOST)))

    def _pad_height(self, pad: _Pad, width: int, least_mm: _Size) -> int:
        """The height of a pad whose keys or cells are so high at least."""
        if isinstance(pad, Cells):
            return self._measure.cells_height(pad, width, least_mm.cell_mm)
        rows = self._measure.key_rows(pad, width)
        key = max(self._measure.key_height(pad, width), self._look.px(least_mm.key_mm))
        return rows * key + (rows - 1) * self._gap


def _fit(pages: list[flow.Columns], frame: _Frame) -> bool:
    """Nothing stands out of its column, and no dock is higher than all columns."""
    return min(frame.rooms) >= 0 and all(
        placed.y + placed.height <= room
        for page in pages
        for column, room in zip(page, frame.rooms, strict=True)
        for placed in column
    )


def _has_hole(pages: list[flow.Columns]) -> bool:
    """A column is empty although something follows."""
    columns = [column for page in pages for column in page]
    while columns and not columns[-1]:
        columns.pop()
    return not all(columns)


def _height(units: Iterable[flow.Unit]) -> int:
    return sum(unit.height + (unit.gap if n else 0) for n, unit in enumerate(units))
