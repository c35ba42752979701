"""What somebody typed, ticked or told is nowhere on the machine when they have left.

A journey is a line of `JOURNEYS`: what is done, and the words that must not be found afterwards: in
no file of the kiosk, whatever it is for, and in no line that any part of the program logged.
"""

from __future__ import annotations

import logging
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.citizen import Citizen, Machine
from kiosk.core.routes import Finish
from kiosk.core.session import Session
from kiosk.logs import Writer
from tests.journeys.demo import running
from tests.journeys.listener import RecordedVoice

ID_NUMBER = "110105194912310029"
NAME = "欧阳美丽"
NAME_IN_LETTERS = ("ouyangmeili", "ou yang mei li", "ou'yang'mei'li")
PIN = "730518"
pytestmark = pytest.mark.usefixtures("qapp")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


class Somebody:
    """Somebody in front of the demo city's kiosk, with a finger, a keyboard and a code reader."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.citizen = Citizen(machine.kiosk, machine.clock)
        self.citizen.begin()

    @property
    def session(self) -> Session:
        return self._machine.kiosk.stage.session

    def choose(self, *names: str) -> None:
        for name in names:
            self.citizen.choose(name)
        self.citizen.settle()

    def type(self, text: str) -> None:
        """Sign by sign, as a hand does."""
        for sign in text:
            before = self._entered()
            QTest.keyClick(self._machine.kiosk.window.windowHandle(), _key(sign))
            self._machine.clock.advance(1)  # a code reader would be faster
            self.citizen.until(lambda: self._entered() != before, sign)  # noqa: B023 — asked at once
        self.citizen.settle()

    def _entered(self) -> tuple[object, ...]:
        session = self.session
        return session.asking.query, session.staff.pin, session.staff.trying, session.staff.verdict

    def compose(self, letters: str, words: str) -> None:
        """Through an input method: first letters, then what was chosen for them."""
        window = self._machine.kiosk.window
        QApplication.sendEvent(window, QInputMethodEvent(letters, []))
        self.citizen.settle()
        settled = QInputMethodEvent()
        settled.setCommitString(words)
        QApplication.sendEvent(window, settled)
        self.citizen.settle()

    def scan(self, code: str) -> None:
        """A code reader types faster than any hand and ends with Enter."""
        window = self._machine.kiosk.window.windowHandle()
        for sign in code:
            QTest.keyClick(window, _key(sign))
        QTest.keyClick(window, Qt.Key.Key_Return)
        self.citizen.settle()


def _key(sign: str) -> Qt.Key:
    """The key of a letter, digit or sign: Qt numbers them as ASCII does."""
    return Qt.Key(ord(sign.upper()))


# what is done -----------------------------------------------------------------------------------


def type_a_number(person: Somebody) -> tuple[str, ...]:
    person.choose("home:search")
    person.type(ID_NUMBER)
    assert person.session.asking.query == ID_NUMBER
    return (ID_NUMBER,)


def type_a_name(person: Somebody) -> tuple[str, ...]:
    person.choose("home:search")
    person.compose(NAME_IN_LETTERS[0], NAME)
    assert person.session.asking.query == NAME
    return (NAME, *NAME_IN_LETTERS)


def type_a_name_in_letters(person: Somebody) -> tuple[str, ...]:
    person.choose("home:search")
    for letter in NAME_IN_LETTERS[0].upper():
        if not person.citizen.can_touch(f"key:{letter}"):
            person.type(letter.lower())  # no service goes on so: its key is off
        else:
            person.choose(f"key:{letter}")
    assert person.session.asking.query.lower() == NAME_IN_LETTERS[0]
    return NAME_IN_LETTERS


def call_for_help_in_the_middle_of_it(person: Somebody) -> tuple[str, ...]:
    person.choose("home:search")
    person.type(ID_NUMBER)
    person.choose("bar:help")
    if person.citizen.can_touch("help:call"):
        person.choose("help:call")
    return (ID_NUMBER,)


def tick_papers(person: Somebody) -> tuple[str, ...]:
    person.choose("home:papers")
    shown = [name for name in person.citizen.sees() if name.startswith("paper:")][:3]
    person.choose(*shown)
    person.choose("papers:doable")
    assert len(person.session.case.in_hand) == len(shown) == 3
    return person.session.case.in_hand


def act_for_somebody(person: Somebody) -> tuple[str, ...]:
    person.choose("home:groups", "group:household", "service:id-card-lost", "proxy:ask")
    whom = next(name for name in person.citizen.sees() if name.startswith("whom:grand"))
    person.choose(whom)
    why = [name for name in person.citizen.sees() if name.startswith("why:")]
    person.choose(*why[:1])
    acting = person.session.case.acting
    assert acting is not None
    return tuple(str(one) for one in (acting.whom.value, acting.why) if one)


def answer_questions(person: Somebody) -> tuple[str, ...]:
    person.choose("home:groups", "group:household", "service:id-card-lost", "situation:ask")
    person.choose("option:0")
    (answer,) = person.session.case.answers[:1]
    catalog = person.citizen.kiosk.stage.catalog
    service = catalog.service("id-card-lost") if catalog is not None else None
    assert service is not None
    chosen = service.situations[answer.question].options[answer.option]
    return (chosen.label.zh, answer.of, "Answer(")


def collect_a_list(person: Somebody) -> tuple[str, ...]:
    person.choose("home:groups", "group:household", "service:id-card-lost", "list:collect")
    person.choose("bar:home", "home:list")
    assert person.session.case.services == ("id-card-lost",)
    return ("id-card-lost",)


def take_the_list_along_and_go_on_with_it(person: Somebody) -> tuple[str, ...]:
    collect_a_list(person)
    person.choose("list:take")
    handoff = person.session.taking.handoff
    assert handoff is not None
    code = (handoff.resume or handoff.screen).url
    person.choose("handoff:finish")
    assert person.session == Session()
    person.scan(code)
    assert person.session.case.services == ("id-card-lost",)
    return (code, code.rpartition("/")[2])


def try_a_pin(person: Somebody) -> tuple[str, ...]:
    person.choose("bar:help", "help:staff")
    person.type(PIN)
    assert person.session.staff.verdict is not None
    assert not person.session.staff.who
    return (PIN,)


@dataclass(frozen=True)
class Journey:
    """What somebody does; it gives back the words that must not be found."""

    walk: Callable[[Somebody], tuple[str, ...]]
    ends_by_itself: bool = False  # nobody says that they are done


JOURNEYS = {
    "a-number-is-typed": Journey(type_a_number),
    "a-number-is-typed-and-left": Journey(type_a_number, ends_by_itself=True),
    "a-name-is-typed": Journey(type_a_name),
    "a-name-is-typed-in-letters": Journey(type_a_name_in_letters),
    "help-is-called": Journey(call_for_help_in_the_middle_of_it),
    "papers-are-ticked": Journey(tick_papers),
    "somebody-acts-for-another": Journey(act_for_somebody),
    "questions-are-answered": Journey(answer_questions),
    "a-list-is-collected": Journey(collect_a_list),
    "a-list-is-scanned-again": Journey(take_the_list_along_and_go_on_with_it),
    "a-pin-is-tried": Journey(try_a_pin, ends_by_itself=True),
}


# where it is looked for -------------------------------------------------------------------------


@dataclass
class Told(logging.Handler):
    """Every line that anything logged, with its facts."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()} {vars(record)}")


