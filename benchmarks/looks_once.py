"""All looks on every screen of a visit; the figures are those of the screen that takes longest."""

import itertools
import os
import statistics
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from kiosk import binding

binding.unhook_imports()

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.routes import Choose

ROUNDS = 2
STOPS = (  # what is touched to get there; the last screen is what is measured
    ("welcome:start", "bulletin:read"),
    ("home:groups",),
    ("group:household",),
    ("service:id-card-lost",),
    ("service:take",),
    ("bar:home", "home:search", "key:S"),
)
LOOKS = [
    Choices(language=language, size=size, contrast=contrast, steady=steady, low_reach=low)
    for size, contrast, language, steady, low in itertools.product(
        TextSize, (Contrast.STANDARD, Contrast.DARK), Language, (False, True), (False, True)
    )
]


def main() -> None:
    app.application()
    clock = SteppedClock()
    kiosk = app.Kiosk(
        Path(sys.argv[1]), app.Ways(monotonic_s=clock, panel=PANELS["portrait"], watch_hub=False)
    )
    kiosk.start()
    citizen = Citizen(kiosk, clock)
    spent_ms: dict[str, list[float]] = {}  # of each screen
    for stop in STOPS:
        for name in stop:
            citizen.touch(name)
        citizen.settle()
        spent_ms[citizen.screen_name] = _all_looks(kiosk)
        kiosk.stage.perform(Choose(Choices()))
    worst = max(spent_ms.values(), key=statistics.median)
    worst.sort()
    print(f"look_change_p50 {statistics.median(worst):.1f} ms")
    print(f"look_change_p99 {worst[int(len(worst) * 0.99)]:.1f} ms")
    print(f"look_change_max {worst[-1]:.1f} ms")
    kiosk.stop()


def _all_looks(kiosk: app.Kiosk) -> list[float]:
    """Milliseconds of each change, every time to a look that differs in all it can."""
    spent_ms = []
    for choices in (*LOOKS[::7], *LOOKS[::5], *LOOKS[::3]) * ROUNDS:
        started = time.perf_counter()
        kiosk.stage.perform(Choose(choices))
        kiosk.window.repaint()
        spent_ms.append((time.perf_counter() - started) * 1000)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return spent_ms


if __name__ == "__main__":
    main()
