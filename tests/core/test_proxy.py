"""May somebody act for another? What no worked service has, and what holds always."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import letter
from kiosk.core import proxy_words
from kiosk.core.case import Acting, Whom, Why
from kiosk.core.catalog import (
    Channel,
    Collecting,
    Helper,
    Material,
    NeededMaterial,
    ProxyCase,
    ProxyException,
    ProxyRule,
    Service,
    Text,
)
from kiosk.core.proxy import (
    LETTER,
    Guardian,
    Refusal,
    Verdict,
    asks_why,
    belongings,
    guardian_of,
    judge,
    reasons,
)

_FATHER = Acting(Whom.PARENT, "away")
_CHILD = Acting(Whom.CHILD, "under-16")
_REASON = Text("要按指纹")
_CASES = get_args(ProxyCase)
_HELPERS = get_args(Helper)

_exceptions = st.builds(
    ProxyException,
    case=st.sampled_from(_CASES),
    allowed=st.booleans(),
    by=st.lists(st.sampled_from(_HELPERS), max_size=3, unique=True).map(tuple),
    papers=st.lists(st.sampled_from([LETTER, "id-card-guardian", "book"])).map(tuple),
    along=st.booleans(),
)
_rules = st.builds(
    ProxyRule,
    allowed=st.sampled_from(["yes", "partly", "no"]),
    reason=st.just(_REASON),
    helpers=st.lists(st.sampled_from(_HELPERS), max_size=4, unique=True).map(tuple),
    present=st.sampled_from([(), (Text("体检时"),)]),
    papers=st.lists(st.sampled_from([LETTER, "id-card-proxy", "book"])).map(tuple),
    exceptions=st.lists(_exceptions, max_size=4).map(tuple),
)
_actings = st.sampled_from([Acting(whom, why) for whom in Whom for why in reasons(whom)])


def _service(rule: ProxyRule | None, **changes: Any) -> Service:
    name = Text("办卡")
    return Service("card", 13003, "g", "c", name, name, name, "p", proxy=rule, **changes)


def _material(id: str) -> Material | None:
    if id == "gone":
        return None
    is_own = id in ("id-card-proxy", "id-card-guardian")
    holder: Any = "helper" if is_own else "person"
    stands_for = "id-card" if is_own else None
    return Material(id, Text(id), "document", Text(""), holder=holder, stands_for=stands_for)


# rules --------------------------------------------------------------------------------------------


def test_without_a_rule_nobody_knows_and_ways_without_a_visit_are_named() -> None:
    web = Channel("web", Text("网上办"), url="https://a.example")
    counter, asking = Channel("counter", Text("窗口")), Channel("phone", Text("问"), "ask")

    ruling = judge(_service(None, channels=(web, counter, asking)), _FATHER)

    assert ruling.verdict is Verdict.UNKNOWN
    assert ruling.otherwise == (web,)
    assert not ruling.may_go


def test_a_rule_names_its_helpers() -> None:
    rule = ProxyRule("yes", _REASON, helpers=("child",))

    assert judge(_service(rule), _FATHER).verdict is Verdict.ALLOWED
    refused = judge(_service(rule), Acting(Whom.FRIEND, "away"))
    assert (refused.verdict, refused.refusal) == (Verdict.REFUSED, Refusal.OTHERS)


def test_father_and_mother_act_for_a_child_though_the_rule_forgets_them() -> None:
    rule = ProxyRule("yes", _REASON, helpers=("spouse",))

    ruling = judge(_service(rule), _CHILD)

    assert (ruling.verdict, ruling.guardian) == (Verdict.ALLOWED, Guardian.BY_LAW)


def test_an_exception_that_forbids_is_stronger_than_the_rule() -> None:
    away = ProxyException("away", allowed=False, note=Text("要视频"))
    rule = ProxyRule("yes", _REASON, exceptions=(away,))

    ruling = judge(_service(rule), _FATHER)

    assert ruling.verdict is Verdict.REFUSED
    assert Text("要视频") in ruling.notes
    assert judge(_service(rule), Acting(Whom.PARENT, "frail")).verdict is Verdict.ALLOWED


def test_who_is_only_busy_comes_where_the_rule_helps_those_who_cannot() -> None:
    frail = ProxyException("frail", by=("child",))
    service = _service(ProxyRule("partly", _REASON, exceptions=(frail,)))

    assert judge(service, Acting(Whom.PARENT, "frail")).verdict is Verdict.ALLOWED
    busy = judge(service, Acting(Whom.PARENT))
    assert (busy.verdict, busy.refusal) == (Verdict.REFUSED, Refusal.NOT_NOW)
    neighbour = judge(service, Acting(Whom.FRIEND, "frail"))
    assert (neighbour.verdict, neighbour.refusal) == (Verdict.REFUSED, Refusal.OTHERS)


def test_a_relative_is_no_guardian_of_a_child() -> None:
    alone = ProxyException("under-16", along=True)
    service = _service(ProxyRule("no", _REASON, exceptions=(alone,)))

    ruling = judge(service, Acting(Whom.RELATIVE, "under-16"))

    assert (ruling.verdict, ruling.refusal) == (Verdict.REFUSED, Refusal.GUARDIANS)


@pytest.mark.parametrize("by", [(), ("parent",)])
def test_grandparents_come_with_a_letter_of_the_parents(by: tuple[Helper, ...]) -> None:
    along = ProxyException("under-16", by=by, along=True)
    service = _service(ProxyRule("no", _REASON, exceptions=(along,)))

    ruling = judge(service, Acting(Whom.GRANDCHILD, "under-16"))

    assert (ruling.verdict, ruling.guardian) == (Verdict.TOGETHER, Guardian.BY_LETTER)
    assert ruling.needs_letter


def test_grandparents_whom_the_exception_names_need_no_letter() -> None:
    named = ProxyException("under-16", by=("parent", "grandparent"))
    service = _service(ProxyRule("no", _REASON, exceptions=(named,)))

    ruling = judge(service, Acting(Whom.GRANDCHILD, "under-16"))

    assert (ruling.guardian, ruling.needs_letter) == (None, False)


def test_being_kin_is_not_being_appointed() -> None:
    ruling = judge(_service(ProxyRule("yes", _REASON, papers=(LETTER,))), _demented())

    assert ruling.guardian is Guardian.IF_APPOINTED
    assert not ruling.needs_letter
    condition = proxy_words.condition(ruling, lambda words: words)
    assert condition is not None
    assert condition[0].startswith("如果您是监护人")


def _demented() -> Acting:
    return Acting(Whom.PARENT, "incapable")


def test_at_sixteen_the_exception_for_children_is_over() -> None:
    along = ProxyException("under-16", along=True)
    service = _service(ProxyRule("no", _REASON, exceptions=(along,)))

    assert judge(service, _CHILD).verdict is Verdict.TOGETHER
    assert judge(service, Acting(Whom.CHILD, "minor")).verdict is Verdict.REFUSED


def test_a_refused_helper_may_still_fetch_the_result() -> None:
    collect = Collecting(("receipt",))

    assert judge(_service(ProxyRule("no", _REASON, collect=collect)), _FATHER).collect == collect


# papers -------------------------------------------------------------------------------------------


def test_each_paper_is_brought_by_whose_it_is_and_once() -> None:
    rule = ProxyRule("yes", _REASON, papers=("id-card-proxy", "book", "id-card-guardian", LETTER))
    asked = (NeededMaterial("book", copies=2, need="sometimes", when=Text("没联网")),)

    both = belongings(judge(_service(rule), _FATHER), asked, _material)

    assert [one.material for one in both.persons] == ["book", LETTER]
    assert both.persons[0] == NeededMaterial("book", copies=2)  # no more "sometimes"
    assert [one.material for one in both.helpers] == ["id-card-proxy"]  # one card a person


def test_a_guardians_card_is_asked_of_guardians_only() -> None:
    asked = (NeededMaterial("id-card-guardian", need="sometimes", when=Text("没满16岁")),)

    both = belongings(judge(_service(ProxyRule("yes", _REASON)), _FATHER), asked, _material)

    assert both.persons == both.helpers == ()


def test_a_paper_that_the_catalog_lacks_stays_on_the_list() -> None:
    rule = ProxyRule("yes", _REASON, papers=("gone",))

    both = belongings(judge(_service(rule), _FATHER), (), _material)

    assert [one.material for one in both.persons] == ["gone"]


def test_whoever_is_refused_brings_nothing_of_their_own() -> None:
    rule = ProxyRule("no", _REASON, papers=("id-card-guardian",))
    asked = (NeededMaterial("book"),)

    both = belongings(judge(_service(rule), _FATHER), asked, _material)

    assert ([one.material for one in both.persons], both.helpers) == (["book"], ())


# questions ----------------------------------------------------------------------------------------


def test_nobody_is_asked_why_where_it_changes_nothing() -> None:
    never, family = ProxyRule("no", _REASON), ProxyRule("yes", _REASON, papers=("book",))

    assert not any(asks_why(_service(rule), whom) for rule in (never, family) for whom in Whom)
    assert not asks_why(_service(None), Whom.PARENT)


def test_why_is_asked_where_an_exception_or_a_letter_hangs_on_it() -> None:
    frail = ProxyRule("partly", _REASON, exceptions=(ProxyException("frail"),))

    assert asks_why(_service(frail), Whom.PARENT)
    assert asks_why(_service(ProxyRule("yes", _REASON, papers=(LETTER,))), Whom.SPOUSE)


@pytest.mark.parametrize("whom", Whom)
def test_age_is_a_reason_for_the_young_only(whom: Whom) -> None:
    young: set[Why] = {"under-16", "minor"}

    assert young.issubset(reasons(whom)) == whom.may_be_young
    assert len(set(reasons(whom))) == len(reasons(whom))


# what holds always --------------------------------------------------------------------------------


@given(rule=_rules, acting=_actings)
def test_every_ruling_is_whole(rule: ProxyRule, acting: Acting) -> None:
    ruling = judge(_service(rule), acting)

    assert ruling.verdict is not Verdict.UNKNOWN
    assert (ruling.refusal is None) == ruling.may_go
    assert ruling.reason == _REASON
    assert len(set(ruling.papers)) == len(ruling.papers)
    assert ruling.may_go or not ruling.papers
    assert proxy_words.sentence(ruling, lambda words: words)
    assert "{" not in proxy_words.sentence(ruling, lambda words: words)


@given(rule=_rules, acting=_actings)
def test_a_no_without_exceptions_is_a_no_for_everybody(rule: ProxyRule, acting: Acting) -> None:
    ruling = judge(_service(rule), acting)

    is_excepted = any(one.case == acting.why and one.allowed for one in rule.exceptions)
    assert ruling.verdict is Verdict.REFUSED or rule.allowed != "no" or is_excepted


@given(rule=_rules, acting=_actings)
def test_nobody_without_capacity_is_asked_for_a_letter(rule: ProxyRule, acting: Acting) -> None:
    ruling = judge(_service(rule), acting)

    if guardian_of(acting) in (Guardian.BY_LAW, Guardian.IF_APPOINTED):
        assert LETTER not in ruling.papers


def test_both_ends_mean_the_same_paper_by_a_letter() -> None:
    assert LETTER == letter.MATERIAL
    assert set(letter.RELATIONS) == set(_HELPERS)
