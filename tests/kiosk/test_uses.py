"""A use that was counted at this machine is known when it is started again."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from kiosk.store.shelf import STATE_DB
from kiosk.store.use_counts import UseCounts
from tests.builders import MONDAY_MORNING
from tests.kiosk.test_app import data_dir, indexed, running  # noqa: F401 — fixtures


def test_what_was_taken_along_this_season_is_known_at_the_start(
    data_dir: Path,  # noqa: F811 — the fixture
    qtbot: QtBot,
) -> None:
    with closing(UseCounts(data_dir / STATE_DB, lambda: MONDAY_MORNING)) as counts:
        counts.count("passport-first")
        counts.count("id-card-lost")
        counts.count("id-card-lost")
    with running(data_dir, qtbot) as machine:
        machine.settle()
        assert machine.kiosk.stage.local.uses == (("id-card-lost", 2), ("passport-first", 1))
        machine.kiosk.clerk._services.count_use("id-card-lost")
    with closing(UseCounts(data_dir / STATE_DB, lambda: MONDAY_MORNING)) as counts:
        assert dict(counts.read(MONDAY_MORNING))["id-card-lost"] == 3
