"""What somebody says as words: the port, nobody behind it, and a hall's own program behind it.

Knows how a program is started, told to end and cleared away, and the one line that it answers
with (docs/config.md). Does not know how speech is recognised, nor what the words are for. What
was said is handed on and nowhere kept: not in a file, not in the log, not in an error.
"""

from __future__ import annotations

import logging
import os
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, Protocol

import msgspec

from kiosk.core.asking import QUERY_MAX
from kiosk.core.value import Value
from kiosk.logs import Event, say

logger = logging.getLogger(__name__)

GUESSES_MAX = 5
_GRACE_S: Final = 2.0  # between "say what you have understood" and the end
_BYTES_MAX: Final = 65_536
_READ_BYTES: Final = 8192
_ENDS = " 。．.，,、？?！!；;：:…·~—-\"'“”‘’"  # recognisers end a sentence; a search has none


class Guess(Value, frozen=True):
    """What may have been said; the higher the score, the likelier."""

    text: str
    score: float = 0.0


class Dictation(Protocol):
    """Listens, and makes words of it."""

    @property
    def works(self) -> bool:
        """Somebody can be listened to."""
        ...

    def listen(self, seconds: float) -> tuple[Guess, ...]:
        """Listen for so long at most: the likeliest first, none where nothing was understood.

        Waits; never raises. One at a time.
        """
        ...

    def stop(self) -> None:
        """Listen no longer, at once, and forget what was heard; from any thread."""
        ...


class NoDictation:
    """A machine without a microphone."""

    @property
    def works(self) -> bool:
        """Nobody can be listened to."""
        return False

    def listen(self, seconds: float) -> tuple[Guess, ...]:
        """Nothing is heard."""
        return ()

    def stop(self) -> None:
        """Nobody is listening."""


class _Text(msgspec.Struct):
    text: str
    score: float = 0.0


class _Answer(msgspec.Struct):
    texts: list[_Text]


class _Heard(Value, frozen=True):
    """What came out of a program until it had answered, had ended, or its time was over."""

    answer: tuple[Guess, ...] | None = None  # None where no line is an answer
    trouble: str = ""


class CommandDictation:
    """Starts a program for each time that somebody speaks.

    It opens the microphone, listens until the speaker is silent, writes one line of JSON and ends:

        {"texts": [{"text": "…", "score": 0.8}, …]}

    Other lines are passed over. When its time is over it gets SIGTERM and may still answer; after
    that it is killed, with all that it has started.
    """

    def __init__(
        self,
        command: Sequence[str],
        grace_s: float = _GRACE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command, self._grace_s, self._clock = tuple(command), grace_s, clock
        self._name = Path(self._command[0]).name
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    @property
    def works(self) -> bool:
        """The program is there."""
        return shutil.which(self._command[0]) is not None

    def listen(self, seconds: float) -> tuple[Guess, ...]:
        """Run the program once; see `Dictation`."""
        try:
            process = self._begin()
        except (OSError, ValueError) as error:  # not there, no program; no command at all
            self._fail(f"cannot be started: {type(error).__name__}")
            return ()
        try:
            heard = self._hear(process, seconds)
        finally:
            status = self._end(process)
        if self._is_stopped:
            return ()
        trouble = heard.trouble or _trouble_of(status)
        if heard.answer is None and trouble:
            self._fail(trouble)
        return heard.answer or ()

    def stop(self) -> None:
        """Kill the program if one is running; see `Dictation`."""
        with self._turn:
            self._is_stopped = True
            if self._process is not None:
                _signal(self._process, signal.SIGKILL)

    def _begin(self) -> subprocess.Popen[bytes]:
        with self._turn:
            self._is_stopped = False
            self._process = subprocess.Popen(  # noqa: S603 — a program of the settings, no shell
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # may hold what was said
                bufsize=0,
                start_new_session=True,  # so that all it starts can be ended with it
            )
            return self._process

    def _hear(self, process: subprocess.Popen[bytes], seconds: float) -> _Heard:
        pipe = process.stdout
        assert pipe is not None  # noqa: S101 — it was asked for
        lines = _Lines()
        for chunk in self._chunks(process, pipe, seconds):
            for line in lines.of(chunk):
                answer = _read(line)
                if answer is not None:
                    _signal(process, signal.SIGTERM)
                    return _Heard(answer)
            if lines.count > _BYTES_MAX:
                _signal(process, signal.SIGTERM)
                return _Heard(trouble="said too much")
        unread = "gave no answer that can be read" if lines.count else ""
        return _Heard(_read(lines.rest), unread)

    def _chunks(
        self, process: subprocess.Popen[bytes], pipe: IO[bytes], seconds: float
    ) -> Iterator[bytes]:
        """What it gives, until it gives no more: by itself, or a while after it was told to end."""
        for patience_s, is_last in ((seconds, False), (self._grace_s, True)):
            until = self._clock() + patience_s
            while _is_ready(pipe.fileno(), until - self._clock()):
                chunk = os.read(pipe.fileno(), _READ_BYTES)
                if not chunk:
                    return
                yield chunk
            if not is_last:
                _signal(process, signal.SIGTERM)

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        """Clear it away with all that it has started; how it ended."""
        with suppress(OSError):  # no more files can be opened: then it has no time to end
            watched = os.pidfd_open(process.pid)
            try:
                _is_ready(watched, self._grace_s)
            finally:
                os.close(watched)
        with self._turn:
            self._process = None
            _signal(process, signal.SIGKILL)  # before `wait`: until then the number is its own
            if process.stdout is not None:
                process.stdout.close()
            with suppress(subprocess.TimeoutExpired):  # stuck in a driver: the next start reaps it
                process.wait(self._grace_s)
        return process.returncode or 0

    def _fail(self, reason: str) -> None:
        words = f"{self._name}: {reason}"
        say(logger, Event.DICTATION_FAILED, logging.WARNING, reason=words)


class _Lines:
    """Bytes as whole lines, and what is left."""

    def __init__(self) -> None:
        self.rest, self.count = b"", 0

    def of(self, chunk: bytes) -> list[bytes]:
        """The lines that are whole with this chunk."""
        self.count += len(chunk)
        *whole, self.rest = (self.rest + chunk).split(b"\n")
        return whole


def cleaned(text: str) -> str:
    """Words for the search field: on one line, printable, without the end of a sentence."""
    line = " ".join(text.split())
    shown = "".join(sign for sign in line if sign.isprintable())
    return shown.strip(_ENDS)[:QUERY_MAX].strip(_ENDS)


def _read(line: bytes) -> tuple[Guess, ...] | None:
    """The guesses of a line, the likeliest first; None where it is no answer."""
    try:
        answer = msgspec.json.decode(line, type=_Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    ordered = sorted(answer.texts, key=lambda one: -one.score)
    guesses: dict[str, Guess] = {}
    for one in ordered:
        text = cleaned(one.text)
        if text:
            guesses.setdefault(text, Guess(text, one.score))
    return tuple(guesses.values())[:GUESSES_MAX]


def _trouble_of(status: int) -> str:
    if status == -signal.SIGKILL:
        return "does not end"
    return "" if status in (0, -signal.SIGTERM) else f"ended with {status}"


def _is_ready(number: int, patience_s: float) -> bool:
    poll = select.poll()
    poll.register(number, select.POLLIN)
    return bool(poll.poll(max(0.0, patience_s) * 1000))


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the program and all that it has started; it has not been waited for yet."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)
