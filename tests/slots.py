"""How many slots of claims in ordinary text are read right: place, time, what is counted, actor.

`tests/gold/slots.jsonl` has claims drawn from `tests/ordinary` (draw 17: five a field, the others: two),
labelled from the text alone: each slot with the readings that a reader would accept, "none" where the text
gives none. A time is a day, month or year, "first..last" (an end left out is open), behind "~" any period
within. Of a number that is no claim ("claim": false) nothing may be read. `python -m tests.slots` prints how
many are right, `python -m tests.slots 17` the misses of a draw as well.
"""

from __future__ import annotations

import calendar
import json
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from claimcheck.claims.reading import read
from claimcheck.documents.files import make
from claimcheck.model import Claim, Link, Period, Reading
from claimcheck.syntax.stems import root

HERE = Path(__file__).parent
SLOTS = ("place", "time", "counted", "actor")
KINDS = ("quantity", "rank", "event", "comparison")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"the", "a", "an", "of", "s", "in", "and", "its", "their", "our"})


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled claim, a slot of it, what the program reads there, and whether a reader would accept it."""

    label: dict[str, Any]
    slot: str
    said: str | None
    right: bool


def labels() -> list[dict[str, Any]]:
    """The labelled claims, in the order of the file."""
    return [json.loads(line) for line in (HERE / "gold" / "slots.jsonl").read_text("utf-8").splitlines()]


def readings(wanted: Collection[tuple[str, str]]) -> Iterator[tuple[str, str, Reading]]:
    """The texts of cases, each named by its field and its id, as they are read."""
    for field in sorted({field for field, _ in wanted}):
        lines = (HERE / "ordinary" / field / "cases.jsonl").read_text("utf-8").splitlines()
        cases = [case for case in map(json.loads, lines) if (field, case["id"]) in wanted]
        documents = (make(c["id"], c["text"], meta={"date": date.fromisoformat(c["date"])}) for c in cases)
        yield from ((field, c["id"], r) for c, r in zip(cases, read(documents), strict=True))


def compared(only: int | None = None) -> list[Read]:
    """Every labelled slot with what the program reads there, of one draw where it is named."""
    wanted = defaultdict(list)
    for label in labels():
        if only in (None, label["draw"]):
            wanted[label["field"], label["case"]].append(label)
    out = []
    for field, case, reading in readings(set(wanted)):
        for label in wanted.pop((field, case), ()):
            claims = reading.claims if label.get("claim") is False else (*reading.claims, *reading.latent)
            out += _compared(label, _claim_at(claims, label["start"], label["end"]))
    assert not wanted, f"no such text: {sorted(wanted)}"
    return out


def _claim_at(read: Sequence[Claim], start: int, end: int) -> Claim | None:
    """The claim of a number, or of a date that is none's number; of a number that compares, its first operand
    says what is compared."""
    claims = sorted((c for c in read if c.kind in KINDS), key=lambda c: KINDS.index(c.kind))
    own = [c for c in claims if c.quantity and c.quantity.start < end and start < c.quantity.end]
    dated = [c for c in claims if c.quantity is None and c.time and c.time.start == start]
    found = next(iter([*own, *dated]), None)
    operands = found.comparison.operands if found is not None and found.comparison else ()
    return operands[0].claim if operands else found


def _compared(label: dict[str, Any], claim: Claim | None) -> Iterator[Read]:
    if label.get("claim") is False or claim is None:
        right = claim is None and label.get("claim") is False
        yield from (Read(label, slot, None if claim is None else "a claim", right) for slot in SLOTS)
        return
    time = claim.time if claim.time is not None and claim.time.basis != "document" else None
    period = None if time is None else time.period
    measured = {root(w.lower()) for w in _WORD.findall(_counted(claim))}
    said: dict[str, Any] = {
        "place": _name(claim.place), "time": period, "counted": _counted(claim), "actor": _actor(claim),
    }  # fmt: skip
    judge = {"place": _is_named, "time": _is_then, "actor": _is_named}
    for slot in SLOTS:
        accepted = label[slot]
        if slot == "counted":
            right = any(_stems(words) <= measured or words == "none" for words in accepted)
        else:
            right = any(judge[slot](said[slot], words) for words in accepted)
        yield Read(label, slot, None if said[slot] is None else str(said[slot]), right)


def _counted(claim: Claim) -> str:
    """What is counted: the measure and the noun; where the number has none, of whom it is. Of a date,
    what happened."""
    subject = _name(claim.subject) or ""
    if claim.quantity is None:
        return f"{subject} {claim.text}"
    nouns = [s.text for s in claim.slots if s.slot == "counted noun"] or [claim.quantity.noun or subject]
    return " ".join([claim.measure or "", *nouns, claim.quantity.text])


def _name(link: Link | None) -> str | None:
    return None if link is None else link.text


def _actor(claim: Claim) -> str | None:
    """Who does it; those that the number counts are no actors beside it."""
    name = _name(claim.actor)
    quantity = claim.quantity
    counted = set() if quantity is None else _stems(quantity.noun or "")
    return None if name is None or (counted and counted <= _stems(name)) else name


def _stems(words: str) -> set[str]:
    return {root(w.lower()) for w in _WORD.findall(words)} - _SMALL


def _is_named(said: str | None, words: str) -> bool:
    """Whether a name is the accepted one, or a part of it, or holds it."""
    if said is None or words == "none":
        return said is None and words == "none"
    ours, theirs = _stems(said), _stems(words)
    return bool(ours) and (ours <= theirs or theirs <= ours)


def _is_then(said: Period | None, words: str) -> bool:
    """Whether a period is the accepted one, or lies within it where the label begins with "~"."""
    if said is None or words == "none":
        return said is None and words == "none"
    first, dots, last = words.removeprefix("~").partition("..")
    wanted = Period(_day(first, False), _day(last if dots else first, True))
    return wanted.covers(said) if words.startswith("~") else wanted == said


def _day(written: str, last: bool) -> date | None:
    if not written:
        return None
    year, month, day = (int(n) for n in [*written.split("-"), "0", "0"][:3])
    if last:
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])
    return date(year, month or 1, day or 1)


def shares(found: list[Read]) -> dict[str, tuple[int, int]]:
    """How many of each slot are right, of how many."""
    return {
        slot: (sum(r.right for r in found if r.slot == slot), sum(r.slot == slot for r in found))
        for slot in SLOTS
    }


def main() -> None:
    """Print how many slots are right in each draw, and the misses of a draw that is named."""
    shown = int(sys.argv[1]) if len(sys.argv) > 1 else None
    found = compared()
    for draw in sorted({r.label["draw"] for r in found}):
        mine = [r for r in found if r.label["draw"] == draw]
        print(f"draw {draw}:", ", ".join(f"{s} {n} of {of}" for s, (n, of) in shares(mine).items()))
        for miss in (r for r in mine if draw == shown and not r.right):
            accepted = " / ".join(miss.label.get(miss.slot, ["no claim"]))
            where = f"{miss.label['field']} {miss.label['case']} {miss.label['text']!r}"
            print(f"  {where}: {miss.slot} is {accepted}, read {miss.said}")


if __name__ == "__main__":
    main()
