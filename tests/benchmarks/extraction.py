"""Words per second of extraction beside the English model's full pipeline, on the same text in turn."""

from __future__ import annotations

import time

import spacy

from claimcheck.claims.reading import prepare
from claimcheck.claims.reading import read as read_documents
from claimcheck.model import Document
from claimcheck.parallel import Spread
from claimcheck.syntax.parser import MODELS, model
from tests.benchmarks.figures import Section, in_turn
from tests.benchmarks.texts import words

BATCH = 128  # the model's best: 1,000 is slower on long-running text


def one_process(texts: dict[str, list[Document]]) -> Section:
    """Everything that is said, beside the full pipeline; and the rules alone, which need no parser."""
    full = spacy.load(next(n for n in MODELS if spacy.util.is_package(n)))
    model()
    rows = []
    for name, documents in texts.items():

        def pipeline(documents: list[Document] = documents) -> object:
            return [len(doc) for doc in full.pipe((d.text for d in documents), batch_size=BATCH)]

        def extraction(documents: list[Document] = documents) -> object:
            return [len(r.claims) for r in read_documents(documents)]

        def rules(documents: list[Document] = documents) -> object:
            return [len(prepare(d).mentions) for d in documents]

        steps = {"spaCy": pipeline, "claimcheck": extraction, "rules": rules}
        taken = in_turn(steps, clock=time.process_time)
        rows.append(_row(name, words(documents), taken["spaCy"], taken["claimcheck"], taken["rules"]))
    return Section(
        "Extraction in one process",
        "Words per second of the processor. spaCy: the English model's full pipeline, `nlp.pipe` in batches "
        "of 128. claimcheck: mentions, claims and findings. Rules: mentions alone. "
        "Medians of three runs in turn.",
        ("text", "words", "spaCy", "claimcheck", "ratio", "rules alone"),
        rows,
    )


def _row(name: str, count: int, base: float, ours: float, rules: float) -> tuple[str, ...]:
    each = (f"{count / base:,.0f}", f"{count / ours:,.0f}", f"{base / ours:.2f}", f"{count / rules:,.0f}")
    return (name, f"{count:,}", *each)


def two_processes(texts: dict[str, list[Document]], processes: int = 2) -> Section:
    """Several processes on each side; both have started before the clock does."""
    full = spacy.load(next(n for n in MODELS if spacy.util.is_package(n)))
    rows = []
    for name, documents in texts.items():
        with Spread(processes) as spread:
            list(spread.read(documents[: 2 * processes]))

            def pipeline(documents: list[Document] = documents) -> object:
                stream = full.pipe((d.text for d in documents), batch_size=BATCH, n_process=processes)
                return [len(doc) for doc in stream]

            def extraction(documents: list[Document] = documents, spread: Spread = spread) -> object:
                return [len(r.claims) for r in spread.read(documents)]

            taken = in_turn({"spaCy": pipeline, "claimcheck": extraction})
        count = words(documents)
        rows.append(
            (
                name,
                f"{count / taken['spaCy']:,.0f}",
                f"{count / taken['claimcheck']:,.0f}",
                f"{taken['spaCy'] / taken['claimcheck']:.2f}",
            )
        )
    return Section(
        "Extraction in two processes",
        f"Words per second on the clock, with `n_process={processes}` and with `--processes {processes}`.",
        ("text", "spaCy", "claimcheck", "ratio"), rows,
    )  # fmt: skip
