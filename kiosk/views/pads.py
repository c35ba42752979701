"""The lower part of the search screen: letters, handwriting, strokes or the voice.

Knows the pads, what has been entered on them, and their words. Does not know how ink, strokes or
sound are read (`kiosk.search`), nor what stands above (`kiosk.views.results`).
"""

from __future__ import annotations

import string
from typing import assert_never

from kiosk.core.entry import Pad, Reading
from kiosk.core.results import Results
from kiosk.core.routes import AddStroke, ArrangeLetters, ChoosePad, Erase, Pick, Speak, Type, Write
from kiosk.core.value import Value
from kiosk.ui.page import Block, Candidates, Cells, Field, Keys, Notice, Tile, Tiles
from kiosk.views.scene import Scene

CANDIDATES = 6
CANDIDATES_LARGE = 4
COLUMNS = 7  # of the alphabet
TYPEWRITER = "QWERTYUIOPASDFGHJKLZXCVBNM"
TYPEWRITER_BREAKS = (10, 19)  # the second and the third row
STROKE_COLUMNS = 3
SIGNS = dict(zip("12345", "一丨丿丶乛", strict=True))  # of the strokes, by their names


class Words(Value, frozen=True):
    """What a pad says of itself."""

    title: str
    text: str
    empty: str  # in the field, until there is something
    candidates: str = ""  # where they will stand


def words(scene: Scene) -> Words:
    """The words of the pad that is chosen."""
    _ = scene.gettext
    pad = chosen(scene)
    match pad:
        case Pad.LETTERS:
            text = _("比如身份证，就打 S F Z")
            return Words(_("每个字打第一个字母"), text, _("这里显示您打的字母"))
        case Pad.WRITING:
            text, near = _("一个格子写一个字"), _("像的字排在这里")
            return Words(_("用手指写出来"), text, _("这里显示您写的字"), near)
        case Pad.STROKES:
            text, near = _("照写字的先后，一笔一笔按"), _("像的字排在这里")
            return Words(_("按笔画找字"), text, _("这里显示您按的笔画"), near)
        case Pad.SPEECH:
            text = _("您说的话只用来找事，不留下来")
            return Words(_("说说要办什么事"), text, _("这里显示您说的话"))
        case _:
            assert_never(pad)


def chosen(scene: Scene) -> Pad:
    """The pad in use; who can no longer be heard has the letters."""
    pad = scene.session.asking.pad
    return Pad.LETTERS if pad is Pad.SPEECH and not scene.dictation_works else pad


def dock(scene: Scene) -> tuple[Block, ...]:
    """Ways to ask, what has been entered, and the pad itself."""
    return _ways(scene), _field(scene), *_pad(scene)


def _ways(scene: Scene) -> Tiles:
    _ = scene.gettext
    names = {Pad.LETTERS: _("字母"), Pad.WRITING: _("手写"), Pad.STROKES: _("笔画")}
    if scene.dictation_works:
        names[Pad.SPEECH] = _("说话")
    now = chosen(scene)
    tiles = tuple(
        Tile(
            f"pad:{pad.value}",
            name,
            act=ChoosePad(pad),
            tone="primary" if pad is now else "plain",
            shape="tab",
            chosen=pad is now,
        )
        for pad, name in names.items()
    )
    return Tiles(tiles, min_em=2.5, most_columns=len(tiles))


def _pad(scene: Scene) -> tuple[Block, ...]:
    pad = chosen(scene)
    match pad:
        case Pad.LETTERS:
            return (_letters(scene),)
        case Pad.WRITING:
            return _candidates(scene), _cells(scene)
        case Pad.STROKES:
            return _candidates(scene), _strokes(scene)
        case Pad.SPEECH:
            return _speech(scene)
        case _:
            assert_never(pad)


# what has been entered --------------------------------------------------------------------------


def _field(scene: Scene) -> Field:
    _ = scene.gettext
    icon = "" if scene.has_few_places else "backspace"
    erase = Tile("search:erase", _("删除"), icon=icon, act=Erase(), shape="slim")
    asking, empty = scene.session.asking, words(scene).empty
    strokes, settled = asking.draft.strokes, len(asking.query)
    if strokes:
        names = _stroke_names(scene)
        shown = asking.query + "".join(SIGNS[stroke] for stroke in strokes)
        said = _("、").join((*filter(None, [asking.query]), *(names[one] for one in strokes)))
        return Field(shown, empty, "search", erase, ((settled, len(strokes)),), said)
    if any(asking.draft.cells):
        kept = len(asking.draft.settled)
        marks = ((kept, settled - kept),) if settled > kept else ()
        return Field(asking.query, empty, "search", erase, marks)
    if asking.preedit:
        marks = ((settled, len(asking.asked) - settled),)
        return Field(asking.asked, empty, "search", erase, marks)
    return Field(_spaced(asking.query), empty, "search", erase)


def _spaced(query: str) -> str:
    """Single letters far apart, as they were touched."""
    return " ".join(query.upper()) if query.isascii() and query.isalpha() else query


