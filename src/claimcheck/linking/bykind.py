"""EventFinder of the tables that a claim may tell of by their kind and place alone: "the chlorine attack on
Douma", or by a verb: "warplanes bombed a market in Saraqib".
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cache
from itertools import pairwise

from claimcheck.linking.deeds import deed, weapons
from claimcheck.linking.mentioned_event import KINDRED, MentionedEvent
from claimcheck.linking.pairing import denied_stems
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.surroundings import (
    holds_foreign_words,
    is_awaited,
    is_compound,
    is_kind_on_another,
    is_unreal,
    own_words,
)
from claimcheck.linking.toldbyverb import told_by_verb
from claimcheck.linking.words import any_of, head_words, nouns, stem
from claimcheck.model import Claim, Link, ReferenceRow, Span

_HEAD = re.compile(r"\s*([^\W\d_]{3,30})\s+(?:of|on|at|in)\b")
_ROMAN = re.compile(r"[IVX]{1,5}")
_DEFINITE = re.compile(r"[Tt]he\s")
_LONGEST = 366
"""Days: in a longer period something of a kind nearly always happened, so a kind says nothing there."""


class ByKind:
    """The rows of events by the words for their kinds."""

    def __init__(self, places: NameIndex) -> None:
        self._places = places
        self._kinds: dict[str, list[tuple[frozenset[str], ReferenceRow]]] = defaultdict(list)
        self._said: dict[str, frozenset[str]] = {}  # all words for the kind of a row

    def add(self, row: ReferenceRow) -> None:
        """Take in a row with its kinds."""
        kinds = kinds_of(row)
        self._said[key_of(row)] = frozenset(one for kind in kinds for one in kind)
        for kind in kinds:
            for one in kind:
                self._kinds[one].append((kind, row))

    def said(self, row: ReferenceRow) -> frozenset[str]:
        """The stems of all words for the kind of a row."""
        return self._said.get(key_of(row), frozenset())

    def words(self) -> frozenset[str]:
        """The stems of all words for the kinds of the rows."""
        return frozenset(self._kinds)

    def of(self, claim: Claim) -> list[MentionedEvent]:
        """The rows of the kind that the clause says happened: all words of it, or its noun where that says
        enough, and one of them in the subject (or agent): what waits for an evacuation is none. Where it says
        none, those of the kind that its verb tells of."""
        days = claim.time.period.days if claim.time is not None and claim.time.period is not None else None
        if days is None or days > _LONGEST:
            return []
        verb, deed_told = None if claim.predicate is None else stem(claim.predicate), deed(claim)
        if verb in nouns("unhappens"):
            return []
        said = clause_stems(claim) | deed_told
        found: list[MentionedEvent] = []
        if verb is None or deed_told or verb in _happening_verbs():  # not on which a siege was condemned
            found = self._rows(claim, said, _taking_part(claim) | deed_told, bool(deed_told))
        if not found and (told := told_by_verb(claim) or _came_for(claim)):
            found = self._rows(claim, said | told, told, True)
            found = [replace(h, only_fits=True) for h in found]
        if not found and verb in _happening_verbs() and _DEFINITE.match(claim.text) is not None:
            found = self._rows(claim, said, _taking_part(claim), False, loose=True)
            found = [replace(h, only_fits=True) for h in found]  # "the conference" in its place
        return found

    def _rows(
        self,
        claim: Claim,
        said: frozenset[str],
        taking_part: frozenset[str],
        by_deed: bool,
        loose: bool = False,
    ) -> list[MentionedEvent]:
        """The rows of a kind all of whose words are said, one of them of what takes part."""
        verb = None if claim.predicate is None else stem(claim.predicate)
        phrases = self._kind_phrases(claim)
        numbered = _numbered_words(claim)
        found: dict[str, MentionedEvent] = {}
        for one in sorted(taking_part):
            for kind, row in self._kinds.get(one, ()):
                if not kind <= said or (not loose and kind <= nouns("loose_kinds")) or kind & numbered:
                    continue
                if is_unreal(claim.text, kind) or is_awaited(claim.text, kind):
                    continue  # a "staged gas attack" is none
                if kind & nouns("numbered") and holds_foreign_words(
                    claim.text, own_words(row), self._said[key_of(row)]
                ):
                    continue  # "trade talks" are none of the peace talks
                if len(kind) == 1 and is_compound(claim.text, kind, verb):
                    continue  # a "chlorine leak" is none of what is called "chlorine"
                if is_kind_on_another(claim.text, kind, row, self._places):
                    continue
                if any(kind & phrase and not phrase <= self._said[key_of(row)] for phrase in phrases):
                    continue  # a "mustard gas attack" is a gas attack, and no chlorine attack
                words = max(len(kind), found[key_of(row)].words if key_of(row) in found else 0)
                span = Span(claim.start, claim.end)
                used = kind <= weapons()  # "sarin was used as a weapon in Tarn"
                found[key_of(row)] = MentionedEvent(row, "kind", span, words, by_deed=by_deed or used)
        return list(found.values())

    def _kind_phrases(self, claim: Claim) -> list[frozenset[str]]:
        """The words for kinds that stand side by side in the clause ("mustard gas attack"), as stems."""
        text = claim.text if claim.subject is None else f"{claim.text}; {claim.subject.text}"
        verb = None if claim.predicate is None else stem(claim.predicate)
        out: list[frozenset[str]] = []
        run: set[str] = set()
        end = 0
        for found in WORD.finditer(text):
            one = stem(found.group())
            if one == verb or KINDRED.get(one, one) not in self._kinds:
                continue
            run = run if run and text[end : found.start()] in (" ", "-") else set()
            run.add(KINDRED.get(one, one))
            out.append(frozenset(run))
            end = found.end()
        return out


@cache
def _happening_verbs() -> frozenset[str]:
    """The stems of verbs that say that something happened, or what it did."""
    return nouns("happens", "strikes", "harms", "injures", "fates", "befalls", "does_deeds", "deeds done")


def _numbered_words(claim: Claim) -> frozenset[str]:
    """The stems of words with a number behind them: "resolution 2178" is that one, no other of its kind."""
    pairs = pairwise(WORD.findall(claim.text))
    return frozenset(stem(word) for word, number in pairs if number.isdigit() or _ROMAN.fullmatch(number))


def _taking_part(claim: Claim) -> frozenset[str]:
    """The stems of the clause's subject and agent without what hangs on them ("patients of the siege"); of
    all its words where it only says that there was."""
    subject = claim.subject.text.lower() if claim.subject is not None else None
    if subject == "there" or (subject is None and (claim.actor is None or claim.predicate == "be")):
        return clause_stems(claim)
    phrases: list[Link | str | None] = [claim.subject, claim.actor]
    phrases += [found[1] for found in (_undergone().search(claim.text), _hurt_in(claim)) if found is not None]
    return frozenset(stem(word) for phrase in phrases for word in head_words(phrase))


@cache
def _undergone() -> re.Pattern[str]:
    """What befell the subject, or it did: "came under a chlorine attack", "carried out an attack"."""
    return _behind("undergone", "carries out")


def _hurt_in(claim: Claim) -> re.Match[str] | None:
    """What the clause says that its people were hurt in: "forty were killed in a gas attack", not "a girl
    injured in a gas attack died"."""
    found = _hurts_in().search(claim.text)
    verb = "" if found is None else stem(found[0].split()[0])
    return found if claim.predicate is not None and verb == stem(claim.predicate) else None


