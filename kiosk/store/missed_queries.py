"""What citizens asked without getting a good answer, counted for the editors of the catalog.

Knows what of a query may be kept, and how often it was asked. Does not know who asked, when, in
which order or beside what else: there is no column for any of it. Words that were asked in fewer
than three visits are kept as a keyed digest only, which says nothing to whoever reads the file; the
key lies beside it, so it does not stop somebody who guesses words and has the file.

It uses sqlite3 itself: it runs in the window's process, where SQLAlchemy's import would make the
screen wait (docs/decisions/0004).
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from db.phonetic import key_of
from kiosk.core.errors import DiskError
from kiosk.core.value import Value

SHOWN_FROM: Final = 3  # visits; what fewer asked could tell who it was
KEPT_MAX: Final = 2000  # different words
LEAST_SIGNS, MOST_SIGNS = 2, 20
_NUMBER: Final = 5  # digits; a telephone, an identity card, a licence plate
_SPELLED_NUMBER = re.compile(f"[零〇一二三四五六七八九幺两]{{{_NUMBER}}}")
_GAP_IN_CHINESE = re.compile(r"(?<=[⺀-鿿]) | (?=[⺀-鿿])")
_BUSY_S = 5.0  # the sync worker may be writing its own tables

_TABLES = (
    """CREATE TABLE IF NOT EXISTS missed_key (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        key BLOB NOT NULL
    )""",
    # without rowid: a number of each row would say in which order they came
    """CREATE TABLE IF NOT EXISTS missed_seldom (
        digest BLOB PRIMARY KEY,
        visits INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS missed_query (
        words TEXT PRIMARY KEY,
        visits INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "INSERT OR IGNORE INTO missed_key VALUES (1, randomblob(32))",
)
_FREQUENT = (
    "SELECT words, visits FROM missed_query WHERE visits >= ? ORDER BY visits DESC, words LIMIT ?"
)


class MissedQuery(Value, frozen=True):
    """Words, and in how many visits they were asked without a good answer."""

    words: str
    visits: int


def countable(query: str, simplified: Mapping[int, str]) -> str | None:
    """What of a query may be counted: its letters. None where it may be about a person."""
    if "@" in unicodedata.normalize("NFKC", query):
        return None
    key = key_of(query, simplified)
    digits = sum(sign.isnumeric() and not sign.isalpha() for sign in key)
    if digits >= _NUMBER or _SPELLED_NUMBER.search(key):
        return None
    letters = "".join(sign if sign.isalpha() else " " for sign in key)
    words = _GAP_IN_CHINESE.sub("", " ".join(letters.split()))
    return words if LEAST_SIGNS <= len(words) <= MOST_SIGNS else None


class MissedQueries:
    """The counts of this machine; used on one thread.

    Raises (every method): `kiosk.core.errors.DiskError` where the database fails.
    """

    def __init__(self, state_db: Path, simplified: Mapping[int, str]) -> None:
        """Open the counts.

        Args:
            state_db: this machine's state database; made where it is missing.
            simplified: traditional characters and the simplified ones.
        """
        self._simplified = simplified
        self._counted: set[str] = set()  # in this visit
        with _in_our_words():
            self._connection = sqlite3.connect(state_db, timeout=_BUSY_S, check_same_thread=False)
            # what is deleted is overwritten; a commit is on disk when it returns
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            with self._connection:
                for statement in _TABLES:
                    self._connection.execute(statement)
            (self._key,) = self._connection.execute("SELECT key FROM missed_key").fetchone()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def next_visit(self) -> None:
        """Somebody else may come; what this visit asked is forgotten."""
        self._counted.clear()

    def count(self, query: str) -> None:
        """Count a query once a visit, if it may be counted; on disk when this returns."""
        words = countable(query, self._simplified)
        if words is None or words in self._counted:
            return
        self._counted.add(words)
        with _in_our_words(), self._connection:
            if not self._raised("missed_query", "words", words):
                self._count_seldom(words)

    def most_frequent(self, count: int) -> tuple[MissedQuery, ...]:
        """The words that most visits asked; none that fewer than three did."""
        with _in_our_words():
            return _frequent(self._connection, count)

    def outgoing(self, limit: int) -> tuple[MissedQuery, ...]:
        """What may be sent to the hub; say `sent` when it has arrived."""
        return self.most_frequent(limit)

    def sent(self, queries: Iterable[MissedQuery]) -> None:
        """These counts are known elsewhere: only what came since counts from here."""
        rows = [(one.visits, one.words) for one in queries]
        with _in_our_words(), self._connection:
            subtract = "UPDATE missed_query SET visits = visits - ? WHERE words = ?"
            self._connection.executemany(subtract, rows)
            self._connection.execute("DELETE FROM missed_query WHERE visits <= 0")

    def _count_seldom(self, words: str) -> None:
        """As a digest, until it has been asked often enough to be words."""
        digest = hashlib.blake2b(words.encode(), key=self._key, digest_size=16).digest()
        if not self._raised("missed_seldom", "digest", digest):
            self._make_room()
            self._connection.execute("INSERT INTO missed_seldom VALUES (?, 1)", (digest,))
        often = self._connection.execute(
            "DELETE FROM missed_seldom WHERE digest = ? AND visits >= ? RETURNING visits",
            (digest, SHOWN_FROM),
        ).fetchall()
        for (visits,) in often:
            self._connection.execute("INSERT INTO missed_query VALUES (?, ?)", (words, visits))

    def _raised(self, table: str, column: str, value: str | bytes) -> bool:
        """One more visit where there is a row."""
        raise_it = f"UPDATE {table} SET visits = visits + 1 WHERE {column} = ?"  # noqa: S608 — ours
        return self._connection.execute(raise_it, (value,)).rowcount > 0

    def _make_room(self) -> None:
        """The rarest gives way; of several any, as a digest has no order."""
        tables = (("missed_seldom", "digest"), ("missed_query", "words"))
        kept = sum(self._rows(f"SELECT count(*) FROM {table}") for table, _ in tables)  # noqa: S608
        for table, column in tables:
            if kept >= KEPT_MAX:
                kept -= self._connection.execute(
                    f"DELETE FROM {table} WHERE {column} IN "  # noqa: S608
                    f"(SELECT {column} FROM {table} ORDER BY visits, {column} LIMIT ?)",
                    (kept - KEPT_MAX + 1,),
                ).rowcount

    def _rows(self, statement: str) -> int:
        return int(self._connection.execute(statement).fetchone()[0])


def read_most_frequent(state_db: Path, count: int) -> tuple[MissedQuery, ...]:
    """As `MissedQueries.most_frequent`, without touching the file; none where nothing was counted.

    Raises:
        DiskError: the state is there but cannot be read.
    """
    if not state_db.is_file():
        return ()
    address = f"{state_db.absolute().as_uri()}?mode=ro"
    with _in_our_words(), closing(sqlite3.connect(address, uri=True)) as connection:
        known = "SELECT count(*) FROM sqlite_master WHERE name = 'missed_query'"
        if not connection.execute(known).fetchone()[0]:
            return ()
        return _frequent(connection, count)


def _frequent(connection: sqlite3.Connection, count: int) -> tuple[MissedQuery, ...]:
    rows = connection.execute(_FREQUENT, (SHOWN_FROM, count)).fetchall()
    return tuple(MissedQuery(words, visits) for words, visits in rows)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # it quotes damaged names
        raise DiskError("the counts of missed queries failed") from error
