"""A page on which nothing is wrong, and a place to make something wrong on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from access.seen import Host, host
from access.sights import Sight
from tests.access.seeding import Bench


@pytest.fixture
def window(qapp: QApplication) -> Iterator[Host]:
    """An active window of the standard panel."""
    with host(Sight()) as shown:
        yield shown


@pytest.fixture
def bench(window: Host) -> Bench:
    """Screens to break."""
    return Bench(window)
