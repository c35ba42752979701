"""A walk measures everything in the first look, and in the others what colours change."""

from __future__ import annotations

import pytest

from access import walk
from access.seen import Host
from access.sights import Layout, Sight
from access.tally import Tally
from kiosk.core.choices import Contrast
from kiosk.core.value import replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui import tokens
from tests.access.seeding import PAGE

LAYOUT = Layout(Sight(), (Contrast.STANDARD, Contrast.DARK))


@pytest.mark.usefixtures("qapp")
def test_every_look_is_measured_and_places_only_once(demo: CatalogReader) -> None:
    once = walk.Walk(demo, {"welcome"}).through(Layout(Sight(), (Contrast.STANDARD,)))
    twice = walk.Walk(demo, {"welcome"}).through(LAYOUT)
    assert twice.screens == 2 * once.screens
    assert twice.score("TCH-01").checks == once.score("TCH-01").checks > 0
    assert twice.score("VIS-10").checks == 2 * once.score("VIS-10").checks > 0
    assert twice.score("KEY-04").checks == 2 * once.score("KEY-04").checks > 0
    assert twice.score("VIS-09").checks > 0


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("role", "id"), [("soft_ink", "VIS-09"), ("focus", "KEY-04")])
def test_a_colour_that_is_wrong_in_another_look_is_found(
    demo: CatalogReader, monkeypatch: pytest.MonkeyPatch, role: str, id: str
) -> None:
    dark = replace(tokens.ROLES[Contrast.DARK], **{role: "#303030"})
    monkeypatch.setitem(tokens.ROLES, Contrast.DARK, dark)
    assert walk.Walk(demo, {"welcome"}).through(LAYOUT).failing() == {id}


def test_a_stencil_serves_only_where_everything_stands_at_its_place(window: Host) -> None:
    stencils, other = walk.Stencils(), replace(PAGE, blocks=PAGE.blocks[:2])
    drawn = []
    for page in (PAGE, PAGE, other):
        for seen in window.drawn("seeded", page, Sight().look(), Tally(), Sight()):
            stencils.lay(seen)
            drawn.append(seen.drawn)
    assert drawn[0] is drawn[1]
    assert drawn[2] is not drawn[0]
    assert len(drawn[2].texts) < len(drawn[0].texts)
