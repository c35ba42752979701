"""The ways of operating a kiosk, what is seen of it, and what comes out of it.

Knows screens and slips from outside. Does not know any journey.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.citizen import ByKeypad, BySwitches, ByTouch, Citizen, Machine, Way
from kiosk.core.session import Session
from tests.journeys.witness import Witness

WAYS = {"touch": ByTouch, "keypad": ByKeypad, "two-switches": BySwitches}


def session(citizen: Citizen) -> Session:
    """The visit."""
    return citizen.kiosk.stage.session


def words(citizen: Citizen) -> str:
    """Everything that stands on the screen now."""
    screen = citizen.kiosk.window.screen_shown
    shown = [one for one in screen.findChildren(QWidget) if one.isVisible()]
    texts = (one.text() if isinstance(one, QLabel) else one.accessibleName() for one in shown)
    return "\n".join(texts)


def words_of_all_pages(citizen: Citizen) -> str:
    """Everything that stands on all pages of this screen, by turning them."""
    citizen.settle()
    seen = [words(citizen)]
    while citizen.can_touch("page:following"):
        citizen.turn()
        seen.append(words(citizen))
    return "\n".join(seen)


def slips(data_dir: Path) -> list[Path]:
    """The slips of a kiosk that prints into its folder, in their order."""
    found = (data_dir / "slips").glob("slip-*.pdf")
    return sorted(found, key=lambda one: int(one.stem.removeprefix("slip-")))


def words_on(slip: Path) -> str:
    """The words of a slip, without blanks; radicals of the font's are read as their signs."""
    (sheet,) = pypdf.PdfReader(slip).pages
    return on_paper(sheet.extract_text())


def on_paper(text: str) -> str:
    """Words as they are read off a slip."""
    return flat(unicodedata.normalize("NFKC", text).translate(_SHARED))


def flat(text: str) -> str:
    """Words without blanks and breaks."""
    return re.sub(r"\s", "", text)


_SHARED = str.maketrans("⺠⻔⻅⻋⻚⻓⻢⻩⻮戶‒—", "民门见车页长马黄齿户––")
"""What NFKC leaves as the typeface draws it: radicals of the supplement, old forms, dashes."""


def assert_plain(witness: Witness, way: Callable[[Machine], Way]) -> None:
    """No key was held, no finger slid, one finger was enough (KEY-09, TCH-09)."""
    assert not witness.held
    assert witness.slid_px == 0
    if way is ByTouch:
        assert witness.fingers == 1
        assert not witness.keys
    else:
        assert witness.fingers == 0
    if way is ByKeypad:
        five = {Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape}
        assert witness.keys <= five
    if way is BySwitches:
        assert witness.keys == {Qt.Key.Key_F11, Qt.Key.Key_F12}
