"""Whole errands by one finger, by the keypad and by two switches: the same script, three ways.

Each goes on to its real end: a plan that is read, a slip that came out, an answer that says what
to do instead. docs/journeys.md tells them in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.citizen import Citizen, Machine, Way
from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.printing import Printed
from kiosk.tour import urls_in
from tests.builders import MONDAY_MORNING
from tests.journeys.demo import enrol, running
from tests.journeys.listener import RecordedVoice
from tests.journeys.ways import (
    on_paper,
    session,
    slips,
    words,
    words_of_all_pages,
    words_on,
)
from tests.kiosk.printing import escpos_printer
from tests.kiosk.printing.escpos_printer import TcpPrinter, image_of

pytestmark = pytest.mark.usefixtures("qapp")
SUNDAY_NIGHT = MONDAY_MORNING - timedelta(hours=12)


def find(citizen: Citizen, group: str, service: str) -> None:
    """Home → group → service."""
    for name in ("home:groups", f"group:{group}", f"service:{service}"):
        citizen.choose(name)
    assert session(citizen).route == routes.ServicePage(service=service)


def collect(citizen: Citizen, *services: tuple[str, str]) -> None:
    """Put services on the list, one by one, and come home."""
    for group, service in services:
        find(citizen, group, service)
        citizen.choose("list:collect")
        citizen.choose("bar:home")


def print_by(citizen: Citizen, name: str) -> None:
    """Touch a button that prints, and wait until the slip is out."""
    citizen.choose(name)
    citizen.settle()
    slip = session(citizen).taking.slip
    assert slip is not None
    assert isinstance(slip.outcome, Printed)


def name_of(citizen: Citizen, service: str) -> str:
    """As people call it."""
    catalog = citizen.kiosk.stage.catalog
    assert catalog is not None
    found = catalog.service(service)
    assert found is not None
    return found.plain_name.zh


# in my situation --------------------------------------------------------------------------------


def test_what_happened_becomes_a_plan_and_the_plan_one_slip(
    citizen: Citizen, data_dir: Path
) -> None:
    citizen.choose("home:events")
    citizen.choose("event:bereavement")
    citizen.choose("event:begin")
    asked = 0
    while citizen.screen_name == "event-question:bereavement":
        citizen.choose("option:0")
        asked += 1
    assert asked > 1
    plan = words_of_all_pages(citizen)
    assert "照这个顺序办" in plan
    assert "改一改您答的" in plan
    citizen.choose("plan:on")
    needed = session(citizen).case.services
    assert len(needed) > 1
    citizen.choose("plan:on")
    print_by(citizen, "handoff:print")
    (slip,) = slips(data_dir)
    told = words_on(slip)
    for service in needed:
        assert name_of(citizen, service) in plan
        assert on_paper(name_of(citizen, service)) in told
    assert on_paper(f"我的清单，{len(needed)} 件") in told


# what can I do with what I have with me? ----------------------------------------------------------


def test_two_papers_in_hand_lead_to_something_that_can_be_done_now(citizen: Citizen) -> None:
    citizen.choose("home:papers")
    citizen.choose("paper:id-card")
    citizen.choose("paper:household-book")
    citizen.choose("papers:doable")
    citizen.settle()
    assert "现在就能办的事" in words(citizen)
    assert "居民身份证、户口簿" in words(citizen)
    first = next(name for name in citizen.sees() if name.startswith("service:"))
    citizen.choose(first)
    assert "已带：" in words_of_all_pages(citizen), "what is in hand is not asked for again"
    citizen.go_back()
    citizen.choose("doable:1")
    assert "还差" in words(citizen)


def test_whoever_ticked_nothing_is_led_back_to_the_papers(citizen: Citizen) -> None:
    citizen.choose("home:papers")
    citizen.choose("papers:doable")
    assert "您还没有选证" in words(citizen)
    citizen.choose("doable:papers")
    assert citizen.screen_name == "papers"


# for somebody else --------------------------------------------------------------------------------


def test_a_daughter_learns_that_she_may_and_takes_two_slips(
    citizen: Citizen, data_dir: Path
) -> None:
    find(citizen, "driving", "driving-licence-renew")
    citizen.choose("proxy:ask")
    citizen.choose("whom:parent")
    citizen.choose("why:frail")
    verdict = words_of_all_pages(citizen)
    for what in ("替爸妈办", "可以", "要带爸妈的", "要带您自己的"):
        assert what in verdict
    citizen.choose("proxy:take")
    print_by(citizen, "handoff:print-pair")
    assert "两张小票印好了" in words_of_all_pages(citizen)
    theirs, hers = (words_on(one) for one in slips(data_dir))
    assert theirs != hers
    assert "交给替您办的人" in theirs
    for told in (theirs, hers):
        assert "驾照到期换证" in told


def test_whoever_may_not_act_is_told_what_is_possible_instead(citizen: Citizen) -> None:
    citizen.choose("home:proxy")
    citizen.choose("whom:parent")
    citizen.choose("why:frail")
    assert "替爸妈办什么事？" in words(citizen)
    find(citizen, "household", "id-card-lost")
    citizen.choose("proxy:see")
    told = words_of_all_pages(citizen)
    for what in ("不能替办，要爸妈自己来", "还可以这样", "可以上门办", "拿不准，先打"):
        assert what in told
    citizen.choose("proxy:take")
    assert citizen.screen_name == "handoff:id-card-lost"


# my list ------------------------------------------------------------------------------------------

THREE = (
    ("household", "id-card-lost"),
    ("pension", "social-card-loss"),
    ("driving", "driving-licence-renew"),
)


def test_three_errands_become_one_order_and_what_is_left_of_them_a_slip(
    citizen: Citizen, data_dir: Path
) -> None:
    collect(citizen, *THREE)
    citizen.choose("home:list")
    order = words_of_all_pages(citizen)
    assert "我的清单，3 件事" in order
    for number in ("1. ", "2. ", "3. "):
        assert number in order
    citizen.choose("drop:social-card-loss")
    assert "我的清单，2 件事" in words(citizen)
    citizen.choose("list:take")
    print_by(citizen, "handoff:print")
    (slip,) = slips(data_dir)
    told = words_on(slip)
    assert on_paper("我的清单，2 件") in told
    assert "身份证丢了补办" in told
    assert "社保卡丢了先挂失" not in told


# can I do it here? --------------------------------------------------------------------------------


def test_it_can_be_done_here_at_this_counter(citizen: Citizen) -> None:
    find(citizen, "household", "id-card-lost")
    citizen.choose("service:where")
    told = words_of_all_pages(citizen)
    for what in ("在这里就能办：2楼 12–15 号窗口", "现在开着", "别的大厅也能办"):
        assert what in told


def test_it_is_done_in_another_hall_and_which(citizen: Citizen) -> None:
    find(citizen, "transport", "resident-parking")
    citizen.choose("service:where")
    told = words_of_all_pages(citizen)
    assert "这里办不了，请到" in told
    assert any(hall in told for hall in ("东湖大厅", "西山大厅"))


@pytest.mark.parametrize("now", [SUNDAY_NIGHT], ids=["sunday-night"])
def test_on_sunday_night_the_counter_says_when_it_opens(citizen: Citizen, now: datetime) -> None:
    assert now.isoweekday() == 7
    find(citizen, "household", "id-card-lost")
    citizen.choose("service:where")
    assert "现在没开，明天" in words(citizen)


# what do people here usually do? ------------------------------------------------------------------


def test_what_everybody_does_leads_to_a_service_and_counts_nobody(
    citizen: Citizen, data_dir: Path
) -> None:
    citizen.choose("home:popular")
    assert "按大家办的次数排，不记是谁" in words(citizen)
    citizen.turn_until("service:id-card-lost")
    citizen.choose("service:id-card-lost")
    citizen.choose("service:take")
    print_by(citizen, "handoff:print")
    assert "身份证丢了补办" in words_on(slips(data_dir)[0])


# bulletins ----------------------------------------------------------------------------------------


def test_what_everybody_must_read_comes_first_and_once(arrived: Citizen) -> None:
    arrived.leave_welcome()
    assert arrived.screen_name == "must-read:pay-nobody"
    assert "有人收钱代办，别给" in words(arrived)
    arrived.choose("bulletin:read")
    for name in ("home:groups", "bar:home"):
        assert not arrived.can_touch("bulletin:read")
        arrived.choose(name)
    assert arrived.screen_name == "home"


def test_a_service_that_is_paused_says_why_and_what_to_do(citizen: Citizen) -> None:
    citizen.choose("home:groups")
    citizen.choose("group:housing")
    citizen.choose("service:maintenance-fund")
    told = words_of_all_pages(citizen)
    for what in ("维修资金先停办", "急用打电话：12345"):
        assert what in told
    assert not citizen.can_touch("service:take")


def test_the_banner_leads_to_what_it_is_about(citizen: Citizen) -> None:
    citizen.choose("banner:bulletin")
    assert citizen.screen_name == "bulletin"
    citizen.choose("bulletin:all")
    assert citizen.screen_name == "bulletins"
    assert any(name.startswith("bulletin:") for name in citizen.sees())


# take it slowly -----------------------------------------------------------------------------------


@pytest.fixture
def printer() -> Iterator[TcpPrinter]:
    """A receipt printer on the network."""
    made = TcpPrinter(escpos_printer.Machine(speed_mm_s=2000))
    with made.running():
        yield made


def test_what_was_told_comes_back_at_another_machine_from_the_slip(
    way: Callable[[Machine], Way],
    data_dir: Path,
    indexed: Path,
    tmp_path: Path,
    voice: RecordedVoice,
    printer: TcpPrinter,
) -> None:
    settings = f'[printer]\nkind = "tcp"\nhost = "127.0.0.1"\nport = {printer.port}\n'
    (data_dir / "kiosk.toml").write_text(settings, "utf-8")
    with running(data_dir, voice) as machine:
        citizen = Citizen(machine.kiosk, machine.clock, way)
        citizen.begin()
        collect(citizen, *THREE[:2])
        citizen.choose("home:papers")
        citizen.choose("paper:household-book")
        citizen.choose("bar:home")
        citizen.choose("home:list")
        citizen.choose("list:take")
        print_by(citizen, "handoff:print")
        told = session(citizen).case
        citizen.choose("handoff:finish")
        assert session(citizen).case == Case(), "the first machine has forgotten"
    (code,) = urls_in(image_of(printer.machine.slips[-1]))
    with running(enrol(tmp_path / "another", indexed), voice) as machine:
        another = Citizen(machine.kiosk, machine.clock, way)
        another.begin()
        another.scan(code)
        assert "接着上次的办" in words(another)
        assert session(another).case == told
        another.choose("resumed:list")
        assert "我的清单，2 件事" in words(another)
        assert "已带：户口簿" in words_of_all_pages(another)
