"""What a clause says of nothing, nearly said, or calls untrue: "no convoy came", "it is false that 40 died".

Each is a form of its own in `data/assertion.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from claimcheck.claims.clauses import Token
from claimcheck.claims.cues import Assertion, rows
from claimcheck.claims.members import is_person
from claimcheck.lexicon import alternatives, written
from claimcheck.model import Mention

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
_LEAD = 40
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
    found = _corrected().search(text, max(0, number.wide_start - _LEAD), number.wide_start)
    if found is None and number.rule.startswith("casualties"):
        found = _corrected(within=True).search(number.text)
    return None if found is None else rows("corrected")[" ".join(found[1].lower().split())]


def date_put_right(text: str, start: int) -> Assertion | None:
    """Why a date that starts here is only named to be put right: "on 2 May, not on 3 May"."""
    found = _corrected_date().search(text, max(0, start - _LEAD), start)
    return None if found is None else rows("corrected")[" ".join(found[1].lower().split())]


@cache
def _corrected_date() -> re.Pattern[str]:
    words = alternatives(rows("corrected"), r"\s+")
    return re.compile(rf"[,;(]\s+({words}){_ON_DAY}\Z", re.IGNORECASE)


@cache
def _corrected(within: bool = False) -> re.Pattern[str]:
    words = alternatives(rows("corrected"), r"\s+")
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
    told = any(lemma in rows("tale") and behind in _TELLS for lemma, behind in before)
    opens = words[0] in rows("whoever") and any(w in rows("says_so") for w in words[:3])
    if opens and "that" in words[: token.i]:
        return rows("false")[words[at]]  # "those who say that 40 died are wrong"
    called = words[at - 1] in _CALLED and any(lemma in rows("naming") for lemma, _ in before)
    return rows("false")[words[at]] if called or (told and not near.isdisjoint(rows("turns_out"))) else None


def _by_rumour(token: Token, words: Sequence[str]) -> Assertion | None:
    """Why what only a rumour says is not asserted: "according to unconfirmed rumours, 40 died"."""
    for at, word in enumerate(words):
        if word == "according" and words[at + 1 : at + 2] == ["to"]:
            said = [w for t in token.doc[at + 2 : at + 2 + _NEAR] for w in (t.lemma_.lower(), t.lower_)]
            found = (rows(form)[w] for w in said for form in ("noun", "withdrawn") if w in rows(form))
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
        not_so = next((rows("negation")[w] for w in said if w in rows("negation")), None)
        if any(w in rows("true") for w in said):
            return not_so
        if doubted := [w for w in said if w in rows("doubtful")]:
            return rows("doubtful")[doubted[0]]
        if not_so is None and (false := [w for w in said if w in rows("false")]):
            return rows("false")[false[0]]
    return None


def _called_before(before: Sequence[tuple[str, str]], words: Sequence[str], at: int) -> Assertion | None:
    """Why a tale is untrue that stands behind what it is called: "dismissed as lies claims that 40 died"."""
    called = words[at - 1] in _CALLED or words[at - 2] in _CALLED
    named = any(lemma in rows("naming") for lemma, _ in before[:at])
    told = any(lemma in rows("tale") and behind in _TELLS for lemma, behind in before[at + 1 :])
    return rows("false")[words[at]] if called and named and told else None


def disputed(token: Token) -> Assertion | None:
    """Why a number or a tale is not asserted: a verb of denying has it as its object ("disputes the figure of
    15", "the toll of 15 was rejected"). "Rejected 15 applications" asserts 15."""
    here = token
    while here.head.i != here.i:
        if here.lemma_.lower() in rows("tale") and here.dep_ in _ARGUMENTS and here.i != token.i:
            row = rows("governor").get(here.head.lemma_)
            object_of = here.dep_ == "dobj" or here.dep_ == "nsubjpass"
            return row if row is not None and row.hedge == "negation" and object_of else None
        invented = rows("invents").get(here.head.lemma_) if here.dep_ == "dobj" else None
        if invented is not None and is_person(here):
            return invented
        here = here.head
    return None


def _words(doc: Any) -> tuple[list[str], list[int]]:
    """The words of a sentence, which each of its claims asks for, and where one calls something untrue."""
    found: tuple[list[str], list[int]] | None = doc.asked.get(_words)
    if found is None:
        words = [w.lower_ for w in doc]
        found = words, [i for i, word in enumerate(words) if word in rows("false")]
        doc.asked[_words] = found
    return found


def of_nothing(noun: Token) -> Assertion | None:
    """The row by which a noun stands for nothing: "no convoy", "not one of them", "neither the first nor the
    second round", "nobody"; not "no fewer than 20 convoys", nor the number of something ("No 10")."""
    found, word = rows("none"), noun.lower_
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
            return None if own and row is not rows("none")["neither"] else row
    return None


def _by_hardly_anyone(verb: Token) -> Assertion | None:
    """ "Few believe that 40 died", "hardly anyone thinks so"."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            said = (child, *child.children)
            return next((rows("hardly")[w.lower_] for w in said if w.lower_ in rows("hardly")), None)
    return None


def discredited(noun: Token) -> Assertion | None:
    """Why what a report says is not asserted: it was taken back ("a retracted report", "an estimate that was
    later withdrawn")."""
    told_there = noun.lemma_.lower() in rows("tale") or noun.lemma_.lower() in rows("paper")
    for child in noun.children if told_there else ():
        told = child.dep_ in {"amod", "compound"} or (child.dep_ in {"relcl", "acl"} and child.tag_ == "VBN")
        if told and (row := rows("withdrawn").get(child.lower_)) is not None:
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
    return next((rows("false")[w.lower_] for w in found if w.lower_ in rows("false")), None)


def _not_quite(verb: Token, token: Token, below: Token | None) -> Assertion | None:
    """Why something only came near to happening, or is still to: "the talks almost collapsed", "were far from
    over", "are due on 3 May", "the summit of 3 May was called off"."""
    if below is not None:
        return None
    for child in verb.children:
        word = child.lower_
        if child.dep_ == "advmod" and word in rows("almost") and verb.lemma_ not in rows("approaches"):
            return rows("almost")[word]
        if (
            child.dep_ == "advmod"
            and word == "longer"
            and any(c.lower_ in ("no", "not") for c in child.children)
        ):
            return rows("negation")["no"]
        after = {c.lower_ for c in child.children if c.dep_ in {"prep", "prt"}}
        if verb.lemma_ == "be" and child.dep_ in {"advmod", "acomp"}:
            if word == "far" and "from" in after:
                return rows("negation")["not"]
            if word in rows("due") and "to" not in after:
                return rows("due")[word]
    if verb.lemma_ == "fail" and any(c.dep_ == "xcomp" for c in verb.children):
        failing = (c for c in verb.children if c.dep_ == "nsubj")
        if not any(_path(token, verb, c)[-1].i == c.i for c in failing):
            return rows("governor")["fail"]  # "failed on 3 May to adopt it", not "the talks of 3 May failed"
    particle = next((f" {c.lower_}" for c in verb.children if c.dep_ == "prt"), "")
    row = rows("undone").get(verb.lemma_ + particle)
    own = (token.i, token.head.i)  # "40 trains were cancelled" counts them
    subjects = (c for c in verb.children if c.dep_ == "nsubjpass") if row is not None else ()
    undone = (c for c in subjects if c.i not in own)
    return row if any(_path(token, verb, c)[-1].i == c.i for c in undone) else None


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
    if len(words) > 2 and words[1] == "no" and words[2] in rows("no_time"):
        return rows("no_time")[words[2]], 3
    for many in (2, 1):
        if (row := rows("never").get(" ".join(words[:many]))) is not None:
            return row, many
    return None, 0


def _path(token: Token, verb: Token, child: Token) -> list[Token]:
    """The tokens from one up to the verb, or to the child of the verb that it belongs to."""
    path = [token]
    while path[-1].i not in (verb.i, child.i) and path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    return path
