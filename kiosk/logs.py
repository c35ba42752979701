"""The staff log: JSON lines of a closed vocabulary, rotating, bounded.

Knows the events. Does not know anything about a citizen, and never will: no search words, no
places with times, no codes.
"""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec
from typing_extensions import override

_BYTES = 1_000_000
_FILES = 3


class Event(StrEnum):
    """Everything that is ever written, each explained in docs/events.md."""

    STARTED = "started"
    STOPPED = "stopped"
    CATALOG_OPENED = "catalog-opened"
    CATALOG_DAMAGED = "catalog-damaged"
    CATALOG_MISSING = "catalog-missing"
    SYNC_UPDATED = "sync-updated"
    SYNC_FAILED = "sync-failed"
    SYNC_STOPPED = "sync-stopped"
    SLIP_SETTLED = "slip-settled"
    TASK_FAILED = "task-failed"
    JACK_LOST = "jack-lost"
    VOICE_LOST = "voice-lost"
    VOICE_BACK = "voice-back"
    DICTATION_FAILED = "dictation-failed"
    HELP_UNREACHABLE = "help-unreachable"
    LIGHT_FAILED = "light-failed"
    REPORT_FAILED = "report-failed"
    REPORT_TAKEN = "report-taken"
    CLIPS_UPDATED = "clips-updated"
    CLIPS_FAILED = "clips-failed"
    CLIP_REFUSED = "clip-refused"
    LOG_LOST = "log-lost"
    CRASHED = "crashed"


class _Lines(logging.Formatter):
    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= getattr(record, "facts", {})
        if record.exc_info:
            # the way through our code, not the error's words: they may be a citizen's
            line["trace"] = "".join(traceback.format_tb(record.exc_info[2]))
        return msgspec.json.encode(line, enc_hook=repr).decode()


class Writer:
    """Writes everything this program logs into a folder, from `open` to `close`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handler: logging.Handler | None = None

    def open(self) -> None:
        """Begin; a folder that cannot be written leaves the log to stderr."""
        from logging.handlers import RotatingFileHandler  # sockets and pickles come with it

        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                self._folder / "kiosk.jsonl", maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8"
            )
        except OSError as error:
            say(logging.getLogger(__name__), Event.LOG_LOST, logging.ERROR, error=str(error))
            return
        handler.setFormatter(_Lines())
        root = logging.getLogger("kiosk")
        root.setLevel(logging.INFO)
        root.addHandler(handler)
        self._handler = handler

    def close(self) -> None:
        """End."""
        if self._handler is not None:
            logging.getLogger("kiosk").removeHandler(self._handler)
            self._handler.close()
            self._handler = None


def where(error: BaseException) -> str:
    """What kind of error it is and where it came from, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def say(logger: logging.Logger, event: Event, level: int = logging.INFO, **facts: object) -> None:
    """One event with its facts."""
    logger.log(level, event.value, extra={"facts": facts})
