"""The voice: says what it is told, until it is told something else.

Knows the order of things: a recording before an engine, the old words cut off before the new ones
begin, private words in headphones only, honest silence where nothing works. Does not know what
stands on the screen, nor how a sound is made.
"""

from __future__ import annotations

import logging
from array import array
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing
from threading import Lock
from typing import Final

from kiosk.core.choices import VOLUME, Language, Speech, Speed
from kiosk.core.errors import CutOffError, VoiceError
from kiosk.core.utterance import Utterance, audible
from kiosk.core.value import Value, replace
from kiosk.logs import Event, say, where
from kiosk.voice import sound
from kiosk.voice.child import Interrupt
from kiosk.voice.clips import Clips
from kiosk.voice.engine import Engine
from kiosk.voice.level import gain_db, leveled
from kiosk.voice.output import Output
from kiosk.voice.plan import Recorded, parts_of
from kiosk.voice.stretch import stretched
from kiosk.voice.text.piece import Piece

logger = logging.getLogger(__name__)

_SYLLABLE: Final = Piece("a", Language.ENGLISH, 0)  # needs no dictionary
_TRIES = 2  # of an engine that dies under a piece
_HEARD_S = 0.5  # so much sound without trouble shows that it works


class Channel(Value, frozen=True):
    """A device and what it adds to every sound."""

    output: Output
    offset_db: float = 0.0  # measured when it is installed


class _Job(Value, frozen=True):
    """What is to be said; without utterances the chime."""

    utterances: tuple[Utterance, ...]
    speech: Speech
    in_headphones: bool
    start: int = 0  # the part to begin with, after a pause


class _Progress:
    """How far a job has come; of the voice's thread only."""

    def __init__(self, clock: Callable[[], float], start: int) -> None:
        self._clock = clock
        self._began: float | None = None
        self._starts = [(0.0, start)]  # seconds of sound before each part
        self.handed_s = 0.0
        self.failed = False

    def begin(self, part: int) -> None:
        self._starts.append((self.handed_s, part))

    def hand(self, samples: array[int]) -> bytes:
        """Count what goes to the output."""
        if self._began is None:
            self._began = self._clock()
        self.handed_s += sound.duration_s(samples)
        return sound.bytes_of(samples)

    @property
    def heard_s(self) -> float:
        """How much of it has left the device: it cannot be faster than the clock."""
        passed_s = 0.0 if self._began is None else self._clock() - self._began
        return min(passed_s, self.handed_s)

    @property
    def part(self) -> int:
        """The part that is heard now."""
        heard_s = self.heard_s
        return max(part for start_s, part in self._starts if start_s <= heard_s)


