"""What a finger writes on a cell, and what a resting hand does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.entry import POINTS_MAX, SIDE, Line
from kiosk.core.pen import RESTS_S, STEP, Pen, down, move, thinned, up

FAR = ((100, 100), (160, 100), (220, 100))


def written(*points: tuple[int, int], finger: int = 0, since_s: float = 5.0) -> Pen:
    pen: Pen | None = down(None, finger, "cell:0", points[0], since_s)
    for n, point in enumerate(points[1:], start=1):
        pen = move(pen, finger, point, since_s + n / 100)
    assert pen is not None
    return pen


def test_a_line_is_where_the_finger_was() -> None:
    assert up(written(*FAR), 0, 5.1) == (None, FAR)


def test_a_tap_is_a_dot() -> None:
    assert up(written((500, 500)), 0, 5.1) == (None, ((500, 500),))


def test_a_hand_that_only_rests_writes_nothing() -> None:
    assert up(written((500, 500), (510, 500)), 0, 5.1 + RESTS_S) == (None, ())


def test_a_slow_line_is_a_line() -> None:
    assert up(written(*FAR), 0, 5.0 + 3 * RESTS_S) == (None, FAR)


def test_the_finger_writes_and_not_the_hand_that_lay_there_before() -> None:
    palm = written((500, 900))
    pen = down(palm, 1, "cell:0", (100, 100), 5.1)
    assert (pen.finger, pen.line) == (1, ((100, 100),))
    assert up(pen, 0, 5.2) == (pen, ())


def test_a_second_finger_takes_no_pen_from_the_first() -> None:
    pen = written(*FAR)
    assert down(pen, 1, "cell:1", (500, 500), 5.1) is pen
    assert move(pen, 1, (900, 900), 5.1) is pen


def test_a_pen_that_was_forgotten_on_the_glass_blocks_nobody() -> None:
    pen = written(*FAR)
    assert not pen.is_writing(5.1 + RESTS_S)
    assert down(pen, 1, "cell:1", (500, 500), 5.1 + RESTS_S).finger == 1


def test_beside_its_cell_a_finger_writes_along_the_edge() -> None:
    pen = written((500, 500), (-40, 500), (500, SIDE + 90))
    assert pen.line[1:] == ((0, 500), (500, SIDE))


def test_trembling_on_the_spot_is_no_line() -> None:
    assert written((500, 500), (500 + STEP - 1, 500), (500, 500 - STEP + 1)).line == ((500, 500),)


@pytest.mark.parametrize("many", [1, POINTS_MAX, POINTS_MAX + 1, 5 * POINTS_MAX])
def test_a_long_line_loses_points_and_not_its_end(many: int) -> None:
    line: Line = tuple((n % SIDE, n % 7) for n in range(many))
    kept = thinned(line)
    assert len(kept) <= POINTS_MAX
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    assert set(kept) <= set(line)


_POINTS = st.tuples(st.integers(-2000, 3000), st.integers(-2000, 3000))
_EVENTS = st.tuples(st.sampled_from("dmu"), st.integers(0, 3), _POINTS, st.floats(0, 1))


@given(st.lists(_EVENTS, max_size=60))
def test_whatever_fingers_do_lines_stay_on_their_cell(
    events: list[tuple[str, int, tuple[int, int], float]],
) -> None:
    pen, now_s = None, 5.0
    for what, finger, point, later_s in events:
        now_s += later_s
        line: Line = ()
        if what == "d":
            pen = down(pen, finger, "cell:0", point, now_s)
        elif what == "m":
            pen = move(pen, finger, point, now_s)
        else:
            pen, line = up(pen, finger, now_s)
        assert len(line) <= POINTS_MAX
        points = (*line, *(pen.line if pen else ()))
        assert all(0 <= place <= SIDE for point in points for place in point)
