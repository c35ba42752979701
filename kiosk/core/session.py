"""One citizen's visit as a value, and what every act makes of it.

Knows the trail of places, the choices, the search words, the hand-off and the slip. Does not know
screens, storage or time. Ending a visit *is* `Session()`: there is nothing to remember to reset.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from kiosk.core import routes
from kiosk.core.brought import Lost
from kiosk.core.case import Case
from kiosk.core.choices import Choices, Language
from kiosk.core.doable import Doable
from kiosk.core.entry import Draft, Pad, Reading
from kiosk.core.handoff import HandoffCode
from kiosk.core.help_call import CallState, HelpCall
from kiosk.core.printing import (
    FailedDuring,
    Fault,
    Printed,
    PrintOutcome,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.results import Results
from kiosk.core.routes import Act, Home, Route, StaffPlace, Welcome
from kiosk.core.slips.picture import SlipPicture
from kiosk.core.staff import (
    BATCH_MAX,
    PIN_LENGTH,
    ByBadge,
    ByPin,
    Order,
    Report,
    SignedIn,
    SignIn,
    Staff,
    SyncProgress,
    SyncReport,
    Verdict,
)
from kiosk.core.value import Value, field, replace

QUERY_MAX = 40  # signs; a paste or a barcode reader must not fill the screen
TRAIL_MAX = 30


_WHO = (routes.WhomPage, routes.WhyPage)
ASKING = (routes.SearchPage, routes.StaffFindPage)
"""Where what is typed is searched for."""
TAKING = (routes.HandoffPage, routes.PreviewPage)
"""Where codes are at hand."""

_SHOWS_SLIP = {SlipKind.BATCH: routes.StaffFindPage, SlipKind.TEST: routes.StaffPrinterPage}
"""Where staff see what became of the paper that they asked for."""


_NOT_OUT: Final = FailedDuring(Fault.OFFLINE, 0)
"""What whoever stood there says of a slip that did not come out."""

Missed: TypeAlias = tuple[tuple[str, int], ...]
"""Words that had no good answer, each with the number of visits that asked, most first."""


class SlipJob(Value, frozen=True):
    """A slip that was asked for; `outcome` is None while the printer works."""

    service: str  # empty for the list
    large: bool
    copy: int
    outcome: PrintOutcome | None = None
    kind: SlipKind = SlipKind.SERVICE
    bulletin: str = ""  # that it is about
    on_a4: bool = False  # in the largest print

    @property
    def is_sheet(self) -> bool:
        """It comes out of the printer for A4."""
        return self.on_a4 or self.kind is SlipKind.LETTER


class Preview(Value, frozen=True):
    """The slips of a job as they will be; none where they could not be drawn."""

    job: SlipJob
    language: Language
    pictures: tuple[SlipPicture, ...]


class Handoff(Value, frozen=True):
    """The codes of what is being taken along: a service, or the whole list."""

    service: str  # empty for the list
    screen: HandoffCode
    paper: HandoffCode
    resume: HandoffCode | None = None  # holds what was told; None where nothing was


class Session(Value, frozen=True):
    """Everything the program knows about the person in front of it."""

    trail: tuple[Route, ...] = (Welcome(),)
    choices: Choices = field(default_factory=Choices)
    query: str = ""
    preedit: str = ""  # what an input method has not settled yet; it is searched for as well
    also_heard: tuple[str, ...] = ()  # what else the spoken query may have been
    results: Results | None = None
    pad: Pad = Pad.LETTERS
    as_typewriter: bool = False  # the order of the letters
    draft: Draft = field(default_factory=Draft)
    reading: Reading | None = None
    listening: bool = False
    not_heard: bool = False  # listened, and understood nothing
    handoff: Handoff | None = None
    unmade: bool = False  # the codes could not be made
    slip: SlipJob | None = None
    preview: Preview | None = None
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

    @property
    def asked(self) -> str:
        """What is searched for: settled words and those that are being composed."""
        return (self.query + self.preedit)[:QUERY_MAX]

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
        return self._leave(replace(self.write(""), trail=(Welcome(), home)))

    def end(self) -> Session:
        """Nobody's visit any more; a citizen's that staff have set aside goes on."""
        return self.held or Session()

    def turn(self, page: int) -> Session:
        """Another page of the same place; a step back leaves the place, not the page."""
        return replace(self, trail=(*self.trail[:-1], replace(self.route, page=max(0, page))))

    def write(self, text: str) -> Session:
        """Other search words; the results of the old ones stay until new ones come."""
        return self._ask(_printable(text)[:QUERY_MAX].lstrip(), Draft())

    def erase(self) -> Session:
        """Take back the last thing: a stroke or a line of what is being written, else a sign."""
        if self.draft.is_empty:
            return self.write(self.query[:-1])
        draft = self.draft.undone()
        if draft.is_empty:
            return self.write(draft.settled)
        return self._ask(self.query, draft)

    def compose(self, preedit: str) -> Session:
        """Words that an input method is still asking about, beside those that are settled."""
        composing = replace(self.turn(0), preedit=_printable(preedit)[:QUERY_MAX])
        return composing if composing.asked else replace(composing, results=None)

    def choose_pad(self, pad: Pad) -> Session:
        """Another way to ask; the words stay, what was half written does not."""
        return replace(self.write(self.query), pad=pad)

    def scribble(self, draft: Draft) -> Session:
        """More of what is being written, after the words that were there when it began."""
        if draft.is_empty:
            return self
        begun = replace(draft, settled=self.query) if self.draft.is_empty else draft
        return self._ask(self.query, begun)

    def read(self, reading: Reading) -> Session:
        """What the draft may be; the likeliest handwriting is searched for at once."""
        if reading.draft != self.draft:
            return self
        if not reading.words or not any(self.draft.cells):
            return replace(self, reading=reading)
        likeliest = (self.draft.settled + reading.words[0])[:QUERY_MAX]
        return replace(self._ask(likeliest, self.draft), reading=reading)

    def listen(self, begins: bool) -> Session:
        """Begin to listen, or stop."""
        return replace(self.write("") if begins else self, listening=begins)

    def hear(self, texts: tuple[str, ...]) -> Session:
        """What was said, the likeliest first; nothing where it was not understood."""
        if not self.listening:
            return self
        if not texts:
            return replace(self, listening=False, not_heard=True)
        heard = replace(self, listening=False).write(texts[0])
        return replace(heard, also_heard=texts[1:])

    def found(self, results: Results) -> Session:
        """Results of a search; late ones of older words are dropped."""
        return replace(self, results=results) if results.query == self.asked else self

    def _ask(self, query: str, draft: Draft) -> Session:
        return replace(
            self.turn(0),
            query=query,
            preedit="",
            also_heard=(),
            results=self.results if query else None,
            draft=draft,
            reading=self.reading if self.reading and not draft.is_empty else None,
            not_heard=False,
        )

    def handed_off(self, handoff: Handoff) -> Session:
        """The codes of the service at hand."""
        route = self.route
        fits = isinstance(route, TAKING) and route.service == handoff.service
        return replace(self, handoff=handoff, unmade=False) if fits else self

    def not_handed_off(self, service: str) -> Session:
        """The codes could not be made; whoever comes back may try again."""
        route = self.route
        fits = isinstance(route, TAKING) and route.service == service
        return replace(self, unmade=True) if fits and self.handoff is None else self

    def ask_slip(self, large: bool, kind: SlipKind, on_a4: bool = False) -> Session:
        """A slip of what is at hand; one at a time."""
        if self.slip is not None and self.slip.outcome is None:
            return self
        if kind in (SlipKind.BATCH, SlipKind.TEST):
            return replace(self, slip=SlipJob("", large, 1, kind=kind)) if self.staff.who else self
        job = self._job(large, kind)
        if job is None:
            return self
        job, before = replace(job, on_a4=on_a4), self.slip
        if before is not None and replace(job, large=before.large) == _first(before):
            job = replace(job, copy=before.copy + 1)
        return replace(self, slip=job)

    def _job(self, large: bool, kind: SlipKind) -> SlipJob | None:
        """What would be printed here; None where nothing is at hand."""
        if kind is SlipKind.BULLETIN:
            route = self.route
            if not isinstance(route, routes.BulletinPage):
                return None
            return SlipJob("", large, 1, kind=kind, bulletin=route.bulletin)
        return SlipJob(self.handoff.service, large, 1, kind=kind) if self.handoff else None

    def previewed(self, preview: Preview) -> Session:
        """How the slips will be; late pictures of something else are dropped."""
        return replace(self, preview=preview) if preview.job == self.looked_at else self

    @property
    def looked_at(self) -> SlipJob | None:
        """The slips that the citizen wants to see before they are printed."""
        route = self.route
        if not isinstance(route, routes.PreviewPage):
            return None
        return SlipJob(route.service, route.large, 1, kind=route.kind)

    def printed(self, job: SlipJob, outcome: PrintOutcome) -> Session:
        """What became of a slip; a pile that came out is no pile any more."""
        if self.slip != job:
            return self
        told = replace(self, slip=replace(job, outcome=outcome))
        if job.kind is SlipKind.TEST:  # how the printer is may be another matter now
            return replace(told, staff=replace(self.staff, report=None))
        if job.kind is not SlipKind.BATCH:
            return told
        if not isinstance(outcome, Printed):
            done = 0 if isinstance(outcome, Unconfirmed) else outcome.done
            return replace(told, staff=replace(self.staff, last_batch=done))
        pile = self.staff.batch
        return replace(told, staff=replace(self.staff, batch=(), last_batch=len(pile)))

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
        return replace(self, case=case, handoff=None, unmade=False, slip=None, doable=None)

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
        is_printing = self.slip is not None and self.slip.outcome is None
        is_full = wanted and len(self.staff.batch) >= BATCH_MAX
        if not self.staff.who or is_printing or is_full:
            return self
        others = tuple(one for one in self.staff.batch if one != service)
        pile = (*others, service) if wanted else others
        return replace(self, staff=replace(self.staff, batch=pile, last_batch=0), slip=None)

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
            following = replace(following, listening=False, preedit="")
        if following.staff != Staff() and route != self.route:
            staff = following.staff
            kept = Staff(who=staff.who, batch=staff.batch, last_batch=staff.last_batch)
            following = replace(following, staff=kept)
        if not isinstance(route, routes.PreviewPage):
            following = replace(following, preview=None)
        stays = isinstance(route, TAKING) and (
            self.handoff is not None and route.service == self.handoff.service
        )
        if stays:
            return following
        slip = self.slip if self._is_slip_unseen else None
        return replace(following, handoff=None, unmade=False, slip=slip)

    @property
    def _is_slip_unseen(self) -> bool:
        """Staff go elsewhere while it prints, and come back to what became of it."""
        slip = self.slip
        page = _SHOWS_SLIP.get(slip.kind) if slip is not None and self.staff.who else None
        if slip is None or page is None:
            return False
        return slip.outcome is None or not isinstance(self.route, page)


def after(session: Session, act: Act) -> Session:  # noqa: PLR0911, PLR0912, C901 — a case an act
    """The visit after an act."""
    session = replace(session, asked_still_there=False, too_short=False)
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
            results = session.results if same else None  # they hold words of the old language
            return replace(session, choices=choices, results=results)
        case routes.Type(sign):
            return session.write(session.query + sign)
        case routes.Write(text):
            return session.write(text)
        case routes.Erase():
            return session.erase()
        case routes.ChoosePad(pad):
            return session.choose_pad(pad)
        case routes.ArrangeLetters(as_typewriter):
            return replace(session, as_typewriter=as_typewriter)
        case routes.AddStroke(stroke):
            return session.scribble(session.draft.stroked(stroke))
        case routes.Draw(cell, line):
            return session.scribble(session.draft.drawn(cell, line))
        case routes.Pick(word):
            return session.write(session.draft.settled + word)
        case routes.Compose(preedit):
            return session.compose(preedit)
        case routes.Speak(begins):
            return session.listen(begins)
        case routes.Print(large, kind, on_a4):
            return session.ask_slip(large, kind, on_a4)
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
            return _confirm(session, came_out)
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


def _screen(trail: tuple[Route, ...]) -> str:
    """Where somebody was before the page of help, as a kind of place: never what was typed."""
    places = [one for one in trail if not isinstance(one, routes.HelpPage)]
    last = places[-1] if places else Welcome()
    service = getattr(last, "service", "")
    return f"{type(last).__name__}:{service}" if service else type(last).__name__


def _first(job: SlipJob) -> SlipJob:
    """The same job as it was when it was asked for first."""
    return replace(job, copy=1, outcome=None)


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def denied(before: Session, after: Session) -> int:
    """The number of the slip of which it was just said that it did not come out; 0 for none."""
    asked, told = before.slip, after.slip
    if asked is None or told is None or not isinstance(asked.outcome, Unconfirmed):
        return 0
    return asked.outcome.slip if told == replace(asked, outcome=_NOT_OUT) else 0


def _confirm(session: Session, came_out: bool) -> Session:
    """The citizen is the only one who saw; without a slip another copy may be asked for."""
    slip = session.slip
    if slip is None or not isinstance(slip.outcome, Unconfirmed):
        return session
    return session.printed(slip, Printed() if came_out else _NOT_OUT)
