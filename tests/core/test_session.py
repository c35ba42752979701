"""What every act makes of a visit."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.asking import QUERY_MAX
from kiosk.core.case import Acting, Answer, Case, Whom
from kiosk.core.choices import Choices, Contrast, Language, Speech, TextSize
from kiosk.core.doable import Doable
from kiosk.core.entry import Reading
from kiosk.core.errands import (
    AwaitAnswer,
    CarryOut,
    CheckSignIn,
    FindServices,
    Listen,
    ListMissed,
    LookUp,
    MakeHandoff,
    PlaceCall,
    PrintSlip,
    ReadDraft,
    SeeDoable,
    wanted,
)
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Fault,
    Printed,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.results import Results
from kiosk.core.routes import (
    ActFor,
    AskAgain,
    Back,
    Batch,
    CallStaff,
    Choose,
    Collect,
    Command,
    ConfirmSlip,
    Erase,
    ErasePin,
    Finish,
    GiveBack,
    Go,
    GoHome,
    HelpPage,
    Hold,
    Home,
    Learn,
    LendToStaff,
    Practise,
    PressLonger,
    Print,
    Resume,
    SignInPage,
    SignOut,
    StaffMissedPage,
    StaffPage,
    StaffPlace,
    Stay,
    Tell,
    Turn,
    Type,
    TypePin,
    Welcome,
    Write,
)
from kiosk.core.session import TRAIL_MAX, Session, after
from kiosk.core.staff import ByPin, ChangeRoll, Refused, SignedIn, Staff, SyncNow
from kiosk.core.taking import denied
from kiosk.core.value import replace
from tests.builders import make_handoff, make_results
from tests.core.acts import acts, places, visits

AT_HOME = Session(trail=(Welcome(), Home()))


def at(route: routes.Route) -> Session:
    return AT_HOME.go(route)


def with_codes(service: str = "passport") -> Session:
    return at(routes.HandoffPage(service=service)).handed_off(make_handoff(service))


def do(session: Session, *done: routes.Act) -> Session:
    return reduce(after, done, session)


# ways ---------------------------------------------------------------------------------------


@given(visits, places)
def test_back_undoes_go(visit: Session, route: routes.Route) -> None:
    begun = visit.home() if isinstance(visit.route, Welcome) else visit
    staff = begun.staff
    forgotten = Staff(who=staff.who, batch=staff.batch, last_batch=staff.last_batch)
    # these end with the place
    visit = replace(begun, asking=begun.asking.left(), staff=forgotten)
    assume(not isinstance(route, Home) and visit.go(route) != visit)
    assume(len(visit.trail) < TRAIL_MAX)
    assert visit.go(route).back() == visit


@given(visits, st.lists(acts, max_size=5))
def test_a_trail_never_empties_and_never_grows_without_end(
    visit: Session, done: list[routes.Act]
) -> None:
    assert 1 <= len(do(visit, *done, Back()).trail) <= TRAIL_MAX


def test_a_long_walk_is_forgotten_from_its_beginning() -> None:
    way = [routes.ServicePage(service=f"s{n}") for n in range(TRAIL_MAX + 20)]
    visit = do(AT_HOME, *map(Go, way))
    assert visit.trail == tuple(way[-TRAIL_MAX:])


@given(visits)
def test_any_acts_and_then_finish_are_a_fresh_visit(visit: Session) -> None:
    finished = after(visit, Finish())
    assert finished == Session()
    assert finished.is_idle


@given(visits)
def test_going_back_long_enough_ends_the_visit(visit: Session) -> None:
    assert do(visit, *[Back()] * TRAIL_MAX) == Session()


@given(visits)
def test_home_has_only_the_welcome_behind_it(visit: Session) -> None:
    home = after(visit, GoHome())
    assert home.trail == (Welcome(), Home())
    assert (home.asking.query, home.asking.results, home.taking.handoff, home.taking.slip) == (
        "",
        None,
        None,
        None,
    )
    assert home.choices == visit.choices
    assert after(visit, Go(Home())) == home or visit.route == Home()


@given(visits)
def test_going_where_one_is_changes_nothing(visit: Session) -> None:
    assert visit.go(visit.route) == visit


@given(visits, st.integers(-5, 50))
def test_a_page_turns_in_place(visit: Session, page: int) -> None:
    turned = after(visit, Turn(page))
    assert turned.route.page == max(0, page)
    assert type(turned.route) is type(visit.route)
    assert len(turned.trail) == len(visit.trail)


def test_a_step_back_leaves_the_place_and_not_the_page() -> None:
    group = routes.GroupPage(group="papers")
    visit = do(AT_HOME, Go(group), Turn(1), Turn(2), Back())
    assert visit == AT_HOME


def test_a_place_is_found_again_at_the_page_where_it_was_left() -> None:
    visit = do(
        AT_HOME,
        Go(routes.GroupPage(group="papers")),
        Turn(2),
        Go(routes.ServicePage(service="passport")),
        Back(),
    )
    assert visit.route == routes.GroupPage(group="papers", page=2)


@given(visits, acts)
def test_every_act_answers_the_question_whether_one_is_still_there(
    visit: Session, act: routes.Act
) -> None:
    asked = replace(visit, asked_still_there=True)
    assert not after(asked, act).asked_still_there
    assert after(asked, Stay()) == replace(visit, too_short=False)


# search words -------------------------------------------------------------------------------


def test_typing_and_erasing_are_opposites() -> None:
    visit = do(at(routes.SearchPage()), Type("s"), Type("f"))
    assert do(visit, Type("z"), Erase()) == visit
    assert do(visit, Erase(), Erase(), Erase()).asking.query == ""


@given(st.text(max_size=200))
def test_search_words_hold_no_control_signs_and_no_more_than_fits(text: str) -> None:
    query = after(at(routes.SearchPage()), Write(text)).asking.query
    assert len(query) <= QUERY_MAX
    assert query.isprintable()
    assert query == query.lstrip()


def test_a_paste_of_five_thousand_signs_is_cut() -> None:
    assert after(at(routes.SearchPage()), Write("社" * 5000)).asking.query == "社" * QUERY_MAX


@pytest.mark.parametrize("sign", ["\n", "\t", "\x00", "\x1b", "\u200b", "\u202e", "\x7f"])
def test_a_control_sign_is_not_a_search_word(sign: str) -> None:
    assert after(at(routes.SearchPage()), Write(f"社{sign}保")).asking.query == "社保"


def test_typing_beyond_the_limit_changes_nothing() -> None:
    full = after(at(routes.SearchPage()), Write("a" * QUERY_MAX))
    assert after(full, Type("b")) == full


def test_results_stay_until_new_ones_come() -> None:
    visit = do(at(routes.SearchPage()), Write("hz")).found(make_results("hz"))
    assert after(visit, Type("x")).asking.results == make_results("hz")
    assert after(visit, Write("")).asking.results is None


def test_new_words_begin_on_the_first_page() -> None:
    visit = do(at(routes.SearchPage()), Write("hz"), Turn(2), Type("x"))
    assert visit.route.page == 0


@given(visits, st.text(max_size=10))
def test_results_of_older_words_are_dropped(visit: Session, words: str) -> None:
    assume(words != visit.asking.asked)
    assert visit.found(Results(words)) == visit


def test_results_of_a_finished_visit_are_dropped() -> None:
    visit = do(at(routes.SearchPage()), Write("hz"), Finish())
    assert visit.found(make_results("hz")) == Session()


def test_another_language_asks_for_results_in_that_language() -> None:
    visit = do(at(routes.SearchPage()), Write("hz")).found(make_results("hz"))
    larger = after(visit, Choose(Choices(size=TextSize.LARGE)))
    assert larger.asking.results == visit.asking.results
    english = after(visit, Choose(Choices(language=Language.ENGLISH)))
    assert english.asking.results is None
    assert wanted(english) == (FindServices("hz", Language.ENGLISH),)


# codes and slips ----------------------------------------------------------------------------


def test_codes_of_another_service_are_dropped() -> None:
    visit = at(routes.HandoffPage(service="passport"))
    assert visit.handed_off(make_handoff("id-card-lost")) == visit
    assert AT_HOME.handed_off(make_handoff("passport")) == AT_HOME


def test_a_slip_needs_its_codes() -> None:
    visit = at(routes.HandoffPage(service="passport"))
    assert after(visit, Print()) == visit


def test_one_slip_at_a_time() -> None:
    once = after(with_codes(), Print())
    assert once.taking.slip == SlipJob("passport", large=False, copy=1)
    assert after(once, Print(large=True)) == once


def test_a_second_slip_is_a_second_copy() -> None:
    visit = after(with_codes(), Print())
    assert visit.taking.slip is not None
    visit = after(visit.printed(visit.taking.slip, Printed()), Print(large=True))
    assert visit.taking.slip == SlipJob("passport", large=True, copy=2)


def test_the_fate_of_another_slip_is_dropped() -> None:
    visit = after(with_codes(), Print())
    stranger = SlipJob("passport", large=True, copy=7)
    assert visit.printed(stranger, Printed()) == visit
    assert visit.taking.slip is not None
    assert after(visit, Finish()).printed(visit.taking.slip, Printed()) == Session()


@pytest.mark.parametrize(
    ("came_out", "outcome"), [(True, Printed()), (False, FailedDuring(Fault.OFFLINE, 0))]
)
def test_only_the_citizen_knows_whether_an_unconfirmed_slip_came_out(
    came_out: bool, outcome: object
) -> None:
    visit = after(with_codes(), Print())
    assert visit.taking.slip is not None
    visit = after(visit.printed(visit.taking.slip, Unconfirmed()), ConfirmSlip(came_out))
    assert visit.taking.slip is not None
    assert visit.taking.slip.outcome == outcome


def test_only_whoever_says_no_to_the_question_denies_a_slip() -> None:
    asked = after(with_codes(), Print())
    assert asked.taking.slip is not None
    unsure = asked.printed(asked.taking.slip, Unconfirmed(slip=27))
    assert denied(unsure.taking, after(unsure, ConfirmSlip(False)).taking) == 27
    for other in (ConfirmSlip(True), Back(), Finish(), Stay()):
        assert denied(unsure.taking, after(unsure, other).taking) == 0
    broken = asked.printed(asked.taking.slip, FailedDuring(Fault.OFFLINE, 0))
    assert denied(asked.taking, broken.taking) == 0  # the printer itself said so


@pytest.mark.parametrize(
    "outcome", [None, Printed(), FailedBefore(Fault.NO_PAPER), FailedDuring(Fault.JAM, 90)]
)
@pytest.mark.parametrize("came_out", [True, False])
def test_nothing_but_an_unconfirmed_slip_is_confirmed(outcome: object, came_out: bool) -> None:
    visit = after(with_codes(), Print())
    assert visit.taking.slip is not None
    slip = replace(visit.taking.slip, outcome=outcome)
    visit = replace(visit, taking=replace(visit.taking, slip=slip))
    assert after(visit, ConfirmSlip(came_out)) == visit


def test_codes_and_slip_stay_while_a_page_of_them_is_turned_and_the_look_changed() -> None:
    visit = after(with_codes(), Print())
    for act in (Turn(1), Choose(Choices(contrast=Contrast.DARK)), Stay()):
        visit = after(visit, act)
    assert visit.taking.handoff == make_handoff()
    assert visit.taking.slip is not None


@given(places)
def test_codes_and_slip_do_not_leave_their_place(route: routes.Route) -> None:
    assume(not (isinstance(route, routes.HandoffPage) and route.service == "passport"))
    assume(not isinstance(route, StaffPlace))
    elsewhere = do(with_codes(), LendToStaff(), Print(), Go(route))
    assert elsewhere.taking.handoff is None
    assert elsewhere.taking.slip is None


# keys, switches, staff ----------------------------------------------------------------------

LISTENING = Choices(size=TextSize.LARGEST, steady=True, speech=Speech(on=True, volume=8))


@given(visits, st.sampled_from(["next", "help", "voice", ""]))
def test_a_key_is_tried_only_where_keys_are_tried(visit: Session, key: str) -> None:
    assume(not isinstance(visit.route, routes.PracticePage))
    assert visit.practise(key) == visit


def test_help_twice_in_a_row_leaves_the_practice_for_where_one_was() -> None:
    there = do(AT_HOME, Go(routes.GroupsPage()), Go(routes.PracticePage()))
    assert do(there, Practise("next"), Practise("help")).route == routes.PracticePage(key="help")
    assert do(there, Practise("next"), Practise("help"), Practise("help")) == at(
        routes.GroupsPage()
    )
    between = do(there, Practise("help"), Practise("next"), Practise("help"))
    assert between.route == routes.PracticePage(key="help")


@given(visits, st.sampled_from(["first-switch", "second-switch"]))
def test_a_switch_is_learnt_only_in_its_lesson(visit: Session, switch: str) -> None:
    assume(not isinstance(visit.route, routes.SwitchesPage))
    assert visit.learn(switch) == visit


@pytest.mark.parametrize(
    ("moves", "selects", "first_moves"),
    [("first-switch", "second-switch", True), ("second-switch", "first-switch", False)],
)
def test_the_first_switch_that_is_pressed_moves(
    moves: str, selects: str, first_moves: bool
) -> None:
    lesson = at(routes.SwitchesPage())
    learning = do(lesson, Learn(moves), Learn(moves))
    assert learning.route == routes.SwitchesPage(moves=moves)
    assert not learning.choices.switches
    learnt = after(learning, Learn(selects))
    assert learnt.route == routes.SwitchesPage(moves=moves, is_learnt=True)
    assert (learnt.choices.switches, learnt.choices.first_moves) == (True, first_moves)


@given(visits)
def test_staff_see_the_plain_look_and_give_back_what_was(visit: Session) -> None:
    choices = replace(LISTENING, language=Language.ENGLISH)
    mine = replace(visit, choices=choices, set_aside=None, too_short=False)
    lent = after(mine, LendToStaff())
    assert lent.choices == Choices(language=Language.ENGLISH)
    assert (lent.trail, lent.asking.query) == (mine.trail, mine.asking.query)
    assert after(lent, GiveBack()) == mine


def test_what_staff_choose_is_not_kept_and_lending_twice_is_once() -> None:
    mine = after(AT_HOME, Choose(LISTENING))
    lent = do(mine, LendToStaff(), Choose(Choices(contrast=Contrast.DARK)), LendToStaff())
    assert lent.choices == Choices(contrast=Contrast.DARK)
    assert after(lent, GiveBack()) == mine
    assert after(mine, GiveBack()) == mine


def test_a_visit_that_ends_while_staff_help_keeps_nobodys_choices() -> None:
    lent = do(AT_HOME, Choose(LISTENING), LendToStaff())
    assert after(lent, Finish()) == Session()


# staff --------------------------------------------------------------------------------------

MISSED = (("换房本", 5), ("wifi密码", 3))
PIN = ByPin("271828")
CITIZEN = replace(
    do(AT_HOME, Go(routes.ServicePage(service="passport")), Collect(("passport",))),
    choices=Choices(size=TextSize.LARGEST, contrast=Contrast.DARK),
)
TRYING = do(CITIZEN, Go(SignInPage()), *map(TypePin, PIN.pin))
STAFF = TRYING.judged(PIN, SignedIn("导服台 2"))


def test_a_whole_pin_is_tried_and_kept_no_longer_than_that() -> None:
    typing = do(CITIZEN, Go(SignInPage()), *map(TypePin, PIN.pin[:5]))
    assert (typing.staff.pin, wanted(typing)) == (PIN.pin[:5], ())
    assert (TRYING.staff.pin, wanted(TRYING)) == ("", (CheckSignIn(PIN),))
    assert PIN.pin not in repr(STAFF)
    assert do(typing, Back()) == CITIZEN
    assert do(typing, ErasePin()).staff.pin == ""


def test_whoever_is_refused_may_try_again_and_nothing_else_changes() -> None:
    refused = TRYING.judged(PIN, Refused(2))
    assert (refused.staff.verdict, refused.held) == (Refused(2), None)
    assert do(refused, *map(TypePin, "314159")).staff.trying == ByPin("314159")
    assert do(refused, Back()) == CITIZEN


def test_a_verdict_on_somebody_else_lets_nobody_in() -> None:
    assert TRYING.judged(ByPin("000000"), SignedIn("导服台 2")) == TRYING
    assert CITIZEN.judged(PIN, SignedIn("导服台 2")) == CITIZEN


def test_staff_see_the_plain_look_and_nothing_of_the_citizen() -> None:
    assert (STAFF.route, STAFF.staff.who) == (StaffPage(), "导服台 2")
    assert (STAFF.choices, STAFF.case) == (Choices(), Case())


@pytest.mark.parametrize("act", [SignOut(), Back(), Finish()])
def test_the_citizen_comes_back_to_what_was_there_untouched(act: routes.Act) -> None:
    assert after(STAFF, act) == CITIZEN
    busy = do(STAFF, Go(routes.StaffPrinterPage()), Command(SyncNow()), SignOut())
    assert busy == CITIZEN


def test_staff_go_on_with_what_the_citizen_does_in_the_plain_look() -> None:
    lent = after(STAFF, LendToStaff())
    assert (lent.trail, lent.case, lent.held) == (CITIZEN.trail, CITIZEN.case, None)
    assert lent.choices == Choices()
    assert after(lent, GiveBack()) == CITIZEN


def test_home_is_the_page_of_staff_while_they_have_signed_in() -> None:
    assert do(STAFF, Go(routes.StaffTrailPage()), GoHome()) == STAFF


@given(visits, st.lists(acts, max_size=9))
def test_nobody_but_staff_is_ever_on_a_page_of_staff(
    visit: Session, done: list[routes.Act]
) -> None:
    for act in done:
        visit = after(visit, act).listed(MISSED)
        assert visit.staff.who or not any(isinstance(one, StaffPlace) for one in visit.trail)
        assert not visit.orders
        assert visit.missed is None


def test_orders_wait_until_each_is_carried_out() -> None:
    ordered = do(STAFF, Command(ChangeRoll()), Command(ChangeRoll()))
    first, second = wanted(ordered)
    assert (first, second) == (
        CarryOut(1, ChangeRoll(), "导服台 2"),
        CarryOut(2, ChangeRoll(), "导服台 2"),
    )
    assert wanted(ordered.carried_out(1)) == (second,)


def test_a_report_is_looked_up_on_its_page_and_anew_after_an_order() -> None:
    there = do(STAFF, Go(routes.StaffTrailPage()))
    assert wanted(there) == (LookUp(routes.StaffTrailPage()),)
    reported = there.reported(routes.StaffTrailPage(), ())
    assert wanted(reported) == ()
    assert reported.reported(routes.StaffSyncPage(), ()) == reported
    ordered = after(reported, Command(SyncNow()))
    assert LookUp(routes.StaffTrailPage()) in wanted(ordered.carried_out(1))
    assert do(reported, Back()).staff.report is None


def test_what_staff_look_at_is_looked_up_on_their_page_and_forgotten_with_it() -> None:
    there = after(STAFF, Go(StaffMissedPage()))
    assert wanted(STAFF) == ()
    assert wanted(there) == (ListMissed(),)
    listed = there.listed(MISSED)
    assert (listed.missed, wanted(listed)) == (MISSED, ())
    assert wanted(there.listed(())) == ()
    assert after(listed, Turn(1)).missed == MISSED
    assert after(listed, Back()) == STAFF
    assert after(listed, GoHome()).missed is None


def test_a_list_for_staff_that_comes_late_is_dropped() -> None:
    assert STAFF.listed(MISSED) == STAFF
    assert Session().listed(MISSED) == Session()


def test_the_pile_of_slips_is_printed_at_once_and_by_staff_only() -> None:
    piled = do(STAFF, Batch("passport"), Batch("pension-verify"), Batch("passport", wanted=False))
    assert piled.staff.batch == ("pension-verify",)
    printing = after(piled, Print(kind=SlipKind.BATCH))
    job = SlipJob("", large=False, copy=1, kind=SlipKind.BATCH)
    assert wanted(printing) == (PrintSlip(job, Case(), ("pension-verify",)),)
    assert after(CITIZEN, Print(kind=SlipKind.BATCH)) == CITIZEN


# the case -----------------------------------------------------------------------------------


def test_an_answer_leads_on_and_the_last_one_back_to_where_the_questions_began() -> None:
    service = routes.ServicePage(service="passport")
    first, second = (routes.SituationPage(service="passport", question=n) for n in (0, 1))
    answers = [Answer("service/passport", n, 1) for n in (0, 1)]
    asked = do(AT_HOME, Go(service), Go(first), Tell(answers[0], then=second))
    assert asked.route == second
    assert after(asked, Back()).route == first
    told = after(asked, Tell(answers[1]))
    assert told.trail == (Welcome(), Home(), service)
    assert told.case.options("service/passport") == {0: 1, 1: 1}
    assert after(told, AskAgain("service/passport")).case == Case()


def test_for_whom_is_asked_once_and_is_no_place_to_come_back_to() -> None:
    acting = Acting(Whom.PARENT, "frail")
    service, proxy = (
        routes.ServicePage(service="passport"),
        routes.ProxyPage(service="passport"),
    )
    asking = do(
        AT_HOME,
        Go(service),
        Go(routes.WhomPage(service="passport")),
        Go(routes.WhyPage(service="passport", whom=Whom.PARENT)),
    )
    acts_for = after(asking, ActFor(acting, then=proxy))
    assert acts_for.trail == (Welcome(), Home(), service, proxy)
    assert acts_for.case.acting == acting
    assert after(acts_for, ActFor(None)).case.acting is None


def test_codes_hold_what_was_told_and_are_made_anew_when_it_changes() -> None:
    ready = with_codes()
    assert wanted(ready) == ()
    told = after(ready, Hold("id-card"))
    assert told.taking.handoff is None
    assert wanted(told) == (MakeHandoff("passport", Case(in_hand=("id-card",))),)


def test_a_code_brings_back_what_was_told_elsewhere() -> None:
    case = Case(services=("passport",), acting=Acting(Whom.FRIEND))
    resumed = after(CITIZEN, Resume(case))
    assert (resumed.case, resumed.route) == (case, routes.ResumedPage())
    assert resumed.choices == CITIZEN.choices


# calls --------------------------------------------------------------------------------------


def test_a_call_is_placed_once_and_followed_until_it_is_closed() -> None:
    calling = do(AT_HOME, Go(routes.ServicePage(service="passport")), Go(HelpPage()), CallStaff())
    call = HelpCall(1, "ServicePage:passport", Language.CHINESE)
    assert wanted(calling) == (PlaceCall(call),)
    assert wanted(after(calling, Go(routes.HallsPage()))) == (PlaceCall(call),)
    assert after(calling, CallStaff()) == calling
    waiting = calling.answered_call(replace(call, state=CallState.WAITING))
    assert wanted(waiting) == (AwaitAnswer(replace(call, state=CallState.WAITING)),)
    closed = waiting.answered_call(replace(call, state=CallState.CLOSED))
    assert wanted(closed) == ()
    again = after(closed, CallStaff())
    assert again.call == replace(call, number=2)
    assert again.answered_call(call) == again


def test_what_is_typed_is_never_part_of_a_call() -> None:
    canary = "王小明510502"
    calling = do(AT_HOME, Go(routes.SearchPage()), Write(canary), Go(HelpPage()), CallStaff())
    assert canary not in repr([one for one in wanted(calling) if isinstance(one, PlaceCall)])


@given(visits, acts)
def test_the_hint_to_press_longer_goes_with_the_next_act(visit: Session, act: routes.Act) -> None:
    hinted = after(visit, PressLonger())
    assert hinted.too_short
    assert replace(hinted, too_short=visit.too_short) == visit
    assert after(hinted, act).too_short is isinstance(act, PressLonger)


# errands ------------------------------------------------------------------------------------


def answered(visit: Session) -> Session:  # noqa: C901 — a case an errand
    """The visit after everything that it waits for was done."""
    for errand in wanted(visit):
        match errand:
            case FindServices(query):
                visit = visit.found(make_results(query))
            case ReadDraft(draft):
                visit = visit.read(Reading(draft, ("社保", "社"), frozenset("12")))
            case Listen():
                visit = visit.hear(("社保卡", "设保卡"))
            case ListMissed():
                visit = visit.listed((("换房本", 3),))
            case MakeHandoff(service):
                visit = visit.handed_off(make_handoff(service))
            case SeeDoable(in_hand):
                visit = visit.can_do(Doable(in_hand))
            case PlaceCall(call):
                visit = visit.answered_call(replace(call, state=CallState.WAITING))
            case AwaitAnswer(call):
                visit = visit.answered_call(replace(call, state=CallState.CLOSED))
            case CheckSignIn(who):
                visit = visit.judged(who, Refused(3))
            case CarryOut(number):
                visit = visit.carried_out(number)
            case LookUp(place):
                visit = visit.reported(place, ())
            case PrintSlip(job):
                visit = visit.printed(job, Printed())
    return visit


@given(st.lists(st.one_of(acts, st.none()), max_size=40))
def test_what_is_finished_is_not_wanted(done: list[routes.Act | None]) -> None:
    visit = Session()
    for act in done:  # None: everything that is wanted is done now
        visit = all_answered(visit) if act is None else after(visit, act)
        prints = [errand for errand in wanted(visit) if isinstance(errand, PrintSlip)]
        assert len(prints) <= 1
        coded = [one for one in prints if one.job.kind is not SlipKind.BULLETIN]
        assert visit.taking.handoff is not None or not coded
    assert wanted(all_answered(visit)) == ()


def all_answered(visit: Session) -> Session:
    """After what the answers make wanted as well: what was read or heard is searched for."""
    return answered(answered(visit))


def test_an_idle_kiosk_wants_nothing() -> None:
    assert wanted(Session()) == ()


def test_words_are_searched_only_where_results_are_shown() -> None:
    visit = do(at(routes.SearchPage()), Write("hz"))
    assert wanted(visit) == (FindServices("hz", Language.CHINESE),)
    assert wanted(after(visit, Go(routes.HelpPage()))) == ()
