"""What can be done with the papers that somebody has with them. Values only.

Knows the answer. Does not know how it is found (`kiosk.store.papers_at_hand`).
"""

from __future__ import annotations

from kiosk.core.value import Value


class Possible(Value, frozen=True):
    """A service, and the papers that are always asked for and not at hand."""

    service: str
    missing: tuple[str, ...] = ()


class Doable(Value, frozen=True):
    """Services that ask for one of the papers, by how many others they always ask for as well.

    The most used come first; a count may be more than the services that are named.
    """

    in_hand: tuple[str, ...]  # the papers it was asked for
    now: tuple[Possible, ...] = ()
    one_missing: tuple[Possible, ...] = ()
    more_missing: tuple[Possible, ...] = ()
    counts: tuple[int, int, int] = (0, 0, 0)
