"""Text to quantity mentions: how many, how much, and what only looks like it.

A quantity is put together in steps that each have a module: the numeral (`numerals`), what stands at it
(`units`), two of them as a range (`ranges`), the words that qualify it (`qualifiers`), the noun it counts
(`counted`). What says which and not how many (`notclaims`) stays as a mention with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from claimcheck.lexicon import load
from claimcheck.model import Comparator, Interval, Mention, Span
from claimcheck.numbers.ages import find_ages
from claimcheck.numbers.atoms import Atom, atom_at
from claimcheck.numbers.counted import counted_noun
from claimcheck.numbers.masks import find_masked, no_claim
from claimcheck.numbers.notclaims import continues_label
from claimcheck.numbers.numerals import find_numerals
from claimcheck.numbers.ordinals import read_ordinal
from claimcheck.numbers.qualifiers import (
    Qualifier,
    Vague,
    admitted,
    find_vague,
    play_of,
    qualifier_before,
)
from claimcheck.numbers.ranges import Quantity, combined
from claimcheck.numbers.tokens import number_words, word_table

__all__ = ["find_ages", "find_quantities"]


@cache
def _trigger() -> re.Pattern[str]:
    """A digit, or a word that starts a number: text without one is not looked at again."""
    words = {
        *number_words(),
        *(word.split()[-1] for row in load("vague_quantities") for word in row["words"]),
    }
    return re.compile(
        rf"[\d½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]|(?<![^\W_])(?:{word_table(words - {'point'})})", re.IGNORECASE
    )


def find_quantities(text: str, taken: Sequence[Span] = ()) -> list[Mention]:
    """Every quantity of the text, in order, none of them inside `taken` (dates, times, list numbering).

    Numbers that are none come back with status `not_claim` and a reason; all others are `unresolved`.
    Durations have the kind `duration`; ages come from `find_ages`, whose spans belong into `taken`.
    """
    if _trigger().search(text) is None:
        return []
    masked = [m for m in find_masked(text) if not _hits(m.span, taken)]
    masked = _without_overlaps(masked)
    free = _free(len(text), [*taken, *(m.span for m in masked)])
    mentions = list(masked)
    for stretch in free:
        if _trigger().search(text, stretch.start, stretch.end) is not None:
            mentions.extend(_read(text, stretch))
    return _without_overlaps(mentions)


def _hits(span: Span, others: Iterable[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for candidate in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or candidate.start >= kept[-1].end:
            kept.append(candidate)
    return kept


def _free(length: int, spans: Iterable[Span]) -> Iterator[Span]:
    """The stretches of the text between the spans."""
    at = 0
    for span in sorted(spans):
        if at < span.start:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)


def _read(text: str, stretch: Span) -> Iterator[Mention]:
    atoms: list[Atom] = []
    label: Mention | None = None
    for numeral in find_numerals(text, stretch.start, stretch.end):
        if numeral.ordinal:
            yield read_ordinal(text, numeral)
            continue
        atom = atom_at(text, numeral, atoms[-1] if atoms else None)
        if (
            isinstance(atom, Atom)
            and label is not None
            and atom.bare
            and continues_label(text, label, atom.end, atom.start)
        ):
            atom = no_claim(
                text, atom.start, atom.end, label.reason or "", value=atom.value, rule="label.series"
            )
        if isinstance(atom, Mention):
            label = atom if atom.reason in ("reference number", "document number", "address") else None
            yield atom
        elif atom is not None:
            atoms.append(atom)
    for quantity in combined(text, atoms):
        yield quantity if isinstance(quantity, Mention) else _mention(text, quantity)
    for vague in find_vague(text, stretch.start, stretch.end):
        yield _vague_mention(text, vague)


def _mention(text: str, quantity: Quantity) -> Mention:
    """The mention of a number or range, with its qualifier and counted noun."""
    atom = quantity.atom
    value = quantity.value
    noun = _noun(text, quantity)
    qualifier = quantity.qualifier
    comparator: Comparator = "eq"
    if value is None:
        limits = Interval(quantity.low, quantity.high)
        comparator = "range"
    elif qualifier is not None:
        limits = admitted(value, qualifier.row["low"], qualifier.row["high"], _is_whole(atom, value))
        comparator = qualifier.comparator
    else:
        play = (
            play_of(value, atom.step, atom.scaled, atom.exact) if quantity.margin is None else quantity.margin
        )
        limits = Interval(value - play, value + play)
    return Mention(
        start=quantity.start,
        end=quantity.end,
        text=text[quantity.start : quantity.end],
        kind=atom.kind,
        value=value,
        low=limits.low,
        high=limits.high,
        comparator=comparator,
        unit=atom.unit,
        noun=noun,
        status="not_claim" if atom.reason else "unresolved",
        reason=atom.reason,
        rule=quantity.rule,
        qualifier=None if qualifier is None else qualifier.span,
    )


def _is_whole(atom: Atom, value: Decimal) -> bool:
    """Whether whole things are counted, so that "more than 130" starts at 131."""
    return (
        atom.kind == "number" and not atom.exact and atom.unit is None and value == value.to_integral_value()
    )


def _noun(text: str, quantity: Quantity) -> str | None:
    atom = quantity.atom
    if atom.kind == "money" or atom.kind == "duration":
        return None
    near = quantity.behind is not None and quantity.behind.start - quantity.end <= 2
    end = quantity.behind.end if quantity.behind is not None and near else quantity.end
    if atom.kind in ("percent", "measure") and not text[end:].startswith((" of", "-")):
        return None
    return counted_noun(text, end, singular=quantity.value == 1)


def _vague_mention(text: str, vague: Vague) -> Mention:
    span, limits = vague.span, vague.interval
    before = qualifier_before(text, span.start)
    low, high = limits.low, limits.high
    qualifier: Qualifier | None = None
    if before is not None and before.comparator in ("gt", "ge", "lt", "le"):
        qualifier = before
        low, high = (low, None) if before.comparator in ("gt", "ge") else (None, high)
    return Mention(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind="number",
        low=low,
        high=high,
        comparator="vague",
        noun=counted_noun(text, span.end),
        rule=f"vague.{vague.row.id}",
        qualifier=None if qualifier is None else qualifier.span,
    )
