"""How a slip is sent: what is asked, what is waited for, and what becomes of half a slip.

What goes wrong, and what is said of it, is in `test_troubles`; no time really passes here either.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp

from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, Unconfirmed
from kiosk.printing.layout import LARGE, NORMAL, lay_out
from kiosk.printing.raster import bitmap_of
from tests.core.small_city import URL, make_slip
from tests.kiosk.printing.escpos_printer import (
    EPSON,
    NARROW,
    WIDTH_BYTES,
    Line,
    Machine,
    Troubles,
    image_of,
)
from tests.kiosk.printing.on_a_line import PAGE, SOLID, Desk, desk, whole

BUFFERS = pytest.mark.parametrize("buffer_bytes", [4096, 65536])
QUESTIONS = b"".join(b"\x10\x04" + bytes([number]) for number in (1, 2, 3, 4))


@BUFFERS
def test_every_dot_is_on_the_paper(buffer_bytes: int) -> None:
    machine = desk(buffer_bytes)
    assert machine.print() == Printed()
    (slip,) = machine.machine.slips
    assert tuple(slip) == bitmap_of(PAGE).rows
    assert machine.seconds < 2  # as long as the paper needs


@pytest.mark.parametrize("scale", [NORMAL, LARGE])
def test_the_real_slip_is_read_from_the_paper_that_came_out(scale: float) -> None:
    machine = desk()
    page = lay_out(make_slip(), machine.printer.width, scale)
    assert machine.print(page) == Printed()
    (slip,) = machine.machine.slips
    assert whole(slip, page)
    assert zxingcpp.read_barcodes(image_of(slip))[0].text == URL


def test_the_real_slip_is_read_from_a_narrow_roll() -> None:
    narrow = Desk(Machine(width_bytes=48, has_cutter=False), model=NARROW)
    page = lay_out(make_slip(), narrow.printer.width)
    assert narrow.print(page) == Printed()
    assert zxingcpp.read_barcodes(image_of(narrow.machine.tear_off()))[0].text == URL


def test_all_questions_are_asked_at_once_and_before_anything_is_drawn() -> None:
    machine = desk()
    machine.print()
    assert machine.written.startswith(b"\x1b@" + QUESTIONS)
    assert machine.written.count(QUESTIONS) == 2  # and once more when it says that it is done


def test_a_slow_printer_is_waited_for() -> None:
    machine = Desk(Machine(speed_mm_s=40, buffer_bytes=4096))
    assert machine.print() == Printed()
    assert 2 < machine.seconds < 5


def test_waiting_ends_at_the_limit_whatever_the_printer_does() -> None:
    machine = Desk(Machine(speed_mm_s=0.5, buffer_bytes=4096))
    assert isinstance(machine.print(), FailedDuring)
    assert machine.seconds < machine.longest_s


def test_old_answers_on_the_line_prove_nothing() -> None:
    """What a printer said for an earlier slip must not vouch for this one."""
    machine = desk(paper_out_at=0)
    machine.machine._answers += b"\x12\x12\x12\x12\x00"
    assert machine.print() == FailedBefore(Fault.NO_PAPER)


def test_a_noise_that_sounds_like_the_last_answer_proves_nothing() -> None:
    """A cable that loses its printer can sound like a byte of zeros."""

    class Noisy(Machine):
        noise = b"\0"

        def take_answers(self) -> bytes:
            if self.power:
                return super().take_answers()
            noise, self.noise = self.noise, b""
            return noise

    machine = Desk(Noisy(Troubles(power_off_at=700)), Line.SERIAL, EPSON)
    assert not isinstance(machine.print(), Printed)


def test_nothing_is_sent_twice_and_no_connection_stays_open() -> None:
    machine = desk(paper_out_at=600)
    machine.print()
    assert machine.opened == 1
    machine.machine.repair()
    machine.machine.work(600)
    assert machine.opened == 1


# half a slip ----------------------------------------------------------------------------------


@BUFFERS
def test_half_a_slip_never_comes_out_for_the_next_citizen(buffer_bytes: int) -> None:
    machine = desk(buffer_bytes, paper_out_at=600)
    machine.print()
    before = machine.machine.rows_moved
    machine.repair()
    tail = machine.machine.rows_moved - before
    # a printer whose buffer is full hears nothing: what it holds it prints
    assert tail == 0 if buffer_bytes > 30000 else tail <= 8 * 4096 // 8
    assert machine.print() == Printed()
    assert whole(machine.machine.slips[-1])


@pytest.mark.parametrize("row", [1, 300, 600, 601])
def test_the_rest_of_a_slip_is_cut_off_before_the_next_one(row: int) -> None:
    """Also where the printer still waits for the rest of an image that it will not forget."""
    machine = desk(4096, paper_out_at=row, ignores_clearing=True)
    machine.print(SOLID)
    machine.repair()  # the deaf printer goes on with the old slip
    assert machine.print(SOLID) == Printed()
    *old, new = machine.machine.slips
    assert whole(new, SOLID)
    assert len(old) >= 1
    assert not machine.machine.garbage


def test_what_hangs_in_a_printer_that_fell_silent_is_cut_off_too() -> None:
    """It had taken all of the slip, and its power went: nobody knows, and the next one is whole."""
    machine = desk(power_off_at=400)
    assert machine.print() == Unconfirmed()
    machine.repair()
    assert machine.print() == Printed()
    assert whole(machine.machine.slips[-1])


def test_a_mute_printer_is_not_believed_to_hold_half_a_slip() -> None:
    machine = desk(never_answers=True)
    assert machine.print() == machine.print() == Unconfirmed()
    assert [whole(slip) for slip in machine.machine.slips] == [True, True]


def test_a_slip_that_somebody_denies_is_dropped_before_the_next_one() -> None:
    """A mute printer without paper keeps it, and would print it for whoever comes later."""
    machine = desk(never_answers=True, paper_out_at=300)
    assert machine.print() == Unconfirmed()
    machine.printer.cut_first()
    assert machine.print() == Unconfirmed()
    machine.repair()
    assert [whole(slip) for slip in machine.machine.slips] == [False, True]


def test_rows_that_were_handed_over_are_not_said_to_have_stayed_white() -> None:
    machine = Desk(Machine(Troubles(power_off_at=1)), Line.THREE_WIRES)
    outcome = machine.print(SOLID)
    assert isinstance(outcome, FailedDuring)
    assert outcome.row > 0


def test_after_a_restart_the_rest_is_cut_off_too() -> None:
    machine = desk()
    machine.machine.paper = [b"\xff" * WIDTH_BYTES] * 50
    machine.printer = replace(machine.printer, half_slip=True)
    assert machine.print() == Printed()
    assert len(machine.machine.slips) == 2
    assert whole(machine.machine.slips[1])
