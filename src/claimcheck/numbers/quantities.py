"""Text to quantity mentions: how many, how much, and what only looks like it.

A quantity is put together in steps that each have a module: the numeral (`numerals`), what stands at it
(`units`), two of them as a range (`ranges`), the words that qualify it (`qualifiers`), the noun it counts
(`counted`). What says which and not how many (`identifiers`) stays as a mention with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest

from claimcheck.model import Comparator, Interval, Mention, Span
from claimcheck.numbers.ages import find_ages
from claimcheck.numbers.articles import find_articled
from claimcheck.numbers.atoms import Atom, atom_at
from claimcheck.numbers.counted import counted_noun, substance
from claimcheck.numbers.identifiers import continues_label, model_numbers
from claimcheck.numbers.masks import find_masked, no_claim
from claimcheck.numbers.money import money_behind
from claimcheck.numbers.numerals import find_numerals, parse_numeral
from claimcheck.numbers.ordinals import read_ordinal
from claimcheck.numbers.qualifiers import (
    Qualifier,
    Vague,
    admitted,
    find_vague,
    play_of,
    qualifier_before,
)
from claimcheck.numbers.quantity import Quantity
from claimcheck.numbers.ranges import combined
from claimcheck.numbers.scan import Scan, between
from claimcheck.numbers.units import Unit, unit_behind
from claimcheck.numbers.unwrapping import flattened

_LABELS = ("reference number", "document number", "address", "name")
_AGAIN = re.compile(r"[ ]?\(([a-z]+(?:[ -][a-z]+){0,6}|\d[\d,.]{0,12})\)")

__all__ = ["find_ages", "find_quantities"]


def find_quantities(text: str, taken: Sequence[Span] = ()) -> list[Mention]:
    """Every quantity of the text, in order, none of them inside `taken` (dates, times, list numbering).

    Numbers that are none come back with status `not_claim` and a reason; all others are `unresolved`.
    Durations have the kind `duration`; ages come from `find_ages`, whose spans belong into `taken`.
    """
    flat = flattened(text)
    places = flat.scanned(text)
    if flat.text is text:
        return _found(text, places, taken)
    return [flat.outside(m, text) for m in _found(flat.text, places, [flat.within(span) for span in taken])]


def _found(text: str, places: Scan, taken: Sequence[Span]) -> list[Mention]:
    if not (places.numbers or places.vague or places.units or places.phrases):
        return []
    masked = _without_overlaps(_outside(find_masked(text, places), taken))
    mentions = list(masked)
    for stretch in _free(len(text), [*taken, *(m.span for m in masked)]):
        mentions.extend(_read(text, stretch, places))
    return _without_models(_without_overlaps(mentions))


def _without_models(mentions: list[Mention]) -> list[Mention]:
    """The mentions, bare numbers that the text uses as names of models elsewhere made names here too."""
    models = model_numbers(mentions)
    return [_as_model(m) if _is_model(m, models) else m for m in mentions] if models else mentions


def _is_model(mention: Mention, models: Mapping[str, bool]) -> bool:
    if mention.kind != "number" or mention.reason or mention.qualifier or mention.text not in models:
        return False
    return mention.noun is None or models[mention.text]


def _as_model(m: Mention) -> Mention:
    return replace(m, kind="ordinal", noun=None, status="not_claim", reason="name", rule="label.model")


def _outside(mentions: Iterable[Mention], taken: Sequence[Span]) -> Iterator[Mention]:
    """The mentions that no taken span overlaps. One pass: both in order, taken spans mostly apart."""
    spans = sorted(taken)
    i = 0
    for mention in sorted(mentions, key=lambda m: m.start):
        while i < len(spans) and spans[i].end <= mention.start:
            i += 1
        near = spans[i : i + 3]
        if not any(mention.span.overlaps(span) for span in near):
            yield mention


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


def _read(text: str, stretch: Span, places: Scan) -> Iterator[Mention]:
    numbers = between(places.numbers, stretch.start, stretch.end)
    if numbers:
        yield from _numbers(text, stretch, numbers)
    vague = between(places.vague, stretch.start, stretch.end)
    if vague:
        for word in find_vague(text, stretch.start, stretch.end, vague):
            yield _vague_mention(text, word)
    units = between(places.units, stretch.start, stretch.end)
    for mention in find_articled(text, units) if units else ():
        if stretch.start <= mention.start and mention.end <= stretch.end:
            yield mention


def _numbers(text: str, stretch: Span, places: Sequence[int]) -> Iterator[Mention]:
    atoms: list[Atom] = []
    label: Mention | None = None
    for numeral in find_numerals(text, stretch.start, stretch.end, places):
        if label is not None and numeral.start < label.end:
            continue  # "737-800", "Article 7(2)"
        if numeral.ordinal:
            yield read_ordinal(text, numeral)
            continue
        atom = atom_at(text, numeral, atoms[-1] if atoms else None)
        if (
            isinstance(atom, Atom)
            and label is not None
            and label.reason != "name"
            and atom.bare
            and continues_label(text, label, atom.end, atom.start)
        ):
            atom = no_claim(
                text, atom.start, atom.end, label.reason or "", value=atom.value, rule="label.series"
            )
        if isinstance(atom, Atom) and atoms and _is_rate(text, atoms[-1], atom):
            atom = no_claim(text, atom.start, atom.end, "unit of a rate", rule="unit.rate")
        if isinstance(atom, Atom) and atoms and _says_again(text, atoms[-1], atom):
            atom = no_claim(text, atom.start, atom.end, "the same number again", rule="again")
        if isinstance(atom, Mention) and atom.start < stretch.start:  # "28 April-2": the date is taken
            atom = no_claim(text, numeral.start, numeral.end, "name", rule="label.token")
        if isinstance(atom, Mention):
            label = atom if atom.reason in _LABELS else None
            yield atom
        elif atom is not None:
            atoms.append(atom)
    made = [q if isinstance(q, Mention) else _mention(text, q) for q in combined(text, atoms)]
    for mention, following in zip_longest(made, made[1:]):
        yield _with_noun_of(text, mention, following)


def _with_noun_of(text: str, m: Mention, following: Mention | None) -> Mention:
    """ "1,600 and 400 jobs": both count jobs."""
    if following is None or m.kind != "number" or following.kind != "number" or m.noun or m.reason:
        return m
    if text[m.end : following.start] not in (" and ", " or "):
        return m
    return replace(m, noun=following.noun)


def _is_rate(text: str, first: Atom, second: Atom) -> bool:
    """ "64 cents a dozen": what the price is for."""
    article = second.words and text[second.start : second.start + 2].lower() == "a "
    return article and first.kind == "money" and text[first.end : second.start] == " "


def _says_again(text: str, first: Atom, second: Atom) -> bool:
    """ "12 (twelve) members": the number in brackets is the one before."""
    if first.value != second.value or not second.bare:
        return False
    return text[first.end : second.start] in (" (", "(") and text[second.end : second.end + 1] == ")"


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
        qualifier=None if qualifier is None or quantity.lent else qualifier.span,
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
    again = _AGAIN.match(text, end)
    if again is not None and parse_numeral(again[1]) == quantity.value:
        end = again.end()
    if atom.kind in ("percent", "measure") and not text[end:].startswith((" of", "-")):
        return None
    if atom.kind == "measure" and text.startswith(" of ", end):
        return substance(text, end)
    return counted_noun(text, end, singular=quantity.value == 1)


def _vague_unit(text: str, end: int) -> Unit | None:
    """The currency or unit of a vague number: "tens of billions of euros", "a few hundred tonnes"."""
    at = end + 3 if text.startswith(" of ", end) else end
    money = money_behind(text, at, digits=False)
    unit = unit_behind(text, at, digits=False) if money is None else money[0]
    return unit if unit is not None and unit.kind in ("money", "measure") else None


def _vague_mention(text: str, vague: Vague) -> Mention:
    span, limits = vague.span, vague.interval
    before = qualifier_before(text, span.start)
    low, high = limits.low, limits.high
    qualifier: Qualifier | None = None
    if before is not None and before.comparator in ("gt", "ge", "lt", "le"):
        qualifier = before
        low, high = (low, None) if before.comparator in ("gt", "ge") else (None, high)
    unit = _vague_unit(text, span.end)
    return Mention(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        kind="number" if unit is None else unit.kind,
        low=low,
        high=high,
        comparator="vague",
        unit=None if unit is None else unit.name,
        noun=counted_noun(text, span.end) if unit is None else None,
        rule=f"vague.{vague.row.id}",
        qualifier=None if qualifier is None else qualifier.span,
    )
