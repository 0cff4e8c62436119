"""What leaves the house: ClaimReview, Web Annotations, review state in every report, and masked names."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from claimcheck.cli.app import app
from claimcheck.decisions import Decision, decide
from claimcheck.model import CheckedDocument, Claim
from claimcheck.report.annotations import render_annotations
from claimcheck.report.claimreview import House, render_claimreview
from claimcheck.report.masking import BLOCK, Mask, read_names
from claimcheck.report.render import EVERY_FORMAT, write_reports
from claimcheck.report.reviewed import reviews_of
from tests.review_case import build, journal
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter

LETTER = letter()
PATIENTS = next(c for c in LETTER.reading.claims if c.quantity and c.quantity.text == "765")
OTHERS = [c for c in LETTER.reading.claims if c.claim_id in LETTER.verdicts and c is not PATIENTS]


def decided(kind: str, claim: Claim = PATIENTS, reviewer: str = "Amal", **given: Any) -> Decision:
    made_on = LETTER.verdicts[claim.claim_id].verdict
    if kind == "confirm":
        given["verdict"] = made_on
    return decide(claim, LETTER.document.id, kind, reviewer, made_on=made_on, **given)  # type: ignore[arg-type]


def graph(*decisions: Decision, house: House | None = None) -> list[dict[str, Any]]:
    whole = json.loads(render_claimreview([LETTER], reviews_of([LETTER], decisions), house))
    assert whole["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = whole["@graph"]
    return found


# What schema.org's vocabulary knows of these types, as far as they are used, and what a property expects.
VOCABULARY = {
    "ClaimReview": {
        "claimReviewed", "itemReviewed", "reviewRating", "author", "datePublished", "url", "identifier",
        "reviewBody", "citation", "inLanguage",
    },
    "Claim": {"appearance", "author", "datePublished"},
    "CreativeWork": {"name", "identifier", "url", "datePublished", "publisher"},
    "Rating": {"alternateName"},
    "Person": {"name"},
    "Organization": {"name", "url"},
    "Thing": {"name"},
}  # fmt: skip


def unknown(value: Any) -> list[str]:
    """Types and properties that the vocabulary does not know."""
    if isinstance(value, list):
        return [name for inner in value for name in unknown(inner)]
    if not isinstance(value, dict):
        return []
    known = VOCABULARY.get(value.get("@type", ""), set())
    own = [f"{value.get('@type')}.{name}" for name in value if name != "@type" and name not in known]
    return own + [name for inner in value.values() for name in unknown(inner)]


def test_a_confirmed_claim_becomes_a_claim_review() -> None:
    [review] = graph(
        decided("confirm"), house=House("The Desk", "https://example.org", "https://example.org/r")
    )
    assert unknown(review) == []
    assert review["claimReviewed"] == PATIENTS.text
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Sources conflict"}
    assert review["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://example.org"}
    assert review["url"] == f"https://example.org/r#{PATIENTS.claim_id}"
    item = review["itemReviewed"]
    assert item["@type"] == "Claim"
    assert item["author"]["name"] == "Syrian Network for Human Rights"
    assert item["appearance"]["datePublished"] == "2018-01-31"
    assert len(review["datePublished"]) == 10


def test_without_settings_the_reviewers_sign() -> None:
    [review] = graph(decided("override", verdict="refuted"))
    assert review["author"] == {"@type": "Person", "name": "Amal"}
    assert review["reviewRating"]["alternateName"] == "Refuted"
    assert "url" not in review
    assert "reviewBody" not in review  # the tables' arithmetic would argue against the reviewer
    [both] = graph(decided("confirm"), decided("confirm", reviewer="Basma"))
    assert [a["name"] for a in both["author"]] == ["Amal", "Basma"]


@pytest.mark.parametrize(
    "decisions",
    [
        [],
        [decided("follow_up")],
        [decided("dismiss")],
        [decided("confirm"), decided("override", reviewer="Basma", verdict="refuted")],
        [replace(decided("confirm"), reading="0" * 16)],
    ],
)
def test_nothing_that_is_not_settled_is_published(decisions: list[Decision]) -> None:
    assert graph(*decisions) == []


def test_the_vocabulary_check_would_find_a_wrong_name() -> None:
    assert unknown({"@type": "ClaimReview", "verdict": 1, "author": {"@type": "Cat", "name": "x"}}) == [
        "ClaimReview.verdict",
        "Cat.name",
    ]


@pytest.mark.parametrize("checked", [LETTER, hostile()], ids=["letter", "hostile"])
def test_annotations_point_to_their_words(checked: CheckedDocument) -> None:
    decisions = [decided("confirm")]
    whole = json.loads(render_annotations(RUN, [checked], reviews_of([checked], decisions)))
    items = whole["first"]["items"]
    assert whole["type"] == "AnnotationCollection"
    assert whole["total"] == len(items) == len(checked.reading.claims)
    text = checked.document.text.encode("utf-8", "replace").decode()
    for item in items:
        assert item["type"] == "Annotation"
        position, quotation = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert quotation["exact"] == text[start:end]
        assert text[:start].endswith(quotation["prefix"])
        assert text[end:].startswith(quotation["suffix"])
        assert {body["type"] for body in item["body"]} == {"TextualBody"}
        assert not item["target"]["source"].startswith("javascript")
    comments = [b["value"] for i in items for b in i["body"] if b["purpose"] == "commenting"]
    assert len(comments) == (checked is LETTER)


def test_every_report_shows_the_review(tmp_path: Path) -> None:
    reviews = reviews_of([LETTER], [decided("override", verdict="refuted")])
    paths = write_reports(tmp_path, RUN, [LETTER], EVERY_FORMAT, reviews)
    assert len(paths) == 6
    for path in paths:
        words = "Refuted" if path.name == "claimreview.jsonld" else "Overridden by Amal"
        assert words in path.read_text(encoding="utf-8"), path.name


# --- masking ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hadieh died", "██████ died"),
        ("HADIEH’s daughter", "██████’s daughter"),
        ("Hadiehs and Mahadieh", "Hadiehs and Mahadieh"),
        ("Mona\nSaleh spoke", "██████████ spoke"),
        ("mona-saleh_2", "██████████_2"),
        ("Mona alone", "Mona alone"),
        ("قالت هدية أمس", "قالت ████ أمس"),
    ],
)
def test_names_are_masked_whole(text: str, expected: str) -> None:
    assert Mask(["Hadieh", "Mona  Saleh", "هدية"]).text(text) == expected


def test_a_mask_of_no_names_changes_nothing() -> None:
    assert Mask([])(LETTER) is LETTER
    assert Mask([" "]).text("a b") == "a b"


def test_the_letter_without_its_patient(tmp_path: Path) -> None:
    mask = Mask(["Hadieh"])
    reviews = reviews_of([LETTER], [decided("confirm", claim) for claim in (PATIENTS, *OTHERS)])
    hidden = mask(LETTER)
    assert len(hidden.document.text) == len(LETTER.document.text)
    for mention in (*hidden.reading.mentions, *hidden.reading.claims):
        assert hidden.document.text[mention.start : mention.end] == mention.text
    assert {c.claim_id for c in hidden.reading.claims} == {c.claim_id for c in LETTER.reading.claims}
    for path in write_reports(tmp_path, RUN, [hidden], EVERY_FORMAT, mask(reviews)):
        text = path.read_text(encoding="utf-8")
        assert "hadieh" not in text.lower(), path.name
        assert BLOCK * 6 in text or path.name == "claimreview.jsonld"


def test_an_address_that_spells_a_name_is_left_out() -> None:
    verdict = LETTER.verdicts[PATIENTS.claim_id]
    row = replace(verdict.evidence[0], url="https://example.org/2018/hadieh%2Ddies", source="On Hadieh")
    masked = Mask(["Hadieh"])(replace(verdict, evidence=(row,)))
    assert masked.evidence[0].url is None
    assert masked.evidence[0].source == "On ██████"


def test_the_names_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "names.txt"
    file.write_text("\ufeff# private persons\nHadieh\n\n  Mona Saleh \n", encoding="utf-8")
    assert read_names(file) == ["Hadieh", "Mona Saleh"]


def test_the_report_command_masks_and_shows_reviews(tmp_path: Path) -> None:
    database = build(tmp_path, [LETTER])
    journal(database).append(decided("confirm"))
    names = tmp_path / "names.txt"
    names.write_text("Hadieh\n", encoding="utf-8")
    out = tmp_path / "reports"
    command = ["report", "--database", str(database), "--output", str(out), "--mask", str(names)]
    formats = [word for name in EVERY_FORMAT for word in ("--format", name)]
    result = CliRunner().invoke(app, [*command, *formats, "--publisher", "The Desk"])
    assert result.exit_code == 0, result.output
    files = list(out.iterdir())
    assert len(files) == 6
    for file in files:
        assert "hadieh" not in file.read_text(encoding="utf-8").lower()
    [review] = json.loads((out / "claimreview.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert review["author"]["name"] == "The Desk"
