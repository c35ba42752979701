"""What a service or a life event asks of this person, after what was answered.

Knows how answers change papers, notes and what is meant at all. What nobody answered is unknown:
whatever might apply stays, with the answer it belongs to as its condition. Does not know screens
or who the person is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.core.case import SKIPPED, Case
from kiosk.core.catalog import (
    Event,
    EventStep,
    NeededMaterial,
    Service,
    Situation,
    SituationOption,
    Text,
)
from kiosk.core.value import Value, replace

NEEDS = ("always", "later", "sometimes")
"""How much a paper is needed, the most first."""


class Said(Value, frozen=True):
    """A note of the catalog, and the answer it belongs to."""

    label: Text
    note: Text


class Perhaps(Value, frozen=True):
    """Another service that is meant by an answer which nobody has given."""

    label: Text
    service: str


def of_service(service: Service) -> str:
    """How answers name the service whose questions they answer."""
    return f"service/{service.id}"


def of_event(event: Event) -> str:
    """How answers name the life event whose questions they answer."""
    return f"event/{event.id}"


# questions ------------------------------------------------------------------------------------


def matters(situation: Situation) -> bool:
    """Whether any answer changes anything."""
    return any(one.adds or one.drops or one.goto or one.note for one in situation.options)


def open_questions(service: Service, case: Case) -> tuple[int, ...]:
    """The questions that are still worth asking; none once another service is meant."""
    if goto(service, case) is not None:
        return ()
    answered = _known(service, case)
    return tuple(
        n for n, one in enumerate(service.situations) if matters(one) and n not in answered
    )


def answered(service: Service, case: Case) -> tuple[tuple[Situation, SituationOption | None], ...]:
    """The questions that were answered, each with its answer; None where it was not known."""
    return tuple(
        (service.situations[n], _option(service.situations[n], option))
        for n, option in sorted(_known(service, case).items())
    )


def goto(service: Service, case: Case) -> str | None:
    """The service that is meant instead, if an answer says so."""
    found = (option.goto for _, option in answered(service, case) if option is not None)
    return next((one for one in found if one is not None), None)


def perhaps_meant(service: Service, case: Case) -> tuple[Perhaps, ...]:
    """Services that may be meant, where somebody did not know the answer."""
    return tuple(
        Perhaps(option.label, option.goto)
        for situation, chosen in answered(service, case)
        if chosen is None
        for option in situation.options
        if option.goto is not None
    )


def notes_of(service: Service, case: Case) -> tuple[Said, ...]:
    """What the catalog says to these answers; of what was not known, everything."""
    return tuple(
        Said(option.label, option.note)
        for situation, chosen in answered(service, case)
        for option in ((chosen,) if chosen is not None else situation.options)
        if option.note is not None
    )


def _known(service: Service, case: Case) -> dict[int, int]:
    """Question → option, of the questions that this edition has."""
    given = case.options(of_service(service))
    return {
        question: option
        for question, option in given.items()
        if 0 <= question < len(service.situations)
        and SKIPPED <= option < len(service.situations[question].options)
    }


def _option(situation: Situation, option: int) -> SituationOption | None:
    return None if option == SKIPPED else situation.options[option]


# papers ---------------------------------------------------------------------------------------


def papers_of(service: Service, case: Case) -> tuple[NeededMaterial, ...]:
    """The papers that the service asks of this person.

    An answer adds papers and leaves others out; what one answer adds no other one leaves out.
    Questions without an answer add theirs with the condition.
    """
    known = _known(service, case)
    chosen = [_option(one, known.get(n, SKIPPED)) for n, one in enumerate(service.situations)]
    sure = dict.fromkeys(paper for option in chosen if option is not None for paper in option.adds)
    drops = {paper for option in chosen if option is not None for paper in option.drops} - {*sure}
    asked = {one.material: one for one in reversed(service.materials)}
    papers = tuple(one for one in service.materials if one.material not in drops)
    for paper in sure:
        papers = _surely(papers, asked.get(paper) or _added(paper))
    for situation, option in zip(service.situations, chosen, strict=True):
        if option is None:
            papers = _perhaps(papers, situation, asked)
    return papers


def _added(paper: str) -> NeededMaterial:
    """A paper that only answers ask for."""
    return NeededMaterial(paper, originals=1)


def _surely(
    papers: tuple[NeededMaterial, ...], wanted: NeededMaterial
) -> tuple[NeededMaterial, ...]:
    """With a paper that is needed whatever else is true."""
    same = [one for one in papers if one.material == wanted.material]
    if not same:
        return (*papers, replace(wanted, need="always", when=None))
    if any(one.need == "always" for one in same):
        return papers
    sure = replace(same[0], need="always", when=None)
    return tuple(sure if one is same[0] else one for one in papers)


def _perhaps(
    papers: tuple[NeededMaterial, ...], situation: Situation, asked: dict[str, NeededMaterial]
) -> tuple[NeededMaterial, ...]:
    """With the papers of every answer, each with the answers that ask for it."""
    labels: dict[str, list[Text]] = {}
    for option in situation.options:
        for paper in dict.fromkeys(option.adds):
            labels.setdefault(paper, []).append(option.label)
    for paper, when in labels.items():
        wanted = asked.get(paper) or _added(paper)
        if len(when) == len(situation.options):
            papers = _surely(papers, wanted)
        else:
            papers = _with_condition(papers, wanted, either(when))
    return papers


def _with_condition(
    papers: tuple[NeededMaterial, ...], wanted: NeededMaterial, when: Text
) -> tuple[NeededMaterial, ...]:
    same = [one for one in papers if one.material == wanted.material]
    if not same:
        return (*papers, replace(wanted, need="sometimes", when=when))
    if any(one.need != "sometimes" for one in same):
        return papers
    first = same[0]
    wider = replace(first, when=either((first.when, when))) if first.when is not None else first
    return tuple(wider if one is first else one for one in papers)


def either(texts: Sequence[Text]) -> Text:
    """Several conditions of which one is enough, each once; a language that one lacks is left."""
    every = tuple(dict.fromkeys(texts))
    return Text(
        "、".join(one.zh for one in every),
        ", ".join(one.en for one in every) if all(one.en for one in every) else "",
        "، ".join(one.ug for one in every) if all(one.ug for one in every) else "",
    )


# life events ----------------------------------------------------------------------------------


class Needed(Value, frozen=True):
    """What of a life event is needed, what may be, and what was spared by an answer."""

    sure: tuple[EventStep, ...] = ()
    perhaps: tuple[EventStep, ...] = ()
    spared: tuple[EventStep, ...] = ()


def open_event_questions(event: Event, case: Case) -> tuple[int, ...]:
    """The questions of a life event that nobody has answered."""
    known = _event_answers(event, case)
    return tuple(n for n in range(len(event.questions)) if n not in known)


def answered_event(event: Event, case: Case) -> tuple[Text | None, ...]:
    """The answers that were given, in the order of the questions; None for what was not known."""
    known = sorted(_event_answers(event, case).items())
    return tuple(
        None if option == SKIPPED else event.questions[question].options[option].label
        for question, option in known
    )


def needed_of(event: Event, case: Case) -> Needed:
    """The steps of a life event after the answers, each part in the editors' order."""
    known = _event_answers(event, case)
    parts: dict[str, list[EventStep]] = {"sure": [], "perhaps": [], "spared": []}
    for step in event.steps:
        verdict = _verdict(event, known, step)
        parts[verdict].append(_conditional(event, step) if verdict == "perhaps" else step)
    return Needed(*(tuple(steps) for steps in parts.values()))


