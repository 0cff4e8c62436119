"""Claims that an overview quotes: their sentence, their reading, their verdict and why, and their page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from claimcheck.apart import apart
from claimcheck.decisions import Review
from claimcheck.model import CheckedDocument, Claim
from claimcheck.report.reviewed import review_words
from claimcheck.report.view import STANDINGS, Quote, quote_of, standing_of, title_of
from claimcheck.report.words.claims import claim_words
from claimcheck.report.words.rows import without_keys
from claimcheck.report.words.values import days_opened, opened
from claimcheck.store.overview import Line

Links = Callable[[int], str | None]
"""The address of a document's page by the document's key, None where there is none."""


class Teller:
    """Claims by id, in words."""

    def __init__(
        self, documents: Mapping[int, CheckedDocument], reviews: Mapping[str, Review], links: Links
    ) -> None:
        self._documents = documents
        self._reviews = reviews
        self._links = links

    def __call__(self, claim_id: str, key: int) -> Line | None:
        """The claim in words; None where its document does not hold it (any more)."""
        checked = self._documents.get(key)
        claim = self.claim(claim_id, key)
        if checked is None or claim is None:
            return None
        return apart(
            checked.document.id,
            partial(self._stated, checked, claim, key),
            partial(self._not_shown, checked, claim, key),
        )

    def _not_shown(self, checked: CheckedDocument, claim: Claim, key: int, why: str) -> Line:
        """A claim of which nothing else can be said."""
        return Line(
            standing=STANDINGS["unjudged"], quote=Quote("", claim.text, ""),
            reading="", why=why, document=checked.document.id,
            link=self._links(key), review="",
        )  # fmt: skip

    def _stated(self, checked: CheckedDocument, claim: Claim, key: int) -> Line:
        verdict = checked.verdicts.get(claim.claim_id)
        review = self._reviews.get(claim.claim_id)
        page = self._links(key)
        return Line(
            standing=standing_of(claim, verdict),
            quote=quote_of(checked.document, claim),
            reading=opened(claim_words(claim, verdict)),
            why=days_opened(without_keys(verdict.explanation, verdict.evidence)) if verdict else "",
            document=title_of(checked.document),
            link=f"{page}#d1-c{_number(checked, claim)}" if page else None,
            review=review_words(review) if review else "",
        )

    def claim(self, claim_id: str, key: int) -> Claim | None:
        """The claim itself."""
        checked = self._documents.get(key)
        claims = checked.reading.claims if checked else ()
        return next((c for c in claims if c.claim_id == claim_id), None)

    def day(self, key: int) -> date | None:
        """The day of the document."""
        checked = self._documents.get(key)
        return checked.document.date if checked else None

    def many(self, pairs: Iterable[tuple[str, int]]) -> Iterator[Line]:
        """The claims of (id, document key)."""
        for claim_id, key in pairs:
            if (stated := self(claim_id, key)) is not None:
                yield stated


def _number(checked: CheckedDocument, claim: Claim) -> int:
    """The claim's number in its document's page."""
    ordered = sorted(checked.reading.claims, key=lambda c: (c.start, c.end, c.claim_id))
    return 1 + next(n for n, c in enumerate(ordered) if c.claim_id == claim.claim_id)
