"""What a service and a life event ask of one person: answers, doubts, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.case import SKIPPED, Answer, Case
from kiosk.core.catalog import (
    Event,
    EventOption,
    EventQuestion,
    EventStep,
    NeededMaterial,
    Service,
    Situation,
    SituationOption,
    Text,
)
from kiosk.core.situations import (
    Perhaps,
    Said,
    answered,
    either,
    goto,
    matters,
    needed_of,
    notes_of,
    open_event_questions,
    open_questions,
    papers_of,
    perhaps_meant,
)
from tests.builders import make_service

OWN = Text("自己来", "Myself")
PARENT = Text("替老人", "For a parent")
DEATH = Text("老人去世了", "They died")
WHO = Situation(
    Text("谁来办？", "Who comes?"),
    (
        SituationOption(OWN),
        SituationOption(PARENT, adds=("letter",), drops=("photo",)),
        SituationOption(DEATH, adds=("letter", "death-cert"), note=Text("先打 110", "Call 110")),
    ),
)
WHERE = Situation(
    Text("在哪里用？"),
    (
        SituationOption(Text("国内"), note=Text("马上就好")),
        SituationOption(Text("国外"), adds=("photo",), goto="notary", note=Text("多半要公证")),
    ),
)
IDLE = Situation(Text("好不好？"), (SituationOption(Text("好")), SituationOption(Text("不好"))))
SERVICE = make_service(
    materials=(
        NeededMaterial("id-card", originals=1, copies=1),
        NeededMaterial("photo", originals=2),
        NeededMaterial("book", need="sometimes", originals=1, when=Text("没有身份证")),
    ),
    situations=(WHO, IDLE, WHERE),
)


def told(*options: tuple[int, int], of: str = "service/passport") -> Case:
    case = Case()
    for question, option in options:
        case = case.answered(Answer(of, question, option))
    return case


def papers(*options: tuple[int, int], service: Service = SERVICE) -> dict[str, tuple[str, str]]:
    found = papers_of(service, told(*options))
    return {one.material: (one.need, one.when.zh if one.when else "") for one in found}


def test_nobody_is_asked_what_changes_nothing() -> None:
    assert [matters(one) for one in SERVICE.situations] == [True, False, True]
    assert open_questions(SERVICE, Case()) == (0, 2)
    assert open_questions(SERVICE, told((0, 1))) == (2,)
    assert open_questions(SERVICE, told((0, SKIPPED), (2, 0))) == ()


def test_an_answer_adds_papers_and_leaves_others_out() -> None:
    found = papers((0, 1), (2, 0))
    assert found["letter"] == ("always", "")
    assert "photo" not in found
    assert "death-cert" not in found
    added = next(one for one in papers_of(SERVICE, told((0, 1))) if one.material == "letter")
    assert (added.originals, added.copies) == (1, 0)


def test_an_answer_that_adds_nothing_leaves_everything_as_it_is() -> None:
    assert papers_of(SERVICE, told((0, 0), (2, 0))) == SERVICE.materials


def test_what_one_answer_adds_no_other_one_leaves_out() -> None:
    assert papers((0, 1), (2, 1))["photo"] == ("always", "")


@pytest.mark.parametrize("answers", [(), ((0, SKIPPED),)])
def test_of_what_is_not_known_everything_stays_with_its_condition(
    answers: tuple[tuple[int, int], ...],
) -> None:
    found = papers(*answers)
    assert found["letter"] == ("sometimes", "替老人、老人去世了")
    assert found["death-cert"] == ("sometimes", "老人去世了")
    assert found["photo"] == ("always", "")


def test_what_every_answer_asks_for_is_asked_for_whatever_is_true() -> None:
    both = tuple(SituationOption(Text(words), adds=("letter",)) for words in ("甲", "乙"))
    service = make_service(situations=(Situation(Text("甲还是乙？"), both),))
    assert papers(service=service)["letter"] == ("always", "")


def test_a_paper_that_is_sometimes_needed_gets_the_second_condition_beside_the_first() -> None:
    options = (SituationOption(Text("丢了"), adds=("book",)), SituationOption(Text("没丢")))
    service = make_service(
        materials=SERVICE.materials, situations=(Situation(Text("丢了吗？"), options),)
    )
    assert papers(service=service)["book"] == ("sometimes", "没有身份证、丢了")
    assert papers((0, 0), service=service)["book"] == ("always", "")
    assert papers((0, 1), service=service)["book"] == ("sometimes", "没有身份证")


def test_a_language_that_one_condition_lacks_is_not_half_said() -> None:
    assert either((OWN, PARENT, OWN)) == Text("自己来、替老人", "Myself, For a parent")
    assert either((OWN, Text("别人"))) == Text("自己来、别人")


def test_another_service_that_is_meant_ends_the_questions() -> None:
    case = told((2, 1))
    assert goto(SERVICE, case) == "notary"
    assert open_questions(SERVICE, case) == ()
    assert goto(SERVICE, told((2, 0))) is None


def test_whoever_does_not_know_hears_all_notes_and_what_else_may_be_meant() -> None:
    notes = (Said(Text("国内"), Text("马上就好")), Said(Text("国外"), Text("多半要公证")))
    assert notes_of(SERVICE, told((2, SKIPPED))) == notes
    assert perhaps_meant(SERVICE, told((2, SKIPPED))) == (Perhaps(Text("国外"), "notary"),)
    assert notes_of(SERVICE, told((2, 1))) == notes[1:]
    assert perhaps_meant(SERVICE, told((2, 1))) == ()
    assert notes_of(SERVICE, Case()) == ()


def test_answers_to_questions_that_this_edition_does_not_have_are_not_there() -> None:
    case = told((0, 9), (7, 0), (2, SKIPPED))
    assert answered(SERVICE, case) == ((WHERE, None),)
    assert open_questions(SERVICE, case) == (0,)


options = st.builds(
    SituationOption,
    label=st.sampled_from([Text("甲"), Text("乙"), Text("丙")]),
    adds=st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
    drops=st.lists(st.sampled_from("abcd"), max_size=2).map(tuple),
    note=st.none() | st.just(Text("注意")),
)
situations = st.builds(
    Situation, ask=st.just(Text("？")), options=st.lists(options, min_size=2, max_size=3).map(tuple)
)
needs = st.builds(
    NeededMaterial,
    material=st.sampled_from("abcd"),
    originals=st.integers(0, 2),
    copies=st.integers(0, 2),
    need=st.sampled_from(["always", "sometimes", "later"]),
    when=st.none() | st.just(Text("要是")),
)
services = st.builds(
    make_service,
    materials=st.lists(needs, max_size=4).map(tuple),
    situations=st.lists(situations, max_size=3).map(tuple),
)
given_answers = st.lists(st.tuples(st.integers(0, 3), st.integers(SKIPPED, 3)), max_size=4)


@given(services, given_answers)
def test_a_paper_goes_only_where_an_answer_leaves_it_out(
    service: Service, given_options: list[tuple[int, int]]
) -> None:
    case = told(*given_options)
    found = {one.material for one in papers_of(service, case)}
    chosen = [option for _question, option in answered(service, case) if option is not None]
    dropped = {paper for option in chosen for paper in option.drops}
    added = {paper for option in chosen for paper in option.adds}
    open_ones = [
        situation
        for n, situation in enumerate(service.situations)
        if case.options("service/passport").get(n, SKIPPED) not in range(len(situation.options))
    ]
    possible = {paper for one in open_ones for option in one.options for paper in option.adds}
    listed = {one.material for one in service.materials}
    assert found == (listed - dropped) | added | possible


@given(services, given_answers)
def test_what_is_certain_never_becomes_less_certain(
    service: Service, given_options: list[tuple[int, int]]
) -> None:
    case = told(*given_options)
    found = {(one.material, one.need) for one in papers_of(service, case)}
    for _question, option in answered(service, case):
        assert option is None or all((paper, "always") in found for paper in option.adds)
    names = {one.material for one in papers_of(service, case)}
    chosen = [option for _question, option in answered(service, case) if option is not None]
    names -= {paper for option in chosen for paper in option.drops}
    for one in service.materials:
        if one.material in names and one.need != "sometimes":
            assert {(one.material, "always"), (one.material, "later")} & found


@given(services, given_answers)
def test_no_answer_makes_fewer_copies_of_a_paper_that_is_asked_for(
    service: Service, given_options: list[tuple[int, int]]
) -> None:
    papers = papers_of(service, told(*given_options))
    for one in service.materials[:1]:
        counts = [(two.originals, two.copies) for two in papers if two.material == one.material]
        assert not counts or (one.originals, one.copies) in counts


# life events ----------------------------------------------------------------------------------

STEPS = (
    EventStep("certificate"),
    EventStep("household", Text("户口要销")),
    EventStep("pension", Text("领过养老金")),
    EventStep("fund", Text("交过公积金")),
    EventStep("flat"),
    EventStep("grave", Text("要买墓地")),
)
EVENT = Event(
    "bereavement",
    1,
    Text("身后事"),
    Text("先办什么"),
    "candle",
    STEPS,
    (
        EventQuestion(
            Text("退休了吗？"),
            (
                EventOption(Text("退休了"), needs=("pension",), spares=("fund",)),
                EventOption(Text("还在上班"), needs=("fund",)),
            ),
        ),
        EventQuestion(
            Text("有房子吗？"),
            (
                EventOption(Text("有"), needs=("flat", "household")),
                EventOption(Text("没有"), spares=("flat",)),
            ),
        ),
    ),
)


def parts(*options: tuple[int, int]) -> list[list[str]]:
    needed = needed_of(EVENT, told(*options, of="event/bereavement"))
    return [
        [step.service for step in part] for part in (needed.sure, needed.perhaps, needed.spared)
    ]


def test_answers_decide_what_of_a_life_event_is_needed_and_what_is_spared() -> None:
    assert parts((0, 0), (1, 1)) == [
        ["certificate", "pension"],
        ["grave"],
        ["household", "fund", "flat"],
    ]
    assert parts((0, 1), (1, 0)) == [
        ["certificate", "household", "fund", "flat"],
        ["grave"],
        ["pension"],
    ]


def test_without_answers_only_what_everybody_needs_is_certain() -> None:
    expected = [["certificate"], ["household", "pension", "fund", "flat", "grave"], []]
    assert parts() == expected
    assert parts((0, SKIPPED), (1, SKIPPED)) == expected


def test_what_may_be_needed_says_when() -> None:
    needed = needed_of(EVENT, Case())
    assert {step.service: step.when for step in needed.perhaps}["flat"] == Text("有")
    assert all(step.when is not None for step in needed.perhaps)


def test_questions_of_a_life_event_are_asked_until_they_are_answered() -> None:
    assert open_event_questions(EVENT, Case()) == (0, 1)
    half = told((0, SKIPPED), (5, 0), of="event/bereavement")
    assert open_event_questions(EVENT, half) == (1,)


@given(given_answers)
def test_no_step_of_a_life_event_is_lost_or_named_twice(
    given_options: list[tuple[int, int]],
) -> None:
    named = [slug for part in parts(*given_options) for slug in part]
    assert sorted(named) == sorted(step.service for step in STEPS)
