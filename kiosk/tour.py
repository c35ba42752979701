"""Walks the journeys by touch, and leaves pictures of every screen.

Knows the way through the screens. Does not know how anything is made, or how a screen is touched
(`kiosk.citizen`).
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import zxingcpp
from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.citizen import MUST_READ, PANELS, Citizen, SteppedClock, StuckError, await_warm
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.printing import Printed
from kiosk.core.routes import Choose, Go, ShowBadge, SignInPage, SignOut
from kiosk.core.staff import ByBadge, SignedIn
from kiosk.ui.look import Panel

LOOKS: tuple[Choices, ...] = (
    *(
        Choices(size=size, contrast=contrast)
        for size in (TextSize.STANDARD, TextSize.LARGEST)
        for contrast in (Contrast.STANDARD, Contrast.DARK)
    ),
    Choices(language=Language.UYGHUR),
    Choices(steady=True, low_reach=True),
)
"""In which the main journey is walked."""

ERRAND_LOOKS: tuple[Choices, ...] = (
    Choices(),
    Choices(size=TextSize.LARGEST, contrast=Contrast.DARK),
    Choices(language=Language.ENGLISH),
    Choices(language=Language.UYGHUR),
)
"""In which all the other journeys are."""

Journey: TypeAlias = Callable[[Citizen], Iterator[float]]
"""Touches its way through; at each screen the milliseconds until it was painted."""


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
    """Every journey and every other screen, in every orientation and in several looks."""

    def __init__(
        self,
        data_dir: Path,
        out: Path,
        looks: tuple[Choices, ...] = LOOKS,
        errand_looks: tuple[Choices, ...] = ERRAND_LOOKS,
        panels: Mapping[str, Panel] = PANELS,
    ) -> None:
        self._data_dir, self._out = data_dir, out
        self._looks, self._errand_looks, self._panels = looks, errand_looks, panels
        self.steps: list[Step] = []

    def walk(self) -> None:
        """Go all the ways."""
        shutil.rmtree(self._out, ignore_errors=True)
        self._out.mkdir(parents=True)
        for orientation, panel in self._panels.items():
            clock = SteppedClock()
            kiosk = app.Kiosk(
                self._data_dir, app.Ways(monotonic_s=clock, panel=panel, watch_hub=False)
            )
            try:
                kiosk.start()
                await_warm(kiosk)
                for choices in self._errand_looks:
                    self._walk_once(Citizen(kiosk, clock), orientation, choices, (_errands,))
                for choices in self._looks:
                    ways = _main_journey, _other_screens
                    self._walk_once(Citizen(kiosk, clock), orientation, choices, ways)
            finally:
                kiosk.stop()
                kiosk.window.deleteLater()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._keep_slip()
        self._write()

    def _walk_once(
        self, citizen: Citizen, orientation: str, choices: Choices, ways: tuple[Journey, ...]
    ) -> None:
        def note(milliseconds: float) -> None:
            self._note(citizen, orientation, choices, milliseconds)

        citizen.kiosk.stage.perform(Choose(choices))
        note(0.0)
        for way in ways:
            for milliseconds in way(citizen):
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
    while citizen.can_touch("bulletin:read"):
        yield citizen.touch("bulletin:read")
    yield from _to(citizen, "home:groups")
    yield from _to(citizen, "group:household")
    yield from _to(citizen, "service:id-card-lost")
    yield from _rest(citizen)
    yield from _to(citizen, "service:take")
    yield from _rest(citizen)
    milliseconds = citizen.touch("handoff:print")
    citizen.settle()
    slip = stage.session.taking.slip
    if not (slip and isinstance(slip.outcome, Printed)):
        raise StuckError(f"the slip was not printed: {slip}")
    yield milliseconds


def _other_screens(citizen: Citizen) -> Iterator[float]:
    """Search, halls, help, and everything that can be chosen."""
    yield citizen.touch("bar:home")
    yield citizen.touch("home:search")
    for letter in "SFZ":
        yield from _to(citizen, f"key:{letter}")
    yield citizen.touch("bar:home")
    yield from _to(citizen, "home:halls")
    yield citizen.touch("bar:help")
    yield from _to(citizen, "help:staff")
    yield citizen.touch("bar:display")
    yield from _to(citizen, "keys:practice")
    yield citizen.touch("bar:back")
    yield from _to(citizen, "keys:switches")


# the errands ------------------------------------------------------------------------------------


def _errands(citizen: Citizen) -> Iterator[float]:
    """One visit in which everything is done that can be done here besides finding a service."""
    yield from _begin(citizen)
    for errand in (_situation, _papers, _where, _popular, _bulletins, _for_another):
        yield from errand(citizen)
        yield citizen.touch("bar:home")
    yield from _staff(citizen)


def _staff(citizen: Citizen) -> Iterator[float]:
    """What staff see; nobody's PIN is needed where nothing is ordered."""
    stage, badge = citizen.kiosk.stage, ByBadge("tour")
    stage.perform(Go(SignInPage()))
    with QSignalBlocker(stage):  # nobody is asked: a badge that nobody has counts as a try
        stage.perform(ShowBadge(badge.badge))
        stage.judged(badge, SignedIn("演示"))
    stage.changed.emit()
    yield 0.0
    for name in ("find", "printer", "today", "bulletin", "sync", "missed", "trail"):
        yield citizen.touch(f"staff:{name}")
        citizen.settle()
        yield 0.0
        if name == "today":
            yield citizen.touch(_first(citizen, "counter:"))
        yield citizen.touch("bar:home")
    stage.perform(SignOut())


