"""Making the codes of a hand-off: what a phone reads from them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
import zxingcpp

from db import case_code, token
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.handoff import HandoffCode
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from kiosk.store.handoff_desk import HandoffDesk
from tests.builders import CHINA, TableCatalog

MASTER = bytes(range(32))
PLACE = token.Place(440304, 3, 7)
KEY = token.derive_key(MASTER, PLACE, 1, token.Algorithm.SHA256)
NOW = datetime(2026, 1, 1, 10, 32, 45, 678, tzinfo=CHINA)


def make_desk(now: datetime = NOW, prefix: str = "https://zwfw.sz.gov.cn/k/") -> HandoffDesk:
    who = Enrolment(
        repository="https://hub.example.cn/",
        handoff_prefix=prefix,
        collection="440304",
        hall="hall",
        place=PlaceNumbers(PLACE.region, PLACE.hall, PLACE.kiosk),
        epoch=1,
        key=KEY.hex(),
    )
    numbers = count(1)
    return HandoffDesk(who, lambda: now, lambda size: next(numbers).to_bytes(size))


def make(choices: Choices | None = None, **desk: str) -> tuple[HandoffCode, HandoffCode]:
    return make_desk(**desk).make(12345, 231, choices or Choices())  # type: ignore[arg-type]


def sealed(code: HandoffCode) -> bytes:
    return token.from_digits(code.url.rpartition("/")[2])


def read_by_phone(code: HandoffCode) -> str:
    """What an independent reader finds in the code drawn black on white."""
    scale, quiet = 4, 4
    side = (len(code.modules) + 2 * quiet) * scale
    pixels = bytearray(b"\xff" * side * side)
    for y, row in enumerate(code.modules):
        for x, dark in enumerate(row):
            if dark:
                for line in range(scale):
                    start = ((y + quiet) * scale + line) * side + (x + quiet) * scale
                    pixels[start : start + scale] = bytes(scale)
    picture = memoryview(bytes(pixels)).cast("B", (side, side))
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def test_both_codes_are_genuine_and_name_the_errand() -> None:
    for code in make():
        assert token.is_genuine(sealed(code), KEY)
        handoff = token.open_unverified(sealed(code))
        assert (handoff.place, handoff.item, handoff.catalog) == (PLACE, 12345, 231)
        assert handoff.epoch == 1
        assert handoff.issued == datetime(2026, 1, 1, 2, 32, tzinfo=UTC)


def test_a_phone_reads_the_address_from_the_code() -> None:
    for code in make():
        assert read_by_phone(code) == code.url


def test_the_codes_are_as_small_as_they_can_be() -> None:
    screen, paper = make()
    assert len(screen.modules) == 33  # version 4-M: larger modules on a screen
    assert len(paper.modules) == 37  # version 5-Q: survives blots


def test_a_longer_address_still_fits_a_slip() -> None:
    _screen, paper = make(prefix="http://127.0.0.1:8750/hub-behind-a-path/k/")
    assert len(paper.modules) <= 45


def test_the_words_beside_a_code_are_those_of_the_token() -> None:
    screen, paper = make()
    for code in (screen, paper):
        assert code.check_code == token.check_code(sealed(code))
        assert code.host == "zwfw.sz.gov.cn"
        assert code.short_number == "12345-0"
        assert code.valid_until == token.open_unverified(sealed(code)).expires
    assert paper.valid_until - screen.valid_until == timedelta(days=7, minutes=-15)


def test_using_up_one_code_does_not_use_up_the_other() -> None:
    screen, paper = make()
    one, other = (token.open_unverified(sealed(code)) for code in (screen, paper))
    assert one.nonce != other.nonce
    assert one.medium is token.Medium.SCREEN
    assert other.medium is token.Medium.PAPER


def test_two_hand_offs_of_one_minute_differ() -> None:
    desk = make_desk()
    urls = {code.url for _ in range(3) for code in desk.make(12345, 231, Choices())}
    assert len(urls) == 6


@pytest.mark.parametrize(
    ("choices", "language", "large", "contrast"),
    [
        (Choices(), "zh-Hans", False, False),
        (Choices(language=Language.ENGLISH), "en", False, False),
        (Choices(size=TextSize.LARGE), "zh-Hans", True, False),
        (Choices(size=TextSize.LARGEST), "zh-Hans", True, False),
        (Choices(contrast=Contrast.DARK), "zh-Hans", False, True),
        (Choices(contrast=Contrast.LIGHT), "zh-Hans", False, True),
        (Choices(contrast=Contrast.SOFT), "zh-Hans", False, False),
    ],
)
def test_the_phone_goes_on_as_the_citizen_saw_the_screen(
    choices: Choices, language: str, large: bool, contrast: bool
) -> None:
    for code in make(choices):
        handoff = token.open_unverified(sealed(code))
        seen = (handoff.language, handoff.large_text, handoff.high_contrast)
        assert seen == (language, large, contrast)


def test_any_time_zone_gives_the_same_moment() -> None:
    here, there = make_desk(NOW), make_desk(NOW.astimezone(UTC))
    assert here.make(1, 1, Choices()) == there.make(1, 1, Choices())


# the code of a case ---------------------------------------------------------------------------


CASE = Case(
    services=("passport",),
    in_hand=("id-card",),
    acting=Acting(Whom.PARENT, "frail"),
)


def kept(case: Case = CASE, choices: Choices | None = None, **desk: str) -> HandoffCode:
    catalog = TableCatalog()
    return make_desk(**desk).keep(case, catalog, choices or Choices())  # type: ignore[arg-type]


def test_a_case_code_is_genuine_and_says_what_was_told() -> None:
    code = case_code.from_digits(kept().url.rpartition("/")[2])
    assert case_code.is_genuine(code, KEY)
    told = case_code.open_unverified(code)
    assert (told.place, told.services, told.whom, told.why) == (PLACE, (13001,), "parent", "frail")
    assert (told.epoch, told.issued) == (1, datetime(2026, 1, 1, 2, 32, tzinfo=UTC))


def test_a_case_code_stands_beside_the_hand_offs_and_a_phone_reads_it() -> None:
    code = kept()
    assert code.url.startswith("https://zwfw.sz.gov.cn/c/")
    assert read_by_phone(code) == code.url
    assert len(code.modules) <= 37  # a single errand: version 5
    assert code.valid_until == datetime(2026, 1, 31, 2, 32, tzinfo=UTC)


def test_a_case_code_keeps_the_look() -> None:
    choices = Choices(language=Language.UYGHUR, size=TextSize.LARGE, contrast=Contrast.DARK)
    code = case_code.from_digits(kept(choices=choices).url.rpartition("/")[2])
    told = case_code.open_unverified(code)
    assert (told.language, told.large_text, told.high_contrast) == ("ug", True, True)


def test_two_codes_of_the_same_case_tell_nobody_apart() -> None:
    assert kept() == kept()


@pytest.mark.parametrize(
    ("whom", "acting"),
    [
        (Whom.PARENT, token.Acting.RELATIVE),
        (Whom.FRIEND, token.Acting.RELATIVE),
        (Whom.CLIENT, token.Acting.STAFF),
    ],
)
def test_a_hand_off_says_that_somebody_acts_for_another(whom: Whom, acting: token.Acting) -> None:
    codes = make_desk().make(12345, 231, Choices(), Acting(whom))
    assert {token.open_unverified(sealed(one)).acting for one in codes} == {acting}
    assert token.open_unverified(sealed(make()[0])).acting is token.Acting.SELF
