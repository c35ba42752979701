"""The demo city's kiosk, and everything that anybody did to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import Bodies
from tests.journeys.demo import enrol, write_indexed
from tests.journeys.witness import Witness


@pytest.fixture(scope="package")
def indexed(demo_bodies: Bodies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city with its search index; never changed."""
    return write_indexed(tmp_path_factory.mktemp("indexed") / "c.sqlite", demo_bodies)


@pytest.fixture
def data_dir(tmp_path: Path, indexed: Path) -> Path:
    """The folder of a kiosk that nobody has used yet."""
    return enrol(tmp_path / "data", indexed)


@pytest.fixture
def witness(qapp: QApplication) -> Iterator[Witness]:
    """What was done to the glass and the keys during the test."""
    watching = Witness()
    qapp.installEventFilter(watching)
    yield watching
    qapp.removeEventFilter(watching)
