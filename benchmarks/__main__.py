"""Runs every benchmark, one process each, so that none warms another's caches."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

for script in sorted(HERE.glob("[a-z]*.py")):
    # a module without the guard only helps others; `_once` is run by another, with arguments
    if "_once" not in script.stem and 'if __name__ == "__main__"' in script.read_text("utf-8"):
        subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], check=True)
