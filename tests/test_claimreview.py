"""What leaves the house: ClaimReview, Web Annotations, review state in every report, and masked names."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import cycle
from typing import Any, get_args

import pytest

from claimcheck.decisions import Decision, decide
from claimcheck.model import CheckedDocument, Claim, Link, VerdictName
from claimcheck.report.annotations import render_annotations
from claimcheck.report.claimreview import House, render_claimreview
from tests.review_case import reviews_of
from tests.sample_hostile import hostile
from tests.sample_report import RUN, letter
from tests.vocabularies import annotation_problems, google_problems, schema_problems

LETTER = letter()
PATIENTS = next(c for c in LETTER.reading.claims if c.quantity and c.quantity.text == "765")


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


def test_the_speakers_own_row_is_a_review_of_the_attribution() -> None:
    claim = replace(PATIENTS, speaker=Link("SNHR"))
    verdict = replace(LETTER.verdicts[PATIENTS.claim_id], attribution="contradicted")
    reading = replace(
        LETTER.reading, claims=tuple(claim if c is PATIENTS else c for c in LETTER.reading.claims)
    )
    checked = CheckedDocument(reading=reading, verdicts={**LETTER.verdicts, claim.claim_id: verdict})
    reviews = reviews_of([checked], [decided("confirm")])
    [review] = json.loads(render_claimreview([checked], reviews))["@graph"]
    assert list(schema_problems(review)) == []
    assert review["associatedReview"]["reviewRating"]["alternateName"] == "Contradicted"
    assert review["associatedReview"]["reviewBody"] == "SNHR’s own row says otherwise"


def test_a_confirmed_claim_becomes_a_claim_review() -> None:
    [review] = graph(
        decided("confirm"), house=House("The Desk", "https://example.org", "https://example.org/r")
    )
    assert list(schema_problems(review)) == []
    assert list(google_problems(review)) == []
    assert review["claimReviewed"] == PATIENTS.text
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Sources conflict"}
    assert review["author"] == {"@type": "Organization", "name": "The Desk", "url": "https://example.org"}
    assert review["url"] == f"https://example.org/r#{PATIENTS.claim_id}"
    item = review["itemReviewed"]
    assert item["@type"] == "Claim"
    assert item["author"]["name"] == "Syrian Network for Human Rights"
    assert item["appearance"]["datePublished"] == "2018-01-31"
    assert item["about"]["@type"] == "QuantitativeValue"
    assert (item["about"]["minValue"], item["about"]["maxValue"]) == (765, 765)
    assert item["temporalCoverage"] == "2018-01-25/2018-01-26"
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


@pytest.mark.parametrize("checked", [LETTER, hostile()], ids=["letter", "hostile"])
def test_every_review_speaks_the_vocabulary(checked: CheckedDocument) -> None:
    judged = [c for c in checked.reading.claims if c.claim_id in checked.verdicts]
    decisions = [
        decide(
            c,
            checked.document.id,
            "override",
            "Amal\u202e <b>",
            verdict=name,
            made_on=checked.verdicts[c.claim_id].verdict,
        )
        for c, name in zip(judged, cycle(get_args(VerdictName)), strict=False)
    ]
    reviews = reviews_of([checked], decisions)
    for house in (House(), House("The\nDesk", "javascript:x", "https://example.org/r")):
        found = json.loads(render_claimreview([checked], reviews, house))["@graph"]
        assert len(found) == len(judged) > 0
        assert [problem for review in found for problem in schema_problems(review)] == []
        missing = {problem for review in found for problem in google_problems(review)}
        assert missing == (set() if house.reviews else {"ClaimReview.url is missing"})
        assert (house.lacks is None) == (not missing)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"@type": "FactCheck"}, "no type 'FactCheck'"),
        ({"verdict": "false"}, "verdict: no such property"),
        ({"appearance": {"@type": "CreativeWork", "name": "x"}}, "not a property of ClaimReview"),
        ({"author": {"@type": "Thing", "name": "x"}}, "a Thing where Organization or Person is expected"),
        ({"datePublished": "25 November 2026"}, "is no Date or DateTime"),
        ({"url": "reviews/1"}, "'reviews/1' is no URL"),
        ({"citation": ["https://example.org", 7]}, "7 is no CreativeWork or Text"),
    ],
)
def test_a_broken_review_is_found(change: dict[str, Any], problem: str) -> None:
    [review] = graph(decided("confirm"), house=House(reviews="https://example.org/r"))
    [found] = schema_problems({**review, **change})
    assert problem in found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Rania Khoury", "Person"),
        ("Dr. Omar al-Hassan", "Organization"),  # "al-Hassan" is no capitalised word: not sure, no person
        ("Syrian Network for Human Rights", "Organization"),
        ("United Nations", "Organization"),
        ("the regime", "Organization"),
    ],
)
def test_who_made_the_claim(name: str, kind: str) -> None:
    document = replace(LETTER.document, author=name, publisher=None)
    claim = replace(PATIENTS, speaker=None)
    checked = replace(LETTER, reading=replace(LETTER.reading, document=document, claims=(claim,)))
    reviews = reviews_of([checked], [decided("confirm")])
    item = json.loads(render_claimreview([checked], reviews))["@graph"][0]["itemReviewed"]
    assert item["author"] == {"@type": kind, "name": name}
    nobody = replace(checked, reading=replace(checked.reading, document=replace(document, author=None)))
    item = json.loads(render_claimreview([nobody], reviews))["@graph"][0]["itemReviewed"]
    assert "author" not in item


def collection(checked: CheckedDocument) -> tuple[dict[str, Any], dict[str, str]]:
    """The annotations of a document, and its text by the address that they give it."""
    whole = json.loads(render_annotations(RUN, [checked], reviews_of([checked], [decided("confirm")])))
    source = whole["first"]["items"][0]["target"]["source"]
    return whole, {source: checked.document.text.encode("utf-8", "replace").decode()}


@pytest.mark.parametrize("checked", [LETTER, hostile()], ids=["letter", "hostile"])
def test_annotations_point_to_their_words(checked: CheckedDocument) -> None:
    whole, texts = collection(checked)
    assert list(annotation_problems(whole, texts)) == []
    items = whole["first"]["items"]
    assert len(items) == len(checked.reading.claims)
    for item in items:
        assert [s["type"] for s in item["target"]["selector"]] == [
            "TextPositionSelector",
            "TextQuoteSelector",
        ]
    comments = [b["value"] for i in items for b in i["body"] if b["purpose"] == "commenting"]
    assert len(comments) == (checked is LETTER)
