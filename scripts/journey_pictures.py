"""Pictures of the journeys for docs/journeys.md.

`python -m scripts.journey_pictures` writes docs/pictures/journeys: screens of the demo city as
`access.registry` tells them apart, most of them upright at the usual size, one in the largest text
on white and black, one in English, one in Uyghur. A palette keeps each below 60 KB.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from access import city, registry
from access.sights import named
from kiosk import app
from kiosk.core.value import replace
from kiosk.store.catalog_reader import CatalogReader
from kiosk.ui.screen import Screen
from scripts.demo import ROOT

PICTURES = ROOT / "docs" / "pictures" / "journeys"
WIDTH = 540
COLOURS = 64
USUAL = "zh-100-standard-27in-portrait"
LARGEST_DARK = "zh-200-dark-27in-portrait"
ENGLISH = "en-100-standard-27in-portrait"
UYGHUR = "ug-100-standard-27in-portrait"
LARGEST_BYTES = 60_000


class Shot(NamedTuple):
    """A screen of the registry, and how it is seen."""

    screen: str
    sight: str = USUAL
    page: int = 0


SHOTS: Mapping[str, Shot] = {
    "question": Shot("event-question"),
    "plan": Shot("plan-answered"),
    "service": Shot("service-answered", LARGEST_DARK),
    "papers": Shot("papers-ticked"),
    "doable": Shot("doable-1"),
    "whom": Shot("whom"),
    "may": Shot("proxy-partly"),
    "may-not": Shot("proxy-refused", UYGHUR),
    "list": Shot("list"),
    "where": Shot("where-plan"),
    "elsewhere": Shot("where-elsewhere", ENGLISH),
    "popular": Shot("popular-picks"),
    "must-read": Shot("must-read"),
    "hidden": Shot("service-hidden"),
    "help": Shot("help-calls"),
    "coming": Shot("help-coming"),
    "sign-in": Shot("sign-in-begun"),
    "staff-find": Shot("staff-find-found"),
    "take-list": Shot("handoff-list"),
    "resumed": Shot("resumed"),
}


def main() -> int:
    """Write the pictures; the count of those that are too large."""
    application = app.application()
    PICTURES.mkdir(parents=True, exist_ok=True)
    too_large = 0
    with tempfile.TemporaryDirectory() as folder:
        reader = CatalogReader(city.build(Path(folder)))
        for name, shot in SHOTS.items():
            file = PICTURES / f"{name}.png"
            _draw(reader, shot).save(str(file))
            size = file.stat().st_size
            if size > LARGEST_BYTES:
                too_large += 1
                print(f"{file.name} has {size} bytes", file=sys.stderr)
        reader.close()
    application.quit()
    return too_large


def _draw(reader: CatalogReader, shot: Shot) -> QImage:
    sight = named(shot.sight)
    seen = registry.pages(reader, sight.choices, sight.tongue.gettext)[shot.screen]
    page = replace(seen.page, index=shot.page)
    screen = Screen(page, sight.look(seen.choices))
    smooth = Qt.TransformationMode.SmoothTransformation
    return _few_colours(screen.grab().toImage().scaledToWidth(WIDTH, smooth))


def _few_colours(picture: QImage) -> QImage:
    """In the colours that it has most of: even areas stay even, which dithering would not leave."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(rgb.constBits()).cast("B").cast("I")
    table = [colour for colour, _count in Counter(pixels).most_common(COLOURS)]
    plain = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return rgb.convertToFormat(QImage.Format.Format_Indexed8, table, plain)


if __name__ == "__main__":
    sys.exit(main())
