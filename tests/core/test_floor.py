"""Ways on the plan of a hall, as somebody who walks there would say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.catalog import Hall, PlanArea, PlanFloor, Text
from kiosk.core.floor import Side, way
from kiosk.core.value import replace
from tests.builders import make_hall

# 10 squares wide, 8 high, the door in the middle of the bottom
DOOR = PlanArea("door", 4, 7, 2, 1)
LIFT = PlanArea("lift", 9, 3, 1, 2)
ME = PlanArea("kiosk", 8, 6, kiosk=3)


def floor(*areas: PlanArea, name: str = "1楼") -> PlanFloor:
    return PlanFloor(Text(name), 10, 8, areas)


def hall(*floors: PlanFloor) -> Hall:
    return make_hall(plan=floors)


def desk(x: int, y: int) -> PlanArea:
    return PlanArea("counter", x, y, 2, 1, counter="desk")


@pytest.mark.parametrize(
    ("counter", "side"),
    [
        (desk(0, 5), Side.LEFT),
        (desk(8, 5), Side.RIGHT),
        (desk(4, 0), Side.AHEAD),
        (desk(0, 6), Side.LEFT),
    ],
)
def test_sides_are_those_of_somebody_who_comes_in(counter: PlanArea, side: Side) -> None:
    found = way(hall(floor(DOOR, ME, counter)), 3, "desk")
    assert found.goal is not None
    assert (found.goal.entry, found.goal.side) == ("door", side)


def test_from_the_machine_one_turns_with_the_door_behind_one() -> None:
    found = way(hall(floor(DOOR, ME, desk(0, 6))), 3, "desk")
    assert found.you is not None
    assert (found.you.entry, found.you.side) == ("door", Side.RIGHT)
    assert (found.turn, found.climb) == (Side.LEFT, None)


def test_what_lies_nearer_to_the_door_is_behind() -> None:
    machine = PlanArea("kiosk", 4, 1, kiosk=3)
    assert way(hall(floor(DOOR, machine, desk(4, 6))), 3, "desk").turn is Side.BEHIND


def test_a_lift_in_the_right_wall_has_the_upper_counters_on_its_right() -> None:
    upper = floor(LIFT, desk(7, 0), name="2楼")
    found = way(hall(floor(DOOR, ME, LIFT), upper), 3, "desk")
    assert found.goal is not None
    assert (found.climb, found.turn) == ("lift", None)
    # out of the lift one looks to the left edge: what is above on the plan is at the right hand
    assert (found.goal.entry, found.goal.side) == ("lift", Side.RIGHT)


def test_without_a_lift_one_takes_the_stairs() -> None:
    upper = floor(PlanArea("stairs", 0, 7, 2, 1), desk(8, 7), name="2楼")
    found = way(hall(floor(DOOR, ME), upper), 3, "desk")
    assert found.climb == "stairs"


def test_a_floor_without_any_way_in_still_names_itself() -> None:
    found = way(hall(floor(DOOR, ME), floor(desk(0, 0), name="2楼")), 3, "desk")
    assert found.goal is not None
    assert (found.goal.floor.floor, found.goal.entry) == (Text("2楼"), None)


def test_the_nearest_lift_is_the_one_that_is_named() -> None:
    far = PlanArea("lift", 0, 7)
    upper = floor(far, LIFT, desk(7, 3), name="2楼")
    found = way(hall(floor(DOOR, ME), upper), 3, "desk")
    assert found.goal is not None
    assert found.goal.side is Side.AHEAD  # of the one in the right wall


def test_this_machine_is_the_one_with_its_number() -> None:
    other = PlanArea("kiosk", 1, 6, kiosk=4)
    found = way(hall(floor(DOOR, other, ME)), 4, "")
    assert found.you is not None
    assert found.you.area == other


@pytest.mark.parametrize("number", [0, 9])
def test_of_several_machines_none_is_guessed(number: int) -> None:
    other = PlanArea("kiosk", 1, 6, kiosk=4)
    assert way(hall(floor(DOOR, other, ME)), number, "desk").you is None


def test_the_only_machine_needs_no_number() -> None:
    assert way(hall(floor(DOOR, ME)), 0, "").you is not None


def test_without_a_plan_nothing_is_said() -> None:
    found = way(hall(), 3, "desk")
    assert (found.you, found.goal, found.turn) == (None, None, None)


@given(st.integers(0, 8), st.integers(0, 7), st.integers(0, 9), st.integers(0, 6))
def test_the_mirrored_floor_has_left_and_right_exchanged(x: int, y: int, mx: int, my: int) -> None:
    areas = DOOR, PlanArea("kiosk", mx, my, kiosk=3), desk(x, y)
    turned = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}
    one = way(hall(floor(*areas)), 3, "desk")
    other = way(hall(floor(*map(_mirrored, areas))), 3, "desk")
    assert one.turn is not None
    assert other.turn is turned.get(one.turn, one.turn)


def _mirrored(area: PlanArea) -> PlanArea:
    return replace(area, x=10 - area.x - area.width)
