"""Reviewed claims as ClaimReview (https://schema.org/ClaimReview), JSON-LD for publishers and search engines.

Only claims on which reviewers settled a verdict are published: what the tables say alone is not a review. The
rating is in words (`alternateName`), since the four verdicts are no scale from worst to best.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from claimcheck.apart import apart
from claimcheck.decisions import Decision, Review
from claimcheck.model import CheckedDocument, Claim, Document, Evidence, Verdict
from claimcheck.output import number
from claimcheck.report.reviewed import STATE_WORDS, row_words
from claimcheck.report.view import title_of
from claimcheck.report.words.values import VERDICT_WORDS
from claimcheck.report.words.verdicts import attributed
from claimcheck.safe import safe_url, visible

ORGANISATION_WORDS = frozenset(
    {
        "agency", "army", "assembly", "association", "authority", "board", "bureau", "campaign", "center",
        "centre", "charity", "church", "club", "coalition", "college", "commission", "committee", "company",
        "confederation", "conference", "congress", "council", "court", "defence", "defense", "department",
        "desk", "directorate", "federation", "force", "forum", "foundation", "front", "fund", "government",
        "group", "hospital", "house", "initiative", "institute", "international", "journal", "league",
        "legion", "ministry", "mission", "mosque", "movement", "museum", "nation", "network", "news",
        "observatory", "office", "organisation", "organization", "parliament", "party", "platform",
        "police", "press", "program", "programme", "project", "radio", "relief", "school", "secretariat",
        "senate", "service", "society", "state", "team", "times", "trust", "union", "unit", "university",
        "watch"
    }
)  # fmt: skip
"""Words that make a name an organisation's; an s behind one changes nothing."""


@dataclass(frozen=True, slots=True)
class House:
    """Who publishes the reviews: a name, its own address, and the address under which reviews stand."""

    name: str | None = None
    url: str | None = None
    reviews: str | None = None

    @property
    def lacks(self) -> str | None:
        """What keeps search engines from showing the reviews, as a sentence; None where nothing does."""
        if safe_url(self.reviews):
            return None
        return "search engines show a review only with the address of its page: give --url https://…"


def render_claimreview(
    documents: Iterable[CheckedDocument], reviews: Mapping[str, Review], house: House | None = None
) -> str:
    """One JSON-LD document whose `@graph` holds a ClaimReview for each claim that reviewers settled."""
    house = house or House()
    found = [
        apart(
            checked.document.id,
            partial(claim_review, checked, claim, reviews[claim.claim_id], house),
            lambda stated: {},  # a search engine has no use for the error; it is logged
        )
        for checked in documents
        for claim in checked.reading.claims
        if claim.claim_id in reviews and reviews[claim.claim_id].verdict is not None
    ]
    whole = {"@context": "https://schema.org", "@graph": [one for one in found if one]}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def claim_review(checked: CheckedDocument, claim: Claim, review: Review, house: House) -> dict[str, Any]:
    """The ClaimReview of a claim on which reviewers settled a verdict."""
    assert review.verdict is not None, "only a reviewed claim has a ClaimReview"
    verdict = checked.verdicts.get(claim.claim_id)
    rows = verdict.evidence if verdict else ()
    return _known(
        "ClaimReview",
        identifier=claim.claim_id,
        url=f"{house.reviews}#{claim.claim_id}" if safe_url(house.reviews) else None,
        datePublished=_day(review.standing[-1]),
        author=_author(review.standing, house),
        claimReviewed=_line(claim.text).removeprefix("that "),  # of a sentence that reports it
        itemReviewed=_item(checked.document, claim),
        reviewRating=_known("Rating", alternateName=VERDICT_WORDS[review.verdict]),
        reviewBody=_body(review, verdict.explanation if verdict else ""),
        associatedReview=_attribution(claim, verdict),
        citation=list(dict.fromkeys(_citations(rows))),
        inLanguage="en-GB",
    )


def _known(kind: str, **fields: Any) -> dict[str, Any]:
    """An object of schema.org's, without what nobody knows."""
    return {"@type": kind} | {name: held for name, held in fields.items() if held not in (None, "", [])}


