"""A case code before the window: from what a machine printed to the page that shows it again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from kiosk.app import bring_back
from kiosk.core import routes
from kiosk.core.brought import Lost
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.choices import Choices, TextSize
from kiosk.core.errors import CatalogDamagedError
from kiosk.core.idle import IdleLimits
from kiosk.core.routes import Collect, Go, Home
from kiosk.core.session import Session
from kiosk.core.staff import Staff
from kiosk.core.value import replace
from kiosk.stage import Stage
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from kiosk.views.window import Surroundings, Window
from tests.builders import ICONS, MONDAY_MORNING, PORTRAIT, Clock, make_service, table_of

CARD = make_service("card", number=13002)
CATALOG = table_of(make_service(), CARD)
LIST = Case(services=("passport", "card"), acting=Acting(Whom.PARENT))


def code_of(case: Case, choices: Choices | None = None) -> str:
    """What a slip of a machine in another hall says."""
    elsewhere = Enrolment(
        repository="https://hub.example.cn/",
        handoff_prefix="https://zwfw.example.cn/k/",
        collection="990100",
        hall="far",
        place=PlaceNumbers(990100, 2, 3),
        epoch=2,
        key="22" * 32,
    )
    desk = HandoffDesk(elsewhere, lambda: MONDAY_MORNING)
    return desk.keep(case, CATALOG, choices or Choices()).url  # type: ignore[arg-type]


class Place:
    """A window, and somebody who holds a slip before its reader."""

    def __init__(self, catalog: Any = CATALOG) -> None:
        self.clock = Clock()
        self.stage = Stage(catalog, IdleLimits(), self.clock)
        self.window = Window(
            self.stage,
            Surroundings(
                panel=PORTRAIT,
                icons=ICONS,
                hall="here",
                gettext=lambda _language: str,
                now=lambda: MONDAY_MORNING,
                monotonic_s=self.clock,
                bring_back=bring_back,
            ),
        )
        self.window.start()

    @property
    def session(self) -> Session:
        return self.stage.session

    def scan(self, text: str) -> None:
        for sign in text:
            self.clock.advance(0.005)
            QTest.keyClick(self.window.screen_shown, sign)
        self.clock.advance(0.005)
        QTest.keyClick(self.window.screen_shown, Qt.Key.Key_Return)


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place()
    qtbot.addWidget(made.window)
    made.window.show()
    yield made
    made.window.close_down()


def test_a_slip_of_another_hall_goes_on_here_from_the_welcome_screen(place: Place) -> None:
    place.scan(code_of(LIST))
    assert place.session.case == LIST
    assert place.session.trail == (routes.Welcome(), Home(), routes.ResumedPage())
    names = {one.objectName() for one in place.window.screen_shown.touchables()}
    assert {"resumed:list", "service:passport", "service:card"} <= names


def test_it_takes_the_place_of_what_was_told_here(place: Place) -> None:
    place.stage.perform(Go(Home()))
    place.stage.perform(Collect(("card",)))
    place.scan(code_of(Case(services=("passport",))))
    assert place.session.case == Case(services=("passport",))


def test_the_look_of_the_slip_comes_along(place: Place) -> None:
    place.scan(code_of(LIST, Choices(size=TextSize.LARGEST)))
    assert place.session.choices.size is TextSize.LARGE


def test_what_has_left_the_catalog_is_said(place: Place) -> None:
    place.stage.publish(table_of(CARD))
    place.scan(code_of(LIST))
    assert place.session.case.services == ("card",)
    assert place.session.route == routes.ResumedPage(lost=Lost(services=1))


def test_staff_put_the_errands_of_a_code_on_their_pile(place: Place) -> None:
    place.stage.perform(Go(Home()))
    signed_in = replace(place.session, staff=Staff(who="导服台 2"), held=place.session)
    place.stage._replace(signed_in.go(routes.StaffFindPage()))
    place.scan(code_of(LIST, Choices(size=TextSize.LARGEST)))
    assert place.session.staff.batch == ("passport", "card")
    assert place.session.choices == Choices()
    assert place.session.case.is_empty


def test_digits_of_somebody_else_change_nothing(place: Place) -> None:
    before = place.session
    for text in ("https://zwfw.example.cn/c/" + "7" * 69, "https://zwfw.example.cn/c/" + "0" * 68):
        place.scan(text)
    assert place.session == before


def test_a_record_that_cannot_be_proved_brings_nothing_back(qtbot: QtBot) -> None:
    class Damaged(type(CATALOG)):  # type: ignore[misc]
        def service_by_number(self, number: int) -> None:
            raise CatalogDamagedError(f"service {number}")

    made = Place(Damaged())
    qtbot.addWidget(made.window)
    with qtbot.waitSignal(made.window.damaged):
        made.scan(code_of(LIST))
    assert made.session.case.is_empty
    made.window.close_down()
