"""A file that an older program has built is built anew from its own signed records."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from db import catalog, records
from db.records import NeededMaterial, Text
from hub.publish import publication
from kiosk.core.errors import DiskError
from kiosk.store.catalog_reader import CatalogReader
from kiosk.sync import deep_check
from kiosk.sync.apply import SearchIndex
from kiosk.sync.cycle import Cycle
from kiosk.sync.fetcher import FolderSource
from tests.hub.publish.building import COLLECTION, make_repository, make_service, make_source
from tests.kiosk.sync.machine import Machine, make_machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A kiosk that has synced a city in which a card is asked for."""
    service = msgspec.structs.replace(
        make_service(), materials=(NeededMaterial("card", originals=1),)
    )
    source = make_source([service])
    paper = records.Material("card", Text("身份证"), "document", Text("公安"))
    source.entries.append(replace(source.entries[0], record=paper))
    repository = make_repository(tmp_path / "hub")
    publication.publish(repository, source)
    made = make_machine(tmp_path / "kiosk", repository)
    made.sync()
    return made


def age(file: Path) -> None:
    """Make a file what the first program made."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE name = 'schema'", (b"1",))
        for table in ("need", "paper"):
            connection.execute(f"DROP TABLE {table}")


def papers(machine: Machine) -> list[str]:
    assert machine.active is not None
    with closing(CatalogReader(machine.active.file)) as reader:
        return [one.id for one in reader.papers(9)]


def test_this_program_makes_files_of_its_own_kind(machine: Machine) -> None:
    assert papers(machine) == ["card"]
    assert catalog.FILE_SCHEMA > 1


def test_a_file_of_an_older_kind_is_built_again_without_fetching(machine: Machine) -> None:
    assert machine.active is not None
    age(machine.active.file)
    assert papers(machine) == []
    outcome = machine.sync()
    assert (outcome.result, outcome.version) == ("updated", 1)
    assert machine.active.file.name == f"catalog-{COLLECTION}-1-2.sqlite"
    assert not any("full" in path.name for path in (machine.data_dir / "staging").iterdir())
    assert papers(machine) == ["card"]
    assert machine.is_whole()
    assert machine.sync().result == "unchanged"


def test_a_machine_that_was_updated_far_from_its_hub_builds_the_file_again_at_the_start(
    machine: Machine,
) -> None:
    assert machine.active is not None
    age(machine.active.file)
    machine.source = FolderSource(machine.data_dir / "no-hub")
    recovered = machine.recover()
    assert (recovered.result, recovered.version, recovered.error) == ("updated", 1, None)
    assert papers(machine) == ["card"]
    assert machine.is_whole()
    assert machine.recover().result == "unchanged"
    assert [one.name for one in machine.data_dir.glob("catalog-*.sqlite")] == [
        machine.active.file.name
    ]


def test_a_machine_with_another_index_builds_its_own_at_the_start_and_keeps_the_way_back(
    machine: Machine,
) -> None:
    built: list[int] = []
    machine.index = SearchIndex(1, lambda _connection, bodies: built.append(len(bodies)))
    with machine.state() as state:
        before = state.previous(COLLECTION)
        assert Cycle(machine.terms, machine.source, state, machine.index).recover().error is None
        assert state.previous(COLLECTION) == before
    assert machine.active is not None
    assert len(built) == 1
    assert deep_check.is_current(machine.active.file, 1)
    assert machine.sync().result == "unchanged"


def test_where_it_cannot_be_built_the_old_file_is_sound_and_shown(machine: Machine) -> None:
    assert machine.active is not None
    age(machine.active.file)
    with closing(sqlite3.connect(machine.active.file)) as connection, connection:
        connection.execute("DELETE FROM meta WHERE name = 'link_hosts'")
    recovered = machine.recover()
    assert (recovered.result, recovered.version) == ("refused", 1)
    assert isinstance(recovered.error, DiskError)
    assert machine.shown() == (1, {"passport": "在大厅办"})
    assert machine.sync().result == "updated"
