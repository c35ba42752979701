"""Asking a printer how it is, without printing."""

from __future__ import annotations

import pytest

from kiosk.core.printing import Fault
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.escpos_printer import EPSON, Line, Machine, Troubles
from tests.kiosk.printing.on_a_line import Desk

NAME = "TM-T82III"


def test_a_printer_that_works_says_so_with_its_name_and_moves_no_paper() -> None:
    desk = Desk(Machine())
    assert desk.ask() == Asked(Status(), model=NAME)
    desk.machine.work(10)
    assert (desk.machine.rows_moved, desk.machine.slips) == (0, [])
    assert not desk.machine.garbage
    assert desk.seconds < 0.1


def test_a_printer_that_does_not_know_its_name_is_well_too() -> None:
    desk = Desk(Machine(name=b""))
    assert desk.ask() == Asked(Status())
    assert desk.seconds < 0.5


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"paper_out": True}, Fault.NO_PAPER),
        ({"cover_open": True}, Fault.COVER_OPEN),
        ({"overheated": True}, Fault.OVERHEATED),
        ({"jammed": True}, Fault.JAM),
        ({"power": False}, Fault.NOT_THERE),
    ],
)
def test_every_trouble_is_named(changes: dict[str, bool], fault: Fault) -> None:
    """The name waits in the buffer of a printer that is offline, so it is not asked for."""
    asked = Desk(Machine(**changes)).ask()
    assert asked == Asked(Status(fault))


def test_a_roll_that_ends_soon_is_said() -> None:
    asked = Desk(Machine(Troubles(near_end=True))).ask()
    assert asked.status == Status(low_paper=True)


def test_a_mute_printer_is_waited_for_once() -> None:
    desk = Desk(Machine(Troubles(never_answers=True)))
    assert desk.ask() == Asked(Status(), is_mute=True)
    assert desk.seconds < 0.5


def test_of_a_mute_printer_on_usb_the_cable_tells() -> None:
    desk = Desk(Machine(Troubles(never_answers=True), paper_out=True), Line.USB)
    assert desk.ask() == Asked(Status(Fault.NO_PAPER), is_mute=True)


def test_silence_of_a_model_that_answers_is_a_fault() -> None:
    desk = Desk(Machine(power=False), Line.SERIAL, EPSON)
    assert desk.ask() == Asked(Status(Fault.OFFLINE), is_mute=True)


def test_a_printer_that_may_wait_for_the_rest_of_an_image_is_not_asked_its_name() -> None:
    desk = Desk(Machine())
    desk.printer.half_slip = True
    assert desk.ask() == Asked(Status())