class Voice:
    """Says things on a thread of its own; every call returns at once and raises nothing.

    `works` says whether the last words could be heard; whoever asked by `on_change` is called on
    the voice's thread when that changes.
    """

    def __init__(
        self,
        engine: Engine,
        clips: Clips,
        speaker: Channel,
        headphones: Channel,
        executor: Executor,
        clock: Callable[[], float],
    ) -> None:
        """Be silent at first.

        Args:
            engine: speaks what no recording says.
            clips: recordings.
            speaker: what everybody hears.
            headphones: what one person hears.
            executor: with one thread; it is shut down by `close`.
            clock: seconds that only go on.
        """
        self._engine, self._clips, self._clock = engine, clips, clock
        self._speaker, self._headphones = speaker, headphones
        self._executor = executor
        self._interrupt = Interrupt()
        self._lock = Lock()  # over the three below
        self._job: _Job | None = None
        self._paused = False
        self._closed = False
        self._works = True
        self._tell: Callable[[bool], None] = lambda _works: None

    @property
    def works(self) -> bool:
        """Whether what is said can be heard, as far as is known."""
        return self._works

    @property
    def is_speaking(self) -> bool:
        """Something is being said, or held by a pause."""
        return self._job is not None

    def on_change(self, tell: Callable[[bool], None]) -> None:
        """Call this with `works` whenever it changes, on the voice's thread."""
        self._tell = tell

    def try_out(self) -> None:
        """Learn whether it works before a word is asked for; nothing is heard."""
        if not self._closed:
            self._executor.submit(self._try_out).add_done_callback(self._settled)

    def say(self, utterances: tuple[Utterance, ...], speech: Speech, in_headphones: bool) -> None:
        """Say this instead of whatever is being said; where nothing may be said be silent."""
        heard = audible(utterances, in_headphones)
        self._replace(_Job(heard, speech, in_headphones) if heard else None)

    def chime(self, volume: int = VOLUME, *, in_headphones: bool = False) -> None:
        """Two soft tones instead of whatever is being said: the screen asks something."""
        self._replace(_Job((), Speech(volume=volume), in_headphones))

    def stop(self) -> None:
        """Be silent."""
        self._replace(None)

    def pause(self) -> None:
        """Be silent, and know where it was."""
        with self._lock:
            if self._job is not None and not self._closed:
                self._paused = True
                self._interrupt.set()

    def resume(self) -> None:
        """Go on with the piece that a pause cut off, from its beginning."""
        with self._lock:
            was_paused, self._paused = self._paused, False
        if was_paused:
            self._start()

    def close(self) -> None:
        """Be silent for good, and wait until every process and the thread have ended."""
        with self._lock:
            closed, self._closed = self._closed, True
            self._job, self._paused = None, False
            if not closed:
                self._interrupt.set()
        if not closed:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._interrupt.close()

    # on the caller's thread ----------------------------------------------------------------

    def _replace(self, job: _Job | None) -> None:
        with self._lock:
            if self._closed:
                return
            self._job, self._paused = job, False
            self._interrupt.set()
        if job is not None:
            self._start()

    def _start(self) -> None:
        self._executor.submit(self._perform).add_done_callback(self._settled)

    # on the voice's thread -----------------------------------------------------------------

    def _settled(self, done: Future[None]) -> None:
        """An error that nobody expected: told like every other, and the thread lives on."""
        error = None if done.cancelled() else done.exception()
        if error is not None:
            self._know(False, where(error))

    def _try_out(self) -> None:
        """Make one syllable, and open the loudspeaker for a moment of silence."""
        try:
            list(self._spoken(_SYLLABLE, Speed.STANDARD))
            list(leveled([sound.silence(0)], gain_db(VOLUME, self._speaker.offset_db)))
            self._speaker.output.try_out(self._interrupt)
        except CutOffError:
            return
        except VoiceError as error:
            self._know(False, str(error))

    def _perform(self) -> None:
        """Say what is to be said now; newer words have replaced older ones."""
        with self._lock:
            job = self._job
            if job is None or self._paused or self._closed:
                return
            self._interrupt.clear()
        progress = _Progress(self._clock, job.start)
        following: _Job | None = None
        try:
            self._play(job, progress)
            self._learn(progress, progress.handed_s)
        except CutOffError:
            following = replace(job, start=progress.part)  # after a pause it goes on there
            self._learn(progress, progress.heard_s - _HEARD_S)
        except VoiceError as error:
            self._know(False, str(error))
        finally:
            with self._lock:
                if self._job is job:
                    self._job = following

    def _learn(self, progress: _Progress, enough_s: float) -> None:
        """It works, if it sounded long enough and nothing failed."""
        if enough_s > 0 and not progress.failed:
            self._know(True, "")

    def _know(self, works: bool, reason: str) -> None:
        if works is self._works:
            return
        self._works = works
        if works:
            say(logger, Event.VOICE_BACK)
        else:
            say(logger, Event.VOICE_LOST, logging.WARNING, reason=reason)
        self._tell(works)

    def _play(self, job: _Job, progress: _Progress) -> None:
        channel = self._headphones if job.in_headphones else self._speaker
        db = gain_db(job.speech.volume, channel.offset_db)
        with closing(self._samples(job, progress)) as samples:
            channel.output.play(map(progress.hand, leveled(samples, db)), self._interrupt)

    def _samples(self, job: _Job, progress: _Progress) -> Generator[array[int], None, None]:
        if not job.utterances:
            yield from sound.in_chunks(sound.chime())
            return
        for number, part in enumerate(parts_of(job.utterances, self._clips)):
            if number < job.start:
                continue
            progress.begin(number)
            before_s = progress.handed_s
            yield from self._of_part(part, job.speech.speed, progress)
            if progress.handed_s > before_s:
                yield sound.silence(part.pause_ms / 10 / job.speech.speed)

    def _of_part(
        self, part: Piece | Recorded, speed: Speed, progress: _Progress
    ) -> Iterator[array[int]]:
        if isinstance(part, Recorded):
            yield from stretched(part.samples, speed)
            return
        for attempt in range(1, _TRIES + 1):
            begun = False
            try:
                with closing(self._spoken(part, speed)) as chunks:
                    for chunk in chunks:
                        begun = True
                        yield chunk
                return
            except VoiceError as error:
                if begun or attempt == _TRIES:
                    progress.failed = True
                    self._know(False, str(error))
                    return  # the next piece may be recorded

    def _spoken(self, piece: Piece, speed: Speed) -> Generator[array[int], None, None]:
        spoken = self._engine.synthesize(piece.text, piece.language, speed, self._interrupt)
        with closing(spoken):
            yield from sound.trimmed(sound.whole(spoken))
