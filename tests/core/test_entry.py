"""Asking by letters, by hand, by strokes and by voice: what each makes of a visit."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.asking import QUERY_MAX
from kiosk.core.choices import Language
from kiosk.core.entry import (
    CELLS,
    LINES_MAX,
    POINTS_MAX,
    STROKES_MAX,
    Draft,
    Line,
    Pad,
    Reading,
)
from kiosk.core.errands import FindServices, Listen, ReadDraft, wanted
from kiosk.core.routes import (
    AddStroke,
    ArrangeLetters,
    Back,
    ChoosePad,
    Compose,
    Draw,
    Erase,
    Finish,
    Go,
    GoHome,
    Pick,
    Speak,
    Turn,
    Type,
    Write,
)
from kiosk.core.session import Session, after
from tests.builders import make_results
from tests.core.acts import acts, lines, visits

SEARCH = Session().home().go(routes.SearchPage())
ONE: Line = ((100, 500), (900, 500))
TWO: Line = ((500, 100), (500, 900))
LISTENING = after(SEARCH, Speak())


def do(session: Session, *done: routes.Act) -> Session:
    return reduce(after, done, session)


def read(session: Session, *words: str) -> Session:
    """What was written so far has been read as these words."""
    return session.read(Reading(session.asking.draft, words))


# drafts -----------------------------------------------------------------------------------------


def test_a_line_goes_into_its_cell() -> None:
    draft = Draft().drawn(0, ONE).drawn(1, TWO).drawn(0, TWO)
    assert draft.cells == ((ONE, TWO), (TWO,))
    assert not draft.is_empty


def test_a_touch_that_drew_nothing_is_no_line() -> None:
    assert Draft().drawn(0, ()) == Draft()


def test_a_palm_on_the_glass_does_not_fill_the_memory() -> None:
    endless: Line = tuple((n % 1000, n % 1000) for n in range(POINTS_MAX * 3))
    draft = reduce(lambda done, _: done.drawn(0, endless), range(LINES_MAX * 2), Draft())
    assert draft.cells == ((endless[:POINTS_MAX],) * LINES_MAX, ())
    assert draft.drawn(1, ONE).cells[1] == (ONE,)


def test_no_character_has_more_strokes_than_are_kept() -> None:
    draft = reduce(Draft.stroked, "1" * STROKES_MAX, Draft())
    assert draft.strokes == "1" * STROKES_MAX
    assert draft.stroked("2") == draft


def test_what_was_written_last_is_taken_back_first() -> None:
    draft = Draft().drawn(0, ONE).drawn(1, TWO).drawn(1, ONE)
    assert draft.undone().cells == ((ONE,), (TWO,))
    assert draft.undone().undone().cells == ((ONE,), ())
    assert draft.undone().undone().undone().is_empty
    assert Draft().stroked("1").stroked("3").undone() == Draft().stroked("1")
    assert Draft().undone() == Draft()


@given(st.lists(st.tuples(st.integers(0, CELLS - 1), lines), max_size=60))
def test_every_draft_can_be_taken_back_to_nothing(done: list[tuple[int, Line]]) -> None:
    draft = reduce(lambda so_far, line: so_far.drawn(*line), done, Draft())
    for _ in range(sum(map(len, draft.cells))):
        assert not draft.is_empty
        draft = draft.undone()
    assert draft.is_empty


# by hand ----------------------------------------------------------------------------------------


def test_what_is_written_by_hand_is_read_after_the_words_that_stood_there() -> None:
    visit = do(SEARCH, Write("社保"), Draw(0, ONE))
    assert visit.asking.draft == Draft(settled="社保").drawn(0, ONE)
    assert ReadDraft(visit.asking.draft) in wanted(visit)
    assert after(visit, Draw(0, TWO)).asking.draft.settled == "社保"


def test_the_likeliest_handwriting_is_searched_for_at_once() -> None:
    visit = read(do(SEARCH, Write("社保"), Draw(0, ONE)), "卡", "上")
    assert visit.asking.query == "社保卡"
    assert wanted(visit) == (FindServices("社保卡", Language.CHINESE),)
    again = read(after(visit, Draw(0, TWO)), "下")
    assert again.asking.query == "社保下"  # in place of the first reading, not after it


def test_a_reading_of_an_older_draft_is_dropped() -> None:
    first = after(SEARCH, Draw(0, ONE))
    second = after(first, Draw(0, TWO))
    late = Reading(first.asking.draft, ("一",))
    assert second.read(late) == second
    assert do(first, Finish()).read(late) == Session()
    assert wanted(second) == (ReadDraft(second.asking.draft),)


def test_ink_that_nobody_can_read_asks_for_nothing() -> None:
    visit = read(do(SEARCH, Write("社"), Draw(0, ONE)))
    assert visit.asking.query == "社"
    assert visit.asking.reading is not None
    assert ReadDraft(visit.asking.draft) not in wanted(visit)


def test_strokes_are_not_searched_for_before_somebody_picks() -> None:
    visit = read(do(SEARCH, Write("社"), AddStroke("3"), AddStroke("2")), "保", "他")
    assert visit.asking.query == "社"
    assert visit.asking.draft.strokes == "32"
    assert after(visit, Pick("保")).asking.query == "社保"


def test_what_is_picked_is_settled_and_the_next_is_written_after_it() -> None:
    visit = after(read(do(SEARCH, Write("社"), Draw(0, ONE)), "包", "保"), Pick("保"))
    assert (visit.asking.query, visit.asking.draft, visit.asking.reading) == ("社保", Draft(), None)
    following = after(visit, Draw(0, TWO))
    assert following.asking.draft == Draft(settled="社保").drawn(0, TWO)
    assert read(following, "卡").asking.query == "社保卡"


def test_taking_back_all_that_was_written_leaves_the_words_before_it() -> None:
    visit = read(do(SEARCH, Write("社"), Draw(0, ONE), Draw(0, TWO)), "保")
    once = after(visit, Erase())
    assert once.asking.draft.cells[0] == (ONE,)
    assert once.asking.query == "社保"  # until what is left has been read
    twice = after(once, Erase())
    assert (twice.asking.query, twice.asking.reading) == ("社", None)
    assert twice.asking.draft.is_empty
    assert after(twice, Erase()).asking.query == ""


def test_a_long_reading_is_cut_like_any_other_words() -> None:
    visit = read(do(SEARCH, Write("社" * QUERY_MAX), Draw(0, ONE)), "保险")
    assert visit.asking.query == "社" * QUERY_MAX


def test_typing_gives_up_what_is_being_written() -> None:
    visit = after(read(do(SEARCH, Draw(0, ONE)), "一"), Type("b"))
    assert (visit.asking.query, visit.asking.draft, visit.asking.reading) == ("一b", Draft(), None)


# pads -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pad", Pad)
def test_another_pad_keeps_the_words_and_gives_up_what_is_half_written(pad: Pad) -> None:
    visit = do(SEARCH, Write("社保"), AddStroke("1"), ChoosePad(pad))
    assert (visit.asking.pad, visit.asking.query, visit.asking.draft) == (pad, "社保", Draft())
    assert do(visit, ChoosePad(Pad.LETTERS)).asking.query == "社保"


def test_what_handwriting_was_read_as_stays_on_another_pad() -> None:
    visit = after(
        read(do(SEARCH, ChoosePad(Pad.WRITING), Draw(0, ONE)), "一"), ChoosePad(Pad.STROKES)
    )
    assert visit.asking.query == "一"


def test_the_pad_and_the_order_of_letters_last_as_long_as_the_visit() -> None:
    visit = do(SEARCH, ChoosePad(Pad.STROKES), ArrangeLetters(as_typewriter=True), GoHome())
    assert (visit.asking.pad, visit.asking.as_typewriter) == (Pad.STROKES, True)
    again = do(visit, Finish(), Go(routes.SearchPage()))
    assert (again.asking.pad, again.asking.as_typewriter) == (Pad.LETTERS, False)


# input methods ----------------------------------------------------------------------------------


def test_what_is_being_composed_is_searched_for_beside_what_is_settled() -> None:
    visit = do(SEARCH, Write("社"), Compose("bao"))
    assert (visit.asking.query, visit.asking.preedit, visit.asking.asked) == ("社", "bao", "社bao")
    assert wanted(visit) == (FindServices("社bao", Language.CHINESE),)
    found = visit.found(make_results("社bao"))
    assert wanted(found) == ()
    assert found.found(make_results("社")) == found  # older words


def test_settling_ends_the_composition() -> None:
    visit = do(SEARCH, Write("社"), Compose("bao"), Write("社保"))
    assert (visit.asking.query, visit.asking.preedit) == ("社保", "")


def test_a_composition_that_is_given_up_leaves_the_words_before_it() -> None:
    visit = do(SEARCH, Write("社"), Compose("bao"), Compose(""))
    assert visit.asking.asked == "社"
    composed = after(SEARCH, Compose("bao")).found(make_results("bao"))
    assert after(composed, Compose("")).asking.results is None


def test_a_composition_begins_on_the_first_page() -> None:
    assert do(SEARCH, Write("社"), Turn(2), Compose("b")).route.page == 0


def test_a_composition_holds_no_control_signs() -> None:
    assert after(SEARCH, Compose("b\x1ba\n\u200bo")).asking.preedit == "bao"


# the voice --------------------------------------------------------------------------------------


def test_speaking_begins_with_nothing_asked() -> None:
    visit = do(SEARCH, Write("社保"), AddStroke("1"), Speak())
    assert (visit.asking.listening, visit.asking.asked, visit.asking.draft) == (True, "", Draft())
    assert wanted(visit) == (Listen(),)


def test_what_was_heard_is_searched_for_with_what_else_it_may_have_been() -> None:
    visit = LISTENING.hear(("社保卡", "设保卡", "社保咖"))
    assert (visit.asking.query, visit.asking.also_heard) == ("社保卡", ("设保卡", "社保咖"))
    assert not visit.asking.listening
    asked = FindServices("社保卡", Language.CHINESE, ("设保卡", "社保咖"))
    assert wanted(visit) == (asked,)


def test_words_that_are_typed_afterwards_may_not_have_been_anything_else() -> None:
    visit = after(LISTENING.hear(("社保卡", "设保卡")), Type("x"))
    assert visit.asking.also_heard == ()


def test_what_was_not_understood_is_said_until_something_else_is_done() -> None:
    visit = LISTENING.hear(())
    assert (visit.asking.not_heard, visit.asking.listening) == (True, False)
    assert wanted(visit) == ()
    assert not after(visit, Speak()).asking.not_heard
    assert not after(visit, Type("s")).asking.not_heard
    assert not after(visit, ChoosePad(Pad.LETTERS)).asking.not_heard


def test_what_is_heard_after_the_end_of_listening_is_dropped() -> None:
    stopped = after(LISTENING, Speak(begins=False))
    for visit in (SEARCH, stopped, Session()):
        assert visit.hear(("社保卡",)) == visit
        assert visit.hear(()) == visit


@pytest.mark.parametrize("act", [Back(), GoHome(), Go(routes.HelpPage()), Finish()])
def test_nobody_is_listened_to_after_leaving_the_page(act: routes.Act) -> None:
    visit = after(LISTENING, act)
    assert not visit.asking.listening
    assert visit.hear(("社保卡",)) == visit
    assert not after(visit, Back()).asking.listening


# any of these -----------------------------------------------------------------------------------


@given(
    visits,
    st.lists(acts, max_size=6),
    st.lists(st.text("社保卡上下", max_size=60), max_size=3).map(tuple),
    st.lists(st.text(max_size=60), max_size=3).map(tuple),
)
def test_whatever_is_done_only_so_many_printable_signs_are_asked(
    visit: Session, done: list[routes.Act], written: tuple[str, ...], spoken: tuple[str, ...]
) -> None:
    for act in done:
        acted = after(visit, act)
        was_read = acted.read(Reading(acted.asking.draft, written))
        for visit in (acted, was_read, was_read.hear(spoken)):
            assert len(visit.asking.asked) <= QUERY_MAX
            assert visit.asking.asked.isprintable()


@given(visits)
def test_what_is_half_written_can_be_taken_back_sign_by_sign(visit: Session) -> None:
    visit = visit.go(routes.SearchPage())
    most = CELLS * LINES_MAX + STROKES_MAX + QUERY_MAX
    cleared = do(visit, *[Erase()] * most)
    assert (cleared.asking.query, cleared.asking.draft) == ("", Draft())
