"""The part of a slip that brings back what was told: scanned at any machine, it goes on there.

Knows that part alone. Does not know what the code holds (`kiosk.store.case_codes`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.core.slips.block import Block, Code, Role, Words
from kiosk.core.slips.occasion import Occasion


def again(occasion: Occasion) -> Iterator[Block]:
    """Next time this is scanned; nothing where nothing was told."""
    _, code = occasion.gettext, occasion.resume
    if code is None:
        return
    yield Words(_("下次接着办"), Role.HEADING)
    yield Code(code.modules)
    yield Words(_("下次在机器上扫这个，接着办"), Role.STRONG)
    yield Words(_("哪个大厅的机器都行"))
    yield Words(_("码里没有您的名字和号码"))
