"""Writing at the kiosk: by finger, by keyboard, by an input method; what it refuses."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.core import routes
from kiosk.core.asking import QUERY_MAX
from kiosk.core.entry import Draft, Pad, Reading
from kiosk.core.keys import composed, typed
from kiosk.core.results import Results
from kiosk.core.routes import ChoosePad, Go, GroupsPage, HelpPage, Home, SearchPage, Write
from kiosk.core.session import Session, after
from kiosk.ui.widgets.ink import InkCell
from tests.kiosk.test_window import Place, deliver_deletions, focused_name, read_code

GUI_S = 0.05  # of the processor, for what one sign or one composition changes


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    made.stage.perform(Go(Home()))
    yield made
    made.window.close_down()


@pytest.fixture
def searching(place: Place) -> Place:
    place.stage.perform(Go(SearchPage()))
    place.clock.advance(1)
    return place


@pytest.fixture
def writing(searching: Place) -> Place:
    searching.stage.perform(ChoosePad(Pad.WRITING))
    searching.clock.advance(1)
    return searching


# by finger ----------------------------------------------------------------------------------


def cell(place: Place, number: int = 0) -> InkCell:
    return place.screen.cells()[number]


def on(place: Place, number: int, x: float, y: float) -> QPoint:
    """A place in a cell, in shares of its side."""
    one = cell(place, number)
    return one.mapTo(place.window, QPoint(round(x * one.width()), round(y * one.height())))


def stroke(place: Place, number: int = 0, finger: int = 0, y: float = 0.5) -> None:
    place.touch().press(finger, on(place, number, 0.2, y), place.glass).commit()
    for x in (0.4, 0.6, 0.8):
        place.touch().move(finger, on(place, number, x, y), place.glass).commit()
    place.touch().release(finger, on(place, number, 0.8, y), place.glass).commit()


def ink(place: Place) -> list[int]:
    return [len(lines) for lines in place.stage.session.asking.draft.cells]


def test_a_finger_writes_in_the_cell_it_is_on(writing: Place) -> None:
    stroke(writing, 1)
    assert ink(writing) == [0, 1]
    [line] = writing.stage.session.asking.draft.cells[1]
    xs, ys = zip(*line, strict=True)
    assert xs == pytest.approx((200, 400, 600, 800), abs=5)
    assert ys == pytest.approx((500,) * 4, abs=5)


def test_strokes_may_follow_each_other_at_once(writing: Place) -> None:
    for n in range(8):
        stroke(writing, y=0.1 + n / 10)
        writing.clock.advance(0.02)
    assert ink(writing) == [8, 0]


def test_the_line_is_under_the_finger_before_it_is_let_go(writing: Place) -> None:
    one = cell(writing)
    before = one.grab().toImage()
    writing.touch().press(0, on(writing, 0, 0.2, 0.3), writing.glass).commit()
    writing.touch().move(0, on(writing, 0, 0.8, 0.3), writing.glass).commit()
    assert one.grab().toImage() != before
    assert writing.stage.session.asking.draft.is_empty


def test_nothing_changes_under_a_finger_that_writes(writing: Place) -> None:
    writing.touch().press(0, on(writing, 0, 0.2, 0.3), writing.glass).commit()
    writing.touch().move(0, on(writing, 0, 0.5, 0.3), writing.glass).commit()
    screen = writing.screen
    writing.stage.perform(Write("社保"))
    assert writing.screen is screen
    writing.touch().release(0, on(writing, 0, 0.8, 0.3), writing.glass).commit()
    assert writing.screen is not screen
    assert ink(writing) == [1, 0]


def test_a_hand_that_lies_on_a_cell_stops_nothing(writing: Place) -> None:
    writing.touch().press(0, on(writing, 1, 0.5, 0.9), writing.glass).commit()
    writing.clock.advance(2)
    writing.stage.perform(Write("社保"))
    assert writing.screen.field() is not None
    assert writing.screen.page.dock[1].text == "社保"  # type: ignore[union-attr]


def test_a_palm_writes_nothing_and_disturbs_no_finger(writing: Place) -> None:
    palm, glass = on(writing, 1, 0.5, 0.95), writing.glass
    writing.touch().press(0, palm, glass).commit()
    writing.clock.advance(0.3)
    writing.touch().stationary(0).press(1, on(writing, 0, 0.2, 0.3), glass).commit()
    writing.touch().stationary(0).move(1, on(writing, 0, 0.6, 0.3), glass).commit()
    writing.touch().stationary(0).release(1, on(writing, 0, 0.8, 0.3), glass).commit()
    writing.clock.advance(1)
    writing.touch().release(0, palm, glass).commit()
    assert ink(writing) == [1, 0]


@pytest.mark.parametrize("comes_first", [True, False])
def test_the_heel_of_the_hand_that_writes_presses_nothing(
    writing: Place, comes_first: bool
) -> None:
    heel, glass = writing.centre_of("bar:back"), writing.glass
    start = on(writing, 0, 0.2, 0.3)
    if comes_first:
        writing.touch().press(1, heel, glass).commit()
        writing.touch().stationary(1).press(0, start, glass).commit()
        writing.touch().stationary(1).move(0, on(writing, 0, 0.6, 0.3), glass).commit()
    else:
        writing.touch().press(0, start, glass).commit()
        writing.touch().move(0, on(writing, 0, 0.6, 0.3), glass).commit()
        writing.touch().stationary(0).press(1, heel, glass).commit()
    writing.touch().stationary(1).release(0, on(writing, 0, 0.8, 0.3), glass).commit()
    writing.touch().release(1, heel, glass).commit()
    assert writing.name == "search"
    assert ink(writing) == [1, 0]


def test_the_finger_that_chose_the_pad_does_not_write_on_it(searching: Place) -> None:
    searching.stage.perform(ChoosePad(Pad.WRITING))
    searching.clock.advance(0.2)
    stroke(searching)
    assert ink(searching) == [0, 0]
    searching.clock.advance(0.2)
    stroke(searching)
    assert ink(searching) == [1, 0]


def test_a_mouse_writes_as_a_finger_does(writing: Place) -> None:
    one = cell(writing)
    QTest.mousePress(one, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    QTest.mouseMove(one, QPoint(90, 30))
    QTest.mouseRelease(one, Qt.MouseButton.LeftButton, pos=QPoint(120, 30))
    assert ink(writing) == [1, 0]


def test_a_candidate_is_taken_and_the_cells_are_empty_for_more(writing: Place) -> None:
    stroke(writing)
    draft = writing.stage.session.asking.draft
    writing.stage._replace(writing.stage.session.read(Reading(draft, ("社", "杜"))))
    assert writing.stage.session.asking.query == "社"
    writing.wait_and_tap("word:杜")
    assert (writing.stage.session.asking.query, ink(writing)) == ("杜", [0, 0])
    stroke(writing)
    draft = writing.stage.session.asking.draft
    writing.stage._replace(writing.stage.session.read(Reading(draft, ("保",))))
    writing.wait_and_tap("write:onward")
    assert (writing.stage.session.asking.query, ink(writing)) == ("杜保", [0, 0])


def test_strokes_are_pressed_shown_and_taken_back(searching: Place) -> None:
    searching.wait_and_tap("pad:strokes", "stroke:4", "stroke:5", "search:erase", "stroke:2")
    assert searching.stage.session.asking.draft == Draft(strokes="42")
    assert searching.screen.page.dock[1].text == "丶丨"  # type: ignore[union-attr]


# by keyboard --------------------------------------------------------------------------------


def hit(place: Place, *keys: str | Qt.Key) -> None:
    """Keys as a hand presses them."""
    for key in keys:
        place.clock.advance(0.2)
        QTest.keyClick(place.window.focusWidget() or place.screen, key)


def settle(place: Place, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not place.window._keyboard.is_waiting)


def test_signs_that_are_typed_are_searched_for(searching: Place, qtbot: QtBot) -> None:
    hit(searching, *"SFz 3", Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, "k")
    settle(searching, qtbot)
    assert searching.stage.session.asking.query == "sfzk"


@pytest.mark.parametrize("route", [Home(), GroupsPage(), routes.GroupPage(group="papers")])
def test_a_letter_opens_the_search_with_it(place: Place, qtbot: QtBot, route: routes.Route) -> None:
    place.stage.perform(Go(route))
    hit(place, "s")
    settle(place, qtbot)
    assert (place.name, place.stage.session.asking.query) == ("search", "s")
    hit(place, "f")
    settle(place, qtbot)
    assert place.stage.session.asking.query == "sf"


def test_elsewhere_letters_do_nothing(place: Place, qtbot: QtBot) -> None:
    place.stage.perform(Go(HelpPage()))
    hit(place, *"sfz")
    settle(place, qtbot)
    assert (place.name, place.stage.session.asking.query) == ("help", "")


def test_a_space_presses_until_somebody_types(searching: Place, qtbot: QtBot) -> None:
    searching.find("key:S").setFocus()
    hit(searching, " ")
    assert searching.stage.session.asking.query == "s"
    hit(searching, "b", " ", "k")
    settle(searching, qtbot)
    assert searching.stage.session.asking.query == "sb k"
    hit(searching, Qt.Key.Key_Down, " ")
    assert searching.stage.session.asking.query != "sb k "


def test_whoever_types_has_the_focus_in_the_field_and_finds_the_keys_from_there(
    searching: Place, qtbot: QtBot
) -> None:
    assert searching.window.hasFocus()
    hit(searching, "s")
    settle(searching, qtbot)
    assert searching.window.hasFocus()
    hit(searching, Qt.Key.Key_Down)
    first = next(one for one in searching.screen.touchables() if one.isEnabled())
    assert focused_name(searching) == first.objectName()


def test_keys_that_are_held_with_another_write_nothing(searching: Place, qtbot: QtBot) -> None:
    for held in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier):
        searching.clock.advance(0.2)
        QTest.keyClick(searching.window, Qt.Key.Key_S, held)
    settle(searching, qtbot)
    assert searching.stage.session.asking.query == ""


def test_a_letter_says_that_one_is_still_there(searching: Place, qtbot: QtBot) -> None:
    searching.tick(190)
    assert searching.name == "still-there"
    hit(searching, "s")
    settle(searching, qtbot)
    assert (searching.name, searching.stage.session.asking.query) == ("search", "")


@pytest.mark.parametrize("where", [Home(), SearchPage()])
def test_a_code_reader_types_nothing(place: Place, qtbot: QtBot, where: routes.Route) -> None:
    place.stage.perform(Go(where))
    before = place.stage.session
    read_code(place, "HTTPS://example.org/k/ with a space", between_s=0.01)
    qtbot.wait(150)
    assert place.stage.session == before


def test_ten_thousand_signs_of_a_code_reader_do_not_stall(searching: Place, qtbot: QtBot) -> None:
    swaps = len(searching.swaps)
    began_s = time.process_time()
    for _ in range(10_000):
        searching.clock.advance(0.001)
        QTest.keyClick(searching.screen, "7")
    assert time.process_time() - began_s < 5.0
    settle(searching, qtbot)
    assert searching.stage.session.asking.query == ""
    assert len(searching.swaps) == swaps


# by an input method ---------------------------------------------------------------------------


def compose(place: Place, preedit: str, commit: str = "") -> None:
    """As an input method does: to whatever has the focus."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    focus = QGuiApplication.focusObject()
    assert focus is not None
    QCoreApplication.sendEvent(focus, event)


