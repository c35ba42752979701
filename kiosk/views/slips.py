"""Slips before they are printed: how they will look; and a bulletin that is taken along.

Knows what is said around them. Does not know what stands on them (`kiosk.core.slips`) or how large
a dot is (`kiosk.ui.widgets.sheet`).
"""

from __future__ import annotations

from kiosk.core.routes import Back, BulletinPage, Go, PreviewPage
from kiosk.core.slips.picture import SlipPicture
from kiosk.core.taking import looked_at
from kiosk.core.value import replace
from kiosk.ui.page import Block, Heading, Notice, Page, Sheet, SheetPart, Tile, Tiles
from kiosk.views import handoff
from kiosk.views.scene import Scene


def preview(scene: Scene, route: PreviewPage) -> Page:
    """The very dots that the printer will be sent, and that nothing has been printed yet."""
    _ = scene.gettext
    seen = scene.session.taking.preview
    blocks: tuple[Block, ...]
    if scene.session.taking.unmade or (seen is not None and not seen.pictures):
        blocks = (Notice(_("现在看不了小票"), _("不看也能印，印坏了不要钱"), "info-circle"),)
    elif seen is None or (seen.job, seen.language) != (looked_at(route), scene.choices.language):
        blocks = (Notice(_("小票马上就好……"), icon="receipt"),)
    else:
        blocks = tuple(_pictures(scene, seen.pictures))
    return scene.page(
        f"preview:{route.service or 'list'}",
        _("先看小票，还没有印"),
        blocks,
        dock=(_ways(scene, route),),
    )


def _pictures(scene: Scene, pictures: tuple[SlipPicture, ...]) -> list[Block]:
    _ = scene.gettext
    found: list[Block] = []
    for number, picture in enumerate(pictures, start=1):
        if len(pictures) > 1:
            found.append(Heading(_("第 {n} 张").format(n=number)))
        parts = (SheetPart(band.rows, band.words, band.leads) for band in picture.bands)
        found.append(Sheet(picture.width, picture.body, picture.rows, tuple(parts)))
    return found


def _ways(scene: Scene, route: PreviewPage) -> Tiles:
    _ = scene.gettext
    back = Tile(
        "preview:back",
        _("回去印"),
        icon="printer",
        act=Back(),
        tone="primary",
        shape="button",
    )
    other = Tile(
        "preview:size",
        _("看普通的") if route.large else _("看大字的"),
        icon="zoom-in",
        act=Go(PreviewPage(service=route.service, kind=route.kind, large=not route.large)),
        shape="button",
    )
    is_legible = not (route.large and handoff.reads_largest(scene))  # else usual print is not
    ways = (back, other) if scene.local.prints_large and is_legible else (back,)
    return Tiles(ways, min_em=7, most_columns=2)


# a bulletin -------------------------------------------------------------------------------------


def with_printing(scene: Scene, route: BulletinPage, page: Page) -> Page:
    """The page of a bulletin with a way to take it along; one that was taken back has none."""
    if page.name != "bulletin":
        return page
    told, offer = handoff.bulletin_on_paper(scene, route)
    return replace(page, blocks=(*told, *page.blocks), dock=(*page.dock, *offer))
