"""How far a training is, by steps or by the clock, and how fast it learns there."""

from __future__ import annotations

import time


class Progress:
    """Progress of a training of so many steps that may also be ended by time.

    Args:
        steps: how many there are.
        seconds: the longest time, ``None`` without limit.
    """

    def __init__(self, steps: int, seconds: float | None) -> None:
        self._steps = max(1, steps)
        self._seconds = seconds
        self._began = time.monotonic()

    def share(self, step: int) -> float:
        """Return the share (0..1) that is done before a step."""
        share = step / self._steps
        if self._seconds is not None:
            share = max(share, (time.monotonic() - self._began) / self._seconds)
        return min(1.0, share)

    def done(self, step: int) -> bool:
        """Tell whether nothing is left to do."""
        return self.share(step) >= 1.0

    def rate(self, step: int, *, warm: float) -> float:
        """Return the rate of learning as a share of the highest: rising at first, then falling to 0.02."""
        share = self.share(step)
        rising = (step + 1) / (warm * self._steps)
        return min(rising, max(0.02, (1 - share) / (1 - warm)))
