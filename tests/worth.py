"""What functions of the heart are worth on ordinary text, switched off together.

    python -m tests.worth [--fields NAME …] [GROUP.json …]

Without a group: what the text of tests/ordinary comes out as today. A group names functions and what each
answers while it is off, as an expression: `[["claims/people.py", "_is_plural", "False"], …]`.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from claimcheck.documents.files import make
from claimcheck.evaluation.scoring import Result, score
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import CASES, read_cases

ROOT = Path(__file__).parents[1]
FIELDS = [d.name for d in sorted((ROOT / "tests" / "ordinary").iterdir()) if d.is_dir()]
Group = Sequence[tuple[str, str, str]]
"""Functions: their file and name, and the expression that they give while they are off."""


def found(file: str, name: str) -> FunctionType:
    """A function of the source. Raises LookupError where its code cannot be exchanged."""
    at: Any = importlib.import_module("claimcheck." + file.removesuffix(".py").replace("/", "."))
    for part in name.split("."):
        at = vars(at)[part]
    for wrapped in ("fget", "func", "__wrapped__", "__func__"):
        at = getattr(at, wrapped, at)
    if not isinstance(at, FunctionType) or at.__code__.co_freevars:
        raise LookupError(f"{file} {name} has no code that can be exchanged")
    return at


def switch_off(group: Group) -> None:
    """Has functions give a constant, for good; by their code, so that whoever holds one, holds the other."""
    for file, name, answer in group:
        source = compile(f"def f(*args, **kwargs): return {answer}", name, "exec")
        function = found(file, name)
        function.__code__ = next(c for c in source.co_consts if isinstance(c, CodeType))


def measured(group: Group, name: str) -> list[tuple[str, str]]:
    """By statement of a field: what came of what is decided (right, false or open), and with what is likely.
    With the functions of a group off; run in a process of its own."""
    switch_off(group)
    folder = ROOT / "tests" / "ordinary" / name
    cases = read_cases(folder / CASES)
    with Checker([folder / "package"]) as checker:
        texts = (make(c.id, c.text, meta={"date": c.date, "about": c.about}) for c in cases)
        checked = zip(cases, checker.check(texts), strict=True)
        return [(_decided(r), _likely(r)) for case, one in checked for r in score(case, one, rows=False)]


def _decided(result: Result) -> str:
    if not result.decided:
        return "open, right" if result.right else "open"
    return "right" if result.right else "false"


def _likely(result: Result) -> str:
    if result.likely is None:
        return _decided(result)
    return "likely, right" if result.likely in result.expectation.verdicts else "likely, false"


def figures(outcomes: Iterable[tuple[str, str]]) -> str:
    """The figures of statements in a line."""
    decided, final = (Counter(x) for x in zip(*outcomes, strict=True))
    whole = sum(decided.values())
    with_likely = sum(n for name, n in final.items() if "right" in name)
    said = final["likely, right"] + final["likely, false"]
    return (
        f"{whole} statements: decided {decided['right']} right, {decided['false']} false; "
        f"likely right {final['likely, right']} of {said}; right with likely {with_likely} "
        f"= {100 * with_likely / max(1, whole):.2f} %"
    )


def main() -> None:
    """Switch off, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("groups", type=Path, nargs="*", help="functions to switch off, a file a group")
    parser.add_argument("--fields", nargs="+", default=FIELDS)
    asked = parser.parse_args()
    groups: list[tuple[str, Group]] = [("today", [])]
    for title, group in groups + [(file.stem, json.loads(file.read_text())) for file in asked.groups]:
        with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
            outcomes = [o for one in pool.map(partial(measured, group), asked.fields) for o in one]
        print(f"{title}: {figures(outcomes)}", flush=True)


if __name__ == "__main__":
    main()
