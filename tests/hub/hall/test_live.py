"""The stream of a staff's page and the wait of a kiosk, over real connections."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from hub.hall.book import CallBook
from hub.hall.call import Wish
from hub.hall.pins import HallPins
from tests.hub.hall.serving import DESKS, OWN, Machine, serving, sign_in
from tests.hub.phone.building import HERE, Hub

PAGES = 45  # more than the pool of endpoints has threads, and than a hall has desks
WELL = b'{"fault":null,"withdrawn":false,"low_paper":false,"slip":4,"catalog":7,"program":"0.2.0"}'
WITHDRAWN = WELL.replace(b'"fault":null,"withdrawn":false', b'"fault":"no_paper","withdrawn":true')
BODY = b'{"screen":"ServicePage","language":"ug","service":13003}'


async def boards(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    """What the page is told, one after another."""
    async for line in answer.aiter_lines():
        if line.startswith("data: {"):
            yield json.loads(line.removeprefix("data: "))


async def follow(url: str, cookie: str, until: Any, opened: asyncio.Semaphore) -> dict[str, Any]:
    """Keep a page open until it shows something."""
    async with (
        httpx.AsyncClient(base_url=url, cookies={"hall": cookie}, timeout=20) as browser,
        browser.stream("GET", "/hall/1/events") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        async for board in boards(answer):
            opened.release()
            if until(board):
                return board
    raise AssertionError("the stream ended")


async def shown(opened: asyncio.Semaphore, *pages: asyncio.Task[Any]) -> None:
    """Until each page has shown something; what breaks a page breaks the test."""
    for _ in pages:
        seen = asyncio.ensure_future(opened.acquire())
        done, _others = await asyncio.wait(
            [seen, *pages], timeout=10, return_when=asyncio.FIRST_COMPLETED
        )
        for one in done:
            one.result()
        assert seen in done


async def place(url: str, machine: Machine) -> dict[str, Any]:
    async with httpx.AsyncClient(base_url=url) as kiosk:
        headers = machine.signed("POST", "/hall/calls", BODY)
        answer = await kiosk.post("/hall/calls", content=BODY, headers=headers)
    assert answer.status_code == 201, answer.text
    return {**answer.json(), "etag": answer.headers["etag"]}


def cookie_of(url: str) -> str:
    with httpx.Client(base_url=url) as browser:
        return sign_in(browser).cookies["hall"]


def test_more_pages_than_threads_see_a_call_and_keep_nobody_waiting(hub: Hub) -> None:
    machine = Machine(hub)

    async def watch(url: str, cookie: str) -> tuple[list[dict[str, Any]], float, int]:
        opened = asyncio.Semaphore(0)
        pages = [
            asyncio.create_task(follow(url, cookie, lambda board: board["calls"], opened))
            for _ in range(PAGES)
        ]
        await shown(opened, *pages)
        async with httpx.AsyncClient(base_url=url, timeout=5) as phone:
            health = await phone.get("/healthz")  # a plain endpoint: needs a thread
        started = time.monotonic()
        await place(url, machine)
        boards_ = await asyncio.gather(*pages)
        return boards_, time.monotonic() - started, health.status_code

    with serving(hub) as url:
        seen, seconds, health = asyncio.run(watch(url, cookie_of(url)))
    (call,) = seen[0]["calls"]
    assert (call["kiosk"], call["language"], call["state"]) == (7, "维吾尔语", "waiting")
    assert call["screen"] == "办passport · 一件事的说明"
    assert [one["calls"] for one in seen] == [seen[0]["calls"]] * PAGES
    assert seconds < 2
    assert health == 200


def test_a_kiosk_that_waits_is_told_at_once(hub: Hub) -> None:
    machine = Machine(hub)

    async def wait(url: str, cookie: str) -> tuple[httpx.Response, float]:
        opened = asyncio.Semaphore(0)
        page = asyncio.create_task(follow(url, cookie, lambda board: False, opened))
        await shown(opened, page)
        call = await place(url, machine)
        path = f"/hall/calls/{call['id']}"
        headers = {**machine.signed("GET", path), "If-None-Match": call["etag"]}
        async with httpx.AsyncClient(base_url=url, timeout=20) as kiosk:
            waiting = asyncio.create_task(kiosk.get(path, headers=headers))
            done, _ = await asyncio.wait([waiting], timeout=0.3)
            assert not done
            started = time.monotonic()
            async with httpx.AsyncClient(base_url=url, cookies={"hall": cookie}) as staff:
                pressed = await staff.post(f"/hall/1/calls/{call['id']}/answer", headers=OWN)
            assert pressed.status_code == 204
            answer = await waiting
        page.cancel()
        return answer, time.monotonic() - started

    with serving(hub) as url:
        answer, seconds = asyncio.run(wait(url, cookie_of(url)))
    assert answer.json() == {"id": 1, "state": "coming", "desk": DESKS[0]}
    assert seconds < 1


def test_a_page_that_comes_back_gets_everything_again(hub: Hub) -> None:
    machine = Machine(hub)

    async def twice(url: str, cookie: str) -> list[dict[str, Any]]:
        opened = asyncio.Semaphore(0)
        first = asyncio.create_task(follow(url, cookie, lambda board: bool(board["calls"]), opened))
        await shown(opened, first)
        await place(url, machine)
        return [
            await first,
            await follow(url, cookie, lambda board: bool(board["calls"]), opened),
        ]

    with serving(hub) as url:
        before, after = asyncio.run(twice(url, cookie_of(url)))
    assert before["calls"] == after["calls"]


def test_a_hub_that_is_started_again_still_knows_open_calls(hub: Hub) -> None:
    wish = Wish(1, 7, "Home", None, "zh")
    CallBook(hub.engine).add(wish, hub.clock())

    async def look(url: str, cookie: str) -> dict[str, Any]:
        return await follow(url, cookie, lambda board: True, asyncio.Semaphore(0))

    with serving(hub) as url:
        board = asyncio.run(look(url, cookie_of(url)))
    assert [one["kiosk"] for one in board["calls"]] == [7]


@pytest.mark.parametrize("path", ["/hall/1/events", "/hall/9/events"])
def test_nobody_sees_calls_without_signing_in(hub: Hub, path: str) -> None:
    with serving(hub) as url, httpx.Client(base_url=url) as browser:
        assert browser.get(path).status_code in (403, 404)


def test_a_new_pin_ends_the_pages_that_are_open(hub: Hub) -> None:
    async def see_end(url: str, cookie: str) -> str:
        async with (
            httpx.AsyncClient(base_url=url, cookies={"hall": cookie}, timeout=20) as browser,
            browser.stream("GET", "/hall/1/events") as answer,
        ):
            lines = answer.aiter_lines()
            await anext(lines)
            HallPins(hub.engine).set(1, "975310", hub.clock())
            machine = Machine(hub)
            await place(url, machine)  # something changes, and the page is looked at again
            return "\n".join([line async for line in lines])

    with serving(hub) as url:
        heard = asyncio.run(see_end(url, cookie_of(url)))
    assert "event: bye" in heard
    assert '"state":"waiting"' not in heard


def test_a_page_that_was_closed_is_noticed(hub: Hub) -> None:
    machine = Machine(hub)

    async def ask(url: str) -> int:
        async with httpx.AsyncClient(base_url=url) as kiosk:
            headers = machine.signed("POST", "/hall/calls", BODY)
            return (await kiosk.post("/hall/calls", content=BODY, headers=headers)).status_code

    async def close(url: str, cookie: str) -> list[int]:
        await follow(url, cookie, lambda board: True, asyncio.Semaphore(0))
        just_now = await ask(url)  # somebody may be loading the page again
        answers = [just_now]
        while answers[-1] != 409 and len(answers) < 200:
            hub.clock.advance(timedelta(seconds=61))
            answers.append(await ask(url))
        return answers

    with serving(hub) as url:
        answers = asyncio.run(close(url, cookie_of(url)))
    assert (answers[0], answers[-1]) == (201, 409)


def test_a_call_is_told_to_its_own_machine_only(hub: Hub) -> None:
    other = Machine(hub, replace(HERE, kiosk=8))
    hub.enrol(other.place)

    async def ask(url: str, cookie: str) -> tuple[int, int, int]:
        opened = asyncio.Semaphore(0)
        page = asyncio.create_task(follow(url, cookie, lambda board: False, opened))
        await shown(opened, page)
        call = await place(url, Machine(hub))
        path = f"/hall/calls/{call['id']}"
        async with httpx.AsyncClient(base_url=url) as kiosk:
            seen = await kiosk.get(path, headers=other.signed("GET", path))
            gone = await kiosk.delete(path, headers=other.signed("DELETE", path))
            own = Machine(hub, count=50).signed("GET", path)
            still = await kiosk.get(path, headers=own)
        page.cancel()
        assert still.json()["state"] == "waiting"
        return seen.status_code, gone.status_code, still.status_code

    with serving(hub) as url:
        assert asyncio.run(ask(url, cookie_of(url))) == (404, 204, 200)


def test_a_machine_has_one_call_at_a_time(hub: Hub) -> None:
    machine = Machine(hub)

    async def twice(url: str, cookie: str) -> list[int]:
        opened = asyncio.Semaphore(0)
        page = asyncio.create_task(follow(url, cookie, lambda board: False, opened))
        await shown(opened, page)
        await place(url, machine)
        second = await place(url, machine)
        page.cancel()
        board = await follow(url, cookie, lambda board: board["calls"], opened)
        assert [one["id"] for one in board["calls"]] == [second["id"]]
        return [one["kiosk"] for one in board["calls"]]

    with serving(hub) as url:
        assert asyncio.run(twice(url, cookie_of(url))) == [7]


def test_a_page_is_told_at_once_of_a_machine_that_prints_no_more(hub: Hub) -> None:
    machine = Machine(hub)

    async def report(url: str, told: bytes) -> None:
        async with httpx.AsyncClient(base_url=url) as kiosk:
            headers = machine.signed("PUT", "/hall/state", told)
            answer = await kiosk.put("/hall/state", content=told, headers=headers)
        assert answer.status_code == 204, answer.text

    async def watch(url: str, cookie: str) -> tuple[list[dict[str, Any]], float]:
        opened = asyncio.Semaphore(0)
        seen: list[dict[str, Any]] = []

        def both(board: dict[str, Any]) -> bool:
            seen.extend(board["machines"])
            return len(seen) == 3

        page = asyncio.create_task(follow(url, cookie, both, opened))
        await shown(opened, page)
        started = time.monotonic()
        await report(url, WELL)
        await shown(opened, page)
        await report(url, WELL)  # the same again wakes nobody
        await report(url, WITHDRAWN)
        await page
        return seen, time.monotonic() - started

    with serving(hub) as url:
        seen, seconds = asyncio.run(watch(url, cookie_of(url)))
    assert [one["trouble"] for one in seen] == ["silent", "", "withdrawn"]
    assert seen[-1]["words"] == "不印小票了，打印机没纸了"
    assert seen[-1]["since"] == "12:00 起"
    assert seconds < 5  # long before the next beat
