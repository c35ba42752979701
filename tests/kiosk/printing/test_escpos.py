"""The truth about a slip, for every trouble that a printer can have; no time really passes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import PrinterError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.printing.escpos import EscposPrinter, Patience
from kiosk.printing.layout import lay_out
from kiosk.printing.page import Bar, Page
from kiosk.printing.ports import Port
from kiosk.printing.raster import bitmap_of
from tests.core.small_city import URL, make_slip
from tests.kiosk.printing.escpos_printer import (
    HEAD_TO_CUTTER_ROWS,
    WIDTH_BYTES,
    DirectPort,
    Machine,
    Troubles,
    VirtualClock,
    image_of,
)

# 100 mm of stripes: 800 rows with ink and white, fast to draw
PAGE = Page(576, 800, tuple(Bar(8 * n, 20 * n, 300, 9) for n in range(34)))
BUFFERS = pytest.mark.parametrize("buffer_bytes", [4096, 65536])


@dataclass
class Desk:
    """A printer on a virtual cable."""

    machine: Machine
    clock: VirtualClock = field(default_factory=VirtualClock)

    def __post_init__(self) -> None:
        self.printer = EscposPrinter(self._connect, self.clock)
        self.opened = 0

    def _connect(self) -> Port:
        self.opened += 1
        if not self.machine.power:
            raise PrinterError("nobody there")
        return DirectPort(self.machine, self.clock)

    def print(self, page: Page = PAGE) -> PrintOutcome:
        started = self.clock.now
        outcome = self.printer.print(page, 27)
        self.seconds = self.clock.now - started
        self.machine.work(60)  # whatever it still holds comes out, if it can
        return outcome


def desk(buffer_bytes: int = 65536, **troubles: object) -> Desk:
    return Desk(Machine(Troubles(**troubles), buffer_bytes=buffer_bytes))


def whole(slip: list[bytes], page: Page = PAGE) -> bool:
    """Whether a piece of paper holds all of a page's dots, and nothing else."""
    wanted = bitmap_of(page).rows
    printed = [row for row in slip if row.strip(b"\0")]
    return printed == [row.ljust(WIDTH_BYTES, b"\0") for row in wanted if row.strip(b"\0")]


@BUFFERS
def test_a_slip_that_came_out_is_printed(buffer_bytes: int) -> None:
    machine = desk(buffer_bytes)
    assert machine.print() == Printed()
    (slip,) = machine.machine.slips
    assert tuple(slip) == bitmap_of(PAGE).rows
    assert not machine.machine.garbage
    assert machine.seconds < 2  # as long as the paper needs


def test_the_real_slip_is_read_from_the_paper_that_came_out() -> None:
    machine = desk()
    page = lay_out(make_slip())
    assert machine.print(page) == Printed()
    (slip,) = machine.machine.slips
    assert whole(slip, page)
    (read,) = zxingcpp.read_barcodes(image_of(slip))
    assert read.text == URL


@pytest.mark.parametrize(
    ("troubles", "fault"),
    [
        ({"paper_out_at": 0}, Fault.NO_PAPER),
        ({"cover_opens_at": 0}, Fault.COVER_OPEN),
        ({"overheats_at": 0}, Fault.OVERHEATED),
    ],
)
def test_a_fault_before_is_known_at_once_and_nothing_is_sent(
    troubles: dict[str, int], fault: Fault
) -> None:
    machine = desk(**troubles)
    assert machine.print() == FailedBefore(fault)
    assert machine.seconds < 0.1
    assert machine.machine.rows_moved == 0
    machine.machine.repair()
    machine.machine.work(60)
    assert machine.machine.rows_moved == 0  # nothing waits for the next citizen


def test_low_paper_prints_and_is_said() -> None:
    assert desk(near_end=True).print() == Printed(low_paper=True)
    assert desk(near_end=True, never_pushes=True).print() == Printed(low_paper=True)


@BUFFERS
@pytest.mark.parametrize(
    ("troubles", "fault"),
    [
        ({"paper_out_at": 600}, Fault.NO_PAPER),
        ({"cover_opens_at": 300}, Fault.COVER_OPEN),
        ({"overheats_at": 500}, Fault.OVERHEATED),
    ],
)
def test_a_fault_in_the_middle_is_never_a_success(
    troubles: dict[str, int], fault: Fault, buffer_bytes: int
) -> None:
    machine = desk(buffer_bytes, **troubles)
    outcome = machine.print()
    assert isinstance(outcome, FailedDuring)
    assert outcome.fault is fault
    assert 0 < outcome.row <= PAGE.height
    assert machine.seconds < 2
    assert machine.machine.slips == []


@BUFFERS
def test_half_a_slip_never_comes_out_for_the_next_citizen(buffer_bytes: int) -> None:
    machine = desk(buffer_bytes, paper_out_at=600)
    machine.print()
    before = machine.machine.rows_moved
    machine.machine.repair()
    machine.machine.work(60)
    tail = machine.machine.rows_moved - before
    # a printer whose buffer is full hears nothing: what it holds it prints
    assert tail == 0 if buffer_bytes > 30000 else tail <= 8 * 4096 // 8
    assert machine.print() == Printed()
    assert whole(machine.machine.slips[-1])


def test_the_rest_of_a_slip_is_cut_off_before_the_next_one() -> None:
    machine = desk(paper_out_at=600, ignores_clearing=True)
    machine.print()
    machine.machine.repair()
    machine.machine.work(60)  # the deaf printer goes on with the old slip
    assert machine.print() == Printed()
    *old, new = machine.machine.slips
    assert whole(new)
    assert len(old) >= 1


