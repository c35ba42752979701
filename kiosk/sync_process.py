"""The sync worker as the window sees it: a process that is kept running and says what it did.

Knows the worker's lines and when to start it again. Does not know what a sync does.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from kiosk.logs import Event, say

logger = logging.getLogger(__name__)

_RESTART_MS = 5000
_PATIENCE_MS = 3000


class _Told(msgspec.Struct):
    """A line of the worker."""

    event: str
    version: int | None = None
    reason: str = ""


class SyncProcess(QObject):
    """Keeps `kiosk sync --watch` running beside the window.

    Signals:
        updated(): another edition is in place.
    """

    updated = Signal()

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._process: QProcess | None = None

    def start(self) -> None:
        """Start the worker; it is started again whenever it ends."""
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._ended)
        # from source the interpreter runs us; a built program is its own executable
        from_source = Path(sys.executable).name.startswith("python")
        program = ["-m", "kiosk"] if from_source else []
        process.start(sys.executable, [*program, "sync", "--watch", "--data", str(self._data_dir)])
        self._process = process

    def stop(self) -> None:
        """End the worker: it goes when its stdin does, and is not asked twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._ended)
        process.closeWriteChannel()
        if not process.waitForFinished(_PATIENCE_MS):
            process.kill()
            process.waitForFinished(_PATIENCE_MS)

    def restart(self) -> None:
        """Begin anew, with the worker's deep check of what is stored."""
        self.stop()
        self.start()

    def _hear(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                told = msgspec.json.decode(self._process.readLine().data(), type=_Told)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue  # whatever wrote that was not the worker
            if told.event == "updated":
                say(logger, Event.SYNC_UPDATED, version=told.version)
                self.updated.emit()
            elif told.event == "failed":
                say(logger, Event.SYNC_FAILED, logging.WARNING, reason=told.reason)
            elif told.event == "clips-updated":
                say(logger, Event.CLIPS_UPDATED, version=told.version)
            elif told.event == "clips-failed":
                say(logger, Event.CLIPS_FAILED, logging.WARNING, reason=told.reason)

    def _ended(self) -> None:
        say(logger, Event.SYNC_STOPPED, logging.WARNING)
        self._process = None
        QTimer.singleShot(_RESTART_MS, self, self.start)
