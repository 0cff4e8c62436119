"""Dated clauses against happenings: by name, number, kind and place, or deed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.dates.events import EventMention
from claimcheck.judging.event_dates import date_relation, may_be_counted_apart
from claimcheck.judging.relations import ActorMatch, Candidate, PlaceMatch, own_period, windows
from claimcheck.matching.accounting import (
    Concepts,
    concepts_of,
    contradicted,
    neutral_words,
    of_text,
    words_in,
)
from claimcheck.matching.candidates import WantedKind
from claimcheck.matching.doers import match_doer, proper_words, speaker_parts
from claimcheck.matching.events import (
    LEAD,
    ORDINALS,
    Hold,
    deed_words,
    ends_it,
    hold,
    is_a_branch,
    is_all_the_clause,
    is_beside_it,
    is_by,
    is_only_numbered,
    kinds_of,
    kinds_said,
    main_verb,
    phase_of,
    read,
    says_its_deed,
    says_where,
    stands_before,
    stands_right_before,
    tells_of_another_day,
    up_to_date,
    up_to_verb,
    verbs_of,
)
from claimcheck.matching.item import Item, Suggested
from claimcheck.matching.known import Known
from claimcheck.matching.leftover import Clause, is_spoken
from claimcheck.matching.places import PlaceSlot, points_back
from claimcheck.matching.slots import weighed
from claimcheck.model import (
    Claim,
    Document,
    Part,
    Period,
    ReferenceRow,
    Relation,
    Span,
)
from claimcheck.names import WORD, Named, key_of
from claimcheck.propositions import stem
from claimcheck.wording import (
    article_before,
    is_about,
    named_before,
    states_named,
    states_of,
    stem_set,
    word_set,
    words_between,
)

_DEED_NEAR = 31
"""Days within which a deed that only other words tell is the row's, wrongly dated."""


_ORDINAL_WORDS = frozenset(ORDINALS) | frozenset(f"the {o}" for o in ORDINALS)


def _hold_of(
    claim: Claim, mention: EventMention, paired: EventMention | None, told_of: Sequence[EventMention]
) -> Hold | None:
    """How the date of a clause is that of a happening which it names. `paired`: the one that is its own among
    several; `told_of`: those before it in the clause, whose date it shares."""
    parts, _ = read(claim)
    where = {at for at, p in enumerate(parts) if mention.start <= p.start < mention.end}
    verbs = frozenset(v for r in mention.candidates[:1] for v in verbs_of(r))
    of_body = mention.candidates[0].kind == "gazetteer"
    plain = frozenset(v for r in mention.candidates[:1] for v in verbs_of(r, False))
    held = hold(claim, mention, verbs, plain)
    if held is not None and paired is mention and held.how in ("at", "through", "clause"):
        held = replace(held, how="pair")
    if held is None and paired is mention:
        return Hold("pair", 1, frozenset())
    if of_body and (any(parts[at].role == "agent" for at in where) or is_a_branch(parts, where)):
        return None  # "set up by the Guild, the clinic …"; "the Guild in Tarn was founded"
    if held is None and not where and is_all_the_clause(claim, mention):
        return Hold("clause", 1, frozenset())
    return held


def _has_subject(parts: Sequence[Part]) -> bool:
    """Whether a clause names who did it or bore it, and does not say "it"."""
    return any(p.role == "subject" and not p.context and p.level == 1 for p in parts)


def _turned(
    row: ReferenceRow, parts: Sequence[Part], held: Hold | None, inside: Collection[int], acting: bool
) -> Iterator[str]:
    """The words that make of a happening told in other words another one: "found *not* guilty", "an *appeal
    against* her conviction", and whom a person did it to of whom the table tells: "Ada Quill arrested *a
    thief*" of her own arrest."""
    yield from _of_the_other_side(row, parts, inside)
    whole = {p.role for at, p in enumerate(parts) if at in inside}
    light = next(r.verbs for r in deed_words() if r.name == "any")  # "*took* place"
    only_was = any(p.role == "predicate" and stem(p.lemma) in light for p in parts)
    for at, p in enumerate(parts):
        if p.context or at in inside:
            continue
        denied = p.lemma in word_set("denials") and p.role in ("attribute", "complement")
        about = held is None and p.role == "noun" and p.level > 1 and p.prep in word_set("turned against")
        done_to = held is None and acting and p.role == "object" and p.is_head and p.pos == "NOUN"
        done_to = done_to and stem(p.lemma) not in stem_set("posts")  # "took *office*"
        of_person = "subject" in whole and "object" not in whole
        if denied or about or (done_to and not only_was and of_person and _is_name(parts, inside)):
            yield p.lemma


def _of_the_other_side(row: ReferenceRow, parts: Sequence[Part], inside: Collection[int]) -> Iterator[str]:
    """Who did it, where a row says that it was the other side: "*rebels* carried out the attack" of one by
    the government's forces."""
    actor = {stem(w) for w in WORD.findall(row.actor or "")}
    sides = stem_set("the rebels' side"), stem_set("the state's side")
    for own, other in (sides, sides[::-1]):
        if actor & own and not actor & other:
            did = (p for at, p in enumerate(parts) if p.role in ("subject", "agent") and at not in inside)
            yield from (p.lemma for p in did if p.is_head and not p.context and stem(p.lemma) in other)


