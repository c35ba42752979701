"""Errands of staff: who they are, what they order, what they look up."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.choices import Choices
from kiosk.core.local import Local
from kiosk.core.routes import Back, Choose, Command, Go, SignOut
from kiosk.core.staff import Deed, LockedOut, NoReport, SetCounter, SyncNow
from tests.builders import PatientExecutor
from tests.kiosk.clerk.office import CLOSED_COUNTER, STAFF, Hall

pytestmark = pytest.mark.usefixtures("qapp")


MISSED = (*STAFF, Go(routes.StaffMissedPage()))


def test_staff_see_what_had_no_answer_and_a_citizen_does_not(hall: Hall) -> None:
    hall.do(*MISSED)
    assert hall.visit.missed == (("换房本", 3),)
    hall.do(SignOut(), Go(routes.StaffMissedPage()))
    assert hall.visit.missed is None
    assert hall.office.listed == 1


def test_the_words_are_looked_up_again_at_the_next_look(hall: Hall) -> None:
    hall.do(*MISSED, Back(), Go(routes.StaffMissedPage()))
    assert hall.office.listed == 2


def test_words_that_are_looked_up_too_late_reach_nobody(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*STAFF)
    patient.do_next()
    slow.do(Go(routes.StaffMissedPage()), SignOut())
    before = slow.visit
    patient.do_next()
    assert slow.visit == before


@pytest.mark.logs("task-failed")
def test_words_that_cannot_be_looked_up_are_none_and_not_tried_for_ever(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Go(routes.StaffMissedPage()))
    assert hall.visit.missed == ()
    assert hall.office.listed == 1


@pytest.mark.logs("task-failed")
def test_nobody_is_let_in_where_it_cannot_be_checked(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*STAFF)
    assert hall.visit.staff.verdict == LockedOut(None)
    assert not hall.visit.staff.who


def test_an_order_changes_what_is_true_at_the_machine_once(hall: Hall) -> None:
    hall.do(*STAFF, Command(SetCounter(CLOSED_COUNTER.today[0])))
    assert hall.stage.local == CLOSED_COUNTER
    assert [one.who for one in hall.office.carried_out] == ["导服台 2"]
    assert hall.visit.orders == ()


@pytest.mark.logs("task-failed")
def test_an_order_that_fails_is_not_carried_out_for_ever(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Command(SyncNow()))
    assert len(hall.office.carried_out) == 1
    assert hall.stage.local == Local()


@pytest.mark.logs("task-failed")
def test_a_report_that_cannot_be_had_is_said_and_tried_again_at_the_next_look(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Go(routes.StaffTrailPage()), Choose(Choices()))
    assert (hall.visit.staff.report, hall.office.looked_up) == (NoReport(), 1)
    hall.do(Back(), Go(routes.StaffTrailPage()))
    assert hall.visit.staff.report == (Deed("2026-11-23T09:42", "导服台 2", "signed in"),)
