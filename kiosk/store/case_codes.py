"""Between what was told and the code that holds it: a case into numbers, and back.

Knows how things of the catalog are named in a code, and drops what the catalog of today does not
know. Does not know keys, tags or QR codes (`kiosk.store.handoff_desk`). It takes codes of other
kiosks as they are (`db.case_code` says why that is harmless).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from db import case_code
from db.case_code import Subject, Told
from db.token import Place
from kiosk.core.brought import Brought, Lost
from kiosk.core.case import LIST_MAX, SKIPPED, Acting, Answer, Case, Whom
from kiosk.core.catalog import Catalog, EventQuestion, ProxyCase, Service, Situation
from kiosk.core.value import Value

_REASONS: dict[str, ProxyCase] = {
    "under-16": "under-16",
    "minor": "minor",
    "incapable": "incapable",
    "frail": "frail",
    "away": "away",
}


def packed(case: Case, catalog: Catalog, place: Place, issued: datetime) -> Told:
    """A case as a code says it; what has left the catalog stays behind."""
    listed = [catalog.service(one) for one in case.services]
    subjects = [_packed(of, case, catalog) for of in dict.fromkeys(one.of for one in case.answers)]
    return Told(
        place=place,
        catalog=catalog.edition.version,
        issued=issued,
        services=tuple(one.number for one in listed if one is not None),
        subjects=tuple(one for one in subjects if one is not None)[-case_code.SUBJECTS_MAX :],
        papers=tuple(map(case_code.name_print, case.in_hand)),
        whom=case.acting.whom if case.acting else "",
        why=(case.acting.why or "") if case.acting else "",
    )


def read(digits: str, catalog: Catalog) -> Brought | None:
    """What the digits of a code bring back; None where they are no code."""
    try:
        told = case_code.open_unverified(case_code.from_digits(digits))
    except case_code.CaseCodeError:
        return None
    return _unpacked(told, catalog)


def _packed(of: str, case: Case, catalog: Catalog) -> Subject | None:
    asked = _asked(of, catalog)
    if asked is None:
        return None
    answers = tuple(
        (question, case_code.SKIPPED if option == SKIPPED else option)
        for question, option in case.options(of).items()
        if 0 <= question < case_code.QUESTIONS_MAX and option < case_code.OPTIONS_MAX
    )
    return Subject(_print(asked.questions), answers, asked.service, asked.event)


class _Asked(Value, frozen=True):
    """A service or an event that has questions, as the catalog has it now."""

    of: str
    questions: tuple[Situation, ...] | tuple[EventQuestion, ...]
    service: int | None = None
    event: int | None = None


def _asked(of: str, catalog: Catalog) -> _Asked | None:
    kind, _slash, name = of.partition("/")
    if kind == "service":
        service = catalog.service(name)
        return _Asked(of, service.situations, service=service.number) if service else None
    event = catalog.event(name)
    return _Asked(of, event.questions, event=case_code.name_print(name)) if event else None


def _print(questions: Iterable[Situation | EventQuestion]) -> int:
    """Only what is asked and answered counts: what an answer does may be mended meanwhile."""
    return case_code.questions_print(_words(questions))


def _words(questions: Iterable[Situation | EventQuestion]) -> Iterator[str]:
    for one in questions:
        yield one.ask.zh
        yield from (option.label.zh for option in one.options)


def _unpacked(told: Told, catalog: Catalog) -> Brought:
    found = [catalog.service_by_number(number) for number in told.services]
    listed = tuple(one for one in found if one is not None)
    answers, changed = _answers(told, catalog)
    papers = _papers(told, catalog, listed)
    case = Case(
        services=tuple(dict.fromkeys(one.id for one in listed))[:LIST_MAX],  # ours hold no more
        answers=answers,
        in_hand=papers,
        acting=Acting(Whom(told.whom), _REASONS.get(told.why)) if told.whom else None,
    )
    return Brought(
        case, Lost(len(found) - len(listed), changed, len(set(told.papers)) - len(papers))
    )


def _answers(told: Told, catalog: Catalog) -> tuple[tuple[Answer, ...], int]:
    """The answers to questions that are still the same, and of how many they are not."""
    answers: dict[tuple[str, int], Answer] = {}
    changed = 0
    for subject in told.subjects:
        of = _named(subject, catalog)
        asked = _asked(of, catalog) if of else None
        if asked is None or _print(asked.questions) != subject.questions:
            # a service that is gone from the list is counted there
            changed += subject.service is None or asked is not None
            continue
        for one in _of_subject(subject, asked):
            answers[one.of, one.question] = one
    return tuple(answers.values()), changed


def _of_subject(subject: Subject, asked: _Asked) -> Iterator[Answer]:
    for question, option in subject.answers:
        if question >= len(asked.questions):
            continue
        if option == case_code.SKIPPED:
            yield Answer(asked.of, question, SKIPPED)
        elif option < len(asked.questions[question].options):
            yield Answer(asked.of, question, option)


def _named(subject: Subject, catalog: Catalog) -> str | None:
    if subject.service is not None:
        service = catalog.service_by_number(subject.service)
        return f"service/{service.id}" if service else None
    fitting = [one for one in catalog.events() if case_code.name_print(one.id) == subject.event]
    return f"event/{fitting[0].id}" if len(fitting) == 1 else None


_PAPERS_KNOWN = 60  # more than any machine offers to tell of


def _papers(told: Told, catalog: Catalog, listed: tuple[Service, ...]) -> tuple[str, ...]:
    """The papers that are meant; a fingerprint of two names means neither."""
    if not told.papers:
        return ()
    names: dict[int, set[str]] = {}
    for name in (*(one.id for one in catalog.papers(_PAPERS_KNOWN)), *_papers_of(listed)):
        names.setdefault(case_code.name_print(name), set()).add(name)
    meant = (names.get(one, set()) for one in dict.fromkeys(told.papers))
    return tuple(next(iter(one)) for one in meant if len(one) == 1)


def _papers_of(services: Iterable[Service]) -> Iterator[str]:
    for service in services:
        yield from (needed.material for needed in service.materials)
        for situation in service.situations:
            for option in situation.options:
                yield from option.adds
        rule = service.proxy
        if rule is not None:
            yield from rule.papers
            for exception in rule.exceptions:
                yield from exception.papers