def _first(citizen: Citizen, kind: str) -> str:
    return next(name for name in citizen.sees() if name.startswith(kind))


def _situation(citizen: Citizen) -> Iterator[float]:
    """What happened → questions → plan → the list → its codes."""
    yield from _through(citizen, "home:events", "event:bereavement", "event:begin")
    while citizen.screen_name.startswith("event-question:"):
        yield from _to(citizen, "option:0")
    yield from _rest(citizen)
    yield from _to(citizen, "plan:on")
    yield citizen.touch("bar:home")
    yield from _to(citizen, "home:list")
    yield from _rest(citizen)
    yield from _to(citizen, "list:take")
    yield from _resume(citizen)


def _resume(citizen: Citizen) -> Iterator[float]:
    """The code of the list is held before the reader, as if it came back next week."""
    handoff = citizen.kiosk.stage.session.taking.handoff
    if handoff is None:
        raise StuckError("the list has no code")
    citizen.scan(handoff.paper.url)
    yield 0.0


def _papers(citizen: Citizen) -> Iterator[float]:
    yield from _through(citizen, "home:papers", "paper:id-card", "paper:household-book")
    yield from _through(citizen, "papers:doable", "doable:1", "doable:2")


def _where(citizen: Citizen) -> Iterator[float]:
    yield from _through(citizen, "home:groups", "group:household", "service:id-card-lost")
    yield from _through(citizen, "situation:ask", "option:skip", "service:where")
    yield from _rest(citizen)


def _popular(citizen: Citizen) -> Iterator[float]:
    yield from _to(citizen, "home:popular")


def _bulletins(citizen: Citizen) -> Iterator[float]:
    """What holds now, and a service that cannot be done because of it."""
    yield from _through(citizen, "banner:bulletin", "bulletin:all")
    yield citizen.touch("bar:home")
    yield from _through(citizen, "home:groups", "group:housing", "service:maintenance-fund")


def _for_another(citizen: Citizen) -> Iterator[float]:
    """For whom, why, what the answer is, and a slip for each of two people."""
    yield from _through(citizen, "home:groups", "group:driving", "service:driving-licence-renew")
    yield from _through(citizen, "proxy:ask", "whom:parent", "why:frail")
    yield from _rest(citizen)
    yield from _through(citizen, "proxy:take", "handoff:print-pair")


# steps ------------------------------------------------------------------------------------------


def _begin(citizen: Citizen) -> Iterator[float]:
    """From the welcome to the home screen, past what everybody must read."""
    yield citizen.touch("welcome:start")
    while citizen.can_touch(MUST_READ):
        yield citizen.touch(MUST_READ)


def _through(citizen: Citizen, *names: str) -> Iterator[float]:
    for name in names:
        yield from _to(citizen, name)


def _to(citizen: Citizen, name: str) -> Iterator[float]:
    """Turn pages until it is there, then touch it, and wait until the screen waits for nothing."""
    while name not in citizen.sees():
        yield citizen.touch("page:following")
    milliseconds = citizen.touch(name)
    citizen.settle()
    yield milliseconds


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
