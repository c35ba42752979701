"""Composed catalogs on disk, each built once for the index as it is now.

Knows where they are kept and what building them cost. Does not know what is searched for in them.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from benchmarks import search_catalogs, search_composed
from benchmarks.search_catalogs import Line
from benchmarks.search_quality import Names
from benchmarks.search_rivals import Rival, Row
from db.phonetic import SPELLING
from kiosk.store.lexicon import read_readings
from kiosk.store.reading import Reader
from kiosk.store.search_unit import GAPS, INDEX_VERSION, TITLE

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "bench"
_MADE_BY = (  # what changes an index changes one of these
    "resources/lexicon/**/*.txt",
    "kiosk/store/search_*.py",
    "kiosk/store/lexicon.py",
    "kiosk/store/reading.py",
    "db/phonetic.py",
    "benchmarks/search_ca*.py",
    "benchmarks/search_co*.py",
    "benchmarks/search_rivals.py",
)


class Cost(msgspec.Struct, frozen=True):
    """What an index costs before anybody asks it."""

    megabytes: float
    build_s: float  # CPU, without looking up how names are read
    reading_s: float = 0.0


class Stock:
    """One composed catalog: its services, its file, the files of the rivals."""

    def __init__(self, count: int, folder: Path, base: Sequence[Line] | None = None) -> None:
        self.lines = search_composed.composed_lines(count, base)
        self.real = [line.name for line in self.lines if line.base == line.name]
        self._beginning = f"composed-{count}-"
        self._stem = f"{self._beginning}{INDEX_VERSION}-{_fingerprint(self.lines)}"
        self._folder = folder

    @property
    def file(self) -> Path:
        """The catalog file."""
        return self._folder / f"{self._stem}.sqlite"

    def place(self, rival: Rival) -> Path:
        """Where a rival keeps its index."""
        return self._folder / f"{self._stem}.{rival.name}"

    def names(self) -> Names:
        """What judged phrases are held to; a service made of another answers like that one."""
        return Names(
            {f"s{n}": (line.base or line.name, line.name) for n, line in enumerate(self.lines)}
        )

    def build(self) -> Cost:
        """Make the catalog file if it is not there; what that cost."""
        known = self._cost(self.file)
        if known:
            return known
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob(f"{self._beginning}*.sqlite*"):
            old.unlink()
        bodies = search_catalogs.of_lines(self.lines)
        search_catalogs.write(self.file, bodies)
        before = self.file.stat().st_size
        started = time.thread_time()
        search_catalogs.add_index(self.file, bodies)
        spent_s = time.thread_time() - started
        size = (self.file.stat().st_size - before) / 1e6
        reading_s = self._reading_s()
        return self._keep(self.file, Cost(size, spent_s - reading_s, reading_s))

    def build_rival(self, rival: Rival) -> Cost:
        """Make a rival's index if it is not there; what that cost."""
        place = self.place(rival)
        known = self._cost(place)
        if known:
            return known
        rows = list(self._rows())
        started = time.process_time()  # a full text engine writes with threads of its own
        rival.build(rows, place)
        spent = time.process_time() - started
        files = [place] if place.is_file() else list(place.iterdir())
        return self._keep(place, Cost(sum(one.stat().st_size for one in files) / 1e6, spent))

    def _reading_s(self) -> float:
        """What it costs to look up how the names of the index are read."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            keys = [key for (key,) in connection.execute("SELECT key FROM unit WHERE sy != ''")]
        started = time.thread_time()
        reader = Reader(read_readings())
        for key in keys:
            reader.sounds(key)
        return time.thread_time() - started

    def _rows(self) -> Iterator[Row]:
        """The services as the rivals know them, the most used first, read as the index reads."""
        asked = "SELECT service, sy FROM unit WHERE kind = ? AND service IS NOT NULL"
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as connection:
            sounds: dict[str, str] = dict(connection.execute(asked, (TITLE,)))
        order = sorted(range(len(self.lines)), key=lambda n: -self.lines[n].popularity)
        for n in order:
            spelled = (SPELLING.get(sign, sign) for sign in sounds[f"s{n}"] if sign not in GAPS)
            yield Row(f"s{n}", self.lines[n].name, tuple(spelled))

    @staticmethod
    def _cost(place: Path) -> Cost | None:
        note = place.with_name(place.name + ".json")
        if not place.exists() or not note.exists():
            return None
        return msgspec.json.decode(note.read_bytes(), type=Cost)

    @staticmethod
    def _keep(place: Path, cost: Cost) -> Cost:
        place.with_name(place.name + ".json").write_bytes(msgspec.json.encode(cost))
        return cost


def _fingerprint(lines: Sequence[Line]) -> str:
    """Ten digits that differ where an index built now would differ."""
    found = hashlib.sha256(repr(lines[:1000]).encode())
    for pattern in _MADE_BY:
        for file in sorted(ROOT.glob(pattern)):
            found.update(file.read_bytes())
    return found.hexdigest()[:10]
