"""One number with what stands at it: currency, unit, percent; or the reason why it is no quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claimcheck.lexicon import pattern
from claimcheck.model import Mention, MentionKind
from claimcheck.numbers.counted import counted_noun
from claimcheck.numbers.identifiers import (
    capital_name,
    counts_children,
    glued_token,
    is_given,
    is_serial,
    is_year,
    label_before,
    label_end,
    names_letter,
    names_model,
    names_unit,
    of_resolutions,
)
from claimcheck.numbers.masks import no_claim
from claimcheck.numbers.money import money_before, money_behind, scaled_code_before
from claimcheck.numbers.numerals import Numeral, sign_before
from claimcheck.numbers.ones import is_one_more, is_share, read_one
from claimcheck.numbers.qualifiers import qualifier_before, qualifier_behind
from claimcheck.numbers.units import percent_behind, unit_behind

_SCALE = {"K": 3, "M": 6, "B": 9, "": 0}
_OF_ONE = pattern("digits", "of one")
_GENERATION = re.compile(r"G(?![^\W_])")
_BALANCE = pattern("digits", "balance")
LARGEST_DENOMINATOR = 100
_TIMES = re.compile(r"[xX×](?![\w.-])")  # "3x as many"
_DECADE = re.compile(r"['’]?s(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Atom:
    """A number; `start`..`end` covers currency and unit too, `number_start`..`number_end` does not."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal
    kind: MentionKind
    unit: str | None
    step: Decimal
    scaled: bool
    scale: Decimal
    exact: bool
    words: bool
    fraction: bool
    lead: bool = False  # the currency stands before the number
    hundreds: bool = False  # "four hundred"
    reason: str | None = None
    rule: str = "number"

    @property
    def bare(self) -> bool:
        """Whether nothing but the number is there."""
        return self.unit is None and self.start == self.number_start and self.end == self.number_end


def atom_at(text: str, numeral: Numeral, before: Atom | None) -> Atom | Mention | None:
    """The atom of a numeral, a mention that is not a claim, or None where it is no number ("no one")."""
    plain = Atom(
        numeral.start,
        numeral.end,
        numeral.start,
        numeral.end,
        numeral.value,
        "number",
        None,
        numeral.step,
        numeral.scale >= 1000,
        numeral.scale,
        numeral.exact,
        numeral.written == "words",
        numeral.fraction,
        hundreds=text[numeral.start : numeral.end].lower().endswith(" hundred"),
    )
    full = (
        _with_money(text, plain, 0 if before is None else before.end)
        or _with_percent(text, plain)
        or _with_unit(text, plain)
    )
    if full is not None:
        return full
    return _without_unit(text, plain, before)


def _with_money(text: str, atom: Atom, free: int) -> Atom | None:
    """The atom with its currency; `free` is where the previous atom ended."""
    digits = not atom.words
    lead = money_before(text, atom.start) if digits or atom.scaled else None
    if lead is not None and lead[0].edge >= free:
        unit, negative = lead
        start = unit.edge
        if _is_red(text, start, atom.end):
            atom = replace(atom, start=start - 1, end=atom.end + 1, value=-atom.value, kind="money")
            return replace(atom, unit=unit.name, lead=True, rule="money.in_red")
        signed = sign_before(text, start)
        value = -atom.value if negative or signed < start else atom.value
        behind = money_behind(text, atom.end, digits)
        end = (
            behind[0].edge
            if behind is not None
            and (behind[0].name == unit.name or text[atom.end : behind[0].edge] == " dollars")
            and text[atom.end : atom.end + 1] == " "
            else atom.end
        )
        return replace(
            atom,
            start=signed,
            end=end,
            value=value,
            kind="money",
            unit=unit.name,
            lead=True,
            rule="money.before",
        )
    code = scaled_code_before(text, atom.start) if digits else None
    if code is not None and code[0].edge >= free:
        scale = Decimal(10) ** _SCALE[code[1]]
        return replace(
            atom,
            start=code[0].edge,
            value=atom.value * scale,
            step=atom.step * scale,
            scaled=True,
            kind="money",
            unit=code[0].name,
            lead=True,
            rule="money.code",
        )
    behind = money_behind(text, atom.end, digits)
    if behind is None:
        return None
    scale = Decimal(10) ** _SCALE[behind[1]]
    return replace(
        atom,
        end=behind[0].edge,
        value=atom.value * scale,
        step=atom.step * scale,
        scaled=atom.scaled or scale > 1,
        kind="money",
        unit=behind[0].name,
        rule="money.behind",
    )


def _is_red(text: str, start: int, end: int) -> bool:
    """Whether brackets around a sum are an accountant's minus: "the result was ($40)"."""
    if text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    return _BALANCE.search(text, max(0, start - 8), start - 1) is not None


def _with_percent(text: str, atom: Atom) -> Atom | None:
    unit = percent_behind(text, atom.end)
    return (
        None if unit is None else replace(atom, end=unit.edge, kind="percent", unit=unit.name, rule="percent")
    )


