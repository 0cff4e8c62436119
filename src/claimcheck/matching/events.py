"""Which event of the tables a date belongs to, to which of its days, and what a clause says beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from claimcheck import lexicon
from claimcheck.calendar_names import MONTHS
from claimcheck.dates.events import EventMention, is_ordinal
from claimcheck.matching.accounting import Concepts, concepts_of, neutral_words, of_parts, of_stem, of_text
from claimcheck.matching.frames import is_beside
from claimcheck.model import Claim, Document, Part, Proposition, ReferenceRow
from claimcheck.names import WORD
from claimcheck.numbers.numerals import number_words
from claimcheck.propositions import same_deed, stem
from claimcheck.wording import (
    is_listed_before,
    is_of_what_follows,
    says_any,
    stem_set,
    word_set,
    words_before,
    words_behind,
)

# ----------------------------------------------------------------------------------------------------
# Which event of the tables a date belongs to, and to which of its days.
#
# An event is mentioned by its name, by its number in a series, by its kind and place, or by a deed that its
# name tells ("UN accepts the invitation to Sochi"). The date belongs to it where both depend on one
# predicate that says that it happened, where the date stands in the name's own phrase, or where lists pair
# them in order.

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
PHASES = {"=open": "open", "=end": "end"}


class EventRows:
    """The rows of events, to be met by what a clause says."""

    def __init__(self, rows: Iterable[ReferenceRow]) -> None:
        self._rows = [r for r in rows if r.kind == "event"]
        self._number = {(r.package, r.key): number for number, r in enumerate(self._rows)}
        self._said = [
            [_NameWords.of(name) for name in dict.fromkeys((row.name, *row.names)) if name]
            for row in self._rows
        ]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, names in enumerate(self._said):
            for word in frozenset().union(*(name.words for name in names)):
                self._by_word[word].append(number)
        self._explains: dict[tuple[str, str], Concepts] = {}
        self._kinds = [kinds_of(row) for row in self._rows]
        self._mortals: dict[str, list[ReferenceRow]] = defaultdict(list)
        for row in self._rows:
            if not {stem(w) for w in WORD.findall(row.label or "")} & stem_set("fates of one person"):
                continue
            for word in {stem(w) for w in WORD.findall(row.name or "")[1:] if w[0].isupper() and len(w) > 3}:
                self._mortals[word].append(row)

    def explains(self, row: ReferenceRow) -> Concepts:
        """All that a row says of its happening: names, kinds, series, whose it was."""
        key = row.package, row.key
        if key not in self._explains:
            words = [row.name or "", *row.names, row.label or "", row.series or "", row.actor or ""]
            words.append(str(row.raw.get("counted_as") or ""))
            if row.kind == "gazetteer":
                words.append("founded")
            if row.number is not None and row.number <= len(ORDINALS):
                words.append(ORDINALS[row.number - 1])
            said = of_text(" ".join(words).replace("|", " "))
            if row.number is not None:  # the ninth of its series, though it had a "first term"
                said -= {stem(o) for n, o in enumerate(ORDINALS, 1) if n != row.number}
            self._explains[key] = said.union(*map(same_deed, said))
        return self._explains[key]

    def verbs_in_name(self, row: ReferenceRow) -> Concepts:
        """The deeds that a row's own name or kind tells: "accepts" of "UN accepts the invitation"."""
        kind = str(row.raw.get("counted_as") or "")
        return of_text(" ".join((row.name or "", *row.names, row.label or "", kind)))

    def by_deed(
        self, parts: Sequence[Part], concepts: Sequence[Concepts], before: Iterable[str] = ()
    ) -> list[tuple[ReferenceRow, frozenset[int]]]:
        """The events whose name a clause tells in other words. `before`: the words of the name for which its
        pronoun stands."""
        said, frames = _where_said(parts, concepts)
        for word in before:
            said.setdefault(stem(word), set())
        found: list[tuple[float, ReferenceRow, frozenset[int]]] = []
        numbers = {n for one in said for n in self._by_word.get(one, ())}
        for number in sorted(numbers):
            row = self._rows[number]
            best, where = 0.0, frozenset[int]()
            for name in self._said[number]:
                met, there = _told(name.words, said, frames)
                if len(name.words) == 2:  # "the Tarn launch": "*Tarn was launched*"
                    enough = False
                else:
                    enough = sum(w in said for w in name.words) >= 2 and len(met) >= 3
                    enough = enough and name.is_told_by(met, self._deeds(row, parts))
                share = len(met) / max(1, len(name.words))
                if enough and share > best:
                    best, where = share, there
            if where:
                found.append((best, row, where))
        if not found:
            return []
        top = max(score for score, _, _ in found)
        best_told = [(row, where) for score, row, where in found if score >= top - 0.05]
        return [(row, where) for row, where in best_told if not any(where < more for _, more in best_told)]

    def on_day(
        self,
        rows: Iterable[ReferenceRow],
        parts: Sequence[Part],
        concepts: Sequence[Concepts],
        *,
        whole: bool,
    ) -> list[tuple[ReferenceRow, frozenset[int]]]:
        """Those of the happenings of a day of whose names a clause tells one. `whole`: every word of it."""
        said, frames = _where_said(parts, concepts)
        out = []
        for row in rows:
            best, where = 0, frozenset[int]()
            for name in self._said[self._number[row.package, row.key]]:
                met, there = _told(name.words, said, frames)
                enough = met == name.words if whole else name.is_told_by(met, self._deeds(row, parts))
                if enough and len(met) > max(best, 1):
                    best, where = len(met), there
            if best:
                out.append((row, where))
        return out

    def _deeds(self, row: ReferenceRow, parts: Sequence[Part]) -> Concepts:
        """The words of a row's name for its deed, where the verb of a clause says that it was done: the
        "appointment" of her who *became* mayor."""
        did = {stem(p.lemma) for p in parts if p.role == "predicate" and not p.context}
        own = _stems_of(_names_of(row))
        told = (r for r in deed_words() if r.may_be_of(own) and r.verbs & did)
        return frozenset().union(*((r.kinds | r.verbs) & own for r in told))

    def of_kind(
        self, concepts: Collection[str], places: frozenset[str], keys_of: object, did: Concepts = frozenset()
    ) -> list[ReferenceRow]:
        """The events one of whose kinds is said, in a place of the claim's. `did`: the stems of the verbs
        that may tell the last word of a kind: "the town was *gassed*" in a gas attack."""
        said = set(concepts)
        told = {k for row in deed_words() if row.verbs & did for k in row.kinds}
        out = []
        for row, kinds in zip(self._rows, self._kinds, strict=True):
            if not any(
                all(c & said for c in kind)
                or (len(kind) > 1 and all(c & said for c in kind[:-1]) and kind[-1] & told)
                for kind in kinds
            ):
                continue
            if keys_of(row) & places:  # type: ignore[operator]
                out.append(row)
        return out


