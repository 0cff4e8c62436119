"""So many changed sentences by a seed, and what comes of them by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from claimcheck.evaluation import Result, run
from claimcheck.evaluation.running import Tick
from claimcheck.reference.cases import Case, Expectation
from tests.perturb.bases import Base
from tests.perturb.fillers import Draw, Fillers
from tests.perturb.must_not import MUST_NOT, Change
from tests.perturb.must_stay import MUST_STAY

KINDS: dict[str, Change] = MUST_NOT | MUST_STAY
OTHERWISE = frozenset({"refuted", "conflicting_evidence", "not_enough_evidence", "not_judged"})
ROUNDS = 8  # times that a kind is tried on a statement, each with another draw


@dataclass(frozen=True, slots=True)
class Changed:
    """A changed statement: of which package, by which kind, as a case."""

    folder: Path
    kind: str
    before: str
    case: Case


def drawn(
    bases: Sequence[Base], fillers: Fillers, number: int, seed: int, kinds: Iterable[str] = KINDS
) -> list[Changed]:
    """So many changed statements, no text twice, the kinds as evenly as they apply.

    The same bases, fillers and seed give the same.
    """
    streams = {kind: _stream(kind, bases, fillers, seed) for kind in kinds}
    found: dict[tuple[str, str], Changed] = {}
    while streams and len(found) < number:
        for kind in list(streams):
            new = next((c for c in streams[kind] if (c.folder.name, c.case.text) not in found), None)
            if new is None:
                del streams[kind]
            elif len(found) < number:
                found[new.folder.name, new.case.text] = new
    return list(found.values())


def _stream(kind: str, bases: Sequence[Base], fillers: Fillers, seed: int) -> Iterator[Changed]:
    bases = [base for base in bases if (base.compares is not None) == (kind == "comparison turned")]
    for turn in range(ROUNDS):
        order = list(bases)
        Random(f"{seed} {kind} {turn}").shuffle(order)
        for base in order:
            draw = Draw(Random(f"{seed} {kind} {turn} {base.case.id}"), fillers, base.table.lacks)
            if (new := changed(kind, base, draw)) is not None:
                yield new


def changed(kind: str, base: Base, draw: Draw) -> Changed | None:
    """The statement changed in this way; None where that does not apply."""
    made = KINDS[kind](base, draw)
    if made is None:
        return None
    text, at = made if isinstance(made, tuple) else (made, base.at.at)
    if text == base.text or text.count(at) != 1:
        return None
    start = text.index(at)
    verdicts = OTHERWISE if kind in MUST_NOT else frozenset({"supported"})
    wanted = Expectation(at, start, start + len(at), verdicts)
    case = Case(f"{base.case.id} · {kind}", text, base.case.date, base.case.about, (wanted,))
    return Changed(base.folder, kind, base.text, case)


def judged(found: Iterable[Changed], tick: Tick | None = None) -> Iterator[tuple[Changed, Result]]:
    """The changed statements with what came of each, a package at a time."""
    by_package: dict[Path, list[Changed]] = defaultdict(list)
    for item in found:
        by_package[item.folder].append(item)
    for folder, items in by_package.items():
        done = run(folder, [item.case for item in items], tick)
        yield from zip(items, done.results, strict=True)


@dataclass(slots=True)
class Tally:
    """Of one kind: how many there are, and how many are supported."""

    number: int = 0
    supported: int = 0

    @property
    def share(self) -> float:
        """Per cent that are supported."""
        return 100 * self.supported / max(1, self.number)


def is_supported(result: Result) -> bool:
    """Whether a statement is supported: of a date by what its clause says of it, and not by a number or a
    rank that is stated of the same date elsewhere ("which began *on 3 May*, burned 112 homes")."""
    start, end = result.expectation.start, result.expectation.end
    met = list(zip(result.claims, result.verdicts, strict=True))
    own = [
        v for c, v in met if c.quantity is None or (c.quantity.start < end and start < c.quantity.end)
    ]  # fmt: skip
    return any(v.verdict == "supported" for v in own or result.verdicts)


def tallied(results: Iterable[tuple[Changed, Result]]) -> dict[str, Tally]:
    """How many of each kind are supported, in the order of the kinds."""
    tallies = {kind: Tally() for kind in KINDS}
    for item, result in results:
        tally = tallies[item.kind]
        tally.number += 1
        tally.supported += is_supported(result)
    return tallies


def summed(tallies: dict[str, Tally], kinds: Iterable[str]) -> Tally:
    """Several kinds together."""
    chosen = [tallies[kind] for kind in kinds]
    return Tally(sum(t.number for t in chosen), sum(t.supported for t in chosen))
