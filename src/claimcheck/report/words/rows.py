"""Why a row supports or refutes a claim, in few words; the rows that an explanation names, as links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from claimcheck.model import COMPUTED, PART, Claim, Evidence, Interval, Period, plain
from claimcheck.report.words.values import days_opened, evidence_numbers, interval_words, opened, period_words

_LAST_BRACKET = re.compile(r"\(([^()]*)\)\Z")


def why(claim: Claim, row: Evidence) -> str:
    """ "572 is less than the 765 claimed". Where figures and days do not say it, the verdict's own note.

    A count or a sum over rows keeps its note beside, since that says what was added up.
    """
    if row.name in (COMPUTED, PART):
        return opened(row.note)
    if claim.comparison is not None and row.sql is None:
        return ""  # an operand: its figure, days and source say all
    words = _numbers(claim, row) or _days(claim, row)
    if not words or row.relation == "neutral":
        return _remark(row) or words or row.note
    return f"{words}. {_added_up(row)}".removesuffix(". ") if row.sql else words


def _added_up(row: Evidence) -> str:
    """What a count or a sum is over, as its note says behind the figures."""
    found = _LAST_BRACKET.search(row.note)
    return opened(days_opened(found.group(1) if found else row.note))


def _numbers(claim: Claim, row: Evidence) -> str:
    says, claimed = _says(row), claim.interval
    if says is None or claimed is None or (claimed.low is None and claimed.high is None):
        return ""
    figure, admits = evidence_numbers(row), interval_words(claimed)
    fits = row.relation == "supports"
    if not fits and claimed.low is not None and says.high is not None and says.high < claimed.low:
        return f"{figure} is less than claimed ({admits})"
    if not fits and claimed.high is not None and says.low is not None and says.low > claimed.high:
        return f"{figure} is more than claimed ({admits})"
    closed = says.low is not None and says.high is not None
    ranged = closed and says.low != says.high
    if fits and row.best is not None and ranged and not _within(says, claimed):
        return f"{plain(row.best)}, the best of {figure.partition(', best')[0]}, fits the claim ({admits})"
    if fits:
        return f"{figure} fits the claim ({admits})"
    return f"{figure} leaves open whether it was {admits}" if row.relation == "neutral" else ""


def _within(says: Interval, claimed: Interval) -> bool:
    """Whether every value that a row admits is one that the claim admits."""
    below = claimed.low is not None and (says.low is None or says.low < claimed.low)
    return not below and not (claimed.high is not None and (says.high is None or says.high > claimed.high))


def _says(row: Evidence) -> Interval | None:
    if row.low is None and row.best is None and row.high is None:
        return None
    if row.low is None and row.high is None:
        return Interval(row.best, row.best)
    return Interval(row.low, row.high)


def _days(claim: Claim, row: Evidence) -> str:
    """For rows without a figure: whether their days are those that the claim gives."""
    period = claim.time.period if claim.time else None
    if period is None or _says(row) is not None or (row.date_start is None and row.date_end is None):
        return ""
    own = Period(row.date_start, row.date_end)
    if row.relation == "supports" and own.meets(period):
        return f"{_happened(own)}, which fits the claim ({period_words(period)})"
    if row.relation == "refutes" and not own.meets(period):
        return f"{_happened(own)}, not {period_words(period)}"
    return ""


def _happened(period: Period) -> str:
    return f"It happened {period_words(period)}"


def _remark(row: Evidence) -> str:
    """What the verdict's note adds to the row's figures: "more than 31 days away from 25 January 2018"."""
    _, found, rest = row.note.partition(f"({row.table} {row.row_id}; ")
    return rest.removesuffix(")") if found else ""


def cited(text: str, rows: Sequence[Evidence], anchor: str, shown: Callable[[str], str]) -> Markup:
    """The text with "(figures F012)" as a link to that row's line; `shown` writes the rest for a page."""
    lines = {f"{row.table} {row.row_id}": f"{anchor}-r{n}" for n, row in enumerate(rows, 1)}
    out, at = [], 0
    for match in re.finditer(rf"(?<=\()({_either(lines)})(?=[;)])", text) if lines else ():
        key = match.group(1)
        row_id = key.split(" ", 1)[1]
        out.append(shown(text[at : match.start(1)]))
        out.append(f'<a class="cite" href="#{lines[key]}">{escape(row_id)}</a>')
        at = match.end(1)
    return Markup("".join([*out, shown(text[at:])]))


def without_keys(text: str, rows: Sequence[Evidence]) -> str:
    """The text without the keys of rows, for a line that stands far from their table."""
    keys = {f"{row.table} {row.row_id}" for row in rows}
    return re.sub(rf" \((?:{_either(keys)})(?:; ([^()]*))?\)", _kept, text) if keys else text


def without_rows_of(text: str, tables: Iterable[str]) -> str:
    """The text without the keys of any row of these tables, where the rows themselves are not at hand."""
    named = _either(tables)
    return re.sub(rf" \((?:{named}) [^\s();]{{1,80}}(?:; ([^()]*))?\)", _kept, text) if named else text


def _kept(match: re.Match[str]) -> str:
    return f" ({match.group(1)})" if match.group(1) else ""


def _either(keys: Iterable[str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
