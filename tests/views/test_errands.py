"""Questions, life events and the list: what the screens say and where they lead."""

from __future__ import annotations

from functools import reduce
from typing import Any

import pytest

from kiosk.core import routes
from kiosk.core.case import LIST_MAX, SKIPPED, Acting, Answer, Case, Whom
from kiosk.core.catalog import (
    Bulletin,
    Channel,
    Counter,
    Event,
    EventOption,
    EventQuestion,
    EventStep,
    Material,
    NeededMaterial,
    ProxyRule,
    Relation,
    Service,
    Situation,
    SituationOption,
    Text,
)
from kiosk.core.local import Local
from kiosk.core.routes import (
    ActFor,
    AskAgain,
    Collect,
    Drop,
    EventPage,
    EventQuestionPage,
    Go,
    HandoffPage,
    ListPage,
    PlanPage,
    ServicePage,
    SituationPage,
    Tell,
)
from kiosk.core.session import Session, after
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service

LOST = Situation(
    Text("旧证还在吗？"),
    (
        SituationOption(Text("还在"), adds=("old-pass",)),
        SituationOption(Text("丢了"), adds=("report",), note=Text("先打 110")),
        SituationOption(Text("是孩子的"), goto="child-pass"),
    ),
)
SPEED = Situation(
    Text("急不急？"),
    (SituationOption(Text("急"), note=Text("可以加急")), SituationOption(Text("不急"))),
)
PASS = make_service(
    materials=(NeededMaterial("id-card", originals=1, copies=1),),
    situations=(LOST, SPEED),
    handling="at-once",
)
CHILD = make_service("child-pass", plain_name=Text("孩子办护照"), summary=Text("不到16岁"))
BANK = make_service(
    "bank",
    plain_name=Text("办银行卡"),
    counters=("first",),
    materials=(NeededMaterial("id-card", originals=1, copies=2), NeededMaterial("form", 1)),
    relations=(Relation("passport", "before"),),
    handling="at-once",
)
LAKE = make_service("lake", plain_name=Text("报销"), counters=("lake-1",), materials=())
WEB = make_service(
    "web",
    plain_name=Text("查账"),
    counters=(),
    channels=(Channel("web", Text("网上查")),),
    materials=(),
)
MOVING = Event(
    "moving",
    1,
    Text("搬家"),
    Text("户口、水电"),
    "truck",
    (
        EventStep("passport"),
        EventStep("bank", Text("要开户")),
        EventStep("lake", Text("看过病")),
        EventStep("web", Text("欠过钱")),
    ),
    (
        EventQuestion(
            Text("有银行卡吗？"),
            (EventOption(Text("有"), spares=("bank",)), EventOption(Text("没有"), needs=("bank",))),
        ),
        EventQuestion(
            Text("看过病吗？"),
            (EventOption(Text("看过"), needs=("lake",)), EventOption(Text("没看过"))),
        ),
    ),
)
CATALOG = TableCatalog(
    services={one.id: one for one in (PASS, CHILD, BANK, LAKE, WEB)},
    counters={
        one.id: one
        for one in (
            Counter("desk", "here", Text("2楼"), Text("3号窗口"), Text("护照")),
            Counter("first", "here", Text("1楼"), Text("9号窗口"), Text("卡")),
            Counter("lake-1", "donghu", Text("3楼"), Text("1号窗口"), Text("医保")),
        )
    },
    all_halls={
        "here": make_hall(),
        "donghu": make_hall("donghu", order=2, short=Text("东湖大厅")),
    },
    materials={
        one.id: one
        for one in (
            Material("id-card", Text("身份证"), "document", Text("公安")),
            Material("old-pass", Text("旧护照"), "document", Text("公安")),
            Material("form", Text("申请表"), "form", Text("窗口")),
            Material(
                "id-card-proxy", Text("代办人身份证"), "document", Text("公安"), holder="helper"
            ),
        )
    },
    all_events={"moving": MOVING},
)
SERVICE = "service/passport"
EVENT = "event/moving"
PARENT = Acting(Whom.PARENT)


def shown(session: Session, catalog: TableCatalog = CATALOG, **scene: Any) -> Page:
    now = scene.pop("now", MONDAY_MORNING)
    return page_for(Scene(session, catalog, lambda words: words, "here", now, **scene))


