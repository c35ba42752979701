"""What every printer is: something that takes a page and tells the truth about it."""

from __future__ import annotations

from typing import Protocol

from kiosk.core.printing import PrintOutcome
from kiosk.printing.page import Page
from kiosk.printing.status import Asked


class Printer(Protocol):
    """A receipt printer, or what stands in for one."""

    @property
    def width(self) -> int:
        """How many dots of 203 dpi a line has; a page must be laid out for them."""
        ...

    def print(self, page: Page, slip_number: int) -> PrintOutcome:
        """Print one page, once, and wait for its end; bounded in time, never raises.

        Needs a QGuiApplication, but not its thread.
        """
        ...

    def cut_first(self) -> None:
        """Part of a slip may hang in it: before the next one that is dropped and cut off."""
        ...

    def ask(self) -> Asked:
        """How it is, without printing; bounded in time, never raises."""
        ...
