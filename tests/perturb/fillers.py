"""Words to put into sentences, drawn from running text: modifiers, nouns, verbs, plain sentences."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from claimcheck.syntax.parser import MODELS

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def words(name: str) -> list[str]:
    """The words that `words.toml` lists under a name."""
    listed: str = _WORDS[name]
    return listed.split()


def listed(name: str) -> Any:
    """The phrases, or the table of phrases, that it holds under a name."""
    return _WORDS[name]


TRIES = 50  # words in a row that a package may know
NEUTRAL = frozenset(words("neutral"))
PARTITIVE = frozenset(words("partitive"))
POINTING = frozenset(words("pointing"))
TIMES = frozenset(words("times"))
WIDE = frozenset(words("wide"))
TELLING = frozenset(words("telling"))


@dataclass(slots=True)
class Fillers:
    """What running text offers, each list without repeats, in the order of the text."""

    modifiers: list[str] = field(default_factory=list)  # "dairy", before a plural noun
    plurals: list[str] = field(default_factory=list)  # "photographs"
    places: list[str] = field(default_factory=list)  # "cinemas", said with "in" or "at"
    verbs: dict[str, list[str]] = field(default_factory=dict)  # of a tag, VBN or VBD: "applauded"
    sentences: list[str] = field(default_factory=list)  # without numbers, names or times


@dataclass(slots=True)
class Draw:
    """Draws by a seed; `lacks` keeps the words that the package does not know."""

    random: Random
    fillers: Fillers
    lacks: Callable[[Iterable[str]], Sequence[str]]

    def of(self, words: Sequence[str]) -> str | None:
        """One of the words that the package does not know; None where there is none at hand."""
        start = self.random.randrange(len(words)) if words else 0
        tried = (words[(start + turn) % len(words)] for turn in range(min(TRIES, len(words))))
        return next((word for word in tried if self.lacks([word])), None)

    def any(self, choices: Sequence[str]) -> str:
        """One of these."""
        return self.random.choice(choices)


@cache
def english() -> Any:
    """The English model with its tagger, parser and lemmas."""
    import spacy

    name = next(name for name in MODELS if spacy.util.is_package(name))
    return spacy.load(name, exclude=["ner"])


def fillers_of(texts: Iterable[str]) -> Fillers:
    """The fillers that texts offer."""
    found = Fillers(verbs={"VBN": [], "VBD": []})
    for doc in english().pipe(texts, batch_size=64):
        for token in doc:
            if token.is_alpha and token.is_lower and len(token) > 3:
                _take(token, found)
        found.sentences += [s.text.strip() for s in doc.sents if _is_plain(s)]
    for name in ("modifiers", "plurals", "places", "sentences"):
        setattr(found, name, list(dict.fromkeys(getattr(found, name))))
    found.verbs = {tag: list(dict.fromkeys(words)) for tag, words in found.verbs.items()}
    return found


def _take(token: Any, found: Fillers) -> None:
    lemma, head = token.lemma_, token.head
    if token.dep_ in ("amod", "compound") and token.tag_ in ("JJ", "NN") and head.tag_ == "NNS":
        if head.i == token.i + 1 and lemma not in NEUTRAL:
            found.modifiers.append(token.text)
    elif token.tag_ == "NNS" and lemma not in PARTITIVE | TIMES:
        found.plurals.append(token.text)
        if token.dep_ == "pobj" and head.lower_ in ("in", "at", "inside") and lemma not in WIDE:
            found.places.append(token.text)
    elif token.tag_ in found.verbs and token.pos_ == "VERB" and lemma not in TELLING:
        transitive = {"dobj", "nsubjpass"} & {child.dep_ for child in token.children}
        if transitive and not token.text.endswith("ing"):
            found.verbs[token.tag_].append(token.text)


def _is_plain(sentence: Any) -> bool:
    """Whether a sentence says something of its own without a number, a name or a time."""
    text, said = sentence.text.rstrip(), {t.lower_ for t in sentence}
    long_enough = 5 <= sum(t.is_alpha for t in sentence) <= 16
    if not long_enough or not text[:1].isupper() or not text.endswith(".") or said & POINTING:
        return False
    if any(t.like_num or t.is_digit or t.pos_ in ("PROPN", "NUM") or t.lemma_ in TIMES for t in sentence):
        return False
    has_subject = any(child.dep_ in ("nsubj", "nsubjpass") for child in sentence.root.children)
    return has_subject and sentence.root.pos_ in ("VERB", "AUX")


def texts_of(files: Iterable[Path], most: int = 4000) -> Iterator[str]:
    """The texts of files by paragraphs, at most so many of one; a `.jsonl` file holds a document a line."""
    for file in files:
        text = file.read_text(encoding="utf-8")
        whole = (
            [json.loads(line)["text"] for line in text.splitlines()] if file.suffix == ".jsonl" else [text]
        )
        parts = [p for one in whole for p in one.split("\n") if len(p) > 20]
        yield from islice(parts[:: max(1, len(parts) // most)], most)