class _NameWords(NamedTuple):
    """The words of a happening's name, as stems: `words` all but small ones; `own` those in small letters,
    which say what it was, of whom, with what, and nouns of deeds; `deeds` of them those that a verb may tell
    ("the *accession* of Tarn"; of an "air strike" not the first); `given` the others. The days in a name say
    only what the table's own days say again."""

    words: frozenset[str]
    own: frozenset[str]
    deeds: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(cls, name: str) -> _NameWords:
        every = WORD.findall(name)
        said = {w for w in every if w.lower() not in _SMALL}
        days = {w for w in said if w in MONTHS or (len(w) == _YEAR and w.isdigit())}
        own = {w for w in said - days if not w[0].isupper() or stem(w) in _deed_nouns()}
        last = {w for w, after in zip(every, [*every[1:], "of"], strict=True) if after not in own}
        deeds = {w for w in own & last if stem(w) in _deed_nouns()}
        return cls(*(frozenset(map(stem, some)) for some in (said, own, deeds, said - own - days)))

    def is_told_by(self, met: AbstractSet[str], deeds: Concepts) -> bool:
        """Whether a clause that has the words `met` of a name, and whose verb tells of `deeds`, tells of it:
        all its own words, and at least half of those that are given."""
        return self.own <= (self.deeds & deeds).union(met) and 2 * len(self.given & met) >= len(self.given)


def _told(
    words: Iterable[str], said: Mapping[str, set[int]], frames: Mapping[str, set[int]]
) -> tuple[set[str], frozenset[int]]:
    """The words of a name that are told, and where."""
    met = {w for w in words if w in said or any(c in frames for c in of_stem(w) | same_deed(w))}
    where = frozenset(
        at
        for w in met
        for c in ({w} | of_stem(w) | same_deed(w))
        for at in (*said.get(c, ()), *frames.get(c, ()))
    )
    return met, where


