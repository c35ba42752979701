"""What happens when the program fails, and who is told that it lives."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.shell import Watchdog, catch_crashes


class Systemd:
    """The other end of NOTIFY_SOCKET."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.setblocking(False)

    def heard(self) -> list[str]:
        messages = []
        try:
            while True:
                messages.append(self._socket.recv(100).decode())
        except BlockingIOError:
            return messages

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Systemd]:
    address = str(tmp_path / "notify")
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    listening = Systemd(address)
    yield listening
    listening.close()


@pytest.mark.usefixtures("qapp")
def test_the_first_picture_is_told_once(systemd: Systemd) -> None:
    Watchdog().ready()
    assert systemd.heard() == ["READY=1"]


def test_a_living_event_loop_is_told_four_times_a_period(
    systemd: Systemd, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "20000000")
    watchdog = Watchdog()
    assert watchdog._timer.interval() == 5000
    watchdog._timer.setInterval(1)
    heard: list[str] = []
    qtbot.waitUntil(lambda: len(heard.__iadd__(systemd.heard())) > 2)
    watchdog._timer.stop()
    assert set(heard) == {"WATCHDOG=1"}


@pytest.mark.usefixtures("qapp")
def test_an_abstract_address_is_reached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    name = f"kiosk-test-{tmp_path.name}"
    listening = Systemd(f"\0{name}")
    monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
    Watchdog().ready()
    assert listening.heard() == ["READY=1"]
    listening.close()


@pytest.mark.usefixtures("qapp")
def test_where_nobody_listens_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.setenv("WATCHDOG_USEC", "20000000")
    watchdog = Watchdog()
    watchdog.ready()
    assert not watchdog._timer.isActive()


@pytest.fixture
def crashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the crash hook called."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    called: list[str] = []
    catch_crashes(lambda: called.append("out of order"))
    return called


def caught(error: BaseException) -> None:
    """As the interpreter hands an error to the hook that nobody has caught."""
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]


@pytest.mark.logs("crashed")
def test_an_unexpected_error_is_logged_and_the_screen_says_where_to_go(
    crashes: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caught(ValueError("broken"))
    assert crashes == ["out of order"]
    (record,) = caplog.records
    assert record.levelno == logging.CRITICAL
    assert record.exc_info is not None


def test_the_interrupt_key_ends_the_program_in_order(
    crashes: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    caught(KeyboardInterrupt())
    assert crashes == []
    assert "KeyboardInterrupt" in capsys.readouterr().err