def _item(document: Document, claim: Claim) -> dict[str, Any]:
    """The claim as it was made: by whom, when, and where it appeared."""
    published = document.date.isoformat() if document.date else None
    work = _known(
        "CreativeWork", name=_line(title_of(document)), identifier=_line(document.id),
        url=safe_url(document.address) or safe_url(document.path), datePublished=published,
        publisher=_party(document.publisher, known=True),
    )  # fmt: skip
    who, about, days = _claimant(document, claim), _interval(claim), _days(claim)
    return _known(
        "Claim", appearance=work, author=who, datePublished=published, about=about, temporalCoverage=days
    )


def _interval(claim: Claim) -> dict[str, Any] | None:
    """The values that the claim admits: "more than 130 groups" is 131 or more."""
    quantity = claim.quantity
    if quantity is None or (quantity.low is None and quantity.high is None):
        return None
    return _known(
        "QuantitativeValue",
        name=_line(claim.measure or quantity.noun or quantity.text),
        minValue=number(quantity.low),
        maxValue=number(quantity.high),
        unitText=quantity.unit or quantity.noun,
    )


def _days(claim: Claim) -> str | None:
    """The days that the claim is about, as an ISO 8601 interval; ".." is an open end."""
    time = claim.time
    if time is None or time.period is None:
        return None
    first, last = (day.isoformat() if day else ".." for day in (time.date_start, time.date_end))
    return first if first == last else f"{first}/{last}"


def _attribution(claim: Claim, verdict: Verdict | None) -> dict[str, Any] | None:
    """Whether the speaker's own row says what the text lets the speaker say, as a review of that alone."""
    words = attributed(claim, verdict)
    if verdict is None or verdict.attribution is None or not words:
        return None
    rating = _known("Rating", alternateName=verdict.attribution.capitalize())
    return _known("Review", reviewAspect="attribution", reviewRating=rating, reviewBody=_line(words))


def why_none(reviews: Iterable[Review]) -> str | None:
    """Why an export holds no review, as a sentence; None where it holds one."""
    found = list(reviews)
    if any(review.verdict is not None for review in found):
        return None
    if not found:
        return "no claim is exported: reviewers decided on none yet (`claimcheck review` opens the desk)"
    counts = Counter(STATE_WORDS[review.state].lower() for review in found)
    stated = ", ".join(f"{n} {words}" for words, n in counts.most_common())
    return f"no claim is exported: reviewers settled on a verdict for none ({stated})"


def _claimant(document: Document, claim: Claim) -> dict[str, str] | None:
    """Who made the claim: its speaker, else who wrote or published the document; None: nobody is known."""
    if claim.speaker is not None:
        return _party(claim.speaker.text, known=claim.speaker.id is not None)
    return _party(document.author) or _party(document.publisher, known=True)


def _party(name: str | None, *, known: bool = False) -> dict[str, str] | None:
    """A name as schema.org wants it, a person's or an organisation's.

    `known`: the gazetteer has it, or it published something; gazetteers hold no persons. Else a name of two
    to four capitalised words is a person's, unless one of the words is an organisation's.
    """
    if not name or not name.strip():
        return None
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    person = (
        not known
        and 2 <= len(words) <= 4
        and all(word[0].isupper() and not word.isupper() for word in words)
        and not any({word.lower(), word.lower().removesuffix("s")} & ORGANISATION_WORDS for word in words)
    )
    return _named("Person" if person else "Organization", name)


def _author(standing: Sequence[Decision], house: House) -> Any:
    """The publisher where the settings name one, else the reviewers."""
    if house.name:
        out: dict[str, Any] = {"@type": "Organization", "name": house.name}
        return {**out, "url": house.url} if safe_url(house.url) else out
    names = list(dict.fromkeys(d.reviewer for d in standing))
    people = [{"@type": "Person", "name": _line(name)} for name in names]
    return people[0] if len(people) == 1 else people


def _body(review: Review, explanation: str) -> str:
    """The tables' arithmetic where the reviewers' verdict is theirs; with another verdict it would argue
    against it; of a row that a reviewer chose its name."""
    if review.row is not None and review.row.answers:
        return _line(f"By the row {row_words(review.row.rows[0])}.")
    return _line(explanation) if review.state == "confirmed" else ""


def _citations(rows: Sequence[Evidence]) -> Iterator[str]:
    for row in rows:
        if row.relation != "neutral" and (url := safe_url(row.url)):
            yield url


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": _line(name)} if name else None


def _day(decision: Decision) -> str:
    try:
        return datetime.fromisoformat(decision.time).date().isoformat()
    except ValueError:
        return decision.time


def _line(text: str) -> str:
    """A text in one line, hidden characters written out."""
    return visible(" ".join(text.split()))
