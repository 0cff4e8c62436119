"""People in a sentence: whom a phrase names, what befell them, and how many they are at least."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from claimcheck.lexicon import by_letter, entries, load
from claimcheck.model import Comparator, Interval, Mention
from claimcheck.syntax.clauses import Clause
from claimcheck.syntax.tree import VERBAL, Token, text_of

words_of_harm = partial(entries, "harm", "role", "lemmas")
"""The words of the rows of data/harm.toml with a role."""

# ----------------------------------------------------------------------------------------------------
# Who a phrase names: the members of "a mother, her two sons and a guard", and the fewest people each is.
#
# Members are found by coordination, by appositions that add somebody ("Karim Aziz, his brother and his son
# were killed") and by "along with". An apposition that renames ("Karim Aziz, a farmer, was killed") adds
# nobody: it agrees with a verb in the singular, or stands behind a plural that counts the names already.

_PERSONAL = frozenset({"PROPN", "NOUN", "PRON", "ADJ", "NUM"})
_SUFFIX_LENGTH = 6  # a noun shorter than this is listed, not guessed from its ending ("order", "tier")
_OPEN = frozenset(
    {"all", "any", "each", "every", "fewer", "how", "most", "such", "what", "whatever", "which", "whichever"}
)
_PLACED = frozenset({"in", "from", "at", "near", "of"})
_INCLUDING = ("including", "among them", "among whom", "of them", "of whom")
_DASHES = frozenset({"-", "–", "—"})
_BESIDE = frozenset({"along", "together", "alongside"})
_GROUP = 2  # the fewest people that a noun for a group stands for


def members(people: Token, verb: Token) -> list[Token]:
    """The tokens that head the members of the phrase `people`, in text order, whom `verb` befell."""
    several = any(c.lower_ in ("were", "are", "have") for t in (verb, verb.head) for c in t.children)
    subjects = people.dep_ in ("nsubj", "nsubjpass")  # of which the parse may give a verb several
    siblings = [c for c in people.head.children if c.dep_ == people.dep_ and c.text not in _DASHES]
    beside = [c for c in siblings if not _renames(c, people)]
    of_noun = [c for c in verb.children if verb.pos_ == "NOUN" and c.dep_ == "conj" and is_person(c)]
    found, waiting = [people], [people, *(beside if subjects else of_noun), *_alongside(verb)]
    renaming: set[int] = set()
    for token in waiting:
        described = token.dep_ == "conj" and token.head.i in renaming and not several and _describes(token)
        if described or (token.dep_ == "appos" and not _adds(token, several)):
            renaming.add(token.i)
        elif token.pos_ in _PERSONAL:
            found += [token]
        waiting += [c for c in token.children if c.dep_ == "appos" and not _renames(c, token)]
        waiting += [c for c in token.children if c.dep_ == "conj"]
        waiting += _alongside(token)
    behind = people.doc[people.i + 1 :]  # "a family of five – a couple and three boys – died"
    dash = next((t.i for t in behind if t.text in _DASHES and t.nbor(-1).whitespace_), len(people.doc))
    found = sorted({t for t in found if t.i < dash}, key=lambda t: t.i)
    if behind_included(found[0]):
        return found[1:][-1:]  # the others are of those mentioned before
    return [t for t in found if not behind_included(t)]


def _renames(named: Token, token: Token) -> bool:
    """Whether an apposition names the counted again: "two boys, Ali and Omar,", "Omar (Abu Ali)"."""
    edge = named.left_edge.i
    return _is_plural(token) or (edge > 0 and named.doc[edge - 1].text in ("(", "["))


def _adds(named: Token, several: bool) -> bool:
    """Whether an apposition is of somebody else: "Karim Aziz, *his brother* and his son were killed"."""
    owned = any(c.dep_ == "poss" and c.tag_ == "PRP$" for c in named.children)
    listed = several or any(c.dep_ in ("conj", "appos") for c in named.children)
    alike = several and named.pos_ == named.head.pos_ == "PROPN"
    return listed and (owned or alike)


def _describes(joined: Token) -> bool:
    """Whether what "and" adds to an apposition goes on with it: "Omar, a farmer *and father*, was killed"."""
    owned = any(c.dep_ in ("poss", "nummod") for c in joined.children)
    apart = any(t.text == "," for t in joined.doc[joined.head.i : joined.i])
    return not (owned or apart or _is_plural(joined) or joined.pos_ == "PROPN")


def _alongside(token: Token) -> Iterator[Token]:
    """Who is named with the others: "along with three aides"."""
    for prep in (c for c in token.children if c.lower_ in _BESIDE):
        within = (prep, *(c for c in prep.children if c.lower_ == "with"))
        yield from (p for w in within for p in w.children if p.dep_ == "pobj")


def behind_included(first: Token) -> bool:
    """Whether "including" or "among them" stands before a phrase, or "of them" in it ("19 of them women")."""
    edge = first.left_edge.i
    before = text_of(first.doc[max(0, edge - 2) : edge]).lower()
    within = text_of(first.doc[edge : first.i]).lower()
    return any(words in stretch for stretch in (before, within) for words in _INCLUDING)


def fewest(token: Token) -> int | None:
    """The fewest people that a phrase without a number stands for; None where it names no people.

    "a number of villagers" is read through to what it is a number of; "no villagers" are 0.
    """
    words = {t.lower_ for t in (*token.doc[token.left_edge.i : token.i], *token.rights)}
    words |= {"no"} if _has_none(token) else set()
    if words & _OPEN or {"more", "than"} <= words or (token.lower_ == "number" and "the" in words):
        return None
    if token.lower_ == "one":
        return 0 if "no" in words else None
    if token.pos_ == "PROPN":
        placed = token.dep_ == "pobj" and token.head.lower_ in _PLACED
        placed = placed and token.head.head.lemma_ not in _fates()  # "the death of Omar Aziz"
        return None if placed else 2 if _is_plural(token) else 1
    least = _persons().get(_lemma(token)) or (1 if _agent(_lemma(token)) else None)
    within = object_of(token) if least == _GROUP else None
    if within is not None and within.pos_ == "NOUN":
        least = 2 if is_person(within) or within.lemma_ in _fates() or fewest(within) is not None else None
    if "no" in words and (least is not None or token.lemma_ in _fates()):
        return 0
    said = any(c.dep_ in ("det", "poss", "nummod", "amod", "compound", "conj") for c in token.children)
    named = said or least == _GROUP or token.dep_ == "conj"  # "mother and daughter"
    return None if least is None or not (named or _is_plural(token)) else 2 if _is_plural(token) else least


def is_person(token: Token) -> bool:
    """Whether a phrase that a number counts counts people: "six guards", "six of the guards", "six"."""
    through = token.pos_ == "NUM" or _lemma(token) not in _persons()
    noun = (object_of(token) or token) if through else token
    lemma = _lemma(noun)
    return noun.pos_ in ("NUM", "PROPN", "ADJ", "PRON") or lemma in _persons() or _agent(lemma)


def object_of(token: Token) -> Token | None:
    """What stands behind "of": the guards in "a number of guards"."""
    return next((p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"), None)


def _has_none(token: Token) -> bool:
    """Whether a noun stands with "no", its own or that of the one before it ("no deaths or injuries")."""
    own = {c.lower_ for c in token.children if c.dep_ == "det"}
    return "no" in own or (not own and token.dep_ == "conj" and _has_none(token.head))


def _lemma(token: Token) -> str:
    return token.lower_ if token.lower_ in _persons() else str(token.lemma_).lower()


def _is_plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _agent(lemma: str) -> bool:
    return len(lemma) >= _SUFFIX_LENGTH and lemma.endswith(_suffixes())


@cache
def _persons() -> dict[str, int]:
    return {noun: row["least"] for row in load("person_nouns") for noun in row["nouns"]}


@cache
def _suffixes() -> tuple[str, ...]:
    return tuple(suffix for row in load("person_nouns") for suffix in row.get("suffixes", ()))


# ----------------------------------------------------------------------------------------------------
# The harm that a clause states: what befell whom, by its verb ("were killed", "burned to death", "lost
# his life") or by a noun ("the bodies of two men", "the death of a nurse and the injury of her driver").

_NARROWING = frozenset({"amod", "compound", "relcl", "acl", "prep"})  # "no injuries among the guards" too
_OF_WHOM = frozenset({"among", "amongst", "to", "of", "for", "on"})
_NO_PERSON = frozenset(
    {"who", "which", "that", "what", "it", "they", "he", "she", "them", "we", "i", "you", "him", "her"}
)


@dataclass(frozen=True, slots=True)
class Harm:
    """A verb or a noun of harm with the head of the phrase that names whom it befell, the clause of both, and
    what befell them, in the text's words where it says it."""

    verb: Token
    people: Token
    clause: Clause
    word: str


