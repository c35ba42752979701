"""What everybody must know: first of all, above every screen, and in place of what is not done."""

from __future__ import annotations

import pytest

from kiosk.core import routes
from kiosk.core.catalog import Bulletin, Relation, Text
from kiosk.core.choices import Choices, TextSize
from kiosk.core.local import Local
from kiosk.core.routes import Acknowledge, BulletinPage, BulletinsPage, Go
from kiosk.core.session import Session, after
from kiosk.core.staff import Staff
from kiosk.core.value import replace
from kiosk.ui.page import Notice, Page, Tile, Tiles
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from tests.builders import MONDAY_MORNING, TableCatalog, make_service, table_of

PLACES = [
    routes.Home(),
    routes.GroupsPage(),
    routes.ServicePage(service="passport"),
    routes.SearchPage(page=2),
    routes.ResumedPage(),
    routes.HandoffPage(service="passport"),
]
UNTOUCHED = [
    routes.HelpPage(),
    routes.DisplayPage(),
    routes.PracticePage(),
    routes.SwitchesPage(),
    routes.SignInPage(),
]


def bulletin(id: str = "power", **changes: object) -> Bulletin:
    values: dict[str, object] = {
        "id": id,
        "title": Text(f"今天停电 {id}"),
        "text": Text("先到导服台问一问"),
        "valid_from": "2026-11-01T08:00+08:00",
        "valid_to": "2026-12-01T00:00+08:00",
    }
    return Bulletin(**{**values, **changes})  # type: ignore[arg-type]


def scene_at(
    route: routes.Route, *told: Bulletin, hall: tuple[Bulletin, ...] = (), **visit: object
) -> Scene:
    trail = (routes.Welcome(), routes.Home(), route)
    session = Session(trail=trail, **visit)  # type: ignore[arg-type]
    catalog = TableCatalog(all_bulletins=told)
    local = Local(bulletins=hall)
    return Scene(session, catalog, lambda words: words, "here", MONDAY_MORNING, local=local)


def page_at(route: routes.Route, *told: Bulletin, **rest: object) -> Page:
    return page_for(scene_at(route, *told, **rest))  # type: ignore[arg-type]


def tiles_of(page: Page) -> dict[str, Tile]:
    blocks = (*page.blocks, *page.dock)
    return {tile.name: tile for block in blocks if isinstance(block, Tiles) for tile in block.tiles}


def notices_of(page: Page) -> list[str]:
    return [block.title for block in page.blocks if isinstance(block, Notice)]


# what must be read ------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES, ids=lambda one: type(one).__name__)
def test_what_must_be_read_comes_before_whatever_was_opened(place: routes.Route) -> None:
    scene = scene_at(place, bulletin(must_read=True))

    page = page_for(scene)
    read = tiles_of(page)["bulletin:read"]

    assert (page.name, page.title) == ("must-read:power", "今天停电 power")
    assert read.act == Acknowledge("power")
    gone_on = after(scene.session, read.act)
    assert gone_on.trail == scene.session.trail
    assert page_for(replace(scene, session=gone_on)).name != page.name


def test_each_must_be_read_once_and_the_newest_first() -> None:
    old = bulletin("old", must_read=True, valid_from="2026-10-01T08:00+08:00")
    scene = scene_at(routes.Home(), old, bulletin("new", must_read=True), bulletin("other"))
    asked = []
    while (page := page_for(scene)).name.startswith("must-read:"):
        asked.append(page.name)
        read = tiles_of(page)["bulletin:read"].act
        scene = replace(scene, session=after(scene.session, read))  # type: ignore[arg-type]

    assert asked == ["must-read:new", "must-read:old"]


@pytest.mark.parametrize("place", UNTOUCHED, ids=lambda one: type(one).__name__)
def test_the_ways_to_read_it_and_to_a_person_are_never_barred(place: routes.Route) -> None:
    with_it, without = page_at(place, bulletin(must_read=True)), page_at(place)

    assert replace(with_it, banner=None).name == without.name


def test_nobody_is_asked_to_read_before_they_have_begun() -> None:
    scene = scene_at(routes.Home(), bulletin(must_read=True))

    assert page_for(replace(scene, session=Session())).name == "welcome"


def test_staff_are_not_kept_from_their_work() -> None:
    scene = scene_at(routes.Home(), bulletin(must_read=True))
    staff = Session(trail=(routes.Welcome(), routes.StaffPage()), staff=Staff(who="导服台 2"))

    page = page_for(replace(scene, session=staff))

    assert not page.name.startswith("must-read:")
    assert page.banner is None


def test_whoever_ends_the_visit_may_be_asked_again() -> None:
    told = bulletin(must_read=True)
    seen = scene_at(routes.Home(), told, seen_bulletins=("power",))

    ended = after(seen.session, routes.Finish())

    assert ended.seen_bulletins == ()


@pytest.mark.parametrize("size", TextSize)
def test_its_text_can_be_read_at_every_size(size: TextSize) -> None:
    page = page_at(routes.Home(), bulletin(must_read=True), choices=Choices(size=size))
    shown = [*notices_of(page), *(tile.title for tile in tiles_of(page).values())]

    assert "先到导服台问一问" in shown


def test_a_phone_is_named_where_the_text_does_not_say_it() -> None:
    said = bulletin(must_read=True, text=Text("请打 12345"), phone="12345")

    assert notices_of(page_at(routes.Home(), said)) == []
    assert notices_of(page_at(routes.Home(), replace(said, phone="12393"))) == ["打电话：12393"]


# the banner -------------------------------------------------------------------------------------


