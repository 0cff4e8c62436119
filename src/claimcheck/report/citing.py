"""The rows that an explanation names, as links to the lines of the table that show them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from claimcheck.model import Evidence


def row_anchor(anchor: str, number: int) -> str:
    """The id of a row's line in the table of the claim `anchor`."""
    return f"{anchor}-r{number}"


def cited(text: str, rows: Sequence[Evidence], anchor: str, shown: Callable[[str], str]) -> Markup:
    """The text with "(figures F012)" as a link to that row's line; `shown` writes the rest for a page."""
    lines = {f"{row.table} {row.row_id}": row_anchor(anchor, n) for n, row in enumerate(rows, 1)}
    out, at = [], 0
    for match in _naming(lines).finditer(text) if lines else ():
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


def _naming(keys: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<=\()({_either(keys)})(?=[;)])")


def _either(keys: Iterable[str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
