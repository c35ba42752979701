"""The voice as a whole: what is heard, in which order, and what happens where nothing works."""

from __future__ import annotations

import logging
import os
import select
import signal
import threading
import time
from array import array
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.clips import LIST, Clip, encode
from kiosk.core.choices import Language, Speech, Speed
from kiosk.core.errors import CutOffError
from kiosk.core.utterance import Utterance
from kiosk.voice.child import Interrupt
from kiosk.voice.clips import Clips
from kiosk.voice.engine import Engine, EspeakEngine
from kiosk.voice.output import AplayOutput, FolderOutput, NoOutput, Output
from kiosk.voice.sound import RATE_HZ, samples_of
from kiosk.voice.text.pinyin import Reader
from kiosk.voice.voice import Channel, Voice
from tests.builders import ImmediateExecutor
from tests.kiosk.voice.hearing import (
    children,
    joined,
    loudness,
    open_files,
    program,
    read_wav,
    seconds,
    until,
    with_aplay,
    with_espeak,
    write_wav,
)

LOUDEST = Speech(on=True, volume=10)
HELLO, TICKET, BYE = Utterance("您好"), Utterance("先取号"), Utterance("再见")
SECRET = Utterance("您的身份证号", private=True)
RECORDED = {"您好": 4000, "先取号": 8000, "再见": 12000}  # each is one second of one value
_SILENCE_MOST_S = 0.5


class Tape:
    """An output that keeps what it was given, and can be held so that it plays no further."""

    def __init__(self) -> None:
        self.sounds: list[array[int]] = []
        self.hold_after_s: float | None = None
        self.is_held = threading.Event()

    def try_out(self, interrupt: Interrupt) -> None:
        """It always works."""

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        sound = array("h")
        self.sounds.append(sound)
        for chunk in chunks:
            sound += samples_of(chunk)
            if self.hold_after_s is not None and seconds(sound) >= self.hold_after_s:
                self.is_held.set()
                poll = select.poll()
                poll.register(interrupt.fileno(), select.POLLIN)
                assert poll.poll(10_000), "nobody cut it off"
                raise CutOffError

    def values(self) -> list[list[int]]:
        """Which recordings stand in each sound, in their order."""
        return [
            list(dict.fromkeys(value for value in sound if value in RECORDED.values()))
            for sound in self.sounds
        ]


class Place:
    """A voice with its thread, its clock and what it told of itself."""

    def __init__(
        self, engine: Engine, clips: Clips, speaker: Output, headphones: Output | None = None
    ) -> None:
        self.executor = ThreadPoolExecutor(1, "voice")
        self.now_s = 0.0
        self.told: list[bool] = []
        self.voice = Voice(
            engine,
            clips,
            Channel(speaker),
            Channel(headphones or NoOutput(), offset_db=-6.0),
            self.executor,
            lambda: self.now_s,
        )
        self.voice.on_change(self.told.append)

    def say(
        self, *utterances: Utterance, speech: Speech = LOUDEST, headphones: bool = False
    ) -> None:
        self.voice.say(utterances, speech, headphones)

    def settle(self) -> None:
        """Wait until the thread has nothing to do."""
        self.executor.submit(int).result(20)


@pytest.fixture
def places() -> Iterator[Callable[..., Place]]:
    made: list[Place] = []

    def make(*arguments: object) -> Place:
        made.append(Place(*arguments))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for place in made:
        place.voice.close()


@pytest.fixture
def espeak(reader: Reader) -> EspeakEngine:
    return EspeakEngine(lambda: reader.spelled)


@pytest.fixture
def nobody(reader: Reader) -> EspeakEngine:
    """An engine that is not installed."""
    return EspeakEngine(lambda: reader.spelled, "no-such-engine")


@pytest.fixture
def recorded(tmp_path: Path) -> Clips:
    folder = tmp_path / "clips"
    folder.mkdir()
    clips = []
    for number, (text, value) in enumerate(RECORDED.items()):
        write_wav(folder / f"{number}.wav", array("h", [value]) * RATE_HZ)
        clips.append(Clip("zh", text, f"{number}.wav"))
    (folder / LIST).write_bytes(encode(clips))
    return Clips([folder])


