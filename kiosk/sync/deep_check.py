"""Proves a catalog file again from its first byte to its last, and goes back where it fails.

Knows the tables of a catalog file and the digest. Does not repair: what cannot be proved is left,
and the next sync fetches everything anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from db import catalog, digest
from db import head as heads
from kiosk.core.errors import CatalogDamagedError
from kiosk.store.state import CatalogFile, State


def read_bodies(path: Path) -> dict[str, bytes]:
    """The records of a file by key, as they stand there.

    Raises:
        CatalogDamagedError: the file is missing or cannot be read.
    """
    rows = _query(path, "SELECT key, body FROM record ORDER BY key")
    if not all(isinstance(key, str) and isinstance(body, bytes) for key, body in rows):
        raise CatalogDamagedError(f"{path.name} holds something that is no record")
    return dict(rows)


def read_link_hosts(path: Path) -> tuple[str, ...]:
    """The hosts to which its records may lead, as they stand there.

    Raises:
        CatalogDamagedError: the file is missing or cannot be read.
    """
    try:
        ((content,),) = _query(path, "SELECT value FROM meta WHERE name = 'link_hosts'")
        return msgspec.json.decode(content, type=tuple[str, ...])
    except (ValueError, TypeError) as error:
        raise CatalogDamagedError(f"{path.name} names no hosts") from error


def is_current(path: Path, index_version: int) -> bool:
    """Whether this program reads files of this kind; else it is built again from its records."""
    try:
        meta: dict[str, bytes] = dict(_query(path, "SELECT name, value FROM meta"))
    except CatalogDamagedError:
        return False
    wanted = {"schema": catalog.FILE_SCHEMA, "index_version": index_version}
    return all(meta.get(name) == str(value).encode() for name, value in wanted.items())


def is_sound(path: Path, head: bytes) -> bool:
    """Whether a file holds exactly the records of this head, with proofs that fit them."""
    try:
        signed = heads.decode(head)
        bodies = read_bodies(path)
        leaves = dict(_query(path, "SELECT key, digest FROM record"))
        buckets = [value for (value,) in _query(path, "SELECT digest FROM bucket ORDER BY n")]
        named = _query(path, "SELECT value FROM meta WHERE name = 'head'")
    except (CatalogDamagedError, heads.HeadError):
        return False
    return (
        named == [(head,)]
        and len(bodies) == signed.count
        and _fit(bodies, leaves)
        and buckets == digest.buckets_of(bodies)
        and digest.root(len(bodies), buckets).hex() == signed.digest
    )


def recover(state: State, folder: Path, collection: str) -> CatalogFile | None:
    """The edition in use if it can be proved, else the one before, else None.

    Raises:
        DiskError: the state cannot be read or written.
    """
    while (found := state.active(collection)) is not None:
        if is_sound(folder / found.file, found.head):
            return found
        state.fall_back(collection)
    return None


def _fit(bodies: Mapping[str, bytes], leaves: Mapping[str, bytes]) -> bool:
    return all(leaves.get(key) == digest.record_digest(body) for key, body in bodies.items())


def _query(path: Path, statement: str) -> list[tuple[Any, ...]]:
    if not path.is_file():
        raise CatalogDamagedError(f"{path.name} is not there")
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return connection.execute(statement).fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise CatalogDamagedError(f"{path.name}: {error}") from error
