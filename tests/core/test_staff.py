"""PINs that are no secret, and orders as lines of the trail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.local import CounterToday
from kiosk.core.staff import (
    ByBadge,
    ByPin,
    ChangeRoll,
    MendPrinter,
    Order,
    PostBulletin,
    SetCounter,
    Staff,
    SyncNow,
    SyncProgress,
    SyncReport,
    WithdrawBulletin,
    deed_of,
    is_guessed_first,
    is_pin,
)


@pytest.mark.parametrize(
    "pin",
    [
        *(str(digit) * 6 for digit in range(10)),
        *("123456", "654321", "012345", "987654", "890123", "135791", "246802"),
        *("121212", "123123", "112233", "332211", "123321", "998899"),
    ],
)
def test_what_a_hand_finds_without_thinking_is_guessed_first(pin: str) -> None:
    assert is_guessed_first(pin)


@pytest.mark.parametrize("pin", ["483920", "100000", "159753", "271828", "123457"])
def test_other_pins_are_not(pin: str) -> None:
    assert not is_guessed_first(pin)


def test_few_of_all_pins_are_refused() -> None:
    refused = sum(is_guessed_first(f"{n:06}") for n in range(1_000_000))
    assert 1000 < refused < 5000


@pytest.mark.parametrize(
    "text", ["", "12345", "1234567", "12345a", "１２３４５６", "12 456", "-12345"]
)
def test_only_six_digits_are_a_pin(text: str) -> None:
    assert not is_pin(text)
    assert is_pin("483920")


@given(st.text(min_size=4, alphabet="0123456789"))
def test_a_secret_is_in_nothing_that_is_printed_of_it(secret: str) -> None:
    for who in (ByPin(secret), ByBadge(secret)):
        assert secret not in f"{who} {who!r} {Staff(trying=who)}"


@pytest.mark.parametrize(
    ("order", "deed"),
    [
        (SetCounter(CounterToday("desk", True, "long", "午休")), "set-counter desk closed long"),
        (SetCounter(CounterToday("desk")), "set-counter desk open"),
        (PostBulletin("lift"), "post-bulletin lift"),
        (WithdrawBulletin("hall-lift"), "withdraw-bulletin hall-lift"),
        (ChangeRoll(), "change-roll"),
        (MendPrinter(), "mend-printer"),
        (SyncNow(), "sync-now"),
    ],
)
def test_every_order_is_a_line_of_the_trail(order: Order, deed: str) -> None:
    assert deed_of(order) == deed


def test_progress_replaces_only_what_it_knows() -> None:
    report = SyncReport(7, "2026-11-20", "2026-11-23", error="NET-1")
    told = SyncProgress(True, "fetch", 0.4).told_in(report)
    assert told == SyncReport(7, "2026-11-20", "2026-11-23", True, "fetch", 0.4, "")
