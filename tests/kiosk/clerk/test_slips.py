"""Slips: which are printed, whose they are, and what is told of them."""

from __future__ import annotations

import pytest

from kiosk.clerk import BEGIN_WITHIN_S
from kiosk.core import routes
from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed, SlipKind, Unconfirmed
from kiosk.core.routes import Back, Command, Finish, Go, GoHome, Home, Print, SignOut
from kiosk.core.session import Session
from kiosk.core.staff import SyncNow
from kiosk.core.value import replace
from kiosk.tasks import TaskRunner
from tests.builders import Clock, ImmediateExecutor, PatientExecutor, make_handoff
from tests.kiosk.clerk.office import STAFF, TAKE, Hall

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.logs("task-failed")
def test_a_printer_that_cannot_be_reached_has_printed_nothing(hall: Hall) -> None:
    hall.take_along()
    hall.office.error = PrinterError("port closed")
    hall.do(Print())
    assert hall.visit.taking.slip is not None
    assert hall.visit.taking.slip.outcome == FailedBefore(Fault.OFFLINE)


def test_a_second_slip_waits_for_nobody(hall: Hall) -> None:
    hall.take_along()
    hall.do(Print(), Print(), Print(large=True))
    assert [job.copy for job in hall.office.printed] == [1, 2, 3]


def test_the_slip_of_a_visit_that_ended_before_the_printer_was_free_is_never_printed(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())
    slow.take_along()  # somebody else stands there already
    while patient.waiting:
        patient.do_next()
    assert slow.office.printed == []
    assert slow.office.uses == []
    assert slow.visit.taking.slip is None


def test_a_visit_that_ends_by_itself_takes_its_slip_along(patient: PatientExecutor) -> None:
    clock = Clock()
    hall = Hall(patient, clock)
    hall.take_along()
    patient.do_next()
    hall.do(Print())
    clock.advance(10_000)
    hall.stage.tick()
    while patient.waiting:
        patient.do_next()
    assert hall.office.printed == []


def test_a_slip_that_waited_too_long_for_the_one_before_is_not_printed_and_that_is_told(
    patient: PatientExecutor,
) -> None:
    clock = Clock()
    hall = Hall(patient, clock)
    hall.take_along()
    patient.do_next()
    hall.do(Print())
    clock.advance(BEGIN_WITHIN_S + 0.1)
    patient.do_next()
    assert hall.office.printed == []
    assert hall.visit.taking.slip is not None
    assert hall.visit.taking.slip.outcome == FailedBefore(Fault.OFFLINE)


def test_a_visit_that_ends_while_the_printer_works_wants_no_second_piece_and_hears_nothing(
    hall: Hall,
) -> None:
    hall.take_along()
    hall.office.meanwhile = lambda: hall.do(Finish())
    hall.do(Print())
    assert hall.office.was_wanted == [False]
    assert hall.visit == Session()
    assert hall.office.uses == ["passport"]  # it came out, and was taken along


def test_whoever_only_looks_at_another_screen_still_gets_the_slip(hall: Hall) -> None:
    hall.take_along()
    hall.office.meanwhile = lambda: hall.do(GoHome())
    hall.do(Print())
    assert hall.office.was_wanted == [True]


def test_a_machine_that_is_switched_off_prints_nothing_that_waits(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print())
    slow.clerk.stop_printing()
    patient.do_next()
    assert slow.office.printed == []


