"""Sorts of what is measured that a claim names by a noun: those who died "in police custody" are not all who
died in custody."""

from __future__ import annotations

from claimcheck.linking.cues import cue_of_stems
from claimcheck.linking.narrowing_words import stems_of, words_of_row
from claimcheck.linking.other_words import meant
from claimcheck.linking.places import WORD
from claimcheck.linking.words import head_words, nouns, participles, stem
from claimcheck.model import Claim, ReferenceRow

_ENDS = {
    "highest": cue_of_stems("highest", lambda: stems_of("highest")),
    "lowest": cue_of_stems("lowest", lambda: stems_of("lowest")),
}


def is_of_one_sort(claim: Claim, row: ReferenceRow, words: frozenset[str]) -> bool:
    """Whether a noun before what is counted or measured, that the row's measure does not name, picks out
    some; not one that says what they all are ("war victims"). `words`: the stems of what the row measures,
    and of the vocabulary that linked the two."""
    quantity = claim.quantity
    if quantity is None:
        return False
    noun = stem((quantity.noun or "").split(" ")[-1])
    unit = frozenset(map(stem, WORD.findall(quantity.text)))  # "degrees Celsius" are of no sort
    measured = words_of_row((row.measure or "").split(" by ")[0], row.unit) | {noun}
    for term in claim.terms:
        sort, _, whole = term.partition(" ")
        if whole and stem(whole) in measured and stem(sort) not in words | unit | stems_of("any sort"):
            return True
    return False


def is_done_otherwise(claim: Claim, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a clause says that something else was done with what is counted than the row's measure says
    with its last word: "4,680 fines were paid" is no number of fines issued. `said`: the stems of the
    vocabulary that linked the two; a verb among them says it in another word."""
    measured = WORD.findall((row.measure or "").replace("_", " "))
    if len(measured) < 2 or claim.predicate is None or claim.role != "object":
        return False
    verb, done = stem(claim.predicate), participles().get(measured[-1])
    if done is None and not measured[-1].endswith("ed"):
        return False
    done = done or stem(measured[-1])
    things = frozenset(map(stem, measured[:-1]))
    if done in nouns("light deeds") or not said <= things | nouns("describes") or verb in things | {done}:
        return False
    plain = nouns("holds", "owns", "befalls", "changes", "reports", "follows")
    return verb not in plain and done not in map(stem, meant(claim))


def is_an_accident(claim: Claim, row: ReferenceRow, words: frozenset[str]) -> bool:
    """Whether an accident did what a row counts of something else: "a blast at a chlorine plant injured 21"
    against those injured by chemical weapons."""
    if " by " not in (row.measure or ""):
        return False
    for link in (claim.actor, claim.subject):
        head = head_words(link)
        if head and stem(head[-1]) in stems_of("accident") - words:
            return True
    return False


def is_the_other_end(claim: Claim, words: frozenset[str], cues: frozenset[str]) -> bool:
    """ "Temperatures fell to 49 degrees" against a row of the highest, "the lowest price" against one of the
    highest: an end that the row's measure does not name while it names the other."""
    for end, other in (("highest", "lowest"), ("lowest", "highest")):
        if _ENDS[end] not in cues or words & stems_of(end) or not words & stems_of(other):
            continue
        told = {stem(claim.predicate or ""), *map(stem, WORD.findall(claim.text))}
        if told & stems_of(end):
            return True
    return False
