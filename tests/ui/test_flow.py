"""Columns and pages: nothing is lost, cut or torn from its heading."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.ui import flow
from kiosk.ui.flow import Columns, Unit

_LINE = 40  # what a panel can be cut into


def make_unit(name: str, height: int = 100, **changes: object) -> Unit:
    return Unit(name, height, **changes)  # type: ignore[arg-type]


def make_panel(name: str, lines: int, gap: int = 0) -> Unit:
    """A unit that can be cut between its lines; its block is its lines."""
    return _panel(tuple(f"{name}{n}" for n in range(lines)), gap)


def _panel(lines: tuple[str, ...], gap: int) -> Unit:
    def split(room: int, _largest: int) -> tuple[Unit, Unit] | None:
        n = min(room // _LINE, len(lines))
        if n < 1 or n >= len(lines):
            return None
        return _panel(lines[:n], gap), _panel(lines[n:], gap)

    return Unit(lines, len(lines) * _LINE, gap, split=split)


@st.composite
def unit_lists(draw: st.DrawFn) -> list[Unit]:
    """As views make them: every heading has something to be the heading of."""
    units: list[Unit] = []
    many = draw(st.integers(0, 14))
    for n in range(many):
        gap = draw(st.sampled_from([0, 10, 25]))
        alone = n == many - 1 or (units and units[-1].is_heading)
        kind = draw(st.sampled_from(["tile", "tile", "panel"] + ["heading"] * (not alone)))
        if kind == "heading":
            units.append(make_unit(f"h{n}", draw(st.integers(20, 60)), gap=gap, is_heading=True))
        elif kind == "panel":
            units.append(make_panel(f"p{n}-", draw(st.integers(1, 30)), gap))
        else:
            height = draw(st.integers(20, 500))
            units.append(make_unit(f"t{n}", height, gap=gap, stretches=draw(st.booleans())))
    return units


rooms_of_a_page = st.lists(st.integers(120, 900), min_size=1, max_size=3)


def named(block: object) -> list[str]:
    return list(block) if isinstance(block, tuple) else [str(block)]


def shown(pages: Sequence[Columns]) -> list[str]:
    """Everything in reading order: column by column, page by page."""
    return [
        name
        for page in pages
        for column in page
        for placed in column
        for name in named(placed.unit.block)
    ]


@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("lay_out", [flow.paginate, flow.balanced])
@given(units=unit_lists(), rooms=rooms_of_a_page)
def test_nothing_is_lost_doubled_or_out_of_order(
    lay_out: object, units: list[Unit], rooms: list[int]
) -> None:
    pages = lay_out(units, rooms)  # type: ignore[operator]
    assert shown(pages) == [name for unit in units for name in named(unit.block)]
    assert all(len(page) == len(rooms) for page in pages)


@settings(max_examples=150, deadline=None)
@pytest.mark.parametrize("lay_out", [flow.paginate, flow.balanced])
@given(units=unit_lists(), rooms=rooms_of_a_page)
def test_nothing_stands_out_of_its_column(
    lay_out: object, units: list[Unit], rooms: list[int]
) -> None:
    for page in lay_out(units, rooms):  # type: ignore[operator]
        for column, room in zip(page, rooms, strict=True):
            for placed in column:
                lone = len(column) == 1 and placed.unit.height > max(rooms)
                lone = lone or (
                    len(column) == 2
                    and column[0].unit.is_heading
                    and column[0].unit.height + placed.unit.gap + placed.unit.height > max(rooms)
                )
                assert placed.y + placed.height <= room or lone


@settings(max_examples=150, deadline=None)
@given(unit_lists(), rooms_of_a_page)
def test_units_of_a_column_keep_their_gaps(units: list[Unit], rooms: list[int]) -> None:
    for page in flow.paginate(units, rooms):
        for column in page:
            bottom = 0
            for n, placed in enumerate(column):
                assert placed.y == bottom + (placed.unit.gap if n else 0)
                bottom = placed.y + placed.height


@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("lay_out", [flow.paginate, flow.balanced])
@given(units=unit_lists(), rooms=rooms_of_a_page)
def test_a_heading_is_never_the_last_of_a_column(
    lay_out: object, units: list[Unit], rooms: list[int]
) -> None:
    pages = lay_out(units, rooms)  # type: ignore[operator]
    for page in pages:
        for column in page:
            if not column or not column[-1].unit.is_heading:
                continue
            heading = column[-1].unit
            following = units[units.index(heading) + 1]
            # the only excuse: what follows fits below it on no page
            assert heading.height + following.gap + _smallest(following) > max(rooms)


def _smallest(unit: Unit) -> int:
    return _LINE if unit.split and len(named(unit.block)) > 1 else unit.height


@given(unit_lists(), rooms_of_a_page)
def test_no_page_but_a_first_one_is_empty(units: list[Unit], rooms: list[int]) -> None:
    pages = flow.paginate(units, rooms)
    assert len(pages) >= 1
    assert all(any(page) for page in pages) or (not units and len(pages) == 1)


def test_a_section_that_fits_is_kept_whole() -> None:
    units = [
        make_unit("first", 300),
        make_unit("heading", 50, is_heading=True),
        make_unit("a", 200),
        make_unit("b", 200),
    ]
    pages = flow.paginate(units, [600])
    assert [shown([page]) for page in pages] == [["first"], ["heading", "a", "b"]]


def test_a_list_at_the_end_of_a_section_need_not_stand_with_its_heading() -> None:
    units = [
        make_unit("first", 300),
        make_unit("heading", 50, is_heading=True),
        make_unit("words", 200),
        make_unit("row", 200, is_listed=True),
    ]
    pages = flow.paginate(units, [600])
    assert [shown([page]) for page in pages] == [["first", "heading", "words"], ["row"]]


def test_a_long_panel_is_cut_and_goes_on_on_the_next_page() -> None:
    pages = flow.paginate([make_panel("line", 30)], [10 * _LINE])
    assert [len(shown([page])) for page in pages] == [10, 10, 10]


def test_two_columns_of_one_page_are_filled_evenly() -> None:
    units = [make_unit(f"t{n}", 100) for n in range(4)]
    (page,) = flow.balanced(units, [900, 900])
    assert [len(column) for column in page] == [2, 2]


def test_several_pages_are_filled_one_after_another() -> None:
    units = [make_unit(f"t{n}", 100) for n in range(10)]
    pages = flow.balanced(units, [400, 400])
    assert [[len(column) for column in page] for page in pages] == [[4, 4], [2, 0]]


@settings(max_examples=150, deadline=None)
@given(unit_lists(), rooms_of_a_page)
def test_growing_units_grow_into_spare_room_and_never_beyond(
    units: list[Unit], rooms: list[int]
) -> None:
    for page in flow.paginate(units, rooms):
        for column, room in zip(page, rooms, strict=True):
            if not column or column[-1].y + column[-1].height > room:
                continue
            grown = flow.stretch(column, max(0.0, flow.spare_share(column, room)))
            assert [placed.unit for placed in grown] == [placed.unit for placed in column]
            assert grown[-1].y + grown[-1].height <= room
            for before, after in zip(column, grown, strict=True):
                assert after.height >= before.height
                assert after.height == before.height or before.unit.stretches
                assert after.y >= before.y


def test_a_list_begins_below_its_heading_and_goes_on_in_the_next_column() -> None:
    rows = [make_unit(f"row{n}", 200, is_listed=True) for n in range(3)]
    units = [make_unit("first", 300), make_unit("heading", 50, is_heading=True), *rows]
    pages = flow.paginate(units, [600])
    assert [shown([page]) for page in pages] == [["first", "heading", "row0"], ["row1", "row2"]]
