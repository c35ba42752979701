"""Memory is counted as it is, whoever else has the same files open."""

from __future__ import annotations

import mmap
from pathlib import Path

import pytest

from benchmarks.memory import alone_mb, pss_mb

FILE_MB = 8


def test_alone_a_process_takes_no_less_than_its_share() -> None:
    share = pss_mb()
    assert share <= alone_mb() + 1


@pytest.mark.parametrize("times", [1, 3])
def test_a_file_counts_once_however_often_it_is_mapped(tmp_path: Path, times: int) -> None:
    file = tmp_path / "font"
    file.write_bytes(b"x" * FILE_MB * 2**20)
    before = alone_mb()
    with file.open("rb") as opened:
        maps = [mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) for _ in range(times)]
    for one in maps:
        assert one.find(b"y") == -1  # every page is looked at
    taken = alone_mb() - before
    for one in maps:
        one.close()
    assert FILE_MB - 1 < taken < FILE_MB + 2


def test_what_is_not_of_a_file_counts_whole() -> None:
    before = alone_mb()
    kept = bytearray(b"x" * FILE_MB * 2**20)
    assert alone_mb() - before > FILE_MB - 2
    del kept
