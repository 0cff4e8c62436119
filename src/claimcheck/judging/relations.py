"""What one reference row says to one claim: supports, refutes, or neither. Pure.

C is what the claim admits. A number supports when the row's `best` lies in C, or its low..high does; it
refutes when low..high, with the precision of its digits, misses C. Whether the row speaks of the claim's
time depends on how its measure behaves (flow, stock, cumulative, constant).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from typing import Literal

from claimcheck import lexicon
from claimcheck.judging.moments import began_alike, may_have_grown, settings
from claimcheck.judging.spoken import spoken_period
from claimcheck.model import Claim, Interval, Period, ReferenceRow, Relation
from claimcheck.wording.clauses import words_of

How = Literal["about", "name", "number", "kind", "measure"]
PlaceMatch = Literal["same", "inside", "contains", "mismatch", "unstated", "row_silent", "none"]
ActorMatch = Literal["same", "mismatch", "doubtful", "row_only", "claim_only", "none"]
Fit = Literal["at", "reached", "undated", "ending", "before", "after", "unclear", "apart", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A reference row that may decide a claim, and how the two were linked.

    `how`: the row that the document says it is about; a name or alias; a series with its number; a kind of
    happening with its place; a measure. `place`: the row's place is the claim's, lies `inside` it, `contains`
    it, contradicts it, is `unstated` by the claim, the claim says where and the row does not (`row_silent`),
    or neither does. `actor`: whose deed it was, `row_only` where only the row says, `claim_only` where only
    the claim does (the row is about all deeds), `doubtful` where two names may or may not be one. `unique`
    says that no other row links to the claim in this way, and of a sum or a count that what it adds up is
    what the text tells of.
    `by_speaker` marks the figure of the source to which the text attributes the claim. `dated` is False where
    the claim's date is not the date of the row's happening. `phase` is the word that says of which day of the
    happening the date is, where that is not the claim's predicate ("the opening of the talks on D").
    `named`: the claim tells of the very incident of the row, and not only of its place and time.
    `joined`: one of several that the clause names together.
    `before`: the row's figure of the period before, if the text says it moved otherwise. `of_part`: the row
    counts a part of those whom the claim counts, and is only held against the rows of all."""

    row: ReferenceRow
    how: How = "measure"
    place: PlaceMatch = "none"
    actor: ActorMatch = "none"
    unique: bool = True
    by_speaker: bool = False
    dated: bool = True
    phase: str | None = None
    named: bool = False
    joined: bool = False
    before: str | None = None
    of_part: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a candidate says to a claim; `note` says why in words, `fit` how its time meets the claim's."""

    candidate: Candidate
    relation: Relation
    note: str = ""
    fit: Fit = "at"
    reason: str = ""

    @property
    def row(self) -> ReferenceRow:
        """The candidate's row."""
        return self.candidate.row


@cache
def precision_cap() -> Decimal:
    """The largest share of a number that its trailing zeros may admit."""
    return next(Decimal(row["share"]) for row in lexicon.load("judging") if row.id == "precision_cap")


@cache
def phase_words(phase: Literal["begins", "ends", "goes_on", "stands"]) -> frozenset[str]:
    """Lemmas that speak of the first (last) day of a happening, or of days in its midst."""
    return next(frozenset(row["words"]) for row in lexicon.load("judging") if row.id == phase)


# --- numbers -----------------------------------------------------------------------------------------


def half_unit(value: Decimal) -> Decimal:
    """How far the digits of `value` leave it open: half a unit of the last significant digit of a whole
    number of four digits or more that ends in zeros, at most a tenth of it; else nothing."""
    if value != value.to_integral_value() or abs(value) < 1000 or value % 10 != 0:
        return Decimal(0)
    digits = str(abs(int(value)))
    unit = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    return min(unit / 2, abs(value) * precision_cap())


def stated(row: ReferenceRow) -> Interval:
    """low..high as the row says it; `best` alone stands for both."""
    if row.low is None and row.high is None:
        return Interval(row.best, row.best)
    return Interval(row.low, row.high)


def admitted(interval: Interval) -> Interval:
    """The interval with the precision of its own digits."""
    low, high = interval.low, interval.high
    under = Decimal(0) if low is None else half_unit(low)
    over = Decimal(0) if high is None else half_unit(high)
    if not under and not over:
        return interval
    return Interval(None if low is None else low - under, None if high is None else high + over)