def _where_said(
    parts: Sequence[Part], concepts: Sequence[Concepts]
) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Where a clause says each stem, and each concept."""
    said: dict[str, set[int]] = defaultdict(set)
    frames: dict[str, set[int]] = defaultdict(set)
    for at, p in enumerate(parts):
        if not is_beside(p):
            said[stem(p.lemma)].add(at)
            if "-" in p.lemma:  # "Demo-2", of whose name a table has the words
                for one in WORD.findall(p.lemma):
                    said[stem(one)].add(at)
            for one in concepts[at]:
                frames[one].add(at)
    return said, frames


_SMALL = frozenset(
    (
        "the", "a", "an", "of", "in", "on", "at", "to", "by", "for", "from", "and", "with", "as", "is", "was",
        "de",
    )
)  # fmt: skip
_YEAR = 4  # digits of one


_BEHIND_KIND = frozenset({"of", "in", "at", "near", "on", "from", "by", "against"})


def kinds_of(row: ReferenceRow) -> list[tuple[Concepts, ...]]:
    """The kinds of a row: each as the concepts of its words. A label that counts somebody tells of one
    happening and is no kind: "abduction of three reporters"."""
    labels = [part.strip() for part in (row.label or "").split(",")]
    written = [WORD.findall(label) for label in (*labels, str(row.raw.get("counted_as") or ""))]
    ends = [next((at for at, w in enumerate(words) if w in _BEHIND_KIND), 0) for words in written]
    written += [words[:end] for words, end in zip(written, ends, strict=True) if end]
    out = []
    for said in written:
        words = [w for w in said if w.lower() not in _SMALL]
        if words and len(words) <= 4 and not any(w.lower() in number_words() for w in words):
            out.append(tuple(concepts_of(w) for w in words))
    return out


def kinds_said(kinds: Iterable[tuple[str, str]], said: AbstractSet[str]) -> list[tuple[str, str]]:
    """Those of the kinds of packages of which a clause with these stems and concepts tells: with all their
    words, or, where it tells none so, with the last alone: of a "gas explosion" that there was an
    explosion."""
    words = [(package, kind, kind.split()) for package, kind in kinds]
    whole = [(p, kind) for p, kind, named in words if all(concepts_of(w) & said for w in named)]
    return whole or [(p, kind) for p, kind, named in words if len(named) > 1 and stem(named[-1]) in said]


@lru_cache(maxsize=1 << 10)
def verbs_of_kind(kind: str) -> frozenset[str]:
    """The stems of the verbs that say that happenings of a kind were: "adopt" of "resolution"."""
    own = {stem(w) for w in WORD.findall(kind)}
    apart = ("acts through", "ends of")
    rows = (row for row in deed_words() if row.may_be_of(own) and not row.name.startswith(apart))
    return frozenset(own).union(*(row.verbs for row in rows))


def main_verb(claim: Claim) -> Part | None:
    """The verb of the clause that a date dates: of "took place three days after it ended", the first; of
    "died on the day the talks opened" no verb of the date's own."""
    parts, time = (claim.proposition or Proposition()).parts, claim.time
    verbs = [p for p in parts if p.role in ("predicate", "governor")]
    named = next((p for p in verbs if p.lemma == claim.predicate), None)
    if time is not None and time.anchor is not None and named is not None:
        behind = (time.end or 0) <= named.start <= (time.end or 0) + _VERB_BEHIND
        dated = [p for p in verbs if p.level > named.level and p.start < (time.start or 0)]
        return dated[0] if behind and dated else named
    return next((p for p in verbs if p.role == "predicate" and not p.context), None)


_VERB_BEHIND = 6  # characters between a happening and its verb: "the day the talks *were* opened"


def phase_of(claim: Claim, concepts: Sequence[Concepts]) -> str | None:
    """Which days of a happening the predicate tells of: its first ("open"), its last ("end"), or any."""
    proposition = claim.proposition or Proposition()
    verb = main_verb(claim)
    level = 1 if verb is None else max(1, verb.level)
    core = [at for at, p in enumerate(proposition.parts) if p.level == level and not p.context]
    if verb is not None and verb.level > 1:
        core = [at for at, p in enumerate(proposition.parts) if p is verb]
    taken = verb is not None and verb.lemma == "take"  # "took *over*" is no end
    verbs = [
        at
        for at in core
        if not (taken and proposition.parts[at].role == "particle")
        and proposition.parts[at].role in ("predicate", "particle", "attribute", "noun", "object")
    ]
    for frame, phase in PHASES.items():
        if any(frame in concepts[at] for at in verbs if proposition.parts[at].role != "object"):
            return phase
    return None


