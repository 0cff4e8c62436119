"""A document that attacks through every field that a report prints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claimcheck.model import CheckedDocument, ClaimTime, Document, Evidence, Finding, Link
from tests.sample_builder import Builder, verdict

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}</style>\u202egnp.exe\u200b\x00\ud800'


def hostile() -> CheckedDocument:
    """A document that attacks through every field."""
    text = f"{EVIL} 12 people\n\n= {EVIL}\n"
    document = Document(
        id=f"../{EVIL}", text=text, date=date(2018, 1, 1), title=EVIL, author=EVIL, publisher=EVIL,
        address=EVIL, date_origin=EVIL,
    )  # fmt: skip
    b = Builder(document)
    number = b.number("12", value="12", noun=EVIL, kind="number", unit=EVIL, reason=EVIL)
    time = ClaimTime(
        start=None, end=None, timex=EVIL, date_start=date(2018, 1, 1), date_end=None, anchor=EVIL,
        inferred=(EVIL,),
    )  # fmt: skip
    link = Link(EVIL, EVIL)
    row = Evidence(
        table=EVIL, row_id=EVIL, source_id=EVIL, relation="refutes", low=Decimal(3), as_of=EVIL, sql=EVIL,
        note=EVIL, name=EVIL, source=EVIL, url=f"javascript:{EVIL}", confidence=EVIL, own=True,
        date_start=date(2018, 1, 1),
    )  # fmt: skip
    b.claim(
        "12 people", quantity=number, time=time, measure=EVIL, place=link, actor=link, subject=link,
        speaker=link,
        verdict=verdict("refuted", EVIL, EVIL, row, replace(row, url="https://example.org/a", low=None)),
    )  # fmt: skip
    b.claim("=", quantity=None, asserted=False, hedge=EVIL)
    b.findings.append(Finding(kind=EVIL, start=0, end=9, text=EVIL, status="problem", explanation=EVIL))
    b.findings.append(Finding(kind=EVIL, start=0, end=9, text=EVIL, status="ok", explanation=EVIL))
    return b.checked()
