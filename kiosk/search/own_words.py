"""Words by which people search for the machine's own settings, and not for a public service.

Knows the names that phones give to their simple mode (MIIT annex 2, 3.1, has every program answer
to them), what people say whom the letters are too small for, and how both are typed. Does not know
what is shown for them.
"""

from __future__ import annotations

_MODES = {
    "长辈版": ("zbb", "zhangbeiban"),
    "亲情版": ("qqb", "qinqingban"),
    "关爱版": ("gab", "guanaiban"),
    "关怀版": ("ghb", "guanhuaiban"),
    "大字版": ("dzb", "daziban"),
    "老年版": ("lnb", "laonianban"),
    "老人版": ("lrb", "laorenban"),
}
_HALVES = ("长辈", "亲情", "关爱", "关怀", "大字")
"""Those that begin as no service does."""
_SAID = ("模式", "字大", "字太小", "字小", "看不清", "手抖", "读屏", "朗读")
_LATIN = ("large print", "large text", "bigger", "senior mode", "accessibility", "read aloud")
_ENOUGH = 6  # letters of a name that is being typed whole


def means_settings(asked: str) -> bool:
    """Whether words of a search are about how the screen looks, sounds or is touched."""
    words = " ".join(asked.lower().split())
    if any(said in words for said in (*_MODES, *_SAID, *_LATIN)) or words in _HALVES:
        return True
    letters = _letters(words)
    return any(
        letters in names or (name.startswith(_HALVES) and _is_most(letters, names[1]))
        for name, names in _MODES.items()
    )


def letters_after(asked: str) -> set[str]:
    """The letters with which what was typed goes on to the name of a mode, in lower case."""
    letters = _letters(asked.lower())
    typed = [name for names in _MODES.values() for name in names]
    return {
        name[len(letters)]
        for name in typed
        if name.startswith(letters) and len(name) > len(letters)
    }


def _is_most(letters: str, whole: str) -> bool:
    return len(letters) >= _ENOUGH and whole.startswith(letters)


def _letters(words: str) -> str:
    return words.replace(" ", "").replace("'", "")
