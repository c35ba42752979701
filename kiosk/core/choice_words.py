"""What somebody chose, in words: for whoever does not see that the screen has changed.

Knows the words for every choice but the language, which says itself. Does not know who says them.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.choices import VOLUMES, Choices, Contrast, Speech, Speed, TextSize


def of_change(before: Choices, now: Choices, gettext: Callable[[str], str]) -> list[str]:
    """The choices that are other ones now."""
    return [
        *_of_look(before, now, gettext),
        *_of_hand(before, now, gettext),
        *_of_voice(before.speech, now.speech, gettext),
    ]


def _of_look(before: Choices, now: Choices, gettext: Callable[[str], str]) -> list[str]:
    _ = gettext
    words = []
    if before.size is not now.size:
        sizes = {
            TextSize.STANDARD: _("标准字"),
            TextSize.LARGE: _("大一号"),
            TextSize.LARGER: _("更大"),
            TextSize.LARGEST: _("最大"),
        }
        words += [_("字的大小"), sizes[now.size]]
    if before.contrast is not now.contrast:
        looks = {
            Contrast.STANDARD: _("平常颜色"),
            Contrast.LIGHT: _("白底黑字"),
            Contrast.DARK: _("黑底白字"),
            Contrast.SOFT: _("不刺眼"),
        }
        words += [_("颜色"), looks[now.contrast]]
    return words


def _of_hand(before: Choices, now: Choices, gettext: Callable[[str], str]) -> list[str]:
    _ = gettext
    switched = (
        (before.steady, now.steady, _("手抖模式开了"), _("手抖模式关了")),
        (before.hold, now.hold, _("现在要按住一下才算"), _("现在一按就算")),
        (before.low_reach, now.low_reach, _("能按的都在下面了"), _("回到平常的高度了")),
        (before.switches, now.switches, _("现在用两个开关"), _("现在不用开关了")),
    )
    return [on if is_on else off for was_on, is_on, on, off in switched if was_on is not is_on]


def _of_voice(before: Speech, now: Speech, gettext: Callable[[str], str]) -> list[str]:
    """Whether it speaks at all, it says by speaking."""
    _ = gettext
    words, speeds = [], list(Speed)
    if before.speed is not now.speed:
        n = speeds.index(now.speed) + 1
        words.append(_("快慢：第 {n} 档，共 {count} 档").format(n=n, count=len(speeds)))
    if before.volume != now.volume:
        count = len(VOLUMES)
        words.append(_("声音：第 {n} 档，共 {count} 档").format(n=now.volume, count=count))
    if before.curtain is not now.curtain:
        off = _("屏幕关了，旁边的人看不到。碰一下屏幕就打开")
        words.append(off if now.curtain else _("屏幕打开了"))
    return words
