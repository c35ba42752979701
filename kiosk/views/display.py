"""Text size, contrast and language, each with all its alternatives."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.core.choices import Choices, Contrast, Language, TextSize
from kiosk.core.routes import Choose, DisplayPage
from kiosk.core.value import replace
from kiosk.ui.page import Heading, Page, Tile, Tiles
from kiosk.views.scene import Scene, chosen


def page(scene: Scene, route: DisplayPage) -> Page:
    """The display screen."""
    _ = scene.gettext
    choices = scene.choices
    sizes = {
        TextSize.STANDARD: _("标准字"),
        TextSize.LARGE: _("大一号"),
        TextSize.LARGER: _("更大"),
        TextSize.LARGEST: _("最大"),
    }
    looks = {
        Contrast.STANDARD: _("平常颜色"),
        Contrast.LIGHT: _("白底黑字"),
        Contrast.DARK: _("黑底白字"),
        Contrast.SOFT: _("不刺眼"),
    }
    languages = {Language.CHINESE: "中文", Language.ENGLISH: "English"}
    return scene.page(
        "display",
        _("怎么看得舒服"),
        (
            Heading(_("字的大小")),
            _alternatives(
                "size",
                {size: (words, replace(choices, size=size)) for size, words in sizes.items()},
                choices,
            ),
            Heading(_("颜色")),
            _alternatives(
                "look",
                {look: (words, replace(choices, contrast=look)) for look, words in looks.items()},
                choices,
            ),
            Heading(_("语言")),
            _alternatives(
                "language",
                {
                    language: (words, replace(choices, language=language))
                    for language, words in languages.items()
                },
                choices,
            ),
        ),
    )


def _alternatives(
    kind: str, alternatives: Mapping[object, tuple[str, Choices]], now: Choices
) -> Tiles:
    """One tile for each alternative, with the words and the choices that it leads to."""
    tiles = tuple(
        chosen(Tile(f"{kind}:{slug}", words, act=Choose(following)), following == now)
        for slug, (words, following) in alternatives.items()
    )
    return Tiles(tiles, min_em=7, most_columns=2)
