"""What of a folder of recorded sentences is refused, and where the editor is told to look."""

from __future__ import annotations

import json

import pytest

from db import clips
from hub.authoring.findings import SourceError
from hub.publish import speech
from hub.publish.errors import PublishError
from tests.hub.publish.recording import END, START, make_speech, make_wav, write_list, write_speech


def entry(text: str = START, file: str = "a.wav", language: str = "zh") -> dict[str, str]:
    return {"language": language, "text": text, "file": file}


def findings_of(folder) -> list[str]:
    with pytest.raises(SourceError) as caught:
        speech.read(folder)
    return [str(finding).removeprefix(f"{folder}/") for finding in caught.value.findings]


def test_sentences_come_back_named_by_their_content(tmp_path):
    sound = make_wav()
    read = make_speech(tmp_path, {START: sound, END: sound})
    (recording,) = read.recordings.values()
    assert recording.name == clips.name_of(sound)
    assert recording.content == sound
    assert {(clip.text, clip.file) for clip in read.clips} == {
        (START, recording.name),
        (END, recording.name),
    }


@pytest.mark.parametrize("rate", [8000, 16000, 22050, 48000])
def test_the_usual_rates_are_accepted(tmp_path, rate):
    assert make_speech(tmp_path, {START: make_wav(rate=rate)}).clips


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (make_wav(channels=2), "has 2 channels; a kiosk plays one"),
        (make_wav(width=1), "has samples of 8 bits; a kiosk plays 16"),
        (make_wav(rate=96000), "has 96,000 samples a second; 8,000 to 48,000 are played"),
        (make_wav(rate=4000), "has 4,000 samples a second; 8,000 to 48,000 are played"),
        (make_wav(seconds=0), "holds no sound"),
        (make_wav(seconds=61, rate=8000), "lasts 61 s; at most 60 s are published"),
        (make_wav()[:-20], "is cut off: it promises more sound than it holds"),
        (b"", "is no WAV file with plain PCM: it ends too early"),
        (b"RIFF\0\0\0\0WAVE", "is no WAV file with plain PCM: "),
        (b"ID3 an MP3 of the same name", "is no WAV file with plain PCM: "),
        (b"\0" * 6_000_001, "has 6,000,001 bytes; at most 6,000,000 are published"),
    ],
    ids=lambda part: part[:40] if isinstance(part, str) else "",
)
def test_a_sound_that_a_kiosk_could_not_play_is_refused_by_name(tmp_path, content, message):
    write_list(tmp_path, [entry()])
    (tmp_path / "a.wav").write_bytes(content)
    (said,) = findings_of(tmp_path)
    assert said.startswith(f"clips.json:4: clips[0]: a.wav {message}")


def test_a_minute_of_the_best_sound_is_accepted(tmp_path):
    longest = make_wav(seconds=60, rate=48000)
    assert make_speech(tmp_path, {START: longest}).recordings


@pytest.mark.parametrize("file", ["../a.wav", "/etc/hostname", "sub/../../a.wav", "link.wav"])
def test_a_file_outside_the_folder_is_refused(tmp_path, file):
    folder = tmp_path / "speech"
    write_list(folder, [entry(file=file)])
    (tmp_path / "a.wav").write_bytes(make_wav())
    (folder / "link.wav").symlink_to(tmp_path / "a.wav")
    (folder / "sub").mkdir()
    assert findings_of(folder) == [f"clips.json:4: clips[0]: {file} is outside the folder"]


def test_a_sentence_is_published_by_its_words(tmp_path):
    (clip,) = make_speech(tmp_path, {" Touch\n here {[": make_wav()}).clips
    assert clip.text == "Touch here {["


def test_a_file_in_a_folder_below_is_found(tmp_path):
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "a.wav").write_bytes(make_wav())
    write_list(tmp_path, [entry(file="zh/a.wav")])
    assert len(speech.read(tmp_path).clips) == 1


def test_every_wrong_entry_is_named_with_its_line_at_once(tmp_path):
    write_speech(tmp_path, {START: make_wav()})
    write_list(
        tmp_path,
        [
            entry(file="0.wav"),
            entry(" ", file="0.wav"),
            entry(f" {START}\n", file="0.wav"),
            entry("再见", file="gone.wav"),
            entry("没有", file="\0.wav"),
            entry(file="0.wav", language="en"),
        ],
    )
    blank, twice, gone, nothing = findings_of(tmp_path)
    assert blank == "clips.json:9: clips[1]: text holds blanks alone"
    assert twice == f"clips.json:14: clips[2]: ' {START}\\n' stands twice, also at clips[0]"
    assert gone == "clips.json:19: clips[3]: gone.wav is not there"
    assert nothing.startswith("clips.json:24: clips[4]: \0.wav cannot be read")


def test_a_list_that_is_not_there_is_said(tmp_path):
    assert findings_of(tmp_path) == [
        "clips.json:1: file: cannot be read: No such file or directory"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"version": 1,\n"clips": [\n]]', "3: file: JSON is malformed"),
        ('{"version": 1,\n"clips": [\n{"language": "zh"}]}', "3: clips[0]: Object missing"),
        ('{"version": 2, "clips": []}', "1: clips: Expected `int` <= 1"),
        ('{"version": 1, "clips": [], "by": ""}', "1: clips: Object contains unknown field `by`"),
    ],
)
def test_a_list_that_cannot_be_read_is_said_with_its_line(tmp_path, content, said):
    (tmp_path / "clips.json").write_text(content, "utf-8")
    (found,) = findings_of(tmp_path)
    assert found.startswith(f"clips.json:{said}")


def test_a_list_that_is_not_utf_8_is_said_with_its_line(tmp_path):
    (tmp_path / "clips.json").write_bytes('{\n"clips": "按'.encode("gb18030"))
    (found,) = findings_of(tmp_path)
    assert found.startswith("clips.json:2: file: is not UTF-8")


def test_a_list_that_no_kiosk_would_fetch_is_refused(tmp_path):
    (tmp_path / "a.wav").write_bytes(make_wav())
    listed = [entry(f"{n}{'好' * 490}") for n in range(6000)]
    (tmp_path / "clips.json").write_text(json.dumps({"version": 1, "clips": listed}), "utf-8")
    (found,) = findings_of(tmp_path)
    assert "at most 8,000,000 are published" in found


def test_a_sound_that_is_changed_between_check_and_publication_is_refused(tmp_path):
    (recording,) = make_speech(tmp_path, {START: make_wav(1)}).recordings.values()
    recording.file.write_bytes(make_wav(2))
    with pytest.raises(PublishError, match="was changed while"):
        _ = recording.content
