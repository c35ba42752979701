"""How long publishing the demo city takes, and how long a kiosk needs to take all of it.

The source is a kit's folder, so no line is in the figures; the median of some rounds each.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hub.authoring import yaml_source
from hub.publish import publication
from hub.publish.repository import Repository
from kiosk.store import search_index
from kiosk.store.state import open_state
from kiosk.sync.apply import SearchIndex
from kiosk.sync.cycle import Cycle, SyncOutcome
from kiosk.sync.fetcher import FolderSource
from kiosk.sync.visit import Terms

DEMO = Path(__file__).resolve().parent.parent / "resources" / "catalog"
COLLECTION = "990100"
ROUNDS = 5


@contextmanager
def scratch_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="publish-sync-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and on the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def median(rounds: list[tuple[float, float]], which: int) -> float:
    return statistics.median(one[which] for one in rounds)


def publish(folder: Path) -> Repository:
    repository = Repository(folder)
    repository.create(COLLECTION)
    source = yaml_source.read_folder(DEMO)
    publication.publish(repository, source)
    return repository


def sync(folder: Path, repository: Repository, index: SearchIndex) -> SyncOutcome:
    source = FolderSource(repository.metadata_dir.parent)
    terms = Terms(folder, COLLECTION, repository.first_root, "0.2.0")
    with closing(open_state(folder)) as state:
        outcome = Cycle(terms, source, state, index).run()
    if outcome.error is not None:
        raise SystemExit(f"the sync was refused: {outcome.error}")
    return outcome


def main() -> None:
    index = SearchIndex(search_index.INDEX_VERSION, search_index.build)
    bare = SearchIndex(0, lambda _connection, _bodies: None)
    with scratch_folder() as folder:
        published = [timed(lambda n=n: publish(folder / f"hub{n}")) for n in range(ROUNDS)]
        repository = Repository(folder / "hub0")
        full = [timed(lambda n=n: sync(folder / f"k{n}", repository, index)) for n in range(ROUNDS)]
        records = [
            timed(lambda n=n: sync(folder / f"b{n}", repository, bare)) for n in range(ROUNDS)
        ]
        poll = [timed(lambda: sync(folder / "k0", repository, index)) for _ in range(ROUNDS)]
        head, _ = repository.read_current() or (None, None)
        size = next((folder / "hub0").rglob("*.full.jsonl.zst")).stat().st_size
    figures = (
        ("publish_demo_s", median(published, 0), "s"),
        ("full_sync_demo_s", median(full, 0), "s"),
        ("full_sync_cpu_s", median(full, 1), "s"),
        ("full_sync_without_index_cpu_s", median(records, 1), "s"),
        ("unchanged_check_cpu_s", median(poll, 1), "s"),
        ("demo_records", head.count if head else 0, "records"),
        ("demo_full_bytes", size, "B"),
    )
    for name, value, unit in figures:
        print(f"{name} {value:.3f} {unit}" if unit == "s" else f"{name} {value} {unit}")


if __name__ == "__main__":
    main()
