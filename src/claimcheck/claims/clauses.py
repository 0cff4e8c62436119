"""Clauses of a parsed sentence: which verb governs a token, what belongs to it, who does it to whom.

A clause is a verb (or the root of a fragment) with the tokens that no nearer clause claims. An open
complement stays with its governor ("refusing to allow access to 765 patients" is one clause), a
coordinated verb is a clause of its own ("killed 12 and wounded 30"), so that each number meets its verb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from claimcheck.claims.words import Words
from claimcheck.lexicon import load

Token = Any  # a word of the parse

CLAUSE_DEPS = frozenset(
    {"ROOT", "advcl", "ccomp", "acl", "relcl", "parataxis", "csubj", "csubjpass", "pcomp"}
)
# What befalls or is: the subject of such a verb did nothing.
_NO_DEED = frozenset({"be", "become", "remain", "seem", "appear", "die", "perish", "drown", "rise"})
_PHRASE_DEPS = frozenset({"compound", "amod", "nmod", "poss", "case", "flat"})
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_COMPLEMENTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "advcl", "npadvmod"})
# A verb under a bare noun ("the dead", "a planned conference") is a modifier, no clause.
_VERBAL = frozenset({"VERB", "AUX"})


def is_clause_head(token: Token) -> bool:
    """Whether a clause starts here."""
    if token.dep_ == "ROOT":
        return True
    if token.dep_ == "conj":
        if token.pos_ not in _VERBAL or token.head.pos_ not in _VERBAL:
            return False
        return not _shares_object(token) and not _is_alternative(token)
    return token.dep_ in CLAUSE_DEPS and (token.pos_ in _VERBAL or token.dep_ == "relcl")


def clause_head(token: Token) -> Token:
    """The verb that governs a token: the nearest clause head at or above it."""
    while not is_clause_head(token):
        token = token.head
    return token


_APART = frozenset({";", ":", "-", "–", "—"})


def above(token: Token) -> Token | None:
    """The token that one hangs on, None for a main clause.

    The parse takes what stands before a semicolon for what the verb behind it says: "activists put the toll
    at 104; the army denied it". The two stand side by side, and hang on the same.
    """
    if token.dep_ == "ROOT":
        return None
    behind = token.head
    between = (c.i for c in behind.children if c.text in _APART)
    if token.dep_ == "ccomp" and any(token.i < i < behind.i for i in between):
        shared = above(behind)
        return shared if shared is not None and shared.i < token.i else None
    return behind


@dataclass(frozen=True)
class Clause:
    """A clause by its head. `depth` counts the clauses above it."""

    head: Token
    _tokens: dict[int, list[Token]] = field(repr=False)

    @cached_property
    def tokens(self) -> list[Token]:
        """The clause's own tokens in text order."""
        return self._tokens[self.head.i]

    @property
    def parent(self) -> Clause | None:
        """The clause that this one hangs on."""
        hung_on = above(self.head)
        return None if hung_on is None else Clause(clause_head(hung_on), self._tokens)

    def chain(self) -> list[Clause]:
        """This clause and those above it, nearest first."""
        out: list[Clause] = [self]
        while (parent := out[-1].parent) is not None:
            out.append(parent)
        return out

    def span(self) -> tuple[int, int]:
        """First and last character in the sentence, conjunctions and punctuation at the ends left out."""
        kept = [t for t in self.tokens if not t.is_space]
        while len(kept) > 1 and (kept[0].is_punct or kept[0].dep_ in {"cc", "punct"}):
            kept.pop(0)
        while len(kept) > 1 and (kept[-1].is_punct or kept[-1].dep_ == "cc"):
            kept.pop()
        return kept[0].idx, kept[-1].idx + len(kept[-1])

    @property
    def participial(self) -> bool:
        """Whether it has no subject of its own and leans on the clause above ("injuring dozens")."""
        first = self.head
        while first.dep_ == "conj":
            first = first.head
        return first.dep_ in {"advcl", "acl", "pcomp"} and not any(c.dep_ in SUBJECTS for c in first.children)

    def subject(self) -> Token | None:
        """The grammatical subject: its own, the noun it modifies, or that of the verb it leans on."""
        for child in self.head.children:
            if child.dep_ in {"nsubj", "nsubjpass", "csubj"}:
                return _antecedent(self.head, child)
        if self.head.dep_ in {"acl", "relcl"}:
            return self.head.head
        if self.head.dep_ == "conj" and any(c.dep_ == "auxpass" for c in self.head.children):
            return None  # an auxiliary of its own asks for a subject of its own, which the parse missed
        if self.head.dep_ in {"conj", "advcl", "pcomp"} and (parent := self.parent) is not None:
            return parent.subject()
        return None

    def actor(self) -> Token | None:
        """Who did it: the subject of an active verb, or the "by" phrase of a passive one."""
        for child in self.head.children:
            if child.dep_ == "agent":
                return next((t for t in child.children if t.dep_ == "pobj"), None)
        if self.passive or self.head.lemma_ in _NO_DEED:
            return None
        if self.head.dep_ == "relcl" and (used_by := _used_by(self.head.head)) is not None:
            return used_by
        return self.subject()

    @property
    def passive(self) -> bool:
        """Whether the head is a passive verb or a past participle that modifies a noun."""
        if any(c.dep_ in {"nsubjpass", "auxpass"} for c in self.head.children):
            return True
        if self.head.dep_ == "conj" and self.head.tag_ == "VBN" and (parent := self.parent) is not None:
            return parent.passive
        return bool(self.head.dep_ in {"acl", "advcl"} and self.head.tag_ == "VBN")

    def terms(self) -> tuple[str, ...]:
        """Lemmas of the content words, in text order; a participial clause takes in the one above.

        "deployed chemical weapons in Douma, injuring dozens": the injuring was done with the weapons.
        """
        tokens = list(self.tokens)
        above = self
        while above.participial and above.head.dep_ != "acl" and (parent := above.parent) is not None:
            above = parent
        if above is not self:
            tokens += above.tokens
        tokens.sort(key=lambda t: t.i)
        masked = stand_ins(self.head.doc)
        tokens = [t for t in tokens if t.idx not in masked]
        return tuple(
            lemma(t)
            for t in tokens
            if t.pos_ in CONTENT and t.is_alpha and (not t.is_stop or t.pos_ == "VERB")
        )


