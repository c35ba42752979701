"""The index says what the names say, whatever happened to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import engine
from db.phonetic import SOUND, SPELLING
from db.records import Alias, Event, EventStep, Text
from kiosk.store import search_index
from kiosk.store.lexicon import read_readings, read_simplified
from kiosk.store.reading import Reader, signs_by_sound
from tests.builders import bodies_of, write_catalog
from tests.kiosk.search.catalogs import indexed, make_service, of_services, of_titles

_SIGNS = "社保卡身份证办理etc7|"
_ROW = st.tuples(st.integers(1, 6), st.text(_SIGNS, min_size=1, max_size=6))
_ACT = st.sampled_from(["put", "take", "begin", "commit", "rollback"])


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(read_readings())


def rows(file: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def test_every_name_of_a_service_leads_to_it(tmp_path):
    service = make_service(
        "s", "办护照", plain_name=Text("办护照", "Passport"), name=Text("普通护照首次申领", "First")
    )
    file = indexed(tmp_path / "c.sqlite", of_services(service, aliases={"出国证件": "s"}))
    found = rows(file, "SELECT kind, language, coalesce(text, key), service FROM unit ORDER BY key")
    assert ("t", "zh", "办护照", "s") in found
    assert ("t", "en", "Passport", "s") in found
    assert ("s", "zh", "普通护照首次申领", "s") in found
    assert ("s", "en", "First", "s") in found
    assert ("a", "zh", "出国证件", "s") in found


def test_names_of_several_services_keep_their_order(tmp_path):
    services = [make_service(f"s{n}", f"事项{n}", popularity=n) for n in range(3)]
    bodies = of_services(*services) | bodies_of(
        [
            Alias(id="a", text="大家都要", services=("s1", "s0", "s2", "gone")),
            Event(
                id="e",
                order=1,
                name=Text("搬家"),
                hint=Text("搬"),
                icon="home",
                steps=(EventStep("s2"), EventStep("s0")),
            ),
        ]
    )
    file = indexed(tmp_path / "c.sqlite", bodies)

    def led_to(key: str) -> list[object]:
        units = "SELECT uid FROM unit WHERE key = '{}'"
        statement = f"SELECT service FROM alias_ref WHERE uid = ({units}) ORDER BY rank"
        return [row[0] for row in rows(file, statement.format(key))]

    assert led_to("大家都要") == ["s1", "s0", "s2"]
    assert led_to("搬家") == ["s2", "s0"]
    assert led_to("类") == ["s2", "s1", "s0"]  # the category: the most used first


def test_a_name_that_leads_nowhere_is_not_kept(tmp_path):
    bodies = of_titles(["护照"]) | bodies_of([Alias(id="a", text="无处可去", services=("gone",))])
    file = indexed(tmp_path / "c.sqlite", bodies)
    assert rows(file, "SELECT * FROM unit WHERE key = '无处可去'") == []


def test_the_most_used_names_come_first_and_of_these_the_shorter(tmp_path):
    services = (
        make_service("a", "护照换发补发", popularity=90),
        make_service("b", "护照", popularity=90),
        make_service("c", "签证", popularity=5),
    )
    file = indexed(tmp_path / "c.sqlite", of_services(*services))
    titles = [row[0] for row in rows(file, "SELECT key FROM unit WHERE kind = 't' ORDER BY uid")]
    assert titles == ["护照", "护照换发补发", "签证"]


def test_the_version_of_the_index_stands_in_the_file(tmp_path):
    file = indexed(tmp_path / "c.sqlite", of_titles(["护照"]))
    version = str(search_index.INDEX_VERSION).encode()
    assert rows(file, "SELECT value FROM meta WHERE name = 'index_version'") == [(version,)]


def test_a_body_that_is_no_record_is_refused(tmp_path):
    file = write_catalog(tmp_path / "c.sqlite", {})
    opened = engine.scratch(file)
    with pytest.raises(msgspec.MsgspecError), opened.begin() as connection:
        search_index.build(connection, {"service/x": b"{}"})
    opened.dispose()


def test_the_same_records_make_the_same_index(tmp_path):
    bodies = of_titles(["护照换发", "社保卡办理", "身份证换领"])
    dumps = []
    for name in ("a", "b"):
        file = indexed(tmp_path / name, bodies)
        tables = ("unit", "alias_ref", "listing", "word", "sound", "bg")
        dumps.append([rows(file, f"SELECT * FROM {table}") for table in tables])
        bodies = dict(reversed(bodies.items()))
    assert dumps[0] == dumps[1]


def test_nobody_writes_names_without_keeping_the_index(tmp_path):
    file = indexed(tmp_path / "c.sqlite", of_titles(["护照"]))
    with (
        closing(sqlite3.connect(file)) as connection,
        pytest.raises(sqlite3.OperationalError, match="no such function"),
    ):
        connection.execute("DELETE FROM unit")


@pytest.fixture(scope="module")
def pattern(tmp_path_factory) -> bytes:
    """A catalog file with the tables of the index and no names."""
    return indexed(tmp_path_factory.mktemp("pattern") / "c.sqlite", {}).read_bytes()


@settings(max_examples=60, deadline=None)
@given(acts=st.lists(st.tuples(_ACT, _ROW), max_size=25))
def test_after_any_changes_the_index_is_that_of_the_names(pattern, reader, acts):
    with closing(opened(pattern)) as changed, closing(opened(pattern)) as fresh:
        for act, (uid, key) in acts:
            if act == "put":
                put(changed, uid, key, reader.sounds(key))
            elif act == "take":
                changed.execute("DELETE FROM unit WHERE uid = ?", (uid,))
            elif act == "begin" and not changed.in_transaction:
                changed.execute("BEGIN")
            elif act != "begin" and changed.in_transaction:
                changed.execute(act)
        for uid, key, sounds in changed.execute("SELECT uid, key, sy FROM unit"):
            put(fresh, uid, key, sounds)
        assert list(contents(changed)) == list(contents(fresh))
        changed.execute("INSERT INTO f (f) VALUES ('integrity-check')")


def opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    search_index.register(connection)
    return connection


def put(connection: sqlite3.Connection, uid: int, key: str, sounds: str) -> None:
    connection.execute(
        "INSERT INTO unit (uid, kind, language, key, sy, pop) VALUES (?, 't', 'zh', ?, ?, 0)"
        " ON CONFLICT (uid) DO UPDATE SET key = excluded.key, sy = excluded.sy",
        (uid, key, sounds),
    )


def contents(connection: sqlite3.Connection) -> Iterator[object]:
    """Every pair with its count, every token with the names that hold it."""
    yield connection.execute("SELECT g, n FROM bg").fetchall()
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.inside USING fts5vocab(main, f, instance)"
    )
    yield connection.execute("SELECT term, doc, col, offset FROM temp.inside").fetchall()


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("银行", "yin hang"),
        ("行驶证", "xing shi zheng"),
        ("长护险", "chang hu xian"),
        ("家长", "jia zhang"),
        ("还贷还款", "huan dai huan kuan"),
        ("参保", "can bao"),
        ("女方", "nv fang"),
        ("etc卡7", "e t c ka 7"),
        ("会计", "kuai ji"),
        ("ω嗯", "ω 嗯"),
    ],
)
def test_a_name_is_read_as_people_say_it(reader, name, spelled):
    assert [SPELLING.get(sound, sound) for sound in reader.sounds(name)] == spelled.split()


def test_every_common_character_has_one_sound(reader):
    signs = "".join(signs_by_sound(reader, []).values())
    assert len(signs) == len(set(signs)) == 6762  # of 6,763: 嗯 has no vowel


def test_a_character_sounds_as_it_mostly_does_in_the_catalog(reader):
    read = [("还款", reader.sounds("还款")), ("还贷", reader.sounds("还贷"))]
    assert "还" in signs_by_sound(reader, read)[SOUND["huan"]]
    assert "还" in signs_by_sound(reader, [])[SOUND["hai"]]


def test_corrections_of_readings_are_well_formed():
    for phrase, syllables in read_readings().items():
        assert len(phrase) == len(syllables), phrase
        assert all(syllable in SOUND for syllable in syllables), phrase


def test_traditional_characters_become_simplified_ones_and_stay_so():
    simplified = read_simplified()
    assert "護證險會".translate(simplified) == "护证险会"
    assert len(simplified) == 2956
    assert not any(ord(sign) in simplified for sign in "护证险会社保身份")
