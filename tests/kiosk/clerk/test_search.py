"""Errands of whoever searches: words, what is written, what is said."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.choices import Choices, Language
from kiosk.core.entry import Draft, Line, Reading
from kiosk.core.errors import SearchCancelledError
from kiosk.core.results import Results
from kiosk.core.routes import (
    AddStroke,
    Back,
    Choose,
    Draw,
    Finish,
    Go,
    GoHome,
    Home,
    Pick,
    Speak,
    Type,
    Write,
)
from kiosk.core.value import replace
from kiosk.tasks import TaskRunner
from tests.builders import ImmediateExecutor, PatientExecutor
from tests.kiosk.clerk.office import SEARCH, Hall

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_newer_keystroke_interrupts_the_older_search(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Type("h"))
    assert slow.office.interrupts == 0
    slow.do(Type("z"))
    assert slow.office.interrupts == 1
    patient.do_next()
    assert slow.visit.asking.results is None  # an answer to older words
    patient.do_next()
    assert slow.visit.asking.results is not None
    assert slow.visit.asking.results.query == "hz"
    assert patient.waiting == []


@pytest.mark.logs("task-failed")
def test_a_cancelled_search_is_asked_again_where_it_is_still_wanted(hall: Hall) -> None:
    hall.office.error = SearchCancelledError()
    hall.do(*SEARCH, Write("hz"))
    assert hall.office.found == [("hz", "zh")] * 2
    assert hall.visit.asking.results is not None


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
    assert hall.visit.asking.results == Results("hz")
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
    assert slow.visit.asking.results is not None
    assert slow.visit.asking.results.literal[0].title == "en:hz"


# drafts -----------------------------------------------------------------------------------------

ONE: Line = ((100, 500), (900, 500))
TWO: Line = ((500, 100), (500, 900))


def test_what_is_written_is_read_and_the_likeliest_searched_for(hall: Hall) -> None:
    hall.do(*SEARCH, Draw(0, ONE))
    assert hall.office.read_drafts == [Draft().drawn(0, ONE)]
    assert hall.visit.asking.query == "社"
    assert hall.office.found == [("社", "zh")]
    hall.do(Pick("神"))
    assert hall.visit.asking.results is not None
    assert hall.visit.asking.results.query == "神"


def test_strokes_are_read_and_nothing_is_searched_for(hall: Hall) -> None:
    hall.do(*SEARCH, AddStroke("4"), AddStroke("5"))
    assert [draft.strokes for draft in hall.office.read_drafts] == ["4", "45"]
    assert hall.visit.asking.reading == Reading(Draft(strokes="45"), ("社", "神"))
    assert hall.office.found == []


def test_a_draft_that_grew_meanwhile_is_read_as_it_is_now(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Draw(0, ONE), Draw(0, TWO))
    assert len(patient.waiting) == 2
    patient.do_next()
    assert slow.visit.asking.reading is None
    patient.do_next()
    assert slow.visit.asking.reading is not None
    assert slow.visit.asking.reading.draft == Draft().drawn(0, ONE).drawn(0, TWO)


@pytest.mark.logs("task-failed")
def test_what_cannot_be_read_is_nothing_and_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*SEARCH, Draw(0, ONE))
    assert hall.visit.asking.reading == Reading(Draft().drawn(0, ONE))
    assert len(hall.office.read_drafts) == 1
    assert hall.visit.asking.query == ""


@pytest.mark.logs("task-failed")
def test_a_cancelled_reading_is_asked_for_again(hall: Hall) -> None:
    hall.office.error = SearchCancelledError()
    hall.do(*SEARCH, Draw(0, ONE))
    assert len(hall.office.read_drafts) == 2
    assert hall.visit.asking.query == "社"


# the voice --------------------------------------------------------------------------------------


def test_what_was_heard_is_searched_for_with_what_else_it_may_be(hall: Hall) -> None:
    hall.do(*SEARCH, Speak())
    assert hall.visit.asking.query == "社保卡"
    assert not hall.visit.asking.listening
    assert hall.office.also_heard == [("设保卡",)]
    assert (hall.office.listened, hall.office.stopped) == (1, 0)


@pytest.mark.parametrize("act", [Speak(begins=False), Back(), GoHome(), Finish()])
def test_who_has_said_all_or_leaves_is_listened_to_no_longer(
    slow: Hall, patient: PatientExecutor, act: routes.Act
) -> None:
    slow.do(*SEARCH, Speak())
    assert slow.office.stopped == 0
    slow.do(act)
    assert slow.office.stopped == 1
    before = slow.visit
    patient.do_next()
    assert slow.visit == before  # what was heard is dropped
    slow.do(Go(Home()), Go(routes.SearchPage()), Type("h"))
    assert slow.office.stopped == 1


def test_nobody_is_answered_with_what_somebody_else_said_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Speak(), Finish(), *SEARCH, Speak())
    patient.do_next()  # what the one before has said
    assert (slow.visit.asking.query, slow.visit.asking.listening) == ("", True)
    while patient.waiting:
        patient.do_next()
    assert slow.office.listened == 2
    assert slow.visit.asking.query == "社保卡"


def test_listening_does_not_wait_for_a_search_or_a_printer() -> None:
    hall = Hall(ImmediateExecutor())
    busy = PatientExecutor()
    hall.clerk._runners = replace(hall.runners, searches=TaskRunner(busy), errands=TaskRunner(busy))
    hall.do(*SEARCH, Write("hz"), Speak())
    assert hall.visit.asking.query == "社保卡"
    hall.close()


@pytest.mark.logs("task-failed")
def test_a_microphone_that_fails_has_heard_nothing(hall: Hall) -> None:
    hall.office.error = OSError("no microphone")
    hall.do(*SEARCH, Speak())
    assert hall.visit.asking.not_heard
    assert not hall.visit.asking.listening
    hall.do(Speak())
    assert hall.visit.asking.query == "社保卡"
