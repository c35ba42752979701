"""Places a citizen can be, and things a citizen can do there. Values only.

Knows the names of all places and acts. Does not know how a place looks (`kiosk.views`) or what
an act changes (`kiosk.core.session`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.core.choices import Choices


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the program; `page` counts from 0 where the place has several pages."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Welcome(Place):
    """Nobody is here."""


@dataclass(frozen=True, slots=True)
class Home(Place):
    """What would you like to get done?"""


@dataclass(frozen=True, slots=True)
class GroupsPage(Place):
    """All groups."""


@dataclass(frozen=True, slots=True)
class GroupPage(Place):
    """The services of a group."""

    group: str = ""


@dataclass(frozen=True, slots=True)
class ServicePage(Place):
    """One service."""

    service: str = ""


@dataclass(frozen=True, slots=True)
class HandoffPage(Place):
    """Take a service along."""

    service: str = ""


@dataclass(frozen=True, slots=True)
class SearchPage(Place):
    """Find a service by letters."""


@dataclass(frozen=True, slots=True)
class EventsPage(Place):
    """Life events."""


@dataclass(frozen=True, slots=True)
class EventPage(Place):
    """The services of one life event."""

    event: str = ""


@dataclass(frozen=True, slots=True)
class HallsPage(Place):
    """All halls: where, when, how to get there."""


@dataclass(frozen=True, slots=True)
class HelpPage(Place):
    """A person helps."""


@dataclass(frozen=True, slots=True)
class DisplayPage(Place):
    """Text size, contrast and language."""


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
)


@dataclass(frozen=True, slots=True)
class Go:
    """Go to a place."""

    route: Route


@dataclass(frozen=True, slots=True)
class Back:
    """One step back."""


@dataclass(frozen=True, slots=True)
class GoHome:
    """To the home screen, whatever the place."""


@dataclass(frozen=True, slots=True)
class Turn:
    """To another page of the same place."""

    page: int


@dataclass(frozen=True, slots=True)
class Choose:
    """Change the display."""

    choices: Choices


@dataclass(frozen=True, slots=True)
class Type:
    """Add a sign to the search words."""

    sign: str


@dataclass(frozen=True, slots=True)
class Write:
    """Replace the search words."""

    text: str


@dataclass(frozen=True, slots=True)
class Erase:
    """Take the last sign off the search words."""


@dataclass(frozen=True, slots=True)
class Print:
    """Print the slip of the service at hand."""

    large: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmSlip:
    """The citizen says whether the slip came out of a printer that does not answer."""

    came_out: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """Still there."""


@dataclass(frozen=True, slots=True)
class Finish:
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
    | Print
    | ConfirmSlip
    | Stay
    | Finish
)
