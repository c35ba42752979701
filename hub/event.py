"""Everything that the hub's web side ever logs, as a closed list.

No event carries a token, an address, a phone's name for itself or anything a person typed.
"""

from __future__ import annotations

from enum import StrEnum


class Event(StrEnum):
    """The first word of a log line."""

    CATALOG_READ = "catalog-read"  # version
    CATALOG_UNREADABLE = "catalog-unreadable"  # why; the last good catalog stays
    HANDOFF_ACCEPTED = "handoff-accepted"  # place
    HANDOFF_REFUSED = "handoff-refused"  # reason, place
    HANDOFF_SLOWED = "handoff-slowed"  # an address asked too often
    PAGE_FAILED = "page-failed"  # type of the error and where in the code
