"""Which screen a visit shows. A place without a screen is a type error."""

from __future__ import annotations

from typing import assert_never

from kiosk.core import routes
from kiosk.core.routes import Choose, CitizenPlace, StaffPlace
from kiosk.core.value import replace
from kiosk.ui.page import Page, Tile
from kiosk.views import (
    ask_help,
    bulletins,
    display,
    events,
    groups,
    halls,
    handoff,
    home,
    my_list,
    papers,
    popular,
    practice,
    proxy,
    resumed,
    search,
    service,
    situations,
    slips,
    still_there,
    switches,
    welcome,
    where,
)
from kiosk.views.scene import Scene
from kiosk.views.staff import bulletin as staff_bulletin
from kiosk.views.staff import find, menu, missed, printer, sign_in, sync, today, trail


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


def _place(scene: Scene) -> Page:
    if scene.session.asked_still_there:
        return still_there.page(scene)
    route = scene.session.route
    if isinstance(route, StaffPlace):
        return _of_staff(scene, route)
    must_read = bulletins.first(scene, route)
    return must_read or bulletins.with_banner(scene, route, _of_citizen(scene, route))


def _of_citizen(scene: Scene, route: CitizenPlace) -> Page:  # noqa: PLR0911, PLR0912, C901 — a case a place
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
            return bulletins.hidden(scene, route.service) or service.page(scene, route)
        case routes.SituationPage():
            return situations.page(scene, route)
        case routes.WherePage():
            return bulletins.hidden(scene, route.service) or where.page(scene, route)
        case routes.HandoffPage():
            return bulletins.hidden(scene, route.service) or handoff.page(scene, route)
        case routes.PreviewPage():
            return bulletins.hidden(scene, route.service) or slips.preview(scene, route)
        case routes.SearchPage():
            return search.page(scene, route)
        case routes.EventsPage():
            return events.all_events(scene, route)
        case routes.EventPage():
            return events.one_event(scene, route)
        case routes.EventQuestionPage():
            return events.question(scene, route)
        case routes.PlanPage():
            return events.plan(scene, route)
        case routes.PapersPage():
            return papers.page(scene, route)
        case routes.DoablePage():
            return papers.doable(scene, route)
        case routes.WhomPage():
            return proxy.whom(scene, route)
        case routes.WhyPage():
            return proxy.why(scene, route)
        case routes.ProxyPage():
            return bulletins.hidden(scene, route.service) or proxy.page(scene, route)
        case routes.ListPage():
            return my_list.page(scene, route)
        case routes.PopularPage():
            return popular.page(scene, route)
        case routes.BulletinsPage():
            return bulletins.page(scene, route)
        case routes.BulletinPage():
            return slips.with_printing(scene, route, bulletins.one(scene, route))
        case routes.ResumedPage():
            return resumed.page(scene, route)
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
        case routes.SignInPage():
            return sign_in.page(scene, route)
        case _:
            assert_never(route)


def _of_staff(scene: Scene, route: StaffPlace) -> Page:  # noqa: PLR0911 — a case a place
    match route:
        case routes.StaffPage():
            return menu.page(scene, route)
        case routes.StaffFindPage():
            return find.page(scene, route)
        case routes.StaffPrinterPage():
            return printer.page(scene, route)
        case routes.StaffTodayPage():
            return today.page(scene, route)
        case routes.StaffBulletinPage():
            return staff_bulletin.page(scene, route)
        case routes.StaffSyncPage():
            return sync.page(scene, route)
        case routes.StaffMissedPage():
            return missed.page(scene, route)
        case routes.StaffTrailPage():
            return trail.page(scene, route)
        case _:
            assert_never(route)
