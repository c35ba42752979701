"""Staff beside a citizen whose visit waits: by touch, by keypad, by two switches."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from kiosk import logs
from kiosk.citizen import Citizen, Machine, Way
from kiosk.core import routes
from kiosk.core.choices import Choices, Contrast, TextSize
from kiosk.core.printing import Printed
from kiosk.core.routes import Go
from kiosk.core.session import Session
from kiosk.core.staff import LockedOut, PrinterReport, Refused
from kiosk.staffing import Staffing
from kiosk.store.staff_book import Cost
from tests.journeys.demo import running
from tests.journeys.listener import RecordedVoice
from tests.journeys.ways import session, words

pytestmark = pytest.mark.usefixtures("qapp")
DESK, PIN, WRONG, BADGE = "导服台 2", "483920", "602214", "7700123456"
LARGE = Choices(size=TextSize.LARGER, contrast=Contrast.LIGHT)


@pytest.fixture
def staffed(data_dir: Path) -> Path:
    """A machine whose desk has a PIN and a badge."""
    typed = iter([PIN, PIN, BADGE])
    staffing = Staffing(data_dir, io.StringIO(), lambda _words: next(typed), Cost(1, 8, 1))
    staffing.add(DESK)
    staffing.badge(DESK)
    staffing.close()
    return data_dir


@pytest.fixture
def citizen(
    staffed: Path, way: Callable[[Machine], Way], voice: RecordedVoice
) -> Iterator[Citizen]:
    """Somebody who has begun."""
    with running(staffed, voice) as machine:
        made = Citizen(machine.kiosk, machine.clock, way)
        made.begin()
        yield made


@pytest.fixture
def by_touch(staffed: Path, voice: RecordedVoice) -> Iterator[Citizen]:
    with running(staffed, voice) as machine:
        made = Citizen(machine.kiosk, machine.clock)
        made.begin()
        yield made


def to_the_door(citizen: Citizen) -> None:
    citizen.choose("bar:help")
    citizen.choose("help:staff")


def dial(citizen: Citizen, pin: str = PIN) -> None:
    for digit in pin:
        citizen.choose(f"pin:{digit}")
    citizen.settle()


def sign_in(citizen: Citizen) -> None:
    """In the plain look; whoever works with switches has taught the machine anew."""
    to_the_door(citizen)
    switches = session(citizen).choices.switches
    dial(citizen)
    assert session(citizen).staff.who == DESK
    assert session(citizen).choices == Choices()
    citizen.kiosk.stage.perform(routes.Choose(Choices(switches=switches)))


# in and out -------------------------------------------------------------------------------------


def test_staff_come_and_go_and_the_citizen_has_lost_nothing(citizen: Citizen) -> None:
    citizen.choose("home:groups")
    before = session(citizen).go(routes.HelpPage())
    sign_in(citizen)
    assert citizen.screen_name == "staff"
    citizen.choose("staff:printer")
    citizen.settle()
    citizen.go_back()
    citizen.choose("staff:sign-out")
    assert session(citizen) == before
    assert citizen.screen_name == "help"
    citizen.go_back()
    assert citizen.screen_name == "groups"


def test_the_look_of_the_citizen_comes_back_with_the_visit(by_touch: Citizen) -> None:
    stage = by_touch.kiosk.stage
    stage.perform(routes.Choose(LARGE))
    sign_in(by_touch)
    by_touch.go_back()
    assert session(by_touch).choices == LARGE
    assert session(by_touch).staff.who == ""


def test_a_badge_under_the_code_reader_lets_in(by_touch: Citizen) -> None:
    to_the_door(by_touch)
    by_touch.scan(BADGE)
    assert session(by_touch).staff.who == DESK


def test_a_pin_is_typed_on_a_keyboard_as_well(by_touch: Citizen) -> None:
    to_the_door(by_touch)
    window = by_touch.kiosk.window
    for digit in PIN:
        QTest.keyClick(window.windowHandle(), digit)
        by_touch.clock.advance(0.2)
    by_touch.until(lambda: session(by_touch).staff.who == DESK, "a PIN by keyboard")


def test_nothing_of_a_pin_is_seen_or_said_but_how_many_digits_it_has(
    by_touch: Citizen, voice: RecordedVoice
) -> None:
    talking = Choices().speaking(Choices().speech.faster(0))
    by_touch.kiosk.stage.perform(routes.Choose(talking))
    to_the_door(by_touch)
    for digit in "4839":
        by_touch.choose(f"pin:{digit}")
    shown = words(by_touch)
    assert "按了 4 位" in shown
    assert "4839" not in shown
    assert session(by_touch).staff.pin == "4839"


def test_the_fifth_wrong_pin_locks_and_the_clock_opens_again(by_touch: Citizen) -> None:
    to_the_door(by_touch)
    for left in (4, 3, 2, 1):
        dial(by_touch, WRONG)
        assert session(by_touch).staff.verdict == Refused(left)
        assert f"不对，还能试 {left} 次" in words(by_touch)
    dial(by_touch, WRONG)
    assert isinstance(session(by_touch).staff.verdict, LockedOut)
    assert "试得太多，上午 9:47再试" in words(by_touch)
    assert not by_touch.can_touch("pin:4")
    by_touch.clock.advance(200)  # somebody else comes later
    by_touch.kiosk.stage.perform(routes.Finish())
    by_touch.begin()
    to_the_door(by_touch)
    dial(by_touch)
    assert isinstance(session(by_touch).staff.verdict, LockedOut)
    by_touch.clock.advance(101)
    by_touch.kiosk.stage.perform(routes.Finish())
    by_touch.begin()
    to_the_door(by_touch)
    dial(by_touch)
    assert session(by_touch).staff.who == DESK


def test_a_pin_is_in_no_file_and_no_line_of_the_log(
    by_touch: Citizen, staffed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = logs.Writer(staffed / "logs")
    level = logging.getLogger("kiosk").level
    log.open()
    to_the_door(by_touch)
    dial(by_touch, WRONG)
    dial(by_touch)
    log.close()
    logging.getLogger("kiosk").setLevel(level)
    files = [file for file in staffed.rglob("*") if file.is_file()]
    assert len(files) > 4
    for secret in (PIN, WRONG, BADGE):
        assert secret not in caplog.text
        for file in files:
            content = file.read_bytes()
            assert secret.encode() not in content, file
            assert secret.encode("utf-16-le") not in content, file


def test_whoever_leaves_a_machine_signed_in_leaves_it_to_nobody(by_touch: Citizen) -> None:
    """The citizen may have gone as well: all of it ends."""
    sign_in(by_touch)
    by_touch.clock.advance(190)
    by_touch.kiosk.stage.tick()
    assert by_touch.screen_name == "still-there"
    by_touch.clock.advance(50)
    by_touch.kiosk.stage.tick()
    assert session(by_touch) == Session()


# what they do -----------------------------------------------------------------------------------


def test_two_services_are_found_and_printed_together(citizen: Citizen, staffed: Path) -> None:
    sign_in(citizen)
    citizen.choose("staff:find")
    for sign in "130032":
        citizen.choose(f"key:{sign}")
    citizen.settle()
    citizen.choose("batch:id-card-lost")
    citizen.choose("key:clear")
    for sign in "SBK":
        citizen.choose(f"key:{sign}")
    citizen.settle()
    found = next(name for name in citizen.sees() if name.startswith("batch:social-card"))
    citizen.choose(found)
    citizen.choose("staff-find:print")
    citizen.settle()
    slip = session(citizen).taking.slip
    assert slip is not None
    assert slip.outcome == Printed()
    assert session(citizen).staff.batch == ()
    assert len(list((staffed / "slips").glob("*.pdf"))) == 2


def test_a_test_page_and_a_new_roll(citizen: Citizen) -> None:
    sign_in(citizen)
    citizen.choose("staff:printer")
    citizen.settle()
    citizen.choose("printer:test")
    citizen.settle()
    assert "印好了，在下面出口拿" in words(citizen)
    citizen.choose("printer:roll")
    citizen.settle()
    report = session(citizen).staff.report
    assert isinstance(report, PrinterReport)
    assert report.left_mm == 80_000


def test_a_counter_that_is_closed_today_is_closed_for_citizens(citizen: Citizen) -> None:
    sign_in(citizen)
    citizen.choose("staff:today")
    citizen.choose("counter:city-police")
    citizen.choose("today:closed")
    citizen.choose("note:0")
    citizen.settle()
    citizen.kiosk.stage.perform(routes.SignOut())
    closed = citizen.kiosk.stage.local.counter("city-police")
    assert (closed.is_closed, closed.note) == (True, "午休，一会儿就回来")
    citizen.kiosk.stage.perform(Go(routes.WherePage(service="id-card-lost")))
    assert "午休，一会儿就回来" in words(citizen)


def test_a_notice_is_told_to_everybody_and_taken_back(citizen: Citizen) -> None:
    sign_in(citizen)
    citizen.choose("staff:bulletin")
    citizen.choose("post:crowded")
    citizen.settle()
    (told,) = citizen.kiosk.stage.local.bulletins
    assert told.title.zh == "今天人多，要等很久"
    citizen.choose(f"withdraw:{told.id}")
    citizen.settle()
    assert citizen.kiosk.stage.local.bulletins == ()


def test_what_was_said_of_today_is_known_again_after_a_restart(
    staffed: Path, voice: RecordedVoice
) -> None:
    with running(staffed, voice) as machine:
        citizen = Citizen(machine.kiosk, machine.clock)
        citizen.begin()
        sign_in(citizen)
        citizen.choose("staff:bulletin")
        citizen.choose("post:lift")
        citizen.settle()
    with running(staffed, voice) as machine:
        again = Citizen(machine.kiosk, machine.clock)
        again.until(lambda: bool(machine.kiosk.stage.local.bulletins), "what staff said")
        assert machine.kiosk.stage.local.kiosk == 7


def test_everything_is_in_the_trail_with_who_did_it(by_touch: Citizen) -> None:
    to_the_door(by_touch)
    dial(by_touch, WRONG)
    dial(by_touch)
    by_touch.choose("staff:bulletin")
    by_touch.choose("post:lift")
    by_touch.settle()
    by_touch.go_back()
    by_touch.choose("staff:trail")
    by_touch.settle()
    shown = words(by_touch)
    for line in ("告诉大家：电梯坏了，在修", "进来了", "有人没试对", DESK):
        assert line in shown


def test_without_a_worker_the_hub_is_not_asked_and_staff_are_told(by_touch: Citizen) -> None:
    sign_in(by_touch)
    by_touch.choose("staff:sync")
    by_touch.settle()
    assert "目录第 1 版" in words(by_touch)
    assert "SYNC-0" in words(by_touch)


def test_a_machine_without_staff_lets_nobody_in(data_dir: Path, voice: RecordedVoice) -> None:
    with running(data_dir, voice) as machine:
        citizen = Citizen(machine.kiosk, machine.clock)
        citizen.begin()
        to_the_door(citizen)
        dial(citizen)
        assert session(citizen).staff.verdict == LockedOut(None)
        assert "现在进不去" in words(citizen)
