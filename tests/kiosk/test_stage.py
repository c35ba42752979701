"""The one mutable place: when it changes, and when a visit ends by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kiosk.core import routes
from kiosk.core.choices import Choices, Language, Speech, Speed, TextSize
from kiosk.core.idle import IdleLimits
from kiosk.core.printing import Printed
from kiosk.core.routes import (
    Act,
    Back,
    Choose,
    Finish,
    GiveBack,
    Go,
    Home,
    LendToStaff,
    Practise,
    Print,
    Stay,
    Write,
)
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
    """Counts how often a stage said that it changed, and keeps what changed nothing."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.times = 0
        self.unmoved: list[Act] = []
        stage.changed.connect(self._count)
        stage.unmoved.connect(self.unmoved.append)

    def _count(self) -> None:
        self.times += 1


LISTENING = Choices(speech=Speech(on=True))
"""The choices of whoever has headphones in the socket and has chosen nothing."""


def test_a_new_stage_is_idle(stage: Stage) -> None:
    assert stage.session == Session()
    assert stage.is_idle


def test_an_act_that_changes_nothing_is_told_as_such(stage: Stage) -> None:
    told = Counting(stage)
    stage.perform(Go(Home()))
    assert (told.times, told.unmoved) == (1, [])
    stage.perform(Go(Home()))
    stage.perform(Stay())
    assert (told.times, told.unmoved) == (1, [Go(Home()), Stay()])


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
    assert stage.session.asking.results == make_results("hz")
    stage.perform(Go(routes.HandoffPage(service="passport")))
    stage.handed_off(make_handoff())
    stage.perform(Print())
    job = stage.session.taking.slip
    assert job is not None
    stage.printed(job, Printed())
    assert stage.session.taking.slip is not None
    assert stage.session.taking.slip.outcome == Printed()


def test_late_answers_do_not_begin_a_visit(stage: Stage) -> None:
    stage.perform(Go(routes.HandoffPage(service="passport")))
    stage.handed_off(make_handoff())
    stage.perform(Print())
    job = stage.session.taking.slip
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


@pytest.mark.parametrize(
    "choices", [LISTENING, Choices(steady=True), Choices(switches=True)], ids=["ear", "hand", "two"]
)
def test_whoever_needs_patience_is_asked_after_five_minutes(
    stage: Stage, clock: Clock, choices: Choices
) -> None:
    stage.perform(Choose(choices))
    stage.perform(Go(Home()))
    for seconds, asked, over in ((299, False, False), (1, True, False), (45, False, True)):
        clock.advance(seconds)
        stage.tick()
        assert stage.session.asked_still_there is asked
        assert stage.is_idle is over


def test_the_moment_of_the_last_touch_is_known(stage: Stage, clock: Clock) -> None:
    for act in (stage.touch, lambda: stage.perform(Stay()), lambda: stage.plug(True)):
        clock.advance(7)
        act()
        assert stage.touched_s == clock()


# headphones ---------------------------------------------------------------------------------


def test_headphones_begin_the_voice_and_end_it(stage: Stage) -> None:
    told = Counting(stage)
    assert not stage.headphones
    stage.plug(True)
    assert stage.headphones
    assert stage.session.choices == LISTENING
    stage.plug(False)
    assert not stage.headphones
    assert stage.session == Session()
    assert told.times == 2


def test_a_socket_that_says_the_same_twice_changes_nothing(stage: Stage) -> None:
    stage.plug(True)
    told = Counting(stage)
    stage.perform(Choose(Choices()))  # the voice was switched off by key
    stage.plug(True)
    assert stage.session.choices == Choices()
    assert told.times == 1


def test_headphones_leave_everything_else_as_it_is(stage: Stage) -> None:
    stage.perform(Go(Home()))
    stage.perform(Go(routes.SearchPage()))
    stage.perform(Write("hz"))
    stage.found(make_results("hz"))
    stage.perform(Choose(Choices(size=TextSize.LARGE, speech=Speech(volume=9, speed=Speed.SLOW))))
    before = stage.session
    stage.plug(True)
    assert stage.session.choices.speech == Speech(on=True, volume=9, speed=Speed.SLOW)
    stage.plug(False)
    assert stage.session == before


