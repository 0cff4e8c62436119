"""The events that a claim may report, as candidates, each with how its place and actor fit the clause."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from claimcheck.dates.event_words import is_ordinal
from claimcheck.judging.event_dates import date_relation, may_be_counted_apart
from claimcheck.judging.incidents import is_wrongly_dated
from claimcheck.judging.relations import ActorMatch, Candidate, PlaceMatch, own_period
from claimcheck.linking.actors import actor_match, doer
from claimcheck.linking.agents import has_other_agent
from claimcheck.linking.anaphora import taken_up
from claimcheck.linking.attribution import as_deed_of, attributed_agent, nominal_agent
from claimcheck.linking.bykind import kinds_of
from claimcheck.linking.claimlinks import PlaceFinder, PlaceLink
from claimcheck.linking.event_finder import EventFinder
from claimcheck.linking.granted import is_taken_for_granted
from claimcheck.linking.items import Item, changed, same_year
from claimcheck.linking.located import is_brought_forward, is_inside, is_located, is_struck_or_located
from claimcheck.linking.mentioned_event import MentionedEvent, is_narrower_rank, is_singled_out
from claimcheck.linking.naming import hosts_by_phrase, own_time, takes_part
from claimcheck.linking.peoples import states_named, states_of
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.spoken import is_spoken
from claimcheck.linking.tableplaces import keys_of_row
from claimcheck.linking.toldbyverb import names_nobody
from claimcheck.linking.words import any_of, is_calendar, nouns, stem, words_of
from claimcheck.model import Claim, Document, Period, ReferenceRow, Span
from claimcheck.numbers.ordinals import RANKS
from claimcheck.reference.names import folded

_ITS = re.compile(r"\b(?:its|their)\s+(?:[a-z]+\s+)?\Z")
_LEAD = 25
"""Characters: a date behind so many does not lead its clause."""
Marked = Callable[[ReferenceRow, Document], ReferenceRow]

_NEXT_NAME = re.compile(r"(?:[,;]|\band)\s+(?:the\s+)?[A-Z]")
_RENAMED = re.compile(r",?\s+(?:also\s+|better\s+)?(?:known\s+as|renamed|dubbed)\b")


class EventCandidates:
    """Makes candidates of happenings. `marked` marks the rows of the document's own signatories."""

    def __init__(
        self,
        event_finder: EventFinder,
        places: PlaceFinder,
        actors: frozenset[str],
        index: NameIndex,
        marked: Marked,
    ) -> None:
        self._event_finder = event_finder
        self._places = places
        self._actors = actors
        self._index = index
        self._marked = marked
        self._last: tuple[Document, Claim, ReferenceRow] | None = None  # told of by kind and place
        self._named: tuple[Document, dict[frozenset[str], frozenset[str]], frozenset[str]] | None = None

    def candidates(self, item: Item, times: Sequence[Span]) -> list[Candidate]:
        """The happenings that a dated claim or a rank may tell of. `times`: the dates of its sentence."""
        claim = item.claim
        if claim.kind not in ("event", "rank") or is_narrower_rank(claim, item.document.text):
            return []
        if claim.quantity is not None and claim.quantity.rule == RANKS:
            return []  # its own number would find its row
        if _RENAMED.match(item.document.text, own_time(claim).end):
            return []  # "the talks, as of 14 November known as those of the Group, began in October"
        found = self._event_finder.of(claim, item.document, times)
        found = [h for h in found if not _only_failed(claim, item.document.text, h.span)]
        found = [h for h in found if not h.told_apart or _may_be(claim, h.row)]
        found = [h for h in found if not _is_anothers_aside(claim, item.document.text, h.span)]
        if not claim.asserted and found and all(_is_granted(item, h) for h in found):
            item.claim = claim = changed(claim, asserted=True, hedge=None)
        found = [h for h in found if not has_other_agent(claim, h.row, item.document.text)]
        if found and found[0].how == "kind":
            found = self._of_kind(item, found)
        found = found or self._told_before(item)
        made = [self._candidate(item, h, len(found) == 1) for h in found]
        self._remember(item, made)
        return made

    def _remember(self, item: Item, made: Sequence[Candidate]) -> None:
        """Keep the happening that a clause tells of by its kind and place, if only one was there then."""
        claim = item.claim
        then = [c for c in made if c.how == "kind" and c.place == "same" and c.row.kind == "event"]
        then = [c for c in then if date_relation(claim, c.row, c.phase) == "supports"]
        if then:
            self._last = (item.document, claim, then[0].row) if len(then) == 1 and claim.asserted else None

    def _told_before(self, item: Item) -> list[MentionedEvent]:
        """The happening of the clause before that this one takes up without naming it."""
        if self._last is None or self._last[0] is not item.document or item.claim.kind != "event":
            return []
        _, told, row = self._last
        taken = taken_up(item.claim, item.document)
        if taken is None or not taken.start <= told.start < item.claim.start:
            return []
        if taken.kind is not None and stem(taken.kind) not in {s for kind in kinds_of(row) for s in kind}:
            return []
        return [MentionedEvent(row, "name", Span(told.start, told.end), alone=True)]

    def by_phrase(self, item: Item) -> list[Candidate]:
        """The happenings of which a clause names one by its kind and place with a date: no more than these
        are meant, and a day far off is that of another."""
        found = self._of_kind(item, self._event_finder.of_kind(item.claim))
        found = [h for h in found if _may_be(item.claim, h.row)]
        return [self._candidate(item, h, len(found) == 1) for h in found]

    def _of_kind(self, item: Item, found: Sequence[MentionedEvent]) -> list[MentionedEvent]:
        """Those of the happenings which only their kind recommends that a claim may tell of."""
        claim = item.claim
        found = [h for h in found if self._near(item, h) and not self._is_of_others(claim, h.row)]
        found = [h for h in found if not self._is_off_its_matter(item.document, h.row)]
        found = [h for h in found if same_year(claim, h.row)]
        found = [h for h in found if not h.by_deed or _may_be(claim, h.row)]
        found = [h for h in found if not h.only_fits or _is_then(claim, h.row)]
        return [h for h in found if not is_singled_out(claim, frozenset().union(*kinds_of(h.row)))]

    def _candidate(self, item: Item, happening: MentionedEvent, unique: bool) -> Candidate:
        elsewhere = not happening.alone and happening.how != "kind" and self._is_elsewhere(item, happening)
        place: PlaceMatch = "unstated" if happening.alone else self._place_match(item, happening)
        unsure = elsewhere or happening.doubtful or (place == "mismatch" and _is_aside(item, happening))
        unsure = unsure or is_spoken(item.claim, item.document)
        by_ordinal = _is_only_numbered(item, happening)
        unsure = unsure or (by_ordinal and may_be_counted_apart(item.claim, happening.row))
        return Candidate(
            row=self._marked(happening.row, item.document),
            how=happening.how,
            place="mismatch" if elsewhere else place,
            actor=self._whose(item, happening),
            unique=unique and not unsure,
            phase=happening.phase,
            joined=happening.joined,
            misnumbered=happening.misnumbered,
        )

    def _is_elsewhere(self, item: Item, happening: MentionedEvent) -> bool:
        """Whether the clause says that a named happening was at a place that no table knows: nobody can tell
        whether that is a part of its place or another one."""
        place = item.claim.place
        if not happening.row.places:
            return False
        if place is None:  # the parser takes an unknown town for a person
            found = _held_in().search(item.claim.text)
            name = "" if found is None or is_calendar(found[1]) else found[1]
        else:
            name = place.text
        if not name[:1].isupper() or not is_located(PlaceLink(frozenset(), name, True), item.claim):
            return False
        if self._is_town_of_its_state(item, happening, name):
            return False  # "in the Kazakh capital"
        return not self._places.names_in(name) and name not in (happening.row.names or ())

    def _is_town_of_its_state(self, item: Item, happening: MentionedEvent, name: str) -> bool:
        """Whether a name is only the adjective of the state in which a happening's place lies, before a word
        for a town."""
        text = item.claim.text
        behind = WORD.search(text, text.find(name) + len(name))
        if behind is None or stem(behind.group()) not in nouns("towns"):
            return False
        keys = frozenset(f"{happening.row.package}|{place}" for place in happening.row.places)
        states = (self._index.lookup(state) for state in states_of(name))
        return any(self._places.contains(state, key) for state in states for key in keys)

    def _whose(self, item: Item, happening: MentionedEvent) -> ActorMatch:
        """Whose happening the claim says it was. Where that is all it says of one that carries its own date,
        a row that does not know answers nothing."""
        claim, row = item.claim, happening.row
        named = happening.how in ("name", "number")
        by_whom = attributed_agent(claim, item.document, happening.span) if named else None
        by_whom = by_whom or nominal_agent(claim, item.document, self._index)
        if by_whom is None and named and _is_of_another_state(item, happening):
            return "doubtful"
        if by_whom is None:
            return "none" if happening.alone else self._actor_of_happening(item, happening)
        match = actor_match(as_deed_of(claim, by_whom), row.actor, self._actors, self._index)
        return "doubtful" if happening.alone and match in ("claim_only", "row_only", "none") else match

    def _actor_of_happening(self, item: Item, happening: MentionedEvent) -> ActorMatch:
        claim, row = item.claim, happening.row
        told = doer(claim)
        if told is not None and happening.by_deed and names_nobody(told):
            return "none"
        if happening.how != "kind" and takes_part(claim, item.document, happening.span):
            return "none"  # those who came did not call the meeting
        if told is not None and (self._event_finder.is_named_by(told, row) or _is_in_a_name(told, row)):
            return "none"
        return actor_match(claim, row.actor, self._actors, self._index)

    def _near(self, item: Item, happening: MentionedEvent) -> bool:
        """Whether a happening that only its kind recommends lies where the claim says it was; a wider place
        is enough for a kind of several words ("a chlorine attack in Syria", not "the assault in Syria")."""
        stated = bool(item.place.keys) and is_inside(item.place, item.claim)
        wide = ("same", "inside") if happening.words > 1 else ("same",)
        return stated and self._place_match(item, happening) in wide

    def _is_of_others(self, claim: Claim, row: ReferenceRow) -> bool:
        """Whether what is only called by its kind is told of other states than a row that was about one and
        took place in another: "talks between the Libyan factions in Geneva" are none of those on Syria."""
        keys = keys_of_row(row)
        named = states_named(_up_to_date(claim)) if len(keys) > 1 and row.kind == "event" else []
        if all(homes & _own_words_of(row) for homes in named):
            return False
        theirs = frozenset().union(*keys[1:])  # what it was about, and the state that it was in
        found = (one for homes in named for home in homes for one in self._places.names_in(home.title()))
        return not any(one.keys & theirs for one in found)

    def _is_off_its_matter(self, document: Document, row: ReferenceRow) -> bool:
        """Whether a document speaks of other states and never of what a meeting was about: "the talks in
        Vienna" of a text on Iran are none of those on Syria."""
        words = frozenset().union(*kinds_of(row))
        if row.kind != "event" or len(row.places) < 2 or words.isdisjoint(nouns("numbered")):
            return False
        if self._named is None or self._named[0] is not document:
            states = {homes: self._keys_of_homes(homes) for homes in set(states_named(document.text))}
            self._named = document, states, self._keys_named(document.text)
        _, states, named = self._named
        keys = [f"{row.package}|{place}" for place in row.places]
        own = _own_words_of(row)
        others = [where for homes, where in states.items() if not homes & own]
        return named.isdisjoint(keys[1:]) and bool(others) and all(one.isdisjoint(keys) for one in others)

    def _keys_of_homes(self, homes: frozenset[str]) -> frozenset[str]:
        return frozenset(key for home in homes for key in self._keys_named(home.title()))

    def _keys_named(self, text: str) -> frozenset[str]:
        return frozenset(key for one in self._places.names_in(text) for key in one.keys)

    def _host(self, item: Item) -> PlaceLink | None:
        """The place that hosted what happened ("Astana hosted the talks")."""
        claim = item.claim
        if claim.subject is None or claim.predicate is None:
            return None
        if stem(claim.predicate) not in nouns("hosts") and not hosts_by_phrase(claim.text):
            return None
        named = [n for n in self._places.names_in(claim.subject.text) if n.entity == "place"]
        if len(named) != 1 or named[0].text != claim.subject.text or named[0].text not in claim.text:
            return None
        return PlaceLink(named[0].keys, named[0].text, True)

    def _place_match(self, item: Item, happening: MentionedEvent) -> PlaceMatch:
        host = self._host(item)
        row, place = happening.row, host or item.place
        keys = keys_of_row(row)
        if not keys or row.kind == "gazetteer":
            return "none"
        forward = is_brought_forward(place, item.claim, item.document.text)
        named = happening.how in ("name", "number")
        if not place.keys or (named and not forward and not is_inside(place, item.claim)):
            return "unstated"
        if keys[0] & place.keys:
            return "same"
        if any(place.keys & wider for wider in keys):
            return "inside"
        if self._places.contains(keys[0], next(iter(place.keys))):
            return "contains"
        if not named:
            return "mismatch"
        # "the boycott of Sochi" took place anywhere, and so did a resolution "after the Ghouta attack"
        inside = happening.span.start <= place.at < happening.span.end
        if host is not None or forward:
            return "mismatch"
        return "mismatch" if not inside and is_struck_or_located(place, item.claim) else "unstated"


