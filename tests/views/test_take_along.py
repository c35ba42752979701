"""Taking along one errand, a pair of slips or the whole list; and what comes back of it."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.core import routes
from kiosk.core.brought import Lost
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import ProxyRule, Text
from kiosk.core.choices import Choices, Language, TextSize
from kiosk.core.handoff import Handoff
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.routes import HandoffPage, Print, ResumedPage
from kiosk.core.session import Session, after
from kiosk.core.value import replace
from kiosk.ui.page import Block, Notice, Page, Panel, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, make_code, make_service, make_session, table_of

YES = ProxyRule("yes", Text("家人可以"), papers=("proxy-letter",))
NO = ProxyRule("no", Text("要按指纹"))
SIMPLE = ProxyRule("yes", Text("家人可以"))
ME, PARENT = Case(), Case(acting=Acting(Whom.PARENT))
LIST = Case(services=("passport", "card"))


def seen(session: Session, rule: ProxyRule | None = YES, letters: bool = False) -> Page:
    catalog: Any = table_of(make_service(proxy=rule), make_service("card", number=13002))
    local = Local(prints_sheets=letters)
    return page_for(Scene(session, catalog, str, "here", MONDAY_MORNING, local=local))


def taking(service: str = "passport", case: Case = ME, **changes: Any) -> Session:
    code = make_code() if service else make_code(short_number="")
    made = Handoff(service, code, code)
    trail = (routes.Welcome(), routes.Home(), HandoffPage(service=service))
    return make_session(trail, case=case, **{"handoff": made, **changes})


def after_slip(
    outcome: PrintOutcome | None,
    kind: SlipKind = SlipKind.SERVICE,
    service: str = "passport",
    case: Case = ME,
) -> Session:
    return taking(service, case, slip=SlipJob(service, False, 1, outcome, kind))


def tiles(blocks: tuple[Block, ...]) -> dict[str, Tile]:
    return {one.name: one for block in blocks if isinstance(block, Tiles) for one in block.tiles}


def acts(page: Page) -> dict[str, object]:
    return {name: one.act for name, one in tiles((*page.dock, *page.blocks)).items()}


def notices(page: Page) -> list[str]:
    return [one.title for one in page.blocks if isinstance(one, Notice)]


# slips ------------------------------------------------------------------------------------------


def test_whoever_comes_for_himself_gets_one_slip_in_two_sizes() -> None:
    page = seen(taking())
    assert acts(page)["handoff:print"] == Print(kind=SlipKind.SERVICE)
    assert acts(page)["handoff:print-large"] == Print(large=True, kind=SlipKind.SERVICE)
    assert "handoff:print-pair" not in acts(page)


def test_large_print_is_not_offered_on_a_narrow_roll() -> None:
    narrow = Local(prints_large=False)
    catalog: Any = table_of(make_service(proxy=YES))

    def on_narrow(session: Session) -> Page:
        return page_for(Scene(session, catalog, str, "here", MONDAY_MORNING, local=narrow))

    assert "handoff:print-large" not in acts(on_narrow(taking()))
    assert "handoff:print-large" not in acts(on_narrow(taking(case=PARENT)))
    both = on_narrow(after_slip(Printed(), SlipKind.PAIR, case=PARENT))
    assert not [one for one in both.blocks if isinstance(one, Notice) and "大字" in one.text]


def test_whoever_may_act_for_another_is_offered_two_slips_first() -> None:
    page = seen(taking(case=PARENT))
    shown = tiles(page.dock)
    assert shown["handoff:print-pair"].act == Print(kind=SlipKind.PAIR)
    assert shown["handoff:print-pair"].tone == "primary"
    assert shown["handoff:print"].act == Print()
    assert shown["handoff:print-large"].act == Print(large=True, kind=SlipKind.PAIR)


def test_two_slips_are_not_offered_where_nobody_may_act() -> None:
    assert "handoff:print-pair" not in acts(seen(taking(case=PARENT), rule=NO))


@pytest.mark.parametrize(
    ("rule", "case", "letters", "is_offered"),
    [
        (YES, PARENT, True, True),
        (YES, PARENT, False, False),
        (YES, ME, True, False),
        (SIMPLE, PARENT, True, False),
        (NO, PARENT, True, False),
    ],
)
def test_a_letter_is_offered_where_it_is_wanted_and_can_be_printed(
    rule: ProxyRule, case: Case, letters: bool, is_offered: bool
) -> None:
    page = seen(taking(case=case), rule, letters)
    assert (acts(page).get("handoff:letter") == Print(kind=SlipKind.LETTER)) is is_offered


@pytest.mark.parametrize("size", TextSize)
def test_whoever_reads_large_gets_the_letter_in_large_print(size: TextSize) -> None:
    page = seen(taking(case=PARENT, choices=Choices(size=size)), letters=True)
    asked = Print(large=size is not TextSize.STANDARD, kind=SlipKind.LETTER)
    assert acts(page)["handoff:letter"] == asked


@pytest.mark.parametrize(
    ("large", "language", "beginning"),
    [(False, "zh", "在旁边"), (True, "zh", "每张都"), (False, "en", "每张都")],
)
def test_of_a_letter_on_several_sheets_none_is_left_behind(
    large: bool, language: str, beginning: str
) -> None:
    slip = SlipJob("passport", large, 1, Printed(), SlipKind.LETTER)
    page = seen(taking(case=PARENT, slip=slip, choices=Choices(language=Language(language))))
    (told, *_) = (one for one in page.blocks if isinstance(one, Notice))
    assert told.text.startswith(beginning)


def test_nothing_can_be_printed_before_the_codes_are_there() -> None:
    page = seen(taking(handoff=None, case=PARENT))
    printing = [one for name, one in tiles(page.dock).items() if "print" in name]
    assert len(printing) == 3
    assert not any(one.enabled for one in printing)


def test_each_kind_says_what_came_out() -> None:
    assert notices(seen(after_slip(Printed())))[0] == "小票印好了，请在下面出口拿"
    pair = seen(after_slip(Printed(), SlipKind.PAIR, case=PARENT))
    assert notices(pair)[0] == "两张小票印好了，请在下面出口拿"
    letter = seen(after_slip(Printed(), SlipKind.LETTER, case=PARENT))
    assert notices(letter)[0] == "授权委托书印好了"
    assert notices(seen(after_slip(None, SlipKind.LETTER)))[0] == "正在印授权委托书……"


def test_of_two_slips_the_first_is_not_disowned() -> None:
    half = after_slip(FailedDuring(Fault.NO_PAPER, 90, done=1), SlipKind.PAIR, case=PARENT)
    assert notices(seen(half))[0].startswith("第一张印好了，第二张没有：打印机没纸了")
    none = after_slip(FailedBefore(Fault.NO_PAPER), SlipKind.PAIR, case=PARENT)
    assert notices(seen(none))[0] == "打印机没纸了"


def test_nobody_is_told_that_a_slip_came_out_when_nobody_knows() -> None:
    asking = after_slip(Unconfirmed(), SlipKind.PAIR, case=PARENT)
    assert notices(seen(asking))[0] == "小票出来了吗？"


# the list ---------------------------------------------------------------------------------------


def test_the_list_is_taken_along_as_one_slip() -> None:
    page = seen(taking("", LIST))
    assert page.name == "handoff:list"
    assert acts(page)["handoff:print"] == Print(kind=SlipKind.LIST)
    assert acts(page)["handoff:print-large"] == Print(large=True, kind=SlipKind.LIST)
    assert "下次在机器上扫这个，接着办" in notices(page)


def test_an_empty_list_says_how_to_fill_it() -> None:
    page = seen(taking("", handoff=None))
    assert notices(page) == ["清单还是空的"]
    assert acts(page)["handoff:home"] == routes.GoHome()


def test_a_printer_that_fails_sends_the_list_to_the_desk_without_a_short_number() -> None:
    page = seen(after_slip(FailedBefore(Fault.JAM), SlipKind.LIST, "", LIST))
    (told, *_others) = [one for one in page.blocks if isinstance(one, Notice)]
    assert (told.title, "短号" in told.text) == ("打印机卡纸了", False)


def test_from_one_errand_the_whole_list_is_a_step_away() -> None:
    assert acts(seen(taking(case=LIST)))["handoff:list"] == routes.Go(HandoffPage())
    assert "handoff:list" not in acts(seen(taking()))


# what comes back --------------------------------------------------------------------------------


def resumed(case: Case, lost: Lost | None = None) -> Page:
    page = ResumedPage(lost=lost or Lost())
    return seen(Session((routes.Welcome(), routes.Home(), page), case=case))


def texts(page: Page) -> str:
    return "\n".join(one.text for one in page.blocks if isinstance(one, Notice))


def test_all_that_came_back_is_said() -> None:
    page = resumed(replace(LIST, in_hand=("id-card",), acting=Acting(Whom.PARENT)))
    assert notices(page) == ["上次说的都还在，不用再说"]
    for words in ("要办的事：2 件", "替爸妈办", "手上有的：1 样"):
        assert words in texts(page)
    assert acts(page)["resumed:list"] == routes.Go(routes.ListPage())
    assert acts(page)["resumed:home"] == routes.GoHome()


def test_what_was_lost_is_never_passed_over() -> None:
    page = resumed(LIST, Lost(services=2, questions=1, papers=3))
    assert notices(page) == ["上次说的，这些还在", "目录变了，有的没找回来"]
    for words in ("2 件事不在目录里了", "1 件事的问题变了", "3 样东西认不出"):
        assert words in texts(page)


def test_where_nothing_came_back_there_is_still_a_way() -> None:
    gone, nothing = resumed(Case(), Lost(services=2)), resumed(Case())
    assert notices(gone) == ["码里的事，目录里都没有了"]
    assert notices(nothing) == ["码里没有要接着办的事"]
    assert set(acts(gone)) == {"resumed:home"}


# sheets of A4 -------------------------------------------------------------------------------------


def after_sheet(outcome: PrintOutcome | None, kind: SlipKind = SlipKind.SERVICE) -> Session:
    slip = SlipJob("passport", True, 1, outcome, kind, on_a4=kind is not SlipKind.LETTER)
    return taking(case=PARENT, slip=slip)


@pytest.mark.parametrize("service", ["passport", ""])
@pytest.mark.parametrize("has_sheets", [True, False])
def test_the_largest_print_is_offered_where_there_is_a_printer_for_it(
    service: str, has_sheets: bool
) -> None:
    page = seen(taking(service, Case(services=("passport",))), letters=has_sheets)
    kind = SlipKind.SERVICE if service else SlipKind.LIST
    asked = Print(large=True, kind=kind, on_a4=True)
    assert acts(page).get("handoff:sheet") == (asked if has_sheets else None)


def test_two_people_get_a_large_sheet_each() -> None:
    page = seen(taking(case=PARENT), letters=True)
    assert acts(page)["handoff:sheet"] == Print(large=True, kind=SlipKind.PAIR, on_a4=True)


def test_a_sheet_is_to_be_fetched_from_the_other_printer() -> None:
    assert notices(seen(after_sheet(None)))[0] == "正在印大纸……"
    printed = seen(after_sheet(Printed()))
    (told, *_) = (one for one in printed.blocks if isinstance(one, Notice))
    assert (told.title, told.text) == ("大纸印好了", "在旁边的打印机上拿")


@pytest.mark.parametrize("kind", [SlipKind.SERVICE, SlipKind.LETTER])
@pytest.mark.parametrize("fault", Fault)
def test_a_sheet_that_failed_is_free_at_the_desk_and_the_slip_can_still_be_printed(
    kind: SlipKind, fault: Fault
) -> None:
    page = seen(after_sheet(FailedBefore(fault), kind), letters=True)
    (told, *_) = (one for one in page.blocks if isinstance(one, Notice))
    assert told.title.startswith("旁边的打印机")
    assert "免费拿" in told.text
    assert "晚点" not in told.text
    assert acts(page)["handoff:print"] == Print()


def test_a_sheet_that_was_sent_is_never_said_to_stay_away() -> None:
    page = seen(after_sheet(FailedDuring(Fault.NO_PAPER, 2310)), letters=True)
    (told, *_) = (one for one in page.blocks if isinstance(one, Notice))
    assert told.title == "旁边的打印机没纸了"
    assert told.text == "纸可能晚点才出来，不用等，到1楼导服台免费拿，说短号 13001-1"


def test_only_the_citizen_knows_whether_a_sheet_came_out_and_is_believed() -> None:
    asked = seen(after_sheet(Unconfirmed()), letters=True)
    assert notices(asked)[0] == "纸出来了吗？"
    assert notices(seen(after_sheet(FailedDuring(Fault.OFFLINE, 0))))[0] == "纸没有出来"


def test_sheets_are_offered_where_slips_are_withdrawn() -> None:
    withdrawn = Local(prints_sheets=True, printer=PrinterState(withdrawn=True))
    catalog: Any = table_of(make_service())
    scene = Scene(taking(), catalog, str, "here", MONDAY_MORNING, local=withdrawn)
    shown = acts(page_for(scene))
    assert "handoff:print" not in shown
    assert "handoff:sheet" in shown
    failed = taking(slip=SlipJob("passport", True, 1, FailedBefore(Fault.JAM), on_a4=True))
    scene = Scene(failed, catalog, str, "here", MONDAY_MORNING, local=withdrawn)
    assert "handoff:print" not in acts(page_for(scene))


@pytest.mark.parametrize(
    ("outcome", "kind", "on_a4"),
    [
        (Printed(), SlipKind.RESUME, False),
        (Printed(), SlipKind.SERVICE, True),
        (Printed(), SlipKind.LETTER, False),
        (FailedDuring(Fault.JAM, 90), SlipKind.SERVICE, True),
    ],
)
def test_a_slip_that_was_never_printed_is_not_offered_once_more(
    outcome: PrintOutcome, kind: SlipKind, on_a4: bool
) -> None:
    slip = SlipJob("passport", False, 1, outcome, kind, on_a4=on_a4)
    shown = tiles(seen(taking(slip=slip), letters=True).dock)
    assert shown["handoff:print"].act == Print()
    assert shown["handoff:print"].title == "印小票"


def test_a_short_slip_that_did_not_come_out_is_offered_once_more() -> None:
    slip = SlipJob("passport", False, 1, FailedDuring(Fault.OFFLINE, 0), SlipKind.RESUME)
    shown = tiles(seen(taking(slip=slip)).dock)
    again = shown["handoff:print"]
    assert (again.title, again.act) == ("再印一张", Print(kind=SlipKind.RESUME))
    assert "handoff:print-large" not in shown


@pytest.mark.parametrize("service", ["passport", ""])
def test_code_and_words_stand_before_further_paper(service: str) -> None:
    case = replace(LIST, acting=PARENT.acting)
    handoff = replace(taking(service).taking.handoff, resume=make_code())  # type: ignore[type-var]
    page = seen(taking(service, case, handoff=handoff), letters=True)
    at = [n for n, block in enumerate(page.blocks) if isinstance(block, Panel)][-1]
    rows = [n for n, block in enumerate(page.blocks) if isinstance(block, Tiles)]
    assert rows
    assert all(n > at for n in rows)


def test_two_people_have_the_code_to_go_on_on_a_slip_already() -> None:
    handoff = replace(taking().taking.handoff, resume=make_code())  # type: ignore[type-var]
    assert "handoff:resume" not in acts(seen(taking(case=PARENT, handoff=handoff)))
    assert "handoff:resume" in acts(seen(taking(case=LIST, handoff=handoff)))


def test_whoever_reads_the_largest_text_is_offered_large_print_first() -> None:
    largest = taking(choices=Choices(size=TextSize.LARGEST))
    for session, tone in ((taking(), "plain"), (largest, "primary")):
        page = seen(session)
        assert tiles(page.dock)["handoff:print-large"].tone == tone
        looking = acts(page)["handoff:preview"]
        assert isinstance(looking, routes.Go)
        assert isinstance(looking.route, routes.PreviewPage)
        assert looking.route.large is (tone == "primary")


def test_the_short_number_is_for_the_hotline_as_on_paper() -> None:
    catalog: Any = table_of(make_service(consult="12385"))
    page = page_for(Scene(taking(), catalog, str, "here", MONDAY_MORNING))
    (panel,) = (block for block in page.blocks if isinstance(block, Panel))
    assert [(one.title, one.text) for one in panel.lines[1:]] == [
        ("打电话：12345", "告诉对方短号 13001-1"),
        ("", "专门问这件事 12385"),
    ]


def test_a_second_sheet_is_asked_for_like_a_second_slip() -> None:
    again = after(after_sheet(Printed()), Print(large=True, on_a4=True))
    assert again.taking.slip == SlipJob("passport", True, 2, on_a4=True)
    slip = after(again, Print(large=True))
    assert slip.taking.slip == again.taking.slip  # one at a time
