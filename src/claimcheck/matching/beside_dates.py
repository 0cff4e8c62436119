"""What a dated clause says beside the happening: where it was, who came, which of its days, and of what else.

"Convened by Russia, the talks opened in Tarn": Russia is no place of theirs, Tarn is. "The first day of the
talks was 3 May" dates their beginning; "SAMS was founded in its present form in 2007" dates no founding.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from claimcheck.dates.event_words import is_ordinal
from claimcheck.dates.events import EventMention
from claimcheck.matching.accounting import stem_set, word_set
from claimcheck.model import Claim, Document, Part
from claimcheck.propositions.stems import stem
from claimcheck.reference.name_index import WORD
from claimcheck.wording.around import is_joined_by_hyphen, words_behind
from claimcheck.wording.clauses import says_any, words_before
from claimcheck.wording.joints import is_listed_before, is_of_what_follows
from claimcheck.wording.peoples import states_of

LEAD = 40
"""Characters beside a date or a name in which the words stand that make it that of something else."""


def says_where(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place of a clause is where something was, and not whose it was: "convened by *Russia*", "the
    *Russia*-led talks"."""
    if not named:
        return True
    last = parts[max([at for at in named if not parts[at].context] or named)]
    if is_by(parts, named) or (last.context and last.role in ("clause", "relative", "apposition")):
        return False
    if last.role in ("modifier", "noun", "of") or last.prep == "of":
        return last.is_head
    if last.role == "subject" and last.prep is None:
        return any(stem(p.lemma) in stem_set("hosting") for p in parts if p.role == "predicate")
    return True


