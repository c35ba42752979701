"""What a code reader types, and what a scanned code may change."""

from __future__ import annotations

import random
from dataclasses import replace as changed
from datetime import UTC, datetime
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import token
from kiosk.core.choices import VOLUMES, Choices, Contrast, Language, Speech, Speed, TextSize
from kiosk.core.scan import BETWEEN_S, MOST_SIGNS, Scan, choices_in, code_of
from kiosk.core.value import replace

FAST_S, SLOW_S = 0.012, 0.15
PLAIN = Choices()
SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

speeches = st.builds(
    Speech, st.booleans(), st.sampled_from(Speed), st.sampled_from(VOLUMES), st.booleans()
)
every_choice = st.builds(
    Choices,
    st.sampled_from(Language),
    st.sampled_from(TextSize),
    st.sampled_from(Contrast),
    *(st.booleans() for _ in range(5)),
    speech=speeches,
)


def keyed(text: str, between_s: float, scan: Scan | None = None) -> tuple[Scan, float]:
    """A scan after a text was typed, and the time then."""
    scan, now_s = scan or Scan(), 1000.0
    for sign in text:
        now_s += between_s
        scan = scan.typed(sign, now_s)
    return scan, now_s


# a reader or a hand ---------------------------------------------------------------------------


def test_what_comes_faster_than_a_hand_is_read_as_a_whole() -> None:
    scan, now_s = keyed("KQC1.AAENI5", FAST_S)
    assert scan.ended(now_s + FAST_S) == "KQC1.AAENI5"


def test_what_a_hand_types_is_no_scan() -> None:
    scan, now_s = keyed("shenfenzheng", SLOW_S)
    assert scan.ended(now_s + FAST_S) is None


def test_a_sign_that_a_hand_typed_before_is_dropped() -> None:
    scan, now_s = keyed("s", SLOW_S)
    for sign in "KQC1.":
        now_s += FAST_S if sign != "K" else SLOW_S
        scan = scan.typed(sign, now_s)
    assert scan.ended(now_s + FAST_S) == "KQC1."


@pytest.mark.parametrize(
    ("between_s", "is_read"), [(BETWEEN_S - 0.001, True), (BETWEEN_S + 0.001, False)]
)
def test_the_limit_of_speed_holds_for_every_sign(between_s: float, is_read: bool) -> None:
    scan, now_s = keyed("12345678", between_s)
    assert (scan.ended(now_s) is not None) is is_read


def test_an_enter_that_comes_late_is_pressed_by_a_hand() -> None:
    scan, now_s = keyed("KQC1.AAENI5", FAST_S)
    assert scan.ended(now_s + BETWEEN_S + 0.001) is None


def test_enter_alone_is_pressed_by_a_hand() -> None:
    assert Scan().ended(5.0) is None


def test_two_fingers_on_one_key_are_no_scan() -> None:
    scan, now_s = keyed("aaa", FAST_S)
    assert scan.ended(now_s) is None


def test_shift_between_two_signs_only_passes_time() -> None:
    scan, now_s = Scan(), 7.0
    for signs in ("K", "", "Q", "", "C", "", "1"):
        now_s += BETWEEN_S * 0.7
        scan = scan.typed(signs, now_s)
    assert scan.ended(now_s) == "KQC1"


def test_the_longest_text_is_read_and_one_sign_more_spoils_it() -> None:
    scan, now_s = keyed("7" * MOST_SIGNS, FAST_S)
    assert scan.ended(now_s) == "7" * MOST_SIGNS
    longer = scan.typed("7", now_s + FAST_S)
    assert longer.ended(now_s + FAST_S) is None
    assert longer.typed("KQC1", now_s + 2 * FAST_S).ended(now_s + 2 * FAST_S) is None


@pytest.mark.parametrize("hostile", ["\x0f", "\x1b", "\x00", "\x7f", "\n", "证", "\u202e", "９"])
def test_a_sign_that_is_in_no_code_spoils_all_that_is_read_with_it(hostile: str) -> None:
    scan, now_s = keyed(f"KQC1.{hostile}AAENI5", FAST_S)
    assert scan.ended(now_s) is None
    after, now_s = keyed("KQC1.AAENI5", FAST_S, replace(scan, last_s=0.0))
    assert after.ended(now_s) == "KQC1.AAENI5"


@given(st.lists(st.tuples(st.text(max_size=30), st.floats(0, 0.2)), max_size=80))
def test_whatever_is_typed_takes_bounded_room(keys: list[tuple[str, float]]) -> None:
    scan, now_s = Scan(), 0.0
    for signs, wait_s in keys:
        now_s += wait_s
        scan = scan.typed(signs, now_s)
        assert len(scan.text) <= MOST_SIGNS
        found = scan.ended(now_s)
        assert found is None or (found.isascii() and found.isprintable())


# a code of every choice -----------------------------------------------------------------------


