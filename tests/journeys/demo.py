"""A kiosk with the demo city, enrolled without a hub, and somebody in front of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from db import engine
from kiosk import app
from kiosk.citizen import PANELS, Machine, SteppedClock, await_warm, wait_until
from kiosk.store import search_index
from kiosk.store.enrolment import FILE, ROOT_FILE
from kiosk.store.state import CatalogFile, Contact, open_state
from tests.builders import MONDAY_MORNING, write_catalog
from tests.journeys.listener import RecordedVoice
from tests.kiosk.store.test_enrolment import CONTENT

AWAY = "http://127.0.0.1:9/repository/"  # nobody answers there


def write_indexed(file: Path, bodies: Mapping[str, bytes]) -> Path:
    """A catalog file with its search index."""
    write_catalog(file, bodies)
    opened = engine.scratch(file)
    with opened.begin() as connection:
        search_index.build(connection, bodies)
    opened.dispose()
    return file


def enrol(folder: Path, indexed: Path) -> Path:
    """The folder of an enrolled kiosk that has synced once; its hub is away."""
    (folder / "catalogs").mkdir(parents=True)
    (folder / "catalogs" / "1.sqlite").symlink_to(indexed)
    (folder / FILE).write_text(json.dumps(CONTENT | {"repository": AWAY}), "utf-8")
    (folder / ROOT_FILE).write_bytes(b"{}")
    state = open_state(folder)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    catalog = CatalogFile(file="catalogs/1.sqlite", version=1, head=_head(indexed), policy="")
    state.switch("990100", catalog, {}, Contact(AWAY, None, now, now))
    state.close()
    return folder


def _head(indexed: Path) -> bytes:
    """What was signed of an edition; the worker proves the file against it."""
    with closing(sqlite3.connect(indexed)) as connection:
        (head,) = connection.execute("SELECT value FROM meta WHERE name = 'head'").fetchone()
    return bytes(head)


@contextmanager
def running(
    data_dir: Path, voice: RecordedVoice, now: datetime = MONDAY_MORNING
) -> Iterator[Machine]:
    """A kiosk, on a Monday morning unless told otherwise, warm, as somebody finds it."""
    clock = SteppedClock()
    ways = app.Ways(
        now=lambda: now,
        monotonic_s=clock,
        panel=PANELS["portrait"],
        voice=lambda: voice,
        watch_hub=False,
    )
    kiosk = app.Kiosk(data_dir, ways)
    try:
        kiosk.start()
        wait_until(lambda: kiosk._reader is not None, "the voice")
        await_warm(kiosk)
        yield Machine(kiosk, clock)
    finally:
        kiosk.stop()
        kiosk.window.deleteLater()
        kiosk.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
