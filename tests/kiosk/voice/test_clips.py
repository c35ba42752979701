"""Recordings: found by their words, and left aside where they are broken."""

from __future__ import annotations

import json
import logging
import math
import os
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

from db.clips import LIST, decode
from kiosk import assets
from kiosk.core.choices import Language
from kiosk.voice.clips import Clips
from kiosk.voice.sound import silence
from tests.kiosk.voice.hearing import loudness, open_files, seconds, write_wav

ZH, EN = Language.CHINESE, Language.ENGLISH
TONE = array("h", [1000, -1000] * 200)
OTHER = array("h", [2000, -2000] * 200)


def folder(path: Path, words: dict[str, dict[str, str]], **sounds: array[int]) -> Path:
    """A folder with a list of language → text → file."""
    path.mkdir(exist_ok=True)
    for name, samples in sounds.items():
        write_wav(path / f"{name}.wav", samples)
    clips = [
        {"language": language, "text": text, "file": file}
        for language, files in words.items()
        for text, file in files.items()
    ]
    (path / LIST).write_text(json.dumps({"version": 1, "clips": clips}), "utf-8")
    return path


def test_words_are_found_by_text_and_language(tmp_path: Path) -> None:
    clips = Clips(
        [folder(tmp_path, {"zh": {"您好": "a.wav"}, "en": {"Hi": "b.wav"}}, a=TONE, b=OTHER)]
    )
    assert clips.sound("您好", ZH) == TONE
    assert clips.sound("Hi", EN) == OTHER
    assert clips.sound("您好", EN) is None
    assert clips.sound("您好！", ZH) is None


def test_spaces_and_lines_do_not_matter(tmp_path: Path) -> None:
    clips = Clips([folder(tmp_path, {"zh": {"2 楼  3 号": "a.wav"}}, a=TONE)])
    assert clips.sound(" 2 楼 3\n号", ZH) == TONE


def test_the_first_folder_wins_and_the_next_one_helps_out(tmp_path: Path) -> None:
    first = folder(tmp_path / "1", {"zh": {"您好": "a.wav"}}, a=TONE)
    second = folder(tmp_path / "2", {"zh": {"您好": "a.wav", "再见": "b.wav"}}, a=OTHER, b=OTHER)
    clips = Clips([first, second])
    assert clips.sound("您好", ZH) == TONE
    assert clips.sound("再见", ZH) == OTHER


def test_without_a_folder_there_is_nothing(tmp_path: Path) -> None:
    assert Clips([]).sound("您好", ZH) is None
    assert Clips([tmp_path / "none"]).sound("您好", ZH) is None


def test_clips_that_come_later_are_found(tmp_path: Path) -> None:
    clips = Clips([tmp_path])
    assert clips.sound("您好", ZH) is None
    folder(tmp_path, {"zh": {"您好": "a.wav"}}, a=TONE)
    assert clips.sound("您好", ZH) == TONE


@pytest.mark.parametrize(
    "broken",
    ["missing", "text", "cut", "empty", "stereo", "other-rate", "too-long", "outside", "folder"],
)
def test_a_broken_file_is_left_aside_and_told_once(
    tmp_path: Path, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = {"outside": "../a.wav", "folder": "."}.get(broken, "a.wav")
    place = folder(tmp_path / "clips", {"zh": {"您好": name, "再见": "b.wav"}}, b=OTHER)
    file = place / "a.wav"
    if broken == "text":
        file.write_text("no sound", "utf-8")
    elif broken == "cut":
        file.write_bytes(write_wav(tmp_path / "x.wav", TONE).read_bytes()[:30])
    elif broken == "empty":
        write_wav(file, array("h"))
    elif broken == "stereo":
        write_wav(file, TONE, channels=2)
    elif broken == "other-rate":
        write_wav(file, TONE, rate_hz=96000)
    elif broken == "too-long":
        write_wav(file, silence(61))
    elif broken == "outside":
        write_wav(tmp_path / "a.wav", TONE)
    clips, files = Clips([place]), open_files()
    with caplog.at_level(logging.WARNING):
        assert clips.sound("您好", ZH) is None
        assert clips.sound("您好", ZH) is None
    assert [record.getMessage() for record in caplog.records] == ["clip-refused"]
    assert clips.sound("再见", ZH) == OTHER
    assert open_files() == files


@pytest.mark.parametrize(
    "content", ["", "[]", '{"version": 2, "clips": []}', '{"version": 1, "clips": [3]}', "\x00"]
)
def test_a_broken_list_is_no_list(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / LIST).write_text(content, "utf-8")
    clips = Clips([tmp_path])
    with caplog.at_level(logging.WARNING):
        assert clips.sound("您好", ZH) is None
        assert clips.sound("您好", ZH) is None
    assert len(caplog.records) == 1
    folder(tmp_path, {"zh": {"您好": "a.wav"}}, a=TONE)
    assert clips.sound("您好", ZH) == TONE


def test_a_file_that_was_mended_is_found_with_the_next_list(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = folder(tmp_path, {"zh": {"您好": "a.wav"}})
    clips = Clips([place])
    with caplog.at_level(logging.WARNING):
        assert clips.sound("您好", ZH) is None
    folder(place, {"zh": {"您好": "a.wav"}}, a=TONE)
    os.utime(place / LIST, ns=(1, 1))
    assert clips.sound("您好", ZH) == TONE


@pytest.mark.parametrize("rate_hz", [8000, 16000, 22050, 44100, 48000])
def test_a_sound_of_another_rate_is_as_long_and_as_high(tmp_path: Path, rate_hz: int) -> None:
    wave = array(
        "h", (round(9000 * math.sin(n * 400 * math.tau / rate_hz)) for n in range(rate_hz))
    )
    place = folder(tmp_path, {"zh": {"您好": "a.wav"}})
    write_wav(place / "a.wav", wave, rate_hz)
    found = Clips([place]).sound("您好", ZH)
    assert found is not None
    assert seconds(found) == pytest.approx(1, abs=0.001)
    crossings = sum(1 for one, other in pairwise(found) if one < 0 <= other)
    assert crossings == pytest.approx(400, abs=1)
    assert loudness(found) == pytest.approx(9000 / math.sqrt(2), rel=0.05)


def test_the_clips_that_ship_can_all_be_played() -> None:
    clips = Clips([assets.SPEECH])
    for clip in decode((assets.SPEECH / LIST).read_bytes()):
        assert clips.sound(clip.text, Language(clip.language)) is not None
