"""A PostgreSQL server for these tests alone: run by `make test-postgres`, and by nobody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

HERE = Path(__file__).parent
_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where these were asked for by name."""
    asked = [Path(one.partition("::")[0]).resolve() for one in config.args]
    return None if any(one.is_relative_to(HERE) for one in asked) else True


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Where a server listens: on a socket in a folder of its own, nowhere else."""
    programs = _PROGRAMS[-1]
    # the server will not run as root
    owner = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="hub-pg-"))
    if owner is not None:
        shutil.chown(folder, owner)

    def run(*command: str) -> None:
        subprocess.run(command, user=owner, cwd=folder, check=True, capture_output=True)

    data = folder / "data"
    run(f"{programs}/initdb", "-D", f"{data}", "-U", "hub", "-A", "trust", "-E", "UTF8")
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=60"
    log = f"{folder}/log"
    run(f"{programs}/pg_ctl", "-D", f"{data}", "-l", log, "-w", "-o", options, "start")
    try:
        yield f"host={folder}"
    finally:
        run(f"{programs}/pg_ctl", "-D", f"{data}", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A new database of that server."""
    name = f"hub_{abs(hash(request.node.nodeid)):x}"
    root = create_engine(
        f"postgresql+psycopg://hub@/postgres?{server}", isolation_level="AUTOCOMMIT"
    )
    with root.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield f"postgresql+psycopg://hub@/{name}?{server}"
    with root.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    root.dispose()
