"""Sheets at the desk: which paper a job has, what the journal notes, and who prints them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from kiosk.config import Sheets
from kiosk.core.case import Case
from kiosk.core.choices import Choices
from kiosk.core.errands import PrintSlip
from kiosk.core.printing import (
    FailedBefore,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    SlipJob,
    SlipKind,
)
from kiosk.printing.ipp.printer import IppPrinter
from kiosk.printing.page import Page
from kiosk.printing.sheets import FolderSheets, sheet_printer
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.test_desk import ACTING, CATALOG, LIST, Desk

SHEET = Page(1616, 2310, ())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, Sheets(kind="folder"))
    yield made
    made.desk.close()


def on_a4(desk: Desk, kind: SlipKind = SlipKind.SERVICE, case: Case | None = None) -> PrintOutcome:
    service = "" if kind is SlipKind.LIST else "passport"
    job = SlipJob(service, large=True, copy=1, kind=kind, on_a4=True)
    case = case or Case()
    handoff = desk.make(service, case)
    return desk.desk.print(CATALOG, handoff, PrintSlip(job, case), Choices())  # type: ignore[arg-type]


def test_the_largest_print_of_a_slip_is_a_file_of_sheets_of_a4(desk: Desk) -> None:
    assert on_a4(desk) == Printed()
    (file,) = desk.folder.iterdir()
    assert file.name == "sheet-7-1.pdf"
    for page in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages:
        assert [round(float(side)) for side in page.mediabox[2:]] == [595, 842]


def test_a_sheet_does_not_say_that_it_fades_as_paper_of_the_roll_does(desk: Desk) -> None:
    assert on_a4(desk) == Printed()
    (file,) = desk.folder.iterdir()
    text = "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    assert "票号" in text
    assert "褪" not in text


def test_a_sheet_is_noted_with_a_slips_number_and_takes_nothing_of_the_roll(desk: Desk) -> None:
    assert on_a4(desk, SlipKind.LIST, LIST) == Printed()
    assert desk.print(SlipKind.LETTER, ACTING) == Printed()
    assert desk.print(SlipKind.SERVICE) == Printed()
    assert desk.journal() == [(1, 0, "printed"), (2, 13001, "printed"), (3, 13001, "printed")]
    names = sorted(one.name for one in desk.folder.iterdir())
    assert names == ["letter-7-2.pdf", "sheet-7-1.pdf", "slip-3.pdf"]
    assert [one.medium for one in desk.desk._journal.last(3)] == ["pdf", "sheet", "sheet"]
    assert desk.desk._journal.paper_used_mm() == 0


def test_two_people_get_a_file_each(desk: Desk) -> None:
    assert on_a4(desk, SlipKind.PAIR, ACTING) == Printed()
    assert len(list(desk.folder.iterdir())) == 2


def test_a_machine_without_a_printer_for_sheets_prints_none(tmp_path: Path) -> None:
    made = Desk(tmp_path)
    assert on_a4(made) == FailedBefore(Fault.NOT_THERE)
    assert made.desk.ask_sheets() is None
    assert made.journal() == []
    made.desk.close()


def test_failing_sheets_do_not_withdraw_slips(desk: Desk) -> None:
    desk.folder.rmdir()
    desk.folder.touch()
    for _ in range(4):
        assert on_a4(desk) == FailedBefore(Fault.NOT_THERE)
    assert desk.state == PrinterState()
    assert desk.desk.ask_sheets() == Asked(Status(Fault.NOT_THERE))


def test_nobody_who_has_left_gets_a_file(tmp_path: Path) -> None:
    outcome = FolderSheets(tmp_path).print((SHEET,), "letter-7-1", lambda: False)
    assert outcome == FailedBefore(Fault.OFFLINE)
    assert list(tmp_path.iterdir()) == []


def test_the_settings_name_the_printer(tmp_path: Path) -> None:
    assert sheet_printer(Sheets(), tmp_path) is None
    assert sheet_printer(Sheets(kind="folder"), tmp_path) == FolderSheets(tmp_path)
    ipp = Sheets(kind="ipp", uri="ipp://localhost:9/ipp/print")
    assert isinstance(sheet_printer(ipp, tmp_path), IppPrinter)


def test_a_folder_is_well_as_long_as_it_is_there(tmp_path: Path) -> None:
    assert FolderSheets(tmp_path).ask() == Asked(Status())
    assert FolderSheets(tmp_path / "none").ask() == Asked(Status(Fault.NOT_THERE))
