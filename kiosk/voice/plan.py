"""What is played or spoken, one after the other, for some utterances.

Knows that a recording comes before an engine, for whole words or for a sentence of them, and how
long the silence is after each. Does not know how anything sounds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Final

from kiosk.core.utterance import Utterance
from kiosk.core.value import Value, replace
from kiosk.voice.clips import Clips
from kiosk.voice.text.piece import SENTENCE_MS, Piece, pieces, sentences

UTTERANCE_MS: Final = 450  # of silence between two of them, at the standard speed


class Recorded(Value, frozen=True):
    """A recording instead of a piece."""

    samples: array[int]
    pause_ms: int


def parts_of(utterances: Iterable[Utterance], clips: Clips) -> Iterator[Piece | Recorded]:
    """The parts in their order, found one utterance after the other."""
    is_first = True
    for utterance in utterances:
        parts = list(_of_utterance(utterance, clips, is_first=is_first))
        yield from parts[:-1]
        for last in parts[-1:]:
            yield replace(last, pause_ms=UTTERANCE_MS)
        is_first = is_first and not parts


def _of_utterance(
    utterance: Utterance, clips: Clips, *, is_first: bool
) -> Iterator[Piece | Recorded]:
    text, language = utterance.text, utterance.language
    whole = clips.sound(text, language)
    if whole is not None:
        yield Recorded(whole, SENTENCE_MS)
        return
    for sentence in sentences(text, language):
        recorded = clips.sound(sentence, language)
        if recorded is not None:
            yield Recorded(recorded, SENTENCE_MS)
        else:
            yield from pieces(sentence, language, is_first=is_first)
        is_first = False