def is_by(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place is that of who did it: "convened by *Russia*"."""
    return bool(named) and (parts[max(named)].role == "agent" or parts[max(named)].prep == "by")


def is_beside_it(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place is that of what is only told beside: "adopted after weeks of fighting in *Tarn*"."""
    units = {parts[at].unit for at in named}
    return any(p.unit in units and p.prep in word_set("beside what happened") for p in parts)


def is_a_branch(parts: Sequence[Part], where: Collection[int]) -> bool:
    """Whether what stands behind the name of a body makes it a part of it: "the Guild in *Tarn*"."""
    units = {parts[at].unit for at in where if parts[at].role in ("subject", "noun")}
    last = max((parts[at].start for at in where), default=-1)
    return any(p.unit in units and p.start > last and p.prep in word_set("where") for p in parts)


def takes_part(parts: Sequence[Part], phase: str | None) -> bool:
    """Whether a clause tells who came to a happening or opened it, which changes no date."""
    did = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
    came = stem("take") in did and any(p.lemma == "part" and p.role == "object" for p in parts)
    return phase is not None or came or bool(did & stem_set("taking part"))


def up_to_verb(mention: EventMention, parts: Sequence[Part]) -> EventMention:
    """A happening without what stands behind the verb that is told of it: "the ninth round *was held in
    Tarn*", where the series is that of Tarn."""
    verbs = (p.start for p in parts if p.role in ("predicate", "governor"))
    first = min((at for at in verbs if mention.start < at < mention.end), default=None)
    return mention if first is None else replace(mention, end=first)


def is_all_the_clause(claim: Claim, mention: EventMention) -> bool:
    """Whether a clause that leans on another only says that what it names went on then: "*while talks were
    underway in Tarn*, on 3 May"."""
    inside = claim.start <= mention.start and mention.end <= claim.end
    rest = set(words_before(claim, mention.start)) if inside else {""}
    return bool(rest) and rest <= {"while", "as", "when", "the"} and rest != {"the"}


def stands_before(claim: Claim, parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a date stands before the name that it belongs to: "the *2014* Tarn congress"."""
    time = claim.time
    if time is None or time.start is None or time.end is None or not named:
        return False
    lead = words_before(claim, time.start)
    return lead[-1:] == ["the"] and all(parts[at].start >= time.end for at in named)


def stands_right_before(claim: Claim, document: Document, mention: EventMention) -> bool:
    """Whether a name in a list stands right before the claim's date: "the fifth opened in March, *the sixth*
    in June"."""
    start = None if claim.time is None else claim.time.start
    if start is None or not mention.end < start:
        return False
    return is_listed_before(document, mention.start, mention.end, start)


def up_to_date(mention: EventMention, date: int, parts: Sequence[Part]) -> EventMention:
    """A happening without the date that ends its own name: "the Tarn strike *of 3 May 2016*". `date`: where
    that begins."""
    last = max((p.end for p in parts if mention.start <= p.start < date), default=mention.start)
    if mention.how != "name" or not mention.start < date < mention.end or last == mention.start:
        return mention
    return replace(mention, end=last)


def tells_of_another_day(claim: Claim, document: Document) -> bool:
    """Whether a clause dates what became of something later: "was founded in its present form in 2007",
    "the mandate runs out on 3 May", "the talks, as of 3 May known as the Group"."""
    if says_any(claim, (*word_set("founded anew"), *word_set("lapses"))):
        return True
    start, end = (None, None) if claim.time is None else (claim.time.start, claim.time.end)
    if start is not None and end is not None and is_of_what_follows(document, start, end):
        return True
    behind = [] if end is None else words_behind(document, end, LEAD)
    return not word_set("from then on").isdisjoint(behind[:2])


def verbs_in_phrases(claim: Claim) -> frozenset[str]:
    """The verbs of a clause that only together with others tell of a founding: "came into being"."""
    parts = () if claim.proposition is None else claim.proposition.parts
    if not says_any(claim, word_set("founding phrases")):
        return frozenset()
    return frozenset(stem(p.lemma) for p in parts if p.role in ("predicate", "governor"))


def fixes_the_date(claim: Claim, mention: EventMention) -> bool:
    """Whether a happening is the one from which a clause takes its date: "on the day the *talks* opened"."""
    anchor = None if claim.time is None else claim.time.anchor
    return any(anchor in (row.name, *row.names) for row in mention.candidates)


def edge_told(claim: Claim, found: Sequence[EventMention]) -> str | None:
    """Which end of a happening a clause gives the day of: "the *last day of* the Tarn talks was 3 May"."""
    for mention in found:
        lead = words_before(claim, mention.start)[-4:]
        if "day" in lead and lead[-1:] in (["of"], ["the"]):
            return (
                "begin"
                if word_set("first day") & set(lead)
                else "end"
                if word_set("last day") & set(lead)
                else None
            )
    return None


def is_its_founding(claim: Claim, parts: Sequence[Part], where: Collection[int]) -> bool:
    """Whether a date is that of the founding of the subject: "since *its founding in 2009*, the Guild …"."""
    noun = next((p for p in parts if p.role == "noun" and p.level == 1 and p.is_head), None)
    if noun is None or not any(parts[at].role == "subject" and not parts[at].context for at in where):
        return False
    lead = words_before(claim, noun.start)
    return stem(noun.lemma) in stem_set("foundings") and lead[-1:] in (["its"], ["their"])


def are_counted(parts: Sequence[Part], where: Collection[int]) -> bool:
    """Whether a number stands before the words that tell of a happening: "*three* gas attacks"."""
    told = [parts[at] for at in where]
    return any(
        p.pos == "NUM" and at not in where and p.start < q.start and (p.unit, p.prep) == (q.unit, q.prep)
        for at, p in enumerate(parts)
        for q in told
    )


def is_only_numbered(mention: EventMention) -> bool:
    """Whether an ordinal alone says which of a series it was ("the fourth round"), and no name ("Geneva IV",
    "the third Tarn Book Fair")."""
    first, *others = WORD.findall(mention.text) or ("",)
    named = mention.how == "name" and all(word[0].isupper() for word in others)
    return mention.how in ("name", "number", "definite") and is_ordinal(first) and not named


def describing(document: Document, parts: Sequence[Part], inside: Collection[int]) -> set[int]:
    """The words of a compound that only describes what is named by name or number ("the *UN*-sponsored ninth
    round"), or how anything was done ("its *long-awaited* premiere")."""
    units = {parts[at].unit for at in inside}
    out: set[int] = set()
    for at, part in enumerate(parts[1:], 1):
        before = parts[at - 1]
        joined = is_joined_by_hyphen(document, before.end, part.start)
        told = part.unit in units and not states_of(before.lemma)
        if part.pos == "VERB" and joined and (told or before.pos in ("ADJ", "ADV")):
            out |= {at - 1, at}
    return out


def of_founding(parts: Sequence[Part]) -> set[int]:
    """The words of a clause that tell where a body was founded, and by people of which sort, which changes no
    date: "founded *in Paris* by *exiles*"."""
    return {
        at
        for at, p in enumerate(parts)
        if p.lemma == "be" or p.prep in word_set("where") or (p.role in ("agent", "noun") and p.pos == "NOUN")
    }