def asked_of_method(place: Place, query: Qt.InputMethodQuery) -> object:
    event = QInputMethodQueryEvent(query)
    QCoreApplication.sendEvent(place.window, event)
    return event.value(query)


def test_what_is_being_composed_is_searched_for_and_then_settled(searching: Place) -> None:
    for preedit in ("s", "sh", "she", "she'b", "she'bao"):
        compose(searching, preedit)
    session = searching.stage.session
    assert (session.asking.query, session.asking.preedit, session.asking.asked) == (
        "",
        "shebao",
        "shebao",
    )
    field = searching.screen.page.dock[1]
    assert (field.text, field.marks) == ("shebao", ((0, 6),))  # type: ignore[union-attr]
    compose(searching, "", "社保")
    compose(searching, "ka")
    session = searching.stage.session
    assert (session.asking.query, session.asking.preedit) == ("社保", "ka")


def test_a_method_keeps_what_it_works_on_while_screens_are_swapped(searching: Place) -> None:
    focus = QGuiApplication.focusObject()
    screen = searching.screen
    compose(searching, "she")
    searching.stage.found(Results("she"))
    assert searching.screen is not screen
    assert QGuiApplication.focusObject() is focus is searching.window


def test_methods_are_at_work_only_where_one_can_write(place: Place) -> None:
    def is_on() -> bool:
        return place.window.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    assert not is_on()
    place.stage.perform(Go(SearchPage()))
    assert is_on()
    place.stage.perform(routes.GoHome())
    assert not is_on()
    QCoreApplication.sendEvent(place.window, QInputMethodEvent("she", []))
    assert place.stage.session.asking.preedit == ""


