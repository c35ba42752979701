"""The one mutable place: when it changes, and when a visit ends by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.core import routes
from kiosk.core.choices import Choices, TextSize
from kiosk.core.idle import IdleLimits
from kiosk.core.printing import Printed
from kiosk.core.routes import Choose, Finish, Go, Home, Print, Stay, Write
from kiosk.core.session import Session
from kiosk.stage import Stage
from tests.builders import Clock, TableCatalog, make_handoff, make_results

LIMITS = IdleLimits(ask_after_s=180, answer_within_s=45)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stage(clock: Clock) -> Stage:
    return Stage(TableCatalog(), LIMITS, clock)


class Counting(QObject):
    """Counts how often a stage said that it changed."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.times = 0
        stage.changed.connect(self._count)

    def _count(self) -> None:
        self.times += 1


def test_a_new_stage_is_idle(stage: Stage) -> None:
    assert stage.session == Session()


def test_an_act_that_changes_nothing_is_not_told(stage: Stage) -> None:
    told = Counting(stage)
    stage.perform(Go(Home()))
    assert told.times == 1
    stage.perform(Go(Home()))
    stage.perform(Stay())
    assert told.times == 1


def test_another_edition_is_told_and_the_visit_goes_on(stage: Stage, qtbot: QtBot) -> None:
    stage.perform(Go(Home()))
    newer = TableCatalog(version=2)
    with qtbot.waitSignal(stage.changed):
        stage.publish(newer)
    assert stage.catalog is newer
    assert stage.session.route == Home()


def test_answers_reach_the_visit(stage: Stage) -> None:
    stage.perform(Go(Home()))
    stage.perform(Go(routes.SearchPage()))
    stage.perform(Write("hz"))
    stage.found(make_results("hz"))
    assert stage.session.results == make_results("hz")
    stage.perform(Go(routes.HandoffPage(service="passport")))
    stage.handed_off(make_handoff())
    stage.perform(Print())
    job = stage.session.slip
    assert job is not None
    stage.printed(job, Printed())
    assert stage.session.slip is not None
    assert stage.session.slip.outcome == Printed()


def test_late_answers_do_not_begin_a_visit(stage: Stage) -> None:
    stage.perform(Go(routes.HandoffPage(service="passport")))
    stage.handed_off(make_handoff())
    stage.perform(Print())
    job = stage.session.slip
    assert job is not None
    stage.perform(Finish())
    told = Counting(stage)
    stage.found(make_results("hz"))
    stage.handed_off(make_handoff())
    stage.printed(job, Printed())
    assert stage.session.is_idle
    assert told.times == 0


# silence ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quiet_s", "asked", "over"),
    [
        (0, False, False),
        (179.9, False, False),
        (180, True, False),
        (224.9, True, False),
        (225, False, True),
        (9e9, False, True),
    ],
)
def test_a_silent_visit_is_asked_and_then_ended(
    stage: Stage, clock: Clock, quiet_s: float, asked: bool, over: bool
) -> None:
    stage.perform(Go(Home()))
    clock.advance(quiet_s)
    stage.tick()
    assert stage.session.asked_still_there is asked
    assert stage.session.is_idle is over


def test_nobody_is_asked_where_nobody_is(stage: Stage, clock: Clock) -> None:
    told = Counting(stage)
    for _ in range(30):
        clock.advance(10)
        stage.tick()
    assert told.times == 0


def test_a_changed_look_on_the_welcome_is_forgotten_too(stage: Stage, clock: Clock) -> None:
    stage.perform(Choose(Choices(size=TextSize.LARGEST)))
    clock.advance(225)
    stage.tick()
    assert stage.session == Session()


def test_more_time_can_be_had_without_end(stage: Stage, clock: Clock) -> None:
    stage.perform(Go(Home()))
    for _ in range(11):
        clock.advance(200)
        stage.tick()
        assert stage.session.asked_still_there
        stage.perform(Stay())
        assert not stage.session.asked_still_there
    assert stage.session.route == Home()


def test_a_touch_takes_the_question_back_at_the_next_tick(stage: Stage, clock: Clock) -> None:
    stage.perform(Go(Home()))
    clock.advance(200)
    stage.tick()
    stage.touch()
    stage.tick()
    assert not stage.session.asked_still_there


def test_nothing_on_the_screen_changes_by_itself_before_the_question(
    stage: Stage, clock: Clock
) -> None:
    stage.perform(Go(Home()))
    told = Counting(stage)
    for _ in range(179):
        clock.advance(1)
        stage.tick()
    assert told.times == 0


def test_ticks_are_not_counted(stage: Stage, clock: Clock) -> None:
    stage.perform(Go(Home()))
    for _ in range(1000):  # a timer that fires far too early
        stage.tick()
    assert not stage.session.asked_still_there
