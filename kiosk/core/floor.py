"""Where things are on the plans of a hall, as somebody who walks there would say it.

Knows the squares of a plan and what is left, right or ahead of whoever comes in. Does not know how
it is said or drawn.

A plan says nothing of where somebody looks who stands at a machine. So sides are those of somebody
who has come through a door or out of a lift and looks away from the wall behind it; whoever is at
the machine is told to turn their back to the door first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final, Literal, TypeAlias

from kiosk.core.catalog import Hall, PlanArea, PlanFloor
from kiosk.core.value import Value

Entry: TypeAlias = Literal["door", "lift", "stairs"]
_Vector: TypeAlias = tuple[float, float]

_ASIDE: Final = 0.5  # less far to the side than this share of the way ahead is straight ahead
_UP: Final[_Vector] = (0.0, -1.0)  # from an entrance at the bottom


class Side(StrEnum):
    """On which side something is."""

    LEFT = "left"
    RIGHT = "right"
    AHEAD = "ahead"
    BEHIND = "behind"


class Spot(Value, frozen=True):
    """A place on a floor, and on which side of the entrance to that floor it is."""

    floor: PlanFloor
    area: PlanArea
    entry: Entry | None = None
    side: Side = Side.AHEAD


class Way(Value, frozen=True):
    """From this machine to some counters, as far as the plans say it."""

    you: Spot | None = None
    goal: Spot | None = None
    climb: Entry | None = None  # lift or stairs between their floors
    turn: Side | None = None  # on one floor, for somebody with the door behind them


def way(hall: Hall, kiosk: int, counter: str) -> Way:
    """From a machine of a hall to a counter of it; without a counter only where the machine is."""
    here = _only(list(_machines(hall, kiosk)))
    there = next(iter(_counters(hall, counter)), None) if counter else None
    you = _described(here, ("door", "lift", "stairs")) if here else None
    if you is None or there is None:
        return Way(you, _described(there, ("lift", "stairs", "door")) if there else None)
    if there[0] == you.floor:
        seen_from = _first(you.floor, ("door",))
        ahead = _away(seen_from, you.floor) if seen_from else _UP
        turn = _side(_middle(you.area), ahead, _middle(there[1]))
        return Way(you, _described(there, ("door", "lift", "stairs")), turn=turn)
    goal = _described(there, ("lift", "stairs", "door"))
    climb = goal.entry if goal.entry != "door" else None
    return Way(you, goal, climb)


_Found: TypeAlias = tuple[PlanFloor, PlanArea]


def _machines(hall: Hall, kiosk: int) -> Iterator[_Found]:
    """This machine; where its number is not on a plan, every machine there is."""
    every = [(floor, area) for floor, area in _areas(hall) if area.kind == "kiosk"]
    known = [one for one in every if kiosk and one[1].kiosk == kiosk]
    yield from known or every


def _only(found: list[_Found]) -> _Found | None:
    """Of several one cannot know which it is."""
    return found[0] if len(found) == 1 else None


def _counters(hall: Hall, counter: str) -> Iterator[_Found]:
    return (one for one in _areas(hall) if one[1].counter == counter)


def _areas(hall: Hall) -> Iterator[_Found]:
    return ((floor, area) for floor in hall.plan for area in floor.areas)


def _described(found: _Found, entries: Iterable[Entry]) -> Spot:
    floor, area = found
    for entry in entries:
        seen_from = _first(floor, (entry,), area)
        if seen_from is not None:
            side = _side(_middle(seen_from), _away(seen_from, floor), _middle(area))
            return Spot(floor, area, entry, side)
    return Spot(floor, area)


def _first(
    floor: PlanFloor, kinds: tuple[Entry, ...], near: PlanArea | None = None
) -> PlanArea | None:
    """The nearest area of a kind; without a place to be near to, the first one."""
    found = [area for area in floor.areas if area.kind in kinds]
    if near is not None:
        found.sort(key=lambda area: _length(_between(_middle(area), _middle(near))))
    return found[0] if found else None


def _middle(area: PlanArea) -> _Vector:
    return area.x + area.width / 2, area.y + area.height / 2


def _between(start: _Vector, end: _Vector) -> _Vector:
    return end[0] - start[0], end[1] - start[1]


def _length(one: _Vector) -> float:
    return abs(one[0]) + abs(one[1])


def _away(area: PlanArea, floor: PlanFloor) -> _Vector:
    """Where somebody looks who comes out of an area: away from the nearest wall."""
    walls: tuple[tuple[int, _Vector], ...] = (
        (floor.height - area.y - area.height, _UP),
        (area.y, (0.0, 1.0)),
        (area.x, (1.0, 0.0)),
        (floor.width - area.x - area.width, (-1.0, 0.0)),
    )
    return min(walls, key=lambda wall: wall[0])[1]


def _side(start: _Vector, ahead: _Vector, end: _Vector) -> Side:
    """On which side `end` is for somebody at `start` who looks `ahead`; y grows downwards."""
    across, down = _between(start, end)
    forward = across * ahead[0] + down * ahead[1]
    right = down * ahead[0] - across * ahead[1]
    if abs(right) <= _ASIDE * abs(forward):
        return Side.AHEAD if forward >= 0 else Side.BEHIND
    return Side.RIGHT if right > 0 else Side.LEFT
