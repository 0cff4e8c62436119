"""Whether a sentence asserts what it mentions, and why not: questions, demands, forecasts, denials.

Cues are rows of `data/assertion.toml`, and every result names its row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from claimcheck.lexicon import load, pattern
from claimcheck.model import Span
from claimcheck.syntax.clauses import Clause, above, is_clause_head
from claimcheck.syntax.tree import Token

# ----------------------------------------------------------------------------------------------------
# The cues that keep a clause from being asserted: the rows of `data/assertion.toml`, by where they stand.


@dataclass(frozen=True, slots=True)
class Assertion:
    """Whether a clause is asserted; `hedge` and `rule` say why it is not."""

    asserted: bool
    hedge: str | None = None
    rule: str | None = None


ASSERTED = Assertion(True)


@cache
def cue_rows(form: str) -> dict[str, Assertion]:
    """The cues of a form, each with what it makes of the clause."""
    return {
        cue: Assertion(False, row["hedge"], f"assertion.{row.id}")
        for row in load("assertion")
        if row["form"] == form
        for cue in row["lemmas"]
    }


# ----------------------------------------------------------------------------------------------------
# What a clause says of nothing, or nearly said: "no convoy came", "the talks almost collapsed".
#
# Each is a form of its own in `data/assertion.toml`.

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = _SUBJECTS | {"attr", "dobj"}
_SHARING = frozenset({"conj", "xcomp", "ccomp"})
_BESIDE_NOTHING = frozenset({"det", "neg", "nummod", "conj"})
_DETERMINERS = frozenset({"no", "neither", "not"})
_COMPARED = frozenset({"fewer", "less", "more"})
_NEAR_BY = 90  # characters before a word


def of_nothing(noun: Token) -> Assertion | None:
    """The row by which a noun stands for nothing: "no convoy", "not one of them", "neither the first nor the
    second round", "nobody"; not "no fewer than 20 convoys", nor the number of something ("No 10")."""
    found, word = cue_rows("none"), noun.lower_
    if noun.pos_ in {"PRON", "NOUN"} and word in found and word not in _DETERMINERS:
        return found[word]
    for child in noun.children:
        if child.dep_ == "preconj" and child.lower_ == "neither":
            return found["neither"]
        if child.dep_ not in {"det", "neg"} or child.lower_ not in _DETERMINERS or child.i > noun.i:
            continue
        if noun.like_num and word != "one":
            return None
        compared = any(w.i == child.i + 1 and w.lower_ in _COMPARED for w in noun.subtree)
        return None if compared else found.get(child.lower_)
    return None


