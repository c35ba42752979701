from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from hub.rate_limit import RateLimit
from tests.hub.phone.building import Clock


def test_a_minute_holds_so_many_requests_and_the_next_as_many_again() -> None:
    clock = Clock()
    limit = RateLimit(2, 100, clock)
    assert [limit.wait_s("192.0.2.1") for _ in range(3)] == [0, 0, 60]
    clock.advance(timedelta(seconds=45))
    assert limit.wait_s("192.0.2.1") == 15
    clock.advance(timedelta(seconds=15))
    assert limit.wait_s("192.0.2.1") == 0


def test_a_flood_is_said_once_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    limit = RateLimit(2, 100, clock)
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            for _ in range(50):
                limit.wait_s("192.0.2.1")
            clock.advance(timedelta(minutes=1))
    assert [record.getMessage() for record in caplog.records] == ["handoff-slowed"] * 2


def test_what_costs_more_counts_more_and_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    limit = RateLimit(7, 100, Clock())
    with caplog.at_level(logging.INFO):
        assert [limit.wait_s("192.0.2.1", cost=5) for _ in range(4)] == [0, 60, 60, 60]
    assert len(caplog.records) == 1


def test_addresses_are_counted_apart() -> None:
    limit = RateLimit(1, 100, Clock())
    assert [limit.wait_s(f"192.0.2.{n}") for n in range(5)] == [0] * 5


def test_a_household_with_a_thousand_addresses_is_one() -> None:
    limit = RateLimit(1, 100, Clock())
    assert limit.wait_s("2001:db8:1:2::1") == 0
    assert limit.wait_s("2001:db8:1:2:ffff::9") > 0
    assert limit.wait_s("2001:db8:1:3::1") == 0


def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    clock = Clock()
    limit = RateLimit(1, 100, clock)
    limit.wait_s("192.0.2.1")
    clock.advance(timedelta(days=-1))
    assert limit.wait_s("192.0.2.1") == 0


def test_very_many_addresses_take_no_more_memory_and_lock_nobody_out() -> None:
    limit = RateLimit(1, 3, Clock())
    assert [limit.wait_s(f"192.0.2.{n}") for n in range(9)] == [0] * 9
    assert limit.wait_s("192.0.2.0") > 0
