"""A page as a picture for a screen: the very dots that a printer is sent.

Knows both sides' values. Does not know how a screen shows them (`kiosk.ui.widgets.sheet`).
"""

from __future__ import annotations

from itertools import pairwise

from kiosk.core.slips.picture import PictureBand, SlipPicture
from kiosk.printing.layout import body_dots
from kiosk.printing.page import Page
from kiosk.printing.raster import bitmap_of


def picture_of(page: Page, scale: float) -> SlipPicture:
    """The dots of a page, and where they may be cut."""
    ends = (0, *(band.end for band in page.bands))
    bands = tuple(
        PictureBand(below - above, band.words, band.leads)
        for band, (above, below) in zip(page.bands, pairwise(ends), strict=True)
    )
    return SlipPicture(page.width, body_dots(scale), bitmap_of(page).rows, bands)
