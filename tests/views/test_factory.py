"""Every place has a screen, and what the screens say."""

from __future__ import annotations

from typing import get_args

import pytest

from kiosk.core import routes
from kiosk.core.catalog import (
    Channel,
    Counter,
    Doubt,
    Duration,
    Fee,
    FeeItem,
    Hours,
    NeededMaterial,
    ProxyRule,
    Relation,
    Service,
    Text,
)
from kiosk.core.choices import Choices, Language, Speech, TextSize
from kiosk.core.keys import Key
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    SlipJob,
    Unconfirmed,
)
from kiosk.core.results import Hit, Results
from kiosk.core.session import Session, after
from kiosk.ui.page import Heading, Line, Notice, Page, Panel, QrCard, Tile, Tiles
from kiosk.ui.screen import Screen
from kiosk.views.factory import page_for
from kiosk.views.practice import key_words
from kiosk.views.scene import Scene
from tests.builders import (
    MONDAY_MORNING,
    TableCatalog,
    make_hall,
    make_handoff,
    make_look,
    make_service,
    make_session,
    table_of,
)

ROUTES = get_args(routes.Route)


def page_at(
    route: routes.Route,
    catalog: TableCatalog | None = None,
    hall: str = "here",
    local: Local | None = None,
    **visit: object,
) -> Page:
    trail = (routes.Welcome(), routes.Home(), route)
    session = make_session(trail, **visit)
    found = catalog or TableCatalog()
    scene = Scene(session, found, lambda words: words, hall, MONDAY_MORNING, local=local or Local())
    return page_for(scene)


def service_page(catalog: TableCatalog | None = None, **place: str) -> Page:
    return page_at(routes.ServicePage(service="passport"), catalog, **place)


def tiles_of(page: Page) -> dict[str, Tile]:
    blocks = (*page.blocks, *page.dock)
    return {tile.name: tile for block in blocks if isinstance(block, Tiles) for tile in block.tiles}


def notices_of(page: Page) -> list[Notice]:
    return [block for block in page.blocks if isinstance(block, Notice)]


def lines_of(page: Page) -> list[Line]:
    return [line for block in page.blocks if isinstance(block, Panel) for line in block.lines]


def headings_of(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Heading)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("place", ROUTES, ids=lambda place: place.__name__)
def test_every_place_has_a_screen_that_can_be_built(place: type[routes.Place]) -> None:
    page = page_at(place())  # type: ignore[arg-type]
    assert page.title
    screen = Screen(page, make_look())
    assert screen.objectName() == f"screen:{page.name}"
    screen.deleteLater()


def test_no_place_is_forgotten() -> None:
    assert set(ROUTES) == set(routes.Place.__subclasses__())


def test_whoever_is_silent_is_asked_whatever_the_place() -> None:
    page = page_at(routes.GroupsPage(), asked_still_there=True)
    assert page.name == "still-there"
    assert tiles_of(page)["still:stay"].act == routes.Stay()
    assert tiles_of(page)["still:finish"].act == routes.Finish()


def test_a_key_that_is_pressed_blindly_on_the_question_means_that_one_stays() -> None:
    page = page_at(routes.GroupsPage(), asked_still_there=True)
    assert next(iter(tiles_of(page).values())).act == routes.Stay()


# one service --------------------------------------------------------------------------------


def test_what_can_be_done_here_is_said_with_its_counter_and_hours() -> None:
    answer = notices_of(service_page())[0]
    assert (answer.title, answer.tone) == ("在这里就能办：2楼 3号窗口", "yes")
    assert "现在开着" in answer.text


def test_a_closed_counter_is_said_before_one_waits() -> None:
    closed = Counter(
        "desk", "here", Text("2楼"), Text("3号"), Text("护照"), (Hours((1,), "13:30", "17:00"),)
    )
    answer = notices_of(service_page(TableCatalog(counters={"desk": closed})))[0]
    assert answer.tone == "warning"
    assert "下午 1:30开" in answer.text


def test_what_is_done_elsewhere_is_said_with_the_way_there() -> None:
    halls = {"here": make_hall(), "there": make_hall("there", order=2, short=Text("东湖大厅"))}
    answer = notices_of(service_page(TableCatalog(all_halls=halls), hall="there"))[0]
    assert (answer.title, answer.tone) == ("这里办不了，请到市大厅", "warning")
    assert "公交 6 路" in answer.text


