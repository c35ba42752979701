"""Filling a catalog file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from db import catalog, digest, engine, records
from db.records import Text
from tests.builders import bodies_of


def fill(file: Path, bodies: dict[str, bytes]) -> bytes:
    created = engine.scratch(file)
    catalog.metadata.create_all(created)
    with created.begin() as connection:
        root = catalog.fill(connection, bodies)
    created.dispose()
    return root


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    found = connection.execute(statement).fetchall()
    connection.close()
    return found


def test_filling_gives_the_content_digest(tmp_path: Path, demo_bodies: dict[str, bytes]) -> None:
    assert fill(tmp_path / "c.sqlite", demo_bodies) == digest.digest_of(demo_bodies)


def test_an_empty_catalog_can_be_filled(tmp_path: Path) -> None:
    assert fill(tmp_path / "c.sqlite", {}) == digest.digest_of({})
    assert rows(tmp_path / "c.sqlite", "SELECT count(*) FROM bucket") == [(1024,)]


def test_the_published_bytes_are_kept_as_they_are(
    tmp_path: Path, demo_bodies: dict[str, bytes]
) -> None:
    fill(tmp_path / "c.sqlite", demo_bodies)
    found = rows(tmp_path / "c.sqlite", "SELECT key, kind, bucket, digest, body FROM record")
    assert {row[0]: row[4] for row in found} == demo_bodies
    for key, kind, bucket, hashed, body in found:
        assert isinstance(key, str)
        assert isinstance(body, bytes)
        assert kind == key.partition("/")[0]
        assert bucket == digest.bucket_of(key)
        assert hashed == digest.record_digest(body)


def test_services_are_found_by_number_group_and_popularity(
    tmp_path: Path, demo_bodies: dict[str, bytes]
) -> None:
    fill(tmp_path / "c.sqlite", demo_bodies)
    found = rows(
        tmp_path / "c.sqlite", "SELECT key, number, group_id, category_id, popularity FROM service"
    )
    services = {key for key in demo_bodies if key.startswith("service/")}
    assert {row[0] for row in found} == services
    for key, number, group, category, popularity in found:
        assert isinstance(key, str)
        record = records.decode(demo_bodies[key])
        assert isinstance(record, records.Service)
        assert (record.number, record.group) == (number, group)
        assert (record.category, record.popularity) == (category, popularity)


def test_more_records_than_one_statement_takes_are_all_written(tmp_path: Path) -> None:
    providers = [records.Provider(f"p{n}", Text(f"单位{n}"), Text(f"{n}")) for n in range(4500)]
    bodies = bodies_of(providers)
    assert fill(tmp_path / "c.sqlite", bodies) == digest.digest_of(bodies)
    assert rows(tmp_path / "c.sqlite", "SELECT count(*) FROM record") == [(4500,)]


def test_bytes_that_are_no_record_are_refused(tmp_path: Path) -> None:
    with pytest.raises(msgspec.MsgspecError):
        fill(tmp_path / "c.sqlite", {"service/x": b"{}"})
