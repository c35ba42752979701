"""What a visit takes along: codes for a phone, a slip of paper, and how the slip will look.

Knows which codes and slips belong to which place, and what becomes of a slip that was asked for.
Does not know how they are made (`kiosk.store.handoff_desk`, `kiosk.printing`) or what the citizen
is told (`kiosk.views.handoff`).
"""

from __future__ import annotations

from typing import Final

from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.handoff import Handoff
from kiosk.core.printing import (
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    SlipJob,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.routes import Route
from kiosk.core.slips.picture import Preview
from kiosk.core.value import Value, replace

TAKING = (routes.HandoffPage, routes.PreviewPage)
"""Where codes are at hand."""

OF_STAFF: Final = (SlipKind.BATCH, SlipKind.TEST)
"""What only staff print."""

_SHOWS_SLIP = {SlipKind.BATCH: routes.StaffFindPage, SlipKind.TEST: routes.StaffPrinterPage}
"""Where staff see what became of the paper that they asked for."""

_NOT_OUT: Final = FailedDuring(Fault.OFFLINE, 0)
"""What whoever stood there says of a slip that did not come out."""


class Taking(Value, frozen=True):
    """The codes and the slip of the place where somebody is."""

    handoff: Handoff | None = None
    unmade: bool = False  # the codes could not be made
    slip: SlipJob | None = None
    preview: Preview | None = None

    @property
    def is_printing(self) -> bool:
        """A slip was asked for, and nothing is known of it yet."""
        return self.slip is not None and self.slip.outcome is None

    def made(self, handoff: Handoff) -> Taking:
        """With the codes of what is at hand."""
        return replace(self, handoff=handoff, unmade=False)

    def failed(self) -> Taking:
        """The codes could not be made; whoever comes back may try again."""
        return replace(self, unmade=True) if self.handoff is None else self

    def dropped(self, slip: SlipJob | None = None) -> Taking:
        """Without codes, which belong to one place and one case; perhaps with a slip still."""
        return replace(self, handoff=None, unmade=False, slip=slip)

    def job(self, act: routes.Print, route: Route) -> SlipJob | None:
        """What would be printed at a place; None where nothing is at hand."""
        job = SlipJob("", act.large, 1, kind=act.kind)
        if act.kind in OF_STAFF:
            return job
        job = replace(job, on_a4=act.on_a4)
        if act.kind is SlipKind.BULLETIN:
            if not isinstance(route, routes.BulletinPage):
                return None
            return replace(job, bulletin=route.bulletin)
        return replace(job, service=self.handoff.service) if self.handoff else None

    def ask(self, job: SlipJob) -> Taking:
        """With a slip to print, one at a time; the same once more is another copy of it."""
        before = self.slip
        if self.is_printing:
            return self
        is_same = before is not None and replace(job, large=before.large) == _first(before)
        if before is not None and is_same and job.kind not in OF_STAFF:
            job = replace(job, copy=before.copy + 1)
        return replace(self, slip=job)

    def settled(self, job: SlipJob, outcome: PrintOutcome) -> Taking:
        """What became of the slip that was asked for."""
        return replace(self, slip=replace(job, outcome=outcome))

    def is_at(self, route: Route) -> bool:
        """The codes are those that a place shows."""
        return self.handoff is not None and takes(route, self.handoff.service)

    def is_unseen(self, route: Route) -> bool:
        """Staff go elsewhere while a slip prints, and come back to what became of it."""
        page = _SHOWS_SLIP.get(self.slip.kind) if self.slip is not None else None
        return page is not None and (self.is_printing or not isinstance(route, page))


def takes(route: Route, service: str) -> bool:
    """Whether a place is where this service, or the list, is taken along."""
    return isinstance(route, TAKING) and route.service == service


def looked_at(route: Route) -> SlipJob | None:
    """The slips that the citizen wants to see before they are printed."""
    if not isinstance(route, routes.PreviewPage):
        return None
    return SlipJob(route.service, route.large, 1, kind=route.kind)


def said(came_out: bool) -> PrintOutcome:
    """What became of a slip that nobody confirmed, as whoever stood there saw it."""
    return Printed() if came_out else _NOT_OUT


def denied(before: Taking, after: Taking) -> int:
    """The number of the slip of which it was just said that it did not come out; 0 for none."""
    asked, told = before.slip, after.slip
    if asked is None or told is None or not isinstance(asked.outcome, Unconfirmed):
        return 0
    return asked.outcome.slip if told == replace(asked, outcome=_NOT_OUT) else 0


def services_of(job: SlipJob, case: Case) -> tuple[str, ...]:
    """The services that a slip is about."""
    if job.kind is SlipKind.LIST:
        return case.services
    return (job.service,) if job.kind in (SlipKind.SERVICE, SlipKind.PAIR) else ()


def _first(job: SlipJob) -> SlipJob:
    """The same job as it was when it was asked for first."""
    return replace(job, copy=1, outcome=None)
