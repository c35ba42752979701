"""What a code reader types, and which choices of a citizen it says.

A reader of QR codes is a keyboard: it types what the code says, faster than any hand, and ends with
Enter. Knows how fast that is, and the codes of ours: the links of a hand-off and of a case, of
which the flags and the short number are looked at, and KQC1, which carries every choice. Does not
know keys, clocks, what else a case code holds, or whether a link is genuine: a forged one can make
letters large.
"""

from __future__ import annotations

import math
import re

from kiosk.core.choices import VOLUMES, Choices, Contrast, Language, Speech, Speed, TextSize
from kiosk.core.value import Value, replace

BETWEEN_S = 0.06  # from one sign to the next; the fastest typists need 0.08
LEAST_SIGNS = 4  # two fingers that roll over keys come as fast, but not four times
MOST_SIGNS = 1280  # a case code of ours has at most 966 digits after its host


class Scan(Value, frozen=True):
    """The signs that have come one upon the other so far."""

    text: str = ""
    last_s: float = -math.inf
    is_spoilt: bool = False  # too long, or a sign that is in no code of ours

    def typed(self, signs: str, now_s: float) -> Scan:
        """The same after a keystroke; one without a sign (Shift) only passes time."""
        begun = self if now_s - self.last_s < BETWEEN_S else Scan()
        text = begun.text + signs
        spoilt = begun.is_spoilt or len(text) > MOST_SIGNS or not _is_plain(signs)
        return Scan("" if spoilt else text, now_s, spoilt)

    def ended(self, now_s: float) -> str | None:
        """All that was read, when Enter comes; None where a hand has typed."""
        by_hand = now_s - self.last_s >= BETWEEN_S or len(self.text) < LEAST_SIGNS
        return None if by_hand else self.text


def _is_plain(signs: str) -> bool:
    return signs.isascii() and (signs.isprintable() or not signs)


def choices_in(text: str, now: Choices) -> Choices | None:
    """The choices that a scanned text says, for somebody whose choices are `now`.

    A hand-off says little, so it only adds to them; KQC1 says all. Anything else is None.
    """
    if not text.isascii():
        return None  # before `upper`, which makes ASCII of some other letters
    said = text.strip().upper()
    if link := _HANDOFF.fullmatch(said):
        return _of_handoff(int(link[1]), now)
    if link := _CASE.fullmatch(said):
        return _of_case(link[1], now)
    if code := _CODE.fullmatch(said):
        return _of_code(code[1], now)
    return None


def item_number(text: str) -> int | None:
    """The short number of the service that a scanned hand-off is about."""
    link = _HANDOFF.fullmatch(text.strip().upper()) if text.isascii() else None
    number = int(link[1]) if link else 1 << 256
    return int.from_bytes(number.to_bytes(32)[6:9]) if number < 1 << 256 else None


def case_digits(text: str) -> str | None:
    """The digits of a scanned case code; what they bring back only a catalog says."""
    link = _CASE.fullmatch(text.strip().upper()) if text.isascii() else None
    return link[1] if link else None


# the links, docs/protocol.md -----------------------------------------------------------------

_HANDOFF = re.compile(r"HTTPS?://[^\s?#]{1,300}/K/([0-9]{78})")
_CASE = re.compile(r"HTTPS?://[^\s?#]{1,300}/C/([0-9]{68,966})")
_BITS_A_DIGIT = math.log2(10)
_ALGORITHMS = (1, 2)
_LIFETIMES = 5
_LANGUAGES: tuple[Language | None, ...] = (  # by their numbers in docs/protocol.md
    Language.CHINESE,  # zh-Hans
    Language.CHINESE,  # zh-Hant
    None,  # mn
    None,  # bo
    Language.UYGHUR,
    None,  # za
    None,  # ko
    None,  # kk
    None,  # ii
    Language.ENGLISH,
)


