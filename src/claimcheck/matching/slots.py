"""The slots that a text fills: names, measures, place; and how far a number reaches."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache

from claimcheck import lexicon
from claimcheck.claims.measures import SUMMED
from claimcheck.dates.events import EventMention
from claimcheck.judging.judge import weigh
from claimcheck.judging.relations import Candidate, own_period
from claimcheck.matching.accounting import (
    Concepts,
    concepts_of,
    doers_of,
    harms,
    of_text,
    of_words,
    scene_of,
    tells_no_measure,
    undergone,
    words_in,
)
from claimcheck.matching.doers import speaker_parts
from claimcheck.matching.frames import MeasureFit
from claimcheck.matching.item import Item
from claimcheck.matching.known import Known
from claimcheck.matching.places import Places, PlaceSlot, is_counted, said_again, stated_movement
from claimcheck.model import ClaimTime, Document, Mention, Part, Proposition, Relation, Span
from claimcheck.names import Named
from claimcheck.propositions import DETERMINING, stem
from claimcheck.propositions import word_set as of_propositions
from claimcheck.wording import (
    article_before,
    is_joined_by_and,
    is_possessive,
    is_right_behind,
    opens_with,
    paragraphs,
    sentence_before,
    stem_set,
    word_set,
)

# ----------------------------------------------------------------------------------------------------
# Words by which something was not in a place but in some of what is its own, or beside it.


def elsewhere(
    item: Item, explained: Collection[int], places: Places, fit: MeasureFit | None = None, near: bool = False
) -> list[str]:
    """The words of a claim that put it elsewhere than in its place: "in Arvia's *camps*", "on the *road* to
    Arvia", "*outside* Arvia". `near`: whether what is counted happens as a rule beside the place that a table
    names, which is then no country: "a crash *near* Tarn"."""
    parts = item.proposition.parts
    out = [p.lemma for p in _owned_by_place(item, explained, fit)]
    out += [p.lemma for p in parts if is_beside_place(parts, p)]
    if item.place.parts and not (near and not places.holds_others(item.place.keys)):
        last = parts[max(item.place.parts)]
        alone = last.is_head or last.prep not in word_set("about it")  # "a letter *against* the Tarn talks"
        around_all = last.prep == "around" and bool(
            item.place.keys & places.everywhere
        )  # "*around* the world"
        beside = last.prep is not None and last.prep in word_set("beside it") and not around_all
        out += [last.prep or ""] if beside and alone else []
        inside = last.pos != "PROPN" or any(  # "by the Tarn *earthquake*", "by *storm* Mara"
            p.pos == "NOUN" and p.unit == last.unit and p.prep == last.prep for p in parts
        )
        out += [last.prep or ""] if not (inside or _is_of_its_measure(last, item, fit)) else []
        first = parts[min(item.place.parts)]  # "*near* Tarn, 12 were counted", taken for a subject
        before = (p for p in parts if p.unit == first.unit and p.end + 1 == first.start and p.prep is None)
        out += [p.lemma for p in before if p.lemma in word_set("beside it")]
    return out


def _is_of_its_measure(part: Part, item: Item, fit: MeasureFit | None) -> bool:
    """Whether what a measure tells happens where the preposition before a place says: "deported *from* Tarn",
    not "killed *from* Tarn"; "aid *for* Tarn", not "films *for* Tarn"; nobody is "killed *by* Tarn" there."""
    said = frozenset() if fit is None else fit.concepts
    if fit is not None and part.prep in fit.behind:
        return True  # as a sentence of the package has it
    if part.prep == "from":  # "*athletes from Tarn* won 12 medals" for it
        return part.role in ("subject", "agent") or bool(said & _moves())
    if part.prep == "for":
        own = item.claim.quantity
        return (own is not None and own.kind != "number") or bool(said & stem_set("given to a place"))
    did = (p for p in item.proposition.parts if p.role == "predicate" and p.level == part.level)
    lawful = "government" in doers_of(said)  # "executed *by Arvia*"
    return part.prep != "by" or lawful or not any(concepts_of(p.lemma) & said & harms() for p in did)


def is_beside_place(parts: Sequence[Part], part: Part) -> bool:
    """Whether a noun says that something was beside what is named behind it: "on the *road* to Arvia",
    "across the *border* from Arvia"."""
    if part.pos != "NOUN" or part.context or stem(part.lemma) not in stem_set("beside a place"):
        return False
    behind = [p for p in parts if p.start > part.start and p.pos == "PROPN" and p.prep in _BEHIND]
    return any(p.unit == part.unit or p is _next(parts, part) for p in behind)


_BEHIND = ("of", "to", "from")


def _next(parts: Sequence[Part], part: Part) -> Part | None:
    return min((p for p in parts if p.start > part.start), key=lambda p: p.start, default=None)


def _owned_by_place(item: Item, explained: Collection[int], fit: MeasureFit | None) -> list[Part]:
    """What belongs to a claim's place and is but some of it: "in Arvia's *camps*", not "on its *soil*"; what
    the measure or its scene tells is of the place ("in Arvia's *election*"), and so is what else is explained
    without an owner: "in the Arvia *earthquake*"."""
    parts, place = item.proposition.parts, item.place.parts
    scene = frozenset() if fit is None else scene_of(fit.concepts)
    owner = any(
        is_possessive(item.document, parts[o].end)
        for o in place
        if o + 1 not in place or parts[o + 1].unit != parts[o].unit  # "at *Arvia's* Tarn mine"
    )
    if owner:
        own = frozenset() if fit is None else fit.explained
        explained = own | {at for at, p in enumerate(parts) if stem(p.lemma) in scene}
    itself = stem_set("a place itself")
    if fit is not None and fit.concepts & harms():
        itself |= words_in("fighting")  # "killed in Arvia's *war*"
    return [
        p
        for at, p in enumerate(parts)
        if at not in explained
        and p.pos == "NOUN"
        and p.role in ("oblique", "object", "subject", "agent", "complement", "relative")
        and p.prep in word_set("where")
        and (not p.context or owner)
        and stem(p.lemma) not in itself
        and not _is_sort_of(parts, at, place)
        and any(
            q.unit == p.unit and q.start < p.start and q.prep == p.prep for q in (parts[o] for o in place)
        )
    ]


def _is_sort_of(parts: Sequence[Part], at: int, place: Collection[int]) -> bool:
    """Whether a noun right behind the name of a place says what sort of place it is: "the Old Mill
    *neighbourhood*", "Old Mill *refugee camp*"; not "Arvia's *camps*"."""
    while at not in place:
        here, before = parts[at], parts[at - 1] if at else parts[at]
        is_one = here.end - here.start == len(here.lemma)
        if not is_one or here.start - before.end != 1 or stem(here.lemma) not in stem_set("sorts of places"):
            return False
        at -= 1
    return True


