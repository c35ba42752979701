"""The one idiom for work away from the GUI thread.

Knows an executor and one signal. Does not know what the work is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.core.errors import SearchCancelledError
from kiosk.logs import Event, say, where

logger = logging.getLogger(__name__)
_T = TypeVar("_T")


class TaskRunner(QObject):
    """Runs work on an executor and delivers its answers on this object's thread, in order.

    The work touches no Qt object and no session; it returns a value. After `stop` nothing is
    delivered any more.
    """

    _settled = Signal(object)

    def __init__(self, executor: Executor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor
        self._stopped = False
        self._settled.connect(self._deliver)

    def run(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Start the work; exactly one of `done` and `failed` is called later."""
        if not self._stopped:
            self._executor.submit(self._do, work, done, failed)

    def stop(self) -> None:
        """Deliver nothing any more, and wait for the work that is running."""
        self._stopped = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _do(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """On the executor's thread; the signal crosses to the object's own."""
        try:
            answer = work()
        except Exception as error:
            if not isinstance(error, SearchCancelledError):  # that is how typing goes
                # where, and not its words: they may be a citizen's
                say(logger, Event.TASK_FAILED, logging.WARNING, error=where(error))
            failure = error
            self._emit(lambda: failed(failure))
        else:
            self._emit(lambda: done(answer))

    def _emit(self, deliver: Callable[[], None]) -> None:
        if not self._stopped:
            self._settled.emit(deliver)

    def _deliver(self, deliver: Callable[[], None]) -> None:
        if not self._stopped:
            deliver()
