"""What a keystroke of the search costs on the demo city, beside the plain substring search.

CPU time of the thread. Every query of the judged list is typed sign by sign, twice; the first
round, which reads the names from the file, counts as well. The index is built as the sync worker
builds it, the loading of the dictionary of readings included.
"""

import json
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from db import catalog, engine, records
from hub.authoring.yaml_source import read_folder
from kiosk import assets
from kiosk.search.searcher import Searcher
from kiosk.store import search_index

QUERIES = Path(__file__).parent.parent / "tests" / "kiosk" / "search" / "demo_queries.jsonl"
ROUNDS = 2


def main() -> None:
    source = read_folder(assets.RESOURCES / "catalog")
    bodies = {records.key_of(record): records.encode(record) for record in source.records}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "catalog.sqlite"
        build(file, bodies)
        with closing(Searcher(file)) as searcher:
            report("search_keystroke", searcher.find)
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            report("search_like", lambda typed: by_substring(connection, typed))


def build(file: Path, bodies: Mapping[str, bytes]) -> None:
    opened = engine.scratch(file)
    with opened.begin() as connection:
        catalog.metadata.create_all(connection)
        catalog.fill(connection, bodies)
    before = file.stat().st_size
    started = time.thread_time()
    with opened.begin() as connection:
        search_index.build(connection, bodies)
    print(f"search_index_build_ms {(time.thread_time() - started) * 1000:.0f} ms")
    opened.dispose()
    print(f"search_index_kb {(file.stat().st_size - before) / 1024:.0f} kB")


def report(name: str, find: Callable[[str], object]) -> None:
    spent_ms = []
    for _ in range(ROUNDS):
        for line in QUERIES.read_text("utf-8").splitlines():
            query = json.loads(line)["query"]
            for end in range(1, len(query) + 1):
                started = time.thread_time()
                find(query[:end])
                spent_ms.append((time.thread_time() - started) * 1000)
    spent_ms.sort()
    print(f"{name}_p50_ms {spent_ms[len(spent_ms) // 2]:.2f} ms")
    print(f"{name}_p99_ms {spent_ms[int(len(spent_ms) * 0.99)]:.2f} ms")


def by_substring(connection: sqlite3.Connection, typed: str) -> list[tuple[str]]:
    """The names that contain what was typed, and nothing else: no letters, no slip, no order."""
    return connection.execute(
        "SELECT coalesce(text, key) FROM unit WHERE key LIKE '%' || ? || '%' LIMIT 60", (typed,)
    ).fetchall()


if __name__ == "__main__":
    main()
