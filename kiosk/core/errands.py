"""The work that a visit waits for, as a function of the visit.

Knows which errands there are and when each is wanted. Does not know who does the work
(`kiosk.clerk`), nor what becomes of the answers (`kiosk.core.session`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from kiosk.core import routes
from kiosk.core.asking import ASKING
from kiosk.core.case import Case
from kiosk.core.choices import Language
from kiosk.core.entry import Draft
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.printing import SlipJob
from kiosk.core.routes import Route
from kiosk.core.session import Session
from kiosk.core.staff import Order, SignIn
from kiosk.core.taking import TAKING, looked_at
from kiosk.core.value import Value

_REPORTED = (routes.StaffPrinterPage, routes.StaffSyncPage, routes.StaffTrailPage)


class FindServices(Value, frozen=True):
    """Search for these words; names in the results are in the language."""

    query: str
    language: Language
    also_heard: tuple[str, ...] = ()


class ReadDraft(Value, frozen=True):
    """Read what was written by hand or by strokes."""

    draft: Draft


class Listen(Value, frozen=True):
    """Listen until somebody has spoken."""


class MakeHandoff(Value, frozen=True):
    """Make the codes of a service, or without one of the list; and one that holds the case."""

    service: str
    case: Case


class PrintSlip(Value, frozen=True):
    """Print a slip; `services` are those of the list or of the batch."""

    job: SlipJob
    case: Case
    batch: tuple[str, ...] = ()


class PreviewSlip(Value, frozen=True):
    """Draw the slips of a job as they will be."""

    job: SlipJob
    case: Case
    language: Language


class SeeDoable(Value, frozen=True):
    """Find what can be done with these papers."""

    in_hand: tuple[str, ...]


class PlaceCall(Value, frozen=True):
    """Call somebody to this machine."""

    call: HelpCall


class AwaitAnswer(Value, frozen=True):
    """Wait until a call is in another state."""

    call: HelpCall


class CheckSignIn(Value, frozen=True):
    """Is this a member of staff?"""

    who: SignIn


class CarryOut(Value, frozen=True):
    """Do what staff have ordered."""

    number: int
    order: Order
    who: str


class LookUp(Value, frozen=True):
    """Look up what a page of staff shows."""

    place: Route


class ListMissed(Value, frozen=True):
    """Look up which words had no good answer."""


Errand: TypeAlias = (
    FindServices
    | ReadDraft
    | Listen
    | MakeHandoff
    | PrintSlip
    | PreviewSlip
    | SeeDoable
    | PlaceCall
    | AwaitAnswer
    | CheckSignIn
    | CarryOut
    | LookUp
    | ListMissed
)


def wanted(session: Session) -> tuple[Errand, ...]:
    """The work that a visit waits for, as a function of the visit: nothing is lost."""
    return (*_asked(session), *_taken(session), *_called(session), *_ordered(session))


def _asked(session: Session) -> Iterator[Errand]:
    asking = session.asking
    if isinstance(session.route, ASKING):
        answered = asking.results.query if asking.results else ""
        if asking.asked and answered != asking.asked:
            yield FindServices(asking.asked, session.choices.language, asking.also_heard)
        read = asking.reading.draft if asking.reading else Draft()
        if not asking.draft.is_empty and read != asking.draft:
            yield ReadDraft(asking.draft)
        if asking.listening:
            yield Listen()
    if isinstance(session.route, routes.DoablePage) and session.doable is None:
        yield SeeDoable(session.case.in_hand)


def _taken(session: Session) -> Iterator[Errand]:
    route, taking = session.route, session.taking
    is_due = taking.handoff is None and not taking.unmade
    if isinstance(route, TAKING) and is_due:
        yield MakeHandoff(route.service, session.case)
    job, language, seen = looked_at(route), session.choices.language, taking.preview
    if job is not None and taking.handoff is not None:
        is_seen = seen is not None and (seen.job, seen.language) == (job, language)
        if not is_seen:
            yield PreviewSlip(job, session.case, language)
    if taking.slip is not None and taking.is_printing:
        yield PrintSlip(taking.slip, session.case, session.staff.batch)


def _called(session: Session) -> Iterator[Errand]:
    call = session.call
    if call is None or not call.state.is_open:
        return
    if call.state is CallState.CALLING:
        yield PlaceCall(call)
    else:
        yield AwaitAnswer(call)


def _ordered(session: Session) -> Iterator[Errand]:
    staff, route = session.staff, session.route
    if staff.trying is not None:
        yield CheckSignIn(staff.trying)
    for number, order in session.orders:
        yield CarryOut(number, order, staff.who)
    if isinstance(route, _REPORTED) and staff.who and staff.report is None:
        yield LookUp(route)
    if isinstance(route, routes.StaffMissedPage) and session.missed is None:
        yield ListMissed()
