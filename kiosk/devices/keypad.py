"""Which keyboards are there: a tactile keypad and a code reader are ones to Linux.

Knows what the kernel says of input devices. Does not know which of them a citizen can feel.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.devices.jack import CLASS

_ENTER, _UP = 28, 103  # KEY_ENTER and KEY_UP: without them nobody can choose
_WORD_BITS = 64


def find_keypads(devices: Path = CLASS) -> tuple[str, ...]:
    """Names of all keyboards with arrows and Enter, in order."""
    found = []
    for device in devices.glob("event*/device"):
        with suppress(OSError, ValueError):
            keys = _keys((device / "capabilities" / "key").read_text("ascii"))
            if keys >> _ENTER & 1 and keys >> _UP & 1:
                found.append((device / "name").read_text("utf-8").strip())
    return tuple(sorted(found))


def _keys(bitmap: str) -> int:
    """The kernel's bitmap: hexadecimal words, the highest first."""
    keys = 0
    for word in bitmap.split():
        keys = keys << _WORD_BITS | int(word, 16)
    return keys
