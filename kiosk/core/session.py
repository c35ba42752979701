"""One citizen's visit as a value, and what every act makes of it.

Knows the trail of places, the choices, the search words, the hand-off and the slip. Does not know
screens, storage or time. Ending a visit *is* `Session()`: there is nothing to remember to reset.
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.core import routes
from kiosk.core.choices import Choices, Language
from kiosk.core.entry import Draft, Pad, Reading
from kiosk.core.handoff import HandoffCode
from kiosk.core.printing import FailedDuring, Fault, Printed, PrintOutcome, Unconfirmed
from kiosk.core.results import Results
from kiosk.core.routes import Act, Home, Route, Welcome
from kiosk.core.value import Value, field, replace

QUERY_MAX = 40  # signs; a paste or a barcode reader must not fill the screen
TRAIL_MAX = 30


Missed: TypeAlias = tuple[tuple[str, int], ...]
"""Words that had no good answer, each with the number of visits that asked, most first."""


class SlipJob(Value, frozen=True):
    """A slip that was asked for; `outcome` is None while the printer works."""

    service: str
    large: bool
    copy: int
    outcome: PrintOutcome | None = None


class Handoff(Value, frozen=True):
    """The codes of the service that is being taken along."""

    service: str
    screen: HandoffCode
    paper: HandoffCode
    may_print: bool = True  # not after several faults in a row, until staff have looked


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
    slip: SlipJob | None = None
    asked_still_there: bool = False
    too_short: bool = False  # the last touch was, for somebody who chose to hold
    set_aside: Choices | None = None  # the citizen's, while staff help at this machine
    missed: Missed | None = None  # for staff on their page; None until it has been looked up

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
        is_barred = isinstance(route, routes.StaffPage) and self.set_aside is None
        if route == self.route or is_barred:
            return self
        if isinstance(route, Home):
            return self.home()
        return self._leave(replace(self, trail=(*self.trail, route)[-TRAIL_MAX:]))

    def back(self) -> Session:
        """One place back; from the first place the visit ends."""
        if len(self.trail) <= 1:
            return Session()
        previous = replace(self, trail=self.trail[:-1])
        return Session() if isinstance(previous.route, Welcome) else self._leave(previous)

    def home(self) -> Session:
        """The home screen, with nothing behind it but the welcome."""
        return self._leave(replace(self.write(""), trail=(Welcome(), Home())))

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
        fits = isinstance(route, routes.HandoffPage) and route.service == handoff.service
        return replace(self, handoff=handoff) if fits else self

    def ask_slip(self, large: bool) -> Session:
        """A slip of the service at hand; one at a time."""
        if self.handoff is None or (self.slip is not None and self.slip.outcome is None):
            return self
        copy = self.slip.copy + 1 if self.slip and self.slip.service == self.handoff.service else 1
        return replace(self, slip=SlipJob(self.handoff.service, large, copy))

    def printed(self, job: SlipJob, outcome: PrintOutcome) -> Session:
        """What became of a slip."""
        return replace(self, slip=replace(job, outcome=outcome)) if self.slip == job else self

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
        """Staff see the plain look in the citizen's language, and hear nothing."""
        if self.set_aside is not None:
            return self
        plain = Choices(language=self.choices.language)
        return replace(self, choices=plain, set_aside=self.choices)

    def give_back(self) -> Session:
        """The citizen's own choices again, and no way back to the page of staff."""
        if self.set_aside is None:
            return self
        given = replace(self, choices=self.set_aside, set_aside=None)
        trail = _without_staff(self.trail)
        return given if trail == self.trail else self._leave(replace(given, trail=trail))

    def listed(self, missed: Missed) -> Session:
        """The words without an answer; they are shown to staff on their page, and nowhere else."""
        return replace(self, missed=missed) if isinstance(self.route, routes.StaffPage) else self

    def _leave(self, following: Session) -> Session:
        """Codes, slips and what staff looked up belong to the place where they were made."""
        route = following.route
        if not isinstance(route, routes.StaffPage):
            following = replace(following, missed=None)
        if not isinstance(route, routes.SearchPage):
            following = replace(following, listening=False, preedit="")
        stays = isinstance(route, routes.HandoffPage) and (
            self.handoff is not None and route.service == self.handoff.service
        )
        return following if stays else replace(following, handoff=None, slip=None)


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
        case routes.Print(large):
            return session.ask_slip(large)
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
            return Session()


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _without_staff(trail: tuple[Route, ...]) -> tuple[Route, ...]:
    """The places without the page of staff; what stood on both sides of it is one place."""
    kept: list[Route] = []
    for place in trail:
        is_again = bool(kept) and place == kept[-1]
        if not isinstance(place, routes.StaffPage) and not is_again:
            kept.append(place)
    return tuple(kept) or (Welcome(),)


def _confirm(session: Session, came_out: bool) -> Session:
    """The citizen is the only one who saw; without a slip another copy may be asked for."""
    slip = session.slip
    if slip is None or not isinstance(slip.outcome, Unconfirmed):
        return session
    outcome = Printed() if came_out else FailedDuring(Fault.OFFLINE, 0)
    return replace(session, slip=replace(slip, outcome=outcome))


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
    """Make the codes of a service."""

    service: str


class PrintSlip(Value, frozen=True):
    """Print a slip."""

    job: SlipJob


class ListMissed(Value, frozen=True):
    """Look up which words had no good answer."""


Errand: TypeAlias = FindServices | ReadDraft | Listen | MakeHandoff | PrintSlip | ListMissed


def wanted(session: Session) -> tuple[Errand, ...]:
    """The work that a visit waits for, as a function of the visit: nothing is lost."""
    errands: list[Errand] = []
    route = session.route
    if isinstance(route, routes.SearchPage):
        answered = session.results.query if session.results else ""
        if session.asked and answered != session.asked:
            language = session.choices.language
            errands.append(FindServices(session.asked, language, session.also_heard))
        read = session.reading.draft if session.reading else Draft()
        if not session.draft.is_empty and read != session.draft:
            errands.append(ReadDraft(session.draft))
        if session.listening:
            errands.append(Listen())
    if isinstance(route, routes.HandoffPage) and session.handoff is None:
        errands.append(MakeHandoff(route.service))
    if session.slip is not None and session.slip.outcome is None:
        errands.append(PrintSlip(session.slip))
    if isinstance(route, routes.StaffPage) and session.missed is None:
        errands.append(ListMissed())
    return tuple(errands)
