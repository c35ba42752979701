"""CPU of an idle kiosk over a minute: window, timers and sync worker, as in a hall at night."""

import os
import subprocess
import sys
import time
from pathlib import Path

from scripts.demo import KIOSK, prepare, serving

WARM_UP_S = 15
OVER_S = 60
TICKS = os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in tree(int(child)))]


def cpu_s(pids: list[int]) -> float:
    """Seconds that processes have used so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS


def wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    """Let a process run; it must not end meanwhile."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return
    raise SystemExit("the kiosk ended early")


def main() -> None:
    prepare()
    with serving():
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "run", "--data", str(KIOSK)],
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        try:
            wait(process, WARM_UP_S)
            pids = tree(process.pid)
            before, started = cpu_s(pids), time.monotonic()
            wait(process, OVER_S)
            spent = cpu_s(pids) - before
            print(f"idle_cpu {spent / (time.monotonic() - started) * 100:.2f} %")
            print(f"idle_processes {len(pids)} processes")
        finally:
            process.terminate()
            process.wait(10)


if __name__ == "__main__":
    main()
