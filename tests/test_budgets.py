"""How large the parts may be that read and judge, and how many of their functions answer yes or no.

`budgets.toml` holds the figures: they may fall. Who raises one gives the figures of fields left out before
and after in the same commit. `python -m tests.test_budgets` prints what they are today.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "claimcheck"
BUDGETS = tomllib.loads((ROOT / "tests" / "budgets.toml").read_text("utf-8"))


def files(name: str) -> list[Path]:
    """The modules of a part of the package."""
    return sorted((SOURCE / name).rglob("*.py")) or [SOURCE / f"{name}.py"]


def lines(paths: list[Path]) -> int:
    """How many lines they have."""
    return sum(len(path.read_text("utf-8").splitlines()) for path in paths)


def yes_or_no(name: str) -> int:
    """How many functions of a part return a bool."""
    return sum(path.read_text("utf-8").count("-> bool:") for path in files(name))


def today() -> dict[str, dict[str, int]]:
    """The figures of budgets.toml as they are."""
    return {
        "lines": {name: lines(files(name)) for name in BUDGETS["lines"]},
        "yes_or_no": {name: yes_or_no(name) for name in BUDGETS["yes_or_no"]},
        "whole": {
            "src": lines(sorted(SOURCE.rglob("*.py"))),
            "tests": lines(sorted((ROOT / "tests").rglob("*.py"))),
        },
    }


def test_no_part_outgrows_its_budget() -> None:
    for table, figures in today().items():
        over = {name: number for name, number in figures.items() if number > BUDGETS[table][name]}
        assert not over, f"[{table}] {over}: more than budgets.toml allows"


if __name__ == "__main__":
    for title, found in today().items():
        print(f"[{title}]", *(f"{name} = {number}" for name, number in found.items()), "", sep="\n")