# letters ------------------------------------------------------------------------------------------


def _letters(scene: Scene) -> Keys:
    """All letters; those that lead nowhere are dimmed but keep their place."""
    _ = scene.gettext
    live = _live(scene.session.asking.results, scene.session.asking.asked)
    as_typewriter = scene.session.asking.as_typewriter and not scene.choices.steady
    letters = TYPEWRITER if as_typewriter else string.ascii_uppercase
    keys = [
        Tile(
            f"key:{letter}",
            letter,
            act=Type(letter.lower()),
            shape="key",
            enabled=live is None or letter in live,
        )
        for letter in letters
    ]
    keys.append(Tile("key:clear", _("清空"), act=Write(""), shape="key"))
    if as_typewriter:
        return Keys(tuple(keys), TYPEWRITER_BREAKS[0], TYPEWRITER_BREAKS)
    return Keys(tuple(keys), COLUMNS)


def _live(results: Results | None, asked: str) -> frozenset[str] | None:
    """The letters that lead to more; None while that is not known."""
    if results is None or results.query != asked:
        return None
    return results.letters or None


def arrangement(scene: Scene) -> tuple[Tiles, ...]:
    """The other order of the letters, as long as nothing is asked; large keys stand in no rows."""
    _ = scene.gettext
    asking = scene.session.asking
    if asking.asked or chosen(scene) is not Pad.LETTERS or scene.choices.steady:
        return ()
    other = not asking.as_typewriter
    title = _("字母照电脑键盘排") if other else _("字母从 A 排到 Z")
    tile = Tile("search:arrange", title, icon="keyboard", act=ArrangeLetters(other), shape="slim")
    return (Tiles((tile,), most_columns=1),)


# handwriting and strokes ----------------------------------------------------------------------


def _candidates(scene: Scene) -> Candidates:
    """What was written may be one of these."""
    reading = scene.session.asking.reading
    most = CANDIDATES_LARGE if scene.has_few_places else CANDIDATES
    found = reading.words[:most] if reading is not None else ()
    tiles = (Tile(f"word:{word}", word, act=Pick(word), shape="word") for word in found)
    return Candidates(tuple(tiles), most, words(scene).candidates)


def _cells(scene: Scene) -> Cells:
    _ = scene.gettext
    asking = scene.session.asking
    read = asking.reading.words if asking.reading is not None else ()
    onward = Tile(
        "write:onward",
        _("接着写"),
        act=Pick(read[0]) if read else Pick(""),
        tone="tint",
        shape="slim",
        enabled=bool(read),
    )
    clear = Tile("key:clear", _("清空"), act=Write(""), shape="slim")
    return Cells(asking.draft.cells, (onward, clear), _("写字的格子"))


def _stroke_names(scene: Scene) -> dict[str, str]:
    _ = scene.gettext
    return {"1": _("横"), "2": _("竖"), "3": _("撇"), "4": _("点捺"), "5": _("折")}


def _strokes(scene: Scene) -> Keys:
    """The five strokes; those that lead to no character are dimmed but keep their place."""
    _ = scene.gettext
    icons = {
        "1": "stroke-across",
        "2": "stroke-down",
        "3": "stroke-falling",
        "4": "stroke-dot",
        "5": "stroke-turning",
    }
    live = _following(scene)
    keys = [
        Tile(
            f"stroke:{stroke}",
            name,
            icon=icons[stroke],
            act=AddStroke(stroke),
            shape="key",
            enabled=live is None or stroke in live,
        )
        for stroke, name in _stroke_names(scene).items()
    ]
    clear = Tile("key:clear", _("清空"), act=Write(""), shape="key")
    return Keys((*keys, clear), STROKE_COLUMNS)


def _following(scene: Scene) -> frozenset[str] | None:
    """The strokes that lead to a character; None while that is not known."""
    reading: Reading | None = scene.session.asking.reading
    if reading is None or reading.draft != scene.session.asking.draft:
        return None
    return reading.keys


# the voice ----------------------------------------------------------------------------------------


def _speech(scene: Scene) -> tuple[Block, ...]:
    """One large key, which says what it does now."""
    _ = scene.gettext
    asking = scene.session.asking
    if asking.listening:
        listening = Notice(_("正在听……"), icon="microphone", tone="yes")
        stop = Tile("speech:stop", _("说完了"), icon="check", act=Speak(False), shape="hero")
        return listening, Tiles((stop,), most_columns=1)
    start = Tile(
        "speech:start",
        _("按一下，开始说"),
        icon="microphone",
        act=Speak(True),
        tone="primary",
        shape="hero",
    )
    return (Tiles((start,), most_columns=1),)


def not_heard(scene: Scene) -> tuple[Notice, ...]:
    """Nothing was understood, and what to do."""
    _ = scene.gettext
    if not scene.session.asking.not_heard:
        return ()
    text = _("也可以换成字母、手写或者笔画")
    return (Notice(_("没听清，再说一遍"), text, "info-circle", "warning"),)
