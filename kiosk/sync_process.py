"""The sync worker as the window sees it: a process that is kept running and says what it did.

Knows the worker's lines, when to start it again, and by which sign staff name what went wrong. Does
not know what a sync does.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from kiosk.core.staff import SyncProgress
from kiosk.logs import Event, say

logger = logging.getLogger(__name__)

_RESTART_MS = 5000
_PATIENCE_MS = 3000
_CHECK_NOW = b"now\n"
_NO_WORKER = "SYNC-0"
_SIGNS = {  # for staff to say on the telephone, docs/operations.md
    "HubUnreachableError": "NET-1",
    "HubAnswerError": "NET-2",
    "NotTrustedError": "SIGN-1",
    "DiskError": "DISK-1",
}
_OTHER_SIGN = "SYNC-1"


class _Told(msgspec.Struct):
    """A line of the worker."""

    event: str
    version: int | None = None
    reason: str = ""
    stage: str = ""
    share: float = 0.0


class SyncProcess(QObject):
    """Keeps `kiosk sync --watch` running beside the window.

    Signals:
        updated(): another edition is in place.
        progressed(object): the check that was asked for is further on, or has ended.
    """

    updated = Signal()
    progressed = Signal(object)

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._process: QProcess | None = None
        self._progress = SyncProgress()
        self._has_begun = False  # the check that was asked for, and no other one

    @property
    def progress(self) -> SyncProgress:
        """How far the check is that was asked for last; may be read on any thread."""
        return self._progress

    def check_now(self) -> None:
        """Have the hub asked at once."""
        process = self._process
        if process is None:
            self._tell(SyncProgress(error=_NO_WORKER))
            return
        self._has_begun = False
        self._tell(SyncProgress(is_running=True))
        process.write(_CHECK_NOW)

    def start(self) -> None:
        """Start the worker, unless one runs; it is started again whenever it ends."""
        if self._process is not None:  # staff were quicker than the next start
            return
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        # from source the interpreter runs us; a built program is its own executable
        from_source = Path(sys.executable).name.startswith("python")
        program = ["-m", "kiosk"] if from_source else []
        self._process = process  # first: whether it can begin may be told within the call
        process.start(sys.executable, [*program, "sync", "--watch", "--data", str(self._data_dir)])

    def stop(self) -> None:
        """End the worker: it goes when its stdin does, and is not asked twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._ended)
        process.errorOccurred.disconnect(self._failed)
        process.closeWriteChannel()
        if not process.waitForFinished(_PATIENCE_MS):
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
        process.deleteLater()

    def restart(self) -> None:
        """Begin anew, with the worker's deep check of what is stored."""
        self.stop()
        self.start()
        if self._progress.is_running:  # whoever asked the one before for a check waits for it
            self.check_now()

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                told = msgspec.json.decode(self._process.readLine().data(), type=_Told)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue  # whatever wrote that was not the worker
            self._follow(told)
            if told.event == "updated":
                say(logger, Event.SYNC_UPDATED, version=told.version)
                self.updated.emit()
            elif told.event == "failed":
                say(logger, Event.SYNC_FAILED, logging.WARNING, reason=told.reason)
            elif told.event == "clips-updated":
                say(logger, Event.CLIPS_UPDATED, version=told.version)
            elif told.event == "clips-failed":
                say(logger, Event.CLIPS_FAILED, logging.WARNING, reason=told.reason)

    def _follow(self, told: _Told) -> None:
        """A check that ran already when somebody asked for one says nothing about theirs."""
        if told.event == "progress":
            self._has_begun = True
            self._tell(SyncProgress(True, told.stage, told.share))
        elif self._has_begun and told.event in ("checked", "updated", "failed"):
            self._has_begun = False
            kind = told.reason.partition(":")[0]
            error = _SIGNS.get(kind, _OTHER_SIGN) if told.event == "failed" else ""
            self._tell(SyncProgress(error=error))

    def _tell(self, progress: SyncProgress) -> None:
        if progress != self._progress:
            self._progress = progress
            self.progressed.emit(progress)

    def _failed(self, error: QProcess.ProcessError) -> None:
        """A worker that never began does not end either; of all else its end is told."""
        if error is QProcess.ProcessError.FailedToStart:
            self._ended()

    def _ended(self) -> None:
        say(logger, Event.SYNC_STOPPED, logging.WARNING)
        process, self._process = self._process, None
        if process is not None:  # one a start would be kept for as long as we are
            process.deleteLater()
        if self._progress.is_running:
            self._tell(SyncProgress(error=_NO_WORKER))
        QTimer.singleShot(_RESTART_MS, self, self.start)
