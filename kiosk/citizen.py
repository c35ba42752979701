"""Somebody in front of a kiosk: touches the glass, waits, and looks.

Knows how to drive the same kiosk that stands in a hall, on Qt's offscreen platform. Does not know
any journey (`kiosk.tour` and the tests do).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.core.errors import KioskError
from kiosk.core.session import wanted
from kiosk.ui.look import Panel
from kiosk.ui.widgets.touchable import Touchable

_PATIENCE_MS = 15_000
_MM_PER_PX = 0.311
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


class Citizen:
    """Somebody in front of a kiosk: touches, waits and looks."""

    def __init__(self, kiosk: app.Kiosk, clock: SteppedClock) -> None:
        self.kiosk, self.clock = kiosk, clock
        self._finger = QTest.createTouchDevice()

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

    def touch(self, name: str) -> float:
        """Touch a thing by its name; the milliseconds until the next screen is painted.

        Raises:
            StuckError: it is not there, or nothing changed.
        """
        self.settle()
        target = self._find(name)
        self.clock.advance(1.0)  # people are slower than the guard against double taps
        shown = self.kiosk.window.screen_shown
        started = time.perf_counter()
        self._press_and_release(target)
        self.until(lambda: self.kiosk.window.screen_shown is not shown, f"after {name}")
        self.kiosk.window.repaint()
        spent_ms = (time.perf_counter() - started) * 1000
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return spent_ms

    def settle(self) -> None:
        """Wait until the screen waits for nothing any more: codes, results, the printer."""
        self.until(lambda: not wanted(self.kiosk.stage.session), "its errands")

    def _press_and_release(self, target: Touchable) -> None:
        """A finger on the glass: the platform's window gets it, not the widget."""
        window = self.kiosk.window
        glass, where = window.windowHandle(), target.mapTo(window, target.rect().center())
        finger = QTest.touchEvent(glass, self._finger)
        finger.press(0, where, glass)
        finger.commit()
        finger = QTest.touchEvent(glass, self._finger)
        finger.release(0, where, glass)
        finger.commit()

    def until(self, condition: Callable[[], bool], what: str) -> None:
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
            raise StuckError(f"nothing happened on {self.screen_name}: {what}")

    def picture(self) -> QImage:
        """What is on the screen, pixel by pixel."""
        return self.kiosk.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def _find(self, name: str) -> Touchable:
        for one in self.kiosk.window.screen_shown.touchables():
            if one.objectName() == name and one.isEnabled():
                return one
        raise StuckError(f"{name} is not on {self.screen_name}: {', '.join(self.sees())}")
