"""Staff at the machine: the citizen's visit waits whole, and comes back as it was."""

from __future__ import annotations

from functools import reduce

from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.choices import Choices, Language, TextSize
from kiosk.core.errands import CarryOut, CheckSignIn, LookUp, PrintSlip, wanted
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.keys import composed, typed
from kiosk.core.printing import FailedDuring, Fault, Printed, SlipJob, SlipKind, Unconfirmed
from kiosk.core.session import TRAIL_MAX, Session, after
from kiosk.core.staff import (
    BATCH_MAX,
    ByBadge,
    ByPin,
    LockedOut,
    PrinterReport,
    Refused,
    SignedIn,
    Staff,
    SyncNow,
    SyncProgress,
    SyncReport,
)
from kiosk.core.value import replace
from tests.core.acts import acts, visits

WHO = "导服台 2"
PIN = ByPin("483920")
REPORT = SyncReport(7, "2026-11-20", None)


def do(session: Session, *done: routes.Act) -> Session:
    return reduce(after, done, session)


def at_the_door(session: Session) -> Session:
    return after(session, routes.Go(routes.SignInPage()))


def signed_in(session: Session | None = None) -> Session:
    """Staff who have come to somebody's visit."""
    door = at_the_door(session or after(Session(), routes.Go(routes.Home())))
    return door.sign_in(PIN).judged(PIN, SignedIn(WHO))


def dial(session: Session, digits: str) -> Session:
    return do(session, *(routes.TypePin(digit) for digit in digits))


# signing in -------------------------------------------------------------------------------------


def test_whoever_is_signed_in_cannot_stand_at_the_door_again() -> None:
    inside = do(signed_in(), routes.Go(routes.StaffMissedPage()), routes.Go(routes.HelpPage()))
    assert at_the_door(inside) == inside
    assert dial(at_the_door(inside), "1").staff.who == WHO


def test_a_whole_pin_is_tried_at_once_and_more_digits_are_nothing() -> None:
    door = dial(at_the_door(Session()), "48392")
    assert wanted(door) == ()
    assert door.staff.pin == "48392"
    tried = dial(door, "0771")
    assert wanted(tried) == (CheckSignIn(PIN),)
    assert tried.staff.pin == ""


def test_a_pin_is_begun_anew() -> None:
    assert dial(after(dial(at_the_door(Session()), "48"), routes.ErasePin()), "1").staff.pin == "1"


def test_a_pin_is_typed_and_a_badge_shown_at_the_door_only() -> None:
    home = after(Session(), routes.Go(routes.Home()))
    assert do(home, routes.TypePin("1"), routes.ShowBadge("0017")) == home
    shown = after(at_the_door(home), routes.ShowBadge("0017"))
    assert wanted(shown) == (CheckSignIn(ByBadge("0017")),)


def test_leaving_the_door_forgets_what_was_typed_and_told() -> None:
    door = replace(dial(at_the_door(Session()), "48"), staff=Staff(pin="48", verdict=Refused(2)))
    assert do(door, routes.Back()).staff == Staff()


def test_who_is_refused_is_told_so_and_stays_outside() -> None:
    refused = at_the_door(Session()).sign_in(PIN).judged(PIN, Refused(3))
    assert (refused.staff, refused.held) == (Staff(verdict=Refused(3)), None)
    assert after(refused, routes.Go(routes.StaffPage())) == refused
    locked = refused.sign_in(PIN).judged(PIN, LockedOut(None))
    assert locked.staff.verdict == LockedOut(None)


def test_a_verdict_about_somebody_who_left_lets_nobody_in() -> None:
    left = after(at_the_door(Session()).sign_in(PIN), routes.Finish())
    assert left.judged(PIN, SignedIn(WHO)) == left == Session()


@given(visits)
def test_a_visit_that_staff_interrupt_comes_back_as_it_was(visit: Session) -> None:
    """Whole, but for a call that has been answered: somebody is here."""
    assume(not isinstance(visit.route, routes.SignInPage) and 1 < len(visit.trail) < TRAIL_MAX)
    back = after(signed_in(visit), routes.SignOut())
    assert (back.trail, back.choices, back.case) == (visit.trail, visit.choices, visit.case)
    as_by_back = at_the_door(visit).back()
    assert replace(back, call=None) == replace(as_by_back, call=None)


@given(visits, st.lists(acts, max_size=12))
def test_whatever_staff_do_the_citizens_visit_is_behind_it_or_in_front(
    visit: Session, done: list[routes.Act]
) -> None:
    """Until they leave, by whatever way; then nothing of theirs is left."""
    staff = signed_in(visit)
    citizen, now = staff.held, staff
    for act in done:
        now = after(now, act)
        if now.held is None:
            assert now == citizen or now.staff.who == ""
            return
        assert (now.held, now.staff.who) == (citizen, WHO)
    assert after(now, routes.SignOut()) == citizen


