"""Every code that we show or print, read by every reader: all kinds, sizes, looks and panels.

A part of it is in the tests (tests/kiosk/printing/test_readers.py, tests/ui/test_qr.py); here is
the whole. Whatever is not read is named.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from access.readers import READERS, Grey, grey_of
from access.sights import PANELS, Sight, Tongue
from kiosk.core.choices import Contrast, TextSize
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_58MM, WIDTH_80MM, lay_out
from kiosk.store.qr_symbol import modules_of
from kiosk.ui.page import Page, QrCard, Tile
from kiosk.ui.screen import Screen
from tests.core.small_city import URL
from tests.kiosk.printing.coded import CASE_URL, CODED, from_near, printed, viewed

Seen = tuple[str, str, Grey]  # where, what it says, the picture
BAR = (Tile("bar:home", "首页", icon="home", act=1, shape="bar"),)


def on_paper() -> Iterator[Seen]:
    """The dots for the printer."""
    for (kind, (url, compose)), width, scale in product(
        CODED.items(), (WIDTH_80MM, WIDTH_58MM), (NORMAL, LARGE)
    ):
        page = lay_out(compose(), width, scale)
        yield f"{kind}, {width} dots, {scale}", url, from_near(printed(page), page)


def in_pdf() -> Iterator[Seen]:
    """The copy as a PDF, as poppler shows it."""
    if shutil.which("pdftoppm") is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        for (kind, (url, compose)), scale in product(CODED.items(), (NORMAL, LARGE)):
            page = lay_out(compose(), scale=scale)
            yield f"{kind}, {scale}", url, from_near(viewed(page, Path(folder)), page)


def on_screen() -> Iterator[Seen]:
    """The glass, in every look, size, language and on every panel."""
    symbols = {url: modules_of(url) for url in (URL, CASE_URL)}
    for panel, size, tongue, contrast in product(PANELS, TextSize, Tongue, Contrast):
        sight = Sight(panel=panel, size=size, tongue=tongue, contrast=contrast)
        _ = sight.tongue.gettext
        for url, modules in symbols.items():
            card = QrCard(
                modules,
                _("用手机扫一扫"),
                (),
                _("打开的网址是"),
                "zwfw.yc.example",
                _("核对码"),
                "5643",
                picture="scan-code",
                aim=_("手机离屏幕一尺左右"),
            )
            screen = Screen(Page("code", _("带走清单"), blocks=(card,), bar=BAR), sight.look())
            yield f"{sight}, {len(modules)} modules", url, grey_of(_grabbed(screen))
            screen.deleteLater()


def _grabbed(screen: Screen) -> QImage:
    return screen.grab().toImage()


def report(name: str, seen: Iterator[Seen]) -> None:
    """How many of so many pictures each reader reads."""
    count, fine = 0, dict.fromkeys(READERS, 0)
    for where, url, picture in seen:
        count += 1
        for reader, read in READERS.items():
            is_read = read(picture) == [url]
            fine[reader] += is_read
            if not is_read:
                print(f"  not read by {reader}: {where}")
    for reader, read_count in fine.items():
        print(f"{name}_read_by_{reader} {read_count} of {count}")


def main() -> None:
    application = QApplication(["codes"])
    report("paper", on_paper())
    report("pdf", in_pdf())
    report("screen", on_screen())
    application.quit()


if __name__ == "__main__":
    main()
