"""Which words a visit leaves behind without a good answer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core import routes
from kiosk.core.choices import Choices, Language
from kiosk.core.entry import Draft, Pad, Reading
from kiosk.core.missed import missed
from kiosk.core.routes import (
    Act,
    AddStroke,
    Back,
    Choose,
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
from kiosk.core.value import replace
from tests.builders import make_results
from tests.core.acts import acts

SEARCH = Session().home().go(routes.SearchPage())
SERVICE = Go(routes.ServicePage(service="passport"))
HELP, DISPLAY = Go(routes.HelpPage()), Go(routes.DisplayPage())
LEAVING = [SERVICE, HELP, GoHome(), Back(), Finish(), Write("")]


def answered(session: Session, confident: bool = False) -> Session:
    """With the answer to what is asked now."""
    return session.found(make_results(session.asking.asked, confident=confident))


def left_by(done: Iterable[Act], start: Session = SEARCH, confident: bool = False) -> list[str]:
    """All that is missed while these acts are done, each with its answer before the next."""
    visits = [start]
    for act in done:
        visits.append(after(visits[-1], act))
        if visits[-1].asking.asked:
            visits.append(answered(visits[-1], confident))
    found = (missed(before, following) for before, following in pairwise(visits))
    return [words for words in found if words is not None]


@pytest.mark.parametrize("leaving", LEAVING, ids=lambda act: str(act)[:20])
def test_words_without_a_good_answer_are_missed_when_they_are_left(leaving: Act) -> None:
    assert left_by([Write("换房本"), leaving]) == ["换房本"]


@pytest.mark.parametrize("leaving", LEAVING, ids=lambda act: str(act)[:20])
def test_words_with_a_good_answer_are_not(leaving: Act) -> None:
    assert left_by([Write("换房本"), leaving], confident=True) == []


@pytest.mark.parametrize("act", LEAVING)
def test_words_that_lead_to_the_settings_are_answered(act: Act) -> None:
    asked = after(SEARCH, Write("长辈版"))
    results = make_results("长辈版", confident=False)
    led = asked.found(replace(results, for_settings=True))
    assert missed(led, after(led, act)) is None
    assert missed(asked.found(results), after(asked.found(results), act)) == "长辈版"


def test_the_end_of_the_visit_leaves_them_too() -> None:
    assert missed(answered(after(SEARCH, Write("换房本"))), Session()) == "换房本"


def test_beginnings_of_words_are_not_missed_while_somebody_types() -> None:
    typed = [Type(sign) for sign in "shebaoka"]
    assert left_by(typed) == []
    assert left_by([*typed, GoHome()]) == ["shebaoka"]


def test_neither_are_words_that_are_taken_back_sign_by_sign() -> None:
    there = [Type(sign) for sign in "sheb"]
    assert left_by([*there, Erase(), Erase(), *there]) == []
    assert len("".join(left_by([*there, *[Erase()] * 4]))) <= 1  # too short to be counted


def test_a_word_that_is_chosen_instead_is_no_end() -> None:
    assert left_by([Type("f"), Type("b"), Write("房本")]) == []


def test_an_answer_that_has_not_come_says_nothing() -> None:
    asked = after(SEARCH, Write("换房本"))
    assert missed(asked, Session()) is None
    old = make_results("换房", confident=False)
    older = replace(asked, asking=replace(asked.asking, results=old))
    assert missed(older, Session()) is None
    in_another_language = after(answered(asked), Choose(Choices(language=Language.ENGLISH)))
    assert missed(in_another_language, Session()) is None


def test_larger_letters_are_no_end_but_what_follows_them_may_be() -> None:
    assert left_by([Write("房本"), DISPLAY, Back()]) == []
    assert left_by([Write("房本"), DISPLAY, GoHome()]) == ["房本"]


def test_another_page_of_the_answers_is_no_end() -> None:
    assert left_by([Write("房本"), Turn(1)]) == []


def test_what_was_asked_before_is_not_missed_again_at_another_place() -> None:
    assert left_by([Write("房本"), SERVICE, HELP, GoHome()]) == ["房本"]


# what machines guess ----------------------------------------------------------------------------


def test_ink_that_nobody_settled_is_not_missed() -> None:
    drawn = after(SEARCH, Draw(0, ((0, 0), (9, 9))))
    read = answered(drawn.read(Reading(drawn.asking.draft, ("杜呆",))))
    assert read.asking.query == "杜呆"
    assert missed(read, after(read, Erase())) is None
    assert missed(read, Session()) is None
    settled = answered(after(read, Pick("社保")))
    assert missed(settled, Session()) == "社保"


def test_strokes_that_were_begun_after_words_are_not_missed() -> None:
    assert left_by([Write("房本"), AddStroke("1"), GoHome()]) == []


def test_what_an_input_method_has_not_settled_is_not_missed() -> None:
    assert left_by([Compose("fang"), GoHome()]) == []
    assert left_by([Compose("fang"), Write("房本"), GoHome()]) == ["房本"]


def test_what_was_spoken_is_not_missed() -> None:
    spoken = after(SEARCH, ChoosePad(Pad.SPEECH)).listen(begins=True).hear(("我叫张三",))
    assert missed(answered(spoken), Session()) is None
    assert left_by([Speak()], start=answered(spoken)) == []
    guessed = SEARCH.listen(begins=True).hear(("我叫张三", "我叫章三"))
    assert guessed.asking.also_heard
    assert missed(answered(guessed), Session()) is None


def test_beginning_to_speak_leaves_what_was_typed() -> None:
    assert left_by([Write("房本"), Speak()]) == ["房本"]
    assert left_by([Write("房本"), ChoosePad(Pad.SPEECH), Speak()]) == []  # nobody can tell


@given(st.lists(acts, max_size=30))
def test_whatever_is_done_only_whole_words_that_stood_there_are_missed(done: list[Act]) -> None:
    before = SEARCH
    for act in done:
        before = answered(before) if before.asking.asked else before
        following = after(before, act)
        words = missed(before, following)
        if words is not None:
            assert words == before.asking.query
            assert before.asking.draft == Draft()
            assert not following.asking.asked or not isinstance(following.route, routes.SearchPage)
        before = following
