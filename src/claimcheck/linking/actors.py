"""Whose deed a claim tells of, against whose a row does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Literal

from claimcheck.judging.relations import ActorMatch
from claimcheck.linking.anaphora import is_pronoun
from claimcheck.linking.cues import cue, cues_in
from claimcheck.linking.deeds import deed as deed_of
from claimcheck.linking.deeds import weapons
from claimcheck.linking.items import changed
from claimcheck.linking.other_words import tells_of_loss
from claimcheck.linking.peoples import states_of
from claimcheck.linking.persons import is_another_person
from claimcheck.linking.places import WORD, Named, NameIndex
from claimcheck.linking.words import (
    any_of,
    head_of,
    head_words,
    is_calendar,
    is_plain_plural,
    nouns,
    stem,
    words_of,
)
from claimcheck.model import Claim, Link, Mention

_BY = re.compile(r"\bby\s+(?:the\s+)?((?:[^\W\d_][\w’'-]{0,30}\s?){1,6})")
_BLAMED_ON_CUE = cue("blamed on", lambda: words_of("blamed_on"))
_BLAMED_FOR_CUE = cue("blamed for", lambda: words_of("blamed_for"))
_AND_WHO = re.compile(
    r",?\s(?:and|together with|along with|jointly with)\s(?:the\s)?((?:[A-Z][\w/-]+\s?){1,4})"
)
_WHO_AND = re.compile(r"((?:[A-Z][\w/-]+\s){1,4})(?:and|together with|along with)\s(?:the\s)?\Z")
_HYPHENED = re.compile(r"\b([A-Z][a-z]+)[-–]([A-Z][a-z]+)\b")
_GAP_WITHIN = 80
"""Characters before a number in which another party takes up the verb."""
_OF_WHOM = 40
_GAP = re.compile(r"\d[^.;:]*(?:,|\band)\s+(?:the\s+)?((?:[\w’'-]+\s+){1,3})\Z")
_LAYING = frozenset({"attribute", "ascribe", "blame", "pin"})
_OF_SOME = re.compile(r"\b(?:including|among them|of whom|of them)\b[^.;]*\d|,\s+\d")
_OF = re.compile(r"(?:^|[:;,]\s*)of\s+(?:the\s+|all\s+)?\Z", re.IGNORECASE)
_LIVES = re.compile(r"\b(?:life|lives)\b")
_DOTTED = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b|\s|\Z)")
_PARENTHESIS = re.compile(r"\([^()]{0,200}\)")


@cache
def _blamed_on() -> re.Pattern[str]:
    """A phrase that hands a deed to who is named behind it: "at the hands of the army"."""
    return re.compile(rf"\b(?:{any_of('blamed_on')})\s+(?:the\s+)?((?:[^\W\d_][\w’'-]{{0,30}}\s?){{1,6}})")


_LAYS_ON = re.compile(
    r"\b(?:(?:attribut|ascrib)(?:e|es|ed|ing)\s+[^.;:]{3,100}?\sto|(?:blam|pinn)(?:e|es|ed|ing)\s+[^.;:]{3,100}?\son)"
    r"\s+(?:the\s+)?((?:[A-Z][\w’'-]{0,30}\s?)(?:[^\W\d_][\w’'-]{0,30}\s?){0,5})"
    r"|\bblam(?:e|es|ed|ing)\s+(?:the\s+)?((?:[A-Z][\w’'-]{0,30}\s)(?:[\w’'-]{1,30}\s){0,4}?)for\b"
)
"""Whom somebody makes answerable: "attributed 12 deaths to the Army", "blames Arvia for 12 deaths"."""


@cache
def _blamed_for() -> re.Pattern[str]:
    """A phrase that hands a deed to the subject: "was responsible for"."""
    return re.compile(rf"\b(?:{any_of('blamed_for')})\b")


def actor_names(actors: Iterable[str]) -> frozenset[str]:
    """The proper words of all actors that the tables name, as stems."""
    return frozenset(one for actor in actors for one in proper(actor))


def proper(actor: str | None) -> frozenset[str]:
    """The stems of an actor's proper words: "Syrian Government forces (per the JIM)" is Syrian."""
    plain = _PARENTHESIS.sub(" ", actor or "")
    words = [word for name in re.split(r"[,;/|]", plain) for word in _telling(WORD.findall(name))]
    return frozenset(one[:5] for one in map(stem, words) if one not in nouns("forces"))


def _telling(words: Sequence[str]) -> list[str]:
    """The proper words of one name; an abbreviation of two letters only where the name is nothing else: "IS",
    but not the "UN" of "UN Security Council", which others write out."""
    return [w for w in words if len(w) > 2 and not w[0].islower()] or list(filter(_is_short, words))


def _is_short(word: str) -> bool:
    """Whether a word is an abbreviation of two letters: "IS"."""
    return len(word) == 2 and word.isalpha() and word.isupper()


