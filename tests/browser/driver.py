"""A real Chromium, driven over its own line.

Speaks to ChromeDriver in its own protocol (W3C WebDriver), which is a few requests. Selenium would
bring an event loop with it whose plugin for Hypothesis warns at every start of pytest, and here
warnings are errors.
"""

from __future__ import annotations

import base64
import subprocess
import time
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
PATIENCE_S = 30


class Browser:
    """One browser window."""

    def __init__(self, driver: str, folder: Path, *switches: str) -> None:
        self._http = requests.Session()
        self._at = driver
        options = {"binary": BROWSER, "args": [*_QUIET, *switches, f"--user-data-dir={folder}"]}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        made = self.ask("POST", "session", {"capabilities": {"alwaysMatch": wanted}})
        self._at = f"{driver}/session/{made['sessionId']}"

    def open(self, url: str) -> None:
        """Type an address."""
        self.ask("POST", "url", {"url": url})

    def press(self, selector: str) -> None:
        """Where a mouse or a finger would click."""
        self.ask("POST", f"element/{self.find(selector)}/click", {})

    def write(self, selector: str, text: str) -> None:
        """By keys."""
        self.ask("POST", f"element/{self.find(selector)}/value", {"text": text})

    def find(self, selector: str) -> str:
        """The driver's name of an element."""
        found = self.ask("POST", "element", {"using": "css selector", "value": selector})
        return str(next(iter(found.values())))

    def address(self) -> str:
        """What stands in the line of addresses."""
        return str(self.ask("GET", "url"))

    def until_at(self, beginning: str) -> None:
        """Asked again and again: a way may lead there over another address."""
        end = time.monotonic() + PATIENCE_S
        while not self.address().startswith(beginning):
            assert time.monotonic() < end, (self.address(), beginning)

    def text(self) -> str:
        """Everything that is to be read."""
        return str(self.run("return document.body.innerText"))

    def title(self) -> str:
        """What stands on the tab."""
        return str(self.ask("GET", "title"))

    def complaints(self) -> list[str]:
        """What the browser itself found wrong: scripts, policies, missing files."""
        found = self.ask("POST", "se/log", {"type": "browser"})
        return [one["message"] for one in found if one["level"] == "SEVERE"]

    def picture(self, file: Path) -> None:
        """What is to be seen."""
        file.write_bytes(base64.b64decode(self.ask("GET", "screenshot")))

    def run(self, script: str, *arguments: Any) -> Any:
        """Ask the page itself."""
        return self.ask("POST", "execute/sync", {"script": script, "args": list(arguments)})

    def command(self, name: str, **facts: Any) -> Any:
        """Tell the browser something that only its developers' tools can do."""
        return self.ask("POST", "goog/cdp/execute", {"cmd": name, "params": facts})

    def leave(self) -> None:
        """Close the window."""
        self.ask("DELETE", "")
        self._http.close()

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request of the protocol."""
        url = f"{self._at}/{path}".rstrip("/")
        answer = self._http.request(method, url, json=body, timeout=PATIENCE_S)
        value = answer.json()["value"]
        assert answer.ok, value
        return value


@contextmanager
def driving() -> Iterator[str]:
    """ChromeDriver, and where it listens."""
    port = free_port()
    driver = subprocess.Popen([DRIVER, f"--port={port}"], stdout=subprocess.PIPE, text=True)
    assert driver.stdout is not None
    try:
        while "started successfully" not in driver.stdout.readline():
            assert driver.poll() is None, "ChromeDriver did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        driver.terminate()
        driver.wait(PATIENCE_S)
        driver.stdout.close()
