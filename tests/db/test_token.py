"""The hand-off token: its layout to the bit, its tag, and its 78 digits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import token
from db.token import (
    EPOCH_START,
    LANGUAGES,
    Acting,
    Algorithm,
    Handoff,
    Lifetime,
    Medium,
    Place,
    TokenError,
)

MASTER = bytes(range(32))
VECTOR = Handoff(
    place=Place(region=440304, hall=3, kiosk=7),
    item=12345,
    catalog=231,
    issued=datetime(2026, 1, 1, 2, 32, tzinfo=UTC),
    nonce=bytes.fromhex("01020304"),
    large_text=True,
    acting=Acting.RELATIVE,
    medium=Medium.PAPER,
    lifetime=Lifetime.DAYS_7,
    epoch=1,
)
BODY = "116b7f00030700303900e7086c0805b801020304"
DIGITS = "007879247583951674937892517111974663632675885448435545633749148796359711137336"

handoffs = st.builds(
    Handoff,
    place=st.builds(
        Place,
        region=st.integers(0, 2**20 - 1),
        hall=st.integers(0, 2**12 - 1),
        kiosk=st.integers(0, 255),
    ),
    item=st.integers(0, 2**24 - 1),
    catalog=st.integers(0, 65535),
    issued=st.integers(0, 2**24 - 1).map(lambda minutes: EPOCH_START + timedelta(minutes=minutes)),
    nonce=st.binary(min_size=4, max_size=4),
    language=st.sampled_from(LANGUAGES),
    large_text=st.booleans(),
    high_contrast=st.booleans(),
    read_aloud=st.booleans(),
    easy_language=st.booleans(),
    acting=st.sampled_from(Acting),
    medium=st.sampled_from(Medium),
    lifetime=st.sampled_from(Lifetime),
    epoch=st.integers(0, 15),
    algorithm=st.sampled_from(Algorithm),
)
keys = st.binary(min_size=32, max_size=32)


def vector_key(algorithm: Algorithm) -> bytes:
    return token.derive_key(MASTER, VECTOR.place, VECTOR.epoch, algorithm)


def test_the_published_vector_with_sha256() -> None:
    key = vector_key(Algorithm.SHA256)
    assert key.hex() == "cbef46fff340387f3536aa80692d98442c8736a9034c33b06108256330c4c478"
    sealed = token.seal(VECTOR, key)
    assert sealed[:20].hex() == BODY
    assert sealed[20:].hex() == "28bd29cb55254b7866a81e38"
    assert token.to_digits(sealed) == DIGITS
    assert token.check_code(sealed) == "5643"


def test_the_published_vector_with_sm3() -> None:
    key = vector_key(Algorithm.SM3)
    assert key.hex() == "ca3c54f57ba9e6b70d03a3f5df4d1baea87d46b3463fe044b92e5e073f393731"
    sealed = token.seal(replace(VECTOR, algorithm=Algorithm.SM3), key)
    assert sealed[:20].hex() == "2" + BODY[1:]
    assert sealed[20:].hex() == "9d49113d1c99a0cd558c9087"
    assert token.check_code(sealed) == "1453"


@given(handoffs, keys)
def test_what_was_sealed_is_what_is_opened(handoff: Handoff, key: bytes) -> None:
    sealed = token.seal(handoff, key)
    assert len(sealed) == 32
    assert token.open_unverified(sealed) == handoff
    assert token.is_genuine(sealed, key)
    assert token.from_digits(token.to_digits(sealed)) == sealed


@given(handoffs, keys, st.integers(0, 255))
def test_a_token_with_one_bit_changed_is_not_genuine(
    handoff: Handoff, key: bytes, bit: int
) -> None:
    assert not token.is_genuine(flipped(token.seal(handoff, key), bit), key)


def test_all_256_single_bit_changes_of_the_vector_are_refused() -> None:
    key = vector_key(Algorithm.SHA256)
    sealed = token.seal(VECTOR, key)
    assert not [bit for bit in range(256) if token.is_genuine(flipped(sealed, bit), key)]


def flipped(sealed: bytes, bit: int) -> bytes:
    return (int.from_bytes(sealed) ^ 1 << bit).to_bytes(32)


@given(handoffs, keys, keys)
def test_another_kiosks_key_opens_nothing(handoff: Handoff, own: bytes, other: bytes) -> None:
    assert token.is_genuine(token.seal(handoff, own), other) == (own == other)


@pytest.mark.parametrize(
    "change",
    [
        {"place": Place(440304, 3, 8)},
        {"place": Place(440304, 4, 7)},
        {"place": Place(440305, 3, 7)},
        {"epoch": 2},
        {"algorithm": Algorithm.SM3},
    ],
)
def test_every_kiosk_epoch_and_algorithm_has_its_own_key(change: dict[str, object]) -> None:
    other = replace(VECTOR, **change)
    key = token.derive_key(MASTER, other.place, other.epoch, other.algorithm)
    assert key != vector_key(Algorithm.SHA256)


@given(st.binary(max_size=64))
def test_any_bytes_are_opened_or_refused(content: bytes) -> None:
    try:
        opened = token.open_unverified(content)
    except TokenError:
        assert not token.is_genuine(content, MASTER)
    else:
        assert token._pack(opened) == content[:20]


@pytest.mark.parametrize("length", [0, 1, 31, 33, 64])
def test_a_token_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(TokenError):
        token.open_unverified(b"\x11" * length)


@pytest.mark.parametrize("bit", [0, 1])
def test_reserved_bits_are_refused_even_with_a_good_tag(bit: int) -> None:
    key = vector_key(Algorithm.SHA256)
    body = bytearray.fromhex(BODY)
    body[12] |= 1 << bit
    forged = bytes(body) + token._tag(bytes(body), key, Algorithm.SHA256)
    with pytest.raises(TokenError, match="reserved"):
        token.open_unverified(forged)
    assert not token.is_genuine(forged, key)


# digits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "digits",
    [
        "",
        DIGITS[1:],
        DIGITS + "0",
        " " + DIGITS[1:],
        DIGITS[:-1] + "\n",
        "-" + DIGITS[1:],
        "+" + DIGITS[1:],
        DIGITS[:40] + "_" + DIGITS[41:],
        DIGITS.translate({ord("7"): "\uff17"}),  # full-width
        DIGITS.translate({ord("7"): "\u0667"}),  # Arabic-Indic
        DIGITS.translate({ord("7"): "\u2077"}),
        "1" + "0" * 76 + "x",
    ],
)
def test_only_78_ascii_digits_are_a_token(digits: str) -> None:
    with pytest.raises(TokenError):
        token.from_digits(digits)


def test_a_number_of_more_than_256_bits_is_refused() -> None:
    assert token.from_digits(str(2**256 - 1)) == b"\xff" * 32
    with pytest.raises(TokenError, match="256"):
        token.from_digits(str(2**256))
    with pytest.raises(TokenError):
        token.from_digits("9" * 78)


@given(st.text(max_size=90))
def test_any_text_is_a_token_or_refused(text: str) -> None:
    try:
        sealed = token.from_digits(text)
    except TokenError:
        return
    assert token.to_digits(sealed) == text


# what fits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"place": Place(2**20, 0, 0)},
        {"place": Place(0, 2**12, 0)},
        {"place": Place(0, 0, 256)},
        {"place": Place(-1, 0, 0)},
        {"item": 2**24},
        {"item": -1},
        {"epoch": 16},
        {"nonce": b"123"},
        {"nonce": b"12345"},
        {"issued": EPOCH_START - timedelta(minutes=1)},
        {"issued": EPOCH_START + timedelta(minutes=2**24)},
    ],
)
def test_what_does_not_fit_is_not_sealed(change: dict[str, object]) -> None:
    with pytest.raises(TokenError):
        token.seal(replace(VECTOR, **change), bytes(32))


def test_the_catalog_serial_goes_round() -> None:
    sealed = token.seal(replace(VECTOR, catalog=65536 + 5), bytes(32))
    assert token.open_unverified(sealed).catalog == 5


def test_a_slip_lives_a_week_and_a_screen_a_quarter_of_an_hour() -> None:
    screen = replace(VECTOR, medium=Medium.SCREEN, lifetime=Lifetime.MINUTES_15)
    paper = token.on_paper(screen)
    assert paper.medium is Medium.PAPER
    assert screen.expires - screen.issued == timedelta(minutes=15)
    assert paper.expires - paper.issued == timedelta(days=7)


@given(st.binary(min_size=32, max_size=32))
def test_a_check_code_is_always_four_digits(sealed: bytes) -> None:
    code = token.check_code(sealed)
    assert len(code) == 4
    assert code.isdigit()
