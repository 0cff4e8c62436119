"""Propositions as JSON, kept with what the text of a claim alone says: lists of cells, a part each."""

from __future__ import annotations

from typing import Any

from claimcheck.model import Part, Proposition


def written(proposition: Proposition | None) -> list[Any] | None:
    """A proposition as cells that JSON can hold, None where there is none."""
    if proposition is None:
        return None
    parts = [
        [p.start, p.end, p.lemma, p.pos, p.role, p.level, p.unit, p.prep, int(p.is_head), int(p.context)]
        for p in proposition.parts
    ]
    return [proposition.role, int(proposition.passive), proposition.share, proposition.prep, parts]


def read(cells: list[Any] | None) -> Proposition | None:
    """The proposition that `written` gave."""
    if cells is None:
        return None
    role, passive, share, prep, parts = cells
    return Proposition(
        parts=tuple(
            Part(start, end, lemma, pos, of, level, unit, behind, bool(head), bool(context))
            for start, end, lemma, pos, of, level, unit, behind, head, context in parts
        ),
        role=role,
        passive=bool(passive),
        share=share,
        prep=prep,
    )
