"""docs/slips.md shows every slip that there is, as it is printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtGui import QImage

from kiosk.core.choices import Language
from kiosk.printing.raster import bitmap_of
from kiosk.store.catalog_reader import CatalogReader
from scripts import slip_pictures
from scripts.demo import ROOT

SHOWN = re.compile(r'src="pictures/slips/([a-z-]+)[.]png"')


def test_every_kind_language_and_size_is_shown_and_kept(demo: CatalogReader) -> None:
    names = {name for name, _pages in slip_pictures.every(demo)}
    assert len(names) == 6 * len(Language) * 2
    shown = SHOWN.findall((ROOT / "docs" / "slips.md").read_text("utf-8"))
    kept = {file.stem for file in slip_pictures.PICTURES.glob("*.png")}
    assert sorted(shown) == sorted(names)
    assert kept == names


@pytest.mark.usefixtures("qapp")
def test_a_picture_is_what_a_printer_is_sent(demo: CatalogReader, tmp_path: Path) -> None:
    assert slip_pictures.draw(demo, tmp_path, ("resume-ug-normal",)) == 0
    (file,) = tmp_path.iterdir()
    drawn = QImage(str(file))
    pages = dict(slip_pictures.every(demo))["resume-ug-normal"]
    (page,) = pages()
    rows = bitmap_of(page).rows
    assert (drawn.width(), drawn.height()) == (page.width, page.height)
    for y in range(0, page.height, 7):
        dots = {x for x in range(page.width) if drawn.pixelColor(x, y).value() == 0}
        assert dots == {x for x in range(page.width) if rows[y][x // 8] >> (7 - x % 8) & 1}
    (read,) = zxingcpp.read_barcodes(drawn.convertToFormat(QImage.Format.Format_Grayscale8))
    assert "/c/" in read.text