@pytest.fixture
def tape() -> Tape:
    return Tape()


# what is said -----------------------------------------------------------------------------------


@with_espeak
def test_words_become_sound(
    places: Callable[..., Place], espeak: EspeakEngine, tmp_path: Path
) -> None:
    place = places(espeak, Clips([]), FolderOutput(tmp_path / "said"))
    place.say(Utterance("请带身份证，到2楼3号窗口。"), Utterance("Please wait.", Language.ENGLISH))
    place.settle()
    sound = read_wav(tmp_path / "said" / "said-0001.wav")
    assert 4 < seconds(sound) < 9
    assert loudness(sound) > 1500
    assert place.voice.works
    assert place.told == []
    assert not place.voice.is_speaking


def test_utterances_are_said_in_their_order(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    place.say(HELLO, TICKET, BYE)
    place.settle()
    assert tape.values() == [list(RECORDED.values())]
    assert 3.5 < seconds(tape.sounds[0]) < 3 + 3 * _SILENCE_MOST_S


def test_a_recording_comes_before_the_engine_also_for_one_sentence(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    place.say(Utterance("您好\n先取号"))
    place.settle()
    assert tape.values() == [[4000, 8000]]
    assert place.voice.works


@with_espeak
def test_without_a_recording_the_engine_speaks(
    places: Callable[..., Place], espeak: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(espeak, recorded, tape)
    place.say(HELLO, Utterance("请坐"), BYE)
    place.settle()
    assert seconds(tape.sounds[0]) > 3.5
    assert tape.values()[0][0] == 4000
    assert tape.values()[0][-1] == 12000


@pytest.mark.parametrize(("speed", "least_s", "most_s"), [(200, 0.4, 0.9), (50, 1.9, 3.2)])
def test_a_recording_is_said_faster_and_slower(
    places: Callable[..., Place],
    nobody: EspeakEngine,
    recorded: Clips,
    tape: Tape,
    speed: int,
    least_s: float,
    most_s: float,
) -> None:
    place = places(nobody, recorded, tape)
    place.say(HELLO, speech=Speech(on=True, speed=Speed(speed), volume=10))
    place.settle()
    assert least_s < seconds(tape.sounds[0]) < most_s


@with_espeak
def test_louder_is_louder_and_faster_is_shorter(
    places: Callable[..., Place], espeak: EspeakEngine, tape: Tape
) -> None:
    place = places(espeak, Clips([]), tape)
    words = Utterance("请到窗口问")
    for speech in (
        Speech(volume=4),
        Speech(volume=8),
        Speech(speed=Speed.FASTEST, volume=8),
    ):
        place.say(words, speech=speech)
        place.settle()
    soft, loud, fast = tape.sounds
    assert loudness(loud) == pytest.approx(loudness(soft) * 4, rel=0.05)  # 12 dB
    assert seconds(fast) < seconds(loud) * 0.65


def test_nothing_to_say_is_silence(
    places: Callable[..., Place], nobody: EspeakEngine, tape: Tape
) -> None:
    place = places(nobody, Clips([]), tape)
    place.say()
    place.say(Utterance("  "), Utterance("！"))
    place.settle()
    assert sum(map(len, tape.sounds)) == 0
    assert place.voice.works


def test_the_chime_needs_no_engine(
    places: Callable[..., Place], nobody: EspeakEngine, tape: Tape
) -> None:
    place = places(nobody, Clips([]), tape)
    place.voice.chime()
    place.settle()
    assert 0.3 < seconds(tape.sounds[0]) < 1
    assert loudness(tape.sounds[0]) > 300
    assert place.voice.works


# who hears it -----------------------------------------------------------------------------------


def test_private_words_never_leave_the_loudspeaker(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    headphones = Tape()
    place = places(nobody, recorded, tape, headphones)
    place.say(Utterance("您好", private=True))
    place.settle()
    assert tape.sounds == headphones.sounds == []
    place.say(Utterance("您好", private=True), BYE)
    place.settle()
    assert tape.values() == [[12000]]
    place.say(Utterance("您好", private=True), BYE, headphones=True)
    place.settle()
    assert len(tape.sounds) == 1
    assert len(headphones.sounds) == 1
    assert seconds(headphones.sounds[0]) > 2


def test_private_words_still_cut_off_what_was_being_said(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 0.2
    place.say(HELLO)
    assert tape.is_held.wait(10)
    place.say(SECRET)
    place.settle()
    assert len(tape.sounds) == 1
    assert not place.voice.is_speaking


def test_a_device_has_its_own_level(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    headphones = Tape()
    place = places(nobody, recorded, tape, headphones)
    place.say(HELLO)
    place.say(HELLO, headphones=True)
    place.settle()
    place.say(HELLO)
    place.settle()
    assert max(headphones.sounds[0]) == pytest.approx(max(tape.sounds[-1]) / 2, rel=0.01)  # -6 dB


# one thing at a time ----------------------------------------------------------------------------


def test_new_words_cut_off_the_old_ones(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 0.2
    place.say(HELLO, TICKET)
    assert tape.is_held.wait(10)
    assert place.voice.is_speaking
    tape.hold_after_s = None
    place.say(BYE)
    place.settle()
    assert tape.values() == [[4000], [12000]]


def test_the_old_player_is_gone_before_the_new_one_begins(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    script = (
        f"for old in $(cat {log}); do [ -e /proc/$old ] && echo overlap >>{log}; done;"
        f"echo $$ >>{log}; exec sleep 30"
    )
    log.touch()
    player = AplayOutput("x", program(tmp_path / "player", script), patience_s=20)
    place = places(nobody, recorded, player)
    for number, words in enumerate((HELLO, TICKET, BYE), start=1):
        place.say(words)
        until(lambda number=number: len(log.read_text().split()) >= number)  # type: ignore[misc]
    place.voice.stop()
    place.settle()
    assert len(log.read_text().split()) == 3
    assert "overlap" not in log.read_text()
    assert children() == set()


def test_of_many_words_at_once_the_last_ones_are_heard(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    for _ in range(100):
        place.say(HELLO)
        place.say(TICKET)
    place.say(BYE)
    place.settle()
    assert tape.values()[-1] == [12000]
    assert seconds(tape.sounds[-1]) > 1
    assert place.voice.works


def test_every_call_returns_at_once_whatever_hangs(
    places: Callable[..., Place], reader: Reader, tape: Tape, tmp_path: Path
) -> None:
    engine = EspeakEngine(
        lambda: reader.spelled, program(tmp_path / "engine", "exec sleep 30"), patience_s=20
    )
    place = places(engine, Clips([]), tape)
    voice, taken_s = place.voice, []
    acts: list[Callable[[], None]] = [
        lambda: place.say(Utterance("请坐" * 200)),
        voice.pause,
        voice.resume,
        voice.chime,
        voice.stop,
    ]
    for _ in range(20):
        for act in acts:
            started = time.perf_counter()
            act()
            taken_s.append(time.perf_counter() - started)
    assert sorted(taken_s)[len(taken_s) // 2] < 0.001


def test_silence_is_there_at_once(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 0.2
    place.say(HELLO)
    assert tape.is_held.wait(10)
    place.voice.stop()
    place.settle()
    assert not place.voice.is_speaking
    place.voice.resume()
    place.settle()
    assert len(tape.sounds) == 1


def test_it_works_on_whatever_thread_it_is_given(
    nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    voice = Voice(nobody, recorded, Channel(tape), Channel(tape), ImmediateExecutor(), lambda: 0.0)
    voice.say((HELLO,), LOUDEST, in_headphones=False)
    voice.close()
    assert tape.values() == [[4000]]


# pausing ----------------------------------------------------------------------------------------


def test_after_a_pause_it_goes_on_with_what_was_being_said(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 2.2
    place.say(HELLO, TICKET, BYE)
    assert tape.is_held.wait(10)
    place.now_s = 1.9  # so much has been heard: the second is being said
    place.voice.pause()
    place.settle()
    assert place.voice.is_speaking
    tape.hold_after_s = None
    place.voice.resume()
    place.settle()
    assert tape.values()[-1] == [8000, 12000]
    assert not place.voice.is_speaking


def test_what_was_handed_over_but_not_heard_is_said_again(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 2.2
    place.say(HELLO, TICKET, BYE)
    assert tape.is_held.wait(10)
    place.now_s = 0.4
    place.voice.pause()
    tape.hold_after_s = None
    place.voice.resume()
    place.settle()
    assert tape.values()[-1] == [4000, 8000, 12000]


def test_it_can_be_paused_again_and_again(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 0.5
    place.say(HELLO, TICKET)
    for _ in range(4):
        assert tape.is_held.wait(10)
        tape.is_held.clear()
        place.voice.pause()
        place.voice.pause()
        place.settle()
        place.voice.resume()
        place.voice.resume()
    assert tape.is_held.wait(10)
    tape.hold_after_s = None
    place.voice.pause()
    place.voice.resume()
    place.settle()
    assert tape.values()[-1] == [4000, 8000]


def test_new_words_end_a_pause(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    tape.hold_after_s = 0.2
    place.say(HELLO)
    assert tape.is_held.wait(10)
    place.voice.pause()
    tape.hold_after_s = None
    place.say(BYE)
    place.settle()
    assert tape.values() == [[4000], [12000]]
    place.voice.resume()
    place.settle()
    assert len(tape.sounds) == 2


def test_there_is_nothing_to_pause_in_silence(
    places: Callable[..., Place], nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = places(nobody, recorded, tape)
    place.voice.pause()
    assert not place.voice.is_speaking
    place.say(HELLO)
    place.settle()
    assert tape.values() == [[4000]]


# where nothing works ----------------------------------------------------------------------------


def events(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_a_missing_engine_is_told_once_and_recordings_are_heard_all_the_same(
    places: Callable[..., Place],
    nobody: EspeakEngine,
    recorded: Clips,
    tape: Tape,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = places(nobody, recorded, tape)
    with caplog.at_level(logging.WARNING):
        place.say(Utterance("请坐"), HELLO, Utterance("请站"))
        place.settle()
    assert tape.values() == [[4000]]
    assert not place.voice.works
    assert place.told == [False]
    assert events(caplog) == ["voice-lost"]
    place.say(HELLO)
    place.settle()
    assert place.told == [False, True]


def test_what_comes_back_is_told(
    places: Callable[..., Place],
    espeak: EspeakEngine,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    player = program(tmp_path / "player", "echo 'no such card' >&2; exit 1")
    place = places(espeak, Clips([]), AplayOutput("x", player))
    with caplog.at_level(logging.WARNING):
        place.voice.chime()
        place.settle()
    assert (place.voice.works, place.told) == (False, [False])
    program(tmp_path / "player", "exec cat >/dev/null")
    with caplog.at_level(logging.INFO, logger="kiosk"):
        place.voice.chime()
        place.settle()
    assert (place.voice.works, place.told) == (True, [False, True])
    assert events(caplog)[-1] == "voice-back"


@with_aplay
def test_without_a_sound_card_there_is_silence_and_a_flag(
    places: Callable[..., Place],
    nobody: EspeakEngine,
    recorded: Clips,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = places(nobody, recorded, AplayOutput("no-such-device"))
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            place.say(HELLO)
            place.settle()
    assert not place.voice.works
    assert not place.voice.is_speaking
    assert events(caplog) == ["voice-lost"]


@with_espeak
def test_an_engine_that_dies_once_is_asked_again(
    places: Callable[..., Place], reader: Reader, tape: Tape, tmp_path: Path
) -> None:
    script = f'[ -e {tmp_path}/once ] && exec espeak-ng "$@"; touch {tmp_path}/once; kill -9 $$'
    engine = EspeakEngine(lambda: reader.spelled, program(tmp_path / "engine", script))
    place = places(engine, Clips([]), tape)
    place.say(Utterance("请坐"))
    place.settle()
    assert seconds(tape.sounds[0]) > 0.4
    assert place.voice.works


def test_a_player_that_is_killed_in_the_middle_of_a_word(
    places: Callable[..., Place],
    nobody: EspeakEngine,
    recorded: Clips,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    player = program(tmp_path / "player", "exec sleep 30")
    place = places(nobody, recorded, AplayOutput("x", player, patience_s=20))
    with caplog.at_level(logging.WARNING):
        place.say(HELLO, TICKET, BYE)
        until(lambda: len(children()) == 1)
        for number in children():
            os.kill(number, signal.SIGKILL)
        place.settle()
    assert not place.voice.works
    assert children() == set()


class Broken:
    """An engine with a mistake in it."""

    def synthesize(
        self, text: str, language: Language, speed: Speed, interrupt: Interrupt
    ) -> Generator[bytes, None, None]:
        raise RuntimeError(text)


def test_a_mistake_nobody_expected_is_silence_and_its_words_are_not_logged(
    places: Callable[..., Place],
    recorded: Clips,
    tape: Tape,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = places(Broken(), recorded, tape)
    with caplog.at_level(logging.WARNING):
        place.voice.try_out()
        place.say(Utterance("秘密"))
        place.settle()
    assert not place.voice.works
    assert not place.voice.is_speaking
    assert [record.__dict__["facts"]["reason"][:12] for record in caplog.records] == [
        "RuntimeError"
    ]
    assert "秘密" not in str([record.__dict__ for record in caplog.records])
    place.say(HELLO)
    place.settle()
    assert tape.values()[-1] == [4000]


# beginning and end ------------------------------------------------------------------------------


@with_espeak
def test_trying_it_out_says_nothing(
    places: Callable[..., Place], espeak: EspeakEngine, tmp_path: Path
) -> None:
    place = places(espeak, Clips([]), FolderOutput(tmp_path / "said"))
    place.voice.try_out()
    place.settle()
    assert place.voice.works
    assert list((tmp_path / "said").iterdir()) == []


def test_trying_it_out_tells_what_is_missing(
    places: Callable[..., Place],
    nobody: EspeakEngine,
    tape: Tape,
    caplog: pytest.LogCaptureFixture,
) -> None:
    place = places(nobody, Clips([]), tape)
    with caplog.at_level(logging.WARNING):
        place.voice.try_out()
        place.settle()
    assert place.told == [False]


def test_words_do_not_wait_for_the_trial_to_end(
    places: Callable[..., Place], reader: Reader, recorded: Clips, tape: Tape, tmp_path: Path
) -> None:
    engine = EspeakEngine(
        lambda: reader.spelled, program(tmp_path / "engine", "exec sleep 30"), patience_s=20
    )
    place = places(engine, recorded, tape)
    place.voice.try_out()
    until(lambda: len(children()) == 1)
    place.say(HELLO)
    place.settle()
    assert tape.values() == [[4000]]


def test_closing_in_the_middle_of_a_word_leaves_nothing_behind(
    nobody: EspeakEngine, recorded: Clips, tmp_path: Path
) -> None:
    files = open_files()
    player = program(tmp_path / "player", "exec sleep 30")
    place = Place(nobody, recorded, AplayOutput("x", player, patience_s=20))
    place.say(HELLO, TICKET)
    until(lambda: len(children()) == 1)
    place.voice.close()
    assert children() == set()
    assert open_files() == files


def test_a_closed_voice_is_silent_for_good(
    nobody: EspeakEngine, recorded: Clips, tape: Tape
) -> None:
    place = Place(nobody, recorded, tape)
    place.voice.close()
    place.voice.close()
    place.say(HELLO)
    place.voice.try_out()
    place.voice.chime()
    place.voice.pause()
    place.voice.resume()
    place.voice.stop()
    assert tape.sounds == []
    assert joined(tape.sounds) == array("h")