# ----------------------------------------------------------------------------------------------------
# How far a number reaches: what it is of, from, by or within, and whether of all that there was.


def is_at_most(item: Item) -> bool:
    """Whether a number says how many there were at most: "fewer than 100 people were killed"."""
    own = item.claim.interval
    return own is not None and own.high is not None and (own.low is None or own.low == 0)


def is_of_one_day(item: Item) -> bool:
    """Whether a clause says the day of what it tells."""
    period = own_period(item.claim)
    return period is not None and period.days == 1


def weighed(item: Item, candidate: Candidate) -> Relation:
    """What a row says to a claim, were it the only one."""
    return weigh(item.claim, [candidate], item.document)[0].relation


def refutes(item: Item, candidate: Candidate) -> bool:
    """Whether a row would contradict a claim, were it the only one."""
    return weighed(item, candidate) == "refutes"


def is_indefinite(item: Item) -> bool:
    """Whether a number is an article rather than a count: "adopted one resolution", not "only one"."""
    own = item.claim.interval
    if own is None or own.low != 1 or own.high != 1:
        return False
    return not any(stem(p.lemma) in stem_set("singling out") for p in item.proposition.parts)


def is_only_plural(quantity: Mention) -> bool:
    """Whether a text counts nobody and only says that there were several: "people were killed"."""
    return quantity.value is None and quantity.low in (1, 2) and quantity.high is None


_RIGHT_BEHIND = 12  # characters behind a number: " of them in "


