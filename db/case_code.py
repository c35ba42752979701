"""The case code KCS1: what somebody has told a machine, in a number that a slip can carry.

Knows the layout, its numbers and the tag. Does not know the catalog that they name things of: who
packs and unpacks finds services, questions and papers (`kiosk.store.case_codes`, `hub.phone`).
Nothing in it says who the person is, and no two codes of the same case differ but in their time.

    offset  length  field
    0       1       algorithm (high nibble) | key epoch (low nibble), as KQR1
    1       5       place, as KQR1
    6       1       acting: for whom (high nibble, 0 oneself) | why (low nibble, 0 nothing)
    7       1       services on the list, n
    8       1       subjects that were asked about, m
    9       2       catalog serial, as KQR1
    11      2       flags: language 15-12, large 11, contrast 10, aloud 9, easy 8, rest zero
    13      3       issued, as KQR1
    16      3 n     item numbers of the services, in the order of the list
            …       m subjects, below
            2 p     papers in hand, as fingerprints of their names
            12      first 12 bytes of HMAC(K, "KCS1" || all before)

    a subject:      kind (2 bits: 0 listed service, 1 another service, 2 event) | answers (6 bits)
                    0: 1 byte, place on the list; 1: 3 bytes, number; 2: 2 bytes, fingerprint
                    1 byte, fingerprint of its questions
                    1 byte an answer: question (high nibble) | option (low nibble, 15 skipped)

K is the key of the kiosk's tokens (`db.token.derive_key`); another magic keeps the tags apart. In a
URL the bytes are one decimal number of as many digits as so many bytes may need: the count of
digits says the count of bytes. The tag tells the hub that a machine of a hall has made the page
that it shows. A kiosk reads codes of all others, so it has no key to check them with, and need not:
a forged code can put errands on a list that its holder sees and can change, nothing else.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from db.token import EPOCH_START, LANGUAGES, Algorithm, Place, TokenError

LIFETIME = timedelta(days=30)  # then the hub says that too much may have changed
SERVICES_MAX = 15
SUBJECTS_MAX = 16
QUESTIONS_MAX = 8
OPTIONS_MAX = 15
PAPERS_MAX = 60
SKIPPED = 15
WHOM = ("parent", "spouse", "child", "grandparent", "grandchild", "relative", "friend", "client")
WHY = ("under-16", "minor", "incapable", "frail", "away")
_MAGIC = b"KCS1"
_HEAD, _TAG = 16, 12
_LISTED, _SERVICE, _EVENT = 0, 1, 2
_LENGTHS = {0: 1, 1: 3, 2: 2}  # bytes that name a subject, by its kind
BYTES_MAX = (
    _HEAD + 3 * SERVICES_MAX + (5 + QUESTIONS_MAX) * SUBJECTS_MAX + 2 * PAPERS_MAX + _TAG
)  # a QR code of version 17 at M holds them
_DIGITS_A_BYTE = 8 * math.log10(2)


class CaseCodeError(ValueError):
    """The bytes or digits are no case code, or a case does not fit into one."""


@dataclass(frozen=True)
class Subject:
    """What was answered about one service or event: exactly one of `service` and `event`."""

    questions: int  # one-byte fingerprint of the questions as they were then
    answers: tuple[tuple[int, int], ...]  # question and option, or `SKIPPED`
    service: int | None = None  # short number
    event: int | None = None  # two-byte fingerprint of its name


@dataclass(frozen=True)
class Told:
    """What a code says; `issued` has minute precision."""

    place: Place
    catalog: int  # version modulo 65,536
    issued: datetime
    services: tuple[int, ...] = ()
    subjects: tuple[Subject, ...] = ()
    papers: tuple[int, ...] = ()  # two-byte fingerprints of their names
    whom: str = ""  # of `WHOM`; empty: oneself
    why: str = ""  # of `WHY`
    language: str = "zh-Hans"
    large_text: bool = False
    high_contrast: bool = False
    read_aloud: bool = False
    easy_language: bool = False
    epoch: int = 0
    algorithm: Algorithm = Algorithm.SHA256

    @property
    def expires(self) -> datetime:
        """When too much may have changed."""
        return self.issued + LIFETIME


def name_print(name: str) -> int:
    """Two bytes that stand for the name of a paper or event; two names may share them."""
    return int.from_bytes(sha256(name.encode()).digest()[:2])


def questions_print(words: Iterable[str]) -> int:
    """One byte that stands for questions and their options, by their words in order."""
    return sha256("\0".join(words).encode()).digest()[0]


def seal(told: Told, key: bytes) -> bytes:
    """The code.

    Raises:
        CaseCodeError: a value does not fit its field.
    """
    body = _pack(told)
    return body + _tag(body, key, told.algorithm)


def open_unverified(code: bytes) -> Told:
    """What a code claims, before its tag is checked.

    Raises:
        CaseCodeError: the bytes are no code of this kind.
    """
    if not _HEAD + _TAG <= len(code) <= BYTES_MAX:
        raise CaseCodeError(f"{len(code)} bytes")
    body = code[:-_TAG]
    flags = int.from_bytes(body[11:13])
    whom, why = body[6] >> 4, body[6] & 0xF
    if flags & 0xFF or (why and not whom):
        raise CaseCodeError("reserved bits are set")
    rest = _Rest(body[_HEAD:])
    services = tuple(rest.number(3) for _ in range(_at_most(body[7], SERVICES_MAX)))
    subjects = tuple(_subject(rest, services) for _ in range(_at_most(body[8], SUBJECTS_MAX)))
    try:
        return Told(
            place=Place.from_bytes(body[1:6]),
            catalog=int.from_bytes(body[9:11]),
            issued=EPOCH_START + timedelta(minutes=int.from_bytes(body[13:16])),
            services=services,
            subjects=subjects,
            papers=tuple(rest.papers()),
            whom=("", *WHOM)[whom],
            why=("", *WHY)[why],
            language=LANGUAGES[flags >> 12],
            large_text=bool(flags >> 11 & 1),
            high_contrast=bool(flags >> 10 & 1),
            read_aloud=bool(flags >> 9 & 1),
            easy_language=bool(flags >> 8 & 1),
            epoch=body[0] & 0xF,
            algorithm=Algorithm(body[0] >> 4),
        )
    except (ValueError, IndexError) as error:
        raise CaseCodeError("unknown algorithm, language, person or reason") from error


def is_genuine(code: bytes, key: bytes) -> bool:
    """Whether the tag was made with this key; constant time."""
    try:
        algorithm = open_unverified(code).algorithm
    except CaseCodeError:
        return False
    return hmac.compare_digest(_tag(code[:-_TAG], key, algorithm), code[-_TAG:])


def digits_for(length: int) -> int:
    """How many digits so many bytes are written with."""
    return math.ceil(length * _DIGITS_A_BYTE)


def to_digits(code: bytes) -> str:
    """The code as decimal digits."""
    return str(int.from_bytes(code)).zfill(digits_for(len(code)))


def from_digits(digits: str) -> bytes:
    """The code of decimal digits.

    Raises:
        CaseCodeError: other signs than ASCII digits, or not as many as some code has.
    """
    length = int(len(digits) / _DIGITS_A_BYTE)
    if not _HEAD + _TAG <= length <= BYTES_MAX or digits_for(length) != len(digits):
        raise CaseCodeError(f"{len(digits)} digits")
    if not (digits.isascii() and digits.isdigit()):
        raise CaseCodeError("not only digits")
    try:
        return int(digits).to_bytes(length)
    except OverflowError as error:
        raise CaseCodeError(f"more than {length} bytes") from error


def check_code(code: bytes) -> str:
    """Four digits that stand beside the QR and on the phone's page, to be compared by eye."""
    return f"{int.from_bytes(code[-_TAG : 4 - _TAG]) % 10000:04d}"


