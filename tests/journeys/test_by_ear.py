"""Every errand with the eyes shut: by what is said, and the keypad."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kiosk.citizen import Machine, StuckError
from kiosk.core import routes
from kiosk.core.choices import Contrast, Language, TextSize
from kiosk.core.printing import Printed
from kiosk.core.session import Session
from tests.journeys.listener import Listener
from tests.journeys.ways import flat

LOST = "id-card-lost"
PULLED_OUT = Qt.Key.Key_F14  # a socket that is a key


def session(machine: Machine) -> Session:
    return machine.kiosk.stage.session


def service_of(machine: Machine) -> str:
    """Which service is read now, whatever the page."""
    route = session(machine).route
    assert isinstance(route, routes.ServicePage)
    return route.service


def open_lost(listener: Listener) -> None:
    """Home → group → service; all of its pages are read."""
    listener.choose("按类别找", "是哪一类的事")
    listener.choose("户口身份证", "户口身份证")
    listener.choose("身份证丢了补办", "居民身份证丢失补领")
    listener.read_on()


def take_slip(listener: Listener) -> None:
    """From the service to the printed slip, to its last word."""
    listener.choose("带走", "核对码")
    listener.read_on()
    listener.choose("印小票", "小票印好了")


# beginning ----------------------------------------------------------------------------------


def test_what_select_would_do_is_said_on_arrival(listener: Listener) -> None:
    assert listener.stands_on().startswith("按这里开始")
    assert "有人收钱代办" in listener.press(Qt.Key.Key_Return)
    assert "您今天想办什么事" in listener.press(Qt.Key.Key_Return)


# finding ------------------------------------------------------------------------------------


def test_a_service_is_found_and_its_slip_taken(
    listener: Listener, machine: Machine, data_dir: Path
) -> None:
    """AUD-11: whoever cannot read the slip has heard all that stands on it."""
    listener.begin()
    open_lost(listener)
    take_slip(listener)
    now = session(machine)
    assert now.taking.slip is not None
    assert isinstance(now.taking.slip.outcome, Printed)
    assert [file.name for file in (data_dir / "slips").iterdir()] == ["slip-1.pdf"]
    assert now.taking.handoff is not None
    code = now.taking.handoff.screen
    heard = flat(listener.heard())
    for what in ("居民身份证丢失补领", "2楼 12–15 号窗口", "申请表", "户口簿", "打电话：12345"):
        assert flat(what) in heard
    for what in (code.host, code.check_code, code.short_number, "请在下面出口拿"):
        assert what in heard


def test_a_service_is_found_by_the_letters_of_its_words(
    listener: Listener, machine: Machine
) -> None:
    listener.begin()
    listener.choose("搜一搜", "每个字打第一个字母")
    for letter in "SFZ":
        listener.choose(letter, letter)
    assert "找到" in listener.heard()
    listener.choose("身份证丢了补办", "居民身份证丢失补领")
    assert service_of(machine) == LOST


def test_a_life_event_leads_to_its_services(listener: Listener, machine: Machine) -> None:
    listener.begin()
    listener.choose("我遇到的事", "您遇到了什么事")
    listener.choose("退休", "照这个顺序办")
    listener.choose("养老金认证")
    assert service_of(machine) == "pension-verify"


def test_every_hall_is_heard(listener: Listener, machine: Machine) -> None:
    listener.begin()
    told = listener.choose("大厅在哪里", "开门时间") + listener.read_on()
    catalog = machine.kiosk.stage.catalog
    assert catalog is not None
    for hall in catalog.halls():
        assert flat(hall.name.zh) in flat(told)
        assert flat(hall.address.zh) in flat(told)


def test_help_knows_what_it_is_about_and_leads_back(listener: Listener, machine: Machine) -> None:
    listener.begin()
    open_lost(listener)
    told = listener.choose("找人帮忙", "导服台") + listener.read_on()
    assert "12345" in told
    assert "身份证丢了补办" in told
    assert "居民身份证丢失补领" in listener.press(Qt.Key.Key_Escape)
    assert service_of(machine) == LOST


# changing the look --------------------------------------------------------------------------


def test_another_look_in_the_middle_of_an_errand_keeps_the_place(
    listener: Listener, machine: Machine
) -> None:
    listener.begin()
    open_lost(listener)
    before = session(machine).trail
    listener.choose("调一调")
    listener.choose("更大", "字的大小")
    listener.choose("黑底白字", "颜色")
    listener.choose("English")
    assert "Lost ID card" in listener.press(Qt.Key.Key_Escape)
    now = session(machine)
    assert now.trail == before
    look = now.choices.size, now.choices.contrast, now.choices.language
    assert look == (TextSize.LARGER, Contrast.DARK, Language.ENGLISH)
    listener.choose("Take", "Check code")
    listener.choose("Print", "Your slip")


def test_an_unsteady_hand_in_a_wheelchair_finds_and_takes_a_service(
    listener: Listener, machine: Machine
) -> None:
    listener.begin()
    listener.choose("调一调")
    listener.choose("手抖模式", "手抖模式开了")
    listener.choose("按住才算", "现在要按住一下才算")
    listener.choose("低一点", "能按的都在下面了")
    listener.press(Qt.Key.Key_Escape)
    choices = session(machine).choices
    assert (choices.steady, choices.hold, choices.low_reach) == (True, True, True)
    open_lost(listener)
    take_slip(listener)


def test_what_nobody_says_is_not_found(listener: Listener) -> None:
    listener.begin()
    with pytest.raises(StuckError, match="养龙"):
        listener.choose("养龙")


def test_with_the_screen_off_a_slip_is_taken_all_the_same(
    listener: Listener, machine: Machine
) -> None:
    """AUD-13: in, a whole errand, and out again."""
    listener.begin()
    listener.choose("调一调")
    listener.choose("关掉屏幕只听", "屏幕关了")
    listener.press(Qt.Key.Key_Escape)
    open_lost(listener)
    take_slip(listener)
    assert session(machine).taking.slip is not None
    listener.choose("调一调")
    listener.choose("关掉屏幕只听", "屏幕打开了")
    assert not session(machine).choices.speech.curtain


def test_keys_may_be_tried_before_they_count(listener: Listener, machine: Machine) -> None:
    """KEY-11."""
    listener.begin()
    before = session(machine)
    assert "试试按键" in listener.press(Qt.Key.Key_F1)
    assert "下一个" in listener.press(Qt.Key.Key_Down)
    assert "选它" in listener.press(Qt.Key.Key_Return)
    assert "返回" in listener.press(Qt.Key.Key_Escape)
    assert "帮助" in listener.press(Qt.Key.Key_F1)
    assert "您今天想办什么事" in listener.press(Qt.Key.Key_F1)
    assert session(machine) == before


# time and the end ---------------------------------------------------------------------------


def test_whoever_is_still_there_is_asked_aloud_and_may_say_so_by_any_key(
    listener: Listener, machine: Machine
) -> None:
    """SES-01 to SES-03: after five minutes for whoever listens."""
    listener.begin()
    open_lost(listener)
    before = session(machine)
    for _ in range(11):
        machine.clock.advance(190)
        machine.kiosk.stage.tick()
        assert session(machine) == before
        machine.clock.advance(120)
        asked = len(listener.heard())
        machine.kiosk.stage.tick()
        assert "您还在吗" in listener.heard()[asked:]
        listener.press(Qt.Key.Key_Down)
        assert session(machine) == before


def test_a_finished_visit_leaves_nothing_and_says_nothing_of_it(
    listener: Listener, machine: Machine
) -> None:
    listener.begin()
    open_lost(listener)
    take_slip(listener)
    told = listener.choose("办好了", "想办什么事")
    assert "身份证" not in told
    assert "身份证" not in listener.press(Qt.Key.Key_F2)
    listener.press(PULLED_OUT)
    assert session(machine) == Session()
    assert listener.press(Qt.Key.Key_Down) == ""
