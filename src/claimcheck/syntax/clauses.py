"""The clauses of a parsed sentence: which verb governs what, who does it, and who says it.

A clause is a verb (or the root of a fragment) with the tokens that no nearer clause claims. An open
complement stays with its governor ("refusing to allow access to 765 patients" is one clause), a
coordinated verb is a clause of its own ("killed 12 and wounded 30"), so that each number meets its verb.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial

from claimcheck.lexicon import entries, words_of
from claimcheck.syntax.tree import VERBAL, Token, Words

CLAUSE_DEPS = frozenset(
    {"ROOT", "advcl", "ccomp", "acl", "relcl", "parataxis", "csubj", "csubjpass", "pcomp"}
)
_PHRASE_DEPS = frozenset({"compound", "amod", "nmod", "poss", "case", "flat"})
_NO_NAME, _COUNTS = frozenset({"NUM", "PRON", "DET"}), frozenset({"quantmod", "nummod"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_COMPLEMENTS = frozenset({"dobj", "prep", "ccomp", "xcomp", "advcl", "npadvmod"})


def is_clause_head(token: Token) -> bool:
    """Whether a clause starts here. A verb under a bare noun ("the dead", "a planned conference") is a
    modifier, no clause."""
    if token.dep_ == "conj":
        return token.pos_ in VERBAL and token.head.pos_ in VERBAL and not _shares_object(token)
    return token.dep_ in CLAUSE_DEPS and (token.pos_ in VERBAL or token.dep_ in ("ROOT", "relcl"))


def clause_head(token: Token) -> Token:
    """The verb that governs a token: the nearest clause head at or above it."""
    while not is_clause_head(token):
        token = token.head
    return token


def above(token: Token) -> Token | None:
    """The token that one hangs on, None for a main clause."""
    return None if token.dep_ == "ROOT" else token.head


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
            joiner = max((c.i for c in self.head.head.children if c.dep_ == "cc"), default=0)
            if any(t.pos_ not in ("AUX", "ADV", "PART") for t in self.head.doc[joiner + 1 : self.head.i]):
                return None  # an auxiliary of its own asks for a subject of its own, which the parse missed
        if self.head.dep_ in {"conj", "advcl", "pcomp"} and (parent := self.parent) is not None:
            return parent.subject()
        return None

    def actor(self) -> Token | None:
        """Who did it: the subject of an active verb, or the "by" phrase of a passive one."""
        for child in self.head.children:
            if child.dep_ == "agent":
                by = (t for t in child.children if t.dep_ == "pobj")
                return next((t for t in by if t.lemma_ not in words_of("agents", "no agents")), None)
        if self.passive or self.head.lemma_ in words_of("agents", "no deeds"):
            return None
        stated = self.subject()
        named = stated is None or stated.lemma_.lower() not in words_of("agents", "no agent nouns")
        return stated if named else None

    @property
    def passive(self) -> bool:
        """Whether the head is a passive verb or a past participle that modifies a noun."""
        if any(c.dep_ in {"nsubjpass", "auxpass"} for c in self.head.children):
            return True
        if self.head.dep_ == "conj" and self.head.tag_ == "VBN" and (parent := self.parent) is not None:
            return parent.passive
        leaning = self.head.dep_ in {"acl", "advcl", "pcomp"} and self.head.tag_ == "VBN"
        return leaning and not any(c.dep_ == "aux" for c in self.head.children)  # "having killed"


def clauses(doc: Words) -> dict[int, Clause]:
    """The clauses of a parsed sentence, by the index of their head."""
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


def phrase(token: Token) -> tuple[int, int]:
    """First and last character of a noun phrase: its modifiers, without relative clauses and appositions.

    Leading determiners, pronouns and numbers are kept out: "more than 130 Syrian groups" is "Syrian groups".
    """
    kept = [token]
    for child in token.children:
        of_name = child.dep_ == "prep" and child.lemma_ in ("of", "for") and token.pos_ == "PROPN"
        if child.dep_ in _PHRASE_DEPS or of_name:
            kept += [t for t in child.subtree if t.pos_ not in _NO_NAME and t.dep_ not in _COUNTS]
    return min(t.idx for t in kept), max(t.idx + len(t) for t in kept)


def _shares_object(verb: Token) -> bool:
    """Whether a coordinated verb shares its object with the one before: "injuring and sickening dozens"."""
    first = verb.head
    either = any(c.lower_ == "or" for c in first.children)  # what stands before both is of both
    bare = not any(c.dep_ in _COMPLEMENTS and (c.i > first.i or not either) for c in first.children)
    return bare and any(c.dep_ == "dobj" for c in verb.children) and verb.i - first.i <= 3


def _antecedent(head: Token, subject: Token) -> Token:
    """The noun that a relative pronoun stands for ("a group that signed" -> group), or what "it was X that"
    brings forward, whatever stands between ("it was the army, not the police, that fired")."""
    return head.head if subject.tag_ in {"WDT", "WP"} and head.dep_ == "relcl" else subject


# ----------------------------------------------------------------------------------------------------
# Who said it: the subject of a verb of saying above, behind or around the clause of a number or date.

_ASIDE = frozenset({"parataxis", "ccomp"})


def speaker(clause: Clause, counted: Token | None = None) -> Token | None:
    """Who said the clause, None where nobody is named; `counted` is what a number in it counts.

    "The ministry said that 12 died", "12 died, the ministry said", "according to the ministry", and, for a
    number, "officials reported 19 deaths" and "doctors spoke of 32".
    """
    for level in clause.chain():
        verb = above(level.head)
        said = [verb] if verb is not None and level.head.dep_ == "ccomp" else []
        stated = verb or level.head  # "…, the ministry said", parsed as a parenthesis
        said += [c for c in stated.children if c.dep_ in _ASIDE and c.i > stated.i]
        found = next((_subject(v) for v in said if says(v)), None) or _source(level)
        if found is not None:
            return _author(found) or found
    return None if counted is None else _reporter(clause, counted)


def says(verb: Token) -> bool:
    """Whether a verb is one of saying: "as the ministry *stated*"."""
    return verb.lemma_ in _speech_words("clause")


def is_saying(verb: Token, said: Clause) -> bool:
    """Whether a verb only says what a clause tells: "… were killed, police *said* on Monday"."""
    if not says(verb) or any(t.text == ";" for t in verb.doc[verb.i : said.head.i]):
        return False
    for level in said.chain():
        hung_on = above(level.head)
        if level.head.dep_ == "ccomp" and hung_on is not None and hung_on.i == verb.i:
            return True
        if verb.dep_ in _ASIDE and verb.head.i == level.head.i:
            return True
    return False


def _subject(verb: Token) -> Token | None:
    """The subject; of two the nearer one ("…, most of them boys, the ministry says")."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if not own or own[-1].i > verb.i or verb.nbor(-1).pos_ not in ("PROPN", "NOUN"):
        return own[-1] if own else None
    return verb.nbor(-1) if any(t.text == "," for t in verb.doc[own[-1].i : verb.i]) else own[-1]