def at(route: routes.Route, case: Case | None = None) -> Session:
    return Session(trail=(routes.Welcome(), routes.Home(), route), case=case or Case())


def page_at(route: routes.Route, case: Case | None = None, **more: Any) -> Page:
    return shown(at(route, case), **more)


def told(of: str, *options: tuple[int, int], **case: Any) -> Case:
    answers = tuple(Answer(of, question, option) for question, option in options)
    return Case(answers=answers, **case)


def all_blocks(page: Page) -> tuple[Block, ...]:
    return (*page.blocks, *page.dock)


def tiles_of(page: Page) -> dict[str, Tile]:
    found = (block for block in all_blocks(page) if isinstance(block, Tiles))
    return {tile.name: tile for block in found for tile in block.tiles}


def notices_of(page: Page) -> dict[str, Notice]:
    return {block.title: block for block in page.blocks if isinstance(block, Notice)}


def lines_of(page: Page) -> dict[str, Line]:
    panels = (block for block in page.blocks if isinstance(block, Panel))
    return {line.title: line for panel in panels for line in panel.lines}


def headings_of(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Heading)]


def dock_of(page: Page) -> Tile:
    (block,) = page.dock
    assert isinstance(block, Tiles)
    (tile,) = block.tiles
    assert tile.tone == "primary"
    return tile


# a service and its questions ----------------------------------------------------------------------


def test_the_page_of_a_service_asks_what_is_open_right_under_the_answer() -> None:
    page = page_at(ServicePage(service="passport"))
    assert isinstance(page.blocks[0], Notice)
    assert page.blocks[0].title.startswith("在这里就能办")
    ask = tiles_of(page)["situation:ask"]
    assert ask.title == "先答 2 个问题，带什么说得更准"
    assert ask.act == Go(SituationPage(service="passport", question=0))
    assert page.blocks[1] == Tiles((ask,), most_columns=1)


def test_a_question_is_answered_by_a_touch_and_leads_on_until_none_is_open() -> None:
    session = at(ServicePage(service="passport"))
    for name in ("situation:ask", "option:0", "option:skip"):
        act = tiles_of(shown(session))[name].act
        session = after(session, act)  # type: ignore[arg-type]
    assert session.route == ServicePage(service="passport")
    assert session.case.answers == (Answer(SERVICE, 0, 0), Answer(SERVICE, 1, SKIPPED))
    page = shown(session)
    assert "situation:ask" not in tiles_of(page)
    again = tiles_of(page)["situation:again"]
    assert (again.title, again.text) == ("改一改您答的", "还在、不清楚")
    assert again.act == AskAgain(SERVICE)


def test_a_question_is_a_page_of_its_own_with_all_answers_and_not_knowing() -> None:
    page = page_at(SituationPage(service="passport", question=1))
    assert (page.title, page.text) == ("急不急？", "第 2 个问题，共 2 个")
    assert [tile.title for tile in tiles_of(page).values()] == ["急", "不急", "不清楚，都告诉我"]
    assert all(tile.chosen is None for tile in tiles_of(page).values())
    assert page.dock == ()


def test_an_answer_that_was_given_is_marked() -> None:
    page = page_at(SituationPage(service="passport"), told(SERVICE, (0, 1)))
    marks = {name: tile.chosen for name, tile in tiles_of(page).items()}
    assert marks == {"option:0": False, "option:1": True, "option:2": False, "option:skip": None}


def test_one_question_alone_is_not_counted() -> None:
    catalog = replace_service(replace(PASS, situations=(LOST,)))
    assert page_at(SituationPage(service="passport"), catalog=catalog).text == ""


def replace_service(service: Service) -> TableCatalog:
    return TableCatalog(
        services={**CATALOG.services, service.id: service},
        counters=CATALOG.counters,
        all_halls=CATALOG.all_halls,
        materials=CATALOG.materials,
    )


@pytest.mark.parametrize("route", [SituationPage(), SituationPage(service="passport", question=7)])
def test_a_question_that_is_not_there_leads_back(route: SituationPage) -> None:
    page = page_at(route)
    assert page.name == "situation:gone"
    service = CATALOG.service(route.service)
    back = tiles_of(page)["situation:back"]
    assert back.act == Go(ServicePage(service="passport") if service else routes.Home())


