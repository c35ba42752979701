"""Reads a catalog file for the screen: one proved record at a time.

Knows the tables of `db.catalog` and the digest. Does not know how the file came to be, and never
writes. It uses sqlite3 itself and not SQLAlchemy, whose import alone takes longer than the kiosk
has until its first picture (docs/decisions/0004).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from db import digest
from kiosk.core import catalog
from kiosk.core.doable import Doable
from kiosk.core.errors import CatalogDamagedError, CatalogMissingError
from kiosk.core.standing import Standing
from kiosk.store import papers_at_hand

_T = TypeVar("_T")
_NUMBER = re.compile("[0-9]+")
_FEW = 20
_KEPT = 512  # decoded records; a visit looks at a few dozen


class _Head(msgspec.Struct, frozen=True):
    """The part of the publisher-signed head that proves the records."""

    collection: str
    version: int
    count: int
    digest: str
    published: str


class CatalogReader:
    """One edition of the catalog, open for reading; satisfies `kiosk.core.catalog.Catalog`.

    Raises (constructor): CatalogMissingError, CatalogDamagedError.
    Raises (every reading method): CatalogDamagedError.
    """

    def __init__(self, file: Path) -> None:
        if not file.is_file():
            raise CatalogMissingError(f"{file} is not there")
        self.file = file
        self._connection = sqlite3.connect(
            f"file:{file}?mode=ro", uri=True, check_same_thread=False
        )
        # what was read is kept decoded; the file's pages are in the system's cache anyway
        self._query("PRAGMA cache_size = -256")
        self._kept: dict[str, object | None] = {}
        self._standings: dict[int, tuple[Standing, ...]] = {}  # asked for by every home
        self._counts: dict[str, int] = {}
        self._head = self._read_head()
        self._buckets = self._read_buckets()
        self.edition = catalog.Edition(
            collection=self._head.collection,
            version=self._head.version,
            published=self._head.published,
            services=self._number("SELECT count(*) FROM service"),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def city(self) -> catalog.City:
        cities = self._all("city", catalog.City)
        if not cities:
            raise CatalogDamagedError("the catalog has no city")
        return cities[0]

    def groups(self) -> tuple[catalog.Group, ...]:
        return tuple(sorted(self._all("group", catalog.Group), key=lambda group: group.order))

    def categories(self, group: str) -> tuple[catalog.Category, ...]:
        own = (one for one in self._all("category", catalog.Category) if one.group == group)
        return tuple(sorted(own, key=lambda one: one.order))

    def services_of(self, group: str) -> tuple[catalog.Service, ...]:
        order = {category.id: category.order for category in self.categories(group)}
        keys = self._keys(
            "SELECT key FROM service WHERE group_id = ? ORDER BY popularity DESC", group
        )
        services = self._services(keys)
        return tuple(sorted(services, key=lambda one: order.get(one.category, len(order))))

    def popular(self, count: int) -> tuple[catalog.Service, ...]:
        keys = self._keys(
            "SELECT key FROM (SELECT key, popularity, row_number() OVER "
            "(PARTITION BY group_id ORDER BY popularity DESC, number) AS place FROM service) "
            "WHERE place <= 2 ORDER BY popularity DESC, key LIMIT ?",
            count,
        )
        return self._services(keys)

    def most_used(self, count: int) -> tuple[catalog.Service, ...]:
        return self._services(
            self._keys("SELECT key FROM service ORDER BY popularity DESC, key LIMIT ?", count)
        )

    def count_of(self, group: str) -> int:
        if group not in self._counts:  # of a large group it costs as much as a whole screen
            asked = "SELECT count(*) FROM service WHERE group_id = ?"
            self._counts[group] = self._number(asked, group)
        return self._counts[group]

    def standings(self, count: int) -> tuple[Standing, ...]:
        if count not in self._standings:
            self._standings[count] = tuple(self._read_standings(count))
        return self._standings[count]

    def service(self, id: str) -> catalog.Service | None:
        return self._one("service", id, catalog.Service)

    def service_by_number(self, number: int) -> catalog.Service | None:
        keys = self._keys("SELECT key FROM service WHERE number = ?", number)
        return self._services(keys)[0] if keys else None

    def category(self, id: str) -> catalog.Category | None:
        return self._one("category", id, catalog.Category)

    def group(self, id: str) -> catalog.Group | None:
        return self._one("group", id, catalog.Group)

    def provider(self, id: str) -> catalog.Provider | None:
        return self._one("provider", id, catalog.Provider)

    def material(self, id: str) -> catalog.Material | None:
        return self._one("material", id, catalog.Material)

    def halls(self) -> tuple[catalog.Hall, ...]:
        return tuple(sorted(self._all("hall", catalog.Hall), key=lambda hall: hall.order))

    def hall(self, id: str) -> catalog.Hall | None:
        return self._one("hall", id, catalog.Hall)

    def counter(self, id: str) -> catalog.Counter | None:
        return self._one("counter", id, catalog.Counter)

    def counters_of(self, hall: str) -> tuple[catalog.Counter, ...]:
        own = (one for one in self._all("counter", catalog.Counter) if one.hall == hall)
        return tuple(sorted(own, key=lambda one: (one.floor.zh, _first_number(one.label.zh))))

    def events(self) -> tuple[catalog.Event, ...]:
        return tuple(sorted(self._all("event", catalog.Event), key=lambda event: event.order))

    def event(self, id: str) -> catalog.Event | None:
        return self._one("event", id, catalog.Event)

    def papers(self, count: int) -> tuple[catalog.Material, ...]:
        found = (self.material(one) for one in self._paper_ids(count))
        return tuple(one for one in found if one is not None)

    def doable(self, in_hand: tuple[str, ...]) -> Doable:
        return papers_at_hand.find(self.file, in_hand)

    def bulletins(self) -> tuple[catalog.Bulletin, ...]:
        return tuple(self._all("bulletin", catalog.Bulletin))

    def picks(self) -> tuple[catalog.Pick, ...]:
        return tuple(sorted(self._all("pick", catalog.Pick), key=lambda pick: pick.order))

    # reading and proving --------------------------------------------------------------------

    def _read_standings(self, count: int) -> Iterator[Standing]:
        if self._number(papers_at_hand.IS_KNOWN):
            asked = "SELECT key, group_id, popularity, peaks FROM service ORDER BY place LIMIT ?"
            yield from (_standing(*row) for row in self._query(asked, count))
        else:  # an older file lacks the months as well
            yield from map(_standing_of, self.most_used(min(count, _FEW)))

    def _paper_ids(self, count: int) -> list[str]:
        if not self._number(papers_at_hand.IS_KNOWN):  # a file of an older program, not yet rebuilt
            return []
        return self._keys("SELECT id FROM paper ORDER BY services DESC, id LIMIT ?", count)

    def _services(self, keys: list[str]) -> tuple[catalog.Service, ...]:
        found = (self._one("service", key.partition("/")[2], catalog.Service) for key in keys)
        return tuple(service for service in found if service is not None)

    def _one(self, kind: str, id: str, record_type: type[_T]) -> _T | None:
        key = f"{kind}/{id}"
        try:
            record = self._kept[key]
        except KeyError:  # or cleared just now: the screen, errands and slips read at once
            record = self._read_record(key, record_type)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[key] = record
        return record if isinstance(record, record_type) else None

    def _all(self, kind: str, record_type: type[_T]) -> list[_T]:
        keys = self._keys("SELECT key FROM record WHERE kind = ?", kind)
        records = (self._one(kind, key.partition("/")[2], record_type) for key in keys)
        return [record for record in records if record is not None]

    def _read_record(self, key: str, record_type: type[object]) -> object | None:
        rows = self._query("SELECT body, bucket FROM record WHERE key = ?", key)
        if not rows:
            return None
        body, bucket = rows[0]
        if not isinstance(body, bytes):
            raise CatalogDamagedError(f"{key} is not stored as bytes")
        self._prove(key, body, bucket)
        try:
            return msgspec.json.decode(body, type=record_type)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CatalogDamagedError(f"{key} cannot be read: {error}") from error

    def _prove(self, key: str, body: bytes, bucket: int) -> None:
        """The record hashes into its bucket, the bucket into the root that was signed."""
        members = dict(self._query("SELECT key, digest FROM record WHERE bucket = ?", bucket))
        members[key] = digest.record_digest(body)
        if not all(isinstance(one, bytes) for one in members.values()):
            raise CatalogDamagedError(f"{key} stands beside digests that are no bytes")
        if bucket != digest.bucket_of(key) or (
            digest.bucket_digest(members.items()) != self._buckets[bucket]
        ):
            raise CatalogDamagedError(f"{key} is not the record that was signed")

    def _read_head(self) -> _Head:
        rows = self._query("SELECT value FROM meta WHERE name = 'head'")
        try:
            return msgspec.json.decode(rows[0][0], type=_Head)
        except (IndexError, TypeError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise CatalogDamagedError("the catalog has no readable head") from error

    def _read_buckets(self) -> list[bytes]:
        buckets = [row[0] for row in self._query("SELECT digest FROM bucket ORDER BY n")]
        if not all(isinstance(bucket, bytes) for bucket in buckets):
            raise CatalogDamagedError("the catalog's buckets are no bytes")
        if len(buckets) != digest.BUCKETS or (
            digest.root(self._head.count, buckets).hex() != self._head.digest
        ):
            raise CatalogDamagedError("the catalog's buckets are not those that were signed")
        return buckets

    def _keys(self, statement: str, *values: object) -> list[str]:
        return [row[0] for row in self._query(statement, *values)]

    def _number(self, statement: str, *values: object) -> int:
        return int(self._query(statement, *values)[0][0])

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, values).fetchall()
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise CatalogDamagedError(f"{self.file.name}: {error}") from error


def _first_number(words: str) -> int:
    """Of a label of counters; those without one come first."""
    found = _NUMBER.search(words)
    return int(found[0]) if found else 0


def _standing(key: str, group: str, popularity: int, peaks: int) -> Standing:
    months = tuple(month for month in range(1, 13) if peaks >> (month - 1) & 1)
    return Standing(key.partition("/")[2], group, popularity, months)


def _standing_of(service: catalog.Service) -> Standing:
    return Standing(service.id, service.group, service.popularity, service.peak_months)
