"""Builds a catalog file out of records that were judged good: the whole file, or none.

Knows how a file comes to be and what must be on the disk before anybody may point at it. Does not
judge records (`kiosk.sync.verify`) and does not move the pointer (`kiosk.store.state`).

A new edition is always a new file: readers keep the one they have open, the one before stays as a
way back, and a half-built file is one that nobody points at. Another way to come from one edition
to the next, such as patches to the records of the last, ends here as well: with records in memory
whose digest the publishers signed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from db import catalog
from db import engine as engines
from db import head as heads
from db.head import Head
from kiosk.core.errors import DiskError, NotTrustedError
from kiosk.sync import disk, verify

Bodies: TypeAlias = Mapping[str, bytes]


@dataclass(frozen=True)
class SearchIndex:
    """How the search tables of a file are made, and which kind of them this program reads."""

    version: int
    build: Callable[[Connection, Bodies], None]


@dataclass(frozen=True)
class Edition:
    """What a catalog file is built from."""

    head: Head
    bodies: Bodies
    link_hosts: tuple[str, ...]


def build(folder: Path, edition: Edition, index: SearchIndex) -> Path:
    """Build the file of an edition and return it once it is on the disk.

    Raises:
        NotTrustedError: the records are not the ones that were signed, or make no catalog.
        DiskError: the file could not be written, or does not read as written.
    """
    verify.require_content(edition.head, edition.bodies)
    path = _free_name(folder, edition.head)
    whole = False
    try:
        _fill(path, edition, index)
        disk.sync_file(path)
        disk.sync_folder(folder)
        whole = True
    except (msgspec.MsgspecError, IntegrityError) as error:
        raise NotTrustedError(f"the records contradict themselves: {error}") from error
    except (SQLAlchemyError, OSError) as error:
        raise DiskError(f"{path.name} could not be built: {error}") from error
    finally:
        if not whole:
            path.unlink(missing_ok=True)
    return path


def sweep(folder: Path, kept: Collection[str]) -> None:
    """Remove the catalog files that nobody points at; one that is still open may stay (Windows)."""
    for path in folder.glob("catalog-*.sqlite*"):
        if path.name not in kept:
            with suppress(OSError):
                path.unlink()


def _free_name(folder: Path, head: Head) -> Path:
    """A name that no file has: the same version is built again where it was damaged."""
    stem = f"catalog-{head.collection}-{head.version}"
    path, n = folder / f"{stem}.sqlite", 1
    while path.exists():
        n += 1
        path = folder / f"{stem}-{n}.sqlite"
    return path


def _fill(path: Path, edition: Edition, index: SearchIndex) -> None:
    engine = engines.scratch(path)
    try:
        with engine.begin() as connection:
            catalog.metadata.create_all(connection)
            root = catalog.fill(connection, edition.bodies)
            if root.hex() != edition.head.digest:
                raise NotTrustedError("what was written is not what was signed")
            connection.execute(insert(catalog.meta), _meta(edition, index))
            index.build(connection, edition.bodies)
        with engine.connect() as connection:
            found = connection.execute(text("PRAGMA quick_check")).scalar_one()
            if found != "ok":
                raise DiskError(f"{path.name} does not read as written: {found}")
    finally:
        engine.dispose()


def _meta(edition: Edition, index: SearchIndex) -> list[dict[str, str | bytes]]:
    head = edition.head
    values = {
        "schema": str(catalog.FILE_SCHEMA).encode(),
        "index_version": str(index.version).encode(),
        "collection": head.collection.encode(),
        "version": str(head.version).encode(),
        "head": heads.encode(head),
        "link_hosts": msgspec.json.encode(edition.link_hosts),
    }
    return [{"name": name, "value": value} for name, value in values.items()]
