"""Reads what somebody types from a slip: a short number, and perhaps the check code beside it.

Knows the ways in which digits, dashes and blanks are written. Does not know which numbers exist
(`hub.phone.catalog`), and cannot know a check code: codes are made without the hub.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DASHES = re.compile(r"[\u2010-\u2015\u2212\u30fc\ufe58\ufe63\u4e00_]")  # also the sign for 1
_BETWEEN = r"[ ,;/+\u3001\u3002]"
_DASHED = re.compile(rf"(\d{{1,8}} ?- ?\d){_BETWEEN}*(\d ?\d ?\d ?\d)")
_BLOCKS = re.compile(rf"(\d{{1,9}}){_BETWEEN}+(\d{{4}})")


@dataclass(frozen=True)
class Reading:
    """One way to understand it."""

    number: str
    check_code: str = ""


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to understand what was typed, the likeliest first."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    dashed = _DASHES.sub("-", plain)
    with_dash = _DASHED.fullmatch(dashed)
    if with_dash:
        return (Reading(with_dash[1], with_dash[2].replace(" ", "")),)
    blocks = _BLOCKS.fullmatch(dashed)
    whole = (Reading(plain), Reading(dashed)) if dashed != plain else (Reading(plain),)
    return (*whole, Reading(blocks[1], blocks[2])) if blocks else whole
