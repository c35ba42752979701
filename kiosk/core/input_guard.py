"""Which touches count: a trembling hand taps twice, and a new screen appears under the finger.

Knows two limits. Does not know widgets or clocks.
"""

from __future__ import annotations

from kiosk.core.value import Value


class InputGuard(Value, frozen=True):
    """Refuses touches that come too soon (EN 301 549 5.8 allows up to 500 ms)."""

    after_screen_s: float = 0.35
    repeat_s: float = 0.30

    def accepts(
        self, now_s: float, screen_since_s: float, last_s: float, same_control: bool
    ) -> bool:
        """Whether a touch now counts.

        Args:
            now_s: monotonic time of the touch.
            screen_since_s: when the screen under the finger appeared.
            last_s: when a touch last counted.
            same_control: it was on the control that is touched now.
        """
        if now_s - screen_since_s < self.after_screen_s:
            return False
        return not (same_control and now_s - last_s < self.repeat_s)