def _is_name(parts: Sequence[Part], inside: Collection[int]) -> bool:
    """Whether a happening's words are, but for its verb, the name of somebody."""
    nouns = [parts[at] for at in inside if parts[at].role == "subject"]
    return bool(nouns) and all(p.pos == "PROPN" for p in nouns)


def _of_states(parts: Sequence[Part]) -> frozenset[int]:
    """The words for a state or its people: "*Arvian* ships"."""
    return frozenset(at for at, p in enumerate(parts) if p.pos in ("ADJ", "PROPN") and states_of(p.lemma))


def _says_it_ended(claim: Claim, row: ReferenceRow) -> frozenset[int]:
    """The words that say that what lasts ended: "the strike was *called off*"."""
    parts, verb = read(claim)[0], main_verb(claim)
    if verb is None or not ends_it(row, parts, verb):
        return frozenset()
    return frozenset(at for at, p in enumerate(parts) if p is verb or p.role == "particle")


def _others_told(row: ReferenceRow, parts: Sequence[Part], others: Sequence[Named]) -> bool:
    """Whether a clause names others than the row does, besides who says it."""
    known = proper_words(" ".join((row.actor or "", row.name or "", *row.names)))
    spoken = [parts[at].start for at in speaker_parts(parts)]
    return any(
        not any(n.start <= at < n.end for at in spoken) and not proper_words(n.text) & known for n in others
    )


def _says_its_deed(item: Item, row: ReferenceRow) -> bool:
    """Whether a clause that tells of a row's happening in other words says its deed; else the row is
    suggested, and the verb named that says another."""
    parts, concepts = read(item.claim)
    if says_its_deed(row, parts, concepts):
        return True
    verb = main_verb(item.claim)
    left = () if verb is None else (verb.lemma,)
    item.suggested.append(Suggested(Candidate(row=row, how="name"), left))
    return False


def _names_its_doer(row: ReferenceRow, parts: Sequence[Part], by_doer: Collection[int], actor: str) -> bool:
    """Whether who seems another doer is a body that the row names itself ("the Council")."""
    words = {stem(parts[at].lemma)[:5] for at in by_doer}
    own = proper_words(" ".join((row.name or "", *row.names, row.series or "", row.label or "")))
    return bool(words and words <= own) or (actor == "doubtful" and not by_doer)


def _pair(item: Item, items: Sequence[Item], named: Sequence[EventMention]) -> EventMention | None:
    """The happening that a list pairs with a date: the one right before it ("…, *the sixth* in June"), or the
    second name with the second date. None: no list."""
    if len(named) < 2:
        return None
    if own := next((m for m in named if stands_right_before(item.claim, item.document, m)), None):
        return own
    context = item.claim.context
    found = (i.claim.time for i in items if i.claim.context == context and i.claim.kind == "event")
    starts = {t.start for t in found if t is not None and t.start is not None}
    dates = sorted(d for d in starts if not any(m.start <= d < m.end for m in named))
    names = sorted(named, key=lambda m: m.start)
    time = item.claim.time
    if time is None or len(dates) != len(names):
        return None
    apart = names[-1].end <= dates[0] or dates[-1] < names[0].start
    first = dates[0] < names[0].start
    begins = [m.start for m in names]
    pairs = zip(*((dates, begins) if first else (begins, dates)), strict=True)
    order = [at for pair in pairs for at in pair]
    if not apart and order != sorted(order):
        return None
    return next((name for name, day in zip(names, dates, strict=True) if day == time.start), None)


def _may_be_that_one(row: ReferenceRow, period: Period) -> bool:
    """Whether a happening that only kind and place tell may be the row's, wrongly dated: a week off at most,
    or the same month of another year."""
    first = row.first
    if first is None or first.start is None or period.start is None:
        return False
    if first.meets(period.widened(windows()["same_happening"])):
        return True
    again = first.start.month == period.start.month and first.start.year != period.start.year
    return again and (period.days or 0) <= 31 and (first.days or 0) <= 31


def _is_an_office(row: ReferenceRow) -> bool:
    return "office" in (row.label or "").split()


def _of_another_office(
    row: ReferenceRow, parts: Sequence[Part], concepts: Sequence[Concepts], said: Concepts
) -> list[str]:
    """The words of a clause by which it tells of another office than a row, or of another who holds it: "took
    over as conductor of *the Guild*", "*Bo Reed* became the ninth envoy". A pronoun may mean the holder."""
    if not _is_an_office(row):
        return []
    posts = {p.unit for p in parts if p.prep == "as" and p.role == "oblique"}
    out = [
        p.lemma
        for at, p in enumerate(parts)
        if p.unit in posts and p.pos in ("NOUN", "PROPN") and not concepts[at] & said
    ]
    holder = of_text(row.actor or "")
    if holder and not any(p.pos == "PRON" or concepts[at] & holder for at, p in enumerate(parts)):
        out += [p.lemma for p in parts if p.pos == "PROPN"][:1] or [row.actor or ""]
    return out


