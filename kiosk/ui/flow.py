"""Puts blocks into columns and pages: nothing scrolls, nothing is cut, headings stay with theirs.

Knows heights and gaps. Does not know what the blocks are: they are measured by `kiosk.ui.screen`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.core.value import Value

_BALANCE_PX = 4


class Unit(Value, frozen=True):
    """The smallest thing that is placed as a whole."""

    block: object
    height: int
    gap: int = 0  # before it, unless it stands on top of a column
    is_heading: bool = False
    stretches: bool = False  # may grow into spare height
    is_listed: bool = False  # one of many alike: its section may go on in the next column
    split: Callable[[int, int], tuple[Unit, Unit] | None] | None = None  # room here, and at most


class Placed(Value, frozen=True):
    """A unit with its place in a column."""

    unit: Unit
    y: int
    height: int


class _Column:
    """A column that is being filled."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.placed: list[Placed] = []

    @property
    def used(self) -> int:
        return self.placed[-1].y + self.placed[-1].height if self.placed else 0

    def gap(self, unit: Unit) -> int:
        return unit.gap if self.placed else 0

    def heading(self, unit: Unit) -> int:
        """Pixels of the heading that the unit belongs to, and of the gap to it."""
        last = self.placed[-1].unit if self.placed else None
        return last.height + unit.gap if last is not None and last.is_heading else 0

    def spare(self, unit: Unit) -> int:
        return self.room - self.used - self.gap(unit)

    def put(self, unit: Unit) -> None:
        self.placed.append(Placed(unit, self.used + self.gap(unit), unit.height))


Columns = list[list[Placed]]


def paginate(
    units: Sequence[Unit], rooms: Sequence[int], largest_room: int | None = None
) -> list[Columns]:
    """Pages of columns; `rooms` are the heights of a page's columns in pixels.

    A unit that fits into `largest_room`, by default that of the highest column, is not cut.

    A unit that is higher than every column stands alone, so that the reader at least sees it; the
    rule tests make sure that no screen has one.
    """
    largest = max(rooms) if largest_room is None else largest_room
    pages: list[list[_Column]] = [[_Column(room) for room in rooms]]
    waiting, column = list(units), 0
    while waiting:
        unit, here = waiting[0], pages[-1][column]
        if _fits(here, waiting, largest):
            here.put(waiting.pop(0))
            continue
        parts = _parts(unit, here.spare(unit), largest - here.heading(unit))
        if parts is not None:
            here.put(parts[0])
            waiting[0] = parts[1]
        elif not here.placed and here.room == max(rooms):
            here.put(waiting.pop(0))
        column += 1
        if column == len(rooms) and waiting:
            pages.append([_Column(room) for room in rooms])
            column = 0
        column = min(column, len(rooms) - 1)
    return [[column.placed for column in page] for page in pages]


def balanced(units: Sequence[Unit], rooms: Sequence[int]) -> list[Columns]:
    """Like `paginate`; columns of a single page are filled evenly instead of one after another."""
    pages = paginate(units, rooms)
    if len(pages) > 1 or len(rooms) == 1:
        return pages
    low, high = 0, max(rooms)
    while high - low > _BALANCE_PX:
        middle = (low + high) // 2
        if _is_even(paginate(units, [min(room, middle) for room in rooms], max(rooms)), middle):
            high = middle
        else:
            low = middle
    return paginate(units, [min(room, high) for room in rooms], max(rooms))


def _is_even(pages: list[Columns], room: int) -> bool:
    """One page, nothing stands out of it, and no heading ends a column."""
    last = [column[-1] for column in pages[0] if column]
    return len(pages) == 1 and all(
        placed.y + placed.height <= room and not placed.unit.is_heading for placed in last
    )


def _fits(column: _Column, waiting: Sequence[Unit], largest_room: int) -> bool:
    """Whether the next unit can stand here; a heading needs its section with it."""
    unit = waiting[0]
    spare = column.spare(unit) - unit.height
    if not unit.is_heading or spare < 0 or len(waiting) == 1:
        return spare >= 0
    section = _section_height(waiting)
    if section <= largest_room:
        return column.spare(unit) >= section
    following = waiting[1]
    taken = unit.height + following.gap
    parts = _parts(following, spare - following.gap, largest_room - taken)
    return spare - following.gap >= (parts[0].height if parts else following.height)


def _section_height(waiting: Sequence[Unit]) -> int:
    """Pixels of a heading and what must stand with it: its section, or the first of a list.

    A list that comes after something else of the section may stand on the next page.
    """
    height = waiting[0].height
    for n, unit in enumerate(waiting[1:]):
        if unit.is_heading or (unit.is_listed and n):
            break
        height += unit.gap + unit.height
        if unit.is_listed:
            break
    return height


def _parts(unit: Unit, spare: int, largest_room: int) -> tuple[Unit, Unit] | None:
    """Cut a unit only where it fits into no column whole."""
    if unit.split is None or unit.height <= largest_room:
        return None
    return unit.split(spare, largest_room)


def spare_share(column: Sequence[Placed], room: int) -> float:
    """By how much of their height the growing units of a column could grow."""
    total = sum(placed.height for placed in column if placed.unit.stretches)
    return (room - (column[-1].y + column[-1].height)) / total if total else 0.0


def stretch(column: Sequence[Placed], share: float) -> list[Placed]:
    """The column with its growing units higher by a share of their height."""
    result, shift = [], 0
    for placed in column:
        extra = int(placed.height * share) if placed.unit.stretches else 0
        result.append(Placed(placed.unit, placed.y + shift, placed.height + extra))
        shift += extra
    return result
