"""The one control: pressed once by finger, Space or Enter, and seen to have the focus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.core.choices import Contrast
from kiosk.ui import tokens
from kiosk.ui.look import Look
from kiosk.ui.page import Tile
from kiosk.ui.widgets.touchable import Room, TileDrawing, Touchable
from tests.builders import make_look
from tests.ui.pixels import picture, pixels, ratio, visibly_changed

TONES = ("plain", "tint", "primary", "yes", "warning")
SIZE = (400, 150)


def make_tile(**changes: object) -> Tile:
    values = {"name": "tile:x", "title": "办护照", "act": "the act"}
    return Tile(**{**values, **changes})  # type: ignore[arg-type]


class Table:
    """A control on a room, and what it handed on."""

    def __init__(self, tile: Tile, look: Look | None = None) -> None:
        self.room = Room()
        self.room.resize(600, 400)
        self.control = Touchable(tile, look or make_look(), self.room)
        self.control.setGeometry(100, 100, *SIZE)
        self.acted: list[tuple[object, str]] = []
        self.control.acted.connect(lambda act, name: self.acted.append((act, name)))

    def send(self, kind: QEvent.Type, key: Qt.Key, repeated: bool = False) -> None:
        modifiers = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.control, QKeyEvent(kind, key, modifiers, "", repeated))


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(make_tile())
    qtbot.addWidget(made.room)
    made.room.show()
    return made


@pytest.fixture(scope="module")
def finger(qapp: QApplication) -> Iterator[QPointingDevice]:
    return QTest.createTouchDevice()


INSIDE, OUTSIDE = QPoint(200, 75), QPoint(200, 175)


# by finger ----------------------------------------------------------------------------------


def touch(
    table: Table, finger: QPointingDevice, *ways: QPoint, release: QPoint | None = None
) -> None:
    control = table.control
    QTest.touchEvent(control, finger).press(0, ways[0], control).commit()
    for point in ways[1:]:
        QTest.touchEvent(control, finger).move(0, point, control).commit()
    if release is not None:
        QTest.touchEvent(control, finger).release(0, release, control).commit()


def test_a_tap_acts_once_and_on_release(table: Table, finger: QPointingDevice) -> None:
    touch(table, finger, INSIDE)
    assert table.acted == []
    QTest.touchEvent(table.control, finger).release(0, INSIDE, table.control).commit()
    assert table.acted == [("the act", "tile:x")]


def test_sliding_off_cancels(table: Table, finger: QPointingDevice) -> None:
    touch(table, finger, INSIDE, OUTSIDE, release=OUTSIDE)
    assert table.acted == []
    assert not table.control.isDown()


def test_a_trembling_finger_that_stays_inside_acts(table: Table, finger: QPointingDevice) -> None:
    drift = [INSIDE + QPoint(dx, dy) for dx, dy in ((10, 3), (-12, 20), (32, -8), (5, 5))]
    touch(table, finger, INSIDE, *drift, release=drift[-1])
    assert len(table.acted) == 1


def test_sliding_off_and_back_acts_once(table: Table, finger: QPointingDevice) -> None:
    touch(table, finger, INSIDE, OUTSIDE, INSIDE, release=INSIDE)
    assert len(table.acted) == 1


def test_a_press_that_began_elsewhere_does_not_act(table: Table) -> None:
    QTest.mousePress(table.room, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseRelease(table.control, Qt.MouseButton.LeftButton, pos=INSIDE)
    assert table.acted == []


def test_a_mouse_acts_with_its_first_button_only(table: Table) -> None:
    QTest.mouseClick(table.control, Qt.MouseButton.LeftButton, pos=INSIDE)
    QTest.mouseClick(table.control, Qt.MouseButton.RightButton, pos=INSIDE)
    assert len(table.acted) == 1


def test_a_press_is_seen_at_once(table: Table) -> None:
    before = picture(table.control)
    QTest.mousePress(table.control, Qt.MouseButton.LeftButton, pos=INSIDE)
    after = picture(table.control)
    QTest.mouseRelease(table.control, Qt.MouseButton.LeftButton, pos=OUTSIDE)
    assert pixels(before) != pixels(after)


# by keys ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_key_acts_once(table: Table, key: Qt.Key) -> None:
    QTest.keyClick(table.control, key)
    assert table.acted == [("the act", "tile:x")]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_held_key_acts_once(table: Table, key: Qt.Key) -> None:
    table.send(QEvent.Type.KeyPress, key)
    for _ in range(5):
        table.send(QEvent.Type.KeyRelease, key, repeated=True)
        table.send(QEvent.Type.KeyPress, key, repeated=True)
    table.send(QEvent.Type.KeyRelease, key)
    assert len(table.acted) == 1


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_F1])
def test_other_keys_do_nothing(table: Table, key: Qt.Key) -> None:
    QTest.keyClick(table.control, key)
    assert table.acted == []


# disabled and silent ------------------------------------------------------------------------


def test_a_disabled_tile_never_acts(qtbot: QtBot, finger: QPointingDevice) -> None:
    table = Table(make_tile(enabled=False))
    qtbot.addWidget(table.room)
    table.room.show()
    touch(table, finger, INSIDE, release=INSIDE)
    QTest.mouseClick(table.control, Qt.MouseButton.LeftButton, pos=INSIDE)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(table.control, key)
    table.control.click()
    assert table.acted == []


@pytest.mark.usefixtures("qtbot")
def test_a_tile_without_an_act_hands_nothing_on() -> None:
    table = Table(make_tile(act=None))
    table.control.click()
    assert table.acted == []
    table.room.deleteLater()


# what is heard and seen ---------------------------------------------------------------------


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize(
    ("tile", "name"),
    [
        (make_tile(), "办护照"),
        (make_tile(text="第一次办"), "办护照。第一次办"),
        (make_tile(title="A & B"), "A & B"),
    ],
)
def test_a_control_is_a_button_with_all_its_words(tile: Tile, name: str) -> None:
    table = Table(tile)
    seen = QAccessible.queryAccessibleInterface(table.control)
    assert seen.role() == QAccessible.Role.Button
    assert seen.text(QAccessible.Text.Name) == name
    assert "Press" in seen.actionInterface().actionNames()
    table.room.deleteLater()


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("chosen", [True, False])
def test_which_alternative_is_chosen_is_heard(chosen: bool) -> None:
    table = Table(make_tile(chosen=chosen))
    state = QAccessible.queryAccessibleInterface(table.control).state()
    assert bool(state.checkable)
    assert bool(state.checked) is chosen
    table.room.deleteLater()


LOOKS_AND_TONES = [
    pytest.param(look, tone, id=f"{look}-{tone}") for look, tone in product(Contrast, TONES)
]


def shown(qtbot: QtBot, tile: Tile, look: Contrast) -> Table:
    table = Table(tile, make_look(contrast=look))
    qtbot.addWidget(table.room)
    table.room.setPalette(table.control._look.palette())
    with qtbot.waitActive(table.room):
        table.room.show()
        table.room.activateWindow()
    return table


@pytest.mark.parametrize(("look", "tone"), LOOKS_AND_TONES)
def test_the_focus_is_seen_in_every_look(qtbot: QtBot, look: Contrast, tone: str) -> None:
    table = shown(qtbot, make_tile(tone=tone), look)
    table.control.clearFocus()
    before = picture(table.room)
    QTest.keyClick(table.room, Qt.Key.Key_Tab)
    assert table.control.hasFocus()
    width, height = SIZE
    ring = table.control._look.px(1.2)
    assert visibly_changed(before, picture(table.room)) >= 2 * ring * (width + height)


def test_the_focus_hides_nothing_of_its_control(qtbot: QtBot) -> None:
    table = shown(qtbot, make_tile(), Contrast.STANDARD)
    table.control.clearFocus()
    before = picture(table.control)
    QTest.keyClick(table.room, Qt.Key.Key_Tab)
    assert table.control.hasFocus()
    assert pixels(picture(table.control)) == pixels(before)


def test_a_finger_brings_no_ring(qtbot: QtBot) -> None:
    table = shown(qtbot, make_tile(), Contrast.STANDARD)
    table.control.clearFocus()
    before = picture(table.room)
    QTest.mouseClick(table.control, Qt.MouseButton.LeftButton, pos=INSIDE)
    assert pixels(picture(table.room)) == pixels(before)


def colours_of(table: Table) -> tuple[int, int]:
    """The ground of a control, and the most different colour inside of its outline."""
    table.control.repaint()
    image = picture(table.control).copy(30, 20, SIZE[0] - 60, SIZE[1] - 40)
    found = pixels(image)
    ground = max(set(found), key=found.count)
    return ground, max(set(found), key=lambda pixel: ratio(_colour(pixel), _colour(ground)))


def _colour(pixel: int) -> str:
    return f"#{pixel & 0xFFFFFF:06X}"


@pytest.mark.parametrize(("look", "tone"), LOOKS_AND_TONES)
@pytest.mark.parametrize("state", ["plain", "pressed", "disabled"])
def test_words_are_read_in_every_state(qtbot: QtBot, look: Contrast, tone: str, state: str) -> None:
    table = Table(make_tile(tone=tone, enabled=state != "disabled"), make_look(contrast=look))
    qtbot.addWidget(table.room)
    table.control.setDown(state == "pressed")
    ground, ink = colours_of(table)
    least = {"plain": 10.0, "pressed": 4.5, "disabled": 4.5}[state]
    if look is Contrast.SOFT:
        least = 4.5
    assert ratio(_colour(ground), _colour(ink)) >= least


# how large ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("shape", ["tile", "row", "button", "hero", "key", "slim", "bar"])
@pytest.mark.parametrize("size", [100, 125, 150, 200])
def test_a_tile_is_never_lower_than_a_target(shape: str, size: int) -> None:
    look = make_look(size=size)
    least_mm = tokens.KEY_MM if shape == "key" else tokens.TOUCH_MM
    for title in ("A", "办理居民身份证丢失补领和挂失申报的事", "W" * 60):
        tile = make_tile(shape=shape, title=title, icon="id")
        assert (
            TileDrawing(tile, look, look.px(60)).height() * look.panel.mm_per_px >= least_mm - 0.2
        )
