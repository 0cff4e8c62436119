"""The words of a parsed sentence as plain values, in their tree.

A token of spaCy's looks up each of its texts anew whenever it is asked, and finds its children by going
through their neighbours; the rules ask each dozens of times. So a sentence is taken over once. Names and
meanings are those of spaCy's `Token`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from sys import intern
from typing import Any

from claimcheck.syntax.repairs import mend

Token = Any  # a word of the parse
VERBAL = frozenset({"VERB", "AUX"})


class Word:
    """A word of a sentence: `i` is its place among the words, `idx` that among the characters."""

    __slots__ = (
        "_tree", "children", "dep_", "doc", "head", "i", "idx", "is_punct", "is_space", "lemma_", "like_num",
        "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip
    doc: Words
    head: Word
    i: int
    text: str

    def __init__(self, token: Any) -> None:
        self.i, self.idx = token.i, token.idx
        self.text, self.lower_, self.lemma_ = token.text, token.lower_, token.lemma_
        self.pos_, self.tag_, self.dep_ = map(intern, (token.pos_, token.tag_, token.dep_))
        self.is_punct, self.is_space, self.like_num = token.is_punct, token.is_space, token.like_num
        self.whitespace_ = token.whitespace_
        self.children: list[Word] = []
        self._tree: Sequence[Word] | None = None

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def nbor(self, by: int = 1) -> Word:
        """The word so many behind it. Raises IndexError where none stands there."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]

    @property
    def rights(self) -> list[Word]:
        """Its children behind it."""
        return [c for c in self.children if c.i > self.i]

    @property
    def left_edge(self) -> Word:
        """The first word of its subtree."""
        return self.subtree[0]

    @property
    def subtree(self) -> Sequence[Word]:
        """The word with all that hangs on it, in the order of the text."""
        if self._tree is None:
            words = [self]
            for word in words:  # no recursion: a sentence may nest as deep as it is long
                words += word.children
            self._tree = sorted(words, key=lambda word: word.i)
        return self._tree

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words on which it hangs, the nearest first."""
        here = self
        while here.head is not here:
            here = here.head
            yield here

    @property
    def conjuncts(self) -> list[Word]:
        """The words that are joined with it: "tents" and "boats" of "bread, *tents* and boats"."""
        first = self
        while first.dep_ == "conj":
            first = first.head
        joined = [first]
        for word in joined:
            joined += [c for c in word.rights if c.dep_ == "conj"]
        return [word for word in joined if word is not self]


class Words(tuple[Word, ...]):
    """The words of a parsed sentence, in order."""

    masked: frozenset[int]
    """Where the words begin that stand for dates and numbers before the parser: no words of the text."""
    asked: dict[object, Any]
    """What several rules ask of the sentence, kept by whoever answers."""

    def at(self, start: int, end: int) -> Sequence[Word]:
        """The words that stand at some characters, whole; the blank behind a word is none of its own."""
        first = max(0, bisect_right(self, start, key=lambda w: w.idx) - 1)
        found = self[first : bisect_right(self, end - 1, key=lambda w: w.idx)]
        return found[1:] if found and start == found[0].idx + len(found[0]) else found


def taken_over(doc: Any) -> Words:
    """The words of a sentence that was parsed."""
    words = Words(map(Word, doc))
    words.masked, words.asked = frozenset(), {}
    for word, token in zip(words, doc, strict=True):
        word.doc, word.head = words, words[token.head.i]
        if word.head is not word:
            word.head.children.append(word)
    mend(words)
    return words


def text_of(words: Sequence[Word]) -> str:
    """The text of words that stand side by side, without the blank behind the last."""
    return "".join([*(w.text + w.whitespace_ for w in words[:-1]), *(w.text for w in words[-1:])])


def top_of(words: Sequence[Word]) -> Word:
    """The first of the words that stand highest in the tree; a mere sign only where nothing else does."""
    inside = range(words[0].i, words[-1].i + 1)
    roots = [w for w in words if w.head is w]
    return roots[0] if roots else min((w for w in words if w.head.i not in inside), key=_depth)


def _depth(word: Word) -> int:
    is_sign = (word.is_punct or word.is_space) and not word.children
    return len(word.doc) if is_sign else sum(1 for _ in word.ancestors)
