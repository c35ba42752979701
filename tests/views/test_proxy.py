"""For somebody else: two touches to the answer, and an answer that is never a dead end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from access.visit import HALL, MONDAY_MORNING, at
from kiosk.core.case import Acting, Case, Whom, Why
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language, TextSize
from kiosk.core.local import Local
from kiosk.core.proxy import Verdict, asks_why, judge, reasons
from kiosk.core.routes import (
    ActFor,
    Go,
    HandoffPage,
    Home,
    ProxyPage,
    Route,
    ServicePage,
    WhomPage,
    WhyPage,
)
from kiosk.core.session import Session, after
from kiosk.core.value import replace
from kiosk.ui.page import Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views import proxy
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene

_CARD, _LOST, _DRIVING = "social-card", "id-card-lost", "driving-licence-renew"


def _scene(demo: Catalog, session: Session, **changes: Any) -> Scene:
    return Scene(session, demo, lambda words: words, HALL, MONDAY_MORNING, **changes)


def _asked(demo: Catalog, *places: Route, acting: Acting | None = None, **changes: Any) -> Page:
    session = at(*places, case=Case(acting=acting))
    return page_for(_scene(demo, session, **changes))


def _tiles(page: Page) -> dict[str, Tile]:
    blocks = [block for block in (*page.blocks, *page.dock) if isinstance(block, Tiles)]
    return {tile.name: tile for block in blocks for tile in block.tiles}


def _lines(page: Page) -> Iterator[Line]:
    for block in page.blocks:
        if isinstance(block, Panel):
            yield from block.lines


def _notices(page: Page) -> list[Notice]:
    return [block for block in page.blocks if isinstance(block, Notice)]


def _service(demo: Catalog, id: str) -> Service:
    service = demo.service(id)
    assert service is not None
    return service


def test_two_touches_lead_from_the_question_to_the_answer(demo: Catalog) -> None:
    session = at(ServicePage(service=_DRIVING), WhomPage(service=_DRIVING))

    for name in ("whom:parent", "why:frail"):
        tile = _tiles(page_for(_scene(demo, session)))[name]
        session = after(session, tile.act)  # type: ignore[arg-type]

    assert session.route == ProxyPage(service=_DRIVING)
    assert session.case.acting == Acting(Whom.PARENT, "frail")
    assert [type(place) for place in session.trail[-2:]] == [ServicePage, ProxyPage]


def test_why_is_not_asked_where_it_changes_nothing(demo: Catalog) -> None:
    bare = replace(_service(demo, _CARD), proxy=None)

    class Ruleless:
        def __getattr__(self, name: str) -> Any:
            return getattr(demo, name)

        def service(self, id: str) -> Service:
            return bare

    catalog: Any = Ruleless()
    tile = _tiles(_asked(catalog, WhomPage(service=_CARD)))["whom:friend"]

    assert tile.act == ActFor(Acting(Whom.FRIEND), ProxyPage(service=_CARD))


def test_without_a_service_it_is_told_and_the_errand_is_chosen_at_home(demo: Catalog) -> None:
    whom = _tiles(_asked(demo, WhomPage()))["whom:child"]
    assert whom.act == Go(WhyPage(whom=Whom.CHILD))

    why = _tiles(_asked(demo, WhyPage(whom=Whom.CHILD)))
    assert next(iter(why)) == "why:under-16"
    assert why["why:under-16"].act == ActFor(Acting(Whom.CHILD, "under-16"), Home())


def test_everybody_can_be_acted_for_and_for_oneself_again(demo: Catalog) -> None:
    acting = Acting(Whom.PARENT)
    tiles = _tiles(_asked(demo, WhomPage(service=_CARD), acting=acting))

    assert {name for name in tiles if name != "whom:self"} == {f"whom:{one}" for one in Whom}
    assert tiles["whom:self"].act == ActFor(None, ServicePage(service=_CARD))
    assert "whom:self" not in _tiles(_asked(demo, WhomPage(service=_CARD)))


def test_the_title_is_the_answer(demo: Catalog) -> None:
    page = _asked(demo, ProxyPage(service=_LOST), acting=Acting(Whom.PARENT, "away"))

    assert page.title == "替爸妈办“身份证丢了补办”：不行"


def test_a_long_title_keeps_the_answer_and_the_errand_stands_below(demo: Catalog) -> None:
    large = at(
        ProxyPage(service=_LOST),
        case=Case(acting=Acting(Whom.PARENT, "away")),
        choices=Choices(size=TextSize.LARGEST),
    )

    page = page_for(_scene(demo, large))

    assert (page.title, page.text) == ("替爸妈办：不行", "身份证丢了补办")


def test_both_peoples_papers_stand_apart_and_the_helpers_card_is_just_a_card(
    demo: Catalog,
) -> None:
    page = _asked(demo, ProxyPage(service=_CARD), acting=Acting(Whom.PARENT, "away"))

    said = [line.title for line in _lines(page)]
    assert "授权委托书" in said
    assert "代办人的身份证" not in said


def test_a_paper_in_hand_is_said_to_be(demo: Catalog) -> None:
    case = Case(acting=Acting(Whom.PARENT, "away"), in_hand=("id-card",))
    page = page_for(_scene(demo, at(ProxyPage(service=_CARD), case=case)))

    assert [line for line in _lines(page) if "您说已经有了" in line.text]


@pytest.mark.parametrize(("prints", "words"), [(True, "这里能印"), (False, "导服台免费拿")])
def test_it_is_said_where_the_letter_comes_from(demo: Catalog, prints: bool, words: str) -> None:
    page = _asked(
        demo,
        ProxyPage(service=_CARD),
        acting=Acting(Whom.PARENT, "away"),
        local=Local(prints_sheets=prints),
    )

    letter = next(line for line in _lines(page) if line.title == "授权委托书")
    assert words in letter.text


def test_kinship_alone_makes_no_guardian(demo: Catalog) -> None:
    page = _asked(demo, ProxyPage(service=_CARD), acting=Acting(Whom.PARENT, "incapable"))

    assert any("如果您是监护人" in notice.title for notice in _notices(page))
    assert "授权委托书" not in [line.title for line in _lines(page)]
    assert any("监护人的证明" in line.title for line in _lines(page))


def test_before_anybody_is_named_the_answer_asks_for_whom(demo: Catalog) -> None:
    assert _asked(demo, ProxyPage(service=_CARD)).name == "whom"


def test_an_errand_that_has_left_the_catalog_says_whom_to_ask(demo: Catalog) -> None:
    page = _asked(demo, ProxyPage(service="gone"), acting=Acting(Whom.PARENT))

    assert "12345" in _notices(page)[0].text


def test_every_answer_of_the_city_leads_on(demo: Catalog) -> None:
    hidden = {service for bulletin in demo.bulletins() for service in bulletin.hides}
    for group in demo.groups():
        for service in demo.services_of(group.id):
            if service.id in hidden:
                continue
            for whom, why in _some(service):
                acting = Acting(whom, why)
                page = _asked(demo, ProxyPage(service=service.id), acting=acting)
                tiles = _tiles(page)
                assert tiles["proxy:take"].act == Go(HandoffPage(service=service.id))
                assert tiles["proxy:whom"].act == Go(WhomPage(service=service.id))
                assert any("打" in line.title for line in _lines(page))
                assert page.title.strip()
                assert not any("{" in line.title + line.text for line in _lines(page))


def _some(service: Service) -> Iterator[tuple[Whom, Why]]:
    """A few of all who may ask, other ones for each service."""
    everybody = [(whom, why) for whom in Whom for why in reasons(whom)]
    return iter(everybody[service.number % 7 :: 7])


def test_other_screens_have_the_verdict_in_short(demo: Catalog) -> None:
    service = _service(demo, _LOST)
    nobody = _scene(demo, at())
    father = _scene(demo, at(case=Case(acting=Acting(Whom.PARENT, "away"))))

    assert proxy.notice(nobody, service) is None
    notice = proxy.notice(father, service)
    assert notice is not None
    assert (notice.title, notice.tone) == ("替爸妈办：不行", "warning")
    assert proxy.tile(nobody, service).act == Go(WhomPage(service=_LOST))
    assert proxy.tile(father, service).act == Go(ProxyPage(service=_LOST))


def test_an_english_title_has_room_for_more_letters(demo: Catalog) -> None:
    english = at(
        ProxyPage(service=_LOST),
        case=Case(acting=Acting(Whom.PARENT, "away")),
        choices=Choices(language=Language.ENGLISH),
    )

    assert _service(demo, _LOST).plain_name.en in page_for(_scene(demo, english)).title


def test_the_reason_can_be_changed_where_it_matters(demo: Catalog) -> None:
    service, acting = _service(demo, _DRIVING), Acting(Whom.PARENT, "away")
    tiles = _tiles(_asked(demo, ProxyPage(service=_DRIVING), acting=acting))

    assert asks_why(service, Whom.PARENT)
    assert judge(service, acting).verdict is Verdict.ALLOWED
    assert tiles["proxy:why"].act == Go(WhyPage(service=_DRIVING, whom=Whom.PARENT))
