"""One citizen's visit as a value, and what every act makes of it.

Knows who is there, the way they came, and what they chose; what they ask for and take along are
values of their own (`kiosk.core.asking`, `kiosk.core.taking`), as their case is. Does not know
screens, storage or time. Ending a visit *is* `Session()`: there is nothing to remember to reset.
"""

from __future__ import annotations

from kiosk.core import routes
from kiosk.core.asking import ASKING, Asking
from kiosk.core.brought import Lost
from kiosk.core.case import Case
from kiosk.core.choices import Choices
from kiosk.core.doable import Doable
from kiosk.core.entry import Draft, Reading
from kiosk.core.handoff import Handoff
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.printing import PrintOutcome, SlipJob, Unconfirmed
from kiosk.core.results import Results
from kiosk.core.routes import Act, Home, Route, StaffPlace, Welcome
from kiosk.core.slips.picture import Preview
from kiosk.core.staff import (
    BATCH_MAX,
    PIN_LENGTH,
    ByBadge,
    ByPin,
    Missed,
    Order,
    Report,
    SignedIn,
    SignIn,
    Staff,
    SyncProgress,
    SyncReport,
    Verdict,
)
from kiosk.core.taking import OF_STAFF, Taking, looked_at, said, takes
from kiosk.core.value import Value, field, replace

TRAIL_MAX = 30
_WHO = (routes.WhomPage, routes.WhyPage)


