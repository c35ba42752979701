"""Text: how large its ink is, how its lines stand, and that all of it is there to be read.

Knows the requirements VIS-01 to VIS-07. Does not know colours (`access.measure.colour`).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from access import ink, pixels, signs, words
from access.box import Box, gaps
from access.drawing import Picture, Text, place_of
from access.seen import Seen, called, whole
from access.sights import degrees
from kiosk.core.choices import TextSize
from kiosk.ui.widgets.plate import FieldPlate, HeadingPlate, NoticePlate, PanelPlate

HANZI_LEAST_MM = 6.0
CAPITAL_LEAST_MM = 4.8  # Section 508 402.4
LARGEST_HANZI_MM = 12.0  # Korea 2024
BODY_HANZI_MM = {100: 8.0, 125: 10.0, 150: 12.0, 200: 16.0}
BODY_CAPITAL_MM = {100: 3.5, 125: 4.8, 150: 6.4, 200: 8.5}  # VVSG 2.0
ANGLE_LEAST = 0.7  # degrees of a capital, EN 301 549 5.1.4
LINE_LEAST = 1.3  # of the em, MIIT annex 2 section 1.2
ICON_VARIES = 1.10  # most over least, of an icon's size over its text's

_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_ARABIC = re.compile(r"[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]")
_READ = (NoticePlate, PanelPlate, HeadingPlate)  # what is read as running text
_HIDDEN_PX = 2  # so much ink may be missing: neighbouring letters are shaped by each other
_LEANS_PX = 1  # a letter's smooth edge may lean out of its line
_TOUCH_PX = 1  # and so much may two things share: smooth edges
_DOTS = "…"
_NAMED = 24  # signs of a thing's name that are the same where a long text goes on on a next page


def measure(seen: Seen) -> None:
    """Everything about the text of one screen."""
    _sizes(seen)
    _families(seen)
    _line_spacing(seen)
    _inside(seen)
    _whole_ink(seen)
    _nothing_left_out(seen)
    _fields_say_something(seen)
    _no_overlap(seen)
    _no_broken_word(seen)
    _icon_sizes(seen)


# VIS-01 to VIS-04 ---------------------------------------------------------------------------------


def _sizes(seen: Seen) -> None:
    """Each font once: all text of one font is equally large."""
    kinds: dict[tuple[ink.FontKey, bool, str], Text] = {}
    for text in seen.drawn.texts:
        is_read = isinstance(text.owner, _READ)
        for script in _scripts(text.words):
            kinds.setdefault((ink.key_of(text.font), is_read, script), text)
    for (_, is_read, script), text in kinds.items():
        _size(seen, text, script, is_read)


def _scripts(text: str) -> Iterator[str]:
    for sign, pattern in ((ink.HANZI, _HANZI), (ink.CAPITAL, _LATIN), (ink.ALEF, _ARABIC)):
        if pattern.search(text):
            yield sign


def _size(seen: Seen, text: Text, sign: str, is_read: bool) -> None:
    mm, size = seen.mm(ink.height(sign, text.font)), seen.look.choices.size
    if sign == ink.HANZI:
        seen.least("VIS-02", mm, HANZI_LEAST_MM, "mm", text, text.ink)
        if size is TextSize.LARGEST:
            seen.least("VIS-03", mm, LARGEST_HANZI_MM, "mm", text, text.ink)
    else:
        seen.least("VIS-02", mm, CAPITAL_LEAST_MM, "mm", text, text.ink)
    if is_read:
        bodies = BODY_HANZI_MM if sign == ink.HANZI else BODY_CAPITAL_MM
        seen.least("VIS-04", mm, bodies[size], "mm", text, text.ink)
    if is_read or size is TextSize.LARGEST:
        # the clause asks for one mode of operation: running text has it from the start
        capital = seen.mm(ink.height(ink.CAPITAL, text.font))
        angle = degrees(capital, seen.look.panel.distance_mm)
        seen.least("VIS-01", angle, ANGLE_LEAST, "°", text, text.ink)


# VIS-06 -------------------------------------------------------------------------------------------


def _families(seen: Seen) -> None:
    for text in seen.drawn.texts:
        for family in signs.families(text.words, text.font):
            if family in signs.ALLOWED:
                seen.fine("VIS-06")
            else:
                seen.fault("VIS-06", f"drawn with {family}", text, text.ink)


# VIS-07 -------------------------------------------------------------------------------------------


def _line_spacing(seen: Seen) -> None:
    for lines in _paragraphs(seen):
        for upper, lower in itertools.pairwise(lines):
            step = (lower.base_y - upper.base_y) / upper.font.pixelSize()
            seen.least("VIS-07", step, LINE_LEAST, "em", lower, lower.ink)


def _paragraphs(seen: Seen) -> Iterator[list[Text]]:
    """Lines that follow each other in one font; runs of the same line count once."""
    blocks: dict[tuple[int, ink.FontKey], list[Text]] = defaultdict(list)
    for text in seen.drawn.texts:
        blocks[id(text.owner), ink.key_of(text.font)].append(text)
    for block in blocks.values():
        lines = {text.base_y: text for text in block}
        in_order = [lines[y] for y in sorted(lines)]
        yield [line for line in in_order if _is_in_one_column(line, in_order[0])]


def _is_in_one_column(one: Text, other: Text) -> bool:
    return one.ink.left < other.ink.right and other.ink.left < one.ink.right


# VIS-05 -------------------------------------------------------------------------------------------


def _inside(seen: Seen) -> None:
    """All things stand on the screen, all ink in its thing, and off the outline around it."""
    screen = whole(seen.screen)
    for thing in seen.things:
        place = place_of(thing, seen.screen)
        seen.least("VIS-05", seen.mm(place.room_in(screen)), 0, "mm", thing, place)
    frames = defaultdict(list)
    for frame in seen.drawn.frames:
        frames[id(frame.owner)].append(frame)
    for text in seen.drawn.texts:
        _require_room(seen, text, text.place, 0)
        for frame in frames[id(text.owner)]:
            if text.ink.gap_to(frame.box) < 0:
                _require_room(seen, text, frame.box, frame.line_px / 2)


def _require_room(seen: Seen, text: Text, room: Box, line_px: float) -> None:
    spare = seen.mm(text.ink.room_in(room) + _LEANS_PX - line_px)
    seen.least("VIS-05", spare, 0, "mm", text, text.ink)


def _whole_ink(seen: Seen) -> None:
    """On the picture there is as much ink as the words have by themselves."""
    for text in (one for one in seen.drawn.texts if one.has_letters):
        around = text.ink.grown(_HIDDEN_PX)
        found = pixels.ink(seen.shot.part(around))
        inside = around.within(seen.shot.box)
        there = found.moved(inside.left, inside.top) if found else Box(0, 0, 0, 0)
        missing = -text.ink.room_in(there)
        if missing > _HIDDEN_PX:
            seen.fault("VIS-05", f"{missing} px of its ink are missing", text, text.ink)
        else:
            seen.fine("VIS-05")


def _nothing_left_out(seen: Seen) -> None:
    """Dots stand only where the words of the page have them; a field shows what came last."""
    meant = "\n".join(words.of_page(seen.page))
    for text in seen.drawn.texts:
        if _DOTS not in text.words or isinstance(text.owner, FieldPlate):
            continue
        if text.words.strip() in meant:
            seen.fine("VIS-05")
        else:
            seen.fault("VIS-05", "the words are cut short", text, text.ink)


def _fields_say_something(seen: Seen) -> None:
    """A field shows what was entered last, or invites to enter something."""
    said = {id(text.owner) for text in seen.drawn.texts}
    for field in seen.screen.findChildren(FieldPlate):
        if id(field) in said:
            seen.fine("VIS-05")
        else:
            seen.fault("VIS-05", "its words have no room", field, place_of(field, seen.screen))


def _no_overlap(seen: Seen) -> None:
    things = [(thing, place_of(thing, seen.screen)) for thing in seen.things]
    _apart(seen, things, 0)
    marks: list[tuple[object, Box]] = [(text, text.ink) for text in seen.drawn.texts]
    marks += [(picture, picture.box) for picture in seen.drawn.pictures]
    _apart(seen, marks, _TOUCH_PX)


def _apart(
    seen: Seen, things: list[tuple[object, Box]] | list[tuple[QWidget, Box]], shared: int
) -> None:
    between = gaps([box for _, box in things])
    seen.fine("VIS-05", len(things) * (len(things) - 1) // 2)
    for one, other in zip(*(between < -shared).nonzero(), strict=True):
        if one < other:
            overlap = seen.mm(-int(between[one, other]))
            note = f"overlaps {called(things[other][0])} by {overlap:.1f} mm"
            seen.fault("VIS-05", note, things[one][0], things[one][1])


def _no_broken_word(seen: Seen) -> None:
    """A Latin word goes to the next line as a whole, where a line has room for it."""
    known = {word for said in words.of_page(seen.page) for word in said.split()}
    for lines in _paragraphs(seen):
        room = max((line.ink.width for line in lines), default=0)
        for upper, lower in itertools.pairwise(lines):
            word = _joined(upper.words, lower.words)
            if word in known and (width := ink.of(word, lower.font)) and width.width <= room:
                seen.fault("VIS-05", f"{word} is broken", lower, lower.ink)
            else:
                seen.fine("VIS-05")


def _joined(upper: str, lower: str) -> str:
    """The Latin word that goes over the end of a line, if one may; nothing where none does."""
    tail, head = upper.split()[-1:], lower.split()[:1]
    if not (tail and head and tail[0][-1].isalpha() and head[0][0].isalpha()):
        return ""
    return tail[0] + head[0] if (tail[0] + head[0]).isascii() else ""


def _icon_sizes(seen: Seen) -> None:
    """How large an icon is beside its text: the same at every text size."""
    largest: dict[int, int] = defaultdict(int)
    for text in seen.drawn.texts:
        largest[id(text.owner)] = max(largest[id(text.owner)], text.font.pixelSize())
    counts: dict[int, int] = defaultdict(int)
    for picture in (one for one in seen.drawn.pictures if one.is_icon):
        owner = id(picture.owner)
        counts[owner] += 1
        if largest[owner]:
            name = f"{_name_of(seen, picture)} {counts[owner]}"
            seen.tally.span(name, picture.box.height / largest[owner])


def _name_of(seen: Seen, picture: Picture) -> str:
    """The same icon in sights that differ in their text size."""
    tongue, thing = seen.sight.partition("-")[0], called(picture.owner)[:_NAMED]
    return f"{seen.name} {thing} {tongue} {seen.mm_per_px}"
