"""Work away from the screen: where its answer arrives, and that it stops."""

from __future__ import annotations

import threading
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from kiosk.tasks import TaskRunner
from tests.builders import ImmediateExecutor, PatientExecutor


class Ear(QObject):
    """Hears answers, and on which thread."""

    heard = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[int] = set()

    def done(self, answer: object) -> None:
        self.answers.append(answer)
        self._heard()

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self._heard()

    def _heard(self) -> None:
        self.threads.add(threading.get_ident())
        self.heard.emit()


def broken() -> int:
    raise ValueError("broken")


@pytest.mark.usefixtures("qapp")
def test_an_immediate_answer_is_delivered() -> None:
    ear, runner = Ear(), TaskRunner(ImmediateExecutor())
    runner.run(lambda: 42, ear.done, ear.failed)
    assert (ear.answers, ear.errors) == ([42], [])
    runner.stop()


@pytest.mark.usefixtures("qapp")
@pytest.mark.logs("task-failed")
def test_an_error_is_delivered_and_logged() -> None:
    ear, runner = Ear(), TaskRunner(ImmediateExecutor())
    runner.run(broken, ear.done, ear.failed)
    assert ear.answers == []
    assert [str(error) for error in ear.errors] == ["broken"]
    runner.stop()


def test_work_runs_on_another_thread_and_is_answered_on_this_one(qtbot: QtBot) -> None:
    ear, runner = Ear(), TaskRunner(ThreadPoolExecutor(1))
    with qtbot.waitSignal(ear.heard):
        runner.run(threading.get_ident, ear.done, ear.failed)
    runner.stop()
    assert ear.threads == {threading.get_ident()}
    assert ear.answers != [threading.get_ident()]


@pytest.mark.logs("task-failed")
def test_an_error_of_another_thread_arrives_on_this_one(qtbot: QtBot) -> None:
    ear, runner = Ear(), TaskRunner(ThreadPoolExecutor(1))
    with qtbot.waitSignal(ear.heard):
        runner.run(broken, ear.done, ear.failed)
    runner.stop()
    assert ear.threads == {threading.get_ident()}
    assert len(ear.errors) == 1


def test_a_hundred_answers_arrive_in_order_and_each_once(qtbot: QtBot) -> None:
    ear, runner = Ear(), TaskRunner(ThreadPoolExecutor(1))
    for number in range(100):
        runner.run(partial(int, number), ear.done, ear.failed)
    qtbot.waitUntil(lambda: len(ear.answers) == 100)
    runner.stop()
    assert ear.answers == list(range(100))


def test_an_answer_that_is_ready_but_not_delivered_is_dropped_by_stop(qtbot: QtBot) -> None:
    ear, executor = Ear(), ThreadPoolExecutor(1)
    runner, go_on = TaskRunner(executor), threading.Event()
    runner.run(lambda: go_on.wait(5), ear.done, ear.failed)
    go_on.set()
    executor.submit(lambda: None).result(5)  # the answer is posted to this thread by now
    runner.stop()
    with qtbot.assertNotEmitted(ear.heard, wait=20):
        pass
    assert ear.answers == []


def test_stop_waits_for_the_work_that_runs_and_cancels_the_rest(qtbot: QtBot) -> None:
    ear, runner = Ear(), TaskRunner(ThreadPoolExecutor(1))
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(5)
        ended.set()

    runner.run(work, ear.done, ear.failed)
    runner.run(broken, ear.done, ear.failed)
    assert begun.wait(5)
    go_on.set()
    runner.stop()
    assert ended.is_set()
    with qtbot.assertNotEmitted(ear.heard, wait=20):
        pass


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("executor", [ImmediateExecutor, PatientExecutor])
def test_after_stop_nothing_is_begun(executor: type[Executor]) -> None:
    ear, runner = Ear(), TaskRunner(executor())
    runner.stop()
    runner.run(lambda: 42, ear.done, ear.failed)
    assert ear.answers == []


@pytest.mark.usefixtures("qapp")
def test_an_answer_after_stop_is_dropped() -> None:
    ear, executor = Ear(), PatientExecutor()
    runner = TaskRunner(executor)
    runner.run(lambda: 42, ear.done, ear.failed)
    runner.stop()
    executor.do_next()
    assert (ear.answers, ear.errors) == ([], [])
