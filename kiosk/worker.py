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
    {"event": "progress", "stage": "fetch", "share": 0.4}   of a check that the parent asked for

A line `now` on stdin asks for a check at once; until it has ended, which is one of `checked`,
`updated` and `failed`, it says how far it is. It ends when its stdin does: then its parent is gone.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

import requests
from sqlalchemy import Connection
from typing_extensions import override

from kiosk import VERSION, assets, config
from kiosk.core.errors import SyncError
from kiosk.store import enrolment, search_index
from kiosk.store.state import open_state
from kiosk.sync.apply import Bodies, SearchIndex
from kiosk.sync.clip_cycle import WITHOUT_LIMIT, ClipCycle
from kiosk.sync.cycle import Cycle, SyncOutcome
from kiosk.sync.fetcher import FolderSource, HubSource, Source
from kiosk.sync.visit import Terms

CHECK_NOW = "now"
"""The line on stdin that asks for a check."""

_NICENESS = 10  # the screen goes first
_LINE_MAX = 80
_PROGRESS_S = 0.5
_LARGE_BYTES = 1 << 16  # of the catalog; metadata and heads are smaller
_SHARES = {"fetch": 0.0, "verify": 0.6, "apply": 0.75}  # of the work, about, where each begins
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


class Bell:
    """What the parent wants: a check now, or that all ends.

    Attributes:
        stop: set when the parent is gone.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._rung = threading.Event()
        self._wants_check = False

    def ring(self) -> None:
        """A check now."""
        self._wants_check = True
        self._rung.set()

    def end(self) -> None:
        """No more checks."""
        self.stop.set()
        self._rung.set()

    def answered(self) -> bool:
        """Whether the check that begins now is one that the parent asked for."""
        wanted, self._wants_check = self._wants_check, False
        return wanted

    def wait(self, seconds: float) -> None:
        """Until the time is over, the bell rings, or the parent is gone."""
        if not self.stop.is_set():
            self._rung.wait(seconds)
        self._rung.clear()


class Progress:
    """How far a check is, told to whoever asked for it, twice a second at most."""

    def __init__(self, lines: Lines, clock: Callable[[], float] = time.monotonic) -> None:
        self._lines, self._clock = lines, clock
        self._is_wanted = False
        self._stage, self._said_s = "", -math.inf
        self._length, self._received = 0, 0

    def begin(self, is_wanted: bool) -> None:
        """Another check."""
        self._is_wanted, self._stage = is_wanted, ""
        self._length = self._received = 0
        self.reach("fetch")

    def expect(self, length: int) -> None:
        """A file of at most so many bytes comes; the largest one is the catalog."""
        self._length, self._received = length, 0

    def receive(self, count: int) -> None:
        """So many bytes have come."""
        self._received += count
        if self._length >= _LARGE_BYTES:
            self._say("fetch", _SHARES["verify"] * min(1.0, self._received / self._length))
            if self._received >= self._length:
                self.reach("verify")

    def reach(self, stage: str) -> None:
        """The next part of the work begins."""
        self._say(stage, _SHARES[stage])

    def _say(self, stage: str, share: float) -> None:
        now_s = self._clock()
        is_news = stage != self._stage or now_s - self._said_s >= _PROGRESS_S
        if self._is_wanted and is_news:
            self._stage, self._said_s = stage, now_s
            self._lines.tell(stage, round(share, 2))


class _WatchedSource(HubSource):
    """A hub whose files are counted while they come."""

    def __init__(self, url: str, session: requests.Session, progress: Progress) -> None:
        super().__init__(url, session)
        self._progress = progress

    @contextmanager
    @override
    def download_file(self, url: str, max_length: int) -> Iterator[IO[bytes]]:
        self._progress.expect(max_length)
        with super().download_file(url, max_length) as file:
            yield file

    @override
    def _stream(self, url: str) -> Iterator[bytes]:
        for piece in super()._stream(url):
            self._progress.receive(len(piece))
            yield piece


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
        self._write(line)

    def tell(self, stage: str, share: float) -> None:
        """Tell the parent how far the check is that it asked for."""
        self._write({"event": "progress", "stage": stage, "share": share})

    def _write(self, line: Mapping[str, str | int | float | None]) -> None:
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
    begin: Callable[[], object] = lambda: None,
) -> None:
    """Prove what is here, then ask again and again until `stop` is set; `begin` precedes each."""
    wait = wait or stop.wait
    proved = cycle.recover()
    if proved.result == "updated" and proved.version is not None:
        lines.say("updated", proved.version)
    lines.say("started", proved.version, proved.error)
    failures = 0
    while not stop.is_set():
        begin()
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
    bell: Bell | None = None,
    progress: Progress | None = None,
) -> int:
    """Sync once, or until stdin ends; 0 where the last thing that happened was no failure.

    Raises:
        DiskError: this machine's state cannot be opened.
    """
    state = open_state(terms.data_dir)
    bell = bell or Bell()
    lines = Lines(stdout, bell.stop)
    progress = progress or Progress(lines)
    index = _watched(index, progress)
    cycle = Cycle(terms, source, state, index)
    clips = ClipCycle(terms, source, state)
    try:
        if goes_on:
            threading.Thread(target=_listen, args=(stdin, bell), daemon=True).start()
            watch(
                cycle,
                clips,
                lines,
                rhythm,
                bell.stop,
                bell.wait,
                begin=lambda: progress.begin(bell.answered()),
            )
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
        bell = Bell()
        progress = Progress(Lines(sys.stdout, bell.stop))
        source = _WatchedSource(enrolment.read(data_dir).repository, session, progress)
        return run(
            terms,
            source,
            goes_on=watch,
            rhythm=Rhythm(settings.sync.interval_s),
            stdin=sys.stdin,
            stdout=sys.stdout,
            bell=bell,
            progress=progress,
        )


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
    return Terms(data_dir, collection, enrolment.root_of_trust(data_dir), VERSION)


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


def _watched(index: SearchIndex, progress: Progress) -> SearchIndex:
    """The index is the last and longest part of building a file."""

    def build(connection: Connection, bodies: Bodies) -> None:
        progress.reach("apply")
        index.build(connection, bodies)

    return SearchIndex(index.version, build)


def _listen(stdin: TextIO, bell: Bell) -> None:
    """Hear what the parent wants, until the end of stdin; other lines mean nothing."""
    try:
        while line := stdin.readline(_LINE_MAX):
            if line.strip() == CHECK_NOW:
                bell.ring()
    except (OSError, ValueError):
        pass  # closed under our hands: the parent is gone all the same
    bell.end()