@dataclass(frozen=True, slots=True)
class Hold:
    """How a date hangs with a happening: "own" (in its phrase), "subject", "object", "through", "at",
    "clause", "fragment" or "pair"; and the words of it that stand in the clause. `granted`: it hangs on the
    name itself, whatever the sentence says of it ("the congress of 3 May", "resolution 12, adopted on D")."""

    how: str
    level: int
    parts: frozenset[int]
    granted: bool = False


class DeedVerbs(NamedTuple):
    """A row of data/deed_verbs.toml, as stems: `verbs` that say of happenings of its `kinds` that they were;
    `not_kinds`: to which nobody does so; `unless`: words of a name that mean another kind."""

    name: str
    kinds: frozenset[str]
    verbs: frozenset[str]
    not_kinds: frozenset[str]
    unless: frozenset[str]

    def may_be_of(self, own: AbstractSet[str]) -> bool:
        """Whether a happening with these stems in its name may be of the kinds: "air strike" of attacks."""
        return self.unless.isdisjoint(own) and (not self.kinds or not self.kinds.isdisjoint(own))


@cache
def deed_words() -> list[DeedVerbs]:
    """The rows of data/deed_verbs.toml."""
    fields = ("kinds", "words", "not_kinds", "unless")
    return [
        DeedVerbs(row.id, *(frozenset(map(stem, row.get(field, ()))) for field in fields))
        for row in lexicon.load("deed_verbs")
    ]


@cache
def _deed_nouns() -> frozenset[str]:
    return frozenset().union(*(row.kinds for row in deed_words()))


def verbs_of(row: ReferenceRow, acting: bool = True) -> frozenset[str]:
    """The stems of the verbs that say that a happening of a row's kind was: "adopt" of a resolution.
    `acting`: with those that it does itself, and by which something is done through it; else those of which
    it is the object."""
    return verbs_of_founding() if row.kind == "gazetteer" else _verbs_beside(_names_of(row), acting)


def _names_of(row: ReferenceRow) -> tuple[str, ...]:
    return (row.name or "", row.label or row.series or "", *row.names, str(row.raw.get("counted_as") or ""))


@cache
def verbs_of_founding() -> frozenset[str]:
    """The stems of the verbs that say since when there is a body, of which a gazetteer knows no more."""
    own = next(row.verbs for row in deed_words() if row.name == "foundings")
    return own | stem_set("being founded")


@lru_cache(maxsize=1 << 12)
def _stems_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(w) for text in texts for w in WORD.findall(text))


@lru_cache(maxsize=1 << 12)
def _verbs_beside(texts: tuple[str, ...], acting: bool) -> frozenset[str]:
    own = _stems_of(texts)
    rows = [
        row
        for row in deed_words()
        if row.may_be_of(own)
        if acting
        or not (row.name.startswith(("acts through", "of themselves")) or not row.not_kinds.isdisjoint(own))
    ]
    return frozenset().union(*(row.verbs for row in rows))


def says_its_deed(row: ReferenceRow, parts: Sequence[Part], concepts: Sequence[Concepts]) -> bool:
    """Whether a clause that shares other words with the name of a happening says what happened: of "the
    closure of Tarn airport" that it was shut, and not that "Tarn airport was opened"."""
    own = _stems_of(_names_of(row))
    of_kind = [r for r in deed_words() if r.kinds and r.may_be_of(own)]
    kinds = frozenset().union(*(r.kinds & own for r in of_kind))
    if not kinds:
        return True
    verbs = frozenset().union(*(r.verbs for r in of_kind))
    said = frozenset().union(*(of_stem(one) for one in kinds | (own & verbs)))
    told = {stem(p.lemma) for p in parts if p.role in ("predicate", "governor", "relative")}
    named = {stem(p.lemma) for p in parts if p.role == "subject" and p.is_head and not p.context}
    if not named.isdisjoint(verbs):
        return True  # "the *murder* of Ada Quill" of her assassination
    return not told.isdisjoint(verbs | own) or any(c & said for c in concepts)