def scope_words(item: Item, fit: MeasureFit, of_body: bool = False, of_doer: bool = False) -> list[str]:
    """The small words by which a number is not of the whole: "12 *of* them", "rose *by* 12", "*among* them
    12", "up *from* 12", "12 *under* five". `of_body`: the row's number is that of the body which the clause
    names, of all that there are: "the party won 63 *of* the 160 seats"; `of_doer`: it is of those whom one
    killed, who are all of the row's: "142 *of* them by Russian forces"."""
    proposition, out = item.proposition, []
    prep, parts = proposition.prep, item.proposition.parts
    of_some = proposition.share == "them" and (not of_doer)
    in_percent = item.claim.quantity is not None and item.claim.quantity.kind == "percent"
    if of_some:
        out.append("of")
    if proposition.share == "part" and (not (in_percent or of_body or of_doer)):
        out.append("of")
    if is_difference(proposition, fit):
        out.append("by")
    names_part = any(parts[at] is item.head for at in fit.explained)  # "including 12 *children*"
    ends = item.movement.from_parts | item.movement.to_parts  # "deported 700, including 12 *to Arvia*"
    end = item.claim.quantity.end if item.claim.quantity is not None else item.claim.end
    there = any(0 < parts[at].start - end < _RIGHT_BEHIND for at in ends)
    if prep in word_set("listing") and (not (of_doer or names_part or there)):
        out.append(prep or "")
    return out


def is_of_one_summand(item: Item, fit: MeasureFit) -> bool:
    """Whether a measure says whom one of several numbers counts that a claim adds up, and not all of them:
    "*12 nurses and 5 cooks* were killed" tells of no 17 nurses."""
    own, parts = item.claim.quantity, item.proposition.parts
    if own is None or item.claim.rule not in SUMMED:
        return False
    said = [concepts_of(parts[at].lemma) for at in fit.explained if is_counted(parts[at])]
    others = (
        frozenset().union(*(concepts_of(p.lemma) for p in c.proposition.parts if is_counted(p)))
        for c in item.beside
        if c.quantity is not None and c.proposition is not None and own.span != c.quantity.span
        if own.span.contains(c.quantity.span)
    )
    return any(one.isdisjoint(theirs) for theirs in others for one in said)


def is_difference(proposition: Proposition, fit: MeasureFit) -> bool:
    """Whether a number is by how much something changed ("rose *by* 12"), of a measure that is no change."""
    if proposition.prep != "by":
        return False
    if any(
        p.is_head and p.role == "subject" and stem(p.lemma) in stem_set("rates") for p in proposition.parts
    ):
        return True
    for at, p in enumerate(proposition.parts):
        if p.role == "predicate" and stem(p.lemma) in _change_verbs() and at not in fit.explained:
            return True
    return False


@cache
def _change_verbs() -> frozenset[str]:
    rows = {row.id: row for row in lexicon.load("judging")}
    return frozenset(stem(w) for way in ("rises", "falls") for w in rows[way]["words"])


def is_base_of_a_share(item: Item, fit: MeasureFit) -> bool:
    """Whether what a measure says is told of a share of those whom a number counts, and not of all of them:
    "*half* of 12 nurses were killed"; not "half of the 12 nurses killed were men"."""
    parts, own = item.proposition.parts, item.claim.quantity
    if own is None:
        return False
    if item.proposition.prep != "of":
        return False
    bare = article_before(item.document, own.start) == "of"  # "two *of 38* schools", not "of the 38"
    bare = bare and own.text.lower().split()[0] not in DETERMINING  # "142 of *every* thousand"
    shared = any(
        p.role == "noun" and p.context and (is_share(p.lemma) or (bare and p.pos == "NUM")) for p in parts
    )
    told = [parts[at] for at in fit.explained if parts[at].role in ("predicate", "governor")]
    return shared and bool(told) and all(p.context for p in told)


def is_share(word: str) -> bool:
    """Whether a word before "of" takes some of what stands behind.

    Example:
        >>> is_share("half"), is_share("total")
        (True, False)
    """
    return word == "one" or word in of_propositions("shares")


# ----------------------------------------------------------------------------------------------------
# The slots that the text fills: names, measures, place.

NEAR_SENTENCES = 400
"""Characters behind a claim's sentence within which a clause without a measure goes on with its own."""


@cache
def _moves() -> Concepts:
    """What is told of those who leave a place: the verbs, and the frames that are called after one."""
    words = word_set("leaving a place")
    return stem_set("leaving a place") | {f"={word}" for word in words}


