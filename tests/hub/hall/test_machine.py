"""What machines say of themselves, and what staff see of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.kiosk_request import Request
from db.token import Place
from hub.fleet import register
from hub.hall import words
from hub.hall.machine import Heard, Machine, Report, Seen, Trouble
from hub.hall.machine_book import MachineBook
from kiosk.core.printing import Fault
from tests.hub.hall.serving import Machine as Kiosk
from tests.hub.phone.building import HERE, NOON, Hub

WELL = Report(None, withdrawn=False, low_paper=False, slip=128, catalog=41, program="0.2.0")
JAM = replace(WELL, fault="jam")
STOPPED = replace(JAM, withdrawn=True)
MINUTE = timedelta(minutes=1)
PATH = "/hall/state"


def body(**changes: Any) -> bytes:
    told = {"withdrawn": False, "low_paper": False, "slip": 1, "catalog": 7, "program": "0.2.0"}
    return json.dumps({**told, **changes}).encode()


def put(hub: Hub, content: bytes, kiosk: Kiosk | None = None) -> int:
    headers = (kiosk or Kiosk(hub)).signed("PUT", PATH, content)
    return hub.phone.put(PATH, content=content, headers=headers).status_code


def seen(hub: Hub, hall: int = 1) -> tuple[Seen, ...]:
    return tuple(one.seen(hub.clock()) for one in MachineBook(hub.engine).machines(hall))


# judgement --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "troubles"),
    [
        (WELL, ()),
        (JAM, (Trouble.FAULT,)),
        (replace(WELL, low_paper=True), (Trouble.LOW_PAPER,)),
        (replace(STOPPED, low_paper=True), (Trouble.WITHDRAWN, Trouble.FAULT, Trouble.LOW_PAPER)),
    ],
)
def test_the_most_urgent_comes_first(report: Report, troubles: tuple[Trouble, ...]) -> None:
    assert report.troubles == troubles


def test_what_is_still_as_bad_began_when_it_began() -> None:
    first = Heard(WELL, NOON, None).followed_by(JAM, NOON + MINUTE)
    assert first.since == NOON + MINUTE
    later = first.followed_by(replace(JAM, low_paper=True, slip=129), NOON + 2 * MINUTE)
    assert later.since == NOON + MINUTE
    worse = later.followed_by(STOPPED, NOON + 3 * MINUTE)
    assert worse.since == NOON + 3 * MINUTE
    other = first.followed_by(replace(JAM, fault="no_paper"), NOON + 4 * MINUTE)
    assert other.since == NOON + 4 * MINUTE
    assert worse.followed_by(WELL, NOON + 5 * MINUTE).since is None


def test_a_machine_that_says_nothing_for_ten_minutes_is_silent_since_its_last_word() -> None:
    machine = Machine(7, heard=Heard(STOPPED, NOON, NOON))
    assert machine.seen(NOON + 10 * MINUTE).troubles == (Trouble.WITHDRAWN, Trouble.FAULT)
    silent = machine.seen(NOON + 10 * MINUTE + timedelta(seconds=1))
    assert (silent.troubles, silent.since) == ((Trouble.SILENT,), NOON)


def test_a_clock_that_nobody_believes_is_said_instead_of_silence() -> None:
    machine = Machine(7, timedelta(minutes=-11), Heard(WELL, NOON, None))
    assert machine.seen(NOON).troubles == (Trouble.CLOCK,)
    assert replace(machine, clock_offset=timedelta(minutes=10)).seen(NOON).troubles == ()
    for heard in (machine.heard, None):
        refused = Machine(7, timedelta(hours=27), heard).seen(NOON + 11 * MINUTE)
        assert (refused.troubles, refused.since) == ((Trouble.CLOCK,), None)


def test_what_is_heard_of_a_machine_with_a_wrong_clock_is_said_first() -> None:
    machine = Machine(7, timedelta(hours=2), Heard(STOPPED, NOON, NOON))
    assert machine.seen(NOON).troubles == (*STOPPED.troubles, Trouble.CLOCK)
    assert machine.seen(NOON).since == NOON


def test_a_machine_that_is_heard_in_spite_of_its_clock_is_silent_when_it_says_nothing() -> None:
    silent = Machine(7, timedelta(hours=2), Heard(STOPPED, NOON, NOON)).seen(NOON + 11 * MINUTE)
    assert (silent.troubles, silent.since) == ((Trouble.SILENT, Trouble.CLOCK), NOON)


# words ------------------------------------------------------------------------------------------


def test_every_fault_of_a_kiosk_has_its_words_and_another_one_has_some() -> None:
    assert {one.value for one in Fault} == set(words.FAULTS)
    unknown = Machine(7, heard=Heard(replace(JAM, fault="on_fire"), NOON, NOON)).seen(NOON)
    assert words.troubles(unknown) == "打印机有问题"


def test_all_that_is_wrong_is_said_and_what_to_do_about_the_worst() -> None:
    ill = Machine(7, heard=Heard(replace(STOPPED, low_paper=True), NOON, NOON)).seen(NOON)
    assert words.troubles(ill) == "不印小票了，打印机卡纸了，纸快没了"
    assert "修好了" in words.to_do(ill)
    empty = replace(STOPPED, fault="no_paper", low_paper=True)
    assert words.troubles(Seen(7, empty.troubles, empty, NOON)) == "不印小票了，打印机没纸了"
    well = Machine(7, heard=Heard(WELL, NOON, None)).seen(NOON)
    assert (words.troubles(well), words.to_do(well)) == ("", "")


@pytest.mark.parametrize("trouble", Trouble)
def test_no_trouble_is_without_words(trouble: Trouble) -> None:
    assert words.troubles(Seen(7, (trouble,), JAM, NOON))


def test_a_day_stands_before_the_time_where_it_is_not_today() -> None:
    assert words.since(NOON, NOON) == "12:00 起"
    assert words.since(NOON, NOON + timedelta(days=1)) == "11月23日 12:00 起"
    assert words.since(None, NOON) == ""


# over the line ----------------------------------------------------------------------------------


def test_the_newest_report_of_a_machine_is_kept_and_no_older_one(hub: Hub) -> None:
    assert seen(hub)[0].troubles == (Trouble.SILENT,)
    assert put(hub, body(fault="no_paper", withdrawn=True, low_paper=True, slip=9)) == 204
    hub.clock.advance(3 * MINUTE)
    assert put(hub, body(slip=10), Kiosk(hub, count=5)) == 204
    (machine,) = seen(hub)
    report = replace(WELL, slip=10, catalog=7)
    assert machine == Seen(HERE.kiosk, (), report, None)
    with hub.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT count(*) FROM kiosk_state").scalar()
    assert rows == 1


def test_the_same_report_again_says_only_that_the_machine_is_there(hub: Hub) -> None:
    put(hub, body(fault="jam"))
    hub.clock.advance(9 * MINUTE)
    assert put(hub, body(fault="jam"), Kiosk(hub, count=5)) == 204
    hub.clock.advance(9 * MINUTE)
    (machine,) = seen(hub)
    assert (machine.troubles, machine.since) == ((Trouble.FAULT,), NOON)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        body(item=13003),  # there is no room for what somebody asked about
        body(fault="打印机"),
        body(slip=-1),
        body(program="x" * 41),
        body(program="0.2.0 of somebody"),
        body(withdrawn="yes"),
    ],
)
def test_what_is_no_report_is_refused(hub: Hub, content: bytes) -> None:
    assert put(hub, content) == 422
    assert seen(hub)[0].report is None


@pytest.mark.logs("call-refused")
def test_nobody_reports_for_a_machine_without_its_key(hub: Hub) -> None:
    content = body()
    assert hub.phone.put(PATH, content=content).status_code == 401
    headers = Kiosk(hub).signed("PUT", PATH, content)
    assert hub.phone.put(PATH, content=body(slip=2), headers=headers).status_code == 401
    assert hub.phone.put(PATH, content=content, headers=headers).status_code == 204
    assert hub.phone.put(PATH, content=content, headers=headers).status_code == 401  # again
    other = Kiosk(hub, Place(990100, 1, 8))
    assert put(hub, content, other) == 401
    assert [one.kiosk for one in seen(hub)] == [7]


def test_a_hall_sees_its_own_machines_and_none_that_is_revoked(hub: Hub) -> None:
    hub.enrol(Place(990100, 1, 9))
    hub.enrol(Place(990100, 2, 3))
    put(hub, body())
    assert [(one.kiosk, one.troubles) for one in seen(hub)] == [(7, ()), (9, (Trouble.SILENT,))]
    register.revoke(hub.engine, HERE, hub.clock())
    assert [one.kiosk for one in seen(hub)] == [9]


def test_a_clock_that_was_refused_is_known_all_the_same(hub: Hub) -> None:
    kiosk, content = Kiosk(hub), body()
    headers = {"Authorization": kiosk.header(Request("PUT", PATH, content), ahead_s=3600)}
    assert hub.phone.put(PATH, content=content, headers=headers).status_code == 401
    assert seen(hub)[0].troubles == (Trouble.SILENT, Trouble.CLOCK)
    headers = {"Authorization": kiosk.header(Request("PUT", PATH, content), ahead_s=3600)}
    assert hub.phone.put(PATH, content=content, headers=headers).status_code == 204
    assert seen(hub)[0].report is not None
