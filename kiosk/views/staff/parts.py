"""What several screens of staff share: the page with its path, what came of an order, of a slip.

Knows the words for them. Does not know any one screen.
"""

from __future__ import annotations

from kiosk.core.printing import (
    FailedBefore,
    FailedDuring,
    Printed,
    SlipKind,
    Unconfirmed,
)
from kiosk.core.routes import ConfirmSlip
from kiosk.core.staff import NoReport, Order
from kiosk.ui.page import Block, Notice, Page, Tile, Tiles
from kiosk.views.handoff import fault_words
from kiosk.views.scene import Scene


def page(
    name: str,
    title: str,
    scene: Scene,
    blocks: tuple[Block, ...],
    *,
    dock: tuple[Block, ...] = (),
    text: str = "",
) -> Page:
    """A screen of staff: who has signed in stands above its title."""
    _ = scene.gettext
    path = _("工作人员") + " › " + scene.session.staff.who
    return scene.page(name, title, (*_undone(scene), *blocks), dock=dock, path=path, text=text)


def looking(scene: Scene) -> Notice:
    """Until it has been looked up; and where that cannot be done, what to do."""
    _ = scene.gettext
    if isinstance(scene.session.staff.report, NoReport):
        again = _("按“返回”再进来，不行就找管机器的人")
        return Notice(_("现在看不到"), again, "alert-triangle", "warning")
    return Notice(_("正在看……"), icon="search")


def printer_trouble(scene: Scene) -> tuple[Notice, ...]:
    """What is known to be wrong with the printer, before anybody looks; nothing where it is well.

    The worst first: whether citizens get paper at all, then why not, then how long it lasts.
    """
    _, printer = scene.gettext, scene.local.printer
    why = fault_words(scene, printer.fault) if printer.fault is not None else ""
    if printer.withdrawn:
        see = _("按“打印机”看看，修好了再印")
        if why:
            see = _("{why}，按“打印机”看看，修好了再印").format(why=why)
        return (Notice(_("先不给办事的人印"), see, "printer", "warning"),)
    if why:
        return (Notice(why, _("按“打印机”看看"), "alert-triangle", "warning"),)
    if printer.low_paper:
        return (Notice(_("纸快没了"), _("现在还能印"), "alert-triangle", "warning"),)
    return ()


def is_ordered(scene: Scene, kind: type[Order]) -> bool:
    """An order of this kind is on its way."""
    return any(isinstance(order, kind) for _number, order in scene.session.orders)


def of_slip(scene: Scene, kind: SlipKind) -> tuple[Block, ...]:
    """What became of the paper that staff asked for; never that it came out if nobody knows."""
    _ = scene.gettext
    slip = scene.session.taking.slip
    if slip is None or slip.kind is not kind:
        return ()
    match slip.outcome:
        case None:
            return (Notice(_("正在印……"), icon="printer"),)
        case Printed():
            return (Notice(_("印好了，在下面出口拿"), icon="printer", tone="yes"),)
        case Unconfirmed():
            return (
                Notice(_("小票出来了吗？"), icon="help-circle", tone="warning"),
                _came_out(scene),
            )
        case FailedBefore(fault, done) | FailedDuring(fault, done=done):
            out = _("前面 {n} 张印好了").format(n=done) if done else ""
            return (Notice(fault_words(scene, fault), out, "alert-triangle", "warning"),)


def _came_out(scene: Scene) -> Tiles:
    _ = scene.gettext
    yes = Tile(
        "slip:yes", _("出来了"), icon="check", act=ConfirmSlip(True), tone="yes", shape="button"
    )
    no = Tile("slip:no", _("没有"), icon="x", act=ConfirmSlip(False), shape="button")
    return Tiles((yes, no), min_em=6, most_columns=2)


def _undone(scene: Scene) -> tuple[Notice, ...]:
    _ = scene.gettext
    if not scene.session.staff.undone:
        return ()
    return (Notice(_("刚才的没办成，再按一次"), icon="alert-triangle", tone="warning"),)
