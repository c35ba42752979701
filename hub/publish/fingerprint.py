"""The fingerprint of a root of trust, to be compared by eye when a kiosk is enrolled.

Knows how it is written. Does not know what is in the root.
"""

from __future__ import annotations

import hashlib

_GROUP = 8


def fingerprint(root: bytes) -> str:
    """sha256 of the file `1.root.json`, in eight groups of eight signs."""
    digits = hashlib.sha256(root).hexdigest()
    return " ".join(digits[n : n + _GROUP] for n in range(0, len(digits), _GROUP))
