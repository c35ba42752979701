"""Runs every benchmark, one process each, so that none warms another's caches."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

for script in sorted(HERE.glob("[a-z]*.py")):
    if "_once" not in script.stem:
        subprocess.run([sys.executable, "-m", f"benchmarks.{script.stem}"], check=True)