def denied(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why what a verb says of `token` is said of nothing: "no party won 40 seats", "there was no strike".

    `below` is the verb under it that the token belongs to, None where it is this one's own; it must share
    the verb's subject or be what it says. A number that is itself the "no" asserts that
    there were none, but "neither 30 nor 20" is no number of either; what is joined to the nothing is no part
    of it.
    """
    arguments = _ARGUMENTS
    if below is not None:
        own_subject = any(c.dep_ in _SUBJECTS for c in below.children)
        if below.dep_ not in _SHARING or (own_subject and below.dep_ == "conj"):
            return None
        arguments = _SUBJECTS
    for child in verb.children:
        if child.dep_ in arguments and (row := of_nothing(child)) is not None:
            path = _path(token, verb, child)
            own = path[-1].i == child.i and (len(path) == 1 or path[-2].dep_ in _BESIDE_NOTHING)
            return None if own and row is not cue_rows("none")["neither"] else row
    return None


def _path(token: Token, verb: Token, child: Token) -> list[Token]:
    """The tokens from one up to the verb, or to the child of the verb that it belongs to."""
    path = [token]
    while path[-1].i not in (verb.i, child.i) and path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    return path


# ----------------------------------------------------------------------------------------------------
# Whether a sentence asserts what it mentions, and why not: questions, conditions, demands, forecasts.
#
# The pass of its own that medSpaCy's context is for clinical notes: cues are rows of `data/assertion.toml`,
# every result names its row. Judged later as `not_asserted`: what is only asked or demanded is no claim.

_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubjpass"})


def assess(token: Token, clause: Clause, question: bool) -> Assertion:
    """Whether the clause of `token` is asserted, `question` being whether its sentence asks."""
    head, noun = clause.head, clause.head.head  # "was it 40 people who were killed?", "40 people killed?"
    granted = head.dep_ in {"acl", "relcl"} and head.tag_ in {"VBN", "VBD", "VBZ", "VBP"}
    singled_out = head.dep_ == "acl" or any(c.lower_ == "it" for c in noun.head.children)
    asked = noun.dep_ == "ROOT" or (noun.head.lemma_ == "be" and singled_out)
    if question and (asked or not granted):
        return Assertion(False, "question", "question.mark")
    here, below = token, None
    beside = False  # the verb is joined to one with a subject of its own: what hedges it, it hedges alone
    while True:
        if here.pos_ in {"VERB", "AUX"} or is_clause_head(here):
            if found := _opened(here) if beside else _cue(here) or denied(here, token, below):
                ahead = cue_rows("predicate").get((found.rule or "").removeprefix("assertion."))
                return ahead if ahead is not None and token.i < here.i else found
            below = here
        hung_on = above(here)
        if hung_on is None or _presupposes(here):
            of_none = here.dep_ in {"acl", "relcl"} and hung_on is not None
            return (of_nothing(hung_on) if of_none else None) or ASSERTED
        resolved = hung_on.dep_ == "xcomp" and hung_on.tag_ == "VB" and hung_on.head.tag_ == "VBD"
        if here.lower_ in cue_rows("behind") and here.dep_ == "prep" and resolved:
            return ASSERTED  # "decided to leave after 40 days of talks"
        if _completes(here):  # "the mayor rejected reports that 15 had died"
            return _tale(here.head) or ASSERTED
        infinitive = here.dep_ == "acl" and here.tag_ == "VB"  # "a demand to release 70 detainees"
        if (here.dep_ in _COMPLEMENT or infinitive) and (found := _governed(hung_on, here)):
            return found
        led = (here.dep_ == "prep" and here.lower_ == "for") or (here.dep_ == "advcl" and here.tag_ == "VB")
        if led and (found := _led(here.head)):  # "call for the release of 70", "call on them to free 70"
            return found
        beside = _stands_beside(here)
        here = hung_on


def _opened(verb: Token) -> Assertion | None:
    """Why the word that opens a clause keeps all that are joined in it from being asserted: "if it rains"."""
    marks = (c.lower_ for c in verb.children if c.dep_ == "mark")
    return next((cue_rows("mark")[word] for word in marks if word in cue_rows("mark")), None)


def _stands_beside(verb: Token) -> bool:
    """Whether a finite verb is joined to another and has its own subject: "it may close, but *40 came*"."""
    if verb.dep_ != "conj" or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return False
    finite = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in finite)


def _presupposes(head: Token) -> bool:
    """A past participle or a finite relative clause that modifies a noun is taken for granted, and so are an
    apposition ("the rector, 74, will retire"), a possession ("with its 12 barns, the list may be cleared"), a
    reason that is given in the past ("as the bridge was closed, 40 boats may have turned back") and what is
    only asked of its circumstances ("nobody knows why 40 died")."""
    if head.dep_ == "appos" or (head.dep_ == "prep" and head.lower_ == "with"):
        first = head.left_edge
        before = first.nbor(-1).text if first.i else ""
        own = any(c.dep_ == "poss" for noun in head.children for c in noun.children)
        return own or (before in {",", "(", "–", "—"} and head.head.pos_ in {"NOUN", "PROPN"})
    if head.dep_ == "advcl" and head.tag_ == "VBN" and not any(c.dep_ == "mark" for c in head.children):
        return head.i < head.head.i and not any(c.dep_ in {"aux", "auxpass"} for c in head.children)
    if head.dep_ == "advcl":
        helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in head.children)
        stated = head.tag_ == "VBD" or helped
        return stated and any(c.dep_ == "mark" and c.lower_ in cue_rows("reason") for c in head.children)
    if head.dep_ == "ccomp" and head.tag_ in {"VBD", "VBZ", "VBP"}:  # "nobody knows why 40 died"
        return any(c.dep_ == "advmod" and c.lower_ in cue_rows("circumstance") for c in head.children)
    finite = head.tag_ in ({"VBN"} if head.dep_ == "acl" else {"VBD", "VBN", "VBZ", "VBP"})
    return head.dep_ in {"acl", "relcl"} and finite and not _completes(head)


def _completes(verb: Token) -> bool:
    """Whether a clause says what a noun is about: "reports that 15 had died", "fears that 30 will die"."""
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    return that and verb.dep_ in {"acl", "relcl"}


def _tale(noun: Token) -> Assertion | None:
    """Why what a noun tells is not asserted: it is only feared or planned, or a verb above denies it."""
    if (row := cue_rows("noun").get(noun.lemma_.lower())) is not None:
        return row
    stated = noun.lemma_.lower() in cue_rows("tale") and noun.dep_ in {"dobj", "pobj", "nsubjpass"}
    above = _governed(noun.head) if stated else None
    return above if above is not None and above.hedge == "negation" else None


_FORMS = {"neg": "negation", "mark": "mark", "aux": "aux"}


def _cue(verb: Token) -> Assertion | None:
    children = list(verb.children)
    for child in children:
        rows = cue_rows(_FORMS.get(child.dep_, ""))
        if row := rows.get(child.lower_) or rows.get(f"{child.lower_} {verb.tag_}"):
            return row
        if child.lower_ == "to" and child.dep_ == "aux" and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
            return cue_rows("ahead")["be"]  # "was to be held in May"
    if verb.dep_ == "xcomp" and (row := _governed(verb.head)):
        return row
    ahead = verb.lemma_ == "be" or (verb.lemma_ == "go" and verb.tag_ == "VBG")
    to_do = (c for c in children if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBN"}) if ahead else ()
    if any(c.dep_ == "aux" and c.lower_ == "to" for x in to_do for c in x.children):
        return cue_rows("ahead")[verb.lemma_]  # "the seventh round is to open in May"
    raised = any(c.dep_ == "auxpass" for c in children) and any(c.dep_ in {"xcomp", "oprd"} for c in children)
    # "some 400 delegates are expected to attend", "were meant to attend", not "were set free"
    freed = all(c.tag_ == "JJ" for c in children if c.dep_ in {"xcomp", "oprd"})
    if raised and (row := _governed(verb) or cue_rows("raised").get(verb.lemma_)):
        return None if freed and row.hedge == "plan" else row
    if any(c.dep_ in {"auxpass", "dobj", "nsubj"} for c in children) and (
        row := cue_rows("foreseen").get(verb.lemma_)
    ):
        return row
    if _imperative(verb, children):
        return cue_rows("bare")["VB"]
    return None


def _governed(governor: Token, clause: Token | None = None) -> Assertion | None:
    if clause is not None and governor.lemma_ in cue_rows("says_too"):
        finite = [clause, *(c for c in clause.children if c.dep_ in {"aux", "auxpass"})]
        if any(t.tag_ == "VBD" for t in finite):
            return None  # "suggested that 40 had died" says so; "that 40 be freed" asks for it
    row = _led(governor) or cue_rows("governor").get(governor.lemma_.lower())
    subjects = [c for c in governor.children if c.dep_ == "nsubj"]
    rumour = (cue_rows("noun").get(c.lemma_.lower()) for c in subjects)
    is_stated = governor.lemma_ == "be"  # "the plan was that", not "the proposal notes that"
    stated = next((r for r in rumour if r is not None and (is_stated or r.hedge != "plan")), None)
    return row or stated  # "rumour has it that"


def _led(governor: Token) -> Assertion | None:
    """A governor of two words: "call on", "call for", "rule out"."""
    behind = next(
        (c.lower_ for c in governor.children if c.dep_ in {"prep", "prt"} and c.i > governor.i), None
    )
    return None if behind is None else cue_rows("governor").get(f"{governor.lemma_.lower()} {behind}")


def _imperative(verb: Token, children: list[Token]) -> bool:
    """ "Release 70 detainees": a bare verb at the root, without auxiliary and without what the parse may have
    missed as its subject ("SAMS put the list at 641")."""
    if verb.dep_ != "ROOT" or verb.tag_ != "VB":
        return False
    taken = any(c.i < verb.i and c.pos_ in {"NOUN", "PROPN"} and c.dep_ != "npadvmod" for c in children)
    return not taken and not any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "expl"} for c in children)


# ----------------------------------------------------------------------------------------------------
# What the words around a clause take back: "which turned out to be untrue", "if it is to be believed".
#
# By its words alone, as such additions hang loosely in a parse: forms of `data/assertion.toml`.


_NEXT = re.compile(r"[.\"”’]*[ \n]")


def taken_back(text: str, sentence: Span, at: int, words: Sequence[Span] = ()) -> Assertion | None:
    """Why a sentence does not assert what stands at `at`, its number or time, None where nothing takes it
    back. `words`: what it turns on, its verb and what is counted; none of them is held at a distance."""
    start, end = sentence.start, sentence.end
    following = _NEXT.match(text, end)
    holds: dict[str, Callable[[re.Pattern[str]], re.Match[str] | None]] = {
        "open": lambda p: p.match(text, start, at),
        "between": lambda p: p.fullmatch(text, start, at),
        "right before": lambda p: p.search(text, max(start, at - _NEAR_BY), at),
        "behind": lambda p: p.match(text, at, end),
        "anywhere": lambda p: p.search(text, start, end),
        "before": lambda p: p.search(text, max(0, start - _NEAR_BY), start),
        "next": lambda p: p.match(text, following.end()) if following else None,
    }
    for row in (row for row in load("taken_back") if "where" in row.fields):
        opening = row.get("requires")
        if opening is not None and pattern("taken_back", opening).match(text, start, at) is None:
            continue
        if holds[row["where"]](pattern("taken_back", row.id)) is not None:
            return next(iter(cue_rows(row["says"]).values()))
    before, after = pattern("taken_back", "scare quotes before"), pattern("taken_back", "scare quotes behind")
    quoted = (w for w in words if before.search(text, max(0, w.start - _NEAR_BY), w.start))
    at_a_distance = any(after.match(text, w.end) for w in quoted)
    return next(iter(cue_rows("withdrawn").values())) if at_a_distance else None
