"""Walks the main journey as a citizen would, by touch, and leaves pictures of every screen.

Knows the way through the screens and how to touch, wait and look. Does not know how anything is
made: it drives the same kiosk that stands in a hall, on Qt's offscreen platform.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import zxingcpp
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.core.choices import Choices, Contrast, TextSize
from kiosk.core.errors import KioskError
from kiosk.core.printing import Printed
from kiosk.core.routes import Choose, DisplayPage, Go
from kiosk.core.session import wanted
from kiosk.ui.look import Panel
from kiosk.ui.widgets.touchable import Touchable

_PATIENCE_MS = 15_000
_MM_PER_PX = 0.311
PANELS = {
    "portrait": Panel(1080, 1920, _MM_PER_PX),
    "landscape": Panel(1920, 1080, _MM_PER_PX),
}
LOOKS = tuple(
    Choices(size=size, contrast=contrast)
    for size in (TextSize.STANDARD, TextSize.LARGEST)
    for contrast in (Contrast.STANDARD, Contrast.DARK)
)


class TourError(KioskError):
    """The tour could not go on; the text says at which screen."""


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
            TourError: it is not there, or nothing changed.
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
            TourError: it does not become true in good time.
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
            raise TourError(f"nothing happened on {self.screen_name}: {what}")

    def picture(self) -> QImage:
        """What is on the screen, pixel by pixel."""
        return self.kiosk.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    def _find(self, name: str) -> Touchable:
        for one in self.kiosk.window.screen_shown.touchables():
            if one.objectName() == name and one.isEnabled():
                return one
        raise TourError(f"{name} is not on {self.screen_name}: {', '.join(self.sees())}")


@dataclass
class Step:
    """One picture of the tour."""

    file: str
    screen: str
    title: str
    orientation: str
    size: int
    contrast: str
    milliseconds: float
    urls: list[str] = field(default_factory=list)


def urls_in(picture: QImage) -> list[str]:
    """Every QR code that an independent reader finds in a picture."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = memoryview(grey.constBits()).cast("B")
    lines = [bytes(rows[y * grey.bytesPerLine() :][: grey.width()]) for y in range(grey.height())]
    pixels = memoryview(b"".join(lines)).cast("B", (grey.height(), grey.width()))
    return sorted(found.text for found in zxingcpp.read_barcodes(pixels))


class Tour:
    """The main journey and every other screen, in every orientation and look."""

    def __init__(self, data_dir: Path, out: Path) -> None:
        self._data_dir, self._out = data_dir, out
        self.steps: list[Step] = []

    def walk(self) -> None:
        """Go all the ways."""
        shutil.rmtree(self._out, ignore_errors=True)
        self._out.mkdir(parents=True)
        for orientation, panel in PANELS.items():
            clock = SteppedClock()
            kiosk = app.Kiosk(
                self._data_dir, app.Ways(monotonic_s=clock, panel=panel, watch_hub=False)
            )
            try:
                kiosk.start()
                for choices in LOOKS:
                    self._walk_once(Citizen(kiosk, clock), orientation, choices)
            finally:
                kiosk.stop()
                kiosk.window.deleteLater()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._keep_slip()
        self._write()

    def _walk_once(self, citizen: Citizen, orientation: str, choices: Choices) -> None:
        def note(milliseconds: float) -> None:
            self._note(citizen, orientation, choices, milliseconds)

        citizen.kiosk.stage.perform(Choose(choices))
        note(0.0)
        for milliseconds in _main_journey(citizen):
            note(milliseconds)
        for milliseconds in _other_screens(citizen):
            note(milliseconds)
        self._leave(citizen, note)

    def _leave(self, citizen: Citizen, note: Callable[[float], None]) -> None:
        """The screens that come by themselves: still there, and out of order."""
        limits_s = 200.0
        citizen.clock.advance(limits_s)
        citizen.kiosk.stage.tick()
        note(0.0)
        citizen.clock.advance(limits_s)
        citizen.kiosk.stage.tick()
        citizen.kiosk.window.out_of_order()
        note(0.0)
        citizen.kiosk.window.back_in_order()

    def _note(
        self, citizen: Citizen, orientation: str, choices: Choices, milliseconds: float
    ) -> None:
        picture = citizen.picture()
        name = citizen.screen_name.replace(":", "-")
        look = f"{orientation}-{choices.size:d}-{choices.contrast}"
        file = f"{len(self.steps) + 1:03d}-{name}-{look}.png"
        picture.save(str(self._out / file))
        self.steps.append(
            Step(
                file=file,
                screen=citizen.screen_name,
                title=citizen.kiosk.window.screen_shown.accessibleName(),
                orientation=orientation,
                size=int(choices.size),
                contrast=str(choices.contrast),
                milliseconds=round(milliseconds, 1),
                urls=urls_in(picture),
            )
        )

    def _keep_slip(self) -> None:
        slips = sorted(
            (self._data_dir / "slips").glob("*.pdf"), key=lambda one: one.stat().st_mtime
        )
        if not slips:
            raise TourError("no slip was printed")
        shutil.copyfile(slips[-1], self._out / "slip.pdf")

    def _write(self) -> None:
        told = {
            "made": datetime.now().astimezone().isoformat(timespec="seconds"),
            "steps": [asdict(step) for step in self.steps],
        }
        text = json.dumps(told, ensure_ascii=False, indent=1)
        (self._out / "tour.json").write_text(text, "utf-8")


