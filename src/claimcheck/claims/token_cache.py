"""The words of a parsed sentence: part of speech and lemma remembered by word, tag and dependency.

spaCy's attribute ruler and lemmatizer look at one token at a time (a few of the ruler's patterns at two), and
take a third of the time of a parse. Their answers repeat: a text has far fewer kinds of tokens than
tokens. So an answer is computed once, by these very components, and looked up afterwards; a sentence with
a pattern of two tokens goes the whole way. The result is the same, and a test holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sys import intern
from typing import Any

from claimcheck.claims.words import Attributes, Words, taken_over

CACHED_STEPS = ("attribute_ruler", "lemmatizer")
MOST = 8_000  # kinds of tokens that are remembered, beside those of the time before

_WRAPPED = 2**64 - 1  # spaCy gives how far away a head stands as a number without sign

Key = tuple[int, int, int]  # word, tag, dependency as spaCy's hashes; 0 for a dependency that tells nothing


class WordAttributes:
    """The words of parsed sentences, with part of speech and lemma as the model itself would give them."""

    def __init__(self, nlp: Any) -> None:
        from spacy.attrs import DEP, HEAD, LOWER, ORTH, SPACY, TAG

        self._columns = [ORTH, TAG, DEP, LOWER, HEAD, SPACY]
        self._vocab = nlp.vocab
        steps = [name for name in CACHED_STEPS if name in nlp.component_names]
        self._steps = [nlp.get_pipe(name) for name in steps]
        self._known: dict[Key, Attributes] = {}  # as text: spaCy forgets a batch's strings
        self._before: dict[Key, Attributes] = {}  # what was known until `_known` was full
        patterns = [rule for step in self._steps for rule in getattr(step, "patterns", [])]
        self._pairs, self._expletives = self._hashed(_of_two_tokens(patterns))
        labels = nlp.get_pipe("parser").labels if "parser" in nlp.component_names else ()
        self._words, self._tags, self._deps = self._hashed(_by_dependency(patterns, labels))
        self._labels = {nlp.vocab.strings.add(name): intern(name) for name in ("", *labels)}

    def _hashed(self, names: Iterable[frozenset[str]]) -> list[frozenset[int]]:
        return [frozenset(self._vocab.strings.add(name) for name in own) for own in names]

    def __call__(self, doc: Any) -> Words:
        """The words of a sentence that was tagged and parsed."""
        rows = doc.to_array(self._columns).tolist()
        if any(dep in self._expletives or lower in self._pairs for _, _, dep, lower, _, _ in rows):
            return words_of(self._whole(doc))
        words, tags, deps = self._words, self._tags, self._deps
        keys: list[Key] = [
            (word, tag, dep if dep in deps or tag in tags or lower in words else 0)
            for word, tag, dep, lower, _, _ in rows
        ]
        missing = {key for key in keys if key not in self._known}
        if missing:
            self._learn(doc, keys, missing)
        return taken_over(
            [self._known[key] for key in keys],
            [(i + row[4]) & _WRAPPED for i, row in enumerate(rows)],
            [self._labels[row[2]] for row in rows],
            [" " if row[5] else "" for row in rows],
        )

    def _whole(self, doc: Any) -> Any:
        for step in self._steps:
            doc = step(doc)
        return doc

    def _learn(self, doc: Any, keys: list[Key], missing: set[Key]) -> None:
        """Run the components over a sentence of the unknown tokens alone."""
        from spacy.tokens import Doc

        if len(self._known) > MOST:  # words that texts go on using are taken over, names are forgotten
            self._before, self._known = self._known, {}
            for step in self._steps:
                getattr(step, "cache", {}).clear()  # the lemmatizer's own memory of words has no end
            missing = set(keys)
        again = missing & self._before.keys()
        self._known |= {key: self._before[key] for key in again}
        missing -= again
        chosen = {key: token for key, token in zip(keys, doc, strict=True) if key in missing}
        small = Doc(self._vocab, words=[token.text for token in chosen.values()])
        for made, token in zip(small, chosen.values(), strict=True):
            made.tag, made.dep = token.tag, token.dep
        for key, made in zip(chosen, self._whole(small), strict=True):
            self._known[key] = _attributes(made)


def words_of(doc: Any) -> Words:
    """The words of a sentence that has gone through the whole pipeline."""
    tokens = list(doc)
    heads, deps = [t.head.i for t in tokens], [intern(t.dep_) for t in tokens]
    return taken_over(map(_attributes, tokens), heads, deps, [t.whitespace_ for t in tokens])


def _attributes(token: Any) -> Attributes:
    return Attributes(
        token.text,
        token.lower_,
        token.lemma_,
        intern(token.pos_),
        intern(token.tag_),
        token.is_alpha,
        token.is_punct,
        token.is_space,
        token.is_stop,
        token.like_num,
    )


def _of_two_tokens(patterns: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the dependencies with which a pattern of two tokens can begin or end.

    A pattern with a regular expression begins or ends with a plain word too, which is enough to see it.
    """
    words: set[str] = set()
    deps: set[str] = set()
    for rule in patterns:
        for pattern in rule["patterns"]:
            if len(pattern) > 1:
                words |= {t["LOWER"] for t in pattern if isinstance(t.get("LOWER"), str)}
                deps |= {t["DEP"] for t in pattern if "DEP" in t}
    return frozenset(words - {"on", "all", "'s"}), frozenset(deps)


def _by_dependency(
    patterns: Sequence[Mapping[str, Any]], labels: Sequence[str]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words and tags of which the dependency says something, and the dependencies that say something of
    every word (all `labels`, where a pattern excludes some): by the patterns of one token that name one."""
    words: set[str] = set()
    tags: set[str] = set()
    deps: set[str] = set()
    for rule in patterns:
        tokens = [pattern[0] for pattern in rule["patterns"] if len(pattern) == 1]
        for token in tokens if rule["attrs"].keys() - {"DEP"} else []:
            if "DEP" in token:
                kind = next((kind for kind in ("LOWER", "TAG") if _named(token.get(kind))), "DEP")
                {"LOWER": words, "TAG": tags, "DEP": deps}[kind].update(_named(token[kind]) or labels)
    return frozenset(words), frozenset(tags), frozenset(deps)


def _named(condition: Any) -> Sequence[str]:
    """The texts that a token may have by a condition of a pattern; none where it only excludes some."""
    return [condition] if isinstance(condition, str) else (condition or {}).get("IN", [])
