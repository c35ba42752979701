"""Tables of a catalog file: the published bytes, what proves them, and what finds them.

Knows the schema of one SQLite file and how to fill an empty one. Does not know how records
arrive (`kiosk.sync`), how search words are made (`kiosk.store.search_index`), or how the file is
read on screen (`kiosk.store.catalog_reader`).

The file is a cache of signed records: where `schema` differs from `FILE_SCHEMA`, it is built again
from the records, never migrated.
"""

from __future__ import annotations

from collections.abc import Mapping
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

FILE_SCHEMA = 1
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
    Index("service_by_number", "number", unique=True),
    Index("service_by_group", "group_id", "category_id", "popularity"),
    Index("service_by_popularity", "popularity"),
)


class _ServiceRow(msgspec.Struct, frozen=True):
    """The fields of a service that browsing looks up."""

    number: int
    group: str
    category: str
    popularity: int = 0


_service_row = msgspec.json.Decoder(_ServiceRow)


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
            services.append(
                {
                    "key": key,
                    "number": found.number,
                    "group_id": found.group,
                    "category_id": found.category,
                    "popularity": found.popularity,
                }
            )
    buckets = digest.buckets_of(bodies)
    _insert(connection, record, rows)
    _insert(connection, service, services)
    _insert(connection, bucket, [{"n": n, "digest": value} for n, value in enumerate(buckets)])
    return digest.root(len(bodies), buckets)


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(table), rows[start : start + _CHUNK])
