"""The pages of the services of the demo city at the largest text, where room is short."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from access import registry
from access.measure import pages, text, touch
from access.report import failures
from access.seen import host
from access.sights import Sight, Tongue
from access.tally import Tally
from access.visit import Visit, at
from kiosk.core import routes
from kiosk.core.catalog import Service
from kiosk.core.choices import TextSize
from kiosk.store.catalog_reader import CatalogReader

TIGHT = [
    Sight(Tongue.ENGLISH, TextSize.LARGEST, panel="27in-landscape"),
    Sight(Tongue.CHINESE, TextSize.LARGEST, steady=True),
]
EVERY = 4  # the rest differ in words only; all 177 take a minute
PLACES = {"VIS-05", "TCH-01", "TCH-02", "TCH-03", "TCH-10", "UX-01"}


def services(demo: CatalogReader) -> list[Service]:
    return [one for group in demo.groups() for one in demo.services_of(group.id)][::EVERY]


@pytest.mark.parametrize("sight", TIGHT, ids=str)
def test_every_service_fits_onto_its_pages(
    demo: CatalogReader, sight: Sight, qapp: QApplication
) -> None:
    tally, places = Tally(), touch.Places()
    with host(sight) as window:
        for service in services(demo):
            place = routes.ServicePage(service=service.id)
            page = registry.page_of(Visit(at(place)), demo, sight.choices, sight.tongue.gettext)
            book = pages.Pages()
            for seen in window.drawn(service.id, page, sight.look(), tally, sight):
                text.measure(seen)
                touch.measure(seen, places)
                book.add(seen)
            book.judge()
    assert PLACES & set(tally.scores) >= {"VIS-05", "TCH-10", "UX-01"}
    found = "\n".join(failures(tally))
    assert not tally.failing() & PLACES, found
