"""The clerk: which errands run, and what becomes of their answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from kiosk.clerk import BEGIN_WITHIN_S, Clerk, Runners, Services
from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices, Language
from kiosk.core.doable import Doable, Possible
from kiosk.core.entry import Draft, Line, Pad, Reading
from kiosk.core.errands import CarryOut, FindServices, PreviewSlip, PrintSlip
from kiosk.core.errors import PrinterError, SearchCancelledError
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.idle import IdleLimits
from kiosk.core.local import CounterToday, Local
from kiosk.core.printing import (
    FailedBefore,
    Fault,
    Printed,
    PrintOutcome,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.results import Hit, Results
from kiosk.core.routes import (
    AddStroke,
    Back,
    CallStaff,
    CancelCall,
    Choose,
    ChoosePad,
    Command,
    Draw,
    Erase,
    Finish,
    Go,
    GoHome,
    Hold,
    Home,
    Pick,
    Print,
    SignOut,
    Speak,
    Type,
    TypePin,
    Write,
)
from kiosk.core.session import Handoff, Missed, Preview, Session, SlipJob
from kiosk.core.slips.picture import PictureBand, SlipPicture
from kiosk.core.staff import (
    ByPin,
    Deed,
    LockedOut,
    Refused,
    Report,
    SetCounter,
    SignedIn,
    SignIn,
    SyncNow,
    Verdict,
)
from kiosk.core.value import replace
from kiosk.stage import Stage
from kiosk.tasks import TaskRunner
from tests.builders import Clock, ImmediateExecutor, PatientExecutor, TableCatalog, make_handoff

BLANK = SlipPicture(8, 34, (b"\0",), (PictureBand(1),))
pytestmark = pytest.mark.usefixtures("qapp")


@dataclass
class Office:
    """Does what it is asked, and remembers it."""

    found: list[tuple[str, str]] = field(default_factory=list)
    made: list[tuple[str, Choices]] = field(default_factory=list)
    printed: list[SlipJob] = field(default_factory=list)
    previewed: list[SlipJob] = field(default_factory=list)
    denied: list[int] = field(default_factory=list)
    also_heard: list[tuple[str, ...]] = field(default_factory=list)
    read_drafts: list[Draft] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    listened: int = 0
    stopped: int = 0
    interrupts: int = 0
    visits: int = 0
    listed: int = 0
    confident: bool = True
    error: Exception | None = None
    calls: list[HelpCall] = field(default_factory=list)
    carried_out: list[CarryOut] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    cancelled: int = 0
    left: int = 0
    looked_up: int = 0
    outcome: PrintOutcome = field(default_factory=Printed)
    meanwhile: Callable[[], None] = lambda: None  # while the printer works
    was_wanted: list[bool] = field(default_factory=list)

    def find(self, wish: FindServices) -> Results:
        self.found.append((wish.query, wish.language))
        self.also_heard.append(wish.also_heard)
        self._fail()
        hit = Hit("passport", f"{wish.language}:{wish.query}", "", "")
        return Results(wish.query, (hit,), confident=self.confident)

    def interrupt(self) -> None:
        self.interrupts += 1

    def read(self, draft: Draft) -> Reading:
        self.read_drafts.append(draft)
        self._fail()
        return Reading(draft, ("社", "神"))

    def listen(self) -> tuple[str, ...]:
        self.listened += 1
        self._fail()
        return "社保卡", "设保卡"

    def stop_listening(self) -> None:
        self.stopped += 1

    def count_missed(self, query: str) -> None:
        self.counted.append(query)
        self._fail()

    def next_visit(self) -> None:
        self.visits += 1

    def list_missed(self) -> Missed:
        self.listed += 1
        self._fail()
        return (("换房本", 3),)

    def make(self, catalog: Catalog, service: str, case: Case, choices: Choices) -> Handoff:
        self.made.append((service, choices))
        self._fail()
        return make_handoff(service)

    def print(
        self,
        catalog: Catalog,
        handoff: Handoff | None,
        errand: PrintSlip,
        choices: Choices,
        is_wanted: Callable[[], bool],
    ) -> PrintOutcome:
        self.printed.append(errand.job)
        self._fail()
        self.meanwhile()
        self.was_wanted.append(is_wanted())
        return self.outcome

    def preview(
        self, catalog: Catalog, handoff: Handoff | None, errand: PreviewSlip, choices: Choices
    ) -> Preview:
        self.previewed.append(errand.job)
        self._fail()
        return Preview(errand.job, errand.language, (BLANK,))

    def see_doable(self, catalog: Catalog, in_hand: tuple[str, ...]) -> Doable:
        self._fail()
        return Doable(in_hand, (Possible("passport"),), counts=(1, 0, 0))

    def place_call(self, call: HelpCall) -> HelpCall:
        self.calls.append(call)
        self._fail()
        return replace(call, state=CallState.WAITING)

    def await_answer(self, call: HelpCall) -> HelpCall:
        self._fail()
        following = CallState.COMING if call.state is CallState.WAITING else CallState.CLOSED
        return replace(call, state=following)

    def cancel_call(self) -> None:
        self.cancelled += 1

    def leave_call(self) -> None:
        self.left += 1

    def check_sign_in(self, who: SignIn) -> Verdict:
        self._fail()
        return SignedIn("导服台 2") if who == PIN else Refused(4)

    def carry_out(self, errand: CarryOut) -> Local:
        self.carried_out.append(errand)
        self._fail()
        return CLOSED_COUNTER

    def look_up(self, place: routes.Route) -> Report:
        self.looked_up += 1
        self._fail()
        return (Deed("2026-11-23T09:42", "导服台 2", "signed in"),)

    def count_use(self, service: str) -> None:
        self.uses.append(service)

    def _fail(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


def services_of(office: Office) -> Services:
    return Services(
        find=office.find,
        interrupt=office.interrupt,
        read=office.read,
        listen=office.listen,
        stop_listening=office.stop_listening,
        make=office.make,
        print=office.print,
        preview=office.preview,
        deny=office.denied.append,
        see_doable=office.see_doable,
        place_call=office.place_call,
        await_answer=office.await_answer,
        cancel_call=office.cancel_call,
        leave_call=office.leave_call,
        check_sign_in=office.check_sign_in,
        carry_out=office.carry_out,
        look_up=office.look_up,
        count_use=office.count_use,
        count_missed=office.count_missed,
        next_visit=office.next_visit,
        list_missed=office.list_missed,
    )


class Hall:
    """A stage with a clerk behind it."""

    def __init__(self, executor: Executor, clock: Clock | None = None) -> None:
        self.office = Office()
        self.stage = Stage(TableCatalog(), IdleLimits(), clock or Clock())
        self.runners = Runners(*(TaskRunner(executor) for _ in Runners.__struct_fields__))
        services = services_of(self.office)
        self.clerk = Clerk(self.stage, services, self.runners, clock=clock or time.monotonic)

    @property
    def visit(self) -> Session:
        return self.stage.session

    def close(self) -> None:
        for name in Runners.__struct_fields__:
            getattr(self.runners, name).stop()

    def do(self, *acts: routes.Act) -> None:
        for act in acts:
            self.stage.perform(act)

    def take_along(self) -> None:
        self.do(Go(Home()), TAKE)


@pytest.fixture
def patient() -> PatientExecutor:
    return PatientExecutor()


@pytest.fixture
def hall() -> Iterator[Hall]:
    """Every errand is done while it is asked for."""
    made = Hall(ImmediateExecutor())
    yield made
    made.close()


@pytest.fixture
def slow(patient: PatientExecutor) -> Hall:
    """Errands wait until the test has them done."""
    return Hall(patient)


TAKE = Go(routes.HandoffPage(service="passport"))
SEARCH = (Go(Home()), Go(routes.SearchPage()))


def test_what_a_visit_waits_for_is_done(hall: Hall) -> None:
    hall.do(*SEARCH, Type("h"), Type("z"))
    assert hall.office.found == [("h", "zh"), ("hz", "zh")]
    assert hall.visit.results is not None
    assert hall.visit.results.query == "hz"
    hall.take_along()
    assert hall.visit.handoff == make_handoff()
    hall.do(Print(large=True))
    assert [job.large for job in hall.office.printed] == [True]
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == Printed()


def test_an_errand_that_runs_is_not_begun_again(slow: Hall, patient: PatientExecutor) -> None:
    slow.do(*SEARCH, Type("h"))
    slow.stage.publish(TableCatalog(version=2))
    slow.do(Choose(Choices()))
    assert len(patient.waiting) == 1


# searching ----------------------------------------------------------------------------------


def test_a_newer_keystroke_interrupts_the_older_search(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Type("h"))
    assert slow.office.interrupts == 0
    slow.do(Type("z"))
    assert slow.office.interrupts == 1
    patient.do_next()
    assert slow.visit.results is None  # an answer to older words
    patient.do_next()
    assert slow.visit.results is not None
    assert slow.visit.results.query == "hz"
    assert patient.waiting == []


@pytest.mark.logs("task-failed")
def test_a_cancelled_search_is_asked_again_where_it_is_still_wanted(hall: Hall) -> None:
    hall.office.error = SearchCancelledError()
    hall.do(*SEARCH, Write("hz"))
    assert hall.office.found == [("hz", "zh")] * 2
    assert hall.visit.results is not None


@pytest.mark.logs("task-failed")
def test_a_cancelled_search_that_nobody_wants_is_forgotten(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Write("hz"), Back())
    slow.office.error = SearchCancelledError()
    patient.do_next()
    assert patient.waiting == []


@pytest.mark.logs("task-failed")
def test_a_broken_search_finds_nothing_and_is_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*SEARCH, Write("hz"))
    assert hall.visit.results == Results("hz")
    assert len(hall.office.found) == 1


@pytest.mark.logs("task-failed")
def test_what_was_typed_is_not_logged_even_when_the_search_breaks(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    marker = "qxzjwvmarker"
    hall.office.error = OSError(f"near {marker}: syntax error")  # as databases say it
    hall.do(*SEARCH, Write(marker))
    logged = [str(vars(record)) for record in caplog.records]
    assert logged
    assert marker not in "".join(logged)


def test_results_come_in_the_language_of_the_screen(slow: Hall, patient: PatientExecutor) -> None:
    slow.do(*SEARCH, Write("hz"), Choose(Choices(language=Language.ENGLISH)))
    while patient.waiting:
        patient.do_next()
    assert slow.visit.results is not None
    assert slow.visit.results.literal[0].title == "en:hz"


# drafts -------------------------------------------------------------------------------------

ONE: Line = ((100, 500), (900, 500))
TWO: Line = ((500, 100), (500, 900))


def test_what_is_written_is_read_and_the_likeliest_searched_for(hall: Hall) -> None:
    hall.do(*SEARCH, Draw(0, ONE))
    assert hall.office.read_drafts == [Draft().drawn(0, ONE)]
    assert hall.visit.query == "社"
    assert hall.office.found == [("社", "zh")]
    hall.do(Pick("神"))
    assert hall.visit.results is not None
    assert hall.visit.results.query == "神"


def test_strokes_are_read_and_nothing_is_searched_for(hall: Hall) -> None:
    hall.do(*SEARCH, AddStroke("4"), AddStroke("5"))
    assert [draft.strokes for draft in hall.office.read_drafts] == ["4", "45"]
    assert hall.visit.reading == Reading(Draft(strokes="45"), ("社", "神"))
    assert hall.office.found == []


def test_a_draft_that_grew_meanwhile_is_read_as_it_is_now(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Draw(0, ONE), Draw(0, TWO))
    assert len(patient.waiting) == 2
    patient.do_next()
    assert slow.visit.reading is None
    patient.do_next()
    assert slow.visit.reading is not None
    assert slow.visit.reading.draft == Draft().drawn(0, ONE).drawn(0, TWO)


@pytest.mark.logs("task-failed")
def test_what_cannot_be_read_is_nothing_and_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*SEARCH, Draw(0, ONE))
    assert hall.visit.reading == Reading(Draft().drawn(0, ONE))
    assert len(hall.office.read_drafts) == 1
    assert hall.visit.query == ""


@pytest.mark.logs("task-failed")
def test_a_cancelled_reading_is_asked_for_again(hall: Hall) -> None:
    hall.office.error = SearchCancelledError()
    hall.do(*SEARCH, Draw(0, ONE))
    assert len(hall.office.read_drafts) == 2
    assert hall.visit.query == "社"


# the voice ----------------------------------------------------------------------------------


def test_what_was_heard_is_searched_for_with_what_else_it_may_be(hall: Hall) -> None:
    hall.do(*SEARCH, Speak())
    assert hall.visit.query == "社保卡"
    assert not hall.visit.listening
    assert hall.office.also_heard == [("设保卡",)]
    assert (hall.office.listened, hall.office.stopped) == (1, 0)


@pytest.mark.parametrize("act", [Speak(begins=False), Back(), GoHome(), Finish()])
def test_who_has_said_all_or_leaves_is_listened_to_no_longer(
    slow: Hall, patient: PatientExecutor, act: routes.Act
) -> None:
    slow.do(*SEARCH, Speak())
    assert slow.office.stopped == 0
    slow.do(act)
    assert slow.office.stopped == 1
    before = slow.visit
    patient.do_next()
    assert slow.visit == before  # what was heard is dropped
    slow.do(Go(Home()), Go(routes.SearchPage()), Type("h"))
    assert slow.office.stopped == 1


def test_nobody_is_answered_with_what_somebody_else_said_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*SEARCH, Speak(), Finish(), *SEARCH, Speak())
    patient.do_next()  # what the one before has said
    assert (slow.visit.query, slow.visit.listening) == ("", True)
    while patient.waiting:
        patient.do_next()
    assert slow.office.listened == 2
    assert slow.visit.query == "社保卡"


def test_listening_does_not_wait_for_a_search_or_a_printer() -> None:
    hall = Hall(ImmediateExecutor())
    busy = PatientExecutor()
    hall.clerk._runners = replace(hall.runners, searches=TaskRunner(busy), errands=TaskRunner(busy))
    hall.do(*SEARCH, Write("hz"), Speak())
    assert hall.visit.query == "社保卡"
    hall.close()


@pytest.mark.logs("task-failed")
def test_a_microphone_that_fails_has_heard_nothing(hall: Hall) -> None:
    hall.office.error = OSError("no microphone")
    hall.do(*SEARCH, Speak())
    assert hall.visit.not_heard
    assert not hall.visit.listening
    hall.do(Speak())
    assert hall.visit.query == "社保卡"


# words without an answer --------------------------------------------------------------------


def test_words_that_were_left_without_an_answer_are_counted_once(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"), Go(routes.HelpPage()))
    assert hall.office.counted == ["换房本"]
    hall.do(GoHome(), Finish())
    assert hall.office.counted == ["换房本"]


def test_nothing_is_counted_while_somebody_types(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, *map(Type, "fangben"), Erase(), Erase(), Type("x"))
    assert hall.office.counted == []


def test_words_with_a_good_answer_are_not_counted(hall: Hall) -> None:
    hall.do(*SEARCH, Write("社保卡"), Finish())
    assert hall.office.counted == []


def test_words_whose_answer_has_not_come_are_not_counted(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.office.confident = False
    slow.do(*SEARCH, Write("换房本"), Go(routes.HelpPage()))
    while patient.waiting:
        patient.do_next()
    assert slow.office.counted == []


def test_what_was_spoken_is_not_counted(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, ChoosePad(Pad.SPEECH), Speak(), Finish())
    assert hall.office.counted == []


def test_the_words_of_a_visit_that_ended_by_itself_are_counted() -> None:
    clock = Clock()
    hall = Hall(ImmediateExecutor(), clock)
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"))
    clock.advance(10_000)
    hall.stage.tick()
    assert hall.visit == Session()
    assert (hall.office.counted, hall.office.visits) == (["换房本"], 1)
    hall.close()


def test_every_visit_that_ends_is_told_once(hall: Hall) -> None:
    hall.do(*SEARCH)
    assert hall.office.visits == 0
    hall.do(Finish())
    hall.stage.publish(TableCatalog(version=2))
    assert hall.office.visits == 1
    hall.do(Go(Home()), Back())
    assert hall.office.visits == 2


@pytest.mark.logs("task-failed")
def test_a_count_that_fails_is_not_told_to_the_citizen(hall: Hall) -> None:
    hall.office.confident = False
    hall.do(*SEARCH, Write("换房本"))
    hall.office.error = OSError("disk")
    hall.do(GoHome())
    assert hall.visit == Session().home()


# the page of staff --------------------------------------------------------------------------

PIN = ByPin("271828")
STAFF = (Go(Home()), Go(routes.SignInPage()), *map(TypePin, PIN.pin))
MISSED = (*STAFF, Go(routes.StaffMissedPage()))
CLOSED_COUNTER = Local(today=(CounterToday("city-police", is_closed=True),))


def test_staff_see_what_had_no_answer_and_a_citizen_does_not(hall: Hall) -> None:
    hall.do(*MISSED)
    assert hall.visit.missed == (("换房本", 3),)
    hall.do(SignOut(), Go(routes.StaffMissedPage()))
    assert hall.visit.missed is None
    assert hall.office.listed == 1


def test_the_words_are_looked_up_again_at_the_next_look(hall: Hall) -> None:
    hall.do(*MISSED, Back(), Go(routes.StaffMissedPage()))
    assert hall.office.listed == 2


def test_words_that_are_looked_up_too_late_reach_nobody(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(*STAFF)
    patient.do_next()
    slow.do(Go(routes.StaffMissedPage()), SignOut())
    before = slow.visit
    patient.do_next()
    assert slow.visit == before


@pytest.mark.logs("task-failed")
def test_words_that_cannot_be_looked_up_are_none_and_not_tried_for_ever(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Go(routes.StaffMissedPage()))
    assert hall.visit.missed == ()
    assert hall.office.listed == 1


@pytest.mark.logs("task-failed")
def test_nobody_is_let_in_where_it_cannot_be_checked(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.do(*STAFF)
    assert hall.visit.staff.verdict == LockedOut(None)
    assert not hall.visit.staff.who


def test_an_order_changes_what_is_true_at_the_machine_once(hall: Hall) -> None:
    hall.do(*STAFF, Command(SetCounter(CLOSED_COUNTER.today[0])))
    assert hall.stage.local == CLOSED_COUNTER
    assert [one.who for one in hall.office.carried_out] == ["导服台 2"]
    assert hall.visit.orders == ()


@pytest.mark.logs("task-failed")
def test_an_order_that_fails_is_not_carried_out_for_ever(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Command(SyncNow()))
    assert len(hall.office.carried_out) == 1
    assert hall.stage.local == Local()


@pytest.mark.logs("task-failed")
def test_a_report_that_cannot_be_had_is_tried_again_at_the_next_look(hall: Hall) -> None:
    hall.do(*STAFF)
    hall.office.error = OSError("disk")
    hall.do(Go(routes.StaffTrailPage()), Choose(Choices()))
    assert (hall.visit.staff.report, hall.office.looked_up) == (None, 1)
    hall.do(Back(), Go(routes.StaffTrailPage()))
    assert hall.visit.staff.report == (Deed("2026-11-23T09:42", "导服台 2", "signed in"),)


# calls --------------------------------------------------------------------------------------


def test_a_call_is_followed_until_somebody_was_there(hall: Hall) -> None:
    hall.do(Go(Home()), Go(routes.HelpPage()), CallStaff())
    assert hall.visit.call == HelpCall(1, "Home", state=CallState.CLOSED)
    assert len(hall.office.calls) == 1


@pytest.mark.logs("task-failed")
def test_a_call_that_cannot_be_placed_says_so(hall: Hall) -> None:
    hall.office.error = OSError("network")
    hall.do(Go(Home()), CallStaff())
    assert hall.visit.call is not None
    assert hall.visit.call.state is CallState.UNREACHABLE


def test_a_call_is_cancelled_by_the_citizen_and_not_by_the_end_of_a_visit(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Go(Home()), CallStaff(), CancelCall())
    assert slow.office.cancelled == 1
    slow.do(CallStaff(), Finish())
    assert (slow.office.cancelled, slow.office.left) == (1, 1)
    patient.do_next()
    assert slow.visit.call is None


# papers -------------------------------------------------------------------------------------


def test_what_papers_are_good_for_is_found_anew_when_there_are_others(hall: Hall) -> None:
    hall.do(Go(Home()), Hold("id-card"), Go(routes.DoablePage()))
    assert hall.visit.doable == Doable(("id-card",), (Possible("passport"),), counts=(1, 0, 0))
    hall.do(Hold("id-card", has=False))
    assert hall.visit.doable == Doable((), (Possible("passport"),), counts=(1, 0, 0))


# counts -------------------------------------------------------------------------------------


def test_a_service_that_was_taken_along_is_counted_once(hall: Hall) -> None:
    hall.take_along()
    hall.do(Print(), Print())
    assert hall.office.uses == ["passport"]


# codes --------------------------------------------------------------------------------------


@pytest.mark.logs("task-failed")
def test_codes_that_cannot_be_made_are_not_tried_for_ever(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.stage.publish(TableCatalog(version=2))
    assert len(hall.office.made) == 1
    assert hall.visit.handoff is None


@pytest.mark.logs("task-failed")
def test_who_comes_back_may_try_again(hall: Hall) -> None:
    hall.office.error = OSError("disk")
    hall.take_along()
    hall.do(Back(), Go(routes.HandoffPage(service="passport")))
    assert hall.visit.handoff == make_handoff()


# slips --------------------------------------------------------------------------------------


@pytest.mark.logs("task-failed")
def test_a_printer_that_cannot_be_reached_has_printed_nothing(hall: Hall) -> None:
    hall.take_along()
    hall.office.error = PrinterError("port closed")
    hall.do(Print())
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == FailedBefore(Fault.OFFLINE)


def test_a_second_slip_waits_for_nobody(hall: Hall) -> None:
    hall.take_along()
    hall.do(Print(), Print(), Print(large=True))
    assert [job.copy for job in hall.office.printed] == [1, 2, 3]


def test_the_slip_of_a_visit_that_ended_before_the_printer_was_free_is_never_printed(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())
    slow.take_along()  # somebody else stands there already
    while patient.waiting:
        patient.do_next()
    assert slow.office.printed == []
    assert slow.office.uses == []
    assert slow.visit.slip is None


def test_a_visit_that_ends_by_itself_takes_its_slip_along(patient: PatientExecutor) -> None:
    clock = Clock()
    hall = Hall(patient, clock)
    hall.take_along()
    patient.do_next()
    hall.do(Print())
    clock.advance(10_000)
    hall.stage.tick()
    while patient.waiting:
        patient.do_next()
    assert hall.office.printed == []


def test_a_slip_that_waited_too_long_for_the_one_before_is_not_printed_and_that_is_told(
    patient: PatientExecutor,
) -> None:
    clock = Clock()
    hall = Hall(patient, clock)
    hall.take_along()
    patient.do_next()
    hall.do(Print())
    clock.advance(BEGIN_WITHIN_S + 0.1)
    patient.do_next()
    assert hall.office.printed == []
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == FailedBefore(Fault.OFFLINE)


def test_a_visit_that_ends_while_the_printer_works_wants_no_second_piece_and_hears_nothing(
    hall: Hall,
) -> None:
    hall.take_along()
    hall.office.meanwhile = lambda: hall.do(Finish())
    hall.do(Print())
    assert hall.office.was_wanted == [False]
    assert hall.visit == Session()
    assert hall.office.uses == ["passport"]  # it came out, and was taken along


def test_whoever_only_looks_at_another_screen_still_gets_the_slip(hall: Hall) -> None:
    hall.take_along()
    hall.office.meanwhile = lambda: hall.do(GoHome())
    hall.do(Print())
    assert hall.office.was_wanted == [True]


def test_a_machine_that_is_switched_off_prints_nothing_that_waits(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print())
    slow.clerk.stop_printing()
    patient.do_next()
    assert slow.office.printed == []


def test_staff_who_leave_take_the_rest_of_their_pile_along(hall: Hall) -> None:
    hall.do(Go(Home()), Go(routes.ServicePage(service="passport")), *STAFF[1:])
    hall.do(Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.office.meanwhile = lambda: hall.do(SignOut())
    hall.do(Print(kind=SlipKind.BATCH))
    assert hall.office.was_wanted == [False]
    assert isinstance(hall.visit.route, routes.ServicePage)
    assert hall.visit.slip is None


def test_staff_who_look_elsewhere_while_a_pile_is_printed_are_told_when_they_come_back(
    hall: Hall,
) -> None:
    hall.do(*STAFF, Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.office.meanwhile = lambda: hall.do(Back(), Go(routes.StaffTrailPage()))
    hall.do(Print(kind=SlipKind.BATCH))
    assert hall.office.was_wanted == [True]
    hall.do(Back(), Go(routes.StaffFindPage()))
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == Printed()
    assert (hall.visit.staff.batch, hall.visit.staff.last_batch) == ((), 1)
    assert len(hall.office.printed) == 1


def test_a_slip_that_nobody_confirmed_is_asked_about_and_one_more_is_marked_as_second(
    hall: Hall,
) -> None:
    hall.office.outcome = Unconfirmed()
    hall.take_along()
    hall.do(Print(), routes.ConfirmSlip(came_out=False), Print())
    assert [job.copy for job in hall.office.printed] == [1, 2]
    assert hall.visit.slip is not None
    assert hall.visit.slip.outcome == Unconfirmed()


def test_a_slip_that_somebody_denies_is_noted_before_the_next_one_is_printed(hall: Hall) -> None:
    hall.office.outcome = Unconfirmed(slip=27)
    hall.take_along()
    hall.do(Print())
    assert hall.office.denied == []
    hall.office.meanwhile = lambda: told.extend(hall.office.denied)
    told: list[int] = []
    hall.do(routes.ConfirmSlip(came_out=False), Print(), routes.ConfirmSlip(came_out=True))
    assert hall.office.denied == told == [27]


def test_a_visit_that_ends_while_it_is_asked_leaves_no_question(hall: Hall) -> None:
    hall.office.outcome = Unconfirmed()
    hall.take_along()
    hall.do(Print(), Finish())
    hall.take_along()
    assert hall.visit.slip is None
    assert len(hall.office.printed) == 1


def test_a_pile_that_is_printed_keeps_nobody_from_codes_look_ups_and_signing_in() -> None:
    hall = Hall(ImmediateExecutor())
    busy = PatientExecutor()
    hall.clerk._runners = replace(hall.runners, prints=TaskRunner(busy))
    hall.do(*STAFF, Go(routes.StaffFindPage()), routes.Batch("passport"))
    hall.do(Print(kind=SlipKind.BATCH))
    assert len(busy.waiting) == 1
    hall.do(Back(), Go(routes.StaffTrailPage()))
    assert hall.visit.staff.report is not None
    hall.do(Back(), Command(SyncNow()))
    assert len(hall.office.carried_out) == 1
    hall.do(SignOut())
    hall.take_along()
    assert hall.visit.handoff == make_handoff()
    hall.do(*STAFF[1:])
    assert hall.visit.staff.who == "导服台 2"
    assert hall.office.printed == []
    hall.close()


def test_the_next_citizen_is_not_told_of_the_slip_of_the_one_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.office.meanwhile = lambda: slow.do(Finish(), Go(Home()), TAKE)
    slow.do(Print())
    patient.do_next()  # the slip of the one before
    slow.office.meanwhile = lambda: None
    patient.do_next()  # that the visit has ended
    patient.do_next()  # other codes
    patient.do_next()  # the count of the service that was taken along
    assert slow.visit.slip is None
    slow.do(Print())
    assert slow.visit.slip is not None
    assert slow.visit.slip.outcome is None
    patient.do_next()
    assert slow.visit.slip.outcome == Printed()
    assert len(slow.office.printed) == 2


# with real threads --------------------------------------------------------------------------


def test_a_search_on_another_thread_reaches_the_screen(qtbot: QtBot) -> None:
    hall = Hall(ThreadPoolExecutor(1))
    hall.do(*SEARCH)
    with qtbot.waitSignal(hall.stage.changed, check_params_cb=lambda: bool(hall.visit.results)):
        hall.do(Write("hz"))
    hall.close()


def test_answers_after_the_end_reach_nobody(qtbot: QtBot) -> None:
    hall, go_on = Hall(ThreadPoolExecutor(1)), threading.Event()
    find = hall.office.find

    def patiently(wish: FindServices) -> Results:
        go_on.wait(5)
        return find(wish)

    hall.clerk._services = replace(services_of(hall.office), find=patiently)
    hall.do(*SEARCH, Write("hz"))
    before = hall.visit
    go_on.set()
    hall.close()
    with qtbot.assertNotEmitted(hall.stage.changed, wait=20):
        pass
    assert hall.visit == before


# one visit after another --------------------------------------------------------------------


def test_nobody_is_told_of_the_slip_of_whoever_stood_here_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(Print(), Finish())
    slow.take_along()
    _of_before, _next_visit, codes = patient.waiting
    patient.waiting = [codes, _of_before, _next_visit]
    patient.do_next()
    slow.do(Print())
    patient.do_next()  # the slip of before
    assert slow.visit.slip is not None
    assert slow.visit.slip.outcome is None
    while patient.waiting:
        patient.do_next()
    assert len(slow.office.printed) == 1
    assert slow.visit.slip.outcome == Printed()


def test_nobody_gets_the_codes_of_whoever_stood_here_before(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Choose(Choices(language=Language.ENGLISH)))
    slow.take_along()
    slow.do(Finish())
    slow.take_along()
    patient.do_next()
    assert slow.visit.handoff is None
    while patient.waiting:
        patient.do_next()
    assert [choices.language for _service, choices in slow.office.made] == ["en", "zh"]
    assert slow.visit.handoff == make_handoff()


def test_uses_of_a_list_are_counted_when_its_owner_has_left_before_it_came_out(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.do(Go(Home()), routes.Collect(("passport", "card")), Go(routes.HandoffPage()))
    patient.do_next()
    slow.office.meanwhile = lambda: slow.do(Finish())
    slow.do(Print(kind=SlipKind.LIST))
    while patient.waiting:
        patient.do_next()
    assert slow.office.uses == ["passport", "card"]


# a slip before it is printed ----------------------------------------------------------------------

LOOK = Go(routes.PreviewPage(service="passport"))


def test_whoever_wants_to_see_a_slip_sees_it_once_and_nothing_is_printed(hall: Hall) -> None:
    hall.take_along()
    hall.do(LOOK, routes.Turn(1))
    assert hall.visit.preview is not None
    assert hall.visit.preview.pictures == (BLANK,)
    assert hall.office.previewed == [SlipJob("passport", False, 1)]
    assert hall.office.printed == []


@pytest.mark.logs("task-failed")
def test_a_slip_that_cannot_be_drawn_has_no_picture_and_can_be_printed(hall: Hall) -> None:
    hall.take_along()
    hall.office.error = ValueError("no such service")
    hall.do(LOOK)
    assert hall.visit.preview is not None
    assert hall.visit.preview.pictures == ()
    hall.do(Back(), Print())
    assert hall.office.printed == [SlipJob("passport", False, 1)]


def test_what_one_wanted_to_see_is_not_shown_to_the_next(
    slow: Hall, patient: PatientExecutor
) -> None:
    slow.take_along()
    patient.do_next()
    slow.do(LOOK, Finish())
    slow.take_along()
    drawing, *others = patient.waiting
    patient.waiting = [*others, drawing]
    while len(patient.waiting) > 1:
        patient.do_next()
    slow.do(LOOK)
    patient.waiting = patient.waiting[:1]
    patient.do_next()
    assert slow.visit.preview is None
