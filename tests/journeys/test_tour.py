"""The tour: one look upright, and what it leaves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from kiosk.citizen import PANELS, StuckError
from kiosk.core.choices import Choices
from kiosk.tour import Tour, urls_in
from tests.journeys.ways import words_on

pytestmark = [pytest.mark.usefixtures("qapp"), pytest.mark.long]
UPRIGHT = {"portrait": PANELS["portrait"]}
SCREENS = {
    *("welcome", "must-read", "home", "groups", "group", "service", "situation", "handoff"),
    *("search", "halls", "help", "sign-in", "display", "practice", "switches"),
    *("events", "event", "event-question", "plan", "list", "resumed", "papers", "doable"),
    *("where", "popular", "bulletin", "bulletins", "hidden", "whom", "why", "proxy"),
    *("staff", "staff-find", "staff-printer", "staff-today", "staff-counter", "staff-bulletin"),
    *("staff-sync", "staff-missed", "staff-trail", "still-there", "out-of-order"),
}


@pytest.fixture
def silent(data_dir: Path) -> Path:
    """A kiosk without a voice: this computer may have no sound."""
    (data_dir / "kiosk.toml").write_text('[voice]\nkind = "none"\n', "utf-8")
    return data_dir


@pytest.mark.logs("voice-lost")  # the question whether somebody is there has a sound
def test_every_kind_of_screen_is_left_as_a_picture(silent: Path, tmp_path: Path) -> None:
    out = tmp_path / "tour"
    tour = Tour(silent, out, looks=(Choices(),), errand_looks=(Choices(),), panels=UPRIGHT)
    tour.walk()
    told = json.loads((out / "tour.json").read_text("utf-8"))["steps"]
    kinds = {step["screen"].partition(":")[0] for step in told}
    assert kinds >= SCREENS
    for step in told:
        assert QImage(str(out / step["file"])).width() == PANELS["portrait"].width_px
    codes = {url for step in told for url in step["urls"]}
    assert any("/k/" in url.lower() for url in codes)
    assert any("/c/" in url.lower() for url in codes)
    assert "身份证丢了补办" in words_on(out / "slip.pdf")


def test_without_a_slip_the_tour_has_not_arrived(silent: Path, tmp_path: Path) -> None:
    with pytest.raises(StuckError, match="no slip"):
        Tour(silent, tmp_path / "tour", looks=(), errand_looks=(), panels=UPRIGHT).walk()


def test_a_picture_without_a_code_has_none() -> None:
    empty = QImage(40, 40, QImage.Format.Format_RGB32)
    empty.fill(0xFFFFFF)
    assert urls_in(empty) == []