def test_a_banner_leads_to_what_matters_most() -> None:
    page = page_at(routes.GroupsPage(), bulletin("old"), hall=(bulletin("hall"),))

    assert page.banner is not None
    assert page.banner.title == "今天停电 old"  # of two that began together the later name
    assert page.banner.act == Go(BulletinPage(bulletin="old"))


def test_what_was_acknowledged_leaves_the_banner_to_the_others() -> None:
    told = bulletin("must", must_read=True), bulletin("other")

    page = page_at(routes.Home(), *told, seen_bulletins=("must",))

    assert page.banner is not None
    assert page.banner.act == Go(BulletinPage(bulletin="other"))


def test_a_bulletin_of_staff_stands_in_the_banner_as_well() -> None:
    page = page_at(routes.Home(), hall=(bulletin("hall"),))

    assert page.banner is not None
    assert page.banner.title == "今天停电 hall"


def test_without_bulletins_there_is_no_banner() -> None:
    assert page_at(routes.Home()).banner is None
    assert page_at(routes.Home(), bulletin(halls=("there",))).banner is None


def test_with_large_text_only_the_home_screen_has_the_banner() -> None:
    large = Choices(size=TextSize.LARGEST)

    assert page_at(routes.Home(), bulletin(), choices=large).banner is not None
    assert page_at(routes.GroupsPage(), bulletin(), choices=large).banner is None


@pytest.mark.parametrize(
    "place",
    [BulletinsPage(), BulletinPage(bulletin="power"), routes.SearchPage(), *UNTOUCHED[2:]],
    ids=lambda one: type(one).__name__,
)
def test_some_screens_are_left_alone(place: routes.Route) -> None:
    assert page_at(place, bulletin()).banner is None


def test_what_a_page_says_at_length_is_not_in_its_banner() -> None:
    place = routes.ServicePage(service="passport")

    assert page_at(place, bulletin(services=("passport",))).banner is None
    assert page_at(place, bulletin(services=("bus",))).banner is not None


# their pages ------------------------------------------------------------------------------------


def test_a_bulletin_says_its_text_until_when_and_which_services() -> None:
    page = page_at(
        BulletinPage(bulletin="power"), bulletin(services=("passport", "gone")), bulletin("more")
    )
    tiles = tiles_of(page)

    assert notices_of(page) == ["先到导服台问一问", "到11月30日"]
    assert tiles["service:passport"].act == Go(routes.ServicePage(service="passport"))
    assert "service:gone" not in tiles
    assert (tiles["bulletin:all"].title, tiles["bulletin:all"].act) == (
        "全部通知，2 条",
        Go(BulletinsPage()),
    )


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("2026-11-23T17:30+08:00", "到今天下午 5:30"),
        ("2026-11-24T00:00+08:00", "今天一整天"),
        ("2026-11-24T09:00+08:00", "到11月24日"),
        ("2026-12-01T00:00+08:00", "到11月30日"),
        ("2027-01-01T00:00+08:00", "到12月31日"),
        ("2028-01-01T00:00+08:00", "到2027年12月31日"),
    ],
)
def test_until_when_is_said_as_people_say_it(ends: str, words: str) -> None:
    page = page_at(BulletinPage(bulletin="power"), bulletin(valid_to=ends))

    assert notices_of(page)[-1] == words


def test_all_bulletins_are_listed_the_most_important_first() -> None:
    page = page_at(
        BulletinsPage(),
        bulletin("one"),
        bulletin("must", must_read=True),
        seen_bulletins=("must",),
    )

    assert page.title == "现在的通知，2 条"
    assert list(tiles_of(page)) == ["bulletin:must", "bulletin:one"]


@pytest.mark.parametrize("place", [BulletinsPage(), BulletinPage(bulletin="power")])
def test_a_bulletin_that_was_taken_back_leads_home(place: routes.Route) -> None:
    page = page_at(place)

    assert notices_of(page) == ["这条通知已经撤了"]
    assert tiles_of(page)["bulletin:home"].act == routes.GoHome()


# on services ------------------------------------------------------------------------------------


def test_a_service_that_is_concerned_says_so_first_and_can_be_taken_along() -> None:
    page = page_at(routes.ServicePage(service="passport"), bulletin(services=("passport",)))

    assert notices_of(page)[0] == "今天停电 power"
    assert "service:take" in tiles_of(page)


@pytest.mark.parametrize(
    "place",
    [
        routes.ServicePage(service="passport"),
        routes.WherePage(service="passport"),
        routes.ProxyPage(service="passport"),
        routes.HandoffPage(service="passport"),
    ],
    ids=["service", "where", "proxy", "take-along"],
)
def test_a_hidden_service_says_why_until_when_and_what_to_do_instead(place: routes.Route) -> None:
    hiding = bulletin(hides=("passport", "bus"), phone="12367")
    related = (Relation("permit", "similar"), Relation("bus", "instead"), Relation("gone", "after"))
    catalog = table_of(
        make_service(relations=related),
        make_service("permit"),
        make_service("bus"),
        all_bulletins=(hiding,),
    )
    scene = replace(scene_at(place), catalog=catalog)

    page = page_for(scene)

    assert page.title == "办护照"
    assert notices_of(page) == ["今天停电 power", "到11月30日", "急用打电话：12367"]
    assert list(tiles_of(page)) == ["service:permit"]
    assert page.banner is None


def test_a_hidden_service_without_relations_still_names_a_person() -> None:
    page = page_at(routes.ServicePage(service="passport"), bulletin(hides=("passport",)))

    assert "急用打电话：12345" in notices_of(page)


def test_what_is_hidden_elsewhere_can_be_done_here() -> None:
    hiding = bulletin(hides=("passport",), halls=("there",))

    assert "service:take" in tiles_of(page_at(routes.ServicePage(service="passport"), hiding))
