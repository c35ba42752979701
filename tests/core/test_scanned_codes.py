"""What a scanned code brings besides the look, wherever the visit is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import case_code, token
from kiosk.core import routes
from kiosk.core.brought import Brought, Lost
from kiosk.core.case import Case
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.keys import scanned
from kiosk.core.scan import MOST_SIGNS, case_digits, choices_in, code_of, item_number
from kiosk.core.session import Session, after
from kiosk.core.staff import Staff
from kiosk.core.value import replace
from tests.core.acts import visits

HERE = token.Place(990100, 1, 7)
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
KEY = bytes(32)
HANDOFF = "https://zwfw.yc.example/k/" + token.to_digits(
    token.seal(token.Handoff(HERE, 13003, 7, NOW, bytes(4), language="en"), KEY)
)
TOLD = case_code.Told(HERE, 7, NOW, services=(13003, 14001), language="en", large_text=True)
CASE = "https://zwfw.yc.example/c/" + case_code.to_digits(case_code.seal(TOLD, KEY))
LIST = Case(services=("id-card-lost", "passport-first"))
BROUGHT = Brought(LIST, Lost(papers=1))
AT_HOME = Session().go(routes.Home())
STAFF = replace(AT_HOME, staff=Staff(who="导服台 2"), held=AT_HOME)
SIGNING_IN = AT_HOME.go(routes.SignInPage())


# which code it is -------------------------------------------------------------------------------


def test_the_two_links_are_told_apart() -> None:
    assert (item_number(HANDOFF), case_digits(HANDOFF)) == (13003, None)
    assert item_number(CASE) is None
    assert CASE.endswith(f"/c/{case_digits(CASE)}")


@pytest.mark.parametrize("text", [HANDOFF.upper(), f"  {HANDOFF}\n", HANDOFF])
def test_readers_may_shout_and_leave_blanks(text: str) -> None:
    assert item_number(text) == 13003


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://zwfw.yc.example/k/" + "9" * 78,  # more than 256 bits
        "https://zwfw.yc.example/k/" + "1" * 77,
        "https://zwfw.yc.example/c/" + "1" * 67,
        "https://zwfw.yc.example/c/" + "1" * 967,
        "https://zwfw.yc.example/c/12ab",
        "ftp://zwfw.yc.example/c/" + "1" * 100,
        "ＨＴＴＰＳ://zwfw.yc.example/c/" + "1" * 100,
        "KQC1.AAENI5",
    ],
)
def test_other_texts_are_neither(text: str) -> None:
    assert (item_number(text), case_digits(text)) == (None, None)


@given(st.text(max_size=400))
def test_nothing_that_is_scanned_breaks_the_machine(text: str) -> None:
    for one in (text, f"https://a/c/{text}", f"https://a/k/{text}"):
        item_number(one)
        case_digits(one)
        choices_in(one, Choices())


def test_the_longest_code_is_read_to_its_end() -> None:
    longest = case_code.digits_for(case_code.BYTES_MAX)
    assert len("https://" + "h" * 253 + "/c/") + longest < MOST_SIGNS
    assert case_digits("https://a/c/" + "1" * longest) == "1" * longest


# the look ---------------------------------------------------------------------------------------


def test_a_case_code_brings_language_and_large_print() -> None:
    chosen = choices_in(CASE, Choices())
    assert chosen == Choices(language=Language.ENGLISH, size=TextSize.LARGE)


def test_a_case_code_never_makes_letters_smaller() -> None:
    now = Choices(size=TextSize.LARGEST, contrast=Contrast.DARK)
    chosen = choices_in(CASE, now)
    assert chosen is not None
    assert (chosen.size, chosen.contrast) == (TextSize.LARGEST, Contrast.DARK)


@given(st.integers(0, 8 * 34 - 1))
def test_a_damaged_code_is_none_or_only_another_look(bit: int) -> None:
    digits = case_digits(CASE)
    assert digits is not None
    code = case_code.from_digits(digits)
    flipped = (int.from_bytes(code) ^ 1 << bit).to_bytes(len(code))
    found = choices_in("https://a/c/" + case_code.to_digits(flipped), Choices())
    assert found is None or isinstance(found, Choices)


# what follows -----------------------------------------------------------------------------------


def test_what_was_told_elsewhere_comes_back_and_is_shown() -> None:
    (act,) = scanned(CASE, BROUGHT, AT_HOME)
    resumed = after(AT_HOME, act)
    assert resumed.case == LIST
    assert resumed.route == routes.ResumedPage(lost=Lost(papers=1))
    assert isinstance(resumed.back().route, routes.Home)


@given(visits)
def test_it_replaces_what_somebody_else_told_here(visit: Session) -> None:
    if visit.staff.who or isinstance(visit.route, routes.StaffFindPage):
        return
    (act,) = scanned(CASE, BROUGHT, visit)
    resumed = after(visit, act)
    assert (resumed.case, resumed.asking.query, resumed.taking.handoff) == (LIST, "", None)
    assert isinstance(resumed.route, routes.ResumedPage)


def test_staff_find_the_services_of_a_code() -> None:
    finding = STAFF.go(routes.StaffFindPage())
    assert scanned(CASE, BROUGHT, finding) == tuple(map(routes.Batch, LIST.services))
    assert scanned(HANDOFF, None, finding) == (routes.Write("13003"),)
    assert scanned("6901234567892", None, finding) == ()


def test_a_code_takes_nobody_out_of_the_pages_of_staff() -> None:
    assert scanned(CASE, BROUGHT, STAFF.go(routes.StaffPrinterPage())) == ()


def test_at_the_door_of_staff_what_is_no_code_of_ours_is_a_badge() -> None:
    assert scanned("badge-77", None, SIGNING_IN) == (routes.ShowBadge("badge-77"),)
    for ours in (HANDOFF, CASE, code_of(Choices())):  # none costs staff one of their tries
        assert scanned(ours, None, SIGNING_IN) == ()
    assert scanned(CASE, BROUGHT, SIGNING_IN) == (routes.Resume(LIST, Lost(papers=1)),)


def test_elsewhere_a_badge_and_a_hand_off_do_nothing() -> None:
    for text in ("badge-77", HANDOFF, "6901234567892"):
        assert scanned(text, None, AT_HOME) == ()
