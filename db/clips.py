"""The list of recorded sentences, `clips.json`: of a city, of a repository, of a kiosk.

Knows the notation, its limits, and how a clip is named by its content. Does not know sound
(`hub.publish.speech`), signatures (`kiosk.sync`), or when a sentence is said (`kiosk.voice`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

FOLDER = "speech"
"""Where clips are: beside a source, among the published files, in a kiosk's data folder."""

LIST = "clips.json"
"""The file in that folder that says which sentence is recorded where."""

PATH = f"{FOLDER}/{LIST}"
"""Where the list stands in a repository."""

COUNT_MAX = 10_000  # one role's metadata lists them all, and python-tuf reads at most 5 MB of it
LIST_MAX_BYTES = 8_000_000
CLIP_MAX_BYTES = 6_000_000
CLIP_MAX_S = 60.0

_NAME = re.compile(r"[0-9a-f]{64}\.wav")


class ClipsError(ValueError):
    """The bytes are no list of recorded sentences."""


class Clip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One recorded sentence: said where exactly this text is to be said."""

    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]  # as `Language` of the kiosk
    text: Annotated[str, Meta(min_length=1, max_length=500)]
    file: Annotated[str, Meta(min_length=1, max_length=255)]  # below the folder of the list


class Clips(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole list."""

    version: Annotated[int, Meta(ge=1, le=1)]
    clips: Annotated[tuple[Clip, ...], Meta(max_length=COUNT_MAX)]


_decoder = msgspec.json.Decoder(Clips)


def encode(clips: Iterable[Clip]) -> bytes:
    """The exact bytes of a list: the same clips in another order are the same list."""
    in_order = sorted(clips, key=lambda clip: (clip.language, clip.text))
    return msgspec.json.encode(Clips(1, tuple(in_order)))


def decode(content: bytes) -> tuple[Clip, ...]:
    """The clips that these bytes list.

    Raises:
        ClipsError: a field is unknown, missing or of the wrong shape.
    """
    try:
        return _decoder.decode(content).clips
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise ClipsError(str(error)) from error


def decode_published(content: bytes) -> tuple[Clip, ...]:
    """The clips of a list that was published: every file is named by its content.

    Raises:
        ClipsError: it is no list, or a name could lead anywhere.
    """
    clips = decode(content)
    for clip in clips:
        if not is_name(clip.file):
            raise ClipsError(f"{clip.file!r} is not named by its content")
    return clips


def words_of(text: str) -> str:
    """What two texts must share to be the same sentence: their words, not their blanks."""
    return " ".join(text.split())


def name_of(content: bytes) -> str:
    """The name of a clip with this content."""
    return f"{hashlib.sha256(content).hexdigest()}.wav"


def is_name(file: str) -> bool:
    """Whether a file is named by a content."""
    return _NAME.fullmatch(file) is not None


def path_of(name: str) -> str:
    """Where a clip stands in a repository."""
    return f"{FOLDER}/{name}"
