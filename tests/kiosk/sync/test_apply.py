"""Building a catalog file: whole or not at all, whatever happens to the disk or the process."""

from __future__ import annotations

import os
import random
import resource
import select
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text

from db import catalog, digest
from db import head as heads
from kiosk.core.errors import DiskError, NotTrustedError
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.state import CatalogFile, Contact, open_state
from kiosk.sync import apply, deep_check
from kiosk.sync.apply import Edition, SearchIndex
from tests.hub.publish.building import COLLECTION, HOST, make_service, make_services
from tests.kiosk.sync.machine import NO_INDEX, NOON, in_a_process, make_edition

HUB = Contact("https://hub.example/", None, NOON, NOON)


def meta_of(path: Path) -> dict[str, bytes]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, value FROM meta"))


def test_a_file_holds_the_records_and_all_that_proves_them(tmp_path):
    edition = make_edition(*make_services(5))
    path = apply.build(tmp_path, edition, NO_INDEX)
    assert path.name == f"catalog-{COLLECTION}-1.sqlite"
    assert deep_check.read_bodies(path) == edition.bodies
    assert deep_check.is_sound(path, heads.encode(edition.head))
    with closing(CatalogReader(path)) as reader:
        assert reader.count_of("papers") == 5


def test_a_file_says_what_it_is(tmp_path):
    edition = make_edition(make_service(), version=7)
    meta = meta_of(apply.build(tmp_path, edition, NO_INDEX))
    assert meta == {
        "schema": str(catalog.FILE_SCHEMA).encode(),
        "index_version": b"0",
        "collection": COLLECTION.encode(),
        "version": b"7",
        "head": heads.encode(edition.head),
        "link_hosts": msgspec.json.encode([HOST]),
    }


def test_the_search_index_is_built_in_the_same_file_from_the_same_records(tmp_path):
    def build(connection, bodies):
        connection.execute(text("CREATE TABLE word (key TEXT)"))
        connection.execute(text("INSERT INTO word VALUES (:key)"), [{"key": k} for k in bodies])

    edition = make_edition(make_service())
    path = apply.build(tmp_path, edition, SearchIndex(3, build))
    with closing(sqlite3.connect(path)) as connection:
        words = [key for (key,) in connection.execute("SELECT key FROM word")]
    assert words == list(edition.bodies)
    assert deep_check.is_current(path, 3)
    assert not deep_check.is_current(path, 4)


def test_records_that_were_not_signed_begin_no_file(tmp_path):
    edition = make_edition(make_service())
    forged = {**edition.bodies, "service/passport": b'{"kind":"service","id":"passport"}'}
    with pytest.raises(NotTrustedError):
        apply.build(tmp_path, replace(edition, bodies=forged), NO_INDEX)
    assert list(tmp_path.iterdir()) == []


def test_the_same_version_again_gets_another_file(tmp_path):
    edition = make_edition(make_service())
    paths = [apply.build(tmp_path, edition, NO_INDEX).name for _ in range(3)]
    stem = f"catalog-{COLLECTION}-1"
    assert paths == [f"{stem}.sqlite", f"{stem}-2.sqlite", f"{stem}-3.sqlite"]


@pytest.mark.parametrize(
    "extra",
    [
        {"service/x": b'{"kind":"service","id":"x"}'},  # no number
        {"service/x": b'{"number":13001,"group":"papers","category":"identity"}'},  # passport's
    ],
)
def test_signed_records_that_make_no_catalog_leave_no_file(tmp_path, extra):
    edition = make_edition(make_service())
    bodies = {**edition.bodies, **extra}
    root = digest.digest_of(bodies).hex()
    head = msgspec.structs.replace(edition.head, count=len(bodies), digest=root)
    with pytest.raises(NotTrustedError, match="contradict"):
        apply.build(tmp_path, Edition(head, bodies, ()), NO_INDEX)
    assert list(tmp_path.iterdir()) == []


def test_an_index_that_cannot_be_written_leaves_no_file(tmp_path):
    def build(connection, bodies):
        raise OSError(28, "No space left on device")

    with pytest.raises(DiskError, match="No space"):
        apply.build(tmp_path, make_edition(make_service()), SearchIndex(1, build))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_one_error_of_ours(tmp_path):
    with pytest.raises(DiskError):
        apply.build(tmp_path / "gone", make_edition(make_service()), NO_INDEX)


def test_a_full_disk_leaves_no_file(tmp_path):
    edition = make_edition(*make_services(300))

    def fill() -> str:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        try:
            apply.build(tmp_path, edition, NO_INDEX)
        except DiskError as error:
            return f"refused: {error}"
        return "built"

    assert in_a_process(fill).startswith(f"refused: catalog-{COLLECTION}-1.sqlite")
    assert list(tmp_path.iterdir()) == []


def test_sweeping_removes_what_nobody_points_at_and_nothing_else(tmp_path):
    for name in ("catalog-990100-1.sqlite", "catalog-990100-2.sqlite", "state.db", "enrol.json"):
        (tmp_path / name).touch()
    (tmp_path / "catalog-990100-1.sqlite-journal").touch()
    apply.sweep(tmp_path, {"catalog-990100-2.sqlite"})
    assert {path.name for path in tmp_path.iterdir()} == {
        "catalog-990100-2.sqlite",
        "state.db",
        "enrol.json",
    }


def test_a_process_killed_at_any_moment_leaves_the_old_or_the_new_catalog_whole(tmp_path):
    editions = [make_edition(*make_services(40, f"第{n}版"), version=n) for n in (1, 2)]
    heads_of = {e.head.version: heads.encode(e.head) for e in editions}
    chance = random.Random(7)
    seen = set()
    for _ in range(20):
        ready, child = _start_switching(tmp_path, editions)
        ready.read(1)  # it has switched once in this life
        select.select([], [], [], chance.uniform(0.0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        ready.close()
        with closing(open_state(tmp_path)) as state:
            active = state.active(COLLECTION)
            apply.sweep(tmp_path, state.files())
        assert active.head == heads_of[active.version]
        assert deep_check.is_sound(tmp_path / active.file, active.head)
        seen.add(active.version)
    assert seen == {1, 2}  # else the kills came at one moment only
    assert len(list(tmp_path.glob("catalog-*"))) <= 2


def _start_switching(folder: Path, editions: list[Edition]):
    """A process that builds and switches for ever; the pipe has a byte when it did so once."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        state = open_state(folder)
        while True:
            for edition in editions:
                path = apply.build(folder, edition, NO_INDEX)
                head = heads.encode(edition.head)
                row = CatalogFile(path.name, edition.head.version, head, "")
                state.switch(COLLECTION, row, {}, HUB)
                apply.sweep(folder, state.files())
                os.write(writer, b".")
    os.close(writer)
    return os.fdopen(reader, "rb", buffering=0), child
