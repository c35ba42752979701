"""The hub's tables about kiosks, hand-offs and calls: who is enrolled, what was used, who came.

Knows the tables. Does not know when a hand-off is good (`hub.phone.verify`), who may enrol
(`hub.fleet`) or how staff answer (`hub.hall`). Nothing here names a citizen: a token appears only
as its digest, a refusal only as a count, a call as a machine and a kind of screen.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    Column("visit", String(64), nullable=False),  # the pages that used it: a double tap is one
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

refusal_hour = Table(
    "refusal_hour",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),  # as in `refusal`
    Column("hour", Utc, primary_key=True),  # its beginning
    Column("reason", String(40), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("raised", Utc, nullable=True),  # when there were enough of them for an alarm
    Index("refusal_hour_by_hour", "hour"),
)

kiosk_clock = Table(
    "kiosk_clock",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("offset_s", BigInteger, nullable=False),  # by how much its clock was ahead of ours
    Column("told", BigInteger, nullable=False),  # seconds since 1970 by its own clock
    Column("seen", Utc, nullable=False),  # by ours
)

request_nonce = Table(
    "request_nonce",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),  # sha256 of place and nonce
    Column("expires", Utc, nullable=False),  # after that the request is too old anyway
    Index("request_nonce_by_expiry", "expires"),
)

hall_pin = Table(
    "hall_pin",
    metadata,
    Column("hall", Integer, primary_key=True, autoincrement=False),
    Column("hash", String(200), nullable=False),  # argon2id
    Column("changed", Utc, nullable=False),
)

hall_session = Table(
    "hall_session",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),  # sha256 of the cookie
    Column("hall", Integer, nullable=False),
    Column("desk", String(40), nullable=False),  # where the page stands
    Column("expires", Utc, nullable=False),
)

help_call = Table(
    "help_call",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hall", Integer, nullable=False),
    Column("kiosk", Integer, nullable=False),
    Column("screen", String(40), nullable=False),  # a kind of screen, never what was typed
    Column("service", Integer, nullable=True),  # its short number
    Column("language", String(8), nullable=False),
    Column("state", String(12), nullable=False),
    Column("placed", Utc, nullable=False),
    Column("left", Utc, nullable=True),  # the visit ended, the call did not
    Column("answered", Utc, nullable=True),
    Column("forwarded", Utc, nullable=True),
    Column("closed", Utc, nullable=True),
    Column("desk", String(40), nullable=False),  # that comes, or that is to come
    Index("help_call_by_closing", "closed"),
)

kiosk_state = Table(
    "kiosk_state",
    metadata,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("heard", Utc, nullable=False),  # the machine itself, last
    Column("since", Utc, nullable=True),  # when what is worst began; nothing where all is well
    Column("fault", String(40), nullable=True),  # of its printer
    Column("withdrawn", Boolean, nullable=False),  # it prints for nobody until staff were there
    Column("low_paper", Boolean, nullable=False),
    Column("slip", Integer, nullable=False),  # number of its newest one
    Column("catalog", Integer, nullable=False),  # version that it shows
    Column("program", String(40), nullable=False),
)

answer_time = Table(
    "answer_time",
    metadata,
    Column("hall", Integer, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("seconds", Integer, primary_key=True, autoincrement=False),  # at most so many
    Column("count", Integer, nullable=False),
)
