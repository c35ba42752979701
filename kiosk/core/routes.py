"""Places a citizen can be, and things a citizen can do there. Values only.

Knows the names of all places and acts. Does not know how a place looks (`kiosk.views`) or what
an act changes (`kiosk.core.session`).
"""

from __future__ import annotations

from typing import TypeAlias

from kiosk.core.choices import Choices
from kiosk.core.entry import Line, Pad
from kiosk.core.value import Value


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


class HandoffPage(Place, frozen=True):
    """Take a service along."""

    service: str = ""


class SearchPage(Place, frozen=True):
    """Find a service by letters, handwriting, strokes or the voice."""


class EventsPage(Place, frozen=True):
    """Life events."""


class EventPage(Place, frozen=True):
    """The services of one life event."""

    event: str = ""


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


class StaffPage(Place, frozen=True):
    """What was asked and not answered, for staff who help at the machine."""


Route: TypeAlias = (
    Welcome
    | Home
    | GroupsPage
    | GroupPage
    | ServicePage
    | HandoffPage
    | SearchPage
    | EventsPage
    | EventPage
    | HallsPage
    | HelpPage
    | DisplayPage
    | PracticePage
    | SwitchesPage
    | StaffPage
)


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


class Print(Value, frozen=True):
    """Print the slip of the service at hand."""

    large: bool = False


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
    | Print
    | ConfirmSlip
    | Practise
    | Learn
    | PressLonger
    | LendToStaff
    | GiveBack
    | Stay
    | Finish
)
