"""`make evaluate`: how well the program does, written to docs/accuracy.md beside what the last version had.

    python -m tests.evaluate [--changed N] [--seed N] [--eval DIR] [TEXT…]

Runs the cases of the project's own packages, sentences changed from them (words drawn from `documents/`, from
the cases and from the texts named), and, where `--eval` names a folder, the sets of others in it: each
`cases.jsonl` one or two folders down with the package in `package/` beside it, else with `reference_data`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcheck import console
from claimcheck.evaluation import Figures, Run, run
from claimcheck.reference.cases import CASES, read_cases
from claimcheck.reference.problems import PackageError
from tests.perturb.bases import Base, bases_of
from tests.perturb.drawing import Tally, drawn, judged, summed, tallied
from tests.perturb.fillers import Fillers, fillers_of, texts_of
from tests.perturb.must_not import MUST_NOT
from tests.perturb.must_stay import MUST_STAY
from tests.ratchet import PACKAGES
from tests.reader import ROOT

PAGE, FIGURES = ROOT / "docs" / "accuracy.md", ROOT / "docs" / "accuracy.json"
LEFT_OUT = ROOT / "tests" / "left_out.md"  # by `make fit LEFT_OUT=1`
TEACH = ROOT / "tests" / "teach.md"  # by `python -m tests.teach`
HEAD = """# Accuracy

What `make evaluate` measured, beside what the version before it had. A statement is a number or a date with
what a sentence says of it. *Right* counts every statement, also those that must stay open; *silent* are those
that the tables decide and the program left open; *decided right* is of those that it decided, with the 95 %
interval.

"""
CHANGED = """
## Changed sentences

From each statement that is supported: changed so that it must not be supported any more, and said in another
way so that it must stay supported. The words that are put in are drawn by a seed from running text: they mean
nothing here, and no list of them can be learned. `python -m tests.perturb "other verb"` prints those of a
kind that come out wrong.
"""


def own_figures(tick: Any) -> dict[str, Figures]:
    """The figures of the project's own packages: reference_data, the small ones, all."""
    found: dict[str, Figures] = {"reference_data": Figures(), "small packages": Figures(), "all": Figures()}
    for folder in PACKAGES:
        figures = run(folder, read_cases(folder / CASES), tick).figures
        name = folder.name if folder.name in found else "small packages"
        found[name] += figures
        found["all"] += figures
    return found


def changed_tallies(number: int, seed: int, texts: Sequence[Path], tick: Any) -> tuple[dict[str, Tally], str]:
    """So many changed sentences, how many of each kind are supported, and what they were drawn from."""
    bases, fillers = bases_and_fillers(texts)
    stated = (
        f"From {len(bases):,} statements; words from documents/, the cases and {len(texts)} texts more: "
        f"{len(fillers.modifiers):,} modifiers, {len(fillers.plurals):,} nouns, "
        f"{sum(map(len, fillers.verbs.values())):,} verb forms, {len(fillers.sentences):,} sentences; "
        f"seed {seed}."
    )
    return tallied(judged(drawn(bases, fillers, number, seed), tick)), stated


def bases_and_fillers(
    texts: Sequence[Path], packages: Sequence[Path] = PACKAGES
) -> tuple[list[Base], Fillers]:
    """The statements to change, and words from documents/, from all cases and from the texts named."""
    bases = [base for folder in packages for base in bases_of(folder)]
    stated = [case.text for folder in packages for case in read_cases(folder / CASES)]
    return bases, fillers_of([*texts_of([*sorted((ROOT / "documents").glob("*.txt")), *texts]), *stated])


def others(folder: Path) -> Iterator[tuple[str, Run]]:
    """The sets of others in a folder, each run; one that cannot be read is complained of and left out."""
    for file in sorted({*folder.glob(f"*/{CASES}"), *folder.glob(f"*/*/{CASES}")}):
        package = file.parent / "package"
        try:
            cases = read_cases(file, strict=False)
            yield (
                file.parent.relative_to(folder).as_posix(),
                run(package if package.is_dir() else ROOT / "reference_data", cases, rows=False),
            )
        except PackageError as error:
            console.complain(str(error))


