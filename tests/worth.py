"""What each function of the heart is worth on ordinary text: `python -m tests.worth`.

    python -m tests.worth --total               # what the text of tests/ordinary comes out as today
    python -m tests.worth --out worth.tsv       # besides, each function that answers yes or no switched off
    python -m tests.worth --all --out worth.tsv # those too that answer with words, rows or nothing
    python -m tests.worth --group off.json      # those of [["grids/forms.py", "_is_sure", 3], …] together

A function that is switched off gives its commonest answer, or the empty one, or its first argument as it
came. It is run again only on the documents in which it ever answered otherwise; a group on all of them.
What is answered from memory is not seen there, so a group's figures are the ones to act upon.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from claimcheck.documents.files import make
from claimcheck.evaluation.scoring import Result, score
from claimcheck.linking.linker import Linker
from claimcheck.model import CheckedDocument, Document, Reading
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import CASES, read_cases

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "claimcheck"
FIELDS = [d.name for d in sorted((ROOT / "tests" / "ordinary").iterdir()) if d.is_dir()]
PARTS = ("linking", "relate", "wording", "judging", "grids", "comparisons", "claims", "propositions")
LINKED = ("linking", "relate", "judging", "grids")  # the others are asked while a text is read, too
EMPTY = {
    "set": set, "frozenset": frozenset, "list": list, "tuple": tuple, "dict": dict, "str": str,
    "Iterator": lambda: iter(()), "int": int, "None": lambda: None,
}  # fmt: skip
Outcomes = dict[str, tuple[str, str]]
"""By statement: what came of what is decided (right, false or open), and with what is likely."""
Answers = tuple[dict[str, dict[bool, set[str]]], dict[str, Counter[bool]]]
"""By function: in which documents it answered how, and how often."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the source: where it is, its lines and the type of its answer."""

    file: str
    name: str
    lines: int
    gives: str
    passes_on: bool  # its answer is of its first argument's type

    @property
    def key(self) -> str:
        """Its name in tables."""
        return f"{self.file} {self.name}"

    @property
    def reads(self) -> bool:
        """Whether it is asked while a text is read, and not only where claims meet rows."""
        return not self.file.startswith(LINKED)

    def found(self) -> FunctionType | None:
        """The function itself; None where its code cannot be exchanged."""
        at: Any = importlib.import_module("claimcheck." + self.file.removesuffix(".py").replace("/", "."))
        for part in self.name.split("."):
            at = vars(at).get(part)
        for wrapped in ("fget", "func", "__wrapped__", "__func__"):
            at = getattr(at, wrapped, at)
        return at if isinstance(at, FunctionType) and not at.__code__.co_freevars else None


def functions(every: bool) -> Iterator[Function]:
    """The functions that answer yes or no; with `every` those too that may answer with nothing."""
    for part in PARTS:
        for path in sorted((SOURCE / part).rglob("*.py")) or [SOURCE / f"{part}.py"]:
            for name, node in _defined(ast.parse(path.read_text("utf-8"))):
                gives = ast.unparse(node.returns) if node.returns else ""
                first = [a for a in node.args.args if a.arg not in ("self", "cls")][:1]
                passes_on = any(a.annotation and ast.unparse(a.annotation) == gives for a in first)
                base = "None" if gives.endswith("| None") else gives.partition("[")[0]
                if gives == "bool" or (every and (base in EMPTY and gives != "None")):
                    lines = (node.end_lineno or 0) - node.lineno + 1 + len(node.decorator_list)
                    file = path.relative_to(SOURCE).as_posix()
                    yield Function(file, name, lines, base, passes_on and gives != "bool")


