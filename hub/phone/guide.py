"""What a guide page says of one service, before it is worded in a language or laid out. No I/O.

Knows which facts a citizen needs, gathered from the records. Does not know HTML, languages, or
whether a hand-off led here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from db import records, short_number
from db.records import NeededMaterial, Service, Text
from db.token import Place
from hub.phone import bulletins, wording
from hub.phone.bulletins import Told
from hub.phone.catalog import PublishedCatalog
from hub.phone.letter import takes_letter
from hub.phone.words import said

_ONLINE_WORDS = {
    "yes": Text("网上就能办", "You can do it online"),
    "partly": Text("有的步骤能在网上办", "Part of it can be done online"),
    "no": Text("网上办不了，要到窗口", "Not online; come to a counter"),
}
_RELATION_WORDS = {
    "before": Text("先办这件", "Do this first"),
    "after": Text("办完接着办", "Then do this"),
    "instead": Text("也可能是这件", "Or do you mean this"),
    "urgent": Text("急用看这件", "If you are in a hurry"),
    "together": Text("常一起办", "Often done together"),
    "similar": Text("差不多的事", "Something similar"),
}


@dataclass(frozen=True)
class Venue:
    """A hall with the counters that do this errand."""

    hall: str  # its name in the catalog
    hours: tuple[records.Hours, ...]
    closed: tuple[tuple[datetime, datetime], ...]  # from when to when bulletins close it for this
    name: Text
    address: Text
    transport: Text
    counters: tuple[Text, ...]
    opening: tuple[Text, ...]
    help_desk: Text
    phone: str
    is_here: bool  # the hand-off was made in this hall


@dataclass(frozen=True)
class Paper:
    """One line of the checklist."""

    name: Text
    notes: tuple[Text, ...]


@dataclass(frozen=True)
class Choice:
    """One answer to a question, and what follows from it."""

    label: Text
    effects: tuple[Text, ...]
    leads_to: Related | None


@dataclass(frozen=True)
class Case:
    """A question whose answer changes something."""

    ask: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Related:
    """Another service, and why it is named here."""

    name: Text
    number: int
    why: Text | None = None


@dataclass(frozen=True)
class Proxy:
    """May somebody else come?"""

    allowed: Literal["yes", "partly", "no"]
    answer: Text
    lines: tuple[Text, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Guide:
    """Everything that a page says of one service."""

    service: Service
    provider: Text | None
    group: records.Group | None
    online: Text | None
    venues: tuple[Venue, ...]
    papers: tuple[Paper, ...]
    fee: tuple[Text, ...]
    time: tuple[Text, ...]
    proxy: Proxy | None
    cases: tuple[Case, ...]
    related: tuple[Related, ...]
    told: tuple[Told, ...]  # what everybody must know of it now

    @property
    def is_hidden(self) -> bool:
        """Whether it cannot be done now, wherever."""
        return any(told.hides for told in self.told)

    @property
    def number(self) -> str:
        """The short number as people see it."""
        return short_number.written(self.service.number)

    @property
    def letter(self) -> str:
        """Where the letter of authority is to be had; empty where none is asked for."""
        return f"/s/{self.number}/letter.pdf" if takes_letter(self.service.proxy) else ""


def guide_to(
    service: Service, catalog: PublishedCatalog, now: datetime, hall: int | None = None
) -> Guide:
    """The guide to a service.

    Args:
        service: the service.
        catalog: the catalog it stands in.
        now: the time, which says what bulletins hold.
        hall: number of the hall where the person is or was; it comes first.
    """
    provider = catalog.provider(service.provider)
    return Guide(
        service=service,
        provider=provider.name if provider else None,
        group=catalog.group(service.group),
        online=_ONLINE_WORDS[service.online] if service.online else None,
        venues=_venues(service, catalog, hall),
        papers=tuple(_paper(needed, catalog) for needed in service.materials),
        fee=_fee(service.fee),
        time=_time(service),
        proxy=_proxy(service.proxy, catalog),
        cases=_cases(service, catalog),
        related=_related(service, catalog),
        told=bulletins.told_of(service, catalog, now, hall),
    )


def machine_at(place: Place, catalog: PublishedCatalog) -> Text:
    """`市大厅 1号机器`."""
    hall = catalog.hall_by_number(place.hall)
    machine = said("{n}号机器", "machine {n}", n=place.kiosk)
    return wording.joined([hall.name, machine], " ") if hall else machine


def _venues(service: Service, catalog: PublishedCatalog, here: int | None) -> tuple[Venue, ...]:
    counters = [c for c in map(catalog.counter, service.counters) if c is not None]
    venues = []
    for hall in sorted(catalog.halls(), key=lambda hall: hall.number != here):
        mine = [counter for counter in counters if counter.hall == hall.id]
        is_here = hall.number == here
        if not mine and not is_here:
            continue
        hours = next((counter.hours for counter in mine if counter.hours), hall.hours)
        words = tuple(wording.joined([c.floor, c.label], " ", ", ") for c in mine)
        venues.append(
            Venue(
                hall=hall.id,
                hours=hours,
                closed=bulletins.closures(service, catalog, hall.id),
                name=hall.name,
                address=hall.address,
                transport=hall.transport,
                counters=words,
                opening=wording.opening(hours),
                help_desk=hall.help_desk,
                phone=hall.phone,
                is_here=is_here,
            )
        )
    return tuple(venues)


def _paper(needed: NeededMaterial, catalog: PublishedCatalog) -> Paper:
    material = catalog.material(needed.material)
    name = material.name if material else Text(needed.material, needed.material)
    notes = [wording.amount(needed)]
    if material and material.form == "form":
        notes.append(material.issuer)
    if needed.need == "later":
        notes.append(Text("可以以后补交", "You may hand it in later"))
    if needed.need == "sometimes":
        condition = needed.when or Text("有的情况才要", "Only in some cases")
        notes.append(said("不一定要：{when}", "Not always: {when}", when=condition))
    notes += [needed.note, material.note if material else None]
    return Paper(name, tuple(note for note in notes if note is not None))


def _fee(fee: records.Fee | None) -> tuple[Text, ...]:
    if fee is None:
        return ()
    lines = [wording.charge(item) for item in fee.items]
    if not fee.charged:
        lines = [Text("不收费", "Free of charge")]
    elif not lines:
        lines = [Text("要收费，窗口会告诉您多少", "There is a charge; the counter will tell you")]
    return tuple(lines + ([fee.note] if fee.note else []))


def _time(service: Service) -> tuple[Text, ...]:
    time = service.promised_time or service.legal_time
    lines = []
    if time is not None:
        lines.append(wording.duration(time))
    elif service.handling == "at-once":
        lines.append(Text("当场办好", "Done at once"))
    if time is not None and time.note is not None:
        lines.append(time.note)
    if service.visits == 0:
        lines.append(Text("不用跑大厅", "No need to come to a hall"))
    elif service.visits is not None:
        times = said("要去 {n} 次", "Visits needed: {n}", n=service.visits)
        reason = service.visit_reason
        lines.append(wording.joined([times, reason], "，", ": ") if reason else times)
    return tuple(lines)


def _proxy(rule: records.ProxyRule | None, catalog: PublishedCatalog) -> Proxy | None:
    if rule is None:
        return None
    answers = {
        "yes": Text("可以", "Yes"),
        "partly": Text("有的步骤可以", "In part"),
        "no": Text("不可以，要本人来", "No, the person must come"),
    }
    lines = [rule.reason]
    if rule.who:
        lines.append(said("谁能来：{who}", "Who may come: {who}", who=_all_of(rule.who)))
    if rule.present and rule.allowed != "no":
        present = _all_of(rule.present)
        lines.append(said("一定要在场：{who}", "Must be there: {who}", who=present))
    lines += [line for line in (rule.guardian, rule.home_visit) if line is not None]
    papers = [
        Paper(material.name, (material.note,) if material.note else ())
        for material in map(catalog.material, rule.papers)
        if material is not None
    ]
    return Proxy(rule.allowed, answers[rule.allowed], tuple(lines), tuple(papers))


def _cases(service: Service, catalog: PublishedCatalog) -> tuple[Case, ...]:
    """The questions where an answer has an effect; answers without one say nothing."""
    cases = []
    for situation in service.situations:
        choices = [_choice(option, catalog) for option in situation.options]
        telling = tuple(c for c in choices if c.effects or c.leads_to)
        if telling:
            cases.append(Case(situation.ask, telling))
    return tuple(cases)


def _choice(option: records.SituationOption, catalog: PublishedCatalog) -> Choice:
    effects = [option.note] if option.note else []
    for ids, zh, en in (
        (option.adds, "还要带：{papers}", "Also bring: {papers}"),
        (option.drops, "不用带：{papers}", "No need for: {papers}"),
    ):
        names = [material.name for material in map(catalog.material, ids) if material is not None]
        if names:
            effects.append(said(zh, en, papers=_all_of(names)))
    target = catalog.service(option.goto) if option.goto else None
    leads_to = Related(target.plain_name, target.number) if target else None
    return Choice(option.label, tuple(effects), leads_to)


def _all_of(names: Iterable[Text]) -> Text:
    return wording.joined(names, "、")


def _related(service: Service, catalog: PublishedCatalog) -> tuple[Related, ...]:
    found = []
    for relation in service.relations:
        other = catalog.service(relation.service)
        if other is not None:
            found.append(Related(other.plain_name, other.number, _RELATION_WORDS[relation.why]))
    return tuple(found)
