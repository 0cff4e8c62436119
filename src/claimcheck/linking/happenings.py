"""Which happening of the tables a claim speaks of: by name, by series and number, by kind and place.

A name or alias links alone, and so does a series with its number ("Astana 8", "resolution 2401"): `events`
finds both. A person's name links where only one happening bears it and its kind is said ("Hadieh … to
die"). A kind with its place ("the chlorine attack on Douma") may link to several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from claimcheck.dates.events import EventIndex, EventMention
from claimcheck.judging.relations import How
from claimcheck.linking.anaphora import happening_again
from claimcheck.linking.bywhom import told_by_whom
from claimcheck.linking.deednames import DeedNames
from claimcheck.linking.deeds import deed
from claimcheck.linking.foundings import Foundings, founds
from claimcheck.linking.happening import (
    KINDRED,
    Happening,
    begins_by_phrase,
    dated_noun,
    dies_by_phrase,
    edge_day,
    ends_by_phrase,
)
from claimcheck.linking.naming import (
    PREPOSITION,
    dates_the_name,
    enacts,
    fixes_the_time,
    hosts,
    is_what_happened,
    names_it,
    own_time,
    owner_start,
)
from claimcheck.linking.numbered import Numbered
from claimcheck.linking.offices import Offices
from claimcheck.linking.pairing import are_together, denied_stems, is_denied, of_the_time
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.sentence_names import SentenceNames
from claimcheck.linking.surroundings import (
    holds_foreign_words,
    is_another,
    is_before_another_noun,
    is_compound,
    is_kind_on_another,
    is_owner,
    is_unreal,
    own_words,
)
from claimcheck.linking.words import any_of, is_calendar, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span

_HEAD = re.compile(r"\s*([^\W\d_]{3,30})\s+(?:of|on|at|in)\b")
_OF = re.compile(r"\s+(?:of|in|from|for|on|at|with)\s+")
_ROMAN = re.compile(r"[IVX]{1,5}")
_RELATIVE = re.compile(r"(?:which|that)\s", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s+(?:the\s+)?")
_LONGEST_BY_KIND = 366
"""Days: in a longer period something of a kind nearly always happened, so a kind says nothing there."""


class Happenings:
    """The dated rows of events and gazetteers, to be recognised in claims."""

    def __init__(self, rows: Sequence[ReferenceRow], places: NameIndex, index: EventIndex) -> None:
        self._index = index if any(r.kind == "event" for r in rows) else None
        self._found: dict[tuple[int, int, int], list[EventMention]] = {}
        self._by_key = {_key(r): r for r in rows}
        self._places = places
        self._foundings = Foundings(rows)
        self._people: dict[str, set[str]] = defaultdict(set)
        self._kinds: dict[str, list[tuple[frozenset[str], ReferenceRow]]] = defaultdict(list)
        self._said: dict[str, frozenset[str]] = {}  # all words for the kind of a row
        events = [row for row in rows if row.kind == "event"]
        self._sentences = SentenceNames(events, places)
        self._offices = Offices(events)
        self._numbered = Numbered(events)
        self._deeds = DeedNames(events)
        for row in events:
            self._add(row, places)

    def _add(self, row: ReferenceRow, places: NameIndex) -> None:
        kinds = kinds_of(row)
        self._said[_key(row)] = frozenset(one for kind in kinds for one in kind)
        for kind in kinds:
            for one in kind:
                self._kinds[one].append((kind, row))
        if not self._said[_key(row)] & nouns("fates"):
            return
        covered = places.find(row.name or "", 0, len(row.name or ""))
        for found in WORD.finditer(row.name or ""):
            named = found.group()
            inside = any(c.start <= found.start() < c.end for c in covered)
            proper = named[0].isupper() and found.start() > 0 and not is_calendar(named)
            if proper and len(named) > 3 and not inside:
                self._people[stem(named)].add(_key(row))

    def spans(self, document: Document, within: Span) -> list[Span]:
        """Where happenings are named in a stretch of text. A place in such a name is not where something
        else happened ("Geneva IX"), but for one behind a preposition ("the siege of Aleppo"); the owner of a
        happening belongs to it ("Russia's planned Sochi conference")."""
        named = (m for m in self._find(document, within) if names_it(m))
        return [Span(owner_start(document.text, within.start, m.start), m.end) for m in named]

    def forget(self) -> None:
        """Drop what was found in the documents of the last batch."""
        self._found.clear()

    def _find(self, document: Document, span: Span) -> list[EventMention]:
        if self._index is None:
            return []
        key = (id(document), span.start, span.end)
        if key not in self._found:
            self._found[key] = self._index.find(document.text, span)
        return self._found[key]

    def _within(self, claim: Claim, document: Document) -> list[EventMention]:
        """What the claim's sentence names within its clause."""
        found = self._find(document, claim.context)
        here = [m for m in found if claim.start <= m.start < claim.end]
        return [m for m in here if not is_denied(document.text, m.start)]

    def named_in(self, claim: Claim, document: Document) -> list[ReferenceRow]:
        """The happenings whose name stands in the clause, whatever is said about them, but for those that
        only say when."""
        found = self._within(claim, document)
        named = [m for m in found if names_it(m) and not fixes_the_time(claim, m)]
        return list({_key(row): row for m in named for row in m.candidates}.values())

    def of(self, claim: Claim, document: Document, times: Sequence[Span] = ()) -> list[Happening]:
        """The happenings that a claim names; kinds only where nothing is named. `times`: the dates of its
        sentence, in order."""
        numbered = self._numbered.of(claim, document, self._find(document, claim.context))
        if numbered is not None:
            return numbered
        named = self._named(claim, document, times) or self._sentences.of(claim)
        named = named or self._offices.of(claim, document)
        named = named or self._deeds.of(claim, document)
        named = named or self._foundings.of(claim, document, times) or self._again(claim, document)
        return named or self._person(claim, document) or ([] if founds(claim) else self._of_kind(claim))

    def _named(self, claim: Claim, document: Document, times: Sequence[Span]) -> list[Happening]:
        """By name, alias, or series with number, in the clause or its subject. Every row that a name may mean
        stays: which of them the date fits is what the claim is asked."""
        before = self._before_participle(claim, document)  # that is of the name, whatever leads to it
        within = before or of_the_time(claim, self._within(claim, document), times)
        found = before or [m for m in within if is_what_happened(claim, document, m)]
        found += self._in_subject(claim, document)
        out: dict[str, Happening] = {}
        dated = False
        for mention in filter(names_it, within):
            how: How = "name" if mention.how == "name" else "number"
            span = Span(mention.start, mention.end)
            for row in mention.candidates:
                theirs = span.contains(own_time(claim)) and told_by_whom(claim, document, span) is not None
                if theirs or dates_the_name(claim, document, mention):
                    dated = True
                    out[_key(row)] = Happening(row, how, span, alone=True)
                elif phase := edge_day(claim, document, span) or dated_noun(
                    claim, document, span, row, self._said[_key(row)]
                ):
                    out[_key(row)] = Happening(row, how, span, alone=True, phase=phase)
        if dated:
            return list(out.values())  # "the 2013 attack (21 August) preceded resolution 2118"
        verb = None if claim.predicate is None else stem(claim.predicate)
        begun, over, died = begins_by_phrase(claim), ends_by_phrase(claim), dies_by_phrase(claim)
        single = all(len(m.candidates) == 1 for m in found)
        joined = single and are_together(document.text, [m for m in found if names_it(m)])
        happens = verb is None or verb in nouns("happens", "announces") or begun or over or died
        told = [m for m in found if enacts(claim, document, Span(m.start, m.end))]
        found = told or found
        happens = happens or bool(told) or any(hosts(claim, document, m.start) for m in found)
        for mention in found if happens or verb in nouns("does_deeds") else ():
            how = "name" if mention.how == "name" else "number"
            if not happens and told_by_whom(claim, document, Span(mention.start, mention.end)) is None:
                continue
            for row in mention.candidates if names_it(mention) else ():
                if self._is_another(claim, document, mention, row):
                    continue
                if how == "number" and not self._of_its_kind(mention.text, row):
                    continue
                if verb in nouns("announces") and not self._said[_key(row)] & nouns("announced"):
                    continue  # the day on which talks were announced is not the day of the talks
                if verb in nouns("approves") and not self._said[_key(row)] & nouns("approved"):
                    continue  # a wind farm is approved long before it opens
                if founds(claim, mention.text) or (died and not self._said[_key(row)] & nouns("fates")):
                    continue  # a congress loses no life
                phase = "begin" if begun else "end" if over else None
                span = Span(mention.start, mention.end)
                out.setdefault(_key(row), Happening(row, how, span, phase=phase, joined=joined))
        return list(out.values())

    def _again(self, claim: Claim, document: Document) -> list[Happening]:
        """The happening that the text named before, and tells of here without naming it."""
        found = happening_again(claim, document, self._find, lambda row: self._said[_key(row)])
        return [
            Happening(row, "name", Span(m.start, m.end), alone=True)
            for m in filter(names_it, found)
            for row in m.candidates
        ]

    def _is_another(self, claim: Claim, document: Document, mention: EventMention, row: ReferenceRow) -> bool:
        """Whether the words around a name make it another happening's. A name that was found in the words of
        the subject alone has no place in the text."""
        span = Span(mention.start, mention.end)
        if span.of(document.text) != mention.text:
            return False
        kinds = self._said.get(_key(row), frozenset())
        if is_before_another_noun(claim, document.text, span, kinds):
            return True
        return is_another(document.text, span, claim.context, row, kinds, self._places)

    def _before_participle(self, claim: Claim, document: Document) -> list[EventMention]:
        """What is named right before a participle that begins the clause, whatever stands behind its date:
        "resolution 2118, adopted in 2013, and resolution 2139, adopted in 2014"."""
        first = WORD.match(claim.text)
        verb = claim.predicate or ""
        if first is None or first.group()[0] != verb[:1]:  # "held" is of "hold"
            return []
        found = self._find(document, claim.context)
        near = [m for m in found if m.end <= claim.start and document.text[m.end : claim.start] == ", "]
        return [m for m in near if not is_denied(document.text, m.start)]

    def _in_subject(self, claim: Claim, document: Document) -> list[EventMention]:
        """What the subject names where the clause does not hold it ("resolution 2118, adopted in 2013"); the
        name may be longer than the subject's words."""
        if _RELATIVE.match(claim.text):  # "resolution 2401, which the Council passed on 24 February"
            before = self._find(document, claim.context)
            return [
                m
                for m in before
                if not document.text[m.end : claim.start].strip(", ")
                and m.end <= claim.start
                and not is_denied(document.text, m.start)
            ]
        subject = "" if claim.subject is None else claim.subject.text
        if not subject or subject in claim.text or self._index is None:
            return []
        at = document.text.rfind(subject, claim.context.start, claim.start)
        if at < 0:  # "Adopted on 26 February, resolution 2268 called for …"
            at = document.text.find(subject, claim.end, claim.context.end)
            at = at if _COMMA.fullmatch(document.text, claim.end, max(at, claim.end)) else -1
        if at >= 0:
            here = [
                m for m in self._find(document, claim.context) if m.start < at + len(subject) and at < m.end
            ]
            return [m for m in here if not PREPOSITION.search(document.text, max(0, at - 40), m.start)]
        named = self._index.find(subject, Span(0, len(subject)))
        return [m for m in named if not PREPOSITION.search(subject, 0, m.start)]

    def is_named_by(self, text: str, row: ReferenceRow) -> bool:
        """Whether a text names the row itself: "Geneva IX" began, and did nothing to Geneva IX."""
        found = [] if self._index is None else self._index.find(text, Span(0, len(text)))
        return any(_key(row) == _key(r) for m in found for r in m.candidates)

    def _of_its_kind(self, text: str, row: ReferenceRow) -> bool:
        """Whether a number in a series comes with a word for the kind of thing ("the second round … in
        Geneva", not "the second session … in Geneva"), or right behind the series' name ("Geneva II")."""
        stems = [stem(w) for w in WORD.findall(text)]
        return len(stems) == 2 or bool(set(stems) & (self._said[_key(row)] | {"resolution", "round"}))

    def _person(self, claim: Claim, document: Document) -> list[Happening]:
        """A proper word of the subject that one happening alone bears, with a word for its kind."""
        if not self._people:
            return []
        said = _clause_stems(claim)
        keys: set[str] = set()
        subject = "" if claim.subject is None else claim.subject.text
        for found in WORD.finditer(subject, self._behind_owner(subject)):
            word = found.group()
            bearers = self._people.get(stem(word), set()) if word[0].isupper() else set()
            if len(bearers) == 1:
                keys |= {key for key in bearers if said & self._said[key]}
        return [Happening(self._by_key[key], "name", Span(claim.start, claim.end)) for key in sorted(keys)]

    def _behind_owner(self, subject: str) -> int:
        """Where the words begin behind who only owns what the subject is ("Hadieh's brother")."""
        end = 0
        for found in WORD.finditer(subject):
            if is_owner(subject, Span(found.start(), found.end()), nouns("fates")):
                end = found.end()
        return end

    def _of_kind(self, claim: Claim) -> list[Happening]:
        """The rows of the kind that the clause says happened: all words of it, or its noun where that says
        enough, and one of them in the subject (or agent): what waits for an evacuation is none."""
        days = claim.time.period.days if claim.time is not None and claim.time.period is not None else None
        if days is None or days > _LONGEST_BY_KIND:
            return []
        verb, deed_told = None if claim.predicate is None else stem(claim.predicate), deed(claim)
        if verb in nouns("unhappens"):
            return []
        if verb is not None and not deed_told and verb not in _happening_verbs():
            return []  # the day on which a siege was condemned is not its day
        said, taking_part = _clause_stems(claim) | deed_told, _taking_part(claim) | deed_told
        phrases = self._kind_phrases(claim)
        numbered = _numbered_words(claim)
        found: dict[str, Happening] = {}
        for one in sorted(taking_part):
            for kind, row in self._kinds.get(one, ()):
                if not kind <= said or kind <= nouns("loose_kinds") or kind & numbered:
                    continue
                if is_unreal(claim.text, kind):
                    continue  # a "staged gas attack" is none
                if kind & nouns("numbered") and holds_foreign_words(
                    claim.text, own_words(row), self._said[_key(row)]
                ):
                    continue  # "trade talks" are none of the peace talks
                if len(kind) == 1 and is_compound(claim.text, kind, verb):
                    continue  # a "chlorine leak" is none of what is called "chlorine"
                if is_kind_on_another(claim.text, kind, row, self._places):
                    continue
                if any(kind & phrase and not phrase <= self._said[_key(row)] for phrase in phrases):
                    continue  # a "mustard gas attack" is a gas attack, and no chlorine attack
                words = max(len(kind), found[_key(row)].words if _key(row) in found else 0)
                span = Span(claim.start, claim.end)
                found[_key(row)] = Happening(row, "kind", span, words, by_deed=bool(deed_told))
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
        return _clause_stems(claim)
    texts = [_OF.split(link.text, 1)[0] for link in (claim.subject, claim.actor) if link is not None]
    undergone = _undergone().search(claim.text)
    if undergone is not None:
        texts.append(_OF.split(undergone[1], 1)[0])
    return frozenset(stem(w) for text in texts for w in WORD.findall(text))


@cache
def _undergone() -> re.Pattern[str]:
    """What befell the subject: "came under a chlorine attack in April"."""
    return re.compile(rf"\b(?:{any_of('undergone')})\s+(?!no\b)([^,;:()]+)")


def _key(row: ReferenceRow) -> str:
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


def _clause_stems(claim: Claim) -> frozenset[str]:
    subject = claim.subject.text if claim.subject is not None else ""
    words = [*WORD.findall(f"{claim.text} {subject} {claim.predicate or ''}"), *claim.terms]
    stems = {stem(w) for w in words} - denied_stems(f"{claim.text} {subject}")
    return frozenset(stems | {KINDRED.get(s, s) for s in stems})