class _Rest:
    """The bytes that are not read yet."""

    def __init__(self, packed: bytes) -> None:
        self._packed, self._at = packed, 0

    def number(self, length: int) -> int:
        """The next number; codes that are cut short have none."""
        end = self._at + length
        if end > len(self._packed):
            raise CaseCodeError("cut short")
        found = int.from_bytes(self._packed[self._at : end])
        self._at = end
        return found

    def papers(self) -> Iterator[int]:
        """All that is left."""
        left = len(self._packed) - self._at
        if left % 2 or left > 2 * PAPERS_MAX:
            raise CaseCodeError("papers do not come out even")
        for _ in range(left // 2):
            yield self.number(2)


def _at_most(count: int, most: int) -> int:
    if count > most:
        raise CaseCodeError(f"{count} things, not {most}")
    return count


def _subject(rest: _Rest, services: tuple[int, ...]) -> Subject:
    head = rest.number(1)
    kind, count = head >> 6, _at_most(head & 0x3F, QUESTIONS_MAX)
    if kind not in _LENGTHS:
        raise CaseCodeError("a subject of no known kind")
    name, questions = rest.number(_LENGTHS[kind]), rest.number(1)
    packed = [rest.number(1) for _ in range(count)]
    answers = tuple((one >> 4, one & 0xF) for one in packed)
    if kind == _EVENT:
        return Subject(questions, answers, event=name)
    if kind == _LISTED and name >= len(services):
        raise CaseCodeError("a subject that is not on the list")
    return Subject(questions, answers, service=services[name] if kind == _LISTED else name)


def _pack(told: Told) -> bytes:
    minutes = int((told.issued - EPOCH_START) / timedelta(minutes=1))
    _check(told)
    flags = (
        LANGUAGES.index(told.language) << 12
        | told.large_text << 11
        | told.high_contrast << 10
        | told.read_aloud << 9
        | told.easy_language << 8
    )
    whom = WHOM.index(told.whom) + 1 if told.whom else 0
    why = WHY.index(told.why) + 1 if told.why else 0
    try:
        head = (
            bytes([told.algorithm << 4 | told.epoch])
            + told.place.to_bytes()
            + bytes([whom << 4 | why, len(told.services), len(told.subjects)])
            + (told.catalog % 65536).to_bytes(2)
            + flags.to_bytes(2)
            + minutes.to_bytes(3)
        )
        services = b"".join(number.to_bytes(3) for number in told.services)
        subjects = b"".join(_packed(one, told.services) for one in told.subjects)
        papers = b"".join(paper.to_bytes(2) for paper in told.papers)
    except (OverflowError, TokenError) as error:
        raise CaseCodeError("place, time, number or fingerprint does not fit its field") from error
    return head + services + subjects + papers


def _check(told: Told) -> None:
    if not 0 <= told.epoch < 16 or (told.why and not told.whom):
        raise CaseCodeError("epoch is 0 … 15, and a reason is somebody's")
    for things, most in (
        (told.services, SERVICES_MAX),
        (told.subjects, SUBJECTS_MAX),
        (told.papers, PAPERS_MAX),
    ):
        _at_most(len(things), most)


def _packed(subject: Subject, services: tuple[int, ...]) -> bytes:
    if (subject.service is None) == (subject.event is None):
        raise CaseCodeError("a subject is a service or an event")
    kind, name = _EVENT, subject.event or 0
    if subject.service is not None:
        is_listed = subject.service in services
        kind = _LISTED if is_listed else _SERVICE
        name = services.index(subject.service) if is_listed else subject.service
    answers = [_answer(question, option) for question, option in subject.answers]
    head = bytes([kind << 6 | _at_most(len(answers), QUESTIONS_MAX)])
    return head + name.to_bytes(_LENGTHS[kind]) + subject.questions.to_bytes(1) + bytes(answers)


def _answer(question: int, option: int) -> int:
    if not (0 <= question < QUESTIONS_MAX and 0 <= option <= SKIPPED):
        raise CaseCodeError("no such question or option")
    return question << 4 | option


def _tag(body: bytes, key: bytes, algorithm: Algorithm) -> bytes:
    return hmac.digest(key, _MAGIC + body, algorithm.hash_name)[:_TAG]
