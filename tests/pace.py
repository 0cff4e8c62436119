"""How much longer work takes as its input grows: the same answer on a fast, a slow and a busy machine.

Processor time of this thread, without the collector of garbage, which after thousands of tests takes longer
than what is measured, and the least of several tries: what a neighbour, a cold cache or a first call adds is
never in all of them, and work that grows with the square is too slow in all of them.
"""

import gc
import time
from collections.abc import Callable

TRIES = 6


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds that one call of `work` takes on this thread."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        begin = time.thread_time()
        work()
        return time.thread_time() - begin
    finally:
        if collecting:
            gc.enable()


def keeps_pace(work: Callable[[], object], against: Callable[[], object], times: float) -> bool:
    """Whether `work` takes less than `times` what `against` takes, both at their best.

    Below 20 ms a clock tells little: `against` counts for at least that much.
    """
    against()  # once for what is remembered
    least = float("inf")
    for _ in range(TRIES):
        limit = times * max(seconds(against), 0.02)
        least = min(least, seconds(work))
        if least < limit:
            return True
    return False


def grows_in_line(work: Callable[[str], object], unit: str, small: int, large: int) -> bool:
    """Whether `work` on a text of `unit`, repeated to `large` characters, takes about `large / small` times
    as long as on one of `small`; three times that is allowed, and growth with the square is more."""

    def text(size: int) -> str:
        return (unit * (size // len(unit) + 1))[:size]

    short, long = text(small), text(large)
    return keeps_pace(lambda: work(long), lambda: work(short), 3 * large / small)
