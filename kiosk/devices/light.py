"""A light, or whatever else a hall has, that shows at the machine that somebody wants help.

Knows how a program of the hall's own is run, with `on` or `off` behind its arguments. Does not know
what it switches.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from kiosk.logs import Event, say

logger = logging.getLogger(__name__)

_PATIENCE_S: Final = 5.0


class Light(Protocol):
    """Shows that somebody wants help."""

    def switch(self, on: bool) -> None:
        """On or off; does not wait, and never raises."""
        ...

    def close(self) -> None:
        """Off, and wait for that."""
        ...


class NoLight:
    """A machine without one."""

    def switch(self, on: bool) -> None:
        """Nothing is switched."""

    def close(self) -> None:
        """Nothing was."""


class CommandLight:
    """Runs a program each time, one after another; what does not end in time is killed."""

    def __init__(self, command: Sequence[str], patience_s: float = _PATIENCE_S) -> None:
        self._command, self._patience_s = tuple(command), patience_s
        self._name = Path(self._command[0]).name
        self._runs = ThreadPoolExecutor(1, "light")
        self._is_on = False

    def switch(self, on: bool) -> None:
        """Run the program, unless it has been run for the same; see `Light`."""
        if on != self._is_on:
            self._is_on = on
            self._runs.submit(self._run, "on" if on else "off")

    def close(self) -> None:
        """Off, and wait for that."""
        self.switch(on=False)
        self._runs.shutdown(wait=True)

    def _run(self, word: str) -> None:
        try:
            process = subprocess.Popen(  # noqa: S603 — a program of the settings, no shell
                (*self._command, word),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # so that all it starts can be ended with it
            )
        except (OSError, ValueError) as error:
            self._fail(f"cannot be started: {type(error).__name__}")
            return
        try:
            status = process.wait(self._patience_s)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):  # stuck in a driver
                process.wait(self._patience_s)
            self._fail("does not end")
            return
        if status:
            self._fail(f"ended with {status}")

    def _fail(self, reason: str) -> None:
        say(logger, Event.LIGHT_FAILED, logging.WARNING, reason=f"{self._name}: {reason}")
