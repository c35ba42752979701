"""House rules that no tool checks for us."""

from __future__ import annotations

import ast
import re

import pytest

from tests.rules.sources import EVERYTHING, PRODUCT, called_name, nodes, parsed, place

_HEX = re.compile(r"#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
# black and white of a QR code and of paper are facts, not a look
_COLOUR_HOMES = {
    "kiosk/ui/tokens.py",
    "kiosk/ui/icons.py",  # a transparent ground
    "kiosk/printing/page.py",
    "kiosk/printing/raster.py",
}
_WAITS = {"sleep", "msleep", "usleep", "qWait", "qSleep"}
_GESTURES = {"grabGesture", "QScroller", "QSwipeGesture", "QPinchGesture", "QTapAndHoldGesture"}


def test_the_rules_see_the_project() -> None:
    assert len([path for folder in PRODUCT for path, _ in parsed(folder)]) > 100


def test_a_colour_has_one_home() -> None:
    found = []
    for path, node in nodes("kiosk"):
        if path in _COLOUR_HOMES:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if _HEX.fullmatch(node.value):
                found.append(place(path, node))
        elif called_name(node) in ("QColor", "fromRgb", "fromHsv") and isinstance(node, ast.Call):
            if any(isinstance(one, ast.Constant) for one in node.args):
                found.append(place(path, node))
        elif isinstance(node, ast.Attribute) and node.attr == "GlobalColor":
            found.append(place(path, node))
    assert found == []


def test_no_style_sheet_anywhere() -> None:
    found = [place(path, node) for path, node in nodes("kiosk") if "StyleSheet" in _names(node)]
    assert found == []


def _names(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_waits_for_a_duration() -> None:
    found = [place(path, node) for path, node in nodes(*EVERYTHING) if called_name(node) in _WAITS]
    assert found == []


def test_one_finger_and_no_gesture_is_enough() -> None:
    found = [place(path, node) for path, node in nodes("kiosk") if _names(node) in _GESTURES]
    assert found == []


def test_anything_at_all_is_caught_in_three_places_only() -> None:
    broad = {
        path
        for path, node in nodes(*PRODUCT)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or _names(node.type) in ("Exception", "BaseException"))
    }
    # the third is the crash hook of kiosk/shell.py, which is no handler
    assert broad <= {"kiosk/tasks.py", "hub/app.py"}


def test_no_words_hide_in_a_format_string() -> None:
    """Babel does not look inside of f-strings: words in them are never translated."""
    found = [
        place(path, inner)
        for path, node in nodes("kiosk")
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if called_name(inner) == "_"
    ]
    assert found == []


def test_words_to_translate_are_literals() -> None:
    found = [
        place(path, node)
        for path, node in nodes("kiosk")
        if called_name(node) == "_"
        and isinstance(node, ast.Call)
        and not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["kiosk/ui", "kiosk/views"])
def test_no_screen_asks_the_machine_for_the_time(folder: str) -> None:
    found = [
        place(path, node)
        for path, node in nodes("kiosk")
        if path.startswith(folder)
        and called_name(node) in ("now", "utcnow", "today", "monotonic")
        # the window hands on what it was given
        and path != "kiosk/views/window.py"
    ]
    assert found == []


def test_a_word_of_the_domain_is_no_word_of_the_design_system() -> None:
    domain = {"service", "passport", "hall", "catalog", "citizen"}
    found = [
        place(path, node)
        for path, node in nodes("kiosk")
        if path.startswith("kiosk/ui/") and _imports(node) & domain
    ]
    assert found == []


def _imports(node: ast.AST) -> set[str]:
    """The modules of `kiosk.core` that a file takes from."""
    if not isinstance(node, ast.ImportFrom) or node.module is None:
        return set()
    module = node.module
    return {module.removeprefix("kiosk.core.")} if module.startswith("kiosk.core.") else set()
