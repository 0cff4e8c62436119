"""Every word accounted for: which words of a proposition nothing explains.

A word is explained by the measure or the happening, by a label of the row, by a name that fills a slot
(place, doer, speaker), or because it narrows nothing where it stands (data/neutral_words.toml). All others
forbid a verdict, and are named.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache

from claimcheck import lexicon
from claimcheck.matching.remembered import once
from claimcheck.model import Part
from claimcheck.propositions.stems import stem
from claimcheck.propositions.words import DETERMINING
from claimcheck.wording.words import stem_set as stem_set
from claimcheck.wording.words import word_set as word_set


@cache
def neutral_words(slot: str) -> frozenset[str]:
    """The stems of the words that may stand unexplained in a slot."""
    return frozenset(
        stem(word) for row in lexicon.load("neutral_words") if slot in row["slots"] for word in row["words"]
    )


@cache
def words_in(row_id: str) -> frozenset[str]:
    """The stems of a row of data/neutral_words.toml."""
    return frozenset(
        stem(w) for row in lexicon.load("neutral_words") if row.id == row_id for w in row["words"]
    )


@cache
def counted_words(row_id: str) -> frozenset[str]:
    """The stems of a class of data/counted_nouns.toml."""
    return frozenset(
        stem(w) for row in lexicon.load("counted_nouns") if row.id == row_id for w in row["words"]
    )


def is_neutral(part: Part, more: frozenset[str] = frozenset(), role: str | None = None) -> bool:
    """Whether a part narrows nothing in its slot: "a *total* of", "*said* on Monday", "in the *country*".
    `more`: further slots whose words count ("incident", "share"); `role`: a slot other than its own."""
    if part.context or part.pos == "NUM":
        return True
    role = role or part.role
    if role == "relative" and part.prep is not None and part.pos == "NOUN":
        role = "oblique"  # "those killed *in the country*"
    if role == "heading":
        return any(stem(part.lemma) in neutral_words(slot) for slot in _HEADING)
    if part.pos == "PRON":
        return (
            "doer" not in more or role == "relative" or part.lemma in word_set("pronouns of tellers")
        )  # "those *who* had fled" names nobody
    if role == "attribute" and stem(part.lemma) in words_in("what a number was among others"):
        return True  # "were the *most* since 2008"
    if part.lemma in DETERMINING:
        return part.lemma == "only" and role == "adverb"
    one = stem(part.lemma)
    if role == "subject" and _is_only(one):
        return False  # "the night train *alone* carried 12"
    if part.pos == "NOUN" and one in words_in("parts of names"):
        return False  # no "*ashes*" are al-Fadli's
    if any(one in neutral_words(slot) and _may_stand(slot, part, role) for slot in more):
        return True
    if one in neutral_words(role):
        return True
    if part.pos == "ADV" and one in neutral_words("adverb"):
        return True
    if (
        part.pos in ("ADJ", "VERB")
        and role not in ("modifier", "predicate")
        and one in neutral_words("modifier")
    ):
        return not _is_only(one)
    if part.pos in ("VERB", "AUX") and role not in ("predicate", "governor", "head"):
        return one in neutral_words("predicate") | neutral_words("befalling")  # "the Arvian-*led* talks"
    return False


def tells_no_measure(part: Part) -> bool:
    """Whether a word tells nothing of what is measured, though of some measures it would say too much: a verb
    of saying or befalling, "the *fighting*"."""
    return is_neutral(part, _OF_ANYTHING, "governor" if part.role == "predicate" else part.role)


_OF_ANYTHING = frozenset({"fighting", "people"})
_PHRASES = ("oblique", "subject", "attribute", "agent")
_BASES = frozenset({"of", "head", "modifier", "noun"})
_HEADING = ("modifier", "subject", "object", "of", "oblique", "noun", "adverb", "head", "heading")


def _may_stand(slot: str, part: Part, role: str) -> bool:
    """Whether the words of a further slot count in a role: the base of a share, a scene of an incident, which
    is where it was ("in a house") and not who did it ("by houses"); by whom something was made or counted,
    which harms nobody ("by plants")."""
    if slot == "share":
        return role in _BASES or (role == "oblique" and part.level == 0)  # "seven in ten *children*"
    if slot == "incident" and role == "agent":
        return part.prep not in ("by", None)
    if slot == "maker":
        return role == "agent"
    if (slot in _OF_VERBS) != (role in ("predicate", "governor")):
        return False  # "12 goats *built*" is no building
    if slot in ("means", "incident") and role == "modifier" and part.level == 0:
        return False  # "12 *rocket* engineers", "12 *school* children"
    return role != "head" or slot == "suspected"


_OF_VERBS = ("changed", "amount", "reached", "befalling", "people", "spoken of", "outcome")


def _is_only(one: str) -> bool:
    return one in ("only", "alon")


@once
def governing(parts: Sequence[Part]) -> frozenset[int]:
    """The predicates that govern another verb of their clause ("declined to *sign*") and may take it back."""
    levels = {
        p.level for p in parts if p.role == "complement" and p.is_head and p.pos == "VERB" and not p.context
    }
    return frozenset(at for at, p in enumerate(parts) if p.role == "predicate" and p.level in levels)


@once
def only_about(parts: Sequence[Part]) -> frozenset[int]:
    """The subjects that are only about what is named: "a *film* about the siege opened", also where the
    parse takes the verb for one of the siege."""
    units = {p.unit for p in parts if p.prep in word_set("told about") and not p.context}
    alone = all(p.role != "governor" for p in parts)
    return frozenset(
        at
        for at, p in enumerate(parts)
        if p.is_head
        and p.pos == "NOUN"
        and (
            (p.unit in units and p.role == "subject" and not p.context)
            or (alone and p.role == "noun" and p.prep in word_set("told about"))
        )
    )


@once
def _singled_out(parts: Sequence[Part]) -> frozenset[int]:
    """The nouns of a subject told of alone, which is some of the whole: "the *night train* alone"."""
    units = {p.unit for p in parts if p.lemma == "alone" and p.role == "subject" and not p.context}
    return frozenset(at for at, p in enumerate(parts) if p.unit in units and p.pos == "NOUN")


def _is_alone_there(part: Part, parts: Sequence[Part], explained: Collection[int]) -> bool:
    """Whether "alone" singles out a place that is explained: "*Tarn* alone counted 12"."""
    return part.lemma == "alone" and any(
        parts[at].unit == part.unit and parts[at].pos == "PROPN" for at in explained
    )


@once
def set_aside(parts: Sequence[Part]) -> frozenset[int]:
    """The words of phrases that say where something was not, or who did not do it: "in Tarn, *not in Oren*",
    "bandits, *not the army*"."""
    denied = {p.unit: p.start for p in parts if p.lemma == "not" and p.role in _PHRASES and not p.context}
    out = {at for at, p in enumerate(parts) if p.start >= denied.get(p.unit, p.end)}
    for at, p in enumerate(parts):  # "forces, *not rebels*, used gas", where the parse loses whom it denies
        if p.lemma == "not" and p.role == "clause" and p.is_head:
            behind = (n for n in range(at + 1, len(parts)) if parts[n].role != "apposition")
            end = next(behind, len(parts))
            out |= set(range(at, end)) if end > at + 1 else set()
    return frozenset(out)


def _is_of_time(part: Part, parts: tuple[Part, ...]) -> bool:
    """Whether "same" says which time is meant, and of whom it tells nothing: "in the *same* weeks"."""
    years = stem_set("spans") if part.lemma == "same" else frozenset({"year", "season"})
    if part.lemma in ("year", "season") and part.prep in ("in", "during", "for", "of", "over"):
        return any(p.unit == part.unit and p.lemma in word_set("kinds of years") for p in parts)
    return part.lemma in word_set("kinds of years") and any(
        p.unit == part.unit and p.start > part.start and stem(p.lemma) in years for p in parts
    )


def _only_compared(parts: Sequence[Part]) -> frozenset[int]:
    """The words of phrases by which a clause compares what it has told: "registered 12 raids, *fewer than in
    the year before*", "*more than* doubled"."""
    than = {p.unit for p in parts if p.lemma == "than" and not p.context and p.level > 0}
    out = {  # "fewer than the 12 of the year before": what the 12 are compared with is told apart
        at
        for at, p in enumerate(parts)
        if p.role == "noun" and p.prep == "than" and p.level == 1 and p.lemma in word_set("comparatives")
    }
    for unit in than:
        here = [at for at, p in enumerate(parts) if p.unit == unit]
        first = min(at for at in here if parts[at].lemma == "than")
        before = [at for at in (*here, first - 1) if 0 <= at < first]
        more = [at for at in before if parts[at].lemma in word_set("comparatives") and parts[at].level > 0]
        if more and all(parts[at].level > 0 and parts[at].role != "modifier" for at in here):
            out |= {more[-1], *(at for at in here if at >= first)}
    return frozenset(out)


