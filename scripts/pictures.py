"""Picks pictures of a tour for the README and makes them small enough for a page.

`python -m scripts.pictures OUT` reads the tour in OUT and writes docs/pictures.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage

from scripts.demo import ROOT

PICTURES = ROOT / "docs" / "pictures"
WIDTHS = {"portrait": 480, "landscape": 960}
CHOSEN = {  # file: screen, look as the tour's files name it, which of the steps with this screen
    "welcome": ("welcome", "portrait-100-standard-zh", 0),
    "home": ("home", "portrait-100-standard-zh", 0),
    "service": ("service:id-card-lost", "portrait-100-standard-zh", 0),
    "handoff": ("handoff:id-card-lost", "portrait-100-standard-zh", -1),
    "search": ("search", "portrait-100-standard-zh", -1),
    "display": ("display", "portrait-100-standard-zh", 0),
    "service-largest-dark": ("service:id-card-lost", "portrait-200-dark-zh", 0),
    "service-uyghur": ("service:id-card-lost", "portrait-100-standard-ug", 0),
    "home-steady": ("home", "portrait-100-standard-zh-steady", 0),
    "home-landscape": ("home", "landscape-100-standard-zh", 0),
    "handoff-landscape": ("handoff:id-card-lost", "landscape-100-standard-zh", -1),
}


def main(out: Path) -> int:
    """Write the pictures; the count of those that the tour lacks."""
    application = QGuiApplication([])
    steps = json.loads((out / "tour.json").read_text("utf-8"))["steps"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    missing = 0
    for name, (screen, look, which) in CHOSEN.items():
        found = [
            step
            for step in steps
            if step["screen"] == screen and step["file"].endswith(f"-{look}.png")
        ]
        if not found:
            print(f"the tour has no {screen}", file=sys.stderr)
            missing += 1
            continue
        picture = QImage(str(out / found[which]["file"]))
        smooth = Qt.TransformationMode.SmoothTransformation
        small = picture.scaledToWidth(WIDTHS[look.partition("-")[0]], smooth)
        small.convertToFormat(QImage.Format.Format_Indexed8).save(str(PICTURES / f"{name}.png"))
    application.quit()
    return missing


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
