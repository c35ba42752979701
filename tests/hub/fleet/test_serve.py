"""The real command in a process of its own, on a real port of this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import msgspec
import pytest
import requests
from typer.testing import CliRunner

from db import engine as engines
from db import token
from hub import config, server
from hub.cli import app
from hub.config import Alarms, Limits
from hub.fleet import clocks
from hub.phone.refusals import RefusalBook
from hub.publish import publication
from hub.publish.repository import Repository
from hub.server import ServerError
from tests.hub.publish import building as publishing

_LIMIT_S = 30


@contextmanager
def serving(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "hub", "serve", "--data", str(data), "--port", "0", *more]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip().removeprefix("serving ")
    finally:
        process.kill()
        process.communicate(timeout=_LIMIT_S)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


def test_a_kiosk_is_enrolled_served_and_revoked(tmp_path: Path) -> None:
    data, kit = tmp_path / "data", tmp_path / "kit"
    service = publishing.make_service(url=f"https://{publishing.HOST}/")
    publishing.make_published(data, publishing.make_source([service]))
    with serving(data) as (process, url), requests.Session() as phone:
        code, output = run(
            "enrol", "--data", str(data), "--hall", "hall", "--kiosk", "1",
            "--base-url", url, "--out", str(kit),
        )  # fmt: skip
        assert code == 0, output
        assert "990100/1/1" in output
        handoff = sealed_by(kit, service.number)

        assert phone.get(f"{url}/healthz", timeout=_LIMIT_S).json()["version"] == 1
        assert (
            phone.get(f"{url}/metadata/1.root.json", timeout=_LIMIT_S).content
            == (kit / "root.json").read_bytes()
        )
        page = phone.get(handoff, timeout=_LIMIT_S)
        assert page.status_code == 200
        assert "server" not in page.headers
        door = phone.post(f"{handoff}/accept", allow_redirects=False, timeout=_LIMIT_S)
        assert door.headers["location"] == f"https://{publishing.HOST}/"

        publication.publish(Repository(data), publishing.make_next_source())
        assert phone.get(f"{url}/healthz", timeout=_LIMIT_S).json()["version"] == 2
        assert phone.get(f"{url}/s/14001", timeout=_LIMIT_S).status_code == 200

        assert run("revoke", "--data", str(data), "--kiosk", "990100/1/1")[0] == 0
        refused = phone.get(handoff, timeout=_LIMIT_S)
        assert refused.status_code == 403
        assert "停用" in refused.text

        for path in ("/metadata/../../keys/handoff-master.key", "/metadata//../../hub.sqlite"):
            assert status_of_raw_path(url, path) == 404

        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=_LIMIT_S)
        assert process.returncode == 0
        assert "handoff-refused revoked" in log
        assert handoff.rpartition("/")[2] not in log
        assert "127.0.0.1" not in log
        assert "keyid" not in log  # what libraries say stays out


@pytest.mark.logs("handoff-alarm forged 990100/1/1 2")
def test_kiosks_and_alarms_are_listed(tmp_path: Path) -> None:
    data, kit = tmp_path / "data", tmp_path / "kit"
    publishing.make_published(data)
    assert run("kiosks", "--data", str(data)) == (0, "")
    assert run("alarms", "--data", str(data)) == (0, "no alarms in 7 days\n")
    code, output = run(
        "enrol", "--data", str(data), "--hall", "hall", "--kiosk", "1",
        "--base-url", "https://zw.example", "--out", str(kit),
    )  # fmt: skip
    assert code == 0, output
    engine = engines.durable(data / "hub.sqlite")
    place, now = token.Place(990100, 1, 1), datetime.now(UTC)
    clocks.learn(engine, place, int(now.timestamp()) - 5400, now, is_fresh=True)
    book = RefusalBook(engine, Limits(), Alarms(forged=2, unknown_kiosk=0))
    for _ in range(3):
        book.count(place, "forged", now)
    engine.dispose()
    code, output = run("kiosks", "--data", str(data))
    assert code == 0
    assert output.startswith("990100/1/1  ")
    assert "key epoch 0, in use, clock -5400 s" in output
    code, output = run("alarms", "--data", str(data), "--days", "1")
    assert code == 0
    assert "forged 3  990100/1/1" in output
    assert f"{now.astimezone(config.CITY_TIME):%Y-%m-%d %H}:00" in output
    assert run("revoke", "--data", str(data), "--kiosk", "990100/1/1")[0] == 0
    assert "revoked on" in run("kiosks", "--data", str(data))[1]


def sealed_by(kit: Path, item: int) -> str:
    """What the enrolled machine would show: it has nothing but its kit."""
    identity = msgspec.json.decode((kit / "enrol.json").read_bytes())
    place = token.Place(**identity["place"])
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    handoff = token.Handoff(place, item, 1, now, os.urandom(4), epoch=identity["epoch"])
    sealed = token.seal(handoff, bytes.fromhex(identity["key"]))
    return f"{identity['handoff_prefix']}{token.to_digits(sealed)}"


def status_of_raw_path(url: str, path: str) -> int:
    """What the server says to a path that a well-behaved client would tidy up first."""
    with closing(HTTPConnection(url.removeprefix("http://"), timeout=_LIMIT_S)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def test_a_taken_port_is_said_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, output = run("serve", "--data", str(tmp_path), "--port", str(port))
    assert code == 1
    assert f"port {port}" in output
    assert "another --port" in output


def test_an_ipv6_address_is_written_in_brackets() -> None:
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    try:
        bound = server.listen("::1", 0)
    except ServerError:
        pytest.skip("this machine has no IPv6 loopback")
    with bound:
        assert server.url_of(bound) == f"http://[::1]:{bound.getsockname()[1]}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("serve",), "hub init"),
        (("revoke", "--kiosk", "990100/1/1"), "hub init"),
    ],
)
def test_a_missing_data_folder_is_said(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    command, *more = arguments
    code, output = run(command, "--data", str(tmp_path / "nowhere"), *more)
    assert code == 1
    assert message in output


def test_a_wrong_setting_is_said_before_anything_is_served(tmp_path: Path) -> None:
    (tmp_path / "hub.toml").write_text("[[doors]]\nkind = 'web'\nname = 'typo'\n", "utf-8")
    code, output = run("serve", "--data", str(tmp_path), "--port", "0")
    assert code == 1
    assert "doors[0]" in output
    assert "url" in output


def test_a_key_that_others_may_read_is_said_before_anything_is_served(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "handoff-master.key").write_bytes(bytes(32))
    (keys / "handoff-master.key").chmod(0o644)
    code, output = run("serve", "--data", str(tmp_path), "--port", "0")
    assert code == 1
    assert "chmod 600" in output


def test_a_long_address_is_warned_of(tmp_path: Path) -> None:
    publishing.make_published(tmp_path / "data")
    code, output = run(
        "enrol", "--data", str(tmp_path / "data"), "--hall", "hall", "--kiosk", "1",
        "--base-url", "http://services.yunchuan.example", "--out", str(tmp_path / "kit"),
    )  # fmt: skip
    assert code == 0
    assert "warning" in output
    assert "shorter host" in output
    assert json.loads((tmp_path / "kit" / "enrol.json").read_text())["hall"] == "hall"
