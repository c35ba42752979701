"""A kiosk's folder and everything that syncs it, for tests; made anew for each."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db import digest, records
from db.head import Head
from hub.publish import edition, kit
from hub.publish.repository import Repository
from kiosk.store import pointer
from kiosk.store.catalog_reader import CatalogReader
from kiosk.store.state import State, open_state
from kiosk.sync import deep_check
from kiosk.sync.apply import Edition, SearchIndex
from kiosk.sync.clip_cycle import Allowance, ClipCycle, ClipOutcome
from kiosk.sync.cycle import Cycle, SyncOutcome
from kiosk.sync.fetcher import FolderSource, Source
from kiosk.sync.visit import Terms
from tests.hub.publish.building import COLLECTION, HOST, make_source

NO_INDEX = SearchIndex(0, lambda _connection, _bodies: None)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class Moment:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.now.timestamp()

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Machine:
    """One kiosk; `sync` opens its state, syncs once from a source, and closes it again."""

    terms: Terms
    source: Source
    index: SearchIndex = NO_INDEX
    clock: Moment = field(default_factory=Moment)

    @property
    def data_dir(self) -> Path:
        return self.terms.data_dir

    def state(self) -> closing[State]:
        return closing(open_state(self.data_dir))

    def sync(self) -> SyncOutcome:
        with self.state() as state:
            return Cycle(self.terms, self.source, state, self.index, self.clock).run()

    def clips(self, state: State, allowance: Allowance | None = None) -> ClipCycle:
        """What brings clips, for as long as the state is open."""
        return ClipCycle(self.terms, self.source, state, allowance, self.clock.monotonic)

    def fetch_clips(self, allowance: Allowance | None = None) -> ClipOutcome:
        """One go of a process that has just begun."""
        with self.state() as state:
            return self.clips(state, allowance).run()

    def recover(self) -> SyncOutcome:
        with self.state() as state:
            return Cycle(self.terms, self.source, state, self.index, self.clock).recover()

    def limit(self, **limits: object) -> None:
        self.terms = replace(self.terms, **limits)

    @property
    def active(self) -> pointer.ActiveCatalog | None:
        return pointer.read_active(self.data_dir / "state.db", COLLECTION)

    def shown(self) -> tuple[int, dict[str, str]]:
        """Version and summaries as the screen reads them, each record proved."""
        with closing(CatalogReader(self.active.file)) as reader:
            services = reader.services_of("papers")
            return reader.edition.version, {one.id: one.summary.zh for one in services}

    def is_whole(self) -> bool:
        """Whether what the pointer names can be proved from the first byte to the last."""
        with self.state() as state:
            active = state.active(COLLECTION)
        return deep_check.is_sound(self.data_dir / active.file, active.head)


def make_machine(data_dir: Path, repository: Repository, source: Source | None = None) -> Machine:
    terms = Terms(data_dir, COLLECTION, repository.first_root, app_version="0.2.0")
    return Machine(terms, source or FolderSource(repository.metadata_dir.parent))


def make_edition(*services: records.Service, version: int = 1) -> Edition:
    bodies = edition.bodies_of(make_source(services).records)
    head = Head(
        schema=records.SCHEMA_VERSION,
        collection=COLLECTION,
        version=version,
        count=len(bodies),
        digest=digest.digest_of(bodies).hex(),
        published="2026-11-22T12:00:00Z",
        min_app="0.2.0",
    )
    return Edition(head, bodies, (HOST,))


def enrol(data_dir: Path, repository: Repository, url: str) -> Path:
    """A kit as the hub writes it, and a kiosk that has its identity from it."""
    folder = data_dir.parent / "stick"
    kit.export(repository, folder / "repository", timedelta(days=30))
    data_dir.mkdir()
    identity = {
        "repository": url,
        "handoff_prefix": "https://zwfw.yunchuan.example/k/",
        "collection": COLLECTION,
        "hall": "hall",
        "place": {"region": 990100, "hall": 1, "kiosk": 1},
        "epoch": 0,
        "key": "00" * 32,
    }
    (data_dir / "enrol.json").write_text(json.dumps(identity), "utf-8")
    (data_dir / "root.json").write_bytes(repository.first_root)
    return folder


def in_a_process(act) -> str:
    """What `act` returns, done in a process of its own; nothing where it was killed."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.write(writer, act().encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as said:
        words = said.read()
    os.waitpid(child, 0)
    return words
