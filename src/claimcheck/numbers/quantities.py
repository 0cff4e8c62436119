"""Text -> quantity mentions: how many, how much, and what only looks like it.

One number with what stands at it, two numbers that make one interval, ordinals, what an article counts; then
all of them together, in the text's order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import zip_longest

from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import Comparator, Interval, Mention, MentionKind, Span, countable, replace
from claimcheck.numbers.not_quantities import (
    capital_name,
    continues_label,
    counts_children,
    find_masked,
    glued_token,
    is_score,
    is_serial,
    is_share,
    is_year,
    label_before,
    label_end,
    model_numbers,
    names_model,
    names_unit,
    no_claim,
    of_resolutions,
    read_one,
)
from claimcheck.numbers.numerals import (
    Numeral,
    Scan,
    find_numerals,
    flattened,
    number_words,
    places_between,
    sign_before,
    tidy,
)
from claimcheck.numbers.units import (
    Qualifier,
    Unit,
    Vague,
    admitted,
    counted_noun,
    find_vague,
    is_plural,
    money_before,
    money_behind,
    percent_behind,
    phrase_behind,
    play_of,
    qualifier_before,
    qualifier_behind,
    scaled_code_before,
    substance,
    unit_behind,
    words_of,
)

# ----------------------------------------------------------------------------------------------------
# One number with what stands at it: currency, unit, percent; or the reason why it is no quantity.

_SCALE = {"K": 3, "M": 6, "B": 9, "": 0}
_GENERATION = re.compile(r"G(?![^\W_])")
LARGEST_DENOMINATOR = 100
_TIMES = re.compile(r"[xX×](?![\w.-])")  # "3x as many"
_LEFT_OUT = pattern("number_surroundings", "left out")
_NEAR = 30  # characters before a number in which "all but" stands
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
        numeral.start, numeral.end, numeral.start, numeral.end, numeral.value, "number", None, numeral.step,
        numeral.scale >= 1000, numeral.scale, numeral.exact, numeral.written == "words", numeral.fraction,
        hundreds=text[numeral.start : numeral.end].lower().endswith(" hundred"),
    )  # fmt: skip
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
            atom, start=signed, end=end, value=value, kind="money", unit=unit.name, lead=True,
            rule="money.before",
        )  # fmt: skip
    code = scaled_code_before(text, atom.start) if digits else None
    if code is not None and code[0].edge >= free:
        scale = Decimal(10) ** _SCALE[code[1]]
        return replace(
            atom, start=code[0].edge, value=atom.value * scale, step=atom.step * scale, scaled=True,
            kind="money", unit=code[0].name, lead=True, rule="money.code",
        )  # fmt: skip
    behind = money_behind(text, atom.end, digits)
    if behind is None:
        return None
    scale = Decimal(10) ** _SCALE[behind[1]]
    return replace(
        atom, end=behind[0].edge, value=atom.value * scale, step=atom.step * scale,
        scaled=atom.scaled or scale > 1, kind="money", unit=behind[0].name, rule="money.behind",
    )  # fmt: skip


def _with_percent(text: str, atom: Atom) -> Atom | None:
    unit = percent_behind(text, atom.end)
    return (
        None if unit is None else replace(atom, end=unit.edge, kind="percent", unit=unit.name, rule="percent")
    )


def _with_unit(text: str, atom: Atom) -> Atom | None:
    unit = unit_behind(text, atom.end, not atom.words)
    if unit is None and atom.fraction:  # "half a mile", "a third of an acre"
        part = pattern("digits", "of one").match(text, atom.end)
        unit = None if part is None else unit_behind(text, part.end(), digits=False)
        unit = unit if unit is not None and unit.kind == "measure" else None
    if unit is None:
        if not atom.words and _GENERATION.match(text, atom.end) and atom.value in (1, 2, 3, 4, 5, 6):
            return replace(
                atom, end=atom.end + 1, unit="generation", reason="name of a technology",
                rule="label.generation",
            )  # fmt: skip
        return None
    return replace(atom, end=unit.edge, kind=unit.kind, unit=unit.name, rule=f"unit.{unit.kind}")


def _without_unit(text: str, atom: Atom, before: Atom | None) -> Atom | Mention | None:
    """The atom of a number that no unit follows, where it counts something; else what it is."""
    if _LEFT_OUT.search(text, max(0, atom.start - _NEAR), atom.start):
        return no_claim(text, atom.start, atom.end, "those left out", value=atom.value, rule="number.others")
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
    elif atom.fraction and not is_share(text, atom.start, atom.end):
        return None
    if atom.words and capital_name(text, atom.start, atom.end):
        return no_claim(text, atom.start, atom.end, "name", rule="label.name", value=atom.value)
    written = text[atom.start : atom.end]
    if atom.exact and "/" in written and " " not in written:
        return _with_slash(text, atom)
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


# ----------------------------------------------------------------------------------------------------
# A number or a range as a quantity: what was read of it before it becomes a mention.


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its qualifier; `value` is None for a range. `margin` is a stated ±."""

    atom: Atom
    start: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    qualifier: Qualifier | None = None
    behind: Span | None = None
    margin: Decimal | None = None
    rule: str = "number"
    lent: bool = False  # the qualifier is that of the measure before: "over 30 miles (48 km)"