def _conditional(event: Event, step: EventStep) -> EventStep:
    """A step with the condition that its questions say, where it says none itself."""
    options = (option for question in event.questions for option in question.options)
    labels = [option.label for option in options if step.service in option.needs]
    return replace(step, when=either(labels)) if step.when is None and labels else step


def _event_answers(event: Event, case: Case) -> dict[int, int]:
    return {
        question: option
        for question, option in case.options(of_event(event)).items()
        if 0 <= question < len(event.questions)
        and SKIPPED <= option < len(event.questions[question].options)
    }


def _verdict(event: Event, known: dict[int, int], step: EventStep) -> str:
    """To be needed by one answer is more than to be spared by others."""
    voices = set(_voices(event, known, step))
    if "sure" in voices or (step.when is None and not voices):
        return "sure"
    if voices == {"spared"}:
        return "spared"
    return "perhaps"


def _voices(event: Event, known: dict[int, int], step: EventStep) -> Iterator[str]:
    """What every question that names a step says of it."""
    for n, question in enumerate(event.questions):
        needs = [step.service in option.needs for option in question.options]
        spares = [step.service in option.spares for option in question.options]
        option = known.get(n, SKIPPED)
        if option == SKIPPED:
            if any(needs) or (step.when is not None and any(spares)):
                yield "perhaps"
        elif needs[option]:
            yield "sure"
        elif spares[option] or (step.when is not None and any(needs)):
            # the others need what this one does not name
            yield "spared"
