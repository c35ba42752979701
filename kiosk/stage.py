"""The one mutable place: which catalog is open and what the visit looks like now.

Knows the current values. Does not know how anything is shown, found, made or printed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.core.catalog import Catalog
from kiosk.core.idle import IdleLimits, Phase
from kiosk.core.printing import PrintOutcome
from kiosk.core.results import Results
from kiosk.core.routes import Act
from kiosk.core.session import Handoff, Session, SlipJob, after
from kiosk.core.value import replace


class Stage(QObject):
    """Holds the catalog and the session, and says when either is another one.

    Signals:
        changed(): the session or the catalog was replaced.
    """

    changed = Signal()

    def __init__(
        self,
        catalog: Catalog | None,
        limits: IdleLimits,
        clock: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._catalog, self._limits, self._clock = catalog, limits, clock
        self._session = Session()
        self._touched_s = clock()

    @property
    def session(self) -> Session:
        """The visit."""
        return self._session

    @property
    def catalog(self) -> Catalog | None:
        """The edition that is open; None on a machine that has none it can show."""
        return self._catalog

    def perform(self, act: Act) -> None:
        """What the citizen asked for."""
        self.touch()
        self._replace(after(self._session, act))

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_s = self._clock()

    def tick(self) -> None:
        """Look at the clock: ask, or end the visit. Timers may fire early, clocks do not."""
        if self._session.is_idle:
            return
        phase = self._limits.phase(self._clock() - self._touched_s)
        if phase is Phase.OVER:
            self._replace(Session())
        else:
            self._replace(replace(self._session, asked_still_there=phase is Phase.ASKING))

    def found(self, results: Results) -> None:
        """A search has ended."""
        self._replace(self._session.found(results))

    def handed_off(self, handoff: Handoff) -> None:
        """The codes are made."""
        self._replace(self._session.handed_off(handoff))

    def printed(self, job: SlipJob, outcome: PrintOutcome) -> None:
        """The printer has ended."""
        self._replace(self._session.printed(job, outcome))

    def publish(self, catalog: Catalog | None) -> None:
        """Another edition; the visit goes on in it."""
        self._catalog = catalog
        self.changed.emit()

    def _replace(self, session: Session) -> None:
        if session != self._session:
            self._session = session
            self.changed.emit()
