"""The ruler: what it draws, measured in pixels, and what becomes of an answer."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk import assets, config, ruler
from kiosk.config import Measurement
from kiosk.core.errors import ConfigError
from kiosk.ruler import CARD_HEIGHT_MM, CARD_MM, Outline, Ruler
from kiosk.shell import only_one
from kiosk.ui.widgets.touchable import Touchable
from tests.ui.pixels import luminance, picture, pixels

PROFILES = sorted(file.stem for file in assets.PROFILES.glob("*.toml"))
Key = Qt.Key
IS_DARK = 0.2


def data_dir(folder: Path, profile: str = "27in-portrait") -> Path:
    (folder / "kiosk.toml").write_text(f'profile = "{profile}"\n', "utf-8")
    return folder


def device_of(profile: str, folder: Path) -> config.Device:
    return config.nominal(data_dir(folder, profile) / "kiosk.toml", assets.PROFILES).device


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Callable[..., Ruler]:
    """Builds rulers of a profile."""

    def make(profile: str = "27in-portrait", tenths: int = 0) -> Ruler:
        device = device_of(profile, tmp_path)
        window = Ruler(device, profile, Outline(device.mm_per_px).wider(tenths))
        qtbot.addWidget(window)
        window.show()
        return window

    return make


def answers_of(window: Ruler) -> list[Outline | None]:
    found: list[Outline | None] = []
    window.answered.connect(found.append)
    return found


# in pixels --------------------------------------------------------------------------------------


def rows_where(window: Ruler, holds: Callable[[QColor], bool]) -> list[list[bool]]:
    """Which pixels of the picture are so."""
    found = pixels(picture(window))
    by_colour = {one: holds(QColor.fromRgb(one)) for one in set(found)}
    wide = window.width()
    return [[by_colour[one] for one in found[at : at + wide]] for at in range(0, len(found), wide)]


def runs_of(line: list[bool]) -> list[tuple[int, int]]:
    """Where every stretch begins, and how long it is."""
    at, found = 0, []
    for is_in, run in groupby(line):
        length = len(list(run))
        if is_in:
            found.append((at, length))
        at += length
    return found


def card_size(window: Ruler) -> tuple[int, int]:
    """Width and height of the largest white in the picture's middle: the card."""
    white = rows_where(window, lambda colour: colour == window._look.colour("card"))
    column = [row[window.width() // 2] for row in white]
    top, high = max(runs_of(column), key=lambda run: run[1])
    return max(wide for _, wide in runs_of(white[top + high // 2])), high


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("tenths", [0, -31, 57])
def test_the_outline_is_as_large_as_a_bank_card(
    made: Callable[..., Ruler], profile: str, tenths: int
) -> None:
    window = made(profile, tenths)
    wide, high = card_size(window)
    assert wide == pytest.approx(CARD_MM / window.outline.mm_per_px, abs=1)
    assert high == pytest.approx(CARD_HEIGHT_MM / window.outline.mm_per_px, abs=1)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_ruler_has_a_line_for_every_millimetre(
    made: Callable[..., Ruler], profile: str
) -> None:
    window = made(profile)
    dark = rows_where(window, lambda colour: luminance(colour) < IS_DARK)
    row = next(runs for line in dark if len(runs := runs_of(line)) == 201)
    mm_per_px = window.outline.mm_per_px
    for mm, (x, wide) in enumerate(row):
        assert wide == 1
        assert x - row[0][0] == pytest.approx(mm / mm_per_px, abs=0.51)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_control_can_be_hit_and_none_stands_on_another(
    made: Callable[..., Ruler], profile: str
) -> None:
    window = made(profile)
    least_px = 20 / window.outline.nominal
    controls = window.findChildren(Touchable)
    assert len(controls) == 6
    for control in controls:
        assert min(control.width(), control.height()) >= least_px
        assert window.rect().contains(control.geometry())
        others = [one for one in controls if one is not control]
        assert not any(control.geometry().intersects(one.geometry()) for one in others)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("tenths", [0, 856])
def test_the_words_the_card_and_the_controls_have_room(
    made: Callable[..., Ruler], profile: str, tenths: int
) -> None:
    window = made(profile, tenths)
    window.accept()
    words = sum(one.height() for one in window._words()) * window.outline.nominal
    card = CARD_HEIGHT_MM * window.outline.nominal / window.outline.mm_per_px
    room = window._controls_top() * window.outline.nominal
    assert words + card + 24 + 8 + 4 < room


# keys and touches -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "name", "tenths"),
    [
        (Key.Key_Left, "narrower", -1),
        (Key.Key_Right, "wider", 1),
        (Key.Key_Down, "narrower-much", -10),
        (Key.Key_Up, "wider-much", 10),
    ],
)
def test_key_and_touch_change_the_width_by_the_same_step(
    made: Callable[..., Ruler], key: Key, name: str, tenths: int
) -> None:
    window = made()
    QTest.keyClick(window, key)
    assert window.outline.tenths == 856 + tenths
    window.findChild(Touchable, f"ruler:{name}").click()
    assert window.outline.tenths == 856 + 2 * tenths


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_says_that_the_card_fits(made: Callable[..., Ruler], key: Key) -> None:
    window = made(tenths=3)
    answers = answers_of(window)
    QTest.keyClick(window, key)
    assert answers == [window.outline]


def test_escape_or_closing_changes_nothing(made: Callable[..., Ruler]) -> None:
    window = made(tenths=3)
    answers = answers_of(window)
    QTest.keyClick(window, Key.Key_Escape)
    window.close()
    assert answers == [None, None]


def test_what_is_hard_to_believe_is_asked_again(made: Callable[..., Ruler]) -> None:
    window = made(tenths=300)
    answers = answers_of(window)
    window.accept()
    assert answers == []
    assert any("选错了档案" in warning for warning in window._warnings())
    window.change(1)
    window.accept()
    assert answers == []
    window.accept()
    assert answers == [window.outline]


def test_a_screen_of_other_pixels_than_the_profile_is_named(made: Callable[..., Ruler]) -> None:
    window = made()
    assert window._warnings() == []
    window.resize(800, 600)
    assert any("800 × 600" in warning for warning in window._warnings())


def test_it_says_by_how_much_the_profile_is_off(made: Callable[..., Ruler]) -> None:
    assert "和 27in-portrait 一样" in made().said()
    assert "比 27in-portrait 小 1.2 %" in made(tenths=10).said()
    assert "比 27in-portrait 大 1.2 %" in made(tenths=-10).said()


@given(st.floats(0.11, 0.99), st.integers(-2000, 2000))
def test_an_outline_and_its_measure_say_the_same(nominal: float, tenths: int) -> None:
    outline = Outline(nominal).wider(tenths)
    assert 0.49 <= outline.nominal / outline.mm_per_px <= 2.01
    assert outline.card_px * outline.mm_per_px == pytest.approx(CARD_MM, rel=1e-3)
    assert abs(Outline.of(nominal, outline.mm_per_px).tenths - outline.tenths) <= 1


# the command ------------------------------------------------------------------------------------


@contextmanager
def pressing(*keys: Key) -> Iterator[None]:
    """Press keys on the ruler as soon as it waits for them."""

    def press() -> None:
        window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, Ruler))
        for key in keys:
            QTest.keyClick(window, key)

    QTimer.singleShot(0, press)
    yield


def run(folder: Path, *keys: Key) -> tuple[int, str]:
    out = io.StringIO()
    with pressing(*keys):
        status = ruler.main(folder, out)
    return status, out.getvalue()


def mm_per_px(folder: Path) -> float:
    return config.load(folder / "kiosk.toml", assets.PROFILES).device.mm_per_px


@pytest.mark.usefixtures("qapp")
def test_a_measured_panel_is_used_from_then_on(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    nominal = mm_per_px(folder)
    status, said = run(folder, Key.Key_Left, Key.Key_Left, Key.Key_Return)
    assert status == 0
    assert mm_per_px(folder) == pytest.approx(nominal * 85.6 / 85.4, rel=1e-4)
    assert "+0.2% from the profile" in said
    kept = config.measurement(folder)
    assert kept is not None
    assert kept.measured == date.today()
    assert sorted(file.name for file in folder.iterdir()) == ["kiosk.toml", "panel.toml"]


@pytest.mark.usefixtures("qapp")
def test_the_next_time_it_begins_where_it_ended(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    run(folder, Key.Key_Up, Key.Key_Return)
    first = mm_per_px(folder)
    run(folder, Key.Key_Return)
    assert mm_per_px(folder) == first
    run(folder, Key.Key_Down, Key.Key_Return)
    assert mm_per_px(folder) == 0.31132


@pytest.mark.usefixtures("qapp")
def test_whoever_leaves_changes_nothing(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    status, said = run(folder, Key.Key_Up, Key.Key_Escape)
    assert (status, said) == (1, "nothing was changed\n")
    assert not (folder / "panel.toml").exists()


@pytest.mark.usefixtures("qapp")
def test_a_damaged_measurement_is_measured_again(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    (folder / "panel.toml").write_text("mm_per_px = 'wide'", "utf-8")
    assert run(folder, Key.Key_Right, Key.Key_Return)[0] == 0
    assert mm_per_px(folder) < 0.31132


@pytest.mark.usefixtures("qapp")
def test_while_a_kiosk_is_running_nothing_is_measured(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    lock = only_one(folder / "kiosk.lock")
    with pytest.raises(ConfigError, match="another kiosk is running"):
        ruler.main(folder, io.StringIO())
    lock.unlock()


def test_without_a_profile_it_says_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="21in-portrait, 27in-landscape, 27in-portrait"):
        ruler.main(tmp_path, io.StringIO())


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        ("21in-portrait", "1080 × 1920 px, 0.2479 mm/px, 268 × 476 mm, a card is 345.3 px wide"),
        ("27in-portrait", "1080 × 1920 px, 0.3113 mm/px, 336 × 598 mm, a card is 275.0 px wide"),
        ("32in-portrait", "1080 × 1920 px, 0.3690 mm/px, 398 × 708 mm, a card is 232.0 px wide"),
        ("27in-landscape", "1920 × 1080 px, 0.3113 mm/px, 598 × 336 mm, a card is 275.0 px wide"),
    ],
)
def test_checking_says_the_panel_in_one_line(tmp_path: Path, profile: str, says: str) -> None:
    out = io.StringIO()
    assert ruler.main(data_dir(tmp_path, profile), out, check=True) == 0
    assert out.getvalue() == f"{profile}: {says}; not measured\n"


def test_checking_says_when_it_was_measured(tmp_path: Path) -> None:
    folder = data_dir(tmp_path)
    ruler.keep(folder, Measurement(0.3180, 0.31132, date(2026, 11, 22)))
    out = io.StringIO()
    ruler.main(folder, out, check=True)
    assert "0.3180 mm/px" in out.getvalue()
    assert out.getvalue().endswith("; measured on 2026-11-22, +2.1% from the profile\n")


def test_what_cannot_be_kept_is_said(tmp_path: Path) -> None:
    found = Measurement(0.3, 0.3, date(2026, 11, 22))
    with pytest.raises(ConfigError, match=r"panel\.toml: cannot be written"):
        ruler.keep(tmp_path / "nothing", found)


@pytest.mark.parametrize(("nominal", "tenths"), [(0.05, 2000), (2.0, -2000)])
def test_what_is_measured_is_never_what_the_settings_would_refuse(
    nominal: float, tenths: int
) -> None:
    found = Outline(nominal).wider(tenths).mm_per_px
    assert config.LEAST_MM_PER_PX <= found <= config.MOST_MM_PER_PX
