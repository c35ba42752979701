"""Judges whether the records of a source make sense together. No I/O.

Knows the rules of a publishable catalog: names unique, references kept, links allowed, numbers
never used twice, and the consistency rules that real offices check in their own lists. Does not
know the notation of the source (`hub.authoring.yaml_source`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from db import records
from hub.authoring import bulletins, plans, sequence
from hub.authoring.aliases import Mention, by_words
from hub.authoring.findings import Finding, Place, SourceError
from hub.authoring.yaml_source import Entry, Source

PLAIN_NAME_MAX = 14  # hanzi: what a tile shows at the largest text
_MOBILE = re.compile(r"^1[3-9]\d{9}$")  # a personal phone has no place in a public catalog
_MARKUP = re.compile(r"<[a-zA-Z/]|[\t\x00-\x08\x0b-\x1f]")
_BILINGUAL = ("name", "plain_name", "summary")
_SAID_OF_ALIASES = ("sort", "source", "state")


def check(source: Source) -> list[Finding]:
    """Everything to mend in a source; errors first."""
    rules: tuple[Callable[[Source], Iterator[Finding]], ...] = (
        _names_are_unique,
        _numbers_are_unique,
        _one_city,
        _references_are_kept,
        _links_are_allowed,
        _phones_are_offices,
        _texts_are_clean,
        _words_fit_and_are_bilingual,
        _services_are_consistent,
        _helpers_papers_are_helpers,
        _months_are_named_once,
        plans.check,
        sequence.check,
        bulletins.check,
        _services_agree_about_aliases,
        _proposed_aliases_wait,
    )
    findings = [finding for rule in rules for finding in rule(source)]
    return sorted(
        findings,
        key=lambda finding: (finding.severity, finding.place.file, finding.place.line),
    )


def require_publishable(source: Source) -> list[Finding]:
    """The warnings of a source without errors.

    Raises:
        SourceError: the source has errors.
    """
    findings = check(source)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise SourceError(errors)
    return findings


def _names_are_unique(source: Source) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for entry in source.entries:
        key = records.key_of(entry.record)
        if key in first:
            yield Finding(entry.place("$.id"), "id", f"{key} already stands in {first[key]}")
        first.setdefault(key, entry.place())


def _numbers_are_unique(source: Source) -> Iterator[Finding]:
    first: dict[int, str] = {}
    for entry, service in _services(source):
        if service.number in first:
            message = f"{service.number} is the number of {first[service.number]}"
            yield Finding(entry.place("$.number"), "number", message)
        first.setdefault(service.number, service.id)


def _one_city(source: Source) -> Iterator[Finding]:
    cities = [entry for entry in source.entries if isinstance(entry.record, records.City)]
    if len(cities) != 1:
        place = cities[1].place() if cities else source.entries[0].place()
        yield Finding(place, "city", f"a catalog has exactly one city, not {len(cities)}")


def _references_are_kept(source: Source) -> Iterator[Finding]:
    known = {records.key_of(record) for record in source.records}
    for entry in source.entries:
        for path, key in _references(entry.record):
            if key not in known:
                yield Finding(entry.place(f"$.{path}"), path, f"there is no {key}")


def _references(record: records.Record) -> Iterator[tuple[str, str]]:
    """Path and key of everything that a record points to."""
    match record:
        case records.Category():
            yield "group", f"group/{record.group}"
        case records.Counter():
            yield "hall", f"hall/{record.hall}"
        case records.Hall():
            yield from _plan_references(record)
        case records.Material():
            yield from _one("service", "service", record.service)
            yield from _one("stands_for", "material", record.stands_for)
        case records.Event():
            for n, step in enumerate(record.steps):
                yield f"steps[{n}].service", f"service/{step.service}"
        case records.Service():
            yield from _service_references(record)
        case records.Bulletin():
            yield from _each("halls", "hall", record.halls)
            yield from _each("services", "service", record.services)
            yield from _each("hides", "service", record.hides)
        case records.Pick():
            yield "service", f"service/{record.service}"
            yield from _each("halls", "hall", record.halls)


def _one(path: str, kind: str, slug: str | None) -> Iterator[tuple[str, str]]:
    if slug is not None:
        yield path, f"{kind}/{slug}"


def _each(path: str, kind: str, ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for n, slug in enumerate(ids):
        yield f"{path}[{n}]", f"{kind}/{slug}"


def _plan_references(hall: records.Hall) -> Iterator[tuple[str, str]]:
    for n, floor in enumerate(hall.plan):
        for m, area in enumerate(floor.areas):
            yield from _one(f"plan[{n}].areas[{m}].counter", "counter", area.counter)


def _service_references(service: records.Service) -> Iterator[tuple[str, str]]:
    yield "group", f"group/{service.group}"
    yield "category", f"category/{service.category}"
    yield "provider", f"provider/{service.provider}"
    for n, needed in enumerate(service.materials):
        yield f"materials[{n}].material", f"material/{needed.material}"
    yield from _each("counters", "counter", service.counters)
    if service.proxy is not None:
        yield from _proxy_references(service.proxy)
    for n, relation in enumerate(service.relations):
        yield f"relations[{n}].service", f"service/{relation.service}"
    for n, situation in enumerate(service.situations):
        for m, option in enumerate(situation.options):
            path = f"situations[{n}].options[{m}]"
            for paper in (*option.adds, *option.drops):
                yield path, f"material/{paper}"
            if option.goto is not None:
                yield f"{path}.goto", f"service/{option.goto}"


def _proxy_references(rule: records.ProxyRule) -> Iterator[tuple[str, str]]:
    yield from _each("proxy.papers", "material", rule.papers)
    for n, exception in enumerate(rule.exceptions):
        yield from _each(f"proxy.exceptions[{n}].papers", "material", exception.papers)
    if rule.collect is not None:
        yield from _each("proxy.collect.papers", "material", rule.collect.papers)


def _links_are_allowed(source: Source) -> Iterator[Finding]:
    for entry, service in _services(source):
        for n, channel in enumerate(service.channels):
            host = urlsplit(channel.url).hostname if channel.url else None
            if host is not None and host not in source.link_hosts:
                path = f"channels[{n}].url"
                message = f"host {host} is not on the policy's list of link hosts"
                yield Finding(entry.place(f"$.{path}"), path, message)


def _phones_are_offices(source: Source) -> Iterator[Finding]:
    for entry, service in _services(source):
        numbers = [("consult", service.consult), ("supervise", service.supervise)]
        numbers += [(f"channels[{n}].phone", c.phone) for n, c in enumerate(service.channels)]
        for path, number in numbers:
            if number is not None and _MOBILE.match(number):
                message = f"{number} is somebody's own phone, not an office's"
                yield Finding(entry.place(f"$.{path}"), path, message)
        if service.consult is not None and service.consult == service.supervise:
            message = "is the same number as `consult`: complaints need another office"
            yield Finding(entry.place("$.supervise"), "supervise", message)


def _texts_are_clean(source: Source) -> Iterator[Finding]:
    for entry in source.entries:
        for text in records.texts_of(entry.record):
            if any(_MARKUP.search(words) for words in (text.zh, text.en, text.ug)):
                yield Finding(entry.place(), "text", f"markup or control signs in {text.zh!r}")


def _words_fit_and_are_bilingual(source: Source) -> Iterator[Finding]:
    for entry, service in _services(source):
        if len(service.plain_name.zh) > PLAIN_NAME_MAX:
            message = f"is {len(service.plain_name.zh)} characters, at most {PLAIN_NAME_MAX} fit"
            yield Finding(entry.place("$.plain_name"), "plain_name", message)
        for name in _BILINGUAL:
            if not getattr(service, name).en:
                yield Finding(entry.place(f"$.{name}"), name, "has no English", "warning")


def _services_are_consistent(source: Source) -> Iterator[Finding]:
    categories = {
        record.id: record for record in source.records if isinstance(record, records.Category)
    }
    for entry, service in _services(source):
        for path, message in _inconsistencies(service, categories.get(service.category)):
            yield Finding(entry.place(f"$.{path}"), path, message)
        for path, message in _idle_exceptions(service.proxy):
            yield Finding(entry.place(f"$.{path}"), path, message)
        for path, message in _gaps(service):
            yield Finding(entry.place(f"$.{path}"), path, message, "warning")


def _inconsistencies(
    service: records.Service, category: records.Category | None
) -> Iterator[tuple[str, str]]:
    """Contradictions inside one service; numbers are the rules of the offices' own check list."""
    promised, legal = service.promised_time, service.legal_time
    if category is not None and category.group != service.group:
        yield "category", f"{category.id} belongs to group {category.group}, not {service.group}"
    if service.handling == "at-once" and promised is not None and promised.n > 0:  # rule 1
        yield "promised_time", "handling is at-once, so the promise is n: 0"
    if legal and promised and legal.unit == promised.unit and promised.n > legal.n:  # rule 2
        yield "promised_time", "is longer than the law allows"
    if service.visits and service.visit_reason is None:  # rule 4
        yield "visit_reason", "says why one must come, where visits are not 0"
    if service.fee and not service.fee.charged and service.fee.items:  # rule 7
        yield "fee", "is not charged but has items"
    fields = set(records.Service.__struct_fields__)
    for n, doubt in enumerate(service.doubts):
        if re.split(r"[.\[]", doubt.field)[0] not in fields:
            yield f"doubts[{n}].field", f"{doubt.field} is no field of a service"
    if service.id in {relation.service for relation in service.relations}:
        yield "relations", "lead back to the service itself"


