"""Cold start to the painted home screen, beside an empty window in the same run.

The clock is what a citizen waits for; where other programs want the cores too, the processor's own
time says more. The sources are compiled first, as they are where the kiosk is installed.
"""

import resource
import statistics
import subprocess
import sys
import time

from benchmarks.installed import compile_sources
from scripts.demo import KIOSK, prepare

ROUNDS = 25
Spent = tuple[float, float]  # seconds on the clock, and of the processor


def processor_s() -> float:
    """What the children have used so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spent(*command: str) -> Spent:
    began_s, used_s = time.perf_counter(), processor_s()
    subprocess.run([sys.executable, "-m", *command], check=True)
    return time.perf_counter() - began_s, processor_s() - used_s


def report(suffix: str, empty_s: list[float], kiosk_s: list[float]) -> None:
    ratios = [one / other for one, other in zip(kiosk_s, empty_s, strict=True)]
    print(f"start_empty_window{suffix} {statistics.median(empty_s) * 1000:.0f} ms")
    print(f"start_home_painted{suffix} {statistics.median(kiosk_s) * 1000:.0f} ms")
    print(f"start_ratio{suffix} {statistics.median(ratios):.2f} x")


def main() -> None:
    prepare()
    compile_sources()
    empty, kiosk = [], []
    for _ in range(ROUNDS):  # interleaved: the machine's noise meets both
        empty.append(spent("benchmarks.start_empty_once"))
        kiosk.append(spent("benchmarks.start_kiosk_once", str(KIOSK)))
    for n, suffix in enumerate(("", "_own")):
        report(suffix, [one[n] for one in empty], [one[n] for one in kiosk])


if __name__ == "__main__":
    main()
