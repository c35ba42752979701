"""Asks the search index in a catalog file. Knows its tables; judges nothing, never writes.

It uses sqlite3 itself and not SQLAlchemy, whose import alone takes longer than the kiosk has until
its first picture.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kiosk.core import catalog
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError, SearchCancelledError
from kiosk.core.value import Value
from kiosk.store.lexicon import read_simplified
from kiosk.store.search_unit import INDEX_VERSION, Unit

_TARGETS_KEPT = 256
_KEPT = 4096  # names with their parallel strings, and lines: about 3 MB
_INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What characters are the same and how they sound."""

    simplified: Mapping[int, str]
    sounds: Mapping[str, str]  # character → code point of its syllable


class Listing(NamedTuple):
    """What a line of results shows of a service."""

    zh: str
    en: str
    category: str


class Expression(NamedTuple):
    """Everyday words that the catalog knows, and where they lead."""

    key: str
    sy: str  # sounds
    folded: str
    kind: str
    targets: tuple[int, ...]


class Target:
    """Official words and the numbers of the services in whose names they stand."""

    def __init__(self, words: str, total: int, is_map: bool, services: bytes) -> None:
        self.words = tuple(words.split(" "))
        self.total = total
        self._map = services if is_map else b""
        # of a map only the first, once somebody asks for them
        self._numbers: tuple[int, ...] = () if is_map else tuple(array("I", services))
        self._set = frozenset(self._numbers)

    @classmethod
    def of(cls, words: str, numbers: Sequence[int]) -> Target:
        """Words that no rule of the lexicon has."""
        return cls(words, len(numbers), False, array("I", numbers).tobytes())

    def __contains__(self, number: int) -> bool:
        """Whether a service is meant."""
        if self._map:
            return bool(self._map[number >> 3] >> (number & 7) & 1)
        return number in self._set

    def among(self, numbers: Set[int]) -> Set[int]:
        """Those of these services that are meant."""
        if self._map:
            bits = self._map
            return {number for number in numbers if bits[number >> 3] >> (number & 7) & 1}
        return self._set & numbers

    def first(self, count: int) -> Sequence[int]:
        """The numbers of the most used ones, in order."""
        if self._map and len(self._numbers) < min(count, self.total):
            self._numbers = tuple(itertools.islice(self._of_map(), count))
        return self._numbers[:count]

    def _of_map(self) -> Iterator[int]:
        for byte, bits in enumerate(self._map):
            if bits:
                yield from (byte * 8 + bit for bit in range(8) if bits >> bit & 1)


class _Link(Value, frozen=True):
    service: str


class _Option(Value, frozen=True):
    goto: str | None = None


class _Situation(Value, frozen=True):
    options: tuple[_Option, ...] = ()


class WaysOn(Value, frozen=True):
    """Where a service leads to: links, and the answers to its questions."""

    relations: tuple[_Link, ...] = ()
    situations: tuple[_Situation, ...] = ()

    @property
    def related(self) -> tuple[str, ...]:
        """Services that it is linked to."""
        return tuple(link.service for link in self.relations)

    @property
    def cases(self) -> tuple[str, ...]:
        """Services for a special case of it."""
        return tuple(one.goto for each in self.situations for one in each.options if one.goto)


