"""What a reviewer's decisions teach about text of the same field that nobody decided.

    python -m tests.teach                    # prints the table, and writes tests/teach.md
    python -m tests.teach --models FILE      # keeps the weights of fields left out: a quarter of an hour

Of each field of tests/ordinary half of the texts is decided by a careful reviewer, for whom the expectations
stand: this row where a row alone gives the verdict, another verdict where none does, none of these where
nothing answers. The weights before were learned without the field. Then the other half is judged.
"""

from __future__ import annotations

import argparse
import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from claimcheck.learning import fitting
from claimcheck.linking import decide
from claimcheck.linking.weights import START, Key, Weights
from tests import fit
from tests.fit import FIRM, LIKELY, OPEN, Field, Learner, Model, Statement, table_of

PAGE = fit.ROOT / "tests" / "teach.md"
AFTER = (10, 30, 100)
_SAYS = {"supports": "supported", "refutes": "refuted"}
Decided = tuple[fit.Weighed, int | None, str | None]
"""A claim, the row that is meant, and the verdict; both None where nothing answers."""


def halves(field: Field) -> tuple[list[Statement], list[Statement]]:
    """A field's statements by every other text."""
    first = set(list(dict.fromkeys(s.case for s in field.statements))[::2])
    return (
        [s for s in field.statements if s.case in first],
        [s for s in field.statements if s.case not in first],
    )


def decisions(statements: Sequence[Statement], model: Model, name: str) -> Iterator[Decided]:
    """What a careful reviewer decides, in an order that is always the same."""
    for statement in random.Random(name).sample(statements, len(statements)):
        one = statement.own
        if one is None or not len(one.ids):
            continue
        if not statement.want - OPEN:
            yield one, None, None
            continue
        bare = Learner._bare(one, model.rows)
        rows = [
            (float(bare[n]), -n) for n, row in enumerate(one.rows)
            if row.row.row_id in statement.rows and _SAYS.get(one.compared.met([n])[0][2]) in statement.want
        ]  # fmt: skip
        if rows:
            row = -max(rows)[1]
            yield one, row, _SAYS[one.compared.met([row])[0][2]]
        else:
            yield one, None, min(statement.want - OPEN)


def model_of(learner: Learner, table: dict[Key, float]) -> Model:
    """The same as arrays, the starts of rows' sums apart: a sum of its own each."""
    for key in table:
        if key[0].startswith("verdict"):
            learner.verdicts.of(key)

    def array(numbers: fit.Numbers, start: Key | None) -> np.ndarray:
        out = np.zeros(len(numbers) + 1)
        for key, n in numbers.items():
            out[n] = table.get(key, 0.0)
        out[-1] = 0.0 if start is None else table.get(start, 0.0)
        return out

    return Model(
        array(learner.rows, ("row of a number", START, "")),
        array(learner.pairs, ("rows together", START, "")),
        array(learner.verdicts, None),
    )


def taught(learner: Learner, before: Weights, model: Model, decided: Sequence[Decided]) -> Weights:
    """The weights after decisions, as `claimcheck fit` moves them."""
    met = [
        fitting.Met(
            decide.sum_of(one.claim),
            [[*one.compared.levels(n).items()] for n in range(len(one.rows))], row,
        )
        for one, row, verdict in decided
        if row is not None or verdict is None
    ]
    firsts = []
    plain = replace(before, likely=dict.fromkeys(before.likely, 0.0))
    for one, _, verdict in decided:
        for option, share in learner.ranked(one, model)[:1]:
            said = decide.is_said(option, share, plain) and one.claim.asserted
            firsts.append(
                fitting.Weighed(option.total, share, option.verdict == verdict, verdict is None, said)
            )
    return fitting.earned(fitting.moved(before, met), firsts)


def counts(field: Field, weights: Weights, statements: Sequence[Statement]) -> Counter[str]:
    """The figures of statements by these weights."""
    found = fit.results(field, weights, {s.case for s in statements})
    return sum((fit.figures(*one) for one in found), Counter[str]())


def measure(learner: Learner, tables: dict[str, dict[Key, float]]) -> dict[str, dict[int, Counter[str]]]:
    """The figures of each field before, and after so many decisions."""
    out: dict[str, dict[int, Counter[str]]] = {}
    for field in (f for f in learner.fields if f.name in tables):
        mine = out.setdefault(field.name, {n: Counter[str]() for n in (0, *AFTER)})
        before = Weights(tables[field.name], FIRM, dict(LIKELY))
        model = model_of(learner, tables[field.name])
        parts = halves(field)
        for half, rest in (parts, parts[::-1]):
            decided = list(decisions(half, model, field.name))
            mine[0] += counts(field, before, rest)
            for n in AFTER:
                after = taught(learner, before, model, decided[:n])
                mine[n] += counts(field, after, rest)
        print(field.name, *(f"{100 * c['right_with'] / c['all']:.1f}" for c in mine.values()), flush=True)
    return out


HEAD = """## What decisions teach

Half of each field's texts decided by a careful reviewer, for whom the expectations stand
(`python -m tests.teach`); the figures are of the other half, which nobody decided, by weights that were
learned without the field and then moved by so many decisions. Each half is taught from the other.

| field | right with likely, before | after 10 | after 30 | after 100 |
|---|---|---|---|---|
"""


def page(found: dict[str, dict[int, Counter[str]]]) -> str:
    """The table."""

    def row(name: str, of: dict[int, Counter[str]]) -> str:
        cells = (f"{100 * c['right_with'] / c['all']:.1f} %" for c in of.values())
        return f"| {name} | {' | '.join(cells)} |"

    total = {n: sum((of[n] for of in found.values()), Counter[str]()) for n in (0, *AFTER)}
    lines = [row(name, of) for name, of in found.items()] + [row("**all**", total)]
    for words, a, b in (
        ("likely that is right", "likely_right", "likely"),
        ("decided that is right", "decided_right", "decided"),
    ):
        lines.append(f"| {words} | " + " | ".join(f"{c[a]} of {c[b]}" for c in total.values()) + " |")
    return HEAD + "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--models", type=Path, default=None)
    given = asked.parse_args()
    own = fit.own_sets()
    learner = Learner(own)
    names = [name for name, *_ in own]
    learner.compute(names)
    tables: dict[str, dict[Key, float]] = {}
    if given.models is not None and given.models.exists():
        tables = pickle.loads(given.models.read_bytes())
    for name in names:
        if name not in tables:
            tables[name] = table_of(learner, learner.learn([n for n in names if n != name]))
            if given.models is not None:
                given.models.write_bytes(pickle.dumps(tables))
    text = page(measure(learner, tables))
    PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