def reports(claim: Claim) -> bool:
    """Whether the subject of a claim only tells of deeds ("put the toll at 12", not "put 12 into orbit" or
    "claimed 12 lives")."""
    verb = None if claim.predicate is None else stem(claim.predicate)
    if verb not in nouns("reports"):
        return False
    takes = verb in nouns("reports or takes lives") and _LIVES.search(claim.text) is not None
    return not takes and not (verb in nouns("reports or does") and claim.role == "object")


def blamed(claim: Claim) -> str | None:
    """Who the clause says is answerable ("deaths attributed to the army"), None where it blames nobody."""
    laid = _LAYS_ON.search(claim.text) if claim.predicate in _LAYING else None
    if laid is not None:
        return head_of(laid[1] or laid[2])
    found = _blamed_on().search(claim.text) if _BLAMED_ON_CUE in cues_in(claim.text) else None
    if found is not None and claim.quantity is not None:
        behind = max(0, claim.quantity.end - claim.start)
        if _OF_SOME.search(claim.text, behind, max(behind, found.start())):
            return None  # "774 were killed, including 550 at the hands of the army"
    return head_of(found[1]) if found is not None and found[1][0].isupper() else None


def _is_base(claim: Claim) -> bool:
    """Whether a number is only that of which the clause goes on to tell some: "of the 774 killed, the army
    killed 142" says nothing of who killed the 774."""
    if claim.quantity is None:
        return False
    start, end = claim.quantity.start - claim.start, claim.quantity.end - claim.start
    return "," in claim.text[end:] and _OF.search(claim.text[: max(0, start)]) is not None


def doer(claim: Claim) -> str | None:
    """Whose deed a claim tells of: who is named as answerable for it, else its actor, unless that only
    reports ("the office documented five attacks by the army" is about the army) or undergoes ("Tarn saw
    five")."""
    if _is_base(claim) or tells_of_loss(claim):
        return None
    if (told := blamed(claim)) is not None:
        return told
    if (told := _gapped(claim)) is not None:
        return told
    subject = claim.subject
    if subject is not None and _BLAMED_FOR_CUE in cues_in(claim.text) and _blamed_for().search(claim.text):
        return subject.text
    found = _BY.search(claim.text, _behind_number(claim)) if "by" in claim.text else None
    if found is not None and not any(w[0].isupper() for w in found[1].split()):
        found = None
    undergoes = claim.predicate is not None and stem(claim.predicate) in nouns("befalls")
    if not reports(claim) and not undergoes and (found is None or not _is_a_deed(claim)):
        return None if claim.actor is None else claim.actor.text
    if found is None:
        return None
    reporter = claim.actor is not None and claim.actor.text in found[1]  # "was put at 393,000 by the UN"
    return None if reporter else found[1].strip()


def _behind_number(claim: Claim) -> int:
    """From where "by" may say whose deeds are reported: "a report by the Group counts 12" is of others'."""
    if claim.quantity is None or not reports(claim):
        return 0
    return max(0, claim.quantity.end - claim.start)


def _gapped(claim: Claim) -> str | None:
    """Who did what a number tells, where the verb is said once: "the army killed 12 and the rebels 30"."""
    end = 0 if claim.quantity is None else claim.quantity.start - claim.start
    before = claim.text[max(0, end - _GAP_WITHIN) : max(0, end)]
    found = _GAP.search(before) if " and " in before or ", " in before else None
    if found is None:
        return None
    head = WORD.findall(found[1])
    return found[1].strip() if head and stem(head[-1]) in nouns("perpetrators", "forces") else None


def _is_a_deed(claim: Claim) -> bool:
    """Whether the subject is itself what was done: "the killing of 142 by the army went unpunished"."""
    words = head_words(claim.actor)
    common = bool(words) and (words[-1].islower() or len(words) == 1)  # "Attacks by …" begins a sentence
    return common and stem(words[-1]) in nouns("deeds", "fates")


def _does_nothing(claim: Claim, index: NameIndex) -> bool:
    """Whether the subject does no deed of its own: what is measured ("unemployment stood at"), what happens
    to people ("wildfires burnt"), or the place that the number is of ("Turkey hosts three million")."""
    if claim.actor is None or claim.predicate is None or reports(claim) or blamed(claim) is not None:
        return False
    if _is_a_deed(claim) and doer(claim) != claim.actor.text:
        return False
    written = head_words(claim.actor.text)
    words = list(map(stem, written))
    if not words:
        return False
    if words[-1] in nouns("other_causes"):
        return True
    thing = written[-1].islower()  # "sales rose to", not "Norvex", however the measure is worded
    if thing and claim.role == "other" and words[-1] in map(stem, WORD.findall(claim.measure or "")):
        return True
    return stem(claim.predicate) not in nouns("harms") and _is_its_place(claim, index)


