"""A desktop with a bus for assistive technology, and a kiosk that was enrolled as in a hall."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.atspi.desktop import Desktop, Watcher, desktop, missing_packages
from tests.builders import Bodies
from tests.journeys.demo import enrol, write_indexed

PROFILE = "27in-portrait"


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    """The desktop, of the profile's size."""
    if missing := missing_packages():
        pytest.skip(f"needs {', '.join(missing)}: run scripts/install --with-tests")
    with desktop(tmp_path_factory.mktemp("desktop"), "1080x1920") as made:
        yield made


@pytest.fixture(scope="module")
def data_dir(
    screen: Desktop, demo_bodies: Bodies, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of a kiosk with the demo city; its hub is away."""
    folder = tmp_path_factory.mktemp("hall")
    enrol(folder / "kiosk", write_indexed(folder / "catalog.sqlite", demo_bodies))
    settings = f'profile = "{PROFILE}"\nfull_screen = true\n'
    (folder / "kiosk" / "kiosk.toml").write_text(settings)
    return folder / "kiosk"


@pytest.fixture
def watcher(screen: Desktop, data_dir: Path) -> Iterator[Watcher]:
    """Somebody outside a kiosk that nobody has touched."""
    with screen.visitor(data_dir) as watcher:
        yield watcher
