"""Runs the errands that a visit waits for, away from the screen, and brings the answers back.

Knows which errand is already running. Does not know how a search, a code or a slip is made: these
come as plain callables.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject

from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices
from kiosk.core.entry import Draft, Reading
from kiosk.core.errors import SearchCancelledError
from kiosk.core.missed import missed
from kiosk.core.printing import FailedBefore, Fault, PrintOutcome
from kiosk.core.results import Results
from kiosk.core.session import (
    Errand,
    FindServices,
    Handoff,
    Listen,
    ListMissed,
    MakeHandoff,
    Missed,
    PrintSlip,
    ReadDraft,
    Session,
    SlipJob,
    wanted,
)
from kiosk.core.value import Value
from kiosk.logs import Event, say
from kiosk.stage import Stage
from kiosk.tasks import TaskRunner

logger = logging.getLogger(__name__)


class Services(Value, frozen=True):
    """What the clerk can have done; each runs away from the GUI thread."""

    find: Callable[[FindServices], Results]
    interrupt: Callable[[], None]
    read: Callable[[Draft], Reading]
    listen: Callable[[], tuple[str, ...]]
    stop_listening: Callable[[], None]
    make: Callable[[Catalog, str, Choices], Handoff]
    print: Callable[[Catalog, Handoff, SlipJob, Choices], PrintOutcome]
    count_missed: Callable[[str], None]  # words that nothing answered
    next_visit: Callable[[], None]
    list_missed: Callable[[], Missed]  # the most frequent of these words


class Runners(Value, frozen=True):
    """The threads that errands run on: one at a time on each."""

    searches: TaskRunner
    errands: TaskRunner
    dictations: TaskRunner


class Clerk(QObject):
    """Watches the stage and runs what it waits for."""

    def __init__(
        self,
        stage: Stage,
        services: Services,
        runners: Runners,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stage, self._services = stage, services
        self._runners = runners
        self._seen = stage.session
        self._running: set[Errand] = set()
        self._failed: set[Errand] = set()
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
        self._failed.intersection_update(errands)  # whoever comes back may try again
        for errand in errands:
            if errand not in self._running | self._failed:
                self._running.add(errand)
                self._start(errand, self._stage.session)

    def _start(self, errand: Errand, session: Session) -> None:
        services, catalog, choices = self._services, self._stage.catalog, session.choices
        assert catalog is not None  # noqa: S101 — `look` starts nothing without one
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
            case MakeHandoff(service):
                self._runners.errands.run(
                    lambda: services.make(catalog, service, choices),
                    lambda handoff: self._end(errand, lambda: self._stage.handed_off(handoff)),
                    lambda _error: self._end(errand, lambda: self._failed.add(errand)),
                )
            case PrintSlip(job):
                handoff = session.handoff
                assert handoff is not None  # noqa: S101 — a slip is asked for on its page only
                self._runners.errands.run(
                    lambda: services.print(catalog, handoff, job, choices),
                    lambda outcome: self._end(errand, lambda: self._printed(job, outcome)),
                    lambda _error: self._end(
                        errand, lambda: self._printed(job, FailedBefore(Fault.OFFLINE))
                    ),
                )
            case ListMissed():
                self._runners.errands.run(
                    services.list_missed,
                    lambda missed: self._end(errand, lambda: self._stage.set_missed(missed)),
                    lambda _error: self._end(errand, lambda: self._stage.set_missed(())),
                )

    def _end(self, errand: Errand, deliver: Callable[[], None]) -> None:
        self._running.discard(errand)
        deliver()
        self.look()

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

    def _printed(self, job: SlipJob, outcome: PrintOutcome) -> None:
        say(logger, Event.SLIP_SETTLED, outcome=type(outcome).__name__)
        self._stage.printed(job, outcome)

    def _notice(self) -> None:
        """Count the words that were left without an answer, once a visit."""
        before, self._seen = self._seen, self._stage.session
        query = missed(before, self._seen)
        if query is not None:
            self._apart(lambda: self._services.count_missed(query))
        if self._stage.is_idle and before != self._seen:
            self._apart(self._services.next_visit)

    def _apart(self, work: Callable[[], None]) -> None:
        """Do something that nobody waits for."""
        self._runners.errands.run(work, lambda _none: None, lambda _error: None)
