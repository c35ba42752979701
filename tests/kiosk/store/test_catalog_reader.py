"""Reading the catalog: everything that was signed, and nothing else."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import digest, records
from db.records import Text
from hub.authoring.yaml_source import Source
from kiosk.core import catalog
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError
from kiosk.store.catalog_reader import CatalogReader
from tests.builders import bodies_of, write_catalog

READ: dict[str, tuple[type[msgspec.Struct], Callable[[CatalogReader, str], object]]] = {
    "group": (catalog.Group, CatalogReader.group),
    "category": (catalog.Category, CatalogReader.category),
    "provider": (catalog.Provider, CatalogReader.provider),
    "material": (catalog.Material, CatalogReader.material),
    "hall": (catalog.Hall, CatalogReader.hall),
    "counter": (catalog.Counter, CatalogReader.counter),
    "event": (catalog.Event, CatalogReader.event),
    "service": (catalog.Service, CatalogReader.service),
}
damaging = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def of_kind(source: Source, kind: type[records.Record]) -> list[records.Record]:
    return [record for record in source.records if type(record) is kind]


# reading ------------------------------------------------------------------------------------


def test_every_record_of_the_demo_city_is_read(
    demo: CatalogReader, demo_bodies: dict[str, bytes]
) -> None:
    for key, body in demo_bodies.items():
        kind, _, slug = key.partition("/")
        if kind in READ:
            shown, read = READ[kind]
            assert read(demo, slug) == msgspec.json.decode(body, type=shown)


def test_the_edition_says_what_was_signed(demo: CatalogReader, demo_source: Source) -> None:
    services = len(of_kind(demo_source, records.Service))
    assert demo.edition == catalog.Edition("990100", 1, "2026-11-20T00:00:00Z", services)
    assert demo.city().id == "yunchuan"


def test_groups_halls_and_events_come_in_their_order(
    demo: CatalogReader, demo_source: Source
) -> None:
    for found, kind in (
        (demo.groups(), records.Group),
        (demo.halls(), records.Hall),
        (demo.events(), records.Event),
    ):
        orders = [one.order for one in found]
        assert orders == sorted(orders)
        assert len(found) == len(of_kind(demo_source, kind))


def test_a_groups_services_come_by_category_and_then_by_use(demo: CatalogReader) -> None:
    seen = set()
    for group in demo.groups():
        order = [one.id for one in demo.categories(group.id)]
        services = demo.services_of(group.id)
        places = [(order.index(one.category), -one.popularity) for one in services]
        assert places == sorted(places)
        assert all(one.group == group.id for one in services)
        assert demo.count_of(group.id) == len(services)
        seen |= {one.id for one in services}
    assert len(seen) == demo.edition.services


@pytest.mark.parametrize("count", [1, 6, 12, 1000])
def test_the_most_used_services_are_at_most_two_of_a_group(demo: CatalogReader, count: int) -> None:
    popular = demo.popular(count)
    uses = [one.popularity for one in popular]
    assert len(popular) == min(count, 2 * len(demo.groups()))
    assert uses == sorted(uses, reverse=True)
    assert max(Counter(one.group for one in popular).values()) <= 2
    assert popular[0].popularity == max(
        one.popularity for group in demo.groups() for one in demo.services_of(group.id)
    )


def test_a_service_is_found_by_its_short_number(demo: CatalogReader) -> None:
    found = demo.service_by_number(13003)
    assert found is not None
    assert found.id == "id-card-lost"
    assert demo.service_by_number(999) is None


@pytest.mark.parametrize("id", ["", "nothing", "../city", "id-card-lost' OR 1=1 --", "社保"])
def test_what_is_not_there_is_none(demo: CatalogReader, id: str) -> None:
    assert [read(demo, id) for _, read in READ.values()] == [None] * len(READ)
    assert demo.services_of(id) == ()
    assert demo.categories(id) == ()
    assert demo.count_of(id) == 0


def test_more_records_than_are_kept_are_read_all_the_same(tmp_path: Path) -> None:
    names = [f"p{n}" for n in range(1300)]
    providers = [records.Provider(name, Text(name), Text(name)) for name in names]
    reader = CatalogReader(write_catalog(tmp_path / "c.sqlite", bodies_of(providers)))
    for _ in range(2):
        found = [reader.provider(name) for name in names]
        assert [one.id for one in found if one] == names
    reader.close()


# missing and damaged ------------------------------------------------------------------------


def test_a_missing_file_is_a_missing_catalog(tmp_path: Path) -> None:
    for file in (tmp_path / "none.sqlite", tmp_path):
        with pytest.raises(CatalogMissingError):
            CatalogReader(file)


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 90])
def test_a_file_that_is_no_catalog_is_a_damaged_one(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "c.sqlite"
    file.write_bytes(content)
    with pytest.raises(CatalogDamagedError):
        CatalogReader(file)


def test_a_catalog_without_a_city_is_damaged(tmp_path: Path) -> None:
    reader = CatalogReader(write_catalog(tmp_path / "c.sqlite", {}))
    with pytest.raises(CatalogDamagedError, match="city"):
        reader.city()
    reader.close()


@pytest.fixture
def copy(tmp_path: Path, demo_file: Path) -> Callable[[], Path]:
    """A new file each time, to be damaged."""

    def copied() -> Path:
        target = tmp_path / "copy.sqlite"
        target.write_bytes(demo_file.read_bytes())
        return target

    return copied


def alter(file: Path, table: str, column: str, where: tuple[str, object], bit: int) -> bytes:
    """Change one bit of one cell; its new content."""
    name, value = where
    with sqlite3.connect(file) as connection:
        cell = f"FROM {table} WHERE {name} = ?"
        old = connection.execute(f"SELECT {column} {cell}", (value,)).fetchone()[0]
        new = bytearray(old)
        new[bit // 8 % len(new)] ^= 1 << bit % 8
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE {name} = ?", (bytes(new), value))
    connection.close()
    return bytes(new)


def read_back(file: Path, key: str) -> object:
    """The record as a citizen would meet it."""
    kind, _, slug = key.partition("/")
    reader = CatalogReader(file)
    try:
        return READ[kind][1](reader, slug)
    finally:
        reader.close()


def shown_key(bodies: dict[str, bytes], pick: int) -> str:
    keys = [key for key in bodies if key.partition("/")[0] in READ]
    return keys[pick % len(keys)]


@damaging
@given(pick=st.integers(0, 10**6), bit=st.integers(0, 40_000))
def test_a_record_with_one_bit_changed_is_never_shown(
    pick: int, bit: int, copy: Callable[[], Path], demo_bodies: dict[str, bytes]
) -> None:
    key = shown_key(demo_bodies, pick)
    file = copy()
    alter(file, "record", "body", ("key", key), bit)
    with pytest.raises(CatalogDamagedError):
        read_back(file, key)


@damaging
@given(pick=st.integers(0, 10**6), bit=st.integers(0, 255))
def test_a_changed_bucket_is_found_when_the_file_is_opened(
    pick: int, bit: int, copy: Callable[[], Path]
) -> None:
    file = copy()
    alter(file, "bucket", "digest", ("n", pick % 1024), bit)
    with pytest.raises(CatalogDamagedError, match="buckets"):
        CatalogReader(file)


@damaging
@given(pick=st.integers(0, 10**6), bit=st.integers(0, 255))
def test_a_changed_digest_of_a_neighbour_damages_the_bucket(
    pick: int, bit: int, copy: Callable[[], Path], demo_bodies: dict[str, bytes]
) -> None:
    pairs = neighbours(demo_bodies)
    own, other = pairs[pick % len(pairs)]
    file = copy()
    alter(file, "record", "digest", ("key", other), bit)
    with pytest.raises(CatalogDamagedError):
        read_back(file, own)


def neighbours(bodies: dict[str, bytes]) -> list[tuple[str, str]]:
    """Records that share a bucket, the first of a kind that is shown."""
    by_bucket: dict[int, list[str]] = {}
    for key in bodies:
        by_bucket.setdefault(digest.bucket_of(key), []).append(key)
    return [
        (own, other)
        for keys in by_bucket.values()
        for own in keys
        for other in keys
        if own != other and own.partition("/")[0] in READ
    ]


@damaging
@given(bit=st.integers(0, 2000), pick=st.integers(0, 10**6))
def test_under_a_damaged_head_nothing_wrong_is_shown(
    bit: int, pick: int, copy: Callable[[], Path], demo_bodies: dict[str, bytes]
) -> None:
    file = copy()
    head = alter(file, "meta", "value", ("name", "head"), bit)
    key = shown_key(demo_bodies, pick)
    try:
        found = read_back(file, key)
    except CatalogDamagedError:
        return
    assert found == as_shown(key, demo_bodies)
    # what the head proves the records with was not among what has changed
    root = digest.digest_of(demo_bodies).hex()
    assert f'"digest":"{root}"'.encode() in head
    assert b'"count":%d,' % len(demo_bodies) in head


@damaging
@given(place=st.integers(0, 10**9), pick=st.integers(0, 10**6))
def test_a_byte_changed_anywhere_in_the_file_shows_the_right_record_or_none(
    place: int, pick: int, copy: Callable[[], Path], demo_bodies: dict[str, bytes]
) -> None:
    file = copy()
    content = bytearray(file.read_bytes())
    content[place % len(content)] ^= 0xFF
    file.write_bytes(content)
    key = shown_key(demo_bodies, pick)
    with suppress(CatalogDamagedError):
        found = read_back(file, key)
        assert found in (None, as_shown(key, demo_bodies))


def as_shown(key: str, bodies: dict[str, bytes]) -> object:
    return msgspec.json.decode(bodies[key], type=READ[key.partition("/")[0]][0])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM meta",
        "DELETE FROM bucket WHERE n = 7",
        "DELETE FROM bucket",
        "UPDATE meta SET value = x'7b7d'",
        "DROP TABLE meta",
        "DROP TABLE bucket",
        "DROP TABLE service",
        "INSERT INTO bucket VALUES (1024, x'00')",
    ],
)
def test_a_file_with_a_piece_missing_is_refused_when_opened(
    statement: str, copy: Callable[[], Path]
) -> None:
    file = copy()
    with sqlite3.connect(file) as connection:
        connection.execute(statement)
    connection.close()
    with pytest.raises(CatalogDamagedError):
        CatalogReader(file)


LOST = "'service/id-card-lost'"


@pytest.mark.parametrize(
    "statements",
    [
        f"DELETE FROM record WHERE key = {LOST};"
        f"UPDATE record SET key = {LOST} WHERE key = 'service/id-card-renew'",
        f"UPDATE record SET bucket = (bucket + 1) % 1024 WHERE key = {LOST}",
        "UPDATE record SET body = (SELECT body FROM record WHERE key = 'service/id-card-renew') "
        f"WHERE key = {LOST}",
        f"UPDATE record SET body = x'' WHERE key = {LOST}",
        # one bit of a row's header turns a blob into a text
        f"UPDATE record SET body = CAST(body AS TEXT) WHERE key = {LOST}",
    ],
)
def test_a_record_that_was_moved_or_exchanged_is_refused(
    statements: str, copy: Callable[[], Path]
) -> None:
    file = copy()
    connection = sqlite3.connect(file)
    connection.executescript(statements)
    connection.close()
    with pytest.raises(CatalogDamagedError):
        read_back(file, "service/id-card-lost")


def test_one_damaged_record_does_not_take_the_others_with_it(copy: Callable[[], Path]) -> None:
    file = copy()
    alter(file, "record", "body", ("key", "service/id-card-lost"), 99)
    assert read_back(file, "service/id-card-renew") is not None
