"""One list of papers for several errands: nothing lost, nothing asked twice, counted right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.case import Acting, Answer, Case, Whom
from kiosk.core.catalog import (
    Material,
    NeededMaterial,
    ProxyException,
    ProxyRule,
    Service,
    Situation,
    SituationOption,
    Text,
)
from kiosk.core.checklist import Condition, Demand, left, merged
from kiosk.core.value import replace
from tests.builders import make_service

MATERIALS = {
    "id-card": Material("id-card", Text("身份证"), "document", Text("公安")),
    "photo": Material("photo", Text("照片"), "own-paper", Text("自己准备"), Text("白底")),
    "form": Material("form", Text("申请表"), "form", Text("窗口")),
    **{
        slug: Material(
            slug, Text(name), "document", Text("公安"), holder="helper", stands_for="id-card"
        )
        for slug, name in (("id-card-proxy", "代办人身份证"), ("id-card-guardian", "监护人身份证"))
    },
}
ACTING = Case(acting=Acting(Whom.PARENT, "frail"))


def asked(slug: str, *materials: NeededMaterial, **changes: object) -> Service:
    return make_service(slug, materials=materials, **changes)


def demands(*services: Service, case: Case | None = None, **more: object) -> dict[str, Demand]:
    found = merged(services, case or Case(), MATERIALS.get, **more)  # type: ignore[arg-type]
    return {one.material: one for one in found}


def test_a_document_that_is_given_back_serves_at_every_counter() -> None:
    found = demands(
        asked("a", NeededMaterial("id-card", originals=1, copies=1)),
        asked("b", NeededMaterial("id-card", originals=1, copies=2)),
    )["id-card"]
    assert (found.originals, found.copies, found.services) == (1, 3, ("a", "b"))


@pytest.mark.parametrize("paper", ["photo", "form"])
def test_what_stays_at_the_counter_is_needed_for_each(paper: str) -> None:
    found = demands(
        asked("a", NeededMaterial(paper, originals=2)),
        asked("b", NeededMaterial(paper, originals=1)),
    )[paper]
    assert found.originals == 3


def test_what_one_errand_always_needs_is_needed_whatever_the_others_say() -> None:
    when = Text("替人办")
    found = demands(
        asked("a", NeededMaterial("id-card", need="sometimes", when=when)),
        asked("b", NeededMaterial("id-card", need="later")),
        asked("c", NeededMaterial("id-card")),
    )["id-card"]
    assert (found.need, found.conditions) == ("always", (Condition("a", when),))


def test_what_is_sometimes_needed_stays_so_with_all_its_conditions() -> None:
    first, second = Text("替人办"), Text("没有户口簿")
    found = demands(
        asked("a", NeededMaterial("id-card", need="sometimes", when=first)),
        asked("b", NeededMaterial("id-card", need="sometimes", when=second)),
        asked("c", NeededMaterial("id-card", need="sometimes")),
    )["id-card"]
    assert found.need == "sometimes"
    assert found.names_conditions
    assert found.conditions == (Condition("a", first), Condition("b", second), Condition("c"))


def test_what_is_always_needed_stands_first_and_what_is_in_hand_last() -> None:
    service = asked(
        "a",
        NeededMaterial("later", need="later"),
        NeededMaterial("sometimes", need="sometimes"),
        NeededMaterial("id-card"),
        NeededMaterial("photo"),
    )
    found = merged((service,), Case(in_hand=("id-card",)), MATERIALS.get)
    assert [one.material for one in found] == ["photo", "later", "sometimes", "id-card"]
    assert [one.material for one in left(found)] == ["photo", "later", "sometimes"]


def test_notes_of_the_paper_and_of_every_service_are_said_once() -> None:
    note = Text("正反面")
    found = demands(
        asked("a", NeededMaterial("photo", note=note)),
        asked("b", NeededMaterial("photo", note=note)),
    )["photo"]
    assert found.notes == (note, Text("白底"))


def test_answers_decide_what_is_on_the_list() -> None:
    options = (SituationOption(Text("丢了"), adds=("photo",)), SituationOption(Text("没丢")))
    service = asked("a", situations=(Situation(Text("丢了吗？"), options),))
    assert demands(service)["photo"].conditions == (Condition("a", Text("丢了")),)
    assert demands(service, case=Case().answered(Answer("service/a", 0, 1))) == {}


def test_whoever_acts_for_another_brings_papers_of_both() -> None:
    rule = ProxyRule(
        "yes",
        Text("可以"),
        papers=("id-card-proxy", "id-card"),
        exceptions=(
            ProxyException("frail", papers=("hospital-letter",)),
            ProxyException("frail", by=("spouse",), papers=("marriage-cert",)),
            ProxyException("away", papers=("letter",)),
        ),
    )
    service = asked("a", NeededMaterial("id-card", need="sometimes"), proxy=rule)
    found = demands(service, case=ACTING)
    assert set(found) == {"id-card", "id-card-proxy", "hospital-letter"}
    assert found["id-card-proxy"].holder == "helper"
    assert (found["id-card"].holder, found["id-card"].need) == ("person", "always")
    assert set(demands(service)) == {"id-card"}


def test_who_may_not_act_is_not_sent_for_papers() -> None:
    rule = ProxyRule("no", Text("要按指纹"), papers=("id-card-proxy",))
    assert demands(asked("a", NeededMaterial("id-card"), proxy=rule), case=ACTING).keys() == {
        "id-card"
    }


def test_other_judges_may_say_which_papers_a_helper_brings() -> None:
    found = demands(asked("a"), case=ACTING, proxy_papers=lambda one: (f"letter-{one.id}",))
    assert set(found) == {"letter-a"}


def test_a_helper_has_one_card_however_each_service_calls_it() -> None:
    services = (
        asked("a", NeededMaterial("id-card", originals=1), NeededMaterial("id-card-proxy", 1, 1)),
        asked("b", NeededMaterial("id-card-guardian", 1, 2)),
    )
    found = demands(*services, case=ACTING)
    assert set(found) == {"id-card", "id-card-proxy"}
    assert (found["id-card-proxy"].originals, found["id-card-proxy"].copies) == (1, 3)
    assert found["id-card-proxy"].services == ("a", "b")
    assert set(demands(*services)) == {"id-card", "id-card-proxy", "id-card-guardian"}


# whatever is asked ------------------------------------------------------------------------------

papers = st.sampled_from(["id-card", "photo", "form", "unknown", "id-card-proxy"])  # a kind each
needed = st.builds(
    NeededMaterial,
    material=papers,
    originals=st.integers(0, 3),
    copies=st.integers(0, 3),
    need=st.sampled_from(["always", "sometimes", "later"]),
    when=st.none() | st.sampled_from([Text("替人办"), Text("丢了")]),
    note=st.none() | st.just(Text("正反面")),
)
rules = st.builds(
    ProxyRule,
    allowed=st.just("yes"),
    reason=st.just(Text("可以")),
    papers=st.lists(papers, max_size=2).map(tuple),
)
errands = st.lists(
    st.tuples(st.lists(needed, max_size=4).map(tuple), st.none() | rules), max_size=5
).map(
    lambda parts: [
        make_service(f"s{n}", materials=materials, proxy=rule)
        for n, (materials, rule) in enumerate(parts)
    ]
)
cases = st.builds(
    Case,
    in_hand=st.lists(papers, unique=True).map(tuple),
    acting=st.none() | st.just(Acting(Whom.PARENT)),
)


def uses(services: Sequence[Service], case: Case) -> list[tuple[str, NeededMaterial]]:
    """Every single demand, as plainly as can be."""
    found = []
    for service in services:
        found += [(service.id, one) for one in service.materials]
        sure = {one.material for one in service.materials if one.need == "always"}
        if case.acting and service.proxy:
            extra = dict.fromkeys(service.proxy.papers)
            found += [(service.id, NeededMaterial(one, 1)) for one in extra if one not in sure]
    return found


@given(errands, cases)
def test_no_paper_is_lost_or_asked_twice(services: list[Service], case: Case) -> None:
    found = merged(services, case, MATERIALS.get)
    names = [one.material for one in found]
    assert len(names) == len(set(names))
    assert set(names) == {one.material for _service, one in uses(services, case)}
    assert all(one.services for one in found)


@given(errands, cases)
def test_counts_are_enough_for_every_counter_and_no_more(
    services: list[Service], case: Case
) -> None:
    plain = uses(services, case)
    for one in merged(services, case, MATERIALS.get):
        counts = [use.originals for _service, use in plain if use.material == one.material]
        stays = one.material in ("photo", "form")
        assert one.originals == (sum(counts) if stays else max(counts))
        assert one.copies == sum(
            use.copies for _service, use in plain if use.material == one.material
        )


@given(errands, cases)
def test_a_paper_is_as_certain_as_its_most_certain_demand(
    services: list[Service], case: Case
) -> None:
    plain = uses(services, case)
    for one in merged(services, case, MATERIALS.get):
        its = [(slug, use) for slug, use in plain if use.material == one.material]
        every = {use.need for _slug, use in its}
        strongest = next(need for need in ("always", "later", "sometimes") if need in every)
        assert one.need == strongest
        conditions = {Condition(slug, use.when) for slug, use in its if use.need == "sometimes"}
        assert set(one.conditions) == conditions


@given(errands, cases)
def test_what_is_in_hand_is_left_nowhere(services: list[Service], case: Case) -> None:
    found = merged(services, case, MATERIALS.get)
    assert {one.material for one in left(found)}.isdisjoint(case.in_hand)
    assert {one.material for one in found} - {one.material for one in left(found)} <= set(
        case.in_hand
    )


@given(errands, cases)
def test_nothing_but_its_tick_changes_when_a_paper_comes_to_hand(
    services: list[Service], case: Case
) -> None:
    empty = merged(services, replace(case, in_hand=()), MATERIALS.get)
    ticked = merged(services, case, MATERIALS.get)
    assert {one.material: one for one in empty} == {
        one.material: replace(one, in_hand=False) for one in ticked
    }
