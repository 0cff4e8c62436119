"""What queries answered, kept by what was asked and not by the number of the claim that asked.

Texts say the same place, measure and month again and again; a query costs the same for one claim as for a
hundred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

Row = Sequence[Any]  # the number of a claim, and what it asks or is answered
MOST = 20_000  # answers and their rows that are kept


class Asked:
    """The answers to what claims asked of tables that stay as they are."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[tuple[Any, ...], ...]] = {}
        self._size = 0

    def answers(
        self,
        query: str,
        rows: Sequence[Row],
        beside: Sequence[Row],
        ask: Callable[[Sequence[Row], Sequence[Row]], list[tuple[Any, ...]]],
    ) -> list[tuple[Any, ...]]:
        """The rows that a query answers to `rows`, by the number of the claim, the first value of each.

        `beside` are rows of a second table, of the same claims. `ask` is handed those whose answer is not
        known, and of claims that ask the same those of the first. What a query answers to one claim must
        depend on no other's rows.
        """
        asked: dict[Any, tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]] = defaultdict(lambda: ([], []))
        for number, *rest in rows:
            asked[number][0].append(tuple(rest))
        for number, *rest in beside:
            if number in asked:
                asked[number][1].append(tuple(rest))
        keys = {number: (query, tuple(mine), tuple(also)) for number, (mine, also) in asked.items()}
        if self._size > MOST:
            self._answers.clear()
            self._size = 0
        firsts: dict[Hashable, Any] = {}
        for number, key in keys.items():
            if key not in self._answers:
                firsts.setdefault(key, number)
        if firsts:
            numbers = set(firsts.values())
            found = ask([r for r in rows if r[0] in numbers], [r for r in beside if r[0] in numbers])
            self._keep(firsts, found)
        return [(number, *rest) for number in sorted(keys) for rest in self._answers[keys[number]]]

    def _keep(self, firsts: dict[Hashable, Any], found: Sequence[tuple[Any, ...]]) -> None:
        answered: dict[Any, list[tuple[Any, ...]]] = defaultdict(list)
        for number, *rest in found:
            answered[number].append(tuple(rest))
        for key, number in firsts.items():
            self._answers[key] = tuple(answered[number])
        self._size += len(firsts) + len(found)