def test_papers_are_those_of_the_answers() -> None:
    page = page_at(ServicePage(service="passport"), told(SERVICE, (0, 0)))
    assert "要带的东西，2 样" in headings_of(page)
    assert lines_of(page)["旧护照"].text == "原件 1 份"
    unknown = lines_of(page_at(ServicePage(service="passport")))
    assert unknown["旧护照"].text == "还在才要带，原件 1 份"
    assert "report" in unknown


def test_what_is_said_to_an_answer_stands_below_it() -> None:
    page = page_at(ServicePage(service="passport"), told(SERVICE, (0, 1)))
    assert "先打 110" in notices_of(page)
    unsure = page_at(ServicePage(service="passport"), told(SERVICE, (0, SKIPPED), (1, SKIPPED)))
    assert lines_of(unsure)["急"].text == "可以加急"
    other = tiles_of(unsure)["service:child-pass"]
    assert (other.title, other.text) == ("孩子办护照", "要是是孩子的，办这件")


def test_another_service_that_is_meant_is_the_answer_and_the_only_way_on() -> None:
    page = page_at(ServicePage(service="passport"), told(SERVICE, (0, 2)))
    assert next(iter(notices_of(page))) == "您要办的是：孩子办护照"
    there = dock_of(page)
    assert (there.title, there.act) == ("看“孩子办护照”", Go(ServicePage(service="child-pass")))
    assert "situation:again" in tiles_of(page)
    assert lines_of(page) == {}


def test_papers_in_hand_are_named_apart_and_their_copies_kept() -> None:
    page = page_at(ServicePage(service="bank"), Case(in_hand=("id-card",)))
    assert "身份证" not in lines_of(page)
    assert "要带的东西，1 样" in headings_of(page)
    assert notices_of(page)["已带：身份证"].text == "身份证还要复印 2 份"
    all_there = page_at(ServicePage(service="bank"), Case(in_hand=("id-card", "form")))
    assert notices_of(all_there)["已带：身份证、申请表"].tone == "yes"
    assert not any(one.startswith("要带的东西") for one in headings_of(all_there))


def test_a_service_is_collected_by_a_touch() -> None:
    session = at(ServicePage(service="passport"))
    collect = tiles_of(shown(session))["list:collect"]
    assert (collect.title, collect.act) == ("放进清单", Collect(("passport",)))
    see = tiles_of(shown(after(session, Collect(("passport",)))))["list:collect"]
    assert (see.title, see.act) == ("已在清单，看清单", Go(ListPage()))
    full = Case(services=tuple(f"s{n}" for n in range(LIST_MAX)))
    assert tiles_of(page_at(ServicePage(service="passport"), full))["list:collect"].title == (
        "清单满了，看清单"
    )


def test_a_service_leads_to_where_it_is_done_and_to_doing_it_for_somebody() -> None:
    tiles = tiles_of(page_at(ServicePage(service="passport")))
    assert tiles["service:where"].act == Go(routes.WherePage(service="passport"))
    assert tiles["proxy:ask"].act == Go(routes.WhomPage(service="passport"))
    assert dock_of(page_at(ServicePage(service="passport"))).act == Go(
        HandoffPage(service="passport")
    )


def test_whoever_acts_for_another_reads_first_whether_that_may_be() -> None:
    catalog = replace_service(replace(PASS, proxy=ProxyRule("no", Text("要按指纹"))))
    page = page_at(ServicePage(service="passport"), Case(acting=PARENT), catalog=catalog)
    assert isinstance(page.blocks[0], Notice)
    assert page.blocks[0].text == "要按指纹"


def test_what_is_often_done_together_stands_once_before_what_is_related() -> None:
    relations = (
        Relation("lake", "together"),
        Relation("lake", "similar"),
        Relation("web", "after"),
    )
    catalog = replace_service(replace(CHILD, relations=relations))
    page = page_at(ServicePage(service="child-pass"), catalog=catalog)
    blocks = list(page.blocks)
    first = blocks.index(Heading("常一起办")) + 1
    second = blocks.index(Heading("和这件事有关的")) + 1
    assert names_in(blocks[first]) == ["service:lake"]
    assert names_in(blocks[second]) == ["service:web"]


