"""The clerk: which errands run, and what becomes of their answers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from kiosk.clerk import Clerk, Services
from kiosk.core import routes
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices, Language
from kiosk.core.errors import PrinterError, SearchCancelledError
from kiosk.core.idle import IdleLimits
from kiosk.core.printing import FailedBefore, Fault, Printed, PrintOutcome
from kiosk.core.results import Hit, Results
from kiosk.core.routes import Back, Choose, Finish, Go, Home, Print, Type, Write
from kiosk.core.session import Handoff, Session, SlipJob
from kiosk.stage import Stage
from kiosk.tasks import TaskRunner
from tests.builders import Clock, ImmediateExecutor, PatientExecutor, TableCatalog, make_handoff

pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Office:
    """Does what it is asked, and remembers it."""

    found: list[tuple[str, str]] = field(default_factory=list)
    made: list[tuple[str, Choices]] = field(default_factory=list)
    printed: list[SlipJob] = field(default_factory=list)
    interrupts: int = 0
    error: Exception | None = None

    def find(self, query: str, language: str) -> Results:
        self.found.append((query, language))
        self._fail()
        return Results(query, (Hit("passport", f"{language}:{query}", "", ""),))

    def interrupt(self) -> None:
        self.interrupts += 1

    def make(self, catalog: Catalog, service: str, choices: Choices) -> Handoff:
        self.made.append((service, choices))
        self._fail()
        return make_handoff(service)

    def print(
        self, catalog: Catalog, handoff: Handoff, job: SlipJob, choices: Choices
    ) -> PrintOutcome:
        self.printed.append(job)
        self._fail()
        return Printed()

    def _fail(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


class Hall:
    """A stage with a clerk behind it."""

    def __init__(self, executor: Executor) -> None:
        self.office = Office()
        self.stage = Stage(TableCatalog(), IdleLimits(), Clock())
        office = self.office
        services = Services(office.find, office.interrupt, office.make, office.print)
        self.searches, self.errands = TaskRunner(executor), TaskRunner(executor)
        self.clerk = Clerk(self.stage, services, self.searches, self.errands)

    @property
    def visit(self) -> Session:
        return self.stage.session

    def do(self, *acts: routes.Act) -> None:
        for act in acts:
            self.stage.perform(act)

    def take_along(self) -> None:
        self.do(Go(Home()), Go(routes.HandoffPage(service="passport")))


@pytest.fixture
def patient() -> PatientExecutor:
    return PatientExecutor()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Every errand is done while it is asked for."""
    made = Hall(ImmediateExecutor())
    yield made
    made.searches.stop()
    made.errands.stop()


@pytest.fixture
def slow(patient: PatientExecutor) -> Hall:
    """Errands wait until the test has them done."""
    return Hall(patient)


SEARCH = (Go(Home()), Go(routes.SearchPage()))


def test_what_a_visit_waits_for_is_done(hall: Hall) -> None:
    hall.do(*SEARCH, Type("h"), Type("z"))
    assert hall.office.found == [("h", "zh"), ("hz", "zh")]
    assert hall.visit.results is not None
    assert hall.visit.results.query == "hz"
    hall.take_along()
    assert hall.visit.handoff == make_handoff()
    hall.do(Print(large=True))
    assert [job.large for job in hall.office.printed] == [True]
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == Printed()


def test_an_errand_that_runs_is_not_begun_again(slow: Hall, patient: PatientExecutor) -> None:
    slow.do(*SEARCH, Type("h"))
    slow.stage.publish(TableCatalog(version=2))
    slow.do(Choose(Choices()))
    assert len(patient.waiting) == 1


# searching ----------------------------------------------------------------------------------


def test_a_newer_keystroke_interrupts_the_older_search(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Type("h"))
    assert slow.office.interrupts == 0
    slow.do(Type("z"))
    assert slow.office.interrupts == 1
    patient.do_next()
    assert slow.visit.results is None  # an answer to older words
    patient.do_next()
    assert slow.visit.results is not None
    assert slow.visit.results.query == "hz"
    assert patient.waiting == []


@pytest.mark.logs("task-failed")
def test_a_cancelled_search_is_asked_again_where_it_is_still_wanted(hall: Hall) -> None:
    hall.office.error = SearchCancelledError()
    hall.do(*SEARCH, Write("hz"))
    assert hall.office.found == [("hz", "zh")] * 2
    assert hall.visit.results is not None


