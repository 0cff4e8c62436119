"""What several ask of the same proposition, found once while its batch is linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

from claimcheck.model import Part

Found = TypeVar("Found")

_MOST = 1 << 15  # propositions that are kept, where nobody says that a batch is done
_kept: dict[int, tuple[Sequence[Part], dict[object, Any]]] = {}  # no other has an id while its parts are here


def once(find: Callable[[Sequence[Part]], Found]) -> Callable[[Sequence[Part]], Found]:
    """The function, which does not look at the very same parts again before they are forgotten.

    Example:
        >>> heads = once(lambda parts: [p for p in parts if p.is_head])
        >>> parts = ()
        >>> heads(parts) is heads(parts)
        True
    """

    @wraps(find)
    def remembered(parts: Sequence[Part]) -> Found:
        kept = _kept.get(id(parts))
        if kept is None:
            if len(_kept) >= _MOST:
                _kept.clear()
            kept = _kept[id(parts)] = parts, {}
        found: Found
        if find in kept[1]:
            found = kept[1][find]
        else:
            found = kept[1][find] = find(parts)
        return found

    return remembered


def forget() -> None:
    """Drop what was found: the next batch has other propositions."""
    _kept.clear()
