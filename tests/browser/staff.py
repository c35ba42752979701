"""A member of staff at a real Chromium, which shows the page of a hall.

Speaks to ChromeDriver in its own protocol (W3C WebDriver), which is a few requests. Selenium would
bring an event loop with it whose plugin for Hypothesis warns at every start of pytest, and here
warnings are errors.
"""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.journeys.hall import free_port

BROWSER, DRIVER = "/usr/bin/chromium", "/usr/bin/chromedriver"
_QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--lang=zh-CN",
)
_PATIENCE_S = 30


class Staff:
    """One browser window."""

    def __init__(self, driver: str, folder: Path) -> None:
        self._http = requests.Session()
        self._at = driver
        options = {"binary": BROWSER, "args": [*_QUIET, f"--user-data-dir={folder}"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = self._do("POST", "session", {"capabilities": {"alwaysMatch": wanted}})
        self._at = f"{driver}/session/{made['sessionId']}"

    def sign_in(self, url: str, pin: str) -> None:
        """By the form, as anybody does."""
        self._do("POST", "url", {"url": f"{url}/hall/1"})
        self._do("POST", f"element/{self._find('#pin')}/value", {"text": pin})
        self.press("form button")

    def press(self, selector: str) -> None:
        """Where a mouse would click."""
        self._do("POST", f"element/{self._find(selector)}/click", {})

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

    def text(self) -> str:
        """Everything that is to be read."""
        return str(self.run("return document.body.innerText"))

    def title(self) -> str:
        """What stands on the tab."""
        return str(self._do("GET", "title"))

    def complaints(self) -> list[str]:
        """What the browser itself found wrong: scripts, policies, missing files."""
        found = self._do("POST", "se/log", {"type": "browser"})
        return [one["message"] for one in found if one["level"] == "SEVERE"]

    def picture(self, file: Path) -> None:
        """What is to be seen."""
        file.write_bytes(base64.b64decode(self._do("GET", "screenshot")))

    def run(self, script: str) -> Any:
        """Ask the page itself."""
        return self._do("POST", "execute/sync", {"script": script, "args": []})

    def leave(self) -> None:
        """Close the window."""
        self._do("DELETE", "")
        self._http.close()

    def _find(self, selector: str) -> str:
        found = self._do("POST", "element", {"using": "css selector", "value": selector})
        return str(next(iter(found.values())))

    def _do(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        url = f"{self._at}/{path}".rstrip("/")
        answer = self._http.request(method, url, json=body, timeout=_PATIENCE_S)
        value = answer.json()["value"]
        assert answer.ok, value
        return value


@contextmanager
def at_the_desk(folder: Path) -> Iterator[Staff]:
    """A browser with an empty profile."""
    port = free_port()
    driver = subprocess.Popen([DRIVER, f"--port={port}"], stdout=subprocess.PIPE, text=True)
    assert driver.stdout is not None
    try:
        while "started successfully" not in driver.stdout.readline():
            assert driver.poll() is None, "ChromeDriver did not start"
        staff = Staff(f"http://127.0.0.1:{port}", folder)
        try:
            yield staff
        finally:
            staff.leave()
    finally:
        driver.terminate()
        driver.wait(_PATIENCE_S)
        driver.stdout.close()
