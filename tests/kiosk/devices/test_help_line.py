"""The kiosk's line, against a hub that answers, one that is dead, and one that says nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kiosk.core.choices import Language
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.value import replace
from kiosk.devices.help_line import HubHelpLine, NoHelpLine
from kiosk.devices.light import CommandLight, Light
from tests.hub.hall.serving import DESKS, OWN, Machine, make_hub, serving, sign_in
from tests.hub.phone.building import Hub

CALL = HelpCall(1, "ServicePage:passport", Language.UYGHUR)
LOGGED = pytest.mark.logs("help-unreachable")


class Book:
    """A light that is remembered."""

    def __init__(self) -> None:
        self.states: list[bool] = []

    def switch(self, on: bool) -> None:
        self.states.append(on)

    def close(self) -> None:
        self.states.append(False)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = make_hub(tmp_path)
    yield made
    made.close()


@contextmanager
def a_line(hub: Hub, url: str, light: Light | None = None) -> Iterator[HubHelpLine]:
    line = HubHelpLine(
        Machine(hub).enrolment(url),
        {"passport": 13003}.get,
        light,
        now=lambda: hub.clock().timestamp(),
    )
    try:
        yield line
    finally:
        line.close()


@contextmanager
def staffed(hub: Hub) -> Iterator[tuple[str, httpx.Client]]:
    """The hub, and a page of staff that is open."""
    with serving(hub) as url, httpx.Client(base_url=url, timeout=10) as browser:
        sign_in(browser)
        with browser.stream("GET", "/hall/1/events") as page:
            next(page.iter_lines())
            yield url, browser


def press(browser: httpx.Client, action: str, body: str = "{}") -> None:
    answer = browser.post(f"/hall/1/calls/1/{action}", headers=OWN, content=body)
    assert answer.status_code == 204


def calls_of(hub: Hub) -> list[tuple[object, ...]]:
    with hub.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            'SELECT screen, service, language, state, "left" IS NULL FROM help_call'
        )
        return [tuple(row) for row in rows]


def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        threading.Event().wait(0.01)
    assert condition()


def test_a_call_is_followed_from_the_first_answer_to_the_last(hub: Hub) -> None:
    light = Book()
    with staffed(hub) as (url, browser), a_line(hub, url, light) as line:
        waiting = line.place(CALL)
        assert waiting == replace(CALL, state=CallState.WAITING)
        with ThreadPoolExecutor(1) as threads:
            for action, body, state, desk in (
                ("answer", "{}", CallState.COMING, DESKS[0]),
                ("forward", f'{{"desk":"{DESKS[1]}"}}', CallState.FORWARDED, DESKS[1]),
                ("close", "{}", CallState.CLOSED, ""),
            ):
                answer = threads.submit(line.await_answer, waiting)
                press(browser, action, body)
                waiting = answer.result(5)
                assert (waiting.state, waiting.desk) == (state, desk)
        assert light.states == [True, False]
    assert calls_of(hub) == [("ServicePage", 13003, "ug", "closed", 1)]


@LOGGED
def test_a_call_that_nobody_would_see_is_not_placed(hub: Hub) -> None:
    with serving(hub) as url, a_line(hub, url) as line:
        assert line.place(CALL).state is CallState.UNREACHABLE
    assert calls_of(hub) == []


@LOGGED
def test_a_dead_hub_is_said_within_two_seconds(hub: Hub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with a_line(hub, url) as line:
        started = time.monotonic()
        assert line.place(CALL).state is CallState.UNREACHABLE
        assert time.monotonic() - started < 2


@LOGGED
def test_a_hub_that_takes_a_call_and_says_nothing_is_given_up_within_two_seconds(hub: Hub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        with a_line(hub, url) as line:
            started = time.monotonic()
            assert line.place(CALL).state is CallState.UNREACHABLE
            assert time.monotonic() - started < 2


@LOGGED
def test_a_hub_that_dies_while_one_waits_is_said_within_two_seconds(hub: Hub) -> None:
    with ThreadPoolExecutor(1) as threads:
        with staffed(hub) as (url, _browser):
            line = HubHelpLine(
                Machine(hub).enrolment(url), lambda _: None, now=lambda: hub.clock().timestamp()
            )
            waiting = threads.submit(line.await_answer, line.place(CALL))
            until(lambda: len(calls_of(hub)) == 1)
        started = time.monotonic()
        assert waiting.result(5).state is CallState.UNREACHABLE
        assert time.monotonic() - started < 2
        line.close()


def test_a_call_that_is_taken_back_stops_waiting_at_once_and_is_closed_at_the_hub(hub: Hub) -> None:
    light = Book()
    with staffed(hub) as (url, _browser), a_line(hub, url, light) as line:
        placed = line.place(CALL)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(line.await_answer, placed)
            started = time.monotonic()
            line.cancel()
            assert time.monotonic() - started < 0.05
            assert waiting.result(1) == placed
        until(lambda: calls_of(hub)[0][3] == "closed")
        assert light.states == [True, False]


def test_a_call_whose_visit_has_ended_stays_open_and_says_so(hub: Hub) -> None:
    with staffed(hub) as (url, _browser), a_line(hub, url) as line:
        line.place(CALL)
        line.leave()
        until(lambda: calls_of(hub)[0][4] == 0)
        assert calls_of(hub)[0][3] == "waiting"


def test_closing_unblocks_whoever_waits(hub: Hub) -> None:
    with staffed(hub) as (url, _browser):
        line = HubHelpLine(
            Machine(hub).enrolment(url), lambda _: None, now=lambda: hub.clock().timestamp()
        )
        placed = line.place(CALL)
        with ThreadPoolExecutor(1) as threads:
            waiting = threads.submit(line.await_answer, placed)
            started = time.monotonic()
            line.close()
            assert waiting.result(1) == placed
            assert time.monotonic() - started < 0.5


def test_closing_does_not_wait_for_a_hub_that_says_nothing(hub: Hub) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(5)
        line = HubHelpLine(
            Machine(hub).enrolment(f"http://127.0.0.1:{mute.getsockname()[1]}"), lambda _: None
        )
        line._tell("DELETE", "/hall/calls/1")
        asking, _address = mute.accept()
        started = time.monotonic()
        line.close()
        assert time.monotonic() - started < 0.5
        asking.close()


def test_the_next_visit_calls_anew_while_the_call_of_the_last_one_is_open(hub: Hub) -> None:
    with staffed(hub) as (url, _browser), a_line(hub, url) as line:
        line.place(CALL)
        line.leave()
        assert line.place(HelpCall(1, "Home")).state is CallState.WAITING
        assert [row[3] for row in calls_of(hub)] == ["closed", "waiting"]


@LOGGED
def test_a_clock_that_is_far_off_is_refused(hub: Hub) -> None:
    with staffed(hub) as (url, _browser):
        ahead = hub.clock().timestamp() + 3600
        line = HubHelpLine(Machine(hub).enrolment(url), lambda _: None, now=lambda: ahead)
        assert line.place(CALL).state is CallState.UNREACHABLE
        line.close()


def test_a_hall_without_a_page_can_call_nobody() -> None:
    line = NoHelpLine()
    assert line.place(CALL).state is CallState.UNREACHABLE
    assert line.await_answer(CALL).state is CallState.UNREACHABLE


# the light --------------------------------------------------------------------------------------


def script(folder: Path, words: str) -> Path:
    file = folder / "light.sh"
    file.write_text(f"#!/bin/sh\n{words}\n", "utf-8")
    file.chmod(0o755)
    return file


def test_a_light_is_switched_on_and_off_by_the_hall_s_program(tmp_path: Path) -> None:
    said = tmp_path / "said"
    light = CommandLight((str(script(tmp_path, f'echo "$@" >> {said}')), "--port", "3"))
    light.switch(on=True)
    light.switch(on=True)
    light.close()
    assert said.read_text().splitlines() == ["--port 3 on", "--port 3 off"]


@pytest.mark.logs("light-failed")
@pytest.mark.parametrize("words", ["exit 3", "sleep 60"])
def test_a_program_that_fails_or_hangs_keeps_nobody_waiting(tmp_path: Path, words: str) -> None:
    light = CommandLight((str(script(tmp_path, words)),), patience_s=0.2)
    started = time.monotonic()
    light.switch(on=True)
    assert time.monotonic() - started < 0.1
    light.close()
    assert time.monotonic() - started < 5


@pytest.mark.logs("light-failed")
def test_a_light_that_is_not_there_breaks_nothing(tmp_path: Path) -> None:
    light = CommandLight((str(tmp_path / "nothing"),))
    light.switch(on=True)
    light.close()
