"""A child process at the end of a pipe that never holds its parent up.

Knows pipes, patience and the end of a process: whatever happens, none is left behind. Does not
know what flows through the pipe.
"""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kiosk.core.errors import CutOffError, VoiceError

_READ_BYTES = 8192
_WORDS_BYTES = 300  # of what a player says of its trouble
_GRACE_S = 1.0  # until a killed process is gone


class Interrupt:
    """A flag that another thread sets and that `poll` can wait for."""

    def __init__(self) -> None:
        self._reads, self._writes = os.pipe()
        os.set_blocking(self._reads, False)
        os.set_blocking(self._writes, False)

    def set(self) -> None:
        """Cut off whatever waits; at once."""
        with suppress(BlockingIOError):  # it is set many times over
            os.write(self._writes, b"!")

    def clear(self) -> None:
        """From now on wait again."""
        with suppress(BlockingIOError):
            while os.read(self._reads, _READ_BYTES):
                pass

    def fileno(self) -> int:
        """Readable where it is set."""
        return self._reads

    def close(self) -> None:
        """Let go of the pipe; nobody may wait any more."""
        os.close(self._reads)
        os.close(self._writes)


class Child:
    """A running program: what it is given, what it gives, and its end."""

    def __init__(self, command: Sequence[str], interrupt: Interrupt) -> None:
        """Start it.

        Raises:
            VoiceError: it cannot be started.
        """
        self.name = Path(command[0]).name
        self._interrupt = interrupt
        try:
            self._process = subprocess.Popen(  # noqa: S603 — a program of the settings, no shell
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
            )
        except OSError as error:
            raise VoiceError(f"{self.name}: {error.strerror}") from error
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                os.set_blocking(pipe.fileno(), False)

    def give(self, data: bytes, patience_s: float) -> None:
        """Hand over all of it.

        Raises:
            CutOffError: the interrupt was set meanwhile.
            VoiceError: it took nothing for so long, or is gone.
        """
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            raise VoiceError(f"{self.name}: takes nothing any more")
        rest = memoryview(data)
        while rest:
            self._wait_for(pipe.fileno(), select.POLLOUT, patience_s)
            try:
                rest = rest[os.write(pipe.fileno(), rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise VoiceError(f"{self.name}: {self._words() or error.strerror}") from error

    def end_input(self) -> None:
        """Tell it that nothing more comes."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def take(self, patience_s: float) -> bytes:
        """What it gives next; nothing at its end.

        Raises:
            CutOffError: the interrupt was set meanwhile.
            VoiceError: it gave nothing for so long.
        """
        pipe = self._process.stdout
        if pipe is None:
            return b""
        self._wait_for(pipe.fileno(), select.POLLIN, patience_s)
        return os.read(pipe.fileno(), _READ_BYTES)

    def finish(self, patience_s: float) -> None:
        """Wait for its end by itself.

        Raises:
            CutOffError: the interrupt was set meanwhile.
            VoiceError: it did not end in time, or ended with an error.
        """
        while self.take(patience_s):
            pass
        try:
            status = self._process.wait(_GRACE_S)  # its output has ended, so it is on its way out
        except subprocess.TimeoutExpired as error:
            raise VoiceError(f"{self.name}: does not end") from error
        if status:
            raise VoiceError(f"{self.name}: {self._words() or f'ended with {status}'}")

    def close(self) -> None:
        """End it at once, if it still runs, and clear it away."""
        self._process.kill()  # nothing happens where it is gone already
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        with suppress(subprocess.TimeoutExpired):  # stuck in a driver: the next poll reaps it
            self._process.wait(_GRACE_S)

    def _wait_for(self, number: int, event: int, patience_s: float) -> None:
        poll = select.poll()
        poll.register(self._interrupt.fileno(), select.POLLIN)
        poll.register(number, event)
        ready = dict(poll.poll(patience_s * 1000))
        if self._interrupt.fileno() in ready:
            raise CutOffError
        if number not in ready:
            raise VoiceError(f"{self.name}: does nothing")

    def _words(self) -> str:
        """The first line of what it says of its trouble."""
        pipe = self._process.stderr
        if pipe is None:
            return ""
        try:
            words = os.read(pipe.fileno(), _WORDS_BYTES)
        except OSError:  # nothing there yet
            return ""
        return words.decode("utf-8", "replace").strip().partition("\n")[0]