def _is_only_numbered(item: Item, happening: MentionedEvent) -> bool:
    """Whether an ordinal alone says which of a series it was ("the fourth round"), no name ("Geneva IV", "the
    third Tarn Book Fair")."""
    first, *others = WORD.findall(happening.span.of(item.document.text)) or ("",)
    named = happening.how == "name" and all(word[0].isupper() for word in others)
    return happening.how in ("number", "name") and is_ordinal(first) and not named


def _is_aside(item: Item, happening: MentionedEvent) -> bool:
    """Whether the place stands in words that tell of something else beside the happening: "was adopted on
    24 February after weeks of fighting in Tarn"."""
    text, own, at = item.document.text, own_time(item.claim), item.place.at
    start = happening.span.end
    if at <= start:
        return False
    told = [w for w in WORD.finditer(text, start, at) if not own.start - 10 <= w.start() < own.end]
    return any(w.group().lower() in words_of("beside what happened") for w in told)


def _is_granted(item: Item, happening: MentionedEvent) -> bool:
    """Whether a clause that asserts nothing takes a happening's date for granted: not where it denies, calls
    off or plans the happening itself, and not where the day had yet to come when the text was written."""
    named = happening.span.of(item.document.text)
    return happening.granted and is_taken_for_granted(item.claim, item.document.date, named)