def test_a_method_is_told_where_the_field_ends_and_to_learn_nothing(searching: Place) -> None:
    hints = asked_of_method(searching, Qt.InputMethodQuery.ImHints)
    assert Qt.InputMethodHint(hints) & Qt.InputMethodHint.ImhSensitiveData
    field = searching.screen.field()
    assert field is not None
    place_of_field = QRect(field.mapTo(searching.window, QPoint()), field.size())
    before = asked_of_method(searching, Qt.InputMethodQuery.ImCursorRectangle)
    compose(searching, "shebao")
    later = asked_of_method(searching, Qt.InputMethodQuery.ImCursorRectangle)
    assert isinstance(before, QRect)
    assert isinstance(later, QRect)
    assert place_of_field.contains(later)
    assert before != later
    assert not asked_of_method(searching, Qt.InputMethodQuery.ImSurroundingText)


def test_a_finger_ends_what_is_being_composed(searching: Place) -> None:
    compose(searching, "she")
    searching.wait_and_tap("key:S")
    assert (searching.stage.session.asking.query, searching.stage.session.asking.preedit) == (
        "s",
        "",
    )


# hostile ------------------------------------------------------------------------------------

_ODD = (
    "\x00\x07\x1b\n\t\r",
    "\u200b\u202e\u2066\u2069\ufeff",
    "\ud800\udfff",
    "\u0301\u0e31\u064b",
)
_COMMON = (
    string.ascii_letters,
    string.digits,
    string.punctuation + " ",
    "社保卡身份证丢了",
    "🀄👩‍🦳ﷺ𠮷",
)


