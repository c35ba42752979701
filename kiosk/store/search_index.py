"""The search index inside a catalog file: its tables, and how a new file's are filled.

Knows what of a catalog can be found and under which words. Does not know how a query is read or
ranked (`kiosk.search`), and never runs in the kiosk's own process: the worker that builds a
catalog file calls `build`, and a file whose `index_version` differs is built again.

The full text table `f` has no content of its own; triggers on `unit` keep it. They call functions
of this module, so a connection that has not been through `register` cannot write to `unit` at all,
and index and names cannot drift apart. The tokens are pure functions of the row, so an old row is
always taken out with the tokens it was put in with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db import phonetic, records
from kiosk.store import lexicon
from kiosk.store.reading import Reader, signs_by_sound
from kiosk.store.search_words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

INDEX_VERSION = 1
"""Raised when tables, tokens or sounds change; the value in `meta` is its decimal digits."""

SERVICE, ALIAS, CATEGORY, GROUP = "s", "a", "c", "g"
"""What a unit is a name of; a life event is found like a category."""
_GROUP_SERVICES = 8  # of a group that is found by name only the most used
_WORDS_MAX = 5000

_TABLES = """
CREATE TABLE unit (
    uid INTEGER PRIMARY KEY,  -- the most used first: FTS5 answers in this order, LIMIT stops early
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    key TEXT NOT NULL,        -- normalised signs
    sy TEXT NOT NULL,         -- their sounds, sign by sign; empty for English
    pop INTEGER NOT NULL,
    text TEXT NOT NULL,       -- as it is written
    service TEXT              -- NULL: `alias_ref` says which
);
CREATE INDEX unit_by_key ON unit (key);
CREATE TABLE alias_ref (
    uid INTEGER NOT NULL, rank INTEGER NOT NULL, service TEXT NOT NULL, PRIMARY KEY (uid, rank)
) WITHOUT ROWID;
CREATE TABLE listing (        -- what a line of results shows
    service TEXT PRIMARY KEY, zh TEXT NOT NULL, en TEXT NOT NULL, category TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE word (           -- offered while letters are typed
    initials TEXT NOT NULL, word TEXT NOT NULL, sy TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (initials, word)
) WITHOUT ROWID;
CREATE TABLE sound (sound TEXT PRIMARY KEY, signs TEXT NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE f USING fts5 (
    c, s, i, content = '', tokenize = "unicode61 remove_diacritics 0"
);
CREATE TRIGGER unit_added AFTER INSERT ON unit BEGIN
    INSERT INTO f (rowid, c, s, i)
    VALUES (new.uid, tok_c(new.key), tok_s(new.sy), tok_i(new.sy));
END;
CREATE TRIGGER unit_changed AFTER UPDATE ON unit BEGIN
    INSERT INTO f (f, rowid, c, s, i)
    VALUES ('delete', old.uid, tok_c(old.key), tok_s(old.sy), tok_i(old.sy));
    INSERT INTO f (rowid, c, s, i)
    VALUES (new.uid, tok_c(new.key), tok_s(new.sy), tok_i(new.sy));
END;
CREATE TRIGGER unit_removed AFTER DELETE ON unit BEGIN
    INSERT INTO f (f, rowid, c, s, i)
    VALUES ('delete', old.uid, tok_c(old.key), tok_s(old.sy), tok_i(old.sy));
END;
"""


@dataclass(frozen=True, slots=True)
class Name:
    """Words under which something can be found, and the services they lead to, best first."""

    kind: str
    language: str
    text: str
    services: tuple[str, ...]


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers call."""
    for function in (phonetic.character_tokens, phonetic.sound_tokens, phonetic.initial_tokens):
        connection.create_function(
            f"tok_{function.__name__[0]}",
            1,
            lambda text, tokens=function: " ".join(tokens(text)),
            deterministic=True,
        )