def has_number(row: ReferenceRow) -> bool:
    """Whether the row states any number."""
    return not (row.low is None and row.best is None and row.high is None)


def _as_coarse(row: ReferenceRow, claim: Interval) -> ReferenceRow:
    """The row rounded to the decimals of an exact claim that gives fewer: "1.9 %" says 1.8858."""
    if claim.low is None or claim.low != claim.high:
        return row
    least = min(0, _exponent(claim.low))
    numbers = (row.low, row.best, row.high)
    if not any(n is not None and _exponent(n) < least for n in numbers):
        return row
    unit = Decimal(1).scaleb(least)
    low, best, high = (None if n is None else n.quantize(unit, ROUND_HALF_UP) for n in numbers)
    return replace(row, low=low, best=best, high=high)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def number_relation(claim: Interval, row: ReferenceRow, fit: Fit = "at") -> Relation:
    """How the row's number meets the claim's interval; an earlier total bounds from below, a later one
    from above. The number of a period that ends on the day by which the claim counts is `reached`: it
    supports ("by the 29th, 29 had been evacuated") and refutes nothing, for more may have been before; a
    total of a month on whose last day the claim ends is `ending`. Other times than `at` decide nothing."""
    if not has_number(row) or fit in ("unclear", "apart", "unknown"):
        return "neutral"
    says = stated(row := _as_coarse(row, claim))
    if fit == "reached":
        exact = row.best is not None and claim.contains(row.best) and claim.high is not None
        return "supports" if exact or number_relation(claim, row, "before") == "supports" else "neutral"
    if fit in ("undated", "ending") and number_relation(claim, row) == "supports":
        return "supports"
    if fit == "undated":
        return "neutral"
    if fit in ("ending", "before"):
        says = Interval(says.low if says.low is not None else row.best, None)
    elif fit == "after":
        says = Interval(None, says.high)
    at_most = admitted(says)
    if at_most.below(claim) or claim.below(at_most):
        return "refutes"
    best_lies_in = fit == "at" and row.best is not None and claim.contains(row.best)
    bounded = says.low is not None or says.high is not None
    return "supports" if best_lies_in or (bounded and claim.covers(says)) else "neutral"


def aggregate_relation(claim: Interval, row: ReferenceRow) -> Relation:
    """A count or sum over a table: an incomplete one supports what it holds, and refutes only by holding more
    than the claim admits, never by what it does not hold. So it supports no "fewer than 100" alone."""
    relation = number_relation(claim, row)
    if row.complete:
        return relation
    if relation == "supports" and not claim.low and claim.high:
        return "neutral"
    if relation != "refutes":
        return relation
    low = stated(row).low if stated(row).low is not None else row.best
    above = claim.high is not None and low is not None and low - half_unit(low) > claim.high
    return "refutes" if above else "neutral"


# --- the time of a figure ----------------------------------------------------------------------------


def own_period(claim: Claim) -> Period | None:
    """The claim's time where the text states one, None where it is only the document's."""
    return None if claim.time is None or claim.time.basis == "document" else claim.time.period


def is_dated(claim: Claim) -> bool:
    """Whether the claim's own clause or sentence says when."""
    own = own_period(claim) is not None
    return own and claim.time is not None and claim.time.basis in ("clause", "sentence")


def moment(row: ReferenceRow) -> Period | None:
    """When a total or a stock holds: the end of its period, else its `as_of`."""
    return row.last if row.last is not None else row.as_of


def time_fit(
    claim: Claim, row: ReferenceRow, published: date | None, start: Period | None
) -> tuple[Fit, str]:
    """How the row's time meets the claim's, and why. `published` is the document's date, `start` the day
    from which most rows of the measure count."""
    kind = behaviour(row)
    if kind == "flow":
        return _flow_fit(claim, row)
    if kind == "stock":
        return _stock_fit(claim, row, published)
    if kind == "cumulative":
        return _total_fit(claim, row, published, start)
    return _constant_fit(claim, row, published)