def _defined(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{n.name}", n) for n in node.body if isinstance(n, ast.FunctionDef))


Lot = tuple[str, list[tuple[Function, bool]], set[str] | None]
"""Functions with the answers that they give when off; the documents in which they gave another, or all."""

# ----------------------------------------------------------------------------------------------------
# A function is exchanged by its code, so that whoever holds it, holds the other one.


def exchanged(function: FunctionType, name: str, other: Callable[..., Any]) -> CodeType:
    """Has a function call another one; gives its own code."""
    code = function.__code__
    function.__globals__[name] = other
    source = compile(f"def f(*args, **kwargs): return {name}(*args, **kwargs)", name, "exec")
    function.__code__ = next(c for c in source.co_consts if isinstance(c, CodeType))
    return code


class Seen:
    """In which documents functions answered how: `answers[key][yes]` are their numbers."""

    def __init__(self, asked: Iterable[Function]) -> None:
        self.at = ""
        self.answers: dict[str, dict[bool, set[str]]] = {}
        self.calls: dict[str, Counter[bool]] = defaultdict(Counter)
        for number, one in enumerate(asked):
            function = one.found()
            if function is not None:
                self.answers[one.key] = defaultdict(set)
                self._record(number, one, function)

    def _record(self, number: int, one: Function, function: FunctionType) -> None:
        own = FunctionType(function.__code__, function.__globals__, function.__name__, function.__defaults__)
        own.__kwdefaults__ = function.__kwdefaults__
        answers, calls, skip = self.answers[one.key], self.calls[one.key], 1 if "." in one.name else 0

        def recorded(*args: Any, **kwargs: Any) -> Any:
            got = own(*args, **kwargs)
            if one.gives == "Iterator":
                got = list(got)
            yes = got != args[skip] if one.passes_on and len(args) > skip else bool(got)
            answers[yes].add(self.at)
            calls[yes] += 1
            return iter(got) if one.gives == "Iterator" else got

        exchanged(function, f"_seen_{number}", recorded)


def switched_off(one: Function, answer: bool) -> Callable[[], None]:
    """Has a function give a constant; what is returned puts it back."""
    function = one.found()
    if function is None:
        return lambda: None
    empty = EMPTY.get(one.gives, lambda: answer)

    def constant(*args: Any, **kwargs: Any) -> Any:
        rest = args[1 if "." in one.name else 0 :]
        return rest[0] if one.passes_on and rest else empty()

    code = exchanged(function, "_constant_" + one.name.replace(".", "_"), constant)
    return lambda: setattr(function, "__code__", code)


# ----------------------------------------------------------------------------------------------------
# A field, read and linked as any package is.


class Field:
    """A field's package, its cases and what they come out as today."""

    def __init__(self, name: str) -> None:
        folder = ROOT / "tests" / "ordinary" / name
        self.name = name
        self.checker = Checker([folder / "package"])
        self.cases = {f"{name} {c.id}": c for c in read_cases(folder / CASES)}
        self.documents = {
            key: make(c.id, c.text, meta={"date": c.date, "about": c.about}) for key, c in self.cases.items()
        }
        self.readings = self.read(self.documents)

    def read(self, keys: Iterable[str]) -> dict[str, Reading]:
        """The documents of keys, read."""
        documents: list[Document] = [self.documents[key] for key in keys]
        return dict(zip(keys, self.checker.spread.read(documents, None), strict=True))

    def checked(self, readings: dict[str, Reading]) -> dict[str, CheckedDocument]:
        """Their verdicts. The linker is a new one: an old one remembers answers."""
        return dict(zip(readings, Linker(self.checker.store).check(list(readings.values())), strict=True))

    def outcomes(self, checked: dict[str, CheckedDocument]) -> Outcomes:
        """What comes of their statements, decided and with what is likely."""
        return {
            f"{key} {one.expectation.at}": (_decided(one), _likely(one))
            for key, document in checked.items()
            for one in score(self.cases[key], document, rows=False)
        }


def _decided(result: Result) -> str:
    if not result.decided:
        return "open, right" if result.right else "open"
    return "right" if result.right else "false"


def _likely(result: Result) -> str:
    if result.likely is None:
        return _decided(result)
    return "likely, right" if result.likely in result.expectation.verdicts else "likely, false"


def recorded(asked: Sequence[Function], name: str) -> Answers:
    """How functions answered in the documents of a field. Run in a process of its own."""
    field = Field(name)
    seen = Seen(asked)
    for key in field.documents:
        seen.at = key
        field.checked(field.read([key]))
    return {key: dict(found) for key, found in seen.answers.items()}, dict(seen.calls)


def measured(lots: Sequence[Lot], name: str) -> tuple[Outcomes, dict[str, Outcomes]]:
    """A field's outcomes, and what else comes of its statements with the functions of each lot off."""
    field = Field(name)
    today = field.checked(field.readings)
    before = field.outcomes(today)
    changed: dict[str, Outcomes] = {}
    for title, lot, documents in lots:
        keys = [k for k in field.documents if documents is None or k in documents]
        if not keys:
            continue
        back = [switched_off(one, answer) for one, answer in lot]
        try:
            read = any(one.reads for one, _ in lot)
            readings = field.read(keys) if read else {k: field.readings[k] for k in keys}
            now = field.checked(readings)
            found = field.outcomes({k: c for k, c in now.items() if c != today[k]})
        except Exception as error:  # what cannot be switched off is measured as such
            found = {"error": (type(error).__name__, str(error)[:80])}
        for put_back in back:
            put_back()
        changed[title] = {k: o for k, o in found.items() if o != before.get(k)}
    return before, changed


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


def worth(before: Outcomes, changed: Outcomes) -> list[int]:
    """Statements that are more or fewer with a function off: right, false decided; the same with likely."""
    out = []
    for place, name in ((0, "right"), (0, "false"), (1, "right"), (1, "false")):
        out.append(
            sum((name in o[place]) - (name in before[k][place]) for k, o in changed.items() if k in before)
        )
    return out


def seen(every: Sequence[Function], fields: Sequence[str], pool: ProcessPoolExecutor) -> Iterator[Lot]:
    """Each function with the answer that it gives when off, and the documents in which it gave another."""
    answers: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    calls: dict[str, Counter[bool]] = defaultdict(Counter)
    for found, counts in pool.map(partial(recorded, every), fields):
        for key, by_answer in found.items():
            for yes, keys in by_answer.items():
                answers[key][yes] |= keys
            calls[key] += counts.get(key, Counter())
    for one in every:
        answer = one.gives == "bool" and calls[one.key][True] > calls[one.key][False]
        yield one.key, [(one, answer)], answers[one.key][not answer]


def group(file: Path, every: Sequence[Function]) -> Lot:
    """The functions of a file, all off; a fourth cell says which of them answer True then."""
    rows = json.loads(file.read_text("utf-8"))
    named = {(row[0], row[1]): row[3:] == [True] for row in rows}
    return file.stem, [(f, named[f.file, f.name]) for f in every if (f.file, f.name) in named], None


HEAD = "file function lines off documents right false right_with_likely false_with_likely error"


def row(lot: Lot, before: Outcomes, changed: Outcomes) -> str:
    """A function's line of the table."""
    _, [(one, answer)], documents = lot
    how = "as it came" if one.passes_on else answer if one.gives == "bool" else "empty"
    error = " ".join(changed.get("error", ()))
    cells = (one.file, one.name, one.lines, how, len(documents or ()), *worth(before, changed), error)
    return "\t".join(map(str, cells)) + "\n"


def main() -> None:
    """Record, switch off, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", action="store_true", help="functions too that answer with words or rows")
    parser.add_argument(
        "--group", type=Path, nargs="+", help="functions to switch off together, a file a lot"
    )
    parser.add_argument("--out", type=Path, default=Path("/dev/stdout"), help="where to write the table")
    parser.add_argument("--total", action="store_true", help="today's figures alone")
    parser.add_argument("--most", type=int, default=10_000, help="documents; what matters in more is not run")
    parser.add_argument("--fields", nargs="+", default=FIELDS)
    asked = parser.parse_args()
    lots: list[Lot] = [group(file, list(functions(True))) for file in asked.group or ()]
    every = [] if asked.total or asked.group else list(functions(asked.all))
    before: Outcomes = {}
    changed: dict[str, Outcomes] = defaultdict(dict)
    with ProcessPoolExecutor(2, max_tasks_per_child=1) as pool:
        lots += seen(every, asked.fields, pool) if every else []
        run = [lot for lot in lots if lot[2] is None or 0 < len(lot[2]) <= asked.most]
        for today, others in pool.map(partial(measured, run), asked.fields):
            before |= today
            for key, outcomes in others.items():
                changed[key] |= outcomes
    print("today:", figures(before.values()))
    if asked.group:
        for title, *_ in lots:
            now = {k: o for k, o in changed[title].items() if k in before}
            print(f"without {title}:", figures({**before, **now}.values()), *changed[title].get("error", ()))
    elif every:
        rows = [row(lot, before, changed[lot[0]]) for lot in lots]
        asked.out.write_text("\t".join(HEAD.split()) + "\n" + "".join(rows), "utf-8")


if __name__ == "__main__":
    main()
