from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hub.fleet import master_key
from hub.fleet.errors import FleetError


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.key"
    assert master_key.read(file) is None
    key = master_key.read_or_make(file)
    assert len(key) == 32
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert master_key.read_or_make(file) == master_key.read(file) == key
    assert list(file.parent.iterdir()) == [file]


def test_commands_that_start_together_agree_on_one_key(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "master.key"
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: master_key.read_or_make(file), range(8)))
    assert keys == {file.read_bytes()}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660])
def test_a_key_that_others_may_read_is_refused_with_the_way_out(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "master.key"
    master_key.read_or_make(file)
    file.chmod(mode)
    with pytest.raises(FleetError, match="chmod 600"):
        master_key.read(file)


def test_a_damaged_key_is_never_replaced(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_bytes(b"short")
    file.chmod(0o600)
    with pytest.raises(FleetError, match=r"5 bytes, not 32.*backup"):
        master_key.read_or_make(file)
    assert file.read_bytes() == b"short"


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="directory"):
        master_key.read(tmp_path)
