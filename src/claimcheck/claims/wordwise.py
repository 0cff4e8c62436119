"""Part of speech and lemma of each token, remembered by word, tag and dependency.

spaCy's attribute ruler and lemmatizer look at one token at a time (a few of the ruler's patterns at two), and
take a third of the time of a parse. Their answers repeat: a text has far fewer kinds of tokens than
tokens. So an answer is computed once, by these very components, and looked up afterwards; a sentence with
a pattern of two tokens goes the whole way. The result is the same, and a test holds it.
"""

from __future__ import annotations

from typing import Any

WORDWISE = ("attribute_ruler", "lemmatizer")
MOST = 8_000  # kinds of tokens that are remembered; then the memory starts anew

Key = tuple[int, int, int]  # word, tag, dependency as spaCy's hashes


class WordAttributes:
    """Sets `pos` and `lemma` on the tokens of parsed sentences, as the model's own components would."""

    def __init__(self, nlp: Any) -> None:
        from spacy.attrs import DEP, ORTH, TAG

        self._columns = [ORTH, TAG, DEP]
        self._vocab = nlp.vocab
        steps = [name for name in WORDWISE if name in nlp.component_names]
        self._steps = [nlp.get_pipe(name) for name in steps]
        self._known: dict[Key, tuple[int, str]] = {}  # lemmas as text: spaCy forgets a batch's strings
        lower, deps = _of_two_tokens(self._steps)
        self._expletives = {nlp.vocab.strings.add(dep) for dep in deps}
        self._pairs = lower

    def __call__(self, doc: Any) -> Any:
        """The same sentence, its tokens with part of speech and lemma."""
        keys: list[Key] = [tuple(row) for row in doc.to_array(self._columns).tolist()]
        if any(key[2] in self._expletives for key in keys) or any(t.lower_ in self._pairs for t in doc):
            return self._whole(doc)
        missing = {key for key in keys if key not in self._known}
        if missing:
            self._learn(doc, keys, missing)
        for token, key in zip(doc, keys, strict=True):
            token.pos, token.lemma_ = self._known[key]
        return doc

    def _whole(self, doc: Any) -> Any:
        for step in self._steps:
            doc = step(doc)
        return doc

    def _learn(self, doc: Any, keys: list[Key], missing: set[Key]) -> None:
        """Run the components over a sentence of the unknown tokens alone."""
        from spacy.tokens import Doc

        if len(self._known) > MOST:
            self._known.clear()
            for step in self._steps:
                getattr(step, "cache", {}).clear()  # the lemmatizer's own memory of words has no end
            missing = set(keys)
        chosen = {key: token for key, token in zip(keys, doc, strict=True) if key in missing}
        small = Doc(self._vocab, words=[token.text for token in chosen.values()])
        for made, token in zip(small, chosen.values(), strict=True):
            made.tag, made.dep = token.tag, token.dep
        for key, made in zip(chosen, self._whole(small), strict=True):
            self._known[key] = (made.pos, made.lemma_)


def _of_two_tokens(steps: list[Any]) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the dependencies with which a pattern of two tokens can begin or end.

    A pattern with a regular expression begins or ends with a plain word too, which is enough to see it.
    """
    words: set[str] = set()
    deps: set[str] = set()
    for step in steps:
        for rule in getattr(step, "patterns", []):
            for pattern in rule["patterns"]:
                if len(pattern) > 1:
                    words |= {t["LOWER"] for t in pattern if isinstance(t.get("LOWER"), str)}
                    deps |= {t["DEP"] for t in pattern if "DEP" in t}
    return frozenset(words - {"on", "all", "'s"}), frozenset(deps)
