"""The demo city's kiosk, who stands before it, and everything that anybody did to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.citizen import Citizen, Machine, Way
from tests.builders import MONDAY_MORNING, Bodies
from tests.journeys.demo import enrol, running, write_indexed
from tests.journeys.listener import Listener, RecordedVoice
from tests.journeys.ways import WAYS, assert_plain
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


@pytest.fixture
def now() -> datetime:
    """When somebody comes; a test may choose another moment."""
    return MONDAY_MORNING


@pytest.fixture
def voice() -> RecordedVoice:
    """What is said while a test lasts."""
    return RecordedVoice()


# by sight ---------------------------------------------------------------------------------------


@pytest.fixture(params=WAYS.values(), ids=WAYS.keys())
def way(request: pytest.FixtureRequest) -> Callable[[Machine], Way]:
    """Every way of operating a kiosk that needs eyes."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def arrived(
    way: Callable[[Machine], Way],
    data_dir: Path,
    witness: Witness,
    voice: RecordedVoice,
    now: datetime,
) -> Iterator[Citizen]:
    """Somebody before the welcome, in one of the ways, who does not ask to be read to."""
    with running(data_dir, voice, now) as machine:
        yield Citizen(machine.kiosk, machine.clock, way)
    assert_plain(witness, way)
    assert voice.said == []


@pytest.fixture
def citizen(arrived: Citizen) -> Citizen:
    """Somebody who has just begun, and read what everybody must read."""
    arrived.begin()
    return arrived


# by ear -----------------------------------------------------------------------------------------


@pytest.fixture
def machine(
    data_dir: Path, witness: Witness, voice: RecordedVoice, now: datetime
) -> Iterator[Machine]:
    """A kiosk that nobody touches while the test lasts."""
    with running(data_dir, voice, now) as machine:
        yield machine
    assert witness.fingers == 0
    assert not witness.held


@pytest.fixture
def listener(machine: Machine, voice: RecordedVoice) -> Listener:
    """Somebody who has just put their headphones in."""
    made = Listener(machine, voice)
    assert made.heard() == "", "nobody asked to be read to yet"
    assert "想办什么事" in made.press(Qt.Key.Key_F13)
    return made
