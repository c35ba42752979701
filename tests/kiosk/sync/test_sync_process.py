"""The real worker beside a window: a check when staff ask for one, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from hub.publish import kit, publication
from hub.publish.repository import Repository
from kiosk import worker
from kiosk.core.staff import SyncProgress
from kiosk.sync_process import SyncProcess
from tests.hub.publish.building import COLLECTION, make_service, make_source
from tests.kiosk.sync.serving import Hub

PATIENCE_MS = 30_000


def enrol(data_dir: Path, repository: Repository, url: str) -> None:
    """A kiosk that has its first catalog from a kit, and asks its hub once an hour."""
    folder = data_dir.parent / "stick"
    kit.export(repository, folder / "repository", timedelta(days=30))
    data_dir.mkdir()
    identity = {
        "repository": url,
        "handoff_prefix": "https://zwfw.yunchuan.example/k/",
        "collection": COLLECTION,
        "hall": "hall",
        "place": {"region": 990100, "hall": 1, "kiosk": 1},
        "epoch": 0,
        "key": "00" * 32,
    }
    (data_dir / "enrol.json").write_text(json.dumps(identity), "utf-8")
    (data_dir / "root.json").write_bytes(repository.first_root)
    (data_dir / "kiosk.toml").write_text("[sync]\ninterval_s = 3600\n", "utf-8")
    worker.sync_from_kit(folder, data_dir)


class Beside:
    """A worker that runs, and everything that it said of checks."""

    def __init__(self, data_dir: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.process = SyncProcess(data_dir)
        self.told: list[SyncProgress] = []
        self.process.progressed.connect(self.told.append)

    def check(self) -> None:
        """Ask, and wait until it has ended."""
        self.told.clear()
        self.process.check_now()
        self._qtbot.waitUntil(lambda: not self.process.progress.is_running, timeout=PATIENCE_MS)


@pytest.fixture
def data_dir(tmp_path: Path, repository: Repository, hub: Hub) -> Path:
    enrol(tmp_path / "data", repository, hub.url)
    return tmp_path / "data"


@pytest.fixture
def beside(data_dir: Path, qtbot: QtBot) -> Iterator[Beside]:
    made = Beside(data_dir, qtbot)
    made.process.start()
    yield made
    made.process.stop()


def test_a_check_that_staff_ask_for_brings_what_is_new_within_the_hour(
    beside: Beside, repository: Repository, qtbot: QtBot
) -> None:
    updates: list[None] = []
    beside.process.updated.connect(lambda: updates.append(None))
    beside.check()
    assert (beside.told[0], beside.told[-1]) == (SyncProgress(is_running=True), SyncProgress())
    publication.publish(repository, make_source([make_service(summary="第2版")]))
    beside.check()
    assert updates
    assert "apply" in [one.stage for one in beside.told]
    shares = [one.share for one in beside.told if one.is_running]
    assert shares == sorted(shares)


@pytest.mark.logs("sync-failed")
def test_a_check_that_fails_has_a_sign_for_staff_and_the_next_one_takes_it_away(
    beside: Beside, hub: Hub
) -> None:
    beside.check()
    hub.answers["timestamp.json"] = lambda handler: handler.send_error(404)
    beside.check()
    assert beside.process.progress == SyncProgress(error="NET-2")
    hub.answers.clear()
    beside.check()
    assert beside.process.progress == SyncProgress()


def test_a_worker_that_is_gone_is_said_and_waits_for_nobody(data_dir: Path, qtbot: QtBot) -> None:
    alone = SyncProcess(data_dir)
    alone.check_now()
    assert alone.progress == SyncProgress(error="SYNC-0")