def test_what_needs_no_hall_is_said() -> None:
    service = make_service(
        counters=(), channels=(Channel("web", Text("网上办"), note=Text("身份证登录")),)
    )
    answer = notices_of(service_page(table_of(service)))[0]
    assert (answer.title, answer.text) == ("不用到大厅窗口：网上办", "身份证登录")


def test_what_nobody_knows_is_asked_at_the_help_desk() -> None:
    answer = notices_of(service_page(table_of(make_service(counters=()))))[0]
    assert (answer.title, answer.text) == ("请先问导服台", "1楼导服台")


@pytest.mark.parametrize(
    ("changes", "fact", "title", "text"),
    [
        ({}, "who", "能不能替人办", "请问窗口"),
        ({"proxy": ProxyRule("no", Text("要指纹"))}, "who", "要您自己来", "要指纹"),
        ({"proxy": ProxyRule("partly", Text("看情况"))}, "who", "有的情况能替办", "看情况"),
        ({"proxy": ProxyRule("yes", Text("带证件"))}, "who", "家人可以替办", "带证件"),
        ({}, "time", "多久能好", "请问窗口"),
        ({"handling": "at-once"}, "time", "当场办好", ""),
        ({"promised_time": Duration(0, "day")}, "time", "当场办好", ""),
        ({"legal_time": Duration(20, "day")}, "time", "20 天以内", ""),
        (
            {"legal_time": Duration(20, "day"), "promised_time": Duration(7, "working-day")},
            "time",
            "7 个工作日以内",
            "",
        ),
        (
            {"legal_time": Duration(20, "day"), "doubts": (Doubt("legal_time.n", "未核对"),)},
            "time",
            "20 天以内",
            "窗口说了算",
        ),
        ({}, "fee", "收不收费", "请问窗口"),
        ({"fee": Fee(False)}, "fee", "不收费", ""),
        ({"fee": Fee(True)}, "fee", "要收费", "金额请问窗口"),
        ({"fee": Fee(True, (FeeItem(Text("工本费"), Text("元"), "120"),))}, "fee", "120 元", ""),
        (
            {
                "fee": Fee(True, (FeeItem(Text("工本费"), Text("元"), "120"),)),
                "doubts": (Doubt("fee", "未核对"),),
            },
            "fee",
            "120 元",
            "窗口说了算",
        ),
        (
            {
                "fee": Fee(
                    True,
                    (
                        FeeItem(Text("首次"), Text("元"), "120"),
                        FeeItem(Text("加页"), Text("元"), "20"),
                    ),
                )
            },
            "fee",
            "要收费",
            "首次 120 元\n加页 20 元",
        ),
    ],
)
def test_the_facts_of_a_service_are_said_or_where_to_ask(
    changes: dict[str, object], fact: str, title: str, text: str
) -> None:
    tile = tiles_of(service_page(table_of(make_service(**changes))))[f"fact:{fact}"]
    assert (tile.title, tile.text, tile.act) == (title, text, None)


def test_papers_are_listed_with_what_is_always_needed_first() -> None:
    service = make_service(
        materials=(
            NeededMaterial("id-card", need="sometimes", when=Text("替人办")),
            NeededMaterial("unknown-paper", copies=2, need="later"),
            NeededMaterial("id-card", originals=1, copies=1, note=Text("正反面")),
        )
    )
    page = service_page(table_of(service))
    assert "要带的东西，3 样" in headings_of(page)
    papers = [(line.title, line.text) for line in lines_of(page) if line.mark == "box"]
    assert papers == [
        ("身份证", "原件 1 份，复印件 1 份，正反面"),
        ("unknown-paper", "复印件 2 份，可以以后补"),
        ("身份证", "替人办才要带"),
    ]


@pytest.mark.parametrize(
    ("steps", "words"), [((), "目录里没有写要带什么"), (make_service().steps, "什么都不用带")]
)
def test_no_papers_is_only_nothing_to_bring_where_the_entry_is_full(
    steps: tuple[object, ...], words: str
) -> None:
    page = service_page(table_of(make_service(materials=(), steps=steps)))
    assert words in [notice.title for notice in notices_of(page)]


