"""What the page of a list says: its errands in order, and all papers once. No I/O.

Knows how a code's numbers become facts of the published catalog, and what was answered meanwhile.
Does not know HTML, languages, or whether the code is good (`hub.phone.list_check`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from db import case_code, short_number
from db.case_code import Told
from db.records import NeededMaterial, ProxyRule, Service, Situation, Text
from hub.phone import bulletins, wording
from hub.phone.catalog import PublishedCatalog
from hub.phone.letter import takes_letter
from hub.phone.words import said

_WHOM = {
    "parent": Text("爸妈", "your father or mother"),
    "spouse": Text("老伴", "your husband or wife"),
    "child": Text("孩子", "your child"),
    "grandparent": Text("爷爷奶奶、外公外婆", "your grandparent"),
    "grandchild": Text("孙辈", "your grandchild"),
    "relative": Text("亲戚", "a relative"),
    "friend": Text("邻居、朋友", "a friend"),
    "client": Text("您服务的老人", "somebody you care for"),
}
_MAY_ACT = {
    "yes": Text("可以替办", "You may do it"),
    "partly": Text("能替办一部分", "You may do a part of it"),
    "no": Text("要本人来", "The person must come"),
}
_ASK_FIRST = Text("能不能替，先打电话问", "Call first to ask whether you may")
_HELD = Text("您说已经有了", "You said you have it")


@dataclass(frozen=True)
class ListedErrand:
    """One errand of the list."""

    name: Text
    number: str
    places: tuple[Text, ...]
    may_act: Text | None  # whether somebody else may come; None where the person comes
    letter: str  # where the letter of authority is; empty where none is asked for
    told: tuple[bulletins.Told, ...]  # what holds now and concerns it


@dataclass(frozen=True)
class ListedPaper:
    """One paper, and what each errand wants of it."""

    name: Text
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class ListGuide:
    """Everything that the page says."""

    errands: tuple[ListedErrand, ...]
    papers: tuple[ListedPaper, ...]
    helper_papers: tuple[ListedPaper, ...]  # that somebody else needs who comes for the person
    unsure: tuple[Text, ...]  # errands of which this page cannot say whether the person must come
    whom: Text | None
    gone: int  # errands that the catalog does not know any more


def list_guide(told: Told, catalog: PublishedCatalog, now: datetime) -> ListGuide:
    """The page's facts, of a code that is good."""
    found = [catalog.service_by_number(number) for number in told.services]
    services = [one for one in found if one is not None]
    return ListGuide(
        errands=tuple(_errand(one, told, catalog, now) for one in services),
        papers=_papers(services, told, catalog),
        helper_papers=_helper_papers(services, catalog) if told.whom else (),
        unsure=_unsure(services) if told.whom else (),
        whom=_WHOM.get(told.whom),
        gone=len(found) - len(services),
    )


def _errand(service: Service, told: Told, catalog: PublishedCatalog, now: datetime) -> ListedErrand:
    counters = [one for one in map(catalog.counter, service.counters) if one is not None]
    halls = {one.id: one for one in catalog.halls()}
    known = [(halls[one.hall], one) for one in counters if one.hall in halls]
    known.sort(key=lambda pair: pair[0].number != told.place.hall)
    places = [wording.joined([hall.name, one.floor, one.label], " ", ", ") for hall, one in known]
    number = short_number.written(service.number)
    news = bulletins.told_of(service, catalog, now, told.place.hall)
    is_acting = bool(told.whom)
    return ListedErrand(
        name=service.plain_name,
        number=number,
        places=tuple(places),
        may_act=_may_act(service.proxy) if is_acting else None,
        letter=f"/s/{number}/letter.pdf" if is_acting and takes_letter(service.proxy) else "",
        told=news,
    )


def _may_act(rule: ProxyRule | None) -> Text:
    """Only what holds for everybody is answered here: the rest depends on who acts and why."""
    if rule is None or (rule.allowed != "yes" and rule.exceptions):
        return _ASK_FIRST
    if rule.allowed == "yes" and not _holds_for_anybody(rule):
        return _ASK_FIRST
    return _MAY_ACT[rule.allowed]


