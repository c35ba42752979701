"""Which words a visit leaves behind that had no good answer.

Knows when words are settled and when they are left. Does not know what is kept of them
(`kiosk.store.missed_queries`).
"""

from __future__ import annotations

from kiosk.core.entry import Pad
from kiosk.core.routes import DisplayPage, PracticePage, SearchPage, SwitchesPage
from kiosk.core.session import Session

_AT_HAND = SearchPage | DisplayPage | PracticePage | SwitchesPage
"""Whoever makes the letters larger has not given up."""


def missed(before: Session, after: Session) -> str | None:
    """The words that were left between two values of a visit, where nothing answered them well.

    They are left by clearing the field, by going to another place, and by the end of the visit. On
    the way there they were the beginnings of other words, and erased sign by sign they are again;
    neither counts.
    """
    was_at_hand = isinstance(before.route, _AT_HAND)
    is_left = not after.asking.asked or not isinstance(after.route, _AT_HAND)
    if was_at_hand and is_left and _is_settled(before) and _is_unanswered(before):
        return before.asking.query
    return None


def _is_settled(session: Session) -> bool:
    """Somebody chose these words: no machine guessed them from ink or from a voice."""
    is_spoken = session.asking.pad is Pad.SPEECH or bool(session.asking.also_heard)
    return session.asking.draft.is_empty and not is_spoken


def _is_unanswered(session: Session) -> bool:
    """The answer to exactly these words has come, and it is no good one."""
    query, results = session.asking.query, session.asking.results
    if not query or results is None or results.query != query:
        return False
    return not (results.confident or results.for_settings)