def harms(clause: Clause) -> Iterator[Harm]:
    """Every harm that a clause states: by its verb, and by nouns ("reported the death of a woman and the
    injury of her husband")."""
    noted = _by_verb(clause)
    if noted is not None and noted.people.lower_ not in _NO_PERSON:
        yield noted
    unheard = clause.passive and clause.head.lemma_ in words_of_harm("reports")  # "no injuries were reported"
    for token in clause.tokens:
        fates = _fates().get(token.lemma_, ())
        near = [c for c in token.children if c.dep_ != "prep" or c.lower_ in _OF_WHOM]
        narrowed = not _NARROWING.isdisjoint(c.dep_ for c in near)  # "no further deaths" leave others
        if _has_none(token) and token.tag_ == "NNS" and not narrowed and not unheard:
            yield from (Harm(token, token, clause, fate) for fate in fates)
        size = next((t for t in token.conjuncts if t.dep_ == "pobj"), token).head.head
        many = size.lemma_ == "number" and token.tag_ == "NNS" and len(fates) == 1
        people = object_of(token) or (size if many else None)  # "a number of deaths and injuries"
        tells = "dead" in fates or clause.head.lemma_ in words_of_harm("tells")
        if people is not None and tells and is_person(people) and people.pos_ in ("NOUN", "PROPN"):
            yield from (Harm(token, people, clause, fate) for fate in fates[:1])


