"""Visits one after another at one kiosk: taps to the painted next screen, and memory."""

import os
import statistics
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from kiosk import binding

binding.unhook_imports()

from benchmarks.memory import alone_mb, pss_mb
from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock

ROUNDS = 40
WAY = (
    "welcome:start",
    "bulletin:read",
    "home:groups",
    "group:household",
    "service:id-card-lost",
    "service:take",
    "bar:back",
    "bar:help",
    "bar:back",
    "bar:size",
    "bar:size",
    "bar:display",
    "look:dark",
    "bar:home",
    "bar:back",
)


def main() -> None:
    app.application()
    clock = SteppedClock()
    kiosk = app.Kiosk(
        Path(sys.argv[1]), app.Ways(monotonic_s=clock, panel=PANELS["portrait"], watch_hub=False)
    )
    kiosk.start()
    citizen = Citizen(kiosk, clock)
    spent_ms = [citizen.touch(name) for _ in range(ROUNDS) for name in WAY]
    slips = [_print_one(citizen) for _ in range(3)]
    spent_ms.sort()
    print(f"tap_to_painted_p50 {statistics.median(spent_ms):.1f} ms")
    print(f"tap_to_painted_p99 {spent_ms[int(len(spent_ms) * 0.99)]:.1f} ms")
    print(f"tap_to_painted_max {spent_ms[-1]:.1f} ms")
    print(f"tap_print_painted_max {max(slips):.1f} ms")
    print(f"pss_after_tour {pss_mb():.1f} MB")
    print(f"alone_after_tour {alone_mb():.1f} MB")
    kiosk.stop()


def _print_one(citizen: Citizen) -> float:
    for name in WAY[:6]:
        citizen.touch(name)
    spent = citizen.touch("handoff:print")
    citizen.settle()
    citizen.touch("handoff:finish")
    return spent


if __name__ == "__main__":
    main()