def hold(claim: Claim, mention: EventMention, verbs: frozenset[str], plain: frozenset[str]) -> Hold | None:
    """How a date hangs with a named happening, None where it is said of something else. `verbs`: those that
    say that it was, `plain` those of them whose object it may be."""
    proposition = claim.proposition or Proposition()
    parts = proposition.parts
    here = frozenset(at for at, p in enumerate(parts) if mention.start <= p.start < mention.end)
    verb = main_verb(claim)
    undone = verb is not None and stem(verb.lemma) in stem_set("undoing")
    below = {parts[at].level + 1 for at in here if parts[at].role == "noun"}
    if verb is not None and undone and verb.level in below:
        return None  # "the arrest of Ada Quill on 3 May *was prevented*"
    if not here:
        return None
    nouns = [parts[at].level for at in here if parts[at].role == "noun"]
    if nouns and (verb is None or min(nouns) < verb.level):
        named = any(parts[at].pos in ("NOUN", "PROPN", "NUM") for at in here)
        return Hold("own", min(nouns), here, True) if min(nouns) == 1 and named else None
    phase = [
        at
        for at, p in enumerate(parts)
        if p.role == "noun" and p.level == 1 and stem(p.lemma) in neutral_words("phase of a happening")
    ]
    if phase and any(parts[at].role in ("of", "modifier") and parts[at].level == 1 for at in here):
        return Hold(
            "own", 1, here | frozenset(phase), True
        )  # "the adoption of resolution 2118 on 27 September"
    if verb is None:
        return Hold("fragment", 9, here) if all(p.role != "governor" for p in parts) else None
    if stem(verb.lemma) not in verbs and not _is_said_of_attribute(parts, verb, verbs):
        return None
    if nouns and min(nouns) == verb.level + 1:
        if stem(verb.lemma) not in plain:
            return None  # "resolution 2401, which the Council *broke* on 3 May"
        return Hold("subject", verb.level, here, True)  # "resolution 2235, adopted on 7 August"
    return _of_verb(parts, proposition, verb, here, plain)


def _is_said_of_attribute(parts: Sequence[Part], verb: Part, verbs: frozenset[str]) -> bool:
    """Whether what the subject was or became says the deed: "became the 21st civilian to *die*"."""
    return verb.lemma in ("be", "become") and any(
        p.role == "complement" and p.pos == "VERB" and p.level == verb.level and stem(p.lemma) in verbs
        for p in parts
        if not p.context
    )


def _of_verb(
    parts: Sequence[Part], proposition: Proposition, verb: Part, here: frozenset[int], plain: frozenset[str]
) -> Hold | None:
    """How a happening hangs on the verb of a date."""
    for at in sorted(here):
        p = parts[at]
        if p.level > verb.level and p.role != "subject":
            continue
        if p.level > verb.level:
            continue
        if p.role == "adverb" and p.pos == "PROPN" and p.start < verb.start and p.is_head:
            return Hold("subject", verb.level, here)  # "Geneva I opened on 30 June"
        if p.role in ("subject", "object", "attribute", "agent") and _heads_its_phrase(parts, p.unit, here):
            if (
                (p.role == "object" or proposition.passive)
                and p.role != "agent"
                and stem(verb.lemma) not in plain
            ):
                return None  # "resolution 2254 was renewed" is no adoption
            return Hold("subject" if p.role in ("subject", "agent") else "object", verb.level, here)
        if p.role in ("oblique", "of") and not p.context and _heads_its_phrase(parts, p.unit, here):
            if p.prep in ("in", "with", "through", "by", "under", "via"):
                return Hold("through", verb.level, here)
            if p.prep in ("at", "for", "during", "on"):
                return Hold("at", verb.level, here)
    for at in sorted(here):
        p = parts[at]
        if p.role == "clause" and opener(parts, p.unit) in ("when", "as", "while"):
            return Hold("clause", verb.level, here)
        if (
            p.role in ("complement", "clause")
            and p.prep in ("in", "through", "by")
            and is_strong(parts, here)
        ):
            return Hold("through", verb.level, here)
        if p.role == "apposition" and p.pos in ("NOUN", "PROPN", "NUM"):
            return Hold("subject", verb.level, here)
    return None


def opener(parts: Sequence[Part], unit: int) -> str | None:
    """The word with which a clause leans on the number's or the date's own: "when"."""
    return next((p.prep for p in parts if p.unit == unit and p.is_head), None)


