"""Whether a sentence asserts what it mentions, and why not: questions, demands, forecasts, denials.

Cues are rows of `data/assertion.toml`, and every result names its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from claimcheck.claims.clauses import Clause, Token, above, is_clause_head, says
from claimcheck.claims.people import is_person
from claimcheck.lexicon import alternatives, load, pattern, written
from claimcheck.model import Mention, Span

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
# What a clause says of nothing, nearly said, or calls untrue: "no convoy came", "it is false that 40 died".
#
# Each is a form of its own in `data/assertion.toml`.

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ARGUMENTS = _SUBJECTS | {"attr", "dobj"}
_SHARING = frozenset({"conj", "xcomp", "ccomp"})
_BESIDE_NOTHING = frozenset({"det", "neg", "nummod", "conj"})
_DETERMINERS = frozenset({"no", "neither", "not"})
_COMPARED = frozenset({"fewer", "less", "more"})
_INVERTED = frozenset({"did", "do", "does", "was", "were", "is", "are", "has", "have", "had"})
_IS = frozenset({"is", "was", "'s", "’s", "be", "been", "isn't", "wasn't"})
_WHEN = frozenset({"in", "on", "at", "during", "since", "before", "after", "between", "until", "throughout"})
_RELATIVE = frozenset({"where", "which", "who", "whose", "when"})
_JOINERS = frozenset({"and", "but", "yet"})
_ANNOUNCES = 9  # words from "it" to its "that"
_CALLED = frozenset({"a", "an", "as"})
_TELLS = frozenset({"that", "of"})
_NEAR = 4
_A_NUMBER = written("taken_back", "a number")
_ON_DAY = written("taken_back", "on a day")
_LEAD_DENIED = 40
_SAID_OF = frozenset({"acomp", "attr", "oprd"})


def denied(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why a verb denies what the clause of `token` tells. `below` is the verb under it that the token belongs
    to, None where it is this one's own."""
    return _of_none(verb, token, below) or _untrue(verb, token, below) or _not_quite(verb, token, below)


def is_corrected(number: Token) -> bool:
    """Whether a number is only named to be put right: "not 765 but 500"."""
    words = {(c.dep_, c.lower_) for c in number.children}
    return ("neg", "not") in words and ("cc", "but") in words


def put_right(text: str, number: Mention) -> Assertion | None:
    """Why a number is only named to be put right: "instead of 29, 86 came", "20 boats, not 40". A number that
    was added up holds one of those where such words stand within it."""
    found = _corrected().search(text, max(0, number.wide_start - _LEAD_DENIED), number.wide_start)
    if found is None and number.rule.startswith("casualties"):
        found = _corrected(within=True).search(number.text)
    return None if found is None else cue_rows("corrected")[" ".join(found[1].lower().split())]


def date_put_right(text: str, start: int) -> Assertion | None:
    """Why a date that starts here is only named to be put right: "on 2 May, not on 3 May"."""
    found = _corrected_date().search(text, max(0, start - _LEAD_DENIED), start)
    return None if found is None else cue_rows("corrected")[" ".join(found[1].lower().split())]


@cache
def _corrected_date() -> re.Pattern[str]:
    words = alternatives(cue_rows("corrected"), r"\s+")
    return re.compile(rf"[,;(]\s+({words}){_ON_DAY}\Z", re.IGNORECASE)


@cache
def _corrected(within: bool = False) -> re.Pattern[str]:
    words = alternatives(cue_rows("corrected"), r"\s+")
    behind = r"\b" if within else rf"{_A_NUMBER}\Z"
    return re.compile(rf"\b({words}){behind}", re.IGNORECASE)