def names_in(block: Block) -> list[str]:
    assert isinstance(block, Tiles)
    return [tile.name for tile in block.tiles]


# life events --------------------------------------------------------------------------------------


def test_a_life_event_shows_its_steps_and_asks_for_one_s_own_case() -> None:
    page = page_at(EventPage(event="moving"))
    rows = [tile.title for name, tile in tiles_of(page).items() if name.startswith("service:")]
    assert rows == ["1. 办护照", "2. 办银行卡", "3. 报销", "4. 查账"]
    begin = dock_of(page)
    assert begin.title == "答 2 个问题，看我要办哪些"
    assert begin.act == Go(EventQuestionPage(event="moving", question=0))


def test_the_questions_of_a_life_event_end_at_its_plan() -> None:
    session = at(EventPage(event="moving"))
    for name in ("event:begin", "option:1", "option:1"):
        session = after(session, tiles_of(shown(session))[name].act)  # type: ignore[arg-type]
    assert session.route == PlanPage(event="moving")
    page = shown(session)
    rows = [tile.title for name, tile in tiles_of(page).items() if name.startswith("service:")]
    assert rows == ["1. 办护照", "2. 办银行卡", "查账"]
    assert "您要办这些，2 件" in headings_of(page)
    assert notices_of(page)["这些您不用办"].text == "报销"
    assert "先办第 1 件“办护照”，才能办" in tiles_of(page)["service:bank"].text
    assert "在这里一趟办完" in notices_of(page)
    assert lines_of(page)["身份证"].text == "原件 1 份，复印件 3 份\n每件都要用"


def test_answered_questions_are_not_asked_again() -> None:
    case = told(EVENT, (0, 0))
    begin = dock_of(page_at(EventPage(event="moving"), case))
    assert begin.act == Go(EventQuestionPage(event="moving", question=1))
    whole = told(EVENT, (0, 0), (1, SKIPPED))
    begin = dock_of(page_at(EventPage(event="moving"), whole))
    assert (begin.title, begin.act) == ("看我要办哪些", Go(PlanPage(event="moving")))
    again = tiles_of(page_at(PlanPage(event="moving"), whole))["situation:again"]
    assert (again.text, again.act) == ("有、不清楚", AskAgain(EVENT))


def test_a_question_of_a_life_event_has_its_place_among_the_others() -> None:
    page = page_at(EventQuestionPage(event="moving", question=1))
    assert (page.title, page.text) == ("看过病吗？", "第 2 个问题，共 2 个")
    answer = Answer(EVENT, 1, 0)
    rest = EventQuestionPage(event="moving", question=0)
    assert tiles_of(page)["option:0"].act == Tell(answer, rest)


def test_without_answers_a_plan_says_what_is_open_and_when_it_is_needed() -> None:
    page = page_at(PlanPage(event="moving"))
    assert tiles_of(page)["event:ask"].act == Go(EventQuestionPage(event="moving", question=0))
    assert "看情况，也许还要办" in headings_of(page)
    assert tiles_of(page)["service:bank"].text == "要开户"


def test_all_of_a_plan_is_collected_at_once_and_then_taken_along() -> None:
    session = at(PlanPage(event="moving"), told(EVENT, (0, 1), (1, 0)))
    collect = dock_of(shown(session))
    assert (collect.title, collect.act) == (
        "都放进清单",
        Collect(("passport", "bank", "lake")),
    )
    session = after(session, collect.act)  # type: ignore[arg-type]
    take = dock_of(shown(session))
    assert (take.title, take.act) == ("带走清单", Go(HandoffPage()))
    assert "一共要跑 2 趟" in notices_of(shown(session))


def test_a_plan_of_which_nothing_is_certain_asks_first() -> None:
    event = replace(MOVING, steps=MOVING.steps[1:])
    catalog = TableCatalog(services=CATALOG.services, all_events={"moving": event})
    page = page_at(PlanPage(event="moving"), catalog=catalog)
    assert "没有一定要办的" in notices_of(page)
    assert dock_of(page).act == Go(EventQuestionPage(event="moving", question=0))
    answered = page_at(PlanPage(event="moving"), told(EVENT, (0, 0), (1, 1)), catalog=catalog)
    assert answered.dock == ()
    assert "service:web" in tiles_of(answered)