def test_a_service_that_has_left_the_catalog_says_whom_to_ask() -> None:
    page = page_at(routes.ServicePage(service="gone"))
    assert page.title == "没有找到"
    assert "12345" in notices_of(page)[0].text


def test_related_services_are_offered_if_they_are_there() -> None:
    related = (Relation("visa", "after"), Relation("gone", "similar"))
    catalog = table_of(make_service(relations=related), make_service("visa", number=13002))
    tiles = tiles_of(service_page(catalog))
    assert tiles["service:visa"].act == routes.Go(routes.ServicePage(service="visa"))
    assert "service:gone" not in tiles


# taking it along ----------------------------------------------------------------------------


TAKING = routes.HandoffPage(service="passport")


def handoff_page(outcome: PrintOutcome | None = None, slip: bool = True, copy: int = 1) -> Page:
    job = SlipJob("passport", large=False, copy=copy, outcome=outcome) if slip else None
    return page_at(TAKING, handoff=make_handoff(), slip=job)


def test_nothing_is_printed_before_the_codes_are_made() -> None:
    page = page_at(routes.HandoffPage(service="passport"))
    assert not tiles_of(page)["handoff:print"].enabled
    assert notices_of(page)[0].title == "扫的码马上就好……"


def test_the_code_stands_with_its_address_and_a_warning_against_fraud() -> None:
    page = handoff_page(slip=False)
    card = next(block for block in page.blocks if hasattr(block, "modules"))
    assert (card.host, card.code) == ("zwfw.example.cn", "5643")
    assert "扫码不收费，不会要银行卡和验证码" in [notice.title for notice in notices_of(page)]


@pytest.mark.parametrize(
    ("outcome", "words", "offered"),
    [
        (None, "正在印小票……", set()),
        (Printed(), "小票印好了，请在下面出口拿", {"handoff:print", "handoff:print-large"}),
        (Unconfirmed(), "小票出来了吗？", {"slip:yes", "slip:no"}),
        (FailedBefore(Fault.NO_PAPER), "打印机没纸了", set()),
        (FailedBefore(Fault.COVER_OPEN), "打印机的盖子开着", set()),
        (
            FailedDuring(Fault.JAM, 90),
            "打印机卡纸了，没印完的小票请不要用",
            {"handoff:print", "handoff:print-large"},
        ),
    ],
)
def test_what_became_of_a_slip_is_told_truthfully(
    outcome: PrintOutcome | None, words: str, offered: set[str]
) -> None:
    page = handoff_page(outcome)
    assert notices_of(page)[0].title == words
    assert set(tiles_of(page)) - {"handoff:finish"} == offered


@pytest.mark.parametrize("outcome", [Unconfirmed(), FailedBefore(Fault.JAM), None])
def test_nothing_but_the_printer_says_that_a_slip_came_out(outcome: PrintOutcome | None) -> None:
    said = " ".join(notice.title for notice in notices_of(handoff_page(outcome)))
    assert "印好了" not in said


def test_after_two_failures_no_third_slip_is_offered() -> None:
    page = handoff_page(FailedDuring(Fault.JAM, 90), copy=2)
    assert "handoff:print" not in tiles_of(page)


def test_a_printer_that_keeps_failing_is_not_offered() -> None:
    gone = Local(printer=PrinterState(withdrawn=True))
    making = page_at(TAKING, local=gone)  # from the first moment, before there is a code
    ready = page_at(TAKING, local=gone, handoff=make_handoff())
    for page in (making, ready):
        assert "handoff:print" not in tiles_of(page)
        assert notices_of(page)[0].title == "这台机器现在不能印小票"
        assert "1楼导服台" in notices_of(page)[0].text
    assert "13001-1" in notices_of(ready)[0].text
    assert any(isinstance(block, QrCard) for block in ready.blocks)


def test_the_slip_that_failed_last_says_why_and_nothing_is_offered_after_it() -> None:
    gone = Local(printer=PrinterState(withdrawn=True))
    slip = SlipJob("passport", large=False, copy=1, outcome=FailedDuring(Fault.JAM, 90))
    page = page_at(TAKING, local=gone, handoff=make_handoff(), slip=slip)
    assert "卡纸" in notices_of(page)[0].title
    assert "handoff:print" not in tiles_of(page)


