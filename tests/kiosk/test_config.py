"""The settings of a kiosk: what is read, and what is refused with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import assets, config
from kiosk.config import Config, Device, Printer
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


def test_the_standard_profile_is_the_default_device(tmp_path: Path) -> None:
    assert load(tmp_path, 'profile = "27in-portrait"').device == Device()


def test_what_is_set_is_read(tmp_path: Path) -> None:
    read = load(
        tmp_path,
        """
        full_screen = true
        [device]
        width_px = 1440
        [idle]
        ask_after_s = 120
        [printer]
        kind = "tcp"
        host = "192.0.2.7"
        """,
    )
    assert read.full_screen
    assert (read.device.width_px, read.device.height_px) == (1440, 1920)
    assert (read.idle.ask_after_s, read.idle.answer_within_s) == (120.0, 45.0)
    assert read.printer == Printer("tcp", "192.0.2.7", 9100)


@pytest.mark.parametrize("profile", sorted(file.stem for file in assets.PROFILES.glob("*.toml")))
def test_every_profile_that_ships_can_be_used(tmp_path: Path, profile: str) -> None:
    device = load(tmp_path, f'profile = "{profile}"').device
    assert ("portrait" in profile) == (device.height_px > device.width_px)


def test_the_machines_own_numbers_are_stronger_than_its_profile(tmp_path: Path) -> None:
    device = load(tmp_path, 'profile = "27in-landscape"\n[device]\nmm_per_px = 0.25').device
    assert device == Device(1920, 1080, 0.25)


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
        ("profile = 'unknown'", "unknown.toml: cannot be read"),
        ("[device]\nmm_per_px = 0.0", "device.mm_per_px: must be between"),
        ("[device]\nmm_per_px = nan", "device.mm_per_px: must be between"),
        ("[device]\nmm_per_px = 3", "device.mm_per_px: must be between"),
        ("[printer]\nkind = 'laser'", "printer.kind: must be folder or tcp"),
        ("[printer]\nkind = 'tcp'", "printer.host: is needed"),
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
_KEYS = ("profile", "full_screen", "device", "idle", "sync", "printer", "other")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _values, max_size=3))
def test_any_settings_are_read_or_refused(tmp_path: Path, table: dict[str, object]) -> None:
    lines = [f"{key} = {str(value).lower()}".replace('"', "") for key, value in table.items()]
    try:
        read = load(tmp_path, "\n".join(lines))
    except ConfigError:
        return
    assert isinstance(read, Config)
