"""Somebody in front of a kiosk: touches the glass or presses keys, waits, and looks.

Knows the ways of operating the same kiosk that stands in a hall, on Qt's offscreen platform. Does
not know any journey (`kiosk.tour` and the tests do).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Protocol

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.core.errands import AwaitAnswer, wanted
from kiosk.core.errors import KioskError
from kiosk.ui.look import Panel
from kiosk.ui.widgets.touchable import Touchable

_PATIENCE_MS = 15_000
_HELD_S = 0.4  # how long somebody holds who chose that a touch must last
_BETWEEN_S = 1.0  # people are slower than the guard against double taps
_MM_PER_PX = 0.311
MUST_READ = "bulletin:read"  # says that a page which comes before all others was read
PANELS = {
    "portrait": Panel(1080, 1920, _MM_PER_PX),
    "landscape": Panel(1920, 1080, _MM_PER_PX),
}


class StuckError(KioskError):
    """The citizen could not go on; the text says at which screen."""


class SteppedClock:
    """The machine's monotonic clock, which can be moved on."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def __call__(self) -> float:
        return time.monotonic() + self._ahead_s

    def advance(self, seconds: float) -> None:
        """Let time pass without waiting for it."""
        self._ahead_s += seconds


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Let the program run until something is true.

    Raises:
        StuckError: it does not become true in good time.
    """
    loop, deadline = QEventLoop(), QTimer()
    deadline.setSingleShot(True)
    deadline.timeout.connect(loop.quit)
    deadline.start(_PATIENCE_MS)
    look = QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start(1)
    if not condition():
        loop.exec()
    look.stop()
    deadline.stop()
    if not condition():
        raise StuckError(f"nothing happened: {what}")


def await_warm(kiosk: app.Kiosk) -> None:
    """Wait until a kiosk that was started changes no screen by itself any more.

    Raises:
        StuckError: it does not come to know what is true today.
    """
    wait_until(lambda: kiosk.stage.local.kiosk > 0, "what is true today")


class Machine:
    """What every citizen has in front of them: the glass, the keys, and time that passes."""

    def __init__(self, kiosk: app.Kiosk, clock: SteppedClock) -> None:
        self.kiosk, self.clock = kiosk, clock
        self._finger = QTest.createTouchDevice()

    def touch(self, target: Touchable) -> None:
        """A finger on the glass: the platform's window gets it, not the widget."""
        window = self.kiosk.window
        glass, where = window.windowHandle(), target.mapTo(window, target.rect().center())
        self.clock.advance(_BETWEEN_S)
        finger = QTest.touchEvent(glass, self._finger)
        finger.press(0, where, glass)
        finger.commit()
        if self.kiosk.stage.session.choices.hold:
            self.clock.advance(_HELD_S)
        finger = QTest.touchEvent(glass, self._finger)
        finger.release(0, where, glass)
        finger.commit()

    def settle(self) -> None:
        """Wait until the screen waits for no machine any more: codes, results, the printer."""
        wait_until(lambda: not self._awaits_a_machine(), "its errands")

    def _awaits_a_machine(self) -> bool:
        """People may take their time."""
        errands = wanted(self.kiosk.stage.session)
        return any(not isinstance(one, AwaitAnswer) for one in errands)

    def key(self, key: Qt.Key) -> None:
        """One key, down and up, as the platform's window gets it."""
        self.clock.advance(_BETWEEN_S)
        QTest.keyClick(self.kiosk.window.windowHandle(), key)

    def scan(self, text: str) -> None:
        """A code is held before the reader, which types it all at once, and Enter."""
        glass = self.kiosk.window.windowHandle()
        for sign in text:
            QTest.keyClick(glass, sign)  # type: ignore[call-overload]  # which the stubs lack
        QTest.keyClick(glass, Qt.Key.Key_Return)

    def find(self, name: str) -> Touchable:
        """A thing on the screen that answers.

        Raises:
            StuckError: it is not there.
        """
        touchables = self.kiosk.window.screen_shown.touchables()
        for one in touchables:
            if one.objectName() == name and one.isEnabled():
                return one
        names = ", ".join(one.objectName() for one in touchables)
        raise StuckError(f"{name} is not on {self.kiosk.window.screen_shown.objectName()}: {names}")


class Way(Protocol):
    """One way of operating the machine; whoever uses it sees the screen."""

    def begin(self) -> None:
        """From the welcome to the home screen."""

    def press(self, name: str) -> None:
        """Press something that is on the screen."""

    def turn(self) -> None:
        """To the next page of this screen."""

    def go_back(self) -> None:
        """One place back."""

    def answer(self) -> None:
        """Say that one is still there."""


