"""The desk: which codes a case gets, which pieces of paper a job has, and what became of them."""

from __future__ import annotations

import io
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdf
import pytest

from db import case_code, token
from kiosk.config import Printer, Sheets
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.catalog import NeededMaterial, ProxyRule, Text
from kiosk.core.choices import Choices, Language
from kiosk.core.errands import PrintSlip
from kiosk.core.errors import CatalogMissingError, DiskError
from kiosk.core.handoff import Handoff
from kiosk.core.local import Local
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    PrinterState,
    PrintOutcome,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.printing.desk import CodeDesk, Known, SlipDesk
from kiosk.printing.layout import WIDTH_80MM
from kiosk.printing.page import Glyphs, Matrix, Page
from kiosk.printing.status import Asked, Status
from kiosk.store.enrolment import Enrolment, PlaceNumbers
from tests.builders import MONDAY_MORNING, TableCatalog, make_service, table_of
from tests.kiosk.printing.escpos_printer import Machine, TcpPrinter, Troubles

PASSPORT = make_service(
    proxy=ProxyRule("yes", Text("家人可以"), papers=("proxy-letter",)),
)
CARD = make_service(
    "card",
    number=13002,
    plain_name=Text("办身份证"),
    name=Text("身份证"),
    materials=(NeededMaterial("id-card", originals=1),),
)
CATALOG = table_of(PASSPORT, CARD)
LIST = Case(services=("passport", "card"))
ACTING = Case(acting=Acting(Whom.PARENT, "frail"))
_SHARED = str.maketrans("⻚", "页")  # the supplement of radicals, which that leaves alone


