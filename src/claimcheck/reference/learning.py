"""What decisions teach a package's vocabulary goes into `learned` of its measure: no other character of the
descriptor changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from claimcheck.reference.editing import EditError, Splice
from claimcheck.reference.json import Located, read_json
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import DESCRIPTOR, Learned
from claimcheck.regular_files import bytes_of

_AROUND = 60  # characters before and behind a change by which it is found again


def learning(folder: Path, accepted: Sequence[tuple[str, Learned]]) -> Splice:
    """What of the descriptor changes where measures learn words. Raises EditError where the vocabulary has no
    such measure."""
    before = after = bytes_of(folder / DESCRIPTOR).decode("utf-8-sig")
    for measure, one in accepted:
        after = _added(after, measure, one)
    start = max(0, _shared(before, after) - _AROUND)
    end = max(0, _shared(before[start:][::-1], after[start:][::-1]) - _AROUND)
    old, new = (text[start : len(text) - end] for text in (before, after))
    marked = len(bytes_of(folder / DESCRIPTOR)) - len(before.encode())
    at = len(before[:start].encode()) + marked
    return Splice(DESCRIPTOR, at, old, new, before.count("\n", 0, start) + 1)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    differing = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return next(differing, min(len(one), len(other)))


def _added(text: str, measure: str, one: Learned) -> str:
    located = _located(text)
    offsets, entry = located.offsets, located.value.get("vocabulary", {}).get(measure)
    if entry is None:
        raise EditError(f"the vocabulary has no measure {measure!r}")
    line = {"says" if one.is_sentence else "word": one.text, "from": one.source,
            "on": one.day.isoformat(), "by": one.by}  # fmt: skip
    written = json.dumps(line, ensure_ascii=False)
    held = offsets.get(("vocabulary", measure, "learned"))
    if held is None:
        at = offsets["vocabulary", measure] + 1
        more = "," if entry else ""
        return f'{text[:at]}"learned": [{written}]{more} {text[at:].lstrip(" ")}'
    if not entry["learned"]:
        return f"{text[: held + 1]}{written}{text[held + 1 :]}"
    last = offsets["vocabulary", measure, "learned", len(entry["learned"]) - 1]
    end = json.JSONDecoder().raw_decode(text, last)[1]
    return f"{text[:end]}, {written}{text[end:]}"


def _located(text: str) -> Located:
    located = read_json(DESCRIPTOR, text, Problems())
    assert located is not None, "a descriptor that was loaded is JSON"
    return located