def _of_handoff(number: int, now: Choices) -> Choices | None:
    if number >= 1 << 256:
        return None
    token = number.to_bytes(32)
    flags = int.from_bytes(token[11:13])
    lifetime, reserved = flags >> 2 & 0b111, flags & 0b11
    if token[0] >> 4 not in _ALGORITHMS or lifetime >= _LIFETIMES or reserved:
        return None
    return _of_flags(flags, now)


def _of_case(digits: str, now: Choices) -> Choices | None:
    """The flags stand where those of a hand-off stand; what they leave free is zero."""
    length, number = int(len(digits) * _BITS_A_DIGIT / 8), int(digits)
    if number >= 1 << 8 * length:
        return None
    code = number.to_bytes(length)
    if code[0] >> 4 not in _ALGORITHMS or code[12]:
        return None
    return _of_flags(int.from_bytes(code[11:13]), now)


def _of_flags(flags: int, now: Choices) -> Choices | None:
    language = flags >> 12
    if language >= len(_LANGUAGES):
        return None
    found = replace(now, language=_LANGUAGES[language] or now.language)
    if flags >> 11 & 1:
        found = replace(found, size=max(found.size, TextSize.LARGE))
    if flags >> 10 & 1 and found.contrast not in (Contrast.LIGHT, Contrast.DARK):
        found = replace(found, contrast=Contrast.LIGHT)
    if flags >> 9 & 1:
        found = found.speaking(replace(found.speech, on=True))
    return found


# every choice in eleven signs -----------------------------------------------------------------

_MAGIC = "KQC1."
_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"  # RFC 4648
_CODE = re.compile(rf"{re.escape(_MAGIC)}([{_SIGNS}]{{6}})")
_SIZES, _LOOKS, _SPEEDS = tuple(TextSize), tuple(Contrast), tuple(Speed)
_BITS = (4, 2, 2, 1, 1, 1, 1, 1, 1, 1, 3, 4, 3)  # of each field, 25 in all: five signs


def code_of(choices: Choices) -> str:
    """All choices as a short text for a QR code; `choices_in` reads it back."""
    speech = choices.speech
    fields = (
        _LANGUAGES.index(choices.language),
        _SIZES.index(choices.size),
        _LOOKS.index(choices.contrast),
        choices.steady,
        choices.hold,
        choices.low_reach,
        choices.switches,
        choices.first_moves,
        speech.on,
        speech.curtain and speech.on,
        _SPEEDS.index(speech.speed),
        VOLUMES.index(speech.volume),
        0,  # for choices to come
    )
    packed = 0
    for value, bits in zip(fields, _BITS, strict=True):
        packed = packed << bits | value
    signs = packed << 5 | _remainder(packed)
    return _MAGIC + "".join(_SIGNS[signs >> shift & 31] for shift in range(25, -1, -5))


def _of_code(signs: str, now: Choices) -> Choices | None:
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    packed = number >> 5
    if number & 31 != _remainder(packed):
        return None
    language, size, look, *switched, speed, volume, spare = _fields(packed)
    steady, hold, low_reach, switches, first_moves, on, curtain = map(bool, switched)
    if language >= len(_LANGUAGES) or speed >= len(_SPEEDS) or volume >= len(VOLUMES) or spare:
        return None
    if curtain and not on:
        return None  # neither picture nor voice
    return Choices(
        _LANGUAGES[language] or now.language,
        _SIZES[size],
        _LOOKS[look],
        steady,
        hold,
        low_reach,
        switches,
        first_moves,
        Speech(on, _SPEEDS[speed], VOLUMES[volume], curtain),
    )


def _fields(packed: int) -> list[int]:
    found = []
    for bits in reversed(_BITS):
        found.append(packed & (1 << bits) - 1)
        packed >>= bits
    return found[::-1]


def _remainder(packed: int) -> int:
    """The sign that checks the five others: by x⁵ + x² + 1 every wrong or swapped sign is found."""
    rest = packed << 5
    for bit in range(29, 4, -1):
        if rest >> bit & 1:
            rest ^= 0b100101 << (bit - 5)
    return rest
