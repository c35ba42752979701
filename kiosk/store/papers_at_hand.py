"""Finds what can be done with the papers that somebody has with them, among all services.

Knows the tables `need` and `service` of a catalog file. Does not know the records: whoever shows a
service reads it and has it proved. It has a connection of its own, so that nobody who draws waits.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from heapq import nsmallest
from pathlib import Path
from typing import Final

from kiosk.core.doable import Doable, Possible
from kiosk.core.errors import CatalogDamagedError

NAMED_MAX: Final = 30  # of each kind; nobody reads further
IS_KNOWN: Final = "SELECT count(*) FROM sqlite_master WHERE name = 'need'"
"""Whether a file has these tables: one that an older program has built lacks them."""

# rows are counted here: SQLite takes three times as long to group them
_ASKING = "SELECT place, needs FROM need WHERE paper IN ({papers})"
_KEY = "SELECT key FROM service WHERE place = ?"
_LACKING = "SELECT paper FROM need WHERE place = ? AND paper NOT IN ({papers}) ORDER BY paper"


def find(file: Path, in_hand: tuple[str, ...]) -> Doable:
    """What can be done with these papers; nothing where the file does not know.

    Raises:
        CatalogDamagedError: the file cannot be read.
    """
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            if not connection.execute(IS_KNOWN).fetchone()[0]:
                return Doable(in_hand)
            return _found(connection, in_hand)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise CatalogDamagedError(f"{file.name}: {error}") from error


def _found(connection: sqlite3.Connection, in_hand: tuple[str, ...]) -> Doable:
    papers = tuple(dict.fromkeys(in_hand))
    held = Counter(connection.execute(_with_holes(_ASKING, papers), papers))
    kinds: tuple[list[int], ...] = ([], [], [])  # places
    for (place, needs), has in held.items():
        kinds[min(max(needs - has, 0), 2)].append(place)
    now, one, more = (
        tuple(_possible(connection, place, papers) for place in nsmallest(NAMED_MAX, kind))
        for kind in kinds
    )
    return Doable(in_hand, now, one, more, (len(kinds[0]), len(kinds[1]), len(kinds[2])))


def _possible(connection: sqlite3.Connection, place: int, papers: tuple[str, ...]) -> Possible:
    found = connection.execute(_KEY, (place,)).fetchone()
    if found is None:
        raise CatalogDamagedError(f"no service has the place {place}")
    rows = connection.execute(_with_holes(_LACKING, papers), (place, *papers))
    return Possible(found[0].partition("/")[2], tuple(paper for (paper,) in rows))


def _with_holes(statement: str, papers: tuple[str, ...]) -> str:
    return statement.format(papers=", ".join("?" * len(papers)))
