"""The one mutable place: which catalog is open, what the visit and the machine look like now.

Knows the current values. Does not know how anything is shown, said, found, made or printed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices, Speech
from kiosk.core.doable import Doable
from kiosk.core.entry import Reading
from kiosk.core.handoff import Handoff
from kiosk.core.help_call import HelpCall
from kiosk.core.idle import IdleLimits, Phase, needs_patience
from kiosk.core.local import Local
from kiosk.core.printing import PrintOutcome, SlipJob
from kiosk.core.results import Results
from kiosk.core.routes import Act, Back, Finish, Route
from kiosk.core.session import Session, after, plugged
from kiosk.core.slips.picture import Preview
from kiosk.core.staff import Missed, Report, SignIn, SyncProgress, Verdict
from kiosk.core.value import replace


class Stage(QObject):
    """Holds the catalog, the session and what stands beside it, and says when one is another.

    Signals:
        changed(): something was replaced.
        unmoved(object): an act was done and everything is as it was; the act.
    """

    changed = Signal()
    unmoved = Signal(object)

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
        self._local = Local()
        self._headphones, self._voice_works = False, True
        self._touched_s = clock()

    @property
    def session(self) -> Session:
        """The visit."""
        return self._session

    @property
    def catalog(self) -> Catalog | None:
        """The edition that is open; None on a machine that has none it can show."""
        return self._catalog

    @property
    def local(self) -> Local:
        """What is true at this machine today."""
        return self._local

    @property
    def headphones(self) -> bool:
        """Somebody's headphones are in the socket: what is said is heard by one person."""
        return self._headphones

    @property
    def voice_works(self) -> bool:
        """The machine can speak."""
        return self._voice_works

    @property
    def touched_s(self) -> float:
        """When somebody last did something."""
        return self._touched_s

    @property
    def is_idle(self) -> bool:
        """Nobody has begun; whoever left headphones in the socket has not."""
        return self._session == self._fresh()

    def perform(self, act: Act) -> None:
        """What the citizen asked for."""
        self.touch()
        before, following = self._session, after(self._session, act)
        # whoever only chooses the usual look again on the welcome screen has ended nothing
        leaves = following.trail != before.trail or isinstance(act, Back | Finish)
        self._replace(self._fresh() if following.is_idle and leaves else following)
        if self._session == before:
            self.unmoved.emit(act)

    def plug(self, inserted: bool) -> None:
        """Headphones were put in or pulled out: with them the voice begins and ends (EN 8.5)."""
        if inserted == self._headphones:
            return
        self.touch()
        self._headphones = inserted
        following = plugged(self._session, inserted)
        if following == self._session:
            self.changed.emit()
        else:
            self._replace(following)

    def set_voice_works(self, works: bool) -> None:
        """The voice has failed, or is back."""
        if works != self._voice_works:
            self._voice_works = works
            self.changed.emit()

    def set_local(self, local: Local) -> None:
        """Something else is true at this machine."""
        if local != self._local:
            self._local = local
            self.changed.emit()

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_s = self._clock()

    def tick(self) -> None:
        """Look at the clock: ask, or end the visit. Timers may fire early, clocks do not."""
        if self.is_idle:
            return
        quiet_s = self._clock() - self._touched_s
        phase = self._limits.phase(quiet_s, needs_patience(self._session))
        if phase is Phase.OVER:
            self._replace(self._fresh())
        else:
            self._replace(replace(self._session, asked_still_there=phase is Phase.ASKING))

    def found(self, results: Results) -> None:
        """A search has ended."""
        self._replace(self._session.found(results))

    def read(self, reading: Reading) -> None:
        """What was written has been read."""
        self._replace(self._session.read(reading))

    def heard(self, texts: tuple[str, ...]) -> None:
        """Somebody has spoken; these are the likeliest words, none where it was not understood."""
        self._replace(self._session.hear(texts))

    def handed_off(self, handoff: Handoff) -> None:
        """The codes are made."""
        self._replace(self._session.handed_off(handoff))

    def not_handed_off(self, service: str) -> None:
        """The codes could not be made."""
        self._replace(self._session.not_handed_off(service))

    def printed(self, job: SlipJob, outcome: PrintOutcome) -> None:
        """The printer has ended."""
        self._replace(self._session.printed(job, outcome))

    def previewed(self, preview: Preview) -> None:
        """It is known how the slips will be."""
        self._replace(self._session.previewed(preview))

    def set_missed(self, missed: Missed) -> None:
        """The words that had no good answer have been looked up for staff."""
        self._replace(self._session.listed(missed))

    def can_do(self, doable: Doable) -> None:
        """It is known what the papers at hand are good for."""
        self._replace(self._session.can_do(doable))

    def answered_call(self, call: HelpCall) -> None:
        """Something has become of a call."""
        self._replace(self._session.answered_call(call))

    def judged(self, who: SignIn, verdict: Verdict) -> None:
        """Whether somebody is staff."""
        self._replace(self._session.judged(who, verdict))

    def carried_out(self, number: int, local: Local | None) -> None:
        """An order is done, and something else is true; None where it could not be done."""
        before, self._local = self._local, local or self._local
        following = self._session.carried_out(number, local is not None)
        if following != self._session:
            self._replace(following)
        elif self._local != before:  # whoever ordered it has left
            self.changed.emit()

    def synced(self, progress: SyncProgress) -> None:
        """The check of the hub that staff have ordered is further on."""
        self._replace(self._session.synced(progress))

    def reported(self, place: Route, report: Report) -> None:
        """What staff wanted to see."""
        self._replace(self._session.reported(place, report))

    def publish(self, catalog: Catalog | None) -> None:
        """Another edition; the visit goes on in it."""
        self._catalog = catalog
        self.changed.emit()

    def _fresh(self) -> Session:
        """The visit of nobody yet: everything as it always is, and a voice for headphones."""
        return Session(choices=Choices(speech=Speech(on=self._headphones)))

    def _replace(self, session: Session) -> None:
        if session != self._session:
            self._session = session
            self.changed.emit()