def is_of_authority(claim: Claim, index: NameIndex) -> bool:
    """Whether a state did what it does to those in it: "Arvia executed nine people"."""
    return stem(claim.predicate or "") in nouns("of authority") and _is_its_place(claim, index)


def _is_its_place(claim: Claim, index: NameIndex) -> bool:
    """Whether the clause's actor is a place, and the claim's own."""
    if claim.actor is None or (claim.place and claim.place.text != claim.actor.text):
        return False
    found = index.find(claim.actor.text, 0, len(claim.actor.text))
    return len(found) == 1 and found[0].entity == "place" and found[0].text == claim.actor.text


def actor_match(claim: Claim, actor: str | None, known: frozenset[str], index: NameIndex) -> ActorMatch:
    """Whose deed the claim says it was against whose the row says. Contradicts only where both name someone
    whom the tables know as different; `doubtful` where the names differ and nobody can tell whether they are
    two."""
    if claim.actor is None and not actor and not reports(claim) and doer(claim) is None:
        return "none"
    if _does_nothing(claim, index):
        return "row_only" if actor else "none"
    named = named_actor(claim, known, index)
    if not actor:
        return "none" if named is None else "claim_only"
    told = doer(claim)
    if told is None:
        return "row_only"
    if (other := is_another_person(claim.text, told, actor, index)) is not None:
        return "doubtful" if other else "same"
    said, row = proper(told) & known, proper(actor)
    if _begins_common(claim, told):
        said = frozenset()  # "Negotiators met" tells of no Negotiation Commission
    if claim.quantity is not None and any(one.isdisjoint(row) for one in _partners(claim, told, known)):
        return "doubtful"
    keys, others = _keys(told, index), _keys(actor, index)
    if ((said and said & row) or keys & others) and _is_of_theirs(told):
        return "doubtful"
    if said & row and _is_with_another_state(told, row):
        return "doubtful"
    if (said and said & row) or keys & others:
        return "same" if not said or said >= row or row >= said else "mismatch"
    if _initials(told) & _capitals(actor) or _initials(actor) & _capitals(told):
        return "row_only"
    if keys and others:
        return "mismatch"
    if named == "unknown" and not said and _is_worded_so(told, actor):
        return "row_only"  # "government forces"
    return "doubtful" if named == "unknown" or (said and row) else "row_only"


def _is_with_another_state(told: str, row: frozenset[str]) -> bool:
    """Whether a name joins a state's to that of another: "Arvian-Galdian forces" are not the Arvian ones.
    `row`: the proper stems of the actor of a row."""
    joined = (one.split("-") for one in told.split() if "-" in one)
    states = ([w for w in words if states_of(w)] for words in joined)
    return any(len(words) > 1 and any(stem(w)[:5] not in row for w in words) for words in states)


def _partners(claim: Claim, told: str, known: frozenset[str]) -> list[frozenset[str]]:
    """Who acts with the claim's actor, each as the proper stems that tables know: the Greens of "the SPD and
    the Greens won 206 seats". What each of several did is no deed of all."""
    at = claim.text.find(told)
    if at < 0 or _each().search(claim.text):
        return []
    behind = _AND_WHO.match(claim.text, at + len(told))
    before = _WHO_AND.search(claim.text, 0, at)
    names = [one[1] for one in (behind, before) if one is not None]
    names += [part for pair in _HYPHENED.finditer(told) for part in pair.groups()]  # "Syrian-Russian forces"
    return [one for one in (proper(name) & known for name in names) if one]


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('apart')})\b", re.IGNORECASE)


def _is_worded_so(told: str, actor: str) -> bool:
    """Whether the words for a party without a name are among those of an actor's: "government forces" of
    "Syrian Government forces"."""
    words = frozenset(map(stem, WORD.findall(told)))
    return bool(words) and words <= frozenset(map(stem, WORD.findall(actor)))


def _is_of_theirs(told: str) -> bool:
    """Whether a name only says whose somebody is ("Red Star fans")."""
    words = head_words(told)
    return bool(words) and words[-1][0].islower() and stem(words[-1]) in nouns("hangers_on")


def _initials(text: str) -> frozenset[str]:
    """The abbreviation of a name by its capitals ("United Nations": UN)."""
    letters = "".join(w[0] for w in WORD.findall(_PARENTHESIS.sub(" ", text)) if w[0].isupper())
    return frozenset({letters} if len(letters) > 1 else ())


def _capitals(text: str) -> frozenset[str]:
    plain = _DOTTED.sub("", text)  # "the U.N."
    return frozenset(w for w in WORD.findall(plain) if len(w) > 1 and w.isupper())


