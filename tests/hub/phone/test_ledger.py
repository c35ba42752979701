from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from db.fleet import refusal, token_use
from db.token import Place
from hub.phone.ledger import Ledger
from hub.phone.refusals import NOWHERE
from hub.phone.verify import Claim
from tests.hub.phone.building import HERE, NOON, PAPER, Hub, make_handoff


def claim_of(hub: Hub, **changes: object) -> Claim:
    handoff = make_handoff(**changes)
    return Claim(hub.sealed(handoff), handoff)


def at_once(count: int, act: Callable[[int], bool]) -> list[bool]:
    """Run an act on many threads that all begin together."""
    gate = Barrier(count)

    def wait_and_act(n: int) -> bool:
        gate.wait()
        return act(n)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(wait_and_act, range(count)))


@pytest.mark.parametrize(("medium", "limit"), [({}, 1), (PAPER, 3)])
def test_fifty_people_at_once_get_exactly_the_uses_there_are(
    hub: Hub, medium: dict[str, object], limit: int
) -> None:
    ledger, claim = Ledger(hub.engine), claim_of(hub, **medium)
    taken = at_once(50, lambda n: ledger.burn(claim, f"visit-{n}", NOON))
    assert sum(taken) == limit
    assert ledger.look_up(claim)[1] == limit


@pytest.mark.parametrize("medium", [{}, PAPER])
def test_the_same_visit_takes_one_use_however_often_it_asks(
    hub: Hub, medium: dict[str, object]
) -> None:
    ledger, claim = Ledger(hub.engine), claim_of(hub, **medium)
    taken = at_once(20, lambda _: ledger.burn(claim, "one-page", NOON))
    assert all(taken)
    assert ledger.look_up(claim)[1] == 1


def test_a_visit_takes_one_use_though_others_come_between(hub: Hub) -> None:
    ledger, claim = Ledger(hub.engine), claim_of(hub, **PAPER)
    assert [ledger.burn(claim, visit, NOON) for visit in "abacba"] == [True] * 6
    assert ledger.look_up(claim)[1] == 3
    assert not ledger.burn(claim, "d", NOON)
    assert ledger.burn(claim, "a", NOON)


def test_two_codes_of_one_kiosk_are_counted_apart(hub: Hub) -> None:
    ledger = Ledger(hub.engine)
    assert ledger.burn(claim_of(hub), "a", NOON)
    assert ledger.burn(claim_of(hub, nonce=b"next"), "b", NOON)


def test_the_token_itself_is_not_stored(hub: Hub) -> None:
    claim = claim_of(hub)
    Ledger(hub.engine).burn(claim, "a", NOON)
    with hub.engine.connect() as connection:
        row = connection.execute(select(token_use)).one()
    assert claim.token not in (row.digest, row.visit)
    assert row.first == row.last == NOON


def test_codes_that_are_long_over_are_forgotten(hub: Hub) -> None:
    ledger = Ledger(hub.engine)
    ledger.burn(claim_of(hub), "a", NOON)
    later = NOON + timedelta(days=3)
    ledger.burn(claim_of(hub, issued=later), "b", later)
    with hub.engine.connect() as connection:
        assert len(connection.execute(select(token_use)).all()) == 1


def test_refusals_are_counted_by_machine_and_day(hub: Hub) -> None:
    ledger = Ledger(hub.engine)
    tomorrow = NOON + timedelta(days=1)
    for moment in (NOON, NOON, tomorrow):
        ledger.count_refusal(HERE, "expired", moment)
    with hub.engine.connect() as connection:
        rows = connection.execute(select(refusal).order_by(refusal.c.day)).all()
    assert [(row.day, row.reason, row.count) for row in rows] == [
        (date(2026, 11, 23), "expired", 2),
        (date(2026, 11, 24), "expired", 1),
    ]


def test_a_day_is_the_citys_day(hub: Hub) -> None:
    evening_in_london = NOON.replace(hour=16)  # already tomorrow in the city
    Ledger(hub.engine).count_refusal(HERE, "used", evening_in_london)
    with hub.engine.connect() as connection:
        assert connection.scalar(select(refusal.c.day)) == date(2026, 11, 24)


@pytest.mark.logs("handoff-alarm forged nowhere 5")
def test_forgeries_of_unknown_machines_share_one_row(hub: Hub) -> None:
    ledger = Ledger(hub.engine)
    for number in range(5):
        ledger.count_refusal(Place(1, 1, number), "forged", NOON)
    ledger.count_refusal(None, "forged", NOON)
    with hub.engine.connect() as connection:
        rows = connection.execute(select(refusal)).all()
    assert [(row.place, row.count) for row in rows] == [(NOWHERE, 6)]


@pytest.mark.logs("handoff-alarm forged 990100/1/7 5")
def test_refusals_counted_at_once_are_all_counted(hub: Hub) -> None:
    ledger = Ledger(hub.engine)

    def count(_: int) -> bool:
        ledger.count_refusal(HERE, "forged", NOON)
        return True

    at_once(20, count)
    with hub.engine.connect() as connection:
        assert connection.scalar(select(refusal.c.count)) == 20
