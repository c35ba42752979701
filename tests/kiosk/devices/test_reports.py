"""What a machine tells the hub of itself: the state of now, and nobody waits for it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from hub.hall.machine import SILENT_AFTER, Seen, Trouble
from hub.hall.machine_book import MachineBook
from kiosk.core.printing import Fault, PrinterState
from kiosk.core.value import replace
from kiosk.devices import reports
from kiosk.devices.reports import MachineState, Reports
from tests.hub.hall.serving import Machine, make_hub, serving
from tests.hub.phone.building import Hub
from tests.kiosk.devices.test_help_line import until

WELL = MachineState(PrinterState(), slip=4, catalog=7, program="0.2.0")
JAM = replace(WELL, printer=PrinterState(withdrawn=True, fault=Fault.JAM, low_paper=True), slip=7)
LOGGED = pytest.mark.logs("report-failed")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = make_hub(tmp_path)
    yield made
    made.close()


@contextmanager
def reporting(hub: Hub, url: str, every_s: float = 600.0) -> Iterator[Reports]:
    enrolment = Machine(hub).enrolment(url)
    made = Reports(enrolment, now=lambda: hub.clock().timestamp(), every_s=every_s)
    try:
        yield made
    finally:
        made.close()
        made._thread.join(5)
        assert not made._thread.is_alive()


def seen(hub: Hub) -> Seen:
    (machine,) = MachineBook(hub.engine).machines(1)
    return machine.seen(hub.clock())


def test_the_hub_knows_what_the_machine_knows(hub: Hub) -> None:
    with serving(hub) as url, reporting(hub, url) as told:
        told.tell(JAM)
        until(lambda: seen(hub).report is not None)
        assert seen(hub).troubles == (Trouble.WITHDRAWN, Trouble.FAULT, Trouble.LOW_PAPER)
        report = seen(hub).report
        assert report is not None
        assert (report.fault, report.slip, report.catalog) == ("jam", 7, 7)
        told.tell(WELL)
        until(lambda: seen(hub).troubles == ())


def test_a_state_that_does_not_change_is_told_again_so_that_silence_means_something(
    hub: Hub,
) -> None:
    with serving(hub) as url, reporting(hub, url, every_s=0.05) as told:
        told.tell(WELL)
        until(lambda: seen(hub).troubles == ())
        hub.clock.advance(2 * SILENT_AFTER)
        until(lambda: seen(hub).troubles == ())


@LOGGED
def test_a_hub_that_comes_back_hears_the_state_of_now_and_none_of_before(hub: Hub) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as dead:
        port = dead.getsockname()[1]
    with reporting(hub, f"http://127.0.0.1:{port}", every_s=0.05) as told:
        told.tell(JAM)
        until(lambda: not told._was_heard)
        told.tell(WELL)
        with serving(hub, port) as _url:
            until(lambda: seen(hub).report is not None)
            assert seen(hub).troubles == ()
            until(lambda: told._was_heard)


@LOGGED
def test_nobody_waits_for_a_hub_that_takes_everything_and_says_nothing(hub: Hub) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        with reporting(hub, url) as told:
            told.tell(JAM)
            connection, _address = silent.accept()
            for number in range(1000):
                told.tell(replace(WELL, slip=number))
        assert time.monotonic() - started < 2  # closing included
        connection.close()


@LOGGED
def test_a_refusal_is_logged_once_and_not_every_three_minutes(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(hub) as url, reporting(hub, url, every_s=0.02) as told:
        told.tell(replace(WELL, program="no version"))  # which the hub takes for no report
        until(lambda: not told._was_heard)
        told.tell(WELL)
        until(lambda: told._was_heard)
    failed = [one for one in caplog.records if one.message == "report-failed"]
    assert [vars(one)["facts"] for one in failed] == [{"reason": "422"}]


def test_there_is_no_room_in_it_for_anything_about_anybody() -> None:
    told = msgspec.json.decode(reports._body(JAM))
    assert set(told) == {"fault", "withdrawn", "low_paper", "slip", "catalog", "program"}