def _constant_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    """A constant holds at any time; one that the table dates is that of a single happening, and answers no
    claim that says another time for its own ("300 delegates met in May"). One without any date
    refutes nothing that is said of earlier times ("in 1948 the population was 800,000"), nor of a part of
    the year up to now, whose own number it may be ("two people were killed on Friday")."""
    period = own_period(claim)
    if period is None:
        return "at", ""
    if row.period is None:
        if row.as_of is not None or published is None:
            return "at", ""
        now = Period(Period.day(published).widened(366).start, None)
        lately = period.meets(now) and settings()["as_of_coarsest"] < (period.days or 0) <= 366
        return ("at", "") if lately else ("undated", "does not say of when it is")
    if not is_dated(claim):
        return "at", ""
    of_days = period.days == 1 and (row.period.days or 0) <= settings()["same_happening"]
    window = settings()["dated_constant" if of_days and row.period.days else "as_of_window"]
    if period.meets(row.period.widened(window)):
        return "at", ""
    return "apart", f"is about {spoken_period(row.period)}, not {spoken_period(period)}"


def behaviour(row: ReferenceRow) -> str:
    """How what a row measures behaves over time: what its package says, else by whether it has a period."""
    if row.measure_type:
        return row.measure_type
    if row.first is not None:
        return "flow"
    return "constant" if row.as_of is None else "stock"


def _flow_fit(claim: Claim, row: ReferenceRow) -> tuple[Fit, str]:
    period = own_period(claim)
    if period is None:
        return "unknown", "the claim states no period"
    counted = row.period
    if counted is None:
        return "unknown", "the row states no whole period"
    if counted == period or _is_named_alike(claim, counted):
        return "at", ""
    if (
        claim.time is not None
        and claim.time.relation == "by"
        and len(claim.time.timex or "") == _DAY  # "by May 200 had died" counts from nobody knows when
        and row.last == Period.day(period.end or date.max)
    ):
        return "reached", f"counts {spoken_period(counted)}"
    if claim.time is not None and claim.time.relation == "since" and began_alike(period, counted):
        return "reached", f"counts {spoken_period(counted)}"
    if period.covers(counted):
        return "apart", f"covers only {spoken_period(counted)}, not all of {spoken_period(period)}"
    return "apart", f"is about {spoken_period(counted)}, not {spoken_period(period)}"


def _stock_fit(claim: Claim, row: ReferenceRow, published: date | None) -> tuple[Fit, str]:
    window = settings()["as_of_window"]
    period = _moment_claimed(claim) or (None if published is None else Period.day(published))
    as_of = row.as_of or row.last
    if period is None or as_of is None:
        return "unknown", "no date to compare"
    if (as_of.days or _LONGER) > settings()["as_of_coarsest"] and _is_named_alike(claim, as_of):
        return "at", ""
    for days, what in ((as_of, "its date"), (period, "the claim's time")):
        if days.days is None or days.days > settings()["as_of_coarsest"]:
            return "unknown", f"{what}, {spoken_period(days)}, is coarser than a quarter"
    if row.first is not None and _is_within(claim) and (period.days or 0) > 1 and row.first.before(period):
        return "apart", f"counts from {spoken_period(row.first)} on already"
    if as_of.meets(period.widened(window)):
        return ("after" if own_period(claim) and may_have_grown(claim, period, row) else "at"), ""
    return "apart", f"more than {window} days away from {spoken_period(period)}"


def _is_named_alike(claim: Claim, period: Period) -> bool:
    """Whether a claim says the very months or year of a row: "31 % in 2019", "in the school year 2018/19" of
    September 2018 to July 2019."""
    own = own_period(claim)
    if own is None or claim.time is None or (period.days or _LONGER) > _YEAR or period.start is None:
        return False
    first, _, second = (claim.time.timex or "").partition("/")
    years = [str(d.year) for d in (period.start, period.end) if d is not None]
    split = len(second) == len("2018") and [first, second] == years and first != second
    return claim.time.relation in ("in", "on", "during", "from_to", None) and (own == period or split)


_YEAR = 366
_LONGER = _YEAR + 1


