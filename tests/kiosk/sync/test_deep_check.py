"""Proving a file again: every flipped byte that matters is found."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import head as heads
from kiosk.core.errors import CatalogDamagedError
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.state import CatalogFile, Contact, open_state
from kiosk.sync import apply, deep_check
from tests.hub.publish.building import COLLECTION, make_service, make_services
from tests.kiosk.sync.machine import NO_INDEX, NOON, make_edition

HUB = Contact("https://hub.example/", None, NOON, NOON)


def make_file(folder: Path, version: int = 1) -> tuple[Path, bytes]:
    edition = make_edition(*make_services(3, f"第{version}版"), version=version)
    return apply.build(folder, edition, NO_INDEX), heads.encode(edition.head)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record SET body = replace(body, '版', '本') WHERE key = 'service/service-1'",
        "UPDATE record SET digest = zeroblob(32) WHERE key = 'service/service-1'",
        "UPDATE record SET key = 'service/other' WHERE key = 'service/service-1'",
        "UPDATE record SET body = 5 WHERE key = 'service/service-1'",
        "UPDATE bucket SET digest = zeroblob(32) WHERE n = 100",
        "DELETE FROM bucket WHERE n = 1023",
        "DELETE FROM record WHERE key = 'service/service-1'",
        "INSERT INTO record SELECT 'alias/x', 'alias', bucket, digest, body FROM record LIMIT 1",
        "UPDATE meta SET value = 'x' WHERE name = 'head'",
        "DROP TABLE bucket",
    ],
)
def test_a_changed_row_is_found(tmp_path, statement):
    path, head = make_file(tmp_path)
    assert deep_check.is_sound(path, head)
    change(path, statement)
    assert not deep_check.is_sound(path, head)


def test_a_file_of_another_head_is_not_sound(tmp_path):
    path, _ = make_file(tmp_path, version=1)
    _, other = make_file(tmp_path, version=2)
    assert not deep_check.is_sound(path, other)
    assert not deep_check.is_sound(path, b"no head")
    assert not deep_check.is_sound(tmp_path / "gone.sqlite", other)


def test_no_flipped_byte_brings_a_wrong_word_past_the_check_and_onto_the_screen(tmp_path):
    path, head = make_file(tmp_path)
    sound = path.read_bytes()
    said = _words(path)
    for place in range(0, len(sound), 997):
        damaged = bytearray(sound)
        damaged[place] ^= 0xFF
        path.write_bytes(damaged)
        if deep_check.is_sound(path, head):
            assert _words(path) in (said, None)


def _words(path: Path) -> dict[str, str] | None:
    """What the screen would show; None where it refuses."""
    try:
        with closing(CatalogReader(path)) as reader:
            found = (reader.service(f"service-{n}") for n in range(3))
            return {one.id: one.summary.zh for one in found}
    except (CatalogDamagedError, UnicodeDecodeError):
        return None


def test_files_of_another_kind_are_not_current(tmp_path):
    path, _ = make_file(tmp_path)
    assert deep_check.is_current(path, 0)
    assert not deep_check.is_current(path, 1)
    change(path, "UPDATE meta SET value = '0' WHERE name = 'schema'")
    assert not deep_check.is_current(path, 0)
    assert not deep_check.is_current(tmp_path / "gone.sqlite", 0)


def _remembered(folder: Path, versions: tuple[int, ...]) -> list[Path]:
    paths = []
    with closing(open_state(folder)) as state:
        for version in versions:
            path, head = make_file(folder, version)
            state.switch(COLLECTION, CatalogFile(path.name, version, head, ""), {}, HUB)
            paths.append(path)
    return paths


@pytest.mark.parametrize(("damaged", "left"), [((), 2), ((1,), 1), ((0, 1), None), ((0,), 2)])
def test_the_newest_file_that_can_be_proved_stays_in_use(tmp_path, damaged, left):
    paths = _remembered(tmp_path, (1, 2))
    for n in damaged:
        change(paths[n], "UPDATE record SET body = 'x' WHERE kind = 'service'")
    with closing(open_state(tmp_path)) as state:
        found = deep_check.recover(state, tmp_path, COLLECTION)
        assert (found.version if found else None) == left
        assert state.active(COLLECTION) == found


def test_a_machine_without_a_catalog_has_nothing_to_recover(tmp_path):
    with closing(open_state(tmp_path)) as state:
        assert deep_check.recover(state, tmp_path, COLLECTION) is None


def test_a_service_is_there_to_be_read(tmp_path):
    path = apply.build(tmp_path, make_edition(make_service()), NO_INDEX)
    with closing(CatalogReader(path)) as reader:
        assert reader.service("passport").summary.zh == "在大厅办"
