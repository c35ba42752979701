"""Brings the hub's database to the newest schema. The kiosk never imports this."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

_LOCK = 0x4B515231  # a number of our own: two commands may start at once there too


def upgrade(engine: Engine) -> None:
    """Apply every migration that the database lacks: all of them, or none."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            # the driver opens no transaction before DDL; and two commands may start at once
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
