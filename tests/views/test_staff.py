"""What staff see, and what their tiles do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.core import routes, sentences
from kiosk.core.asking import Asking
from kiosk.core.catalog import Bulletin, Counter, Text
from kiosk.core.local import CounterToday, Local
from kiosk.core.printing import Fault, PrinterState, SlipKind
from kiosk.core.results import Hit, Results
from kiosk.core.routes import Batch, Command, Go, Print, SignOut
from kiosk.core.session import Session
from kiosk.core.staff import (
    ByPin,
    ChangeRoll,
    Deed,
    LockedOut,
    NoReport,
    PostBulletin,
    PrinterReport,
    Refused,
    SetCounter,
    SheetReport,
    Staff,
    SyncNow,
    SyncReport,
    WithdrawBulletin,
)
from kiosk.core.value import replace
from kiosk.ui.page import Field, Keys, Notice, Page, Panel, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_hall, make_service, table_of

WHO = "导服台 2"
COUNTERS = {
    "desk": Counter("desk", "here", Text("2楼"), Text("3号窗口"), Text("护照")),
    "other": Counter("other", "there", Text("1楼"), Text("1号窗口"), Text("社保")),
}


def page_of(session: Session, **scene: object) -> Page:
    catalog = scene.pop("catalog", TableCatalog(counters=COUNTERS))
    return page_for(Scene(session, catalog, str, "here", MONDAY_MORNING, **scene))  # type: ignore[arg-type]


def on(place: routes.Route, **staff: object) -> Session:
    trail = (routes.Welcome(), routes.StaffPage(), place)
    return Session(trail=trail, staff=Staff(who=WHO, **staff), held=Session())  # type: ignore[arg-type]


def at_the_door(**staff: object) -> Session:
    trail = (routes.Welcome(), routes.Home(), routes.SignInPage())
    return Session(trail=trail, staff=Staff(**staff))  # type: ignore[arg-type]


def tiles_of(page: Page) -> dict[str, Tile]:
    found: dict[str, Tile] = {}
    for block in (*page.blocks, *page.dock):
        if isinstance(block, Tiles | Keys):
            tiles = block.tiles if isinstance(block, Tiles) else block.keys
            found |= {tile.name: tile for tile in tiles}
    return found


def notices_of(page: Page) -> list[Notice]:
    return [block for block in (*page.blocks, *page.dock) if isinstance(block, Notice)]


def texts_of(page: Page) -> str:
    notices = notices_of(page)
    panels = [block for block in page.blocks if isinstance(block, Panel)]
    lines = [line for panel in panels for line in panel.lines]
    return "\n".join(f"{one.title}\n{one.text}" for one in (*notices, *lines))


# the door ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("staff", "title", "is_open"),
    [
        ({}, "请按您的 6 位数", True),
        ({"trying": ByPin("483920")}, "正在看……", False),
        ({"verdict": Refused(3)}, "不对，还能试 3 次", True),
        ({"verdict": LockedOut(None)}, "现在进不去，请找管机器的人", True),
        (
            {"verdict": LockedOut(MONDAY_MORNING + timedelta(seconds=1))},
            "试得太多，上午 9:43再试",
            False,
        ),
        ({"verdict": LockedOut(MONDAY_MORNING)}, "请按您的 6 位数", True),
    ],
)
def test_the_door_says_how_it_stands(staff: dict[str, object], title: str, is_open: bool) -> None:
    page = page_of(at_the_door(**staff))
    assert page.title == title
    keys = [tile for name, tile in tiles_of(page).items() if name.startswith("pin:")]
    assert len(keys) == 11
    assert {tile.enabled for tile in keys} == {is_open}


@pytest.mark.parametrize("typed", range(6))
def test_of_a_pin_only_its_length_is_on_the_page(typed: int) -> None:
    page = page_of(at_the_door(pin="77777"[:typed]))
    (field,) = (block for block in page.dock if isinstance(block, Field))
    assert (field.text.count("●"), field.text.count("○")) == (typed, 6 - typed)
    assert field.said == f"按了 {typed} 位"
    assert not any(sign.isalnum() for sign in field.text)


# the desk ---------------------------------------------------------------------------------------


def test_the_first_screen_leads_everywhere_and_back_to_the_citizen() -> None:
    page = page_of(Session(trail=(routes.Welcome(), routes.StaffPage()), staff=Staff(who=WHO)))
    acts = [tile.act for tile in tiles_of(page).values()]
    places = {type(act.route) for act in acts if isinstance(act, Go)}
    assert len(places) == 7
    assert SignOut() in acts
    assert page.path == WHO
    home = next(tile for tile in page.bar if tile.name == "bar:home")
    assert not home.enabled


def test_what_could_not_be_done_is_said_first() -> None:
    page = page_of(on(routes.StaffTrailPage(), report=(), undone=True))
    assert isinstance(page.blocks[0], Notice)
    assert page.blocks[0].title == "刚才的没办成，再按一次"


# finding and piling -----------------------------------------------------------------------------


def finding(*pile: str, **asking: object) -> Session:
    found = replace(Asking(), **asking)
    return replace(on(routes.StaffFindPage(), batch=pile), asking=found)


def test_what_was_found_is_put_on_the_pile_and_taken_off_by_the_same_row() -> None:
    hit = Hit("passport", "办护照", "", "", ((0, 1),))
    found = Results("hz", (hit,), confident=True)
    row = tiles_of(page_of(finding(query="hz", results=found)))["batch:passport"]
    assert (row.act, row.chosen, row.text) == (Batch("passport"), False, "2楼 3号窗口")
    row = tiles_of(page_of(finding("passport", query="hz", results=found)))["batch:passport"]
    assert (row.act, row.chosen) == (Batch("passport", wanted=False), True)


def test_a_pile_is_printed_by_one_tile_and_a_full_one_takes_no_more() -> None:
    tile = tiles_of(page_of(finding("passport")))["staff-find:print"]
    assert (tile.title, tile.act) == ("印 1 张小票", Print(kind=SlipKind.BATCH))
    assert "staff-find:print" not in tiles_of(page_of(finding()))
    full = finding(*(f"s{n}" for n in range(10)))
    found = Results("hz", (Hit("passport", "办护照", "", ""),))
    asked = replace(full, asking=Asking(query="hz", results=found))
    assert not tiles_of(page_of(asked))["batch:passport"].enabled


def test_where_a_service_is_done_stands_beside_it() -> None:
    services = (
        make_service("here"),
        make_service("there", number=2, counters=("other",)),
        make_service("nowhere", number=3, counters=()),
    )
    halls = {"here": make_hall(), "there": make_hall("there", short=Text("东湖大厅"))}
    catalog = replace_catalog(table_of(*services), halls)
    rows = tiles_of(page_of(finding("here", "there", "nowhere", "gone"), catalog=catalog))
    assert rows["batch:here"].text == "2楼 3号窗口"
    assert rows["batch:there"].text == "到东湖大厅"
    assert rows["batch:nowhere"].text == "不在窗口办"
    assert "batch:gone" not in rows


def replace_catalog(catalog: TableCatalog, halls: dict[str, object]) -> TableCatalog:
    return TableCatalog(services=catalog.services, all_halls=halls, counters=COUNTERS)  # type: ignore[arg-type]


def test_digits_and_letters_are_on_one_pad() -> None:
    keys = {name for name in tiles_of(page_of(finding())) if name.startswith("key:")}
    assert len(keys) == 37
    assert {"key:0", "key:Z", "key:clear"} <= keys


# the machine ------------------------------------------------------------------------------------

REPORT = PrinterReport(None, False, False, 41_900, 12, 0, True)


def test_a_printer_that_works_says_what_is_left() -> None:
    shown = texts_of(page_of(on(routes.StaffPrinterPage(), report=REPORT)))
    for words in ("打印机好的", "纸大约还有 41 米", "今天印了 12 张"):
        assert words in shown
    assert "10 分钟" not in shown
    assert "型号" not in shown


def test_a_printer_that_tells_its_name_is_called_by_it() -> None:
    report = replace(REPORT, model="TM-T82III")
    assert "型号 TM-T82III" in texts_of(page_of(on(routes.StaffPrinterPage(), report=report)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_mute": True}, "打印机不回话"),
        ({"low_paper": True}, "纸快没了"),
        ({"may_print": False, "faults_lately": 3}, "先不给办事的人印"),
        ({"is_printing": True}, "印完再看打印机"),
        ({"sheets": SheetReport()}, "旁边的打印机好的"),
        ({"sheets": SheetReport(Fault.NO_PAPER)}, "旁边的打印机没纸了"),
        ({"sheets": SheetReport(low_paper=True)}, "大纸快没了"),
    ],
)
def test_every_trouble_of_a_printer_is_said(changes: dict[str, object], words: str) -> None:
    report = replace(REPORT, **changes)
    assert words in texts_of(page_of(on(routes.StaffPrinterPage(), report=report)))


@pytest.mark.parametrize(
    ("printer", "title", "text"),
    [
        (PrinterState(withdrawn=True, fault=Fault.JAM), "先不给办事的人印", "卡纸"),
        (PrinterState(withdrawn=True), "先不给办事的人印", "修好了再印"),
        (PrinterState(fault=Fault.NO_PAPER, low_paper=True), "打印机没纸了", "打印机"),
        (PrinterState(low_paper=True), "纸快没了", "现在还能印"),
    ],
)
def test_staff_read_on_their_first_screen_what_is_wrong_with_the_printer(
    printer: PrinterState, title: str, text: str
) -> None:
    menu = replace(on(routes.StaffPage()), trail=(routes.Welcome(), routes.StaffPage()))
    (told,) = notices_of(page_of(menu, local=Local(printer=printer)))
    assert told.title == title
    assert text in told.text
    assert notices_of(page_of(menu)) == []


def test_the_last_pile_is_said_to_whoever_comes_back() -> None:
    page = page_of(on(routes.StaffFindPage(), last_batch=3))
    assert "上次印了 3 张" in texts_of(page)


def test_an_order_that_is_on_its_way_is_not_given_twice() -> None:
    ordered = replace(on(routes.StaffPrinterPage(), report=REPORT), orders=((1, ChangeRoll()),))
    tiles = tiles_of(page_of(ordered))
    assert (tiles["printer:roll"].enabled, tiles["printer:mended"].enabled) == (False, True)


def test_a_check_of_the_hub_says_how_far_it_is_and_cannot_be_doubled() -> None:
    report = SyncReport(41, "2026-11-20T00:00:00Z", None, True, "fetch", 0.4)
    page = page_of(on(routes.StaffSyncPage(), report=report))
    shown = texts_of(page)
    for words in ("正在取新的目录", "办了百分之 40", "目录第 41 版", "还没有连上过"):
        assert words in shown
    assert not tiles_of(page)["sync:now"].enabled
    failed = page_of(on(routes.StaffSyncPage(), report=SyncReport(41, "", None, error="NET-1")))
    assert "告诉管机器的人：NET-1" in texts_of(failed)
    assert tiles_of(failed)["sync:now"].act == Command(SyncNow())


# today ------------------------------------------------------------------------------------------


def test_only_the_counters_of_this_hall_are_listed_with_what_was_said() -> None:
    local = Local(today=(CounterToday("desk", is_closed=True, waiting="long"),))
    tiles = tiles_of(page_of(on(routes.StaffTodayPage()), local=local))
    row = tiles["counter:desk"]
    assert (row.text, row.act) == (
        "护照 · 今天不开 · 人多",
        Go(routes.StaffTodayPage(counter="desk")),
    )
    assert "counter:other" not in tiles


def test_a_counter_is_closed_opened_and_described_by_touch() -> None:
    note = sentences.notes(str)[0]
    closed = CounterToday("desk", is_closed=True, note=note)
    page = on(routes.StaffTodayPage(counter="desk"))
    fresh = tiles_of(page_of(page))
    assert fresh["today:open"].chosen
    assert fresh["today:closed"].act == Command(SetCounter(CounterToday("desk", is_closed=True)))
    told = tiles_of(page_of(page, local=Local(today=(closed,))))
    assert told["today:open"].act == Command(SetCounter(CounterToday("desk")))
    assert told["note:0"].chosen
    assert told["note:0"].act == Command(SetCounter(replace(closed, note="")))
    assert told["waiting:long"].act == Command(SetCounter(replace(closed, waiting="long")))


def test_a_sentence_is_either_ready_or_told() -> None:
    told = Bulletin(sentences.bulletin_of("lift"), Text("电梯坏了，在修"), Text(""), "", "")
    page = on(routes.StaffBulletinPage())
    tiles = tiles_of(page_of(page, local=Local(bulletins=(told,))))
    assert tiles["withdraw:hall-lift"].act == Command(WithdrawBulletin("hall-lift"))
    assert "post:lift" not in tiles
    assert tiles["post:power"].act == Command(PostBulletin("power"))


def test_the_trail_says_deeds_in_words() -> None:
    at = "2026-11-23T09:40:00+08:00"
    deeds = (Deed(at, WHO, "set-counter desk closed"), Deed(at, "", "refused"), Deed(at, WHO, "x"))
    shown = texts_of(page_of(on(routes.StaffTrailPage(), report=deeds)))
    assert "改了窗口：2楼 3号窗口\n导服台 2 · 11月23日 上午 9:40" in shown
    assert "有人没试对\n11月23日 上午 9:40" in shown
    assert "x\n" in shown


@pytest.mark.parametrize(
    "place", [routes.StaffPrinterPage(), routes.StaffSyncPage(), routes.StaffTrailPage()]
)
def test_what_is_looked_up_is_waited_for_in_words(place: routes.Route) -> None:
    assert "正在看……" in texts_of(page_of(on(place)))


@pytest.mark.parametrize(
    "place", [routes.StaffPrinterPage(), routes.StaffSyncPage(), routes.StaffTrailPage()]
)
def test_what_cannot_be_looked_up_is_said_with_a_way_on(place: routes.Route) -> None:
    shown = texts_of(page_of(on(place, report=NoReport())))
    assert "正在看……" not in shown
    assert "现在看不到" in shown
    assert "按“返回”再进来，不行就找管机器的人" in shown
