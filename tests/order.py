"""Which tests begin first: the long ones, so that no worker waits for another at the end.

`make test` gives whole files to two workers as they come (pytest-xdist), which keeps what a module
has made on one of them. Within what it is told it leaves the random order alone.
"""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: a module of many seconds, which begins first")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """After pytest-randomly has shuffled them."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
