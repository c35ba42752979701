"""The engine: how its sound is, and every way in which it can fail."""

from __future__ import annotations

import os
import signal
import threading
import time
from array import array
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.core.choices import Language, Speed
from kiosk.core.errors import CutOffError, VoiceError
from kiosk.voice.child import Interrupt
from kiosk.voice.engine import EspeakEngine
from kiosk.voice.sound import silence, trimmed, whole
from kiosk.voice.text.pinyin import Reader
from tests.kiosk.voice.hearing import (
    children,
    joined,
    loudness,
    peak,
    pitch_hz,
    program,
    seconds,
    until,
    with_espeak,
    write_wav,
)

TEXTS = {
    Language.CHINESE: "请带上本人身份证，到二楼三号窗口办，先取号，等叫到号再过去",
    Language.ENGLISH: "Please bring your identity card to counter three on the second floor",
    Language.UYGHUR: "كىملىكىڭىزنى ئېلىپ ئىككىنچى قەۋەتتىكى ئۈچىنچى كۆزنەككە بېرىڭ",
}


@pytest.fixture
def engine(reader: Reader) -> EspeakEngine:
    return EspeakEngine(lambda: reader.spelled)


@pytest.fixture
def standing_in(reader: Reader, tmp_path: Path) -> Callable[[str], EspeakEngine]:
    """An engine whose program is a script."""
    return lambda script: EspeakEngine(
        lambda: reader.spelled, program(tmp_path / "engine", script), patience_s=0.3
    )


def heard(engine: EspeakEngine, language: Language, speed: Speed, flag: Interrupt) -> array[int]:
    text = TEXTS[language]
    return joined(trimmed(whole(engine.synthesize(text, language, speed, flag))))


# its sound ------------------------------------------------------------------------------------


@with_espeak
@pytest.mark.parametrize("language", Language)
def test_it_is_loud_enough_not_cut_off_and_not_silent_at_its_ends(
    engine: EspeakEngine, language: Language, interrupt: Interrupt
) -> None:
    raw = joined(whole(engine.synthesize(TEXTS[language], language, Speed.STANDARD, interrupt)))
    sound = joined(trimmed([raw]))
    assert 2000 < loudness(sound) < 4500
    assert peak(raw) < 32000
    assert seconds(raw) - seconds(sound) < 0.15
    assert loudness(sound[:2000]) > 100
    assert loudness(sound[-2000:]) > 30


@with_espeak
@pytest.mark.parametrize("language", Language)
def test_it_is_as_fast_as_asked_at_the_same_pitch(
    engine: EspeakEngine, language: Language, interrupt: Interrupt
) -> None:
    sounds = {speed: heard(engine, language, speed, interrupt) for speed in Speed}
    usual = sounds[Speed.STANDARD]
    for speed, sound in sounds.items():
        assert seconds(sound) * speed / 100 == pytest.approx(seconds(usual), rel=0.12), speed
        assert pitch_hz(sound) == pytest.approx(pitch_hz(usual), rel=0.1), speed
    assert all(seconds(slow) > seconds(fast) for slow, fast in pairwise(sounds.values()))


@with_espeak
def test_chinese_has_about_180_characters_a_minute(
    engine: EspeakEngine, interrupt: Interrupt
) -> None:
    sound = heard(engine, Language.CHINESE, Speed.STANDARD, interrupt)
    characters = len(TEXTS[Language.CHINESE].replace("，", ""))
    assert characters / seconds(sound) * 60 == pytest.approx(180, rel=0.12)


@with_espeak
@pytest.mark.parametrize("language", Language)
def test_all_languages_are_as_loud(
    engine: EspeakEngine, language: Language, interrupt: Interrupt
) -> None:
    chinese = loudness(heard(engine, Language.CHINESE, Speed.STANDARD, interrupt))
    other = loudness(heard(engine, language, Speed.STANDARD, interrupt))
    assert other == pytest.approx(chinese, rel=0.25)  # 2 dB


@with_espeak
def test_a_long_text_begins_before_it_is_finished(
    engine: EspeakEngine, interrupt: Interrupt
) -> None:
    text = "，".join([TEXTS[Language.CHINESE]] * 20)
    with closing(engine.synthesize(text, Language.CHINESE, Speed.SLOWEST, interrupt)) as chunks:
        assert next(chunks)
        assert len(children()) == 1, "it waits until somebody takes the rest"
    assert children() == set()


