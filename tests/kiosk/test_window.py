"""The window: what a touch leads to, what it refuses, and what it forgets."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core import routes
from kiosk.core.catalog import Group
from kiosk.core.choices import Choices, Contrast, Language, Speech, TextSize
from kiosk.core.errors import CatalogDamagedError
from kiosk.core.idle import IdleLimits
from kiosk.core.keys import Steer
from kiosk.core.results import Hit, Results
from kiosk.core.routes import Choose, DisplayPage, Finish, Go, Home
from kiosk.core.scan import code_of
from kiosk.core.value import replace
from kiosk.stage import Stage
from kiosk.ui.screen import Screen
from kiosk.ui.widgets.touchable import Touchable
from kiosk.views.window import Surroundings, Window
from tests.builders import ICONS, MONDAY_MORNING, PORTRAIT, Clock, TableCatalog


class DamagedCatalog(TableCatalog):
    """One whose groups are not what was signed."""

    def groups(self) -> tuple[Group, ...]:
        raise CatalogDamagedError("group/papers")


class Place:
    """A window with a stage, and somebody in front of it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.now = MONDAY_MORNING
        self.stage = Stage(TableCatalog(), IdleLimits(), self.clock)
        self.window = Window(
            self.stage,
            Surroundings(
                panel=PORTRAIT,
                icons=ICONS,
                hall="here",
                gettext=lambda language: lambda words: f"{words}" if language == "zh" else "en",
                now=lambda: self.now,
                monotonic_s=self.clock,
            ),
        )
        self.window.start()
        self.swaps: list[Screen] = []
        self.window.swapped.connect(self.swaps.append)
        self.finger = QTest.createTouchDevice()

    @property
    def screen(self) -> Screen:
        return self.window.screen_shown

    @property
    def name(self) -> str:
        return self.screen.objectName().removeprefix("screen:")

    def find(self, name: str) -> Touchable:
        return next(one for one in self.screen.touchables() if one.objectName() == name)

    def tap(self, name: str) -> None:
        where = self.centre_of(name)
        self.touch().press(0, where, self.glass).commit()
        self.touch().release(0, where, self.glass).commit()

    @property
    def glass(self) -> QWindow:
        """What a finger touches: the platform's window, not the widget."""
        return self.window.windowHandle()

    def touch(self) -> Any:
        return QTest.touchEvent(self.glass, self.finger)

    def centre_of(self, name: str) -> QPoint:
        one = self.find(name)
        return one.mapTo(self.window, one.rect().center())

    def wait_and_tap(self, *names: str) -> None:
        for name in names:
            self.clock.advance(1)
            self.tap(name)

    def tick(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.window._tick()


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window.close_down()


def deliver_deletions() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# touches ------------------------------------------------------------------------------------


def test_a_visit_begins_with_a_touch(place: Place) -> None:
    assert place.name == "welcome"
    place.wait_and_tap("welcome:start")
    assert place.name == "home"
    assert place.stage.session.route == Home()


def test_one_touch_is_one_new_screen(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:groups", "group:papers", "service:passport")
    assert [screen.objectName() for screen in place.swaps if screen is place.screen] == [
        "screen:service:passport"
    ]
    assert len(place.swaps) == 4


@pytest.mark.parametrize(
    ("after_s", "counts"), [(0.0, False), (0.2, False), (0.34, False), (0.36, True)]
)
def test_the_finger_that_brought_a_screen_does_not_touch_it(
    place: Place, after_s: float, counts: bool
) -> None:
    place.wait_and_tap("welcome:start")
    place.clock.advance(after_s)
    place.tap("home:groups")
    assert (place.name == "groups") is counts


@pytest.mark.parametrize(("after_s", "times"), [(0.0, 1), (0.1, 1), (0.29, 1), (0.31, 2)])
def test_a_trembling_finger_types_one_letter(place: Place, after_s: float, times: int) -> None:
    place.wait_and_tap("welcome:start", "home:search", "key:S")
    place.clock.advance(after_s)
    place.tap("key:S")
    assert place.stage.session.asking.query == "s" * times


def test_two_letters_may_follow_each_other_at_once(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:search", "key:S")
    place.tap("key:F")
    assert place.stage.session.asking.query == "sf"


def test_a_palm_beside_the_finger_does_nothing(place: Place) -> None:
    place.clock.advance(1)
    start, size, glass = (
        place.centre_of("welcome:start"),
        place.centre_of("welcome:size"),
        place.glass,
    )
    place.touch().press(0, start, glass).commit()
    place.touch().stationary(0).press(1, size, glass).commit()
    place.touch().stationary(0).release(1, size, glass).commit()
    place.touch().release(0, start, glass).commit()
    assert place.stage.session.choices == Choices()
    assert place.name == "home"


def slide(place: Place, name: str, by_mm: tuple[float, float], start: QPoint | None = None) -> None:
    """Press a control, drift in small steps, let go."""
    where = start or place.centre_of(name)
    place.touch().press(0, where, place.glass).commit()
    for part in range(1, 11):
        step = QPoint(*(round(mm / PORTRAIT.mm_per_px * part / 10) for mm in by_mm))
        place.touch().move(0, where + step, place.glass).commit()
    place.touch().release(0, where + step, place.glass).commit()


@pytest.mark.parametrize("by_mm", [(0, 0), (3, 3), (10, 0), (-10, 0), (0, 7), (7, 7)])
def test_a_finger_may_drift_while_it_stays_on_the_control(
    place: Place, by_mm: tuple[float, float]
) -> None:
    place.clock.advance(1)
    slide(place, "welcome:start", by_mm)
    assert place.name == "home"


@pytest.mark.parametrize(("beyond_mm", "counts"), [(-1, True), (1, True), (3, False), (9, False)])
def test_a_finger_that_leaves_the_control_does_nothing(
    place: Place, beyond_mm: float, counts: bool
) -> None:
    place.clock.advance(1)
    one = place.find("welcome:start")
    half_mm = one.height() / 2 * PORTRAIT.mm_per_px
    slide(place, "welcome:start", (0, -half_mm - beyond_mm))
    assert (place.name == "home") is counts


def test_a_control_is_pressed_while_the_finger_is_on_it(place: Place) -> None:
    place.clock.advance(1)
    one = place.find("welcome:start")
    where = place.centre_of("welcome:start")
    place.touch().press(0, where, place.glass).commit()
    assert one.isDown()
    place.touch().move(0, where - QPoint(0, 400), place.glass).commit()
    assert not one.isDown()
    place.touch().release(0, where - QPoint(0, 400), place.glass).commit()
    assert place.name == "welcome"


def test_a_palm_that_rests_beside_the_controls_stops_no_finger(place: Place) -> None:
    place.clock.advance(1)
    where = place.centre_of("welcome:start")
    place.touch().press(0, QPoint(4, 4), place.glass).commit()
    place.touch().stationary(0).press(1, where, place.glass).commit()
    place.touch().stationary(0).release(1, where, place.glass).commit()
    assert place.name == "home"


def test_what_has_just_come_under_the_finger_is_not_touched(place: Place) -> None:
    """Another page of the same place: what stood there before counts, what came does not."""
    place.wait_and_tap("welcome:start", "home:search", "key:S")
    place.stage.found(Results("s", (Hit("passport", "办护照", "证件", "id", ()),)))
    assert "service:passport" in [one.objectName() for one in place.screen.touchables()]
    place.clock.advance(0.2)
    place.tap("service:passport")
    assert place.name == "search"
    place.tap("key:F")
    assert place.stage.session.asking.query == "sf"


@pytest.mark.parametrize(("held_s", "screen"), [(0.15, "welcome"), (0.31, "home")])
def test_whoever_chose_to_hold_must_hold(place: Place, held_s: float, screen: str) -> None:
    place.stage.perform(Choose(Choices(hold=True)))
    place.clock.advance(1)
    where = place.centre_of("welcome:start")
    place.touch().press(0, where, place.glass).commit()
    place.clock.advance(held_s)
    place.touch().release(0, where, place.glass).commit()
    assert place.name == screen
    assert place.stage.session.too_short is (screen == "welcome")


def test_a_mouse_is_one_finger(place: Place) -> None:
    place.clock.advance(1)
    QTest.mouseClick(place.find("welcome:start"), Qt.MouseButton.LeftButton)
    assert place.name == "home"


# keys ---------------------------------------------------------------------------------------


def test_a_whole_errand_is_found_by_keys_alone(place: Place) -> None:
    place.clock.advance(1)
    for name in ("welcome:start", "home:groups", "group:papers", "service:passport"):
        for _ in place.screen.touchables():
            if (focused := place.screen.focusWidget()) and focused.objectName() == name:
                break
            QTest.keyClick(place.screen.focusWidget() or place.screen, Qt.Key.Key_Tab)
        QTest.keyClick(place.screen.focusWidget(), Qt.Key.Key_Return)
    assert place.name == "service:passport"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_every_key_that_selects_presses_once(place: Place, key: Qt.Key) -> None:
    place.wait_and_tap("welcome:start")
    place.find("home:groups").setFocus()
    QTest.keyClick(place.screen.focusWidget(), key)
    assert place.stage.session.trail[-1] == routes.GroupsPage()
    assert len(place.stage.session.trail) == 3


def test_a_key_that_is_held_counts_once(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:search")
    place.find("key:S").setFocus()
    for held in (False, True, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", held
        )
        QCoreApplication.sendEvent(place.find("key:S"), event)
    assert place.stage.session.asking.query == "s"


def test_up_and_down_go_through_all_controls_and_round(place: Place) -> None:
    place.wait_and_tap("welcome:start")
    names = [one.objectName() for one in place.screen.touchables() if one.isEnabled()]
    seen = []
    for _ in names:
        QTest.keyClick(place.screen, Qt.Key.Key_Down)
        seen.append(focused_name(place))
    assert sorted(seen) == sorted(names)
    for name in (*reversed(seen[:-1]), seen[-1]):
        QTest.keyClick(place.screen, Qt.Key.Key_Up)
        assert focused_name(place) == name


def focused_name(place: Place) -> str:
    focused = place.screen.focusWidget()
    return focused.objectName() if focused else ""


def test_left_and_right_turn_pages_and_say_where_there_is_none(place: Place) -> None:
    place.stage.perform(Choose(Choices(size=TextSize.LARGEST)))
    place.stage.perform(Go(DisplayPage()))
    steered: list[Steer] = []
    place.window.steered.connect(steered.append)
    QTest.keyClick(place.screen, Qt.Key.Key_Left)
    assert steered == [Steer.PAGE_BACK]
    QTest.keyClick(place.screen, Qt.Key.Key_Right)
    assert place.stage.session.route == DisplayPage(page=1)
    QTest.keyClick(place.screen, Qt.Key.Key_PageUp)
    assert place.stage.session.route == DisplayPage(page=0)


def test_two_switches_are_enough(place: Place) -> None:
    place.stage.perform(Choose(Choices(switches=True, first_moves=False)))
    place.stage.perform(Go(Home()))
    while focused_name(place) != "home:groups":
        QTest.keyClick(place.screen, Qt.Key.Key_F12)
    QTest.keyClick(place.screen, Qt.Key.Key_F11)
    assert place.name == "groups"


def test_the_focus_begins_at_the_first_control(place: Place) -> None:
    place.wait_and_tap("welcome:start")
    focused = place.screen.focusWidget()
    assert focused is not None
    assert focused.objectName() == place.screen.touchables()[0].objectName()


def test_the_focus_stays_where_it_was_when_the_look_changes(place: Place) -> None:
    place.wait_and_tap("welcome:start")
    place.find("bar:size").setFocus()
    QTest.keyClick(place.find("bar:size"), Qt.Key.Key_Space)
    assert place.stage.session.choices.size is TextSize.LARGE
    assert focused_name(place) == "bar:size"
    assert place.screen.keys_in_use


# the look -----------------------------------------------------------------------------------


def test_another_look_keeps_the_place(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:groups", "bar:size")
    choices = place.stage.session.choices
    place.stage.perform(
        Choose(replace(choices, contrast=Contrast.LIGHT, language=Language.ENGLISH))
    )
    choices = place.stage.session.choices
    assert (choices.size, choices.contrast, choices.language) == (125, "light", "en")
    assert place.name == "groups"
    assert place.window.palette().window().color().name() == "#ffffff"
    assert place.screen.accessibleName() == "en"


def test_nothing_is_built_again_that_looks_the_same(place: Place) -> None:
    place.window.refresh()
    place.stage.publish(TableCatalog())
    place.stage.touch()
    assert place.swaps == []


def test_a_minute_that_passes_is_shown(place: Place) -> None:
    place.now += timedelta(minutes=1)
    place.tick(1)
    assert len(place.swaps) == 1


def test_a_passing_minute_takes_no_button_from_under_a_finger(place: Place) -> None:
    place.clock.advance(1)
    where = place.centre_of("welcome:start")
    place.touch().press(0, where, place.glass).commit()
    place.now += timedelta(minutes=1)
    place.tick(1)
    assert place.swaps == []
    place.touch().release(0, where, place.glass).commit()
    assert place.name == "home"


# silence ------------------------------------------------------------------------------------


def ask(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:groups")
    place.tick(190)
    assert place.name == "still-there"


def test_any_touch_anywhere_says_that_one_is_there(place: Place) -> None:
    ask(place)
    QTest.mouseClick(place.screen, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert place.name == "groups"


def test_any_key_says_that_one_is_there(place: Place) -> None:
    ask(place)
    QTest.keyClick(place.screen, Qt.Key.Key_Down)
    assert place.name == "groups"


def test_after_the_question_one_stands_where_one_stood(place: Place) -> None:
    """KEY-03: the question takes the focus, and gives it back."""
    place.wait_and_tap("welcome:start", "home:groups")
    for _n in range(3):
        place.clock.advance(1)
        QTest.keyClick(place.screen, Qt.Key.Key_Down)
    before = place.screen.focusWidget().objectName()
    assert before != next(one for one in place.screen.touchables()).objectName()
    place.tick(190)
    assert place.screen.focusWidget().objectName() == "still:stay"
    place.clock.advance(1)
    QTest.keyClick(place.screen, Qt.Key.Key_Return)
    assert place.name == "groups"
    assert place.screen.focusWidget().objectName() == before


def test_the_question_is_answered_by_its_own_button(place: Place) -> None:
    ask(place)
    place.wait_and_tap("still:finish")
    assert place.name == "welcome"


def test_without_an_answer_the_next_person_begins_anew(place: Place) -> None:
    ask(place)
    place.tick(50)
    assert place.name == "welcome"
    assert place.stage.session.is_idle


def test_the_window_looks_at_the_clock_by_itself(place: Place, qtbot: QtBot) -> None:
    place.wait_and_tap("welcome:start")
    place.clock.advance(500)
    place.window._timer.setInterval(1)
    qtbot.waitUntil(lambda: place.name == "welcome")


# a damaged catalog --------------------------------------------------------------------------


def test_a_damaged_record_is_never_shown_and_always_told(place: Place, qtbot: QtBot) -> None:
    with qtbot.waitSignal(place.window.damaged) as told:
        place.stage.publish(DamagedCatalog())
        place.wait_and_tap("welcome:start")
        assert place.name == "out-of-order"
    assert isinstance(told.args[0], CatalogDamagedError)


def test_a_sound_edition_ends_the_repair(place: Place) -> None:
    place.window.out_of_order()
    assert place.name == "out-of-order"
    assert place.screen.touchables() == []
    place.window.back_in_order()
    assert place.name == "welcome"


def test_a_machine_without_a_catalog_says_where_to_go(place: Place) -> None:
    place.stage.publish(None)
    assert place.name == "out-of-order"
    place.stage.publish(TableCatalog())
    assert place.name == "welcome"


# privacy ------------------------------------------------------------------------------------


def test_a_finished_visit_leaves_no_screen_behind(place: Place) -> None:
    place.wait_and_tap("welcome:start", "home:search", "key:S")
    old = weakref.ref(place.screen)
    place.swaps.clear()
    place.stage.perform(Finish())
    place.swaps.clear()
    deliver_deletions()
    assert old() is None  # without a pass of the garbage collector


def test_no_screen_but_the_one_that_is_shown_lives(place: Place) -> None:
    for act in (Go(Home()), Go(routes.GroupsPage()), Choose(_english()), Finish()):
        place.stage.perform(act)
    place.swaps.clear()
    deliver_deletions()
    assert place.window.findChildren(Screen) == [place.screen]


def _english() -> Choices:
    return Choices(language=Language.ENGLISH)


def test_a_closed_window_hears_nothing_any_more(place: Place, qapp: QApplication) -> None:
    place.wait_and_tap("welcome:start")
    place.window.close_down()
    touched_s = place.stage._touched_s
    place.clock.advance(5)
    QTest.mouseClick(place.window, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert place.stage._touched_s == touched_s
    assert not place.window._timer.isActive()


# the curtain --------------------------------------------------------------------------------


def draw_curtain(place: Place) -> None:
    place.stage.perform(Choose(Choices(speech=Speech(on=True, curtain=True))))
    place.stage.perform(Go(Home()))
    place.clock.advance(1)


def test_behind_the_curtain_everything_is_black_but_the_way_to_open_it(place: Place) -> None:
    draw_curtain(place)
    picture = place.window.grab().toImage()
    exit_ = place.find("curtain:open")
    below = exit_.mapTo(place.window, exit_.rect().topLeft()).y()
    dark = {
        picture.pixelColor(x, y).name() for x in range(0, 1080, 40) for y in range(0, below, 30)
    }
    assert dark == {"#000000"}


def test_a_finger_can_only_open_the_curtain(place: Place) -> None:
    draw_curtain(place)
    for name in ("home:groups", "home:search"):
        place.tap(name)
    assert place.stage.session.route == Home()
    place.wait_and_tap("curtain:open")
    assert not place.stage.session.choices.speech.curtain
    assert place.name == "home"


def test_keys_go_on_working_behind_the_curtain(place: Place) -> None:
    draw_curtain(place)
    place.find("home:groups").setFocus()
    QTest.keyClick(place.screen, Qt.Key.Key_Return)
    assert place.stage.session.route == routes.GroupsPage()
    assert place.stage.session.choices.speech.curtain


def test_nobody_is_left_dark_and_in_silence(place: Place) -> None:
    draw_curtain(place)
    place.stage.set_voice_works(False)
    assert "curtain:open" not in [one.objectName() for one in place.screen.touchables()]


# a code reader ------------------------------------------------------------------------------


def read_code(place: Place, text: str, between_s: float = 0.01) -> None:
    """Type as a code reader does, and end with Enter."""
    for sign in text:
        place.clock.advance(between_s)
        QTest.keyClick(place.screen, sign)
    place.clock.advance(between_s)
    QTest.keyClick(place.screen, Qt.Key.Key_Return)


def test_a_code_that_a_phone_shows_brings_the_choices_along(place: Place) -> None:
    theirs = Choices(size=TextSize.LARGEST, contrast=Contrast.DARK, steady=True)
    read_code(place, code_of(theirs))
    assert place.stage.session.choices == theirs
    assert place.name == "welcome"


def test_a_code_of_something_else_presses_nothing(place: Place) -> None:
    place.find("welcome:start").setFocus()
    read_code(place, "6901234567892")
    assert place.stage.session.is_idle


def test_what_a_hand_types_is_no_code(place: Place) -> None:
    place.find("welcome:start").setFocus()
    read_code(place, code_of(Choices(steady=True)), between_s=0.2)
    assert place.stage.session.choices == Choices()
    assert place.name == "home"