def hostile(many: int) -> Iterator[tuple[str, str]]:
    """Strings that nobody should type, and the way that each of them comes."""
    chance = random.Random(20261122)
    for _ in range(many):
        signs = "".join(chance.sample((*_ODD, *_COMMON), 3)) + chr(chance.randrange(0x110000))
        length = chance.choice((0, 1, 2, 7, 39, 40, 41, 200, 9_999))
        way = chance.choice(("typed", "committed", "composed"))
        yield way, "".join(chance.choices(signs, k=min(length, chance.randrange(10_000))))


def acts_of(way: str, text: str, session: Session) -> tuple[routes.Act, ...]:
    if way == "typed":
        return typed(text, session)
    return composed(text, "", session) if way == "committed" else composed("", text, session)


def test_whatever_is_written_is_short_and_printable() -> None:
    session = after(after(Session(), Go(Home())), Go(SearchPage()))
    longest = 0
    for way, text in hostile(10_000):
        for act in acts_of(way, text, session):
            session = after(session, act)
        longest = max(longest, len(session.asking.asked))
        assert len(session.asking.asked) <= QUERY_MAX
        assert session.asking.asked.isprintable()
    assert longest == QUERY_MAX


def test_nothing_that_is_written_stops_the_window(searching: Place) -> None:
    spent_s = []
    for way, text in hostile(250):
        began_s = time.process_time()
        if way == "typed":
            searching.window._typed(text)
        else:
            compose(searching, *(("", text) if way == "committed" else (text, "")))
        spent_s.append(time.process_time() - began_s)
        asked = searching.stage.session.asking.asked
        assert len(asked) <= QUERY_MAX
        assert asked.isprintable()
        deliver_deletions()
    # the first of a script loads its font
    assert sorted(spent_s)[-5] <= GUI_S