def _total_fit(
    claim: Claim, row: ReferenceRow, published: date | None, start: Period | None
) -> tuple[Fit, str]:
    window, at = _total_window(claim, published), moment(row)
    if window is None or at is None:
        return "unknown", "no date to compare"
    if at.before(window):
        fit: Fit = "before"
    elif window.before(at):
        fit = "after"
    else:
        within: Fit = "ending" if window.end == at.end else "undated"  # one day of it may be the claim's
        within = within if (at.days or 366) <= settings()["as_of_window"] else "unclear"
        fit = "at" if window.covers(at) else within
    if row.revised and fit in ("before", "after"):
        return "apart", "is corrected at times, and says nothing of other days"
    if row.revised and fit == "ending":
        fit = "undated"
    if _is_within_vague_end(claim, at):
        return "unclear", "may be of a later day than the claim"
    return _same_start(claim, row, start, fit)


def _moment_claimed(claim: Claim) -> Period | None:
    """The days at which a claim says that something stood so: of "by 9 January" and "since May" the last."""
    period = own_period(claim)
    if period is None or claim.time is None or claim.time.relation not in ("since", "by", "until", "before"):
        return period
    return None if period.end is None else Period.day(period.end)


def _total_window(claim: Claim, published: date | None) -> Period | None:
    """The days at which a running total is claimed. A text that does not say when speaks of the latest
    figures: the days before it, as far as a stock's window reaches."""
    period = _moment_claimed(claim)
    if period is None:
        period = None if published is None else Period.day(published)
    if period is None or is_dated(claim):
        return period
    return Period(period.widened(settings()["as_of_window"]).start, period.end)


def _is_within_vague_end(claim: Claim, at: Period) -> bool:
    """Whether a total lies within the days that "by mid-January" leaves open."""
    if claim.time is None or claim.time.relation != "by" or claim.time.date_end is None:
        return False
    written = timex_period(claim.time.timex)
    return written is not None and written.end != claim.time.date_end and written.meets(at)


def _is_within(claim: Claim) -> bool:
    """Whether a claim counts what happened within a period of its own ("14 were killed on 13 October")."""
    if claim.kind != "quantity" or claim.time is None or not is_dated(claim):
        return False
    subject = (claim.subject.text if claim.subject is not None else "").split()[-1:]
    told = {claim.predicate or "", *(word.lower() for word in subject)}
    said = words_of(claim)
    brought = told & phase_words("brings") and phase_words("totals") & said
    if brought or (told & phase_words("stands") and "alone" not in said):
        return False  # "the toll stood at 14 on 13 October", "a death on 13 October brought the toll to 14"
    days = None if claim.time.period is None else claim.time.period.days
    return claim.time.relation in (("on",) if days == 1 else ("in", "on", "during", "from_to"))


def _same_start(claim: Claim, row: ReferenceRow, start: Period | None, fit: Fit) -> tuple[Fit, str]:
    """A total that counts from a later day than the claim bounds it from below only; one that counts from
    an earlier day bounds nothing, nor does one without a first day bound what happened within a period."""
    within = _is_within(claim)
    explicit = within or (claim.time is not None and claim.time.relation in ("since", "from_to"))
    if explicit and row.first is None:
        return "unclear", "says not from when it counts"
    if explicit and claim.time is not None and claim.time.date_start is not None:
        written = (claim.time.timex or "").split("/", 1)[0]  # "2012-12/2018-04": some day of December 2012
        start = timex_period(written) or Period.day(claim.time.date_start)
    if start is None or row.first is None or row.first.meets(start):
        return fit, ""
    if start.before(row.first):
        note = f"counts only from {spoken_period(row.first)} on"
        return ("before", note) if fit in ("before", "at") else ("unclear", note)
    return ("apart", f"counts from {spoken_period(row.first)} on already") if explicit else (fit, "")


_DAY = len("2018-01-31")
_TIMEX = {4: "dddd", 7: "dddd-dd", _DAY: "dddd-dd-dd"}
"""How a plain year, month and day are written, by their length."""


@lru_cache(maxsize=1 << 12)
def timex_period(timex: str | None) -> Period | None:
    """The days of a plain TIMEX3 year, month or day, else None."""
    said = timex or ""
    if "".join("d" if c.isdecimal() and c.isascii() else c for c in said) != _TIMEX.get(len(said)):
        return None
    year, month, day = (*map(int, said.split("-")), None, None)[:3]
    try:
        if not year or month is None:
            return Period(date(year or 0, 1, 1), date(year or 0, 12, 31))
        if day is None:
            return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return Period.day(date(year, month, day))
    except ValueError:
        return None
