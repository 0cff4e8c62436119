"""In which year the undated days of a story lie: asides, openings and headings do not lead it astray."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from claimcheck.dates.times import years_along
from tests.pace import keeps_pace


def test_a_long_story_is_read_in_linear_time() -> None:
    def work(count: int) -> Callable[[], object]:
        text = "".join(
            f"On {1 + i % 28} {'March' if i % 2 else 'June'} 20{i % 20:02d}, it fell. On 4 May it rose. "
            for i in range(count)
        )
        return lambda: years_along(text, date(2023, 5, 1))

    assert keeps_pace(work(2000), work(250), 24)


