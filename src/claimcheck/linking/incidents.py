"""Which incident of a table a claim tells of: by the kind of happening that it says happened, where and when.

A dated clause ("an earthquake hit Haiti on 12 January 2010") meets the rows of its kind in its place. A
number that belongs to the very incident of a row ("the earthquake of 7 October killed 2,400 people in Herat",
not "2,400 people were killed in Herat on 7 October") is compared with that row's own number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from claimcheck.judging.relations import own_period
from claimcheck.linking.candidates import CandidateFinder
from claimcheck.linking.found import WantedKind
from claimcheck.linking.items import Item
from claimcheck.linking.mentioned_event import is_singled_out
from claimcheck.linking.places import WORD
from claimcheck.linking.surroundings import is_compound, is_unreal
from claimcheck.linking.tableplaces import key_of, place_parts
from claimcheck.linking.toldbyverb import told_by_verb
from claimcheck.linking.wholes import is_of_a_happening, kinds_told
from claimcheck.linking.words import head_of, head_words, nouns, stem
from claimcheck.model import Claim, ReferenceRow

MOST_WORDS = 4
"""Words of a kind; a longer label describes one incident and names no kind."""
_LONGEST = 366
"""Days: in a longer period something of a kind nearly always happened, so a kind says nothing there."""
_HANGING = re.compile(
    r"\b(?:for|on|about|of|after|before|since|following|to|from|with|in|over|no|not|without|marking)\s+"
    r"(?:(?:the|an?|this|that)\s+)?(?:[\w.-]+\s+){0,2}$",
    re.IGNORECASE,
)
_NEAR = re.compile(r"\b(?:near|close to|next to)\s+(?:the\s+)?$", re.IGNORECASE)
_THERE = re.compile(r"\bthere\s+(?:was|were|is|has been|had been)\s+(?!no\b|not\b)", re.IGNORECASE)
_BREAK = re.compile(r"[.,;:()]")
_DEFINITE = frozenset({"the", "this", "that", "its", "their"})
_BEFORE_KIND = 5


class Incidents:
    """The kinds of the incident tables, and the incidents that claims tell of."""

    def __init__(self, finder: CandidateFinder) -> None:
        self._finder = finder
        self._kinds: dict[str, list[tuple[frozenset[str], str, str]]] = defaultdict(list)
        for package, kind in finder.incident_kinds:
            stems = _stems(kind)
            if stems and len(stems) <= MOST_WORDS and is_of_a_happening(kind):
                rarest = max(stems, key=lambda one: (len(one), one))  # a table may hold 200,000 "… Fire"
                self._kinds[rarest].append((stems, package, kind))

    def kind_words(self) -> frozenset[str]:
        """The stems of all words for the kinds of the rows."""
        return frozenset(self._kinds)

    def told(self, items: Sequence[Item]) -> dict[int, list[tuple[ReferenceRow, bool]]]:
        """The incidents that each dated claim may tell of, and whether it can be no other of its kind."""
        wanted = [w for number, item in enumerate(items) for w in self._wanted(number, item)]
        out: dict[int, list[tuple[ReferenceRow, bool]]] = {}
        for number, found in self._finder.incident_candidates(wanted).items():
            item, alone = items[number], len(found) == 1
            by_verb = self._only_by_verb(item.claim)
            alone = alone and not by_verb
            out[number] = [
                (row, alone and alike == 1 and _is_dated_here(item.claim) and names_it(item, row))
                for row, alike in found
                if (by_verb or not _is_of_another_kind(item.claim, row))
                and not is_singled_out(item.claim, frozenset().union(*kinds_told(row)))
            ]
        return out

    def _wanted(self, number: int, item: Item) -> Iterable[WantedKind]:
        claim, place = item.claim, item.place
        period = own_period(claim)
        if claim.kind != "event" or not self._kinds or not place.keys or not _is_said_there(item):
            return
        if period is None or period.start is None or period.end is None or (period.days or 0) > _LONGEST:
            return
        for package, kind in self._said(claim, period.days == 1, claim.context.of(item.document.text)):
            prefix = key_of(package, "")
            for key in sorted(k for k in place.keys if k.startswith(prefix)):
                yield WantedKind(number, package, kind, key, period.start, period.end)

    def _said(self, claim: Claim, one_day: bool, sentence: str) -> set[tuple[str, str]]:
        """The kinds, with their packages, that the clause says happened: all words of one in its subject or
        agent, or told by its verb. Those of which there are many link on a day only."""
        verb = None if claim.predicate is None else stem(claim.predicate)
        if verb is None or verb in nouns("unhappens"):
            return set()
        out = self._named(claim, one_day, sentence) if verb in nouns("happens", "strikes") else set()
        told = told_by_verb(claim) if not out else frozenset[str]()
        for one in told:
            for stems, package, kind in self._kinds.get(one, ()):
                if stems <= told and (one_day or not stems <= nouns("loose_kinds")):
                    out.add((package, kind))
        return out

    def _only_by_verb(self, claim: Claim) -> bool:
        """Whether only its verb says of which kind a claim tells: of any one of them."""
        return bool(told_by_verb(claim)) and not self._named(claim, True, claim.text)

    def _named(self, claim: Claim, one_day: bool, sentence: str) -> set[tuple[str, str]]:
        taking_part = _taking_part(claim)
        out = set()
        for one in taking_part:
            for stems, package, kind in self._kinds.get(one, ()):
                loose = stems <= nouns("loose_kinds")
                told = stems <= taking_part and _is_head(claim, stems, sentence)
                if told and (one_day or not loose) and not is_unreal(claim.text, stems):
                    out.add((package, kind))
        return out


def names_it(item: Item, row: ReferenceRow) -> bool:
    """Whether the sentence names one incident of the row's kind, and not one of several: "the Haiti
    earthquake", not "an earthquake" or "the second earthquake"."""
    text = item.claim.context.of(item.document.text)
    return any(_is_definite(text, kind) for kind in kinds_told(row))


