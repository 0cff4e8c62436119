"""Finds the events of the tables that a claim mentions: by name, by series and number, by kind and place.

A name or alias links alone, and so does a series with its number ("Astana 8", "resolution 2401"): `events`
finds both. A person's name links where only one happening bears it and its kind is said ("Hadieh … to
die"). A kind with its place ("the chlorine attack on Douma") may link to several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from claimcheck.dates.events import EventIndex, EventMention
from claimcheck.judging.relations import How
from claimcheck.linking.anaphora import before, happening_again
from claimcheck.linking.attribution import attributed_agent
from claimcheck.linking.bykind import ByKind, clause_stems, key_of
from claimcheck.linking.deednames import DeedNames, tells_the_deed
from claimcheck.linking.foundings import Foundings, founds
from claimcheck.linking.mentioned_event import (
    MentionedEvent,
    begins_by_phrase,
    dated_noun,
    dies_by_phrase,
    edge_day,
    ends_by_phrase,
)
from claimcheck.linking.naming import (
    PREPOSITION,
    dates_the_name,
    does_to_its_own,
    enacts,
    fixes_the_time,
    hosts,
    is_dated_before,
    is_of_a_paper,
    is_of_a_stage,
    is_what_happened,
    names_it,
    own_time,
    owner_start,
    takes_part,
    was_done,
)
from claimcheck.linking.numbered import Numbered
from claimcheck.linking.offices import Offices
from claimcheck.linking.pairing import are_together, is_denied, of_the_time
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.sentence_names import SentenceNames
from claimcheck.linking.surroundings import (
    is_another,
    is_before_another_noun,
    is_owner,
)
from claimcheck.linking.words import any_of, is_calendar, nouns, stem
from claimcheck.model import Claim, Document, ReferenceRow, Span

_AT = re.compile(r"\bat\s+(?:the\s+)?\Z")
_RELATIVE = re.compile(r"(?:which|that)\s", re.IGNORECASE)
_BESIDE = re.compile(r"[,;]? (?:[-–—] )?|[–—]")
_COMMA = re.compile(r"\s*,\s+(?:the\s+)?")


def _only_says_when(claim: Claim, document: Document, mention: EventMention) -> bool:
    if not fixes_the_time(claim, mention):
        return False
    return _AT.search(document.text, max(claim.start, mention.start - 8), mention.start) is None


def _how(mention: EventMention) -> How:
    """How a mention links: by a name, or by a series and its number."""
    return "name" if mention.how == "name" else "number"


@cache
def _lapses() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('lapses')})\b", re.IGNORECASE)


class EventFinder:
    """The dated rows of events and gazetteers, to be recognised in claims."""

    def __init__(self, rows: Sequence[ReferenceRow], places: NameIndex, index: EventIndex) -> None:
        self._index = index if any(r.kind == "event" for r in rows) else None
        self._found: dict[tuple[int, int, int], list[EventMention]] = {}
        self._by_key = {key_of(r): r for r in rows}
        self._places = places
        self._foundings = Foundings(rows)
        self._people: dict[str, set[str]] = defaultdict(set)
        self._by_kind = ByKind(places)
        events = [row for row in rows if row.kind == "event"]
        self._sentences = SentenceNames(events, places)
        self._offices = Offices(events)
        self._numbered = Numbered(events)
        self._deeds = DeedNames(events)
        for row in events:
            self._add(row, places)

    def _add(self, row: ReferenceRow, places: NameIndex) -> None:
        self._by_kind.add(row)
        if not self._by_kind.said(row) & nouns("fates"):
            return
        covered = places.find(row.name or "", 0, len(row.name or ""))
        for found in WORD.finditer(row.name or ""):
            named = found.group()
            inside = any(c.start <= found.start() < c.end for c in covered)
            proper = named[0].isupper() and found.start() > 0 and not is_calendar(named)
            if proper and len(named) > 3 and not inside:
                self._people[stem(named)].add(key_of(row))

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

    def _named_within(self, claim: Claim, document: Document) -> list[EventMention]:
        """The same, those that are named alone where there are any: "the first round of the Tarn talks"."""
        here = self._within(claim, document)
        return list(filter(names_it, here)) or here

    def named_in(self, claim: Claim, document: Document) -> list[ReferenceRow]:
        """The happenings whose name stands in the clause, whatever is said about them, but for those that
        only say when; "at the Tarn congress" says where too."""
        found = self._within(claim, document)
        named = [m for m in found if names_it(m) and not _only_says_when(claim, document, m)]
        return list({key_of(row): row for m in named for row in m.candidates}.values())

    def of(self, claim: Claim, document: Document, times: Sequence[Span] = ()) -> list[MentionedEvent]:
        """The happenings that a claim names; kinds only where nothing is named. `times`: the dates of its
        sentence, in order."""
        numbered = self._numbered.of(
            claim,
            document,
            self._find(document, claim.context),
            lambda: self._find(document, before(document, claim.context.start)),
        )
        if numbered is not None:
            return numbered
        named = self._named(claim, document, times) or self._sentences.of(claim)
        named = named or self._offices.of(claim, document)
        named = named or self._deeds.of(claim, document)
        named = named or self._foundings.of(claim, document, times) or self._again(claim, document)
        return named or self._person(claim, document) or ([] if founds(claim) else self._by_kind.of(claim))

    def _named(self, claim: Claim, document: Document, times: Sequence[Span]) -> list[MentionedEvent]:
        """By name, alias, or series with number, in the clause or its subject. Every row that a name may mean
        stays: which of them the date fits is what the claim is asked."""
        ahead_of = self._before_participle(claim, document)  # that is of the name, whatever leads to it
        within = ahead_of or of_the_time(claim, self._named_within(claim, document), times)
        out, dated = self._beside_their_dates(claim, document, within)
        if dated:
            return list(out.values())  # "the 2013 attack (21 August) preceded resolution 2118"
        found = ahead_of or [m for m in within if is_what_happened(claim, document, m)]
        found += self._in_subject(claim, document)
        one_date = sum(claim.start <= t.start < claim.end for t in times) < 2
        single = one_date and all(len(m.candidates) == 1 for m in found)
        joined = single and are_together(document.text, [m for m in found if names_it(m)])
        begun, over = begins_by_phrase(claim), ends_by_phrase(claim)
        beside = self._find(document, claim.context)
        for mention, row in self._told_of(claim, document, found):
            granted = mention in ahead_of
            doubtful = granted and is_of_a_paper(claim, document, mention)
            told_of = MentionedEvent(
                row,
                _how(mention),
                Span(mention.start, mention.end),
                phase="begin" if begun else "end" if over else None,
                joined=joined,
                granted=granted,
                doubtful=doubtful or is_of_a_stage(claim, document, mention, beside),
            )
            out.setdefault(key_of(row), told_of)
        return list(out.values())

    def _beside_their_dates(
        self, claim: Claim, document: Document, within: Sequence[EventMention]
    ) -> tuple[dict[str, MentionedEvent], bool]:
        """The happenings whose names have a date of their own beside them, whatever the clause tells ("the
        2013 attack (21 August)", "the opening day of Geneva IX"), by the keys of their rows; and whether one
        of those dates is the claim's, which then is of no other happening."""
        out: dict[str, MentionedEvent] = {}
        dated = False
        for mention in filter(names_it, within):
            how, span = _how(mention), Span(mention.start, mention.end)
            ahead = is_dated_before(claim, document, mention)
            granted = ahead or dates_the_name(claim, document, mention)
            theirs = span.contains(own_time(claim)) and attributed_agent(claim, document, span) is not None
            for row in mention.candidates:
                if ahead and self._is_another(claim, document, mention, row):
                    continue
                if theirs or granted:
                    dated = True
                    out[key_of(row)] = MentionedEvent(
                        row,
                        how,
                        span,
                        alone=True,
                        granted=granted,
                        told_apart=ahead and how == "name",
                        doubtful=is_of_a_paper(claim, document, mention),
                    )
                elif phase := edge_day(claim, document, span) or dated_noun(
                    claim, document, span, row, self._by_kind.said(row)
                ):
                    out[key_of(row)] = MentionedEvent(row, how, span, alone=True, phase=phase)
        return out, dated

    def _told_of(
        self, claim: Claim, document: Document, found: Sequence[EventMention]
    ) -> Iterator[tuple[EventMention, ReferenceRow]]:
        """Which of the names found the clause tells of, each with every row that it may mean."""
        verb = None if claim.predicate is None else stem(claim.predicate)
        told = [m for m in found if enacts(claim, document, Span(m.start, m.end))]
        found = told or found
        happens = bool(told) or self._happens(claim, document, found)
        if verb not in nouns("announces") and does_to_its_own(claim):
            happens = False
        for mention in filter(names_it, found):
            by_whom = happens or (
                verb in nouns("does_deeds")
                and attributed_agent(claim, document, Span(mention.start, mention.end)) is not None
            )
            for row in mention.candidates:
                if not by_whom and not tells_the_deed(claim, row):
                    continue
                if not self._is_another(claim, document, mention, row) and self._can_be(claim, mention, row):
                    yield mention, row

    @staticmethod
    def _happens(claim: Claim, document: Document, found: Sequence[EventMention]) -> bool:
        """Whether the clause says that something took place, and when."""
        verb = None if claim.predicate is None else stem(claim.predicate)
        if _lapses().search(claim.text):
            return False
        return (
            verb is None
            or verb in nouns("happens", "announces")
            or begins_by_phrase(claim)
            or ends_by_phrase(claim)
            or dies_by_phrase(claim)
            or was_done(claim)
            or any(hosts(claim, document, m.start) or takes_part(claim, document, m) for m in found)
        )

    def _can_be(self, claim: Claim, mention: EventMention, row: ReferenceRow) -> bool:
        """Whether what the clause tells can befall a happening of the row's kind: the day on which talks were
        announced is not the day of the talks, a wind farm is approved long before it opens, a congress loses
        no life."""
        verb = None if claim.predicate is None else stem(claim.predicate)
        kinds = self._by_kind.said(row)
        if _how(mention) == "number" and not self._of_its_kind(mention.text, row):
            return False
        if verb in nouns("announces") and not kinds & nouns("announced"):
            return False
        if verb in nouns("approves") and not kinds & nouns("approved"):
            return False
        return not founds(claim, mention.text) and not (dies_by_phrase(claim) and not kinds & nouns("fates"))

    def _again(self, claim: Claim, document: Document) -> list[MentionedEvent]:
        """The happening that the text named before, and tells of here without naming it."""
        found = happening_again(claim, document, self._find, lambda row: self._by_kind.said(row))
        return [
            MentionedEvent(row, "name", Span(m.start, m.end), alone=True)
            for m in filter(names_it, found)
            for row in m.candidates
        ]

    def _is_another(self, claim: Claim, document: Document, mention: EventMention, row: ReferenceRow) -> bool:
        """Whether the words around a name make it another happening's. A name that was found in the words of
        the subject alone has no place in the text."""
        span = Span(mention.start, mention.end)
        if span.of(document.text) != mention.text:
            return False
        kinds = self._by_kind.said(row)
        if is_before_another_noun(claim, document.text, span, kinds):
            return True
        return is_another(document.text, span, claim.context, row, kinds, self._places)

    def _before_participle(self, claim: Claim, document: Document) -> list[EventMention]:
        """What is named right before a participle that begins the clause, whatever stands behind its date:
        "resolution 2118, adopted in 2013, and resolution 2139, adopted in 2014"."""
        words = [w.group() for w in islice(WORD.finditer(claim.text), 2)]
        if words and words[0].endswith("ly"):  # "unanimously adopted"
            words = words[1:]
        verb = claim.predicate or ""
        if not words or words[0][0] != verb[:1]:  # "held" is of "hold"
            return []
        found = self._find(document, claim.context)
        near = [m for m in found if _BESIDE.fullmatch(document.text, m.end, claim.start)]
        return [m for m in near if not is_denied(document.text, m.start)]

    def _in_subject(self, claim: Claim, document: Document) -> list[EventMention]:
        """What the subject names where the clause does not hold it ("resolution 2118, adopted in 2013"); the
        name may be longer than the subject's words."""
        if _RELATIVE.match(claim.text):  # "resolution 2401, which the Council passed on 24 February"
            earlier = self._find(document, claim.context)
            return [
                m
                for m in earlier
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

    def of_kind(self, claim: Claim) -> list[MentionedEvent]:
        """The happenings that a claim may tell of by their kind alone."""
        return self._by_kind.of(claim)

    def kind_words(self) -> frozenset[str]:
        """The stems of all words for the kinds of the rows."""
        return self._by_kind.words()

    def is_named_by(self, text: str, row: ReferenceRow) -> bool:
        """Whether a text names the row itself: "Geneva IX" began, and did nothing to Geneva IX."""
        found = [] if self._index is None else self._index.find(text, Span(0, len(text)))
        return any(key_of(row) == key_of(r) for m in found for r in m.candidates)

    def _of_its_kind(self, text: str, row: ReferenceRow) -> bool:
        """Whether a number in a series comes with a word for the kind of thing ("the second round … in
        Geneva", not "the second session … in Geneva"), or right behind the series' name ("Geneva II")."""
        stems = [stem(w) for w in WORD.findall(text)]
        return len(stems) == 2 or bool(set(stems) & (self._by_kind.said(row) | {"resolution", "round"}))

    def _person(self, claim: Claim, document: Document) -> list[MentionedEvent]:
        """A proper word of the subject that one happening alone bears, with a word for its kind."""
        if not self._people:
            return []
        said = clause_stems(claim)
        keys: set[str] = set()
        subject = "" if claim.subject is None else claim.subject.text
        for found in WORD.finditer(subject, self._behind_owner(subject)):
            word = found.group()
            bearers = self._people.get(stem(word), set()) if word[0].isupper() else set()
            if len(bearers) == 1:
                keys |= {key for key in bearers if said & self._by_kind.said(self._by_key[key])}
        return [
            MentionedEvent(self._by_key[key], "name", Span(claim.start, claim.end)) for key in sorted(keys)
        ]

    def _behind_owner(self, subject: str) -> int:
        """Where the words begin behind who only owns what the subject is ("Hadieh's brother")."""
        end = 0
        for found in WORD.finditer(subject):
            if is_owner(subject, Span(found.start(), found.end()), nouns("fates")):
                end = found.end()
        return end