def _papers(
    services: list[Service], told: Told, catalog: PublishedCatalog
) -> tuple[ListedPaper, ...]:
    """Those that everybody needs first; every paper once."""
    wanted: dict[str, list[Text]] = {}
    needed = [(one, service) for service in services for one in _needed(service, told)]
    for one, service in sorted(needed, key=lambda pair: pair[0].need != "always"):
        wanted.setdefault(one.material, []).append(_how_many(one, service))
    return tuple(
        ListedPaper(_name(paper, catalog), (*_held(paper, told), *notes))
        for paper, notes in wanted.items()
    )


def _needed(service: Service, told: Told) -> Iterator[NeededMaterial]:
    """The papers of one errand after the answers that still fit its questions."""
    given = _given(service, told)
    chosen = [service.situations[question].options[option] for question, option in given.items()]
    adds = dict.fromkeys(paper for option in chosen for paper in option.adds)
    drops = {paper for option in chosen for paper in option.drops} - set(adds)
    own = {one.material for one in service.materials}
    for one in service.materials:
        if one.material in adds:
            yield NeededMaterial(one.material, max(1, one.originals), one.copies, note=one.note)
        elif one.material not in drops:
            yield one
    yield from (NeededMaterial(paper, originals=1) for paper in adds if paper not in own)
    left = [one for n, one in enumerate(service.situations) if n not in given]
    yield from _perhaps(left, {*own, *adds} - drops)


def _perhaps(unanswered: list[Situation], sure: set[str]) -> Iterator[NeededMaterial]:
    """Papers that only answers ask for which nobody has given, with these answers."""
    labels: dict[str, dict[Text, None]] = {}
    for option in (option for one in unanswered for option in one.options):
        for paper in set(option.adds) - sure:
            labels.setdefault(paper, {})[option.label] = None
    for paper, when in sorted(labels.items()):
        either = wording.joined(list(when), "、", ", ")
        yield NeededMaterial(paper, originals=1, need="sometimes", when=either)


def _given(service: Service, told: Told) -> dict[int, int]:
    """Question → option, of one that is known and was not skipped."""
    asked = service.situations
    return {
        question: option
        for subject in told.subjects
        if subject.service == service.number and subject.questions == _print(asked)
        for question, option in subject.answers
        if question < len(asked) and option < len(asked[question].options)
    }


def _print(situations: tuple[Situation, ...]) -> int:
    words = [
        text
        for one in situations
        for text in (one.ask.zh, *(option.label.zh for option in one.options))
    ]
    return case_code.questions_print(words)


def _how_many(needed: NeededMaterial, service: Service) -> Text:
    """`办护照：原件 1 份`, and when it is not always needed."""
    amount = wording.amount(needed)
    parts = [amount] if amount else []
    if needed.need == "later":
        parts.append(Text("可以以后补交", "you may hand it in later"))
    if needed.need == "sometimes":
        parts.append(Text("不一定要", "not always"))
        parts += [needed.when] if needed.when else []
    if not parts:
        return service.plain_name
    name, of = service.plain_name, wording.joined(parts)
    return said("{name}：{amount}", "{name}: {amount}", name=name, amount=of)


def _helper_papers(services: list[Service], catalog: PublishedCatalog) -> tuple[ListedPaper, ...]:
    wanted: dict[str, list[Text]] = {}
    for service in services:
        rule = service.proxy
        if rule is not None and _holds_for_anybody(rule):
            for paper in rule.papers:
                wanted.setdefault(paper, []).append(service.plain_name)
    return tuple(
        ListedPaper(_name(paper, catalog), tuple(names)) for paper, names in wanted.items()
    )


def _unsure(services: list[Service]) -> tuple[Text, ...]:
    rules = ((one.plain_name, one.proxy) for one in services)
    return tuple(name for name, rule in rules if rule is None or not _holds_for_anybody(rule))


def _holds_for_anybody(rule: ProxyRule) -> bool:
    """Whether papers can be named without knowing who acts and why: the kiosk judges the rest."""
    return rule.allowed == "yes" and not rule.helpers and not rule.exceptions


def _held(paper: str, told: Told) -> tuple[Text, ...]:
    return (_HELD,) if case_code.name_print(paper) in told.papers else ()


def _name(paper: str, catalog: PublishedCatalog) -> Text:
    material = catalog.material(paper)
    return material.name if material else Text(paper, paper)
