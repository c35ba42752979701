"""The whole kiosk on one machine, without a hub: what a visit leaves behind."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import engine
from kiosk import app, config, logs
from kiosk.core import routes
from kiosk.core.choices import Language
from kiosk.core.errands import wanted
from kiosk.core.errors import ConfigError
from kiosk.core.routes import (
    Act,
    AddStroke,
    Choose,
    Draw,
    Finish,
    Go,
    Home,
    Pick,
    Speak,
    Type,
    Write,
)
from kiosk.staffing import Staffing
from kiosk.store import search_index
from kiosk.store.enrolment import FILE, ROOT_FILE
from kiosk.store.staff_book import Cost
from kiosk.store.state import CatalogFile, Contact, open_state
from kiosk.ui import tokens
from tests.builders import MONDAY_MORNING, PORTRAIT, Bodies, Clock, write_catalog
from tests.kiosk.store.test_enrolment import CONTENT

MARKER = "qxzjwvmarkerzq"
LOST = "id-card-lost"
BEGIN = (Go(Home()), routes.Acknowledge("pay-nobody"))  # which comes before everything else


@pytest.fixture(scope="module")
def indexed(demo_bodies: Bodies, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo city with its search index; never changed."""
    file = write_catalog(tmp_path_factory.mktemp("indexed") / "c.sqlite", demo_bodies)
    opened = engine.scratch(file)
    with opened.begin() as connection:
        search_index.build(connection, demo_bodies)
    opened.dispose()
    return file


@pytest.fixture
def data_dir(tmp_path: Path, indexed: Path) -> Path:
    """The folder of an enrolled kiosk that has synced once."""
    folder = tmp_path / "data"
    (folder / "catalogs").mkdir(parents=True)
    (folder / "catalogs" / "1.sqlite").write_bytes(indexed.read_bytes())
    (folder / FILE).write_text(json.dumps(CONTENT), "utf-8")
    (folder / ROOT_FILE).write_bytes(b"{}")
    use(folder, "catalogs/1.sqlite")
    (folder / config.SETTINGS).write_text('[voice]\nkind = "none"\n', "utf-8")
    return folder


def use(folder: Path, file: str) -> None:
    """Make a catalog file the active one."""
    state = open_state(folder)
    now = datetime(2026, 11, 20, tzinfo=UTC)
    catalog = CatalogFile(file=file, version=1, head=b"{}", policy="")
    state.switch("990100", catalog, {}, Contact("https://hub.example.cn/", None, now, now))
    state.close()