def test_staff_see_chinese_in_the_plain_look_and_hear_nothing() -> None:
    mine = Choices(language=Language.UYGHUR, size=TextSize.LARGEST, steady=True)
    staff = signed_in(Session(trail=(routes.Welcome(), routes.Home()), choices=mine))
    assert staff.choices == Choices()
    assert (staff.route, staff.staff.who) == (routes.StaffPage(), WHO)
    assert after(staff, routes.SignOut()).choices == mine


def test_back_from_the_first_screen_of_staff_gives_the_machine_back() -> None:
    staff = signed_in()
    assert after(staff, routes.Back()) == staff.held


def test_home_is_the_first_screen_of_staff() -> None:
    staff = do(signed_in(), routes.Go(routes.StaffTrailPage()), routes.GoHome())
    assert staff.trail == (routes.Welcome(), routes.StaffPage())


def test_somebody_who_was_called_is_here() -> None:
    visit = Session(
        trail=(routes.Welcome(), routes.Home()), call=HelpCall(1, state=CallState.WAITING)
    )
    back = after(signed_in(visit), routes.SignOut())
    assert back.call is not None
    assert back.call.state is CallState.CLOSED


# orders -----------------------------------------------------------------------------------------


def test_an_order_is_carried_out_once_and_in_the_name_of_who_gave_it() -> None:
    staff = do(signed_in(), routes.Command(SyncNow()), routes.Command(SyncNow()))
    assert wanted(staff) == (CarryOut(1, SyncNow(), WHO), CarryOut(2, SyncNow(), WHO))
    assert wanted(staff.carried_out(1)) == (CarryOut(2, SyncNow(), WHO),)


def test_nobody_else_orders_anything() -> None:
    home = after(Session(), routes.Go(routes.Home()))
    assert do(home, routes.Command(SyncNow()), routes.Batch("passport")) == home
    assert after(home, routes.Print(kind=SlipKind.TEST)) == home


def test_what_could_not_be_done_is_said_until_something_is() -> None:
    staff = after(signed_in(), routes.Command(SyncNow())).carried_out(1, is_done=False)
    assert staff.staff.undone
    assert not after(staff, routes.Command(SyncNow())).carried_out(2).staff.undone
    assert not after(staff, routes.Go(routes.StaffTrailPage())).staff.undone


def test_an_order_that_ends_after_staff_have_left_changes_nothing() -> None:
    staff = after(signed_in(), routes.Command(SyncNow()))
    left = after(staff, routes.SignOut())
    assert left.carried_out(1) == left


def test_a_page_is_looked_up_when_it_is_opened_and_after_every_order() -> None:
    page = after(signed_in(), routes.Go(routes.StaffSyncPage()))
    assert wanted(page) == (LookUp(routes.StaffSyncPage()),)
    known = page.reported(routes.StaffSyncPage(), REPORT)
    assert wanted(known) == ()
    ordered = after(known, routes.Command(SyncNow())).carried_out(1)
    assert wanted(ordered) == (LookUp(routes.StaffSyncPage()),)


def test_a_check_that_runs_is_followed_and_looked_up_when_it_has_ended() -> None:
    page = after(signed_in(), routes.Go(routes.StaffSyncPage()))
    known = page.reported(routes.StaffSyncPage(), REPORT)
    running = known.synced(SyncProgress(True, "fetch", 0.4))
    assert isinstance(running.staff.report, SyncReport)
    assert (running.staff.report.share, running.staff.report.version) == (0.4, 7)
    assert wanted(running) == ()
    assert wanted(running.synced(SyncProgress())) == (LookUp(routes.StaffSyncPage()),)
    assert page.synced(SyncProgress(True)) == page


# the pile of slips ------------------------------------------------------------------------------


def piled(*services: str) -> Session:
    page = after(signed_in(), routes.Go(routes.StaffFindPage()))
    return do(page, *(routes.Batch(one) for one in services))


def test_a_pile_is_printed_in_its_order_and_empty_when_it_came_out() -> None:
    asked = after(piled("a", "b", "a"), routes.Print(kind=SlipKind.BATCH))
    (errand,) = wanted(asked)
    assert isinstance(errand, PrintSlip)
    assert errand.batch == ("b", "a")
    assert asked.taking.slip is not None
    assert asked.printed(asked.taking.slip, Printed()).staff.batch == ()
    assert asked.printed(asked.taking.slip, FailedDuring(Fault.JAM, 9)).staff.batch == ("b", "a")


