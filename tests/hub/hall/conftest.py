"""A hub with a hall whose staff can sign in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.hall.serving import make_hub
from tests.hub.phone.building import Hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = make_hub(tmp_path)
    with made.phone:  # one loop for all it asks, not one for each
        yield made
    made.close()
