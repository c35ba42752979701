"""Writing a file in one step."""

from __future__ import annotations

import pytest

from hub.publish import disk
from tests.hub.publish.building import files_of


def test_a_file_gets_its_content_its_time_and_is_readable_by_a_web_server(tmp_path):
    path = tmp_path / "a" / "b.json"
    disk.write_durably(path, b"one", 1_700_000_000)
    disk.write_durably(path, b"two", 1_700_000_001)
    assert path.read_bytes() == b"two"
    assert path.stat().st_mtime == 1_700_000_001
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path):
    path = tmp_path / "taken"
    path.mkdir()
    with pytest.raises(OSError, match="taken"):
        disk.write_durably(path, b"new")
    assert files_of(tmp_path) == {}


def test_a_secret_is_never_written_over(tmp_path):
    path = tmp_path / "keys" / "one.pem"
    disk.write_secret(path, b"first")
    with pytest.raises(FileExistsError):
        disk.write_secret(path, b"second")
    assert path.read_bytes() == b"first"


def test_the_lock_is_free_again_after_the_block(tmp_path):
    for _ in range(2):
        with disk.locked(tmp_path / "lock"):
            pass