@with_espeak
def test_no_text_is_an_option(engine: EspeakEngine, interrupt: Interrupt) -> None:
    sound = joined(
        whole(engine.synthesize("--version", Language.ENGLISH, Speed.STANDARD, interrupt))
    )
    assert seconds(sound) > 0.3


def test_a_character_whose_sound_nobody_knows_is_silence_and_no_failure(
    standing_in: Callable[[str], EspeakEngine], interrupt: Interrupt
) -> None:
    engine = standing_in("exit 3")
    assert list(engine.synthesize("\U0002ebe0", Language.CHINESE, Speed.STANDARD, interrupt)) == []


# its failures ---------------------------------------------------------------------------------


def fails(engine: EspeakEngine, flag: Interrupt) -> str:
    with pytest.raises(VoiceError) as caught:
        list(engine.synthesize("好", Language.CHINESE, Speed.STANDARD, flag))
    assert children() == set()
    return str(caught.value)


def test_an_engine_that_is_not_there(reader: Reader, interrupt: Interrupt) -> None:
    engine = EspeakEngine(lambda: reader.spelled, "no-such-engine")
    assert fails(engine, interrupt) == "no-such-engine: No such file or directory"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("cat >/dev/null; echo 'no voice' >&2; exit 3", "engine: no voice"),
        ("cat >/dev/null; exit 3", "engine: ended with 3"),
        ("cat >/dev/null", "engine: gave no sound"),
        ("cat >/dev/null; echo hello", "engine: gave no sound"),
        ("exec sleep 30", "engine: does nothing"),
        ("cat >/dev/null; kill -9 $$", "engine: ended with -9"),
    ],
)
def test_an_engine_that_fails(
    standing_in: Callable[[str], EspeakEngine], script: str, reason: str, interrupt: Interrupt
) -> None:
    assert fails(standing_in(script), interrupt) == reason


def test_an_engine_whose_sound_has_another_rate(
    standing_in: Callable[[str], EspeakEngine], tmp_path: Path, interrupt: Interrupt
) -> None:
    file = write_wav(tmp_path / "other.wav", silence(1), rate_hz=16000)
    engine = standing_in(f"cat >/dev/null; cat {file}")
    assert fails(engine, interrupt) == "engine: gave sound of another rate"


def test_an_engine_that_does_not_listen_is_no_trouble_with_short_texts(
    standing_in: Callable[[str], EspeakEngine], interrupt: Interrupt
) -> None:
    assert "engine:" in fails(standing_in("exec <&-; exec sleep 30"), interrupt)


@with_espeak
def test_an_engine_that_is_killed_in_the_middle_of_a_word(
    engine: EspeakEngine, interrupt: Interrupt
) -> None:
    text = "，".join([TEXTS[Language.CHINESE]] * 20)
    chunks = engine.synthesize(text, Language.CHINESE, Speed.STANDARD, interrupt)
    assert next(chunks)
    for number in children():
        os.kill(number, signal.SIGKILL)
    with pytest.raises(VoiceError, match="espeak-ng: ended with -9"):
        list(chunks)


def test_an_engine_that_hangs_is_cut_off_at_once(
    standing_in: Callable[[str], EspeakEngine], interrupt: Interrupt
) -> None:
    engine = standing_in("exec sleep 30")
    engine._patience_s = 30.0
    caught: list[type[BaseException]] = []

    def speak() -> None:
        try:
            list(engine.synthesize("好", Language.CHINESE, Speed.STANDARD, interrupt))
        except (CutOffError, VoiceError) as error:
            caught.append(type(error))

    thread = threading.Thread(target=speak)
    thread.start()
    until(lambda: len(children()) == 1)
    started = time.monotonic()
    interrupt.set()
    thread.join(10)
    assert caught == [CutOffError]
    assert time.monotonic() - started < 1
    assert children() == set()


def test_nothing_begins_while_it_is_cut_off(
    standing_in: Callable[[str], EspeakEngine], interrupt: Interrupt
) -> None:
    interrupt.set()
    interrupt.set()
    with pytest.raises(CutOffError):
        list(standing_in("cat").synthesize("好", Language.CHINESE, Speed.STANDARD, interrupt))
    interrupt.clear()
    assert fails(standing_in("cat"), interrupt)


def test_the_dictionary_is_loaded_once_and_late(interrupt: Interrupt) -> None:
    loaded = []

    def load() -> Callable[[str], str]:
        loaded.append(1)
        return str.upper

    engine = EspeakEngine(load, "no-such-engine")
    assert loaded == []
    for _ in range(2):
        fails(engine, interrupt)
    assert loaded == [1]
