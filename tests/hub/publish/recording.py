"""Folders with recorded sentences, as a city would keep them; nothing is shared between calls."""

from __future__ import annotations

import array
import io
import json
import wave
from collections.abc import Mapping
from pathlib import Path

from hub.publish import speech
from hub.publish.speech import Speech

START, END = "按这里开始", "结束"


def make_wav(
    pitch: int = 1, *, seconds: float = 0.01, rate: int = 22050, channels: int = 1, width: int = 2
) -> bytes:
    """A little sound; another pitch is another content."""
    count = int(seconds * rate)
    ramp = array.array("h", [(n * pitch) % 30_000 for n in range(count * channels * width // 2)])
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(ramp.tobytes())
    return held.getvalue()


def write_speech(folder: Path, sounds: Mapping[str, bytes]) -> Path:
    """A folder in which each Chinese sentence has its sound."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for n, (text, content) in enumerate(sounds.items()):
        (folder / f"{n}.wav").write_bytes(content)
        listed.append({"language": "zh", "text": text, "file": f"{n}.wav"})
    write_list(folder, listed)
    return folder


def write_list(folder: Path, listed: object) -> None:
    content = json.dumps({"version": 1, "clips": listed}, ensure_ascii=False, indent=2)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clips.json").write_text(content, "utf-8")


def make_speech(folder: Path, sounds: Mapping[str, bytes]) -> Speech:
    return speech.read(write_speech(folder, sounds))
