"""A series of figures over time as the overview shows it: the picture, and its lines as a table."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from claimcheck.model import Claim, Interval
from claimcheck.report.quoted_claims import Teller
from claimcheck.report.series import Point, series_picture
from claimcheck.report.svg import short_number
from claimcheck.report.words.values import interval_words, plain_figure, short_range
from claimcheck.store.overview import Line

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LABELLED = 3  # claims whose figures stand in the picture; more would run into one another


def series_view(series: Line, tell: Teller, ident: str) -> dict[str, Any]:
    """The series with the claims on it: the picture, and its lines as a table; `mark` of a line is its number
    or letter in the picture. `ident` must be unique in the page."""
    where = f", {series.place}" if series.place else ""
    title = f"{series.measure[:1].upper()}{series.measure[1:]}{where}"
    points: list[Point] = []
    rows: list[dict[str, Any]] = []
    for n, figure in enumerate(series.figures, 1):
        points.append(_figure_point(str(n), figure))
        rows.append(_figure_row(str(n), figure, _usual_unit(series)))
    for letter, (claim_id, key) in zip(_LETTERS, series.claims, strict=False):
        stated, claim = tell(claim_id, key), tell.claim(claim_id, key)
        if stated is None or claim is None:
            continue
        point = _claim_point(letter, claim, stated, tell.day(key), len(series.claims) <= _LABELLED)
        if point is not None:
            points.append(point)
        when = short_range(point.start, point.end) if point else "undated"
        value = interval_words(claim.interval) if claim.interval else ""
        row = {"mark": letter, "when": when, "value": value, "who": stated.document, "url": None}
        rows.append({**row, "link": stated.link, "standing": stated.standing, "remark": ""})
    picture = series_picture(f"{title}: figures over time, with the claims on them", points, ident)
    return {"title": title, "lead": _series_lead(series), "picture": picture, "rows": rows}


def _series_lead(series: Line) -> str:
    sources = len({figure.publisher or figure.source for figure in series.figures})
    said = len(series.claims) + series.claims_left
    words = (
        f"{len(series.figures)} figures from {sources} source{'' if sources == 1 else 's'}, "
        f"and {said:,} claim{'' if said == 1 else 's'} that met them."
    )
    if series.claims_left:
        words += f" {series.claims_left:,} of the claims are not drawn: the gravest come first."
    return words


def _usual_unit(series: Line) -> str | None:
    """What most figures count; the others say what they count."""
    units: Counter[str | None] = Counter(figure.unit for figure in series.figures)
    return units.most_common(1)[0][0]


def _figure_point(mark: str, figure: Line) -> Point:
    words = f"{_who(figure)} {_value(figure)}"
    low, high = figure.low, figure.high
    if low is None and high is None:
        low = high = figure.best
    return Point(mark, mark, words, "figure", figure.date_start, figure.date_end, low, high, figure.best)


def _figure_row(mark: str, figure: Line, usual: str | None) -> dict[str, Any]:
    when = short_range(figure.date_start, figure.date_end)
    remarks = [figure.unit if figure.unit != usual else None, figure.actor and f"by {figure.actor}"]
    if figure.confidence and figure.confidence != "seen":
        remarks.append(figure.confidence)
    remark = ", ".join(r for r in remarks if r)
    row = {"mark": mark, "when": when, "value": _value(figure), "who": _who(figure), "url": figure.url}
    return {**row, "link": None, "standing": None, "remark": remark}


def _who(figure: Line) -> str:
    """Who says it: the publisher, since titles are long."""
    who: str = figure.publisher or (figure.source or figure.row_key).rsplit(" · ", 1)[-1]
    return who


def _value(figure: Line) -> str:
    return plain_figure(figure.low, figure.best, figure.high)


def _short(interval: Interval) -> str:
    """An interval for a picture: "765", "≥ 901", "450–550"."""
    if interval.low is None or interval.high is None:
        end = interval.low if interval.high is None else interval.high
        return "" if end is None else f"{'≥' if interval.high is None else '≤'} {short_number(end)}"
    ends = dict.fromkeys((short_number(interval.low), short_number(interval.high)))
    return "–".join(ends)


def _claim_point(mark: str, claim: Claim, stated: Line, day: date | None, labelled: bool) -> Point | None:
    """A claim stands at its time, where it has one, else at its document's day; None without either.
    `labelled`: its figure stands beside its letter."""
    period = claim.time.period if claim.time else None
    start = (period.start or period.end) if period else day
    end = (period.end or period.start) if period else day
    interval = claim.interval
    if start is None or end is None or interval is None or (interval.low is None and interval.high is None):
        return None
    words = f"claim of “{stated.document}”, {interval_words(interval)}, {stated.standing.name.lower()}"
    best = claim.quantity.value if claim.quantity and interval.low == interval.high else None
    label = f"{mark} {_short(interval)}" if labelled else mark
    return Point(mark, label, words, stated.standing.key, start, end, interval.low, interval.high, best)
