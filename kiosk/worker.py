"""The sync worker: a process of its own that says on stdout, a JSON line a time, what it did.

Knows when to ask the hub and what to tell its parent. Does not know how a sync is done
(`kiosk.sync.cycle`), and shows nothing: building a catalog in the screen's own process would make
the screen wait for it.

    {"event": "started", "version": 7}              the edition in use, proved; null where none is
    {"event": "checked", "version": 7}              nothing new
    {"event": "updated", "version": 8}              another edition is in use: open it
    {"event": "failed", "version": 7, "reason": …}  the edition in use stays
    {"event": "clips-updated", "version": 8}        other recorded sentences: read the list again
    {"event": "clips-failed", "version": 8, "reason": …}    those of before stay

It ends when its stdin does: then its parent is gone.
"""

from __future__ import annotations

import json
import os
import random
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import requests

from kiosk import assets, config
from kiosk.core.errors import SyncError
from kiosk.store import enrolment, search_index
from kiosk.store.state import open_state
from kiosk.sync.apply import SearchIndex
from kiosk.sync.clip_cycle import WITHOUT_LIMIT, ClipCycle
from kiosk.sync.cycle import Cycle, SyncOutcome
from kiosk.sync.fetcher import FolderSource, HubSource, Source
from kiosk.sync.visit import Terms

APP_VERSION = "0.1.0"
"""Of this program, as in pyproject.toml; a catalog may ask for a newer one."""

_NICENESS = 10  # the screen goes first
_INDEX = SearchIndex(search_index.INDEX_VERSION, search_index.build)
_EVENTS = {"unchanged": "checked", "updated": "updated", "refused": "failed"}


@dataclass(frozen=True)
class Rhythm:
    """When to ask again."""

    interval_s: float = 60.0
    jitter: float = 0.2  # of the interval, both ways: kiosks must not ask in step
    first_backoff_s: float = 5.0
    longest_backoff_s: float = 900.0

    def wait_s(self, outcome: SyncOutcome, failures: int, draw: Callable[[], float]) -> float:
        """How long to wait after the so manieth failure in a row; `draw` gives 0 … 1.

        After a failure anything from nothing to the whole back-off (full jitter): when a hub
        comes back, its kiosks do not all come in the same moment.
        """
        if failures == 0:
            return self.interval_s * (1 + self.jitter * (2 * draw() - 1))
        longest = max(self.longest_backoff_s, self.interval_s)
        backoff_s = min(longest, self.first_backoff_s * 2.0 ** min(failures, 30))
        return max(draw() * backoff_s, outcome.retry_after_s or 0.0)


class Lines:
    """JSON lines to the parent; `gone` is set when nobody reads them any more."""

    def __init__(self, out: TextIO, gone: threading.Event) -> None:
        self._out = out
        self._gone = gone

    def say(self, event: str, version: int | None, error: SyncError | None = None) -> None:
        """Tell the parent what happened."""
        line: dict[str, str | int | None] = {"event": event, "version": version}
        if error is not None:
            line["reason"] = f"{type(error).__name__}: {error}"
        try:
            self._out.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._out.flush()
        except (OSError, ValueError):
            self._gone.set()


def watch(
    cycle: Cycle,
    clips: ClipCycle,
    lines: Lines,
    rhythm: Rhythm,
    stop: threading.Event,
    wait: Callable[[float], object] | None = None,
    draw: Callable[[], float] = random.random,
) -> None:
    """Prove what is here, then ask again and again until `stop` is set."""
    wait = wait or stop.wait
    proved = cycle.recover()
    if proved.result == "updated" and proved.version is not None:
        lines.say("updated", proved.version)
    lines.say("started", proved.version, proved.error)
    failures = 0
    while not stop.is_set():
        outcome = cycle.run()
        failures = failures + 1 if outcome.error else 0
        lines.say(_EVENTS[outcome.result], outcome.version, outcome.error)
        if outcome.error is None:
            _bring_clips(clips, lines, outcome.version, stop.is_set)
        wait(rhythm.wait_s(outcome, failures, draw))


def run(
    terms: Terms,
    source: Source,
    *,
    goes_on: bool,
    rhythm: Rhythm,
    stdin: TextIO,
    stdout: TextIO,
    index: SearchIndex = _INDEX,
) -> int:
    """Sync once, or until stdin ends; 0 where the last thing that happened was no failure.

    Raises:
        DiskError: this machine's state cannot be opened.
    """
    state = open_state(terms.data_dir)
    stop = threading.Event()
    lines = Lines(stdout, stop)
    cycle = Cycle(terms, source, state, index)
    clips = ClipCycle(terms, source, state)
    try:
        if goes_on:
            threading.Thread(target=_stop_at_end, args=(stdin, stop), daemon=True).start()
            watch(cycle, clips, lines, rhythm, stop)
            return 0
        outcome = cycle.run()
        lines.say(_EVENTS[outcome.result], outcome.version, outcome.error)
        is_more = outcome.error is None
        while is_more:
            is_more = _bring_clips(clips, lines, outcome.version)
        return 1 if outcome.error else 0
    finally:
        state.close()


def main(data_dir: Path, *, watch: bool) -> int:
    """`kiosk sync`: the worker of an enrolled kiosk.

    Raises:
        ConfigError: settings or enrolment are missing or wrong.
        DiskError: this machine's state cannot be opened.
    """
    settings = config.load(data_dir / "kiosk.toml", assets.PROFILES)
    terms = _terms(data_dir)
    if watch and hasattr(os, "nice"):
        os.nice(_NICENESS)
    with requests.Session() as session:
        source = HubSource(enrolment.read(data_dir).repository, session)
        rhythm = Rhythm(settings.sync.interval_s)
        return run(terms, source, goes_on=watch, rhythm=rhythm, stdin=sys.stdin, stdout=sys.stdout)


def sync_from_kit(kit: Path, data_dir: Path) -> str:
    """Take the first catalog from an installation kit; says which.

    Raises:
        ConfigError: the enrolment is missing or damaged.
        SyncError: the kit's catalog is not acceptable.
    """
    state = open_state(data_dir)
    try:
        terms, source = _terms(data_dir), FolderSource(kit / "repository")
        outcome = Cycle(terms, source, state, _INDEX).run()
        if outcome.error is not None:
            raise outcome.error
        clips = ClipCycle(terms, source, state, WITHOUT_LIMIT).run()
    finally:
        state.close()
    said = f"catalog version {outcome.version}"
    return f"{said}; recorded sentences did not come: {clips.error}" if clips.error else said


def _terms(data_dir: Path) -> Terms:
    collection = enrolment.read(data_dir).collection
    return Terms(data_dir, collection, enrolment.root_of_trust(data_dir), APP_VERSION)


def _bring_clips(
    clips: ClipCycle,
    lines: Lines,
    version: int | None,
    is_over: Callable[[], bool] = lambda: False,
) -> bool:
    """After a catalog is in place, and after the parent was told so; whether there is more."""
    outcome = clips.run(is_over)
    if outcome.error is not None:
        lines.say("clips-failed", version, outcome.error)
    elif outcome.result == "updated":
        lines.say("clips-updated", version)
    return outcome.result == "some"


def _stop_at_end(stdin: TextIO, stop: threading.Event) -> None:
    """Wait for the end of stdin; whatever is written to it before means nothing."""
    try:
        while stdin.read(1):
            pass
    except (OSError, ValueError):
        pass  # closed under our hands: the parent is gone all the same
    stop.set()
