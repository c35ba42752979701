from __future__ import annotations

from pathlib import Path

import pytest

from hub import config
from hub.config import HubConfigError, Settings
from hub.door_settings import DoorSettings


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
        [alarms]
        forged = 7
        [[doors]]
        kind = "wechat-page"
        name = "微信办事"
        url = "https://zwfw.yunchuan.example/wx?item={item}"
        """,
        "utf-8",
    )
    settings = config.read(tmp_path).settings
    assert (settings.fraud_phone, settings.limits.handoffs_per_minute) == ("110", 5)
    assert settings.doors == (
        DoorSettings("wechat-page", "微信办事", url="https://zwfw.yunchuan.example/wx?item={item}"),
    )
    assert (settings.alarms.threshold("forged"), settings.alarms.threshold("expired")) == (7, 0)


def door(kind: str, rest: str) -> str:
    return f"[[doors]]\nkind = '{kind}'\nname = 'x'\n{rest}"


def wechat(**changes: str) -> str:
    values = {
        "app_id": "wx0123456789abcdef",
        "original_id": "gh_0123456789ab",
        "page": "pages/item/item",
        "rule": "https://a.example/k/",
    } | changes
    return door("wechat-program", "\n".join(f"{key} = '{one}'" for key, one in values.items()))


def test_a_whole_mini_program_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text(wechat(query="q={address}", check_file="a1.txt"), "utf-8")
    assert config.read(tmp_path).settings.doors[0].led == ("!MicroMessenger", "!AlipayClient")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("fraud = '110'", "unknown field `fraud`"),
        ("[limits]\nper_minute = 5", r"limits"),
        ("[limits]\nhandoffs_per_minute = 0", r"handoffs_per_minute"),
        ("[alarms]\nforged = -1", "alarms.forged"),
        ("[[doors]]\nkind = 'other'\nname = 'x'", r"kind"),
        (door("web", "url = 'http://a.example/'"), r"url = .*https://.*doors\[0\]"),
        (door("web", ""), r"url = ''.*a web needs"),
        (door("wechat-page", "url = 'https://a.example/{place}'"), r"in braces stand.*\{item\}"),
        (door("web", "url = 'https://a.example/{item'"), "in braces stand"),
        (door("web", "url = 'https://a.example/{address}'"), "`rule` is needed"),
        (door("web", "url = 'https://a.example/'\ncheck_file = '../x.txt'"), "check_file"),
        (door("web", "url = 'https://a.example/'\nagents = ['']"), "agents"),
        (door("web", "url = 'https://a.example/'\nservices = [0]"), "services"),
        (wechat(app_id="1"), "app_id = '1'.*wx and 16 hex digits"),
        (wechat(original_id="gh_1"), "original_id"),
        (wechat(page="/pages/x"), "page = '/pages/x'.*without its first slash"),
        (wechat(rule="https://a.example/k"), "rule.*ends with /"),
        (wechat(rule="http://a.example/k/"), "rule"),
        (wechat(query="q={adress}"), "in braces stand"),
        (door("alipay-program", "app_id = '1'"), "app_id = '1'.*16 digits"),
        ("= nonsense", "line 1"),
        ("\udcff", "hub.toml"),
    ],
)
def test_a_mistake_is_said_with_file_and_key(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "hub.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(HubConfigError, match=message) as raised:
        config.read(tmp_path)
    assert "hub.toml" in str(raised.value)


def test_a_limit_of_pages_leaves_room_for_a_picture(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("[limits]\npages_per_minute = 9\n", "utf-8")
    with pytest.raises(HubConfigError, match="pages_per_minute"):
        config.read(tmp_path)
