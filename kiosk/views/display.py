"""Text size, contrast and language, each with all its alternatives."""

from __future__ import annotations

from kiosk.core.choices import Contrast, Language, TextSize
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
        TextSize.LARGE: _("大字"),
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
            Tiles(
                tuple(
                    chosen(
                        Tile(f"size:{size}", words, act=Choose(replace(choices, size=size))),
                        size is choices.size,
                    )
                    for size, words in sizes.items()
                ),
                min_em=7,
                most_columns=2,
            ),
            Heading(_("颜色")),
            Tiles(
                tuple(
                    chosen(
                        Tile(f"look:{look}", words, act=Choose(replace(choices, contrast=look))),
                        look is choices.contrast,
                    )
                    for look, words in looks.items()
                ),
                min_em=7,
                most_columns=2,
            ),
            Heading(_("语言")),
            Tiles(
                tuple(
                    chosen(
                        Tile(
                            f"language:{language}",
                            words,
                            act=Choose(replace(choices, language=language)),
                        ),
                        language is choices.language,
                    )
                    for language, words in languages.items()
                ),
                min_em=7,
                most_columns=2,
            ),
        ),
    )