class Machine:
    """A running kiosk, and acts of somebody in front of it."""

    def __init__(self, data_dir: Path, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        ways = app.Ways(
            now=lambda: MONDAY_MORNING, monotonic_s=Clock(), panel=PORTRAIT, watch_hub=False
        )
        self.kiosk = app.Kiosk(data_dir, ways)
        self.kiosk.start()

    def do(self, *acts: Act) -> None:
        """Act, and wait until the kiosk has done what the visit waits for."""
        for act in acts:
            self.kiosk.stage.perform(act)
            self._qtbot.waitUntil(lambda: not wanted(self.kiosk.stage.session))

    def warm(self) -> None:
        """Wait until everything that begins by itself has begun."""
        begun = (self.kiosk._parts.desk, self.kiosk._parts.finder)
        self._qtbot.waitUntil(lambda: all(one._built is not None for one in begun))

    def settle(self) -> None:
        """Wait until the thread of errands has done what nobody waits for."""
        done: list[None] = []
        self.kiosk.errands.run(lambda: None, done.append, lambda _error: None)
        self._qtbot.waitUntil(lambda: bool(done))

    @property
    def screen(self) -> str:
        return self.kiosk.window.screen_shown.objectName().removeprefix("screen:")


@contextmanager
def running(data_dir: Path, qtbot: QtBot) -> Iterator[Machine]:
    made = Machine(data_dir, qtbot)
    made.warm()
    yield made
    made.kiosk.stop()
    made.kiosk.window.deleteLater()


@pytest.fixture
def machine(data_dir: Path, qtbot: QtBot) -> Iterator[Machine]:
    with running(data_dir, qtbot) as made:
        yield made


VISIT: tuple[Act, ...] = (
    Go(Home()),
    Go(routes.GroupPage(group="household")),
    Go(routes.ServicePage(service=LOST)),
    Go(routes.HandoffPage(service=LOST)),
    Go(Home()),
    Go(routes.SearchPage()),
    *(Type(letter) for letter in "sfz"),
    Write(MARKER),
    Go(routes.HelpPage()),
)


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file; SQLite's shared memory holds only who reads at the moment."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files if not file.name.endswith("-shm")}


def test_a_visit_finds_a_service_and_takes_it_along(machine: Machine) -> None:
    machine.do(*BEGIN, Go(routes.SearchPage()), Write("sfz"))
    results = machine.kiosk.stage.session.asking.results
    assert results is not None
    assert any("身份证" in hit.title for hit in results.hits)
    machine.do(Go(routes.ServicePage(service=LOST)), Go(routes.HandoffPage(service=LOST)))
    handoff = machine.kiosk.stage.session.taking.handoff
    assert handoff is not None
    assert handoff.screen.url.startswith(str(CONTENT["handoff_prefix"]))
    assert machine.screen == f"handoff:{LOST}"


def test_results_follow_the_language(machine: Machine) -> None:
    machine.do(Go(Home()), Go(routes.SearchPage()), Write("sfz"))
    choices = machine.kiosk.stage.session.choices
    machine.do(Choose(choices.next_language()))
    results = machine.kiosk.stage.session.asking.results
    assert results is not None
    assert all(hit.title.isascii() for hit in results.hits)


@pytest.mark.parametrize("visits", [1, 2])
def test_visits_without_a_slip_change_nothing_where_nothing_is_counted(
    data_dir: Path, qtbot: QtBot, visits: int
) -> None:
    with (data_dir / config.SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write("[search]\ncount_missed = false\n")
    with running(data_dir, qtbot) as machine:
        before = content_of(data_dir)
        for _ in range(visits):
            machine.do(*VISIT, Finish())
        machine.settle()
        assert content_of(data_dir) == before


def test_of_a_visit_without_an_answer_a_digest_is_left_and_no_word(
    machine: Machine, data_dir: Path
) -> None:
    before = content_of(data_dir)
    machine.do(*VISIT, Finish())
    machine.settle()
    after = content_of(data_dir)
    changed = {file for file in after if after[file] != before.get(file)}
    assert {Path(file).name for file in changed} <= {"state.db", "state.db-wal"}
    assert changed  # a count was kept
    machine.do(*VISIT, Finish())
    machine.settle()
    assert MARKER.encode() not in b"".join(content_of(data_dir).values())


def test_staff_see_what_three_visits_asked_in_vain_and_not_less(
    data_dir: Path, machine: Machine
) -> None:
    typed = iter(["483920", "483920"])
    staffing = Staffing(data_dir, io.StringIO(), lambda _words: next(typed), Cost(1, 8, 1))
    staffing.add("导服台 2")
    staffing.close()
    pin = [routes.TypePin(digit) for digit in "483920"]
    look = (Go(Home()), Go(routes.SignInPage()), *pin, Go(routes.StaffMissedPage()))
    for _ in range(2):
        machine.do(*VISIT, Finish())
    machine.do(*look)
    assert machine.kiosk.stage.session.missed == ()
    machine.do(routes.SignOut(), Finish(), *VISIT, Finish(), *look)
    assert machine.kiosk.stage.session.missed == ((MARKER, 3),)
    assert machine.screen == "staff-missed"
    assert MARKER in str(machine.kiosk.window.screen_shown.page.blocks)
    machine.do(routes.SignOut())
    assert machine.kiosk.stage.session.missed is None


# other ways to ask --------------------------------------------------------------------------


def test_strokes_are_read_from_the_characters_of_this_city(machine: Machine) -> None:
    machine.do(Go(Home()), Go(routes.SearchPage()), *map(AddStroke, "4524"))  # 社 begins so
    reading = machine.kiosk.stage.session.asking.reading
    assert reading is not None
    assert "社" in reading.words
    machine.do(Pick("社"))
    results = machine.kiosk.stage.session.asking.results
    assert results is not None
    assert any("社" in hit.title for hit in results.hits)


def test_what_was_written_by_hand_is_read(machine: Machine) -> None:
    machine.do(Go(Home()), Go(routes.SearchPage()), Draw(0, ((80, 500), (920, 490))))
    reading = machine.kiosk.stage.session.asking.reading
    assert reading is not None
    assert reading.words
    assert machine.kiosk.stage.session.asking.query == reading.words[0]


@pytest.mark.usefixtures("heard")
def test_what_a_program_of_the_hall_has_heard_is_searched_for(machine: Machine) -> None:
    machine.do(Go(Home()), Go(routes.SearchPage()), Speak())
    visit = machine.kiosk.stage.session
    assert (visit.asking.query, visit.asking.also_heard) == ("设保卡", ("社保卡",))
    assert visit.asking.results is not None
    assert any("社保卡" in hit.title for hit in visit.asking.results.hits)


@pytest.fixture
def heard(data_dir: Path) -> None:
    """A microphone that hears the same wherever it is."""
    answer = {"texts": [{"text": "设保卡", "score": 2}, {"text": "社保卡", "score": 1}]}
    program = data_dir / "ears"
    program.write_text(f"#!/bin/sh\necho '{json.dumps(answer)}'\n", "utf-8")
    program.chmod(0o755)
    with (data_dir / config.SETTINGS).open("a", encoding="utf-8") as settings:
        settings.write(f'[dictation]\nkind = "command"\ncommand = ["{program}"]\n')


def test_nothing_that_a_citizen_typed_saw_or_took_along_is_logged(
    machine: Machine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = logging.getLogger("kiosk")
    level = root.level
    writer = logs.Writer(tmp_path / "logs")
    writer.open()
    with caplog.at_level(logging.DEBUG):
        machine.do(*VISIT[:4])
        handoff = machine.kiosk.stage.session.taking.handoff
        assert handoff is not None
        machine.do(*VISIT[4:], Finish())
    writer.close()
    root.setLevel(level)
    written = (tmp_path / "logs" / "kiosk.jsonl").read_text("utf-8") + caplog.text
    for secret in (MARKER, "sfz", LOST, "household", handoff.screen.url, handoff.paper.url):
        assert secret not in written


def test_the_words_of_the_screens_are_there_in_both_languages() -> None:
    assert app.translations(Language.CHINESE)("首页") == "首页"
    assert app.translations(Language.ENGLISH)("首页") == "Home"


def test_the_application_has_the_family_and_the_locale_of_the_tests(qapp: QApplication) -> None:
    font, locale = QApplication.font(), QLocale()
    assert app.application() is qapp
    assert QApplication.font() == font == QFont(tokens.FAMILY)
    assert QLocale() == locale
    assert qapp.applicationName() == "kiosk"
    app.require_font()


# what cannot be shown -----------------------------------------------------------------------


@pytest.mark.usefixtures("qapp")
def test_a_kiosk_that_is_not_enrolled_does_not_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        app.Kiosk(tmp_path)


@pytest.mark.logs("catalog-missing")
def test_a_machine_without_a_catalog_says_where_to_go(data_dir: Path, qtbot: QtBot) -> None:
    (data_dir / "state.db").unlink()
    machine = Machine(data_dir, qtbot)
    assert machine.screen == "out-of-order"
    machine.kiosk.stop()
    machine.kiosk.window.deleteLater()


@pytest.mark.logs("catalog-damaged")
def test_a_damaged_catalog_gives_way_to_the_one_before_it(
    data_dir: Path, indexed: Path, qtbot: QtBot
) -> None:
    newer = data_dir / "catalogs" / "2.sqlite"
    newer.write_bytes(indexed.read_bytes()[:5000])
    use(data_dir, "catalogs/2.sqlite")
    machine = Machine(data_dir, qtbot)
    machine.do(*BEGIN)
    assert machine.screen == "home"
    machine.kiosk.stop()
    machine.kiosk.window.deleteLater()


@pytest.mark.logs("catalog-damaged")
def test_a_record_that_is_damaged_while_it_is_shown_gives_way_to_the_edition_before(
    data_dir: Path, indexed: Path, qtbot: QtBot
) -> None:
    newer = data_dir / "catalogs" / "2.sqlite"
    content = indexed.read_bytes()
    words = "身份证丢了或被偷".encode()
    assert words in content
    newer.write_bytes(content.replace(words, "身份证丢了或被抢".encode()))
    use(data_dir, "catalogs/2.sqlite")
    machine = Machine(data_dir, qtbot)
    machine.do(*BEGIN, Go(routes.ServicePage(service=LOST)))
    qtbot.waitUntil(lambda: machine.screen == f"service:{LOST}")
    assert "被抢" not in machine.kiosk.window._shown[0].text  # type: ignore[index]
    machine.kiosk.stop()
    machine.kiosk.window.deleteLater()
