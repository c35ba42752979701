"""The hub's tables about kiosks and hand-offs: who is enrolled, how often a code was used.

Knows the tables. Does not know when a hand-off is good (`hub.phone.verify`) or who may enrol
(`hub.fleet`). Nothing here names a citizen: a token appears only as its digest, a refusal only as
a count.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

metadata = MetaData()


class Utc(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC without a zone in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


kiosk = Table(
    "kiosk",
    metadata,
    # region (20 bits) | hall (12) | kiosk (8), as in the token
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("region", Integer, nullable=False),
    Column("hall", Integer, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("epoch", Integer, nullable=False),  # of the key it was given last
    Column("oldest_epoch", Integer, nullable=False),  # keys before this one are refused
    Column("created", Utc, nullable=False),
    Column("enrolled", Utc, nullable=False),
    Column("revoked_at", Utc, nullable=True),
)

token_use = Table(
    "token_use",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),  # sha256 of the token
    Column("uses", Integer, nullable=False),
    Column("visit", String(64), nullable=False),  # the page that used it last: a double tap is one
    Column("first", Utc, nullable=False),
    Column("last", Utc, nullable=False),
    Column("expires", Utc, nullable=False),  # the row goes when the token could not be used anyway
    Index("token_use_by_expiry", "expires"),
)

refusal = Table(
    "refusal",
    metadata,
    # 0 where no enrolled kiosk is named, so that strangers cannot fill the table
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("reason", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
)
