"""What every test must leave alone: the network, and anything that outlives the test.

A test that expects a warning in the log says so, by `caplog.at_level(logging.WARNING)` around the
act or by `@pytest.mark.logs("beginning of the message")`.
"""

from __future__ import annotations

import gc
import ipaddress
import logging
import socket
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from _pytest.logging import LogCaptureHandler
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

_OURS = ("kiosk", "hub", "db")
_GRACE_S = 2.0  # for a thread that was told to stop and is on its way out
_timers: weakref.WeakSet[QTimer] = weakref.WeakSet()
_refused: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "logs(*beginnings): expects these warnings in the log")


# no network ---------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Connections leave neither this machine nor a trace: the loopback and AF_UNIX are enough."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        look_up = socket.getaddrinfo

        def local_only(host: Any, *arguments: Any, **named: Any) -> Any:
            _refuse_unless(_is_local(host), f"a look-up of {host!r}")
            return look_up(host, *arguments, **named)

        patch.setattr(socket, "getaddrinfo", local_only)
        yield


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def guarded(self: socket.socket, *arguments: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            address = arguments[-1]
            _refuse_unless(_is_local(address[0]), f"a connection to {address!r}")
        return method(self, *arguments)

    return guarded


def _is_local(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_unless(allowed: bool, what: str) -> None:
    if not allowed:
        _refused.append(what)  # the program may swallow the error; the test fails all the same
        raise OSError(f"no network in tests: {what}")


# nothing left over --------------------------------------------------------------------------


class _Warnings(logging.Handler):
    """Keeps what was logged and not declared."""

    def __init__(self, declared: tuple[str, ...]) -> None:
        super().__init__(logging.WARNING)
        self._declared = declared
        self.unexpected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        # `caplog.at_level` sets the level of its own handler, which is 0 otherwise
        asked = {
            handler.level
            for handler in logging.getLogger().handlers
            if isinstance(handler, LogCaptureHandler)
        }
        if record.levelno not in asked and not message.startswith(self._declared):
            self.unexpected.append(f"{record.levelname} {record.name}: {message}")


@pytest.fixture(scope="session", autouse=True)
def _timers_are_watched() -> Iterator[None]:
    """Every timer that Python starts is remembered as long as it lives."""
    start = QTimer.start

    def watched(timer: QTimer, *arguments: Any) -> None:
        _timers.add(timer)
        start(timer, *arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QTimer, "start", watched)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_left(
    request: pytest.FixtureRequest, _no_network: None, _timers_are_watched: None
) -> Iterator[None]:
    """A test leaves no widget, timer, thread, process, log level, and no unexpected warning."""
    marks = [mark.args for mark in request.node.iter_markers("logs")]
    handler = _Warnings(tuple(word for words in marks for word in words))
    loggers = _loggers()
    before = _leftovers()
    _refused.clear()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if getattr(request.node, "has_failed", False):
        return  # its traceback still holds what it made
    left = [f"logged {words}" for words in handler.unexpected]
    left += [f"tried {what}" for what in _refused]
    now = _loggers()
    left += [f"logger {name} changed" for name, state in loggers.items() if now[name] != state]
    left += sorted(_settled(before))
    _restore(loggers)
    if left:
        pytest.fail("left behind: " + "; ".join(left), pytrace=False)


def _loggers() -> dict[str, tuple[int, bool, bool]]:
    """Level, propagation and silence of our loggers, which outlive a test."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _OURS]
    found = {name: logging.getLogger(name) for name in ("root", *names)}
    return {name: (one.level, one.propagate, one.disabled) for name, one in found.items()}


def _restore(loggers: dict[str, tuple[int, bool, bool]]) -> None:
    for name, (level, propagate, disabled) in loggers.items():
        logger = logging.getLogger(name)
        logger.setLevel(level)
        logger.propagate, logger.disabled = propagate, disabled


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    if report.when == "call":
        item.has_failed = report.failed  # type: ignore[attr-defined]
    return report


def _settled(before: frozenset[str]) -> frozenset[str]:
    """What is there now and was not before, after everything that was on its way out is gone."""
    _deliver_deletions()
    left = _leftovers() - before
    if left:
        gc.collect()
        _deliver_deletions()
        for thread in threading.enumerate():
            if not thread.daemon and _of_thread(thread) in left:
                thread.join(_GRACE_S)
        left = _leftovers() - before
    return left


def _deliver_deletions() -> None:
    """Deferred deletions, which `processEvents` does not deliver."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _leftovers() -> frozenset[str]:
    """Everything of this process that a test could leave behind."""
    found = {_of_thread(one) for one in threading.enumerate() if not one.daemon}
    found |= {f"process {number}" for number in _children()}
    if isinstance(QCoreApplication.instance(), QApplication):
        widgets = QApplication.topLevelWidgets()
        found |= {f"window {type(one).__name__} {one.objectName()} {id(one)}" for one in widgets}
    found |= {
        f"timer of {timer.parent()!r}"
        for timer in list(_timers)
        if shiboken6.isValid(timer) and timer.isActive()
    }
    return frozenset(found)


def _of_thread(thread: threading.Thread) -> str:
    return f"thread {thread.name} {thread.ident}"


def _children() -> set[str]:
    """Process numbers of our children, the finished ones that nobody has waited for included."""
    found: set[str] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            found |= set(task.read_text().split())
    return found
