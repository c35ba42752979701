from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from hub.cli import app
from hub.fleet.errors import FleetError
from hub.hall.pins import LASTS, HallPins, SignedIn
from tests.hub.hall.serving import DESKS, OWN, PIN, Machine, sign_in
from tests.hub.phone.building import Hub
from tests.hub.phone.markup import read
from tests.hub.publish import building as publishing

BODY = b'{"screen":"Home","language":"zh"}'


def signed_in(hub: Hub, desk: str = DESKS[0]) -> httpx.Client:
    browser = hub.another_phone()
    assert sign_in(browser, desk=desk).headers["location"] == "/hall/1"
    return browser


def test_the_page_asks_for_the_pin_and_shows_no_call(hub: Hub) -> None:
    answer = hub.phone.get("/hall/1")
    page = read(answer.text)
    assert answer.status_code == 200
    assert page.faults == []
    assert "大厅的 PIN" in page.text
    assert [desk in answer.text for desk in DESKS] == [True, True]


def test_a_cookie_is_for_this_hall_this_site_and_no_script(hub: Hub) -> None:
    cookie = sign_in(hub.another_phone()).headers["set-cookie"]
    for part in ("HttpOnly", "SameSite=strict", "Path=/hall/1", "Secure"):
        assert part in cookie


def test_pages_of_staff_run_only_our_own_script(hub: Hub) -> None:
    answer = signed_in(hub).get("/hall/1")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self';")
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert "<script src=" in answer.text
    assert "onclick" not in answer.text
    script = answer.text.partition('<script src="')[2].partition('"')[0]
    assert hub.phone.get(script).headers["content-type"].startswith("text/javascript")


@pytest.mark.logs("pin-barred")
def test_whoever_tries_five_pins_waits_five_minutes_even_with_the_right_one(hub: Hub) -> None:
    browser = hub.another_phone()
    tried = [sign_in(browser, "111222").status_code for _ in range(4)]
    assert tried == [403] * 4
    assert sign_in(browser).status_code == 303  # the right one in time ends the count
    for _ in range(5):
        assert sign_in(browser, "000111").status_code == 403
    barred = sign_in(browser)
    assert barred.status_code == 429
    assert "5 分钟以后再试" in barred.text
    hub.clock.advance(timedelta(minutes=5))
    assert sign_in(browser).status_code == 303


def test_a_hall_without_a_pin_lets_nobody_in_and_says_what_to_do(hub: Hub) -> None:
    with hub.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM hall_pin")
    assert sign_in(hub.phone).status_code == 403
    assert "hub hall set-pin" in hub.phone.get("/hall/1").text


def test_a_hall_that_is_not_there_is_a_page_that_says_so(hub: Hub) -> None:
    assert hub.phone.get("/hall/9").status_code == 404
    assert read(hub.phone.get("/hall/9").text).faults == []


def test_a_session_ends_with_the_day_and_by_the_button(hub: Hub) -> None:
    browser = signed_in(hub)
    assert "data-hall" in browser.get("/hall/1").text
    browser.post("/hall/1/sign-out")
    assert "data-hall" not in browser.get("/hall/1").text
    browser = signed_in(hub)
    hub.clock.advance(LASTS)
    assert "data-hall" not in browser.get("/hall/1").text


@pytest.mark.parametrize("action", ["answer", "forward", "close"])
def test_a_button_needs_a_session_and_our_own_page(hub: Hub, action: str) -> None:
    address = f"/hall/1/calls/1/{action}"
    assert hub.phone.post(address, headers=OWN).status_code == 403
    assert signed_in(hub).post(address).status_code == 403  # a form of another site


@pytest.mark.parametrize(
    ("action", "body"), [("dance", b"{}"), ("forward", b'{"desk":"x"}'), ("answer", b"[]")]
)
def test_what_no_page_sends_is_refused(hub: Hub, action: str, body: bytes) -> None:
    answer = signed_in(hub).post(f"/hall/1/calls/1/{action}", headers=OWN, content=body)
    assert answer.status_code == 422


def test_a_call_that_somebody_else_has_closed_is_no_mistake(hub: Hub) -> None:
    assert signed_in(hub).post("/hall/1/calls/99/close", headers=OWN).status_code == 204


def test_a_call_is_not_taken_where_no_page_is_open(hub: Hub) -> None:
    headers = Machine(hub).signed("POST", "/hall/calls", BODY)
    assert hub.phone.post("/hall/calls", content=BODY, headers=headers).status_code == 409


@pytest.mark.parametrize("pin", ["12345", "1234567890123", "abcdef", "111222", "", "１２３４５６"])
def test_a_pin_that_is_tried_first_is_none(hub: Hub, pin: str) -> None:
    with pytest.raises(FleetError, match="6 to 12 digits"):
        HallPins(hub.engine).set(1, pin, hub.clock())


def test_a_pin_and_a_cookie_stand_in_no_table(hub: Hub) -> None:
    cookie = HallPins(hub.engine).sign_in(SignedIn(1, DESKS[0]), hub.clock())
    hub.engine.dispose()
    for file in hub.data.glob("hub.sqlite*"):
        content = file.read_bytes()
        assert PIN.encode() not in content
        assert cookie.encode() not in content


def test_a_pin_is_set_from_stdin(tmp_path: Path) -> None:
    publishing.make_published(tmp_path)
    command = ["hall", "set-pin", "hall", "--data", str(tmp_path)]
    done = CliRunner().invoke(app, command, input="135790\n")
    assert (done.exit_code, done.output) == (0, "hall: the page is /hall/1\n")
    assert CliRunner().invoke(app, command, input="1\n").exit_code == 1
    unknown = CliRunner().invoke(app, [*command[:2], "nowhere", *command[3:]], input="135790\n")
    assert unknown.exit_code == 1
    assert "no such hall" in unknown.output
