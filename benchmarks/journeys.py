"""How many taps it takes from the home screen to a printed slip, for what most people come for.

Every tap is one on the real screens at their usual size, page turns included; the two ways are told
apart. Browsing takes the shortest of: the home screen itself, what everybody does, a life event, a
group. Searching types initials letter by letter until the service stands on the screen.
"""

from __future__ import annotations

import os
import statistics
import sys
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pypinyin import Style, lazy_pinyin

from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock, StuckError
from kiosk.core.catalog import Catalog, Service
from kiosk.core.printing import Printed
from kiosk.core.routes import Finish
from scripts.demo import KIOSK, prepare

SERVICES = 20


class Counted:
    """Somebody who counts their own taps."""

    def __init__(self, citizen: Citizen) -> None:
        self._citizen, self.taps = citizen, 0

    def begin(self) -> None:
        """Come to the home screen, as somebody else than before; these taps are not counted."""
        stage = self._citizen.kiosk.stage
        stage.perform(Finish())
        self._citizen.touch("welcome:start")
        while self._citizen.can_touch("bulletin:read"):
            self._citizen.touch("bulletin:read")
        self.taps = 0

    def choose(self, name: str) -> None:
        """Touch a thing, on whatever page of the screen it stands."""
        self._citizen.settle()
        while name not in self._citizen.sees():
            if not self._citizen.can_touch("page:following"):
                raise StuckError(name)
            self.touch("page:following")
        self.touch(name)

    def touch(self, name: str) -> None:
        """One tap."""
        self._citizen.touch(name)
        self._citizen.settle()
        self.taps += 1

    def sees(self, name: str) -> bool:
        """Whether a thing can be touched now."""
        self._citizen.settle()
        return self._citizen.can_touch(name)

    def take_slip(self) -> None:
        """From the service to the printed slip."""
        self.choose("service:take")
        self.choose("handoff:print")
        slip = self._citizen.kiosk.stage.session.taking.slip
        if slip is None or not isinstance(slip.outcome, Printed):
            raise StuckError("no slip came out")


def browsed(counted: Counted, catalog: Catalog, service: Service) -> float:
    """The fewest taps without typing."""
    tile = f"service:{service.id}"
    ways: list[tuple[str, ...]] = [
        (tile,),
        ("home:popular", tile),
        ("home:groups", f"group:{service.group}", tile),
    ]
    for event in catalog.events():
        if service.id in (step.service for step in event.steps):
            ways.append(("home:events", f"event:{event.id}", tile))
    return min(_taps(counted, way) for way in ways)


def _taps(counted: Counted, way: tuple[str, ...]) -> float:
    counted.begin()
    try:
        for name in way:
            counted.choose(name)
        counted.take_slip()
    except StuckError:
        return float("inf")  # not every service stands on every list
    return counted.taps


def searched(counted: Counted, _catalog: Catalog, service: Service) -> float:
    """Taps by typing initials until the service is seen."""
    counted.begin()
    counted.choose("home:search")
    for initial in lazy_pinyin(service.plain_name.zh, Style.FIRST_LETTER):
        counted.touch(f"key:{initial.upper()}")
        if counted.sees(f"service:{service.id}"):
            break
    counted.choose(f"service:{service.id}")
    counted.take_slip()
    return counted.taps


def main() -> None:
    prepare()
    app.application()
    clock = SteppedClock()
    for orientation, panel in PANELS.items():
        kiosk = app.Kiosk(Path(KIOSK), app.Ways(monotonic_s=clock, panel=panel, watch_hub=False))
        kiosk.start()
        try:
            _tell(orientation, kiosk, Counted(Citizen(kiosk, clock)))
        finally:
            kiosk.stop()


def _tell(orientation: str, kiosk: app.Kiosk, counted: Counted) -> None:
    catalog = kiosk.stage.catalog
    assert catalog is not None
    ways: dict[str, Callable[[Counted, Catalog, Service], float]] = {
        "browsing": browsed,
        "searching": searched,
    }
    for name, way in ways.items():
        taps = [way(counted, catalog, service) for service in catalog.most_used(SERVICES)]
        print(f"taps_{name}_{orientation}_median {statistics.median(taps):g} taps")
        print(f"taps_{name}_{orientation}_max {max(taps):g} taps")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
