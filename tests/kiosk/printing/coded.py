"""Every kind of slip that carries a code, and its code as a phone gets it from the paper.

Knows what can be seen of the dots for a printer, and of a PDF in a viewer. Used by tests and by the
bench. That the dots arrive on the paper is tests/kiosk/printing/test_escpos.py.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from PySide6.QtGui import QImage
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q

from access.readers import Grey, grey_of
from kiosk.core.case import Acting, Case, Whom
from kiosk.core.handoff import HandoffCode
from kiosk.core.local import Local
from kiosk.core.proxy import judge
from kiosk.core.slips.block import Code, Slip
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.slips.resume import compose_resume
from kiosk.core.slips.trial import compose_trial
from kiosk.printing.page import DOTS_PER_MM, Matrix, Page
from kiosk.printing.pdf import pdf_of
from kiosk.printing.raster import bitmap_of
from kiosk.store.qr_symbol import modules_of
from tests.builders import TableCatalog, make_hall, make_service
from tests.core.small_city import LOST_CARD, NOW, SPARSE, URL, make_code, make_occasion, make_slip

# eight errands with two answers each: as long as a list gets
CASE_URL = "https://zwfw.yc.example/c/" + "4096713528" * 25
HUB_URL = "https://zwfw.yc.example/"
PX_PER_MM = 4.6  # a preview of 1080p from 30 cm
_EDGE = 32  # dots; a roll of 80 mm has 72 mm to print on
Coded: TypeAlias = tuple[str, Callable[[], Slip]]


def case_code() -> HandoffCode:
    """What brings a whole list back."""
    until = NOW + timedelta(days=7)
    modules = modules_of(CASE_URL, ERROR_CORRECT_M)
    return HandoffCode(CASE_URL, "zwfw.yc.example", "7901", "", until, modules)


def _pair() -> Slip:
    acting = Acting(Whom.PARENT, "frail")
    occasion = make_occasion(case=Case(acting=acting))
    slips = compose_pair(LOST_CARD, make_code(), judge(LOST_CARD, acting), occasion)
    return next(one for one in slips if any(isinstance(block, Code) for block in one.blocks))


def _list() -> Slip:
    service, hall = make_service(), make_hall()
    catalog = TableCatalog(services={service.id: service}, all_halls={hall.id: hall})
    occasion = Occasion(catalog, hall, "zh", NOW, str, slip_number=27)
    return compose_list([service], case_code(), occasion)


CODED: dict[str, Coded] = {
    "service": (URL, make_slip),
    "service, one line": (URL, lambda: make_slip(SPARSE)),
    "pair": (URL, _pair),
    "list": (CASE_URL, _list),
    "resume": (CASE_URL, lambda: compose_resume(case_code(), make_occasion())),
    "trial": (
        HUB_URL,
        lambda: compose_trial(
            "zwfw.yc.example",
            modules_of(HUB_URL, ERROR_CORRECT_Q),
            make_occasion(local=Local(kiosk=7)),
        ),
    ),
}


def printed(page: Page) -> Grey:
    """The dots for a printer, on paper that is white at its edges."""
    bitmap = bitmap_of(page)
    bits = np.frombuffer(b"".join(bitmap.rows), np.uint8).reshape(page.height, -1)
    dark = np.unpackbits(bits, axis=1)
    return np.pad(255 * (1 - dark), ((0, 0), (_EDGE, _EDGE)), constant_values=255).astype(np.uint8)


def viewed(page: Page, folder: Path, dpi: int = 203) -> Grey:
    """The PDF of a page, as poppler draws it."""
    source = folder / "slip.pdf"
    source.write_bytes(pdf_of(page, "slip"))
    command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile"]
    subprocess.run([*command, source, folder / "seen"], check=True)
    return grey_of(QImage(str(folder / "seen.png")))


def from_near(seen: Grey, page: Page) -> Grey:
    """What a phone sees 30 cm above the code: words above and below, and paper beside."""
    (code,) = (mark for mark in page.marks if isinstance(mark, Matrix))
    side = len(code.modules) * code.dots
    start, near = (seen.shape[0] - page.height) // 2 + code.y, side // 4  # a PDF has margins
    part = np.ascontiguousarray(seen[max(0, start - near) : start + side + near])
    scale = PX_PER_MM / DOTS_PER_MM
    return cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
