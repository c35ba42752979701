"""A stage with a clerk behind it, and an office that does what the clerk has done."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

from kiosk.clerk import Clerk, Runners, Services
from kiosk.core import routes
from kiosk.core.case import Case
from kiosk.core.catalog import Catalog
from kiosk.core.choices import Choices
from kiosk.core.doable import Doable, Possible
from kiosk.core.entry import Draft, Reading
from kiosk.core.errands import CarryOut, FindServices, PreviewSlip, PrintSlip
from kiosk.core.handoff import Handoff
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.idle import IdleLimits
from kiosk.core.local import CounterToday, Local
from kiosk.core.printing import Printed, PrintOutcome, SlipJob
from kiosk.core.results import Hit, Results
from kiosk.core.routes import Go, Home, TypePin
from kiosk.core.session import Session
from kiosk.core.slips.picture import PictureBand, Preview, SlipPicture
from kiosk.core.staff import ByPin, Deed, Missed, Refused, Report, SignedIn, SignIn, Verdict
from kiosk.core.value import replace
from kiosk.stage import Stage
from kiosk.tasks import TaskRunner
from tests.builders import Clock, TableCatalog, make_handoff

BLANK = SlipPicture(8, 34, (b"\0",), (PictureBand(1),))
TAKE = Go(routes.HandoffPage(service="passport"))
SEARCH = (Go(Home()), Go(routes.SearchPage()))
PIN = ByPin("271828")
STAFF = (Go(Home()), Go(routes.SignInPage()), *map(TypePin, PIN.pin))
CLOSED_COUNTER = Local(today=(CounterToday("city-police", is_closed=True),))


@dataclass
class Office:
    """Does what it is asked, and remembers it."""

    found: list[tuple[str, str]] = field(default_factory=list)
    made: list[tuple[str, Choices]] = field(default_factory=list)
    printed: list[SlipJob] = field(default_factory=list)
    previewed: list[SlipJob] = field(default_factory=list)
    denied: list[int] = field(default_factory=list)
    also_heard: list[tuple[str, ...]] = field(default_factory=list)
    read_drafts: list[Draft] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    listened: int = 0
    stopped: int = 0
    interrupts: int = 0
    visits: int = 0
    listed: int = 0
    confident: bool = True
    error: Exception | None = None
    calls: list[HelpCall] = field(default_factory=list)
    carried_out: list[CarryOut] = field(default_factory=list)
    uses: list[str] = field(default_factory=list)
    cancelled: int = 0
    left: int = 0
    looked_up: int = 0
    outcome: PrintOutcome = field(default_factory=Printed)
    meanwhile: Callable[[], None] = lambda: None  # while the printer works
    was_wanted: list[bool] = field(default_factory=list)

    def find(self, wish: FindServices) -> Results:
        self.found.append((wish.query, wish.language))
        self.also_heard.append(wish.also_heard)
        self._fail()
        hit = Hit("passport", f"{wish.language}:{wish.query}", "", "")
        return Results(wish.query, (hit,), confident=self.confident)

    def interrupt(self) -> None:
        self.interrupts += 1

    def read(self, draft: Draft) -> Reading:
        self.read_drafts.append(draft)
        self._fail()
        return Reading(draft, ("社", "神"))

    def listen(self) -> tuple[str, ...]:
        self.listened += 1
        self._fail()
        return "社保卡", "设保卡"

    def stop_listening(self) -> None:
        self.stopped += 1

    def count_missed(self, query: str) -> None:
        self.counted.append(query)
        self._fail()

    def next_visit(self) -> None:
        self.visits += 1

    def list_missed(self) -> Missed:
        self.listed += 1
        self._fail()
        return (("换房本", 3),)

    def make(self, catalog: Catalog, service: str, case: Case, choices: Choices) -> Handoff:
        self.made.append((service, choices))
        self._fail()
        return make_handoff(service)

    def print(
        self,
        catalog: Catalog,
        handoff: Handoff | None,
        errand: PrintSlip,
        choices: Choices,
        is_wanted: Callable[[], bool],
    ) -> PrintOutcome:
        self.printed.append(errand.job)
        self._fail()
        self.meanwhile()
        self.was_wanted.append(is_wanted())
        return self.outcome

    def preview(
        self, catalog: Catalog, handoff: Handoff | None, errand: PreviewSlip, choices: Choices
    ) -> Preview:
        self.previewed.append(errand.job)
        self._fail()
        return Preview(errand.job, errand.language, (BLANK,))

    def see_doable(self, catalog: Catalog, in_hand: tuple[str, ...]) -> Doable:
        self._fail()
        return Doable(in_hand, (Possible("passport"),), counts=(1, 0, 0))

    def place_call(self, call: HelpCall) -> HelpCall:
        self.calls.append(call)
        self._fail()
        return replace(call, state=CallState.WAITING)

    def await_answer(self, call: HelpCall) -> HelpCall:
        self._fail()
        following = CallState.COMING if call.state is CallState.WAITING else CallState.CLOSED
        return replace(call, state=following)

    def cancel_call(self) -> None:
        self.cancelled += 1

    def leave_call(self) -> None:
        self.left += 1

    def check_sign_in(self, who: SignIn) -> Verdict:
        self._fail()
        return SignedIn("导服台 2") if who == PIN else Refused(4)

    def carry_out(self, errand: CarryOut) -> Local:
        self.carried_out.append(errand)
        self._fail()
        return CLOSED_COUNTER

    def look_up(self, place: routes.Route) -> Report:
        self.looked_up += 1
        self._fail()
        return (Deed("2026-11-23T09:42", "导服台 2", "signed in"),)

    def count_use(self, service: str) -> None:
        self.uses.append(service)

    def _fail(self) -> None:
        error, self.error = self.error, None
        if error is not None:
            raise error


def services_of(office: Office) -> Services:
    return Services(
        find=office.find,
        interrupt=office.interrupt,
        read=office.read,
        listen=office.listen,
        stop_listening=office.stop_listening,
        make=office.make,
        print=office.print,
        preview=office.preview,
        deny=office.denied.append,
        see_doable=office.see_doable,
        place_call=office.place_call,
        await_answer=office.await_answer,
        cancel_call=office.cancel_call,
        leave_call=office.leave_call,
        check_sign_in=office.check_sign_in,
        carry_out=office.carry_out,
        look_up=office.look_up,
        count_use=office.count_use,
        count_missed=office.count_missed,
        next_visit=office.next_visit,
        list_missed=office.list_missed,
    )


class Hall:
    """A stage with a clerk behind it."""

    def __init__(self, executor: Executor, clock: Clock | None = None) -> None:
        self.office = Office()
        self.stage = Stage(TableCatalog(), IdleLimits(), clock or Clock())
        self.runners = Runners(*(TaskRunner(executor) for _ in Runners.__struct_fields__))
        services = services_of(self.office)
        self.clerk = Clerk(self.stage, services, self.runners, clock=clock or time.monotonic)

    @property
    def visit(self) -> Session:
        return self.stage.session

    def close(self) -> None:
        for name in Runners.__struct_fields__:
            getattr(self.runners, name).stop()

    def do(self, *acts: routes.Act) -> None:
        for act in acts:
            self.stage.perform(act)

    def take_along(self) -> None:
        self.do(Go(Home()), TAKE)
