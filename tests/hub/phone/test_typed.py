from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import short_number, token
from hub.phone import typed
from tests.hub.phone.building import PAPER, Hub, make_catalog, make_handoff, make_service
from tests.hub.phone.markup import read

NUMBER = "13003-2"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "130032",
        "13003",
        "１３００３－２",
        "１３００３２",
        " 13003 - 2 ",
        "13003 2",
        "1 3 0 0 3 2",
        "13003—2",
        "13003\N{EN DASH}2",
        "13003一2",
    ],
)
def test_a_short_number_is_understood_however_it_is_typed(hub: Hub, text: str) -> None:
    answer = hub.phone.get("/find", params={"number": text})
    assert (answer.status_code, answer.headers.get("location")) == (303, f"/s/{NUMBER}")


@pytest.mark.parametrize(
    "text",
    [
        "13003-2 5643",
        "13003-25643",
        "13003-2 5 6 4 3",
        "13003-2，5643",
        "１３００３－２　５６４３",
        "130032 5643",
        "13003 5643",
        "13003-2、5643",
    ],
)
def test_a_check_code_behind_it_opens_the_same_guide_and_is_pretended_nothing_of(
    hub: Hub, text: str
) -> None:
    answer = hub.phone.get("/find", params={"number": text})
    assert answer.headers["location"] == f"/s/{NUMBER}?why=check-code"
    page = read(hub.phone.get(answer.headers["location"]).text)
    assert "要比核对码，请扫小票上的码" in page.text
    assert "5643" not in page.text


@pytest.mark.parametrize("text", ["", "5643", "13003-9 5643", "13003-2 56", "核对码 5643"])
def test_what_names_no_service_leaves_the_field_at_hand(hub: Hub, text: str) -> None:
    answer = hub.phone.get("/find", params={"number": text})
    assert answer.status_code == 404
    assert len(read(answer.text).forms) == 1


def test_the_numbers_of_a_slip_are_read_as_they_are_printed(hub: Hub) -> None:
    code = token.check_code(hub.sealed(make_handoff(**PAPER)))
    reading = typed.readings(f"{NUMBER} {code}")[0]
    assert (reading.number, reading.check_code) == (NUMBER, code)


@given(number=st.integers(1, 0xFFFFFF), code=st.integers(0, 9999))
def test_every_number_with_any_check_code_finds_its_service(number: int, code: int) -> None:
    catalog = make_catalog(make_service(number=number))
    found, seen = catalog.understood(f"{short_number.written(number)} {code:04d}")
    assert ([one.number for one in found], seen) == ([number], f"{code:04d}")


@given(st.text(max_size=30))
def test_any_text_is_read(text: str) -> None:
    assert 1 <= len(typed.readings(text)) <= 3
