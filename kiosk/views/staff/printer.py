"""The printer: how it is, how much paper is left, and what was done about it."""

from __future__ import annotations

from kiosk.core.printing import SlipKind
from kiosk.core.routes import Command, Print, StaffPrinterPage
from kiosk.core.staff import ChangeRoll, MendPrinter, PrinterReport, SheetReport
from kiosk.ui.page import Block, Line, Notice, Page, Panel, Tile, Tiles
from kiosk.views.handoff import fault_words
from kiosk.views.scene import Scene
from kiosk.views.staff import parts

_MM_PER_M = 1000


def page(scene: Scene, _route: StaffPrinterPage) -> Page:
    """The screen."""
    _ = scene.gettext
    report = scene.session.staff.report
    told: tuple[Block, ...] = (parts.looking(scene),)
    if isinstance(report, PrinterReport):
        told = (*_state(scene, report), _figures(scene, report))
        if report.sheets is not None:
            told = (*told, _sheets(scene, report.sheets))
    blocks = (*parts.of_slip(scene, SlipKind.TEST), *told)
    return parts.page("staff-printer", _("打印机"), scene, blocks, dock=(_deeds(scene),))


def _state(scene: Scene, report: PrinterReport) -> tuple[Notice, ...]:
    """What the printer says; and where citizens are not offered slips, that they are not."""
    _ = scene.gettext
    if report.is_printing:
        told = Notice(_("正在印……"), _("印完再看打印机"), "printer")
    elif report.fault is not None:
        told = Notice(fault_words(scene, report.fault), "", "alert-triangle", "warning")
    elif report.is_mute:
        told = Notice(_("打印机不回话"), _("印一张测试页看看"), "help-circle", "warning")
    elif report.low_paper:
        told = Notice(_("纸快没了"), _("现在还能印"), "alert-triangle", "warning")
    else:
        told = Notice(_("打印机好的"), "", "circle-check", "yes")
    if report.may_print:
        return (told,)
    barred = Notice(_("先不给办事的人印"), _("修好了，按“修好了”"), "printer", "warning")
    return told, barred


def _figures(scene: Scene, report: PrinterReport) -> Panel:
    _ = scene.gettext
    lines = [
        Line(_("纸大约还有 {n} 米").format(n=report.left_mm // _MM_PER_M)),
        Line(_("今天印了 {n} 张").format(n=report.slips_today)),
    ]
    if report.faults_lately:
        lines.append(Line(_("10 分钟里，{n} 张没印好").format(n=report.faults_lately)))
    if report.model:
        lines.append(Line(_("型号 {name}").format(name=report.model)))
    return Panel(tuple(lines))


def _sheets(scene: Scene, report: SheetReport) -> Notice:
    """The other printer, for A4: slips do not wait for it."""
    _ = scene.gettext
    if report.fault is not None:
        why = _("旁边的{why}").format(why=fault_words(scene, report.fault))
        return Notice(why, _("只影响大纸，小票照样印"), "alert-triangle", "warning")
    if report.low_paper:
        return Notice(_("大纸快没了"), _("现在还能印"), "alert-triangle", "warning")
    return Notice(_("旁边的打印机好的"), "", "circle-check", "yes")


def _deeds(scene: Scene) -> Tiles:
    _ = scene.gettext
    slip = scene.session.taking.slip
    roll = Tile(
        "printer:roll",
        _("换了新纸"),
        icon="receipt",
        act=Command(ChangeRoll()),
        shape="button",
        enabled=not parts.is_ordered(scene, ChangeRoll),
    )
    mended = Tile(
        "printer:mended",
        _("修好了"),
        icon="check",
        act=Command(MendPrinter()),
        shape="button",
        enabled=not parts.is_ordered(scene, MendPrinter),
    )
    test = Tile(
        "printer:test",
        _("印测试页"),
        icon="printer",
        act=Print(kind=SlipKind.TEST),
        shape="button",
        enabled=slip is None or slip.outcome is not None,
    )
    return Tiles((roll, mended, test), min_em=6, most_columns=3)
