"""What stands around a number says what it is: names, pages, documents, changes; tables of cases."""

from __future__ import annotations

from claimcheck.claims.reading import prepare
from claimcheck.documents.files import make
from claimcheck.lexicon import load
from tests.reader import DAY, of_all

EXAMPLES = [e for row in load("number_context") for e in (*row.examples, *row.counter_examples)]


@of_all(EXAMPLES, parsed=True)
def test_a_word_list_has_its_part_in_a_reading(example: str) -> None:
    marked, _, expected = example.partition(" -> ")
    before, _, rest = marked.partition("[")
    mentions = prepare(make("text", before + rest.replace("]", ""), meta={"date": DAY})).mentions
    found = next(m for m in mentions if m.start <= len(before) < m.end)
    told = [found.kind, found.noun, "" if found.comparator == "eq" else found.comparator]
    read = f"no claim: {found.reason}" if found.status == "not_claim" else " ".join(filter(None, told))
    assert read == expected


