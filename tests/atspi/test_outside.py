"""What leaves the process by the accessibility bus, read and used by somebody outside."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from kiosk import assets, config
from tests.atspi.desktop import Watcher

WELCOME, HOME = "您好，想办什么事？", "您今天想办什么事？"
Node = dict[str, Any]


@pytest.fixture
def mm_per_px(data_dir: Any) -> float:
    return config.load(data_dir / "kiosk.toml", assets.PROFILES).device.mm_per_px


def controls(nodes: list[Node]) -> list[Node]:
    """What can be pressed, whatever its role is called."""
    return [node for node in nodes if "focusable" in node["states"]]


def test_every_control_has_a_name_of_its_own_and_says_what_it_does(watcher: Watcher) -> None:
    for nodes in (watcher.ask("screen", title=WELCOME), go_home(watcher)):
        found = controls(nodes)
        names = [node["name"] for node in found]
        assert len(found) > 3
        assert all(names)
        assert len(set(names)) == len(names)
        for node in found:
            may_be_pressed = "sensitive" in node["states"]
            assert ("Press" in node["actions"] or "Toggle" in node["actions"]) is may_be_pressed


def go_home(watcher: Watcher) -> list[Node]:
    """Press the one large button from outside, and say that the notice was read."""
    assert watcher.ask("press", title="按这里开始")
    watcher.ask("screen", title="有人收钱代办，别给")
    assert watcher.ask("press", title="知道了")
    nodes: list[Node] = watcher.ask("screen", title=HOME)
    return nodes


def test_a_press_from_outside_opens_the_home_screen(watcher: Watcher) -> None:
    watcher.ask("screen", title=WELCOME)
    nodes = go_home(watcher)
    assert any(node["name"].startswith("搜一搜") for node in nodes)
    assert all(node["name"] != WELCOME for node in nodes)


def test_controls_measured_from_outside_are_large_and_apart(
    watcher: Watcher, mm_per_px: float
) -> None:
    watcher.ask("screen", title=WELCOME)
    places = [node["place"] for node in controls(go_home(watcher))]
    for x, y, width, height in places:
        assert x >= 0 <= y
        assert x + width <= 1080
        assert y + height <= 1920
        assert min(width, height) * mm_per_px >= 20  # TCH-01
    for one, other in combinations(places, 2):
        assert gap_px(one, other) * mm_per_px >= 2.54  # VVSG 2.0 7.2


def gap_px(one: list[int], other: list[int]) -> int:
    """How far two rectangles are apart; below 0 where they overlap."""
    across = max(one[0] - other[0] - other[2], other[0] - one[0] - one[2])
    down = max(one[1] - other[1] - other[3], other[1] - one[1] - one[3])
    return max(across, down)


def test_keys_move_the_focus_in_reading_order_and_the_bus_hears_of_it(watcher: Watcher) -> None:
    watcher.ask("screen", title=WELCOME)
    nodes = controls(go_home(watcher))
    names = [node["name"] for node in nodes if "sensitive" in node["states"]]
    focused = next(node["name"] for node in nodes if "focused" in node["states"])
    at = names.index(focused)
    keys = ["Down", "Tab", "Down", "Up"]
    assert [watcher.ask("key", name=key) for key in keys] == [
        names[at + step] for step in (1, 2, 3, 2)
    ]


def test_what_was_entered_and_what_it_found_is_read(watcher: Watcher) -> None:
    watcher.ask("screen", title=WELCOME)
    go_home(watcher)
    watcher.ask("press", title="搜一搜")
    for letter in "CJR":  # 残疾人
        watcher.ask("press", title=letter)
    assert "C J R" in watcher.ask("shown", words="C J R")["name"]
    assert "Press" in watcher.ask("shown", words="残疾人")["actions"]


def test_what_is_chosen_says_so_and_what_does_not_work_now_too(watcher: Watcher) -> None:
    watcher.ask("screen", title=WELCOME)
    assert "sensitive" not in named(go_home(watcher), "首页")["states"]
    watcher.ask("press", title="调一调")
    nodes = watcher.ask("screen", title="调一调")
    assert "checked" in named(nodes, "标准字")["states"]
    assert "checked" not in named(nodes, "大一号")["states"]
    watcher.ask("press", title="大一号")
    nodes = watcher.ask("settled")
    assert "checked" in named(nodes, "大一号")["states"]
    assert "checked" not in named(nodes, "标准字")["states"]


def named(nodes: list[Node], title: str) -> Node:
    """The control that is called so."""
    return next(node for node in controls(nodes) if node["name"].startswith(title))
