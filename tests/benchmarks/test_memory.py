"""Memory is counted as it is, whoever else has the same files open.

Each is measured in a process of its own: what a worker of the tests did before would hide it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE_MB = 8
_SETTLED = "from benchmarks.memory import alone_mb, pss_mb; alone_mb(); before = alone_mb(); "


def measured(code: str, *arguments: str) -> float:
    """What a new process prints at the end."""
    command = [sys.executable, "-c", f"import sys; {_SETTLED}{code}", *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    return float(run.stdout)


def test_alone_a_process_takes_no_less_than_its_share() -> None:
    assert measured("print(alone_mb() - pss_mb())") > -1


@pytest.mark.parametrize("times", [1, 3])
def test_a_file_counts_once_however_often_it_is_mapped(tmp_path: Path, times: int) -> None:
    file = tmp_path / "font"
    file.write_bytes(b"x" * FILE_MB * 2**20)
    taken = measured(
        "import mmap; opened = open(sys.argv[1], 'rb'); "
        f"maps = [mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) for _ in range({times})]; "
        "[one.find(b'y') for one in maps]; "  # every page is looked at
        "print(alone_mb() - before)",
        str(file),
    )
    assert FILE_MB - 1 < taken < FILE_MB + 2


def test_what_is_not_of_a_file_counts_whole() -> None:
    taken = measured(f"kept = bytearray(b'x' * {FILE_MB} * 2**20); print(alone_mb() - before)")
    assert FILE_MB - 1 < taken < 2 * FILE_MB + 2
