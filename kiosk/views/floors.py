"""The floors of a hall as pictures, and the same in words: where one is, and how to get there.

Knows what of a plan is worth showing. Does not know geometry (`kiosk.core.floor`) or how a plan is
drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.core.catalog import Hall, PlanArea, PlanFloor, Text
from kiosk.core.floor import Entry, Side, Spot, Way, way
from kiosk.ui.page import Block, Heading, Line, Notice, Panel, Plan, PlanMark, Tone
from kiosk.views.scene import Scene

_ICONS = {
    "door": "door-enter",
    "lift": "elevator",
    "stairs": "stairs",
    "toilet": "toilet-paper",
    "seats": "armchair",
    "desk": "info-circle",
    "paper": "file-text",
}
_ENTRIES = ("door", "lift", "stairs")
HERE, GOAL = "map-pin", "flag"


def to_counter(scene: Scene, hall: Hall, counter: str) -> tuple[Block, ...]:
    """The way to some counters of this hall: of each floor the words, then what they look like."""
    found = way(hall, scene.local.kiosk, counter)
    if found.goal is None:
        return ()
    plan = _plan(scene, found.goal.floor, found, _ENTRIES)
    words = (*_you(scene, found), _goal(scene, found, found.goal))
    if found.you is None or found.you.floor == found.goal.floor:
        return (*words, plan)
    return (words[0], _plan(scene, found.you.floor, found, _ENTRIES), words[1], plan)


def of_hall(scene: Scene, hall: Hall) -> tuple[Block, ...]:
    """All floors of this hall, and where on them this machine is."""
    found = way(hall, scene.local.kiosk, "")
    blocks: list[Block] = list(_you(scene, found))
    for floor in hall.plan:
        heading = Heading(scene.say(floor.floor))
        blocks += [heading, _plan(scene, floor, found, tuple(_ICONS)), *_counters(scene, floor)]
    return tuple(blocks)


def _counters(scene: Scene, floor: PlanFloor) -> Iterator[Panel]:
    """What is done at which counter: not all names have room on the picture."""
    slugs = dict.fromkeys(area.counter for area in floor.areas if area.counter)
    found = (scene.catalog.counter(slug) for slug in slugs)
    lines = tuple(Line(scene.say(one.label), scene.say(one.name)) for one in found if one)
    if lines:
        yield Panel(lines)


def _you(scene: Scene, found: Way) -> Iterator[Notice]:
    """Where this machine is, where that is known."""
    _ = scene.gettext
    if found.you is not None:
        place = _place(scene, found.you)
        text = _turn(scene, found.turn) if found.turn else ""
        if found.climb and found.goal is not None:  # the goal may stand on the next page
            text = _climb(scene, found.climb, found.goal.floor.floor)
        yield Notice(_("您在{place}").format(place=place), text, HERE, "tint", leads=True)


def _goal(scene: Scene, found: Way, goal: Spot) -> Notice:
    _ = scene.gettext
    place = _place(scene, goal)
    text = _climb(scene, found.climb, goal.floor.floor) if found.climb else ""
    return Notice(_("窗口在{place}").format(place=place), text, GOAL, "yes", leads=True)


def _place(scene: Scene, spot: Spot) -> str:
    _ = scene.gettext
    floor = scene.say(spot.floor.floor)
    side = _sides(scene)[spot.entry][spot.side] if spot.entry else ""
    return _("{floor}，{side}").format(floor=floor, side=side) if side else floor


def _sides(scene: Scene) -> dict[Entry, dict[Side, str]]:
    _ = scene.gettext
    return {
        "door": {
            Side.LEFT: _("进大门左手边"),
            Side.RIGHT: _("进大门右手边"),
            Side.AHEAD: _("进大门往前"),
            Side.BEHIND: _("大门旁边"),
        },
        "lift": {
            Side.LEFT: _("出电梯左手边"),
            Side.RIGHT: _("出电梯右手边"),
            Side.AHEAD: _("出电梯往前"),
            Side.BEHIND: _("电梯后面"),
        },
        "stairs": {
            Side.LEFT: _("出楼梯左手边"),
            Side.RIGHT: _("出楼梯右手边"),
            Side.AHEAD: _("出楼梯往前"),
            Side.BEHIND: _("楼梯后面"),
        },
    }


def _turn(scene: Scene, side: Side) -> str:
    _ = scene.gettext
    return {
        Side.LEFT: _("背对大门，往左走"),
        Side.RIGHT: _("背对大门，往右走"),
        Side.AHEAD: _("背对大门，往前走"),
        Side.BEHIND: _("往大门那边走"),
    }[side]


def _climb(scene: Scene, climb: Entry, floor: Text) -> str:
    _ = scene.gettext
    to = scene.say(floor)
    return {
        "lift": _("坐电梯到{floor}"),
        "stairs": _("走楼梯到{floor}"),
        "door": _("到{floor}"),
    }[climb].format(floor=to)


# the picture ------------------------------------------------------------------------------------


def _plan(scene: Scene, floor: PlanFloor, found: Way, kinds: Iterable[str]) -> Plan:
    _ = scene.gettext
    marks = (_mark(scene, area, floor, found, kinds) for area in floor.areas)
    said = _("{floor}的图").format(floor=scene.say(floor.floor))
    return Plan(floor.width, floor.height, tuple(mark for mark in marks if mark), said)


def _mark(
    scene: Scene, area: PlanArea, floor: PlanFloor, found: Way, kinds: Iterable[str]
) -> PlanMark | None:
    """An area; what matters has a sign and words, walls and other counters are only shapes."""
    _ = scene.gettext
    if _is(found.you, floor, area):
        return _shape(area, _("您在这里"), HERE, "tint")
    if _is(found.goal, floor, area):
        return _shape(area, _name(scene, area), GOAL, "yes")
    if area.kind == "kiosk":
        return None  # another machine leads nowhere
    icon = _ICONS.get(area.kind, "") if area.kind in kinds else ""
    is_named = found.goal is None or bool(icon)
    return _shape(area, _name(scene, area) if is_named else "", icon, "plain")


def _shape(area: PlanArea, label: str, icon: str, tone: Tone) -> PlanMark:
    return PlanMark(area.x, area.y, area.width, area.height, label, icon, tone)


def _is(spot: Spot | None, floor: PlanFloor, area: PlanArea) -> bool:
    return spot is not None and (spot.floor, spot.area) == (floor, area)


def _name(scene: Scene, area: PlanArea) -> str:
    _ = scene.gettext
    counter = scene.catalog.counter(area.counter) if area.counter else None
    if area.name is not None:
        return scene.say(area.name)
    if counter is not None:
        return scene.say(counter.label)
    return {
        "door": _("大门"),
        "lift": _("电梯"),
        "stairs": _("楼梯"),
        "toilet": _("厕所"),
        "seats": _("座位"),
        "desk": _("导服台"),
        "paper": _("填表的地方"),
    }.get(area.kind, "")