def before() -> dict[str, Any]:
    """The figures of the last version: those of the last commit; none before the first."""
    name = FIGURES.relative_to(ROOT).as_posix()
    done = subprocess.run(
        ["git", "show", f"HEAD:{name}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return found


def page(now: Mapping[str, Any], last: Mapping[str, Any]) -> str:
    """The page of these figures beside the last ones."""
    title, _, about = HEAD.rstrip("\n").partition("\n\n")
    lines = [
        title,
        "",
        *(file.read_text("utf-8") for file in (LEFT_OUT, TEACH) if file.is_file()),
        "## Sets that were opened",
        "",
        about,
        "",
        *_figures_table(now, last),
        CHANGED.rstrip("\n"),
        "",
        *_kinds_table(now, last),
    ]
    return "\n".join(lines) + "\n"


def _figures_table(now: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[str]:
    yield "| sentences | statements | right | silent | decided right | supported falsely | refuted falsely |"
    yield "|---|---|---|---|---|---|---|"
    for part in ("own", "others"):
        for name, f in now.get(part, {}).items():
            was = last.get(part, {}).get(name, {})
            low, high = f["decided_right_95"]
            cells = (
                name if part == "own" else f"*{name}*",
                f"{f['statements']:,}",
                _beside(f"{f['right_percent']:.1f} %", was and f"{was['right_percent']:.1f}"),
                _beside(f"{f['silent']} of {f['decidable']}", was and str(was["silent"])),
                _beside(
                    f"{f['decided_right']} of {f['decided']} ({low:.1f}–{high:.1f} %)",
                    was and f"{was['decided_right']} of {was['decided']}",
                ),
                _beside(str(f["supported_falsely"]), was and str(was["supported_falsely"])),
                _beside(str(f["refuted_falsely"]), was and str(was["refuted_falsely"])),
            )
            yield f"| {' | '.join(cells)} |"
    yield ""
    yield "With “was”: the last version, where it differs. Names in italics: sets written by others."


def _beside(value: str, was: str) -> str:
    stated = value.split(" (")[0].removesuffix(" %")
    return value if not was or was == stated or was == stated.split(" of ")[0] else f"{value} (was {was})"


def _kinds_table(now: Mapping[str, Any], last: Mapping[str, Any]) -> Iterator[str]:
    for title, kinds in (("must not be supported", MUST_NOT), ("must stay supported", MUST_STAY)):
        yield f"| {title} | sentences | supported | share | last version |"
        yield "|---|---|---|---|---|"
        for kind in (*kinds, f"all that {title}"):
            number, supported = now["changed"].get(kind, (0, 0))
            was = _share(*last.get("changed", {}).get(kind, (0, 0)))
            yield f"| {kind} | {number:,} | {supported:,} | {_share(number, supported)} | {was} |"
        yield ""
    yield now["drawn"]


def _share(number: int, supported: int) -> str:
    return f"{100 * supported / number:.1f} %" if number else "–"


def _by_kind(tallies: dict[str, Tally]) -> dict[str, tuple[int, int]]:
    """How many sentences of each kind there are and how many are supported, and the sums."""
    sums = {
        "all that must not be supported": summed(tallies, MUST_NOT),
        "all that must stay supported": summed(tallies, MUST_STAY),
    }
    return {kind: (t.number, t.supported) for kind, t in {**tallies, **sums}.items()}


def main() -> None:
    """Measure, write the page, print it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--changed", type=int, default=20_000, help="how many changed sentences; 0 keeps the last figures"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the draws")
    parser.add_argument("--eval", type=Path, help="a folder with sets of others")
    parser.add_argument("texts", nargs="*", type=Path, help="running text to draw words from")
    asked = parser.parse_args()
    last = before()
    with console.progress("own cases") as tick:
        own = own_figures(tick)
    tallies, drawn_from = None, ""
    if asked.changed:
        with console.progress("changed sentences", asked.changed) as tick:
            tallies, drawn_from = changed_tallies(asked.changed, asked.seed, asked.texts, tick)
    sets: dict[str, Figures] = {}
    if asked.eval is not None:
        sets = {name: done.figures for name, done in others(asked.eval)}
        if not sets:
            console.complain(
                f"{asked.eval}: no folder in it, or in one of them, has a {CASES} that can be read"
            )
            raise SystemExit(2)
        sets["all of these"] = sum(sets.values(), Figures())
    now = {
        "own": {name: figures.as_json() for name, figures in own.items()},
        "others": {name: figures.as_json() for name, figures in sets.items()} or last.get("others", {}),
        "changed": last.get("changed", {}) if tallies is None else _by_kind(tallies),
        "drawn": drawn_from or last.get("drawn", ""),
    }
    FIGURES.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(now, last), encoding="utf-8")
    console.out.print(PAGE.read_text(encoding="utf-8"), highlight=False, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