def test_a_slip_that_did_not_come_out_is_not_called_half() -> None:
    page = handoff_page(FailedDuring(Fault.OFFLINE, 0))
    assert notices_of(page)[0].title == "小票没有出来"
    assert "handoff:print" in tiles_of(page)


def test_there_is_a_way_without_a_phone_on_every_hand_off() -> None:
    for page in (handoff_page(slip=False), page_at(routes.HandoffPage(service="passport"))):
        assert "没有手机也能办" in headings_of(page)
        assert any("12345" in line.title for line in lines_of(page))


# searching ----------------------------------------------------------------------------------


def search_page(query: str = "", results: Results | None = None, **visit: object) -> Page:
    return page_at(routes.SearchPage(), query=query, results=results, **visit)


def keys_of(page: Page) -> dict[str, Tile]:
    return {key.name: key for block in page.dock if hasattr(block, "keys") for key in block.keys}


def test_letters_that_lead_nowhere_are_dimmed_and_keep_their_place() -> None:
    page = search_page("h", Results("h", letters=frozenset("ZW")))
    keys = keys_of(page)
    assert len(keys) == 27
    enabled = {name for name, key in keys.items() if key.enabled}
    assert enabled == {"key:Z", "key:W", "key:clear"}


@pytest.mark.parametrize("results", [None, Results("x", letters=frozenset("Z"))])
def test_all_letters_answer_while_the_search_is_running(results: Results | None) -> None:
    page = search_page("h", results)
    assert all(key.enabled for key in keys_of(page).values())
    assert notices_of(page)[0].title == "正在找……"


def test_nothing_found_says_so_and_offers_other_ways() -> None:
    page = search_page("qqq", Results("qqq"))
    assert notices_of(page)[0].title == "没有找到"
    assert {"search:groups", "search:help"} <= set(tiles_of(page))


def test_guesses_are_marked_as_guesses() -> None:
    hit = Hit("passport", "办护照", "证件", "id", heard="出国本子")
    page = search_page("cgbz", Results("cgbz", perhaps=(hit,), confident=True))
    assert "您是不是要找" in headings_of(page)
    assert tiles_of(page)["service:passport"].text == "证件 · 也叫：出国本子"


@pytest.mark.parametrize(("size", "most"), [(TextSize.STANDARD, 3), (TextSize.LARGEST, 2)])
def test_words_to_choose_from_are_as_many_as_fit(size: TextSize, most: int) -> None:
    results = Results("s", chips=("社保卡", "身份证", "生育", "失业"), confident=True)
    page = search_page("s", results, choices=Choices(size=size))
    chips = [name for name in tiles_of(page) if name.startswith("chip:")]
    assert len(chips) == most


# keys and switches --------------------------------------------------------------------------


def test_every_key_has_words_of_its_own() -> None:
    words = {key: key_words(key, str) for key in Key}
    assert all(name and does for name, does in words.values())
    assert len({name for name, _does in words.values()}) == len(Key)


def test_the_practice_lists_every_key_once() -> None:
    listed = [(line.title, line.text) for line in lines_of(page_at(routes.PracticePage()))]
    assert sorted(listed) == sorted(key_words(key, str) for key in Key)


@pytest.mark.parametrize("key", Key)
def test_the_key_that_was_pressed_stands_above_everything(key: Key) -> None:
    page = page_at(routes.PracticePage(key=key))
    name, does = key_words(key, str)
    assert (page.name, page.title, page.text) == ("practice", f"您按的是：{name}", does)


@pytest.mark.parametrize("key", ["", "no-such-key"])
def test_the_practice_begins_with_what_to_do_and_how_to_leave(key: str) -> None:
    page = page_at(routes.PracticePage(key=key))
    assert page.title == "试试按键"
    assert "不会真的做" in page.text
    assert notices_of(page)[0].title == "连按两次“帮助”，就回去"


def switches_page(*before: routes.Route, **step: object) -> Page:
    trail = (routes.Welcome(), *before, routes.SwitchesPage(**step))  # type: ignore[arg-type]
    scene = Scene(Session(trail=trail), TableCatalog(), str, "here", MONDAY_MORNING)
    return page_for(scene)


