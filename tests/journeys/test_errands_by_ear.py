"""Whole errands with the eyes shut: by what is said, and the keypad (docs/journeys.md)."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.citizen import Machine, wait_until
from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.session import Session
from kiosk.staffing import Staffing
from kiosk.store.staff_book import Cost
from tests.builders import MONDAY_MORNING
from tests.journeys.demo import enrol, running
from tests.journeys.listener import Listener, RecordedVoice
from tests.journeys.ways import flat, slips, words_on

pytestmark = pytest.mark.usefixtures("qapp")
SUNDAY_NIGHT = MONDAY_MORNING - timedelta(hours=12)
DESK, PIN = "导服台 2", "483920"


def session(machine: Machine) -> Session:
    return machine.kiosk.stage.session


def find(listener: Listener, group: str, service: str, official: str) -> str:
    """Home → group → service; what is said of it."""
    listener.choose("按类别找", "是哪一类的事")
    listener.choose(group, group)
    return listener.choose(service, official)


def collect(listener: Listener, group: str, service: str, official: str) -> None:
    """Put a service on the list, and come home."""
    find(listener, group, service, official)
    listener.choose("放进清单", "已在清单")
    listener.choose("首页", "您今天想办什么事")


def test_what_happened_becomes_a_plan_and_the_plan_one_slip(
    listener: Listener, machine: Machine, data_dir: Path
) -> None:
    listener.begin()
    listener.choose("我遇到的事", "您遇到了什么事")
    listener.choose("亲人去世", "照这个顺序办，少跑路")
    told = listener.choose("个问题，看我要办哪些", "第 1 个问题")
    while isinstance(session(machine).route, routes.EventQuestionPage):
        told = listener.choose("不清楚，都告诉我")
    assert "照这个顺序办" in told
    told += listener.read_on()
    assert "要带的东西" in told
    listener.choose("都放进清单", "带走清单")
    listener.choose("带走清单", "核对码")
    listener.choose("印小票", "小票印好了")
    (slip,) = slips(data_dir)
    assert "我的清单" in words_on(slip)


def test_two_papers_in_hand_lead_to_something_that_can_be_done_now(listener: Listener) -> None:
    listener.begin()
    listener.choose("我带了什么证", "您带了哪些证")
    assert "带了" in listener.choose("居民身份证")
    assert "带了" in listener.choose("户口簿")
    told = listener.choose("看看能办什么", "现在就能办的事")
    assert "居民身份证、户口簿" in told
    listener.choose("还差一样", "还差一样的事")


def test_a_daughter_hears_that_she_may_and_takes_two_slips(
    listener: Listener, data_dir: Path
) -> None:
    listener.begin()
    find(listener, "交警车管", "驾照到期换证", "驾驶证")
    listener.choose("帮别人办", "您替谁办")
    listener.choose("爸爸、妈妈", "为什么不来")
    told = listener.choose("走不动，生病", "替爸妈办") + listener.read_on()
    assert "可以" in told
    for what in ("要带爸妈的", "要带您自己的", "居民身份证"):
        assert what in told
    listener.choose("印两张小票", "核对码")
    listener.choose("印两张小票", "两张小票印好了")
    assert len(slips(data_dir)) == 2


def test_whoever_may_not_act_hears_what_is_possible_instead(listener: Listener) -> None:
    listener.begin()
    find(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
    listener.choose("帮别人办", "您替谁办")
    told = listener.choose("爸爸、妈妈")
    if "为什么不来" in told:
        told = listener.choose("走不动，生病")
    told += listener.read_on()
    for what in ("不能替办，要爸妈自己来", "还可以这样", "可以上门办"):
        assert what in told


def test_errands_become_one_order_and_what_is_left_of_them_a_slip(
    listener: Listener, data_dir: Path
) -> None:
    listener.begin()
    collect(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
    collect(listener, "社保养老", "社保卡丢了先挂失", "社会保障卡")
    told = listener.choose("我的清单，2 件", "我的清单，2 件事") + listener.read_on()
    for what in ("在这里一趟办完", "在这个大厅", "要带的东西"):
        assert what in told
    listener.listen_for("2. 身份证丢了补办")
    listener.choose("拿掉“社保卡丢了先挂失”", "我的清单，1 件事")
    listener.choose("带走清单", "核对码")
    listener.choose("印小票", "小票印好了")
    assert "社保卡丢了先挂失" not in words_on(slips(data_dir)[0])


def test_where_it_is_done_and_how_one_gets_there(listener: Listener) -> None:
    listener.begin()
    find(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
    told = listener.choose("这里能办吗", "在这里就能办：2楼 12–15 号窗口") + listener.read_on()
    assert "别的大厅也能办" in told


@pytest.mark.parametrize("now", [SUNDAY_NIGHT], ids=["sunday-night"])
def test_on_sunday_night_it_is_said_when_the_counter_opens(
    listener: Listener, now: datetime
) -> None:
    assert now.isoweekday() == 7
    listener.begin()
    find(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
    listener.choose("这里能办吗", "现在没开，明天")


def test_what_everybody_does_is_told_in_its_order(listener: Listener, machine: Machine) -> None:
    listener.begin()
    told = listener.choose("大家常办的事，更多", "按大家办的次数排")
    assert "不记是谁" in told
    listener.choose("身份证丢了补办", "居民身份证丢失补领")
    assert session(machine).route == routes.ServicePage(service="id-card-lost")


def test_what_everybody_must_know_is_said_before_anything_else(listener: Listener) -> None:
    told = listener.choose("按这里开始", "有人收钱代办，别给")
    assert told.index("有人收钱代办") < told.index("知道了")
    assert "您今天想办什么事" in listener.choose("知道了，接着办", "您今天想办什么事")


def test_a_service_that_is_paused_says_why_and_what_to_do(listener: Listener) -> None:
    listener.begin()
    told = find(listener, "住房公积金", "用维修资金修房", "维修资金先停办")
    assert "12345" in told + listener.read_on()


def test_what_was_told_comes_back_at_another_machine_from_the_slip(
    data_dir: Path, indexed: Path, tmp_path: Path, voice: RecordedVoice
) -> None:
    with running(data_dir, voice) as machine:
        listener = Listener(machine, voice)
        listener.press(Qt.Key.Key_F13)
        listener.begin()
        collect(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
        listener.choose("我的清单，1 件", "我的清单，1 件事")
        listener.choose("带走清单", "下次在机器上扫这个，接着办")
        handoff, told = session(machine).taking.handoff, session(machine).case
        assert handoff is not None
        listener.choose("办好了，清空", "想办什么事")
        assert session(machine).case == Case(), "the first machine has forgotten"
    with running(enrol(tmp_path / "another", indexed), voice) as machine:
        another = Listener(machine, voice)
        another.press(Qt.Key.Key_F13)
        machine.scan(handoff.paper.url)
        assert "96110" in another.heard()
        heard = another.choose("知道了，接着办", "接着上次的办")
        assert flat("上次说的都还在，不用再说") in flat(heard)
        another.choose("看我的清单", "我的清单，1 件事")
        assert session(machine).case == told


def test_staff_sign_in_by_counted_digits_and_the_citizen_loses_nothing(
    data_dir: Path, voice: RecordedVoice
) -> None:
    typed = iter([PIN, PIN])
    staffing = Staffing(data_dir, io.StringIO(), lambda _words: next(typed), Cost(1, 8, 1))
    staffing.add(DESK)
    staffing.close()
    with running(data_dir, voice) as machine:
        listener = Listener(machine, voice)
        listener.press(Qt.Key.Key_F13)
        listener.begin()
        collect(listener, "户口身份证", "身份证丢了补办", "居民身份证丢失补领")
        listener.choose("找人帮忙", "导服台")
        before = session(machine)
        told = listener.choose("工作人员", "请按您的 6 位数")
        for count, digit in enumerate(PIN[:-1], start=1):
            told += listener.choose(digit, f"按了 {count} 位")
        assert PIN[:2] not in flat(told), "a PIN is not said"
        listener.listen_for(PIN[-1])
        machine.key(Qt.Key.Key_Return)
        wait_until(lambda: session(machine).staff.who == DESK, "the door opens")
        assert listener.press(Qt.Key.Key_Down) == "", "staff are not read to"
        assert "找人帮忙" in listener.press(Qt.Key.Key_Escape)
        assert session(machine) == before
