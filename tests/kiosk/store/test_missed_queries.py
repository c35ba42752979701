"""What is counted of queries without a good answer, and what never reaches the disk."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core.errors import DiskError
from kiosk.store import missed_queries
from kiosk.store.lexicon import read_simplified
from kiosk.store.missed_queries import (
    KEPT_MAX,
    MissedQueries,
    MissedQuery,
    countable,
    read_most_frequent,
)

SIMPLIFIED = read_simplified()


@pytest.fixture
def state_db(tmp_path: Path) -> Path:
    return tmp_path / "state.db"


@pytest.fixture
def missed(state_db: Path) -> Iterator[MissedQueries]:
    counts = MissedQueries(state_db, SIMPLIFIED)
    yield counts
    counts.close()


def ask(missed: MissedQueries, query: str, visits: int = 1) -> None:
    for _ in range(visits):
        missed.count(query)
        missed.next_visit()


def shown(missed: MissedQueries) -> dict[str, int]:
    return {one.words: one.visits for one in missed.most_frequent(9999)}


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.glob("state.db*")))


# what may be counted ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("换房本", "换房本"),
        ("換房本！", "换房本"),
        (" 社 保 卡 ", "社保卡"),
        ("Renew  my Passport?", "renew my passport"),
        ("ｗｉｆｉ密码", "wifi密码"),
        ("2025年医保", "年医保"),
        ("社保(2025)卡", "社保卡"),
        ("60岁一卡通", "岁一卡通"),
        ("一件事", "一件事"),
        ("护照12", "护照"),
    ],
)
def test_letters_are_counted(query: str, words: str) -> None:
    assert countable(query, SIMPLIFIED) == words


@pytest.mark.parametrize(
    "query",
    [
        *("", "办", "8", "办8", "？？", "12", "长" * 21),
        "13800138000",
        "手机138-0013-8000",
        "张三110101199003078515",
        "京A12345",
        "１２３４５号",
        "1 2 3 4 5 号楼",
        "电话①②③④⑤",
        "٠١٢٣٤ هاتف",
        "号码幺三八零零",
        "somebody@example.cn",
        "某人＠例子",
    ],
)
def test_what_is_too_short_too_long_or_may_be_a_number_is_not(query: str) -> None:
    assert countable(query, SIMPLIFIED) is None


@given(st.text(max_size=60))
def test_of_any_query_only_letters_are_left(query: str) -> None:
    words = countable(query, SIMPLIFIED)
    if words is not None:
        assert 2 <= len(words) <= 20
        assert words == words.strip()
        assert all(sign.isalpha() or sign == " " for sign in words)
        assert not any(sign.isdigit() for sign in words)


# three visits -----------------------------------------------------------------------------------


def test_two_visits_are_not_shown_and_three_are(missed: MissedQueries) -> None:
    ask(missed, "换房本", 2)
    assert shown(missed) == {}
    ask(missed, "換房本")
    assert shown(missed) == {"换房本": 3}
    ask(missed, "换房本")
    assert shown(missed) == {"换房本": 4}


def test_two_visits_leave_no_word_in_the_file(missed: MissedQueries, tmp_path: Path) -> None:
    ask(missed, "张三的房本", 2)
    assert "张三".encode() not in bytes_in(tmp_path)
    ask(missed, "张三的房本")
    assert "张三".encode() in bytes_in(tmp_path)


def test_a_visit_counts_once(missed: MissedQueries) -> None:
    for _ in range(5):
        missed.count("换房本")
    assert shown(missed) == {}
    missed.next_visit()
    ask(missed, "换房本", 2)
    assert shown(missed) == {"换房本": 3}


def test_the_most_frequent_come_first(missed: MissedQueries) -> None:
    for words, visits in (("房本", 3), ("车票", 5), ("火车", 3), ("网费", 2)):
        ask(missed, words, visits)
    expected = (MissedQuery("车票", 5), MissedQuery("房本", 3), MissedQuery("火车", 3))
    assert missed.most_frequent(9) == missed.outgoing(9) == expected
    assert missed.most_frequent(1) == missed.outgoing(1) == expected[:1]


def test_what_was_sent_is_not_sent_again(missed: MissedQueries) -> None:
    ask(missed, "房本", 4)
    ask(missed, "车票", 3)
    outgoing = missed.outgoing(9)
    ask(missed, "房本", 2)  # while it was on its way
    missed.sent(outgoing)
    assert missed.outgoing(9) == ()
    ask(missed, "房本", 1)
    assert missed.outgoing(9) == (MissedQuery("房本", 3),)
    ask(missed, "车票", 2)
    assert missed.outgoing(9) == (MissedQuery("房本", 3),)


def test_what_was_sent_is_gone_from_the_file(missed: MissedQueries, tmp_path: Path) -> None:
    ask(missed, "张三的房本", 3)
    missed.sent(missed.outgoing(9))
    missed.close()  # which writes what changed into the file itself
    assert "张三".encode() not in bytes_in(tmp_path)


def test_counts_outlast_a_restart(missed: MissedQueries, state_db: Path) -> None:
    ask(missed, "房本", 2)
    missed.close()
    with closing(MissedQueries(state_db, SIMPLIFIED)) as later:
        ask(later, "房本")
        assert shown(later) == {"房本": 3}


# the file ---------------------------------------------------------------------------------------

DIGITS = "0123456789０１２３４５６７８９٠١٢٣४५६①②③"
queries = st.lists(st.sampled_from([*"社保卡补办房本ab ()", *DIGITS]), max_size=24).map("".join)


def runs_of_digits(queries: Iterable[str]) -> set[str]:
    """As they were typed; three bytes may be in any file, and there are random ones in this."""
    runs = {run for query in queries for run in re.findall(f"[{DIGITS}]+", query)}
    return {run for run in runs if len(run.encode()) > (3 if run.isascii() else 5)}


@settings(deadline=None)
@given(st.lists(queries, min_size=1, max_size=4))
def test_no_digit_of_a_query_ever_reaches_the_file(asked: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        state_db = Path(folder) / "state.db"
        with closing(MissedQueries(state_db, SIMPLIFIED)) as missed:
            for query in asked:
                ask(missed, query, 3)
            written = bytes_in(Path(folder))
            words = shown(missed)
        written += bytes_in(Path(folder))
    assert not any(sign.isdigit() for one in words for sign in one)
    assert [run for run in runs_of_digits(asked) if run.encode() in written] == []
    assert set(words) == {countable(query, SIMPLIFIED) for query in asked} - {None}


def test_no_column_can_hold_a_time_a_person_or_an_order(
    missed: MissedQueries, state_db: Path
) -> None:
    ask(missed, "房本", 3)
    with closing(sqlite3.connect(state_db)) as another:
        statements = dict(
            another.execute("SELECT name, sql FROM sqlite_master WHERE name LIKE 'missed%'")
        )
        columns = {
            (table, column[1])
            for table in statements
            for column in another.execute(f"PRAGMA table_info({table})")
        }
    assert columns == {
        *(("missed_query", "words"), ("missed_query", "visits")),
        *(("missed_seldom", "digest"), ("missed_seldom", "visits")),
        *(("missed_key", "one"), ("missed_key", "key")),
    }
    counted = ("missed_query", "missed_seldom")
    assert all(statements[one].endswith("WITHOUT ROWID") for one in counted)


def test_the_order_of_asking_is_not_in_the_answers(tmp_path: Path) -> None:
    found = []
    for order in ("房本 车票 火车", "火车 车票 房本"):
        with closing(MissedQueries(tmp_path / f"{order[0]}.db", SIMPLIFIED)) as missed:
            for words in order.split():
                ask(missed, words, 3)
            found.append(missed.most_frequent(9))
    assert found[0] == found[1]


def test_the_same_words_have_another_digest_on_every_machine(tmp_path: Path) -> None:
    digests = set()
    for name in ("one.db", "two.db"):
        with closing(MissedQueries(tmp_path / name, SIMPLIFIED)) as missed:
            ask(missed, "房本")
        with closing(sqlite3.connect(tmp_path / name)) as file:
            digests |= set(file.execute("SELECT digest FROM missed_seldom"))
    assert len(digests) == 2


def test_the_rarest_give_way(missed: MissedQueries, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed_queries, "KEPT_MAX", 5)
    for words, visits in (("甲甲", 3), ("乙乙", 4), ("丙丙", 2), ("丁丁", 2)):
        ask(missed, words, visits)
    for sign in "春夏秋冬":  # one place for all of them
        ask(missed, sign * 2)
    for words in ("丙丙", "丁丁"):
        ask(missed, words)
    assert shown(missed) == {"乙乙": 4, "丁丁": 3, "丙丙": 3, "甲甲": 3}
    ask(missed, "冬冬", 2)
    assert shown(missed)["冬冬"] == 3
    ask(missed, "新的")  # now all are words: the rarest of them goes
    assert len(shown(missed)) == 4
    assert shown(missed)["乙乙"] == 4


def test_not_more_than_two_thousand_are_kept(state_db: Path, missed: MissedQueries) -> None:
    with closing(sqlite3.connect(state_db)) as another, another:
        another.executemany(
            "INSERT INTO missed_seldom VALUES (?, 1)",
            [(n.to_bytes(16, "big"),) for n in range(KEPT_MAX + 10)],
        )
    ask(missed, "房本", 3)
    with closing(sqlite3.connect(state_db)) as another:
        (seldom,) = another.execute("SELECT count(*) FROM missed_seldom").fetchone()
    assert seldom + len(shown(missed)) == KEPT_MAX
    assert shown(missed) == {"房本": 3}


# trouble ----------------------------------------------------------------------------------------

_COUNTING = """
import sys
from pathlib import Path
from kiosk.store.missed_queries import MissedQueries
missed = MissedQueries(Path(sys.argv[1]), {})
n = 0
while True:
    missed.count("换房本")
    missed.next_visit()
    n += 1
    print(n, flush=True)
