"""The search index inside a catalog file: its tables, and how those of a new file are filled.

Knows the tables and their triggers. Does not know how a query is read or ranked
(`kiosk.search`), and never runs in the kiosk's own process: the worker that builds a catalog file
calls `build`, and a file whose `index_version` differs is built again.

The full text table `f` has no content of its own; triggers on `unit` keep it. They call functions
that `register` gives to a connection, so nobody else can write to `unit` at all, and index and
names cannot drift apart. The tokens are pure functions of the row, so an old row is always taken
out with the tokens it was put in with.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from db.phonetic import INITIALS, character_tokens, fold_pairs, initial_tokens, sound_tokens
from kiosk.store import search_meaning
from kiosk.store.lexicon import Rule, read_readings, read_rules, read_simplified
from kiosk.store.reading import Reader, signs_by_sound
from kiosk.store.search_names import Name, Shelf
from kiosk.store.search_tokens import pair_tokens
from kiosk.store.search_unit import ALIAS, EXPRESSION, GROUP, INDEX_VERSION
from kiosk.store.search_words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["INDEX_VERSION", "build", "register"]

_WORDS_MAX = 5000
_PUT_IN = """
    INSERT INTO f (rowid, c, s, i, p)
        VALUES (new.uid, tok_c(new.key), tok_s(new.sy), tok_i(new.sy), tok_p(new.sy));
    INSERT INTO bg SELECT value, 1 FROM json_each(pairs_of(new.sy)) WHERE true
        ON CONFLICT (g) DO UPDATE SET n = n + 1;
"""
_TAKE_OUT = """
    INSERT INTO f (f, rowid, c, s, i, p)
        VALUES ('delete', old.uid, tok_c(old.key), tok_s(old.sy), tok_i(old.sy), tok_p(old.sy));
    UPDATE bg SET n = n - 1 WHERE g IN (SELECT value FROM json_each(pairs_of(old.sy)));
    DELETE FROM bg WHERE n = 0;
"""
_TABLES = (
    # bg: in how many names two folded sounds stand side by side;
    # uid: the most used first, because FTS5 answers in this order and LIMIT stops it early;
    # sy: the sounds of `key` sign by sign, empty for English; text: NULL where it is the key;
    # service: NULL where `alias_ref` says which
    "CREATE TABLE unit (uid INTEGER PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL,"
    " key TEXT NOT NULL, sy TEXT NOT NULL, pop INTEGER NOT NULL, text TEXT, service TEXT)",
    "CREATE INDEX unit_by_key ON unit (key)",
    "CREATE INDEX unit_by_sound ON unit (sy)",
    "CREATE TABLE alias_ref (uid INTEGER NOT NULL, rank INTEGER NOT NULL, service TEXT NOT NULL,"
    " PRIMARY KEY (uid, rank)) WITHOUT ROWID",
    # number: the most used first, and of those the more general
    "CREATE TABLE listing (number INTEGER PRIMARY KEY, service TEXT NOT NULL UNIQUE,"
    " zh TEXT NOT NULL, en TEXT NOT NULL, category TEXT NOT NULL)",
    "CREATE INDEX listing_by_title ON listing (zh)",
    "CREATE INDEX listing_by_category ON listing (category, number)",
    "CREATE TABLE word (initials TEXT NOT NULL, word TEXT NOT NULL, sy TEXT NOT NULL,"
    " n INTEGER NOT NULL, PRIMARY KEY (initials, word)) WITHOUT ROWID",
    "CREATE TABLE sound (sound TEXT PRIMARY KEY, signs TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE bg (g TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE f USING fts5"
    " (c, s, i, p, content='', columnsize=0, tokenize='unicode61 remove_diacritics 0')",
    *search_meaning.TABLES,
    f"CREATE TRIGGER unit_added AFTER INSERT ON unit BEGIN {_PUT_IN} END",
    f"CREATE TRIGGER unit_changed AFTER UPDATE ON unit BEGIN {_TAKE_OUT} {_PUT_IN} END",
    f"CREATE TRIGGER unit_removed AFTER DELETE ON unit BEGIN {_TAKE_OUT} END",
)
_INSERT_UNIT = (
    "INSERT INTO unit (uid, kind, language, key, sy, pop, text, service)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers on `unit` call."""
    functions: dict[str, Callable[[str], str]] = {
        "tok_c": lambda key: " ".join(character_tokens(key)),
        "tok_s": lambda sounds: " ".join(sound_tokens(sounds)),
        "tok_i": lambda sounds: " ".join(initial_tokens(sounds)),
        "tok_p": lambda sounds: " ".join(pair_tokens(sounds)),
        "pairs_of": lambda sounds: json.dumps(fold_pairs(sounds)),
    }
    for name, function in functions.items():
        connection.create_function(name, 1, function, deterministic=True)


