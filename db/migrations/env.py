"""What Alembic runs: migrations over the connection that the caller opened.

A new migration: `alembic -c db/migrations/alembic.ini revision --autogenerate -m "…"`.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, create_engine

from db import fleet


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=fleet.metadata,
        render_as_batch=True,  # SQLite alters a table by copying it
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise SystemExit("alembic.ini names no sqlalchemy.url")
    with create_engine(url).connect() as opened:
        _migrate(opened)
