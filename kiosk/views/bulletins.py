"""What everybody must know for a while: the page that comes first, the banner, what is not offered.

Knows where a bulletin is shown and in which words. Does not know which ones hold
(`kiosk.core.bulletins`).
"""

from __future__ import annotations

from kiosk.core import routes, wording
from kiosk.core.bulletins import about, current, foremost, hides, holds_until, unread
from kiosk.core.catalog import Bulletin, Service
from kiosk.core.choices import Language
from kiosk.core.routes import (
    Acknowledge,
    BulletinPage,
    BulletinsPage,
    CitizenPlace,
    Go,
    GoHome,
    Home,
    Welcome,
)
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Page, Shape, Tile, Tiles
from kiosk.views.scene import Scene

SERVICES_MAX = 6  # tiles below a bulletin
SHORT = 40  # signs of Chinese, of a text that may be as large as a title
SHORT_LETTERS = 100  # of other scripts
INSTEAD_MAX = 4  # tiles below what cannot be done now
_WHYS = ("instead", "urgent", "similar", "before", "together", "after")  # the most useful first

_UNTOUCHED = (
    Welcome,  # nobody is here
    routes.HelpPage,  # the way to a person is never barred
    routes.DisplayPage,  # nor the way to larger text
    routes.PracticePage,  # keys only say their names
    routes.SwitchesPage,  # and switches only teach
    routes.SignInPage,  # digits are a PIN
)
"""Where no page comes first: keys there mean something else, or somebody needs it to read."""

_CALM = (
    Welcome,
    BulletinPage,
    BulletinsPage,
    routes.SearchPage,  # beside a pad of keys every line is for answers
    routes.HandoffPage,  # codes and questions need the room; the slip says what concerns it
    routes.PreviewPage,  # it is on the slip
    routes.PracticePage,
    routes.SwitchesPage,
    routes.SignInPage,
)
"""Where no banner stands."""


def known(scene: Scene) -> tuple[Bulletin, ...]:
    """What holds here and now: of the catalog and of this hall."""
    everywhere = (*scene.catalog.bulletins(), *scene.local.bulletins)
    return current(everywhere, scene.now, scene.hall)


# what comes first -------------------------------------------------------------------------------


def first(scene: Scene, route: CitizenPlace) -> Page | None:
    """The page of a bulletin that must be read before anything else, once in a visit."""
    if isinstance(route, _UNTOUCHED):
        return None
    waiting = unread(known(scene), scene.session.seen_bulletins)
    return _must_read(scene, waiting[0]) if waiting else None


def _must_read(scene: Scene, bulletin: Bulletin) -> Page:
    """As large as there is room for; the title is the page's, and the first thing that is said."""
    _ = scene.gettext
    shape: Shape = "button" if scene.has_few_places else "hero"
    read = Tile(
        "bulletin:read",
        _("知道了，接着办"),
        icon="check",
        act=Acknowledge(bulletin.id),
        tone="primary",
        shape=shape,
    )
    page = scene.page(
        f"must-read:{bulletin.id}",
        scene.say(bulletin.title),
        (_large(scene, bulletin), *_call(scene, bulletin)),
        dock=(Tiles((read,)),),
        path=_("请先看通知"),
    )
    return replace(page, centred=True)


def _large(scene: Scene, bulletin: Bulletin) -> Block:
    text = scene.say(bulletin.text)
    short = SHORT if scene.choices.language is Language.CHINESE else SHORT_LETTERS
    if scene.has_few_places or len(text) > short:
        return Notice(text, icon="alert-triangle", tone="warning")
    tile = Tile("bulletin:text", text, icon="alert-triangle", tone="warning", shape="hero")
    return Tiles((tile,), most_columns=1)


# the banner -------------------------------------------------------------------------------------


def with_banner(scene: Scene, route: CitizenPlace, page: Page) -> Page:
    """The page below the title of what matters most now.

    Where text or hands need much room it stands on the home screen only: two lines on every screen
    would hide what somebody came for.
    """
    bulletin = foremost(known(scene), scene.session.seen_bulletins)
    if bulletin is None or isinstance(route, _CALM):
        return page
    if scene.has_few_places and not isinstance(route, Home):
        return page
    title = scene.say(bulletin.title)
    if any(isinstance(block, Notice) and block.title == title for block in page.blocks):
        return page  # it is said at length
    banner = Tile(
        "banner:bulletin",
        title,
        icon="alert-triangle",
        act=Go(BulletinPage(bulletin=bulletin.id)),
        tone="warning",
        shape="row",
    )
    return replace(page, banner=banner)


# their own pages --------------------------------------------------------------------------------


def one(scene: Scene, route: BulletinPage) -> Page:
    """One bulletin, until when it holds, and what it concerns."""
    _ = scene.gettext
    every = known(scene)
    bulletin = next((one for one in every if one.id == route.bulletin), None)
    if bulletin is None:
        return _gone(scene, every)
    blocks: tuple[Block, ...] = (
        _said(scene, bulletin),
        *_call(scene, bulletin),
        _until(scene, bulletin),
        *_concerned(scene, bulletin),
        *_others(scene, every, 2),
    )
    return scene.page("bulletin", scene.say(bulletin.title), blocks, path=_("通知"))


