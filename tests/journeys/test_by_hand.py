"""Every errand by one finger, by the keypad and by two switches: the same script, three ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.citizen import Citizen, StuckError
from kiosk.core import routes
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.printing import Printed
from kiosk.core.session import Session
from tests.journeys.listener import RecordedVoice
from tests.journeys.ways import session, words, words_of_all_pages

LOST = "service:id-card-lost"
LOST_PAGE = routes.ServicePage(service="id-card-lost")


def open_lost(citizen: Citizen) -> None:
    """Home → group → service."""
    for name in ("home:groups", "group:household", LOST):
        citizen.choose(name)
    assert session(citizen).route == LOST_PAGE


def take_slip(citizen: Citizen) -> None:
    """From the service to the printed slip."""
    citizen.choose("service:take")
    citizen.choose("handoff:print")
    citizen.settle()
    slip = session(citizen).taking.slip
    assert slip is not None
    assert isinstance(slip.outcome, Printed)


def look_at(citizen: Citizen, *choices: str) -> None:
    """Change the look on its own page, and come back."""
    citizen.choose("bar:display")
    for name in choices:
        citizen.choose(name)
    citizen.go_back()


# finding ------------------------------------------------------------------------------------


def test_a_service_is_found_and_its_slip_taken(citizen: Citizen, data_dir: Path) -> None:
    open_lost(citizen)
    take_slip(citizen)
    assert [file.name for file in (data_dir / "slips").iterdir()] == ["slip-1.pdf"]
    told = words_of_all_pages(citizen)
    for what in ("小票印好了，请在下面出口拿", "12–15 号窗口", "打电话：12345", "短号 13003"):
        assert what in told


def test_a_service_is_found_by_the_letters_of_its_words(citizen: Citizen) -> None:
    citizen.choose("home:search")
    for letter in "SFZ":
        citizen.choose(f"key:{letter}")
    citizen.choose(LOST)
    assert session(citizen).route == LOST_PAGE
    assert "身份证丢了补办" in words(citizen)


def test_what_was_typed_is_not_asked_again(citizen: Citizen) -> None:
    """WCAG 3.3.7 (UX-02)."""
    citizen.choose("home:search")
    for letter in "SFZ":
        citizen.choose(f"key:{letter}")
    citizen.choose(LOST)
    citizen.go_back()
    citizen.settle()
    assert "S F Z" in words(citizen)
    assert any(name.startswith("service:") for name in citizen.sees())


def test_a_life_event_leads_to_its_services(citizen: Citizen) -> None:
    citizen.choose("home:events")
    citizen.choose("event:retiring")
    first = next(name for name in citizen.sees() if name.startswith("service:"))
    citizen.choose(first)
    assert session(citizen).route == routes.ServicePage(service=first.removeprefix("service:"))


def test_every_hall_is_read_by_turning_pages(citizen: Citizen) -> None:
    """TCH-10."""
    citizen.choose("home:halls")
    told = words_of_all_pages(citizen)
    catalog = citizen.kiosk.stage.catalog
    assert catalog is not None
    assert len(catalog.halls()) > 1
    for hall in catalog.halls():
        assert hall.name.zh in told
        assert hall.address.zh in told


def test_help_knows_what_it_is_about_and_leads_back(citizen: Citizen) -> None:
    open_lost(citizen)
    citizen.choose("bar:help")
    told = words_of_all_pages(citizen)
    for what in ("导服台", "12345", "身份证丢了补办"):
        assert what in told
    citizen.go_back()
    assert session(citizen).route == LOST_PAGE


def test_what_is_not_there_is_not_found(citizen: Citizen) -> None:
    with pytest.raises(StuckError, match="service:dragon"):
        citizen.choose("service:dragon")


# changing the look --------------------------------------------------------------------------


def test_another_look_in_the_middle_of_an_errand_keeps_the_place(citizen: Citizen) -> None:
    """VIS-04."""
    open_lost(citizen)
    before = session(citizen)
    look_at(citizen, "size:150", "look:dark", "language:en")
    after = session(citizen)
    assert after.trail == before.trail
    look = after.choices.size, after.choices.contrast, after.choices.language
    assert look == (TextSize.LARGER, Contrast.DARK, Language.ENGLISH)
    assert "Lost ID card" in words(citizen)
    take_slip(citizen)
    assert "Your slip" in words_of_all_pages(citizen)


def test_an_unsteady_hand_in_a_wheelchair_finds_and_takes_a_service(citizen: Citizen) -> None:
    look_at(citizen, "hand:steady", "hand:hold", "hand:low")
    choices = session(citizen).choices
    assert (choices.steady, choices.hold, choices.low_reach) == (True, True, True)
    open_lost(citizen)
    take_slip(citizen)


# time ---------------------------------------------------------------------------------------


def ask_still_there(citizen: Citizen) -> None:
    """Let the quiet pass after which the machine asks; five minutes for slow ways (SES-02)."""
    citizen.clock.advance(310 if session(citizen).choices.switches else 190)
    citizen.kiosk.stage.tick()
    assert citizen.screen_name == "still-there"


def test_whoever_is_still_there_may_say_so_as_often_as_they_like(
    citizen: Citizen, voice: RecordedVoice
) -> None:
    """SES-01, SES-03: asked by sight and sound; eleven times, answered by one simple act."""
    open_lost(citizen)
    before = session(citizen)
    for times in range(11):
        ask_still_there(citizen)
        assert voice.chimes == times + 1
        citizen.answer()
        assert session(citizen) == before


# the end ------------------------------------------------------------------------------------


def test_a_finished_visit_leaves_nothing(citizen: Citizen) -> None:
    """SES-05."""
    open_lost(citizen)
    look_at(citizen, "size:125", "look:soft", "language:en")
    take_slip(citizen)
    citizen.choose("handoff:finish")
    assert session(citizen) == Session()
    assert session(citizen).choices == Choices()
    assert citizen.screen_name == "welcome"
    assert "您好，想办什么事？" in words(citizen)


def test_a_visit_ends_from_the_home_screen(citizen: Citizen) -> None:
    """SES-07."""
    citizen.go_back()
    assert session(citizen) == Session()
