"""Which screen a visit shows. A place without a screen is a type error."""

from __future__ import annotations

from typing import assert_never

from kiosk.core import routes
from kiosk.core.routes import Choose
from kiosk.core.value import replace
from kiosk.ui.page import Page, Tile
from kiosk.views import (
    ask_help,
    display,
    events,
    groups,
    halls,
    handoff,
    home,
    practice,
    search,
    service,
    staff,
    still_there,
    switches,
    welcome,
)
from kiosk.views.scene import Scene


def page_for(scene: Scene) -> Page:
    """The page of the place where the visit is, behind a curtain where the citizen drew one."""
    page, speech = _place(scene), scene.choices.speech
    if not (speech.on and speech.curtain and scene.voice_works):  # never dark and silent
        return page
    return replace(page, curtain=_curtain(scene))


def _curtain(scene: Scene) -> Tile:
    """What is left to see while the picture is off: the way to have it back (AUD-13)."""
    _ = scene.gettext
    choices = scene.choices
    opened = choices.speaking(replace(choices.speech, curtain=False))
    return Tile(
        "curtain:open",
        _("打开屏幕"),
        _("现在只听，旁边的人看不到"),
        icon="device-tv",
        act=Choose(opened),
        shape="hero",
    )


def _place(scene: Scene) -> Page:  # noqa: PLR0911, PLR0912, C901 — a case a place
    if scene.session.asked_still_there:
        return still_there.page(scene)
    route = scene.session.route
    match route:
        case routes.Welcome():
            return welcome.page(scene)
        case routes.Home():
            return home.page(scene)
        case routes.GroupsPage():
            return groups.all_groups(scene, route)
        case routes.GroupPage():
            return groups.one_group(scene, route)
        case routes.ServicePage():
            return service.page(scene, route)
        case routes.HandoffPage():
            return handoff.page(scene, route)
        case routes.SearchPage():
            return search.page(scene, route)
        case routes.EventsPage():
            return events.all_events(scene, route)
        case routes.EventPage():
            return events.one_event(scene, route)
        case routes.HallsPage():
            return halls.page(scene, route)
        case routes.HelpPage():
            return ask_help.page(scene, route)
        case routes.DisplayPage():
            return display.page(scene, route)
        case routes.PracticePage():
            return practice.page(scene, route)
        case routes.SwitchesPage():
            return switches.page(scene, route)
        case routes.StaffPage():
            return staff.page(scene, route)
        case _:
            assert_never(route)
