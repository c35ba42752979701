"""This machine cannot help now: where to go instead. Needs no catalog at all."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.ui.page import Line, Notice, Page, Panel


def page(gettext: Callable[[str], str]) -> Page:
    """The out-of-order screen."""
    _ = gettext
    return Page(
        name="out-of-order",
        title=_("这台机器正在修"),
        blocks=(
            Notice(_("请到旁边的机器，或者导服台"), _("工作人员会帮您办"), "map-pin", "warning"),
            Panel(
                (
                    Line(_("打电话问"), "12345"),
                    Line(_("急事"), _("报警 110 · 急救 120 · 火警 119")),
                )
            ),
        ),
    )
