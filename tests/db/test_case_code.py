"""The case code: round trips, its tag, its size, and digits of somebody else's."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import qrcode
from hypothesis import given
from hypothesis import strategies as st
from qrcode.constants import ERROR_CORRECT_M

from db import case_code, token
from db.case_code import (
    OPTIONS_MAX,
    PAPERS_MAX,
    QUESTIONS_MAX,
    SERVICES_MAX,
    SKIPPED,
    SUBJECTS_MAX,
    WHOM,
    WHY,
    CaseCodeError,
    Subject,
    Told,
)
from db.token import EPOCH_START, LANGUAGES, Algorithm, Place

MASTER = bytes(range(32))
HERE = Place(region=440304, hall=3, kiosk=7)
KEY = token.derive_key(MASTER, HERE, 1, Algorithm.SHA256)
VECTOR = Told(
    place=HERE,
    catalog=231,
    issued=datetime(2026, 1, 1, 2, 32, tzinfo=UTC),
    services=(13003, 14001),
    subjects=(
        Subject(0xA1, ((0, 1), (1, SKIPPED)), service=14001),
        Subject(0xB2, ((0, 0),), service=15002),
        Subject(0xC3, ((2, 3),), event=0xBEEF),
    ),
    papers=(0x0102, 0xFFFE),
    whom="parent",
    why="frail",
    large_text=True,
    epoch=1,
)
BODY = (
    "116b7f000307"  # HMAC-SHA-256, epoch 1; the place
    "14" "02" "03"  # a parent, frail; two services, three subjects
    "00e7" "0800" "0805b8"  # edition, large text, issued
    "0032cb" "0036b1"
    "0201a1011f"  # the second on the list: two answers, the second skipped
    "41003a9ab200"
    "81beefc323"
    "0102" "fffe"
)  # fmt: skip
VECTOR_TAG = "ad278d5704215bea3d1467ea"
HOST = "https://zwfw.yunchuan.example/c/"

numbers = st.integers(0, 2**24 - 1)
answers = st.lists(
    st.tuples(st.integers(0, QUESTIONS_MAX - 1), st.integers(0, OPTIONS_MAX)),
    max_size=QUESTIONS_MAX,
).map(tuple)
bytes_of_questions = st.integers(0, 255)
subjects = st.one_of(
    st.builds(Subject, bytes_of_questions, answers, service=numbers),
    st.builds(Subject, bytes_of_questions, answers, event=st.integers(0, 2**16 - 1)),
)
people = st.one_of(st.just(("", "")), st.tuples(st.sampled_from(WHOM), st.sampled_from(("", *WHY))))


@st.composite
def cases(draw: st.DrawFn) -> Told:
    """Anything that a code can say; some subjects are about services of its list."""
    services = tuple(draw(st.lists(numbers, unique=True, max_size=SERVICES_MAX)))
    asked = draw(st.lists(subjects, max_size=SUBJECTS_MAX))
    if services:
        asked = [
            replace(one, service=draw(st.sampled_from(services)))
            if one.event is None and draw(st.booleans())
            else one
            for one in asked
        ]
    whom, why = draw(people)
    return Told(
        place=Place(
            draw(st.integers(0, 2**20 - 1)),
            draw(st.integers(0, 2**12 - 1)),
            draw(st.integers(0, 255)),
        ),
        catalog=draw(st.integers(0, 65535)),
        issued=EPOCH_START + timedelta(minutes=draw(numbers)),
        services=services,
        subjects=tuple(asked),
        papers=tuple(draw(st.lists(st.integers(0, 2**16 - 1), max_size=PAPERS_MAX))),
        whom=whom,
        why=why,
        language=draw(st.sampled_from(LANGUAGES)),
        large_text=draw(st.booleans()),
        high_contrast=draw(st.booleans()),
        read_aloud=draw(st.booleans()),
        easy_language=draw(st.booleans()),
        epoch=draw(st.integers(0, 15)),
        algorithm=draw(st.sampled_from(Algorithm)),
    )


keys = st.binary(min_size=32, max_size=32)


def test_the_published_vector() -> None:
    sealed = case_code.seal(VECTOR, KEY)
    assert sealed[:-12].hex() == BODY
    assert sealed[-12:].hex() == VECTOR_TAG
    assert case_code.check_code(sealed) == f"{int(VECTOR_TAG[:8], 16) % 10000:04d}"
    assert case_code.open_unverified(sealed) == VECTOR


@given(cases(), keys)
def test_what_was_sealed_is_what_is_opened(told: Told, key: bytes) -> None:
    sealed = case_code.seal(told, key)
    assert case_code.open_unverified(sealed) == told
    assert case_code.is_genuine(sealed, key)
    digits = case_code.to_digits(sealed)
    assert len(digits) == case_code.digits_for(len(sealed))
    assert case_code.from_digits(digits) == sealed


@given(cases(), keys, st.data())
def test_a_code_with_one_bit_changed_is_not_genuine(
    told: Told, key: bytes, data: st.DataObject
) -> None:
    sealed = case_code.seal(told, key)
    bit = data.draw(st.integers(0, 8 * len(sealed) - 1))
    assert not case_code.is_genuine(flipped(sealed, bit), key)


def test_every_single_bit_change_of_the_vector_is_refused() -> None:
    sealed = case_code.seal(VECTOR, KEY)
    bits = range(8 * len(sealed))
    assert [bit for bit in bits if case_code.is_genuine(flipped(sealed, bit), KEY)] == []


def flipped(sealed: bytes, bit: int) -> bytes:
    return (int.from_bytes(sealed) ^ 1 << bit).to_bytes(len(sealed))


@given(cases(), keys, keys)
def test_another_kiosks_key_made_nothing(told: Told, own: bytes, other: bytes) -> None:
    assert case_code.is_genuine(case_code.seal(told, own), other) == (own == other)


@given(cases(), keys, st.data())
def test_a_code_that_was_cut_short_is_refused(told: Told, key: bytes, data: st.DataObject) -> None:
    sealed = case_code.seal(told, key)
    cut = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
    assert not case_code.is_genuine(cut, key)


@given(cases(), keys)
def test_a_token_of_one_errand_is_no_case_code(told: Told, key: bytes) -> None:
    handoff = token.Handoff(HERE, 13003, 7, EPOCH_START, bytes(4))
    with pytest.raises(CaseCodeError):
        case_code.from_digits(token.to_digits(token.seal(handoff, key))[:-1])
    assert not token.is_genuine(case_code.seal(told, key)[:32], key)
    assert not case_code.is_genuine(token.seal(handoff, key), key)


def test_ten_thousand_random_texts_are_refused_in_our_own_words() -> None:
    """Whatever is scanned or typed into an address: only `CaseCodeError` comes of it."""
    luck = random.Random(20261123)
    believed = []
    for _ in range(10_000):
        length = luck.choice((0, 1, 67, 68, 69, 78, 130, 300, 965, 966, 967, 2000))
        signs = luck.choice(("0123456789", "0123456789", "0123456789abc٣ ，/"))
        text = "".join(luck.choices(signs, k=length))
        try:
            code = case_code.from_digits(text)
        except CaseCodeError:
            continue
        believed += [text] if case_code.is_genuine(code, KEY) else []
    assert believed == []


@given(st.binary(max_size=case_code.BYTES_MAX + 40), keys)
def test_any_bytes_are_opened_or_refused_in_our_own_words(packed: bytes, key: bytes) -> None:
    assert not case_code.is_genuine(packed, key)


@pytest.mark.parametrize(
    "changes",
    [
        {"services": (1 << 24,)},
        {"services": tuple(range(SERVICES_MAX + 1))},
        {"papers": (1 << 16,)},
        {"papers": (1,) * (PAPERS_MAX + 1)},
        {"subjects": (Subject(0, ()),)},
        {"subjects": (Subject(0, (), service=1, event=1),)},
        {"subjects": (Subject(0, ((8, 0),), service=1),)},
        {"subjects": (Subject(0, ((0, 16),), service=1),)},
        {"subjects": (Subject(256, (), service=1),)},
        {"why": "frail", "whom": ""},
        {"epoch": 16},
        {"issued": EPOCH_START - timedelta(minutes=1)},
        {"place": Place(1 << 20, 0, 0)},
    ],
)
def test_what_does_not_fit_is_not_sealed(changes: dict[str, object]) -> None:
    with pytest.raises(CaseCodeError):
        case_code.seal(replace(VECTOR, **changes), KEY)  # type: ignore[arg-type]


def version_of(told: Told) -> int:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(HOST + case_code.to_digits(case_code.seal(told, KEY)), optimize=4)
    code.make(fit=True)
    return int(code.version)


def full(services: int, asked: int, papers: int) -> Told:
    subjects = tuple(
        Subject(7, tuple((n, 1) for n in range(asked)), service=13000 + k) for k in range(services)
    )
    listed = tuple(13000 + n for n in range(services))
    return replace(VECTOR, services=listed, subjects=subjects, papers=tuple(range(papers)))


def test_codes_are_small_enough_to_be_read_from_paper() -> None:
    assert version_of(full(services=3, asked=2, papers=5)) == 6
    assert version_of(full(services=12, asked=2, papers=0)) == 9
    assert version_of(full(services=12, asked=2, papers=12)) <= 12
    # a slip has room for version 17
    assert version_of(full(services=SERVICES_MAX, asked=QUESTIONS_MAX, papers=PAPERS_MAX)) <= 17