_ARRIVES = frozenset(
    {"=return", "=import", "=cross", "=host", "=visit", "=pledge", "=donate", "=allocate", "=spend"}
)


_LASTS = 120
"""Days that a happening may last to be the time of what is told of it; in a siege of years it is no date."""
_SAME_CLAUSE = 2  # words behind "and" with which a clause goes on: "killed nine *and wounded* 14 in Tarn"
_RIGHT_BEFORE = 2


def _stands_behind_preposition(parts: Sequence[Part], named: Named) -> bool:
    here = [p for p in parts if named.start <= p.start < named.end]
    return any(p.prep is not None for p in here)


def _nouns_of(items: Iterable[Item], found: Sequence[EventMention]) -> Concepts:
    """What the nouns of a sentence say, and the happenings that it names, for the next one to go on with."""
    named = {(m.start, m.end) for m in found if m.how != "place"}
    return frozenset(
        c
        for item in items
        for p in item.proposition.parts
        if not p.context and not tells_no_measure(p)
        if p.pos in ("NOUN", "ADJ") or any(start <= p.start < end for start, end in named)
        for c in concepts_of(p.lemma)
    )


def _counted(item: Item) -> Concepts:
    """What the noun of a number and the words before it say: whom it counts."""
    own = (p for p in item.proposition.parts if p.level == 0 and p.role in ("head", "modifier"))
    said = [concepts_of(p.lemma) for p in own if not p.context]
    return frozenset(c for concepts in said if not concepts & undergone() for c in concepts)


def _with_whole(item: Item, whole: Item | None) -> Item | None:
    """Give a number the one of which it counts some; returns the one of which the next may."""
    counts_all = item.head is not None and item.proposition.share == "all"
    return item if counts_all and item.proposition.prep not in word_set("listing") else whole


def _told_before(item: Item) -> Concepts:
    """What the nouns of the clauses before a number say, of whom it counts some: "*Nurses* paid the price: 12
    of them were killed"."""
    own = item.claim.quantity
    nouns = (p for p in item.proposition.parts if p.context and p.pos == "NOUN")
    said = [concepts_of(p.lemma) for p in nouns if own is not None and p.start < own.start]
    return frozenset(c for concepts in said if not concepts & undergone() for c in concepts)


def _said_before(document: Document, start: int, end: int) -> Concepts:
    """What a sentence without any number says right before another, from where the one with some ended."""
    return of_words(sentence_before(document, max(start, end - NEAR_SENTENCES), end))


def tells_of_there(parts: Sequence[Part]) -> bool:
    """Whether a clause says that it was "there"."""
    return any(p.lemma == "there" and not p.context for p in parts)


def _takes_up(item: Item) -> bool:
    """Whether a number is told on the day of the sentence before, of what "it" was or happened "there", or of
    a deed that only the sentence before names: "Gas fell on Tarn. *The first attack* injured nine"."""
    time, parts = item.claim.time, item.proposition.parts
    return tells_of_there(parts) or (time is not None and time.basis == "discourse")


