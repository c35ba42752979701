"""What holds for every test: one Qt application as in a hall, and the demo city's catalog.

What a test may not leave behind is watched by `tests.hygiene`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read when the application is made

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from hub.authoring.yaml_source import Source, read_folder
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui import tokens
from tests.builders import DEMO_CATALOG, bodies_of, write_catalog

# how long an example takes says how busy the machine is: what must be fast has a test that measures
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

pytest_plugins = ("tests.hygiene", "tests.order", "pytester")


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the family and locale that `kiosk.app.application` sets."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    qapp.setApplicationName("kiosk")
    qapp.setFont(QFont(tokens.FAMILY))
    return qapp


@pytest.fixture(scope="session")
def demo_source() -> Source:
    """The source of the demo city, as editors keep it."""
    return read_folder(DEMO_CATALOG)


@pytest.fixture(scope="session")
def demo_bodies(demo_source: Source) -> dict[str, bytes]:
    """The published bytes of the demo city's records by key; never changed."""
    return bodies_of(demo_source.records)


@pytest.fixture(scope="session")
def demo_file(demo_bodies: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city as a catalog file; never changed."""
    return write_catalog(tmp_path_factory.mktemp("demo") / "catalog.sqlite", demo_bodies)


@pytest.fixture(scope="session")
def demo(demo_file: Path) -> Iterator[CatalogReader]:
    """The demo city, open for reading."""
    reader = CatalogReader(demo_file)
    yield reader
    reader.close()