@given(every_choice, every_choice)
@settings(max_examples=1000)
def test_every_choice_travels_by_code(choices: Choices, now: Choices) -> None:
    code = code_of(choices)
    assert len(code) == 11
    sensible = choices.speech.curtain and choices.speech.on  # without a voice a picture is needed
    assert choices_in(code, now) == choices.speaking(replace(choices.speech, curtain=sensible))


def test_each_choice_has_a_place_of_its_own_in_the_code() -> None:
    others = [
        *(replace(PLAIN, language=one) for one in Language),
        *(replace(PLAIN, size=one) for one in TextSize),
        *(replace(PLAIN, contrast=one) for one in Contrast),
        *(
            replace(PLAIN, **{name: not getattr(PLAIN, name)})
            for name in ("steady", "hold", "low_reach", "switches", "first_moves")
        ),
        PLAIN.speaking(Speech(on=True)),
        PLAIN.speaking(Speech(on=True, curtain=True)),
        *(PLAIN.speaking(Speech(speed=one)) for one in Speed),
        *(PLAIN.speaking(Speech(volume=one)) for one in VOLUMES),
    ]
    different = [one for one in others if one != PLAIN]
    assert len({code_of(one) for one in different}) == len(different)
    assert [choices_in(code_of(one), PLAIN) for one in different] == different


def test_a_choice_that_this_code_forgets_would_be_seen() -> None:
    """A field that is added to the choices needs a place in the code."""
    assert len(Choices.__struct_fields__) + len(Speech.__struct_fields__) == 9 + 4


@pytest.mark.parametrize("written", ["kqc1.aaeni5", " KQC1.AAENI5\r\n", "Kqc1.aAENI5"])
def test_a_reader_may_write_small_and_add_an_end(written: str) -> None:
    assert choices_in(written, replace(PLAIN, steady=True)) == PLAIN


@given(every_choice)
def test_a_wrong_sign_is_found(choices: Choices) -> None:
    code = code_of(choices)
    for at in range(5, len(code)):
        for sign in SIGNS:
            if sign != code[at]:
                assert choices_in(code[:at] + sign + code[at + 1 :], PLAIN) is None


@given(every_choice)
def test_two_swapped_signs_are_found(choices: Choices) -> None:
    code = code_of(choices)
    for one, other in combinations(range(5, len(code)), 2):
        signs = list(code)
        signs[one], signs[other] = signs[other], signs[one]
        if "".join(signs) != code:
            assert choices_in("".join(signs), PLAIN) is None


SPEECH = 3 << 7 | 5 << 3  # standard speed and volume, where a code has them


def sealed(packed: int) -> str:
    """A code with any content and the right check sign, as nobody should make it."""
    codes = (
        "KQC1." + "".join(SIGNS[packed >> shift & 31] for shift in range(20, -1, -5)) + sign
        for sign in SIGNS
    )
    return next((one for one in codes if choices_in(one, PLAIN)), "")


@pytest.mark.parametrize(
    "packed",
    [
        SPEECH | 10 << 21,  # a language that is no number of ours
        SPEECH | 7 << 7,  # a speed
        SPEECH | 15 << 3,  # a volume
        SPEECH | 1,  # what is kept for choices to come
        SPEECH | 1 << 10,  # no picture and no voice
    ],
)
def test_a_code_that_says_what_cannot_be_is_refused(packed: int) -> None:
    assert sealed(SPEECH)  # the same without the fault is good
    assert sealed(packed) == ""


def test_a_language_that_this_machine_does_not_speak_leaves_its_own() -> None:
    tibetan = sealed(SPEECH | 3 << 21 | 1 << 12)
    assert choices_in(tibetan, Choices(language=Language.ENGLISH)) == Choices(
        language=Language.ENGLISH
    )


# a hand-off -----------------------------------------------------------------------------------

HANDOFF = token.Handoff(
    place=token.Place(990100, 1, 1),
    item=13001,
    catalog=7,
    issued=datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    nonce=b"abcd",
)
KEY = bytes(32)


def link(**changes: object) -> str:
    """The address in a QR code of a hand-off, as the kiosk makes it."""
    made = token.seal(changed(HANDOFF, **changes), KEY)  # type: ignore[arg-type]
    return "https://zwfw.example.cn/k/" + token.to_digits(made)


def test_a_plain_hand_off_brings_its_language_and_takes_nothing_away() -> None:
    now = Choices(
        Language.ENGLISH, TextSize.LARGEST, Contrast.SOFT, steady=True, speech=Speech(on=True)
    )
    assert choices_in(link(), now) == replace(now, language=Language.CHINESE)


def test_the_flags_of_a_hand_off_are_taken_on() -> None:
    found = choices_in(
        link(language="ug", large_text=True, high_contrast=True, read_aloud=True), PLAIN
    )
    assert found == Choices(Language.UYGHUR, TextSize.LARGE, Contrast.LIGHT, speech=Speech(on=True))


