"""Slips before they are printed, the short one, and a bulletin that is taken along."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk.core.case import Case
from kiosk.core.catalog import Bulletin, Text
from kiosk.core.choices import Choices, Language, TextSize
from kiosk.core.local import Local
from kiosk.core.printing import FailedBefore, Fault, Printed, PrinterState, SlipJob, SlipKind
from kiosk.core.routes import (
    Back,
    BulletinPage,
    Go,
    HandoffPage,
    Home,
    PreviewPage,
    Print,
    Route,
    Welcome,
)
from kiosk.core.slips.picture import PictureBand, Preview, SlipPicture
from kiosk.core.value import replace
from kiosk.ui.page import Heading, Notice, Page, Sheet, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import (
    MONDAY_MORNING,
    make_code,
    make_handoff,
    make_service,
    make_session,
    table_of,
)

PICTURE = SlipPicture(
    16,
    34,
    (b"\1\2", b"\3\4"),
    (PictureBand(1, ("市大厅",), leads=True), PictureBand(1, ("到2楼",))),
)
JOB = SlipJob("passport", False, 1)
NOTICE = Bulletin(
    "power",
    Text("今天停电"),
    Text("先到导服台问一问"),
    "2026-11-01T08:00+08:00",
    "2026-12-01T00:00+08:00",
)
LOOKING = PreviewPage(service="passport")


def page_at(route: Route, local: Local | None = None, **visit: Any) -> Page:
    visit = {"handoff": make_handoff(), **visit}
    session = make_session((Welcome(), Home(), route), **visit)
    catalog = table_of(make_service())
    local = local or Local(bulletins=(NOTICE,))
    scene = Scene(session, catalog, lambda words: words, "here", MONDAY_MORNING, local=local)
    return page_for(scene)


def tiles_of(page: Page) -> dict[str, Tile]:
    rows = (one for one in (*page.blocks, *page.dock) if isinstance(one, Tiles))
    return {tile.name: tile for row in rows for tile in row.tiles}


def seen(*pictures: SlipPicture, **job: Any) -> Preview:
    return Preview(replace(JOB, **job), Language.CHINESE, pictures)


def test_the_preview_is_the_picture_itself_with_its_words() -> None:
    page = page_at(LOOKING, preview=seen(PICTURE))
    (sheet,) = page.blocks
    assert isinstance(sheet, Sheet)
    assert (sheet.width, sheet.em, sheet.rows) == (16, 34, PICTURE.rows)
    assert [(one.rows, one.words, one.leads) for one in sheet.parts] == [
        (1, ("市大厅",), True),
        (1, ("到2楼",), False),
    ]
    assert "还没有印" in page.title


def test_two_slips_are_told_apart() -> None:
    route = replace(LOOKING, kind=SlipKind.PAIR)
    page = page_at(route, preview=seen(PICTURE, PICTURE, kind=SlipKind.PAIR))
    assert [one.text for one in page.blocks if isinstance(one, Heading)] == ["第 1 张", "第 2 张"]


@pytest.mark.parametrize(
    ("visit", "said"),
    [
        ({}, "小票马上就好……"),
        ({"preview": seen(PICTURE, large=True)}, "小票马上就好……"),
        ({"preview": seen()}, "现在看不了小票"),
        ({"handoff": None, "unmade": True}, "现在看不了小票"),
    ],
)
def test_it_always_leads_back_to_where_it_is_printed(visit: dict[str, Any], said: str) -> None:
    page = page_at(LOOKING, **visit)
    (notice,) = page.blocks
    assert isinstance(notice, Notice)
    assert notice.title == said
    assert tiles_of(page)["preview:back"].act == Back()


def test_the_other_size_is_looked_at_where_the_roll_has_room_for_it() -> None:
    large = replace(LOOKING, large=True)
    assert tiles_of(page_at(LOOKING))["preview:size"].act == Go(large)
    assert tiles_of(page_at(large))["preview:size"].act == Go(LOOKING)
    assert "preview:size" not in tiles_of(page_at(LOOKING, Local(prints_large=False)))


def test_whoever_reads_the_largest_text_is_not_shown_usual_print() -> None:
    choices = Choices(size=TextSize.LARGEST)
    assert "preview:size" in tiles_of(page_at(LOOKING, choices=choices))
    assert "preview:size" not in tiles_of(page_at(replace(LOOKING, large=True), choices=choices))


def test_whoever_told_something_can_have_the_short_slip_alone() -> None:
    take = HandoffPage(service="passport")
    told = replace(make_handoff(), resume=make_code())
    tiles = tiles_of(page_at(take, handoff=told))
    assert tiles["handoff:resume"].act == Print(kind=SlipKind.RESUME)
    assert tiles["handoff:preview"].act == Go(LOOKING)
    assert "handoff:resume" not in tiles_of(page_at(take))


def test_the_list_is_looked_at_as_a_list() -> None:
    whole = replace(make_handoff(""), resume=make_code())
    case = Case(services=("passport",))
    tiles = tiles_of(page_at(HandoffPage(), handoff=whole, case=case))
    assert tiles["handoff:preview"].act == Go(PreviewPage(kind=SlipKind.LIST))


def test_nothing_is_offered_that_could_not_be_printed() -> None:
    withdrawn = Local(printer=PrinterState(withdrawn=True), bulletins=(NOTICE,))
    take, told = HandoffPage(service="passport"), replace(make_handoff(), resume=make_code())
    assert "handoff:preview" not in tiles_of(page_at(take, withdrawn, handoff=told))
    for slip in (JOB, replace(JOB, outcome=FailedBefore(Fault.JAM))):
        tiles = tiles_of(page_at(take, slip=slip, handoff=told))
        assert not {"handoff:preview", "handoff:resume"} & set(tiles)
    printed = tiles_of(page_at(take, slip=replace(JOB, outcome=Printed()), handoff=told))
    assert "handoff:resume" in printed
    page = page_at(BulletinPage(bulletin="power"), withdrawn, handoff=None)
    assert "bulletin:print" not in tiles_of(page)


def test_a_bulletin_is_taken_along_by_one_touch_large_for_whoever_reads_large() -> None:
    route = BulletinPage(bulletin="power")
    usual = tiles_of(page_at(route, handoff=None))["bulletin:print"]
    assert (usual.act, usual.enabled) == (Print(kind=SlipKind.BULLETIN), True)
    choices = Choices(size=TextSize.LARGEST)
    large = tiles_of(page_at(route, handoff=None, choices=choices))["bulletin:print"]
    assert large.act == Print(large=True, kind=SlipKind.BULLETIN)


def test_what_became_of_it_is_told_where_it_was_asked_for() -> None:
    route = BulletinPage(bulletin="power")
    job = SlipJob("", False, 1, kind=SlipKind.BULLETIN, bulletin="power")
    page = page_at(route, handoff=None, slip=replace(job, outcome=Printed()))
    assert page.blocks[0] == Notice(
        "小票印好了，请在下面出口拿", "通知和电话都在上面", "printer", "yes"
    )
    assert tiles_of(page)["bulletin:print"].title == "再印一张"
    empty = page_at(route, handoff=None, slip=replace(job, outcome=FailedBefore(Fault.NO_PAPER)))
    first = empty.blocks[0]
    assert isinstance(first, Notice)
    assert first.title == "打印机没纸了"
    other = page_at(route, handoff=None, slip=replace(job, bulletin="other", outcome=Printed()))
    assert not any(isinstance(one, Notice) and one.tone == "yes" for one in other.blocks)
