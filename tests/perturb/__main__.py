"""`python -m tests.perturb [KIND…] [TEXT…] [--changed N] [--seed N]`: what comes out wrong of some kinds.

Prints each sentence that is supported and must not be, or is not and must, with what the program says of it.
Without a kind: of all kinds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.evaluate import bases_and_fillers
from tests.perturb.drawing import KINDS, drawn, is_supported, judged
from tests.perturb.must_not import MUST_NOT


def main() -> None:
    """Draw, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.perturb", description=__doc__.splitlines()[0])
    parser.add_argument("--changed", type=int, default=500, help="how many sentences")
    parser.add_argument("--seed", type=int, default=1, help="of the draws")
    parser.add_argument("words", nargs="*", metavar="KIND or TEXT", help="kinds; texts to draw from")
    asked = parser.parse_args()
    kinds = [word for word in asked.words if word in KINDS] or list(KINDS)
    texts = [Path(word) for word in asked.words if word not in KINDS]
    for text in texts:
        if not text.is_file():
            parser.error(f"{text} is neither a file nor a kind of change: {', '.join(KINDS)}")
    bases, fillers = bases_and_fillers(texts)
    for item, result in judged(drawn(bases, fillers, asked.changed, asked.seed, kinds)):
        if is_supported(result) == (item.kind in MUST_NOT):
            says = " | ".join(v.explanation for v in result.verdicts) or result.error or "nothing was read"
            print(f"{item.kind} · {item.folder.name}\n    {item.before}\n    {item.case.text}\n    {says}")


if __name__ == "__main__":
    main()
