from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import token
from db.token import Algorithm, Handoff, Lifetime, Place
from hub.fleet.enrolment import Enrolment
from hub.phone import verify
from hub.phone.verify import Claim, Forged, Genuine, Malformed
from tests.hub.phone.building import HERE, NOON, PAPER, make_handoff

MASTER = bytes(range(32))


def digits_of(handoff: Handoff, master: bytes = MASTER) -> str:
    key = token.derive_key(master, handoff.place, handoff.epoch, handoff.algorithm)
    return token.to_digits(token.seal(handoff, key))


def kiosk(
    epoch: int = 0, oldest: int = 0, revoked: bool = False, ahead: timedelta = timedelta(0)
) -> Enrolment:
    return Enrolment(HERE, "机器", epoch, oldest, NOON if revoked else None, ahead)


def verdict(handoff: Handoff, enrolled: Enrolment | None = None, uses: int = 0) -> str:
    return type(verify.judge(handoff, enrolled or kiosk(), uses, NOON)).__name__


def test_a_token_made_with_the_right_key_is_a_claim() -> None:
    handoff = make_handoff()
    claim = verify.read(digits_of(handoff), MASTER)
    assert isinstance(claim, Claim)
    assert claim.handoff == handoff


def test_the_national_hash_is_read_too() -> None:
    assert isinstance(verify.read(digits_of(make_handoff(algorithm=Algorithm.SM3)), MASTER), Claim)


def test_no_single_bit_of_256_can_be_changed() -> None:
    sealed = int(digits_of(make_handoff(**PAPER)))
    for bit in range(256):
        changed = str(sealed ^ (1 << bit)).zfill(78)
        assert isinstance(verify.read(changed, MASTER), Forged | Malformed), bit


def test_a_key_of_another_hub_is_refused() -> None:
    assert verify.read(digits_of(make_handoff(), b"\x07" * 32), MASTER) == Forged(HERE)


def test_a_key_of_another_kiosk_is_refused() -> None:
    handoff = make_handoff()
    key = token.derive_key(MASTER, Place(990100, 1, 8), 0, Algorithm.SHA256)
    assert verify.read(token.to_digits(token.seal(handoff, key)), MASTER) == Forged(HERE)


def test_without_a_master_key_every_token_is_forged() -> None:
    assert verify.read(digits_of(make_handoff()), None) == Forged(HERE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1" * 77,
        "1" * 79,
        " " + "1" * 77,
        "-" + "1" * 77,
        "1" * 77 + "\n",
        "1" * 78 + "\n",
        "\N{FULLWIDTH DIGIT ONE}" * 78,
        "\N{ARABIC-INDIC DIGIT ONE}" * 78,
        "\N{SUPERSCRIPT TWO}" * 78,
        "1_" * 39,
        "9" * 78,  # more than 256 bits
        "0" * 78,  # algorithm 0
    ],
)
def test_what_is_no_token_is_malformed(text: str) -> None:
    assert verify.read(text, MASTER) == Malformed()


@given(st.text(max_size=90))
def test_any_text_is_judged_and_none_is_a_claim(text: str) -> None:
    assert isinstance(verify.read(text, MASTER), Malformed | Forged)


@given(st.integers(min_value=0, max_value=10**78 - 1))
def test_no_made_up_number_is_a_claim(number: int) -> None:
    assert not isinstance(verify.read(str(number).zfill(78), MASTER), Claim)


def test_a_fresh_hand_off_is_genuine() -> None:
    handoff = make_handoff()
    assert verify.judge(handoff, kiosk(), 0, NOON) == Genuine(handoff)


def test_a_kiosk_that_nobody_enrolled_is_unknown() -> None:
    assert isinstance(verify.judge(make_handoff(), None, 0, NOON), verify.UnknownKiosk)


def test_a_revoked_kiosk_is_refused_even_for_a_fresh_code() -> None:
    assert verdict(make_handoff(), kiosk(revoked=True)) == "Revoked"


