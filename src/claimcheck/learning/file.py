"""`weights.toml` beside a database: what decisions moved, from which weights, and how to take it back.

Only what moved is written, so that a person can read it. It holds for the weights that it was moved from:
with a newer version of the program it is passed over until `claimcheck fit` is run again.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

from claimcheck.atomic_files import written
from claimcheck.lexicon import LexiconError
from claimcheck.linking.weights import Key, Weights, shipped
from claimcheck.regular_files import bytes_of

NAME = "weights.toml"
FORMAT = 1
MOST, LEAST = 100.0, 0.4  # log odds, and a probability: nothing beyond is what decisions could teach
HEAD = """# What reviewers' decisions moved: written by `claimcheck fit`, never by hand.
# Delete this file to take it back."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Weights moved by decisions. `moved`: each level's weight before and after; `likely` likewise the least
    probabilities; `decisions` are those that moved them; `digest` tells one such file from another."""

    weights: Weights
    moved: Sequence[tuple[Key, float, float]]
    likely: Sequence[tuple[str, float, float]]
    decisions: Sequence[str]
    digest: str = ""


def beside(database: str | Path) -> Path:
    """Where the weights of a database's reviewers stand; those of a snapshot beside its database."""
    folder = Path(database).parent
    return (folder.parent if folder.name == "snapshots" else folder) / NAME


@cache
def base() -> str:
    """Which shipped weights these are, in sixteen digits."""
    text = resources.files("claimcheck").joinpath("data", "evidence.toml").read_bytes()
    return hashlib.sha256(text).hexdigest()[:16]


def learned(before: Weights, after: Weights, decisions: Sequence[str]) -> Learned:
    """What differs between two weights, the farthest moved first."""
    keys = sorted(before.weights.keys() | after.weights.keys())
    moved = [(key, before.weights.get(key, 0.0), after.weights.get(key, 0.0)) for key in keys]
    moved = [one for one in moved if one[1] != one[2]]
    moved.sort(key=lambda one: (-abs(one[2] - one[1]), one[0]))
    likely = [
        (total, least, after.likely[total])
        for total, least in sorted(before.likely.items())
        if after.likely[total] != least
    ]
    return Learned(after, moved, likely, tuple(decisions))


def write(file: Path, found: Learned) -> None:
    """Write the file, whole or not at all. Raises OSError."""
    text = json.dumps  # a JSON string is a TOML string
    lines = [HEAD, f"format = {FORMAT}", f"from = {text(base())}", ""]
    lines += ["decisions = [", *(f"  {text(one)}," for one in found.decisions), "]", "", "[likely]"]
    lines += [f"{text(total)} = {least}  # from {before}" for total, before, least in found.likely]
    for (total, slot, level), before, weight in found.moved:
        lines += [
            "", "[[moved]]", f"sum = {text(total, ensure_ascii=False)}",
            f"slot = {text(slot, ensure_ascii=False)}", f"level = {text(level, ensure_ascii=False)}",
            f"from = {before:.4f}", f"to = {weight:.4f}",
        ]  # fmt: skip
    written(file, "\n".join(lines) + "\n")


def read(file: Path) -> Learned | None:
    """What decisions moved, laid over the shipped weights; None where there is no file, or it was moved from
    other weights than these. Raises LexiconError where it breaks its rules."""
    try:
        data = bytes_of(file)
    except FileNotFoundError:
        return None
    try:
        table = tomllib.loads(data.decode("utf-8"))
        if table.get("format") != FORMAT:
            raise ValueError(f"its form is {table.get('format')!r}, which is not read")
        if table.get("from") != base():
            return None
        moved = [
            ((str(m["sum"]), str(m["slot"]), str(m["level"])), float(m["from"]), float(m["to"]))
            for m in table.get("moved", ())
        ]
        own = shipped()
        lowered = {str(total): float(least) for total, least in table.get("likely", {}).items()}
        likely = [(total, own.likely[total], least) for total, least in lowered.items()]
        decisions = tuple(str(one) for one in table.get("decisions", ()))
        odd = [value for _, _, value in moved if not abs(value) <= MOST]
        if odd := odd + [least for _, _, least in likely if not LEAST <= least <= 1]:  # NaN is none either
            stated = f"{odd[0]} is no weight from {-MOST:g} to {MOST:g}"
            raise ValueError(f"{stated}, or no least probability from {LEAST} to 1")
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise LexiconError(f"{file}: {error}; delete the file, or run `claimcheck fit` again") from None
    weights = replace(
        own,
        weights={**own.weights, **{key: weight for key, _, weight in moved}},
        likely={**own.likely, **lowered},
        shipped=own,
    )
    return Learned(weights, moved, likely, decisions, hashlib.sha256(data).hexdigest()[:16])
