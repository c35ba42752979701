"""Judges in which order services are done: dependencies between them, and life events. No I/O.

Knows that `before` and `after` say the same thing from its two ends, that nothing may wait for
itself, and that the steps of a life event follow. Does not know the notation of the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from db import records
from hub.authoring.findings import Finding
from hub.authoring.yaml_source import Entry, Source


def dependencies(services: Iterable[records.Service]) -> dict[str, set[str]]:
    """What must be done before each service, as either of the two says it."""
    needs: dict[str, set[str]] = {}
    for service in services:
        needs.setdefault(service.id, set())
        for relation in service.relations:
            if relation.why == "before":
                needs[service.id].add(relation.service)
            elif relation.why == "after":
                needs.setdefault(relation.service, set()).add(service.id)
    return needs


def reached(needs: Mapping[str, set[str]], start: str) -> set[str]:
    """Everything that a service waits for, directly or not."""
    found: set[str] = set()
    ahead = list(needs.get(start, ()))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += needs.get(one, ())
    return found


def check(source: Source) -> Iterator[Finding]:
    """What waits for itself, and life events that go against the order or ask in vain."""
    needs = dependencies(one for one in source.records if isinstance(one, records.Service))
    for entry in source.entries:
        match entry.record:
            case records.Service():
                yield from _ring(entry, entry.record, needs)
            case records.Event():
                yield from _order(entry, entry.record, needs)
                for path, message in _answers(entry.record):
                    yield Finding(entry.place(f"$.{path}"), path, message)


def _ring(
    entry: Entry, service: records.Service, needs: Mapping[str, set[str]]
) -> Iterator[Finding]:
    """At each relation that closes a ring; so every service of it is named."""
    for n, relation in enumerate(service.relations):
        if relation.why == "before":
            is_ring = service.id in reached(needs, relation.service)
        else:
            is_ring = relation.why == "after" and relation.service in reached(needs, service.id)
        if is_ring and relation.service != service.id:
            path = f"relations[{n}]"
            message = f"{service.id} and {relation.service} wait for each other"
            yield Finding(entry.place(f"$.{path}"), path, message)


def _order(entry: Entry, event: records.Event, needs: Mapping[str, set[str]]) -> Iterator[Finding]:
    done: set[str] = set()
    chosen = [step.service for step in event.steps]
    for n, service in enumerate(chosen):
        path = f"steps[{n}].service"
        if service in done:
            yield Finding(entry.place(f"$.{path}"), path, f"{service} is a step already")
        done.add(service)
        for first in sorted(reached(needs, service).intersection(chosen) - done):
            message = f"{service} stands before {first}, which must be done first"
            yield Finding(entry.place(f"$.{path}"), path, message)


def _answers(event: records.Event) -> Iterator[tuple[str, str]]:
    """Answers decide about steps of this event, and each about one step only once."""
    steps = {step.service for step in event.steps}
    for n, question in enumerate(event.questions):
        for m, option in enumerate(question.options):
            for name, services in (("needs", option.needs), ("spares", option.spares)):
                for k, service in enumerate(services):
                    path = f"questions[{n}].options[{m}].{name}[{k}]"
                    if service not in steps:
                        yield path, f"{service} is no step of this event"
                    if name == "spares" and service in option.needs:
                        yield path, f"{service} is needed by the same answer"
