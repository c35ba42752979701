from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from db import fleet
from hub.fleet.database import open_database
from hub.fleet.errors import FleetError


def test_the_migrated_schema_equals_the_models(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hub.sqlite")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, fleet.metadata) == []
    engine.dispose()


def test_a_column_that_no_migration_makes_is_noticed(tmp_path: Path) -> None:
    engine = open_database(tmp_path / "hub.sqlite")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE kiosk DROP COLUMN name"))
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), fleet.metadata)
    assert [kind for kind, *_ in differences] == ["add_column"]
    engine.dispose()


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "hub.sqlite"
    for _ in range(2):
        engine = open_database(file)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "INSERT INTO refusal VALUES (0, '2026-11-23', 'used', 1) ON CONFLICT DO NOTHING"
                )
            )
            assert connection.scalar(text("SELECT count(*) FROM refusal")) == 1
        engine.dispose()


def test_commands_that_start_together_migrate_once(tmp_path: Path) -> None:
    file = tmp_path / "hub.sqlite"

    def tables(_: int) -> set[str]:
        engine = open_database(file)
        names = set(inspect(engine).get_table_names())
        engine.dispose()
        return names

    with ThreadPoolExecutor(4) as threads:
        seen = list(threads.map(tables, range(4)))
    assert seen == [{"alembic_version", *fleet.metadata.tables}] * 4


def test_a_file_that_is_no_database_is_said_with_the_way_out(tmp_path: Path) -> None:
    file = tmp_path / "hub.sqlite"
    file.write_bytes(b"not a database at all, but long enough to have a header" * 40)
    with pytest.raises(FleetError, match=r"hub\.sqlite.*backup"):
        open_database(file)


def test_a_missing_folder_is_said_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(FleetError, match="hub init"):
        open_database(tmp_path / "nowhere" / "hub.sqlite")