def _is_of_another_state(item: Item, happening: MentionedEvent) -> bool:
    """Whether a happening is the subject's own ("announced its boycott of Sochi"), and that is of one state
    where the row names those of another."""
    subject, own = item.claim.subject, states_named(happening.row.actor or "")
    if subject is None or not own:
        return False
    text, at = item.document.text, happening.span.start
    if _ITS.search(text, max(item.claim.start, at - 24), at) is None:
        return False
    theirs = states_named(subject.text)
    return bool(theirs) and all(one.isdisjoint(other) for one in theirs for other in own)


@cache
def _held_in() -> re.Pattern[str]:
    """A town right behind what happened; a building or a body may stand there too, and nobody can tell."""
    held = any_of("held somewhere")
    return re.compile(rf"\b(?:{held})\s+(?:in|at|near)\s+(?:the\s+)?([A-Z][\w’'-]{{1,30}})")


def _up_to_date(claim: Claim) -> str:
    """The clause up to its date: who is named behind it may have to do with something else."""
    start = 0 if claim.time is None or claim.time.start is None else claim.time.start - claim.start
    return claim.text[:start] if start > _LEAD else claim.text


def _own_words_of(row: ReferenceRow) -> frozenset[str]:
    """The words for those who took part, as a row has them, and their states."""
    words = frozenset(folded(row.actor or "").replace(",", " ").split())
    return words.union(*states_named(row.actor or ""))


