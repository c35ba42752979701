"""What is heard of a page: the same words that are seen, in the order of reading.

Knows how each kind of block and a tile are said; a kind of block that is not said is a type error.
Does not know what a page is about, nor how a voice sounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeAlias, assert_never

from kiosk.core.choices import Language
from kiosk.core.utterance import Utterance
from kiosk.core.value import Value
from kiosk.ui.page import (
    Block,
    Candidates,
    Cells,
    Field,
    Heading,
    Keys,
    Line,
    Notice,
    Page,
    Panel,
    Plan,
    QrCard,
    Sheet,
    Tile,
    Tiles,
)

Part: TypeAlias = tuple[Utterance, ...]
"""What is said about one thing; it is said as a whole or not at all."""

_PAUSES = {Language.CHINESE: "，", Language.ENGLISH: ", ", Language.UYGHUR: "، "}
_STOPS = {Language.CHINESE: "。", Language.ENGLISH: ". ", Language.UYGHUR: ". "}
_UNHEARD = re.compile(r"\s*[›·•|→☐✓✗]+\s*")  # signs that part words, or repeat them as pictures
_ISOLATES = dict.fromkeys((0x200B, *range(0x2066, 0x206A)))  # for the eye only: places, breaks
_EDGES = " \t，,،"
_ENDS = tuple("，。！？；：、…,.!?;:،؛؟")
_NUMBER = re.compile(r"(?<!\S)[\d.:/–—-]+\Z")
_SCRIPTS = re.compile(
    r"(?P<zh>[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<ug>[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdff\ufe70-\ufefc]+)"
    r"|(?P<en>[A-Za-z\u00c0-\u024f]+)"
)


class Ear(Value, frozen=True):
    """For whom words are said: in which language, and with which keys the screen is worked."""

    language: Language
    gettext: Callable[[str], str]
    by_switches: bool = False

    def say(self, text: str, private: bool = False) -> Part:
        """A text, each line for itself, words in another script in the language of those."""
        heard = text.translate(_ISOLATES)
        lines = (_UNHEARD.sub(_PAUSES[self.language], line) for line in heard.splitlines())
        runs = chain.from_iterable(_runs(line, self.language) for line in lines)
        return tuple(Utterance(words, language, private) for words, language in runs)


class Heard(Value, frozen=True):
    """A screen for the ear, part by part."""

    head: tuple[Part, ...]  # hint, title, path and the words below: they stay on every page
    page: Part  # which of several pages it is
    body: tuple[Part, ...]
    clock: Part
    way_on: Part
    banner: Part = ()

    def whole(self) -> Part:
        """All of it: somebody has just come here."""
        above = (*self.head, self.banner)
        return _joined((*above, self.page, *self.body, self.clock, self.way_on))

    def turned(self) -> Part:
        """Another page of the same place."""
        return _joined((self.page, *self.body, self.way_on))

    def since(self, before: Heard) -> Part:
        """Only what was not there before. A minute that passes is no news."""
        known = {*before.head, before.banner, *before.body}
        above = (*self.head, self.banner)
        return _joined(part for part in (*above, *self.body) if part not in known)


def heard(page: Page, shown: Sequence[Block], ear: Ear, controls: int = 0, pages: int = 1) -> Heard:
    """A page for the ear.

    Args:
        page: what the screen was made of.
        shown: the blocks that stand on this page of it, without dock and bar.
        ear: who listens.
        controls: how many things can be chosen on the whole screen.
        pages: how many pages the blocks fill.
    """
    hint = page.hint if page.is_hinting else ""
    head = tuple(ear.say(words) for words in (hint, page.title, page.path, page.text))
    # what was entered is said before its answer, wherever the one stands on a panel
    blocks = sorted((*shown, *page.dock), key=lambda block: not isinstance(block, Field))
    body = chain.from_iterable(of_block(block, ear, page.curtain is not None) for block in blocks)
    above = set(_joined(head))
    return Heard(
        head=head,
        page=_which_page(min(page.index, pages - 1), pages, ear),
        # where height is short, words of the header stand among the blocks
        body=tuple(part for part in body if not above.issuperset(part)),
        clock=ear.say(page.clock),
        way_on=way_on(controls, pages, ear),
        banner=of_words(page.banner, ear) if page.banner is not None else (),
    )


def of_page(
    page: Page, shown: Sequence[Block], ear: Ear, controls: int = 0, pages: int = 1
) -> Part:
    """All that is said of a page, as in `heard`."""
    return heard(page, shown, ear, controls, pages).whole()


def of_tile(tile: Tile, position: int, count: int, ear: Ear) -> Part:
    """A control that has the focus: its words, how it stands, what it is, the how manieth."""
    _ = ear.gettext
    words = of_changed(tile, ear)
    if tile.shape == "key":
        return words  # whoever walks over a pad wants the letter and nothing else
    which = _("第 {n} 个，共 {count} 个").format(n=position, count=count)
    return (*words, *ear.say(_("按钮")), *ear.say(which))


def of_changed(tile: Tile, ear: Ear) -> Part:
    """A control that stays under the focus and is another one now: its words, how it stands."""
    return (*of_words(tile, ear), *_state(tile, ear))


def of_words(tile: Tile, ear: Ear) -> Part:
    """The words that stand on a tile."""
    return (*ear.say(tile.title), *ear.say(tile.text))


def of_block(  # noqa: PLR0911, PLR0912, C901 — a case a kind
    block: Block | Tile, ear: Ear, curtained: bool = False
) -> tuple[Part, ...]:
    """What a block says that is not a control; controls are said when keys come to them."""
    match block:
        case Tile():
            return _of_tiles((block,), ear)
        case Tiles():
            return _of_tiles(block.tiles, ear)
        case Heading():
            return (ear.say(block.text),)
        case Notice():
            return ((*ear.say(block.title), *ear.say(block.text)),)
        case Panel():
            return tuple(_of_line(line, ear) for line in block.lines)
        case QrCard():
            return (_of_code(block, ear, curtained),)
        case Field():
            return (_of_field(block, ear),)
        case Candidates():
            return () if block.tiles else (ear.say(block.placeholder),)
        case Cells():
            return (_of_cells(ear),)
        case Plan():
            labels = dict.fromkeys(mark.label for mark in block.marks)
            return (ear.say(block.said), _joined(ear.say(label) for label in labels))
        case Sheet():
            return tuple(ear.say(words) for part in block.parts for words in part.words)
        case Keys():
            return ()
        case _:
            assert_never(block)


def name_of(block: Block | Tile, ear: Ear) -> str:
    """A block as one text, for programs that read the screen to somebody."""
    return spelled(_joined(of_block(block, ear)), ear)


def name_of_control(tile: Tile, ear: Ear) -> str:
    """A control as one text; that it is a button and how it stands, those programs say."""
    return spelled(of_words(tile, ear), ear)


def spelled(utterances: Iterable[Utterance], ear: Ear) -> str:
    """Utterances as one text with a stop between two."""
    texts = [one.text for one in utterances]
    stop = _STOPS[ear.language]
    ended = [text + (" " if text.endswith(_ENDS) else stop) for text in texts[:-1]]
    return "".join((*ended, *texts[-1:]))


def way_on(controls: int, pages: int, ear: Ear) -> Part:
    """How many things can be chosen here, and how."""
    _ = ear.gettext
    if not controls:
        return ()
    words = [_("这里有 {count} 个可选").format(count=controls)]
    if ear.by_switches:
        words.append(_("一个开关往下走，另一个选"))
    else:
        words.append(_("按上下键听，按中间键选"))
        words.append(_("按左右键翻页") if pages > 1 else "")
    return _joined(ear.say(one) for one in words)


def _which_page(index: int, pages: int, ear: Ear) -> Part:
    _ = ear.gettext
    if pages <= 1:
        return ()
    return ear.say(_("第 {page} 页，共 {pages} 页").format(page=index + 1, pages=pages))


def _of_tiles(tiles: Iterable[Tile], ear: Ear) -> tuple[Part, ...]:
    """Tiles that are only read, and those that keys pass by because they do not work now."""
    silent = (tile for tile in tiles if tile.act is None or not tile.enabled)
    return tuple(of_changed(tile, ear) for tile in silent)


def _state(tile: Tile, ear: Ear) -> Part:
    _ = ear.gettext
    words = []
    if tile.chosen is not None:
        words.append(_("选中") if tile.chosen else _("没选"))
    if not tile.enabled:
        words.append(_("现在不能用"))
    return _joined(ear.say(one) for one in words)


def _of_line(line: Line, ear: Ear) -> Part:
    _ = ear.gettext
    marked = _("要带") if line.mark == "box" else ""
    if line.mark and not marked:
        marked = _("第 {n}").format(n=line.mark)
    return (*ear.say(marked), *ear.say(line.title), *ear.say(line.text))


def _of_field(block: Field, ear: Ear) -> Part:
    """What somebody has typed is theirs; the invitation to type is for everybody."""
    if block.text:
        return ear.say(block.said or block.text, private=True)
    return ear.say(block.placeholder)


def _of_cells(ear: Ear) -> Part:
    """Keys cannot write, so whoever listens is told of the pad that they can work."""
    _ = ear.gettext
    return (*ear.say(_("下面用手指写")), *ear.say(_("用按键的，选“字母”更方便")))


def _of_code(block: QrCard, ear: Ear, curtained: bool) -> Part:
    _ = ear.gettext
    # in which half it stands depends on the panel and on who reaches how high
    aim = [
        _("屏幕上有一个方的码，手机慢慢移着找"),
        block.aim,
        _("手机对着码慢慢拿远，扫到了手机会告诉您"),
    ]
    if curtained:
        aim = [_("码在屏幕上，屏幕关着扫不到，先打开屏幕")]
    texts = (block.title, *aim, *block.lines, block.host_label, block.host, block.code_label)
    return (*_joined(ear.say(text) for text in texts), *ear.say(" ".join(block.code)))


def _joined(parts: Iterable[Part]) -> Part:
    return tuple(chain.from_iterable(parts))


def _runs(text: str, language: Language) -> Iterable[tuple[str, Language]]:
    """The text cut where its script leaves the language; a run begins with a letter or digit."""
    cuts: list[tuple[int, Language]] = []
    for found in _SCRIPTS.finditer(text):
        spoken = _language_of(found.lastgroup or "", language)
        if not cuts or cuts[-1][1] is not spoken:
            cuts.append((_start(text, found.start()) if cuts else 0, spoken))
    cuts = cuts or [(0, language)]
    ends = [start for start, _ in cuts[1:]] + [len(text)]
    for (start, spoken), end in zip(cuts, ends, strict=True):
        words = text[start:end].strip(_EDGES)
        if any(sign.isalnum() for sign in words):
            yield words, spoken


def _start(text: str, place: int) -> int:
    """Where a run begins that has its first letter here: a number before it belongs to it."""
    number = _NUMBER.search(text, 0, place)
    return number.start() if number else place


def _language_of(script: str, language: Language) -> Language:
    """Latin letters among hanzi are names and codes: the Chinese voice knows how to say them."""
    if script == "en":
        return Language.CHINESE if language is Language.CHINESE else Language.ENGLISH
    return Language(script)
