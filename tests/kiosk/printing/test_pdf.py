"""The slip as a PDF: its size, its words, its code."""

from __future__ import annotations

import io
import re
import resource
import shutil
import signal
import subprocess
import unicodedata
from pathlib import Path

import pypdf
import pytest
import zxingcpp
from PySide6.QtGui import QImage

from kiosk.core.choices import Language
from kiosk.core.errors import PrinterError
from kiosk.core.printing import FailedBefore, Fault, Printed
from kiosk.core.slips.block import lines_of
from kiosk.printing.folder import FolderPrinter
from kiosk.printing.layout import LARGE, lay_out
from kiosk.printing.page import Bar, Page
from kiosk.printing.pdf import pdf_of, write_whole
from kiosk.store.catalog_reader import CatalogReader
from scripts import slip_pictures
from tests.core.small_city import URL, make_slip

PAGE = Page(576, 400, (Bar(0, 0, 576, 400),))


# Glyphs that the typeface shares come back as the other character. NFKC mends Kangxi radicals,
# but not the radicals supplement (U+2E80 …), old forms and dashes.
_SHARED = str.maketrans("⺠⻔⻅⻋⻚⻓⻢⻩⻮戶‒—", "民门见车页长马黄齿户––")


def letters(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(_SHARED)


def test_one_page_of_80_mm_and_the_length_of_the_words() -> None:
    page = lay_out(make_slip())
    (sheet,) = pypdf.PdfReader(io.BytesIO(pdf_of(page, "slip-27"))).pages
    width_mm, height_mm = (float(side) / 72 * 25.4 for side in sheet.mediabox[2:])
    assert width_mm == pytest.approx(80, abs=0.5)
    assert height_mm == pytest.approx((page.height + 64) / 203 * 25.4, abs=0.5)


def test_all_words_can_be_taken_out_again() -> None:
    slip = make_slip()
    (sheet,) = pypdf.PdfReader(io.BytesIO(pdf_of(lay_out(slip), "slip-27"))).pages
    found = letters(sheet.extract_text())
    for line in lines_of(slip):
        assert letters(re.sub(r"^\d\. ", "", line)) in found


def test_a_slip_that_runs_from_right_to_left_keeps_its_numbers_and_its_size(
    demo: CatalogReader,
) -> None:
    (slip,) = slip_pictures.KINDS["resume"](slip_pictures.occasion_of(demo, Language.UYGHUR))
    page = lay_out(slip)
    (sheet,) = pypdf.PdfReader(io.BytesIO(pdf_of(page, "slip-27"))).pages
    found = letters(sheet.extract_text())
    assert "12345" in found
    assert letters("云川市政务服务大厅") in found
    assert float(sheet.mediabox[3]) / 72 * 203 == pytest.approx(page.height + 64, abs=4)


def test_the_file_says_nothing_but_the_slips_number() -> None:
    about = pypdf.PdfReader(io.BytesIO(pdf_of(PAGE, "slip-27"))).metadata
    assert about is not None
    assert about.title == "slip-27"
    assert {about.author, about.creator, about.subject} <= {None, ""}


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler-utils")
@pytest.mark.parametrize("scale", [1.0, LARGE])
def test_the_code_is_read_from_the_page_as_a_viewer_shows_it(tmp_path: Path, scale: float) -> None:
    source = tmp_path / "slip.pdf"
    source.write_bytes(pdf_of(lay_out(make_slip(), scale=scale), "slip-27"))
    subprocess.run(
        ["pdftoppm", "-r", "203", "-gray", "-png", "-singlefile", source, tmp_path / "seen"],
        check=True,
    )
    (read,) = zxingcpp.read_barcodes(QImage(str(tmp_path / "seen.png")))
    assert read.text == URL


def test_the_folder_printer_leaves_one_whole_file(tmp_path: Path) -> None:
    assert FolderPrinter(tmp_path).print(PAGE, 27) == Printed()
    (file,) = tmp_path.iterdir()
    assert file.name == "slip-27.pdf"
    assert len(pypdf.PdfReader(file).pages) == 1


def test_a_folder_that_is_none_is_a_printer_that_is_not_there(tmp_path: Path) -> None:
    file = tmp_path / "occupied"
    file.touch()
    assert FolderPrinter(tmp_path / "gone").print(PAGE, 1) == FailedBefore(Fault.NOT_THERE)
    assert FolderPrinter(file).print(PAGE, 1) == FailedBefore(Fault.NOT_THERE)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        outcome = FolderPrinter(tmp_path).print(PAGE, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert outcome == FailedBefore(Fault.NOT_THERE)
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_stays_whole_when_the_new_one_cannot_be_put_in_place(tmp_path: Path) -> None:
    (tmp_path / "slip-1.pdf").mkdir()
    with pytest.raises(PrinterError, match=r"slip-1\.pdf"):
        write_whole(b"new", tmp_path / "slip-1.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["slip-1.pdf"]
