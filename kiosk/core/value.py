"""What a value is here: compared by its content, never edited, replaced as a whole.

Knows only that. Values are msgspec structs and not dataclasses because creating a hundred
dataclasses takes 40 ms of every start, and a hundred structs one (docs/decisions/0004).
"""

from __future__ import annotations

import msgspec
from msgspec import field
from msgspec.structs import replace

__all__ = ["Value", "field", "replace"]


class Value(msgspec.Struct, frozen=True):
    """A value."""
