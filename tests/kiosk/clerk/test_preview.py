"""A slip before it is printed."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.printing import SlipJob
from kiosk.core.routes import Back, Finish, Go, Print
from tests.builders import PatientExecutor
from tests.kiosk.clerk.office import BLANK, Hall

pytestmark = pytest.mark.usefixtures("qapp")


LOOK = Go(routes.PreviewPage(service="passport"))


def test_whoever_wants_to_see_a_slip_sees_it_once_and_nothing_is_printed(hall: Hall) -> None:
    hall.take_along()
    hall.do(LOOK, routes.Turn(1))
    assert hall.visit.taking.preview is not None
    assert hall.visit.taking.preview.pictures == (BLANK,)
    assert hall.office.previewed == [SlipJob("passport", False, 1)]
    assert hall.office.printed == []


@pytest.mark.logs("task-failed")
def test_a_slip_that_cannot_be_drawn_has_no_picture_and_can_be_printed(hall: Hall) -> None:
    hall.take_along()
    hall.office.error = ValueError("no such service")
    hall.do(LOOK)
    assert hall.visit.taking.preview is not None
    assert hall.visit.taking.preview.pictures == ()
    hall.do(Back(), Print())
    assert hall.office.printed == [SlipJob("passport", False, 1)]


def test_what_one_wanted_to_see_is_not_shown_to_the_next(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(LOOK, Finish())
    slow.take_along()
    drawing, *others = patient.waiting
    patient.waiting = [*others, drawing]
    while len(patient.waiting) > 1:
        patient.do_next()
    slow.do(LOOK)
    patient.waiting = patient.waiting[:1]
    patient.do_next()
    assert slow.visit.taking.preview is None
