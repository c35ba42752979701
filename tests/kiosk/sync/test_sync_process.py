"""The real worker beside a window: a check when staff ask for one, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from hub.publish import publication
from hub.publish.repository import Repository
from kiosk import worker
from kiosk.core.staff import SyncProgress
from kiosk.sync_process import SyncProcess
from tests.hub.publish.building import make_service, make_source
from tests.kiosk.sync.machine import enrol
from tests.kiosk.sync.serving import Hub

PATIENCE_MS = 300_000  # it lets everybody else go first, and here both cores are busy


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
    """A kiosk that has its first catalog from a kit, and asks its hub once an hour."""
    data_dir = tmp_path / "data"
    kit = enrol(data_dir, repository, hub.url)
    (data_dir / "kiosk.toml").write_text("[sync]\ninterval_s = 3600\n", "utf-8")
    worker.sync_from_kit(kit, data_dir)
    return data_dir


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


@pytest.mark.logs("sync-stopped")
def test_a_worker_that_cannot_begin_is_said_as_well(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python-that-is-gone"))
    process = SyncProcess(tmp_path)
    process.start()
    process.check_now()
    qtbot.waitUntil(lambda: process.progress == SyncProgress(error="SYNC-0"), timeout=PATIENCE_MS)


@pytest.fixture
def deaf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SyncProcess]:
    """A worker that writes down what it is told, and does nothing."""
    program = tmp_path / "python-that-waits"
    program.write_text('#!/bin/sh\nexec cat >> "$0.told"\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    process = SyncProcess(tmp_path)
    process.start()
    yield process
    process.stop()


def test_whoever_starts_it_twice_has_one_worker(deaf: SyncProcess, qtbot: QtBot) -> None:
    """Staff may begin anew while the start after an end is waited for."""
    deaf.start()
    assert len(deaf.findChildren(QProcess)) == 1
    deaf.restart()
    qtbot.waitUntil(lambda: len(deaf.findChildren(QProcess)) == 1, timeout=PATIENCE_MS)


def test_a_check_that_was_asked_for_is_asked_of_the_next_worker(
    deaf: SyncProcess, qtbot: QtBot, tmp_path: Path
) -> None:
    told = tmp_path / "python-that-waits.told"
    for ask, heard in ((deaf.check_now, "now\n"), (deaf.restart, "now\nnow\n")):
        ask()
        qtbot.waitUntil(
            lambda heard=heard: told.exists() and told.read_text() == heard, timeout=PATIENCE_MS
        )
