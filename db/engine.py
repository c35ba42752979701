"""SQLAlchemy engines with the pragmas this product needs. Knows no table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event


def durable(path: Path) -> Engine:
    """A database that survives a power cut: WAL, and a commit is on disk when it returns."""
    return _engine(path, ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"))


def server(url: str) -> Engine:
    """A database server; connections that it has closed meanwhile are opened again."""
    return create_engine(url, pool_pre_ping=True)


def scratch(path: Path) -> Engine:
    """A new file that is thrown away if anything fails, so it is built without a journal."""
    return _engine(path, ("journal_mode=OFF", "synchronous=OFF"))


def _engine(path: Path, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