def _may_be(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a deed may be the happening of a row: on its days, or on a day that can only be a wrong one."""
    if _is_then(claim, row):
        return True
    period, days = own_period(claim), _days_of(row)
    return period is not None and period.days == days.days == 1 and is_wrongly_dated(claim, row)


def _is_then(claim: Claim, row: ReferenceRow) -> bool:
    """Whether a claim's days meet those of a row, or it has none."""
    period = own_period(claim)
    return period is None or period.meets(_days_of(row))


def _days_of(row: ReferenceRow) -> Period:
    return Period(None if row.first is None else row.first.start, None if row.last is None else row.last.end)


def _only_failed(claim: Claim, text: str, named: Span) -> bool:
    """Whether what is named stands behind what somebody failed to do: "failed to adopt resolution 2254"."""
    return _fails_to().search(text, claim.start, max(claim.start, named.start)) is not None


def _is_anothers_aside(claim: Claim, text: str, named: Span) -> bool:
    """Whether the date stands in brackets behind another name: "part of the Tarn offensive (May 2018), the
    siege of Ozer"."""
    time = own_time(claim)
    opened = text.rfind("(", max(0, time.start - _LEAD), time.start) if time.end > time.start else -1
    closed = text.find(")", time.end, time.end + _LEAD)
    if opened < 0 or closed < 0 or ")" in text[opened : time.start] or "(" in text[time.end : closed]:
        return False
    if named.start > closed:
        return True
    return named.end <= opened and _NEXT_NAME.search(text, named.end, opened) is not None


@cache
def _fails_to() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('fails to')})\s+(?:on\s[^,;.]{{4,30}}\s)?to\s+[a-z]")


def _is_in_a_name(told: str, row: ReferenceRow) -> bool:
    """Whether a doer is only a part of the happening's name: "the siege of *Eastern Ghouta*, which began"."""
    words = folded(told).split()
    return bool(words) and any(set(words) <= set(folded(name).split()) for name in row.names)