def test_staff_who_leave_take_the_rest_of_their_pile_along(hall: Hall) -> None:
    hall.do(Go(Home()), Go(routes.ServicePage(service="passport")), *STAFF[1:])
    hall.do(Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.office.meanwhile = lambda: hall.do(SignOut())
    hall.do(Print(kind=SlipKind.BATCH))
    assert hall.office.was_wanted == [False]
    assert isinstance(hall.visit.route, routes.ServicePage)
    assert hall.visit.taking.slip is None


def test_staff_who_look_elsewhere_while_a_pile_is_printed_are_told_when_they_come_back(
    hall: Hall,
) -> None:
    hall.do(*STAFF, Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.office.meanwhile = lambda: hall.do(Back(), Go(routes.StaffTrailPage()))
    hall.do(Print(kind=SlipKind.BATCH))
    assert hall.office.was_wanted == [True]
    hall.do(Back(), Go(routes.StaffFindPage()))
    assert hall.visit.taking.slip is not None
    assert hall.visit.taking.slip.outcome == Printed()
    assert (hall.visit.staff.batch, hall.visit.staff.last_batch) == ((), 1)
    assert len(hall.office.printed) == 1


def test_a_slip_that_nobody_confirmed_is_asked_about_and_one_more_is_marked_as_second(
    hall: Hall,
) -> None:
    hall.office.outcome = Unconfirmed()
    hall.take_along()
    hall.do(Print(), routes.ConfirmSlip(came_out=False), Print())
    assert [job.copy for job in hall.office.printed] == [1, 2]
    assert hall.visit.taking.slip is not None
    assert hall.visit.taking.slip.outcome == Unconfirmed()


def test_a_slip_that_somebody_denies_is_noted_before_the_next_one_is_printed(hall: Hall) -> None:
    hall.office.outcome = Unconfirmed(slip=27)
    hall.take_along()
    hall.do(Print())
    assert hall.office.denied == []
    hall.office.meanwhile = lambda: told.extend(hall.office.denied)
    told: list[int] = []
    hall.do(routes.ConfirmSlip(came_out=False), Print(), routes.ConfirmSlip(came_out=True))
    assert hall.office.denied == told == [27]


def test_a_visit_that_ends_while_it_is_asked_leaves_no_question(hall: Hall) -> None:
    hall.office.outcome = Unconfirmed()
    hall.take_along()
    hall.do(Print(), Finish())
    hall.take_along()
    assert hall.visit.taking.slip is None
    assert len(hall.office.printed) == 1


def test_a_pile_that_is_printed_keeps_nobody_from_codes_look_ups_and_signing_in() -> None:
    hall = Hall(ImmediateExecutor())
    busy = PatientExecutor()
    hall.clerk._runners = replace(hall.runners, prints=TaskRunner(busy))
    hall.do(*STAFF, Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.do(Print(kind=SlipKind.BATCH))
    assert len(busy.waiting) == 1
    hall.do(Back(), Go(routes.StaffTrailPage()))
    assert hall.visit.staff.report is not None
    hall.do(Back(), Command(SyncNow()))
    assert len(hall.office.carried_out) == 1
    hall.do(SignOut())
    hall.take_along()
    assert hall.visit.taking.handoff == make_handoff()
    hall.do(*STAFF[1:])
    assert hall.visit.staff.who == "导服台 2"
    assert hall.office.printed == []
    hall.close()


def test_the_next_citizen_is_not_told_of_the_slip_of_the_one_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.office.meanwhile = lambda: slow.do(Finish(), Go(Home()), TAKE)
    slow.do(Print())
    patient.do_next()  # the slip of the one before
    slow.office.meanwhile = lambda: None
    patient.do_next()  # that the visit has ended
    patient.do_next()  # other codes
    patient.do_next()  # the count of the service that was taken along
    assert slow.visit.taking.slip is None
    slow.do(Print())
    assert slow.visit.taking.slip is not None
    assert slow.visit.taking.slip.outcome is None
    patient.do_next()
    assert slow.visit.taking.slip.outcome == Printed()
    assert len(slow.office.printed) == 2


def test_nobody_is_told_of_the_slip_of_whoever_stood_here_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())
    slow.take_along()
    _of_before, _next_visit, codes = patient.waiting
    patient.waiting = [codes, _of_before, _next_visit]
    patient.do_next()
    slow.do(Print())
    patient.do_next()  # the slip of before
    assert slow.visit.taking.slip is not None
    assert slow.visit.taking.slip.outcome is None
    while patient.waiting:
        patient.do_next()
    assert len(slow.office.printed) == 1
    assert slow.visit.taking.slip.outcome == Printed()


# counts -----------------------------------------------------------------------------------------


def test_a_service_that_was_taken_along_is_counted_once(hall: Hall) -> None:
    hall.take_along()
    hall.do(Print(), Print())
    assert hall.office.uses == ["passport"]


def test_uses_of_a_list_are_counted_when_its_owner_has_left_before_it_came_out(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Go(Home()), routes.Collect(("passport", "card")), Go(routes.HandoffPage()))
    patient.do_next()
    slow.office.meanwhile = lambda: slow.do(Finish())
    slow.do(Print(kind=SlipKind.LIST))
    while patient.waiting:
        patient.do_next()
    assert slow.office.uses == ["passport", "card"]
