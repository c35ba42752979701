"""What a keystroke would find with the usual means: substring, trigrams, a full text engine.

Each gets the names and how they are spelled, and asks for them as well as it can. None knows the
lexicon, dialects or slips; those are what the comparison is about.
"""

from __future__ import annotations

import importlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from db.phonetic import SYLLABLES

LIMIT = 60
_PIECES = re.compile(r"[a-z]+|[0-9]|[^\sa-z0-9]")
_SYLLABLES = frozenset(SYLLABLES)
_SYLLABLE_MAX = max(map(len, SYLLABLES))
_TRIGRAM = 3


class Row(NamedTuple):
    """A service as a rival knows it, the most used one first."""

    id: str
    name: str
    spelled: tuple[str, ...]  # the syllables, other signs as they are

    @property
    def pinyin(self) -> str:
        """The letters of the whole name."""
        return "".join(self.spelled)

    @property
    def initials(self) -> str:
        """The first letters of its syllables."""
        return "".join(one[0] for one in self.spelled)


class Rival(Protocol):
    """A way to search."""

    name: str

    def build(self, rows: Iterable[Row], place: Path) -> None:
        """Make the index, in a file or folder that is not there yet."""

    def open(self, place: Path) -> Callable[[str], list[str]]:
        """What is typed → ids of services, best first."""


class Like:
    """`LIKE '%…%'` on names, and on their spelling where letters are typed."""

    name = "like"

    def build(self, rows: Iterable[Row], place: Path) -> None:
        with _written(place) as connection:
            connection.execute("CREATE TABLE t (id TEXT, name TEXT, pinyin TEXT, initials TEXT)")
            _fill(connection, rows)

    def open(self, place: Path) -> Callable[[str], list[str]]:
        connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
        return lambda typed: _containing(connection, typed)


class Trigram:
    """The trigram index of FTS5: the whole phrase first, then the most trigrams in common."""

    name = "trigram"

    def build(self, rows: Iterable[Row], place: Path) -> None:
        with _written(place) as connection:
            connection.execute(
                "CREATE VIRTUAL TABLE t USING fts5"
                " (id UNINDEXED, name, pinyin, initials, tokenize='trigram')"
            )
            _fill(connection, rows)

    def open(self, place: Path) -> Callable[[str], list[str]]:
        connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)

        def find(typed: str) -> list[str]:
            text = _squeezed(typed)
            if len(text) < _TRIGRAM:
                return _containing(connection, text)
            found = dict.fromkeys(_matching(connection, _quoted(text), "rowid"))
            if len(found) < LIMIT:
                grams = {text[n : n + _TRIGRAM] for n in range(len(text) - _TRIGRAM + 1)}
                either = " OR ".join(map(_quoted, sorted(grams)))
                found.update(dict.fromkeys(_matching(connection, either, "rank")))
            return list(found)[:LIMIT]

        return find


