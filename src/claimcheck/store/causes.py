"""Through which reference rows a verdict became another: what came, what went, what says otherwise now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from claimcheck.store.store import Store

MET = """
SELECT verdict_key, resource || ':' || row_id AS key, relation, name, source,
    concat_ws('|', relation, low, best, high, date_start, date_end, as_of) AS says
FROM evidence
WHERE verdict_key IN (SELECT unnest(?::BIGINT[]))
ORDER BY verdict_key, position
"""
DECIDES = {"supports": "supports it", "refutes": "contradicts it", "neutral": "decides nothing alone"}
Pair = tuple[int | None, int | None]
"""The keys of a verdict and of the one that followed it."""


def causes(store: Store, pairs: Iterable[Pair]) -> dict[Pair, tuple[str, ...]]:
    """What brought each change about, in words: "new: SY24 (figures:F012) supports it".

    Rows that decide nothing are named only where no other row changed. Empty: the same rows, compared
    otherwise.
    """
    wanted = list(dict.fromkeys(pairs))
    keys = sorted({key for pair in wanted for key in pair if key is not None})
    met: dict[int | None, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in store.rows(MET, [keys]) if keys else ():
        met[row["verdict_key"]][row["key"]] = row
    return {pair: _changes(met[pair[0]], met[pair[1]]) for pair in wanted}


def _changes(old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    found: list[tuple[bool, str]] = []
    for key in dict.fromkeys((*new, *old)):
        before, after = old.get(key), new.get(key)
        if before is not None and after is not None and before["says"] == after["says"]:
            continue
        found.append((_decides(before) or _decides(after), _told(key, before, after)))
    deciding = tuple(words for decides, words in found if decides)
    return deciding or tuple(words for _, words in found)


def _decides(row: Mapping[str, Any] | None) -> bool:
    return row is not None and row["relation"] != "neutral"


def _told(key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    row = after or before
    assert row is not None, "a row stands on one side at least"
    who = (row["source"] or row["name"] or "").rsplit(" · ", 1)[-1]
    named = f"{who} ({key})" if who else key
    if after is None:
        return f"gone: {named}"
    verb = DECIDES[after["relation"]]
    if before is None:
        return f"new: {named} {verb}"
    return f"changed: {named} {'now' if before['relation'] != after['relation'] else 'still'} {verb}"
