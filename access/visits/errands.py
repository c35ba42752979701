"""Questions about one's situation, life events, the list and its plan."""

from __future__ import annotations

from access.visit import SUNDAY_NIGHT, Known, Visit, at, like
from kiosk.core import routes
from kiosk.core.case import LIST_MAX, SKIPPED, Acting, Answer, Case, Whom
from kiosk.core.catalog import Event, Service
from kiosk.core.session import Session
from kiosk.core.value import replace

_EVENT = "bereavement"


def visits(known: Known) -> dict[str, Session | Visit]:
    """Every state that answers, papers in hand and the list make of a screen."""
    return {**_questions(known), **_events(known), **_lists(known), **_homes(known)}


def _questions(known: Known) -> dict[str, Session | Visit]:
    """A service before, between and after its questions."""
    many = max(known.services(), key=lambda one: (_options(one), one.id))
    asked = many.situations[-1]
    page = routes.ServicePage(service=many.id)
    leads = _leading(known)
    papers = tuple(one.material for one in many.materials)
    return {
        "situation-fullest": at(
            page, routes.SituationPage(service=many.id, question=len(many.situations) - 1)
        ),
        "situation-answered": at(
            page, routes.SituationPage(service=many.id), case=_told(many, 0, len(asked.options))
        ),
        "situation-gone": at(routes.SituationPage(service="gone")),
        "service-answered": like(at(page, case=_told(many, 0))),
        "service-unsure": like(at(page, case=_told(many, SKIPPED))),
        "service-other-meant": at(
            routes.ServicePage(service=leads.of.removeprefix("service/")),
            case=Case(answers=(leads,)),
        ),
        "service-papers-in-hand": like(at(page, case=Case(in_hand=papers[:2]))),
        "service-all-in-hand": like(at(page, case=Case(in_hand=papers))),
        "service-on-the-list": like(at(page, case=Case(services=(many.id,)))),
        "service-list-full": like(
            at(page, case=Case(services=tuple(f"s{n}" for n in range(LIST_MAX))))
        ),
        "service-for-a-parent": like(at(page, case=Case(acting=Acting(Whom.PARENT, "frail")))),
    }


def _options(service: Service) -> int:
    return sum(len(one.options) for one in service.situations)


def _told(service: Service, *options: int) -> Case:
    """The first options of each question, or the same for all of them."""
    every = (*options, *[options[-1]] * len(service.situations))
    case = Case()
    for n, situation in enumerate(service.situations):
        option = min(every[n], len(situation.options) - 1)
        case = case.answered(Answer(f"service/{service.id}", n, option))
    return case


def _leading(known: Known) -> Answer:
    """An answer that says that another service is meant."""
    return next(
        Answer(f"service/{service.id}", n, option)
        for service in reversed(known.services())
        for n, situation in enumerate(service.situations)
        for option, one in enumerate(situation.options)
        if one.goto is not None
    )


def _events(known: Known) -> dict[str, Session | Visit]:
    """A life event from its first question to its plan."""
    fullest = known.catalog.event(known.fullest_event())
    event = max(known.catalog.events(), key=lambda one: (len(one.questions), one.id))
    first = _answered(event, 0)
    listed = tuple(step.service for step in event.steps)[:LIST_MAX]
    found: dict[str, Session | Visit] = {
        "event-asked": at(routes.EventPage(event=event.id)),
        "event-answered": like(at(routes.EventPage(event=event.id), case=first)),
        "event-question-gone": at(routes.EventQuestionPage(event=event.id, question=99)),
        "plan-unanswered": at(routes.PlanPage(event=event.id)),
        "plan-answered": like(at(routes.PlanPage(event=event.id), case=first)),
        "plan-unsure": like(at(routes.PlanPage(event=event.id), case=_answered(event, SKIPPED))),
        "plan-collected": like(
            at(routes.PlanPage(event=event.id), case=replace(first, services=listed))
        ),
        "plan-gone": at(routes.PlanPage(event="gone")),
    }
    if fullest is not None:
        found["plan-fullest"] = at(routes.PlanPage(event=fullest.id), case=_answered(fullest, 0))
    questions = [(one, n) for one in known.catalog.events() for n in range(len(one.questions))]
    if questions:
        longest, n = max(questions, key=lambda pair: len(repr(pair[0].questions[pair[1]])))
        place = routes.EventQuestionPage(event=longest.id, question=n)
        found["event-question"] = at(routes.EventPage(event=longest.id), place)
        found["event-question-answered"] = like(at(place, case=_answered(longest, 0)))
    return found


def _answered(event: Event, option: int) -> Case:
    answers = (Answer(f"event/{event.id}", n, option) for n in range(len(event.questions)))
    return Case(answers=tuple(answers))


_LISTED = ("id-card-lost", "social-card-replace", "elder-bus-card-lost")


def _lists(known: Known) -> dict[str, Session | Visit]:
    """The list, empty, short, full, with everything that can be wrong with it."""
    longest = [one.id for one in reversed(known.services())]
    pairs = [
        (one.id, relation.service)
        for one in known.services()
        for relation in one.relations
        if relation.why == "instead" and known.catalog.service(relation.service) is not None
    ]
    acting = Acting(Whom.PARENT, "frail")
    here = routes.ListPage()
    return {
        "list-empty": at(here),
        "list": at(here, case=Case(services=_LISTED)),
        "list-one": at(here, case=Case(services=_LISTED[:1])),
        "list-fullest": at(here, case=Case(services=tuple(longest[:LIST_MAX]))),
        "list-conflict": like(at(here, case=Case(services=pairs[0]))),
        "list-closed": like(at(here, case=Case(services=_LISTED)), SUNDAY_NIGHT),
        "list-papers-in-hand": like(
            at(here, case=Case(services=_LISTED, in_hand=("id-card", "household-book")))
        ),
        "list-for-a-parent": like(at(here, case=Case(services=_LISTED, acting=acting))),
        "list-gone": like(at(here, case=Case(services=("gone",)))),
    }


def _homes(known: Known) -> dict[str, Session | Visit]:
    """Home, when something was begun."""
    acting = Acting(Whom.PARENT, "frail")
    return {
        "home-with-a-list": like(at(case=Case(services=_LISTED))),
        "home-for-a-parent": like(at(case=Case(services=_LISTED, acting=acting))),
    }
