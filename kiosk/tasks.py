"""The one idiom for work away from the GUI thread.

Knows an executor and one signal. Does not know what the work is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from kiosk.logs import Event, say

logger = logging.getLogger(__name__)
_T = TypeVar("_T")


class TaskRunner(QObject):
    """Runs work on an executor and delivers its answer on this object's thread.

    The work touches no Qt object and no session; it returns a value. After `stop` nothing is
    delivered any more.
    """

    _settled = Signal(object, object)

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
        if self._stopped:
            return
        future = self._executor.submit(work)
        future.add_done_callback(lambda settled: self._settle(settled, (done, failed)))

    def stop(self) -> None:
        """Deliver nothing any more, and wait for the work that is running."""
        self._stopped = True
        self._executor.shutdown(wait=True, cancel_futures=True)

    def _settle(self, future: Future[Any], callbacks: object) -> None:
        if not self._stopped:
            self._settled.emit(future, callbacks)

    def _deliver(self, future: Future[Any], callbacks: Any) -> None:
        if self._stopped:
            return
        done, failed = callbacks
        try:
            answer = future.result()
        except CancelledError:
            return
        except Exception as error:
            say(logger, Event.TASK_FAILED, logging.WARNING, error=repr(error))
            failed(error)
        else:
            done(answer)