# ----------------------------------------------------------------------------------------------------
# Two quantities of which one says more about the other: two bounds, the same in another unit.

_BOUND_GAP = pattern("number_surroundings", "between two bounds")
_CONVERSION = re.compile(r"[ ]?\(|[ ]?/[ ]?")


def converted(text: str, first: Quantity, second: Quantity) -> Quantity:
    """The second measure with the qualifier of the first where it says the same in another unit.

    Money in another currency is a sum of its own: rates move.
    """
    measured = first.atom.kind == second.atom.kind == "measure"
    if (
        not measured
        or first.atom.unit == second.atom.unit
        or first.qualifier is None
        or second.qualifier is not None
        or second.value is None
    ):
        return second
    if _CONVERSION.fullmatch(text, first.end, second.start) is None:
        return second
    return replace(second, qualifier=first.qualifier, lent=True)


def bounded(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """The interval of two bounds: "larger than 20 and less than or equal to 35"."""
    one, two = first.qualifier, second.qualifier
    if (
        one is None
        or two is None
        or first.value is None
        or second.value is None
        or first.atom.unit not in (None, second.atom.unit)
    ):
        return None
    directions = {"gt": 1, "ge": 1, "lt": -1, "le": -1}
    if (
        directions.get(one.comparator, 0) + directions.get(two.comparator, 0) != 0
        or one.comparator not in directions
    ):
        return None
    if (
        two.span.end > second.start
        or one.span.end > first.start
        or _BOUND_GAP.fullmatch(text, first.end, two.span.start) is None
    ):
        return None
    whole = first.atom.unit is None and not first.atom.exact and not second.atom.exact
    sides = {
        directions[bound.comparator]: admitted(quantity.value, bound.row["low"], bound.row["high"], whole)
        for quantity, bound in ((first, one), (second, two))
        if quantity.value is not None
    }
    low, high = sides[1].low, sides[-1].high
    if low is None or high is None or low > high:
        return None
    return Quantity(second.atom, one.span.start, second.end, None, low, high, rule="range.bounds")


# ----------------------------------------------------------------------------------------------------
# Two numbers that make one interval: "18–22", "between 18 and 22", "1 to 2 million", "one in five".

_DASH = re.compile(r"[ ]?(?:-|‐|‑|–|—|−|~|〜|～)[ ]?")
_TO = pattern("ranges", "to")
_AND = pattern("ranges", "and")
_OR = pattern("ranges", "or")
_BETWEEN = pattern("ranges", "between")
_MARGIN = pattern("ranges", "margin")
_CHANGED = pattern("ranges", "changed")
_BEHIND_NOUN = frozenset(
    {
        "and counting", "or more", "or so", "or fewer", "or less", "at the very least", "at the least",
        "at a minimum", "at the most", "at most", "at least", "if not more",
    }
)  # fmt: skip
_OVER = pattern("ranges", "over")
_AFTER_CENTS = pattern("ranges", "after cents")
_TOGETHER = pattern("ranges", "together")
_EACH = pattern("ranges", "each")
_SIDES = pattern("ranges", "sides")


def combined(text: str, atoms: Sequence[Atom]) -> Iterator[Quantity | Mention]:
    """The quantities that the atoms of a stretch of text make, in order."""
    i = 0
    held: Quantity | None = None
    while i < len(atoms):
        used, made = _pair(text, atoms, i)
        i += used
        if isinstance(made, Mention):
            if held is not None:
                yield held
                held = None
            yield made
            continue
        both = None if held is None else bounded(text, held, made)
        if both is not None:
            held = both
            continue
        if held is not None:
            yield held
            made = converted(text, held, made)
        held = made
    if held is not None:
        yield held


def _pair(text: str, atoms: Sequence[Atom], i: int) -> tuple[int, Quantity | Mention]:
    """What atom i makes with the next: the number of atoms used, and the quantity."""
    first = atoms[i]
    if i + 1 < len(atoms):
        second = atoms[i + 1]
        made = (
            _proportion(text, first, second)
            or _range(text, first, second)
            or _money_and_cents(text, first, second)
            or _margin(text, first, second)
        )
        if made is not None:
            return 2, made
        changed = (
            _before_change(text, first, second)
            or _side(text, first, second)
            or _respective(text, first, second)
        )
        if changed is not None:
            return 1, _single(text, changed)
    return 1, _single(text, first)


def _before_change(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first value of "rose from 44 to 50": what held before, and no range."""
    if not _is_change(text, first, second):
        return None
    value, _ = _shared(first, second)
    unit = first if first.unit is not None or second.lead else second
    return replace(first, value=value, kind=unit.kind, unit=unit.unit, rule="number.before_change")


def _side(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first side of "10 by 20 metres" or "1.8 and 2 GHz", with the unit that both share."""
    shares = first.bare and second.kind == "measure" and first.words == second.words and not first.scaled
    if not shares or _SIDES.fullmatch(text, first.end, second.start) is None:
        return None
    return replace(first, kind=second.kind, unit=second.unit, rule="unit.side")


def _respective(text: str, first: Atom, second: Atom) -> Atom | None:
    """The first of "4.1 and 8.3 million" or "12 and 15 per cent, respectively", with what both share."""
    if not first.bare or second.lead or _TOGETHER.fullmatch(text, first.end, second.start) is None:
        return None
    each = _EACH.match(text, second.end) is not None
    pointed = first.value % 1 != 0 and second.value != second.value.to_integral_value()
    if not each and not (pointed or (second.scaled and first.value % 1 != 0)):
        return None
    scale = second.scale if second.scaled and not first.scaled and first.value < 1000 else Decimal(1)
    if scale == 1 and second.unit is None:
        return None
    return replace(
        first, value=tidy(first.value * scale), step=first.step * scale, scaled=first.scaled or scale > 1,
        kind=second.kind, unit=second.unit, rule="number.respective",
    )  # fmt: skip


def _is_change(text: str, first: Atom, second: Atom) -> bool:
    return _TO.fullmatch(text, first.end, second.start) is not None and says_change(text, first.start)


def says_change(text: str, start: int) -> bool:
    """Whether a word of change and "from" stand before `start`: "raised the tax from | 10 to 12 per cent"."""
    lead = pattern("ranges", "from").search(text, max(0, start - 24), start)
    return lead is not None and _CHANGED.search(text, max(0, lead.start() - 60), lead.start()) is not None


def _single(text: str, atom: Atom) -> Quantity:
    before = qualifier_before(text, atom.start)
    behind = qualifier_behind(text, atom.end) or _behind_noun(text, atom)
    qualifier = before or behind
    if before is not None and behind is not None and before.comparator in ("approx", "eq"):
        qualifier = behind
    return Quantity(
        atom, atom.start, atom.end, atom.value, qualifier=qualifier,
        behind=None if behind is None else behind.span, rule=atom.rule,
    )  # fmt: skip


def _behind_noun(text: str, atom: Atom) -> Qualifier | None:
    """The qualifier behind the counted noun: "300 people and counting", "40 boats or more"."""
    for word, end in phrase_behind(text, atom.end)[:4] if atom.kind == "number" else ():
        if is_plural(word):
            found = qualifier_behind(text, end)
            return (
                found
                if found is not None and text[found.span.start : found.span.end].lower() in _BEHIND_NOUN
                else None
            )
    return None


def _proportion(text: str, first: Atom, second: Atom) -> Quantity | None:
    """ "one in five", "three out of ten": a share; "12 in six boxes" is none."""
    if not (first.bare and second.bare) or first.scaled or first.fraction or second.fraction:
        return None
    over = _OVER.fullmatch(text, first.end, second.start) is not None and abs(first.value) == 1
    if not over and pattern("ranges", "proportion").fullmatch(text, first.end, second.start) is None:
        return None
    of = text[first.end : second.start] == " of "
    if not 0 < abs(first.value) < second.value or 1800 <= second.value <= 2100:
        return None
    out_of = "out of" in text[first.end : second.start]
    if of and not (first.value == 1 and first.words and second.words and second.value <= 12):
        return None
    if not (abs(first.value) == 1 or out_of or (second.value <= 10 and second.words == first.words)):
        return None
    lent = second.scale if first.value % 1 else 1  # "3.3 out of 10.7 million": nobody is a part of one
    share = replace(
        first, end=second.end, value=first.value * lent / second.value, exact=True, fraction=True,
        rule="share", reason=None,
    )  # fmt: skip
    return _single(text, share)


def _range(text: str, first: Atom, second: Atom) -> Quantity | Mention | None:
    if first.fraction != second.fraction and not (first.exact and second.exact):
        return None
    lead = _BETWEEN.search(text, max(0, first.start - 24), first.start)
    between = lead is not None and lead[1].lower() == "between"
    dash = _DASH.fullmatch(text, first.end, second.start) is not None
    to = _TO.fullmatch(text, first.end, second.start) is not None
    either = _OR.fullmatch(text, first.end, second.start) is not None and _either(first, second)
    changes = to and lead is None and not _lends_unit(first, second)
    if changes and pattern("ranges", "change").search(text, max(0, first.start - 36), first.start):
        return None
    if to and _is_change(text, first, second):
        return None
    if not (dash or to or either or (between and _AND.fullmatch(text, first.end, second.start))):
        return None
    if (
        to
        and lead is None
        and first.bare
        and second.bare
        and not second.scaled
        and first.value > second.value
    ):
        return no_claim(text, first.start, second.end, "score", kind="number", rule="label.odds")
    if not _same_kind(text, first, second, dash or between, lead is not None):
        return None
    if (
        dash
        and first.words
        and (text[first.start - 1 : first.start] == "-" or text[second.end : second.end + 1] == "-")
    ):
        return None  # three-nought-four
    if dash and not between and first.bare and second.bare:
        if (
            not first.words
            and is_score(text, first.start, first.value, second.value)
            and counted_noun(text, second.end) is None
        ):
            return None  # of each its own: "won 3-1"
        if first.value > second.value:
            return _model(text, first, second)
        if second.value > 1000 * max(first.value, Decimal(1)) and not second.scaled:
            return no_claim(text, first.start, second.end, "reference number", rule="label.pair")
    low, high = _shared(first, second)
    low, high = min(low, high), max(low, high)
    start = lead.start() if lead is not None and between else first.start
    unit = second if second.unit is not None else first
    atom = replace(second, kind=unit.kind, unit=unit.unit)
    qualifier = None if between else qualifier_before(text, first.start)
    if qualifier is not None and qualifier.comparator not in ("approx",):
        qualifier = None
    return Quantity(
        atom, start, second.end, None, low, high, qualifier,
        rule="range.between" if between else "range.or" if either else "range",
    )  # fmt: skip


def _model(text: str, first: Atom, second: Atom) -> Mention | None:
    """ "the 787-9": a falling pair with a tight hyphen is a name."""
    if first.words or first.value < 100 or text[first.end : second.start] != "-":
        return None
    return no_claim(text, first.start, second.end, "name", rule="label.model")


def _lends_unit(first: Atom, second: Atom) -> bool:
    """Whether a bare first end takes its unit from the second: "lost 15 to 20 per cent"."""
    return first.bare and second.unit is not None and not second.lead and first.value < second.value


def _either(first: Atom, second: Atom) -> bool:
    """Whether "three or four" is an interval: neighbours, and no unit or currency of their own between."""
    low, high = _shared(first, second)
    step = high - low if low == first.value else (high - low) / _scale_of(second)
    return first.bare and not second.lead and step == 1 and not first.exact


def _same_kind(text: str, first: Atom, second: Atom, dash: bool, led: bool) -> bool:
    """Whether both ends measure the same: equal units, or one end borrows the other's."""
    if first.unit == second.unit:
        return True
    if first.unit is None:
        return not second.lead
    if second.unit is not None:
        return False
    return first.lead or (led or dash) or counted_noun(text, second.end) is None


def _shared(first: Atom, second: Atom) -> tuple[Decimal, Decimal]:
    """Both values, the scale of the second lent to the first: "1 to 2 million"."""
    scale = _scale_of(second)
    if not first.scaled and not first.fraction and first.value < 1000 and first.value <= second.value / scale:
        return first.value * scale, second.value
    return first.value, second.value


def _scale_of(atom: Atom) -> Decimal:
    """What multiplies a number: "2 million" 1000000, "four hundred" 100, "40" 1."""
    if atom.scaled:
        return atom.scale
    return Decimal(100) if atom.hundreds else Decimal(1)


def _money_and_cents(text: str, first: Atom, second: Atom) -> Quantity | None:
    """ "3 dollars 50 cents", "15 dollars 50"."""
    coins = second.unit in ("cent", "penny")
    if first.kind != "money" or first.unit in ("cent", "penny", "sen", "dime") or first.scaled:
        return None
    if not coins and (first.lead or first.end == first.number_end):
        return None
    if (
        pattern("ranges", "cents").fullmatch(text, first.end, second.start) is None
        or not 0 < second.value < 100
        or second.value != second.value.to_integral_value()
    ):
        return None
    if not coins and not (
        second.bare and counted_noun(text, second.end) is None and _AFTER_CENTS.match(text, second.end)
    ):
        return None
    value = first.value + second.value / 100
    cents = Decimal("0.01")
    whole = replace(first, end=second.end, value=value, scaled=False, step=cents, rule="money.and_cents")
    return _single(text, whole)


def _margin(text: str, first: Atom, second: Atom) -> Quantity | None:
    if first.unit not in (None, second.unit) or _MARGIN.fullmatch(text, first.end, second.start) is None:
        return None
    atom = replace(second, start=first.start, value=first.value)
    return Quantity(atom, first.start, second.end, first.value, margin=abs(second.value), rule="margin")


# ----------------------------------------------------------------------------------------------------
# Ordinals: running totals ("the 21st civilian to die"), places in an order, names ("the 21st century").

RANKS = "ordinal.rank"
"""The rule of an ordinal that says which of a series somebody or something is."""
NOTHING_COUNTED = "order, nothing is counted"
"""Why an ordinal that stands without a noun is no claim by itself."""
_ALONE = frozenset(["first", "second", "last"])
_ENUMERATED = 4  # "the third man": one of those whom a story tells apart
_THE_NTH = written("ordinals", "the nth")
_LED = pattern("ordinals", "led")
_EVERY = pattern("ordinals", "every")


def read_ordinal(text: str, numeral: Numeral) -> Mention:
    """The mention of an ordinal. `cumulative` where it counts something that is still being counted."""
    written = text[numeral.start : numeral.end]
    noun = counted_noun(text, numeral.end, singular=True)
    if noun is not None and (every := _EVERY.search(text, max(0, numeral.start - 12), numeral.start)):
        span = unit_behind(text, numeral.end, digits=False)
        if span is None and noun != "time" and numeral.value > 1:
            return _every(text, every.start(1), numeral, noun)
    reason = _reason(text, numeral, noun)
    counts = reason is None and _counts(text, numeral, noun)
    ranks = not counts and reason in (None, "name") and _ranks(text, numeral)
    if ranks:
        reason = None
    if reason is None and not counts and not ranks and written.lower() in _ALONE:
        reason = NOTHING_COUNTED
    return Mention(
        start=numeral.start, end=numeral.end, text=written, kind="ordinal", value=numeral.value,
        low=numeral.value, high=numeral.value, noun=noun,
        status="unresolved" if reason is None else "not_claim", reason=reason,
        rule="ordinal.running" if counts else RANKS if ranks else "ordinal", cumulative=counts,
    )  # fmt: skip


def _every(text: str, start: int, numeral: Numeral, noun: str) -> Mention:
    """The share of "every seventh volunteer"."""
    share = 1 / numeral.value
    return Mention(
        start=start, end=numeral.end, text=text[start : numeral.end], kind="number", value=share, low=share,
        high=share, noun=noun, rule="share",
    )  # fmt: skip


def _counts(text: str, numeral: Numeral, noun: str | None) -> bool:
    """Whether an ordinal is a running total: by the words behind, or as the nth victim of something."""
    if numeral.value == 1 and _LED.search(text, max(0, numeral.start - 8), numeral.start) is None:
        return False  # "it first flew in May", "First allow me to …"
    end = _phrase_end(text, numeral.end)
    if pattern("ordinals", "since").match(text, end) is not None:
        return True
    befalls, becomes = _words()
    if numeral.value >= _ENUMERATED and befalls.match(text, end) is not None:
        return pattern("ordinals", "owned").search(text, max(0, numeral.start - 8), numeral.start) is None
    if noun not in _victims():
        return False
    return becomes.search(text, max(0, numeral.start - 16), numeral.start) is not None


def _ranks(text: str, numeral: Numeral) -> bool:
    """Whether an ordinal says which of a series somebody or something is: "was the ninth round", "the talks
    in Tarn, the second session"."""
    if numeral.value < 2 or text[numeral.start].isupper():
        return False
    before, series = _ranked()
    if before.search(text, max(0, numeral.start - 16), numeral.start) is None:
        return False
    return any(word.lower() in series for word, _ in phrase_behind(text, numeral.end)[:3])


@cache
def _ranked() -> tuple[re.Pattern[str], frozenset[str]]:
    said = {use: [w for row in load("running_totals") if row["use"] == use for w in row["words"]]
            for use in ("ranked", "series")}  # fmt: skip
    return re.compile(rf"(?:{'|'.join(said['ranked'])})[ ]\Z"), frozenset(said["series"])


@cache
def _victims() -> frozenset[str]:
    return frozenset(
        word for row in load("running_totals") if row["use"] == "victims" for word in row["words"]
    )


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What befalls the nth of those counted, and what one becomes as the nth victim."""
    befalls, becomes = (
        alternatives(
            (word for row in load("running_totals") if row["use"] == use for word in row["words"]), "[ ]"
        )
        for use in ("befalls", "becomes")
    )
    return re.compile(rf"[ ](?:{befalls})\b"), re.compile(rf"\b(?:{becomes}){_THE_NTH}\Z")


def _phrase_end(text: str, end: int) -> int:
    words = phrase_behind(text, end)
    return words[-1][1] if words else end


def _reason(text: str, numeral: Numeral, noun: str | None) -> str | None:
    if noun is None:
        return NOTHING_COUNTED
    words = phrase_behind(text, numeral.end)
    first = words[0][0]
    if text[numeral.start].isupper() and first[0].isupper():
        return "name"
    if first.lower().removesuffix("'s").removesuffix("’s") in words_of("names with an ordinal") or (
        first[0].isupper() and noun[0].isupper()
    ):
        return "name"
    if text[numeral.end : numeral.end + 1] == "-":
        return NOTHING_COUNTED
    return None


# ----------------------------------------------------------------------------------------------------
# One of a unit, counted by its article: "a mile away", "less than a dollar a day", "a gallon and a half".
#
# The units are those with `article` in `data/units.toml` and `data/currencies.toml`. An article behind a
# number, a unit or a price is a rate and counts nothing ("$3 a gallon", "the price of a gallon"); one
# before a compound neither ("a gallon jug").

_ARTICLE = pattern("article_numbers", "article")
_BEFORE = re.compile(r"([^\s(\[“\"]{1,24})[ ]\Z")
_RATE = pattern("article_numbers", "rate")


def find_articled(text: str, places: Sequence[int]) -> Iterator[Mention]:
    """The quantities that an article counts; `places` are the starts of words for units (`Scan.units`)."""
    for place in places:
        led = _ARTICLE.search(text, max(0, place - 4), place) if text[place - 1 : place] == " " else None
        if led is None or _means_per(text, led.start()):
            continue
        unit = _unit(text, place - 1)
        if unit is None or unit.kind not in ("measure", "money"):
            continue
        half = pattern("article_numbers", "and a half").match(text, unit.edge)
        end = unit.edge if half is None else half.end()
        if pattern("article_numbers", "plain behind").match(text, end):
            value = Decimal(1) if half is None else Decimal("1.5")
            yield _mention_of_one(text, led.start(), end, value, unit)


def _unit(text: str, end: int) -> Unit | None:
    money = money_behind(text, end, digits=False)
    return unit_behind(text, end, digits=False) if money is None else money[0]


def _means_per(text: str, start: int) -> bool:
    """Whether what stands before the article makes it "per": a number, a unit, a currency, a price."""
    before = _BEFORE.search(text, max(0, start - 26), start)
    if before is None:
        return False
    word = before[1].lower().rstrip(",")
    if not word:
        return True
    if not word[-1].isalpha() or any(map(str.isdigit, word)):
        return True
    return word in _counted_words() or _RATE.search(text, max(0, start - 12), start) is not None


@cache
def _counted_words() -> frozenset[str]:
    """Words behind which "a" means "per": number words, units, currencies and shares."""
    words = {"times", "percent", "cent", "half", "quarter", "third", "points", "point", *number_words()}
    for topic in ("units", "currencies"):
        words.update(word.split()[-1] for row in load(topic) for word in row["words"])
    return frozenset(words)


def _mention_of_one(text: str, start: int, end: int, value: Decimal, unit: Unit) -> Mention:
    found = qualifier_before(text, start) or qualifier_behind(text, end)
    limits = Interval(value, value)
    if found is not None:
        limits = admitted(value, found.row["low"], found.row["high"], whole=False)
    return Mention(
        start=start, end=end, text=text[start:end], kind=unit.kind, value=value, low=limits.low,
        high=limits.high, comparator="eq" if found is None else found.comparator, unit=unit.name,
        rule="unit.article", qualifier=None if found is None else found.span,
    )  # fmt: skip


# ----------------------------------------------------------------------------------------------------
# Text to quantity mentions: how many, how much, and what only looks like it.
#
# A quantity is put together in steps: the numeral (`numerals`); what stands at it, the words that qualify
# it and the noun it counts (`units`); two of them as a range. What says which and not how many
# (`not_quantities`) stays as a mention with its reason.

_LABELS = ("reference number", "document number", "address", "name")


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
    return _without_models(_without_overlaps(map(_countable, mentions)))


def _countable(m: Mention) -> Mention:
    """The mention, without a value where that is beyond exact arithmetic: "5e400 civilians" is no figure."""
    if all(map(countable, (m.value, m.low, m.high))):
        return m
    return replace(
        m, value=None, low=None, high=None, comparator="eq", status="not_claim", rule="number.beyond",
        reason="too large or too small to count with",
    )  # fmt: skip


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
    numbers = places_between(places.numbers, stretch.start, stretch.end)
    if numbers:
        yield from _numbers(text, stretch, numbers)
    vague = places_between(places.vague, stretch.start, stretch.end)
    if vague:
        for word in find_vague(text, stretch.start, stretch.end, vague):
            yield _vague_mention(text, word)
    units = places_between(places.units, stretch.start, stretch.end)
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
        start=quantity.start, end=quantity.end, text=text[quantity.start : quantity.end], kind=atom.kind,
        value=value, low=limits.low, high=limits.high, comparator=comparator, unit=atom.unit, noun=noun,
        status="not_claim" if atom.reason else "unresolved", reason=atom.reason, rule=quantity.rule,
        qualifier=None if qualifier is None or quantity.lent else qualifier.span,
    )  # fmt: skip


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
    exact = vague.row["low"] == vague.row["high"]  # "twice"
    return Mention(
        start=span.start, end=span.end, text=text[span.start : span.end],
        kind="number" if unit is None else unit.kind, value=low if exact else None, low=low, high=high,
        comparator="eq" if exact else "vague", unit=None if unit is None else unit.name,
        noun=vague.row.get("counts") or (counted_noun(text, span.end) if unit is None else None),
        rule=f"vague.{vague.row.id}", qualifier=None if qualifier is None else qualifier.span,
    )  # fmt: skip
