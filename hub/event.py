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
    HANDOFF_ALARM = "handoff-alarm"  # reason, place, how many this hour
    HANDOFF_SLOWED = "handoff-slowed"  # an address asked too often; once a minute of it
    CALL_PLACED = "call-placed"  # place
    CALL_UNSEEN = "call-unseen"  # place; no page of the hall's staff is open
    CALL_CHANGED = "call-changed"  # hall, state, seconds since it was placed
    CALL_REFUSED = "call-refused"  # reason
    PIN_REFUSED = "pin-refused"  # hall
    PIN_BARRED = "pin-barred"  # hall; one address has tried too often
    PAGE_FAILED = "page-failed"  # type of the error and where in the code
