"""Pictures of the ways to ask, and of real answers, for docs/search.md.

`python -m scripts.search_pictures` writes docs/pictures/search: the demo city is published into a
scratch file, searched, and drawn at the largest text, upright and lying. Only the ink was
made up.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from access import city, registry
from access.sights import Sight, named
from access.visit import HALL, MONDAY_MORNING, READ
from db import engine
from kiosk import app
from kiosk.core.asking import Asking
from kiosk.core.routes import Home, SearchPage, Welcome
from kiosk.core.session import Session
from kiosk.search.searcher import Searcher
from kiosk.store import search_index
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.page import Page
from kiosk.ui.screen import Screen
from kiosk.views.factory import page_for
from kiosk.views.scene import Scene
from scripts.demo import ROOT

PICTURES = ROOT / "docs" / "pictures" / "search"
WIDTHS = {"portrait": 360, "landscape": 640}
QUERIES = {"shebao": "社保", "fadan": "罚单", "shenfz": "shenfz", "school": "孩子上学"}
PADS = {
    "letters": "search-results-literal",
    "handwriting": "search-writing-read",
    "strokes": "search-strokes-begun",
    "speech": "search-speech",
}


def main() -> int:
    """Write the pictures."""
    application = app.application()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        file = with_index(city.build(Path(folder)))
        for lie in WIDTHS:
            sight = named(f"zh-200-standard-27in-{lie}")
            for name, page in (*pads(file, sight), *answers(file, sight)):
                _draw(page, sight).save(str(PICTURES / f"{name}-{lie}.png"))
    application.quit()
    return 0


def with_index(file: Path) -> Path:
    """The same catalog, and what finds its services."""
    opened = engine.scratch(file)
    with opened.begin() as connection:
        rows = connection.exec_driver_sql("SELECT key, body FROM record").all()
        search_index.build(connection, {row[0]: row[1] for row in rows})
    opened.dispose()
    return file


def pads(file: Path, sight: Sight) -> Iterator[tuple[str, Page]]:
    """The ways to ask, with something half written."""
    pages = registry.pages(CatalogReader(file), sight.choices, sight.tongue.gettext)
    for name, visit in PADS.items():
        yield name, pages[visit].page


def answers(file: Path, sight: Sight) -> Iterator[tuple[str, Page]]:
    """What the demo city answers; upright the first page holds the pad and no answer."""
    searcher = Searcher(file)
    for name, query in QUERIES.items():
        visit = Session(
            seen_bulletins=READ,
            trail=(Welcome(), Home(), SearchPage()),
            choices=sight.choices,
            asking=Asking(query=query, results=searcher.find(query)),
        )
        page = page_for(
            Scene(
                session=visit,
                catalog=CatalogReader(file),
                gettext=sight.tongue.gettext,
                hall=HALL,
                now=MONDAY_MORNING,
            )
        )
        yield name, page
    searcher.close()


def _draw(page: Page, sight: Sight) -> QImage:
    screen = Screen(page, sight.look(sight.choices))
    lie = "portrait" if screen.height() > screen.width() else "landscape"
    smooth = Qt.TransformationMode.SmoothTransformation
    picture = screen.grab().toImage().scaledToWidth(WIDTHS[lie], smooth)
    return picture.convertToFormat(QImage.Format.Format_Indexed8)


if __name__ == "__main__":
    sys.exit(main())
