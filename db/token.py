"""The hand-off token KQR1: 32 bytes that say which errand goes on, made offline by a kiosk.

Knows the layout, the key derivation and the tag. Does not know which kiosks are enrolled, how
often a token was used, or whether it has expired (`hub.phone`).

    offset  length  field
    0       1       algorithm (high nibble) | key epoch (low nibble)
    1       5       place: region (20 bits) | hall (12) | kiosk (8)
    6       3       item number of the service
    9       2       catalog serial, the version modulo 65,536
    11      2       flags: language 15–12, large 11, contrast 10, aloud 9, easy 8, acting 7–6,
                    medium 5, lifetime 4–2, reserved 1–0 (zero)
    13      3       issued, minutes since 2025-01-01T00:00Z
    16      4       nonce
    20      12      first 12 bytes of HMAC(K, "KQR1" || bytes 0–19)

K = HKDF(master, salt = place, info = "KQR" || algorithm || epoch). In a URL the token is one
decimal number of 78 digits: digits need a third fewer QR bits than base64url, survive capitals,
and are a plain path (see docs/decisions).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum

EPOCH_START = datetime(2025, 1, 1, tzinfo=UTC)
DIGITS = 78
PREFIX_MAX = 26  # characters of `https://host/k/`; more makes the QR code finer (docs/decisions)
_BODY = 20
_TAG = 12
_MAGIC = b"KQR1"


class TokenError(ValueError):
    """The bytes are no token of this kind."""


def prefix_warnings(prefix: str) -> tuple[str, ...]:
    """What to think about before codes begin with this."""
    if len(prefix) <= PREFIX_MAX:
        return ()
    return (
        f"{prefix} has {len(prefix)} characters; above {PREFIX_MAX} the QR code gets finer "
        "and harder to scan: use a shorter host",
    )


class Algorithm(IntEnum):
    """The hash under HMAC and HKDF; SM3 is the national one (GB/T 32905)."""

    SHA256 = 1
    SM3 = 2

    @property
    def hash_name(self) -> str:
        """Its name in hashlib."""
        return {Algorithm.SHA256: "sha256", Algorithm.SM3: "sm3"}[self]


class Acting(IntEnum):
    """For whom the holder acts."""

    SELF = 0
    RELATIVE = 1
    STAFF = 2
    ORGANISATION = 3


class Medium(IntEnum):
    """Where the code stands."""

    SCREEN = 0
    PAPER = 1


class Lifetime(IntEnum):
    """How long the hand-off is good."""

    MINUTES_15 = 0
    HOURS_2 = 1
    HOURS_24 = 2
    DAYS_7 = 3
    DAYS_30 = 4

    @property
    def span(self) -> timedelta:
        """The same as a time span."""
        return {
            Lifetime.MINUTES_15: timedelta(minutes=15),
            Lifetime.HOURS_2: timedelta(hours=2),
            Lifetime.HOURS_24: timedelta(hours=24),
            Lifetime.DAYS_7: timedelta(days=7),
            Lifetime.DAYS_30: timedelta(days=30),
        }[self]


LANGUAGES = ("zh-Hans", "zh-Hant", "mn", "bo", "ug", "za", "ko", "kk", "ii", "en")


@dataclass(frozen=True)
class Place:
    """Which kiosk made the token."""

    region: int  # 20 bits, GB/T 2260
    hall: int  # 12 bits
    kiosk: int  # 8 bits

    def to_bytes(self) -> bytes:
        """Five bytes, big-endian."""
        if not (0 <= self.region < 1 << 20 and 0 <= self.hall < 1 << 12 and 0 <= self.kiosk < 256):
            raise TokenError(f"{self} does not fit 20 + 12 + 8 bits")
        return (self.region << 20 | self.hall << 8 | self.kiosk).to_bytes(5)

    @classmethod
    def from_bytes(cls, packed: bytes) -> Place:
        """The place in five bytes."""
        number = int.from_bytes(packed)
        return cls(number >> 20, number >> 8 & 0xFFF, number & 0xFF)


@dataclass(frozen=True)
class Handoff:
    """What a token says; `issued` has minute precision."""

    place: Place
    item: int
    catalog: int  # version modulo 65,536
    issued: datetime
    nonce: bytes
    language: str = "zh-Hans"
    large_text: bool = False
    high_contrast: bool = False
    read_aloud: bool = False
    easy_language: bool = False
    acting: Acting = Acting.SELF
    medium: Medium = Medium.SCREEN
    lifetime: Lifetime = Lifetime.MINUTES_15
    epoch: int = 0
    algorithm: Algorithm = Algorithm.SHA256

    @property
    def expires(self) -> datetime:
        """The end of its lifetime."""
        return self.issued + self.lifetime.span


def derive_key(master: bytes, place: Place, epoch: int, algorithm: Algorithm) -> bytes:
    """The 32-byte key of one kiosk in one epoch: HKDF, RFC 5869, one block."""
    info = b"KQR" + bytes([algorithm, epoch])
    extracted = hmac.digest(place.to_bytes(), master, algorithm.hash_name)
    return hmac.digest(extracted, info + b"\x01", algorithm.hash_name)


def seal(handoff: Handoff, key: bytes) -> bytes:
    """The 32-byte token.

    Raises:
        TokenError: a value does not fit its field.
    """
    body = _pack(handoff)
    return body + _tag(body, key, handoff.algorithm)


def open_unverified(token: bytes) -> Handoff:
    """What a token claims, before its tag is checked: needed to find the key.

    Raises:
        TokenError: the length, algorithm, reserved bits, language or lifetime is impossible.
    """
    if len(token) != _BODY + _TAG:
        raise TokenError(f"{len(token)} bytes, not {_BODY + _TAG}")
    flags = int.from_bytes(token[11:13])
    if flags & 0b11:
        raise TokenError("reserved bits are set")
    try:
        algorithm = Algorithm(token[0] >> 4)
        language = LANGUAGES[flags >> 12]
        lifetime = Lifetime(flags >> 2 & 0b111)
    except (ValueError, IndexError) as error:
        raise TokenError("unknown algorithm, language or lifetime") from error
    return Handoff(
        place=Place.from_bytes(token[1:6]),
        item=int.from_bytes(token[6:9]),
        catalog=int.from_bytes(token[9:11]),
        issued=EPOCH_START + timedelta(minutes=int.from_bytes(token[13:16])),
        nonce=token[16:20],
        language=language,
        large_text=bool(flags >> 11 & 1),
        high_contrast=bool(flags >> 10 & 1),
        read_aloud=bool(flags >> 9 & 1),
        easy_language=bool(flags >> 8 & 1),
        acting=Acting(flags >> 6 & 0b11),
        medium=Medium(flags >> 5 & 1),
        lifetime=lifetime,
        epoch=token[0] & 0xF,
        algorithm=algorithm,
    )


def is_genuine(token: bytes, key: bytes) -> bool:
    """Whether the tag was made with this key; constant time."""
    try:
        algorithm = open_unverified(token).algorithm
    except TokenError:
        return False
    return hmac.compare_digest(_tag(token[:_BODY], key, algorithm), token[_BODY:])


def to_digits(token: bytes) -> str:
    """The token as 78 decimal digits."""
    return str(int.from_bytes(token)).zfill(DIGITS)


def from_digits(digits: str) -> bytes:
    """The token of 78 decimal digits.

    Raises:
        TokenError: not 78 ASCII digits, or a number of more than 256 bits.
    """
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise TokenError(f"not {DIGITS} digits")
    try:
        return int(digits).to_bytes(_BODY + _TAG)
    except OverflowError as error:
        raise TokenError("more than 256 bits") from error


def check_code(token: bytes) -> str:
    """Four digits that stand beside the QR and on the phone's page, to be compared by eye."""
    return f"{int.from_bytes(token[_BODY : _BODY + 4]) % 10000:04d}"