def _idle_exceptions(rule: records.ProxyRule | None) -> Iterator[tuple[str, str]]:
    """Exceptions that cannot be followed, or never are."""
    general: set[str] = set()
    for n, exception in enumerate(rule.exceptions if rule else ()):
        path = f"proxy.exceptions[{n}]"
        if exception.along and not exception.allowed:
            yield f"{path}.along", "nobody comes along where it is not allowed"
        if exception.case in general:
            yield f"{path}.case", f"{exception.case} is decided for everybody before"
        if not exception.by:
            general.add(exception.case)


def _gaps(service: records.Service) -> Iterator[tuple[str, str]]:
    """What a full entry would have and a sparse import may lack."""
    if not service.steps:
        yield "steps", "are missing"
    if not service.counters and not service.channels:
        yield "counters", "no counter and no channel: the citizen is sent to the help desk"
    if service.consult is None:
        yield "consult", "no phone to ask: the hotline is shown"
    if service.proxy is None:
        yield "proxy", "nothing said about helpers: the counter is named"


def _helpers_papers_are_helpers(source: Source) -> Iterator[Finding]:
    """A paper that stands for another one is the helper's, and the other one is the person's."""
    held = {one.id: one.holder for one in source.records if isinstance(one, records.Material)}
    for entry in source.entries:
        material = entry.record
        if not isinstance(material, records.Material) or material.stands_for is None:
            continue
        place = entry.place("$.stands_for")
        if material.holder != "helper":
            message = "only a paper of the helper's stands for another one: `holder: helper`"
            yield Finding(place, "stands_for", message)
        if held.get(material.stands_for) == "helper":
            message = f"{material.stands_for} is a helper's paper itself"
            yield Finding(place, "stands_for", message)


