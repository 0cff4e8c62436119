"""The same claim in several documents is one decision, and each is taken back alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from claimcheck.review.desk import Desk
from tests.desk_case import client_of, lines, post
from tests.review_case import build, echo, journal


def desk_with(folder: Path, *names: str) -> Desk:
    """A desk over a short document, and others that say the same."""
    documents = [echo()]
    for name in names:
        other = echo()
        document = replace(other.reading.document, id=name, title=name)
        claims = tuple(replace(c, claim_id=name.encode().hex()[:16]) for c in other.reading.claims)
        verdicts = {c.claim_id: next(iter(other.verdicts.values())) for c in claims}
        reading = replace(other.reading, document=document, claims=claims)
        documents.append(replace(other, reading=reading, verdicts=verdicts))
    database = build(folder, documents)
    return Desk(database, journal(database))


def test_one_press_decides_the_same_claim_everywhere(tmp_path: Path) -> None:
    desk = desk_with(tmp_path, "second.txt", "third.txt")
    client = client_of(desk)
    own = echo().reading.claims[0]
    page = client.get(f"/claim/{own.claim_id}").text
    assert "Also for the same claim in 2 other documents" in page
    assert post(client, own, kind="confirm", also="yes").status_code == 303
    made = lines(tmp_path / "claims.duckdb")
    assert {line["document"] for line in made} == {"echo.txt", "second.txt", "third.txt"}
    assert {line["verdict"] for line in made} == {"supported"}
    undone = made[-1]
    client.post(
        f"/claim/{undone['claim_id']}/decide",
        data={"reviewer": "Amal", "kind": "undo", "undoes": undone["id"]},
        headers={"origin": "http://127.0.0.1:8712"},
    )
    with desk.open() as opened:
        assert opened.review(undone["claim_id"]).state == "open"
        assert opened.review(own.claim_id).state == "confirmed"
    desk.close()


