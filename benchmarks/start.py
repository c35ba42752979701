"""Cold start to the painted home screen, beside an empty window in the same run."""

import statistics
import subprocess
import sys
import time

from scripts.demo import KIOSK, prepare

ROUNDS = 25


def spent_s(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", *command], check=True)
    return time.perf_counter() - started


def main() -> None:
    prepare()
    empty, kiosk = [], []
    for _ in range(ROUNDS):  # interleaved: the machine's noise meets both
        empty.append(spent_s("benchmarks.start_empty_once"))
        kiosk.append(spent_s("benchmarks.start_kiosk_once", str(KIOSK)))
    ratios = [one / other for one, other in zip(kiosk, empty, strict=True)]
    print(f"start_empty_window {statistics.median(empty) * 1000:.0f} ms")
    print(f"start_home_painted {statistics.median(kiosk) * 1000:.0f} ms")
    print(f"start_ratio {statistics.median(ratios):.2f} x")


if __name__ == "__main__":
    main()
