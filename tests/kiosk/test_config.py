"""The settings of a kiosk: what is read, and what is refused with file and key."""

from __future__ import annotations

import math
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import assets, config
from kiosk.config import Config, Device, Dictation, Printer, Voice
from kiosk.core.errors import ConfigError


def load(folder: Path, content: str | bytes | None = None) -> Config:
    file = folder / "kiosk.toml"
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return config.load(file, assets.PROFILES)


def test_without_a_file_there_are_defaults(tmp_path: Path) -> None:
    assert load(tmp_path) == Config()


def test_an_empty_file_has_the_same_defaults(tmp_path: Path) -> None:
    assert load(tmp_path, "") == Config()


def test_what_is_set_is_read(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        """
        full_screen = true
        [device]
        width_px = 1440
        keypad = true
        jack = "keypad"
        [voice]
        headphones = "plughw:1"
        speaker_offset_db = -6
        [dictation]
        kind = "command"
        command = ["listen", "--words", "x"]
        [search]
        count_missed = false
        [idle]
        ask_after_s = 120
        [printer]
        kind = "tcp"
        model = "xprinter-80"
        host = "192.0.2.7"
        """,
    )
    assert read.full_screen
    assert read.device == Device(width_px=1440, keypad=True, jack="keypad")
    assert read.voice == Voice(headphones="plughw:1", speaker_offset_db=-6.0)
    assert read.dictation == Dictation("command", ("listen", "--words", "x"))
    assert not read.search.count_missed
    assert (read.idle.ask_after_s, read.idle.answer_within_s) == (120.0, 45.0)
    assert read.printer == Printer("tcp", "xprinter-80", "192.0.2.7", 9100)


# the panel --------------------------------------------------------------------------------------

DIAGONALS_IN = {
    "21in-portrait": 21.5,
    "27in-portrait": 27.0,
    "32in-portrait": 32.0,
    "27in-landscape": 27.0,
}


def required(folder: Path, content: str) -> Device:
    """The device that citizens may be let in with."""
    return config.require_device(load(folder, content), folder / "kiosk.toml", assets.PROFILES)


def test_every_profile_that_ships_is_known_here() -> None:
    assert {file.stem for file in assets.PROFILES.glob("*.toml")} == set(DIAGONALS_IN)


@pytest.mark.parametrize(("profile", "diagonal_in"), DIAGONALS_IN.items())
def test_a_profile_has_the_size_of_its_diagonal(
    tmp_path: Path, profile: str, diagonal_in: float
) -> None:
    device = required(tmp_path, f'profile = "{profile}"')
    assert ("portrait" in profile) == (device.height_px > device.width_px)
    diagonal_px = math.hypot(device.width_px, device.height_px)
    assert device.mm_per_px == pytest.approx(diagonal_in * 25.4 / diagonal_px, abs=5e-6)


@pytest.mark.parametrize("profile", DIAGONALS_IN)
def test_a_profile_says_how_large_the_picture_is(profile: str) -> None:
    content = (assets.PROFILES / f"{profile}.toml").read_text("utf-8")
    size, found = tomllib.loads(content), re.search(r"(\d+) × (\d+) mm\.", content)
    assert found
    assert int(found[1]) == round(size["width_px"] * size["mm_per_px"])
    assert int(found[2]) == round(size["height_px"] * size["mm_per_px"])


@pytest.mark.parametrize("profile", DIAGONALS_IN)
def test_the_lower_part_of_every_panel_is_within_reach(tmp_path: Path, profile: str) -> None:
    """EN 301 549 8.3: 380 to 1,220 mm; a control is at least 20 mm high, and there are two rows."""
    bottom_mm = required(tmp_path, f'profile = "{profile}"').bottom_mm
    assert 380 <= bottom_mm <= 1220 - 200


def test_the_machines_own_numbers_are_stronger_than_its_profile(tmp_path: Path) -> None:
    device = load(tmp_path, 'profile = "27in-landscape"\n[device]\nmm_per_px = 0.25').device
    assert device == Device(1920, 1080, 0.25, 950.0)


