"""What everybody uses, as a list and for the home screen."""

from __future__ import annotations

from kiosk.core import routes
from kiosk.core.catalog import Bulletin, Pick, Text
from kiosk.core.local import Local
from kiosk.core.session import Session
from kiosk.ui.page import Heading, Page, Tile, Tiles
from kiosk.views import popular
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_service, table_of

WHY = Text("放假前办，人少")


def city(*picks: Pick) -> TableCatalog:
    services = [
        make_service(f"s{n}", number=n, popularity=90 - n, group="papers" if n < 5 else "travel")
        for n in range(30)
    ]
    return table_of(*services, all_picks=picks)


def paused(*services: str, **changes: object) -> Bulletin:
    values: dict[str, object] = {
        "id": "paused",
        "title": Text("这几天办不了"),
        "text": Text("先到导服台问一问"),
        "valid_from": "2026-11-01T08:00+08:00",
        "valid_to": "2026-12-01T00:00+08:00",
        "hides": services,
    }
    return Bulletin(**{**values, **changes})  # type: ignore[arg-type]


def scene(catalog: TableCatalog, **local: object) -> Scene:
    session = Session(trail=(routes.Welcome(), routes.Home(), routes.PopularPage()))
    here = Local(**local)  # type: ignore[arg-type]
    return Scene(session, catalog, lambda words: words, "here", MONDAY_MORNING, local=here)


def rows(page: Page) -> list[Tile]:
    return [tile for block in page.blocks if isinstance(block, Tiles) for tile in block.tiles]


def test_twenty_are_listed_with_their_numbers() -> None:
    found = rows(page_for(scene(city())))
    assert [tile.name for tile in found] == [f"service:s{n}" for n in range(20)]
    assert found[0].title.startswith("1. ")
    assert found[19].title.startswith("20. ")


def test_nobody_is_remembered_and_it_says_so() -> None:
    assert page_for(scene(city())).text == "按大家办的次数排，不记是谁"


def test_what_editors_recommend_comes_before_and_says_why() -> None:
    page = page_for(
        scene(
            city(
                Pick("p", 1, "s25", WHY),
                Pick("q", 2, "s3", WHY, months=(3,)),
                Pick("r", 3, "gone", WHY),
            )
        )
    )
    assert page.blocks[0] == Heading("编辑推荐")
    first = rows(page)[0]
    assert (first.name, first.text) == ("pick:p", WHY.zh)
    assert {"pick:q", "pick:r"}.isdisjoint(tile.name for tile in rows(page))


def test_without_a_recommendation_there_is_no_such_heading() -> None:
    assert not any(isinstance(block, Heading) for block in page_for(scene(city())).blocks)


def test_the_home_screen_has_at_most_two_of_a_group() -> None:
    found = popular.popular(scene(city()), 6)
    assert [one.id for one in found] == ["s0", "s1", "s5", "s6"]


def test_the_counts_of_this_machine_move_the_home_screen() -> None:
    found = popular.popular(scene(city(), uses=(("s29", 4000),)), 6)
    assert found[0].id == "s29"


def test_what_cannot_be_done_now_is_not_listed_and_the_next_one_takes_its_place() -> None:
    pick = Pick("p", 1, "s0", WHY)
    page = page_for(scene(city(pick), bulletins=(paused("s0", "s2"),)))
    found = rows(page)
    assert [tile.name for tile in found[:2]] == ["service:s1", "service:s3"]
    assert (found[0].title[:3], found[1].title[:3]) == ("1. ", "2. ")
    assert len(found) == 20
    assert Heading("编辑推荐") not in page.blocks


def test_what_cannot_be_done_now_is_not_on_the_home_screen() -> None:
    found = popular.popular(scene(city(), bulletins=(paused("s0"),)), 6)
    assert [one.id for one in found] == ["s1", "s2", "s5", "s6"]


def test_it_is_back_when_the_bulletin_has_ended() -> None:
    ended = paused("s0", valid_to="2026-11-23T09:42+08:00")
    assert popular.popular(scene(city(), bulletins=(ended,)), 6)[0].id == "s0"


def test_a_bulletin_that_only_concerns_a_service_leaves_it_where_it_stands() -> None:
    told = paused(services=("s0",))
    assert popular.popular(scene(city(), bulletins=(told,)), 6)[0].id == "s0"
