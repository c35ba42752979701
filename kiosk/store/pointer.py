"""Which catalog file is in use, read in a few milliseconds before the first picture.

Knows one table of `state.db` (`kiosk.store.state` writes it). Uses sqlite3 itself: importing
SQLAlchemy alone takes longer than the screen may stay dark.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.core.errors import CatalogDamagedError
from kiosk.core.value import Value

_STATEMENT = "SELECT place, file, version FROM catalog WHERE collection = ?"


class ActiveCatalog(Value, frozen=True):
    """The file to show, and the one before it."""

    version: int
    file: Path
    previous: Path | None


def read_active(state_db: Path, collection: str) -> ActiveCatalog | None:
    """The catalog in use; None on a machine that never had one.

    Raises:
        CatalogDamagedError: the state is there but cannot be read.
    """
    if not state_db.is_file():
        return None
    address = f"{state_db.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            rows = connection.execute(_STATEMENT, (collection,)).fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # it quotes damaged names
        if "no such table" in str(error):
            return None
        raise CatalogDamagedError(f"{state_db}: {error}") from error
    places = {place: (state_db.parent / file, version) for place, file, version in rows}
    if "active" not in places:
        return None
    file, version = places["active"]
    previous = places.get("previous")
    return ActiveCatalog(version, file, previous[0] if previous else None)
