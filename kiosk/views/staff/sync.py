"""Which catalog is shown, when the hub was heard, and a check of it now."""

from __future__ import annotations

from datetime import datetime

from kiosk.core import wording
from kiosk.core.routes import Command, StaffSyncPage
from kiosk.core.staff import SyncNow, SyncReport
from kiosk.ui.page import Block, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.scene import Scene
from kiosk.views.staff import parts


def page(scene: Scene, _route: StaffSyncPage) -> Page:
    """The screen; while a check runs it says how far it is."""
    _ = scene.gettext
    report = scene.session.staff.report
    told: tuple[Block, ...] = (parts.looking(scene),)
    if isinstance(report, SyncReport):
        told = (*_running(scene, report), _figures(scene, report))
    return parts.page("staff-sync", _("更新目录"), scene, told, dock=(_now(scene, report),))


def _running(scene: Scene, report: SyncReport) -> tuple[Notice, ...]:
    _ = scene.gettext
    if report.is_running:
        words = {"verify": _("正在查对"), "apply": _("正在换上")}
        share = _("办了百分之 {n}").format(n=round(report.share * 100))
        return (Notice(words.get(report.stage, _("正在取新的目录")), share, "rotate-clockwise"),)
    if not report.error:
        return ()
    sign = _("告诉管机器的人：{sign}").format(sign=report.error)
    return (Notice(_("没有更新成，还用原来的"), sign, "alert-triangle", "warning"),)


def _figures(scene: Scene, report: SyncReport) -> Panel:
    _ = scene.gettext
    version = _("目录第 {n} 版").format(n=report.version)
    heard = _moment(scene, report.heard) if report.heard else _("还没有连上过")
    return Panel(
        (
            Line(version, _moment(scene, report.published)),
            Line(_("上次连上"), heard),
        )
    )


def _moment(scene: Scene, moment: str) -> str:
    """A moment of the machine's files in local words; one that cannot be read as it is."""
    try:
        read = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return wording.of_moment(read.astimezone(scene.now.tzinfo), scene.gettext)


def _now(scene: Scene, report: object) -> Tiles:
    _ = scene.gettext
    is_running = isinstance(report, SyncReport) and report.is_running
    tile = Tile(
        "sync:now",
        _("现在更新"),
        icon="rotate-clockwise",
        act=Command(SyncNow()),
        tone="primary",
        shape="button",
        enabled=not is_running and not parts.is_ordered(scene, SyncNow),
    )
    return Tiles((tile,), most_columns=1)
