"""`python -m tests.perturb "other verb" [--changed N] [--seed N] [TEXT…]`: what comes out wrong of one kind.

Prints each sentence that is supported and must not be, or is not and must, with what the program says of it.
Without a kind: of all kinds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.evaluate import bases_and_fillers
from tests.perturb.drawing import KINDS, drawn, judged
from tests.perturb.must_not import MUST_NOT


def main() -> None:
    """Draw, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.perturb", description=__doc__.splitlines()[0])
    parser.add_argument("kind", nargs="?", choices=list(KINDS), help="of this kind alone")
    parser.add_argument("--changed", type=int, default=500, help="how many sentences")
    parser.add_argument("--seed", type=int, default=1, help="of the draws")
    parser.add_argument("texts", nargs="*", type=Path, help="running text to draw words from")
    asked = parser.parse_args()
    bases, fillers = bases_and_fillers(asked.texts)
    kinds = [asked.kind] if asked.kind else list(KINDS)
    for item, result in judged(drawn(bases, fillers, asked.changed, asked.seed, kinds)):
        if ("supported" in result.decided) == (item.kind in MUST_NOT):
            says = " | ".join(v.explanation for v in result.verdicts) or result.error or "nothing was read"
            print(f"{item.kind} · {item.folder.name}\n    {item.before}\n    {item.case.text}\n    {says}")


if __name__ == "__main__":
    main()
