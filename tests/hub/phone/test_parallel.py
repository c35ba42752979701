from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.fleet import token_use
from hub.config import Limits, Settings
from tests.hub.phone.building import NO_ALARMS, PAPER, Hub
from tests.hub.phone.parallel import accepted


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Hub]:
    """All phones of a test are one address."""
    made = Hub(tmp_path, settings=Settings(limits=Limits(1000), alarms=NO_ALARMS))
    yield made
    made.close()


@pytest.mark.parametrize(("medium", "limit"), [({}, 1), (PAPER, 3)], ids=["screen", "paper"])
def test_fifty_phones_at_once_get_exactly_the_uses_there_are(
    busy: Hub, medium: dict[str, Any], limit: int
) -> None:
    assert accepted(busy, busy.digits(**medium), 50) == {303: limit, 410: 50 - limit}
    with busy.engine.connect() as connection:
        assert list(connection.scalars(select(token_use.c.uses))) == [limit]


def test_one_page_whose_button_is_hammered_takes_one_use(busy: Hub) -> None:
    assert accepted(busy, busy.digits(**PAPER), 50, visit="the same") == {303: 50}
    with busy.engine.connect() as connection:
        assert list(connection.scalars(select(token_use.c.uses))) == [1]