def on_paper(handoff: Handoff) -> Handoff:
    """The same hand-off for a slip: it lives a week instead of a quarter of an hour."""
    return replace(handoff, medium=Medium.PAPER, lifetime=Lifetime.DAYS_7)


def _pack(handoff: Handoff) -> bytes:
    minutes = int((handoff.issued - EPOCH_START) / timedelta(minutes=1))
    if not 0 <= handoff.epoch < 16 or len(handoff.nonce) != 4:
        raise TokenError("epoch is 0 … 15, the nonce four bytes")
    flags = (
        LANGUAGES.index(handoff.language) << 12
        | handoff.large_text << 11
        | handoff.high_contrast << 10
        | handoff.read_aloud << 9
        | handoff.easy_language << 8
        | handoff.acting << 6
        | handoff.medium << 5
        | handoff.lifetime << 2
    )
    try:
        return (
            bytes([handoff.algorithm << 4 | handoff.epoch])
            + handoff.place.to_bytes()
            + handoff.item.to_bytes(3)
            + (handoff.catalog % 65536).to_bytes(2)
            + flags.to_bytes(2)
            + minutes.to_bytes(3)
            + handoff.nonce
        )
    except OverflowError as error:
        raise TokenError("item or time does not fit its field") from error


def _tag(body: bytes, key: bytes, algorithm: Algorithm) -> bytes:
    return hmac.digest(key, _MAGIC + body, algorithm.hash_name)[:_TAG]
