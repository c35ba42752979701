"""The eighteen worked services: what their blocks say of helpers is what `judge` answers.

Twice: derived from each block for every person and every reason, and once more written down by
hand, so that the reader of the blocks and the judge cannot be wrong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from kiosk.core.case import Acting, Whom, Why
from kiosk.core.catalog import (
    Catalog,
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
from kiosk.core.proxy import LETTER, Guardian, Verdict, belongings, judge, reasons

_EXAMPLES = Path(__file__).parents[3] / "shared/data/example_services.yaml"

_FAMILY: tuple[Helper, ...] = ("spouse", "child", "parent", "grandchild", "grandparent", "relative")
_WHO: dict[str, tuple[Helper, ...]] = {  # empty: anybody
    "家庭成员": _FAMILY,
    "家人": _FAMILY,
    "家人可帮忙操作手机": _FAMILY,
    "子女等家人": _FAMILY,
    "父母任一方": ("parent",),
    "夫妻另一方": ("spouse",),
    "其他监护人": _FAMILY,
    "户主、亲属、抚养人": _FAMILY,
    "监护人": _FAMILY,
    "亲属": _FAMILY,
    "家人朋友，用就诊人实名": (*_FAMILY, "friend"),
    "村居或学校统一办理": ("community",),
    "村居工作人员": ("community",),
    "村居代理员": ("community",),
    "配偶或直系亲属": _FAMILY,
    "受托人": (),
    "任何有完全民事行为能力的人": (),
    "缴款可由他人代办": (),
    "未满16周岁和行动不便的老年人、残疾人由监护人或近亲属代办": _FAMILY,
}
_BY_CASE: dict[str, tuple[ProxyCase, ...]] = {
    "未满16周岁和行动不便的老年人、残疾人由监护人或近亲属代办": ("under-16", "frail")
}
_GUARDED: dict[str, tuple[ProxyCase, ...]] = {
    "未成年人": ("under-16", "minor"),
    "智力残疾": ("incapable",),
    "精神残疾": ("incapable",),
}
_SLUGS = {
    "guardian_id": "id-card-guardian",
    "proxy_id": "id-card-proxy",
    "proxy_letter": LETTER,
    "med_report": "driver-health-report",
    "id_receipt": "id-card-receipt",
}
_HOLDERS = {"id-card-guardian": "id-card", "id-card-proxy": "id-card", "kinship-proof": None}
_COLUMNS: tuple[Why, ...] = ("under-16", "minor", "incapable", "frail", "away", None)

# A allowed, T together, P partly, N no; then on what it hangs: L the law makes this helper the
# guardian, i if they are appointed, w with a letter of the parents. Columns as in _COLUMNS.
_ID_CARD = {
    **dict.fromkeys(("parent", "spouse", "grandparent", "relative", "friend"), ". . N N N N"),
    "client": ". . N N N N",
    "child": "TL N N N N N",
    "grandchild": "Tw N N N N N",
}
_NEVER = {
    **dict.fromkeys(("parent", "spouse", "grandparent", "relative", "friend"), ". . N N N N"),
    **dict.fromkeys(("child", "grandchild"), "N N N N N N"),
    "client": ". . N N N N",
}


def _family(grown: str, young: str, **others: str) -> dict[str, str]:
    persons = dict.fromkeys(("parent", "spouse", "grandparent", "relative"), ". . " + grown)
    children = dict.fromkeys(("child", "grandchild"), f"{young} {grown}")
    return {**persons, **children, **others}


_OUTSIDE = ". . Ai N N N"  # not named by the rule, but may be the guardian of a grown person
_BY_HAND: dict[str, dict[str, str]] = {
    "id-card-first": _ID_CARD,
    "id-card-renew": _ID_CARD,
    "id-card-lost": _ID_CARD,
    "id-card-temporary": {**_ID_CARD, "child": "AL N N N N N", "grandchild": "Aw N N N N N"},
    "medical-insurance-resident": _family("A A A A", "A A", friend=_OUTSIDE, client=". . A A A A"),
    "pension-verify": _family("P P P P", "P P", friend=". . Pi N N N", client=". . Pi N N N"),
    "fund-rent-withdraw": {
        **_family("Pi P P P", "PL PL", friend=". . Pi P P P", client=". . Pi P P P"),
        "grandchild": "Pw Pw Pi P P P",
    },
    "driving-licence-renew": {
        **_family("Ai A A A", "AL AL", friend=". . Ai A A A", client=". . Ai A A A"),
        "grandchild": "Aw Aw Ai A A A",
    },
    "traffic-violation": _family("P P P P", "P P", friend=". . P P P P", client=". . P P P P"),
    "hospital-booking": _family("A A A A", "A A", friend=". . A A A A", client=_OUTSIDE),
    "disability-cert-first": {
        **_family("Pi P P P", "PL PL", friend=". . Pi N N N", client=". . Pi P P P"),
        "grandchild": "Pw Pw Pi P P P",
    },
    "elder-allowance": _family("A A A A", "A A", friend=_OUTSIDE, client=". . A A A A"),
    "birth-registration-service": _family("A A A A", "A A", friend=_OUTSIDE, client=_OUTSIDE),
    "marriage-booking": _NEVER,
    "newborn-household": {
        **_family("Ai A A A", "AL AL", friend=_OUTSIDE, client=_OUTSIDE),
        "grandchild": "Aw Aw Ai A A A",
    },
    "residence-permit": {
        **_family("Ai A N N", "AL N", friend=_OUTSIDE, client=_OUTSIDE),
        "grandchild": "A N Ai A N N",
    },
    "social-card": {
        **_family("Pi P P P", "PL PL", friend=". . Pi N N N", client=". . Pi N N N"),
        "grandchild": "Pw Pw Pi P P P",
    },
    "remote-medical-filing": _family("A A A A", "A A", friend=_OUTSIDE, client=_OUTSIDE),
}
_VERDICTS = {
    "A": Verdict.ALLOWED,
    "T": Verdict.TOGETHER,
    "P": Verdict.PARTLY,
    "N": Verdict.REFUSED,
}
_GUARDIANS = {
    "": None,
    "L": Guardian.BY_LAW,
    "i": Guardian.IF_APPOINTED,
    "w": Guardian.BY_LETTER,
}


# the blocks as rules ------------------------------------------------------------------------------


@cache
def _blocks() -> dict[str, dict[str, Any]]:
    if not _EXAMPLES.is_file():
        return {}
    services = yaml.safe_load(_EXAMPLES.read_text(encoding="utf-8"))["services"]
    return {one["id"]: one for one in services}


@pytest.fixture
def blocks() -> Mapping[str, dict[str, Any]]:
    if not _blocks():
        pytest.skip("the developers' worked services are not here (../shared/data)")
    return _blocks()


def _slug(ref: str) -> str:
    return _SLUGS.get(ref, ref.replace("_", "-"))


def _rule(block: Mapping[str, Any]) -> ProxyRule:
    who = [str(one) for one in block.get("who", ())]
    home = block.get("home_service")
    return ProxyRule(
        allowed=block["allowed"],
        reason=Text(str(block.get("reason", ""))),
        who=tuple(Text(one) for one in who),
        helpers=_helpers(who),
        present=tuple(Text(one) for one in block.get("must_be_present", ())),
        papers=tuple(_slug(one) for one in block.get("papers", ())),
        guardian=_guarded(block),
        exceptions=(*_exceptions(block), *_cases(who), *_wards(block)),
        collect=_collect(block.get("collect_by_other")),
        forbidden=_text(block.get("forbidden")),
        home_visit=_text(home),
        note=_text(block.get("note")),
    )


def _helpers(who: list[str]) -> tuple[Helper, ...]:
    named = [_WHO[one] for one in who]
    if not all(named):
        return ()
    return tuple(dict.fromkeys(helper for some in named for helper in some))


def _exceptions(block: Mapping[str, Any]) -> Iterator[ProxyException]:
    for one in block.get("exceptions", ()):
        assert (one["who"], one["by"]) == ("未满16周岁", "监护人")
        papers = tuple(_slug(paper) for paper in one["papers"])
        yield ProxyException("under-16", papers=papers, along=one.get("child_present", False))


def _cases(who: list[str]) -> Iterator[ProxyException]:
    for one in who:
        yield from (ProxyException(case, by=_WHO[one]) for case in _BY_CASE.get(one, ()))


def _wards(block: Mapping[str, Any]) -> Iterator[ProxyException]:
    cases = (case for one in block.get("guardian_required", ()) for case in _GUARDED[one])
    yield from (ProxyException(case) for case in dict.fromkeys(cases))


def _guarded(block: Mapping[str, Any]) -> Text | None:
    return _text("、".join(block.get("guardian_required", ())))


def _collect(said: Mapping[str, Any] | None) -> Collecting | None:
    if said is None:
        return None
    return Collecting(tuple(_slug(one) for one in said["papers"]), _text(said["allowed"]))


def _text(words: str | None) -> Text | None:
    return Text(words) if words else None


def _service(block: Mapping[str, Any]) -> Service:
    name = Text(block["name"])
    return Service(block["id"], 1, "g", "c", name, name, name, "p", proxy=_rule(block["proxy"]))


def _everybody() -> Iterator[Acting]:
    for whom in Whom:
        yield from (Acting(whom, why) for why in reasons(whom))


# what is expected ---------------------------------------------------------------------------------


def _expected(grid: Mapping[str, str]) -> dict[Acting, tuple[Verdict, Guardian | None]]:
    found = {}
    for whom, row in grid.items():
        for why, cell in zip(_COLUMNS, row.split(), strict=True):
            if cell != ".":
                found[Acting(Whom(whom), why)] = (_VERDICTS[cell[0]], _GUARDIANS[cell[1:]])
    return found


def _answers(service: Service) -> dict[Acting, tuple[Verdict, Guardian | None]]:
    rulings = {acting: judge(service, acting) for acting in _everybody()}
    return {acting: (one.verdict, one.guardian) for acting, one in rulings.items()}


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_answers_are_those_written_down_by_hand(
    id: str, blocks: Mapping[str, dict[str, Any]]
) -> None:
    assert _answers(_service(blocks[id])) == _expected(_BY_HAND[id])


def test_every_worked_service_is_written_down(blocks: Mapping[str, dict[str, Any]]) -> None:
    assert set(_BY_HAND) == set(blocks)
    assert len(blocks) == 18


@pytest.mark.parametrize("id", _BY_HAND)
def test_what_the_block_says_of_everybody_is_said_in_every_case(
    id: str, blocks: Mapping[str, dict[str, Any]]
) -> None:
    block = blocks[id]["proxy"]
    for acting in _everybody():
        ruling = judge(_service(blocks[id]), acting)
        assert _zh(ruling.reason) == block.get("reason", "")
        assert _zh(ruling.home_visit) == block.get("home_service", "")
        assert _zh(ruling.forbidden) == block.get("forbidden", "")
        assert block.get("note", "") in [*(_zh(one) for one in ruling.notes), ""]
        wards = "、".join(block.get("guardian_required", ()))
        is_ward = acting.why in ("under-16", "minor", "incapable")
        assert (wards in [_zh(one) for one in ruling.notes]) == bool(wards and is_ward)
        collect = block.get("collect_by_other")
        assert (ruling.collect is None) == (collect is None)
        if collect and ruling.collect:
            assert ruling.collect.papers == tuple(map(_slug, collect["papers"]))


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_verdict_follows_the_word_of_the_block(
    id: str, blocks: Mapping[str, dict[str, Any]]
) -> None:
    block = blocks[id]["proxy"]
    excepted = {"under-16"} if block.get("exceptions") else set()
    for acting in _everybody():
        ruling = judge(_service(blocks[id]), acting)
        match block["allowed"]:
            case "no" if acting.why not in excepted:
                assert ruling.verdict is Verdict.REFUSED
            case "no":
                assert ruling.may_go == (acting.whom in (Whom.CHILD, Whom.GRANDCHILD))
                assert ruling.along == (ruling.may_go and _is_along(block))
            case "yes":
                assert ruling.verdict in (Verdict.ALLOWED, Verdict.REFUSED)
            case _:
                assert ruling.verdict is not Verdict.TOGETHER
        is_named = not _rule(block).helpers or acting.whom.helper in _rule(block).helpers
        if block["allowed"] == "yes" and is_named:
            assert ruling.verdict is Verdict.ALLOWED


@pytest.mark.parametrize("id", _BY_HAND)
def test_whoever_must_be_present_is_named(id: str, blocks: Mapping[str, dict[str, Any]]) -> None:
    block = blocks[id]["proxy"]
    said = tuple(block.get("must_be_present", ()))
    for acting in _everybody():
        ruling = judge(_service(blocks[id]), acting)
        present = tuple(_zh(one) for one in ruling.present)
        is_excepted = ruling.exception is not None and id != "disability-cert-first"
        is_by_case = id == "residence-permit" and ruling.may_go
        assert present == (() if is_excepted or is_by_case else said)


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_papers_are_those_of_the_block(id: str, blocks: Mapping[str, dict[str, Any]]) -> None:
    block = blocks[id]["proxy"]
    general = [_slug(one) for one in block.get("papers", ())]
    for acting in _everybody():
        ruling = judge(_service(blocks[id]), acting)
        excepted = [
            _slug(one)
            for exception in block.get("exceptions", ())
            for one in exception["papers"]
            if acting.why == "under-16"
        ]
        wanted = {*general, *excepted} if ruling.may_go else set()
        if ruling.guardian in (Guardian.BY_LAW, Guardian.IF_APPOINTED):
            wanted -= {LETTER}  # who cannot decide cannot give authority
        if ruling.guardian is Guardian.BY_LETTER:
            wanted |= {LETTER}
        assert set(ruling.papers) == wanted
        assert len(ruling.papers) == len(wanted)


def _is_along(block: Mapping[str, Any]) -> bool:
    return any(one.get("child_present") for one in block["exceptions"])


def _zh(text: Text | None) -> str:
    return text.zh if text else ""


# both people's papers, by hand --------------------------------------------------------------------

_FAR, _AT_15 = Acting(Whom.PARENT, "away"), Acting(Whom.CHILD, "under-16")
_BAGS: tuple[tuple[str, Acting, set[str], set[str]], ...] = (
    ("id-card-first", _AT_15, {"household-book"}, {"id-card-guardian"}),
    ("id-card-lost", _AT_15, {"household-book"}, {"id-card-guardian"}),
    ("id-card-temporary", _AT_15, {"household-book", "photo-2inch", "id-card-receipt"},
     {"id-card-guardian"}),
    ("social-card", _FAR, {"id-card", "photo-2inch", LETTER}, {"id-card-proxy"}),
    ("social-card", _AT_15, {"id-card", "photo-2inch"}, {"id-card-proxy"}),
    ("elder-allowance", _FAR, {"id-card", "household-book", "social-card"},
     {"id-card-proxy", "kinship-proof"}),
    ("newborn-household", _AT_15, {"birth-cert", "household-book", "id-card", "marriage-cert"},
     {"id-card-proxy", "kinship-proof"}),
    ("newborn-household", Acting(Whom.GRANDCHILD, "under-16"),
     {"birth-cert", "household-book", "id-card", "marriage-cert", LETTER},
     {"id-card-proxy", "kinship-proof"}),
    ("driving-licence-renew", _FAR,
     {"id-card", "driving-licence", "driver-health-report", "photo-2inch", LETTER},
     {"id-card-proxy"}),
    ("fund-rent-withdraw", _FAR, {"id-card", "bank-card", "marriage-cert", LETTER},
     {"id-card-proxy", "kinship-proof"}),
    ("residence-permit", Acting(Whom.PARENT, "frail"), {"id-card", "photo-2inch"},
     {"id-card-proxy", "kinship-proof"}),
    ("remote-medical-filing", _FAR, {"med-insurance-qr", "applicant-identity"},
     {"id-card-proxy"}),
)  # fmt: skip


@pytest.mark.parametrize(("id", "acting", "persons", "helpers"), _BAGS)
def test_both_people_bring_what_is_written_down_by_hand(
    id: str,
    acting: Acting,
    persons: set[str],
    helpers: set[str],
    blocks: Mapping[str, dict[str, Any]],
) -> None:
    materials = tuple(
        NeededMaterial(_slug(one["ref"]), need="always" if one["need"] == "必要" else "sometimes")
        for one in blocks[id]["materials"]
        if "ref" in one
    )

    both = belongings(judge(_service(blocks[id]), acting), materials, _material)

    assert {one.material for one in both.persons} == persons
    assert {one.material for one in both.helpers} == helpers


def _material(id: str) -> Material:
    is_helpers = id in _HOLDERS
    holder = "helper" if is_helpers else "person"
    name = Text(id)
    return Material(
        id, name, "document", name, holder=cast("Any", holder), stands_for=_HOLDERS.get(id)
    )


# the demo city's own rules ------------------------------------------------------------------------

_IN_DEMO = {
    "birth-registration-service": "childbirth-registration",
    "marriage-booking": "marriage-registration",
}
_DEMO_PAPERS = {
    ("newborn-household", "household_book"): "household-book-parents",
    ("medical-insurance-resident", "applicant_identity"): "id-card",
    ("remote-medical-filing", "applicant_identity"): "id-card",
    ("hospital-booking", "applicant_identity"): "id-card",
}


def _demo_service(demo: Catalog, id: str) -> Service:
    service = demo.service(_IN_DEMO.get(id, id))
    assert service is not None
    return service


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_demo_city_answers_as_the_worked_services_do(id: str, demo: Catalog) -> None:
    assert _answers(_demo_service(demo, id)) == _expected(_BY_HAND[id])


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_demo_city_asks_for_the_papers_of_the_worked_services(
    id: str, demo: Catalog, blocks: Mapping[str, dict[str, Any]]
) -> None:
    block, service = blocks[id]["proxy"], _demo_service(demo, id)
    wanted = {_DEMO_PAPERS.get((id, one), _slug(one)) for one in block.get("papers", ())}
    ruling = judge(service, Acting(Whom.PARENT, "frail"))
    both = belongings(ruling, service.materials, demo.material)

    brought = {one.material for one in (*both.persons, *both.helpers)}

    assert wanted <= brought or not ruling.may_go
    own = {"id-card-proxy", "id-card-guardian"} & {one.material for one in both.persons}
    assert not own  # a helper's card is the helper's


@pytest.mark.parametrize("id", _BY_HAND)
def test_the_demo_city_leaves_out_nothing_that_a_block_says(
    id: str, demo: Catalog, blocks: Mapping[str, dict[str, Any]]
) -> None:
    block, rule = blocks[id]["proxy"], _demo_service(demo, id).proxy
    assert rule is not None

    assert rule.allowed == block["allowed"]
    assert len(rule.present) == len(block.get("must_be_present", ())) or id == "marriage-booking"
    assert rule.home_visit is not None or "home_service" not in block
    assert (rule.forbidden is not None) == ("forbidden" in block)
    assert (rule.note is not None) == ("note" in block)
    assert (rule.collect is not None) == ("collect_by_other" in block)
    assert rule.guardian is not None or "guardian_required" not in block