"""


def test_a_kill_loses_at_most_the_last(state_db: Path) -> None:
    command = [sys.executable, "-c", _COUNTING, str(state_db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        said = [next(process.stdout) for _ in range(25)]
        os.kill(process.pid, signal.SIGKILL)
        said += list(process.stdout)
    done = int([line for line in said if line.endswith("\n")][-1])
    with closing(sqlite3.connect(state_db)) as another:
        assert another.execute("PRAGMA quick_check").fetchone() == ("ok",)
    with closing(MissedQueries(state_db, SIMPLIFIED)) as missed:
        assert shown(missed)["换房本"] in (done, done + 1)


def fill(missed: MissedQueries) -> None:
    for n in range(KEPT_MAX):
        ask(missed, chr(0x4E00 + n) * 20)


def test_a_full_disk_is_one_of_our_errors(missed: MissedQueries, state_db: Path) -> None:
    ask(missed, "房本", 3)
    pages = missed._connection.execute("PRAGMA page_count").fetchone()[0]
    missed._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskError):
        fill(missed)
    assert shown(missed) == {"房本": 3}


def test_a_damaged_file_is_one_of_our_errors(state_db: Path) -> None:
    state_db.write_bytes(b"no database" * 1000)
    with pytest.raises(DiskError):
        MissedQueries(state_db, SIMPLIFIED)
    with pytest.raises(DiskError):
        read_most_frequent(state_db, 10)


def test_reading_changes_nothing_and_makes_no_file(tmp_path: Path, state_db: Path) -> None:
    assert read_most_frequent(state_db, 10) == ()
    assert not state_db.exists()
    with closing(sqlite3.connect(state_db)) as another:
        another.execute("CREATE TABLE other (x)")
    before = state_db.read_bytes()
    assert read_most_frequent(state_db, 10) == ()
    assert state_db.read_bytes() == before


def test_reading_sees_what_is_counted_meanwhile(missed: MissedQueries, state_db: Path) -> None:
    ask(missed, "房本", 3)
    ask(missed, "车票", 2)
    assert read_most_frequent(state_db, 10) == (MissedQuery("房本", 3),)