@pytest.fixture
def told() -> Iterator[Told]:
    handler, root = Told(), logging.getLogger()
    logger = logging.getLogger("kiosk")
    before = root.level, logger.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logger.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before[0])
    logger.setLevel(before[1])


def found_in(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Which of the words stand in which files, however they are written."""
    hits = []
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file():  # the catalog says the same to everybody
            continue
        content = _all_of(file)
        hits += [
            f"{word} in {file.relative_to(folder)} as {encoding}"
            for word, encoding in product(words, ENCODINGS)
            if word.encode(encoding) in content
        ]
    return hits


def _all_of(file: Path) -> bytes:
    """The bytes of a file, its name, and what is packed in it."""
    content = file.read_bytes()
    streams = content.split(b"stream\n")[1:] if content.startswith(b"%PDF") else []
    return b"\n".join((str(file).encode(), content, *filter(None, map(_unpacked, streams))))


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return b""


# the rule ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS.keys())
def test_nothing_of_a_visit_is_found_afterwards(
    journey: Journey, data_dir: Path, tmp_path: Path, told: Told
) -> None:
    log = Writer(data_dir / "log")
    log.open()
    try:
        with running(data_dir, RecordedVoice()) as machine:
            person = Somebody(machine)
            words = journey.walk(person)
            assert words
            assert all(words)
            if journey.ends_by_itself:
                for _ in range(2):
                    machine.clock.advance(400)
                    machine.kiosk.stage.tick()
            else:
                machine.kiosk.stage.perform(Finish())
            assert person.session == Session()
            person.citizen.settle()
    finally:
        log.close()

    assert found_in(tmp_path, words) == []
    assert [line for line in told.lines if any(word in line for word in words)] == []


def test_what_is_kept_would_be_found(tmp_path: Path) -> None:
    """Whoever looks for words that are there finds them, wherever and however they are written."""
    for encoding in ENCODINGS:
        (tmp_path / encoding).write_bytes(b"\x00" + NAME.encode(encoding) + b"\xff")
    with closing(sqlite3.connect(tmp_path / "counts.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE counted (words TEXT)")
        connection.execute("INSERT INTO counted VALUES (?)", [f"他叫{NAME}"])
        connection.commit()
        hits = found_in(tmp_path, (NAME,))
    packed = zlib.compress(ID_NUMBER.encode())
    (tmp_path / "slip.pdf").write_bytes(b"%PDF-1.7 stream\n" + packed + b"\nendstream")

    files = {hit.split()[2] for hit in hits}
    assert set(ENCODINGS) | {"counts.sqlite-wal"} <= files
    assert found_in(tmp_path, (ID_NUMBER,)) == [f"{ID_NUMBER} in slip.pdf as utf-8", *_others()]


def _others() -> list[str]:
    """Digits are the same in this encoding."""
    return [f"{ID_NUMBER} in slip.pdf as gb18030"]


def test_what_is_logged_would_be_found(told: Told) -> None:
    logging.getLogger("kiosk.anywhere").debug("searched", extra={"facts": {"words": NAME}})

    assert any(NAME in line for line in told.lines)