def build(
    connection: Connection, bodies: Mapping[str, bytes], rules: Sequence[Rule] | None = None
) -> None:
    """Create and fill the index in a catalog file that holds these records and no index yet.

    Args:
        connection: on a file in which `db.catalog.metadata` was created.
        bodies: key (`kind/id`) → exact published bytes.
        rules: what people call things; None for the lexicon that ships with the program.

    Raises:
        msgspec.MsgspecError: a body is no record.
        LexiconError: the shipped lexicon cannot be read.
    """
    driver: Any = connection.connection.driver_connection
    register(driver)
    for statement in _TABLES:
        connection.exec_driver_sql(statement)
    shelf, reader, simplified = Shelf(bodies), Reader(read_readings()), read_simplified()
    names = shelf.names(reader, simplified)
    _insert_names(connection, names)
    listing = [
        (number, one.id, one.plain_name.zh, one.plain_name.en, one.category)
        for number, one in enumerate(shelf.services)
    ]
    _insert(connection, "INSERT INTO listing VALUES (?, ?, ?, ?, ?)", listing)
    words = _words(names, reader)
    _insert(connection, "INSERT INTO word VALUES (?, ?, ?, ?)", words)
    expressions = search_meaning.expressions_of(
        read_rules() if rules is None else rules, [str(row[1]) for row in words], simplified
    )
    table = search_meaning.Table(expressions, search_meaning.Names(shelf.keys(simplified)), reader)
    _insert(connection, "INSERT INTO expression VALUES (?, ?, ?, ?, ?)", table.said)
    _insert(connection, "INSERT INTO target VALUES (?, ?, ?, ?, ?)", table.meant)
    ids = [one.id for one in shelf.services]
    things = [
        Name(EXPRESSION, key, key, sounds, tuple(ids[number] for number in numbers), 0)
        for key, sounds, numbers in table.things
    ]
    _insert_names(connection, things, first=len(names) + 1)
    sounds = signs_by_sound(reader, [(name.key, name.sy) for name in names if name.sy])
    _insert(connection, "INSERT INTO sound VALUES (?, ?)", list(sounds.items()))
    # one segment instead of many: a keystroke costs a sixth less
    connection.exec_driver_sql("INSERT INTO f (f) VALUES ('optimize')")
    version = [("index_version", str(INDEX_VERSION).encode())]
    _insert(connection, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", version)


def _insert_names(connection: Connection, names: Sequence[Name], first: int = 1) -> None:
    units: list[tuple[object, ...]] = []
    refs: list[tuple[object, ...]] = []
    for uid, name in enumerate(names, first):
        only = name.services[0] if len(name.services) == 1 else None
        text = None if name.text == name.key else name.text
        units.append((uid, name.kind, name.language, name.key, name.sy, name.pop, text, only))
        if only is None:
            refs += [(uid, rank, service) for rank, service in enumerate(name.services)]
    _insert(connection, _INSERT_UNIT, units)
    _insert(connection, "INSERT INTO alias_ref VALUES (?, ?, ?)", refs)


def _words(names: Sequence[Name], reader: Reader) -> list[tuple[object, ...]]:
    """The words to offer; of those that sound alike the most frequent, which is no misspelling."""
    weights: dict[str, int] = {}
    for name in names:
        if name.sy and name.kind != GROUP:
            weights[name.key] = weights.get(name.key, 0) + (1 if name.kind == ALIAS else 2)
    best: dict[str, tuple[int, str]] = {}
    for word, n in words_of(weights).items():
        sounds = reader.sounds(word)
        best[sounds] = max((n, word), best.get(sounds, (0, "")))
    common = sorted(best.items(), key=lambda item: (-item[1][0], item[1][1]))[:_WORDS_MAX]
    return [(sounds.translate(INITIALS), word, sounds, n) for sounds, (n, word) in common]


def _insert(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(statement, rows)
