from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.fleet import kiosk_clock
from db.kiosk_request import Request
from db.token import Lifetime, Medium, Place
from hub.fleet import clocks, register
from hub.fleet.clocks import Seen
from hub.hall.gate import KioskGate, Refusal
from tests.hub.hall.serving import Machine
from tests.hub.phone.building import HERE, NOON, Hub

ASKED = Request("POST", "/hall/calls", b"{}")
NOW_S = int(NOON.timestamp())


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path)
    yield made
    made.close()


def ask(hub: Hub, ahead: timedelta, machine: Machine | None = None) -> object:
    """A kiosk whose clock is off asks for something."""
    gate = KioskGate(hub.engine, lambda: hub.master, hub.clock)
    header = (machine or Machine(hub)).header(ASKED, int(ahead.total_seconds()))
    return gate.admit(header, ASKED)


def offset(hub: Hub) -> timedelta:
    with hub.engine.connect() as connection:
        kiosk = register.find(connection, HERE)
    assert kiosk is not None
    return kiosk.clock_offset


def test_a_first_word_of_a_clock_is_written_down() -> None:
    assert clocks.learnt(None, NOW_S - 40, NOON, True) == Seen(-40, NOW_S - 40, NOON)


@pytest.mark.parametrize(
    ("later_s", "ahead_s", "is_written"),
    [(60, 0, False), (60, 4, False), (60, 5, True), (600, 0, True), (-60, 0, True)],
)
def test_the_same_clock_is_written_down_every_ten_minutes(
    later_s: int, ahead_s: int, is_written: bool
) -> None:
    before = Seen(0, NOW_S, NOON)
    now = NOON + timedelta(seconds=later_s)
    found = clocks.learnt(before, NOW_S + later_s + ahead_s, now, True)
    assert (found is not None) == is_written


def test_a_request_that_was_caught_and_kept_makes_no_clock_slow() -> None:
    before = Seen(0, NOW_S, NOON)
    much_later = NOON + timedelta(hours=5)
    assert clocks.learnt(before, NOW_S, much_later, is_fresh=False) is None
    # one that was admitted, and not written down because nothing was new
    assert clocks.learnt(before, NOW_S + 599, much_later, is_fresh=False) is None
    assert clocks.learnt(before, NOW_S + 3600, much_later, is_fresh=False) is not None


@pytest.mark.parametrize("ahead", [timedelta(minutes=-8), timedelta(seconds=3)])
def test_what_a_kiosk_signs_says_how_its_clock_stands(hub: Hub, ahead: timedelta) -> None:
    assert ask(hub, ahead) == HERE
    assert offset(hub) == ahead


@pytest.mark.parametrize("ahead", [timedelta(hours=-9), timedelta(hours=25)])
def test_a_refused_request_says_it_too(hub: Hub, ahead: timedelta) -> None:
    assert ask(hub, ahead) is Refusal.CLOCK
    assert offset(hub) == ahead


def test_nobody_else_says_anything_of_a_clock(hub: Hub) -> None:
    header = Machine(hub).header(ASKED)
    gate = KioskGate(hub.engine, lambda: b"\x05" * 32, hub.clock)
    assert gate.admit(header, ASKED) is Refusal.FORGED
    register.revoke(hub.engine, HERE, NOON)
    assert ask(hub, timedelta(hours=3)) is Refusal.REVOKED
    with hub.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(kiosk_clock)) == 0


def test_a_mended_clock_is_believed_at_once(hub: Hub) -> None:
    machine = Machine(hub)
    ask(hub, timedelta(hours=5), machine)
    assert offset(hub) == timedelta(hours=5)
    assert ask(hub, timedelta(0), machine) == HERE
    assert offset(hub) == timedelta(0)


def test_another_machine_begins_with_a_clock_of_its_own(hub: Hub) -> None:
    ask(hub, timedelta(hours=5))
    hub.enrol(HERE)
    assert offset(hub) == timedelta(0)