def _is_among_places(part: Part, parts: Sequence[Part]) -> bool:
    """Whether a word ranks a place among others, and says nothing of what is counted: "Arvia is *among the
    worst-affected countries*, with 12 raids"."""
    if part.prep != "among" or part.pos not in ("NOUN", "ADJ", "VERB", "ADV"):
        return False
    ends = (p for p in parts if p.unit == part.unit and p.prep == "among" and p.is_head)
    return any(stem(p.lemma) in stem_set("areas") for p in ends)


def qualifies_all(part: Part, more: frozenset[str] = frozenset()) -> bool:
    """Whether a word between a number and what it counts says nothing of some of them alone: "12 *confirmed*
    deaths"; of people, "12 *innocent* civilians". `more`: further slots whose words count there."""
    if part.pos in ("NUM", "PRON"):
        return True
    one = stem(part.lemma)
    return any(one in neutral_words(slot) for slot in ("counted", *(more & _BEFORE_THE_NOUN)))


def _kinds_of_people(parts: Sequence[Part], between: Collection[int]) -> frozenset[int]:
    """The nouns that stand before bare "people", and tell some from others whatever else they say: "12
    *eviction* people had to leave"."""
    heads = [p for p in parts if p.role == "head" and p.is_head and p.level == 0]
    if len(heads) != 1 or heads[0].lemma not in ("people", "person"):
        return frozenset()
    return frozenset(at for at in between if parts[at].pos == "NOUN" and not qualifies_all(parts[at]))


_BEFORE_THE_NOUN = frozenset({"counted people", "flow", "suspected"})


def unexplained(
    parts: tuple[Part, ...],
    explained: Collection[int],
    more: frozenset[str] = frozenset(),
    between: Collection[int] = (),
) -> list[Part]:
    """The parts that nothing explains, in text order. `between`: those that stand between a number and what
    it counts."""
    over, about, alone = governing(parts), only_about(parts), _singled_out(parts)
    kinds = _kinds_of_people(parts, between)
    explained = {*explained, *_only_compared(parts)}
    return [
        p
        for at, p in enumerate(parts)
        if at in about | kinds
        or not (
            at in explained
            or (at in between and qualifies_all(p, more))
            or (
                at not in alone
                and at not in between
                and is_neutral(p, more, "governor" if at in over else p.role)
            )
            or _is_of_time(p, parts)
            or _is_alone_there(p, parts, explained)
            or _is_among_places(p, parts)
            or (p.role in _PHRASES and not p.is_head and p.lemma in word_set("particles of compounds"))
        )
    ]
