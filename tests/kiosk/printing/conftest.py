"""Fonts need a running application; no window is ever shown here."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Made once for all tests."""
