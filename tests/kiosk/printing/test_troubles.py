"""What can go wrong on each line, and what is said of the slip: the whole table, row by row.

A row is a situation, a column a line; no time really passes. The lines themselves, with the buffers
of the kernel, are tried in `test_tcp` and `test_devices`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core import value
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.printing.models import Model
from kiosk.printing.page import Page
from tests.kiosk.printing.escpos_printer import (
    EPSON,
    GENERIC,
    HEAD_TO_CUTTER_ROWS,
    NARROW,
    SERIAL_RATE,
    Line,
    Machine,
    Troubles,
)
from tests.kiosk.printing.on_a_line import PAGE, SOLID, Desk, whole

Says = Callable[[PrintOutcome], bool]


def before(fault: Fault) -> Says:
    """Nothing was sent."""
    return lambda outcome: outcome == FailedBefore(fault)


def during(fault: Fault) -> Says:
    """A part may have come out."""
    return lambda outcome: isinstance(outcome, FailedDuring) and outcome.fault is fault


def printed(low_paper: bool = False) -> Says:
    """The printer said so."""
    return lambda outcome: outcome == Printed(low_paper)


def unconfirmed(low_paper: bool = False) -> Says:
    """Nobody knows but the citizen."""
    return lambda outcome: outcome == Unconfirmed(low_paper)


NO_PAPER, COVER, JAM = Fault.NO_PAPER, Fault.COVER_OPEN, Fault.JAM
HOT, OFFLINE, NOT_THERE = Fault.OVERHEATED, Fault.OFFLINE, Fault.NOT_THERE
SMALL, LARGE = 4096, 65536  # buffers
CYCLE: dict[str, Any] = {"power_back_after_s": 2.0}
MUTE: dict[str, Any] = {"never_answers": True}

# situation: troubles, buffer, what is said by TCP, USB, serial line, and within how many seconds
TABLE: dict[str, tuple[dict[str, Any], int, Says, Says, Says, float]] = {
    "all is well": ({}, LARGE, printed(), printed(), printed(), 2),
    "all is well, small buffer": ({}, SMALL, printed(), printed(), printed(), 2),
    "the roll ends soon": ({"near_end": True}, LARGE, *[printed(True)] * 3, 2),
    # before
    "no paper": ({"paper_out_at": 0}, LARGE, *[before(NO_PAPER)] * 3, 0.1),
    "cover open": ({"cover_opens_at": 0}, LARGE, *[before(COVER)] * 3, 0.1),
    "too hot": ({"overheats_at": 0}, LARGE, *[before(HOT)] * 3, 0.1),
    # a serial line cannot tell an unplugged printer from one that says nothing
    "switched off": (
        {"power_off_at": 0},
        LARGE,
        before(NOT_THERE),
        before(NOT_THERE),
        during(OFFLINE),
        3,
    ),
    # in the middle
    "paper ends in the middle": ({"paper_out_at": 600}, LARGE, *[during(NO_PAPER)] * 3, 2),
    "the same, small buffer": ({"paper_out_at": 600}, SMALL, *[during(NO_PAPER)] * 3, 2),
    "cover opened in the middle": ({"cover_opens_at": 300}, LARGE, *[during(COVER)] * 3, 2),
    "cover opened, small buffer": ({"cover_opens_at": 300}, SMALL, *[during(COVER)] * 3, 2),
    "too hot in the middle": ({"overheats_at": 500}, LARGE, *[during(HOT)] * 3, 2),
    "too hot, small buffer": ({"overheats_at": 500}, SMALL, *[during(HOT)] * 3, 2),
    "the knife jams": ({"cutter_jams": True}, LARGE, *[during(JAM)] * 3, 2),
    "the roll ends with the slip": ({"ends_with_slip": True}, LARGE, *[unconfirmed(True)] * 3, 2),
    # what pushes no state is asked
    "no pushes, paper ends": (
        {"never_pushes": True, "paper_out_at": 600},
        LARGE,
        *[during(NO_PAPER)] * 3,
        10,
    ),
    "no pushes, paper ends, small buffer": (
        {"never_pushes": True, "paper_out_at": 100},
        SMALL,
        during(OFFLINE),
        during(NO_PAPER),  # the cable knows
        during(OFFLINE),
        8,
    ),
    # power: what was handed over whole may have come out
    "power goes in the middle": (
        {"power_off_at": 400},
        LARGE,
        unconfirmed(),
        unconfirmed(),
        during(OFFLINE),
        10,
    ),
    "power goes, small buffer": ({"power_off_at": 400}, SMALL, *[during(OFFLINE)] * 3, 3),
    "power goes and comes back": (
        {"power_off_at": 400, **CYCLE},
        LARGE,
        unconfirmed(),
        unconfirmed(),
        during(OFFLINE),
        10,
    ),
    "power goes and comes back, small buffer": (
        {"power_off_at": 400, **CYCLE},
        SMALL,
        *[during(OFFLINE)] * 3,
        3,
    ),
    # clones that say nothing
    "mute": (MUTE, LARGE, unconfirmed(), unconfirmed(), unconfirmed(), 5),
    "mute without paper": (
        {**MUTE, "paper_out_at": 0},
        LARGE,
        unconfirmed(),
        before(NO_PAPER),
        unconfirmed(),
        5,
    ),
    "mute, paper ends": (
        {**MUTE, "paper_out_at": 300},
        LARGE,
        unconfirmed(),
        during(NO_PAPER),
        unconfirmed(),
        5,
    ),
    "mute, paper ends, small buffer": (
        {**MUTE, "paper_out_at": 100},
        SMALL,
        during(OFFLINE),
        during(NO_PAPER),
        during(OFFLINE),
        7,
    ),
    "answers only some questions": ({"answers_only": (1, 4)}, LARGE, *[printed()] * 3, 4),
    "answers some, no paper": (
        {"answers_only": (1, 4), "paper_out_at": 0},
        LARGE,
        *[before(NO_PAPER)] * 3,
        4,
    ),
}
LINES = (Line.TCP, Line.USB, Line.SERIAL)
CELLS = [
    pytest.param(troubles, buffer, line, says[at], within_s, id=f"{name}, {line.name}")
    for name, (troubles, buffer, *says, within_s) in TABLE.items()
    for at, line in enumerate(LINES)
]


@pytest.mark.parametrize(("troubles", "buffer", "line", "says", "within_s"), CELLS)
def test_the_truth_is_told_and_the_next_slip_is_whole(
    troubles: dict[str, Any], buffer: int, line: Line, says: Says, within_s: float
) -> None:
    desk = Desk(Machine(Troubles(**troubles), buffer_bytes=buffer), line)
    page = SOLID if buffer == SMALL else PAGE
    outcome = desk.print(page)
    assert says(outcome), outcome
    wire_s = len(desk.written) / SERIAL_RATE if line is Line.SERIAL else 0
    assert desk.seconds < within_s + wire_s
    if isinstance(outcome, Printed):
        assert [whole(slip, page) for slip in desk.machine.slips] == [True]
    if isinstance(outcome, FailedBefore):
        desk.repair()
        assert desk.machine.rows_moved == 0  # nothing waits for the next citizen
    _next_slip_is_whole(desk, page, outcome)


def _next_slip_is_whole(desk: Desk, page: Page, outcome: PrintOutcome) -> None:
    """Recovery: staff put it right, and what hung in the printer is not on the next slip."""
    desk.repair()
    if isinstance(outcome, Unconfirmed):
        desk.machine.tear_off()  # somebody looked, and took it
    after = desk.print(page)
    is_mute = desk.machine.troubles.never_answers
    ends = desk.machine.troubles.ends_with_slip
    assert isinstance(after, Unconfirmed if is_mute or ends else Printed)
    assert whole(desk.machine.slips[-1], page)


# which fault, when several -------------------------------------------------------------------


def test_a_jam_from_before_is_known_before() -> None:
    desk = Desk(Machine(jammed=True))
    assert desk.print() == FailedBefore(JAM)
    assert desk.machine.rows_moved == 0


# models ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [Line.SERIAL, Line.THREE_WIRES])
def test_a_model_that_answers_is_missed_before_anything_is_sent(line: Line) -> None:
    desk = Desk(Machine(Troubles(power_off_at=0)), line, EPSON)
    assert desk.print() == FailedBefore(OFFLINE)
    desk.repair()
    assert desk.machine.rows_moved == 0
    assert desk.print() == Printed()


def test_a_model_without_a_sensor_is_not_believed_that_the_roll_ends() -> None:
    desk = Desk(Machine(Troubles(near_end=True)), model=other(near_end=False))
    assert desk.print() == Printed(low_paper=False)
    assert not desk.ask().status.low_paper


def test_a_model_that_never_answers_is_not_asked() -> None:
    desk = Desk(Machine(Troubles(never_answers=True)), model=other(answers="no"))
    assert desk.print() == Unconfirmed()
    assert b"\x10\x04" not in desk.written
    assert desk.ask().is_mute
    assert desk.seconds < 0.1


def test_a_model_that_does_not_push_is_not_told_to() -> None:
    desk = Desk(Machine(), model=other(pushes=False))
    assert desk.print() == Printed()
    assert b"\x1da" not in desk.written


def other(**changes: Any) -> Model:
    """The usual model but for something."""
    return value.replace(GENERIC, **changes)


# at any moment --------------------------------------------------------------------------------

rows = st.none() | st.integers(0, 1100)
troubles = st.builds(
    Troubles,
    paper_out_at=rows,
    cover_opens_at=rows,
    overheats_at=rows,
    power_off_at=rows,
    power_back_after_s=st.none() | st.floats(1.5, 20),
    cutter_jams=st.booleans(),
    near_end=st.booleans(),
    never_answers=st.booleans(),
    never_pushes=st.booleans(),
    ignores_clearing=st.booleans(),
    answers_only=st.sampled_from([(1, 2, 3, 4), (1, 4), (1,), (4,)]),
)


@settings(max_examples=200, deadline=None)
@given(
    troubles,
    st.sampled_from([1024, 4096, 65536]),
    st.sampled_from([30.0, 150.0, 300.0]),
    st.sampled_from(Line),
    st.sampled_from([GENERIC, EPSON]),
    st.sampled_from([PAGE, SOLID]),
)
def test_printed_is_only_said_of_a_whole_slip(
    trouble: Troubles, buffer: int, speed_mm_s: float, line: Line, model: Model, page: Page
) -> None:
    machine = Machine(trouble, buffer_bytes=buffer, speed_mm_s=speed_mm_s)
    desk = Desk(machine, line, model)
    outcome = desk.print(page)
    if isinstance(outcome, Printed):
        assert [whole(slip, page) for slip in machine.slips] == [True]
    if isinstance(outcome, FailedBefore):
        assert machine.rows_moved == 0
    if trouble == replace(Troubles(), near_end=trouble.near_end):
        assert isinstance(outcome, Printed)
    assert desk.seconds < desk.longest_s
    if machine.starts == 0:
        assert not machine.garbage
        assert len(machine.paper) <= page.height + HEAD_TO_CUTTER_ROWS


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 799),
    st.floats(1.5, 5),
    st.sampled_from([Line.SERIAL, Line.THREE_WIRES]),
    st.sampled_from([512, 1024, 4096, 65536]),
    st.booleans(),
)
def test_a_printer_that_starts_anew_in_the_middle_is_never_believed(
    row: int, dark_s: float, line: Line, buffer: int, never_pushes: bool
) -> None:
    """Its cable stays where it is, and it would gladly answer what stands behind the last row."""
    trouble = Troubles(power_off_at=row, power_back_after_s=dark_s, never_pushes=never_pushes)
    desk = Desk(Machine(trouble, buffer_bytes=buffer), line)
    assert isinstance(desk.print(SOLID), FailedDuring | Unconfirmed)


def test_a_narrow_printer_without_a_knife_feeds_past_the_tear_bar() -> None:
    machine = Machine(width_bytes=48, has_cutter=False)
    desk = Desk(machine, model=NARROW)
    page = replace(PAGE, width=384)
    assert desk.print(page) == Printed()
    slip = machine.tear_off()
    assert not machine.garbage  # nothing that it would not know
    assert whole(slip, page)
    assert len(slip) == page.height + NARROW.feed_rows