def _by_verb(clause: Clause) -> Harm | None:
    """"was reported killed", "were found dead": the verb of harm is the complement of one of saying."""
    head = clause.head
    inner = (c for c in head.children if c.tag_ == "VBN" and c.dep_ in ("oprd", "xcomp", "ccomp", "acomp"))
    verb = next((c for c in inner if clause.passive and c.lemma_.lower() in _verbs()), head)
    role, noted = _verbs().get(verb.lemma_.lower()), str(verb.text)
    direct = next((c for c in verb.children if c.dep_ == "dobj"), None)
    life = next((c for c in head.children if c.dep_ == "dobj" and c.lemma_ == "life"), None)
    subject = clause.subject()
    behind = {p.lemma_ for c in verb.children if c.lower_ == "to" for p in c.children}
    if life is not None and head.lemma_ in words_of_harm("lives"):
        role, noted, direct = "object", "killed", subject if head.lemma_ == "lose" else object_of(life)
    elif not behind.isdisjoint(words_of_harm("to death")):
        role, noted = "either", f"{verb.text} to death"
    elif clause.passive and any(c.lower_ == "dead" for c in head.children):
        role, noted = "subject", "dead"
    down = any(c.dep_ == "prt" and c.lower_ == "down" for c in verb.children)  # drones are shot down
    either = sum(t.lemma_.lower() in _verbs() for t in alternatives(verb)) > 1  # "killed or hurt"
    listed = any(c.dep_ == "conj" and c.pos_ not in VERBAL for c in verb.children)  # "starve, maim and gas"
    unsure = role == "either" and direct is None and listed
    if role is None or verb.pos_ not in VERBAL or down or either or unsure:
        return None
    done_to = role == "either" and direct is not None
    people = direct if done_to or (role == "object" and (direct or not clause.passive)) else subject
    return None if people is None else Harm(verb, people, clause, noted)


def alternatives(verb: Token) -> list[Token]:
    """The verbs that "or" joins with this one, itself among them, in text order: "damaged or destroyed"."""
    verbs = [verb, *(t for t in verb.conjuncts if t.pos_ == "VERB")]
    either = any(c.lower_ == "or" for t in verbs for c in t.children)
    return sorted(verbs, key=lambda t: t.i) if either else [verb]


@cache
def stems_of_harm() -> re.Pattern[str]:
    """The beginnings of words without which no sentence states harm."""
    stems = by_letter(stem for row in load("harm") for stem in row["stems"])
    return re.compile(rf"\b(?:{stems})", re.IGNORECASE)


