from __future__ import annotations

import logging
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from db import token
from db.fleet import refusal, refusal_hour
from db.token import Place
from hub.config import Alarms, Limits, Settings
from hub.phone.refusals import NOWHERE, TOGETHER, RefusalBook
from tests.hub.phone.building import HERE, NOON, Hub, make_handoff

THERE = Place(990100, 1, 8)


def book_of(hub: Hub, limit: int = 60, **alarms: int) -> RefusalBook:
    return RefusalBook(hub.engine, Limits(refusals_per_minute=limit), Alarms(**alarms))


def counted(hub: Hub) -> dict[tuple[int, str], int]:
    with hub.engine.connect() as connection:
        rows = connection.execute(select(refusal)).mappings()
        return {(row["place"], row["reason"]): row["count"] for row in rows}


def raised(caplog: pytest.LogCaptureFixture) -> list[str]:
    lines = [record.getMessage() for record in caplog.records]
    return [line for line in lines if line.startswith("handoff-alarm")]


def number(place: Place) -> int:
    return int.from_bytes(place.to_bytes())


def test_an_alarm_is_raised_once_an_hour_and_place(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.enrol(THERE)
    book = book_of(hub, forged=3)
    with caplog.at_level(logging.WARNING):
        for _ in range(10):
            book.count(HERE, "forged", NOON)
        assert raised(caplog) == ["handoff-alarm forged 990100/1/7 3"]
        for _ in range(3):
            book.count(THERE, "forged", NOON)
            book.count(HERE, "forged", NOON + timedelta(hours=1))
    assert raised(caplog)[1:] == [
        "handoff-alarm forged 990100/1/8 3",
        "handoff-alarm forged 990100/1/7 3",
    ]
    newest, *others = book.alarms(NOON)
    assert (newest.place, newest.hour) == (number(HERE), NOON + timedelta(hours=1))
    assert [(one.place, one.count) for one in others] == [(number(HERE), 10), (number(THERE), 3)]


def test_a_hub_that_is_started_anew_raises_no_alarm_twice(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(4):
            book_of(hub, forged=2).count(HERE, "forged", NOON)
    assert len(raised(caplog)) == 1


def test_many_at_once_raise_one_alarm_and_are_all_counted(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    books, gate = [book_of(hub, forged=5) for _ in range(2)], Barrier(30)

    def count(n: int) -> None:
        gate.wait()
        books[n % 2].count(HERE, "forged", NOON)

    with caplog.at_level(logging.WARNING), ThreadPoolExecutor(30) as threads:
        list(threads.map(count, range(30)))
    assert raised(caplog) == ["handoff-alarm forged 990100/1/7 5"]
    assert counted(hub) == {(number(HERE), "forged"): 30}


def test_every_reason_has_its_own_threshold_and_zero_never_alarms(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    book = book_of(hub, forged=2, used=1)
    with caplog.at_level(logging.WARNING):
        for reason in ("expired", "forged", "used", "malformed"):
            for _ in range(2):
                book.count(HERE, reason, NOON)
    assert [line.split()[1] for line in raised(caplog)] == ["forged", "used"]


@pytest.mark.logs("handoff-alarm unknown-kiosk")
def test_one_code_with_the_right_key_of_a_machine_that_nobody_enrolled_is_an_alarm(
    hub: Hub,
) -> None:
    hub.settings = Settings()
    hub.engine.dispose()
    hub.__post_init__()
    hub.phone.get(f"/k/{hub.digits(place=Place(990100, 1, 99))}")
    alarms = book_of(hub).alarms(NOON - timedelta(days=1))
    assert [(one.place, one.reason) for one in alarms] == [(NOWHERE, "unknown-kiosk")]


@pytest.mark.parametrize("limit", [1, 7, 60])
def test_what_comes_too_fast_is_counted_together_and_nothing_is_lost(hub: Hub, limit: int) -> None:
    book = book_of(hub, limit, forged=0)
    told = [book.count(HERE, "forged", NOON) for _ in range(limit + 3 * TOGETHER + 7)]
    assert told.count(True) == limit
    assert counted(hub) == {(number(HERE), "forged"): limit + 3 * TOGETHER}
    book.flush(NOON)
    assert counted(hub) == {(number(HERE), "forged"): limit + 3 * TOGETHER + 7}
    assert book.count(HERE, "forged", NOON + timedelta(minutes=1))


def test_a_flood_at_one_place_hides_nothing_of_another(hub: Hub) -> None:
    hub.enrol(THERE)
    book = book_of(hub, 5, forged=0)
    for _ in range(20):
        book.count(HERE, "forged", NOON)
    assert book.count(THERE, "used", NOON)


def test_hours_and_days_that_are_long_over_are_forgotten(hub: Hub) -> None:
    book = book_of(hub, forged=0)
    book.count(HERE, "forged", NOON)
    book.count(HERE, "forged", NOON + timedelta(days=32))
    with hub.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(refusal_hour)) == 1
    assert len(counted(hub)) == 1
    book.count(HERE, "used", NOON + timedelta(days=420))
    assert list(counted(hub)) == [(number(HERE), "forged"), (number(HERE), "used")]


def test_ten_thousand_made_up_codes_fill_neither_memory_nor_tables(hub: Hub) -> None:
    """Half of them imitate a machine that is there, the others places that are nowhere."""
    book, codes = book_of(hub, forged=0, malformed=0), 10_000
    for n in range(codes):
        place = Place.from_bytes(os.urandom(5)) if n % 2 else HERE
        book.count(place, "forged", NOON)
        assert book.waiting <= 2
    book.flush(NOON)
    assert counted(hub) == {(number(HERE), "forged"): codes // 2, (NOWHERE, "forged"): codes // 2}
    assert rows(hub) == 4


@pytest.mark.logs("handoff-alarm forged nowhere", "handoff-alarm forged 990100/1/7")
def test_a_flood_of_codes_is_told_in_few_lines_and_every_one_is_refused(
    hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    hub.settings = Settings(limits=Limits(handoffs_per_minute=1000, refusals_per_minute=10))
    hub.engine.dispose()
    hub.__post_init__()
    caplog.set_level(logging.INFO)
    imitated = int(token.to_digits(hub.sealed(make_handoff())))
    for n in range(1, 101):
        assert hub.phone.get(f"/k/{imitated ^ n:078d}").status_code == 403
        elsewhere = token.to_digits(b"\x10" + os.urandom(10) + b"\x00\x00" + os.urandom(19))
        assert hub.phone.get(f"/k/{elsewhere}").status_code == 403
    hub.app.state.stop_waiting()
    assert counted(hub) == {(number(HERE), "forged"): 100, (NOWHERE, "forged"): 100}
    assert len([r for r in caplog.records if r.getMessage().startswith("handoff-refused")]) == 20
    assert len(raised(caplog)) == 2


def rows(hub: Hub) -> int:
    """Of all tables about refusals."""
    with hub.engine.connect() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (refusal, refusal_hour)
        ]
    return sum(counts)
