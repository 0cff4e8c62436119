"""Who has held which office since when, where a row's name says who holds it.

"António Guterres is UN Secretary-General" is such a name; "Guterres, Secretary-General since 2017" and
"Guterres took office as Secretary-General in 2017" say so too. Only what stands right before the date counts,
and the day is the first one of the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claimcheck.linking.happening import Happening
from claimcheck.linking.words import any_of, words_of
from claimcheck.model import Claim, Document, ReferenceRow, Span

_NAME = re.compile(r"((?:[^\W\d_][\w’'.-]*\s){1,4})is\s(?:the\s)?([A-Z].+)")
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Judge|General|President|Ambassador)\.?\s+)?"
_NEAR = 220
"""Characters before a date within which the holder of an office must be named."""
_SHORT = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class _Office:
    row: ReferenceRow
    held: re.Pattern[str]  # right before a date that says since when
    taken: re.Pattern[str]  # right before a date that says when


class Offices:
    """The offices that events are named for, to be found before a date."""

    def __init__(self, rows: Iterable[ReferenceRow]) -> None:
        self._offices: list[tuple[str, _Office]] = []
        for row in rows:
            found = _NAME.fullmatch(row.name or "")
            if found is not None:
                self._offices.append(_office(row, found[1].split(), found[2]))

    def of(self, claim: Claim, document: Document) -> list[Happening]:
        """The terms of office whose first day a claim dates."""
        time, text = claim.time, document.text
        if not self._offices or time is None or time.start is None:
            return []
        low = max(claim.context.start, time.start - _NEAR)
        lead = text[low : time.start]
        out = []
        for surname, office in self._offices:
            pattern = office.held if time.relation == "since" else office.taken
            if surname in lead and pattern.search(lead) is not None:
                span = Span(claim.start, claim.end)
                out.append(Happening(office.row, "name", span, alone=True, phase="begin"))
        return out


def _office(row: ReferenceRow, person: list[str], office: str) -> tuple[str, _Office]:
    surname = person[-1]
    small = [w for w in person[1:-1] if w.islower()]  # "de Mistura"
    surname_at = rf"{' '.join(small)}\s+{surname}" if small else surname
    who = rf"(?:{_TITLE}{re.escape(person[0])}\s+(?:[\w.-]+\s+){{0,2}})?{_TITLE}{surname_at}"
    what = rf"(?:(?:{any_of('ordinals of office')})\s+)?{_words(office)}"
    apart = r"(?:,[^.;:]{1,120},)?"
    lead = rf"{who}{apart}\s+(?:{any_of('takes office')})\s+(?:the\s+)?{what}"
    bare = rf"{who},\s+(?:the\s+)?{what},\s+(?:{any_of('took office')})"
    held = rf"{who}(?:{apart}\s+(?:{any_of('holds office')})|,)\s+(?:the\s+)?{what}"
    since = r"\s+(?:since\s+)?(?:the\s+)?\Z"
    at = r"\s+(?:(?:on|in|from)\s+)?(?:the\s+)?\Z"
    taken = re.compile(rf"\b(?:{lead}|{bare}){at}", re.IGNORECASE)
    return surname, _Office(row, re.compile(rf"\b{held}{since}", re.IGNORECASE), taken)


def _words(office: str) -> str:
    """The words of an office, its short names ("UN") and what hangs on it ("for Syria") not needed."""
    head, _, rest = office.partition(" for ")
    words = [rf"(?:{_long(w)}\s+)?" if _SHORT.fullmatch(w) else rf"{re.escape(w)}\s+" for w in head.split()]
    shorts = [w for w in head.split() if _SHORT.fullmatch(w)]
    body = "".join(words).removesuffix(r"\s+")
    body += "".join(rf"(?:\s+of\s+the\s+{_long(w)})?" for w in shorts)
    return body + (rf"(?:\s+(?:for|to)\s+(?:the\s+)?{re.escape(rest)})?" if rest else "")


@cache
def _long(short: str) -> str:
    from_table = [p.split(" ", 1)[1] for p in words_of("written_out") if p.split(" ", 1)[0] == short]
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in (short, *from_table)) + ")"