def _office_phase(row: ReferenceRow, parts: Sequence[Part]) -> str | None:
    """Of an office: "became", "took office" tell of its first day, "left" of its last."""
    if not _is_an_office(row):
        return None
    verbs = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
    if verbs & stem_set("entering office"):
        return "begin"
    return "end" if verbs & stem_set("leaving office") else None


def _onset(
    row: ReferenceRow, parts: Sequence[Part], concepts: Sequence[Concepts], own: Concepts
) -> str | None:
    """Of a state that lasts, the deed that it is called after was its first day, and so was that by which it
    was imposed: "the internet was *cut* on 8 May", of a cut from May to July."""
    if row.period is None or row.period.days in (None, 1):
        return None
    set_in = any(
        stem(p.lemma) in stem_set("imposing") or (stem(p.lemma) in stem_set("onsets") and concepts[at] & own)
        for at, p in enumerate(parts)
        if p.role == "predicate" and not p.context
    )
    return "begin" if set_in else None


@cache
def _of_offices() -> frozenset[str]:
    """Verbs of an office itself; its holder "made clear" something else."""
    own = next(r["words"] for r in lexicon.load("deed_verbs") if r.id == "offices")
    return frozenset(map(stem, own)) | stem_set("holding office")


def _is_a_deed(row: ReferenceRow) -> bool:
    """Whether a happening is somebody's deed, so that another doer contradicts it."""
    words = f"{row.label or ''} {row.raw.get('counted_as') or ''} {row.name or ''}"
    return any(stem(w) in stem_set("deeds") for w in WORD.findall(words))


def _is_near(row: ReferenceRow, period: Period) -> bool:
    """Whether a happening lies within a year of a time."""
    first = row.first
    return first is not None and first.meets(period.widened(366))


def _is_its_very_day(claim: Claim, row: ReferenceRow, relation: Relation) -> bool:
    """Whether a clause gives a happening the day that its row has, or all of its days."""
    period = own_period(claim)
    return relation == "supports" and period is not None and (period.days == 1 or period == row.period)


def _are_beside(
    parts: Sequence[Part], held: Hold | None, inside: Collection[int], left: Collection[str]
) -> bool:
    """Whether words only stand beside what a clause tells of a happening: whatever they say, it was on its
    own day. Those in its phrase may make it another ("the ninth round *of the Sudanese talks*"), and so may a
    verb, its subject and its object."""
    if held is None or held.how not in ("subject", "object", "own"):
        return False
    units = {parts[at].unit for at in (*inside, *held.parts)}
    return not any(
        p.lemma in left
        and (p.unit in units or (p.role in ("predicate", "subject", "object", "noun") and not p.context))
        for p in parts
    )


def _of_other_happenings(
    parts: Sequence[Part], inside: Collection[int], held: Hold | None, named: bool
) -> set[int]:
    """The words of the happenings that a clause names (`inside`) beside that of its date, with their phrases
    where that one is `named`."""
    others = set(inside) - (held.parts if held is not None else set())
    if held is not None and named:
        apart = {parts[at].unit for at in others} - {parts[at].unit for at in held.parts}
        others |= {at for at, p in enumerate(parts) if p.unit in apart and p.role != "predicate"}
    return others


def _said_otherwise(
    row: ReferenceRow, parts: Sequence[Part], concepts: Sequence[Concepts], said: Concepts
) -> list[str]:
    """The words of a clause that say something else than a row: another of a contrast, the other way, another
    office."""
    asked = (at for at, p in enumerate(parts) if not p.context or p.role in _MAY_CONTRADICT)
    other = contradicted(frozenset(c for at in asked for c in concepts[at]), said)
    out = [p.lemma for at, p in enumerate(parts) if concepts[at] & other]
    return [*out, *_turned_round(parts, row), *_of_another_office(row, parts, concepts, said)]


_MAY_CONTRADICT = ("relative", "object")  # "the attack that struck Tarn on 4 April involved *mustard gas*"


def _turned_round(parts: Sequence[Part], row: ReferenceRow) -> tuple[str, ...]:
    """The words that go the other way in a row's name: "evacuated to Ghouta", where it says "from Ghouta"."""
    words = WORD.findall((row.name or row.label or "").lower())
    ways = {words[at + 1]: w for at, w in enumerate(words[:-1]) if w in ("from", "to", "into")}
    other = {"from": ("to", "into"), "to": ("from",), "into": ("from",)}
    return tuple(p.lemma for p in parts if not p.context and p.prep in other.get(ways.get(p.lemma, ""), ()))


def _is_again(parts: Sequence[Part]) -> bool:
    """Whether a clause tells of a happening after the one that a table may have: "was staged again"."""
    return any(stem(p.lemma) in stem_set("again") for p in parts if not p.context)


def _is_indefinite(articles: Collection[str]) -> bool:
    """Whether a clause brings in a happening as one of a kind: "a quake struck Amatrice"."""
    return not {"a", "an", "another"}.isdisjoint(articles)