@pytest.mark.parametrize(
    ("epoch", "expected"),
    [(1, "OldKey"), (2, "Genuine"), (3, "Genuine"), (4, "OldKey")],
)
def test_the_key_in_use_and_the_one_before_are_good(epoch: int, expected: str) -> None:
    assert verdict(make_handoff(epoch=epoch), kiosk(epoch=3, oldest=2)) == expected


@pytest.mark.parametrize(("ahead", "expected"), [(10, "Genuine"), (11, "FromTheFuture")])
def test_a_kiosk_may_be_ten_minutes_ahead(ahead: int, expected: str) -> None:
    assert verdict(make_handoff(issued=NOON + timedelta(minutes=ahead))) == expected


@pytest.mark.parametrize("lifetime", Lifetime)
def test_a_hand_off_ends_with_its_lifetime(lifetime: Lifetime) -> None:
    last = make_handoff(lifetime=lifetime, issued=NOON - lifetime.span)
    assert verdict(last) == "Genuine"
    assert verdict(replace(last, issued=last.issued - timedelta(minutes=1))) == "Expired"


@pytest.mark.parametrize(
    ("uses", "on_screen", "on_paper"),
    [
        (0, "Genuine", "Genuine"),
        (1, "Used", "Genuine"),
        (2, "Used", "Genuine"),
        (3, "Used", "Used"),
    ],
)
def test_a_screen_is_for_one_and_paper_for_three(uses: int, on_screen: str, on_paper: str) -> None:
    assert verdict(make_handoff(), uses=uses) == on_screen
    assert verdict(make_handoff(**PAPER), uses=uses) == on_paper


@pytest.mark.parametrize(("beyond", "expected"), [(10, "Genuine"), (11, "FromTheFuture")])
def test_a_clock_known_to_be_ahead_makes_nothing_from_the_future(
    beyond: int, expected: str
) -> None:
    fast = kiosk(ahead=timedelta(hours=5))
    issued = NOON + timedelta(hours=5, minutes=beyond)
    assert verdict(make_handoff(issued=issued), fast) == expected
    assert verdict(make_handoff(issued=NOON), fast) == "Genuine"  # it was mended since


@pytest.mark.parametrize(("before", "expected"), [(15, "Genuine"), (16, "Expired")])
def test_a_clock_known_to_be_behind_makes_nothing_expire_at_birth(
    before: int, expected: str
) -> None:
    slow = kiosk(ahead=-timedelta(hours=5))
    issued = NOON - timedelta(hours=5, minutes=before)
    assert verdict(make_handoff(issued=issued), slow) == expected
    assert verdict(make_handoff(issued=NOON), slow) == "Genuine"


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_clock_that_is_off_by_more_than_a_day_and_two_hours_is_allowed_nothing(sign: int) -> None:
    for off, is_allowed in ((verify.DRIFT_MAX, True), (verify.DRIFT_MAX * 1.01, False)):
        handoff = make_handoff(issued=NOON + sign * timedelta(hours=2))
        assert (verdict(handoff, kiosk(ahead=sign * off)) == "Genuine") == is_allowed


@given(
    ahead=st.timedeltas(timedelta(days=-3), timedelta(days=3)),
    issued=st.timedeltas(timedelta(days=-40), timedelta(days=3)),
    lifetime=st.sampled_from(Lifetime),
)
def test_an_offset_only_ever_widens_the_window(
    ahead: timedelta, issued: timedelta, lifetime: Lifetime
) -> None:
    handoff = make_handoff(issued=NOON + issued, lifetime=lifetime)
    plain, allowed = verdict(handoff), verdict(handoff, kiosk(ahead=ahead))
    assert plain != "Genuine" or allowed == "Genuine"
    if allowed == "Genuine":
        assert handoff.issued <= NOON + verify.CLOCK_SLACK + verify.DRIFT_MAX
        assert handoff.expires + verify.DRIFT_MAX >= NOON
