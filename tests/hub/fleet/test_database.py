from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from db import engine as engines
from db import fleet, migrations
from hub.fleet import register
from hub.fleet.database import open_database
from hub.fleet.errors import FleetError
from hub.hall.machine_book import MachineBook


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


def test_what_an_older_release_has_kept_is_there_after_the_migration(tmp_path: Path) -> None:
    """Revision 0002 is the one of release 0.2.0."""
    file, then = tmp_path / "hub.sqlite", "'2026-11-20 04:00:00'"
    engine = engines.durable(file)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for row in (
            f"kiosk VALUES (1089122467079, 990100, 1, 7, 'x', 3, 2, {then}, {then}, NULL)",
            f"token_use VALUES (x'00', 1, 'as-it-was', {then}, {then}, {then})",
            "refusal VALUES (0, '2026-11-20', 'used', 3)",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    engine.dispose()
    engine = open_database(file)
    with engine.connect() as connection:
        (kiosk,) = register.all_kiosks(connection)
        assert (kiosk.epoch, kiosk.clock_offset) == (3, timedelta(0))
        assert connection.scalar(text("SELECT visit FROM token_use")) == "as-it-was"
        assert connection.scalar(text("SELECT count FROM refusal")) == 3
    (machine,) = MachineBook(engine).machines(1)
    assert (machine.kiosk, machine.heard) == (7, None)
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
