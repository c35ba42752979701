"""The language that nobody speaks: English with accents, in brackets and longer by two fifths.

It shows whether a longer language than ours would still fit, and which words never passed through
gettext. Knows letters. Does not know any screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LONGER = 0.4
_ACCENTS = str.maketrans("aceinouyACEINOUY", "áçéîñöûýÁÇÉÎÑÖÛÝ")
_PADDING = ("öñé", "twó", "thrée", "föûr", "fîve", "sîx")
_HOLDER = re.compile(r"(\{\w*\})")


def pseudo(english: Callable[[str], str]) -> Callable[[str], str]:
    """A gettext that makes pseudo words of the English ones."""
    return lambda words: lengthened(english(words))


def lengthened(words: str) -> str:
    """The words with accents and padding; placeholders stay as they are.

    Whole words are added: real languages have more words, and few longer ones than English has.
    """
    if not words.strip():
        return words
    parts = [
        part if _HOLDER.fullmatch(part) else part.translate(_ACCENTS)
        for part in _HOLDER.split(words)
    ]
    length = len(_HOLDER.sub("", words))  # what stands in for a placeholder grows in no language
    return f"[{''.join(parts)}{_padding(round(length * LONGER))}]"


def _padding(length: int) -> str:
    padding, n = "", 0
    while len(padding) < length:
        padding += f" {_PADDING[n % len(_PADDING)]}"
        n += 1
    return padding[:length].rstrip()
