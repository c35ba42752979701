"""When the hub was last heard, for whoever asks the machine how it is.

Knows one table of `state.db` (`kiosk.store.state` writes it), and reads it without touching the
file.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.core.errors import DiskError


def read_heard(state_db: Path) -> str | None:
    """The last good answer of any source as ISO 8601; None where there never was one.

    Raises:
        DiskError: the state is there but cannot be read.
    """
    if not state_db.is_file():
        return None
    address = f"{state_db.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            known = "SELECT count(*) FROM sqlite_master WHERE name = 'contact'"
            if not connection.execute(known).fetchone()[0]:
                return None
            rows = connection.execute("SELECT max(heard) FROM contact").fetchall()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # it quotes damaged names
        raise DiskError("it cannot be read when the hub was heard") from error
    heard = rows[0][0]
    return heard if isinstance(heard, str) else None
