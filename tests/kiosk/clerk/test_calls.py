"""Calls for a person."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.routes import CallStaff, CancelCall, Finish, Go, Home
from tests.builders import PatientExecutor
from tests.kiosk.clerk.office import Hall

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_call_is_followed_until_somebody_was_there(hall: Hall) -> None:
    hall.do(Go(Home()), Go(routes.HelpPage()), CallStaff())
    assert hall.visit.call == HelpCall(1, "Home", state=CallState.CLOSED)
    assert len(hall.office.calls) == 1


@pytest.mark.logs("task-failed")
def test_a_call_that_cannot_be_placed_says_so(hall: Hall) -> None:
    hall.office.error = OSError("network")
    hall.do(Go(Home()), CallStaff())
    assert hall.visit.call is not None
    assert hall.visit.call.state is CallState.UNREACHABLE


def test_a_call_is_cancelled_by_the_citizen_and_not_by_the_end_of_a_visit(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Go(Home()), CallStaff(), CancelCall())
    assert slow.office.cancelled == 1
    slow.do(CallStaff(), Finish())
    assert (slow.office.cancelled, slow.office.left) == (1, 1)
    patient.do_next()
    assert slow.visit.call is None
