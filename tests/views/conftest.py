"""The gallery: one look at a time, shared by all tests of that look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.store.catalog_reader import CatalogReader
from tests.views import gallery as drawn


@pytest.fixture(scope="session", params=drawn.SIGHTS, ids=str)
def sight(request: pytest.FixtureRequest) -> drawn.Sight:
    """A way to see the screens."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def gallery(
    sight: drawn.Sight, demo: CatalogReader, qapp: QApplication
) -> Iterator[list[drawn.Shown]]:
    """All screens as they are seen so."""
    shown = drawn.gallery(demo, sight)
    yield shown
    for one in shown:
        for screen in one.screens:
            screen.deleteLater()