def test_headphones_that_are_pulled_out_bring_the_picture_back(stage: Stage) -> None:
    stage.plug(True)
    stage.perform(Choose(Choices(speech=Speech(on=True, curtain=True))))
    stage.plug(False)
    assert stage.session.choices.speech == Speech()


def test_headphones_are_told_even_where_all_is_read_already(stage: Stage) -> None:
    stage.perform(Choose(LISTENING))
    told = Counting(stage)
    stage.plug(True)
    assert (told.times, told.unmoved) == (1, [])
    assert stage.session.choices == LISTENING


def test_headphones_answer_the_question(stage: Stage, clock: Clock) -> None:
    stage.perform(Go(Home()))
    clock.advance(200)
    stage.tick()
    stage.plug(True)
    assert not stage.session.asked_still_there


def test_nobody_is_there_while_headphones_are_only_left_behind(stage: Stage, clock: Clock) -> None:
    stage.plug(True)
    assert stage.is_idle
    told = Counting(stage)
    for seconds in (200, 110, 9999):
        clock.advance(seconds)
        stage.tick()
    assert told.times == 0


@pytest.mark.parametrize("end", [Finish(), Back()], ids=["finish", "back"])
def test_whoever_forgets_the_look_of_the_welcome_screen_keeps_the_headphones_voice(
    stage: Stage, end: Act
) -> None:
    stage.plug(True)
    stage.perform(Choose(Choices(size=TextSize.LARGEST)))
    stage.perform(end)
    assert stage.session == Session(choices=LISTENING)


def test_whoever_has_only_tried_the_keys_goes_on_listening(stage: Stage) -> None:
    stage.plug(True)
    stage.perform(Go(routes.PracticePage()))
    stage.perform(Practise("help"))
    stage.perform(Practise("help"))
    assert stage.session == Session(choices=LISTENING)


@pytest.mark.parametrize("end", [Finish(), Back()], ids=["finish", "back"])
def test_the_next_visit_is_read_while_headphones_are_in(stage: Stage, end: Act) -> None:
    stage.plug(True)
    loud = Choices(Language.ENGLISH, TextSize.LARGEST, speech=Speech(True, Speed.FASTEST, 10))
    stage.perform(Choose(loud))
    stage.perform(Go(Home()))
    stage.perform(end)
    assert stage.session == Session(choices=LISTENING)
    assert stage.is_idle


def test_a_silent_visit_with_headphones_ends_in_a_fresh_one_that_is_read(
    stage: Stage, clock: Clock
) -> None:
    stage.plug(True)
    stage.perform(Choose(Choices(speech=Speech(on=True, volume=10, curtain=True))))
    stage.perform(Go(Home()))
    clock.advance(345)
    stage.tick()
    assert stage.session == Session(choices=LISTENING)


def test_a_voice_can_be_switched_off_with_headphones_in_the_socket(
    stage: Stage, clock: Clock
) -> None:
    stage.plug(True)
    stage.perform(Choose(Choices()))
    assert not stage.session.choices.speech.on
    clock.advance(200)
    stage.tick()
    stage.perform(Stay())  # neither does answering begin it again
    assert not stage.session.choices.speech.on


def test_headphones_of_a_citizen_are_silent_while_staff_help(stage: Stage) -> None:
    stage.perform(Go(Home()))
    stage.plug(True)
    stage.perform(LendToStaff())
    stage.plug(False)
    stage.plug(True)
    assert not stage.session.choices.speech.on
    stage.plug(False)
    stage.perform(GiveBack())
    assert stage.session.choices == Choices()  # nothing is read to the whole hall


# the voice ----------------------------------------------------------------------------------


def test_a_voice_that_fails_and_comes_back_is_told_once_each(stage: Stage) -> None:
    told = Counting(stage)
    assert stage.voice_works
    for works, times in ((True, 0), (False, 1), (False, 1), (True, 2)):
        stage.set_voice_works(works)
        assert stage.voice_works is works
        assert told.times == times
