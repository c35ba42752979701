"""What a sync must remember: the catalog in use, the floors, and when the hub was heard last.

Knows the tables of `state.db` and changes them in whole transactions that outlast a power cut.
Does not know what makes a catalog acceptable (`kiosk.sync.verify`).

File names are relative to the folder of `state.db`. Starting the screen reads the same table
through `kiosk.store.pointer`, without SQLAlchemy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    delete,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from db import engine as engines
from kiosk.core.errors import DiskError

FILE_NAME = "state.db"
_ACTIVE: Final = "active"
_PREVIOUS: Final = "previous"

metadata = MetaData()

_catalog = Table(
    "catalog",
    metadata,
    Column("collection", String, primary_key=True),
    Column("place", String, primary_key=True),  # active, previous
    Column("file", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("head", LargeBinary, nullable=False),  # the exact bytes that were signed
    Column("policy", String, nullable=False),  # sha256 of the list of link hosts
)

_floor = Table(
    "floor",
    metadata,
    Column("role", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("keys", String, nullable=False),  # digest of the role's key ids
)

_contact = Table(
    "contact",
    metadata,
    Column("source", String, primary_key=True),
    Column("etag", String, nullable=True),
    Column("refreshed", String, nullable=False),  # the last whole check
    Column("heard", String, nullable=False),  # the last good answer
)


@dataclass(frozen=True)
class CatalogFile:
    """One edition on this machine."""

    file: str
    version: int
    head: bytes
    policy: str


@dataclass(frozen=True)
class Floor:
    """The version of a role below which nothing is believed, as long as its keys are these."""

    version: int
    keys: str


@dataclass(frozen=True)
class Contact:
    """What a source said last."""

    source: str
    etag: str | None
    refreshed: datetime
    heard: datetime


class State:
    """`state.db`, open. Raises (every method): DiskError where it cannot be read or written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _in_our_words():
            metadata.create_all(engine)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def active(self, collection: str) -> CatalogFile | None:
        """The edition in use."""
        return self._read(collection, _ACTIVE)

    def previous(self, collection: str) -> CatalogFile | None:
        """The edition before it, still whole."""
        return self._read(collection, _PREVIOUS)

    def files(self) -> set[str]:
        """Every file that is in use or kept."""
        with _in_our_words(), self._engine.connect() as connection:
            return set(connection.execute(select(_catalog.c.file)).scalars())

    def floors(self) -> dict[str, Floor]:
        """The floor of every role that was ever seen."""
        with _in_our_words(), self._engine.connect() as connection:
            rows = connection.execute(select(_floor)).all()
        return {row.role: Floor(row.version, row.keys) for row in rows}

    def contact(self, source: str) -> Contact | None:
        """What a source said last."""
        statement = select(_contact).where(_contact.c.source == source)
        with _in_our_words(), self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        if row is None:
            return None
        try:
            times = [datetime.fromisoformat(moment) for moment in (row.refreshed, row.heard)]
        except ValueError:
            return None  # as if nothing had been said: everything is asked again
        return Contact(row.source, row.etag, *times)

    def switch(
        self,
        collection: str,
        catalog: CatalogFile,
        floors: Mapping[str, Floor],
        contact: Contact,
    ) -> None:
        """Use another edition from now on; the one in use becomes the one before."""
        with _in_our_words(), self._engine.begin() as connection:
            _remove(connection, collection, _PREVIOUS)
            _move(connection, collection, _ACTIVE, _PREVIOUS)
            row = {"collection": collection, "place": _ACTIVE, **_row(catalog)}
            connection.execute(insert(_catalog), row)
            _remember(connection, floors, contact)

    def renew(self, collection: str, catalog: CatalogFile) -> None:
        """Use another file of the same edition from now on; the one before stays."""
        with _in_our_words(), self._engine.begin() as connection:
            _remove(connection, collection, _ACTIVE)
            row = {"collection": collection, "place": _ACTIVE, **_row(catalog)}
            connection.execute(insert(_catalog), row)

    def confirm(self, floors: Mapping[str, Floor], contact: Contact) -> None:
        """Nothing new: remember only what was seen and when."""
        with _in_our_words(), self._engine.begin() as connection:
            _remember(connection, floors, contact)

    def fall_back(self, collection: str) -> None:
        """Go back to the edition before, or to none; the next check asks for everything."""
        with _in_our_words(), self._engine.begin() as connection:
            _remove(connection, collection, _ACTIVE)
            _move(connection, collection, _PREVIOUS, _ACTIVE)
            connection.execute(delete(_contact))

    def _read(self, collection: str, place: Literal["active", "previous"]) -> CatalogFile | None:
        statement = select(_catalog).where(
            _catalog.c.collection == collection, _catalog.c.place == place
        )
        with _in_our_words(), self._engine.connect() as connection:
            row = connection.execute(statement).one_or_none()
        return None if row is None else CatalogFile(row.file, row.version, row.head, row.policy)


