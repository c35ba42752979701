"""Try the keys: each one only says its name and what it is for, until one leaves.

Knows the words for every key of `kiosk.core.keys`. Does not know where a keypad has it.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.keys import Key
from kiosk.core.routes import PracticePage
from kiosk.ui.page import Block, Heading, Line, Notice, Page, Panel
from kiosk.views.scene import Scene


def page(scene: Scene, route: PracticePage) -> Page:
    """The practice screen; the last key that was pressed stands above everything."""
    _ = scene.gettext
    leave = Notice(_("连按两次“帮助”，就回去"), _("也可以按下面的“返回”"), "info-circle")
    blocks = (leave, *_keypad(scene.gettext))
    if route.key not in set(Key):
        text = _("随便按。只说它是做什么的，不会真的做")
        return scene.page("practice", _("试试按键"), blocks, text=text)
    name, does = key_words(Key(route.key), scene.gettext)
    title = _("您按的是：{key}").format(key=name)
    return scene.page("practice", title, blocks, path=_("试试按键"), text=does)


def _keypad(gettext: Callable[[str], str]) -> tuple[Block, ...]:
    """All keys in words, those together that lie together on most keypads."""
    _ = gettext
    groups = (
        (_("走到想要的"), (Key.PREVIOUS, Key.NEXT, Key.PAGE_BACK, Key.PAGE_ON)),
        (_("选和退"), (Key.SELECT, Key.BACK, Key.HOME, Key.HELP)),
        (_("听"), (Key.VOICE, Key.AGAIN, Key.PAUSE)),
        (_("快慢和大小声"), (Key.SLOWER, Key.FASTER, Key.QUIETER, Key.LOUDER)),
        (_("还有"), (Key.LOW_REACH, Key.LANGUAGE, Key.FIRST_SWITCH, Key.SECOND_SWITCH)),
        (_("耳机"), (Key.HEADPHONES_IN, Key.HEADPHONES_OUT)),
    )
    blocks: list[Block] = []
    for heading, keys in groups:
        lines = tuple(Line(*key_words(key, gettext)) for key in keys)
        blocks += [Heading(heading), Panel(lines)]
    return tuple(blocks)


def key_words(key: Key, gettext: Callable[[str], str]) -> tuple[str, str]:
    """What a key is called, and what it is for."""
    _ = gettext
    return {
        Key.PREVIOUS: (_("上一个"), _("往上走一项")),
        Key.NEXT: (_("下一个"), _("往下走一项")),
        Key.PAGE_BACK: (_("上一页"), _("翻回前一页")),
        Key.PAGE_ON: (_("下一页"), _("翻到后一页")),
        Key.SELECT: (_("选它"), _("打开正在听的那一项")),
        Key.BACK: (_("返回"), _("退一步")),
        Key.HOME: (_("首页"), _("从头来")),
        Key.HELP: (_("帮助"), _("来这里试按键，再按一次就回去")),
        Key.AGAIN: (_("再听一遍"), _("刚才的话再说一遍")),
        Key.PAUSE: (_("停一停"), _("先不说，再按接着说")),
        Key.VOICE: (_("读给我听"), _("开始读，再按就不读了")),
        Key.SLOWER: (_("慢一点"), _("说得慢一点")),
        Key.FASTER: (_("快一点"), _("说得快一点")),
        Key.QUIETER: (_("小声"), _("声音小一点")),
        Key.LOUDER: (_("大声"), _("声音大一点")),
        Key.LOW_REACH: (_("低一点"), _("能按的都到下面来，坐着也够得着")),
        Key.LANGUAGE: (_("换语言"), _("换一种语言")),
        Key.FIRST_SWITCH: (_("第一个开关"), _("用两个开关就能办")),
        Key.SECOND_SWITCH: (_("第二个开关"), _("用两个开关就能办")),
        Key.HEADPHONES_IN: (_("插耳机"), _("插上就读给您听")),
        Key.HEADPHONES_OUT: (_("拔耳机"), _("拔下就不读了")),
    }[key]