def is_of_the_incident(item: Item, row: ReferenceRow) -> bool:
    """Whether a number is that of the row's own incident: the sentence names it, and the row's place."""
    keys = {key_of(row.package, place) for place in row.places} | _plain(row)
    return names_it(item, row) and bool(item.place.keys & keys) and _is_said_there(item)


def _plain(row: ReferenceRow) -> set[str]:
    return {key for place in row.places for key, _, _ in place_parts(row.package, place, set())}


def _is_of_another_kind(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a word right before the kind makes it another one: a "mustard gas attack" is a gas attack, and
    not the row's with chlorine."""
    text = claim.text if claim.subject is None else f"{claim.subject.text}; {claim.text}"
    said = frozenset(one for kind in kinds_told(row) for one in kind)
    plain = said | nouns("describes", "indefinite", "follows")
    words = list(WORD.finditer(text))
    for before, found in pairwise(words):
        joined = text[before.end() : found.start()] in (" ", "-")
        if (
            joined
            and stem(found.group()) in said
            and before.group().islower()
            and stem(before.group()) not in plain
        ):
            return True
    return False


def _is_said_there(item: Item) -> bool:
    """Whether the place stands in the claim's own sentence."""
    return item.claim.context.start <= item.place.at < item.claim.context.end


def is_there(item: Item, row: ReferenceRow) -> bool:
    """Whether a claim that names no place for sure may tell of the row: a happening of the row's kind may be
    told of as near its place ("a plane crash near Aktau"), and nothing else."""
    place, text = item.place, item.document.text
    if not place.ambiguous:
        return True
    said = _stems(item.claim.context.of(text))
    near = place.at >= 0 and _NEAR.search(text, max(0, place.at - 16), place.at)
    return bool(near) and any(kind <= said for kind in kinds_told(row))


def _is_dated_here(claim: Claim) -> bool:
    """Whether the clause says when it happened, and does not only name it by its day ("the earthquake of 12
    May killed 218")."""
    time = claim.time
    if time is None or time.start is None or claim.predicate is None:
        return False
    told_of = nouns("fates", "injures") | {"hold", "be", "remember", "mark"}
    if stem(claim.predicate) in told_of or time.basis != "clause":
        return False
    lead = claim.text[: max(0, time.start - claim.start)]
    return not re.search(r"\bof\s+(?:the\s+)?$", lead)


def _only_says_that_there_was(claim: Claim) -> bool:
    if claim.subject is not None:
        return claim.subject.text.lower() == "there"
    return claim.predicate == "be" and _THERE.search(claim.text) is not None


def _taking_part(claim: Claim) -> frozenset[str]:
    """The stems of the clause's subject and agent without what hangs on them; of all its words where it only
    says that there was one."""
    if _only_says_that_there_was(claim):
        return _stems(claim.text)
    return frozenset(stem(word) for link in (claim.subject, claim.actor) for word in head_words(link))


def _is_head(claim: Claim, kind: frozenset[str], sentence: str) -> bool:
    """Whether the subject or the agent is of the kind, and not something about it ("an earthquake drill")."""
    if _only_says_that_there_was(claim):
        return not is_compound(claim.text, kind, None)
    heads = (head_of(link.text) for link in (claim.subject, claim.actor) if link is not None)
    named = [head for head in heads if (words := WORD.findall(head)) and stem(words[-1]) in kind]
    return any(not _is_hanging(sentence, head) for head in named)


def _is_hanging(sentence: str, name: str) -> bool:
    """Whether a name hangs on another noun ("a memorial for the crash"), or is denied ("no earthquake")."""
    at = sentence.find(name)
    return at >= 0 and _HANGING.search(sentence[:at]) is not None


def _is_definite(text: str, kind: frozenset[str]) -> bool:
    words = list(WORD.finditer(text))
    for at, found in enumerate(words):
        if stem(found.group()) not in kind or (found.group()[-1] in "sS" and found.group()[-2:] != "ss"):
            continue
        start = max(0, at - _BEFORE_KIND)
        if not kind <= {stem(w.group()) for w in words[start : at + 1]}:
            start = max(0, at - 1)  # "the crash" is a plane crash, "the bus crash" is none
        for before in reversed(words[start:at]):
            word = before.group().lower()
            if _BREAK.search(text, before.end(), found.start()) or word in nouns("indefinite"):
                break
            if word in _DEFINITE or word.endswith(("'s", "’s")):
                return True
    return False


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(text) if len(word) > 2)