def is_strong(parts: Sequence[Part], here: Collection[int]) -> bool:
    """Whether a happening is named by a number of its own, which no topic can tell from another: "resolution
    2328 *on monitors for Aleppo*"."""
    return any(parts[at].pos == "NUM" and len(parts[at].lemma) >= 4 for at in here)


def _heads_its_phrase(parts: Sequence[Part], unit: int, here: Collection[int]) -> bool:
    """Whether a phrase is the happening, or a round, a start, an end of it, and not a film about it."""
    heads = [at for at, p in enumerate(parts) if p.unit == unit and p.is_head]
    phases = neutral_words("phase of a happening")
    return not heads or any(at in here or stem(parts[at].lemma) in phases for at in heads)


def read(claim: Claim) -> tuple[Sequence[Part], Sequence[Concepts]]:
    """The parts of a claim and their concepts."""
    parts = (claim.proposition or Proposition()).parts
    return parts, of_parts(parts)


# ----------------------------------------------------------------------------------------------------
# What a dated clause says beside the happening: where it was, who came, which of its days, and of what
# else.
#
# "Convened by Russia, the talks opened in Tarn": Russia is no place of theirs, Tarn is. "The first day of
# the talks was 3 May" dates their beginning; "SAMS was founded in its present form in 2007" dates no
# founding.

LEAD = 40
"""Characters beside a date or a name in which the words stand that make it that of something else."""


def says_where(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place of a clause is where something was, and not whose it was: "convened by *Russia*", "the
    *Russia*-led talks"."""
    if not named:
        return True
    last = parts[max([at for at in named if not parts[at].context] or named)]
    if last.context and last.role in ("clause", "relative", "apposition"):
        return False
    if last.role in ("modifier", "noun", "of") or last.prep == "of":
        return last.is_head
    if last.role == "subject" and last.prep is None:
        return any(stem(p.lemma) in stem_set("hosting") for p in parts if p.role == "predicate")
    return True


def ends_it(row: ReferenceRow, parts: Sequence[Part], verb: Part | None) -> bool:
    """Whether a verb says that what lasts ended: the curfew was *lifted*, the strike *called off*; not where
    the row is of that end itself ("the lifting of the curfew")."""
    if verb is None:
        return False
    own = _stems_of(_names_of(row))
    behind = (p.lemma for p in parts if p.role == "particle" and p.level == verb.level)
    told = {stem(verb.lemma), *(stem(f"{verb.lemma} {particle}") for particle in behind)}
    ends = [r for r in deed_words() if r.name.startswith("ends of ") and r.may_be_of(own)]
    return any(told & r.verbs for r in ends if r.name != "ends of meetings") and not told & own


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


def is_only_numbered(mention: EventMention) -> bool:
    """Whether an ordinal alone says which of a series it was ("the fourth round"), and no name ("Geneva IV",
    "the third Tarn Book Fair")."""
    first, *others = WORD.findall(mention.text) or ("",)
    named = mention.how == "name" and all(word[0].isupper() for word in others)
    return mention.how in ("name", "number", "definite") and is_ordinal(first) and not named


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


def is_a_branch(parts: Sequence[Part], where: Collection[int]) -> bool:
    """Whether what stands behind the name of a body makes it a part of it: "the Guild in *Tarn*"."""
    units = {parts[at].unit for at in where if parts[at].role in ("subject", "noun")}
    last = max((parts[at].start for at in where), default=-1)
    return any(p.unit in units and p.start > last and p.prep in word_set("where") for p in parts)


def is_by(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place is that of who did it: "convened by *Russia*"."""
    return bool(named) and (parts[max(named)].role == "agent" or parts[max(named)].prep == "by")


def is_beside_it(parts: Sequence[Part], named: Collection[int]) -> bool:
    """Whether a place is that of what is only told beside: "adopted after weeks of fighting in *Tarn*"."""
    units = {parts[at].unit for at in named}
    return any(p.unit in units and p.prep in word_set("beside what happened") for p in parts)


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


def up_to_date(mention: EventMention, date: int, parts: Sequence[Part]) -> EventMention:
    """A happening without the date that ends its own name: "the Tarn strike *of 3 May 2016*". `date`: where
    that begins."""
    last = max((p.end for p in parts if mention.start <= p.start < date), default=mention.start)
    if mention.how != "name" or not mention.start < date < mention.end or last == mention.start:
        return mention
    return replace(mention, end=last)
