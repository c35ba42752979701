"""What ships beside the code: icons, words, profiles."""

from __future__ import annotations

import ast
import re

import pytest

from db import records
from hub.authoring.yaml_source import Source
from kiosk import assets
from scripts import strings
from tests.rules.sources import nodes

ICONS = {file.stem for file in assets.ICONS.glob("*.svg")}
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def icons_of_the_catalog(source: Source) -> set[str]:
    return {
        record.icon
        for record in source.records
        if isinstance(record, records.Group | records.Category | records.Event)
    }


def icons_of_the_screens() -> set[str]:
    """Every string of the screens and the design system that is the name of an icon."""
    return {
        node.value
        for path, node in nodes("kiosk")
        if path.startswith(("kiosk/views/", "kiosk/ui/"))
        and isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in ICONS
    }


def icons_asked_for() -> set[str]:
    """What the screens hand to `icon=`, and the icons of tiles and notices by their place."""
    found = set()
    for path, node in nodes("kiosk"):
        if path.startswith("kiosk/views/") and isinstance(node, ast.Call):
            found |= {
                word.value.value
                for word in node.keywords
                if word.arg == "icon" and isinstance(word.value, ast.Constant)
            }
            name = getattr(node.func, "id", "")
            at = {"Tile": 3, "Notice": 2}.get(name)
            if at is not None and len(node.args) > at and isinstance(node.args[at], ast.Constant):
                found.add(node.args[at].value)
    return {str(name) for name in found if name}


def test_every_icon_of_the_catalog_is_there(demo_source: Source) -> None:
    assert icons_of_the_catalog(demo_source) - ICONS == set()


def test_every_icon_of_the_screens_is_there() -> None:
    assert len(icons_asked_for()) > 20
    assert icons_asked_for() - ICONS == set()


def test_every_icon_is_used(demo_source: Source) -> None:
    assert ICONS - icons_of_the_catalog(demo_source) - icons_of_the_screens() == set()


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_a_tinted_line_drawing_without_text(name: str) -> None:
    content = (assets.ICONS / f"{name}.svg").read_text("utf-8")
    assert _NAME.fullmatch(name)
    assert "currentColor" in content
    assert "<text" not in content  # WCAG 1.4.5: no image of text
    assert "<script" not in content
    assert 'stroke-width="2"' in content  # one weight of line


def test_the_words_are_collected_and_translated(capsys: pytest.CaptureFixture[str]) -> None:
    status = strings.main(check=True)
    assert status == 0, capsys.readouterr().err
