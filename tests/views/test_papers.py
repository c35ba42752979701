"""Papers at hand: what is ticked, and what it is good for."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.catalog import Material, NeededMaterial, Service, Text
from kiosk.core.choices import Choices, TextSize
from kiosk.core.doable import Doable, Possible
from kiosk.core.routes import Go, Hold
from kiosk.core.session import Session, after
from kiosk.ui.page import Heading, Notice, Page, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_service, table_of

CARD = Material("card", Text("身份证"), "document", Text("公安"), icon="id", service="get-card")
BOOK = Material("book", Text("户口簿"), "document", Text("公安"))
PHOTO = Material("photo", Text("近期照片"), "own-paper", Text("自己准备"))


def asking(id: str, *papers: str, popularity: int = 0) -> Service:
    materials = tuple(NeededMaterial(paper, originals=1) for paper in papers)
    return make_service(id, plain_name=Text(f"办{id}"), materials=materials, popularity=popularity)


def city(*services: Service) -> TableCatalog:
    every = (asking("get-card"), *services)
    return table_of(*every, materials={one.id: one for one in (CARD, BOOK, PHOTO)})


CITY = city(
    asking("now", "card", popularity=9),
    asking("later", "card", popularity=1),
    asking("one", "book", "photo", popularity=7),
    asking("other", "card", "book"),
    asking("two", "card", "book", "photo"),
)


def page_at(
    route: routes.Route,
    catalog: TableCatalog = CITY,
    in_hand: tuple[str, ...] = (),
    **visit: object,
) -> Page:
    trail = (routes.Welcome(), routes.Home(), route)
    session = Session(trail=trail, case=Case(in_hand=in_hand), **visit)  # type: ignore[arg-type]
    return page_for(Scene(session, catalog, lambda words: words, "here", MONDAY_MORNING))


def doable_at(missing: int, *in_hand: str, catalog: TableCatalog = CITY, **visit: object) -> Page:
    found = catalog.doable(in_hand)
    return page_at(routes.DoablePage(missing=missing), catalog, in_hand, doable=found, **visit)


def tiles_of(page: Page) -> dict[str, Tile]:
    blocks = (*page.blocks, *page.dock)
    return {tile.name: tile for block in blocks if isinstance(block, Tiles) for tile in block.tiles}


def notices_of(page: Page) -> list[Notice]:
    return [block for block in page.blocks if isinstance(block, Notice)]


# ticking ----------------------------------------------------------------------------------------


def test_papers_are_offered_the_most_asked_for_first() -> None:
    tiles = tiles_of(page_at(routes.PapersPage()))
    assert list(tiles) == ["paper:card", "paper:book", "paper:photo", "papers:doable"]
    assert tiles["paper:card"].icon == "id"


def test_a_touch_ticks_a_paper_and_another_one_takes_it_back() -> None:
    session = Session(trail=(routes.Welcome(), routes.PapersPage()))
    tick = tiles_of(page_at(routes.PapersPage()))["paper:card"].act
    assert isinstance(tick, Hold)
    ticked = after(session, tick)
    assert ticked.case.in_hand == ("card",)
    untick = tiles_of(page_at(routes.PapersPage(), in_hand=("card",)))["paper:card"].act
    assert isinstance(untick, Hold)
    assert after(ticked, untick).case.in_hand == ()


def test_what_is_ticked_is_told_by_more_than_colour() -> None:
    before = tiles_of(page_at(routes.PapersPage()))["paper:card"]
    ticked = tiles_of(page_at(routes.PapersPage(), in_hand=("card",)))["paper:card"]
    assert (before.chosen, ticked.chosen) == (False, True)
    assert before.icon != ticked.icon
    assert before.text != ticked.text


def test_the_way_on_says_how_many_are_ticked() -> None:
    onward = tiles_of(page_at(routes.PapersPage(), in_hand=("card", "book")))["papers:doable"]
    assert onward.text == "带了 2 样"
    assert onward.act == Go(routes.DoablePage())


def test_it_is_said_that_nothing_is_kept() -> None:
    assert "不留记录" in page_at(routes.PapersPage()).text


def test_where_nothing_is_known_of_papers_there_are_other_ways() -> None:
    page = page_at(routes.PapersPage(), city())
    assert notices_of(page)
    assert {"doable:search", "doable:groups"} <= set(tiles_of(page))


# what can be done -------------------------------------------------------------------------------


def test_without_a_tick_it_leads_back() -> None:
    page = page_at(routes.DoablePage())
    assert notices_of(page)[0].title == "您还没有选证"
    assert tiles_of(page)["doable:papers"].act == Go(routes.PapersPage())


def test_until_it_is_known_it_says_so() -> None:
    page = page_at(routes.DoablePage(), in_hand=("card",))
    assert [one.title for one in notices_of(page)] == ["正在看……"]


def test_what_can_be_done_now_comes_first_the_most_used_of_all() -> None:
    page = doable_at(0, "card")
    services = [name for name in tiles_of(page) if name.startswith("service:")]
    assert services == ["service:now", "service:later"]
    counts = [tiles_of(page)[f"doable:{n}"].text for n in range(3)]
    assert counts == ["2 件事", "1 件事", "1 件事"]
    assert [tiles_of(page)[f"doable:{n}"].chosen for n in range(3)] == [True, False, False]


def test_what_lacks_one_paper_says_which_and_who_gives_it() -> None:
    page = doable_at(1, "book", "photo")
    assert [(one.title, one.text) for one in notices_of(page)] == [("还差身份证", "到公安办")]
    tiles = tiles_of(page)
    assert tiles["paper:card"].act == Go(routes.ServicePage(service="get-card"))
    assert {"service:two", "service:other"} <= set(tiles)


def test_a_paper_that_no_service_gives_has_no_way_to_it() -> None:
    page = doable_at(1, "photo")
    assert [(one.title, one.text) for one in notices_of(page)] == [("还差户口簿", "到公安办")]
    assert "paper:book" not in tiles_of(page)


def test_what_lacks_several_papers_names_them_and_then_where_they_are_given() -> None:
    page = doable_at(2, "photo")
    assert tiles_of(page)["service:two"].text == "还差 2 样：户口簿、身份证"
    assert Heading("没有的证在这里办") in page.blocks
    assert "paper:card" in tiles_of(page)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_an_empty_list_says_so_and_leads_back(missing: int) -> None:
    found = Doable(("card",), counts=tuple(int(n != missing) for n in range(3)))  # type: ignore[arg-type]
    page = page_at(routes.DoablePage(missing=missing), in_hand=("card",), doable=found)
    assert len(notices_of(page)) == 1
    assert "doable:papers" in tiles_of(page)


def test_where_nothing_at_all_was_found_there_are_other_ways() -> None:
    page = page_at(routes.DoablePage(), in_hand=("card",), doable=Doable(("card",)))
    assert {"doable:papers", "doable:search", "doable:groups"} <= set(tiles_of(page))


def test_more_services_than_are_named_are_counted() -> None:
    now = tuple(Possible("now") for _ in range(1))
    found = Doable(("card",), now=now, counts=(41, 0, 0))
    page = page_at(routes.DoablePage(), in_hand=("card",), doable=found)
    assert [one.title for one in notices_of(page)] == ["还有 40 件事没有写出来"]


def test_in_large_type_fewer_are_named_and_the_rest_is_counted() -> None:
    many = city(*(asking(f"s{n}", "card") for n in range(14)))
    large = doable_at(0, "card", catalog=many, choices=Choices(size=TextSize.LARGEST))
    assert len([name for name in tiles_of(large) if name.startswith("service:")]) == 10
    assert [one.title for one in notices_of(large)] == ["还有 4 件事没有写出来"]


def test_a_service_that_left_the_catalog_is_left_out() -> None:
    found = Doable(("card",), now=(Possible("gone"), Possible("now")), counts=(2, 0, 0))
    page = page_at(routes.DoablePage(), in_hand=("card",), doable=found)
    assert [name for name in tiles_of(page) if name.startswith("service:")] == ["service:now"]


def test_no_two_tiles_of_a_page_have_the_same_name() -> None:
    for missing in range(3):
        page = doable_at(missing, "photo")
        named = [
            tile.name for block in page.blocks if isinstance(block, Tiles) for tile in block.tiles
        ]
        assert len(named) == len(set(named))
