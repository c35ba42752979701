"""Which touches count: a trembling hand taps twice, and a new screen appears under the finger.

Knows two limits. Does not know widgets or clocks.
"""

from __future__ import annotations

from kiosk.core.value import Value


class InputGuard(Value, frozen=True):
    """Refuses touches that come too soon (EN 301 549 5.8 allows up to 500 ms)."""

    after_screen_s: float = 0.35
    repeat_s: float = 0.30
    repeat_steady_s: float = 0.50

    def accepts(
        self, touched_s: float, shown_since_s: float, last_s: float, same: bool, steady: bool
    ) -> bool:
        """Whether a touch counts.

        Args:
            touched_s: monotonic time at which the finger came down.
            shown_since_s: since when the control under the finger has been there.
            last_s: when a touch last counted.
            same: that touch was on the same control.
            steady: the citizen chose the steady-hand mode.
        """
        if touched_s - shown_since_s < self.after_screen_s:
            return False
        repeat_s = self.repeat_steady_s if steady else self.repeat_s
        return not (same and touched_s - last_s < repeat_s)
