"""Slips one after another at a kiosk whose printer is a socket: when does it get the first bytes?

The whole kiosk runs as in a hall: the window (offscreen), its threads, the journal on disk, the
ports. The printer is a process of its own, and both read the same monotonic clock. Where other
programs want the cores too, two more figures hold: the processor's time that the kiosk spent until
then (`own`, of all its threads), and how often the time from a tap to the next picture fits in.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from kiosk import binding

binding.unhook_imports()

from kiosk import app
from kiosk.citizen import PANELS, Citizen, SteppedClock
from kiosk.printing.ports import TcpPort

ROUNDS = 100
WAY = ("home:groups", "group:household", "service:id-card-lost", "service:take")
SETTINGS = """profile = "27in-portrait"

[voice]
kind = "none"

[printer]
kind = "tcp"
host = "127.0.0.1"
port = {port}
"""


def report(name: str, spent_ms: list[float]) -> None:
    spent_ms.sort()
    print(f"{name}_p50 {statistics.median(spent_ms):.1f} ms")
    print(f"{name}_p99 {spent_ms[int(len(spent_ms) * 0.99)]:.1f} ms")
    print(f"{name}_max {spent_ms[-1]:.1f} ms")


class Stopwatch:
    """What was spent from a touch to the next byte that is written to the printer."""

    def __init__(self) -> None:
        self.touched_s: list[float] = []
        self.own_ms: list[float] = []
        self.painted_ms: list[float] = []
        self._began_s: float | None = None

    def touched(self) -> None:
        self.touched_s.append(time.monotonic())
        self._began_s = time.process_time()

    def wrote(self) -> None:
        if self._began_s is not None:
            self.own_ms.append(1000 * (time.process_time() - self._began_s))
            self._began_s = None

    def watch(self) -> None:
        """Look at every write; it is done as ever."""
        write = TcpPort.write

        def watched(port: TcpPort, data: bytes, timeout_s: float) -> int:
            self.wrote()
            return write(port, data, timeout_s)

        TcpPort.write = watched  # type: ignore[method-assign]


def main() -> None:
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    sink = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.print_sink_once"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sink.stdin is not None
    assert sink.stdout is not None
    watch = Stopwatch()
    watch.watch()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "kiosk"
        shutil.copytree(sys.argv[1], data)
        (data / "kiosk.toml").write_text(SETTINGS.format(port=int(sink.stdout.readline())), "utf-8")
        print_slips(data, rounds, watch)
    sink.stdin.close()
    came_s = [tuple(map(float, line.split())) for line in sink.stdout]
    sink.wait(10)
    pairs = list(zip(watch.touched_s, came_s, strict=True))
    at, came = pairs.pop(0)  # the first one loads what it needs
    print(f"touch_to_printer_first_slip_of_a_day {1000 * (came[0] - at):.1f} ms")
    first_ms = [1000 * (came[0] - at) for at, came in pairs]
    report("touch_to_printer_first_byte", first_ms)
    report("touch_to_printer_first_byte_own", watch.own_ms[1:])
    report("touch_to_printer_first_raster", [1000 * (came[1] - at) for at, came in pairs])
    painted = statistics.median(watch.painted_ms)
    print(f"touch_to_printer_per_tap_to_painted {statistics.median(first_ms) / painted:.2f} times")


def print_slips(data: Path, rounds: int, watch: Stopwatch) -> None:
    """One visit a slip."""
    app.application()
    clock = SteppedClock()
    kiosk = app.Kiosk(data, app.Ways(monotonic_s=clock, panel=PANELS["portrait"], watch_hub=False))
    kiosk.start()
    citizen = Citizen(kiosk, clock)
    for _ in range(rounds + 1):
        citizen.begin()
        watch.painted_ms += [citizen.touch(name) for name in WAY]
        citizen.settle()
        watch.touched()
        citizen.touch("handoff:print")
        citizen.settle()
        citizen.touch("handoff:finish")
    kiosk.stop()


if __name__ == "__main__":
    main()
