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

from claimcheck.dates.event_words import keys_of
from claimcheck.linking.mentioned_event import MentionedEvent
from claimcheck.linking.words import any_of, words_of
from claimcheck.model import Claim, Document, ReferenceRow, Span

_NAME = re.compile(r"((?:[^\W\d_][\w’'.-]*\s){1,4})is\s(?:the\s)?([A-Za-z].+)")
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Judge|General|President|Ambassador)\.?\s+)?"
_NEAR = 220
"""Characters before a date within which the holder of an office must be named."""
_OPENS = re.compile(r"\W*(?:(?:on|in|since|from|by)\s+)?(?:the\s+)?", re.IGNORECASE)
_UP_TO_DATE = re.compile(r"\s+(?:(?:on|in|from|since)\s+)?(?:the\s+)?", re.IGNORECASE)
_ENDS = re.compile(r"\s*(?:[.,;:)]|(?:and|after|as|when|for)\b|\Z)")
_SHORT = re.compile(r"[A-Z]{2,5}")


@dataclass(frozen=True, slots=True)
class _Office:
    row: ReferenceRow
    held: re.Pattern[str]  # says who holds it
    taken: re.Pattern[str]  # says who took it


def holder_and_office(row: ReferenceRow) -> tuple[str, str] | None:
    """Who holds which office by a row's name ("Jane Roe is Governor"), None where it says no such thing."""
    found = _NAME.fullmatch(row.name or "")
    return None if found is None else (found[1], found[2])


class Offices:
    """The offices that events are named for, to be found before a date."""

    def __init__(self, rows: Iterable[ReferenceRow]) -> None:
        self._offices: list[tuple[str, _Office]] = []
        for row in rows:
            found = holder_and_office(row)
            if found is not None:
                self._offices.append(_office(row, found[0].split(), found[1]))

    def of(self, claim: Claim, document: Document) -> list[MentionedEvent]:
        """The terms of office whose first day a claim dates."""
        time, text = claim.time, document.text
        if not self._offices or time is None or time.start is None:
            return []
        low = max(claim.context.start, time.start - _NEAR)
        lead, behind = text[low : time.start], ""
        if time.end is not None and _OPENS.fullmatch(text, claim.context.start, time.start):
            behind = text[time.end : min(claim.context.end, time.end + _NEAR)]
        out = []
        for surname, office in self._offices:
            pattern = office.held if time.relation == "since" else office.taken
            told = pattern.search(lead) if surname in lead else None
            if told is not None and _UP_TO_DATE.fullmatch(lead, told.end()) is None:
                told = None
            if told is None and surname in behind:
                told = _fronted(pattern, behind)
            if told is not None:
                span = Span(claim.start, claim.end)
                other = _misnumbers(told.group(), office.row)
                happening = MentionedEvent(
                    office.row, "name", span, alone=True, phase="begin", misnumbered=other
                )
                out.append(happening)
        return out


def _fronted(pattern: re.Pattern[str], behind: str) -> re.Match[str] | None:
    """What follows a date that opens the sentence: "In May 2017, Guterres became Secretary-General"; not
    where more words tell of which of them he is ("the first Secretary-General from Portugal")."""
    found = pattern.match(behind, len(behind) - len(behind.lstrip(" ,")))
    return None if found is None or _ENDS.match(behind, found.end()) is None else found


def _misnumbers(told: str, row: ReferenceRow) -> bool:
    """Whether a text says which in a series somebody is, and the row says another."""
    said = next((key for key in keys_of(told) if key.startswith("#")), None)
    return said is not None and row.number is not None and said != f"#{row.number}"


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
    taken = re.compile(rf"\b(?:{lead}|{bare})(?![\w-])", re.IGNORECASE)
    return surname, _Office(row, re.compile(rf"\b{held}(?![\w-])", re.IGNORECASE), taken)


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
