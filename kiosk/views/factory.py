"""Which screen a visit shows. A place without a screen is a type error."""

from __future__ import annotations

from typing import assert_never

from kiosk.core import routes
from kiosk.ui.page import Page
from kiosk.views import (
    ask_help,
    display,
    events,
    groups,
    halls,
    handoff,
    home,
    search,
    service,
    still_there,
    welcome,
)
from kiosk.views.scene import Scene


def page_for(scene: Scene) -> Page:  # noqa: PLR0911, PLR0912, C901 — a case a place
    """The page of the place where the visit is."""
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
        case _:
            assert_never(route)
