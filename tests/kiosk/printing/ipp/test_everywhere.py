"""Letters on CUPS' own IPP Everywhere printer: what it says, what comes out, what never does."""

from __future__ import annotations

import dataclasses
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from time import monotonic

import pytest

from kiosk.core.errors import PrinterError
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    Unconfirmed,
)
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.ipp.printer import IppPrinter, Patience
from kiosk.printing.ipp.status import Format
from kiosk.printing.page import Page
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.ipp.conftest import QUICK, printer_at
from tests.kiosk.printing.ipp.machines import EvePrinter, wait_until

TITLE = "letter-7-12"


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as thread:
        yield thread


def always() -> bool:
    return True


def prints(eve: EvePrinter, letter: tuple[Page, ...], patience: Patience = QUICK) -> PrintOutcome:
    return printer_at(eve.uri, patience).print(letter, TITLE, always)


# that it comes out ------------------------------------------------------------------------------


def test_a_letter_comes_out_once_under_our_own_number(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    assert prints(eve, letter) == Printed()
    (sheet,) = eve.sheets()
    assert sheet.name == f"1-{TITLE}.pdf"
    log = (eve.folder / "log").read_text()
    assert 'requesting-user-name="kiosk-7"' in log


def test_the_next_one_comes_out_as_well(eve: EvePrinter, letter: tuple[Page, ...]) -> None:
    assert [prints(eve, letter), prints(eve, letter)] == [Printed(), Printed()]
    assert len(eve.sheets()) == 2


def test_paper_that_ends_soon_is_told_to_staff_and_the_sheet_comes_out(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.get_into("+media-low-report")
    assert printer_at(eve.uri).ask() == Asked(Status(None, low_paper=True))
    assert prints(eve, letter) == Printed(low_paper=True)


def test_a_printer_that_is_well_says_so(eve: EvePrinter) -> None:
    assert printer_at(eve.uri).ask() == Asked(Status())


# what is wrong before ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reasons", "fault"),
    [
        ("+media-empty-error", Fault.NO_PAPER),
        ("+input-tray-missing-warning", Fault.NO_PAPER),
        ("+cover-open-report", Fault.COVER_OPEN),
        ("+media-jam-warning", Fault.JAM),
        ("+toner-empty-error", Fault.OFFLINE),
        ("+paused", Fault.OFFLINE),
        ("+media-empty,cover-open", Fault.COVER_OPEN),
    ],
)
def test_a_printer_with_a_fault_is_sent_nothing(
    eve: EvePrinter, letter: tuple[Page, ...], reasons: str, fault: Fault
) -> None:
    eve.get_into(reasons)
    assert printer_at(eve.uri).ask() == Asked(Status(fault))
    assert prints(eve, letter) == FailedBefore(fault)
    assert (eve.folder / "log").read_text().count("Create-Job") == 1  # that of the other machine


def test_an_empty_tray_is_known_without_a_job(eve: EvePrinter, letter: tuple[Page, ...]) -> None:
    eve.load(0)
    assert prints(eve, letter) == FailedBefore(Fault.NO_PAPER)
    eve.load(250)
    assert prints(eve, letter) == Printed()
    assert len(eve.sheets()) == 1


def test_a_printer_that_is_switched_off_prints_nothing_when_it_is_on_again(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.switch_off()
    began = monotonic()
    assert prints(eve, letter) == FailedBefore(Fault.NOT_THERE)
    assert monotonic() - began < 2
    eve.switch_on()
    eve.print_for_another()
    assert [TITLE in sheet.name for sheet in eve.sheets()] == [False]


def test_a_printer_that_listens_and_says_nothing_is_given_up_after_a_second(
    letter: tuple[Page, ...],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        uri = f"ipp://127.0.0.1:{mute.getsockname()[1]}/ipp/print"
        began = monotonic()
        printer = printer_at(uri, ask_s=1.0)
        assert printer.print(letter, TITLE, always) == FailedBefore(Fault.NOT_THERE)
        assert 0.9 < monotonic() - began < 5


def test_a_printer_that_reads_nothing_of_ours_is_sent_nothing(
    tmp_path_factory: pytest.TempPathFactory, bus: object, letter: tuple[Page, ...]
) -> None:
    folder = tmp_path_factory.mktemp("jpeg")
    eve = EvePrinter(folder / "eve", bus, "image/jpeg")  # type: ignore[arg-type]
    try:
        assert prints(eve, letter) == FailedBefore(Fault.OFFLINE)
    finally:
        eve.kill()


# what goes wrong meanwhile ----------------------------------------------------------------------


def begun(
    thread: ThreadPoolExecutor,
    eve: EvePrinter,
    letter: tuple[Page, ...],
    is_wanted: Callable[[], bool] = always,
    patience: Patience = QUICK,
) -> Future[PrintOutcome]:
    """A letter on its way, of which the printer has all and nothing has come out."""
    going = thread.submit(printer_at(eve.uri, patience).print, letter, TITLE, is_wanted)
    wait_until(lambda: eve.is_waiting or going.done())
    return going


@pytest.mark.parametrize(
    ("reason", "fault"),
    [("media-empty", Fault.NO_PAPER), ("cover-open", Fault.COVER_OPEN), ("media-jam", Fault.JAM)],
)
def test_a_fault_in_the_middle_is_told_at_once_and_the_job_taken_back(
    thread: ThreadPoolExecutor,
    eve: EvePrinter,
    letter: tuple[Page, ...],
    reason: str,
    fault: Fault,
) -> None:
    eve.behave(f"say +{reason}-error; until_told; say -{reason}; exit 1")
    outcome = begun(thread, eve, letter).result()
    assert outcome == FailedDuring(fault, row=letter[0].height)
    eve.go_on()
    wait_until(eve.jobs_over)
    assert eve.sheets() == []


def test_what_the_printer_has_swallowed_comes_out_later_and_we_never_said_it_would_not(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave('say +media-empty; until_told; say -media-empty; print "$1"')
    outcome = begun(thread, eve, letter).result()
    assert outcome == FailedDuring(Fault.NO_PAPER, row=letter[0].height)
    eve.go_on()
    wait_until(eve.jobs_over)
    assert len(eve.sheets()) == 1  # although it was cancelled: hence the words on the screen


class _LosesAnswers(IppClient):
    """The printer hears all of a document, and its answer does not arrive."""

    def send(self, job: int, document: bytes, format_: Format) -> None:
        super().send(job, document, format_)
        raise PrinterError("the connection broke")


def test_a_sheet_of_which_the_printer_heard_all_is_not_said_to_stay_inside(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave('until_told; print "$1"')
    printer = IppPrinter(_LosesAnswers(eve.uri, "kiosk-7", ask_s=10), IppClient, QUICK)
    outcome = printer.print(letter, TITLE, always)
    assert outcome == FailedDuring(Fault.OFFLINE, row=letter[0].height)
    eve.go_on()
    wait_until(eve.jobs_over)
    assert len(eve.sheets()) == 1


def test_paper_that_ends_before_the_first_sheet_leaves_no_job_to_the_next_citizen(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("until_told; exit 1")
    first = begun(thread, eve, letter)
    eve.load(0)
    assert first.result() == FailedDuring(Fault.NO_PAPER, row=letter[0].height)
    assert prints(eve, letter) == FailedBefore(Fault.NO_PAPER)
    eve.go_on()
    eve.load(250)
    wait_until(eve.jobs_over)
    eve.behave('print "$1"')
    assert prints(eve, letter) == Printed()
    assert [sheet.name for sheet in eve.sheets()] == [f"2-{TITLE}.pdf"]


def test_a_job_that_the_printer_gives_up_is_not_printed(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("exit 1")
    assert prints(eve, letter) == FailedDuring(Fault.OFFLINE, row=letter[0].height)


def test_a_printer_that_loses_its_power_in_the_middle_leaves_it_to_the_citizen_to_look(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("until_told; exit 1")
    going = begun(thread, eve, letter)
    eve.switch_off()
    assert going.result() == Unconfirmed()
    eve.behave('print "$1"')
    eve.switch_on()
    eve.print_for_another()
    assert [TITLE in sheet.name for sheet in eve.sheets()] == [False]


def test_a_printer_that_is_too_slow_is_not_waited_for(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave('until_told; print "$1"')
    slow = dataclasses.replace(QUICK, job_s=0.5)
    assert begun(thread, eve, letter, patience=slow).result() == Unconfirmed()


def test_who_leaves_in_the_middle_has_the_sheet_taken_back(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("until_told; exit 1")
    here = [True]
    going = begun(thread, eve, letter, lambda: here[0])
    here.clear()
    here.append(False)
    assert going.result() == Unconfirmed()
    assert "Cancel-Job successful-ok" in (eve.folder / "log").read_text()


def test_who_has_left_before_gets_no_sheet(eve: EvePrinter, letter: tuple[Page, ...]) -> None:
    printer = printer_at(eve.uri)
    assert printer.print(letter, TITLE, lambda: False) == FailedBefore(Fault.OFFLINE)
    assert eve.jobs_over()
    assert eve.client().ours() == ()
    eve.print_for_another()
    assert len(eve.sheets()) == 1


# whose job it is --------------------------------------------------------------------------------


def test_a_job_that_an_earlier_run_left_is_taken_back_first(
    eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.client().create("letter-7-11")
    assert [job.name for job in eve.client().ours()] == ["letter-7-11"]
    assert prints(eve, letter) == Printed()
    assert eve.client().ours() == ()
    assert [sheet.name for sheet in eve.sheets()] == [f"2-{TITLE}.pdf"]


def test_a_job_of_another_machine_is_left_alone(eve: EvePrinter, letter: tuple[Page, ...]) -> None:
    another = IppClient(eve.uri, "kiosk-8", ask_s=10)
    another.create("letter-8-3")
    assert eve.client().ours() == ()
    assert prints(eve, letter) == FailedBefore(Fault.OFFLINE)  # it takes one at a time
    assert [job.name for job in another.ours()] == ["letter-8-3"]


def test_a_number_that_is_anothers_after_a_restart_is_not_taken_for_ours(
    thread: ThreadPoolExecutor, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("until_told; exit 1")
    patient = dataclasses.replace(QUICK, lost_s=20.0)
    going = begun(thread, eve, letter, patience=patient)
    eve.switch_off()
    eve.behave("exit 1")
    eve.switch_on()
    another = IppClient(eve.uri, "kiosk-8", ask_s=10)
    assert another.create("letter-8-3") == 1  # again
    assert going.result() == Unconfirmed()
    assert [job.name for job in another.ours()] == ["letter-8-3"]


def test_a_printer_that_is_gone_raises_in_our_words(eve: EvePrinter) -> None:
    eve.switch_off()
    with pytest.raises(PrinterError, match="no answer from localhost"):
        eve.client().printer()
