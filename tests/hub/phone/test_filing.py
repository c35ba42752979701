from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from hub.cli import app
from hub.door_settings import DoorSettings
from hub.phone import filing
from tests.hub.phone.building import HOST, make_catalog
from tests.hub.phone.test_door import LIFE, PAGE, PROGRAM
from tests.hub.publish import building as publishing


@dataclass
class Told:
    code: int
    output: str


def run(data: Path) -> Told:
    done = CliRunner().invoke(app, ["check-doors", "--data", str(data)])
    return Told(done.exit_code, done.output)


def changed(door: DoorSettings, **changes: object) -> DoorSettings:
    return msgspec.structs.replace(door, **changes)


def test_what_has_to_be_filed_is_said_door_by_door() -> None:
    told = filing.report((PAGE, PROGRAM, LIFE), make_catalog(), ())
    text = "\n".join(told.lines)
    assert told.faults == ()
    for words in (
        "微信里的办事页 (wechat-page): 1 services, for MicroMessenger",
        "file at WeChat (gh_0123456789ab, wx0123456789abcdef): https://zwfw.yc.gov.cn/k/ opens",
        "declare pages/item/item for plain URL schemes",
        "file at Alipay (2021001234567890): https://zwfw.yc.gov.cn/k/, by its beginning",
        "WeChat wx0123456789abcdef: 1 of 100 rules",
        "Alipay 2021001234567890: 1 of 20 rules",
    ):
        assert words in text


def test_more_rules_than_a_program_may_have_are_a_fault() -> None:
    rules = [f"https://h{n}.yc.gov.cn/k/" for n in range(101)]
    for door, most, name in ((PROGRAM, 100, "WeChat"), (LIFE, 20, "Alipay")):
        many = tuple(changed(door, rule=rule) for rule in rules[: most + 1])
        faults = filing.report(many, make_catalog(), ()).faults
        assert [fault for fault in faults if fault.startswith(name)] == [
            f"{name} {door.app_id}: {most + 1} rules, but {most} at most"
        ]
        assert filing.report(many[:-1], make_catalog(), ()).faults == ()


@pytest.mark.parametrize(
    ("door", "fault"),
    [
        (changed(PAGE, url="https://other.example/"), "link policy does not have the host"),
        (changed(PAGE, channels=("app",)), "no published service"),
        (changed(PAGE, services=(13003, 14001)), "no such services: 14001"),
        (changed(LIFE, rule="https://zwfw.yc.gov.cn/"), "should end with /k/"),
        (changed(LIFE, check_file="gone.txt"), "checks/gone.txt is missing"),
    ],
)
def test_what_is_missing_is_said(door: DoorSettings, fault: str) -> None:
    faults = filing.report((door,), make_catalog(), ("there.txt",)).faults
    assert [fault in one for one in faults] == [True]


def test_the_place_of_a_check_file_is_said() -> None:
    for door, place in (
        (changed(PROGRAM, check_file="a.txt"), "https://zwfw.yc.gov.cn/k/a.txt"),
        (changed(LIFE, check_file="a.txt"), "https://zwfw.yc.gov.cn/a.txt"),
        (changed(PAGE, check_file="a.txt"), f"https://{HOST}/a.txt"),
    ):
        told = filing.report((door,), make_catalog(), ("a.txt",))
        assert f"  check file: {place}" in told.lines
        assert told.faults == ()


def test_the_command_reads_settings_catalog_and_files(tmp_path: Path) -> None:
    data = tmp_path / "data"
    service = publishing.make_service(url=f"https://{publishing.HOST}/")
    publishing.make_published(data, publishing.make_source([service]))
    assert run(data) == Told(0, "no doors are set: people are led to the catalog's own addresses\n")
    (data / "hub.toml").write_text(
        f"""
        [[doors]]
        kind = "wechat-page"
        name = "微信"
        url = "https://{publishing.HOST}/wx"
        check_file = "a1.txt"
        """,
        "utf-8",
    )
    told = run(data)
    assert told.code == 1
    assert "checks/a1.txt is missing" in told.output
    (data / "checks").mkdir()
    (data / "checks" / "a1.txt").write_text("x")
    (data / "checks" / "a.b.txt").write_text("x")
    told = run(data)
    assert told.code == 0
    assert "微信 (wechat-page): 1 services" in told.output
    assert "checks/a.b.txt is not served" in told.output


def test_before_the_first_publish_the_command_says_what_to_do(tmp_path: Path) -> None:
    publishing.make_repository(tmp_path / "data")
    told = run(tmp_path / "data")
    assert told.code == 1
    assert "hub publish" in told.output
