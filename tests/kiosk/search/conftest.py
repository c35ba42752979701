"""Searchers of catalogs that are built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.search.searcher import Searcher
from kiosk.store.lexicon import Rule
from tests.builders import Bodies
from tests.kiosk.search.catalogs import SHARED, indexed, of_shared_names


@pytest.fixture(scope="session")
def city(demo_bodies: Bodies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The search of the demo city."""
    file = tmp_path_factory.mktemp("search") / "city.sqlite"
    searcher = Searcher(indexed(file, demo_bodies, rules=None))
    yield searcher
    searcher.close()


@pytest.fixture(scope="session")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The search of the 608 names that developers share, with the shipped lexicon and no alias."""
    yield from shared_names(tmp_path_factory, None)


@pytest.fixture(scope="session")
def bare_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The same without a single everyday word."""
    yield from shared_names(tmp_path_factory, ())


def shared_names(
    tmp_path_factory: pytest.TempPathFactory, rules: tuple[Rule, ...] | None
) -> Iterator[Searcher]:
    if not SHARED.is_dir():
        pytest.skip("the developers' lists are not here (../shared/data)")
    file = tmp_path_factory.mktemp("search") / "names.sqlite"
    searcher = Searcher(indexed(file, of_shared_names(), rules))
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