@pytest.mark.parametrize("ahead", [timedelta(hours=-5), timedelta(hours=5)])
def test_the_code_of_a_kiosk_with_a_wrong_clock_is_good_once_it_was_heard(
    hub: Hub, ahead: timedelta
) -> None:
    digits = hub.digits(issued=NOON + ahead)
    assert hub.phone.get(f"/k/{digits}").status_code in (403, 410)
    ask(hub, ahead)
    assert hub.phone.get(f"/k/{digits}").status_code == 200
    assert hub.phone.post(f"/k/{digits}/accept").status_code == 303
    assert hub.phone.post(f"/k/{digits}/accept").status_code == 410


def test_a_use_is_remembered_for_as_long_as_a_slow_clock_keeps_its_code_good(hub: Hub) -> None:
    """Else a code could be used again in its last hours."""
    ask(hub, -timedelta(hours=26))
    old = {"medium": Medium.SCREEN, "lifetime": Lifetime.MINUTES_15}
    digits = hub.digits(issued=NOON - timedelta(hours=26), **old)
    assert hub.phone.post(f"/k/{digits}/accept").status_code == 303
    hub.clock.advance(timedelta(minutes=14))
    another = hub.digits(issued=hub.clock() - timedelta(hours=26), nonce=b"next", **old)
    assert hub.phone.post(f"/k/{another}/accept").status_code == 303
    assert hub.phone.post(f"/k/{digits}/accept").status_code == 410


# signed by a clock that is off --------------------------------------------------------------------

OFF = [timedelta(hours=-26), timedelta(minutes=-11), timedelta(minutes=11), timedelta(hours=26)]


@pytest.mark.parametrize("ahead", OFF)
def test_a_kiosk_with_a_wrong_clock_is_refused_once_and_heard_from_then_on(
    hub: Hub, ahead: timedelta
) -> None:
    machine = Machine(hub)
    assert ask(hub, ahead, machine) is Refusal.CLOCK
    for _ in range(5):
        hub.clock.advance(timedelta(minutes=3))
        assert ask(hub, ahead, machine) == HERE
    assert offset(hub) == ahead


def test_a_clock_beyond_drifting_is_refused_for_ever(hub: Hub) -> None:
    for _ in range(2):
        assert ask(hub, timedelta(hours=27)) is Refusal.CLOCK


@pytest.mark.parametrize("ahead", [*OFF, timedelta(0)])
def test_whatever_the_clocks_do_nothing_is_taken_twice(hub: Hub, ahead: timedelta) -> None:
    """By our clock, by the kiosk's, by what it shows once it was mended: for two days."""
    machine = Machine(hub)
    gate = KioskGate(hub.engine, lambda: hub.master, hub.clock)
    ask(hub, ahead, machine)
    caught = machine.header(ASKED, int(ahead.total_seconds()))
    assert gate.admit(caught, ASKED) == HERE
    ask(hub, timedelta(0), machine)  # it was mended
    for _ in range(48 * 6):
        hub.clock.advance(timedelta(minutes=10))
        assert not isinstance(gate.admit(caught, ASKED), Place)


def test_a_clock_that_is_set_back_brings_nothing_back_that_was_taken(hub: Hub) -> None:
    machine = Machine(hub)
    gate = KioskGate(hub.engine, lambda: hub.master, hub.clock)
    caught = []
    for _ in range(20):
        caught.append(machine.header(ASKED))
        assert gate.admit(caught[-1], ASKED) == HERE
        hub.clock.advance(timedelta(minutes=1))
    for _ in range(3 * 60):  # two hours slow from now on, so heard again after two hours
        ask(hub, timedelta(hours=-2), machine)
        for one in caught[-12:]:
            assert not isinstance(gate.admit(one, ASKED), Place)
        hub.clock.advance(timedelta(minutes=1))
    assert ask(hub, timedelta(hours=-2), machine) == HERE


def test_requests_that_are_held_back_bring_nothing_back_that_was_taken(hub: Hub) -> None:
    """Each makes the clock ten minutes slower, as far as we can know."""
    machine = Machine(hub)
    gate = KioskGate(hub.engine, lambda: hub.master, hub.clock)
    taken, *held = (machine.header(ASKED) for _ in range(8))
    assert gate.admit(taken, ASKED) == HERE
    for one in held:
        hub.clock.advance(timedelta(minutes=10))
        assert gate.admit(one, ASKED) == HERE
        assert gate.admit(taken, ASKED) is Refusal.REPLAYED