def _main_journey(citizen: Citizen) -> Iterator[float]:
    """Home → group → service → hand-off → slip; every painted screen is a step."""
    stage = citizen.kiosk.stage
    yield citizen.touch("welcome:start")
    yield from _to(citizen, "home:groups")
    yield from _to(citizen, "group:household")
    yield from _to(citizen, "service:id-card-lost")
    yield from _rest(citizen)
    milliseconds = citizen.touch("service:take")
    citizen.settle()
    yield milliseconds
    yield from _rest(citizen)
    milliseconds = citizen.touch("handoff:print")
    citizen.settle()
    if not (stage.session.slip and isinstance(stage.session.slip.outcome, Printed)):
        raise TourError(f"the slip was not printed: {stage.session.slip}")
    yield milliseconds


def _other_screens(citizen: Citizen) -> Iterator[float]:
    """Search, life events, halls, help and display."""
    stage = citizen.kiosk.stage
    yield citizen.touch("bar:home")
    yield citizen.touch("home:search")
    for letter in "SFZ":
        milliseconds = citizen.touch(f"key:{letter}")
        citizen.settle()
        yield milliseconds
    yield citizen.touch("bar:home")
    yield from _to(citizen, "home:events")
    yield from _to(citizen, "event:retiring")
    yield citizen.touch("bar:home")
    yield from _to(citizen, "home:halls")
    yield citizen.touch("bar:help")
    stage.perform(Go(DisplayPage()))
    yield 0.0


def _to(citizen: Citizen, name: str) -> Iterator[float]:
    """Turn pages until it is there, then touch it."""
    while name not in citizen.sees():
        yield citizen.touch("page:following")
    yield citizen.touch(name)


def _rest(citizen: Citizen) -> Iterator[float]:
    """The other pages of this screen, and back to the first."""
    turned = 0
    while citizen.can_touch("page:following"):
        yield citizen.touch("page:following")
        turned += 1
    for _ in range(turned):
        citizen.touch("page:previous")


def main(data_dir: Path, out: Path) -> int:
    """Walk the tour of an enrolled kiosk; 0 where every step was reached.

    Raises:
        TourError, ConfigError, CatalogError: which step could not be taken, and why.
    """
    app.application()
    app.require_font()
    tour = Tour(data_dir, out)
    tour.walk()
    urls = sorted({url for step in tour.steps for url in step.urls})
    sys.stdout.write(f"{len(tour.steps)} pictures, slip.pdf and tour.json in {out}\n")
    sys.stdout.writelines(f"QR: {url}\n" for url in urls)
    return 0
