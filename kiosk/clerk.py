"""Runs the errands that a visit waits for, away from the screen, and brings the answers back.

Knows which errand is already running. Does not know how a search, a code or a slip is made: these
come as plain callables.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeAlias, assert_never

from PySide6.QtCore import QObject

from kiosk.core.case import Case
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices
from kiosk.core.doable import Doable
from kiosk.core.entry import Draft, Reading
from kiosk.core.errands import (
    AwaitAnswer,
    CarryOut,
    CheckSignIn,
    Errand,
    FindServices,
    Listen,
    ListMissed,
    LookUp,
    MakeHandoff,
    PlaceCall,
    PreviewSlip,
    PrintSlip,
    ReadDraft,
    SeeDoable,
    wanted,
)
from kiosk.core.errors import SearchCancelledError
from kiosk.core.handoff import Handoff
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.local import Local
from kiosk.core.missed import missed
from kiosk.core.printing import (
    FailedBefore,
    Fault,
    Printed,
    PrintOutcome,
    SlipJob,
    Unconfirmed,
)
from kiosk.core.results import Results
from kiosk.core.routes import Route
from kiosk.core.session import Session
from kiosk.core.slips.picture import Preview
from kiosk.core.staff import LockedOut, Missed, NoReport, Report, SignIn, Verdict
from kiosk.core.taking import OF_STAFF, denied, services_of
from kiosk.core.value import Value, replace
from kiosk.logs import Event, say
from kiosk.stage import Stage
from kiosk.tasks import TaskRunner

logger = logging.getLogger(__name__)

_OF_A_VISIT = (MakeHandoff, PreviewSlip, PrintSlip)
"""What is made for one person; what is found or looked up is the same for everybody."""

BEGIN_WITHIN_S: Final = 20.0  # a slip that waits longer for the one before it is not printed

IsWanted: TypeAlias = Callable[[], bool]
"""Whether anybody still stands there; asked before each piece of paper, on the printing thread."""


class _Wish:
    """One slip that somebody asked for, and whether it is still to be printed.

    Told by the screen's thread and asked by the printing one; what was dropped stays so.
    """

    def __init__(self, job: SlipJob, clock: Callable[[], float]) -> None:
        self.job = job
        self._clock, self._asked_s = clock, clock()
        self._dropped = threading.Event()

    def drop(self) -> None:
        """Nobody is there any more."""
        self._dropped.set()

    def begin(self) -> bool:
        """Whether to print at all, now that the printer is free."""
        if self._clock() - self._asked_s > BEGIN_WITHIN_S:
            self.drop()
        return self.is_wanted()

    def is_wanted(self) -> bool:
        """Whether to print the next piece of it."""
        return not self._dropped.is_set()


class Services(Value, frozen=True):
    """What the clerk can have done; each runs away from the GUI thread."""

    find: Callable[[FindServices], Results]
    interrupt: Callable[[], None]
    read: Callable[[Draft], Reading]
    listen: Callable[[], tuple[str, ...]]
    stop_listening: Callable[[], None]
    make: Callable[[Catalog, str, Case, Choices], Handoff]
    print: Callable[[Catalog, Handoff | None, PrintSlip, Choices, IsWanted], PrintOutcome]
    preview: Callable[[Catalog, Handoff | None, PreviewSlip, Choices], Preview]
    deny: Callable[[int], None]  # a slip of which somebody says that it did not come out
    see_doable: Callable[[Catalog, tuple[str, ...]], Doable]
    place_call: Callable[[HelpCall], HelpCall]
    await_answer: Callable[[HelpCall], HelpCall]  # returns when the call is in another state
    cancel_call: Callable[[], None]
    leave_call: Callable[[], None]  # the visit has ended, and whoever called may still be there
    check_sign_in: Callable[[SignIn], Verdict]
    carry_out: Callable[[CarryOut], Local]  # what is true at this machine afterwards
    look_up: Callable[[Route], Report]
    count_missed: Callable[[str], None]  # words that nothing answered
    count_use: Callable[[str], None]  # a service that was taken along
    next_visit: Callable[[], None]
    list_missed: Callable[[], Missed]  # the most frequent of these words


class Runners(Value, frozen=True):
    """The threads that errands run on: one at a time on each."""

    searches: TaskRunner
    errands: TaskRunner
    prints: TaskRunner  # each waits for paper
    dictations: TaskRunner
    calls: TaskRunner  # for a person; each waits until somebody answers


class Clerk(QObject):
    """Watches the stage and runs what it waits for."""

    def __init__(
        self,
        stage: Stage,
        services: Services,
        runners: Runners,
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._stage, self._services = stage, services
        self._runners, self._clock = runners, clock
        self._wishes: list[_Wish] = []
        self._seen = stage.session
        self._running: set[Errand] = set()
        self._gone: list[Errand] = []  # still running, for somebody who has left
        self._is_unheard = False  # who is listened to has left, or has said all
        stage.changed.connect(self.look)
        stage.changed.connect(self._notice)

    def look(self) -> None:
        """Start what is wanted and not yet running."""
        if self._stage.catalog is None:
            return
        errands = wanted(self._stage.session)
        if Listen() in self._running and Listen() not in errands and not self._is_unheard:
            self._is_unheard = True
            self._services.stop_listening()
        for errand in errands:
            if errand not in self._running:
                self._running.add(errand)
                self._start(errand, self._stage.session)

    def _start(self, errand: Errand, session: Session) -> None:
        match errand:
            case FindServices() | ReadDraft() | Listen():
                self._find(errand)
            case MakeHandoff() | PrintSlip() | PreviewSlip() | SeeDoable():
                self._serve(errand, session)
            case PlaceCall() | AwaitAnswer():
                self._call(errand)
            case CheckSignIn() | CarryOut() | LookUp() | ListMissed():
                self._help_staff(errand)
            case _:
                assert_never(errand)

    def _find(self, errand: FindServices | ReadDraft | Listen) -> None:
        services = self._services
        match errand:
            case FindServices(query):
                if any(isinstance(other, FindServices) for other in self._running - {errand}):
                    services.interrupt()
                self._runners.searches.run(
                    lambda: services.find(errand),
                    lambda results: self._end(errand, lambda: self._found(errand, results)),
                    lambda error: self._search_failed(errand, query, error),
                )
            case ReadDraft(draft):
                self._runners.searches.run(
                    lambda: services.read(draft),
                    lambda reading: self._end(errand, lambda: self._stage.read(reading)),
                    lambda error: self._reading_failed(errand, draft, error),
                )
            case Listen():
                self._runners.dictations.run(
                    services.listen,
                    lambda texts: self._end(errand, lambda: self._heard(texts)),
                    lambda _error: self._end(errand, lambda: self._heard(())),
                )

    def _serve(
        self, errand: MakeHandoff | PrintSlip | PreviewSlip | SeeDoable, session: Session
    ) -> None:
        services, stage, catalog = self._services, self._stage, self._stage.catalog
        choices = session.choices
        assert catalog is not None  # noqa: S101 — `look` starts nothing without one
        match errand:
            case MakeHandoff(service, told):
                self._runners.errands.run(
                    lambda: services.make(catalog, service, told, choices),
                    lambda made: self._end(errand, lambda: self._handed_off(errand, made)),
                    lambda _error: self._end(errand, lambda: stage.not_handed_off(service)),
                )
            case PrintSlip():
                self._print(errand, session, catalog)
            case PreviewSlip():
                self._draw(errand, session, catalog)
            case SeeDoable(in_hand):
                self._runners.errands.run(
                    lambda: services.see_doable(catalog, in_hand),
                    lambda doable: self._end(errand, lambda: stage.can_do(doable)),
                    lambda _error: self._end(errand, lambda: stage.can_do(Doable(in_hand))),
                )

    def _print(self, errand: PrintSlip, session: Session, catalog: Catalog) -> None:
        """On a thread of its own: codes and look-ups do not wait for paper."""
        wish = _Wish(errand.job, self._clock)
        self._wishes.append(wish)

        def work() -> PrintOutcome | None:
            if not wish.begin():
                return None
            handoff, choices = session.taking.handoff, session.choices
            return self._services.print(catalog, handoff, errand, choices, wish.is_wanted)

        def settle(outcome: PrintOutcome | None) -> None:
            self._wishes.remove(wish)
            self._end(errand, lambda: self._printed(errand, outcome))

        failed = FailedBefore(Fault.OFFLINE)
        self._runners.prints.run(work, settle, lambda _error: settle(failed))

    def _draw(self, errand: PreviewSlip, session: Session, catalog: Catalog) -> None:
        """It does not wait for the paper of others; what cannot be drawn has no picture."""
        services, handoff, choices = self._services, session.taking.handoff, session.choices
        undrawn = Preview(errand.job, errand.language, ())
        self._runners.errands.run(
            lambda: services.preview(catalog, handoff, errand, choices),
            lambda drawn: self._end(errand, lambda: self._previewed(errand, drawn)),
            lambda _error: self._end(errand, lambda: self._previewed(errand, undrawn)),
        )

    def _call(self, errand: PlaceCall | AwaitAnswer) -> None:
        """Calls wait long; one that cannot be followed any more is one that nobody answers."""
        match errand:
            case PlaceCall(call):
                lost = replace(call, state=CallState.UNREACHABLE)
                self._runners.calls.run(
                    lambda: self._services.place_call(call),
                    lambda other: self._end(errand, lambda: self._placed(errand, other)),
                    lambda _error: self._end(errand, lambda: self._stage.answered_call(lost)),
                )
            case AwaitAnswer(call):
                lost = replace(call, state=CallState.UNREACHABLE)
                self._runners.calls.run(
                    lambda: self._services.await_answer(call),
                    lambda other: self._end(errand, lambda: self._answered(errand, other)),
                    lambda _error: self._end(errand, lambda: self._answered(errand, lost)),
                )

    def _placed(self, errand: PlaceCall, call: HelpCall) -> None:
        """Whoever has taken the call back meanwhile, or has left at once, needs nobody."""
        if errand in wanted(self._stage.session):
            self._stage.answered_call(call)
        else:
            self._services.cancel_call()

    def _answered(self, errand: AwaitAnswer, call: HelpCall) -> None:
        """What became of the call of an earlier visit is not what becomes of this one's."""
        if errand in wanted(self._stage.session):
            self._stage.answered_call(call)

    def _help_staff(self, errand: CheckSignIn | CarryOut | LookUp | ListMissed) -> None:
        services, stage, errands = self._services, self._stage, self._runners.errands
        match errand:
            case CheckSignIn(who):
                # nobody is let in where it cannot be checked
                barred = LockedOut(None)
                errands.run(
                    lambda: services.check_sign_in(who),
                    lambda verdict: self._end(errand, lambda: stage.judged(who, verdict)),
                    lambda _error: self._end(errand, lambda: stage.judged(who, barred)),
                )
            case CarryOut(number):
                errands.run(
                    lambda: services.carry_out(errand),
                    lambda local: self._end(errand, lambda: stage.carried_out(number, local)),
                    lambda _error: self._end(errand, lambda: stage.carried_out(number, None)),
                )
            case LookUp(place):
                errands.run(
                    lambda: services.look_up(place),
                    lambda report: self._end(errand, lambda: stage.reported(place, report)),
                    lambda _error: self._end(errand, lambda: stage.reported(place, NoReport())),
                )
            case ListMissed():
                errands.run(
                    services.list_missed,
                    lambda missed: self._end(errand, lambda: stage.set_missed(missed)),
                    lambda _error: self._end(errand, lambda: stage.set_missed(())),
                )

    def _handed_off(self, errand: MakeHandoff, handoff: Handoff) -> None:
        """Codes that hold what is not true any more are made anew."""
        if self._stage.session.case == errand.case and not self._is_gone(errand):
            self._stage.handed_off(handoff)

    def _previewed(self, errand: PreviewSlip, preview: Preview) -> None:
        """What holds somebody's answers is shown to nobody else."""
        if not self._is_gone(errand):
            self._stage.previewed(preview)

    def _end(self, errand: Errand, deliver: Callable[[], None]) -> None:
        if not self._is_gone(errand):
            self._running.discard(errand)
        deliver()
        self._gone = [one for one in self._gone if one is not errand]
        self.look()

    def _is_gone(self, errand: Errand) -> bool:
        """It was for somebody who has left; an equal one may be running for whoever came."""
        return any(one is errand for one in self._gone)

    def _search_failed(self, errand: Errand, query: str, error: Exception) -> None:
        """A cancelled search is asked again if it is still wanted; a broken one finds nothing."""
        if isinstance(error, SearchCancelledError):
            self._end(errand, lambda: None)
        else:
            self._end(errand, lambda: self._found(errand, Results(query)))

    def _reading_failed(self, errand: Errand, draft: Draft, error: Exception) -> None:
        """A reading that was cancelled is asked for again; what cannot be read is nothing."""
        if isinstance(error, SearchCancelledError):
            self._end(errand, lambda: None)
        else:
            self._end(errand, lambda: self._stage.read(Reading(draft)))

    def _found(self, errand: Errand, results: Results) -> None:
        """Results that nobody waits for any more are in words or a language of before."""
        if errand in wanted(self._stage.session):
            self._stage.found(results)

    def _heard(self, texts: tuple[str, ...]) -> None:
        """What somebody said who has left is nobody's: whoever speaks now is listened to anew."""
        is_unheard, self._is_unheard = self._is_unheard, False
        if not is_unheard:
            self._stage.heard(texts)

    def _printed(self, errand: PrintSlip, outcome: PrintOutcome | None) -> None:
        """What became of a slip; None is one that nobody waited for any more."""
        say(logger, Event.SLIP_SETTLED, outcome=type(outcome).__name__ if outcome else "Dropped")
        outcome = outcome or FailedBefore(Fault.OFFLINE)
        if not self._is_gone(errand):
            self._stage.printed(errand.job, outcome)
        if errand.job.copy == 1 and isinstance(outcome, Printed | Unconfirmed):
            for service in services_of(errand.job, errand.case):
                self._apart(partial(self._services.count_use, service))

    def _notice(self) -> None:
        """See what was said and what was left, and who has left."""
        before, self._seen = self._seen, self._stage.session
        if before.call is not None and self._seen.call is None:
            services = self._services
            (services.leave_call if self._stage.is_idle else services.cancel_call)()
        number = denied(before.taking, self._seen.taking)
        if number:  # before whatever is printed next
            self._apart(partial(self._services.deny, number), self._runners.prints)
        query = missed(before, self._seen)
        if query is not None:
            self._apart(lambda: self._services.count_missed(query))
        if self._stage.is_idle and before != self._seen:
            self._apart(self._services.next_visit)
            self._forget(one for one in self._running if isinstance(one, _OF_A_VISIT))
            self._drop(self._wishes)
        if before.staff.who and not self._seen.staff.who:
            of_staff = [one for one in self._wishes if one.job.kind in OF_STAFF]
            jobs = [one.job for one in of_staff]
            self._forget(
                one for one in self._running if isinstance(one, PrintSlip) and one.job in jobs
            )
            self._drop(of_staff)

    def stop_printing(self) -> None:
        """The machine is switched off: nothing that is not on paper yet is printed."""
        self._drop(self._wishes)

    def _drop(self, wishes: Iterable[_Wish]) -> None:
        for wish in wishes:
            wish.drop()

    def _forget(self, errands: Iterable[Errand]) -> None:
        """These are for somebody who has left."""
        leaving = list(errands)
        self._gone += leaving
        self._running.difference_update(leaving)

    def _apart(self, work: Callable[[], None], runner: TaskRunner | None = None) -> None:
        """Do something that nobody waits for."""
        runner = runner or self._runners.errands
        runner.run(work, lambda _none: None, lambda _error: None)
