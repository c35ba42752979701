from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from db import engine as engines
from db import fleet
from db.token import Place
from hub.fleet import enrolment, register
from hub.fleet.enrolment import EPOCHS, Enrolment
from hub.fleet.errors import FleetError

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HERE = Place(990100, 1, 7)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = engines.durable(tmp_path / "hub.sqlite")
    fleet.metadata.create_all(made)
    yield made
    made.dispose()


def enrol(engine: Engine, place: Place = HERE) -> Enrolment:
    with engine.begin() as connection:
        return register.enrol(connection, place, "市大厅 7", NOW)


def find(engine: Engine, place: Place = HERE) -> Enrolment | None:
    with engine.connect() as connection:
        return register.find(connection, place)


def test_an_enrolled_kiosk_is_found_and_no_other(engine: Engine) -> None:
    made = enrol(engine)
    assert find(engine) == made == Enrolment(HERE, "市大厅 7", 0, 0)
    assert find(engine, Place(990100, 1, 8)) is None


def test_enrolling_again_keeps_the_key_before_for_a_while(engine: Engine) -> None:
    assert [(e.epoch, e.oldest_epoch) for e in (enrol(engine) for _ in range(4))] == [
        (0, 0),
        (1, 0),
        (2, 1),
        (3, 2),
    ]


def test_after_a_revocation_no_older_key_comes_back(engine: Engine) -> None:
    enrol(engine)
    enrol(engine)
    revoked = register.revoke(engine, HERE, NOW)
    assert revoked.revoked_at == NOW
    again = enrol(engine)
    assert (again.epoch, again.oldest_epoch, again.revoked_at) == (2, 2, None)
    assert find(engine) == again


def test_revoking_again_keeps_the_first_moment(engine: Engine) -> None:
    enrol(engine)
    register.revoke(engine, HERE, NOW)
    again = register.revoke(engine, HERE, NOW + timedelta(days=1))
    stored = find(engine)
    assert stored is not None
    assert again.revoked_at == stored.revoked_at == NOW


def test_a_kiosk_that_is_not_there_cannot_be_revoked(engine: Engine) -> None:
    enrol(engine)
    with pytest.raises(FleetError, match=r"990100/1/9.*these are: 990100/1/7"):
        register.revoke(engine, Place(990100, 1, 9), NOW)


def test_a_seventeenth_key_is_refused_because_the_first_would_come_back(engine: Engine) -> None:
    for _ in range(EPOCHS):
        enrol(engine)
    with pytest.raises(FleetError, match="another --kiosk number"):
        enrol(engine)
    last = find(engine)
    assert last is not None
    assert last.epoch == 15


@given(region=st.integers(0, (1 << 20) - 1), hall=st.integers(0, 4095), kiosk=st.integers(0, 255))
def test_a_place_is_read_as_it_is_written(region: int, hall: int, kiosk: int) -> None:
    place = Place(region, hall, kiosk)
    assert enrolment.parse(enrolment.written(place)) == place


@pytest.mark.parametrize(
    "text",
    ["", "1/2", "1/2/3/4", "a/1/1", "1048576/1/1", "1/4096/1", "1/1/256", "-1/1/1", "１/1/1"],
)
def test_what_is_no_place_is_said(text: str) -> None:
    with pytest.raises(FleetError, match="region/hall/kiosk"):
        enrolment.parse(text)