def open_state(data_dir: Path) -> State:
    """The state of this machine. A damaged file is set aside and begun anew.

    What is lost with it comes back with the next sync; until then python-tuf's own files still
    refuse what is older than they are.

    Raises:
        DiskError: the folder cannot be written.
    """
    path = data_dir / FILE_NAME
    with _in_our_words():
        data_dir.mkdir(parents=True, exist_ok=True)
        if path.exists() and not _is_sound(path):
            for tail in ("", "-wal", "-shm"):
                part = path.with_name(path.name + tail)
                if part.exists():
                    part.replace(path.with_name(f"damaged-{part.name}"))
        return State(engines.durable(path))


def _is_sound(path: Path) -> bool:
    """Whether SQLite can read the file and every value is of its column's kind."""
    engine = engines.durable(path)
    try:
        metadata.create_all(engine)
        with engine.connect() as connection:
            checked = connection.execute(text("PRAGMA quick_check")).scalar_one()
            tables = metadata.sorted_tables
            rows = [(table, row) for table in tables for row in connection.execute(select(table))]
        return checked == "ok" and all(_is_of_its_kind(table, row) for table, row in rows)
    except (SQLAlchemyError, UnicodeDecodeError):  # sqlite3 quotes damaged names in its errors
        return False
    finally:
        engine.dispose()


def _is_of_its_kind(table: Table, row: Row[Any]) -> bool:
    return all(
        isinstance(value, column.type.python_type) or (value is None and bool(column.nullable))
        for column, value in zip(table.columns, row, strict=True)
    )


def _row(catalog: CatalogFile) -> dict[str, str | int | bytes]:
    return {
        "file": catalog.file,
        "version": catalog.version,
        "head": catalog.head,
        "policy": catalog.policy,
    }


def _remove(connection: Connection, collection: str, place: str) -> None:
    chosen = (_catalog.c.collection == collection, _catalog.c.place == place)
    connection.execute(delete(_catalog).where(*chosen))


def _move(connection: Connection, collection: str, place: str, to: str) -> None:
    chosen = (_catalog.c.collection == collection, _catalog.c.place == place)
    connection.execute(update(_catalog).where(*chosen).values(place=to))


def _remember(connection: Connection, floors: Mapping[str, Floor], contact: Contact) -> None:
    connection.execute(delete(_floor).where(_floor.c.role.in_(list(floors))))
    rows = [
        {"role": role, "version": floor.version, "keys": floor.keys}
        for role, floor in floors.items()
    ]
    if rows:
        connection.execute(insert(_floor), rows)
    connection.execute(delete(_contact).where(_contact.c.source == contact.source))
    row = {
        "source": contact.source,
        "etag": contact.etag,
        "refreshed": contact.refreshed.astimezone(UTC).isoformat(),
        "heard": contact.heard.astimezone(UTC).isoformat(),
    }
    connection.execute(insert(_contact), row)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, UnicodeDecodeError, OSError) as error:
        raise DiskError(f"the state cannot be kept: {error}") from error
