"""Walks the main journey by touch, and leaves pictures of every screen.

Knows the way through the screens. Does not know how anything is made, or how a screen is touched
(`kiosk.citizen`).
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import zxingcpp
from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock, StuckError
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.printing import Printed
from kiosk.core.routes import Choose

LOOKS = (
    *(
        Choices(size=size, contrast=contrast)
        for size in (TextSize.STANDARD, TextSize.LARGEST)
        for contrast in (Contrast.STANDARD, Contrast.DARK)
    ),
    Choices(language=Language.UYGHUR),
    Choices(steady=True, low_reach=True),
)


@dataclass
class Step:
    """One picture of the tour."""

    file: str
    screen: str
    title: str
    orientation: str
    size: int
    contrast: str
    language: str
    steady: bool
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
        hand = "-steady" if choices.steady else ""
        look = f"{orientation}-{choices.size:d}-{choices.contrast}-{choices.language}{hand}"
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
                language=str(choices.language),
                steady=choices.steady,
                milliseconds=round(milliseconds, 1),
                urls=urls_in(picture),
            )
        )

    def _keep_slip(self) -> None:
        slips = sorted(
            (self._data_dir / "slips").glob("*.pdf"), key=lambda one: one.stat().st_mtime
        )
        if not slips:
            raise StuckError("no slip was printed")
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
        raise StuckError(f"the slip was not printed: {stage.session.slip}")
    yield milliseconds


def _other_screens(citizen: Citizen) -> Iterator[float]:
    """Search, life events, halls, help, and everything that can be chosen."""
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
    yield citizen.touch("bar:display")
    yield from _to(citizen, "keys:practice")
    yield citizen.touch("bar:back")
    yield from _to(citizen, "keys:switches")


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
        StuckError, ConfigError, CatalogError: which step could not be taken, and why.
    """
    app.application()
    app.require_font()
    tour = Tour(data_dir, out)
    tour.walk()
    urls = sorted({url for step in tour.steps for url in step.urls})
    sys.stdout.write(f"{len(tour.steps)} pictures, slip.pdf and tour.json in {out}\n")
    sys.stdout.writelines(f"QR: {url}\n" for url in urls)
    return 0
