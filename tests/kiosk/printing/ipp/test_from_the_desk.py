"""The whole way of a sheet: from the desk behind the screen to the printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config import Sheets
from kiosk.core.choices import Choices
from kiosk.core.errands import PrintSlip
from kiosk.core.printing import FailedBefore, Fault, Printed, SlipJob, SlipKind
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.ipp.machines import EvePrinter
from tests.kiosk.printing.test_desk import ACTING, CATALOG, Desk


def test_a_letter_and_a_large_slip_arrive_with_the_numbers_of_the_journal(
    tmp_path: Path, eve: EvePrinter
) -> None:
    desk = Desk(tmp_path, Sheets(kind="ipp", uri=eve.uri))
    assert desk.desk.ask_sheets() == Asked(Status())
    assert desk.print(SlipKind.LETTER, ACTING) == Printed()
    job = SlipJob("passport", large=True, copy=1, on_a4=True)
    handoff = desk.make("passport", ACTING)
    errand = PrintSlip(job, ACTING)
    assert desk.desk.print(CATALOG, handoff, errand, Choices()) == Printed()  # type: ignore[arg-type]
    assert desk.journal() == [(1, 13001, "printed"), (2, 13001, "printed")]
    names = [sheet.name for sheet in eve.sheets()]
    assert names == ["1-letter-7-1.pdf", "2-sheet-7-2.pdf"]
    eve.load(0)
    assert desk.print(SlipKind.LETTER, ACTING) == FailedBefore(Fault.NO_PAPER)
    desk.desk.close()


@pytest.mark.parametrize(("hall", "left"), [(1, []), (2, ["letter-7-900"])])
def test_what_waits_since_before_the_machine_started_is_taken_back_at_once(
    tmp_path: Path, eve: EvePrinter, hall: int, left: list[str]
) -> None:
    """And what is of the machine with the same number in another hall is not."""
    client = IppClient(eve.uri, f"kiosk-990100-{hall}-7", ask_s=10)
    client.create("letter-7-900")
    desk = Desk(tmp_path, Sheets(kind="ipp", uri=eve.uri))
    assert [job.name for job in client.ours()] == left
    desk.desk.close()


def test_a_printer_that_is_off_when_the_machine_starts_is_found_when_it_is_on(
    tmp_path: Path, eve: EvePrinter
) -> None:
    eve.switch_off()
    desk = Desk(tmp_path, Sheets(kind="ipp", uri=eve.uri))
    assert desk.desk.ask_sheets() == Asked(Status(Fault.NOT_THERE))
    eve.switch_on()
    assert desk.print(SlipKind.LETTER, ACTING) == Printed()
    desk.desk.close()
