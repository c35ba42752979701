"""`staff.db`: who may do what at this machine, what they did, and what they said of today.

Knows how the file is opened and that nobody else may read it. Does not know its tables
(`kiosk.store.staff_book`, `kiosk.store.hall_today`).

It is a file of its own and no part of `state.db`: that one is set aside and begun anew when it is
damaged, which must neither forget who staff are nor open a lock. It uses sqlite3 itself: it runs in
the window's process, where SQLAlchemy's import would make the screen wait (docs/decisions/0004).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.core.errors import DiskError

STAFF_DB = "staff.db"
_BUSY_S = 5.0  # `kiosk staff` may be writing while the window runs
_OWNER_ONLY = 0o600


def connect(file: Path, tables: Iterable[str]) -> sqlite3.Connection:
    """The file, open; made where it is missing.

    Raises:
        DiskError: it cannot be read or written.
    """
    with in_our_words():
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
        connection = sqlite3.connect(file, timeout=_BUSY_S, check_same_thread=False)
        # what is deleted is overwritten; a commit is on disk when it returns
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        with connection:
            for statement in tables:
                connection.execute(statement)
    return connection


@contextmanager
def in_our_words() -> Iterator[None]:
    """Errors of the disk and the database as ours, without what they were about."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:  # it quotes damaged names
        raise DiskError("the book of staff failed") from error
