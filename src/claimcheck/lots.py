"""A stream of items as lists of a size that one can work with."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def lots(items: Iterable[T], most: int, *heavy: tuple[Callable[[T], int], int]) -> Iterator[list[T]]:
    """The items in lists, in order. A list is full with `most` of them, or where what each weighs by a
    function of `heavy` comes to the limit beside it."""
    lot: list[T] = []
    left = [limit for _, limit in heavy]
    for item in items:
        lot.append(item)
        left = [rest - weigh(item) for rest, (weigh, _) in zip(left, heavy, strict=True)]
        if len(lot) >= most or any(rest <= 0 for rest in left):
            yield lot
            lot, left = [], [limit for _, limit in heavy]
    if lot:
        yield lot
