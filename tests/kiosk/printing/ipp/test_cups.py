"""A printer behind a queue of a real CUPS: where the queue is blind, and what it forgets."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, Unconfirmed
from kiosk.printing.ipp.client import IppClient
from kiosk.printing.page import Page
from kiosk.printing.status import Asked, Status
from tests.kiosk.printing.ipp.conftest import QUICK, printer_at
from tests.kiosk.printing.ipp.machines import Cups, EvePrinter, wait_until

TITLE = "letter-7-12"
SHORT = dataclasses.replace(QUICK, job_s=1.5, withdrawn_s=4.0)


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as thread:
        yield thread


def always() -> bool:
    return True


def never() -> bool:
    return False


def names(eve: EvePrinter) -> list[str]:
    return [sheet.name.partition("-")[2] for sheet in eve.sheets()]


@pytest.mark.parametrize("scheme", ["ipp"])
def test_a_letter_goes_through_the_queue_to_the_printer(
    cups: Cups, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    assert printer_at(cups.uri).print(letter, TITLE, always) == Printed()
    assert len(eve.sheets()) == 1


@pytest.mark.parametrize("scheme", ["ipp"])
def test_the_printer_itself_is_asked_where_the_queue_knows_nothing(
    cups: Cups, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    printer = printer_at(cups.uri)
    eve.load(0)
    assert printer.ask() == Asked(Status(Fault.NO_PAPER))
    assert printer.print(letter, TITLE, always) == FailedBefore(Fault.NO_PAPER)
    eve.switch_off()
    reasons = IppClient(cups.uri, "kiosk-7").printer()["printer-state-reasons"]
    assert reasons == ("none",)
    assert printer.ask() == Asked(Status(Fault.NOT_THERE))
    assert printer.print(letter, TITLE, always) == FailedBefore(Fault.NOT_THERE)
    eve.switch_on()
    eve.print_for_another()
    assert names(eve) == ["another.pdf"]


@pytest.mark.parametrize("scheme", ["http"])  # as a driver's printer: it cannot be asked
def test_a_job_that_a_queue_cannot_deliver_is_taken_out_of_it(
    cups: Cups, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.switch_off()
    printer = printer_at(cups.uri, SHORT)
    assert printer.print(letter, TITLE, always) == FailedDuring(Fault.OFFLINE, letter[0].height)
    assert IppClient(cups.uri, "kiosk-7").ours() == ()
    eve.switch_on()
    eve.print_for_another()
    assert names(eve) == ["another.pdf"]
    assert printer_at(cups.uri).print(letter, "letter-7-13", always) == Printed()
    assert len(eve.sheets()) == 2


@pytest.mark.parametrize("scheme", ["http"])
def test_what_a_killed_server_still_remembers_is_taken_back_before_the_next_sheet(
    thread: ThreadPoolExecutor, cups: Cups, eve: EvePrinter, letter: tuple[Page, ...]
) -> None:
    eve.behave("until_told; exit 1")
    going = thread.submit(printer_at(cups.uri, SHORT).print, letter, TITLE, always)
    wait_until(lambda: eve.is_waiting)
    cups.kill()
    assert going.result() == Unconfirmed()
    eve.switch_off()
    eve.behave('print "$1"')
    cups.start()
    assert [job.name for job in IppClient(cups.uri, "kiosk-7").ours()] == [TITLE]
    assert printer_at(cups.uri, SHORT).print(letter, "letter-7-13", never) == FailedBefore(
        Fault.OFFLINE
    )
    assert IppClient(cups.uri, "kiosk-7").ours() == ()
    eve.switch_on()
    eve.print_for_another()
    assert names(eve) == ["another.pdf"]