def named_actor(claim: Claim, known: frozenset[str], index: NameIndex) -> Literal["known", "unknown"] | None:
    """Whether a claim names whose deed it was: someone whom the tables know, someone they do not, or nobody
    ("five people were killed", "strikes killed five", "the gas attack on Tarn killed five")."""
    told = doer(claim)
    if told is None or _does_nothing(claim, index):
        return None
    if is_pronoun(told):
        return "unknown"
    head = head_of(told)
    if claim.quantity is not None and (claim.quantity.text in told or _names_counted(claim.quantity, head)):
        return None  # "133 groups signed": those who did it are what is counted
    if proper(head) & known or _keys(head, index):
        return "known"
    plain = nouns("impersonal", "occurrences", "forces", "people", "part_of_people")
    if " " in head and stem(head.split()[-1]) in weapons():
        plain |= weapons()  # "Chlorine shells injured 12"
    places = [n for n in index.find(head, 0, len(head)) if n.entity == "place"]
    words = [w for w in WORD.finditer(_PARENTHESIS.sub(" ", head)) if not _covered(w.start(), places)]
    begins = _begins_common(claim, head)
    harms = stem(claim.predicate or "") in nouns("harms")
    names = (w.group() for w in words if w.group()[0].isupper() and not is_calendar(w.group()))
    common = begins and not harms  # "Airlines cancelled 1,240 flights"
    named = not common and any(stem(name) not in plain for name in names)
    deed = claim.predicate is not None and (
        stem(claim.predicate) in nouns("fates", "injures") or bool(deed_of(claim))
    )
    stems = [stem(word.group()) for word in words]
    generic = deed and bool(stems) and (stems[-1] in nouns("perpetrators") or _are_men_of(claim, told, stems))
    theirs = deed and not nouns("whose_strikes").isdisjoint(stems[:-1])  # "coalition air strikes"
    return "unknown" if named or generic or theirs else None


def _are_men_of(claim: Claim, told: str, stems: Sequence[str]) -> bool:
    """Whether a party is told by a phrase: "troops loyal to a general", "factions from the armed opposition",
    "members of a militia"; not "attacks on the army"."""
    men = nouns("perpetrators", "men of a party")
    if stems[0] in men and len(stems) > 1:
        return True
    at = claim.text.find(told) if stems[-1] in nouns("men of a party") else -1
    behind = "" if at < 0 else claim.text[at + len(told) :]
    return behind.startswith(" of ") and not nouns("perpetrators").isdisjoint(
        map(stem, WORD.findall(behind[:_OF_WHOM]))
    )


def _is_read_as_many(claim: Claim, head: str) -> bool:
    """Whether the parse took a subject of one word for the plural of a common noun ("Courts"): it gave it
    another lemma, as no name has. Not where people are counted: "Rangers rescued 40" is their deed."""
    if claim.quantity is None or stem((claim.quantity.noun or "").split(" ")[-1]) in nouns("people"):
        return False
    word = head.lower()
    one = f"{word[:-3]}man" if word.endswith("men") else word[:-1]
    return word.isalpha() and word.endswith(("s", "men")) and word not in claim.terms and one in claim.terms


def _begins_common(claim: Claim, head: str) -> bool:
    """Whether a subject is a common noun for many that has its capital from the sentence that it begins."""
    begins = claim.start == claim.context.start and claim.text.startswith(head)
    return begins and (is_plain_plural(head) or _is_read_as_many(claim, head))


def names_a_party(text: str, known: frozenset[str], index: NameIndex) -> bool:
    """Whether a deed is called somebody's ("an ISIL gas attack", "rebel shelling")."""
    head = head_of(text)
    stems = [stem(word) for word in WORD.findall(head)]
    if not stems or stems[-1] not in nouns("deeds"):
        return False
    theirs = nouns("whose_strikes", "perpetrators")
    return bool(proper(head) & known or _keys(head, index)) or not theirs.isdisjoint(stems[:-1])


def _names_counted(quantity: Mention, head: str) -> bool:
    words = WORD.findall(head)
    return bool(words and quantity.noun) and stem(words[-1]) == stem((quantity.noun or "").split()[-1])


def _covered(at: int, names: Sequence[Named]) -> bool:
    return any(n.start <= at < n.end for n in names)


def _keys(text: str, index: NameIndex) -> frozenset[str]:
    whole = index.lookup(text)
    found = index.find(text, 0, len(text))
    return whole or frozenset(k for n in found if n.entity == "organisation" for k in n.keys)


def organisations(text: str, index: NameIndex) -> frozenset[str]:
    """The keys of the organisations that a text names."""
    found = index.find(text, 0, len(text))
    return frozenset(k for n in found if n.entity == "organisation" for k in n.keys)


def as_deed_of(claim: Claim, told: str) -> Claim:
    """The claim as one of a deed of those who are told to have done it."""
    return changed(claim, actor=Link(told), subject=None, predicate="kill", text=f"{told} did it")
