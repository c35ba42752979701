"""Tables of a catalog file: the published bytes, what proves them, and what finds them.

Knows the schema of one SQLite file and how to fill an empty one. Does not know how records
arrive (`kiosk.sync`), how search words are made (`kiosk.store.search_index`), or how the file is
read on screen (`kiosk.store.catalog_reader`).

The file is a cache of signed records: where `schema` differs from `FILE_SCHEMA`, it is built again
from the records, never migrated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
)

from db import digest, records

FILE_SCHEMA = 2
_CHUNK = 2000  # rows a statement: as fast as raw sqlite3, see docs/decisions

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String, primary_key=True),  # schema, collection, version, head, index_version
    Column("value", LargeBinary, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("key", String, primary_key=True),  # kind/id
    Column("kind", String, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),  # the exact published bytes
    Index("record_by_kind", "kind"),
    Index("record_by_bucket", "bucket"),
)

bucket = Table(
    "bucket",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)

service = Table(
    "service",
    metadata,
    Column("key", String, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("group_id", String, nullable=False),
    Column("category_id", String, nullable=False),
    Column("popularity", Integer, nullable=False),
    Column("peaks", Integer, nullable=False),  # a bit for each month, 1 January
    Column("place", Integer, nullable=False),  # the most used first, from 0
    Index("service_by_place", "place", unique=True),
    Index("service_by_number", "number", unique=True),
    Index("service_by_group", "group_id", "category_id", "popularity"),
    Index("service_by_popularity", "popularity"),
)


need = Table(
    "need",
    metadata,
    Column("paper", String, primary_key=True),  # of a person, always asked for
    Column("place", Integer, primary_key=True),  # of the service that asks for it
    Column("needs", Integer, nullable=False),  # so many papers does that service ask for
    Index("need_by_place", "place", "paper"),
    sqlite_with_rowid=False,
)

paper = Table(
    "paper",
    metadata,
    Column("id", String, primary_key=True),
    Column("services", Integer, nullable=False),  # that always ask for it
    Index("paper_by_services", "services"),
)


class _NeededRow(msgspec.Struct, frozen=True):
    """Which paper a service asks for, and whether of everybody."""

    material: str
    need: str = "always"


class _ServiceRow(msgspec.Struct, frozen=True):
    """The fields of a service that browsing looks up."""

    number: int
    group: str
    category: str
    popularity: int = 0
    peak_months: tuple[int, ...] = ()
    materials: tuple[_NeededRow, ...] = ()


class _MaterialRow(msgspec.Struct, frozen=True):
    """What of a paper says whether somebody can have it at hand."""

    form: str
    holder: str = "person"


_service_row = msgspec.json.Decoder(_ServiceRow)
_material_row = msgspec.json.Decoder(_MaterialRow)


def fill(connection: Connection, bodies: Mapping[str, bytes]) -> bytes:
    """Write all records into an empty file and return its content digest (32 bytes).

    Args:
        connection: open on a file in which `metadata.create_all` was run.
        bodies: key (`kind/id`) → exact published bytes.

    Raises:
        msgspec.MsgspecError: a body is no record.
    """
    rows: list[dict[str, Any]] = []
    services: list[dict[str, Any]] = []
    papers: dict[str, tuple[str, ...]] = {}
    for key, body in bodies.items():
        kind = key.partition("/")[0]
        rows.append(
            {
                "key": key,
                "kind": kind,
                "bucket": digest.bucket_of(key),
                "digest": digest.record_digest(body),
                "body": body,
            }
        )
        if kind == records.kind_of(records.Service):
            found = _service_row.decode(body)
            papers[key] = tuple(dict.fromkeys(_papers(found, bodies)))
            services.append(
                {
                    "key": key,
                    "number": found.number,
                    "group_id": found.group,
                    "category_id": found.category,
                    "popularity": found.popularity,
                    "peaks": sum(1 << (month - 1) for month in set(found.peak_months)),
                }
            )
    buckets = digest.buckets_of(bodies)
    services.sort(key=lambda row: (-row["popularity"], row["key"]))
    for place, row in enumerate(services):
        row["place"] = place
    _insert(connection, record, rows)
    _insert(connection, service, services)
    _insert_needs(connection, [papers[row["key"]] for row in services])
    _insert(connection, bucket, [{"n": n, "digest": value} for n, value in enumerate(buckets)])
    return digest.root(len(bodies), buckets)


def _papers(found: _ServiceRow, bodies: Mapping[str, bytes]) -> Iterator[str]:
    """What everybody must bring; forms are given at the counter, a helper has other papers."""
    for one in found.materials:
        body = bodies.get(f"material/{one.material}")
        if one.need != "always" or body is None:
            continue
        material = _material_row.decode(body)
        if material.form != "form" and material.holder == "person":
            yield one.material


def _insert_needs(connection: Connection, papers: list[tuple[str, ...]]) -> None:
    """What each service asks for, in the order of their places."""
    needs = [
        {"paper": one, "place": place, "needs": len(asked)}
        for place, asked in enumerate(papers)
        for one in asked
    ]
    _insert(connection, need, needs)
    services = Counter(row["paper"] for row in needs)
    _insert(connection, paper, [{"id": one, "services": n} for one, n in services.items()])


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(table), rows[start : start + _CHUNK])
