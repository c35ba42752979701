"""Slips on a whole kiosk: who waits for the printer, and what becomes of it when everybody goes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from hub.hall.machine import Seen, Trouble
from hub.hall.machine_book import MachineBook
from kiosk import VERSION
from kiosk.core import routes
from kiosk.core.printing import (
    FailedBefore,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.core.routes import ConfirmSlip, Finish, Go, Home, Print
from kiosk.printing.layout import WIDTH_80MM
from kiosk.printing.page import Page
from kiosk.printing.status import Asked, Status
from kiosk.store.enrolment import FILE
from tests.builders import MONDAY_MORNING
from tests.hub.hall.serving import Machine as EnrolledMachine
from tests.hub.hall.serving import make_hub, serving
from tests.kiosk.test_app import BEGIN, LOST, Machine, data_dir, indexed, machine, running

__all__ = ["data_dir", "indexed", "machine"]  # fixtures

TAKE = Go(routes.HandoffPage(service=LOST))
LIMIT_S = 25.0  # a printer that hangs gives up by itself


class Slow:
    """A printer that hangs until it is let go, and then ends as it was told to."""

    width = WIDTH_80MM

    def __init__(self, outcome: PrintOutcome) -> None:
        self._outcome = outcome
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.count = 0

    def print(self, _page: Page, _slip_number: int) -> PrintOutcome:
        self.count += 1
        self.begun.set()
        assert self.go_on.wait(LIMIT_S)
        return self._outcome

    def cut_first(self) -> None:
        """Nothing hangs in it."""

    def ask(self) -> Asked:
        return Asked(Status())


@pytest.fixture
def slow(machine: Machine) -> Iterator[Slow]:
    """The printer of the machine."""
    printer = Slow(Printed())
    machine.kiosk._parts.desk.get()._printer = printer
    yield printer
    printer.go_on.set()


def states(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "state.db")) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM print_slip")]


def test_codes_and_searches_do_not_wait_for_a_printer_that_hangs(
    machine: Machine, slow: Slow
) -> None:
    machine.do(*BEGIN, TAKE)
    machine.kiosk.stage.perform(Print())
    assert slow.begun.wait(5)
    machine.kiosk.stage.perform(Finish())
    machine.do(*BEGIN, Go(routes.SearchPage()), routes.Write("sfz"))
    assert machine.kiosk.stage.session.asking.results is not None
    machine.do(Go(routes.ServicePage(service=LOST)), TAKE)
    assert machine.kiosk.stage.session.taking.handoff is not None
    assert machine.kiosk.stage.session.taking.slip is None
    assert slow.count == 1


def test_a_slip_that_waits_behind_one_that_hangs_is_nobodys_when_its_owner_goes(
    machine: Machine, slow: Slow, data_dir: Path
) -> None:
    machine.do(*BEGIN, TAKE)
    machine.kiosk.stage.perform(Print())
    assert slow.begun.wait(5)
    machine.kiosk.stage.perform(Finish())
    machine.do(*BEGIN, TAKE)
    machine.kiosk.stage.perform(Print())  # somebody else's, behind it
    machine.kiosk.stage.perform(Finish())
    slow.go_on.set()
    done: list[None] = []
    machine.kiosk.prints.run(lambda: None, done.append, lambda _error: None)
    machine._qtbot.waitUntil(lambda: bool(done))
    assert slow.count == 1
    assert states(data_dir) == ["printed"]


def test_a_machine_that_is_switched_off_waits_for_the_slip_at_hand_and_begins_no_other(
    data_dir: Path, qtbot: QtBot
) -> None:
    made = Machine(data_dir, qtbot)
    made.warm()
    slow = made.kiosk._parts.desk.get()._printer = Slow(FailedBefore(Fault.OFFLINE))
    made.do(*BEGIN, TAKE)
    made.kiosk.stage.perform(Print())
    assert slow.begun.wait(5)
    made.kiosk.stage.perform(Finish())
    made.do(*BEGIN, TAKE)
    made.kiosk.stage.perform(Print())
    let_go = threading.Timer(0.2, slow.go_on.set)
    let_go.start()
    made.kiosk.stop()
    let_go.join()
    made.kiosk.window.deleteLater()
    assert slow.count == 1
    assert states(data_dir) == ["failed-before"]


def test_nobody_is_asked_about_the_slip_of_somebody_who_has_gone(
    data_dir: Path, qtbot: QtBot
) -> None:
    with running(data_dir, qtbot) as before:
        printer = before.kiosk._parts.desk.get()._printer = Slow(Unconfirmed())
        printer.go_on.set()
        before.do(*BEGIN, TAKE, Print())
        slip = before.kiosk.stage.session.taking.slip
        assert slip is not None
        assert slip.outcome == Unconfirmed(slip=1)
        before.do(Finish(), Go(Home()))
        assert before.kiosk.stage.session.taking.slip is None
    with running(data_dir, qtbot):
        assert states(data_dir) == ["unconfirmed"]
    assert not list((data_dir / "slips").glob("*.pdf"))


def test_after_three_faults_the_next_citizen_reads_at_once_that_nothing_is_printed_here(
    data_dir: Path, qtbot: QtBot
) -> None:
    def offered(made: Machine) -> bool:
        return "handoff:print'" in str(made.kiosk.window.screen_shown.page.dock)

    with running(data_dir, qtbot) as first:
        printer = first.kiosk._parts.desk.get()._printer = Slow(FailedBefore(Fault.NO_PAPER))
        printer.go_on.set()
        for _ in range(3):
            first.do(*BEGIN, TAKE)
            assert offered(first)
            first.do(Print(), Finish())
        first.do(*BEGIN, TAKE)
        assert not offered(first)
        assert "这台机器现在不能印小票" in str(first.kiosk.window.screen_shown.page.blocks)
    with running(data_dir, qtbot) as second:  # a restart repairs nothing
        qtbot.waitUntil(lambda: second.kiosk.stage.local.printer.withdrawn)
        second.do(*BEGIN, TAKE)
        assert not offered(second)
        assert second.kiosk.stage.session.taking.handoff is not None
        assert second.kiosk.stage.local.printer == PrinterState(
            withdrawn=True, fault=Fault.NO_PAPER
        )


def test_a_mute_printer_of_which_three_citizens_say_no_is_offered_to_no_fourth(
    data_dir: Path, qtbot: QtBot
) -> None:
    with running(data_dir, qtbot) as made:
        printer = made.kiosk._parts.desk.get()._printer = Slow(Unconfirmed())
        printer.go_on.set()
        for _ in range(3):
            assert not made.kiosk.stage.local.printer.withdrawn
            made.do(*BEGIN, TAKE, Print(), ConfirmSlip(came_out=False))
            made.do(Finish())
        qtbot.waitUntil(lambda: made.kiosk.stage.local.printer.withdrawn)
    assert states(data_dir) == ["failed-during"] * 3


def test_the_hub_hears_of_a_printer_that_fails_while_citizens_stand_there(
    data_dir: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "hub").mkdir()
    hub = make_hub(tmp_path / "hub")
    hub.clock.moment = MONDAY_MORNING

    def seen() -> Seen:
        (machine,) = MachineBook(hub.engine).machines(1)
        return machine.seen(hub.clock())

    with serving(hub) as url:
        enrolment = EnrolledMachine(hub).enrolment(url)
        (data_dir / FILE).write_bytes(msgspec.json.encode(enrolment))
        with running(data_dir, qtbot) as made:
            kiosk = made.kiosk
            kiosk.errands.run(kiosk._parts.reports.get, kiosk._begin_reports, lambda _error: None)
            qtbot.waitUntil(lambda: seen().report is not None)
            assert seen().troubles == ()
            printer = kiosk._parts.desk.get()._printer = Slow(FailedBefore(Fault.NO_PAPER))
            printer.go_on.set()
            for _ in range(3):
                made.do(*BEGIN, TAKE, Print(), Finish())
            qtbot.waitUntil(lambda: Trouble.WITHDRAWN in seen().troubles)
            report = seen().report
            assert report is not None
            assert (report.fault, report.slip, report.catalog) == ("no_paper", 3, 1)
            assert report.program == VERSION
    hub.close()