@cache
def _verbs() -> dict[str, str]:
    noted = (row for row in load("harm") if row["role"] in ("object", "subject", "either"))
    return {lemma: row["role"] for row in noted for lemma in row["lemmas"]}


@cache
def _fates() -> dict[str, tuple[str, ...]]:
    """Nouns of harm -> what befell those of whom they tell."""
    rows = {
        "of the dead": ("killed",), "of the injured": ("injured",), "of both": ("killed", "injured"),
        "bodies": ("dead",),
    }  # fmt: skip
    return {noun: noted for role, noted in rows.items() for noun in words_of_harm(role)}


# ----------------------------------------------------------------------------------------------------
# How many people a sentence counts without always writing a number.
#
# "At least one woman and her three children were killed" counts at least 4, "a mother and her two sons" at
# least 3, "others were wounded" at least 2, "no guards were hurt" 0. A total that the text itself states
# ("12 killed") is left to the number; what is counted here is a lower bound, because nobody said that there
# were no more.


@dataclass(frozen=True, slots=True)
class Count:
    """The people that a phrase counts: lower bound (and upper, where it is written), its characters in the
    sentence, the mentions that it adds up."""

    interval: Interval
    start: int
    end: int
    parts: tuple[Mention, ...]

    @property
    def rule(self) -> str:
        """What it counts by."""
        return f"casualties.{'sum' if self.parts else 'none' if self.interval.high == 0 else 'named'}"

    @property
    def comparator(self) -> Comparator:
        """How the count bounds the number: exact, from below, from both sides, or as vaguely as its parts."""
        if any(part.comparator == "vague" for part in self.parts):
            return "vague"
        low, high = self.interval.low, self.interval.high
        return "eq" if low == high else "ge" if high is None else "range"


def count_people(found: Harm, numbers: Mapping[int, Mention], stated: bool) -> Count | None:
    """The people that a clause counts by enumeration.

    `numbers` are the counting mentions by the index of the noun (or the number) that they count, `stated`
    whether the clause holds a number of its own. None where one number alone says it, or nobody is named.
    """
    if found.clause.head.dep_ == "relcl" and found.verb.tag_ in ("VBZ", "VBP"):
        return None  # "who kills people"
    named = members(found.people, found.verb)
    counts = [_number(token, numbers) for token in named]
    numbered = tuple(m for m in counts if m is not None)
    if not named or (stated and not numbered) or (len(named) == 1 and numbered):
        return None  # the number alone says it
    size = object_of(named[0]) or named[0]
    if counts[0] is not None and size.nbor(1).text in (",", "(", ":", "–", "—", "-"):
        others, _ = _added_up(named[1:], counts[1:])
        if others.low == counts[0].low:
            return None  # "six people, five women and a child"
    limits, kept = _added_up(named, counts)
    if limits.low is None:
        return None
    sized = [t for k in kept if (t := object_of(k)) is not None and "NUM" in (t.pos_, k.pos_)]
    noun = found.verb if found.verb.pos_ == "NOUN" else kept[0]  # "a number of deaths and injuries"
    end = max(t.idx + len(t) for t in (*kept, *sized, noun))  # "a family of five", "two of his sons"
    return Count(limits, kept[0].left_edge.idx, end, numbered)


def _added_up(named: Sequence[Token], counts: Sequence[Mention | None]) -> tuple[Interval, list[Token]]:
    """The people that the members make, and the members that are people; what else is named adds nobody."""
    low, high, kept = Decimal(0), Decimal(0), []
    closed = True
    for token, number in zip(named, counts, strict=True):
        least = fewest(token) if number is None else number.interval.low or 0
        if least is None or (number is not None and not (is_person(token) or _lemma(token) in _persons())):
            closed = False
            continue
        most = (0 if least == 0 else None) if number is None else number.interval.high
        kept.append(token)
        low += least
        closed = closed and most is not None
        high += most or 0
    if not kept or low != int(low) or (low == 0 and not closed):
        return Interval(None, None), []
    return Interval(low, high if closed else None), kept


def _number(token: Token, numbers: Mapping[int, Mention]) -> Mention | None:
    """The number that counts a member: "two sons", "a family of five"."""
    sizes = object_of(token) if _persons().get(_lemma(token)) == _GROUP else None
    return numbers.get(token.i) or (None if sizes is None else numbers.get(sizes.i))