def told_untrue(token: Token) -> Assertion | None:
    """Why a whole tale is untrue: "claims that 40 boats sank turned out to be false", "called the raid of 3
    May a hoax". By the words alone, as the parse of such a sentence is often wrong."""
    words, untrue_at = _words(token.doc)
    if (row := _by_it(words, token.i) or _by_rumour(token, words)) is not None or not untrue_at:
        return row
    before = [(token.doc[i].lemma_.lower(), words[i + 1]) for i in range(token.i)]
    at = next((i for i in untrue_at if i > token.i), None)
    if at is None:
        return _called_before(before, words, untrue_at[0])
    near = frozenset(words[max(token.i + 1, at - _NEAR) : at])
    told = any(lemma in cue_rows("tale") and behind in _TELLS for lemma, behind in before)
    opens = words[0] in cue_rows("whoever") and any(w in cue_rows("says_so") for w in words[:3])
    if opens and "that" in words[: token.i]:
        return cue_rows("false")[words[at]]  # "those who say that 40 died are wrong"
    called = words[at - 1] in _CALLED and any(lemma in cue_rows("naming") for lemma, _ in before)
    return (
        cue_rows("false")[words[at]]
        if called or (told and not near.isdisjoint(cue_rows("turns_out")))
        else None
    )


def _by_rumour(token: Token, words: Sequence[str]) -> Assertion | None:
    """Why what only a rumour says is not asserted: "according to unconfirmed rumours, 40 died"."""
    for at, word in enumerate(words):
        if word == "according" and words[at + 1 : at + 2] == ["to"]:
            said = [w for t in token.doc[at + 2 : at + 2 + _NEAR] for w in (t.lemma_.lower(), t.lower_)]
            found = (cue_rows(form)[w] for w in said for form in ("noun", "withdrawn") if w in cue_rows(form))
            return next((row for row in found if row.hedge != "plan"), None)  # "according to plan"
    return None


def _by_it(words: Sequence[str], end: int) -> Assertion | None:
    """Why a tale is untrue that "it" announces: "it is not the case that 40 died", "it is a lie that"; "it is
    no lie that" is none of these."""
    for at, word in enumerate(words[:end]):
        if word != "it":
            continue
        that = next((i for i in range(at + 2, min(at + _ANNOUNCES, end)) if words[i] == "that"), at)
        said = words[at + 1 : that]
        if _IS.isdisjoint(said):
            continue
        not_so = next((cue_rows("negation")[w] for w in said if w in cue_rows("negation")), None)
        if any(w in cue_rows("true") for w in said):
            return not_so
        if doubted := [w for w in said if w in cue_rows("doubtful")]:
            return cue_rows("doubtful")[doubted[0]]
        if not_so is None and (false := [w for w in said if w in cue_rows("false")]):
            return cue_rows("false")[false[0]]
    return None


def _called_before(before: Sequence[tuple[str, str]], words: Sequence[str], at: int) -> Assertion | None:
    """Why a tale is untrue that stands behind what it is called: "dismissed as lies claims that 40 died"."""
    called = words[at - 1] in _CALLED or words[at - 2] in _CALLED
    named = any(lemma in cue_rows("naming") for lemma, _ in before[:at])
    told = any(lemma in cue_rows("tale") and behind in _TELLS for lemma, behind in before[at + 1 :])
    return cue_rows("false")[words[at]] if called and named and told else None


def disputed(token: Token) -> Assertion | None:
    """Why a number or a tale is not asserted: a verb of denying has it as its object ("disputes the figure of
    15", "the toll of 15 was rejected"). "Rejected 15 applications" asserts 15."""
    here = token
    while here.head.i != here.i:
        if here.lemma_.lower() in cue_rows("tale") and here.dep_ in _ARGUMENTS and here.i != token.i:
            row = cue_rows("governor").get(here.head.lemma_)
            object_of = here.dep_ == "dobj" or here.dep_ == "nsubjpass"
            return row if row is not None and row.hedge == "negation" and object_of else None
        invented = cue_rows("invents").get(here.head.lemma_) if here.dep_ == "dobj" else None
        if invented is not None and is_person(here):
            return invented
        here = here.head
    return None


def _words(doc: Any) -> tuple[list[str], list[int]]:
    """The words of a sentence, which each of its claims asks for, and where one calls something untrue."""
    found: tuple[list[str], list[int]] | None = doc.asked.get(_words)
    if found is None:
        words = [w.lower_ for w in doc]
        found = words, [i for i, word in enumerate(words) if word in cue_rows("false")]
        doc.asked[_words] = found
    return found


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


