"""Opens the hub's database at its newest schema. Knows no table."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from db import engine as engines
from db import migrations
from hub.config import HubConfig
from hub.fleet.errors import FleetError


def open_hub(config: HubConfig) -> Engine:
    """The database of the settings: the file in the data folder, or a server.

    Raises:
        FleetError: it cannot be opened.
    """
    url = config.settings.database
    return _open_server(url) if url else open_database(config.database)


def open_database(file: Path) -> Engine:
    """The hub's database, made or migrated where that is needed.

    Raises:
        FleetError: its folder is missing, or it cannot be opened.
    """
    if not file.parent.is_dir():
        raise FleetError(f"{file.parent} is missing; run `hub init {file.parent}` first")
    engine = engines.durable(file)
    try:
        # one at a time: SQLite waits for no one while a new file is being turned to WAL
        with _alone(file.with_suffix(".lock")):
            migrations.upgrade(engine)
    except OSError as error:
        engine.dispose()
        raise FleetError(f"{error.filename or file}: {error.strerror}") from error
    except SQLAlchemyError as error:
        engine.dispose()
        reason = str(error).splitlines()[0]
        raise FleetError(f"{file}: {reason}; put back the last backup") from error
    return engine


def _open_server(url: str) -> Engine:
    try:
        engine = engines.server(url)
    except (SQLAlchemyError, ImportError) as error:  # the text may hold a password
        raise FleetError(
            "hub.toml: database: is no address of a database whose driver is installed; "
            "write postgresql+psycopg://<user>@/<name>?host=<folder of its socket>"
        ) from error
    try:
        migrations.upgrade(engine)
    except SQLAlchemyError as error:
        engine.dispose()
        reason = str(error).splitlines()[0]
        raise FleetError(f"hub.toml: database: {reason}") from error
    return engine


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Wait for the others, then keep them waiting."""
    with lock.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