class ByTouch:
    """One finger, one tap at a time."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def begin(self) -> None:
        self.press("welcome:start")

    def press(self, name: str) -> None:
        self._machine.touch(self._machine.find(name))

    def turn(self) -> None:
        self.press("page:following")

    def go_back(self) -> None:
        self.press("bar:back")

    def answer(self) -> None:
        self.press("still:stay")


class _ByFocus:
    """Moves a mark from control to control by one key and selects by another."""

    _moves: Qt.Key
    _selects: Qt.Key

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def begin(self) -> None:
        self.press("welcome:start")

    def press(self, name: str) -> None:
        """Go once round at most: who comes back to where they began has seen everything."""
        self._machine.find(name)
        for _ in range(len(self._machine.kiosk.window.screen_shown.touchables()) + 1):
            if self._focused() == name:
                self._machine.key(self._selects)
                return
            self._machine.key(self._moves)
        raise StuckError(f"the focus does not come to {name}")

    def turn(self) -> None:
        self.press("page:following")

    def go_back(self) -> None:
        self.press("bar:back")

    def answer(self) -> None:
        self._machine.key(self._moves)

    def _focused(self) -> str:
        focus = self._machine.kiosk.window.screen_shown.focusWidget()
        return focus.objectName() if focus is not None else ""


class ByKeypad(_ByFocus):
    """The keypad below the glass: up, down, left, right, select, back."""

    _moves = Qt.Key.Key_Down
    _selects = Qt.Key.Key_Return

    def turn(self) -> None:
        self._machine.key(Qt.Key.Key_Right)

    def go_back(self) -> None:
        self._machine.key(Qt.Key.Key_Escape)


class BySwitches(_ByFocus):
    """Two switches and nothing else; the machine is taught first which of them moves."""

    _moves = Qt.Key.Key_F11
    _selects = Qt.Key.Key_F12

    def begin(self) -> None:
        """Through the lesson: one press brings it, the first switch moves, the other selects."""
        for key in (self._moves, self._moves, self._selects):
            self._machine.key(key)
        self.press("switches:start")


class Citizen:
    """Somebody in front of a kiosk, who operates it in one way."""

    def __init__(
        self, kiosk: app.Kiosk, clock: SteppedClock, way: Callable[[Machine], Way] = ByTouch
    ) -> None:
        self.kiosk, self.clock = kiosk, clock
        self._machine = Machine(kiosk, clock)
        self._way = way(self._machine)

    @property
    def screen_name(self) -> str:
        """Which screen is shown."""
        return self.kiosk.window.screen_shown.objectName().removeprefix("screen:")

    def sees(self) -> list[str]:
        """Names of all that can be touched now."""
        return [one.objectName() for one in self.kiosk.window.screen_shown.touchables()]

    def can_touch(self, name: str) -> bool:
        """Whether a thing is there and answers."""
        touchables = self.kiosk.window.screen_shown.touchables()
        return any(one.objectName() == name and one.isEnabled() for one in touchables)

    def begin(self) -> None:
        """Go from the welcome to the home screen, in this citizen's way, past what must be read."""
        self.leave_welcome()
        while self.can_touch(MUST_READ):
            self._see_change(lambda: self._way.press(MUST_READ), "a bulletin")

    def leave_welcome(self) -> None:
        """Go on from the welcome, to the home screen or to what must be read first."""
        self._see_change(self._way.begin, "the welcome")

    def touch(self, name: str) -> float:
        """Touch a thing on this page; the milliseconds until the next screen is painted.

        Raises:
            StuckError: it is not there, or nothing changed.
        """
        return self._see_change(lambda: ByTouch(self._machine).press(name), name)

    def choose(self, name: str) -> None:
        """Press a thing, wherever on the pages of this screen it stands.

        Raises:
            StuckError: it is not there, or nothing changed.
        """
        self.turn_until(name)
        self._see_change(lambda: self._way.press(name), name)

    def turn_until(self, name: str) -> None:
        """Turn pages until a thing is there.

        Raises:
            StuckError: it is neither on this page nor on those that follow.
        """
        self.settle()
        while name not in self.sees():
            if not self.can_touch("page:following"):
                raise StuckError(f"{name} is not on {self.screen_name}: {', '.join(self.sees())}")
            self.turn()

    def turn(self) -> None:
        """To the next page of this screen.

        Raises:
            StuckError: there is none.
        """
        self._see_change(self._way.turn, "the next page")

    def go_back(self) -> None:
        """One place back."""
        self._see_change(self._way.go_back, "the place before")

    def answer(self) -> None:
        """Say that one is still there."""
        self._see_change(self._way.answer, "the answer")

    def scan(self, text: str) -> None:
        """Hold a code before the machine's reader."""
        self._machine.scan(text)
        self.settle()

    def settle(self) -> None:
        """Wait until the screen waits for no machine any more: codes, results, the printer."""
        self._machine.settle()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program run until something is true.

        Raises:
            StuckError: it does not become true in good time.
        """
        wait_until(condition, f"{what}, on {self.screen_name}")

    def picture(self) -> QImage:
        """What is on the screen, pixel by pixel."""
        return self.kiosk.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def _see_change(self, act: Callable[[], None], what: str) -> float:
        """Act, and wait until another screen is painted; the milliseconds that it took."""
        self.settle()
        shown = self.kiosk.window.screen_shown
        started = time.perf_counter()
        act()
        self.until(lambda: self.kiosk.window.screen_shown is not shown, f"after {what}")
        self.kiosk.window.repaint()
        spent_ms = (time.perf_counter() - started) * 1000
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return spent_ms