def _author(paper: Token) -> Token | None:
    """Whose paper speaks: the union of "a report by the union", "the union's report", "police figures"."""
    if paper.lemma_ not in _speech_words("paper"):
        return None
    by = [p for c in paper.children if c.lower_ in ("by", "from") for p in c.children if p.dep_ == "pobj"]
    named = (c for c in paper.children if c.pos_ == "PROPN" or c.lower_ in _says_behind("paper"))
    owners = (c for c in paper.children if c.dep_ == "poss" and c.pos_ != "PRON")
    return next(iter([*by, *owners, *(c for c in named if c.dep_ == "compound")]), None)


def _source(clause: Clause) -> Token | None:
    """Who is named behind "according to": somebody, no measure ("according to height")."""
    for token in clause.tokens:
        if token.lower_ in _speech_words("source"):
            for prep in (c for c in token.children if c.lower_ in _says_behind("source")):
                named = next((p for p in prep.children if p.dep_ == "pobj"), None)
                led = named is not None and any(c.i < named.i for c in named.children)
                if named is not None and (led or named.pos_ == "PROPN" or named.tag_[-1:] == "S"):
                    return named
    return None


def _reporter(clause: Clause, counted: Token) -> Token | None:
    """Whose number it is: "officials reported 19 deaths", "the clinic put the number of wounded at 67", "the
    toll was put at 31 by the ministry"."""
    verb, stated = clause.head, "nsubjpass" if clause.passive else "dobj"
    top = next((t for t in (counted, *counted.ancestors) if t.head is verb), None)
    if top is None or not any(c.dep_ in SUBJECTS for c in verb.children):
        return None
    is_its = top.dep_ == stated and verb.lemma_ in _speech_words("number")
    behind = (form for form in ("of", "at") if verb.lemma_ in _speech_words(form))
    if not is_its and not any(top.lower_ in _says_behind(form) for form in behind):
        return None
    by = (p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj")
    return next(by, None) if clause.passive else _subject(verb)


_speech_words = partial(entries, "speech", "form", "lemmas")
_says_behind = partial(entries, "speech", "form", "behind")
