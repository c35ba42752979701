"""Searchers of catalogs that are built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.search.searcher import Searcher
from tests.builders import Bodies
from tests.kiosk.search.catalogs import SHARED, indexed, of_shared_names


@pytest.fixture(scope="session")
def city(demo_bodies: Bodies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The search of the demo city."""
    searcher = Searcher(indexed(tmp_path_factory.mktemp("search") / "city.sqlite", demo_bodies))
    yield searcher
    searcher.close()


@pytest.fixture(scope="session")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The search of the 608 names that developers share."""
    if not SHARED.is_dir():
        pytest.skip("the developers' lists are not here (../shared/data)")
    file = indexed(tmp_path_factory.mktemp("search") / "names.sqlite", of_shared_names())
    searcher = Searcher(file)
    yield searcher
    searcher.close()


@pytest.fixture
def search(tmp_path: Path) -> Iterator[Callable[[Bodies], Searcher]]:
    """Makes a searcher of a small catalog."""
    made: list[Searcher] = []

    def of(bodies: Bodies) -> Searcher:
        made.append(Searcher(indexed(tmp_path / f"{len(made)}.sqlite", bodies)))
        return made[-1]

    yield of
    for searcher in made:
        searcher.close()
