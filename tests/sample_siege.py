"""The sample letter on the siege: its claims with their verdicts, written by hand."""

# fmt: off: a row of evidence stays a row
from __future__ import annotations

from claimcheck.model import Link
from tests.sample_builder import Builder, figure, verdict


def siege(b: Builder) -> None:
    during = b.when("During the talks", "2018-01-25", "2018-01-26", anchor="Geneva IX", relation="during")
    patients = b.number(
        "765", value="765", noun="patient", kind="number", status="claim", rule="numbers.digits"
    )
    b.claim(
        "refusing to allow medical access to 765 desperate patients",
        quantity=patients,
        time=during,
        measure="patients needing medical evacuation",
        place=Link("Eastern Ghouta", "places:P002"),
        verdict=verdict(
            "conflicting_evidence",
            "sources_disagree",
            "765 lies between 500 and at least 766, the figures of three sources for late January.",
            figure(
                "F012", "refutes", "SY24 (medical sources)", "more than 765 is at least 766 > 765",
                low="766", as_of="2018-01/2018-03", confidence="recalled",
            ),
            figure("F010", "refutes", "SARC, per Enab Baladi", "502 < 765", best="502", as_of="2018-01-25"),
            figure(
                "F011", "refutes", "United Nations, per The New Arab", "500 < 765", best="500", low="495",
                high="505", as_of="2018-01-27",
            ),
            figure(
                "F007", "neutral", "SAMS", "26 December lies more than 31 days before", best="641",
                as_of="2017-12-26", url="javascript:alert(1)",
            ),
        ),
    )
    on_day = b.when("on 25 January", "2018-01-25", "2018-01-25", inferred=("year",))
    b.claim(
        "Hadieh – a 50-year old cancer patient – became",
        kind="event",
        measure="death",
        time=on_day,
        subject=Link("Hadieh"),
        verdict=verdict(
            "supported",
            "exact",
            "Hadieh Khalil Rihan died on 25 January 2018, the day that the letter gives.",
            figure(
                "E052", "supports", "Enab Baladi", "25 January is 25 January", table="events",
                name="Death of Hadieh Khalil Rihan", day="2018-01-25",
            ),
        ),
    )
    b.number(
        "50-year old", value="50", unit="year", kind="age", status="unresolved",
        reason="no measure for an age", rule="numbers.age",
    )
    rank = b.number(
        "21st", value="21", kind="ordinal", noun="civilian", cumulative=True, status="claim",
        rule="numbers.ordinal",
    )
    deaths = (
        ("F030", "14", "Al Jazeera", "2018-01-08"),
        ("F036", "18", "Enab Baladi", "2018-01-25"),
        ("F035", "19", "SAMS", "2018-01-24"),
        ("F037", "22", "Save the Children", "2018-01-26"),
    )
    b.claim(
        "became the 21st civilian to die because of Assad's siege",
        kind="rank",
        quantity=rank,
        time=on_day,
        measure="deaths of patients awaiting evacuation",
        place=Link("Eastern Ghouta", "places:P002"),
        verdict=verdict(
            "conflicting_evidence",
            "sources_disagree",
            "21 lies between 18 and 22, the totals around that day.",
            *(
                figure(
                    row, "neutral" if value == "14" else "refutes", source,
                    "an earlier total bounds from below" if value == "14" else f"{value} is not 21",
                    best=value, as_of=as_of,
                )
                for row, value, source, as_of in deaths
            ),
        ),
    )
