"""From a finger on “印小票” to the printer's first bytes, and to the first dots of the slip."""

import subprocess
import sys

from scripts.demo import KIOSK, prepare


def main() -> None:
    prepare()
    command = [sys.executable, "-m", "benchmarks.print_latency_once", str(KIOSK), *sys.argv[1:]]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
