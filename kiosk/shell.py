"""The machine around the window: what happens when the program itself fails, and who watches it.

Knows the crash hook, signals, the lock and systemd's watchdog. Does not know what the program is
about.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLockFile, QObject, QTimer

from kiosk.core.errors import ConfigError
from kiosk.logs import Event, say, where

logger = logging.getLogger(__name__)


def catch_crashes(show_out_of_order: Callable[[], None]) -> None:
    """From now on an unexpected error is logged and the screen says where to go instead.

    Exceptions in slots and paint events end here; the event loop itself goes on.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        facts = {"facts": {"error": where(error)}}
        logger.critical(Event.CRASHED.value, exc_info=(kind, error, trace), extra=facts)
        show_out_of_order()

    sys.excepthook = hook


def quit_on_signals(quit_now: Callable[[], None]) -> None:
    """SIGTERM and SIGINT end the program in order; the window's clock lets Python see them."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: quit_now())


def only_one(file: Path) -> QLockFile:
    """The lock that keeps a second window away from the same folder; held while it lives.

    Raises:
        ConfigError: another one holds it.
    """
    if not file.parent.is_dir():
        raise ConfigError(f"{file.parent} is not there: run `kiosk enrol KIT` first")
    lock = QLockFile(str(file))
    lock.setStaleLockTime(0)  # the owner's process decides, not its age
    if not lock.tryLock(0):
        raise ConfigError(f"{file}: another kiosk is running in this folder")
    return lock


class Watchdog(QObject):
    """Tells systemd that the event loop is alive (sd_notify(3)); silent where nobody listens."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._address = os.environ.get("NOTIFY_SOCKET", "")
        period_us = int(os.environ.get("WATCHDOG_USEC", "0"))
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self._tell("WATCHDOG=1"))
        if self._address and period_us:
            self._timer.start(period_us // 4000)  # a quarter of the period, in ms

    def ready(self) -> None:
        """The first picture is on the screen."""
        say(logger, Event.STARTED)
        self._tell("READY=1")

    def _tell(self, message: str) -> None:
        if not self._address:
            return
        path = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to_systemd:
            to_systemd.sendto(message.encode(), path)