def stand_ins(doc: Words) -> frozenset[int]:
    """Where the words begin that stand for dates and numbers before the parser: no words of the text."""
    return doc.masked


def clauses(doc: Words) -> dict[int, Clause]:
    """The clauses of a parsed sentence, by the index of their head."""
    if clauses not in doc.asked:
        doc.asked[clauses] = _clauses(doc)
    found: dict[int, Clause] = doc.asked[clauses]
    return found


def _clauses(doc: Words) -> dict[int, Clause]:
    owned: dict[int, list[Token]] = {}
    heads: dict[int, int] = {}
    for token in doc:
        path = []
        while token.i not in heads and not is_clause_head(token):
            path.append(token.i)
            token = token.head
        head = heads.setdefault(token.i, token.i)
        heads.update(dict.fromkeys(path, head))
    for token in doc:
        owned.setdefault(heads[token.i], []).append(token)
    return {i: Clause(doc[i], owned) for i in owned}


def clause_of(token: Token, found: dict[int, Clause]) -> Clause:
    """The clause that a token belongs to."""
    return found[clause_head(token).i]


def lemma(token: Token) -> str:
    """The token's lemma in lower case, names as written in lower case."""
    return str(token.lemma_ or token.text).casefold()


def phrase(token: Token) -> tuple[int, int]:
    """First and last character of a noun phrase: its modifiers, without relative clauses and appositions.

    Leading determiners, pronouns and numbers are kept out: "more than 130 Syrian groups" is "Syrian groups".
    """
    left = token
    kept = [token]
    for t in token.subtree:
        branch = t
        while branch.head.i != token.i and branch.i != token.i:
            branch = branch.head
        modifies = branch.i == token.i or branch.dep_ in _PHRASE_DEPS
        of_name = branch.dep_ == "prep" and branch.lemma_ in {"of", "for"} and token.pos_ == "PROPN"
        counts = t.pos_ in {"NUM", "PRON", "DET"} or t.dep_ in {"quantmod", "nummod"}
        if (modifies or of_name) and (not counts or t.i == token.i):
            kept.append(t)
    left = min(kept, key=lambda t: t.i)
    right = max(kept, key=lambda t: t.i)
    return left.idx, right.idx + len(right)


def _shares_object(verb: Token) -> bool:
    """Whether a coordinated verb shares its object with the one before: "injuring and sickening dozens"."""
    first = verb.head
    either = any(c.lower_ == "or" for c in first.children)  # what stands before both is of both
    bare = not any(c.dep_ in _COMPLEMENTS and (c.i > first.i or not either) for c in first.children)
    return bare and any(c.dep_ == "dobj" for c in verb.children) and verb.i - first.i <= 3


def _is_alternative(verb: Token) -> bool:
    """Whether a verb is one of two that befell the same: "30 were killed or wounded on the bridge"."""
    first = verb.head
    joined = any(c.dep_ == "cc" and c.lower_ == "or" and first.i < c.i < verb.i for c in first.children)
    if not joined or verb.tag_ != first.tag_ or verb.i - first.i > 3:
        return False
    of_first = any(c.dep_ in _COMPLEMENTS and first.i < c.i < verb.i for c in first.children)
    own = any(c.dep_ in SUBJECTS | {"dobj", "ccomp", "xcomp", "aux", "auxpass"} for c in verb.children)
    return not of_first and not own


def _used_by(means: Token) -> Token | None:
    """Who used what did it: the army of "the army fired the missile that killed 12", and of "the missile that
    killed 12 was fired by the army"."""
    verb = means.head
    if verb.lemma_ not in _means_verbs():
        return None
    if means.dep_ == "dobj":
        return next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in {"WDT", "WP"}), None)
    agents = (c for c in verb.children if c.dep_ == "agent" and means.dep_ == "nsubjpass")
    return next((t for by in agents for t in by.children if t.dep_ == "pobj"), None)


@cache
def _means_verbs() -> frozenset[str]:
    return frozenset(w for row in load("measuring") if row["use"] == "uses" for w in row["lemmas"])


def _antecedent(head: Token, subject: Token) -> Token:
    """The noun that a relative pronoun stands for ("a group that signed" -> group), or what "it was X that"
    brings forward, whatever stands between ("it was the army, not the police, that fired")."""
    if subject.tag_ not in {"WDT", "WP"}:
        return subject
    brought = _brought_forward(head)
    if brought is not None:
        return brought
    return head.head if head.dep_ == "relcl" else subject


def _brought_forward(head: Token) -> Token | None:
    noun = head.head
    while noun.dep_ in {"conj", "appos"}:
        noun = noun.head
    verb = noun.head if head.dep_ == "relcl" else noun
    if verb.lemma_ != "be" or not any(c.dep_ == "nsubj" and c.lower_ == "it" for c in verb.children):
        return None
    return next((c for c in verb.children if c.dep_ in {"attr", "acomp"}), None)
