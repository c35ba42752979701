"""What staff said of today, and that it ends by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.core.errors import DiskError
from kiosk.core.local import CounterToday
from kiosk.store.contacts import read_heard
from kiosk.store.hall_today import HallNotice, HallToday
from kiosk.store.staff_file import STAFF_DB
from kiosk.store.state import Contact, open_state

CHINA = timezone(timedelta(hours=8))
MORNING = datetime(2026, 11, 23, 9, 42, tzinfo=CHINA)
CLOSES = MORNING.replace(hour=17, minute=0)
CLOSED = CounterToday("desk", is_closed=True, waiting="long", note="午休，一会儿就回来")


class Hall:
    """A hall whose clock can be moved on."""

    def __init__(self, folder: Path) -> None:
        self.now = MORNING
        self.today = HallToday(folder, lambda: self.now)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    made = Hall(tmp_path)
    yield made
    made.today.close()


def test_what_is_said_of_a_counter_is_kept_whole_and_replaced_as_a_whole(hall: Hall) -> None:
    hall.today.set_counter(CLOSED)
    hall.today.set_counter(CounterToday("other", waiting="some"))
    assert hall.today.counters() == (CLOSED, CounterToday("other", waiting="some"))
    hall.today.set_counter(CounterToday("desk", waiting="short"))
    assert hall.today.counters()[0] == CounterToday("desk", waiting="short")


def test_nothing_to_say_of_a_counter_is_nothing_kept(hall: Hall) -> None:
    hall.today.set_counter(CLOSED)
    hall.today.set_counter(CounterToday("desk"))
    assert hall.today.counters() == ()


def test_tomorrow_nothing_has_been_said(hall: Hall) -> None:
    hall.today.set_counter(CLOSED)
    hall.now = MORNING.replace(hour=23, minute=59)
    assert hall.today.counters() == (CLOSED,)
    hall.now += timedelta(minutes=1)
    assert hall.today.counters() == ()
    hall.today.set_counter(CounterToday("other", is_closed=True))
    hall.now = MORNING
    assert hall.today.counters() == ()


def test_it_outlasts_a_restart(hall: Hall, tmp_path: Path) -> None:
    hall.today.set_counter(CLOSED)
    hall.today.post("lift", CLOSES)
    again = HallToday(tmp_path, lambda: hall.now)
    assert again.counters() == (CLOSED,)
    assert again.notices() == (HallNotice("lift", MORNING, CLOSES),)
    again.close()


def test_a_notice_holds_until_its_hour_and_no_longer(hall: Hall) -> None:
    hall.today.post("lift", CLOSES)
    hall.now = CLOSES - timedelta(seconds=1)
    assert [one.sentence for one in hall.today.notices()] == ["lift"]
    hall.now = CLOSES
    assert hall.today.notices() == ()


def test_the_same_sentence_stands_once_and_the_newest_first(hall: Hall) -> None:
    hall.today.post("lift", CLOSES)
    hall.now += timedelta(minutes=1)
    hall.today.post("power", CLOSES)
    hall.now += timedelta(minutes=1)
    hall.today.post("lift", CLOSES)
    assert [one.sentence for one in hall.today.notices()] == ["lift", "power"]
    hall.today.withdraw("lift")
    assert [one.sentence for one in hall.today.notices()] == ["power"]


def test_a_damaged_file_is_said_in_our_words(tmp_path: Path) -> None:
    (tmp_path / STAFF_DB).write_bytes(b"not a database" * 100)
    with pytest.raises(DiskError):
        HallToday(tmp_path, lambda: MORNING)


def test_when_the_hub_was_heard_is_read_without_touching_the_state(tmp_path: Path) -> None:
    state_db = tmp_path / "state.db"
    assert read_heard(state_db) is None
    assert not state_db.exists()
    state = open_state(tmp_path)
    assert read_heard(state_db) is None
    state.confirm({}, Contact("https://hub.example/", None, MORNING, MORNING))
    state.close()
    heard = read_heard(state_db)
    assert heard is not None
    assert datetime.fromisoformat(heard) == MORNING
    state_db.write_bytes(b"x" * 5000)
    with pytest.raises(DiskError):
        read_heard(state_db)
