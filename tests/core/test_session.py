"""What every act makes of a visit."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.choices import Choices, Contrast, Language, Speech, TextSize
from kiosk.core.entry import Reading
from kiosk.core.printing import FailedBefore, FailedDuring, Fault, Printed, Unconfirmed
from kiosk.core.results import Results
from kiosk.core.routes import (
    Back,
    Choose,
    ConfirmSlip,
    Erase,
    Finish,
    GiveBack,
    Go,
    GoHome,
    HelpPage,
    Home,
    Learn,
    LendToStaff,
    Practise,
    PressLonger,
    Print,
    StaffPage,
    Stay,
    Turn,
    Type,
    Welcome,
    Write,
)
from kiosk.core.session import (
    QUERY_MAX,
    TRAIL_MAX,
    FindServices,
    Listen,
    ListMissed,
    MakeHandoff,
    PrintSlip,
    ReadDraft,
    Session,
    SlipJob,
    after,
    wanted,
)
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
    visit = replace(begun, listening=False, preedit="")  # these end with the place
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
    assert (home.query, home.results, home.handoff, home.slip) == ("", None, None, None)
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
    assert do(visit, Erase(), Erase(), Erase()).query == ""


@given(st.text(max_size=200))
def test_search_words_hold_no_control_signs_and_no_more_than_fits(text: str) -> None:
    query = after(at(routes.SearchPage()), Write(text)).query
    assert len(query) <= QUERY_MAX
    assert query.isprintable()
    assert query == query.lstrip()


def test_a_paste_of_five_thousand_signs_is_cut() -> None:
    assert after(at(routes.SearchPage()), Write("社" * 5000)).query == "社" * QUERY_MAX


@pytest.mark.parametrize("sign", ["\n", "\t", "\x00", "\x1b", "\u200b", "\u202e", "\x7f"])
def test_a_control_sign_is_not_a_search_word(sign: str) -> None:
    assert after(at(routes.SearchPage()), Write(f"社{sign}保")).query == "社保"


def test_typing_beyond_the_limit_changes_nothing() -> None:
    full = after(at(routes.SearchPage()), Write("a" * QUERY_MAX))
    assert after(full, Type("b")) == full


def test_results_stay_until_new_ones_come() -> None:
    visit = do(at(routes.SearchPage()), Write("hz")).found(make_results("hz"))
    assert after(visit, Type("x")).results == make_results("hz")
    assert after(visit, Write("")).results is None


def test_new_words_begin_on_the_first_page() -> None:
    visit = do(at(routes.SearchPage()), Write("hz"), Turn(2), Type("x"))
    assert visit.route.page == 0


@given(visits, st.text(max_size=10))
def test_results_of_older_words_are_dropped(visit: Session, words: str) -> None:
    assume(words != visit.asked)
    assert visit.found(Results(words)) == visit


def test_results_of_a_finished_visit_are_dropped() -> None:
    visit = do(at(routes.SearchPage()), Write("hz"), Finish())
    assert visit.found(make_results("hz")) == Session()


def test_another_language_asks_for_results_in_that_language() -> None:
    visit = do(at(routes.SearchPage()), Write("hz")).found(make_results("hz"))
    larger = after(visit, Choose(Choices(size=TextSize.LARGE)))
    assert larger.results == visit.results
    english = after(visit, Choose(Choices(language=Language.ENGLISH)))
    assert english.results is None
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
    assert once.slip == SlipJob("passport", large=False, copy=1)
    assert after(once, Print(large=True)) == once


def test_a_second_slip_is_a_second_copy() -> None:
    visit = after(with_codes(), Print())
    assert visit.slip is not None
    visit = after(visit.printed(visit.slip, Printed()), Print(large=True))
    assert visit.slip == SlipJob("passport", large=True, copy=2)


def test_the_fate_of_another_slip_is_dropped() -> None:
    visit = after(with_codes(), Print())
    stranger = SlipJob("passport", large=True, copy=7)
    assert visit.printed(stranger, Printed()) == visit
    assert visit.slip is not None
    assert after(visit, Finish()).printed(visit.slip, Printed()) == Session()


@pytest.mark.parametrize(
    ("came_out", "outcome"), [(True, Printed()), (False, FailedDuring(Fault.OFFLINE, 0))]
)
def test_only_the_citizen_knows_whether_an_unconfirmed_slip_came_out(
    came_out: bool, outcome: object
) -> None:
    visit = after(with_codes(), Print())
    assert visit.slip is not None
    visit = after(visit.printed(visit.slip, Unconfirmed()), ConfirmSlip(came_out))
    assert visit.slip is not None
    assert visit.slip.outcome == outcome


@pytest.mark.parametrize(
    "outcome", [None, Printed(), FailedBefore(Fault.NO_PAPER), FailedDuring(Fault.JAM, 90)]
)
@pytest.mark.parametrize("came_out", [True, False])
def test_nothing_but_an_unconfirmed_slip_is_confirmed(outcome: object, came_out: bool) -> None:
    visit = after(with_codes(), Print())
    assert visit.slip is not None
    visit = replace(visit, slip=replace(visit.slip, outcome=outcome))
    assert after(visit, ConfirmSlip(came_out)) == visit


def test_codes_and_slip_stay_while_a_page_of_them_is_turned_and_the_look_changed() -> None:
    visit = after(with_codes(), Print())
    for act in (Turn(1), Choose(Choices(contrast=Contrast.DARK)), Stay()):
        visit = after(visit, act)
    assert visit.handoff == make_handoff()
    assert visit.slip is not None


@given(places)
def test_codes_and_slip_do_not_leave_their_place(route: routes.Route) -> None:
    assume(not (isinstance(route, routes.HandoffPage) and route.service == "passport"))
    elsewhere = do(with_codes(), LendToStaff(), Print(), Go(route))
    assert elsewhere.handoff is None
    assert elsewhere.slip is None


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
    assume(routes.StaffPage not in map(type, visit.trail))
    mine = replace(visit, choices=choices, set_aside=None, too_short=False)
    lent = after(mine, LendToStaff())
    assert lent.choices == Choices(language=Language.ENGLISH)
    assert (lent.trail, lent.query) == (mine.trail, mine.query)
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


# the page of staff --------------------------------------------------------------------------

MISSED = (("换房本", 5), ("wifi密码", 3))
LENT = do(AT_HOME, LendToStaff(), Go(HelpPage()))
STAFF = after(LENT, Go(StaffPage()))


def test_the_page_of_staff_opens_only_while_they_help() -> None:
    assert STAFF.route == StaffPage()
    helped = after(AT_HOME, Go(HelpPage()))
    assert after(helped, Go(StaffPage())) == helped


@given(visits, st.lists(acts, max_size=9))
def test_nobody_but_staff_is_ever_on_the_page_of_staff(
    visit: Session, done: list[routes.Act]
) -> None:
    for act in done:
        visit = after(visit, act).listed(MISSED)
        is_there = isinstance(visit.route, StaffPage)
        assert visit.set_aside is not None or StaffPage not in map(type, visit.trail)
        assert (visit.missed is not None) is is_there


def test_giving_back_leaves_the_page_of_staff_and_nothing_leads_there_again() -> None:
    given_back = after(STAFF.listed(MISSED), GiveBack())
    assert given_back == after(AT_HOME, Go(HelpPage()))
    further = do(STAFF, Go(HelpPage()), GiveBack())
    assert further.trail == (Welcome(), Home(), HelpPage())
    assert do(further, Back()) == AT_HOME


def test_a_visit_that_was_all_pages_of_staff_still_has_a_place() -> None:
    turning = [act for _ in range(TRAIL_MAX) for act in (Turn(1), Go(StaffPage()))]
    assert set(map(type, do(STAFF, *turning).trail)) == {StaffPage}
    assert do(STAFF, *turning, GiveBack()).trail == (Welcome(),)


def test_what_staff_look_at_is_looked_up_on_their_page_and_forgotten_with_it() -> None:
    assert wanted(LENT) == ()
    assert wanted(STAFF) == (ListMissed(),)
    listed = STAFF.listed(MISSED)
    assert (listed.missed, wanted(listed)) == (MISSED, ())
    assert wanted(STAFF.listed(())) == ()
    assert after(listed, Turn(1)).missed == MISSED
    assert after(listed, Back()) == LENT
    assert after(listed, GoHome()).missed is None


def test_a_list_for_staff_that_comes_late_is_dropped() -> None:
    assert LENT.listed(MISSED) == LENT
    assert Session().listed(MISSED) == Session()


@given(visits, acts)
def test_the_hint_to_press_longer_goes_with_the_next_act(visit: Session, act: routes.Act) -> None:
    hinted = after(visit, PressLonger())
    assert hinted.too_short
    assert replace(hinted, too_short=visit.too_short) == visit
    assert after(hinted, act).too_short is isinstance(act, PressLonger)


# errands ------------------------------------------------------------------------------------


def answered(visit: Session) -> Session:
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
        assert visit.handoff is not None or not prints
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
