"""What is true at this machine today, whoever stands before it.

Knows values that staff of this hall, the settings and this machine's own counts say. Does not know
where they are kept (`kiosk.store`), nor the catalog, which is the same in every hall.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from kiosk.core.catalog import Bulletin
from kiosk.core.printing import PrinterState
from kiosk.core.value import Value

Waiting: TypeAlias = Literal["short", "some", "long"]
"""How many people wait, as staff see it."""


class CounterToday(Value, frozen=True):
    """What staff said of some counters for today."""

    counter: str
    is_closed: bool = False
    waiting: Waiting | None = None
    note: str = ""  # in the words of staff


class Local(Value, frozen=True):
    """Everything that differs from machine to machine."""

    kiosk: int = 0  # its number in the hall
    today: tuple[CounterToday, ...] = ()
    bulletins: tuple[Bulletin, ...] = ()  # of this hall, written by its staff
    uses: tuple[tuple[str, int], ...] = ()  # service → how often it was taken along this season
    prints_sheets: bool = False  # there is a printer for sheets of A4
    prints_large: bool = True  # slips in large letters: not on a narrow roll
    calls_staff: bool = False  # a touch reaches the page of the hall's staff
    printer: PrinterState = PrinterState()  # for slips

    def counter(self, id: str) -> CounterToday:
        """What was said of some counters; nothing where nobody said anything."""
        return next((one for one in self.today if one.counter == id), CounterToday(id))
