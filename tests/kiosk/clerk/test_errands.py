"""Which errands the clerk runs, and whose answers they are."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytestqt.qtbot import QtBot

from kiosk.core import routes
from kiosk.core.choices import Choices, Language
from kiosk.core.doable import Doable, Possible
from kiosk.core.errands import FindServices
from kiosk.core.printing import Printed
from kiosk.core.results import Results
from kiosk.core.routes import Back, Choose, Finish, Go, Hold, Home, Print, Type, Write
from kiosk.core.value import replace
from tests.builders import PatientExecutor, TableCatalog, make_handoff
from tests.kiosk.clerk.office import SEARCH, Hall, services_of

pytestmark = pytest.mark.usefixtures("qapp")


def test_what_a_visit_waits_for_is_done(hall: Hall) -> None:
    hall.do(*SEARCH, Type("h"), Type("z"))
    assert hall.office.found == [("h", "zh"), ("hz", "zh")]
    assert hall.visit.asking.results is not None
    assert hall.visit.asking.results.query == "hz"
    hall.take_along()
    assert hall.visit.taking.handoff == make_handoff()
    hall.do(Print(large=True))
    assert [job.large for job in hall.office.printed] == [True]
    assert hall.visit.taking.slip is not None
    assert hall.visit.taking.slip.outcome == Printed()


def test_an_errand_that_runs_is_not_begun_again(slow: Hall, patient: PatientExecutor) -> None:
    slow.do(*SEARCH, Type("h"))
    slow.stage.publish(TableCatalog(version=2))
    slow.do(Choose(Choices()))
    assert len(patient.waiting) == 1


# papers -----------------------------------------------------------------------------------------


def test_what_papers_are_good_for_is_found_anew_when_there_are_others(hall: Hall) -> None:
    hall.do(Go(Home()), Hold("id-card"), Go(routes.DoablePage()))
    assert hall.visit.doable == Doable(("id-card",), (Possible("passport"),), counts=(1, 0, 0))
    hall.do(Hold("id-card", has=False))
    assert hall.visit.doable == Doable((), (Possible("passport"),), counts=(1, 0, 0))


# codes ------------------------------------------------------------------------------------------


@pytest.mark.logs("task-failed")
def test_codes_that_cannot_be_made_are_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.stage.publish(TableCatalog(version=2))
    assert len(hall.office.made) == 1
    assert hall.visit.taking.handoff is None


@pytest.mark.logs("task-failed")
def test_who_comes_back_may_try_again(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.do(Back(), Go(routes.HandoffPage(service="passport")))
    assert hall.visit.taking.handoff == make_handoff()


def test_nobody_gets_the_codes_of_whoever_stood_here_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Choose(Choices(language=Language.ENGLISH)))
    slow.take_along()
    slow.do(Finish())
    slow.take_along()
    patient.do_next()
    assert slow.visit.taking.handoff is None
    while patient.waiting:
        patient.do_next()
    assert [choices.language for _service, choices in slow.office.made] == ["en", "zh"]
    assert slow.visit.taking.handoff == make_handoff()


# with real threads ------------------------------------------------------------------------------


def test_a_search_on_another_thread_reaches_the_screen(qtbot: QtBot) -> None:
    hall = Hall(ThreadPoolExecutor(1))
    hall.do(*SEARCH)
    with qtbot.waitSignal(
        hall.stage.changed, check_params_cb=lambda: bool(hall.visit.asking.results)
    ):
        hall.do(Write("hz"))
    hall.close()


def test_answers_after_the_end_reach_nobody(qtbot: QtBot) -> None:
    hall, go_on = Hall(ThreadPoolExecutor(1)), threading.Event()
    find = hall.office.find

    def patiently(wish: FindServices) -> Results:
        go_on.wait(5)
        return find(wish)

    hall.clerk._services = replace(services_of(hall.office), find=patiently)
    hall.do(*SEARCH, Write("hz"))
    before = hall.visit
    go_on.set()
    hall.close()
    with qtbot.assertNotEmitted(hall.stage.changed, wait=20):
        pass
    assert hall.visit == before
