"""The words of a parsed sentence as plain values.

A token of spaCy's looks up each of its texts anew whenever it is asked, and finds its children by going
through their neighbours; the rules ask each dozens of times. So a sentence is taken over once. Names and
meanings are those of spaCy's `Token`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple


class Attributes(NamedTuple):
    """What a word is, whatever the sentence it stands in."""

    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    is_alpha: bool
    is_punct: bool
    is_space: bool
    is_stop: bool
    like_num: bool


class Word:
    """A word of a sentence: `i` is its place among the words, `idx` that among the characters."""

    __slots__ = (
        *Attributes._fields, "_tree", "children", "dep_", "doc", "head", "i", "idx", "whitespace_"
    )  # fmt: skip
    doc: Words
    head: Word

    def __init__(self, i: int, idx: int, own: Attributes, dep: str, whitespace: str) -> None:
        self.i, self.idx, self.dep_, self.whitespace_ = i, idx, dep, whitespace
        (
            self.text, self.lower_, self.lemma_, self.pos_, self.tag_,
            self.is_alpha, self.is_punct, self.is_space, self.is_stop, self.like_num,
        ) = own  # fmt: skip
        self.children: list[Word] = []
        self._tree: tuple[Sequence[Word], Word, Word] | None = None

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
    def lefts(self) -> list[Word]:
        """Its children before it."""
        return [c for c in self.children if c.i < self.i]

    @property
    def rights(self) -> list[Word]:
        """Its children behind it."""
        return [c for c in self.children if c.i > self.i]

    @property
    def left_edge(self) -> Word:
        """The first word of its subtree."""
        return self._whole()[1]

    @property
    def right_edge(self) -> Word:
        """The last word of its subtree."""
        return self._whole()[2]

    @property
    def subtree(self) -> Sequence[Word]:
        """The word with all that hangs on it, children before it first: in the order of the text, but where
        the parse lets branches cross."""
        return self._whole()[0]

    def _whole(self) -> tuple[Sequence[Word], Word, Word]:
        if self._tree is None:
            words = list(self._walked()) if self.children else [self]
            places = [word.i for word in words]
            self._tree = words, self.doc[min(places)], self.doc[max(places)]
        return self._tree

    def _walked(self) -> Iterator[Word]:
        waiting: list[Word] = [self]
        opened: set[int] = set()
        while waiting:  # no recursion: a sentence may nest as deep as it is long
            word = waiting.pop()
            if not word.children or word.i in opened:
                yield word
                continue
            opened.add(word.i)
            waiting += [*word.rights[::-1], word, *word.lefts[::-1]]

    @property
    def ancestors(self) -> Iterator[Word]:
        """The words on which it hangs, the nearest first."""
        here = self
        while here.head is not here:
            here = here.head
            yield here

    @property
    def sent(self) -> Sequence[Word]:
        """The words of its tree: a text may hold several."""
        root = self
        while root.head is not root:
            root = root.head
        return self.doc[root.left_edge.i : root.right_edge.i + 1]

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


def taken_over(
    own: Iterable[Attributes], heads: Iterable[int], deps: Iterable[str], spaces: Iterable[str]
) -> Words:
    """A sentence by what its words are, on which words they hang, how they do, and the blanks behind them."""
    at, made = 0, []
    for i, (one, dep, space) in enumerate(zip(own, deps, spaces, strict=True)):
        made.append(Word(i, at, one, dep, space))
        at += len(one.text) + len(space)
    words = Words(made)
    words.masked, words.asked = frozenset(), {}
    for word, head in zip(words, heads, strict=True):
        word.doc, word.head = words, made[head]
        if word.head is not word:
            word.head.children.append(word)
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
