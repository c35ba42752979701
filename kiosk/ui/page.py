"""What a citizen screen consists of, as values: a page of blocks, a dock, and a bar.

Knows the kinds of blocks that the design system can draw. Does not know what they are about, nor
how large anything is: views make these values, `kiosk.ui.screen` draws them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

from kiosk.core.entry import Ink
from kiosk.core.value import Value

Tone: TypeAlias = Literal["plain", "tint", "primary", "yes", "warning"]
Shape: TypeAlias = Literal[
    "tile", "row", "button", "hero", "key", "slim", "bar", "tab", "word", "heading"
]


class Tile(Value, frozen=True):
    """Something to touch; without an `act` only something to read.

    `name` is its stable identity (`kind:slug`), for focus and tests; never shown. A `slim` one is a
    button in a row that is short of room: its words get smaller before they break.
    """

    name: str
    title: str
    text: str = ""
    icon: str = ""
    act: object | None = None
    tone: Tone = "plain"
    shape: Shape = "tile"
    marks: tuple[tuple[int, int], ...] = ()  # start and length of highlighted signs in the title
    enabled: bool = True
    chosen: bool | None = None  # for one of several alternatives
    others: tuple[str, ...] = ()  # titles that it may get, for which a place in the bar has room


class Tiles(Value, frozen=True):
    """Tiles side by side, as many in a row as fit at `min_em` label ems each.

    With `heads` they are as many lists, one after another and equally long: a column each, or below
    each other where not all columns fit.
    """

    tiles: tuple[Tile, ...]
    min_em: float = 10.2
    most_columns: int = 3
    fills: bool = False  # a last row of fewer tiles widens them
    heads: tuple[str, ...] = ()


class Heading(Value, frozen=True):
    """The name of what follows; stays with it."""

    text: str


class Notice(Value, frozen=True):
    """One thing that must be read, with an icon and words for its colour."""

    title: str
    text: str = ""
    icon: str = ""
    tone: Tone = "plain"
    is_part: bool = False  # of one that was cut; its words keep their sizes
    leads: bool = False  # what follows belongs to it, as to a heading


class Line(Value, frozen=True):
    """A line of a panel. `mark` is `box` for something to tick off, or a number."""

    title: str
    text: str = ""
    mark: str = ""


class Panel(Value, frozen=True):
    """Lines that belong together on a card."""

    lines: tuple[Line, ...]


class QrCard(Value, frozen=True):
    """A QR code with the words that stand beside it.

    `picture` is a drawing of how to scan it, with `aim` as its words; what it shows is also said.
    """

    modules: tuple[tuple[bool, ...], ...]
    title: str
    lines: tuple[str, ...]
    host_label: str
    host: str
    code_label: str
    code: str
    picture: str = ""
    aim: str = ""


class Field(Value, frozen=True):
    """What has been entered, or an invitation to enter something."""

    text: str
    placeholder: str
    icon: str
    erase: Tile | None = None
    marks: tuple[tuple[int, int], ...] = ()  # start and length of what is not settled yet
    said: str = ""  # where the signs of the text are no words


class Keys(Value, frozen=True):
    """A pad of keys in rows of `columns`; `breaks` are those that begin a row before it is full."""

    keys: tuple[Tile, ...]
    columns: int
    breaks: tuple[int, ...] = ()


class Candidates(Value, frozen=True):
    """A row of `places` for words of which one is meant; until there are any it says so."""

    tiles: tuple[Tile, ...]
    places: int
    placeholder: str


class Cells(Value, frozen=True):
    """Cells to write in by hand, with what was written, and the keys that stand beside them."""

    ink: tuple[Ink, ...]
    keys: tuple[Tile, ...]
    name: str  # of a cell, for programs that read the screen to somebody


class PlanMark(Value, frozen=True):
    """A rectangle on a plan, in squares from its upper left corner."""

    x: int
    y: int
    width: int = 1
    height: int = 1
    label: str = ""  # drawn where there is room, and always said
    icon: str = ""
    tone: Tone = "plain"  # of the notice that says the same in words


class Plan(Value, frozen=True):
    """A floor seen from above, as so many squares; left is left whatever way lines run.

    A picture says nothing to whoever hears it: what it tells stands in words beside it.
    """

    columns: int
    rows: int
    marks: tuple[PlanMark, ...]
    said: str = ""  # what it is a picture of


class SheetPart(Value, frozen=True):
    """Rows of a sheet that are never cut, and the words on them."""

    rows: int
    words: tuple[str, ...] = ()
    leads: bool = False  # what follows belongs to it


class Sheet(Value, frozen=True):
    """Paper with something printed on it: rows of dots, eight a byte, 1 is black."""

    width: int  # dots
    em: int  # dots of its smallest words
    rows: tuple[bytes, ...]
    parts: tuple[SheetPart, ...]
    most_px: int = 0  # of a part that no page has room for


Block: TypeAlias = (
    Tiles | Heading | Notice | Panel | QrCard | Field | Keys | Candidates | Cells | Plan | Sheet
)


class PageTurn(Value, frozen=True):
    """Words and acts for turning pages; `act` makes the act for a page number."""

    act: Callable[[int], object]
    previous: str
    following: str  # with {page} and {pages}
    onward: str = ""  # the same, from a page of keys to what they have found


class Page(Value, frozen=True):
    """A whole screen. `dock` stays at the bottom on every page of the blocks."""

    name: str
    title: str
    path: str = ""
    text: str = ""
    blocks: tuple[Block, ...] = ()
    dock: tuple[Block, ...] = ()
    bar: tuple[Tile, ...] = ()
    turn: PageTurn | None = None
    index: int = 0
    clock: str = ""
    curtain: Tile | None = None  # the one thing to see and touch while the picture is off
    centred: bool = False  # blocks stand in the middle of their room
    banner: Tile | None = None  # above the blocks, on every page of them where there is room
    hint: str = ""  # what may have to be said in place of the path, which keeps room for it
    is_hinting: bool = False
