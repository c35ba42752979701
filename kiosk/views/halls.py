"""All halls: where they are, when they are open, how to get there."""

from __future__ import annotations

from kiosk.core import wording
from kiosk.core.catalog import Hall
from kiosk.core.routes import HallsPage
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views.scene import Scene, opening_words


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
            Line(_("开门时间"), "\n".join(wording.of_hours(hall.hours, _))),
            Line(_("有人帮忙"), scene.say(hall.help_desk)),
        ]
        if hall.access:
            words = "\n".join(scene.say(one) for one in hall.access)
            lines.append(Line(_("行动不便"), words))
        blocks.append(Panel(tuple(lines)))
    return scene.page("halls", _("大厅在哪里"), tuple(blocks), path=_("首页"))


def _name(scene: Scene, hall: Hall) -> str:
    _ = scene.gettext
    name = scene.say(hall.name)
    return _("您在这里：{hall}").format(hall=name) if hall.id == scene.hall else name