class Desk:
    """A desk that writes its slips into a folder, and what one finds there."""

    def __init__(self, folder: Path, sheets: Sheets | None = None, **settings: Any) -> None:
        self.folder, self.state_db = folder / "slips", folder / "state.db"
        who = Enrolment(
            repository="https://hub.example.cn/",
            handoff_prefix="https://zwfw.example.cn/k/",
            collection="990100",
            hall="here",
            place=PlaceNumbers(990100, 1, 7),
            epoch=1,
            key="11" * 32,
        )
        self.known: list[Known] = []
        self.codes = CodeDesk(who, lambda: MONDAY_MORNING)
        self.desk = SlipDesk(
            state_db=self.state_db,
            slips=self.folder,
            settings=Printer(**settings),
            who=who,
            now=lambda: MONDAY_MORNING,
            gettext=lambda _language: str,
            local=lambda: Local(kiosk=7),
            tell=self.known.append,
            sheets=sheets,
        )

    @property
    def state(self) -> PrinterState:
        """What the desk has said of its printer last."""
        return self.known[-1].printer

    def make(self, service: str, case: Case | None = None) -> Handoff:
        return self.codes.make(CATALOG, service, case or Case(), Choices())  # type: ignore[arg-type]

    def print(
        self,
        kind: SlipKind,
        case: Case | None = None,
        service: str = "passport",
        batch: tuple[str, ...] = (),
        catalog: TableCatalog = CATALOG,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> PrintOutcome:
        case = case or Case()
        alone = kind in (SlipKind.BATCH, SlipKind.TEST)
        service = "" if alone or kind is SlipKind.LIST else service
        handoff = None if alone else self.make(service, case)
        errand = PrintSlip(SlipJob(service, large=False, copy=1, kind=kind), case, batch)
        return self.desk.print(catalog, handoff, errand, Choices(), is_wanted)  # type: ignore[arg-type]

    def print_copy(self, handoff: Handoff, copy: int) -> PrintOutcome:
        errand = PrintSlip(SlipJob("passport", large=False, copy=copy), Case())
        return self.desk.print(CATALOG, handoff, errand, Choices())  # type: ignore[arg-type]

    def slips(self) -> list[str]:
        """The words of all slips, without blanks."""
        names = sorted(self.folder.glob("slip-*.pdf"), key=lambda one: int(one.stem[5:]))
        return [_words(one) for one in names if one.is_file()]

    def journal(self) -> list[tuple[int, int, str]]:
        with closing(sqlite3.connect(self.state_db)) as connection:
            rows = connection.execute("SELECT number, service, state FROM print_slip")
            return [tuple(row) for row in rows.fetchall()]


class _Ending:
    """A printer of which only the endings are known; it keeps what it was given."""

    width = WIDTH_80MM

    def __init__(self, endings: Iterator[PrintOutcome]) -> None:
        self._endings = endings
        self.pages: list[Page] = []
        self.is_cut_first = False

    def print(self, page: Page, _slip_number: int) -> PrintOutcome:
        self.pages.append(page)
        return next(self._endings)

    def cut_first(self) -> None:
        self.is_cut_first = True

    def ask(self) -> Asked:
        return Asked(Status())


def _words(file: Path) -> str:
    (sheet,) = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages
    text = unicodedata.normalize("NFKC", sheet.extract_text())  # radicals look like their signs
    return re.sub(r"\s", "", text).translate(_SHARED)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.desk.close()


def told_in(url: str) -> case_code.Told:
    return case_code.open_unverified(case_code.from_digits(url.rpartition("/")[2]))


# codes ------------------------------------------------------------------------------------------


def test_a_service_of_somebody_who_told_nothing_has_nothing_to_resume(desk: Desk) -> None:
    made = desk.make("passport")
    assert made.resume is None
    assert made.screen.url != made.paper.url
    assert made.screen.short_number == "13001-6"


def test_what_was_told_goes_along_with_a_service(desk: Desk) -> None:
    made = desk.make("passport", LIST)
    assert made.resume is not None
    assert told_in(made.resume.url).services == (13001, 13002)
    handoff = token.open_unverified(token.from_digits(made.paper.url.rpartition("/")[2]))
    assert handoff.item == 13001


def test_the_code_of_the_list_is_that_of_the_case(desk: Desk) -> None:
    made = desk.make("", LIST)
    assert made.screen == made.paper == made.resume
    assert made.service == ""
    assert told_in(made.screen.url).services == (13001, 13002)


def test_the_list_of_nobody_has_a_code_too(desk: Desk) -> None:
    made = desk.make("")
    assert (told_in(made.screen.url).services, made.resume) == ((), None)


def test_a_hand_off_says_that_somebody_acts_for_another(desk: Desk) -> None:
    made = desk.make("passport", ACTING)
    handoff = token.open_unverified(token.from_digits(made.screen.url.rpartition("/")[2]))
    assert handoff.acting is token.Acting.RELATIVE


def test_a_service_that_is_gone_has_no_code(desk: Desk) -> None:
    with pytest.raises(CatalogMissingError):
        desk.make("gone")


# slips ------------------------------------------------------------------------------------------


def test_a_slip_of_a_service_is_noted_with_its_number(desk: Desk) -> None:
    assert desk.print(SlipKind.SERVICE) == Printed()
    (slip,) = desk.slips()
    assert "办护照" in slip
    assert "下次接着办" not in slip
    assert desk.journal() == [(1, 13001, "printed")]


def test_what_was_told_can_be_scanned_from_the_slip(desk: Desk) -> None:
    desk.print(SlipKind.SERVICE, LIST)
    (slip,) = desk.slips()
    assert "下次接着办" in slip


def test_the_list_is_one_slip_with_every_errand_and_its_number(desk: Desk) -> None:
    assert desk.print(SlipKind.LIST, LIST) == Printed()
    (slip,) = desk.slips()
    for words in ("办护照", "办身份证", "13001-6", "13002-4"):
        assert words in slip
    assert desk.journal() == [(1, 0, "printed")]


def test_two_slips_come_out_for_two_people(desk: Desk) -> None:
    assert desk.print(SlipKind.PAIR, ACTING) == Printed()
    persons, helpers = desk.slips()
    assert persons != helpers
    assert "小票号2" in helpers
    assert desk.journal() == [(1, 13001, "printed"), (2, 13001, "printed")]


def test_a_pair_for_nobody_is_one_slip(desk: Desk) -> None:
    assert desk.print(SlipKind.PAIR) == Printed()
    assert len(desk.slips()) == 1


def test_a_batch_is_a_slip_of_each_service(desk: Desk) -> None:
    assert desk.print(SlipKind.BATCH, batch=("card", "passport")) == Printed()
    card, passport = desk.slips()
    assert "办身份证" in card
    assert "办护照" in passport
    assert [service for _n, service, _state in desk.journal()] == [13002, 13001]


def test_the_citizens_case_is_on_no_slip_of_a_batch(desk: Desk) -> None:
    desk.print(SlipKind.BATCH, LIST, batch=("card",))
    assert "下次接着办" not in desk.slips()[0]


def test_an_empty_batch_prints_nothing_and_does_not_say_printed(desk: Desk) -> None:
    assert desk.print(SlipKind.BATCH) == FailedBefore(Fault.OFFLINE)
    assert desk.slips() == []


def test_the_first_slip_that_fails_is_the_last_one_and_says_how_many_came_out(
    desk: Desk,
) -> None:
    (desk.folder / "slip-2.pdf").mkdir()
    (desk.folder / "slip-2.pdf" / "in-the-way").touch()
    outcome = desk.print(SlipKind.BATCH, batch=("card", "passport", "card"))
    assert outcome == FailedBefore(Fault.NOT_THERE, done=1)
    assert [state for _n, _service, state in desk.journal()] == ["printed", "failed-before"]
    assert len(desk.slips()) == 1


def test_the_second_slip_of_a_pair_that_fails_says_that_the_first_came_out(desk: Desk) -> None:
    (desk.folder / "slip-2.pdf").mkdir()
    (desk.folder / "slip-2.pdf" / "in-the-way").touch()
    assert desk.print(SlipKind.PAIR, ACTING) == FailedBefore(Fault.NOT_THERE, done=1)


def test_a_test_page_names_the_machine_and_has_a_ruler(desk: Desk) -> None:
    assert desk.print(SlipKind.TEST) == Printed()
    (slip,) = desk.slips()
    for words in ("测试页", "7号机器", "10毫米", "zwfw.example.cn"):
        assert words in slip
    assert desk.journal() == [(1, 0, "printed")]


@pytest.mark.parametrize("batch", [("gone",), ("card", "gone")])
def test_a_service_that_left_the_catalog_is_missed_before_anything_is_printed(
    desk: Desk, batch: tuple[str, ...]
) -> None:
    with pytest.raises(CatalogMissingError):
        desk.print(SlipKind.BATCH, batch=batch)
    assert desk.journal() == []


def test_a_slip_that_nobody_confirmed_is_not_counted_as_out(desk: Desk) -> None:
    endings = iter((Unconfirmed(), FailedBefore(Fault.NO_PAPER)))
    desk.desk._printer = _Ending(endings)  # no real one falls silent and then fails to order
    assert desk.print(SlipKind.PAIR, ACTING) == FailedBefore(Fault.NO_PAPER, done=0)


def test_a_machine_that_is_switched_off_prints_the_slip_at_hand_and_no_more(desk: Desk) -> None:
    def ended() -> Iterator[PrintOutcome]:
        desk.desk.stop()
        yield Printed()

    desk.desk._printer = _Ending(ended())
    assert desk.print(SlipKind.BATCH, batch=("card",) * 3) == FailedBefore(Fault.OFFLINE, done=1)
    assert [state for _n, _service, state in desk.journal()] == ["printed"]


@pytest.mark.logs("task-failed")
def test_a_slip_that_came_out_did_so_though_the_disk_is_full(desk: Desk) -> None:
    desk.desk._printer = _Ending(full_after(desk, Printed()))
    assert desk.print(SlipKind.SERVICE) == Printed()
    with pytest.raises(DiskError):
        desk.print(SlipKind.SERVICE)
    assert [state for _n, _service, state in desk.journal()] == ["sending"]


@pytest.mark.logs("task-failed")
def test_a_pair_whose_second_slip_cannot_be_noted_says_that_the_first_came_out(desk: Desk) -> None:
    desk.desk._printer = _Ending(full_after(desk, Printed()))
    assert desk.print(SlipKind.PAIR, ACTING) == FailedBefore(Fault.OFFLINE, done=1)


def full_after(desk: Desk, outcome: PrintOutcome) -> Iterator[PrintOutcome]:
    """A disk that fills up while the first slip comes out."""
    desk.desk._journal._connection.execute("PRAGMA query_only = ON")
    yield outcome


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose slips are paper."""
    made = Desk(tmp_path, kind="tcp", host="127.0.0.1")
    yield made
    made.desk.close()


def test_three_who_say_that_nothing_came_out_of_a_mute_printer_withdraw_it(paper: Desk) -> None:
    """It has no paper and no word for that; the next citizen would wait in vain as well."""
    desk = paper
    printer = desk.desk._printer = _Ending(iter((Unconfirmed(),) * 3))
    for number in (1, 2, 3):
        assert not desk.state.withdrawn
        assert desk.print(SlipKind.SERVICE) == Unconfirmed(slip=number)
        desk.desk.deny(number)
    assert desk.state == PrinterState(withdrawn=True, fault=Fault.OFFLINE)
    assert desk.print(SlipKind.SERVICE) == FailedBefore(Fault.OFFLINE)
    assert printer.is_cut_first


def test_a_pair_of_which_nobody_knows_is_one_slip_to_deny(desk: Desk) -> None:
    desk.desk._printer = _Ending(iter((Unconfirmed(), Unconfirmed(low_paper=True))))
    assert desk.print(SlipKind.PAIR, ACTING) == Unconfirmed(low_paper=True, slip=2)


def test_a_slip_that_was_printed_for_another_since_is_not_cut_off_again(paper: Desk) -> None:
    desk = paper
    printer = desk.desk._printer = _Ending(iter((Unconfirmed(), Printed())))
    desk.print(SlipKind.SERVICE)
    desk.print(SlipKind.TEST)
    desk.desk.deny(1)
    assert not printer.is_cut_first


def test_whoever_asks_a_desk_that_is_withdrawn_hears_that_it_is(desk: Desk) -> None:
    desk.desk._printer = _Ending(iter((FailedBefore(Fault.JAM),) * 3))
    for _ in range(3):
        desk.print(SlipKind.SERVICE)
    desk.known.clear()  # what staff ordered meanwhile told an older state last
    desk.print(SlipKind.SERVICE)
    assert desk.state.withdrawn


# once, and not for somebody else -------------------------------------------------------------


def words_of(page: Page) -> str:
    return "".join(mark.text for mark in page.marks if isinstance(mark, Glyphs))


def matrices_of(page: Page) -> list[Matrix]:
    return [mark for mark in page.marks if isinstance(mark, Matrix)]


def test_the_slip_that_is_asked_for_again_says_so_and_has_the_same_code(desk: Desk) -> None:
    printer = desk.desk._printer = _Ending(iter((Unconfirmed(), Printed())))  # a mute one, then not
    handoff = desk.make("passport")
    assert desk.print_copy(handoff, 1) == Unconfirmed(slip=1)
    assert desk.print_copy(handoff, 2) == Printed()
    first, second = printer.pages
    assert "次打印" not in words_of(first)
    assert "第2次打印" in words_of(second)
    assert [one.modules for one in matrices_of(first)] == [
        one.modules for one in matrices_of(second)
    ]
    assert [state for _n, _service, state in desk.journal()] == ["unconfirmed", "printed"]


def test_nothing_is_sent_again_by_itself_whatever_the_ending(desk: Desk) -> None:
    endings = (Unconfirmed(slip=1), FailedDuring(Fault.JAM, 90), FailedBefore(Fault.NO_PAPER))
    printer = desk.desk._printer = _Ending(iter(endings))
    for ending in endings:
        assert desk.print(SlipKind.SERVICE) == ending
    assert len(printer.pages) == len(endings)


def test_what_was_unconfirmed_when_everybody_had_left_stays_so_over_a_restart(
    tmp_path: Path,
) -> None:
    before = Desk(tmp_path)
    before.desk._printer = _Ending(iter((Unconfirmed(),)))
    before.print(SlipKind.SERVICE)
    before.desk.close()
    after = Desk(tmp_path)
    assert [state for _n, _service, state in after.journal()] == ["unconfirmed"]
    assert after.slips() == []
    after.desk.close()


def test_the_second_piece_is_not_printed_for_somebody_who_has_left(desk: Desk) -> None:
    outcome = desk.print(SlipKind.PAIR, ACTING, is_wanted=lambda: not desk.journal())
    assert outcome == FailedBefore(Fault.OFFLINE, done=1)
    assert len(desk.slips()) == 1
    assert [state for _n, _service, state in desk.journal()] == ["printed"]


def test_a_desk_that_is_built_while_the_machine_is_switched_off_prints_nothing(
    desk: Desk,
) -> None:
    desk.desk.stop()
    assert desk.print(SlipKind.SERVICE) == FailedBefore(Fault.OFFLINE)
    assert desk.journal() == []


# withdrawn --------------------------------------------------------------------------------------

JAMS = [FailedBefore(Fault.JAM)] * 3


def withdrawn(desk: Desk, *endings: PrintOutcome) -> _Ending:
    """Three slips have failed; the printer ends like this from now on."""
    printer = desk.desk._printer = _Ending(iter((*JAMS, *endings)))
    for _ in JAMS:
        assert not desk.state.withdrawn
        desk.print(SlipKind.SERVICE)
    return printer


def test_after_three_faults_nothing_is_printed_for_citizens(desk: Desk) -> None:
    printer = withdrawn(desk)
    assert desk.state == PrinterState(withdrawn=True, fault=Fault.JAM)
    assert desk.print(SlipKind.SERVICE) == FailedBefore(Fault.OFFLINE)
    assert len(printer.pages) == len(JAMS)
    assert len(desk.journal()) == len(JAMS)


def test_a_test_page_that_came_out_is_the_proof_that_it_works_again(desk: Desk) -> None:
    withdrawn(desk, Printed(), Printed())
    assert desk.print(SlipKind.TEST) == Printed()
    assert desk.state == PrinterState()
    assert desk.print(SlipKind.SERVICE) == Printed()


@pytest.mark.parametrize("ending", [Unconfirmed(), FailedDuring(Fault.JAM, 9)])
def test_a_test_page_that_perhaps_came_out_proves_nothing(desk: Desk, ending: PrintOutcome) -> None:
    withdrawn(desk, ending)
    desk.print(SlipKind.TEST)
    assert desk.state.withdrawn


def test_a_pile_of_staff_is_printed_meanwhile_and_proves_nothing(desk: Desk) -> None:
    withdrawn(desk, Printed())
    assert desk.print(SlipKind.BATCH, batch=("card",)) == Printed()
    assert desk.state.withdrawn


def test_a_restart_says_at_once_what_is_withdrawn(tmp_path: Path) -> None:
    before = Desk(tmp_path)
    withdrawn(before)
    before.desk.close()
    after = Desk(tmp_path)
    assert [one.printer.withdrawn for one in after.known] == [True]
    assert after.known[-1].slip_number == len(JAMS)
    after.desk.close()


def test_how_much_paper_is_left_is_told_with_every_slip(tmp_path: Path) -> None:
    made = Desk(tmp_path, kind="tcp", host="127.0.0.1", roll_m=1, low_at_m=0.5)
    made.desk._printer = _Ending(iter([Printed()] * 3))
    told = []
    for _ in range(3):
        made.print(SlipKind.SERVICE)
        told.append(made.state.low_paper)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (False, True)
    made.desk.close()


# the printer itself -----------------------------------------------------------------------------


def test_half_a_slip_is_cut_off_before_the_next_one_also_after_a_restart(tmp_path: Path) -> None:
    machine = Machine(Troubles(paper_out_at=600), buffer_bytes=4096, speed_mm_s=4000.0)
    with TcpPrinter(machine).running() as printer:
        line = {"kind": "tcp", "host": "127.0.0.1", "port": printer.port}
        before = Desk(tmp_path, **line)
        assert isinstance(before.print(SlipKind.SERVICE), FailedDuring)
        before.desk.close()
        with printer.lock:
            machine.repair()
        after = Desk(tmp_path, **line)
        assert after.print(SlipKind.SERVICE) == Printed()
        after.desk.close()
        whole = machine.slips[-1]
    (tmp_path / "fresh").mkdir()
    alone = Machine(Troubles(), speed_mm_s=4000.0)
    with TcpPrinter(alone).running() as printer:
        fresh = Desk(tmp_path / "fresh", kind="tcp", host="127.0.0.1", port=printer.port)
        fresh.print(SlipKind.SERVICE)
        fresh.desk.close()
    assert 0 <= len(whole) - len(alone.slips[0]) < 200  # one slip, and not the 600 rows of before


def test_a_printer_that_prints_is_not_asked_how_it_is(desk: Desk) -> None:
    asked: list[Asked | None] = []

    def ended() -> Iterator[PrintOutcome]:
        asked.append(desk.desk.ask())  # a printer takes one connection at a time
        yield Printed()

    desk.desk._printer = _Ending(ended())
    desk.print(SlipKind.SERVICE)
    asked.append(desk.desk.ask())
    assert asked == [None, Asked(Status())]


# letters ----------------------------------------------------------------------------------------


def test_a_letter_is_refused_where_no_printer_has_sheets(desk: Desk) -> None:
    assert desk.print(SlipKind.LETTER, ACTING) == FailedBefore(Fault.NOT_THERE)


def test_a_letter_is_a_sheet_of_its_own_and_no_slip_of_the_roll(tmp_path: Path) -> None:
    made = Desk(tmp_path, Sheets(kind="folder"))
    assert made.print(SlipKind.LETTER, ACTING) == Printed()
    made.desk.close()
    assert len(list(made.folder.glob("*.pdf"))) == 1
    assert made.slips() == []
    assert made.journal() == [(1, 13001, "printed")]


def test_a_letter_has_the_size_and_the_language_of_who_asked(tmp_path: Path) -> None:
    made = Desk(tmp_path, Sheets(kind="folder"))
    job = SlipJob("passport", large=True, copy=1, kind=SlipKind.LETTER)
    handoff = made.make("passport", ACTING)
    choices = Choices(language=Language.ENGLISH)
    assert made.desk.print(CATALOG, handoff, PrintSlip(job, ACTING), choices) == Printed()  # type: ignore[arg-type]
    made.desk.close()
    (file,) = made.folder.glob("*.pdf")
    first, *others = pypdf.PdfReader(file).pages
    assert "Letterofauthority" in "".join(first.extract_text().split())
    assert len(others) == 2
    assert made.journal() == [(1, 13001, "printed")]  # one job, however many sheets


def test_a_printer_of_sheets_that_fails_leaves_slips_on_offer(tmp_path: Path) -> None:
    made = Desk(tmp_path, Sheets(kind="folder"))
    made.folder.rmdir()
    made.folder.touch()
    for _ in JAMS:
        assert isinstance(made.print(SlipKind.LETTER, ACTING), FailedBefore)
    assert made.state == PrinterState()
    made.desk.close()