def test_a_pile_of_which_nobody_knows_waits_for_the_answer() -> None:
    asked = after(piled("a"), routes.Print(kind=SlipKind.BATCH))
    assert asked.taking.slip is not None
    unsure = asked.printed(asked.taking.slip, Unconfirmed())
    assert unsure.staff.batch == ("a",)
    assert after(unsure, routes.ConfirmSlip(True)).staff.batch == ()
    assert after(unsure, routes.ConfirmSlip(False)).staff.batch == ("a",)


def test_a_test_page_leaves_the_pile() -> None:
    asked = after(piled("a"), routes.Print(kind=SlipKind.TEST))
    assert asked.printed(SlipJob("", False, 1, kind=SlipKind.TEST), Printed()).staff.batch == ("a",)


def test_a_pile_has_an_end() -> None:
    full = piled(*(f"s{n}" for n in range(BATCH_MAX + 5)))
    assert len(full.staff.batch) == BATCH_MAX
    assert len(after(full, routes.Batch("s0", wanted=False)).staff.batch) == BATCH_MAX - 1


def test_the_pile_stays_while_staff_look_elsewhere() -> None:
    walked = do(piled("a"), routes.Go(routes.StaffPrinterPage()), routes.Back())
    assert walked.staff.batch == ("a",)


def test_what_became_of_a_pile_is_there_for_whoever_comes_back_and_is_said_once() -> None:
    asked = after(piled("a", "b"), routes.Print(kind=SlipKind.BATCH))
    away = do(asked, routes.Back(), routes.Go(routes.StaffTrailPage()))
    assert away.taking.slip == asked.taking.slip
    assert any(isinstance(one, PrintSlip) for one in wanted(away))
    assert asked.taking.slip is not None
    settled = away.printed(asked.taking.slip, Printed())
    back = do(settled, routes.Back(), routes.Go(routes.StaffFindPage()))
    assert back.taking.slip == replace(asked.taking.slip, outcome=Printed())
    assert (back.staff.batch, back.staff.last_batch) == ((), 2)
    later = do(back, routes.Back(), routes.Go(routes.StaffFindPage()))
    assert (later.taking.slip, later.staff.last_batch) == (None, 2)
    assert after(later, routes.Batch("c")).staff.last_batch == 0


def test_a_pile_that_failed_says_how_many_came_out_and_one_of_which_nobody_knows_none() -> None:
    asked = after(piled("a", "b"), routes.Print(kind=SlipKind.BATCH))
    assert asked.taking.slip is not None
    jammed = asked.printed(asked.taking.slip, FailedDuring(Fault.JAM, 9, done=1))
    assert (jammed.staff.batch, jammed.staff.last_batch) == (("b", "a")[::-1], 1)
    unsure = asked.printed(asked.taking.slip, Unconfirmed())
    assert unsure.staff.last_batch == 0
    assert after(unsure, routes.ConfirmSlip(True)).staff.last_batch == 2


def test_a_pile_is_of_staff_and_gone_with_them() -> None:
    asked = after(piled("a"), routes.Print(kind=SlipKind.BATCH))
    citizen = after(asked, routes.SignOut())
    assert (citizen.taking.slip, wanted(citizen)) == (None, ())


def test_a_test_page_has_the_printer_looked_at_again() -> None:
    page = after(signed_in(), routes.Go(routes.StaffPrinterPage()))
    report = PrinterReport(None, False, False, 1, 1, 3, may_print=False)
    asked = after(page.reported(page.route, report), routes.Print(kind=SlipKind.TEST))
    assert LookUp(page.route) not in wanted(asked)
    assert asked.taking.slip is not None
    assert LookUp(page.route) in wanted(asked.printed(asked.taking.slip, Printed()))


# keyboards --------------------------------------------------------------------------------------


def test_digits_of_a_keyboard_are_a_pin_at_the_door_and_a_search_at_the_desk() -> None:
    door = at_the_door(Session())
    assert typed("4a８3", door) == (routes.TypePin("4"), routes.TypePin("3"))
    assert typed("13", piled()) == (routes.Type("13"),)
    assert composed("社保", "", piled()) == (routes.Write("社保"),)
    assert composed("12", "", door) == ()
    assert typed("4", replace(door, asked_still_there=True)) == (routes.Stay(),)


def test_a_pile_is_not_changed_while_it_is_printed() -> None:
    finding = after(signed_in(), routes.Go(routes.StaffFindPage()))
    printing = do(finding, routes.Batch("a"), routes.Print(kind=SlipKind.BATCH))
    assert do(printing, routes.Batch("b"), routes.Batch("a", wanted=False)) == printing
    assert printing.taking.slip is not None
    out = printing.printed(printing.taking.slip, Printed())
    assert after(out, routes.Batch("b")).staff.batch == ("b",)
