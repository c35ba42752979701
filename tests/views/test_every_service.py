"""The pages of the services of the demo city at the largest text, where room is short."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from kiosk.core import routes
from kiosk.core.catalog import Service
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.session import Session
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.look import Look
from kiosk.ui.screen import Screen
from tests.builders import ICONS, LANDSCAPE, PORTRAIT
from tests.views.gallery import Shown, Sight, children_of, page_of, show
from tests.views.test_geometry import called, distance, needs

TIGHT = [
    Sight(Choices(Language.ENGLISH, TextSize.LARGEST, Contrast.STANDARD), LANDSCAPE),
    Sight(Choices(Language.CHINESE, TextSize.LARGEST, Contrast.STANDARD), PORTRAIT),
]
EVERY = 3  # the rest differ in words only; all 177 take half a minute


def services(demo: CatalogReader) -> list[Service]:
    return [one for group in demo.groups() for one in demo.services_of(group.id)][::EVERY]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("sight", TIGHT, ids=str)
def test_every_service_fits_onto_its_pages(demo: CatalogReader, sight: Sight) -> None:
    look = Look(sight.panel, sight.choices, str, ICONS)
    faults = []
    for service in services(demo):
        place = routes.ServicePage(service=service.id)
        session = Session(trail=(routes.Welcome(), routes.Home(), place))
        shown = show(page_of(session, demo, sight), look, service.id)
        for screen in shown.screens:
            faults += [f"{service.id}: {fault}" for fault in wrong_on(shown, screen)]
            screen.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert faults == []


def wrong_on(shown: Shown, screen: Screen) -> Iterator[str]:
    children = children_of(screen)
    for child in children:
        if not screen.rect().contains(child.geometry()):
            yield f"{called(child)} stands outside"
        if needs(child, shown)[0] > child.height():
            yield f"{called(child)} is cut"
    for one, other in combinations(children, 2):
        if distance(one.geometry(), other.geometry()) < 0:
            yield f"{called(one)} overlaps {called(other)}"
