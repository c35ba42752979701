"""Words without a good answer are counted when they are left."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.entry import Pad
from kiosk.core.routes import Back, ChoosePad, Erase, Finish, Go, GoHome, Home, Speak, Type, Write
from kiosk.core.session import Session
from tests.builders import Clock, ImmediateExecutor, PatientExecutor, TableCatalog
from tests.kiosk.clerk.office import SEARCH, Hall

pytestmark = pytest.mark.usefixtures("qapp")


def test_words_that_were_left_without_an_answer_are_counted_once(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"), Go(routes.HelpPage()))
    assert hall.office.counted == ["换房本"]
    hall.do(GoHome(), Finish())
    assert hall.office.counted == ["换房本"]


def test_nothing_is_counted_while_somebody_types(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, *map(Type, "fangben"), Erase(), Erase(), Type("x"))
    assert hall.office.counted == []


def test_words_with_a_good_answer_are_not_counted(hall: Hall) -> None:
    hall.do(*SEARCH, Write("社保卡"), Finish())
    assert hall.office.counted == []


def test_words_whose_answer_has_not_come_are_not_counted(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.office.confident = False
    slow.do(*SEARCH, Write("换房本"), Go(routes.HelpPage()))
    while patient.waiting:
        patient.do_next()
    assert slow.office.counted == []


def test_what_was_spoken_is_not_counted(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, ChoosePad(Pad.SPEECH), Speak(), Finish())
    assert hall.office.counted == []


def test_the_words_of_a_visit_that_ended_by_itself_are_counted() -> None:
    clock = Clock()
    hall = Hall(ImmediateExecutor(), clock)
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"))
    clock.advance(10_000)
    hall.stage.tick()
    assert hall.visit == Session()
    assert (hall.office.counted, hall.office.visits) == (["换房本"], 1)
    hall.close()


def test_every_visit_that_ends_is_told_once(hall: Hall) -> None:
    hall.do(*SEARCH)
    assert hall.office.visits == 0
    hall.do(Finish())
    hall.stage.publish(TableCatalog(version=2))
    assert hall.office.visits == 1
    hall.do(Go(Home()), Back())
    assert hall.office.visits == 2


@pytest.mark.logs("task-failed")
def test_a_count_that_fails_is_not_told_to_the_citizen(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"))
    hall.office.error = OSError("disk")
    hall.do(GoHome())
    assert hall.visit == Session().home()
