"""Every printed code is read by readers that know nothing of the program that made it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from access.readers import READERS, Grey
from kiosk.printing.layout import LARGE, NORMAL, WIDTH_58MM, WIDTH_80MM, lay_out
from tests.kiosk.printing.coded import CODED, from_near, printed, viewed

FROM_AFAR = ("zxing", "zbar")  # OpenCV takes corners of words for those of a code
kinds = pytest.mark.parametrize("kind", CODED)


def read_by_all(seen: Grey) -> dict[str, list[str]]:
    return {name: read(seen) for name, read in READERS.items()}


def all_of(url: str) -> dict[str, list[str]]:
    return {name: [url] for name in READERS}


@kinds
@pytest.mark.parametrize("scale", [NORMAL, LARGE])
@pytest.mark.parametrize("width", [WIDTH_80MM, WIDTH_58MM])
def test_all_read_the_code_from_the_dots_that_the_printer_gets(
    kind: str, scale: float, width: int
) -> None:
    url, compose = CODED[kind]
    page = lay_out(compose(), width, scale)
    seen = printed(page)
    assert read_by_all(from_near(seen, page)) == all_of(url)
    for name in FROM_AFAR:
        assert READERS[name](seen) == [url], f"{name}, of the whole slip"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler-utils")
@kinds
@pytest.mark.parametrize("scale", [NORMAL, LARGE])
def test_all_read_the_code_from_the_pdf_as_a_viewer_shows_it(
    tmp_path: Path, kind: str, scale: float
) -> None:
    url, compose = CODED[kind]
    page = lay_out(compose(), scale=scale)
    assert read_by_all(from_near(viewed(page, tmp_path), page)) == all_of(url)


def test_a_code_with_a_third_of_it_missing_is_read_by_nobody() -> None:
    page = lay_out(CODED["service"][1]())
    seen = from_near(printed(page), page).copy()
    seen[: seen.shape[0] // 2] = 255
    assert not any(read_by_all(seen).values())
