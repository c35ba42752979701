"""All halls: where they are, when they are open, how to get there."""

from __future__ import annotations

from kiosk.core import wording
from kiosk.core.catalog import Hall
from kiosk.core.routes import HallsPage
from kiosk.ui.page import Block, Line, Notice, Page, Panel
from kiosk.views import floors
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
                leads=True,
            )
        )
        blocks.append(Panel(_lines(scene, hall)))
        if hall.id == scene.hall:
            blocks += floors.of_hall(scene, hall)
    return scene.page("halls", _("大厅在哪里"), tuple(blocks), path=_("首页"))


def _name(scene: Scene, hall: Hall) -> str:
    """Short where text is large, so that more stands below it on its page."""
    _ = scene.gettext
    name = scene.say(hall.short if scene.has_few_places else hall.name)
    return _("您在这里：{hall}").format(hall=name) if hall.id == scene.hall else name


def _lines(scene: Scene, hall: Hall) -> tuple[Line, ...]:
    _ = scene.gettext
    address, transport = scene.say(hall.address), scene.say(hall.transport)
    where = [Line(address, transport)]
    if scene.has_few_places:
        where = [Line(scene.say(hall.name)), Line(address), Line("", transport)]
    parts = (
        (_("开门时间"), *wording.of_hours(hall.hours, _)),
        (_("有人帮忙"), scene.say(hall.help_desk)),
        (_("行动不便"), *map(scene.say, hall.access)),
    )
    known = (part for part in parts if len(part) > 1)
    return (*where, *(line for part in known for line in _apart(scene, *part)))


def _apart(scene: Scene, title: str, *texts: str) -> list[Line]:
    """Short lines where text is large: pages are cut between them."""
    if not scene.has_few_places:
        return [Line(title, "\n".join(texts))]
    return [Line(title, texts[0]), *(Line("", text) for text in texts[1:])]