class Session(Value, frozen=True):
    """Everything the program knows about the person in front of it."""

    trail: tuple[Route, ...] = (Welcome(),)
    choices: Choices = field(default_factory=Choices)
    asking: Asking = field(default_factory=Asking)
    taking: Taking = field(default_factory=Taking)
    asked_still_there: bool = False
    too_short: bool = False  # the last touch was, for somebody who chose to hold
    set_aside: Choices | None = None  # the citizen's, while staff help at this machine
    case: Case = field(default_factory=Case)
    doable: Doable | None = None
    seen_bulletins: tuple[str, ...] = ()
    call: HelpCall | None = None
    missed: Missed | None = None  # for staff on their page; None until it has been looked up
    staff: Staff = field(default_factory=Staff)
    held: Session | None = None  # the citizen's visit, while staff have signed in
    orders: tuple[tuple[int, Order], ...] = ()  # not yet carried out; each with its number
    ordered: int = 0

    @property
    def route(self) -> Route:
        """Where the citizen is."""
        return self.trail[-1]

    @property
    def is_idle(self) -> bool:
        """Nobody has begun."""
        return self == Session()

    def go(self, route: Route) -> Session:
        """One place further."""
        # whoever is signed in has no door before them: behind it they would be nobody
        barred = routes.SignInPage if self.staff.who else StaffPlace
        is_barred = isinstance(route, barred)
        if route == self.route or is_barred:
            return self
        if isinstance(route, Home):
            return self.home()
        # one slip is looked at in place of another: a step back leaves all of them
        looks = isinstance(self.route, routes.PreviewPage) and isinstance(route, routes.PreviewPage)
        before = self.trail[:-1] if looks else self.trail
        return self._leave(replace(self, trail=(*before, route)[-TRAIL_MAX:]))

    def back(self) -> Session:
        """One place back; from the first place the visit ends, or that of the citizen goes on."""
        if len(self.trail) <= 1:
            return self.end()
        previous = replace(self, trail=self.trail[:-1])
        return self.end() if isinstance(previous.route, Welcome) else self._leave(previous)

    def home(self) -> Session:
        """The home screen, or that of staff, with nothing behind it but the welcome."""
        home = routes.StaffPage() if self.staff.who else Home()
        return self._leave(replace(self, asking=self.asking.write(""), trail=(Welcome(), home)))

    def end(self) -> Session:
        """Nobody's visit any more; a citizen's that staff have set aside goes on."""
        return self.held or Session()

    def turn(self, page: int) -> Session:
        """Another page of the same place; a step back leaves the place, not the page."""
        return replace(self, trail=(*self.trail[:-1], replace(self.route, page=max(0, page))))

    # what is asked for --------------------------------------------------------------------------

    def ask(self, asking: Asking) -> Session:
        """Something else, whose results begin on their first page."""
        return replace(self.turn(0), asking=asking)

    def scribble(self, draft: Draft) -> Session:
        """More of what is being written."""
        return self if draft.is_empty else self.ask(self.asking.scribble(draft))

    def read(self, reading: Reading) -> Session:
        """What was written may be this."""
        following = self.asking.read(reading)
        is_anew = reading.draft == self.asking.draft and reading.is_word
        return self.ask(following) if is_anew else replace(self, asking=following)

    def listen(self, begins: bool) -> Session:
        """Begin to listen, or stop."""
        following = self.asking.listen(begins)
        return self.ask(following) if begins else replace(self, asking=following)

    def hear(self, texts: tuple[str, ...]) -> Session:
        """This was said."""
        following = self.asking.hear(texts)
        is_anew = self.asking.listening and bool(texts)
        return self.ask(following) if is_anew else replace(self, asking=following)

    def found(self, results: Results) -> Session:
        """Results of a search."""
        return replace(self, asking=self.asking.found(results))

    # what is taken along ------------------------------------------------------------------------

    def handed_off(self, handoff: Handoff) -> Session:
        """The codes of the service at hand."""
        fits = takes(self.route, handoff.service)
        return replace(self, taking=self.taking.made(handoff)) if fits else self

    def not_handed_off(self, service: str) -> Session:
        """The codes could not be made."""
        fits = takes(self.route, service)
        return replace(self, taking=self.taking.failed()) if fits else self

    def ask_slip(self, act: routes.Print) -> Session:
        """A slip of what is at hand."""
        job = self.taking.job(act, self.route)
        is_barred = act.kind in OF_STAFF and not self.staff.who
        return self if job is None or is_barred else replace(self, taking=self.taking.ask(job))

    def previewed(self, preview: Preview) -> Session:
        """How the slips will be; late pictures of something else are dropped."""
        fits = preview.job == looked_at(self.route)
        return replace(self, taking=replace(self.taking, preview=preview)) if fits else self

    def printed(self, job: SlipJob, outcome: PrintOutcome) -> Session:
        """What became of a slip; staff may have asked for it."""
        if self.taking.slip != job:
            return self
        staff = self.staff.printed(job.kind, outcome)
        return replace(self, taking=self.taking.settled(job, outcome), staff=staff)

    def confirm(self, came_out: bool) -> Session:
        """The citizen is the only one who saw; without a slip another copy may be asked for."""
        slip = self.taking.slip
        if slip is None or not isinstance(slip.outcome, Unconfirmed):
            return self
        return self.printed(slip, said(came_out))

    # how it is worked ---------------------------------------------------------------------------

    def practise(self, key: str) -> Session:
        """A key was tried; help twice in a row leads back."""
        route = self.route
        if not isinstance(route, routes.PracticePage):
            return self
        if key == route.key == "help":
            # one place back, but never the end of the visit: the choices stay
            return self._leave(replace(self, trail=self.trail[:-1] or (Welcome(),)))
        return replace(self, trail=(*self.trail[:-1], replace(route, key=key)))

    def learn(self, switch: str) -> Session:
        """The first switch that is pressed moves, the other one selects."""
        route = self.route
        if not isinstance(route, routes.SwitchesPage) or switch == route.moves:
            return self
        if not route.moves:
            learning = replace(route, moves=switch)
            return replace(self, trail=(*self.trail[:-1], learning))
        first_moves = route.moves == "first-switch"
        return replace(
            self,
            trail=(*self.trail[:-1], replace(route, is_learnt=True)),
            choices=replace(self.choices, switches=True, first_moves=first_moves),
        )

    def lend(self) -> Session:
        """Staff go on with the citizen's visit in the plain look, and hear nothing."""
        if self.held is not None:
            return self.held.lend()
        if self.set_aside is not None:
            return self
        plain = Choices(language=self.choices.language)
        return replace(self, choices=plain, set_aside=self.choices)

    def give_back(self) -> Session:
        """The citizen's own choices again."""
        if self.set_aside is None:
            return self
        return replace(self, choices=self.set_aside, set_aside=None)

    def listed(self, missed: Missed) -> Session:
        """The words without an answer; they are shown to staff on their page, and nowhere else."""
        is_there = isinstance(self.route, routes.StaffMissedPage)
        return replace(self, missed=missed) if is_there else self

    # the case -----------------------------------------------------------------------------------

    def told(self, case: Case) -> Session:
        """Another case; codes that hold the old one are made anew."""
        if case == self.case:
            return self
        return replace(self, case=case, taking=self.taking.dropped(), doable=None)

    def answer(self, act: routes.Tell) -> Session:
        """One answer, and on; after the last one back to where the questions began."""
        following = self.told(self.case.answered(act.answer))
        if act.then is not None:
            return following.go(act.then)
        trail = list(following.trail)
        while len(trail) > 1 and isinstance(trail[-1], routes.SituationPage):
            trail.pop()
        return self._leave(replace(following, trail=tuple(trail)))

    def act_for(self, act: routes.ActFor) -> Session:
        """For whom it is; the questions about it are not a place to come back to."""
        following = self.told(replace(self.case, acting=act.acting))
        if act.then is None:
            return following
        kept = [one for one in following.trail if not isinstance(one, _WHO)]
        asked = replace(following, trail=tuple(kept) or (Welcome(),))
        return asked.go(act.then) if act.then != asked.route else self._leave(asked)

    def resumed(self, case: Case, lost: Lost) -> Session:
        """What was told elsewhere, in place of what was told here; back from it leads home."""
        return self.home().told(case).go(routes.ResumedPage(lost=lost))

    def can_do(self, doable: Doable) -> Session:
        """What can be done with the papers at hand; late answers are dropped."""
        return replace(self, doable=doable) if doable.in_hand == self.case.in_hand else self

    # people -------------------------------------------------------------------------------------

    def call_staff(self) -> Session:
        """Call somebody, unless somebody has been called."""
        if self.call is not None and self.call.state.is_open:
            return self
        number = 1 if self.call is None else self.call.number + 1
        call = HelpCall(number, _screen(self.trail), self.choices.language)
        return replace(self, call=call)

    def answered_call(self, call: HelpCall) -> Session:
        """What has become of a call."""
        is_same = self.call is not None and self.call.number == call.number
        return replace(self, call=call) if is_same else self

    def sign_in(self, who: SignIn) -> Session:
        """Somebody says to be staff."""
        is_there = isinstance(self.route, routes.SignInPage)
        if not is_there or self.staff.trying is not None:
            return self
        return replace(self, staff=Staff(trying=who))

    def judged(self, who: SignIn, verdict: Verdict) -> Session:
        """Whether they are; the citizen's visit is set aside whole."""
        if self.staff.trying != who:
            return self
        if not isinstance(verdict, SignedIn):
            return replace(self, staff=Staff(verdict=verdict))
        called = self.call
        if called is not None and called.state.is_open:
            called = replace(called, state=CallState.CLOSED)  # somebody is here
        before = self.trail[:-1] or (Welcome(),)
        citizen = self._leave(replace(self, trail=before, staff=Staff(), call=called))
        return Session(
            trail=(Welcome(), routes.StaffPage()), staff=Staff(who=verdict.who), held=citizen
        )

    def sign_out(self) -> Session:
        """The citizen's visit again, as it was."""
        return self.held or self

    def order(self, order: Order) -> Session:
        """Staff have something done."""
        if not self.staff.who:
            return self
        number = self.ordered + 1
        return replace(self, orders=(*self.orders, (number, order)), ordered=number)

    def carried_out(self, number: int, is_done: bool = True) -> Session:
        """It is done, or could not be; what is reported on the page is looked up anew."""
        left = tuple(one for one in self.orders if one[0] != number)
        if left == self.orders:  # it was of staff who have left
            return self
        staff = replace(self.staff, report=None, undone=not is_done)
        return replace(self, orders=left, staff=staff)

    def reported(self, place: Route, report: Report) -> Session:
        """What staff look at on a page."""
        if self.route != place or not self.staff.who:
            return self
        return replace(self, staff=replace(self.staff, report=report))

    def synced(self, progress: SyncProgress) -> Session:
        """How far a check of the hub is; when it has ended, all about it is looked up anew."""
        report = self.staff.report
        if not isinstance(report, SyncReport):
            return self
        told = progress.told_in(report) if progress.is_running else None
        return replace(self, staff=replace(self.staff, report=told))

    def batch(self, service: str, wanted: bool) -> Session:
        """A service on the pile of slips, or off it; not while the pile is printed."""
        is_full = wanted and len(self.staff.batch) >= BATCH_MAX
        if not self.staff.who or self.taking.is_printing or is_full:
            return self
        others = tuple(one for one in self.staff.batch if one != service)
        pile = (*others, service) if wanted else others
        staff = replace(self.staff, batch=pile, last_batch=0)
        return replace(self, staff=staff, taking=replace(self.taking, slip=None))

    def type_pin(self, digit: str) -> Session:
        """One more digit; a whole PIN is tried at once."""
        if not isinstance(self.route, routes.SignInPage) or self.staff.trying is not None:
            return self
        pin = self.staff.pin + digit
        if len(pin) >= PIN_LENGTH:
            return self.sign_in(ByPin(pin[:PIN_LENGTH]))
        return replace(self, staff=Staff(pin=pin, verdict=self.staff.verdict))

    def _leave(self, following: Session) -> Session:
        """Codes, slips and what staff looked up belong to the place where they were made."""
        route = following.route
        if not isinstance(route, routes.StaffMissedPage):
            following = replace(following, missed=None)
        if not isinstance(route, ASKING):
            following = replace(following, asking=following.asking.left())
        if following.staff != Staff() and route != self.route:
            staff = following.staff
            kept = Staff(who=staff.who, batch=staff.batch, last_batch=staff.last_batch)
            following = replace(following, staff=kept)
        taken = following.taking
        if not self.taking.is_at(route):
            is_kept = bool(self.staff.who) and self.taking.is_unseen(self.route)
            taken = taken.dropped(self.taking.slip if is_kept else None)
        if not isinstance(route, routes.PreviewPage):
            taken = replace(taken, preview=None)
        return replace(following, taking=taken)