def _months_are_named_once(source: Source) -> Iterator[Finding]:
    for entry in source.entries:
        match entry.record:
            case records.Service(peak_months=months):
                path = "peak_months"
            case records.Pick(months=months):
                path = "months"
            case _:
                continue
        for n, month in enumerate(months):
            if month in months[:n]:
                place = entry.place(f"$.{path}[{n}]")
                yield Finding(place, f"{path}[{n}]", f"{month} stands twice")


def _services_agree_about_aliases(source: Source) -> Iterator[Finding]:
    """The same words are one record, so no service may say something else about them."""
    for first, *others in by_words(source.mentions):
        ranked = {first.note.rank: first}
        for mention in others:
            yield from _disagreements(first, mention)
            rank = mention.note.rank
            if rank is not None and rank in ranked:
                message = f"{rank} is taken for {mention.note.text} in {ranked[rank].place}"
                yield Finding(mention.place, f"{mention.path}.place", message)
            ranked.setdefault(rank, mention)


def _disagreements(first: Mention, other: Mention) -> Iterator[Finding]:
    for name in _SAID_OF_ALIASES:
        before, here = getattr(first.note, name), getattr(other.note, name)
        if here != before:
            message = f"{other.note.text} is {here} here but {before} in {first.place}"
            yield Finding(other.place, f"{other.path}.{name}", message)


def _proposed_aliases_wait(source: Source) -> Iterator[Finding]:
    waiting = [
        entry
        for entry in source.entries
        if isinstance(entry.record, records.Alias) and entry.record.state == "proposed"
    ]
    if waiting:
        message = f"{len(waiting)} proposed and not published, this one first"
        yield Finding(waiting[0].place(), "aliases", message, "warning")


def _services(source: Source) -> Iterator[tuple[Entry, records.Service]]:
    for entry in source.entries:
        if isinstance(entry.record, records.Service):
            yield entry, entry.record


def summary(source: Source) -> dict[str, int]:
    """How many records of each kind."""
    return dict(Counter(records.kind_of(type(record)) for record in source.records))
