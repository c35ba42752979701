"""What staff can do at the machine, the most frequent first, and the way out."""

from __future__ import annotations

from kiosk.core import routes
from kiosk.core.routes import Go, LendToStaff, SignOut, StaffPage
from kiosk.core.value import replace
from kiosk.ui.page import Block, Page, Tile, Tiles
from kiosk.views.scene import Scene
from kiosk.views.staff import parts


def page(scene: Scene, _route: StaffPage) -> Page:
    """The first screen of staff; the citizen's visit waits behind it."""
    _ = scene.gettext
    rows = (
        ("find", _("快查，印小票"), "search", routes.StaffFindPage()),
        ("printer", _("打印机"), "printer", routes.StaffPrinterPage()),
        ("today", _("今天的窗口"), "building-community", routes.StaffTodayPage()),
        ("bulletin", _("大厅通知"), "message", routes.StaffBulletinPage()),
        ("sync", _("更新目录"), "rotate-clockwise", routes.StaffSyncPage()),
        ("missed", _("答不上来的话"), "help-circle", routes.StaffMissedPage()),
        ("trail", _("谁做过什么"), "notebook", routes.StaffTrailPage()),
    )
    lend = Tile("staff:lend", _("接着办他的事"), icon="user-shield", act=LendToStaff())
    tiles = tuple(
        Tile(f"staff:{name}", title, icon=icon, act=Go(place)) for name, title, icon, place in rows
    )
    leave = Tile(
        "staff:sign-out",
        _("用完了，还给办事的人"),
        icon="logout",
        act=SignOut(),
        tone="primary",
        shape="button",
    )
    trouble = parts.printer_trouble(scene)
    blocks: tuple[Block, ...] = (*trouble, Tiles((lend, *tiles), min_em=7.4, most_columns=2))
    shown = parts.page("staff", _("工作人员"), scene, blocks, dock=(Tiles((leave,)),))
    bar = (replace(one, enabled=one.enabled and one.name != "bar:home") for one in shown.bar)
    return replace(shown, path=scene.session.staff.who, bar=tuple(bar))
