from __future__ import annotations

from pathlib import Path

import pytest

from hub import config
from hub.config import HubConfigError, PlatformDoor, Settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    read = config.read(tmp_path)
    assert read.settings == Settings()
    assert read.database == tmp_path / "hub.sqlite"


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(
        """
        fraud_phone = "110"
        [limits]
        handoffs_per_minute = 5
        [doors.wechat]
        name = "微信小程序"
        url = "https://zwfw.yunchuan.example/wx?item={item}"
        """,
        "utf-8",
    )
    settings = config.read(tmp_path).settings
    assert (settings.fraud_phone, settings.limits.handoffs_per_minute) == ("110", 5)
    assert settings.doors.wechat == PlatformDoor(
        "微信小程序", "https://zwfw.yunchuan.example/wx?item={item}"
    )
    assert settings.doors.alipay is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("fraud = '110'", "unknown field `fraud`"),
        ("[limits]\nper_minute = 5", r"limits"),
        ("[limits]\nhandoffs_per_minute = 0", r"handoffs_per_minute"),
        ("[doors.wechat]\nname = 'x'\nurl = 'http://a.example/'", r"doors.wechat.url"),
        ("[doors.other]\nname = 'x'", "unknown field `other`"),
        ("= nonsense", "line 1"),
        ("\udcff", "hub.toml"),
    ],
)
def test_a_mistake_is_said_with_file_and_key(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "hub.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(HubConfigError, match=message) as raised:
        config.read(tmp_path)
    assert "hub.toml" in str(raised.value)
