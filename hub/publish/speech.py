"""Reads a folder of recorded sentences, and says what of it cannot be published.

Knows the list `clips.json` as a city keeps it and what kind of sound a kiosk plays. Does not know
signatures, or which sentences a screen says: a clip that nobody asks for is carried for nothing.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from tuf.api.metadata import TargetFile

from db import clips
from db.clips import Clip
from hub.authoring.findings import Finding, Place, SourceError
from hub.publish.errors import PublishError

_RATES = range(8_000, 48_001)
_WORDS = f"{_RATES[0]:,} to {_RATES[-1]:,}"
_BITS = 16
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]\n]')
_ENTRY_DEPTH = 3  # of an entry's brace: the list's own, `clips`, the entry
_INDEX = re.compile(r"\$\.clips\[(\d+)\]")
_BYTE = re.compile(r"\(byte (\d+)\)")


@dataclass(frozen=True)
class Recording:
    """A sound file that is to be published under the name of its content.

    Its content is read when it is wanted: all clips of a city may be more than memory holds.
    """

    name: str
    length: int
    file: Path

    @property
    def path(self) -> str:
        """Where it stands in a repository."""
        return clips.path_of(self.name)

    @property
    def content(self) -> bytes:
        """The sound.

        Raises:
            PublishError: it is another one than when it was checked.
            OSError: it cannot be read any more.
        """
        content = self.file.read_bytes()
        if clips.name_of(content) != self.name:
            raise PublishError(f"{self.file} was changed while it was being published")
        return content

    def target(self) -> TargetFile:
        """Its entry in the metadata of its role."""
        return TargetFile(self.length, {"sha256": self.name.partition(".")[0]}, self.path)


@dataclass(frozen=True)
class Speech:
    """Every recorded sentence of a city, checked; `clips` name files by their content."""

    clips: tuple[Clip, ...] = ()
    recordings: Mapping[str, Recording] = field(default_factory=dict)  # by path


def read(folder: Path) -> Speech:
    """The recorded sentences in a folder.

    Raises:
        SourceError: the list or a sound cannot be published; everything is read first, so that
            the editor sees all of it at once.
    """
    listed, places = _listed(folder / clips.LIST)
    findings: list[Finding] = []
    published: list[Clip] = []
    recordings: dict[str, Recording] = {}
    seen: dict[tuple[str, str], int] = {}
    for n, clip in enumerate(listed):
        name, text = f"clips[{n}]", clips.words_of(clip.text)
        first = seen.setdefault((clip.language, text), n)
        try:
            if not text:
                raise _WrongClipError("text holds blanks alone")
            if first != n:
                raise _WrongClipError(f"{clip.text!r} stands twice, also at clips[{first}]")
            recording = _recording(folder, clip.file)
        except _WrongClipError as error:
            findings.append(Finding(places[n], name, str(error)))
            continue
        recordings[recording.path] = recording
        published.append(Clip(clip.language, text, recording.name))
    size = len(clips.encode(published))
    if size > clips.LIST_MAX_BYTES:
        message = f"comes to {size:,} bytes; at most {clips.LIST_MAX_BYTES:,} are published"
        findings.append(Finding(Place(folder / clips.LIST, 1), "clips", message))
    if findings:
        raise SourceError(findings)
    return Speech(tuple(published), recordings)


class _WrongClipError(Exception):
    """What is wrong with one clip."""


def _listed(file: Path) -> tuple[tuple[Clip, ...], list[Place]]:
    """The entries of a list and where they begin."""
    content, text = b"", ""
    try:
        content = file.read_bytes()
        text = content.decode()
        listed = clips.decode(content)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SourceError([Finding(Place(file, 1), "file", message)]) from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SourceError([Finding(Place(file, line), "file", f"is not UTF-8: {error}")]) from error
    except clips.ClipsError as error:
        raise SourceError([_finding(str(error), file, content, text)]) from error
    return listed, [Place(file, line) for line in _entry_lines(text)]


def _finding(message: str, file: Path, content: bytes, text: str) -> Finding:
    """A message of the decoder with its place."""
    if at := _BYTE.search(message):
        line = content.count(b"\n", 0, int(at[1])) + 1
        return Finding(Place(file, line), "file", message)
    if at := _INDEX.search(message):
        lines, n = _entry_lines(text), int(at[1])
        line = lines[n] if n < len(lines) else 1
        return Finding(Place(file, line), f"clips[{n}]", message.partition(" - at")[0])
    return Finding(Place(file, 1), "clips", message)


def _entry_lines(text: str) -> list[int]:
    """On which line each entry begins, which no decoder of JSON tells."""
    lines, line, depth = [], 1, 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == "\n":
            line += 1
        elif sign in "{[":
            depth += 1
            if depth == _ENTRY_DEPTH:
                lines.append(line)
        elif sign in "}]":
            depth -= 1
    return lines


def _recording(folder: Path, name: str) -> Recording:
    try:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()):
            raise _WrongClipError(f"{name} is outside the folder")
        if not file.is_file():
            raise _WrongClipError(f"{name} is not there")
        length = file.stat().st_size
        if length > clips.CLIP_MAX_BYTES:
            most = f"at most {clips.CLIP_MAX_BYTES:,} are published"
            raise _WrongClipError(f"{name} has {length:,} bytes; {most}")
        content = file.read_bytes()
    except (OSError, ValueError) as error:  # a name with a null in it is a ValueError
        raise _WrongClipError(f"{name} cannot be read: {error}") from error
    fault = _fault(content)
    if fault:
        raise _WrongClipError(f"{name} {fault}")
    return Recording(clips.name_of(content), len(content), file)


def _fault(content: bytes) -> str | None:
    """What keeps a kiosk from playing this; None where nothing does."""
    try:
        with wave.open(BytesIO(content)) as sound:
            shape = sound.getparams()
            held = len(sound.readframes(shape.nframes))
    except (wave.Error, EOFError) as error:
        return f"is no WAV file with plain PCM: {str(error) or 'it ends too early'}"
    rate, seconds = shape.framerate, shape.nframes / max(shape.framerate, 1)
    most, bits = clips.CLIP_MAX_S, 8 * shape.sampwidth
    promised = shape.nframes * shape.nchannels * shape.sampwidth
    faults = (
        (shape.nchannels != 1, f"has {shape.nchannels} channels; a kiosk plays one"),
        (bits != _BITS, f"has samples of {bits} bits; a kiosk plays {_BITS}"),
        (rate not in _RATES, f"has {rate:,} samples a second; {_WORDS} are played"),
        (held < promised, "is cut off: it promises more sound than it holds"),
        (shape.nframes == 0, "holds no sound"),
        (seconds > most, f"lasts {seconds:.0f} s; at most {most:.0f} s are published"),
    )
    return next((words for is_so, words in faults if is_so), None)
