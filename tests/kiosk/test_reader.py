"""What is read aloud, when, to whom, and what it interrupts."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk import app
from kiosk.core import routes
from kiosk.core.catalog import Bulletin, Text
from kiosk.core.choices import Choices, Language, Speech, Speed, TextSize
from kiosk.core.idle import IdleLimits
from kiosk.core.keys import Key
from kiosk.core.printing import Printed
from kiosk.core.routes import Choose, Finish, GiveBack, Go, LendToStaff, PressLonger, Print
from kiosk.core.utterance import Utterance, audible
from kiosk.core.value import replace
from kiosk.reader import ASK_AGAIN_S, PROMPT_AFTER_S, PROMPTS, Reader
from kiosk.stage import Stage
from kiosk.ui.widgets.touchable import Touchable
from kiosk.views.window import Surroundings, Window
from tests.builders import (
    ICONS,
    MONDAY_MORNING,
    PORTRAIT,
    Clock,
    TableCatalog,
    make_handoff,
    make_results,
    make_service,
    table_of,
)

LISTENING = Choices(speech=Speech(on=True))


class TapeRecorder:
    """A voice on tape: keeps what it was told, in order, and speaks until it has ended."""

    def __init__(self) -> None:
        self.log: list[str] = []
        self.tapes: list[tuple[Utterance, ...]] = []
        self.speech = Speech()
        self.in_headphones = False
        self.is_speaking = False

    def say(self, utterances: tuple[Utterance, ...], speech: Speech, in_headphones: bool) -> None:
        self.log.append("say")
        self.tapes.append(utterances)
        self.speech, self.in_headphones, self.is_speaking = speech, in_headphones, True

    def stop(self) -> None:
        self.log.append("stop")
        self.is_speaking = False

    def pause(self) -> None:
        self.log.append("pause")

    def resume(self) -> None:
        self.log.append("resume")

    def chime(self, volume: int, *, in_headphones: bool) -> None:
        self.log.append("chime")
        self.in_headphones = in_headphones

    def end(self) -> None:
        """The last word has been said."""
        self.is_speaking = False

    @property
    def texts(self) -> list[str]:
        """What was said last."""
        return [one.text for one in self.tapes[-1]]

    def forget(self) -> None:
        self.log.clear()
        self.tapes.clear()


class Place:
    """A window, a stage and a reader, and somebody in front of them who listens."""

    def __init__(self, catalog: TableCatalog | None = None) -> None:
        self.clock, self.now = Clock(), MONDAY_MORNING
        self.stage = Stage(catalog or TableCatalog(), IdleLimits(), self.clock)
        around = Surroundings(
            panel=PORTRAIT,
            icons=ICONS,
            hall="here",
            gettext=app.translations,
            now=lambda: self.now,
            monotonic_s=self.clock,
        )
        self.window = Window(self.stage, around)
        self.voice = TapeRecorder()
        self.reader = Reader(
            self.window, self.stage, self.voice, self.clock, app.translations, self.window
        )
        self.window.start()
        self.reader.start()

    def act(self, *acts: routes.Act) -> None:
        """Acts of somebody who takes their time."""
        for act in acts:
            self.clock.advance(2)
            self.stage.perform(act)

    def press(self, *keys: Key) -> None:
        for key in keys:
            self.clock.advance(2)
            self.stage.touch()  # as the window does for every key
            self.window.press_key(key)

    def move_to(self, name: str) -> None:
        """Walk by keys to a control."""
        for _ in self.window.screen_shown.touchables():
            focus = self.window.screen_shown.focusWidget()
            if focus is not None and focus.objectName() == name:
                break
            self.press(Key.NEXT)
        self.clock.advance(2)
        self.voice.forget()

    def listen(self, *acts: routes.Act) -> None:
        """Switch the voice on, go somewhere, and forget what was said on the way."""
        self.act(Choose(LISTENING), *acts)
        self.clock.advance(2)
        self.voice.end()
        self.voice.forget()

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.window._tick()
        self.reader.tick()


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    yield from made(qtbot, Place())


def made(qtbot: QtBot, found: Place) -> Iterator[Place]:
    qtbot.addWidget(found.window)
    found.window.show()
    yield found
    found.reader.close_down()
    found.window.close_down()


# on and off ---------------------------------------------------------------------------------


def test_nothing_is_said_to_whoever_did_not_ask(place: Place) -> None:
    place.act(Go(routes.Home()), Go(routes.GroupsPage()))
    place.press(Key.NEXT, Key.AGAIN, Key.PAUSE, Key.PAGE_ON, Key.LOUDER)
    place.pass_time(100)
    assert place.voice.log == []


@pytest.mark.parametrize("begin", ["headphones", "key"])
def test_the_voice_begins_on_the_welcome_screen_at_once(place: Place, begin: str) -> None:
    if begin == "headphones":
        place.stage.plug(True)
    else:
        place.window.press_key(Key.VOICE)
    assert place.voice.texts[0] == "开始读给您听"
    assert "您好，想办什么事？" in place.voice.texts
    assert "按上下键听，按中间键选" in place.voice.texts
    # other controls are said when keys come to them
    assert place.voice.texts[-4:-1] == ["现在停在", "按这里开始", "按钮"]
    assert place.voice.in_headphones is (begin == "headphones")


def test_whoever_asked_before_the_voice_was_ready_is_read_to_as_soon_as_it_is(
    place: Place,
) -> None:
    place.reader.close_down()
    place.act(Choose(LISTENING), Go(routes.Home()))
    voice = TapeRecorder()
    late = Reader(place.window, place.stage, voice, place.clock, app.translations, place.window)
    late.start()
    assert voice.texts[:3] == ["开始读给您听", "按“帮助”，可以试试每个键", "您今天想办什么事？"]
    late.close_down()


def test_the_voice_begins_in_the_middle_of_a_visit_with_the_whole_page(place: Place) -> None:
    place.act(Go(routes.Home()), Go(routes.ServicePage(service="passport")))
    place.press(Key.VOICE)
    assert place.voice.texts[:3] == ["开始读给您听", "按“帮助”，可以试试每个键", "办护照"]
    assert "在这里就能办：2楼 3号窗口" in place.voice.texts


def test_a_voice_that_is_switched_off_is_silent_at_once(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.VOICE)
    assert place.voice.log == ["stop"]
    place.press(Key.AGAIN)
    assert place.voice.log == ["stop"]


def test_headphones_that_are_pulled_out_silence_the_voice_at_once(place: Place) -> None:
    place.stage.plug(True)
    place.act(Go(routes.Home()))
    place.voice.forget()
    place.stage.plug(False)
    assert place.voice.log == ["stop"]


def test_headphones_that_come_late_hear_the_page_from_its_beginning(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.stage.plug(True)
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts[0] == "您今天想办什么事？"
    assert place.voice.in_headphones


# bulletins ----------------------------------------------------------------------------------

BULLETIN = Bulletin(
    "power",
    Text("有的窗口停电了"),
    Text("先到导服台问一问"),
    valid_from="2026-01-01T00:00+08:00",
    valid_to="2028-01-01T00:00+08:00",
)


@pytest.fixture
def told(qtbot: QtBot) -> Iterator[Place]:
    """A hall that tells everybody something."""
    yield from made(qtbot, Place(TableCatalog(all_bulletins=(BULLETIN,))))


def test_a_banner_is_said_after_the_title_once_in_a_visit(told: Place) -> None:
    told.listen()
    told.act(Go(routes.Home()))
    title = told.voice.texts.index("您今天想办什么事？")
    assert "有的窗口停电了" in told.voice.texts[title:]
    for act in (Go(routes.GroupsPage()), routes.Back(), Go(routes.HallsPage())):
        told.act(act)
        assert "有的窗口停电了" not in told.voice.texts


def test_a_page_that_is_told_anew_at_once_is_told_with_its_banner(told: Place) -> None:
    told.listen()
    told.act(Go(routes.Home()))
    told.voice.forget()
    told.stage.plug(True)
    assert "有的窗口停电了" in told.voice.texts


def test_the_next_person_hears_of_it_again(told: Place) -> None:
    told.stage.plug(True)
    for _ in range(2):
        told.act(Go(routes.Home()))
        assert "有的窗口停电了" in told.voice.texts
        told.act(Finish())


def test_what_must_be_read_is_said_before_anything_else(qtbot: QtBot) -> None:
    catalog = TableCatalog(all_bulletins=(replace(BULLETIN, must_read=True),))
    for place in made(qtbot, Place(catalog)):
        place.listen()
        place.act(Go(routes.Home()))
        assert place.voice.texts[0] == "有的窗口停电了"
        assert place.voice.texts.index("先到导服台问一问") < place.voice.texts.index("现在停在")
        assert place.voice.texts[place.voice.texts.index("现在停在") + 1] == "知道了，接着办"
        place.press(Key.SELECT)
        assert place.voice.texts[0] == "您今天想办什么事？"


# a new place, and what is new in a place ----------------------------------------------------


def test_a_new_place_is_said_as_a_whole_after_the_old_one_is_silent(place: Place) -> None:
    place.listen()
    place.act(Go(routes.Home()))
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts[0] == "您今天想办什么事？"
    count = len([one for one in place.window.screen_shown.touchables() if one.isEnabled()])
    assert place.voice.texts[-6:] == [
        f"这里有 {count} 个可选",
        "按上下键听，按中间键选",
        "现在停在",
        "搜一搜：打几个字母就行",
        "按钮",
        f"第 1 个，共 {count} 个",
    ]


def test_a_minute_that_passes_interrupts_nothing(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.now += timedelta(minutes=1)
    place.pass_time(1)
    assert place.voice.log == []


def test_what_became_of_a_slip_is_said_and_nothing_else(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.HandoffPage(service="passport")))
    place.stage.handed_off(make_handoff())
    place.act(Print())
    assert place.voice.texts == ["正在印小票……", "印好了会告诉您"]
    place.clock.advance(5)
    assert place.stage.session.taking.slip is not None
    place.stage.printed(place.stage.session.taking.slip, Printed())
    assert place.voice.texts == ["小票印好了，请在下面出口拿", "上面写着带什么、去哪个窗口"]


def test_codes_that_come_at_once_belong_to_the_page(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.act(Go(routes.HandoffPage(service="passport")))
    place.clock.advance(0.05)
    place.stage.handed_off(make_handoff())
    assert place.voice.texts[0] == "带走：小票或手机"
    assert "5 6 4 3" in place.voice.texts
    assert "正在做二维码……" not in place.voice.texts


def test_whoever_goes_on_before_the_codes_come_is_not_led_back(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.act(Go(routes.HandoffPage(service="passport")))
    place.window.press_key(Key.NEXT)
    place.stage.handed_off(make_handoff())
    assert "用手机扫一扫" in place.voice.texts
    assert "带走：小票或手机" not in place.voice.texts


def test_codes_that_come_late_are_told_as_news(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.act(Go(routes.HandoffPage(service="passport")))
    place.clock.advance(5)
    place.stage.handed_off(make_handoff())
    assert "带走：小票或手机" not in place.voice.texts
    assert "用手机扫一扫" in place.voice.texts


def test_letters_and_what_they_find_are_told_as_one_thing(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.SearchPage()))
    place.move_to("key:H")
    place.press(Key.SELECT)
    assert place.voice.log == ["stop"]  # “searching” would only be cut off
    place.clock.advance(0.05)
    place.stage.found(make_results("h"))
    assert place.voice.texts == ["H", "找到 1 件"]
    place.press(Key.SELECT)
    place.stage.found(make_results("hh"))
    assert place.voice.texts == ["H H", "找到 1 件"]


def test_whoever_loses_the_control_they_stood_on_hears_where_they_are(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.SearchPage()))
    place.move_to("key:H")
    place.press(Key.SELECT)
    place.stage.found(make_results("h", letters=frozenset("Z")))  # H leads nowhere now
    assert place.voice.texts[:3] == ["H", "找到 1 件", "现在停在"]
    focus = place.window.screen_shown.focusWidget()
    assert isinstance(focus, Touchable)
    assert place.voice.texts[3] == focus.tile.title


def test_what_a_press_has_made_of_a_control_is_said(place: Place) -> None:
    """Where nothing else is new; what it is and where it stands is known."""
    place.listen(Go(routes.Home()), Go(routes.ServicePage(service="passport")))
    place.move_to("list:collect")
    place.press(Key.SELECT)
    assert place.voice.texts == ["已在清单，看清单"]
    place.voice.forget()
    place.pass_time(2)
    assert place.voice.log == [], "once"


def test_how_a_control_stands_after_a_press_is_said(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.PapersPage()))
    place.move_to("paper:id-card")
    place.press(Key.SELECT)
    assert place.voice.texts == ["身份证", "带了", "选中"]
    place.press(Key.SELECT)
    assert place.voice.texts == ["身份证", "没带", "没选"]


def test_how_much_was_found_is_said_once(place: Place) -> None:
    hold = replace(LISTENING, hold=True)
    place.listen(Go(routes.Home()), Go(routes.SearchPage()), Choose(hold))
    place.act(routes.Type("h"))
    place.stage.found(make_results("h"))
    assert "找到 1 件" in place.voice.texts
    place.act(PressLonger())
    assert "找到 1 件" not in place.voice.texts


def test_nothing_found_is_said_with_the_way_on(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.SearchPage()))
    place.move_to("key:clear")
    place.act(routes.Write("qqq"))
    place.stage.found(make_results("qqq", literal=()))
    assert place.voice.texts == ["Q Q Q", "没有找到", "少打一个字母试试，打电话：12345"]


def test_what_was_typed_is_not_for_the_loudspeaker(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.SearchPage()))
    place.move_to("key:H")
    place.press(Key.SELECT)
    place.stage.found(make_results("h"))
    assert [one.text for one in audible(place.voice.tapes[-1], False)] == ["找到 1 件"]
    assert [one.text for one in audible(place.voice.tapes[-1], True)] == ["H", "找到 1 件"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Key.LOUDER, "声音：第 7 档，共 10 档"),
        (Key.QUIETER, "声音：第 5 档，共 10 档"),
        (Key.FASTER, "快慢：第 5 档，共 7 档"),
        (Key.SLOWER, "快慢：第 3 档，共 7 档"),
        (Key.LOW_REACH, "能按的都在下面了"),
    ],
)
def test_a_choice_is_said_and_the_page_not_again(place: Place, key: Key, said: str) -> None:
    place.listen(Go(routes.Home()))
    place.press(key)
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts == [said]


def test_a_page_that_a_choice_cuts_off_is_said_again_in_the_chosen_voice(place: Place) -> None:
    place.listen()
    place.act(Go(routes.Home()))
    page = place.voice.texts
    place.press(Key.SLOWER)
    place.window.press_key(Key.LOUDER)
    assert place.voice.texts == ["声音：第 7 档，共 10 档", *page]
    place.press(Key.AGAIN)
    assert place.voice.texts == page


def test_a_choice_is_heard_as_it_was_chosen(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.FASTER, Key.LOUDER)
    assert place.voice.speech == Speech(on=True, speed=Speed.FAST, volume=7)


def test_choices_in_quick_succession_are_each_said(place: Place) -> None:
    place.listen(Go(routes.Home()))
    for key in (Key.LOUDER, Key.QUIETER, Key.LOUDER):
        place.window.press_key(key)
        place.voice.end()
    assert [[one.text for one in tape] for tape in place.voice.tapes] == [
        ["声音：第 7 档，共 10 档"],
        ["声音：第 6 档，共 10 档"],
        ["声音：第 7 档，共 10 档"],
    ]


def test_the_loudest_voice_says_that_there_is_no_louder_one(place: Place) -> None:
    loudest = Choices(speech=Speech(on=True, volume=10))
    place.listen(Go(routes.Home()), Choose(loudest))
    place.press(Key.LOUDER)
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts == ["已经是这样了"]
    place.press(Key.AGAIN)
    assert place.voice.texts[0] == "您今天想办什么事？"


def test_another_language_is_heard_at_once_and_nothing_of_the_old_one(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.LANGUAGE)
    english = app.translations(Language.ENGLISH)
    said = {one.text: one.language for one in place.voice.tapes[-1]}
    assert next(iter(said)) == english("您今天想办什么事？")
    assert said["City Service Hall"] is Language.ENGLISH
    assert "大家常办的事" not in said


def test_a_page_that_is_turned_is_said_without_the_title(qtbot: QtBot) -> None:
    many = (make_service(f"s{n}", number=13001 + n) for n in range(40))
    for place in made(qtbot, Place(table_of(*many))):
        place.listen(Go(routes.Home()), Go(routes.GroupPage(group="papers")))
        place.press(Key.PAGE_ON)
        assert place.voice.texts[0].startswith("第 2 页，共 ")
        assert "证件" not in place.voice.texts
        place.voice.forget()
        place.press(Key.PAGE_BACK)
        assert place.voice.texts[0].startswith("第 1 页，共 ")


@pytest.mark.parametrize(
    ("key", "said"), [(Key.PAGE_ON, "没有下一页了"), (Key.PAGE_BACK, "没有上一页了")]
)
def test_a_page_that_is_not_there_is_said(place: Place, key: Key, said: str) -> None:
    place.listen(Go(routes.Home()), Go(routes.EventsPage()))
    place.press(key)
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts == [said]
    place.press(Key.AGAIN)
    assert place.voice.texts[0] == "您遇到了什么事？"


def test_a_touch_that_was_too_short_is_told_each_time(place: Place) -> None:
    hold = replace(LISTENING, hold=True)
    place.listen(Go(routes.Home()), Choose(hold))
    place.act(PressLonger())
    first = place.voice.texts
    assert first
    place.act(PressLonger())
    assert place.voice.log == ["stop", "say", "stop", "say"]
    assert place.voice.texts == first


# keys ---------------------------------------------------------------------------------------


def test_keys_say_every_control_that_they_come_to(place: Place) -> None:
    place.listen(Go(routes.Home()))
    count = sum(one.isEnabled() for one in place.window.screen_shown.touchables())
    place.press(Key.NEXT)
    assert place.voice.log == ["stop", "say"]
    assert place.voice.texts[-2:] == ["按钮", f"第 2 个，共 {count} 个"]
    place.press(*[Key.NEXT] * (count - 1))
    assert place.voice.texts[-1] == f"第 1 个，共 {count} 个"


def test_the_arrow_of_a_keyboard_is_heard_like_the_key_of_a_keypad(place: Place) -> None:
    place.listen(Go(routes.Home()))
    QTest.keyClick(place.window.screen_shown, Qt.Key.Key_Down)
    assert place.voice.log == ["stop", "say"]


def test_the_last_thing_is_said_again_as_often_as_one_likes(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.NEXT)
    said = place.voice.texts
    place.press(Key.AGAIN, Key.AGAIN)
    assert place.voice.log == ["stop", "say"] * 3
    assert place.voice.texts == said


def test_a_pause_holds_the_voice_and_ends_it(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.PAUSE, Key.PAUSE, Key.PAUSE)
    assert place.voice.log == ["pause", "resume", "pause"]
    place.press(Key.NEXT, Key.PAUSE)
    assert place.voice.log[3:] == ["stop", "say", "pause"]


def test_a_key_that_is_tried_says_what_it_is_for_each_time(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.PracticePage()))
    place.press(Key.NEXT)
    assert place.voice.texts == ["您按的是：下一个", "往下走一项"]
    place.press(Key.NEXT)
    assert place.voice.log == ["stop", "say", "stop", "say"]
    assert place.voice.texts == ["您按的是：下一个", "往下走一项"]
    place.press(Key.HOME)
    assert place.voice.texts == ["您按的是：首页", "从头来"]


def test_the_lesson_of_the_switches_is_heard_step_by_step(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.FIRST_SWITCH)
    assert place.voice.texts[0] == "用两个开关"
    assert "按一下顺手的开关" in place.voice.texts
    place.press(Key.SECOND_SWITCH)
    assert place.voice.texts == ["第 2 步，共 3 步", "再按另一个开关", "以后按它，就是选"]
    place.press(Key.FIRST_SWITCH)
    assert "记住了：一个往下走，一个选" in place.voice.texts
    assert "现在用两个开关" in place.voice.texts
    place.press(Key.FIRST_SWITCH)  # the first control has the focus: it selects
    assert place.stage.session.route == routes.Home()
    assert "一个开关往下走，另一个选" in place.voice.texts


# silence ------------------------------------------------------------------------------------


def test_whoever_is_silent_is_told_the_way_on_but_not_for_ever(place: Place) -> None:
    place.listen(Go(routes.Home()))
    told = []
    for _ in range(100):
        place.pass_time(1)
        if place.voice.log:
            told.append(place.voice.texts)
            place.voice.forget()
            place.voice.end()
    assert len(told) == PROMPTS
    assert told[0][-2:] == ["按上下键听，按中间键选", "没听清，按“再听一遍”"]


def test_nobody_is_interrupted_by_the_way_on(place: Place) -> None:
    place.listen()
    place.act(Go(routes.Home()))
    place.voice.forget()
    for _ in range(60):  # a long page
        place.pass_time(1)
    assert place.voice.log == []
    place.voice.end()
    place.pass_time(PROMPT_AFTER_S - 1)
    assert place.voice.log == []
    place.pass_time(1)
    assert place.voice.log == ["stop", "say"]


def test_the_way_on_is_told_anew_after_something_was_done(place: Place) -> None:
    place.listen(Go(routes.Home()))
    for _ in range(3):
        place.press(Key.NEXT)
        place.voice.end()
        place.voice.forget()
        place.pass_time(PROMPT_AFTER_S)
        assert place.voice.log == ["stop", "say"]


def test_the_way_on_is_not_what_is_repeated(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.NEXT)
    said = place.voice.texts
    place.voice.end()
    place.pass_time(PROMPT_AFTER_S)
    place.press(Key.AGAIN)
    assert place.voice.texts == said


def test_a_pause_is_a_wish_for_silence(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.PAUSE)
    place.voice.forget()
    for _ in range(100):
        place.pass_time(1)
    assert place.voice.log == []


def test_the_question_is_heard_and_heard_again(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.voice.end()
    place.clock.advance(301)
    place.window._tick()
    assert place.voice.texts[0] == "您还在吗？"
    place.voice.end()
    place.voice.forget()
    place.pass_time(ASK_AGAIN_S - 1)
    assert place.voice.log == []
    place.pass_time(1)
    assert place.voice.texts[0] == "您还在吗？"


def test_the_question_chimes_once_where_nothing_is_read(place: Place) -> None:
    place.act(Go(routes.Home()))
    place.pass_time(181)
    assert place.voice.log == ["chime"]
    for minutes in range(3):
        place.now += timedelta(minutes=1 + minutes)
        place.pass_time(10)
    assert place.voice.log == ["chime"]
    assert not place.voice.in_headphones


def test_the_chime_goes_where_somebody_listens(place: Place) -> None:
    place.stage.plug(True)
    place.act(Choose(Choices()), Go(routes.Home()))
    place.voice.forget()
    place.pass_time(181)
    assert place.voice.log == ["chime"]
    assert place.voice.in_headphones


# the next citizen ---------------------------------------------------------------------------


def test_the_end_of_a_visit_is_the_end_of_every_word(place: Place) -> None:
    place.listen(Go(routes.Home()), Go(routes.ServicePage(service="passport")))
    place.act(Finish())
    assert place.voice.log == ["stop"]
    assert (place.reader._last, place.reader._base) == ((), None)  # nor is it kept
    place.press(Key.VOICE, Key.AGAIN)
    assert "办护照" not in place.voice.texts
    assert place.voice.texts[0] == "您好，想办什么事？"


def test_a_visit_that_ends_by_itself_ends_in_silence(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.clock.advance(346)
    place.window._tick()
    assert place.stage.is_idle
    assert place.voice.log == ["stop"]


def test_headphones_that_are_left_behind_greet_the_next_one_in_the_usual_voice(
    place: Place,
) -> None:
    place.stage.plug(True)
    place.act(
        Choose(Choices(size=TextSize.LARGEST, speech=Speech(True, Speed.FASTEST, 10))),
        Go(routes.Home()),
        Go(routes.ServicePage(service="passport")),
    )
    place.voice.forget()
    place.act(Finish())
    assert place.voice.log == ["stop", "say"]
    # not what the last one chose, and not what it is now instead
    assert place.voice.texts[:3] == [
        "开始读给您听",
        "按“帮助”，可以试试每个键",
        "您好，想办什么事？",
    ]
    assert place.voice.speech == Speech(on=True)
    place.press(Key.AGAIN)
    assert "办护照" not in place.voice.texts


def test_nothing_is_read_while_staff_help_and_all_of_it_after(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.act(LendToStaff())
    assert place.voice.log == ["stop"]
    place.act(Go(routes.GroupsPage()), GiveBack())
    assert place.voice.log == ["stop", "stop", "say"]
    assert "是哪一类的事？" in place.voice.texts


def test_no_screen_is_kept_for_the_sake_of_its_words(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.press(Key.NEXT)
    old = weakref.ref(place.window.screen_shown)
    place.act(Finish())
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert old() is None


# the curtain --------------------------------------------------------------------------------


def test_the_curtain_says_that_the_picture_is_gone_and_how_it_comes_back(place: Place) -> None:
    hidden = Choices(speech=Speech(on=True, curtain=True))
    place.listen(Go(routes.Home()))
    place.act(Choose(hidden))
    assert place.voice.texts == ["屏幕关了，旁边的人看不到。碰一下屏幕就打开"]
    place.act(Choose(LISTENING))
    assert place.voice.texts == ["屏幕打开了"]


def test_a_machine_that_is_being_mended_says_so(place: Place) -> None:
    place.listen()
    place.window.out_of_order()
    assert place.voice.texts[0] == "这台机器正在修"
    assert not [words for words in place.voice.texts if words.startswith("这里有")]


def test_the_reader_is_silent_when_the_kiosk_stops(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.reader.close_down()
    assert place.voice.log == ["stop"]
    assert not place.reader._timer.isActive()


def test_a_touch_beside_everything_interrupts_too(place: Place) -> None:
    place.listen(Go(routes.Home()))
    place.window.show()
    place.voice.forget()
    QTest.mouseClick(place.window, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert place.voice.log == ["stop"]
