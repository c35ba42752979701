"""Asking a printer how it is, without printing."""

from __future__ import annotations

import pytest

from kiosk.core.errors import PrinterError
from kiosk.core.printing import Fault
from kiosk.printing.escpos import EscposPrinter
from kiosk.printing.ports import Port
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.escpos_printer import DirectPort, Machine, Troubles, VirtualClock


def ask(machine: Machine) -> tuple[Asked, float]:
    """What came of it, and the seconds that it took."""
    clock = VirtualClock()

    def connect() -> Port:
        if not machine.power:
            raise PrinterError("nobody there")
        return DirectPort(machine, clock)

    begun = clock.now
    asked = EscposPrinter(connect, clock).ask()
    return asked, clock.now - begun


def test_a_printer_that_works_says_so_and_moves_no_paper() -> None:
    machine = Machine()
    assert ask(machine)[0] == Asked(Status())
    machine.work(10)
    assert (machine.rows_moved, machine.slips) == (0, [])


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
    asked, _ = ask(Machine(**changes))
    assert asked.status.fault is fault
    assert not asked.is_mute


def test_a_roll_that_ends_soon_is_said() -> None:
    assert ask(Machine(Troubles(near_end=True)))[0] == Asked(Status(low_paper=True))


def test_a_mute_printer_is_not_waited_for() -> None:
    asked, seconds = ask(Machine(Troubles(never_answers=True)))
    assert asked == Asked(Status(), is_mute=True)
    assert seconds < 2
