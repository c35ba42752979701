"""Where sound goes: the port, a sound card by ALSA's aplay, a folder, nowhere.

Knows devices by ALSA's names. Does not know what is said.
"""

from __future__ import annotations

import wave
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, Protocol

from kiosk.core.errors import VoiceError
from kiosk.voice.child import Child, Interrupt
from kiosk.voice.sound import BYTES_A_SAMPLE, RATE_HZ, bytes_of, silence

PATIENCE_S: Final = 3.0  # for a device that another program holds
_TRIED_S = 0.02
_BUFFER_US = 250_000  # of the device: how far ahead of the ear it is filled


class Output(Protocol):
    """Something that sounds."""

    def try_out(self, interrupt: Interrupt) -> None:
        """Learn whether it works, without a sound; raises as `play` does."""
        ...

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        """Play all of it and return when it has sounded.

        Raises:
            CutOffError: the interrupt was set meanwhile; the sound has ended at once.
            VoiceError: the device is not there, or failed.
        """
        ...


class AplayOutput:
    """A device of ALSA, through the program that comes with it."""

    def __init__(
        self, device: str = "default", program: str = "aplay", patience_s: float = PATIENCE_S
    ) -> None:
        self._command = [program, "-q", "-D", device, "-t", "raw", "-f", "S16_LE", "-c", "1"]
        self._command += ["-r", str(RATE_HZ), f"--buffer-time={_BUFFER_US}"]
        self._patience_s = patience_s

    def try_out(self, interrupt: Interrupt) -> None:
        """Open the device for a moment; see `Output`."""
        self.play([bytes_of(silence(_TRIED_S))], interrupt)

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        """Play all of it; see `Output`."""
        sound = iter(chunks)
        first = next(sound, b"")
        if not first:
            return
        with closing(Child(self._command, interrupt)) as child:
            child.give(first, self._patience_s)
            for chunk in sound:
                child.give(chunk, self._patience_s)
            child.end_input()
            child.finish(self._patience_s)


class FolderOutput:
    """Writes what would have sounded as WAV files; for machines without a sound card."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def try_out(self, interrupt: Interrupt) -> None:
        """Make the folder; see `Output`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise VoiceError(f"{self._folder.name}: {error.strerror}") from error

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        """Write one file; see `Output`. What is cut off is written as far as it went."""
        self.try_out(interrupt)
        try:
            number = 1 + max((_number(file) for file in self._folder.glob("said-*.wav")), default=0)
            with wave.open(str(self._folder / f"said-{number:04d}.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(BYTES_A_SAMPLE)
                file.setframerate(RATE_HZ)
                for chunk in chunks:
                    file.writeframes(chunk)
        except OSError as error:
            raise VoiceError(f"{self._folder.name}: {error.strerror}") from error


class NoOutput:
    """A machine without any sound: what is said is not heard, and the screen says so."""

    def try_out(self, interrupt: Interrupt) -> None:
        """Refuse; see `Output`."""
        raise VoiceError("no sound device is set")

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        """Refuse; see `Output`."""
        raise VoiceError("no sound device is set")


def _number(file: Path) -> int:
    with suppress(ValueError):
        return int(file.stem.removeprefix("said-"))
    return 0