@cache
def _hurts_in() -> re.Pattern[str]:
    return _behind("hurt in")


def _behind(*uses: str) -> re.Pattern[str]:
    """What stands behind the phrases of `data/linking.toml` for these uses, up to the next break."""
    return re.compile(rf"\b(?:{'|'.join(map(any_of, uses))})\s+(?!no\b)([^,;:()]+)")


def _came_for(claim: Claim) -> frozenset[str]:
    """The stems of what the subject came together for: "gathered in Lima for talks"."""
    found = _comes_for().search(claim.text)
    return frozenset() if found is None else frozenset(map(stem, head_words(found[1])))


@cache
def _comes_for() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('comes for')})\b[^,;:()]{{0,60}}?\sfor\s+(?!no\b)([^,;:()]+)")


def key_of(row: ReferenceRow) -> str:
    """A row, apart from those of other packages."""
    return f"{row.package}|{row.key}"


def kinds_of(row: ReferenceRow) -> frozenset[frozenset[str]]:
    """The words that say what kind of happening a row is, each kind as its stems: those of its label and
    of what it is counted as, their nouns alone where these say enough ("talks" of "peace talks"), and the
    first word of a name such as "Siege of …"."""
    phrases = [*(row.label or "").split(","), str(row.raw.get("counted_as", ""))]
    if row.kind == "event" and (head := _HEAD.match(row.name or "")):
        phrases.append(head.group(1))
    kinds: set[frozenset[str]] = set()
    for phrase in phrases:
        stems = [KINDRED.get(one, one) for one in map(stem, WORD.findall(phrase)) if len(one) > 2]
        kinds.add(frozenset(stems))
        kinds.add(frozenset(stems[-1:]))
    return frozenset(filter(None, kinds))


def clause_stems(claim: Claim) -> frozenset[str]:
    """The stems of the words of a clause and its subject, without those that it denies."""
    subject = claim.subject.text if claim.subject is not None else ""
    words = [*WORD.findall(f"{claim.text} {subject} {claim.predicate or ''}"), *claim.terms]
    stems = {stem(w) for w in words} - denied_stems(f"{claim.text} {subject}")
    return frozenset(stems | {KINDRED.get(s, s) for s in stems})
