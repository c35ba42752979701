from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from db import token
from db.fleet import refusal, token_use
from db.token import Acting, Place
from hub.config import Limits, Settings
from hub.fleet import register
from tests.hub.phone.building import HERE, NO_ALARMS, NOON, PAPER, Hub, make_handoff


def test_a_program_is_told_what_the_code_says_and_uses_nothing_up(hub: Hub) -> None:
    handoff = make_handoff(language="ug", large_text=True, acting=Acting.RELATIVE, **PAPER)
    sealed = hub.sealed(handoff)
    digits = token.to_digits(sealed)
    for _ in range(5):
        answer = hub.phone.get(f"/k/{digits}/facts")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "judgement": "good",
        "service": 13003,
        "number": "13003-2",
        "hall": 1,
        "kiosk": 7,
        "issued": "2026-11-23T04:00:00Z",
        "expires": "2026-11-30T04:00:00Z",
        "check_code": token.check_code(sealed),
        "language": "ug",
        "large_text": True,
        "high_contrast": False,
        "read_aloud": False,
        "easy_language": False,
        "acting": "relative",
        "medium": "paper",
        "uses_left": 3,
    }
    with hub.engine.connect() as connection:
        assert connection.scalar(select(token_use.c.uses)) is None
    hub.phone.post(f"/k/{digits}/accept")
    assert hub.phone.get(f"/k/{digits}/facts").json()["uses_left"] == 2


def test_of_a_forged_code_nothing_is_told(hub: Hub) -> None:
    forged = token.to_digits(hub.sealed(make_handoff(), master=b"\x09" * 32))
    for digits, status, word in ((forged, 403, "forged"), ("1" * 78, 404, "malformed")):
        answer = hub.phone.get(f"/k/{digits}/facts")
        assert (answer.status_code, answer.json()) == (status, {"judgement": word})
    with hub.engine.connect() as connection:
        assert len(connection.execute(select(refusal)).all()) == 2


def test_a_refused_code_is_refused_as_the_page_refuses_it(hub: Hub) -> None:
    used, late = hub.digits(), hub.digits(issued=NOON - timedelta(hours=1))
    hub.phone.post(f"/k/{used}/accept")
    elsewhere = hub.digits(place=Place(990100, 1, 99))
    expected = ((used, 410, "used"), (late, 410, "expired"), (elsewhere, 403, "unknown-kiosk"))
    for digits, status, word in expected:
        answer = hub.phone.get(f"/k/{digits}/facts")
        assert (answer.status_code, answer.json()["judgement"]) == (status, word)
        assert hub.phone.get(f"/k/{digits}").status_code == status
    register.revoke(hub.engine, HERE, NOON)
    assert hub.phone.get(f"/k/{used}/facts").json()["judgement"] == "revoked"


def test_a_service_that_was_withdrawn_is_said_as_the_page_says_it(hub: Hub) -> None:
    digits = hub.digits(item=14001)
    answer = hub.phone.get(f"/k/{digits}/facts")
    assert (answer.status_code, answer.json()["judgement"]) == (410, "withdrawn")
    assert hub.phone.get(f"/k/{digits}").status_code == 410
    hub.source.catalog = None
    answer = hub.phone.get(f"/k/{digits}/facts")
    assert (answer.status_code, answer.json()) == (503, {"judgement": "not-ready"})
    assert hub.phone.get(f"/k/{digits}").status_code == 503


def test_a_program_that_asks_too_often_is_asked_to_wait(hub: Hub) -> None:
    hub.settings = Settings(limits=Limits(handoffs_per_minute=2), alarms=NO_ALARMS)
    hub.engine.dispose()
    hub.__post_init__()
    digits = hub.digits()
    answers = [hub.phone.get(f"/k/{digits}/facts") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "60"


@pytest.mark.parametrize("path", ["/k/x/facts", "/k//facts"])
def test_strange_paths_are_answered(hub: Hub, path: str) -> None:
    assert hub.phone.get(path).status_code == 404
