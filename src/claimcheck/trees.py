"""A claim's proposition as a tree: what stands in which slot, how far from the number, and what is unread."""

from __future__ import annotations

from itertools import groupby

from rich.text import Text
from rich.tree import Tree

from claimcheck.console import visible
from claimcheck.model import Claim, Part, Reading

_LEVELS = {0: "the number's own phrase", 1: "its clause"}
_ASIDE = "beside the clause: context"


def tree_of(claim: Claim, document: str) -> Tree:
    """A claim as a tree: its number or date, then the phrases of its sentence by their distance.

    Example (`claimcheck extract --format tree`):
        29 · quantity · patient of the predicate, which is a passive
        ├── the number's own phrase
        │   ├── modifier  critically
        │   ├── modifier  ill
        │   └── head  patients
        ├── its clause
        │   ├── predicate  evacuated
        │   └── oblique from  Eastern Ghouta
        └── beside the clause: context
            └── oblique to  network
    """
    proposition = claim.proposition
    root = Tree(Text(_title(claim)))
    if proposition is None:
        return root
    levels: dict[str, list[list[Part]]] = {}
    units = [list(unit) for _, unit in groupby(proposition.parts, key=lambda p: (p.unit, p.role, p.context))]
    for unit in units:
        first = unit[0]
        name = _ASIDE if first.context else _LEVELS.get(first.level, f"{first.level} clauses above")
        levels.setdefault("heading" if first.role == "heading" else name, []).append(unit)
    for name in sorted(levels, key=lambda n: (n == _ASIDE, n not in _LEVELS.values(), n == _LEVELS[1], n)):
        branch = root.add(Text(name, style="dim"))
        for unit in levels[name]:
            branch.add(_phrase(unit, claim, document))
    return root


def trees(reading: Reading) -> list[Tree]:
    """The trees of all claims of a reading, in the order of the text."""
    ordered = sorted(reading.claims, key=lambda c: (c.start, c.claim_id))
    return [tree_of(claim, reading.document.text) for claim in ordered]


def _title(claim: Claim) -> str:
    """What a tree is of: "29 · quantity · patient of the predicate, which is a passive"."""
    said = claim.quantity.text if claim.quantity is not None else claim.text
    if claim.quantity is None and claim.time is not None and claim.time.timex is not None:
        said = claim.time.timex
    words = [said, claim.kind]
    if claim.proposition is not None and claim.proposition.role != "bare":
        passive = ", which is a passive" if claim.proposition.passive else ""
        words.append(f"{claim.proposition.role} of the predicate{passive}")
    if claim.proposition is not None and claim.proposition.share != "all":
        words.append("of some of them")
    if not claim.asserted:
        words.append(f"not asserted: {claim.hedge}")
    return visible(" · ".join(words))


def _phrase(unit: list[Part], claim: Claim, document: str) -> Text:
    """A phrase as its role, its preposition and its words, those that nothing explains struck."""
    first = unit[0]
    line = Text(f"{first.role}{f' {first.prep}' if first.prep else ''}  ", style="cyan")
    for at, part in enumerate(unit):
        unread = any(span.start <= part.start < span.end for span in claim.unread)
        line.append(" " if at else "")
        line.append(visible(document[part.start : part.end]), style="bold red" if unread else "default")
    return line