def after(session: Session, act: Act) -> Session:  # noqa: PLR0911, PLR0912, C901 — a case an act
    """The visit after an act."""
    session = replace(session, asked_still_there=False, too_short=False)
    asking = session.asking
    match act:
        case routes.Go(route):
            return session.go(route)
        case routes.Back():
            return session.back()
        case routes.GoHome():
            return session.home()
        case routes.Turn(page):
            return session.turn(page)
        case routes.Choose(choices):
            same = choices.language is session.choices.language
            results = asking.results if same else None  # they hold words of the old language
            return replace(session, choices=choices, asking=replace(asking, results=results))
        case routes.Type(sign):
            return session.ask(asking.write(asking.query + sign))
        case routes.Write(text):
            return session.ask(asking.write(text))
        case routes.Erase():
            return session.ask(asking.erase())
        case routes.ChoosePad(pad):
            return session.ask(asking.choose_pad(pad))
        case routes.ArrangeLetters(as_typewriter):
            return replace(session, asking=replace(asking, as_typewriter=as_typewriter))
        case routes.AddStroke(stroke):
            return session.scribble(asking.draft.stroked(stroke))
        case routes.Draw(cell, line):
            return session.scribble(asking.draft.drawn(cell, line))
        case routes.Pick(word):
            return session.ask(asking.write(asking.draft.settled + word))
        case routes.Compose(preedit):
            return session.ask(asking.compose(preedit))
        case routes.Speak(begins):
            return session.listen(begins)
        case routes.Print():
            return session.ask_slip(act)
        case routes.Tell():
            return session.answer(act)
        case routes.AskAgain(of):
            return session.told(session.case.unanswered(of))
        case routes.Collect(services):
            return session.told(session.case.collected(services))
        case routes.Drop(service):
            return session.told(session.case.dropped(service))
        case routes.Hold(paper, has):
            return session.told(session.case.holding(paper, has))
        case routes.ActFor():
            return session.act_for(act)
        case routes.Resume(case, lost):
            return session.resumed(case, lost)
        case routes.Acknowledge(bulletin):
            return replace(session, seen_bulletins=(*session.seen_bulletins, bulletin))
        case routes.CallStaff():
            return session.call_staff()
        case routes.CancelCall():
            return replace(session, call=None)
        case routes.TypePin(digit):
            return session.type_pin(digit)
        case routes.ErasePin():
            return replace(session, staff=replace(session.staff, pin=""))
        case routes.ShowBadge(badge):
            return session.sign_in(ByBadge(badge))
        case routes.Command(order):
            return session.order(order)
        case routes.Batch(service, is_wanted):
            return session.batch(service, is_wanted)
        case routes.SignOut():
            return session.sign_out()
        case routes.ConfirmSlip(came_out):
            return session.confirm(came_out)
        case routes.Practise(key):
            return session.practise(key)
        case routes.Learn(switch):
            return session.learn(switch)
        case routes.PressLonger():
            return replace(session, too_short=True)
        case routes.LendToStaff():
            return session.lend()
        case routes.GiveBack():
            return session.give_back()
        case routes.Stay():
            return session
        case routes.Finish():
            return session.end()


def plugged(session: Session, inserted: bool) -> Session:
    """The visit with its voice on or off; while staff help, it is the citizen's that waits."""
    if session.held is not None:
        return replace(after(session, routes.Stay()), held=plugged(session.held, inserted))
    theirs = session.choices if session.set_aside is None else session.set_aside
    speech = replace(theirs.speech, on=inserted, curtain=theirs.speech.curtain and inserted)
    choices = theirs.speaking(speech)
    if session.set_aside is None:
        return after(session, routes.Choose(choices))
    return replace(after(session, routes.Stay()), set_aside=choices)


def _screen(trail: tuple[Route, ...]) -> str:
    """Where somebody was before the page of help, as a kind of place: never what was typed."""
    places = [one for one in trail if not isinstance(one, routes.HelpPage)]
    last = places[-1] if places else Welcome()
    service = getattr(last, "service", "")
    return f"{type(last).__name__}:{service}" if service else type(last).__name__
