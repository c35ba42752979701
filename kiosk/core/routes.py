"""Places a citizen can be, and things a citizen can do there. Values only.

Knows the names of all places and acts. Does not know how a place looks (`kiosk.views`) or what
an act changes (`kiosk.core.session`).
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.core.brought import Lost
from kiosk.core.case import Acting, Answer, Case, Whom
from kiosk.core.choices import Choices
from kiosk.core.entry import Line, Pad
from kiosk.core.printing import SlipKind
from kiosk.core.staff import Order
from kiosk.core.value import Value, field


class Place(Value, frozen=True):
    """Somewhere in the program; `page` counts from 0 where the place has several pages."""

    page: int = 0


class Welcome(Place, frozen=True):
    """Nobody is here."""


class Home(Place, frozen=True):
    """What would you like to get done?"""


class GroupsPage(Place, frozen=True):
    """All groups."""


class GroupPage(Place, frozen=True):
    """The services of a group."""

    group: str = ""


class ServicePage(Place, frozen=True):
    """One service."""

    service: str = ""


class SituationPage(Place, frozen=True):
    """One question about one's own situation."""

    service: str = ""
    question: int = 0


class WherePage(Place, frozen=True):
    """Can a service be done here and now, and where else?"""

    service: str = ""


class HandoffPage(Place, frozen=True):
    """Take a service along; without one, the whole list."""

    service: str = ""


class PreviewPage(Place, frozen=True):
    """The slip as it will be; what it is about as in `HandoffPage`."""

    service: str = ""
    kind: SlipKind = SlipKind.SERVICE
    large: bool = False


class SearchPage(Place, frozen=True):
    """Find a service by letters, handwriting, strokes or the voice."""


class EventsPage(Place, frozen=True):
    """Life events."""


class EventPage(Place, frozen=True):
    """The services of one life event."""

    event: str = ""


class EventQuestionPage(Place, frozen=True):
    """One question that decides which services of a life event are needed."""

    event: str = ""
    question: int = 0


class PlanPage(Place, frozen=True):
    """What is needed in one's own case of a life event, in order, and all papers of it."""

    event: str = ""


class PapersPage(Place, frozen=True):
    """Which papers are at hand?"""


class DoablePage(Place, frozen=True):
    """What can be done with the papers at hand; with `missing` 1 or 2 what lacks one or more."""

    missing: int = 0


class WhomPage(Place, frozen=True):
    """For whom is it? Without a service, for an errand that is chosen later."""

    service: str = ""


class WhyPage(Place, frozen=True):
    """Why does the person not come?"""

    service: str = ""
    whom: Whom = Whom.PARENT


class ProxyPage(Place, frozen=True):
    """May this be done for somebody else, and with what?"""

    service: str = ""


class ListPage(Place, frozen=True):
    """The errands that were collected, in order, and one list of papers."""


class PopularPage(Place, frozen=True):
    """What everybody uses, and what editors recommend."""


class BulletinsPage(Place, frozen=True):
    """All bulletins that hold now."""


class BulletinPage(Place, frozen=True):
    """One bulletin."""

    bulletin: str = ""


class ResumedPage(Place, frozen=True):
    """What a code has brought back."""

    lost: Lost = field(default_factory=Lost)


class HallsPage(Place, frozen=True):
    """All halls: where, when, how to get there."""


class HelpPage(Place, frozen=True):
    """A person helps."""


class DisplayPage(Place, frozen=True):
    """Everything that can be chosen: size, colours, language, touch, voice."""


class PracticePage(Place, frozen=True):
    """Try the keys: each only says what it is for."""

    key: str = ""  # the last one that was pressed


class SwitchesPage(Place, frozen=True):
    """Learn to work with two switches; the person says which of them moves."""

    moves: str = ""  # the switch that was pressed first
    is_learnt: bool = False


class SignInPage(Place, frozen=True):
    """Staff say who they are, by PIN or badge."""


class StaffPage(Place, frozen=True):
    """What staff can do at the machine."""


class StaffFindPage(Place, frozen=True):
    """A service by its short number, letters or a scan; several for a batch of slips."""


class StaffPrinterPage(Place, frozen=True):
    """The printer, its paper, and a test page."""


class StaffTodayPage(Place, frozen=True):
    """Which counters are open today; with a `counter`, what is true of it."""

    counter: str = ""


class StaffBulletinPage(Place, frozen=True):
    """A bulletin for this hall, from sentences that stand ready."""


class StaffSyncPage(Place, frozen=True):
    """Fetch the catalog now, and see how far it is."""


class StaffMissedPage(Place, frozen=True):
    """What was asked and not answered."""


class StaffTrailPage(Place, frozen=True):
    """Who has done what at this machine as staff."""


StaffPlace: TypeAlias = (
    StaffPage
    | StaffFindPage
    | StaffPrinterPage
    | StaffTodayPage
    | StaffBulletinPage
    | StaffSyncPage
    | StaffMissedPage
    | StaffTrailPage
)
"""Where only staff who have signed in may be."""