def _articles(document: Document, parts: Sequence[Part], told: Sequence[int]) -> set[str]:
    """What stands before the phrases that tell of a happening: "a", "the"."""
    units = {parts[at].unit for at in told if parts[at].role in ("subject", "object")}
    units = units or {p.unit for p in parts if p.role == "subject"}  # "*a* drone hit Tarn"
    starts = (min(p.start for p in parts if p.unit == unit) for unit in units)
    return {article_before(document, at) for at in starts}


def _each_once(met: Sequence[_Met]) -> list[_Met]:
    """Each happening once, sure only where every mention of it is; a kind beside one that is named is that
    one: "the seventh round of the *Tarn talks*"."""
    named = {(m.row.package, m.row.key) for m in met if m.unique}
    out: dict[tuple[str, str], _Met] = {}
    groups = [m for m in met if m.unique or m.how not in ("kind_place", "definite") or not named]
    for one in groups:
        key = one.row.package, one.row.key
        first = out.setdefault(key, one)
        out[key] = first._replace(unique=first.unique and one.unique)
    return list(out.values())


class _Met(NamedTuple):
    """A row that a clause may tell of: how its text says so, whether it is the only one, how the date hangs
    on it, and whether only an ordinal tells it from others of its series ("the fourth round")."""

    row: ReferenceRow
    how: str
    unique: bool
    held: Hold | None
    by_ordinal: bool = False
    definite: bool = False  # only its kind and place tell it, as those of the one that is known: "the siege"


