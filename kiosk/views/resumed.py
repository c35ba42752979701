"""What a code has brought back, and what could not be found again."""

from __future__ import annotations

from kiosk.core.brought import Lost
from kiosk.core.case import Case
from kiosk.core.routes import Go, GoHome, ListPage, ResumedPage
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Page, Tile, Tiles
from kiosk.views.proxy import whom_words
from kiosk.views.scene import Scene

NAMED_MAX = 4  # the list itself names all


def page(scene: Scene, route: ResumedPage) -> Page:
    """The screen."""
    _, case = scene.gettext, scene.session.case
    dock = (Tiles(_ways(scene, case), min_em=7),)
    if case.is_empty:
        gone = _("码里的事，目录里都没有了"), _("码里没有要接着办的事")
        way = _("到首页重新找，或找人帮忙")
        nothing = Notice(gone[route.lost.is_nothing], way, "info-circle", "warning")
        return scene.page("resumed", _("接着上次的办"), (nothing,), dock=dock)
    lost = () if route.lost.is_nothing else (_lost(scene, route.lost),)
    blocks = (_come(scene, case, route.lost), *lost, *_named(scene, case))
    return scene.page("resumed", _("接着上次的办"), blocks, dock=dock)


def _come(scene: Scene, case: Case, lost: Lost) -> Notice:
    """All that is here again, one thing a line."""
    _ = scene.gettext
    lines = []
    if case.services:
        lines.append(_("要办的事：{n} 件").format(n=len(case.services)))
    if case.acting is not None:
        lines.append(_("替{whom}办").format(whom=whom_words(scene, case.acting.whom)))
    if case.in_hand:
        lines.append(_("手上有的：{n} 样").format(n=len(case.in_hand)))
    if case.answers:
        lines.append(_("答过的问题：{n} 个").format(n=len(case.answers)))
    title = _("上次说的都还在，不用再说") if lost.is_nothing else _("上次说的，这些还在")
    return Notice(title, "\n".join(lines), "circle-check", "yes")


def _lost(scene: Scene, lost: Lost) -> Notice:
    """What the catalog does not know any more: never silently."""
    _ = scene.gettext
    said = []
    if lost.services:
        said.append(_("{n} 件事不在目录里了").format(n=lost.services))
    if lost.questions:
        said.append(_("{n} 件事的问题变了，会再问您").format(n=lost.questions))
    if lost.papers:
        said.append(_("{n} 样东西认不出，请再选一次").format(n=lost.papers))
    return Notice(_("目录变了，有的没找回来"), "\n".join(said), "info-circle", "warning")


def _named(scene: Scene, case: Case) -> tuple[Block, ...]:
    _ = scene.gettext
    found = [scene.catalog.service(one) for one in case.services]
    tiles = tuple(scene.service_tile(one, "row") for one in found if one is not None)
    if not tiles:
        return ()
    return Heading(_("要办的事")), Tiles(tiles[:NAMED_MAX], most_columns=1)


def _ways(scene: Scene, case: Case) -> tuple[Tile, ...]:
    _ = scene.gettext
    home = Tile("resumed:home", _("到首页"), icon="home", act=GoHome(), shape="button")
    if not case.services:
        return (replace(home, tone="primary"),)
    shown = Tile(
        "resumed:list",
        _("看我的清单"),
        icon="receipt",
        act=Go(ListPage()),
        tone="primary",
        shape="button",
    )
    return shown, home
