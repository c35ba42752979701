"""How a slip will look, dot by dot, before it is printed.

Knows rows of dots, where they may be cut, and the words on them. Does not know who draws it
(`kiosk.printing.raster`) or shows it (`kiosk.views.slips`).
"""

from __future__ import annotations

from kiosk.core.choices import Language
from kiosk.core.printing import SlipJob
from kiosk.core.value import Value


class PictureBand(Value, frozen=True):
    """Rows that are never cut, and the words on them."""

    rows: int
    words: tuple[str, ...] = ()
    leads: bool = False  # what follows belongs to it


class SlipPicture(Value, frozen=True):
    """One slip as the printer gets it: eight dots a byte, most significant first, 1 is black."""

    width: int  # dots
    body: int  # dots of the em of its smallest words
    rows: tuple[bytes, ...]
    bands: tuple[PictureBand, ...]


class Preview(Value, frozen=True):
    """The slips of a job as they will be; none where they could not be drawn."""

    job: SlipJob
    language: Language
    pictures: tuple[SlipPicture, ...]