class SearchReader:
    """The index of one catalog file, open for reading.

    Raises (constructor): CatalogMissingError, CatalogDamagedError.
    Raises (every reading method): CatalogDamagedError; SearchCancelledError after `interrupt`.
    """

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise CatalogMissingError(f"{file} is not there")
        self._file = file
        # an edition is built under a free name and never written again: nothing has to be locked
        # or looked for changes, which would be a tenth of a keystroke
        self._connection = sqlite3.connect(
            f"file:{file}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        # the file's pages are in the system's cache; a second copy would only be memory
        self._query("PRAGMA cache_size = -512")
        self._units: dict[int, Unit] = {}
        self._listings: dict[str, Listing] = {}
        self._numbered: dict[int, str] = {}
        self._targets: dict[int, Target] = {}
        version = str(INDEX_VERSION).encode()
        if self._query("SELECT value FROM meta WHERE name = 'index_version'") != [(version,)]:
            raise CatalogDamagedError(f"{file.name} has no search index of this program")
        self.lexicon = Lexicon(
            simplified=read_simplified(),
            sounds={
                sign: sound
                for sound, signs in self._query("SELECT sound, signs FROM sound")
                for sign in signs
            },
        )
        self.pairs: dict[str, int] = dict(self._query("SELECT g, n FROM bg"))
        self.size: int = self._query("SELECT count(*) FROM listing")[0][0]
        self.categories = {one.id: one for one in self._records("category", catalog.Category)}
        self.groups = {one.id: one for one in self._records("group", catalog.Group)}

    def interrupt(self) -> None:
        """Stop what is being asked at this moment; any thread may call it."""
        with contextlib.suppress(sqlite3.ProgrammingError):  # it is closed already
            self._connection.interrupt()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def matching(self, match: str, limit: int) -> list[int]:
        """The names that answer a question in FTS5's notation, the most used first."""
        rows = self._query("SELECT rowid FROM f WHERE f MATCH ? LIMIT ?", match, limit)
        return [row[0] for row in rows]

    def named(self, keys: Iterable[str]) -> list[int]:
        """The names that are exactly one of these."""
        rows = self._query(
            "SELECT uid FROM unit WHERE key IN (SELECT value FROM json_each(?)) LIMIT 40",
            json.dumps(list(keys)),
        )
        return [row[0] for row in rows]

    def beginning(self, keys: Iterable[str], sounds: Iterable[str], limit: int) -> list[int]:
        """The names that begin with one of these keys or sounds, the most used first of each."""
        found: list[int] = []
        for column, prefixes in (("key", keys), ("sy", sounds)):
            for prefix in dict.fromkeys(prefixes):
                rows = self._query(
                    f"SELECT uid FROM unit WHERE {column} >= ? AND {column} < ?"  # noqa: S608 — ours
                    " ORDER BY uid LIMIT ?",
                    prefix,
                    prefix + "\U0010ffff",
                    limit,
                )
                found += [row[0] for row in rows]
        return found

    def spoken_keys(self) -> list[str]:
        """The Chinese names, as they are compared; only these have sounds."""
        return [row[0] for row in self._query("SELECT key FROM unit WHERE sy <> ''")]

    def units(self, uids: Sequence[int]) -> list[Unit]:
        """The names with these numbers, in this order."""
        missing = [uid for uid in uids if uid not in self._units]
        if missing:
            if len(self._units) > _KEPT:
                self._units.clear()
                missing = list(uids)
            self._units.update((unit.uid, unit) for unit in self._read_units(missing))
        return [self._units[uid] for uid in uids]

    def listings(self, services: Iterable[str]) -> dict[str, Listing]:
        """What to show of these services, as far as the catalog has them."""
        wanted = list(services)
        missing = [service for service in wanted if service not in self._listings]
        if missing:
            if len(self._listings) > _KEPT:
                self._listings.clear()
                missing = wanted
            rows = self._query(
                "SELECT service, zh, en, category FROM listing"
                " WHERE service IN (SELECT value FROM json_each(?))",
                json.dumps(missing),
            )
            self._listings.update((row[0], Listing(*row[1:])) for row in rows)
        return {one: self._listings[one] for one in wanted if one in self._listings}

    def expressions(self, keys: Iterable[str], folded: Iterable[str]) -> list[Expression]:
        """The everyday words among these: by their signs, or by their folded sounds."""
        rows = self._query(
            "SELECT key, sy, folded, kind, targets FROM expression WHERE key IN ("
            "SELECT value FROM json_each(?) UNION ALL"
            " SELECT key FROM expression WHERE folded IN (SELECT value FROM json_each(?)))",
            json.dumps(list(keys)),
            json.dumps(list(folded)),
        )
        targets = json.loads(f"[{','.join(row[4] for row in rows)}]")
        return [
            Expression(row[0], row[1], row[2], row[3], tuple(ids))
            for row, ids in zip(rows, targets, strict=True)
        ]

    def targets(self, ids: Iterable[int]) -> dict[int, Target]:
        """What these targets lead to."""
        wanted = list(ids)
        missing = [one for one in wanted if one not in self._targets]
        if missing:
            if len(self._targets) > _TARGETS_KEPT:
                self._targets.clear()
                missing = wanted
            rows = self._query(
                "SELECT id, words, n, is_map, services FROM target"
                " WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(missing),
            )
            self._targets.update((row[0], Target(*row[1:])) for row in rows)
        return {one: self._targets[one] for one in wanted if one in self._targets}

    def numbered(self, numbers: Iterable[int]) -> dict[int, str]:
        """The services with these numbers."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._numbered]
        if missing:
            if len(self._numbered) > _KEPT:
                self._numbered.clear()
                missing = wanted
            rows = self._query(
                "SELECT number, service FROM listing"
                " WHERE number IN (SELECT value FROM json_each(?))",
                json.dumps(missing),
            )
            self._numbered.update(rows)
        return {one: self._numbered[one] for one in wanted if one in self._numbered}

    def numbers_matching(self, match: str, limit: int) -> list[int]:
        """The numbers of the services that the names found by `matching` lead to first."""
        rows = self._query(
            "SELECT number FROM listing WHERE service IN ("
            "SELECT coalesce(unit.service, alias_ref.service) FROM unit"
            " LEFT JOIN alias_ref ON alias_ref.uid = unit.uid AND alias_ref.rank = 0"
            " WHERE unit.uid IN (SELECT rowid FROM f WHERE f MATCH ? LIMIT ?)) ORDER BY number",
            match,
            limit,
        )
        return [row[0] for row in rows]

    def longer_titles(self, title: str, limit: int = 8) -> list[str]:
        """The services whose titles go on where this one ends, the most used first."""
        rows = self._query(
            "SELECT service FROM listing WHERE zh > ? AND zh < ? ORDER BY number LIMIT ?",
            title,
            title + "\U0010ffff",
            limit,
        )
        return [row[0] for row in rows]

    def of_category(self, category: str, limit: int = 8) -> list[str]:
        """The services of a category, the most used first."""
        rows = self._query(
            "SELECT service FROM listing WHERE category = ? ORDER BY number LIMIT ?",
            category,
            limit,
        )
        return [row[0] for row in rows]

    def ways_on(self, service: str) -> WaysOn:
        """Where a service leads to."""
        rows = self._query("SELECT body FROM record WHERE key = ?", f"service/{service}")
        try:
            return msgspec.json.decode(rows[0][0], type=WaysOn) if rows else WaysOn()
        except msgspec.MsgspecError as error:
            raise CatalogDamagedError(f"service/{service} cannot be read: {error}") from error

    def words(self, initials: str, limit: int) -> list[tuple[str, str]]:
        """The most frequent words whose initials begin so, with their sounds."""
        return self._query(
            "SELECT word, sy FROM word WHERE initials >= ? AND initials < ?"
            " ORDER BY n DESC, word LIMIT ?",
            initials,
            initials + "\U0010ffff",
            limit,
        )

    def _read_units(self, uids: list[int]) -> Iterator[Unit]:
        rows = self._query(
            "SELECT uid, kind, key, sy, pop, coalesce(text, key), service FROM unit"
            " WHERE uid IN (SELECT value FROM json_each(?))",
            json.dumps(uids),
        )
        led_to = self._led_to([row[0] for row in rows if row[-1] is None])
        for uid, kind, key, sy, pop, text, service in rows:
            services = (service,) if service else tuple(led_to.get(uid, ()))
            yield Unit(uid, kind, key, sy, pop, text, services)

    def _led_to(self, uids: list[int]) -> dict[int, list[str]]:
        """The services of names that lead to several, best first."""
        found: dict[int, list[str]] = {}
        for uid, service in self._query(
            "SELECT uid, service FROM alias_ref"
            " WHERE uid IN (SELECT value FROM json_each(?)) ORDER BY uid, rank",
            json.dumps(uids),
        ):
            found.setdefault(uid, []).append(service)
        return found

    def _records(self, kind: str, record_type: type[Any]) -> list[Any]:
        rows = self._query("SELECT body FROM record WHERE kind = ?", kind)
        try:
            return [msgspec.json.decode(row[0], type=record_type) for row in rows]
        except msgspec.MsgspecError as error:
            raise CatalogDamagedError(f"a {kind} cannot be read: {error}") from error

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.ProgrammingError as error:
            raise SearchCancelledError("the search was closed") from error
        except sqlite3.OperationalError as error:
            if str(error) == _INTERRUPTED:
                raise SearchCancelledError("another search takes its place") from error
            raise CatalogDamagedError(f"{self._file.name}: {error}") from error
        except sqlite3.Error as error:
            raise CatalogDamagedError(f"{self._file.name}: {error}") from error