@pytest.mark.parametrize(
    "route",
    [
        EventPage(event="gone"),
        EventQuestionPage(event="gone"),
        EventQuestionPage(event="moving", question=9),
        PlanPage(event="gone"),
    ],
)
def test_a_life_event_that_is_gone_leads_to_the_others(route: routes.Route) -> None:
    assert tiles_of(page_at(route))["event:others"].act == Go(routes.EventsPage())


# the list -----------------------------------------------------------------------------------------

FULL = Case(services=("web", "lake", "bank", "passport", "gone"))


def test_an_empty_list_says_how_to_fill_it() -> None:
    page = page_at(ListPage())
    assert "放进清单" in notices_of(page)["清单还是空的"].text
    assert tiles_of(page)["list:search"].act == Go(routes.SearchPage())
    assert page.dock == ()
    assert page_at(ListPage(), Case(services=("gone",))).title == page.title


def test_the_list_is_in_order_by_place_this_hall_first() -> None:
    page = page_at(ListPage(), FULL)
    assert page.title == "我的清单，4 件事"
    assert [one for one in headings_of(page) if "大厅" in one] == [
        "在这个大厅",
        "到东湖大厅",
        "不用到大厅",
    ]
    rows = [tile for name, tile in tiles_of(page).items() if name.startswith("service:")]
    assert [(row.title, row.text) for row in rows] == [
        ("1. 办护照", "2楼 3号窗口"),
        ("2. 办银行卡", "1楼 9号窗口\n先办第 1 件“办护照”，才能办"),
        ("3. 报销", "3楼 1号窗口"),
        ("4. 查账", "网上查"),
    ]
    assert rows[0].act == Go(ServicePage(service="passport"))
    assert "一共要跑 2 趟" in notices_of(page)
    assert dock_of(page).act == Go(HandoffPage())


def test_every_errand_can_be_taken_off_away_from_its_own_row() -> None:
    page = page_at(ListPage(), FULL)
    blocks = [block for block in page.blocks if isinstance(block, Tiles)]
    drops = list(blocks[-1].tiles)
    assert {tile.name: tile.act for tile in drops} == {
        f"drop:{one}": Drop(one) for one in ("web", "lake", "bank", "passport")
    }
    mixed = [block for block in blocks if {"service", "drop"} <= kinds_of(block)]
    assert mixed == []
    session = reduce(after, (tile.act for tile in drops), at(ListPage(), FULL))  # type: ignore[arg-type]
    assert shown(session).name == "list"
    assert "清单还是空的" in notices_of(shown(session))


def kinds_of(block: Tiles) -> set[str]:
    return {tile.name.split(":")[0] for tile in block.tiles}


def test_the_papers_of_the_list_are_one_list() -> None:
    page = page_at(ListPage(), replace(FULL, in_hand=("form",)))
    needed = "原件 1 份，复印件 3 份\n办这些要用：办护照、办银行卡"
    assert lines_of(page)["身份证"].text == needed
    assert "申请表" not in lines_of(page)
    assert "已带：申请表" in notices_of(page)


def test_what_is_closed_says_when_it_opens() -> None:
    evening = MONDAY_MORNING.replace(hour=20)
    page = page_at(ListPage(), FULL, now=evening)
    assert "现在没开，明天上午 9:00开" in tiles_of(page)["service:passport"].text


def test_what_waits_for_a_result_is_for_another_day() -> None:
    catalog = replace_service(replace(PASS, handling="promised", visits=2))
    page = page_at(ListPage(), Case(services=("passport", "bank")), catalog=catalog)
    assert headings_of(page)[:2] == ["在这个大厅", "改天再来这个大厅"]
    assert "要来 2 次" in tiles_of(page)["service:passport"].text
    assert "一共要跑 2 趟" in notices_of(page)


