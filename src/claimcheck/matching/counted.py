"""What a number counts against what a row counts: the same, some of them, a part, or something else."""

from __future__ import annotations

from typing import Literal

from claimcheck.judging.units import comparable, unit_named
from claimcheck.matching.accounting import counted_words, stem_set
from claimcheck.matching.concepts import Concepts, concepts_of, undergone
from claimcheck.matching.scales import is_part_of_a_whole, scale_fits
from claimcheck.model import Mention, Part, ReferenceRow
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD

Counted = Literal["same", "some", "part", "other"]

_CLASSES = ("organisations", "attendants", "households", "occurrences")


def counted_match(
    quantity: Mention, head: Part | None, explained: bool, row: ReferenceRow, concepts: Concepts,
    counts: frozenset[str] = frozenset(),
) -> Counted:  # fmt: skip
    """How what a number counts meets what a row counts. `head`: the counted noun, `explained` whether the
    measure's words explain it; `concepts`: what the measure says; `counts`: stems of the nouns that its
    package counts as its unit ("fighters")."""
    unit = row.unit
    scale = None if unit is None else unit_named(unit)
    if quantity.text.lower().endswith("fold") or is_part_of_a_whole(quantity, row):
        return "other"
    if quantity.kind in ("percent", "money", "measure", "duration", "age") and unit is None:
        said = frozenset(c for c in concepts if not c.startswith("="))
        return "same" if scale_fits(quantity, row, said) else "other"
    span = None if unit is None else stem(unit.split()[-1])
    if quantity.kind == "duration" and span in stem_set("spans"):
        return "same" if quantity.unit is not None and stem(quantity.unit) == span else "other"
    if quantity.kind in ("percent", "money", "measure", "duration", "age"):
        if unit is not None and scale is not None:
            return "same" if comparable(quantity, unit) else "other"
        if unit is not None and stem(unit.split()[-1]) not in counted_words("scales"):
            return "other"
        words = {stem(w) for w in WORD.findall(f"{row.measure or ''} {unit or ''}")}
        rates = {"rate", "share", "percentag", "percent", "ratio", "growth", "inflation"}
        if quantity.kind == "percent":
            return "same" if words & set(map(stem, rates)) or unit is None else "other"
        return "same" if unit is None or quantity.unit is None or stem(quantity.unit) in words else "other"
    noun = None if head is None else stem(head.lemma)
    if scale is not None and scale.kind != "number" and quantity.kind in ("number", "ordinal"):
        if noun is None or noun in counted_words("scales"):
            return "same"
        return "other"
    people = _counts_people(row, concepts)
    if noun is None or explained or noun in counts:
        return "same"
    unit_stem = None if unit is None else stem(unit.split()[-1])
    if (
        unit_stem is not None and concepts_of(head.lemma) & concepts_of(unit.split()[-1])
        if head and unit
        else False
    ):
        return "same"
    if people:
        if noun in counted_words("people"):
            return "same"
        if noun in counted_words("some people"):
            return "some"
        if noun in counted_words("parts"):
            return "part"
    if noun in counted_words("scales"):
        return "same"
    for name in _CLASSES:
        if noun in counted_words(name) and (unit_stem in counted_words(name)):
            return "same"
    return "other"


def says_counted(head: Part, row: ReferenceRow, concepts: Concepts) -> bool:
    """Whether a counted noun that a measure's words explain is what a row counts, and no mere part of a
    phrase: of a row of people who were displaced "600 evictions" is, not "lost 600 *homes*"."""
    if concepts_of(head.lemma) & concepts or not _counts_people(row, concepts):
        return True
    noun = stem(head.lemma)
    return noun in counted_words("people") | counted_words("some people") | counted_words("attendants")


def _counts_people(row: ReferenceRow, concepts: Concepts) -> bool:
    unit = None if row.unit is None else stem(row.unit.split()[-1])
    if unit is not None and row.unit is not None:
        return (
            unit in counted_words("people")
            or unit in counted_words("attendants")
            or unit in ("displac", "cas")
            or not undergone().isdisjoint(concepts_of(row.unit.split()[-1]))  # executions, arrests
        )
    return bool(concepts & undergone()) or bool(concepts & counted_words("people"))
