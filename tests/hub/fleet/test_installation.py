from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, select

from db import engine as engines
from db import fleet, token
from db.token import Algorithm, Place
from hub.config import HubConfig
from hub.fleet import installation, master_key, register
from hub.fleet.errors import FleetError
from hub.fleet.installation import Installation, Order
from hub.publish.repository import Repository
from tests.hub.publish import building as publishing

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
BASE = "https://zwfw.sz.gov.cn"


class Office:
    """A data folder with a published catalog, and an administrator at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = HubConfig(folder / "data")
        self.repository: Repository = publishing.make_published(self.config.data)
        self.engine: Engine = engines.durable(self.config.database)
        fleet.metadata.create_all(self.engine)

    def enrol(
        self, name: str = "kit", hall: str = "hall", kiosk: int = 7, base: str = BASE
    ) -> Installation:
        order = Order(hall, kiosk, base, self.folder / name)
        return installation.enrol(order, self.repository, self.engine, self.config.handoff_key, NOW)

    def enrolled(self) -> list[int]:
        with self.engine.connect() as connection:
            return list(connection.scalars(select(fleet.kiosk.c.place)))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.engine.dispose()


def test_a_kit_says_who_the_kiosk_is_and_holds_its_key(office: Office) -> None:
    done = office.enrol()
    file = done.folder / "enrol.json"
    identity = msgspec.json.decode(file.read_bytes())
    key = bytes.fromhex(identity.pop("key"))
    assert identity == {
        "repository": f"{BASE}/",
        "handoff_prefix": f"{BASE}/k/",
        "collection": "990100",
        "hall": "hall",
        "place": {"region": 990100, "hall": 1, "kiosk": 7},
        "epoch": 0,
    }
    master = master_key.read(office.config.handoff_key)
    assert master is not None
    assert key == token.derive_key(master, done.place, 0, Algorithm.SHA256)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert done.warnings == ()


def test_a_kit_brings_the_root_of_trust_and_the_catalog(office: Office) -> None:
    folder = office.enrol().folder
    assert (folder / "root.json").read_bytes() == office.repository.first_root
    published = office.repository.tree().all_targets()
    carried = {path.name for path in (folder / "repository" / "targets").rglob("*.*")}
    assert len(carried) == len(published)
    assert (folder / "repository" / "metadata" / "timestamp.json").is_file()
    assert sorted(path.name for path in office.folder.iterdir()) == ["data", "kit"]


def test_enrolling_again_gives_the_next_key(office: Office) -> None:
    kits = [office.enrol("one"), office.enrol("two")]
    keys = {msgspec.json.decode((kit.folder / "enrol.json").read_bytes())["key"] for kit in kits}
    assert [kit.epoch for kit in kits] == [0, 1]
    assert len(keys) == 2


def test_the_register_knows_the_kiosk(office: Office) -> None:
    place = office.enrol().place
    assert place == Place(990100, 1, 7)
    with office.engine.connect() as connection:
        found = register.find(connection, place)
    assert found is not None
    assert found.name == "云川 7"


def test_a_kit_that_is_there_is_never_overwritten(office: Office) -> None:
    before = office.enrol().folder / "enrol.json"
    content = before.read_bytes()
    with pytest.raises(FleetError, match="there already"):
        office.enrol()
    assert before.read_bytes() == content


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hall": "nowhere"}, "no such hall; it has: hall"),
        ({"kiosk": 0}, "1 to 255"),
        ({"kiosk": 256}, "1 to 255"),
        ({"base": "zwfw.sz.gov.cn"}, "write https://<host>"),
        ({"base": "ftp://zwfw.sz.gov.cn"}, "write https://<host>"),
        ({"base": "https://zwfw.sz.gov.cn/?a=1"}, "write https://<host>"),
        ({"base": "https://[::1"}, "write https://<host>"),
        ({"base": "https://host:port"}, "write https://<host>"),
        ({"base": "https://ZWFW.sz.gov.cn"}, "lower case"),
        ({"base": "https://me@zwfw.sz.gov.cn"}, "without a name"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_left(
    office: Office, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(FleetError, match=message):
        office.enrol(**changes)  # type: ignore[arg-type]
    assert office.enrolled() == []
    assert [path.name for path in office.folder.iterdir()] == ["data"]


def test_a_kit_that_cannot_be_written_registers_nobody(office: Office) -> None:
    (office.folder / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        office.enrol("file/kit")
    assert office.enrolled() == []


def test_before_the_first_publish_nobody_is_enrolled(tmp_path: Path) -> None:
    config = HubConfig(tmp_path / "data")
    repository = publishing.make_repository(config.data)
    engine = engines.durable(config.database)
    order = Order("hall", 1, BASE, tmp_path / "kit")
    with pytest.raises(FleetError, match="hub publish"):
        installation.enrol(order, repository, engine, config.handoff_key, NOW)
    engine.dispose()


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("https://zwfw.sz.gov.cn", []),
        ("https://zwfw.sz.gov.cn/", []),
        ("http://127.0.0.1:8750", []),
        ("http://[::1]:8750", []),
        ("http://192.0.2.7", ["not https"]),
        ("https://services.yunchuan.gov.cn", ["harder to scan"]),
    ],
)
def test_an_address_is_thought_about_once(base: str, words: list[str]) -> None:
    made, warnings = installation.check_base_url(base)
    assert made == base.rstrip("/")
    assert len(warnings) == len(words)
    assert all(word in warning for word, warning in zip(words, warnings, strict=True))


def test_a_key_epoch_of_the_kit_seals_codes_that_the_hub_can_check(office: Office) -> None:
    done = office.enrol()
    identity = msgspec.json.decode((done.folder / "enrol.json").read_bytes())
    handoff = token.Handoff(
        done.place, 13001, 1, NOW - timedelta(minutes=1), b"abcd", epoch=done.epoch
    )
    sealed = token.seal(handoff, bytes.fromhex(identity["key"]))
    master = master_key.read(office.config.handoff_key)
    assert master is not None
    assert token.is_genuine(sealed, token.derive_key(master, done.place, 0, Algorithm.SHA256))