def _of_none(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why what a verb says of `token` is said of nothing: "no party won 40 seats", "there was no strike".

    `below` must share the verb's subject or be what it says. A number that is itself the "no" asserts that
    there were none, but "neither 30 nor 20" is no number of either; what is joined to the nothing is no part
    of it.
    """
    arguments = _ARGUMENTS
    if below is not None and below.dep_ == "ccomp" and (row := _by_hardly_anyone(verb)) is not None:
        return row
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


def _by_hardly_anyone(verb: Token) -> Assertion | None:
    """ "Few believe that 40 died", "hardly anyone thinks so"."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            said = (child, *child.children)
            return next((cue_rows("hardly")[w.lower_] for w in said if w.lower_ in cue_rows("hardly")), None)
    return None


def discredited(noun: Token) -> Assertion | None:
    """Why what a report says is not asserted: it was taken back ("a retracted report", "an estimate that was
    later withdrawn")."""
    told_there = noun.lemma_.lower() in cue_rows("tale") or noun.lemma_.lower() in cue_rows("paper")
    for child in noun.children if told_there else ():
        told = child.dep_ in {"amod", "compound"} or (child.dep_ in {"relcl", "acl"} and child.tag_ == "VBN")
        if told and (row := cue_rows("withdrawn").get(child.lower_)) is not None:
            return row
    return None


def _untrue(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why what is told is called untrue: "it is false that 40 died", "the figure of 765 is wrong", "reports
    of 40 dead turned out to be untrue"."""
    row = _false(verb)
    if row is None:
        return None
    told = below is not None and below.dep_ in {"ccomp", "csubj"}
    subjects = [c for c in verb.children if c.dep_ in _SUBJECTS]
    return row if told or any(_path(token, verb, s)[-1].i == s.i for s in subjects) else None


def untrue(noun: Token) -> Assertion | None:
    """Why what a noun tells is called untrue: "the claim that 40 died is false"."""
    return _false(noun.head) if noun.dep_ in _SUBJECTS else None


def _false(verb: Token) -> Assertion | None:
    said = [verb, *(c for c in verb.children if c.dep_ == "xcomp")]
    found = (c for one in said for c in one.children if c.dep_ in _SAID_OF)
    return next((cue_rows("false")[w.lower_] for w in found if w.lower_ in cue_rows("false")), None)


def _not_quite(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why something only came near to happening, or is still to: "the talks almost collapsed", "were far from
    over", "are due on 3 May", "the summit of 3 May was called off"."""
    if below is not None:
        return None
    for child in verb.children:
        word = child.lower_
        if (
            child.dep_ == "advmod"
            and word in cue_rows("almost")
            and verb.lemma_ not in cue_rows("approaches")
        ):
            return cue_rows("almost")[word]
        if (
            child.dep_ == "advmod"
            and word == "longer"
            and any(c.lower_ in ("no", "not") for c in child.children)
        ):
            return cue_rows("negation")["no"]
        after = {c.lower_ for c in child.children if c.dep_ in {"prep", "prt"}}
        if verb.lemma_ == "be" and child.dep_ in {"advmod", "acomp"}:
            if word == "far" and "from" in after:
                return cue_rows("negation")["not"]
            if word in cue_rows("due") and "to" not in after:
                return cue_rows("due")[word]
    if verb.lemma_ == "fail" and any(c.dep_ == "xcomp" for c in verb.children):
        failing = (c for c in verb.children if c.dep_ == "nsubj")
        if not any(_path(token, verb, c)[-1].i == c.i for c in failing):
            return cue_rows("governor")[
                "fail"
            ]  # "failed on 3 May to adopt it", not "the talks of 3 May failed"
    for child in verb.children if verb.lemma_ == "be" else ():
        to_do = child.dep_ == "acomp" and any(c.dep_ == "xcomp" for c in child.children)
        if to_do and (row := cue_rows("governor").get(child.lemma_.lower())) is not None:
            return row  # "12 people were *ready* to be evacuated"
        if child.dep_ == "prep" and (row := _on_the_point(child)) is not None:
            return row
    unfinished = cue_rows("begins").get(verb.lemma_)
    if unfinished is not None and any(
        c.dep_ == "xcomp" and any(a.dep_ == "auxpass" for a in c.children) for c in verb.children
    ):
        return unfinished  # "40 schools *remained to be built*"
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    row = cue_rows("undone").get(verb.lemma_ + particle)
    own = (token.i, token.head.i)  # "40 trains were cancelled" counts them
    subjects = (c for c in verb.children if c.dep_ == "nsubjpass") if row is not None else ()
    undone = (c for c in subjects if c.i not in own)
    return row if any(_path(token, verb, c)[-1].i == c.i for c in undone) else None


def _on_the_point(prep: Token) -> Assertion | None:
    """ "12 people were *on the point of being killed*", "12 schools were *in the course of being built*"."""
    for noun in (c for c in prep.children if c.dep_ == "pobj"):
        of = (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of")
        if any(c.dep_ == "pcomp" and c.tag_ in ("VBG", "VBN") for one in of for c in one.children):
            return cue_rows("gerund_prep")["of"]
    return None


def at_no_time(token: Token) -> Assertion | None:
    """Why a sentence that begins with "at no point did", "not once in May were" or "nor has" denies what
    follows up to a relative clause. The verb before its subject tells it from "in no time 40 were sold"."""
    words, _ = _words(token.doc)
    start = 1 if words[0] in _JOINERS else 0
    row, behind = _no_time(words[start : start + 3])
    behind += start
    if row is None or behind >= len(words):
        return None
    if words[behind] in _WHEN:  # "not once in May did", and not "in no time 40 were"
        behind = next((i for i, w in enumerate(words[: behind + _NEAR * 2]) if w in _INVERTED), behind)
    denies = words[behind] in _INVERTED and _RELATIVE.isdisjoint(words[behind : token.i])
    return row if denies else None


def _no_time(words: Sequence[str]) -> tuple[Assertion | None, int]:
    """The row by which a sentence opens with "at no point", "not once" or "never", and how many words that
    is."""
    if len(words) > 2 and words[1] == "no" and words[2] in cue_rows("no_time"):
        return cue_rows("no_time")[words[2]], 3
    for many in (2, 1):
        if (row := cue_rows("never").get(" ".join(words[:many]))) is not None:
            return row, many
    return None, 0


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

_REFUSES = frozenset({"refuse"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj", "csubjpass"})


def assess(token: Token, clause: Clause, question: bool, of_deed: bool = False) -> Assertion:
    """Whether the clause of `token` is asserted, `question` being whether its sentence asks.

    `of_deed`: what is told is the deed itself and nobody whom it counts: "refused to resign", not "to let in
    400 people".
    """
    if of_deed and (row := _declined(clause.head)):
        return row
    granted = clause.head.dep_ in {"acl", "relcl"} and clause.head.tag_ in {"VBN", "VBD", "VBZ", "VBP"}
    if question and (_inverted(clause.head) or not granted):
        return Assertion(False, "question", "question.mark")
    if none := _quantifier(token) or told_untrue(token) or disputed(token) or at_no_time(token):
        return none
    here, below = token, None
    beside = False  # the verb is joined to one with a subject of its own: what hedges it, it hedges alone
    while True:
        if here.pos_ in {"VERB", "AUX"} or is_clause_head(here):
            if found := _opened(here) if beside else _cue(here) or denied(here, token, below):
                return found
            below = here
        if here.lemma_ in cue_rows("scheduled") and _only_scheduled(here):
            return cue_rows("scheduled")[here.lemma_]
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
        if (found := _gerund(here, of_deed)) is not None:
            return found
        if _is_for_to(here) and (found := _governs("for", hung_on)):
            return found  # "waited for 950 prisoners to be released"
        if _aims(here):
            return Assertion(False, "plan", "plan.purpose")  # "gave money to support 3,000 refugees"
        beside = _stands_beside(here)
        here = hung_on


def _opened(verb: Token) -> Assertion | None:
    """Why the word that opens a clause keeps all that are joined in it from being asserted: "if it rains"."""
    if row := _without_if(verb):
        return row
    marks = (c.lower_ for c in verb.children if c.dep_ == "mark")
    return next((cue_rows("mark")[word] for word in marks if word in cue_rows("mark")), None)


def _stands_beside(verb: Token) -> bool:
    """Whether a finite verb is joined to another and has its own subject: "it may close, but *40 came*"."""
    if verb.dep_ != "conj" or not any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children):
        return False
    finite = [verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})]
    return any(t.tag_ in {"VBD", "VBZ", "VBP"} for t in finite)


def _only_scheduled(verb: Token) -> bool:
    """ "The round scheduled for 3 May", "scheduled for 3 May, it opened late", "was scheduled for 3 May":
    it was only foreseen. "Opened as scheduled on 3 May" tells that it did."""
    if verb.tag_ != "VBN" or any(c.dep_ == "mark" or c.lower_ == "as" for c in verb.children):
        return False
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return passive or verb.dep_ in {"acl", "advcl", "amod"} or is_clause_head(verb)


def _aims(verb: Token) -> bool:
    """Whether an infinitive says what something is done for, and not what came of it ("rose to reach")."""
    if verb.dep_ != "advcl" or verb.tag_ != "VB" or verb.lemma_ in cue_rows("results"):
        return False
    if verb.head.lemma_ in cue_rows("means") and verb.head.tag_ in {"VBD", "VBZ", "VBP"}:
        return False  # "burned coal to generate 40 TWh"
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _inverted(head: Token) -> bool:
    """ "Were 40 people killed?", "40 people killed?": the participle is asked, though it is parsed as telling
    of the people; and so is what "it" singles out: "was it 40 people who were killed?"."""
    noun, asking = head.head, head.head.head
    if head.dep_ == "relcl":
        return any(c.dep_ == "nsubj" and c.lower_ == "it" for c in asking.children) and asking.lemma_ == "be"
    if head.dep_ != "acl" or head.tag_ != "VBN":
        return False
    inverted = asking.dep_ == "ROOT" and asking.lemma_ == "be" and asking.i < noun.left_edge.i
    return bool(inverted or noun.dep_ == "ROOT")


def _presupposes(head: Token) -> bool:
    """A past participle or a finite relative clause that modifies a noun is taken for granted, and so are a
    reason that is told in the past ("as the bridge was closed, 40 boats may have turned back") and what is
    only asked of its circumstances ("nobody knows why 40 died")."""
    if head.dep_ == "advcl":
        helped = any(c.dep_ in {"aux", "auxpass"} and c.tag_ == "VBD" for c in head.children)
        told = head.tag_ == "VBD" or helped
        return told and any(c.dep_ == "mark" and c.lower_ in cue_rows("reason") for c in head.children)
    if head.dep_ == "ccomp" and head.tag_ in {"VBD", "VBZ", "VBP"}:  # "nobody knows why 40 died"
        return any(c.dep_ == "advmod" and c.lower_ in cue_rows("circumstance") for c in head.children)
    if head.dep_ == "acl":
        return bool(head.tag_ == "VBN") and not _completes(head) and not _is_to_be(head)
    finite = head.tag_ in {"VBD", "VBN", "VBZ", "VBP"}
    return bool(head.dep_ == "relcl" and finite) and not _completes(head)


def _is_to_be(verb: Token) -> bool:
    """Whether an infinitive foretells what is to be: "Tarn *to build* 40 schools", "40 prisoners *to be
    freed*"; not of one who was the first or the last: "the third man to be killed"."""
    if not any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    noun = verb.head
    ranked = any(
        c.tag_ == "JJS" or c.lower_ in _ordinals() or c.lower_ in ("only", "last", "latest", "next")
        for c in noun.children
    )
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if verb.dep_ == "ROOT" or (passive and verb.dep_ in {"acl", "relcl"} and not ranked):
        return True
    headline = all(t.tag_ not in {"VBD", "VBZ", "VBP", "MD"} for t in verb.doc)
    return headline and not ranked and verb.tag_ in {"VB", "VBN"}


def _without_if(verb: Token) -> Assertion | None:
    """A condition that begins with its auxiliary: "*had* the dam burst, 40 people would have drowned"."""
    opening = next((t for t in verb.doc if t.is_alpha), None)
    if opening is None or opening.lower_ not in cue_rows("inverted"):
        return None
    follows = any(t.tag_ == "MD" and t.lower_ in cue_rows("inverted_follows") for t in verb.doc[verb.i + 1 :])
    return cue_rows("inverted")[opening.lower_] if follows else None


def _completes(verb: Token) -> bool:
    """Whether a clause says what a noun is about: "reports that 15 had died", "fears that 30 will die",
    "figures that put the dead at 15"."""
    if verb.dep_ not in {"acl", "relcl"}:
        return False
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
    return that or (says(verb) and verb.tag_ != "VBN" and verb.head.lemma_.lower() in cue_rows("tale"))


def _tale(noun: Token) -> Assertion | None:
    """Why what a noun tells is not asserted: it is only feared or planned, or a verb above denies it."""
    if (row := cue_rows("noun").get(noun.lemma_.lower())) is not None:
        return row
    if noun.lemma_.lower() in cue_rows("proof"):
        return next(
            (cue_rows("lacks")[c.lower_] for c in noun.children if c.lower_ in cue_rows("lacks")), None
        )
    if (row := _contrary(noun) or discredited(noun)) is not None:
        return row
    told = noun.lemma_.lower() in cue_rows("tale") and noun.dep_ in {"dobj", "pobj", "nsubjpass"}
    above = _governed(noun.head) if told else untrue(noun)
    denies = above is not None and above.hedge == "negation"
    subjects = (c for c in noun.head.children if told and c.dep_ in {"nsubj", "nsubjpass"} and c.i != noun.i)
    nobody = next((row for c in subjects if (row := of_nothing(c)) is not None), None)
    return nobody if not denies else None if nobody is not None else above


def _contrary(noun: Token) -> Assertion | None:
    """ "Contrary to reports that 15 had died", "despite claims that"."""
    if noun.dep_ != "pobj" or noun.lemma_.lower() not in cue_rows("tale"):
        return None
    before = (noun.head.lower_, noun.head.head.lower_)
    return next((cue_rows("contrary")[w] for w in before if w in cue_rows("contrary")), None)


def _quantifier(token: Token) -> Assertion | None:
    """ "Neither of the two pilots survived": what is told, is told of nobody."""
    if is_corrected(token):  # "not 765 but 500"
        return cue_rows("negation")["not"]
    here = token
    while here.dep_ in {"nummod", "pobj", "prep"} and here.head.i != here.i:
        if here.dep_ == "prep" and here.lower_ != "of":
            return None
        here = here.head
    return cue_rows("quantifier").get(here.lower_) if here.i < token.i else None


def _cue(verb: Token) -> Assertion | None:
    children = list(verb.children)
    if row := _without_if(verb):
        return row
    if _is_to_be(verb):
        return Assertion(False, "plan", "plan.to_be")
    for child in children:
        if child.dep_ == "neg" and (row := cue_rows("negation").get(child.lower_)):
            return row
        if child.dep_ == "mark" and (row := cue_rows("mark").get(child.lower_)):
            return row
        if child.dep_ == "aux" and (row := cue_rows("aux").get(child.lower_)):
            return row
        told = child.dep_ == "advmod" and any(c.dep_ in _COMPLEMENT for c in children)
        if told and (row := cue_rows("wrongly").get(child.lower_)):
            return row
        if child.dep_ == "prep" and verb.lemma_ not in cue_rows("depicts") and (row := _invented(child)):
            return row
        to_be = child.dep_ == "aux" and child.lower_ == "to" and verb.dep_ == "xcomp"
        if to_be and verb.head.lemma_ == "be":
            return Assertion(False, "plan", "plan.be_to")  # "was to be held in May"
    if verb.dep_ == "xcomp" and (row := _governed(verb.head) or _raised(verb.head)):
        return row
    ahead = verb.lemma_ == "be" or (verb.lemma_ == "go" and verb.tag_ == "VBG")
    to_do = (c for c in children if c.dep_ == "xcomp" and c.tag_ in {"VB", "VBN"}) if ahead else ()
    if any(c.dep_ == "aux" and c.lower_ == "to" for x in to_do for c in x.children):
        return Assertion(False, "plan", "plan.be_to")  # "the seventh round is to open in May"
    raised = any(c.dep_ == "auxpass" for c in children) and any(c.dep_ in {"xcomp", "oprd"} for c in children)
    # "some 400 delegates are expected to attend", "were meant to attend", not "were set free"
    freed = all(c.tag_ == "JJ" for c in children if c.dep_ in {"xcomp", "oprd"})
    if raised and (row := _governed(verb) or cue_rows("raised").get(verb.lemma_)):
        return None if freed and row.hedge == "plan" else row
    if any(c.dep_ in {"auxpass", "dobj", "nsubj"} for c in children) and (
        row := cue_rows("foretold").get(verb.lemma_)
    ):
        return row
    if _imperative(verb, children):
        return Assertion(False, "demand", "demand.imperative")
    return None


def _invented(prep: Token) -> Assertion | None:
    """The world of a tale in which something is told to have been: "40 drowned *in a film about whales*"."""
    if prep.lower_ != "in":
        return None
    for noun in (c for c in prep.children if c.dep_ == "pobj"):
        before = [c.lower_ for c in noun.children if c.dep_ in {"compound", "amod"} and c.i < noun.i]
        names = [noun.lemma_.lower(), *(f"{word} {noun.lemma_.lower()}" for word in before[-1:])]
        some = any(
            c.dep_ in {"det", "poss"} and c.lower_ not in {"the", "this", "that"} for c in noun.children
        )
        if some and (row := next((cue_rows("fiction")[n] for n in names if n in cue_rows("fiction")), None)):
            return row
    return None


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(word for row in load("number_words") for word in row.get("ordinal", ()))


def _raised(governor: Token) -> Assertion | None:
    """ "Were supposed to come", "is tipped to win": only in the passive a verb of what is to be."""
    passive = any(c.dep_ == "auxpass" for c in governor.children)
    return cue_rows("raised").get(governor.lemma_) if passive else None


def _says_of_the_past(governor: Token, clause: Token) -> bool:
    """ "Suggested that 40 had died" says so; "suggested that 40 be freed" asks for it."""
    finite = [clause, *(c for c in clause.children if c.dep_ in {"aux", "auxpass"})]
    return governor.lemma_ in cue_rows("says_too") and any(t.tag_ == "VBD" for t in finite)


def _governed(governor: Token, clause: Token | None = None) -> Assertion | None:
    if clause is not None and _says_of_the_past(governor, clause):
        return None
    row = _led(governor) or cue_rows("governor").get(governor.lemma_.lower())
    told_by = [c for c in governor.children if c.dep_ == "nsubj"]
    rumour = (cue_rows("noun").get(c.lemma_.lower()) or discredited(c) for c in told_by)
    is_told = governor.lemma_ == "be"  # "the plan was that", not "the proposal notes that"
    told = next((r for r in rumour if r is not None and (is_told or r.hedge != "plan")), None)
    return row or told or _refused(governor)  # "rumour has it that"


def _refused(governor: Token) -> Assertion | None:
    """ "Refused to accept that 40 had died"."""
    by = governor.head if governor.dep_ == "xcomp" else governor
    return cue_rows("accepts").get(governor.lemma_) if by.lemma_ in _REFUSES else None


def _is_for_to(verb: Token) -> bool:
    """ "*For* 950 prisoners *to* be released"."""
    if verb.dep_ != "advcl" or not any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children):
        return False
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _gerund(verb: Token, of_deed: bool) -> Assertion | None:
    """Why what a gerund or infinitive tells need not have been done, or not been done with: "talked about
    *building* 40 schools", "started *building* 40 schools"; with a deed itself (`of_deed`) one has begun."""
    if verb.dep_ == "xcomp":
        infinitive = verb.tag_ in {"VBG", "VB"} or any(c.lower_ == "to" for c in verb.children)
        return cue_rows("begins").get(verb.head.lemma_) if infinitive and not of_deed else None
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG" or verb.head.dep_ != "prep":
        return None
    row = cue_rows("gerund_prep").get(verb.head.lower_)
    governor = verb.head.head.lemma_.lower()
    done = cue_rows("gerund_done")
    return None if governor in done or f"{governor} {verb.head.lower_}" in done else row


def _governs(preposition: str, verb: Token) -> Assertion | None:
    """What a verb makes of a clause behind a preposition: of that of "wait for" it is still to come."""
    governors, lemma = cue_rows("governor"), verb.lemma_.lower()
    return governors.get(f"{lemma} {preposition}") or governors.get(lemma)


def _declined(verb: Token) -> Assertion | None:
    """ "The mayor *refused to resign*"."""
    to_do = any(c.dep_ == "xcomp" and c.tag_ == "VB" for c in verb.children)
    return cue_rows("refuses").get(verb.lemma_) if to_do else None


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
# What the words around a clause take back: "which turned out to be untrue", "in his novel, …".
#
# By the words of the sentence alone, as such additions hang loosely in a parse. The words are forms of
# `data/assertion.toml`.

_LEAD_TAKEN_BACK = 45
_AS = pattern("taken_back", "as")
_ENDS = written("taken_back", "ends")
_WHICH_IS = written("taken_back", "which is")
_PLANNED_DAY = written("taken_back", "planned day")
_IN_A = written("taken_back", "in a")
_IF_IT_IS = written("taken_back", "if it is")
_TALE = written("taken_back", "tale")
_THAT_WAS = written("taken_back", "that was")
_SUCH_A = written("taken_back", "such a")
_WHICH = written("taken_back", "which")
_THAT = written("taken_back", "that")
_SO_IT_GOES = pattern("taken_back", "so the tale goes")
_NOBODY_BELIEVES = written("taken_back", "nobody believes")


def by_words(
    text: str, sentence: Span, clause: int, number: Mention | None, day: int | None
) -> Assertion | None:
    """Why the words around a number, or a day that starts at `day`, keep it from being asserted. `clause`:
    where its clause begins."""
    if number is not None:
        return put_right(text, number) or _taken_back(text, sentence, number.start)
    if day is None:
        return _taken_back(text, sentence, clause)
    at = max(clause, day)
    return date_put_right(text, day) or _planned_for(text, day) or _taken_back(text, sentence, at)


def _planned_for(text: str, start: int) -> Assertion | None:
    """Why a date that starts here is only that of a plan: "the round scheduled for 3 May"."""
    found = _planned().search(text, max(0, start - _LEAD_TAKEN_BACK), start)
    if found is None or _AS.search(text, max(0, found.start() - len("than ")), found.start()):
        return None
    return cue_rows("for_day")[" ".join(found[1].lower().split())]


def _taken_back(text: str, sentence: Span, at: int) -> Assertion | None:
    """Why a sentence does not assert what stands at `at`: what follows calls it untrue ("which never
    happened"), or it is told of an invented world ("in his novel, …"). None where it does."""
    opened = _fiction().match(text, sentence.start, sentence.end)
    if opened is not None and opened.end() <= at:
        return cue_rows("fiction")[opened[1].lower()]
    tale = _SO_IT_GOES.match(text, sentence.start, sentence.end)
    if tale is not None and tale.end() <= at:
        return next(iter(cue_rows("unreal").values()))
    unreal = _unreal().match(text, sentence.start, sentence.end)
    if unreal is not None and unreal.end() <= at:
        return cue_rows("unreal")[" ".join(unreal[1].lower().split())]
    if (doubted := _if_so().search(text, sentence.start, sentence.end)) is not None:
        return cue_rows("if_so")[" ".join(doubted[1].lower().split())]
    found = _behind().search(text, at, sentence.end)
    if found is None or text.find(";", at, found.start()) >= 0:
        return None
    return next(iter(cue_rows("withdrawn").values()))


def _any_taken_back(form: str) -> str:
    return alternatives(cue_rows(form), r"\s+")


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(rf"\b({_any_taken_back('for_day')}){_PLANNED_DAY}\Z", re.IGNORECASE)


@cache
def _fiction() -> re.Pattern[str]:
    return re.compile(rf"{_IN_A}({_any_taken_back('fiction')})\b[^,.;:]{{0,40}},", re.IGNORECASE)


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(rf"\W*({_any_taken_back('unreal')})\s*,", re.IGNORECASE)


@cache
def _if_so() -> re.Pattern[str]:
    return re.compile(rf"{_IF_IT_IS}({_any_taken_back('if_so')}){_ENDS}", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    false, tale = _any_taken_back("false"), _any_taken_back("tale")
    withdrawn, phrases = _any_taken_back("withdrawn"), _any_taken_back("taken_back")
    return re.compile(
        rf",\s+(?:{_WHICH_IS}(?:{false}){_ENDS}"
        rf"|{_TALE}(?:{tale}){_THAT_WAS}"
        rf"(?:{withdrawn}){_ENDS}"
        rf"|(?:{_WHICH}|{_SUCH_A}(?:{tale})\s+{_THAT}){_NOBODY_BELIEVES}"
        rf"|(?:{phrases}){_ENDS})",
        re.IGNORECASE,
    )