CitizenPlace: TypeAlias = (
    Welcome
    | Home
    | GroupsPage
    | GroupPage
    | ServicePage
    | SituationPage
    | WherePage
    | HandoffPage
    | PreviewPage
    | SearchPage
    | EventsPage
    | EventPage
    | EventQuestionPage
    | PlanPage
    | PapersPage
    | DoablePage
    | WhomPage
    | WhyPage
    | ProxyPage
    | ListPage
    | PopularPage
    | BulletinsPage
    | BulletinPage
    | ResumedPage
    | HallsPage
    | HelpPage
    | DisplayPage
    | PracticePage
    | SwitchesPage
    | SignInPage
)

Route: TypeAlias = CitizenPlace | StaffPlace


class Go(Value, frozen=True):
    """Go to a place."""

    route: Route


class Back(Value, frozen=True):
    """One step back."""


class GoHome(Value, frozen=True):
    """To the home screen, whatever the place."""


class Turn(Value, frozen=True):
    """To another page of the same place."""

    page: int


class Choose(Value, frozen=True):
    """Change the display."""

    choices: Choices


class Type(Value, frozen=True):
    """Add a sign to the search words."""

    sign: str


class Write(Value, frozen=True):
    """Replace the search words."""

    text: str


class Erase(Value, frozen=True):
    """Take the last sign off the search words."""


class ChoosePad(Value, frozen=True):
    """Ask in another way."""

    pad: Pad


class ArrangeLetters(Value, frozen=True):
    """The letters in the order of the alphabet, or as on a typewriter."""

    as_typewriter: bool


class AddStroke(Value, frozen=True):
    """One of the five strokes, 1 to 5."""

    stroke: str


class Draw(Value, frozen=True):
    """A line of ink in a cell."""

    cell: int
    line: Line


class Pick(Value, frozen=True):
    """Settle what was written as this word; what comes next is written after it."""

    word: str


class Compose(Value, frozen=True):
    """What an input method has not settled yet."""

    preedit: str


class Speak(Value, frozen=True):
    """Begin to listen, or stop."""

    begins: bool = True


class Tell(Value, frozen=True):
    """Answer a question of the catalog and go on; without a place to go, back to where it began."""

    answer: Answer
    then: Route | None = None


class AskAgain(Value, frozen=True):
    """Take back the answers about a service or event; `of` as in `Answer`."""

    of: str


class Collect(Value, frozen=True):
    """Put errands on the list."""

    services: tuple[str, ...]


class Drop(Value, frozen=True):
    """Take an errand off the list."""

    service: str


class Hold(Value, frozen=True):
    """A paper is at hand, or is not."""

    paper: str
    has: bool = True


class ActFor(Value, frozen=True):
    """It is for somebody else; None: for oneself."""

    acting: Acting | None
    then: Route | None = None


class Resume(Value, frozen=True):
    """A code has brought back what was told elsewhere."""

    case: Case
    lost: Lost = field(default_factory=Lost)  # what could not be found again


class Acknowledge(Value, frozen=True):
    """A bulletin that must be read was read."""

    bulletin: str


class CallStaff(Value, frozen=True):
    """Call a person to this machine."""


class CancelCall(Value, frozen=True):
    """Nobody need come any more."""


class Print(Value, frozen=True):
    """Print what is taken along."""

    large: bool = False
    kind: SlipKind = SlipKind.SERVICE
    on_a4: bool = False  # in the largest print, where this machine has sheets


class ConfirmSlip(Value, frozen=True):
    """The citizen says whether the slip came out of a printer that does not answer."""

    came_out: bool


class Practise(Value, frozen=True):
    """A key was tried; the help key twice in a row ends the practice."""

    key: str


class Learn(Value, frozen=True):
    """A switch was pressed while the switches are being learnt."""

    switch: str


class PressLonger(Value, frozen=True):
    """A touch was too short for somebody who chose to hold."""


class LendToStaff(Value, frozen=True):
    """A member of staff takes over: the plain look, no voice; the choices are kept."""


class GiveBack(Value, frozen=True):
    """The citizen takes over again, with the choices of before."""


class TypePin(Value, frozen=True):
    """One more digit of a PIN; it is never shown, said or logged."""

    digit: str


class ErasePin(Value, frozen=True):
    """Begin the PIN anew."""


class ShowBadge(Value, frozen=True):
    """A badge was read."""

    badge: str


class Command(Value, frozen=True):
    """Staff have something done."""

    order: Order


class Batch(Value, frozen=True):
    """Put a service on the pile of slips, or take it off."""

    service: str
    wanted: bool = True


class SignOut(Value, frozen=True):
    """Staff leave; the citizen's visit is as it was."""


class Stay(Value, frozen=True):
    """Still there."""


class Finish(Value, frozen=True):
    """Done: forget everything."""


Act: TypeAlias = (
    Go
    | Back
    | GoHome
    | Turn
    | Choose
    | Type
    | Write
    | Erase
    | ChoosePad
    | ArrangeLetters
    | AddStroke
    | Draw
    | Pick
    | Compose
    | Speak
    | Tell
    | AskAgain
    | Collect
    | Drop
    | Hold
    | ActFor
    | Resume
    | Acknowledge
    | CallStaff
    | CancelCall
    | Print
    | ConfirmSlip
    | Practise
    | Learn
    | PressLonger
    | LendToStaff
    | GiveBack
    | TypePin
    | ErasePin
    | ShowBadge
    | Command
    | Batch
    | SignOut
    | Stay
    | Finish
)
