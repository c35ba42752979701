"""A member of staff at a real Chromium, which shows the page of a hall."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.driver import Browser, driving


class Staff(Browser):
    """One browser window at a desk."""

    def sign_in(self, url: str, pin: str) -> None:
        """By the form, as anybody does."""
        self.open(f"{url}/hall/1")
        self.write("#pin", pin)
        self.press("form button")

    def answer(self) -> None:
        """I am coming."""
        self.press('li.call [data-act="answer"]')

    def forward(self) -> None:
        """To the first of the other desks."""
        self.press("li.call summary")
        self.press('li.call [data-act="forward"]')

    def close(self) -> None:
        """It is done."""
        self.press('li.call [data-act="close"]')

    def count(self) -> int:
        """The calls that are shown."""
        return int(self.run('return document.querySelectorAll("li.call").length'))


@contextmanager
def at_the_desk(folder: Path) -> Iterator[Staff]:
    """A browser with an empty profile."""
    with driving() as driver:
        staff = Staff(driver, folder)
        try:
            yield staff
        finally:
            staff.leave()
