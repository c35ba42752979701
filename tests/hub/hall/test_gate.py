from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import kiosk_request
from db.kiosk_request import Request
from db.token import Place
from hub.fleet import register
from hub.hall.gate import KioskGate, Refusal
from tests.hub.hall.serving import Machine
from tests.hub.phone.building import HERE, Hub

ASKED = Request("POST", "/hall/calls", b'{"screen":"Home","language":"zh"}')


def gate_of(hub: Hub) -> KioskGate:
    return KioskGate(hub.engine, lambda: hub.master, hub.clock)


def test_an_enrolled_kiosk_is_admitted_once(hub: Hub) -> None:
    gate, header = gate_of(hub), Machine(hub).header(ASKED)
    assert gate.admit(header, ASKED) == HERE
    assert gate.admit(header, ASKED) is Refusal.REPLAYED
    assert gate_of(hub).admit(header, ASKED) is Refusal.REPLAYED  # by a hub started anew as well


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, method="DELETE"),
        replace(ASKED, path="/hall/calls/1"),
        replace(ASKED, body=b'{"screen":"Home","language":"en"}'),
    ],
)
def test_a_signature_is_for_one_request(hub: Hub, other: Request) -> None:
    assert gate_of(hub).admit(Machine(hub).header(ASKED), other) is Refusal.FORGED


@pytest.mark.parametrize(
    ("ahead_s", "verdict"),
    [(600, HERE), (-600, HERE), (601, Refusal.CLOCK), (-601, Refusal.CLOCK)],
)
def test_a_clock_may_be_ten_minutes_off(hub: Hub, ahead_s: int, verdict: Place | Refusal) -> None:
    assert gate_of(hub).admit(Machine(hub).header(ASKED, ahead_s), ASKED) == verdict


def test_a_nonce_is_remembered_for_as_long_as_its_request_could_be_sent_again(hub: Hub) -> None:
    header = Machine(hub).header(ASKED, 600)
    assert gate_of(hub).admit(header, ASKED) == HERE
    hub.clock.advance(timedelta(minutes=19, seconds=59))
    assert gate_of(hub).admit(header, ASKED) is Refusal.REPLAYED


def test_a_revoked_kiosk_is_refused(hub: Hub) -> None:
    register.revoke(hub.engine, HERE, hub.clock())
    assert gate_of(hub).admit(Machine(hub).header(ASKED), ASKED) is Refusal.REVOKED


def test_old_and_unknown_keys_are_refused(hub: Hub) -> None:
    for _ in range(2):
        hub.enrol(HERE)
    assert gate_of(hub).admit(Machine(hub).header(ASKED), ASKED) is Refusal.OLD_KEY
    assert gate_of(hub).admit(Machine(hub, epoch=2).header(ASKED), ASKED) == HERE
    nowhere = Machine(hub, Place(990100, 1, 99))
    assert gate_of(hub).admit(nowhere.header(ASKED), ASKED) is Refusal.UNKNOWN_KIOSK


@pytest.mark.parametrize("header", ["", "Bearer x", "KHR1 1/1/1;0;1;00;00", "KHR1 9999999/1/1;"])
def test_what_is_no_signature_is_refused(hub: Hub, header: str) -> None:
    assert gate_of(hub).admit(header, ASKED) is Refusal.MALFORMED


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/hall/calls", "POST"),
        ("/hall/calls/1", "GET"),
        ("/hall/calls/1", "DELETE"),
        ("/hall/calls/1/left", "POST"),
    ],
)
def test_nobody_asks_unsigned(hub: Hub, path: str, method: str) -> None:
    assert hub.phone.request(method, path).status_code == 401


@given(
    place=st.builds(Place, st.integers(0, 2**20 - 1), st.integers(0, 4095), st.integers(0, 255)),
    epoch=st.integers(0, 15),
    seconds=st.integers(0, 2**36),
    nonce=st.binary(min_size=16, max_size=16),
    body=st.binary(max_size=50),
    key=st.binary(min_size=32, max_size=32),
)
def test_what_is_signed_is_read_back_and_only_with_its_key(
    place: Place, epoch: int, seconds: int, nonce: bytes, body: bytes, key: bytes
) -> None:
    asked = Request("POST", "/hall/calls", body)
    header = kiosk_request.sign(asked, key, place, epoch, seconds, nonce)
    found = kiosk_request.read(header)
    assert found is not None
    assert (found.place, found.epoch, found.seconds, found.nonce) == (place, epoch, seconds, nonce)
    assert kiosk_request.is_genuine(found, asked, key)
    assert not kiosk_request.is_genuine(found, asked, bytes(one ^ 1 for one in key))
