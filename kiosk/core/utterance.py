"""What is said aloud: words, their language, and whether others may hear them.

Knows which words may leave a loudspeaker. Does not know how they sound (`kiosk.voice`) or where
they stand on a screen (`kiosk.ui.spoken`).
"""

from __future__ import annotations

from collections.abc import Iterable

from kiosk.core.choices import Language
from kiosk.core.value import Value


class Utterance(Value, frozen=True):
    """One thing that is said."""

    text: str
    language: Language = Language.CHINESE
    private: bool = False  # of this citizen: for headphones only, EN 301 549 5.1.3.9


def audible(utterances: Iterable[Utterance], in_headphones: bool) -> tuple[Utterance, ...]:
    """What may be said now; empty words are left out."""
    return tuple(
        one for one in utterances if one.text.strip() and (in_headphones or not one.private)
    )
