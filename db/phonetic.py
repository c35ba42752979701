"""How Chinese and Latin words sound and are spelled, as short strings that can be searched.

Knows the syllables of standard Mandarin, which of them people of the south mix up, how signs are
made equal (width, case, script, brackets), and the tokens of the search index. Does not know how
a character is read (`kiosk.store.search_index` asks a dictionary when a catalog is built), nor any
table or query.

One syllable is one code point of the private use area. So the characters of a name, its sounds,
its folded sounds and its initials are strings of one length, and what compares strings in C
compares sounds too.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

BARRIER = "|"
"""Stands for any brackets and punctuation: words on its two sides are no neighbours."""

_FINALS = {
    "": "a ai an ang ao e ei en er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = tuple(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)
_RETROFLEX = {"zh": "z", "ch": "c", "sh": "s"}
_INITIAL_CLASS = {"n": "l", "r": "l", "h": "f"}
INITIALS_MAX = 6
"""The longest run of initials that is one token."""
_WALL = "x"
_PIECE = re.compile(r"[a-z]+|[^a-z]")
_GAP = re.compile(r"[| ]")
_FIRST_SOUND = 0xE000
_FIRST_FOLD = 0xE400


def fold(syllable: str) -> str:
    """The syllable as one who mixes up zh/z, n/l/r, hu/f, ang/an … would hear it."""
    folded = _RETROFLEX.get(syllable[:2], syllable[:2]) + syllable[2:]
    if folded[0] in "nr":
        folded = "l" + folded[1:]
    if folded == "hong":
        folded = "feng"
    elif folded.startswith("hu"):
        rest = {"i": "ei", "n": "en"}.get(folded[2:], folded[2:])
        folded = "f" + (rest or "u")
    if folded.endswith(("ang", "eng", "ing")):
        folded = folded[:-1]
    return folded.replace("v", "u")


def initial_class(letter: str) -> str:
    """The first letters that are heard as one: n l r, f h."""
    return _INITIAL_CLASS.get(letter, letter)


_ALIKE: dict[str, tuple[str, ...]] = {}
for _syllable in SYLLABLES:
    _ALIKE[fold(_syllable)] = (*_ALIKE.get(fold(_syllable), ()), _syllable)
_FOLDS = {folded: chr(_FIRST_FOLD + n) for n, folded in enumerate(_ALIKE)}

SOUND = {syllable: chr(_FIRST_SOUND + n) for n, syllable in enumerate(SYLLABLES)}
SOUND |= {"lue": SOUND["lve"], "nue": SOUND["nve"]}  # both are typed
"""Syllable → its code point."""
SPELLING = {chr(_FIRST_SOUND + n): syllable for n, syllable in enumerate(SYLLABLES)}
"""Code point → the letters of the syllable."""
FOLDED = str.maketrans({sound: _FOLDS[fold(syllable)] for sound, syllable in SPELLING.items()})
"""For `str.translate`: sounds → folded sounds, one code point each."""
_FOLD_SPELLING = {code: folded for folded, code in _FOLDS.items()}
INITIALS = str.maketrans(
    {sound: initial_class(fold(syllable)[0]) for sound, syllable in SPELLING.items()}
    | _INITIAL_CLASS
)
"""For `str.translate`: sounds and letters → classes of initials, one letter each."""
LETTERS = str.maketrans(SPELLING)
"""For `str.translate`: sounds → the letters of the whole phrase."""
_BEGINNING: dict[str, frozenset[str]] = {}
for _syllable in SYLLABLES:
    for _end in range(1, len(_syllable) + 1):
        _known = _BEGINNING.get(_syllable[:_end], frozenset())
        _BEGINNING[_syllable[:_end]] = _known | {_FOLDS[fold(_syllable)]}


def heard_as(sound: str) -> tuple[str, ...]:
    """The syllables that fold to the same as this sound; none for what is no syllable."""
    return _ALIKE[fold(SPELLING[sound])] if sound in SPELLING else ()


def beginning_with(letters: str) -> frozenset[str]:
    """The folded sounds of all syllables that begin like this."""
    return _BEGINNING.get(letters, frozenset())


def is_latin(piece: str) -> bool:
    """Whether a normalised piece of text begins with one of the 26 letters."""
    return "a" <= piece[:1] <= "z"


def signs(text: str, simplified: Mapping[int, str]) -> Iterator[tuple[str, int]]:
    """The text's signs made equal, each with the place in the text where it stands.

    Width and case are gone, traditional characters are simplified, letters have no accents;
    white space is one space, anything else that is neither letter nor digit is one `BARRIER`.
    """
    begun, gap = False, ""
    for place, typed in enumerate(text):
        for sign in _made_equal(typed):
            if sign == BARRIER:
                gap = BARRIER
            elif sign == " ":
                gap = gap or " "
            else:
                if begun and gap:
                    yield gap, place
                yield simplified.get(ord(sign), sign), place
                begun, gap = True, ""


@lru_cache(maxsize=8192)  # of a script, not of what anybody typed
def _made_equal(typed: str) -> tuple[str, ...]:
    """One typed sign as letters and digits without width, case and accents, or as a gap."""
    found = []
    for sign in unicodedata.normalize("NFKD", typed).lower():
        kind = unicodedata.category(sign)[0]
        if kind in "LN":
            found.append(sign)
        elif kind in "PS":
            found.append(BARRIER)
        elif sign.isspace():
            found.append(" ")
    return tuple(found)


def key_signs(text: str, simplified: Mapping[int, str]) -> list[tuple[str, int]]:
    """As `signs`, with spaces only where they part two words of letters or digits."""
    found = list(signs(text, simplified))
    return [
        (sign, place)
        for n, (sign, place) in enumerate(found)
        if sign != " " or (found[n - 1][0].isascii() and found[n + 1][0].isascii())
    ]


def normalise(text: str, simplified: Mapping[int, str]) -> str:
    """The signs of a text, as `signs` says."""
    return "".join(sign for sign, _ in signs(text, simplified))


def key_of(text: str, simplified: Mapping[int, str]) -> str:
    """The signs of a name, as `key_signs` says: what the index keeps."""
    return "".join(sign for sign, _ in key_signs(text, simplified))


def character_tokens(key: str) -> list[str]:
    """Characters and digits one by one, whole words of letters marked `e`."""
    return [
        "e" + piece if is_latin(piece) else _plain(piece)
        for piece in _PIECE.findall(key)
        if piece != " "
    ]


def sound_tokens(sounds: str) -> list[str]:
    """Folded syllables, and any other signs, one by one, marked `s`."""
    return [fold_token(folded) for folded in sounds.translate(FOLDED) if folded != " "]


def fold_token(folded: str) -> str:
    """The token of one folded sound or of any other sign."""
    return _WALL if folded == BARRIER else "s" + _FOLD_SPELLING.get(folded, folded)


def fold_pairs(sounds: str) -> list[str]:
    """Every two folded sounds that stand side by side, each pair once."""
    pairs = map("".join, itertools.pairwise(sounds.translate(FOLDED)))
    return [pair for pair in dict.fromkeys(pairs) if not _GAP.search(pair)]


def initial_tokens(sounds: str) -> list[str]:
    """At every place the next one, two and up to six initials; marked 0 at the beginning."""
    tokens: list[str] = []
    for n, run in enumerate(_GAP.split(sounds.translate(INITIALS))):
        for start in range(len(run)):
            grams = _grams(run[start : start + INITIALS_MAX])
            tokens += grams
            if n == 0 and start == 0:
                tokens += ["0" + gram for gram in grams]
    return tokens


def _grams(initials: str) -> list[str]:
    """The tokens of one place."""
    return [
        mark + initials[:length]
        for mark, length in (("1", 1), ("2", 2), ("i", INITIALS_MAX))
        if len(initials) >= min(length, 3)
    ]


def _plain(piece: str) -> str:
    return _WALL if piece == BARRIER else piece