def test_after_a_restart_the_rest_is_cut_off_too() -> None:
    machine = desk()
    machine.machine.paper = [b"\xff" * WIDTH_BYTES] * 50
    machine.printer = replace(machine.printer, half_slip=True)
    assert machine.print() == Printed()
    assert len(machine.machine.slips) == 2
    assert whole(machine.machine.slips[1])


def test_done_but_out_of_paper_is_left_to_the_citizen_to_judge() -> None:
    assert desk(ends_with_slip=True).print() == Unconfirmed(low_paper=True)


def test_a_jammed_cutter_is_not_a_printed_slip() -> None:
    machine = desk(cutter_jams=True)
    outcome = machine.print()
    assert outcome == FailedDuring(Fault.JAM, PAGE.height)
    assert machine.machine.slips == []


def test_a_jam_is_cleared_and_the_next_slip_is_whole() -> None:
    machine = desk(cutter_jams=True)
    machine.print()
    machine.machine.repair()
    assert machine.print() == Printed()
    assert whole(machine.machine.slips[-1])


def test_a_mute_clone_is_never_believed() -> None:
    machine = desk(never_answers=True)
    assert machine.print() == Unconfirmed()
    assert whole(machine.machine.slips[0])
    assert machine.seconds < 6


@pytest.mark.parametrize("paper_out_at", [0, 300])
def test_a_mute_clone_without_paper_is_unconfirmed_too(paper_out_at: int) -> None:
    machine = desk(never_answers=True, paper_out_at=paper_out_at)
    assert machine.print() == Unconfirmed()


def test_a_mute_clone_with_a_small_buffer_gives_itself_away() -> None:
    machine = desk(4096, never_answers=True, paper_out_at=100)
    outcome = machine.print()
    assert isinstance(outcome, FailedDuring)
    assert outcome.fault is Fault.OFFLINE
    assert outcome.row < PAGE.height


def test_without_pushed_status_the_printer_is_asked_again_before_a_verdict() -> None:
    machine = desk(never_pushes=True, paper_out_at=600)
    assert machine.print() == FailedDuring(Fault.NO_PAPER, PAGE.height)
    assert machine.seconds < 10


def test_without_pushed_status_a_full_buffer_ends_the_waiting() -> None:
    machine = desk(4096, never_pushes=True, paper_out_at=100)
    outcome = machine.print()
    assert isinstance(outcome, FailedDuring)
    assert outcome.fault is Fault.OFFLINE
    assert machine.seconds < 8


@BUFFERS
def test_power_lost_in_the_middle_is_not_printed(buffer_bytes: int) -> None:
    machine = desk(buffer_bytes, power_off_at=400)
    outcome = machine.print()
    assert isinstance(outcome, FailedDuring | Unconfirmed)
    machine.machine.repair()
    before = machine.machine.rows_moved
    machine.machine.work(60)
    assert machine.machine.rows_moved == before


def test_a_printer_that_is_not_there_says_so() -> None:
    machine = desk(power_off_at=0)
    assert machine.print() == FailedBefore(Fault.NOT_THERE)


def test_a_slow_printer_is_waited_for() -> None:
    machine = Desk(Machine(speed_mm_s=40, buffer_bytes=4096))
    assert machine.print() == Printed()
    assert 2 < machine.seconds < 5


def test_waiting_ends_at_the_limit_whatever_the_printer_does() -> None:
    machine = Desk(Machine(speed_mm_s=0.5, buffer_bytes=4096))
    outcome = machine.print()
    assert isinstance(outcome, FailedDuring)
    assert machine.seconds < Patience().slip_s + 3


def test_old_answers_on_the_line_prove_nothing() -> None:
    """What a printer said for an earlier slip must not vouch for this one."""
    machine = desk(paper_out_at=0)
    machine.machine._answers += b"\x12\x12\x12\x12\x00"
    assert machine.print() == FailedBefore(Fault.NO_PAPER)


def test_nothing_is_sent_twice_and_no_connection_stays_open() -> None:
    machine = desk(paper_out_at=600)
    machine.print()
    assert machine.opened == 1
    machine.machine.repair()
    machine.machine.work(600)
    assert machine.opened == 1


troubles = st.builds(
    Troubles,
    paper_out_at=st.none() | st.integers(0, 1100),
    cover_opens_at=st.none() | st.integers(0, 1100),
    overheats_at=st.none() | st.integers(0, 1100),
    power_off_at=st.none() | st.integers(0, 1100),
    cutter_jams=st.booleans(),
    near_end=st.booleans(),
    never_answers=st.booleans(),
    never_pushes=st.booleans(),
    ignores_clearing=st.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(troubles, st.sampled_from([1024, 4096, 65536]), st.sampled_from([30.0, 150.0, 300.0]))
def test_printed_is_only_said_of_a_whole_slip(
    trouble: Troubles, buffer_bytes: int, speed_mm_s: float
) -> None:
    machine = Desk(Machine(trouble, buffer_bytes=buffer_bytes, speed_mm_s=speed_mm_s))
    outcome = machine.print()
    assert not machine.machine.garbage
    if isinstance(outcome, Printed):
        assert [whole(slip) for slip in machine.machine.slips] == [True]
    if isinstance(outcome, FailedBefore):
        assert machine.machine.rows_moved == 0
    if trouble == replace(Troubles(), near_end=trouble.near_end):
        assert isinstance(outcome, Printed)
    assert machine.seconds < Patience().slip_s + 3
    assert len(machine.machine.paper) <= PAGE.height + HEAD_TO_CUTTER_ROWS