@pytest.mark.logs("task-failed")
def test_a_cancelled_search_that_nobody_wants_is_forgotten(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Write("hz"), Back())
    slow.office.error = SearchCancelledError()
    patient.do_next()
    assert patient.waiting == []


@pytest.mark.logs("task-failed")
def test_a_broken_search_finds_nothing_and_is_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*SEARCH, Write("hz"))
    assert hall.visit.results == Results("hz")
    assert len(hall.office.found) == 1


@pytest.mark.logs("task-failed")
def test_what_was_typed_is_not_logged_even_when_the_search_breaks(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    marker = "qxzjwvmarker"
    hall.office.error = OSError(f"near {marker}: syntax error")  # as databases say it
    hall.do(*SEARCH, Write(marker))
    logged = [str(vars(record)) for record in caplog.records]
    assert logged
    assert marker not in "".join(logged)


def test_results_come_in_the_language_of_the_screen(slow: Hall, patient: PatientExecutor) -> None:
    slow.do(*SEARCH, Write("hz"), Choose(Choices(language=Language.ENGLISH)))
    while patient.waiting:
        patient.do_next()
    assert slow.visit.results is not None
    assert slow.visit.results.literal[0].title == "en:hz"


# codes --------------------------------------------------------------------------------------


@pytest.mark.logs("task-failed")
def test_codes_that_cannot_be_made_are_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.stage.publish(TableCatalog(version=2))
    assert len(hall.office.made) == 1
    assert hall.visit.handoff is None


@pytest.mark.logs("task-failed")
def test_who_comes_back_may_try_again(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.do(Back(), Go(routes.HandoffPage(service="passport")))
    assert hall.visit.handoff == make_handoff()


# slips --------------------------------------------------------------------------------------


@pytest.mark.logs("task-failed")
def test_a_printer_that_cannot_be_reached_has_printed_nothing(hall: Hall) -> None:
    hall.take_along()
    hall.office.error = PrinterError("port closed")
    hall.do(Print())
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == FailedBefore(Fault.OFFLINE)


def test_a_second_slip_waits_for_nobody(hall: Hall) -> None:
    hall.take_along()
    hall.do(Print(), Print(), Print(large=True))
    assert [job.copy for job in hall.office.printed] == [1, 2, 3]


def test_the_slip_of_a_finished_visit_is_printed_and_not_told(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())
    patient.do_next()
    assert len(slow.office.printed) == 1
    assert slow.visit == Session()


def test_the_next_citizen_is_not_told_of_the_slip_of_the_one_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())  # the printer still works
    slow.take_along()
    patient.do_next()  # the slip of the one before
    patient.do_next()  # other codes
    assert slow.visit.slip is None
    slow.do(Print())
    assert slow.visit.slip is not None
    assert slow.visit.slip.outcome is None
    patient.do_next()
    assert slow.visit.slip.outcome == Printed()
    assert len(slow.office.printed) == 2


# with real threads --------------------------------------------------------------------------


def test_a_search_on_another_thread_reaches_the_screen(qtbot: QtBot) -> None:
    hall = Hall(ThreadPoolExecutor(1))
    hall.do(*SEARCH)
    with qtbot.waitSignal(hall.stage.changed, check_params_cb=lambda: bool(hall.visit.results)):
        hall.do(Write("hz"))
    hall.searches.stop()
    hall.errands.stop()


def test_answers_after_the_end_reach_nobody(qtbot: QtBot) -> None:
    hall, go_on = Hall(ThreadPoolExecutor(1)), threading.Event()
    find = hall.office.find

    def patiently(query: str, language: str) -> Results:
        go_on.wait(5)
        return find(query, language)

    hall.clerk._services = Services(patiently, *_rest(hall))
    hall.do(*SEARCH, Write("hz"))
    before = hall.visit
    go_on.set()
    hall.searches.stop()
    hall.errands.stop()
    with qtbot.assertNotEmitted(hall.stage.changed, wait=20):
        pass
    assert hall.visit == before


def _rest(hall: Hall) -> tuple[object, object, object]:
    return hall.office.interrupt, hall.office.make, hall.office.print