class Tantivy:
    """tantivy: phrases before words, of characters, syllables and initials."""

    name = "tantivy"
    _FIELDS = ("name", "pinyin", "initials")
    _WRITER_BYTES = 50_000_000

    def build(self, rows: Iterable[Row], place: Path) -> None:
        tantivy = _tantivy()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in self._FIELDS:
            schema.add_text_field(field, tokenizer_name="whitespace")
        index = tantivy.Index(schema.build(), str(place))
        writer = index.writer(self._WRITER_BYTES, 1)
        for row in rows:
            writer.add_document(
                tantivy.Document(
                    id=row.id,
                    name=" ".join(_PIECES.findall(row.name.lower())),
                    pinyin=" ".join(row.spelled),
                    initials=" ".join(row.initials),
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, place: Path) -> Callable[[str], list[str]]:
        tantivy = _tantivy()
        index = tantivy.Index.open(str(place))
        index.config_reader(num_warmers=1)
        index.reload()
        searcher, schema = index.searcher(), index.schema

        def find(typed: str) -> list[str]:
            query = self._query(tantivy, schema, _PIECES.findall(typed.lower()))
            if query is None:
                return []
            hits = searcher.search(query, LIMIT, count=False).hits
            return [str(searcher.doc(address)["id"][0]) for _, address in hits]

        return find

    def _query(self, tantivy: Any, schema: Any, pieces: Sequence[str]) -> Any:
        words = [piece for piece in pieces if not piece.isascii() or piece.isdigit()]
        letters = [piece for piece in pieces if piece.isascii() and not piece.isdigit()]
        wanted = self._phrases(tantivy, schema, "name", words, 8.0) if words else []
        for run in letters:
            if cut := syllables(run):
                wanted += self._phrases(tantivy, schema, "pinyin", cut, 4.0)
            wanted += self._phrases(tantivy, schema, "initials", list(run), 2.0, alone=False)
        if not wanted:
            return None
        should = [(tantivy.Occur.Should, one) for one in wanted]
        return tantivy.Query.boolean_query(should)

    @staticmethod
    def _phrases(
        tantivy: Any, schema: Any, field: str, words: list[str], boost: float, alone: bool = True
    ) -> list[Any]:
        """The words side by side, the same with a gap, and each of them."""
        make = tantivy.Query
        wanted = []
        if len(words) > 1:
            for slop, weight in ((0, boost), (2, boost / 2)):
                phrase = make.phrase_query(schema, field, words, slop=slop)
                wanted.append(make.boost_query(phrase, weight))
            if alone:
                prefix = make.phrase_prefix_query(schema, field, words)
                wanted.append(make.boost_query(prefix, boost / 2))
        elif alone or len(words[0]) == 1:
            wanted.append(make.boost_query(make.term_query(schema, field, words[0]), boost))
            if field == "pinyin":
                wanted.append(make.phrase_prefix_query(schema, field, words))
        if alone and len(words) > 1:
            wanted += [make.term_query(schema, field, word) for word in set(words)]
        return wanted


RIVALS: tuple[Rival, ...] = (Like(), Trigram(), Tantivy())


def syllables(letters: str) -> list[str]:
    """Letters cut into syllables, the last perhaps unfinished; nothing where they are none."""
    best: list[list[str] | None] = [[], *[None] * len(letters)]
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _SYLLABLE_MAX), end):
            before, piece = best[start], letters[start:end]
            whole = piece in _SYLLABLES
            begun = end == len(letters) and any(one.startswith(piece) for one in SYLLABLES)
            if before is not None and (whole or begun):
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = [*before, piece]
    return best[-1] or []


def _tantivy() -> Any:
    """The package, which only this comparison needs."""
    return importlib.import_module("tantivy")


def _written(place: Path) -> sqlite3.Connection:
    place.unlink(missing_ok=True)
    connection = sqlite3.connect(place)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA journal_mode = OFF")
    return connection


def _fill(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executemany(
        "INSERT INTO t (id, name, pinyin, initials) VALUES (?, ?, ?, ?)",
        ((row.id, row.name.lower(), row.pinyin, row.initials) for row in rows),
    )
    connection.commit()


def _containing(connection: sqlite3.Connection, typed: str) -> list[str]:
    text = _squeezed(typed)
    if not text:
        return []
    pattern = "%" + re.sub(r"([%_\\])", r"\\\1", text) + "%"
    fields = ("name", "pinyin", "initials") if text.isascii() else ("name",)
    where = " OR ".join(f"{field} LIKE ?" + r" ESCAPE '\'" for field in fields)
    asked = f"SELECT id FROM t WHERE {where} ORDER BY rowid LIMIT {LIMIT}"
    return [row[0] for row in connection.execute(asked, (pattern,) * len(fields))]


def _matching(connection: sqlite3.Connection, match: str, order: str) -> list[str]:
    asked = f"SELECT id FROM t WHERE t MATCH ? ORDER BY {order} LIMIT {LIMIT}"
    return [row[0] for row in connection.execute(asked, (match,))]


def _quoted(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'


def _squeezed(typed: str) -> str:
    return "".join(typed.lower().split())
