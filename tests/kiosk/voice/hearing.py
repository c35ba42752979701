"""Ears for tests: pitch, loudness, length; and programs that stand in for engines and players."""

from __future__ import annotations

import os
import shutil
import threading
import wave
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kiosk.voice.sound import RATE_HZ, bytes_of, samples_of

with_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")
with_aplay = pytest.mark.skipif(shutil.which("aplay") is None, reason="needs aplay")

_VOICED = 600  # root of the mean square
_FRAME, _LEAST_LAG, _MOST_LAG = 512, 28, 138  # at half the rate: 80 to 400 Hz
_PATIENCE_S = 10.0


def joined(chunks: Iterable[array[int]]) -> array[int]:
    found = array("h")
    for chunk in chunks:
        found += chunk
    return found


def loudness(samples: array[int]) -> float:
    """The root of the mean square."""
    return float((sum(one * one for one in samples) / max(1, len(samples))) ** 0.5)


def peak(samples: array[int]) -> int:
    return max(map(abs, samples), default=0)


def seconds(samples: array[int]) -> float:
    return len(samples) / RATE_HZ


def pitch_hz(samples: array[int]) -> float:
    """The median of the voiced frames', by autocorrelation."""
    found = []
    for start in range(0, len(samples) - 2 * _FRAME, RATE_HZ // 8):
        frame = samples[start : start + 2 * _FRAME : 2]
        if loudness(frame) > _VOICED:
            found.append(RATE_HZ / 2 / max(range(_LEAST_LAG, _MOST_LAG), key=_likeness(frame)))
    return sorted(found)[len(found) // 2]


def _likeness(frame: array[int]) -> Callable[[int], int]:
    head = frame[: len(frame) - _MOST_LAG]
    return lambda lag: sum(a * b for a, b in zip(head, frame[lag:], strict=False))


def read_wav(file: Path) -> array[int]:
    with wave.open(str(file), "rb") as sound:
        return samples_of(sound.readframes(sound.getnframes()))


def write_wav(file: Path, samples: array[int], rate_hz: int = RATE_HZ, channels: int = 1) -> Path:
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes(bytes_of(samples))
    return file


def program(file: Path, script: str) -> str:
    """An executable that is run instead of a real one."""
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)
    return str(file)


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found |= {int(number) for number in task.read_text().split()}
        except OSError:  # a thread that has just ended
            continue
    return {number for number in found if _state(number) != "Z"}


def _state(number: int) -> str:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def until(is_so: Callable[[], bool]) -> None:
    """Return when it is so; fail where it never is."""
    pause, waited_s = threading.Event(), 0.0
    while not is_so():
        assert waited_s < _PATIENCE_S, "never happened"
        pause.wait(0.005)
        waited_s += 0.005


def open_files() -> int:
    """How many files this process has open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 — one of them is the listing itself
