"""Tap to the painted next screen, and memory after it all, in a process with nothing else in it."""

import subprocess
import sys

from benchmarks.installed import compile_sources
from scripts.demo import KIOSK, prepare


def main() -> None:
    prepare()
    compile_sources()
    subprocess.run([sys.executable, "-m", "benchmarks.taps_once", str(KIOSK)], check=True)


if __name__ == "__main__":
    main()
