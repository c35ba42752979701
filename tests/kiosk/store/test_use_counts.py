"""How often services were taken along: by quarter, and nothing finer."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kiosk.core.errors import DiskError
from kiosk.store.use_counts import UseCounts, read_season


class Day:
    """A calendar that stands until it is turned."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def state_db(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def day() -> Day:
    return Day(date(2026, 11, 23))


@pytest.fixture
def counts(state_db: Path, day: Day) -> Iterator[UseCounts]:
    opened = UseCounts(state_db, day)
    yield opened
    opened.close()


def take(counts: UseCounts, *services: str) -> None:
    for service in services:
        counts.count(service)


def test_uses_of_a_service_add_up_the_most_used_first(counts: UseCounts, day: Day) -> None:
    take(counts, "passport", "id-card", "id-card")
    assert counts.read(day()) == (("id-card", 2), ("passport", 1))


def test_the_same_season_of_last_year_counts_and_no_other(counts: UseCounts, day: Day) -> None:
    for moment in (date(2025, 10, 1), date(2026, 8, 1), date(2026, 11, 1), date(2026, 12, 31)):
        day.today = moment
        take(counts, "passport")
    assert counts.read(date(2026, 10, 5)) == (("passport", 3),)
    assert counts.read(date(2027, 8, 5)) == (("passport", 1),)
    assert counts.read(date(2027, 2, 5)) == ()


def test_what_is_older_than_two_years_is_forgotten(
    counts: UseCounts, state_db: Path, day: Day
) -> None:
    take(counts, "once-asked-for-service")
    counts.close()
    day.today = date(2028, 12, 31)
    with closing(UseCounts(state_db, day)) as kept:
        assert kept.read(date(2026, 11, 23)) == (("once-asked-for-service", 1),)
    day.today = date(2029, 1, 1)
    with closing(UseCounts(state_db, day)) as later:
        assert later.read(date(2026, 11, 23)) == ()
        later._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"once-asked-for-service" not in state_db.read_bytes()


def test_neither_a_day_nor_an_order_is_kept(counts: UseCounts, state_db: Path, day: Day) -> None:
    take(counts, "zoo", "passport", "zoo")
    day.today = date(2026, 12, 24)
    take(counts, "aid")
    with closing(sqlite3.connect(state_db)) as another:
        rows = another.execute("SELECT * FROM use_count").fetchall()
        with pytest.raises(sqlite3.OperationalError):
            another.execute("SELECT rowid FROM use_count")
    assert rows == [("2026Q4", "aid", 1), ("2026Q4", "passport", 1), ("2026Q4", "zoo", 2)]


def test_reading_before_anything_was_counted_makes_no_file(state_db: Path) -> None:
    assert read_season(state_db, date(2026, 11, 23)) == ()
    assert not state_db.exists()


def test_a_state_that_never_counted_says_nothing(state_db: Path) -> None:
    with closing(sqlite3.connect(state_db)) as another:
        another.execute("CREATE TABLE catalog (place TEXT)")
    assert read_season(state_db, date(2026, 11, 23)) == ()


def test_reading_beside_says_the_same(counts: UseCounts, state_db: Path, day: Day) -> None:
    take(counts, "passport", "passport")
    assert read_season(state_db, day()) == counts.read(day()) == (("passport", 2),)


_COUNTING = """
import sys
from datetime import date
from pathlib import Path
from kiosk.store.use_counts import UseCounts
counts = UseCounts(Path(sys.argv[1]), lambda: date(2026, 11, 23))
n = 0
while True:
    counts.count("passport")
    n += 1
    print(n, flush=True)
"""


def test_a_kill_loses_at_most_the_last(state_db: Path, day: Day) -> None:
    command = [sys.executable, "-c", _COUNTING, str(state_db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [next(process.stdout) for _ in range(25)]
        os.kill(process.pid, signal.SIGKILL)
        said += list(process.stdout)
    done = int([line for line in said if line.endswith("\n")][-1])
    with closing(UseCounts(state_db, day)) as counts:
        assert dict(counts.read(day()))["passport"] in (done, done + 1)


def test_a_full_disk_is_one_of_our_errors(counts: UseCounts, day: Day) -> None:
    pages = counts._connection.execute("PRAGMA page_count").fetchone()[0]
    counts._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskError):
        take(counts, *(f"service-{n}-{'x' * 900}" for n in range(200)))
    assert counts.read(day())


def test_a_damaged_file_is_one_of_our_errors(state_db: Path, day: Day) -> None:
    state_db.write_bytes(b"no database" * 1000)
    with pytest.raises(DiskError):
        UseCounts(state_db, day)
    with pytest.raises(DiskError):
        read_season(state_db, day())
