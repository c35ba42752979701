"""All halls: where they are, when they are open, how to get there."""

from __future__ import annotations

from itertools import groupby

from kiosk.core.catalog import Hall
from kiosk.core.routes import HallsPage
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views.scene import Scene, clock_words, opening_words, weekday


def page(scene: Scene, route: HallsPage) -> Page:
    """The list of halls, this one first."""
    _ = scene.gettext
    halls = sorted(scene.catalog.halls(), key=lambda hall: (hall.id != scene.hall, hall.order))
    blocks: list[Block] = []
    for hall in halls:
        state = scene.opening(hall)
        blocks.append(
            Notice(
                _name(scene, hall),
                opening_words(scene, state),
                "map-pin" if hall.id == scene.hall else "building-community",
                "yes" if state.is_open else "warning",
            )
        )
        lines = [
            Line(scene.say(hall.address), scene.say(hall.transport)),
            Line(_("开门时间"), _hours(scene, hall)),
            Line(_("有人帮忙"), scene.say(hall.help_desk)),
        ]
        if hall.access:
            words = "；".join(scene.say(one) for one in hall.access)
            lines.append(Line(_("行动不便"), words))
        blocks.append(Panel(tuple(lines)))
    return scene.page("halls", _("大厅在哪里"), tuple(blocks), path=_("首页"))


def _name(scene: Scene, hall: Hall) -> str:
    _ = scene.gettext
    name = scene.say(hall.name)
    return _("您在这里：{hall}").format(hall=name) if hall.id == scene.hall else name


def _hours(scene: Scene, hall: Hall) -> str:
    parts = []
    for days, hours in groupby(hall.hours, key=lambda one: one.days):
        spans = "、".join(
            f"{clock_words(scene.gettext, one.opens)}—{clock_words(scene.gettext, one.closes)}"
            for one in hours
        )
        parts.append(f"{_days(scene, days)} {spans}")
    return "\n".join(parts)


def _days(scene: Scene, days: tuple[int, ...]) -> str:
    _ = scene.gettext
    first, last = weekday(_, days[0]), weekday(_, days[-1])
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return _("{first}到{last}").format(first=first, last=last)
    return "、".join(weekday(_, day) for day in days)