def test_flags_never_make_smaller_or_less_clear() -> None:
    now = Choices(Language.CHINESE, TextSize.LARGEST, Contrast.DARK)
    assert choices_in(link(large_text=True, high_contrast=True), now) == now


@pytest.mark.parametrize(
    ("language", "shown"),
    [("zh-Hans", "zh"), ("zh-Hant", "zh"), ("en", "en"), ("ug", "ug"), ("bo", "en"), ("kk", "en")],
)
def test_the_numbers_of_languages_are_those_of_the_token(language: str, shown: str) -> None:
    found = choices_in(link(language=language), Choices(language=Language.ENGLISH))
    assert found is not None
    assert found.language == shown


@pytest.mark.parametrize("medium", token.Medium)
@pytest.mark.parametrize("lifetime", token.Lifetime)
@pytest.mark.parametrize("algorithm", token.Algorithm)
def test_a_code_from_screen_or_slip_is_understood(
    medium: token.Medium, lifetime: token.Lifetime, algorithm: token.Algorithm
) -> None:
    scanned = link(medium=medium, lifetime=lifetime, algorithm=algorithm, large_text=True)
    assert choices_in(scanned, PLAIN) == Choices(size=TextSize.LARGE)


def test_a_link_may_be_of_the_demo_in_capitals_or_below_a_path() -> None:
    made = link(large_text=True)
    digits = made.rpartition("/")[2]
    for prefix in (
        "http://127.0.0.1:8750/k/",
        "HTTPS://ZWFW.EXAMPLE.CN/K/",
        "https://a.cn/hall/k/",
    ):
        assert choices_in(prefix + digits, PLAIN) == Choices(size=TextSize.LARGE)


def damaged(**flips: int) -> str:
    """A link whose token has some bytes replaced."""
    made = bytearray(token.seal(changed(HANDOFF, large_text=True), KEY))
    for at, value in flips.items():
        made[int(at[1:])] = value
    return "https://zwfw.example.cn/k/" + token.to_digits(bytes(made))


@pytest.mark.parametrize(
    "scanned",
    [
        damaged(b0=0x30),  # an algorithm that is none
        damaged(b11=0xA8),  # a language that is none
        damaged(b12=0x1C),  # a lifetime that is none
        damaged(b12=0x01),  # a reserved bit
        "https://zwfw.example.cn/k/" + "9" * 78,  # more than 256 bits
        link()[:-1],
        link() + "0",
        link() + "?lang=en",
        link().replace("https", "ftp"),
        link().replace("/k/", "/q/"),
        "javascript:" + link(),
        link().replace("zwfw", "zw fw"),
        "https:///k/" + link()[-78:],
        "https://" + "a" * 400 + "/k/" + link()[-78:],
        link()[:-1] + "٣",  # a digit, but not of ours
        link()[-78:],
    ],
)
def test_a_link_that_is_no_hand_off_says_nothing(scanned: str) -> None:
    assert choices_in(damaged(), PLAIN) == Choices(size=TextSize.LARGE)
    assert choices_in(scanned, PLAIN) is None


# hostile --------------------------------------------------------------------------------------


def hostile_strings(count: int) -> list[str]:
    """Our codes with random harm done to them, and random text."""
    draw = random.Random(20261122)
    good = [link(), link(large_text=True, language="en"), code_of(PLAIN), "KQC1.AAENI6", "KQR1"]
    odd = "".join(
        map(chr, (0, 10, 13, 27, 127, 0x130, 0x131, 0x17F, 0xDF, 0x202E, 0xD800, 0x1F600))
    )
    found = []
    for _ in range(count):
        signs = list(draw.choice([*good, ""]))
        for _ in range(draw.randrange(1, 6)):
            at = draw.randrange(len(signs) + 1)
            signs[at : at + draw.randrange(3)] = draw.choices(odd + SIGNS + "/.:?#1ıſ", k=1)
        found.append("".join(signs) * draw.choice((1, 1, 1, 40)))
    return found


def test_ten_thousand_hostile_strings_are_nothing_or_choices() -> None:
    found = [choices_in(one, PLAIN) for one in hostile_strings(10_000)]
    assert sum(one is not None for one in found) < 200  # a hit on the host's name does no harm
    assert all(one is None or isinstance(one, Choices) for one in found)


@given(st.text(max_size=700))
@settings(max_examples=500)
def test_any_text_at_all_says_nothing(text: str) -> None:
    assert choices_in(text, PLAIN) is None
    assert choices_in("KQC1." + text, PLAIN) is None or len(text.strip()) == 6


def test_codes_of_neighbouring_choices_are_far_apart() -> None:
    """At least two signs differ, or a smudge would be another wish."""
    codes = [code_of(PLAIN.speaking(Speech(volume=one))) for one in VOLUMES]
    for one, other in pairwise(codes):
        assert sum(a != b for a, b in zip(one, other, strict=True)) >= 2
