"""Commands and exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk import cli
from kiosk.store.enrolment import FILE, ROOT_FILE
from tests.kiosk.store.test_enrolment import CONTENT, make_kit


def test_the_ruler_says_what_is_known_of_a_panel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kiosk.toml").write_text('profile = "21in-portrait"', "utf-8")
    assert cli.main(["ruler", "--data", str(tmp_path), "--check"]) == 0
    assert capsys.readouterr().out.startswith("21in-portrait: 1080 × 1920 px")


def test_a_setting_that_is_wrong_ends_a_command_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["ruler", "--data", str(tmp_path), "--check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "kiosk.toml: profile: is needed" in said.err


@pytest.mark.parametrize(
    ("prefix", "is_warned"),
    [("https://zwfw.example.cn/k/", False), ("https://zwfwb.example.cn/k/", True)],
)
def test_whoever_enrols_is_warned_of_an_address_that_makes_codes_finer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], prefix: str, is_warned: bool
) -> None:
    kit = make_kit(tmp_path / "kit", {**CONTENT, "handoff_prefix": prefix})
    assert cli.main(["enrol", "--data", str(tmp_path / "data"), str(kit)]) == 1  # no catalog in it
    assert (f"warning: {prefix} has 27 characters" in capsys.readouterr().err) is is_warned


@pytest.mark.usefixtures("qapp")
def test_a_report_of_a_bare_folder_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", "--data", str(tmp_path)]) == 1
    assert "panel: NOT WELL: " in capsys.readouterr().out


RUN = """
import gc, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from kiosk import app, cli

start, seen = app.Kiosk.start, []

def begin(kiosk):
    start(kiosk)
    seen.append(gc.isenabled())
    QTimer.singleShot(100, end)

def end():
    seen.append(gc.isenabled() and gc.get_freeze_count() > 0)
    QApplication.quit()

app.Kiosk.start = begin
assert cli.main(["run", "--data", sys.argv[1]]) == 0
assert seen == [False, True], seen
"""


def test_rubbish_is_looked_for_only_once_the_first_picture_is_there(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(CONTENT), "utf-8")
    (tmp_path / ROOT_FILE).write_bytes(b"{}")
    settings = 'profile = "21in-portrait"\n[voice]\nkind = "none"\n'
    (tmp_path / "kiosk.toml").write_text(settings, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
