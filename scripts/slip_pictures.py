"""Pictures of every kind of slip for docs/slips.md, each dot as a printer is sent it.

`python -m scripts.slip_pictures [NAME ...]` writes docs/pictures/slips: six kinds, three languages
two sizes, at one moment in the demo city. One bit a dot keeps each paper below 40 KB where there
are several.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QImage

from access import city
from access.visit import HALL, MONDAY_MORNING
from access.visits.slips import desk
from db import short_number
from db.letter_sheet import Form
from kiosk import app
from kiosk.core.case import Acting, Answer, Case, Whom
from kiosk.core.catalog import Catalog, Service
from kiosk.core.choices import Choices, Language
from kiosk.core.proxy import judge
from kiosk.core.slips.block import Slip
from kiosk.core.slips.errands import compose_list
from kiosk.core.slips.notice import compose_bulletin
from kiosk.core.slips.occasion import Occasion
from kiosk.core.slips.pair import compose_pair
from kiosk.core.slips.resume import compose_resume
from kiosk.core.slips.service import compose
from kiosk.core.value import replace
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_80MM, lay_out
from kiosk.printing.letter import letter_for, pages_of
from kiosk.printing.page import Page
from kiosk.printing.raster import bitmap_of
from kiosk.store.catalog_reader import CatalogReader
from scripts.demo import ROOT

PICTURES = ROOT / "docs" / "pictures" / "slips"
LARGEST_BYTES = 80_000  # two slips side by side; three sheets may have half as much again
SERVICE, FOR_ANOTHER = "id-card-lost", "driving-licence-renew"
TOGETHER = (SERVICE, "medical-claim")
BULLETIN = "medical-computers"
SIZES: Mapping[str, float] = {"normal": NORMAL, "large": LARGE}
_FATHER = Acting(Whom.PARENT, "frail")
_TOLD = Case(
    services=TOGETHER,
    answers=(Answer("service/id-card-lost", 0, 0),),
    in_hand=("household-book",),
)

Kind: TypeAlias = Callable[[Occasion], tuple[Slip, ...]]


def main(wanted: tuple[str, ...] = ()) -> int:
    """Write the pictures, or those whose names begin so; the count of those that are too large."""
    application = app.application()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        reader = CatalogReader(city.build(Path(folder)))
        too_large = draw(reader, PICTURES, wanted)
        reader.close()
    application.quit()
    return too_large


def draw(catalog: Catalog, folder: Path, wanted: tuple[str, ...] = ()) -> int:
    """Write them into a folder; needs a running application."""
    chosen = ((name, of) for name, of in every(catalog) if not wanted or name.startswith(wanted))
    return sum(_is_too_large(folder / f"{name}.png", pages()) for name, pages in chosen)


def every(catalog: Catalog) -> Iterator[tuple[str, Callable[[], tuple[Page, ...]]]]:
    """The name of each picture, and the pages that are on it."""
    for language in Language:
        occasion = occasion_of(catalog, language)
        for size, scale in SIZES.items():
            for kind in KINDS:
                yield f"{kind}-{language}-{size}", partial(_laid_out, kind, occasion, scale)
            form = Form(language, is_large=scale == LARGE)
            yield f"letter-{language}-{size}", partial(_letter, catalog, form)


def _laid_out(kind: str, occasion: Occasion, scale: float) -> tuple[Page, ...]:
    slips = KINDS[kind](occasion)
    # of two the first is the person's, and always large
    scales = (LARGE, scale) if kind == "pair" else (scale,)
    return tuple(lay_out(slip, WIDTH_80MM, one) for slip, one in zip(slips, scales, strict=True))


def occasion_of(catalog: Catalog, language: Language) -> Occasion:
    """Monday morning in the hall of the demo city."""
    hall = catalog.hall(HALL)
    if hall is None:
        raise LookupError(HALL)
    return Occasion(catalog, hall, language, MONDAY_MORNING, app.translations(language), 27)


def picture(pages: tuple[Page, ...]) -> QImage:
    """The pages side by side."""
    gap = 32 if len(pages) > 1 else 0
    width = sum(page.width for page in pages) + gap * (len(pages) - 1)
    whole = QImage(width, max(page.height for page in pages), QImage.Format.Format_Mono)
    whole.setColorTable([0xFFFFFFFF, 0xFF000000])
    whole.fill(0)
    left = 0
    for page in pages:
        _copy(page, whole, left // 8)
        left += page.width + gap
    return whole


def _copy(page: Page, whole: QImage, left_bytes: int) -> None:
    dots, stride = memoryview(whole.bits()), whole.bytesPerLine()
    for y, row in enumerate(bitmap_of(page).rows):
        start = y * stride + left_bytes
        dots[start : start + len(row)] = row


def _is_too_large(file: Path, pages: tuple[Page, ...]) -> bool:
    """Once it is written."""
    picture(pages).save(str(file), quality=0)  # packed as well as it can be
    print(file.name, *(f"{page.height / 8:.0f} mm" for page in pages))
    size, most = file.stat().st_size, LARGEST_BYTES * max(2, len(pages)) // 2
    if size > most:
        print(f"{file.name} has {size} bytes", file=sys.stderr)
    return size > most


# what is on them ----------------------------------------------------------------------------------


def service_of(at: Occasion, id: str = SERVICE) -> Service:
    """An errand of the demo city."""
    service = at.catalog.service(id)
    if service is None:
        raise LookupError(id)
    return service


def _of_service(at: Occasion) -> tuple[Slip, ...]:
    service = service_of(at)
    return (compose(service, desk().make(service.number, 1, Choices())[1], at),)


def _of_two(at: Occasion) -> tuple[Slip, ...]:
    service, told = service_of(at, FOR_ANOTHER), replace(at, case=Case(acting=_FATHER))
    code = desk().make(service.number, 1, Choices(), _FATHER)[1]
    return compose_pair(service, code, judge(service, _FATHER), told)


def _of_list(at: Occasion) -> tuple[Slip, ...]:
    found = map(at.catalog.service, TOGETHER)
    services = tuple(one for one in found if one is not None)
    code = desk().keep(_TOLD, at.catalog, Choices())
    return (compose_list(services, code, replace(at, case=_TOLD), short_number.written),)


def _of_resume(at: Occasion) -> tuple[Slip, ...]:
    told = replace(_TOLD, acting=_FATHER)
    return (compose_resume(desk().keep(told, at.catalog, Choices()), replace(at, case=told)),)


def _of_bulletin(at: Occasion) -> tuple[Slip, ...]:
    found = next(one for one in at.catalog.bulletins() if one.id == BULLETIN)
    return (compose_bulletin(found, at),)


def _letter(catalog: Catalog, form: Form) -> tuple[Page, ...]:
    """On sheets of A4: no roll is as wide."""
    service = service_of(occasion_of(catalog, Language.CHINESE), FOR_ANOTHER)
    code = desk().make(service.number, 1, Choices(), _FATHER)[1]
    return pages_of(letter_for(service, catalog.city().hotline, _FATHER, form), form, code)


KINDS: Mapping[str, Kind] = {
    "service": _of_service,
    "pair": _of_two,
    "list": _of_list,
    "resume": _of_resume,
    "bulletin": _of_bulletin,
}

if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
