"""Who this kiosk is, and how it learns it."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from kiosk.core.errors import ConfigError
from kiosk.store import enrolment
from kiosk.store.enrolment import PlaceNumbers

CONTENT = {
    "repository": "https://hub.example.cn/repository/",
    "handoff_prefix": "https://zwfw.example.cn/k/",
    "collection": "990100",
    "hall": "city-hall",
    "place": {"region": 990100, "hall": 1, "kiosk": 7},
    "epoch": 1,
    "key": "00" * 32,
}


def make_kit(folder: Path, content: object = CONTENT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "enrol.json").write_text(json.dumps(content), "utf-8")
    (folder / "root.json").write_bytes(b"{the root of trust}")
    return folder


def test_an_installed_kit_is_read_back(tmp_path: Path) -> None:
    who = enrolment.install(make_kit(tmp_path / "kit"), tmp_path / "data")
    assert who == enrolment.read(tmp_path / "data")
    assert who.place == PlaceNumbers(990100, 1, 7)
    assert who.key_bytes == bytes(32)
    assert enrolment.root_of_trust(tmp_path / "data") == b"{the root of trust}"


def test_only_the_kiosk_itself_may_read_its_key(tmp_path: Path) -> None:
    kit = make_kit(tmp_path / "kit")
    (kit / "enrol.json").chmod(0o644)
    enrolment.install(kit, tmp_path / "data")
    for name in (enrolment.FILE, enrolment.ROOT_FILE):
        assert stat.S_IMODE((tmp_path / "data" / name).stat().st_mode) == 0o600


def test_enrolling_again_replaces_the_identity(tmp_path: Path) -> None:
    enrolment.install(make_kit(tmp_path / "kit"), tmp_path / "data")
    other = make_kit(tmp_path / "other", {**CONTENT, "hall": "donghu-hall"})
    assert enrolment.install(other, tmp_path / "data").hall == "donghu-hall"


def test_a_kiosk_that_is_not_enrolled_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="kiosk enrol"):
        enrolment.read(tmp_path)
    with pytest.raises(ConfigError, match="enrol again"):
        enrolment.root_of_trust(tmp_path)


@pytest.mark.parametrize("missing", ["enrol.json", "root.json"])
def test_an_incomplete_kit_is_refused(tmp_path: Path, missing: str) -> None:
    kit = make_kit(tmp_path / "kit")
    (kit / missing).unlink()
    with pytest.raises(ConfigError):
        enrolment.install(kit, tmp_path / "data")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"repository": "\xff"}',
        json.dumps({**CONTENT, "epoch": "one"}).encode(),
        json.dumps({**CONTENT, "place": {"region": 1}}).encode(),
        json.dumps({**CONTENT, "place": {**CONTENT["place"], "city": 1}}).encode(),
        json.dumps({name: value for name, value in CONTENT.items() if name != "key"}).encode(),
    ],
)
def test_a_damaged_enrolment_is_a_configuration_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / enrolment.FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"enrol\.json"):
        enrolment.read(tmp_path)


def test_a_data_folder_that_cannot_be_written_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way")
    with pytest.raises(ConfigError, match="cannot be installed"):
        enrolment.install(make_kit(tmp_path / "kit"), tmp_path / "data")
