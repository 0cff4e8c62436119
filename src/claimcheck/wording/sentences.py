"""The sentences and paragraphs of a document around what is read in it."""

from __future__ import annotations

from claimcheck.documents.sentences import split
from claimcheck.model import Document, Span
from claimcheck.reference.name_index import WORD

_A_SENTENCE = 300  # characters around a date that are of its sentence at most
_A_QUOTATION = 2000  # characters of a quotation at most
_STOPS = (". ", "! ", "? ", "\n")


def paragraphs(document: Document) -> list[int]:
    """Where the paragraphs of a document begin; the first begins with it."""
    out, at = [0], 0
    while (at := document.text.find("\n\n", at)) >= 0:
        at += 2
        out.append(at)
    return out


def is_in_one_paragraph(document: Document, start: int, end: int) -> bool:
    """Whether no blank line stands between two characters."""
    return "\n\n" not in document.text[start:end]


def sentence_before(document: Document, start: int, end: int) -> list[str]:
    """The words of the last sentence between two characters."""
    near = document.text[start:end].rstrip().rpartition("\n\n")[2]
    sentences = split(near)
    return WORD.findall(sentences[-1].of(near)) if sentences else []


def sentence_around(document: Document, at: int) -> list[str]:
    """The words of the sentence in which a character stands."""
    text, low = document.text, max(0, at - _A_SENTENCE)
    start = max(low, *(text.rfind(stop, low, at) for stop in (". ", "\n")))
    end = text.find(".", at, at + _A_SENTENCE)
    return WORD.findall(text[start : end if end > 0 else at])


def last_sentence(document: Document, start: int, end: int) -> Span:
    """The last of the sentences between two characters."""
    stops = (document.text.rfind(stop, start, max(start, end - 2)) for stop in _STOPS)
    return Span(max(start, *(at + 1 for at in stops)), end)


def opens_with(document: Document, sentence: Span, word: str) -> bool:
    """Whether a sentence opens with a word, written like this: "It"."""
    return sentence.of(document.text).split()[:1] == [word]


def is_in_quotation(document: Document, at: int) -> bool:
    """Whether a character stands inside of quotation marks."""
    start = max(document.text.rfind("\n\n", 0, at) + 1, at - _A_QUOTATION, 0)
    before = document.text[start:at]
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1
