"""`kiosk staff`: gives duties at the desk their PINs and badges, and takes them away.

Knows the terminal: a PIN is typed twice and not shown, a badge is read by the code reader. Does not
know how they are kept (`kiosk.store.staff_book`), nor what staff do at the machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from kiosk.core.errors import ConfigError
from kiosk.store.staff_book import Cost, StaffBook, clocks


def _now() -> datetime:
    return datetime.now().astimezone()


class Staffing:
    """The commands.

    Raises (every method): `kiosk.core.errors.ConfigError` where something is not fit, `DiskError`
    where the files fail.
    """

    def __init__(
        self,
        folder: Path,
        out: TextIO,
        ask_secretly: Callable[[str], str],
        cost: Cost | None = None,
    ) -> None:
        """Open the book.

        Args:
            folder: this kiosk's.
            out: where answers go.
            ask_secretly: asks for a line that is not shown.
            cost: of a try, for a book that has no staff yet.

        Raises:
            ConfigError: there is no such folder.
        """
        if not folder.is_dir():
            raise ConfigError(f"{folder} is not there: run `kiosk enrol KIT` first")
        self._out, self._ask = out, ask_secretly
        self._book = StaffBook(folder, clocks(time.monotonic, _now), _now, cost)

    def close(self) -> None:
        """Let go of the files."""
        self._book.close()

    def add(self, name: str) -> int:
        """A PIN for a duty; the one it had is no longer good."""
        pin = self._ask(f"PIN for {name}, 6 digits: ")
        if self._ask("the same again: ") != pin:
            raise ConfigError("these were not the same; nothing was changed")
        self._book.set_pin(name, pin)
        self._out.write(f"{name} signs in by PIN\n")
        return 0

    def badge(self, name: str) -> int:
        """A badge for a duty."""
        self._book.set_badge(name, self._ask(f"hold the badge of {name} to the reader: "))
        self._out.write(f"{name} signs in by badge\n")
        return 0

    def list(self) -> int:
        """Who signs in, and by what."""
        duties = self._book.duties()
        for duty in duties:
            ways = [way for way, has in (("PIN", duty.has_pin), ("badge", duty.has_badge)) if has]
            self._out.write(f"{duty.name}: {' and '.join(ways)}\n")
        if not duties:
            self._out.write("nobody; run `kiosk staff add NAME`\n")
        return 0

    def remove(self, name: str) -> int:
        """A duty that nobody signs in as any more."""
        if not self._book.remove(name):
            raise ConfigError(f"nobody signs in as {name}; `kiosk staff list` says who does")
        self._out.write(f"nobody signs in as {name} any more\n")
        return 0
