"""Another look, from the choice to the painted screen, in a process with nothing else in it."""

import subprocess
import sys

from scripts.demo import KIOSK, prepare


def main() -> None:
    prepare()
    subprocess.run([sys.executable, "-m", "benchmarks.looks_once", str(KIOSK)], check=True)


if __name__ == "__main__":
    main()
