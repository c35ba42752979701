"""What makes sound of words: the port, and espeak-ng behind it.

Knows espeak-ng's options, its voices and how fast they speak. Does not know who listens. An engine
that sounds better is another class with the same two methods (docs/speech.md).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Final, Protocol

from kiosk.core.choices import Language, Speed
from kiosk.core.errors import VoiceError
from kiosk.core.value import Value
from kiosk.voice.child import Child, Interrupt
from kiosk.voice.sound import RATE_HZ

PATIENCE_S: Final = 2.0  # a sentence takes 15 ms


class Engine(Protocol):
    """Makes sound of one piece of text."""

    def synthesize(
        self, text: str, language: Language, speed: Speed, interrupt: Interrupt
    ) -> Generator[bytes, None, None]:
        """The sound of a text in chunks, in the format of `kiosk.voice.sound`.

        Raises:
            CutOffError: the interrupt was set meanwhile.
            VoiceError: the engine is not there, failed, or gave nothing for too long.
        """
        ...


class EspeakVoice(Value, frozen=True):
    """A voice of espeak-ng and what it is told for each speed."""

    name: str
    amplitude: int  # as loud as the others, and below the level where espeak cuts peaks off
    paces: tuple[tuple[int, int], ...]  # words a minute and gap, for each `Speed` from the slowest


# Measured with espeak-ng 1.51 (docs/speech.md): at 100 % Mandarin has 180 characters a minute and
# English 120 words, AUD-06. It knows no rate below 80, so slower is longer between the words.
_VOICES: Final = {
    Language.CHINESE: EspeakVoice(
        "cmn-latn-pinyin",
        70,
        ((80, 1), (99, 0), (120, 0), (146, 0), (184, 0), (219, 0), (262, 0)),
    ),
    Language.ENGLISH: EspeakVoice(
        "en-us",
        88,
        ((80, 14), (80, 5), (80, 0), (101, 0), (131, 0), (161, 0), (202, 0)),
    ),
    Language.UYGHUR: EspeakVoice(
        "ug",
        83,
        ((80, 14), (80, 2), (95, 0), (120, 0), (156, 0), (192, 0), (250, 0)),
    ),
}
_HEADER_BYTES = 44  # of a WAV file on a pipe; its length is not known yet
_RATE_AT = slice(24, 28)


class EspeakEngine:
    """Starts espeak-ng for every piece, and ends it when nobody listens any more."""

    def __init__(
        self,
        spelling: Callable[[], Callable[[str], str]],
        program: str = "espeak-ng",
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Prepare.

        Args:
            spelling: makes the function that writes Chinese as pinyin; called once, late, on the
                voice's thread, because it is slow.
            program: the program, found on the path.
            patience_s: how long it may give nothing.
        """
        self._make_spelling = spelling
        self._spelling: Callable[[str], str] | None = None
        self._program, self._patience_s = program, patience_s

    def synthesize(
        self, text: str, language: Language, speed: Speed, interrupt: Interrupt
    ) -> Generator[bytes, None, None]:
        """The sound of a text in chunks; see `Engine`."""
        words = self._spell(text) if language is Language.CHINESE else text
        if not words:  # nothing but characters so rare that nobody knows their sound
            return
        with closing(Child(self.command(language, speed), interrupt)) as child:
            child.give(f"{words}\n".encode(), self._patience_s)
            child.end_input()
            yield from self._sound_of(child)
            child.finish(self._patience_s)

    def command(self, language: Language, speed: Speed) -> list[str]:
        """The program with its options."""
        voice = _VOICES[language]
        rate, gap = voice.paces[list(Speed).index(speed)]
        said = [self._program, "-v", voice.name, "-a", str(voice.amplitude)]
        said += ["-s", str(rate), "-g", str(gap)]
        return [*said, "-z", "--stdout"]  # -z: no silence at the end

    def _sound_of(self, child: Child) -> Iterator[bytes]:
        header = b""
        while len(header) < _HEADER_BYTES:
            chunk = child.take(self._patience_s)
            if not chunk:
                child.finish(self._patience_s)  # says why
                raise VoiceError(f"{child.name}: gave no sound")
            header += chunk
        if int.from_bytes(header[_RATE_AT], "little") != RATE_HZ:
            raise VoiceError(f"{child.name}: gave sound of another rate")
        yield header[_HEADER_BYTES:]
        while chunk := child.take(self._patience_s):
            yield chunk

    def _spell(self, text: str) -> str:
        if self._spelling is None:
            self._spelling = self._make_spelling()
        return self._spelling(text)