class DateMatcher:
    """Finds the happening that a dated clause tells of."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._before: tuple[Claim, ReferenceRow] | None = None  # of the clause before, and what it tells of

    def match(self, document: Document, items: Sequence[Item]) -> None:
        """The happenings that the dated clauses of a document tell of."""
        history: list[EventMention] = []
        found: list[EventMention] = []
        last: Span | None = None
        self._before = None
        if not any(item.claim.kind == "event" for item in items):
            return
        for item in items:
            claim = item.claim
            if claim.proposition is None:
                continue
            if claim.context != last:
                history += found
                found = self._known.event_index.told_in(document, claim.context, history)
                last = claim.context
            if claim.kind == "event" and not item.settled:
                self._date(item, [*found, *self._founded(item)], history, items)

    def _founded(self, item: Item) -> list[EventMention]:
        """The bodies that a sentence names, where it tells of a founding and a gazetteer has its day."""
        _, concepts = read(item.claim)
        if not any("=found" in c for c in concepts) and not any(
            stem(p.lemma) in stem_set("being founded") | stem_set("foundings") for p in item.proposition.parts
        ):
            return []
        out = []
        for n in item.names:
            rows = [self._known.dated_bodies[k] for k in n.keys if k in self._known.dated_bodies]
            if rows:
                out.append(EventMention(n.start, n.end, n.text, tuple(rows), "name"))
        return out

    def _date(
        self,
        item: Item,
        found: Sequence[EventMention],
        history: Sequence[EventMention],
        items: Sequence[Item],
    ) -> None:
        claim = item.claim
        parts, concepts = read(claim)
        time = claim.time
        if time is None or time.start is None or time.end is None:
            return
        phase = phase_of(claim, concepts)
        if tells_of_another_day(claim, item.document):
            return
        named = [
            up_to_verb(up_to_date(m, time.start, parts) if _is_a_deed(m.candidates[0]) else m, parts)
            for m in found
            if m.how not in ("nearest", "place")
        ]
        named = [m for m in named if not m.start <= time.start < m.end]
        inside = {at for at, p in enumerate(parts) if any(m.start <= p.start < m.end for m in named)}
        if inside:
            item.place = self._place_of(item, named, inside)
        paired = _pair(item, items, named)
        met, told_of = self._told(item, named, paired)
        if len(met) == 1 and len(told_of) == 1 and met[0].held is not None and met[0].held.how == "subject":
            self._before = (claim, met[0].row)
        if len(met) > 1 and not any(m.unique for m in met):
            met = []
        for one in met:
            self._meet_told(item, one, phase, inside)
        if len({frozenset((r.package, r.key) for r in m.candidates) for m in told_of}) > 1 and paired is None:
            several = len({i.claim.time for i in items if i.claim.context == claim.context}) > 1
            item.candidates = [
                replace(c, joined=not several, unique=c.unique and not several) for c in item.candidates
            ]
        if not met:
            self._by_kind(item, parts, concepts, phase)
            self._or_by_deed(item, parts, concepts, phase)
        if not item.candidates and not met:
            self._by_label_name(item, parts, phase, items)
        if not item.candidates and not told_of:
            named_rows = {(r.package, r.key) for m in named for r in m.candidates}
            self._by_deed(item, parts, concepts, phase, named_rows)
        if not item.candidates and not item.on_its_day and not told_of:
            named_rows = {(r.package, r.key) for m in found for r in m.candidates}
            self._by_day(item, parts, concepts, phase, named_rows)
        if not item.candidates and len({(c.row.package, c.row.key) for c in item.on_its_day}) == 1:
            item.candidates = item.on_its_day
        if not item.candidates and not told_of:
            self._by_number(item, items)

    def _by_number(self, item: Item, items: Sequence[Item]) -> None:
        """The incident of the number that a clause tells with its date, where the table bears out both: "12
        people were killed in Tarn on *3 May*"."""
        claim = item.claim
        rows = {
            (c.row.package, c.row.key): c.row
            for i in items
            if i.claim.kind == "quantity" and i.claim.asserted and i.claim.context == claim.context
            if i.claim.time is not None and claim.time is not None and i.claim.time.start == claim.time.start
            for c in i.candidates
            if c.row.kind == "incident" and weighed(i, c) == "supports"
        }
        for row in rows.values() if len(rows) == 1 and claim.asserted else ():
            if date_relation(claim, row, None) == "supports":
                item.candidates.append(
                    Candidate(row=self._known.marked(row, item.document), how="kind", place="same")
                )

    def _place_of(self, item: Item, named: Sequence[EventMention], inside: Collection[int]) -> PlaceSlot:
        """The place of a clause, not in the names of happenings, nor what these were about."""
        parts = item.proposition.parts
        units = {parts[at].unit for at in inside}
        verb, about = main_verb(item.claim), ("on", "about", "for", "against", "to")
        topic = {p.start for p in parts if p.unit in units and p.prep in about}
        return self._known.places.slot(
            item.claim,
            item.names,
            lambda n: any(m.start <= n.start < m.end for m in named) or n.start in topic,
            word_set("from where")
            if verb is not None and stem(verb.lemma) in stem_set("going up")
            else frozenset(),
        )

    def _meet_told(self, item: Item, met: _Met, phase: str | None, inside: Collection[int]) -> None:
        """A happening that a clause names or tells by its kind, and whether it may be another one."""
        row, by, unique, held, by_ordinal, definite = met
        claim, parts = item.claim, item.proposition.parts
        dated_before = held is not None and held.how == "own" and stands_before(claim, parts, held.parts)
        if dated_before and row.kind == "event":
            unique = False  # "the 2014 congress" may be another one
        how = "name" if by == "name" else "number" if by in ("number", "definite") else "kind"
        period = own_period(claim)
        if how == "kind" and self._is_of_others(item, row):
            unique = False
        one_of_a_kind = how == "kind" and _is_indefinite(_articles(item.document, parts, sorted(inside)))
        if how == "kind" and period is not None and not definite:
            unique = unique and _may_be_that_one(row, period)
        if row.number is not None and by_ordinal and may_be_counted_apart(claim, row):
            unique = False
            if date_relation(claim, row, phase) == "refutes":
                return
        if (one_of_a_kind or _is_again(parts)) and date_relation(claim, row, phase) == "refutes":
            return
        self._meet_event(item, row, how, unique, phase, held, inside)

    def _told(
        self, item: Item, named: Sequence[EventMention], paired: EventMention | None
    ) -> tuple[list[_Met], list[EventMention]]:
        """The happenings among those named that the date of a clause is of, with the rows of each."""
        claim, parts = item.claim, item.proposition.parts
        speakers, phase = speaker_parts(parts), phase_of(claim, read(claim)[1])  # "the round concluded"
        met: list[_Met] = []
        told_of: list[EventMention] = []
        for mention in named:
            if paired is not None and mention is not paired:
                continue
            where = {at for at, p in enumerate(parts) if mention.start <= p.start < mention.end}
            if where and where <= speakers and not (item.proposition.passive or phase):
                continue  # "the Office of the Special Envoy made clear": the clause is of something else
            held = _hold_of(claim, mention, paired, told_of)
            by_ordinal = is_only_numbered(mention)
            if held is not None:
                told_of.append(mention)
                doubtful = self._is_doubtful(item, mention, where)
                unique = len(mention.candidates) == 1 and not doubtful
                definite = mention.how == "kind_place" and self._is_definite(item, mention)
                rows = self._those_there(item, mention) if mention.how == "kind_place" else mention.candidates
                if definite and len(rows) == 1:
                    unique = not doubtful
                met += [_Met(row, mention.how, unique, held, by_ordinal, definite) for row in rows[:8]]
        return _each_once(met), told_of

    def _those_there(self, item: Item, mention: EventMention) -> tuple[ReferenceRow, ...]:
        """Of the happenings that a kind may mean, those in the clause's place, and of these those within a
        year of its time, where there are some: "the talks on Tarn *in Oren* were held on 13 October"."""
        period = own_period(item.claim)
        rows = mention.candidates
        there = tuple(r for r in rows if self._first_place(r) & item.place.keys) or rows
        return tuple(r for r in there if period is not None and _is_near(r, period)) or there

    def _meet_event(
        self, item: Item, row: ReferenceRow, how: str, unique: bool, phase: str | None, held: Hold | None,
        inside: Collection[int],
    ) -> None:  # fmt: skip
        """A happening against a dated clause, word by word."""
        parts, concepts = read(item.claim)
        said = self._known.events.explains(row)
        own_verbs = self._known.events.verbs_in_name(row)
        ending = _says_it_ended(item.claim, row)
        if ending and (row.period is None or row.period.days in (None, 1)):
            left = tuple(parts[at].lemma for at in sorted(ending))  # of what lasts a single day is the first
            item.suggested.append(Suggested(Candidate(row=row, how=how), left))  # type: ignore[arg-type]
            return
        phase = "end" if ending else phase or _office_phase(row, parts)
        phase = phase or _onset(row, parts, concepts, own_verbs)
        mine = self._known.places_of(row)
        explained = _of_other_happenings(parts, inside, held, how in ("name", "number"))
        explained |= speaker_parts(parts) | self._place_parts(item, parts, mine)
        explained |= ending
        organisations = self._bodies_named(item)
        of_peoples = {at for at, p in enumerate(parts) if self._known.places.people_of(p.lemma)}
        people = frozenset(of_peoples.difference(inside))
        actor, by_doer = self._doer_met(item, row, organisations, people, held)
        acting = not item.proposition.passive
        named_there = held is not None
        named_it = held is not None and how in ("name", "number") and row.kind != "gazetteer"
        if held is not None and held.how == "clause" and not held.parts:
            explained |= set(range(len(parts)))  # they are of the clause beside it
        known_parts = explained | by_doer
        verbs = verbs_of(row)
        clause = Clause(parts, concepts, said, known_parts, verbs, held, own_verbs, acting)
        left = strictly = clause.left_over()
        whose = people | _of_states(parts)
        if strictly and named_it:
            left = clause.left_over(True, whose)
        besides = set(left).difference(clause.left_on_its_day(named_it, whose)) if left else set()
        otherwise = _said_otherwise(row, parts, concepts, said)
        left = (*left, *otherwise, *_turned(row, parts, held, inside, acting))
        if actor == "mismatch" and not _is_a_deed(row):
            parties = neutral_words("participant") if "conven" in verbs else frozenset()
            those = (parts[at] for at in sorted(by_doer - explained))
            left = (*left, *(p.lemma for p in those if stem(p.lemma) not in parties))
        relation = date_relation(item.claim, row, phase)
        wrong_day = relation == "refutes"
        wrong = named_it and unique and wrong_day
        listed = held is not None and held.how == "pair"
        on_its_day = _is_its_very_day(item.claim, row, relation) or (wrong_day and unique and not listed)
        on_its_day = on_its_day and bool(left) and besides.issuperset(left)
        if left and not on_its_day and not (wrong and _are_beside(parts, held, inside, left)):
            item.suggested.append(Suggested(Candidate(row=row, how=how), left))  # type: ignore[arg-type]
            return
        place, sure = self._place_met(item, parts, concepts, mine, row, said)
        if how == "kind" and place == "none" and mine and (named_there or mine & item.place.keys):
            place = "same"  # its place is of its name: "the *Tarn* talks closed"
        if place == "mismatch" and strictly:
            item.suggested.append(Suggested(Candidate(row=row, how=how), strictly))  # type: ignore[arg-type]
            return
        if actor in ("none", "row_only", "claim_only") and is_by(parts, item.place.parts) and mine:
            actor = "doubtful"  # "convened by Russia": no row says so
        found = item.on_its_day if on_its_day else item.candidates
        found.append(
            Candidate(
                row=self._known.marked(row, item.document), how=how, unique=unique and sure,  # type: ignore[arg-type]
                place=place, actor=actor, phase=phase,
            )
        )  # fmt: skip

    def _bodies_named(self, item: Item) -> list[Named]:
        """The organisations that the sentence of a claim names."""
        context = item.claim.context
        return self._known.doers.index.named_in(item.document, context.start, context.end)

    def _doer_met(
        self,
        item: Item,
        row: ReferenceRow,
        bodies: Sequence[Named],
        people: frozenset[int],
        held: Hold | None,
    ) -> tuple[ActorMatch, frozenset[int]]:
        """How who did it, as a clause tells it, meets the actor of a row, and the words that name them.
        `bodies`: the organisations that the sentence names; `people`: its words for a people."""
        parts, doers = item.proposition.parts, self._known.doers
        row_keys = doers.keys_of_row(row)
        states = {stem(parts[at].lemma)[:5] for at in people}
        names = doers.words_of_row(row) - states  # "the Syrian Army" is no State in Syria
        actor, by_doer = match_doer(item.claim, bodies, row_keys, row, people, True, names)
        if actor in ("mismatch", "doubtful") and _names_its_doer(row, parts, by_doer, actor):
            actor = "none"
        if held is None or held.how != "own":
            return actor, by_doer
        doing = any(stem(p.lemma) in stem_set("doing") for p in parts if not p.context)
        if doing and row.actor and _others_told(row, parts, [n for n in bodies if not n.keys & row_keys]):
            actor = "mismatch"
        return actor, by_doer

    def _place_met(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], mine: frozenset[str],
        row: ReferenceRow, said: Concepts,
    ) -> tuple[PlaceMatch, bool]:  # fmt: skip
        """How the place of a clause meets that of a happening, and whether it says where that was: "after
        weeks of fighting in *Tarn*" may, no place that is part of its name: "struck down the *Tarn* toll".
        `said`: what the row's own words say."""
        slot = item.place
        behind = {parts[at].prep for at in slot.parts} & word_set("where")
        named = [at for at in slot.parts if parts[at].start == slot.at] or slot.parts
        in_name = bool(named) and all(concepts[at] & said for at in named) and not behind
        stated = slot.stated and slot.basis in ("clause", "sentence") and bool(slot.keys)
        if not mine or not stated or in_name:
            return "none", True
        places = self._known.places
        first = self._first_place(row)
        if mine & slot.keys or places.within(first, slot.keys) or places.within(slot.keys, first):
            return "same", True
        beside = slot.parts and all(parts[at].context and parts[at].level > 1 for at in slot.parts)
        if beside or not says_where(parts, slot.parts):
            return "none", True  # "extradited in May, he awaits trial *in Tarn*"
        return "mismatch", not is_beside_it(parts, slot.parts)

    def _is_definite(self, item: Item, mention: EventMention) -> bool:
        """Whether a happening is told by kind and place as the one that is known: "*the* siege of Tarn",
        "*the* cholera outbreak in Tarn"."""
        said = self._known.events.explains(mention.candidates[0])
        lead = words_between(item.document, mention.start - LEAD, mention.start)
        while lead and lead[-1] != "the" and concepts_of(lead[-1]) & said:
            lead.pop()
        return lead[-1:] == ["the"] or "".join(lead[-1:]).endswith(("'s", "’s", "s'", "s’"))

    def _first_place(self, row: ReferenceRow) -> frozenset[str]:
        """The keys of where a happening was, not of what it was about."""
        return frozenset(self._known.finder.keys_of(row.package, row.places[:1]))

    def _is_of_others(self, item: Item, row: ReferenceRow) -> bool:
        """Whether a document speaks of other states and never of what a meeting was about: "the talks in
        Vienna" of a text on Iran are none of those on Syria."""
        about = frozenset(self._known.finder.keys_of(row.package, row.places[1:]))
        states = states_named(item.document) if about else []
        named = [
            frozenset(k for home in homes for k in self._known.index.lookup(home.title())) for homes in states
        ]
        others = [keys for keys in named if not keys & self._known.places_of(row)]
        return bool(others) and not any(keys & about for keys in named)

    def _is_doubtful(self, item: Item, mention: EventMention, where: Collection[int]) -> bool:
        """Whether the date of a named happening may be that of something about it ("the amendment to
        resolution 12"), of a stage of it ("the second session of the Tarn talks"), or of what somebody says
        in a quotation."""
        parts = item.proposition.parts
        units = {parts[at].unit for at in where}
        behind = any(parts[at].prep is not None for at in where)
        said = self._known.events.explains(mention.candidates[0])
        heads = [
            p
            for at, p in enumerate(parts)
            if p.unit in units and p.is_head and at not in where and stem(p.lemma) not in said
        ]
        return (
            is_about(item.document, item.claim.context.start, mention.start)
            or any(stem(p.lemma) in stem_set("stages") and p.start < mention.start for p in heads if behind)
            or is_spoken(item.claim, item.document)
        )

    def _place_parts(self, item: Item, parts: Sequence[Part], mine: frozenset[str]) -> set[int]:
        """The words of a clause that name a place of a row, or the place that the clause says."""
        out = set(item.place.parts) if item.place.keys else set()
        for n in item.names:
            if n.entity == "place" and (n.keys & mine or self._known.places.within(mine, n.keys)):
                out |= {at for at, p in enumerate(parts) if n.start <= p.start < n.end}
        for at, p in enumerate(parts):
            keys = self._known.places.people_of(p.lemma)
            if keys & mine or (keys and self._known.places.within(mine, keys)):
                out.add(at)
        for at, p in enumerate(parts):
            if p.prep == "near" and at - 1 in out and parts[at - 1].unit == p.unit:
                out.add(at)  # "on the Ghouta, *near Damascus*"
        return out

    def _by_kind(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None
    ) -> None:
        """The happenings of a kind in a place: "chlorine was used in Douma on 13 January"."""
        if not item.place.keys or item.place.basis not in ("clause", "sentence", "carried"):
            return
        core = [at for at, p in enumerate(parts) if not p.context and p.level <= 2]
        if all(p.role not in ("predicate", "governor") for p in parts):  # "2018-01-13 chlorine, Tarn"
            core = [at for at, p in enumerate(parts) if item.claim.start <= p.start < item.claim.end]
        said = frozenset(c for at in core for c in concepts[at])
        did = frozenset(stem(p.lemma) for p in parts if p.role == "predicate" and not p.context)
        rows = self._known.events.of_kind(said, item.place.keys, self._known.places_of, did)
        period = own_period(item.claim)
        if period is None or period.start is None or period.end is None:
            return
        wanted = [
            WantedKind(0, package, kind, key, period.start, period.end)
            for package, kind in kinds_said(self._known.kinds, said)
            for key in sorted(item.place.keys)
            if key.startswith(key_of(package, ""))
        ]
        if (period.days or 0) <= 366:
            rows += [row for row, _ in self._known.finder.incident_candidates(wanted).get(0, [])]
        near = [r for r in rows if _is_near(r, period)]
        kinds = {c for r in near for kind in kinds_of(r) for need in kind for c in need}
        told = [at for at in core if concepts[at] & kinds]
        phases = neutral_words("phase of a happening")
        if any(p.context and p.role == "noun" and p.is_head and stem(p.lemma) not in phases for p in parts):
            return  # "a memorial for the crash"
        article = _articles(item.document, parts, told)
        indefinite = _is_indefinite(article) or _is_again(parts)
        own = [at for at in told if parts[at].role == "noun" and parts[at].level == 1 and parts[at].is_head]
        verb = main_verb(item.claim)
        opens = bool(own) and verb is not None and verb.level > 1 and parts[own[0]].start < verb.start
        held = Hold("own", 1, frozenset(own), True) if opens else None  # "the use of gas on 7 April shocked"
        definite = "the" in article
        told_later = item.proposition.passive and any(
            p.role == "predicate" and stem(p.lemma) in words_in("saying verbs") for p in parts
        )  # "a strike was reported in Tarn on 3 May" may have been of the day before
        if told_later and not (indefinite or definite):
            return  # "strikes were reported across Tarn"
        if item.place.basis == "carried" and not points_back(item.claim):
            return  # "these talks": what the sentence before named need not be a place
        for row in near:
            sure = _may_be_that_one(row, period) or (definite and row.kind == "event")
            only = sum(r.kind == row.kind for r in near) == 1 and sure
            if indefinite and date_relation(item.claim, row, phase) == "refutes":
                continue
            self._meet_event(item, row, "kind", only and not told_later, phase, held, ())

    def _by_label_name(
        self, item: Item, parts: Sequence[Part], phase: str | None, items: Sequence[Item]
    ) -> None:
        """The incident whose label names somebody that a clause tells of: "Ada Quill was murdered on …"."""
        context = item.claim.context
        told: dict[str, set[int]] = defaultdict(set)
        for name in self._known.label_names.named_in(item.document, context.start, context.end):
            where = {at for at, p in enumerate(parts) if name.start <= p.start < name.end}
            if any(not p.context or p.role == "relative" for p in (parts[at] for at in where)):
                for key in name.keys:
                    told[key] |= where
        for key, where in told.items():
            self._meet_event(item, self._known.incident(key), "name", len(told) == 1, phase, None, where)

    def _or_by_deed(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None
    ) -> None:
        """The happening whose name counts those whom a clause counts, where it may be any one of its kind and
        none fits: "three volunteers were killed in Tarn"."""
        loose = list(item.candidates)
        fits = [c for c in loose if date_relation(item.claim, c.row, phase) == "supports"]
        if not loose or any(c.unique for c in loose) or any(c.actor != "mismatch" for c in fits):
            return
        item.candidates = []
        self._by_deed(item, parts, concepts, phase, ())
        item.candidates = loose

    def _by_day(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None,
        named: Collection[tuple[str, str]],
    ) -> None:  # fmt: skip
        """The happening of a clause's very day whose name it tells in other words: "the cathedral *reopened*"
        of its reopening. `named`: those that it names, of which it tells something else."""
        period = own_period(item.claim)
        if period is None or period.start is None or period.days != 1:
            return
        there = {(r.package, r.key): r for r in self._known.events_by_day.get(period.start, ())}
        there = {key: row for key, row in there.items() if key not in named}
        whole, most = (
            self._known.events.on_day(there.values(), parts, concepts, whole=all_words)
            for all_words in (True, False)
        )
        found = whole or [(r, where) for r, where in most if self._known.places_of(r) & item.place.keys]
        for row, where in found if len(found) == 1 else ():
            if _says_its_deed(item, row):
                self._meet_event(item, row, "name", True, phase, None, where)

    def _by_deed(
        self, item: Item, parts: Sequence[Part], concepts: Sequence[Concepts], phase: str | None,
        named: Collection[tuple[str, str]],
    ) -> None:  # fmt: skip
        """The happening whose deed a clause tells in words of its own. `named`: those that it names, of which
        it tells something else, but for those whose names have its verb ("the outbreak was *declared*")."""
        events = self._known.events
        before = () if _has_subject(parts) else named_before(item.document, item.claim.context)
        told = events.by_deed(parts, concepts, before) or []
        did = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
        found = [
            (row, where)
            for row, where in told
            if (row.package, row.key) not in named
            if not _is_an_office(row) or did & _of_offices()
        ]
        for row, where in found:
            if not _says_its_deed(item, row):
                continue
            organisations = {
                at for n in item.names for at, p in enumerate(parts) if n.start <= p.start < n.end
                and n.entity == "organisation" and concepts[at] & self._known.events.explains(row)
            }  # fmt: skip
            period = own_period(item.claim)
            first = row.first
            near = period is not None and first is not None and first.meets(period.widened(_DEED_NEAR))
            near = near or (
                period is not None
                and (
                    _may_be_that_one(row, period)
                    or (_is_near(row, period) and "the" in _articles(item.document, parts, sorted(where)))
                )
            )
            self._meet_event(
                item, row, "name", len(found) == 1 and near, phase, None, set(where) | organisations
            )