def page(scene: Scene, _route: BulletinsPage) -> Page:
    """All that hold now."""
    _ = scene.gettext
    every = known(scene)
    if not every:
        return _gone(scene, every)
    tiles = tuple(_row(scene, one) for one in every)
    title = _("现在的通知，{n} 条").format(n=len(every))
    return scene.page("bulletins", title, (Tiles(tiles, most_columns=1),))


def _row(scene: Scene, bulletin: Bulletin) -> Tile:
    return Tile(
        f"bulletin:{bulletin.id}",
        scene.say(bulletin.title),
        _until_words(scene, bulletin),
        "alert-triangle",
        Go(BulletinPage(bulletin=bulletin.id)),
        shape="row",
    )


def _others(scene: Scene, every: tuple[Bulletin, ...], least: int) -> tuple[Block, ...]:
    if len(every) < least:
        return ()
    _ = scene.gettext
    title = _("全部通知，{n} 条").format(n=len(every))
    row = Tile("bulletin:all", title, "", "message", Go(BulletinsPage()), shape="row")
    return (Tiles((row,), most_columns=1),)


def _gone(scene: Scene, every: tuple[Bulletin, ...]) -> Page:
    """It held a moment ago, when somebody touched it."""
    _ = scene.gettext
    home = Tile(
        "bulletin:home",
        _("到首页找要办的事"),
        icon="home",
        act=GoHome(),
        tone="primary",
        shape="button",
    )
    notice = Notice(_("这条通知已经撤了"), _("您要办的事，照常办"), "info-circle")
    blocks = (notice, *_others(scene, every, 1), Tiles((home,)))
    return scene.page("bulletin:gone", _("通知"), blocks)


# on the page of a service -----------------------------------------------------------------------


def notices(scene: Scene, service: Service) -> tuple[Notice, ...]:
    """What must be known of a service before its own page begins."""
    found = about(service, known(scene))
    return tuple(_warning(scene, one) for one in found)


def hidden(scene: Scene, service: str) -> Page | None:
    """In place of a service that cannot be done now; None where it can."""
    found = scene.catalog.service(service)
    bulletin = hides(found, known(scene)) if found is not None else None
    if found is None or bulletin is None:
        return None
    return hidden_page(scene, found, bulletin)


def hidden_page(scene: Scene, service: Service, bulletin: Bulletin) -> Page:
    """Why it cannot be done, until when, and what to do instead; it cannot be taken along."""
    _ = scene.gettext
    phone = bulletin.phone or service.consult or scene.catalog.city().hotline
    hall = scene.here()
    desk = scene.say(hall.help_desk) if hall else _("导服台")
    official, plain = scene.say(service.name), scene.say(service.plain_name)
    return scene.page(
        f"hidden:{service.id}",
        plain,
        (
            _warning(scene, bulletin),
            _until(scene, bulletin),
            Notice(
                _("急用打电话：{phone}").format(phone=phone),
                _("或到{desk}问，不收费").format(desk=desk),
                "phone",
            ),
            *_instead(scene, service),
        ),
        path=scene.path(service),
        text=official if official != plain else "",
    )


def _instead(scene: Scene, service: Service) -> tuple[Block, ...]:
    """What the catalog links to it and can be done."""
    every = known(scene)
    linked = sorted(service.relations, key=lambda one: _WHYS.index(one.why))
    found = map(scene.catalog.service, dict.fromkeys(one.service for one in linked))
    others = [one for one in found if one is not None and hides(one, every) is None]
    if not others:
        return ()
    tiles = tuple(scene.service_tile(one) for one in others[:INSTEAD_MAX])
    return (Heading(scene.gettext("可以先看这些")), Tiles(tiles, most_columns=2))


# parts ------------------------------------------------------------------------------------------


def _said(scene: Scene, bulletin: Bulletin) -> Notice:
    """Its text, large: its title is that of the page."""
    return Notice(scene.say(bulletin.text), icon="alert-triangle", tone="warning")


def _warning(scene: Scene, bulletin: Bulletin) -> Notice:
    title, text = scene.say(bulletin.title), scene.say(bulletin.text)
    return Notice(title, text, "alert-triangle", "warning")


def _call(scene: Scene, bulletin: Bulletin) -> tuple[Notice, ...]:
    """Whom to call, unless the text says it."""
    if bulletin.phone is None or bulletin.phone in scene.say(bulletin.text):
        return ()
    title = scene.gettext("打电话：{phone}").format(phone=bulletin.phone)
    return (Notice(title, icon="phone"),)


def _until(scene: Scene, bulletin: Bulletin) -> Notice:
    return Notice(_until_words(scene, bulletin), icon="clock")


def _until_words(scene: Scene, bulletin: Bulletin) -> str:
    ends = (holds_until(bulletin) or scene.now).astimezone(scene.now.tzinfo)
    return wording.of_end(ends, scene.now, scene.gettext)


def _concerned(scene: Scene, bulletin: Bulletin) -> tuple[Block, ...]:
    ids = dict.fromkeys((*bulletin.hides, *bulletin.services))
    found = [one for one in map(scene.catalog.service, ids) if one is not None]
    if not found:
        return ()
    tiles = tuple(scene.service_tile(one) for one in found[:SERVICES_MAX])
    return (Heading(scene.gettext("说的是这些事")), Tiles(tiles, most_columns=2))
