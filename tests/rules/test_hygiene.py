"""The watch over the tests sees what it is there for, and nothing else."""

from __future__ import annotations

import pytest

from tests.rules.sources import ROOT

LEFT_BEHIND = """
import logging, socket, subprocess, sys, threading, warnings
import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

kept = []

def test_a_window(qapp):
    kept.append(QWidget())

def test_a_timer(qapp):
    timer = QTimer()
    timer.start(60_000)
    kept.append(timer)

def test_a_thread():
    stop = threading.Event()
    kept.append(stop)
    threading.Thread(target=lambda: stop.wait(4)).start()

def test_a_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_a_warning_in_the_log():
    logging.getLogger("kiosk.x").warning("nobody expected this")

def test_another_warning_than_declared():
    with pytest.MonkeyPatch.context():
        logging.getLogger("kiosk.x").error("worse")

def test_a_level_of_a_logger():
    logging.getLogger("kiosk").setLevel(logging.DEBUG)

def test_a_connection_that_the_program_swallows():
    with socket.socket() as one:
        try:
            one.connect(("192.0.2.1", 80))
        except OSError:
            pass

def test_a_look_up_that_the_program_swallows():
    try:
        socket.getaddrinfo("hub.example.cn", 443)
    except OSError:
        pass
"""
CLEAN = """
import logging, socket, threading
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

def test_a_window_that_is_deleted_later(qapp):
    QWidget().deleteLater()

def test_a_window_of_pytest_qt(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()

def test_a_timer_that_was_stopped(qapp):
    timer = QTimer()
    timer.start(1)
    timer.stop()

def test_a_timer_that_is_gone(qapp):
    QTimer().start(60_000)

def test_a_thread_that_is_on_its_way_out():
    threading.Thread(target=lambda: threading.Event().wait(0.2)).start()

def test_a_warning_that_was_expected(caplog):
    with caplog.at_level(logging.WARNING):
        logging.getLogger("kiosk.x").warning("as it should be")

@pytest.mark.logs("as it", "so")
def test_a_warning_that_was_declared():
    logging.getLogger("kiosk.x").warning("as it should be")
    logging.getLogger("kiosk.y").error("so it goes")

def test_the_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), 5).close()

def test_a_failure_is_told_once(qapp):
    window = QWidget()
    assert window is None
"""
CONFTEST = 'pytest_plugins = ("tests.hygiene",)\n'


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest(CONFTEST)
    return pytester


def test_everything_that_a_test_leaves_behind_is_an_error(run: pytest.Pytester) -> None:
    run.makepyfile(LEFT_BEHIND)
    many = LEFT_BEHIND.count("def test_")
    result = run.runpytest_subprocess("-p", "no:randomly", "-q")
    result.assert_outcomes(passed=many, errors=many)
    result.stdout.fnmatch_lines(
        [
            "*left behind: window QWidget*",
            "*left behind: timer*",
            "*left behind: thread*",
            "*left behind: process*",
            "*left behind: logged WARNING kiosk.x: nobody expected this*",
            "*left behind: logged ERROR kiosk.x: worse*",
            "*left behind: logger kiosk changed*",
            "*left behind: tried a connection to*192.0.2.1*",
            "*left behind: tried a look-up of 'hub.example.cn'*",
        ]
    )


def test_a_clean_test_is_left_in_peace(run: pytest.Pytester) -> None:
    run.makepyfile(CLEAN)
    many = CLEAN.count("def test_")
    result = run.runpytest_subprocess("-p", "no:randomly", "-q")
    result.assert_outcomes(passed=many - 1, failed=1)
