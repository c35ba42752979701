"""What the slip says to those who read, the screens say to those who listen."""

from __future__ import annotations

import re

import pytest

from access import registry, words
from access.seen import Host, host
from access.sights import Sight
from access.tally import Tally
from access.visit import HALL, MONDAY_MORNING, Visit
from kiosk.core import routes
from kiosk.core.handoff import Handoff
from kiosk.core.session import Session
from kiosk.core.slips.block import Block, Role, Tick, Words
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.service import compose
from kiosk.core.taking import Taking
from kiosk.store.catalog_reader import CatalogReader

SERVICES = ("id-card-lost", "passport-first", "pension-verify")
_SQUEEZE = re.compile(r"[^\w]|_")


def heard(window: Host, demo: CatalogReader, place: routes.Route, handoff: Handoff) -> str:
    """Everything that is said on all pages of a place."""
    sight = Sight()
    read = tuple(one.id for one in demo.bulletins())
    trail = (routes.Welcome(), routes.Home(), place)
    visit = Visit(Session(trail, taking=Taking(handoff=handoff), seen_bulletins=read))
    page = registry.page_of(visit, demo, sight.choices, str)
    shown = window.drawn("heard", page, sight.look(), Tally(), sight)
    return "".join(words.heard(one.screen, one.page, one.look) for one in shown)


def needed(block: Block) -> str:
    """What of a block nobody can do without."""
    match block:
        case Words(text=text, role=Role.TITLE | Role.PLACE):
            return text
        case Tick(text=text):
            return text
        case _:
            return ""


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("slug", SERVICES)
def test_name_place_papers_code_and_telephone_are_said(demo: CatalogReader, slug: str) -> None:
    service, hall = demo.service(slug), demo.hall(HALL)
    assert service is not None
    assert hall is not None
    code = registry.screen_code()
    occasion = Occasion(demo, hall, "zh", MONDAY_MORNING, str, slip_number=27)
    slip = compose(service, code, occasion)
    handoff = Handoff(slug, code, code)
    with host(Sight()) as window:
        said = heard(window, demo, routes.ServicePage(service=slug), handoff)
        said += heard(window, demo, routes.HandoffPage(service=slug), handoff)
    wanted = {needed(block) for block in slip.blocks} - {""}
    wanted |= {code.check_code, code.short_number}
    assert len(wanted) >= 5
    squeezed = _SQUEEZE.sub("", said)
    assert {one for one in wanted if _SQUEEZE.sub("", one) not in squeezed} == set()
    calls = [
        block.text for block in slip.blocks if isinstance(block, Words) and block.role is Role.CALL
    ]
    assert any(_SQUEEZE.sub("", number) in squeezed for number in calls), calls