def test_what_does_not_go_together_is_said_before_the_errands() -> None:
    other = replace(BANK, relations=(Relation("passport", "instead"), Relation("lake", "before")))
    ring = replace(LAKE, relations=(Relation("bank", "before"),))
    catalog = TableCatalog(
        services={**CATALOG.services, "bank": other, "lake": ring}, counters=CATALOG.counters
    )
    page = page_at(ListPage(), FULL, catalog=catalog)
    assert notices_of(page)["这两件办一件就行，先问窗口"].text == "办银行卡、办护照"
    assert notices_of(page)["先办哪件，请问窗口"].text == "报销、办银行卡"


def test_a_bulletin_stands_above_the_errands_that_it_concerns() -> None:
    bulletin = Bulletin(
        "repair",
        Text("系统要修"),
        Text("下午再来"),
        "2026-01-01T00:00:00+08:00",
        "2027-12-31T00:00:00+08:00",
        services=("bank",),
        hides=("gone",),
    )
    local = Local(bulletins=(bulletin,))
    told = notices_of(page_at(ListPage(), FULL, local=local))["系统要修"]
    assert (told.text, told.tone) == ("办银行卡", "warning")
    page = page_at(ServicePage(service="bank"), local=local)
    assert isinstance(page.blocks[0], Notice)
    assert (page.blocks[0].title, page.blocks[0].text) == ("系统要修", "下午再来")
    others = page_at(ListPage(), Case(services=("web",)), local=local)
    assert "系统要修" not in notices_of(others)


def test_a_list_that_needs_no_way_says_so() -> None:
    assert "不用跑，在家就能办" in notices_of(page_at(ListPage(), Case(services=("web",))))


def test_whoever_acts_for_another_reads_what_they_may_not_and_whose_papers_are_whose() -> None:
    may = replace(
        PASS, situations=(), proxy=ProxyRule("yes", Text("可以"), papers=("id-card-proxy",))
    )
    may_not = replace(BANK, proxy=ProxyRule("no", Text("要按指纹")))
    catalog = TableCatalog(
        services={"passport": may, "bank": may_not},
        counters=CATALOG.counters,
        materials=CATALOG.materials,
    )
    case = Case(services=("passport", "bank"), acting=PARENT)
    page = page_at(ListPage(), case, catalog=catalog)
    assert notices_of(page)["这些要爸妈自己来办"].text == "办银行卡"
    headings = headings_of(page)
    assert headings.index("要带爸妈的") < headings.index("要带您自己的")
    assert "代办人身份证" in lines_of(page)


def test_conditions_of_several_errands_are_told_apart() -> None:
    first = replace(PASS, situations=(), materials=(conditional("迁户口"),))
    second = replace(BANK, materials=(conditional(""),))
    catalog = TableCatalog(
        services={"passport": first, "bank": second}, materials=CATALOG.materials
    )
    page = page_at(ListPage(), Case(services=("passport", "bank")), catalog=catalog)
    text = "“办护照”：迁户口才要带，“办银行卡”：有的人才要带，原件 1 份"
    assert lines_of(page)["身份证"].text == text


def conditional(when: str) -> NeededMaterial:
    words = Text(when) if when else None
    return NeededMaterial("id-card", originals=1, need="sometimes", when=words)


# home ---------------------------------------------------------------------------------------------


def test_home_leads_everywhere_and_to_the_list_once_there_is_one() -> None:
    tiles = tiles_of(page_at(routes.Home()))
    places = {name: getattr(tile.act, "route", None) for name, tile in tiles.items()}
    assert places["home:papers"] == routes.PapersPage()
    assert places["home:proxy"] == routes.WhomPage()
    assert places["home:popular"] == routes.PopularPage()
    assert not {"home:list", "home:self"} & set(places)
    some = tiles_of(page_at(routes.Home(), Case(services=("bank", "web"))))["home:list"]
    assert (some.title, some.act) == ("我的清单，2 件", Go(ListPage()))


def test_home_says_for_whom_it_is_and_how_to_change_that() -> None:
    page = page_at(routes.Home(), Case(acting=PARENT))
    assert page.title == "替爸妈办什么事？"
    own = tiles_of(page)["home:self"]
    assert (own.title, own.act) == ("改为给自己办", ActFor(None))
    assert shown(after(at(routes.Home(), Case(acting=PARENT)), ActFor(None))).title == (
        "您今天想办什么事？"
    )