@pytest.mark.parametrize(
    ("step", "path", "words"),
    [
        ({}, "第 1 步，共 3 步", "按一下顺手的开关"),
        ({"moves": "second-switch"}, "第 2 步，共 3 步", "再按另一个开关"),
        (
            {"moves": "second-switch", "is_learnt": True},
            "第 3 步，共 3 步",
            "记住了：一个往下走，一个选",
        ),
    ],
)
def test_the_lesson_asks_for_one_switch_at_a_time(
    step: dict[str, object], path: str, words: str
) -> None:
    page = switches_page(routes.Home(), **step)
    assert (page.name, page.path) == ("switches", path)
    assert notices_of(page)[0].title == words
    assert page.bar[0].act == routes.Back()  # by touch every step can be left


@pytest.mark.parametrize(
    ("before", "act"),
    [
        ((), routes.GoHome()),  # a step back would end the visit that has not begun
        ((routes.Home(), routes.GroupsPage()), routes.Back()),
        ((routes.Home(), routes.SwitchesPage(is_learnt=True)), routes.GoHome()),
    ],
)
def test_whoever_has_learnt_goes_on_and_keeps_it(
    before: tuple[routes.Route, ...], act: routes.Act
) -> None:
    page = switches_page(*before, moves="first-switch", is_learnt=True)
    start, again = list(tiles_of(page).values())
    assert (start.title, start.act) == ("好了，开始", act)
    assert (again.title, again.act) == ("再学一次", routes.Go(routes.SwitchesPage()))
    trail = (routes.Welcome(), *before, routes.SwitchesPage(moves="first-switch", is_learnt=True))
    learnt = Session(trail=trail, choices=Choices(switches=True))
    assert after(learnt, act).choices.switches


# the curtain --------------------------------------------------------------------------------

HIDDEN = Choices(speech=Speech(on=True, curtain=True))


@pytest.mark.parametrize("place", ROUTES, ids=lambda place: place.__name__)
@pytest.mark.parametrize("asked", [False, True])
def test_behind_the_curtain_there_is_one_way_to_see_again(
    place: type[routes.Place], asked: bool
) -> None:
    page = page_at(place(), choices=HIDDEN, asked_still_there=asked)  # type: ignore[arg-type]
    assert page.curtain is not None
    assert (page.curtain.title, page.curtain.name) == ("打开屏幕", "curtain:open")
    assert page.curtain.act == routes.Choose(Choices(speech=Speech(on=True)))


def test_the_curtain_hides_and_changes_nothing_else() -> None:
    seen = page_at(routes.GroupsPage(), choices=Choices(speech=Speech(on=True)))
    hidden = page_at(routes.GroupsPage(), choices=HIDDEN)
    assert seen.curtain is None
    assert (hidden.title, hidden.blocks) == (seen.title, seen.blocks)


def test_no_curtain_hangs_where_nothing_is_read() -> None:
    silent = Choices(speech=Speech(on=False, curtain=True))
    assert page_at(routes.Home(), choices=silent).curtain is None


# everywhere ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize("place", ROUTES[1:], ids=lambda place: place.__name__)
def test_the_bar_has_back_home_and_help_at_every_place(
    place: type[routes.Place], size: TextSize
) -> None:
    page = page_at(place(), choices=Choices(size=size))  # type: ignore[arg-type]
    bar = [tile.name for tile in page.bar]
    assert bar[:2] == ["bar:back", "bar:home"]
    assert bar[-1] == "bar:help"
    assert len(bar) == (4 if size >= TextSize.LARGER else 6)


def test_every_look_can_be_left_again_at_the_largest_text() -> None:
    page = page_at(routes.Home(), choices=Choices(Language.ENGLISH, TextSize.LARGEST))
    display = next(tile for tile in page.bar if tile.name == "bar:display")
    assert display.act == routes.Go(routes.DisplayPage())


def test_an_unknown_hall_is_no_dead_end() -> None:
    for place in ROUTES:
        assert page_at(place(), hall="nowhere").title


def test_a_catalog_without_life_events_does_not_offer_them() -> None:
    page = page_at(routes.Home(), TableCatalog(all_events={}))
    assert "home:events" not in tiles_of(page)
    assert "home:groups" in tiles_of(page)


def test_a_sparse_service_is_shown_as_it_is() -> None:
    bare = Service("passport", 1, "none", "none", Text("护照"), Text("护照"), Text("证"), "none")
    page = service_page(table_of(bare))
    assert page.title == "护照"
    assert page.text == "证"