def test_sizes_of_its_own_are_as_good_as_a_profile(tmp_path: Path) -> None:
    device = required(
        tmp_path, "[device]\nwidth_px = 768\nheight_px = 1366\nmm_per_px = 0.252\nbottom_mm = 750"
    )
    assert device == Device(768, 1366, 0.252, 750.0)


@pytest.mark.parametrize(
    ("content", "unknown"),
    [
        ("", "for device.width_px, device.height_px, device.mm_per_px, device.bottom_mm."),
        (
            "[device]\nwidth_px = 768\nheight_px = 1366\nmm_per_px = 0.252",
            "for device.bottom_mm.",
        ),
    ],
)
def test_without_the_sizes_of_a_panel_no_citizen_is_let_in(
    tmp_path: Path, content: str, unknown: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        required(tmp_path, content)
    said = str(caught.value)
    assert f"{tmp_path}/kiosk.toml: profile: is needed, {unknown}" in said
    for profile in DIAGONALS_IN:
        assert profile in said
    assert f"kiosk ruler --data {tmp_path}" in said


def measured(folder: Path, content: str) -> None:
    (folder / "panel.toml").write_text(content, "utf-8")


def test_what_was_measured_is_stronger_than_everything(tmp_path: Path) -> None:
    measured(tmp_path, "mm_per_px = 0.3\ninstead_of = 0.31132\nmeasured = 2026-11-22")
    assert load(tmp_path, 'profile = "27in-portrait"').device == Device(1080, 1920, 0.3, 700.0)
    nominal = config.nominal(tmp_path / "kiosk.toml", assets.PROFILES)
    assert nominal.device.mm_per_px == 0.31132


def test_what_was_measured_on_another_panel_is_not_used(tmp_path: Path) -> None:
    measured(tmp_path, "mm_per_px = 0.3\ninstead_of = 0.31132\nmeasured = 2026-11-22")
    assert load(tmp_path, 'profile = "32in-portrait"').device.mm_per_px == 0.36897
    assert load(tmp_path, "").device == Device()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "mm_per_px: is no size of a pixel"),
        ("mm_per_px = 0.3", "instead_of: is no size of a pixel"),
        ("mm_per_px = nan\ninstead_of = 0.3", "mm_per_px: is no size of a pixel"),
        ("mm_per_px = 'wide'", "mm_per_px: must be float"),
        ("measured = 2026-11-22T09:00:00", "measured: must be date"),
        ("colour = 'red'", "colour: is no setting"),
        ("mm_per_px = ", "is no TOML"),
    ],
)
def test_a_damaged_measurement_is_named(tmp_path: Path, content: str, says: str) -> None:
    measured(tmp_path, content)
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, 'profile = "27in-portrait"')
    assert f"panel.toml: {says}" in str(caught.value)


# mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("colour = 'red'", "colour: is no setting"),
        ("[device]\ndpi = 96", "device.dpi: is no setting"),
        ("[idle]\nask_after = 3", "idle.ask_after: is no setting"),
        ("full_screen = 1", "full_screen: must be bool"),
        ("[device]\nwidth_px = 1080.5", "device.width_px: must be int"),
        ("[device]\nwidth_px = true", "device.width_px: must be int"),
        ("[idle]\nask_after_s = true", "idle.ask_after_s: must be float"),
        ("[idle]\nask_after_s = '180'", "idle.ask_after_s: must be float"),
        ("device = 27", "device: must be a table"),
        ("profile = '27in-portrait'\ndevice = 27", "device: must be a table"),
        ("profile = 27", "profile: must be str"),
        ("profile = 'unknown'", "profile: there is no unknown; known are 21in-portrait, 27in-"),
        ("profile = '../profiles/27in-portrait'", "profile: there is no ../profiles/27in"),
        ("[device]\nbottom_mm = 0", "device.bottom_mm: must be between 100 and 1500"),
        ("[device]\nwidth_px = 0", "device.width_px: must be between"),
        ("[device]\ndistance_mm = 0", "device.distance_mm: must be between 200 and 2000"),
        ("[device]\njack = 'usb'", "device.jack: must be none, keypad, auto or a path"),
        ("[device]\njack = 'keypad'", "device.jack: is keypad, but device.keypad is not true"),
        ("[voice]\nkind = 'festival'", "voice.kind: must be espeak, folder or none"),
        ("[voice]\nspeaker = ''", "voice.speaker: is needed"),
        ("[voice]\nspeaker_offset_db = 21", "voice.speaker_offset_db: must be between -40 and 20"),
        ("[dictation]\nkind = 'vosk'", "dictation.kind: must be none or command"),
        ("[dictation]\nkind = 'command'", "dictation.command: is needed"),
        ("[dictation]\nkind = 'command'\ncommand = ['']", "dictation.command: is needed"),
        ("[dictation]\ncommand = 'listen'", "dictation.command: must be a list of strings"),
        ("[dictation]\ncommand = ['listen', 5]", "dictation.command: must be a list of strings"),
        ("[dictation]\nlisten_s = 1", "dictation.listen_s: must be between 2 and 60"),
        ("[search]\ncount_missed = 1", "search.count_missed: must be bool"),
        ("[idle]\nask_after_s = 1" + "0" * 400, "idle.ask_after_s: must be float"),
        ("[idle]\nask_after_s = 1" + "0" * 5000, "is no TOML"),
        ("[device]\nmm_per_px = 0.0", "device.mm_per_px: must be between"),
        ("[device]\nmm_per_px = nan", "device.mm_per_px: must be between"),
        ("[device]\nmm_per_px = 3", "device.mm_per_px: must be between"),
        ("[printer]\nkind = 'laser'", "printer.kind: must be folder, tcp, usb or serial"),
        ("[printer]\nkind = 'usb'", "printer.device: kind usb needs a path like /dev/usb/lp0"),
        ("[printer]\nkind = 'serial'", "printer.device: kind serial needs a path like /dev/ttyS0"),
        ("[printer]\nkind = 'usb'\ndevice = 'lp0'", "printer.device: kind usb needs a path"),
        ("[printer]\nbaud = 9600", "printer.baud: must be one of 38400, 57600, 115200"),
        ("[printer]\nbaud = 9600", "921600; a slip would take 92 s"),
        ("[printer]\nbaud = 0", "printer.baud: must be one of"),
        ("[printer]\nkind = 'tcp'", "printer.host: is needed"),
        ("[sheets]\nkind = 'tcp'", "sheets.kind: must be none, folder or ipp"),
        ("[sheets]\nkind = 'ipp'", "sheets.uri: is needed for kind ipp"),
        ("[sheets]\nkind = 'ipp'\nuri = '192.0.2.18'", "sheets.uri: is needed for kind ipp"),
        ("[sheets]\nkind = 'ipp'\nuri = 'ipp://a:99999/x'", "sheets.uri: is needed for kind ipp"),
        ("[sheets]\nkind = 'ipp'\nuri = 'ipp:///ipp/print'", "sheets.uri: is needed for kind ipp"),
        ("full_screen = ", "is no TOML"),
        ("full_screen = true\nfull_screen = false", "is no TOML"),
        (b"\xff\xfe", "is no TOML"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, content)
    assert says in str(caught.value)
    assert ".toml" in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").mkdir()
    with pytest.raises(ConfigError, match=r"kiosk\.toml: cannot be read"):
        load(tmp_path)


_values = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | st.sampled_from(["'x'", "nan", "1.5", "''"]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
_TABLES = ("device", "voice", "dictation", "search", "idle", "sync", "printer")
_KEYS = ("profile", "full_screen", *_TABLES, "other")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _values, max_size=3))
def test_any_settings_are_read_or_refused(tmp_path: Path, table: dict[str, object]) -> None:
    lines = [f"{key} = {str(value).lower()}".replace('"', "") for key, value in table.items()]
    try:
        read = load(tmp_path, "\n".join(lines))
    except ConfigError:
        return
    assert isinstance(read, Config)