def _with_unit(text: str, atom: Atom) -> Atom | None:
    unit = unit_behind(text, atom.end, not atom.words)
    if unit is None and atom.fraction:  # "half a mile", "a third of an acre"
        part = _OF_ONE.match(text, atom.end)
        unit = None if part is None else unit_behind(text, part.end(), digits=False)
        unit = unit if unit is not None and unit.kind == "measure" else None
    if unit is None:
        if not atom.words and _GENERATION.match(text, atom.end) and atom.value in (1, 2, 3, 4, 5, 6):
            return replace(
                atom,
                end=atom.end + 1,
                unit="generation",
                reason="name of a technology",
                rule="label.generation",
            )
        return None
    if (
        unit.name == "second"
        and atom.words
        and text[atom.end : unit.edge].lower().endswith("second")
        and atom.value > 1
        and text[atom.end] == " "
    ):
        return None
    return replace(atom, end=unit.edge, kind=unit.kind, unit=unit.name, rule=f"unit.{unit.kind}")


def _without_unit(text: str, atom: Atom, before: Atom | None) -> Atom | Mention | None:
    """The atom of a number that no unit follows, where it counts something; else what it is."""
    times = None if atom.words else _TIMES.match(text, atom.end)
    if times is not None and not text[atom.start - 1 : atom.start].isalnum():
        return replace(atom, end=times.end(), rule="number.times")
    if not atom.words:
        token = glued_token(text, atom.start, atom.end)
        if token is not None:
            tens = token.start == atom.start and atom.value % 10 == 0
            decade = tens and _DECADE.fullmatch(text, atom.end, token.end) is not None
            return no_claim(text, token.start, token.end, "decade" if decade else "name", rule="label.token")
    elif atom.value == 1 and text[atom.start : atom.end].lower() == "one":
        reading = read_one(text, atom.start, atom.end)
        if reading == "pronoun":
            return None
        if reading == "one of":
            return replace(atom, reason="one of several", rule="number.one_of")
    elif atom.fraction and is_one_more(text, atom.start, atom.end):
        return no_claim(text, atom.start, atom.end, "order, nothing is counted", rule="ordinal")
    elif atom.fraction and not is_share(text, atom.start, atom.end):
        return None
    if atom.words and capital_name(text, atom.start, atom.end):
        return no_claim(text, atom.start, atom.end, "name", rule="label.name", value=atom.value)
    written = text[atom.start : atom.end]
    if atom.exact and "/" in written and " " not in written:
        return _with_slash(text, atom)
    if atom.exact and names_letter(text, atom.start, atom.end):
        return no_claim(text, atom.start, atom.end, "name", rule="label.token")
    if atom.fraction or atom.scaled:
        return atom
    return _label(text, atom, before) or atom


def _with_slash(text: str, atom: Atom) -> Atom | Mention:
    """A fraction, or the number of a document or page ("resolution 47/120", "page 15/240")."""
    reason = label_before(text, atom.start, atom.end, Decimal(0), True, None, True)
    if reason is None and int(text[atom.start : atom.end].rpartition("/")[2]) <= LARGEST_DENOMINATOR:
        return atom
    return no_claim(text, atom.start, atom.end, reason or "reference number", rule="label.pair")


def _label(text: str, atom: Atom, before: Atom | None) -> Mention | None:
    """The mention of a plain number that names something or is a year."""
    counted = counted_noun(text, atom.end, singular=atom.value == 1)
    digits = not atom.words
    whole = atom.value == atom.value.to_integral_value() and "," not in text[atom.start : atom.end]
    if before is None or before.kind != "money" or atom.start - before.end != 1:
        reason = label_before(text, atom.start, atom.end, atom.value, whole, counted, digits)
        if reason is None and digits and of_resolutions(text, atom.start, atom.end):
            reason = "document number"
        if reason == "name" and is_given(text, atom.start, counted):
            reason = None
        if reason is not None:
            end = label_end(text, atom.end, reason, digits)
            return no_claim(text, atom.start, end, reason, value=atom.value, rule="label.before")
    if counts_children(text, atom.start, counted):
        return no_claim(
            text, atom.start, atom.end, "number of somebody's children", value=atom.value, rule="label.parent"
        )
    if digits and is_serial(text, atom.start, atom.end):
        return no_claim(text, atom.start, atom.end, "reference number", value=atom.value, rule="label.serial")
    if digits and (
        names_model(text, atom.start, atom.end, atom.value, counted)
        or names_unit(text, atom.start, atom.end, counted)
    ):
        return no_claim(text, atom.start, atom.end, "name", value=atom.value, rule="label.before")
    if not digits or not is_year(text, atom.start, atom.end, atom.value, counted):
        return None
    bound = qualifier_before(text, atom.start) or qualifier_behind(text, atom.end)
    if bound is not None and bound.comparator not in ("approx", "eq"):
        beyond = text[bound.span.start : bound.span.end].lower() == "beyond" and counted is None
        if not (beyond and 1900 < atom.value <= 2100):
            return None
    return no_claim(text, atom.start, atom.end, "year", value=atom.value, rule="label.year")