class SlotReader:
    """Fills the slots of a document's claims from the text."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def fill(self, document: Document, items: Sequence[Item]) -> None:
        """Fill the slots that the text fills: names, measures, place."""
        begun = paragraphs(document)
        before: list[Named] = []
        last: Span | None = None
        carried: tuple[Span, list[MeasureFit]] | None = None
        counted: tuple[int, Concepts] | None = None  # where a number ends, and whom it counts
        whole: Item | None = None  # the last number that counts all of something
        told: Concepts = frozenset()
        found: list[EventMention] = []
        named: list[EventMention] = []
        previous: list[Item] = []
        of_sentence: dict[Span, list[Item]] = defaultdict(list)
        for item in items:
            of_sentence[item.claim.context].append(item)
        for item in items:
            claim = item.claim
            beside = of_sentence[claim.context]
            if claim.kind in ("calendar", "count") or claim.proposition is None:
                continue
            if claim.context != last:
                told = frozenset()
                previous = []
                if last is not None and claim.context.start - last.end < 3:
                    previous = of_sentence[last]
                    told = _nouns_of(of_sentence[last], found)
                else:
                    told = _said_before(document, 0 if last is None else last.end, claim.context.start)
                before = self._known.places.before(document, claim.context)
                before = [*before, *self._known.places.reported_from(document, claim.context)]
                found = self._known.event_index.told_in(document, claim.context)
                named = [m for m in found if m.how in ("name", "number", "kind_place")]
                last = claim.context
            meant = []
            meant += self._called(item, before)
            item.names = [*self._known.places.names(document, claim.context), *meant]
            item.told, item.previous = told, previous
            item.beside = [i.claim for i in beside if i.claim.quantity is not None]
            item.dated = [i.claim for i in beside if i.claim.kind == "event"]
            item.happenings = named
            if claim.kind in ("quantity", "rank"):
                whole = _with_whole(item, whole)
                item.fits = self._measures_told(item, carried, counted)
                if item.head is not None and claim.quantity is not None:
                    counted = claim.quantity.end, _counted(item)
                if item.fits and all(f.words for f in item.fits):
                    carried = claim.context, item.fits
            item.place = self._place(item, beside)
            if (own := self._gapped(item, beside)) is not None:
                item.place = own
            item.bodies = self._bodies(item, beside)
            if claim.kind in ("quantity", "rank"):
                self._at_happening(item)
            if not item.place.stated:
                self._at_body(item, meant)
            if not item.place.stated and claim.proposition.share == "them":
                told_of = [i for i in previous if i.claim.kind == "quantity" and i.place.keys]
                item.place = replace(told_of[-1].place, parts=frozenset()) if told_of else item.place
            above = self._above(item)
            item.names = [*above, *item.names]
            if not item.place.stated:
                start = begun[bisect_right(begun, claim.context.start) - 1]
                only = self._placed_of(item)
                item.place = self._known.places.carried(claim, before, start, only)
                if item.place.basis == "carried" and claim.rule == "claims.cell":
                    item.place = replace(item.place, basis="dateline")  # its row may name one unknown
                if item.place.keys:
                    again = said_again(document, claim.proposition.parts)
                    item.place = replace(item.place, parts=item.place.parts | again)
                if not item.place.keys and only is not None:
                    world = only & self._known.places.everywhere
                    if len(only) == 1 or (world and not item.place.stated):
                        item.place = PlaceSlot(world or only, None, False, "about")  # only inferred
                if above:
                    there = self._known.places.slot(claim, above, lambda n: False, frozenset())
                    item.place = self._under_heading(item, there)
        self._share_places([i for i in items if i.claim.kind == "quantity"])

    def _under_heading(self, item: Item, above: PlaceSlot) -> PlaceSlot:
        """The place of a claim under a heading that names one: the heading's, but for a nearer one that its
        own line told ("5. *Oren.* An attack injured nine"), which the heading may be around."""
        place = item.place
        if not above.keys:
            return place
        return replace(above, basis="heading")

    def _share_places(self, items: Sequence[Item]) -> None:
        """Give a number that names no place that of the next one in its sentence, where their clauses are
        joined: "two died *and 40 were hurt in Tarn*", "two died, nine *and* 40 were hurt in Tarn"."""
        shared: set[int] = set()  # items whose place is that of one behind an "and"
        for item, after in zip(items[-2::-1], items[:0:-1], strict=True):
            own, other = item.claim.quantity, after.claim.quantity
            if own is None or other is None or item.claim.context != after.claim.context:
                continue
            between = (item.document, own.end, other.wide_start, _SAME_CLAUSE)
            joined = is_joined_by_and(*between) or id(after) in shared
            named = any(n.entity == "place" and n.start < other.end for n in item.names)
            theirs = after.place.stated and after.place.basis in ("clause", "sentence") and after.place.keys
            if joined and theirs and not named and not item.place.stated:
                here = frozenset(
                    at
                    for at, p in enumerate(item.proposition.parts)
                    if 0 <= after.place.at <= p.start < after.place.at + len(after.place.text or "")
                )
                item.place = replace(after.place, basis="sentence", parts=here)
                shared.add(id(item))

    def _called(self, item: Item, before: Sequence[Named]) -> list[Named]:
        """The body named last that a claim calls by a noun of its name: "the *mission*" of a UN mission."""
        out = []
        for part in item.proposition.parts:
            keys = self._known.doers.called(stem(part.lemma)) if part.pos == "NOUN" else frozenset()
            named = [n for n in before if n.keys & keys and n.end <= part.start]
            if named and article_before(item.document, part.start) == "the":
                found = named[-1].keys & keys
                out.append(Named(part.start, part.end, named[-1].text, found, "organisation"))
        return out

    def _above(self, item: Item) -> list[Named]:
        """What the heading names under which a claim stands."""
        heading = [p for p in item.proposition.parts if p.role == "heading"]
        if not heading:
            return []
        return self._known.places.names(item.document, Span(heading[0].start, heading[-1].end))

    def _place(self, item: Item, beside: Sequence[Item]) -> PlaceSlot:
        """The place that a claim's sentence gives it: no name of whom the number is of ("*France* won 9
        medals") or that stands right before the next number ("and *Tarn* 345"), and of what goes from place
        to place neither end."""
        known, parts = self._known, item.proposition.parts
        told_of = {c for f in item.fits for c in f.concepts}
        moves = {"from" for _ in told_of & _moves()} | {"to" for _ in told_of & _ARRIVES}
        moves |= {p for f in item.fits for p in f.behind}
        if any((f.package, f.measure) in known.ways for f in item.best_fits):
            where = self._placed_of(item) or frozenset()
            item.movement = stated_movement(parts, item.names, known.places.people_of, where)
            moves = set()
        ends = item.movement.from_parts | item.movement.to_parts

        own = -1 if item.claim.quantity is None else item.claim.quantity.end
        numbers = [i.claim.quantity.wide_start for i in beside if i.claim.quantity is not None]
        ends_of_numbers = [i.claim.quantity.end for i in beside if i.claim.quantity is not None]
        next_number = min((at for at in numbers if at >= own >= 0), default=-1)

        spoken = speaker_parts(parts)

        def named_elsewhere(n: Named) -> bool:
            at = {at for at, p in enumerate(parts) if n.start <= p.start < n.end and not p.context}
            return n.entity == "place" and bool(at) and not at <= spoken

        opens = item.proposition.prep == "of" and opens_with(item.document, item.claim.context, "Of")
        of_others: set[int] = set()

        def taken(named: Named) -> bool:
            here = {at for at, p in enumerate(parts) if named.start <= p.start < named.end}
            where = any(parts[at].prep in ("in", "at") for at in here)  # "died in *Tarn*, two of them"
            if own <= named.start and named.end < next_number <= named.end + _RIGHT_BEFORE and not where:
                return True
            behind = (e for e in ends_of_numbers if is_right_behind(item.document, e, named.start))
            if where and any(own < e for e in behind):
                of_others.update(here)  # "killed 214 in Tarn, among them 13 *in Oren*"
                return True
            if here and here <= spoken and any(named_elsewhere(n) for n in item.names):
                return True  # "researchers *in Tarn* counted 12 in Oren"
            if opens and -1 < next_number < named.start:
                of_others.update(here)  # "of the 40 whom they killed in Tarn, 12 died *in Oren*"
                return True
            return bool(here & ends)

        of_measure = {parts[at].start for f in item.best_fits for at in f.explained}  # "*Syrian* refugees"

        def is_other(part: Part) -> bool:
            told = part.start in of_measure or any(parts[at] is part for at in ends)
            return told or (bool(ends) and is_counted(part))

        place = known.places.slot(item.claim, item.names, taken, frozenset(moves), is_other)
        return replace(place, parts=place.parts | of_others)

    def _bodies(self, item: Item, beside: Sequence[Item]) -> list[Named]:
        """The body that stands bare between the number before in its sentence and a claim's own: "the CDU
        152"."""
        own = item.claim.quantity
        if own is None:
            return []
        ends = [i.claim.quantity.end for i in beside if i.claim.quantity]
        before = max((e for e in ends if e <= own.wide_start), default=None)
        if before is None:
            return []
        found = self._known.doers.index.named_in(item.document, before, own.wide_start)
        return [n for n in found if not _stands_behind_preposition(item.proposition.parts, n)][-1:]

    def _at_happening(self, item: Item) -> None:
        """Give a number the days, and where it names none the place, of the one happening that it names."""
        claim = item.claim
        rows = [
            m.candidates[0] for m in item.happenings if len(m.candidates) == 1 and m.how in ("name", "number")
        ]
        rows = [r for r in rows if r.period is not None]
        if len({id(r) for r in rows}) != 1 or all(" " not in m.text for m in item.happenings):
            return  # a single word may name the place as well: "in Fenmoor"
        row, period = rows[0], own_period(claim)
        if (
            row.period is not None
            and (row.period.days or 0) <= _LASTS
            and (period is None or (period.covers(row.period) and period != row.period))
        ):
            time = claim.time or ClaimTime(start=None, end=None, timex=None, date_start=None, date_end=None)
            time = replace(
                time, date_start=row.period.start, date_end=row.period.end, anchor=row.name, basis="sentence"
            )
            item.claim = replace(claim, time=time)
        inside = {
            at
            for at, p in enumerate(item.proposition.parts)
            for m in item.happenings
            if m.start <= p.start < m.end
        }
        if row.places and (not item.place.stated or item.place.parts <= inside):
            keys = frozenset(self._known.finder.keys_of(row.package, row.places[:1]))
            if claim.kind == "rank":
                keys = self._counted_around(item, keys) or keys
            item.place = PlaceSlot(keys, None, True, "clause", item.place.at, frozenset(inside))

    def _counted_around(self, item: Item, here: frozenset[str]) -> frozenset[str]:
        """The place in which the measures of a rank count, around that of what it is said of: who died in
        Oren may be the 21st to die in the whole valley."""
        counted = self._placed_of(item) or frozenset()
        around = frozenset(k for k in counted if k in here or self._known.places.within(here, frozenset({k})))
        return around if len(around) == 1 else frozenset()

    def _at_body(self, item: Item, meant: Sequence[Named]) -> None:
        """Give a claim that names no place that of the body whose number it is: a party's country. `meant`:
        the bodies that it means by other words."""
        claim = item.claim
        names = item.bodies or self._known.doers.index.named_in(
            item.document, claim.context.start, claim.context.end
        )
        names = [*names, *meant]
        speakers = speaker_parts(item.proposition.parts)
        spoken = {item.proposition.parts[at].start for at in speakers}
        results = bool(item.best_fits) and not any(f.concepts & undergone() for f in item.best_fits)
        told = [n for n in names if n.start not in spoken]
        if not told and not any(f.concepts & harms() for f in item.best_fits):
            # "*Coastline* reported 14 delays", or a heading names it
            told = []
            results = bool(told)
        keys = frozenset(k for n in told for k in n.keys if results or ":" in k)
        if there := self._known.place_of_bodies(item, keys):
            item.place = PlaceSlot(there, None, True, "clause")
            return
        places = {self._known.places_by_body[k] for k in keys if k in self._known.places_by_body}
        if len(places) == 1 and any(len(p) == 1 for p in places):
            item.place = PlaceSlot(next(iter(places)), None, True, "clause")

    def _gapped(self, item: Item, beside: Sequence[Item]) -> PlaceSlot | None:
        """The place that stands bare before a number which shares the verb of the number before it: "Jordan
        had 641,900 refugees, Turkey 609,900". Of two dates in a clause, the place before each is its own."""
        claim = item.claim
        own = claim.quantity if claim.quantity is not None else None
        if own is not None:
            starts = [i.claim.quantity.end for i in beside if i.claim.quantity]
            at = own.wide_start
        else:
            times = [i.claim.time for i in beside if i.claim.kind == "event"]
            starts = [t.end for t in times if t is not None and t.end is not None]
            at = -1 if claim.time is None or claim.time.start is None else claim.time.start
        before = max((s for s in starts if s <= at), default=None)
        if own is None:
            if len(set(starts)) < 2 or at < 0:
                return None
            before = before if before is not None else claim.context.start
        if before is None:
            return None
        parts = item.proposition.parts
        ends = item.movement.from_parts | item.movement.to_parts
        between = [n for n in item.names if n.entity == "place" and before <= n.start < at]
        if own is not None:
            behind = [
                n
                for n in item.names
                if n.entity == "place"
                and is_right_behind(item.document, own.end, n.start)
                and _stands_behind_preposition(parts, n)
                and not any(n.start <= parts[at].start < n.end for at in ends)
            ]  # "124 people in Eastern Ghouta, 718 in Syria"
            if behind:
                here = frozenset(
                    p for p, q in enumerate(parts)
                    if any(n.start <= q.start < n.end for n in item.names if n.entity == "place")
                )  # fmt: skip
                return PlaceSlot(behind[0].keys, behind[0].text, True, "clause", behind[0].start, here)
            between = [n for n in between if not _stands_behind_preposition(parts, n)]
        if not between:
            return None
        last = between[-1]
        here = frozenset(
            p
            for p, q in enumerate(parts)
            if any(n.start <= q.start < n.end for n in item.names if n.entity == "place")
        )
        return PlaceSlot(last.keys, last.text, True, "clause", last.start, here)

    def _taken_up(self, item: Item) -> list[MeasureFit]:
        """The measures of a number with what the sentence before tells: "Gas fell on Tarn. It killed 40".
        What "it" did is of those alone that the sentence before has a part in."""
        more = self._known.measures.fits(item.proposition, item.told)
        if not item.fits:
            return more
        own = {(f.package, f.measure) for f in item.fits}
        told = [f for f in more if f.explained and (f.package, f.measure) not in own]
        return [*item.fits, *told]

    def _carried(self, item: Item, before: Sequence[MeasureFit]) -> list[MeasureFit]:
        """The measures of the number before, where a clause says nothing else: "A year later it was 154"."""
        proposition = item.proposition
        concepts = frozenset(c for f in before for c in f.concepts)
        found = self._known.measures.fits(proposition, concepts)
        if found:
            return [f for f in found if any((f.package, f.measure) == (b.package, b.measure) for b in before)]
        content = [
            p
            for at, p in enumerate(proposition.parts)
            if not tells_no_measure(p) and p.pos != "PROPN" and at not in speaker_parts(proposition.parts)
        ]
        return [replace(f, explained=frozenset()) for f in before] if not content else []

    def _measures_told(
        self,
        item: Item,
        carried: tuple[Span, list[MeasureFit]] | None,
        counted: tuple[int, Concepts] | None,
    ) -> list[MeasureFit]:
        """The measures that a number's clause tells, or goes on with: those `carried` from the number before,
        of those whom that one `counted`."""
        claim, measures = item.claim, self._known.measures
        start = claim.context.start
        item.fits = measures.fits(item.proposition)
        if not item.fits and claim.time is not None and claim.time.anchor:
            item.fits = measures.fits(item.proposition, of_text(claim.time.anchor))
        if item.told and (not item.fits or _takes_up(item)):
            item.fits = self._taken_up(item)
        if not item.fits and carried is not None and start - carried[0].end < NEAR_SENTENCES:
            item.fits = self._carried(item, carried[1])
        if item.whole is not None:
            item.fits = self._of_whole(item, item.whole)
        elif item.proposition.share == "them" and (told := _told_before(item)):
            item.fits = self._of_those_before(item, told)
        elif counted is not None and start - counted[0] < NEAR_SENTENCES:
            item.fits = self._of_those_before(item, counted[1])
        return self._known.of_counted(self._known.in_its_unit(item.fits, claim.quantity), item.head)

    def _of_whole(self, item: Item, whole: Item) -> list[MeasureFit]:
        """The measures of a number that counts some of those of another: its own, and that one's, also
        together with its own words: "620 people slept rough; 140 *of them* were children"."""
        said = frozenset(c for f in whole.best_fits for c in f.concepts)
        more = self._known.measures.fits(item.proposition, said) if said else []
        keys = {(f.package, f.measure): f for f in [*more, *item.fits]}
        for fit in whole.best_fits:
            keys.setdefault((fit.package, fit.measure), replace(fit, explained=frozenset()))
        return list(keys.values())

    def _of_those_before(self, item: Item, counted: Concepts) -> list[MeasureFit]:
        """The measures of a number without a noun, of those whom the number before counts where one is of
        them: "Twelve *nurses* were killed. A year before, seven died"."""
        own = item.claim.quantity
        if item.head is not None or own is None or own.kind != "number":
            return item.fits
        if any(f.words > 1 for f in item.fits):
            return item.fits  # its own clause says of whom it is
        more = self._known.measures.fits(item.proposition, counted)
        told = {(f.package, f.measure) for f in item.fits}
        return [f for f in more if f.explained and (f.package, f.measure) not in told] or item.fits

    def _placed_of(self, item: Item) -> frozenset[str] | None:
        """The places of the rows of a claim's measures, None where it has none or they have no place."""
        keys: set[str] = set()
        for fit in item.best_fits:
            keys |= self._known.rows_at.get((fit.package, fit.measure), frozenset())
        return frozenset(keys) or None
