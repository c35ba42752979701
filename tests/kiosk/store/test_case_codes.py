"""A case into a code and back: what the catalog still knows comes back, the rest is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db import case_code
from db.case_code import Subject, Told
from db.token import EPOCH_START, Place
from kiosk.core.brought import Brought, Lost
from kiosk.core.case import LIST_MAX, SKIPPED, Acting, Answer, Case, Whom
from kiosk.core.catalog import (
    Event,
    EventOption,
    EventQuestion,
    EventStep,
    Material,
    ProxyException,
    ProxyRule,
    Service,
    Situation,
    SituationOption,
    Text,
)
from kiosk.core.value import replace as with_
from kiosk.store import case_codes
from tests.builders import TableCatalog, make_service

HERE = Place(990100, 1, 7)
WHO = Situation(
    Text("谁来办？"),
    (
        SituationOption(Text("您自己")),
        SituationOption(Text("孩子"), adds=("book",)),
        SituationOption(Text("老人"), adds=("elder-card",)),
    ),
)
LOST = Situation(Text("丢了吗？"), (SituationOption(Text("丢了")), SituationOption(Text("没丢"))))
MOVED = Event(
    "moved",
    1,
    Text("搬家"),
    Text("搬家以后"),
    "home",
    (EventStep("passport"),),
    (EventQuestion(Text("买的还是租的？"), (EventOption(Text("买")), EventOption(Text("租")))),),
)


class City(TableCatalog):
    """A catalog that says which papers people have."""

    def papers(self, count: int) -> tuple[Material, ...]:
        return tuple(self.materials.values())[:count]


def paper(id: str) -> Material:
    return Material(id, Text(id), "document", Text("公安"))


def city(*services: Service, papers: tuple[str, ...] = ("id-card", "book"), **more: Any) -> City:
    return City(
        services={one.id: one for one in services},
        materials={one: paper(one) for one in papers},
        all_events={"moved": MOVED},
        **more,
    )


SERVICES = tuple(
    make_service(f"service-{n}", number=13000 + n, situations=(WHO, LOST) if n % 2 else ())
    for n in range(14)
)
CITY = city(*SERVICES)

answers = st.one_of(
    st.builds(
        Answer,
        st.sampled_from([f"service/service-{n}" for n in range(1, 14, 2)]),
        st.just(0),
        st.integers(SKIPPED, 2),
    ),
    st.builds(
        Answer,
        st.sampled_from([f"service/service-{n}" for n in range(1, 14, 2)]),
        st.just(1),
        st.integers(SKIPPED, 1),
    ),
    st.builds(Answer, st.just("event/moved"), st.just(0), st.integers(SKIPPED, 1)),
)
actings = st.builds(
    Acting,
    st.sampled_from(Whom),
    st.sampled_from([None, "under-16", "minor", "incapable", "frail", "away"]),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    told = Case(acting=draw(st.none() | actings))
    ids = [one.id for one in SERVICES]
    told = told.collected(tuple(draw(st.lists(st.sampled_from(ids), max_size=LIST_MAX))))
    for answer in draw(st.lists(answers, max_size=8)):
        told = told.answered(answer)
    for name in draw(st.lists(st.sampled_from(["id-card", "book"]), unique=True)):
        told = told.holding(name, has=True)
    return told


def told_of(case: Case, catalog: TableCatalog = CITY) -> Told:
    return case_codes.packed(case, catalog, HERE, EPOCH_START)  # type: ignore[arg-type]


def digits_of(told: Told) -> str:
    return case_code.to_digits(case_code.seal(told, bytes(32)))


def brought(case: Case | Told, later: TableCatalog = CITY) -> Brought:
    told = told_of(case) if isinstance(case, Case) else case
    found = case_codes.read(digits_of(told), later)  # type: ignore[arg-type]
    assert found is not None
    return found


def sorted_answers(case: Case) -> Case:
    """The order of answers to different things says nothing."""
    ordered = sorted(case.answers, key=lambda one: (one.of, one.question))
    return with_(case, answers=tuple(ordered))


@given(cases())
def test_whatever_was_told_comes_back_whole(case: Case) -> None:
    found = brought(case)
    assert sorted_answers(found.case) == sorted_answers(case)
    assert found.lost == Lost()


def test_a_service_that_left_the_catalog_is_counted_and_the_others_stay() -> None:
    case = Case(services=("service-1", "service-2"), answers=(Answer("service/service-1", 0, 1),))
    found = brought(case, city(SERVICES[2]))
    assert found.case == Case(services=("service-2",))
    assert found.lost == Lost(services=1)


def test_answers_to_questions_that_were_changed_are_dropped() -> None:
    asked = replace_situations((with_(WHO, ask=Text("谁要办？")), LOST))
    found = brought(Case(answers=(Answer("service/service-1", 0, 1),)), asked)
    assert found == Brought(Case(), Lost(questions=1))


def test_answers_stay_where_only_what_follows_from_them_was_mended() -> None:
    mended = with_(WHO, options=(with_(WHO.options[0], drops=("book",)), *WHO.options[1:]))
    case = Case(answers=(Answer("service/service-1", 0, 1),))
    assert brought(case, replace_situations((mended, LOST))) == Brought(case)


def replace_situations(situations: tuple[Situation, ...]) -> City:
    return city(with_(SERVICES[1], situations=situations))


def test_an_event_that_is_gone_is_counted_among_the_questions() -> None:
    case = Case(answers=(Answer("event/moved", 0, 1),))
    assert brought(case).case == case
    none = replace(CITY, all_events={})
    assert brought(case, none) == Brought(Case(), Lost(questions=1))


def test_a_question_or_option_that_does_not_exist_is_dropped() -> None:
    prints = case_code.questions_print(
        ["谁来办？", "您自己", "孩子", "老人", "丢了吗？", "丢了", "没丢"]
    )
    subject = Subject(prints, ((0, 9), (7, 0), (1, 1)), service=13001)
    told = replace(told_of(Case()), subjects=(subject,))
    assert brought(told).case == Case(answers=(Answer("service/service-1", 1, 1),))


def names_alike() -> tuple[str, str]:
    """Two names with the same fingerprint."""
    seen: dict[int, str] = {}
    for n in range(100_000):
        name = f"paper-{n}"
        other = seen.setdefault(case_code.name_print(name), name)
        if other != name:
            return other, name
    raise AssertionError("no two are alike")


def test_a_paper_that_may_be_one_of_two_is_neither() -> None:
    one, other = names_alike()
    case = Case(in_hand=("id-card", one))
    assert brought(case, city(*SERVICES, papers=("id-card", one))).case == case
    both = city(*SERVICES, papers=("id-card", one, other))
    assert brought(case, both) == Brought(Case(in_hand=("id-card",)), Lost(papers=1))


def test_papers_that_only_answers_and_helpers_need_are_known_by_their_services() -> None:
    rule = ProxyRule(
        "yes", Text(""), papers=("letter",), exceptions=(ProxyException("frail", papers=("note",)),)
    )
    service = make_service("service-1", number=13001, situations=(WHO,), proxy=rule)
    case = Case(services=("service-1",), in_hand=("elder-card", "letter", "note"))
    assert brought(case, city(service)) == Brought(case)


def test_what_is_no_code_brings_nothing_back() -> None:
    read = [case_codes.read(one, CITY) for one in ("", "7" * 67, "0" * 68, "7" * 69, "a" * 68)]  # type: ignore[arg-type]
    assert read == [None] * 5


def test_all_words_of_case_and_code_are_the_same() -> None:
    assert {one.value for one in Whom} == set(case_code.WHOM)
    for whom in Whom:
        for why in case_code.WHY:
            case = Case(acting=Acting(whom, why))  # type: ignore[arg-type]
            assert brought(case).case == case


def test_the_fullest_case_fits_into_a_code() -> None:
    everything = Case(
        services=tuple(one.id for one in SERVICES[:LIST_MAX]),
        answers=tuple(
            Answer(f"service/{one.id}", question, 1) for one in SERVICES for question in range(2)
        ),
        in_hand=tuple(f"paper-{n}" for n in range(60)),
        acting=Acting(Whom.CLIENT, "away"),
    )
    sealed = case_code.seal(told_of(everything), bytes(32))
    assert len(sealed) <= case_code.BYTES_MAX


def test_a_forged_code_brings_no_longer_list_than_a_machine_makes() -> None:
    told = Told(HERE, 7, EPOCH_START, services=tuple(one.number for one in SERVICES))
    brought = case_codes.read(case_code.to_digits(case_code.seal(told, bytes(32))), CITY)
    assert brought is not None
    assert brought.case.services == tuple(one.id for one in SERVICES[:LIST_MAX])
