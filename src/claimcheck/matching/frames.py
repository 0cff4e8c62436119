"""What a measure of a table says: entries of concepts, from its vocabulary, its sentences and its name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claimcheck.claims.reading import read
from claimcheck.matching.accounting import (
    Concepts,
    contradicted,
    counted_beside,
    in_classes,
    manners_in,
    neutral_words,
    of_parts,
    of_text,
    of_word,
    phrases_in,
    tells_no_measure,
    undergone,
    words_in,
)
from claimcheck.matching.doers import speaker_parts
from claimcheck.model import Claim, Document, Part, Proposition, Reading
from claimcheck.names import WORD
from claimcheck.propositions import root, same_deed, stem
from claimcheck.wording import stem_set, word_set

# ----------------------------------------------------------------------------------------------------
# The sentences of a vocabulary, read by the same eyes as a text: "{n} patients were evacuated from
# {place}".
#
# A name stands in for each slot and a number for `{n}`; the proposition of that number says what the
# measure counts, which words tell it, and behind which preposition each slot stands.

_NUMBER = "47"
_STANDS_IN = {"place": "Norway", "actor": "Oxfam", "origin": "Sweden", "destination": "Finland"}


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence as it was read. `needs`: what a text must say to tell the measure, each need in one of its
    concepts; `told`: these words as they stand; `counted`: the lemma of the noun that the number counts;
    `passed`: words that need not be said ("stands at"); `explains`: stems of all of them, each with the role
    in which it is explained; `behind`: the preposition before each slot, None where it has none."""

    sentence: str
    needs: tuple[Concepts, ...]
    told: tuple[str, ...]
    counted: str | None
    passed: tuple[str, ...]
    explains: frozenset[tuple[str, str]]
    behind: Mapping[str, str | None]

    @property
    def understood(self) -> str:
        """What was read, in plain words.

        Example:
            >>> Saying("…", (), ("evacuate",), "patient", (), frozenset(), {"place": "from"}).understood
            'counts “patient”; says “evacuate”; place behind “from”'
        """
        out = [f"counts “{self.counted}”"] if self.counted else ["counts nothing by name"]
        out += ["says " + " with ".join(f"“{word}”" for word in self.told)]
        for slot, preposition in self.behind.items():
            out += [f"{slot} behind “{preposition}”" if preposition else f"{slot} without a preposition"]
        out += [f"passes over {_listed(self.passed)}"] if self.passed else []
        return "; ".join(out)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words)


def read_sayings(sentences: Sequence[str]) -> list[Saying | str]:
    """Each sentence as it was read, or why it cannot be."""
    return list(_read_sayings(tuple(sentences)))


@lru_cache(maxsize=256)
def _read_sayings(sentences: tuple[str, ...]) -> tuple[Saying | str, ...]:
    """Kept: whoever opens the same package again, as the desk does after each run, reads nothing."""
    documents = [Document(id=str(at), text=_filled(sentence)) for at, sentence in enumerate(sentences)]
    return tuple(_saying(s, reading) for s, reading in zip(sentences, read(documents), strict=True))


def _filled(sentence: str) -> str:
    filled = sentence.strip().replace("{n}", _NUMBER)
    for slot, name in _STANDS_IN.items():
        filled = filled.replace(f"{{{slot}}}", name)
    return filled[:1].upper() + filled[1:] + ("" if filled[-1:] in ".!?" else ".")


def _saying(sentence: str, reading: Reading) -> Saying | str:
    filled = _filled(sentence)
    at = filled.find(_NUMBER)
    found = [c for c in reading.claims if c.quantity is not None and c.quantity.start == at]
    if not found:
        why = next((m.reason for m in reading.mentions if m.start <= at < m.end and m.reason), None)
        return f"{{n}} is read as {why}" if why else "no statement about {n} is read in it"
    claim = found[0]
    if claim.hedge == "question" or filled.endswith("?"):
        return "a question states nothing; write what a text states"
    if not claim.asserted or claim.proposition is None:
        return "it is not stated as a fact (a plan, a condition, a denial); write what a text states"
    return _of(sentence, claim, filled)


def _of(sentence: str, claim: Claim, filled: str) -> Saying | str:
    assert claim.proposition is not None
    parts = claim.proposition.parts
    slots = {filled.find(name): slot for slot, name in _STANDS_IN.items() if f"{{{slot}}}" in sentence}
    behind = {slots[p.start]: p.prep for p in parts if p.start in slots}
    if lost := [slot for slot in slots.values() if slot not in behind]:
        return f"{{{lost[0]}}} is not read as a name of its own; put it behind a preposition, or first"
    some = manners_in(parts)  # "executed for *murder*" is met by no other way to die
    needs = (
        c - {frame for frame, said in some.items() if stem(p.lemma) in said}
        for p, c in zip(parts, of_parts(parts), strict=True)
    )
    number = filled.find(_NUMBER)  # the parser may take it for a verb of its sentence
    words = [(p, c) for p, c in zip(parts, needs, strict=True) if p.start not in {*slots, number}]
    if aside := [p.lemma for p, _ in words if p.context]:
        return f"“{aside[0]}” stands in a clause beside that of {{n}}; write one plain clause"
    head = next((p for p, _ in words if p.role == "head" and p.is_head), None)
    is_name = all(p.level == 0 and p.role in ("head", "modifier") for p, _ in words)
    chosen = (
        [(p, c) for p, c in words if is_name or (p is not head and _tells(p, c))]
        or [(p, c) for p, c in words if p is head]
        or [(p, c) for p, c in words if p.pos == "NOUN" and stem(p.lemma) not in words_in("nouns of numbers")]
    )
    if not chosen:
        return "none of its words says what is measured"
    return Saying(
        sentence,
        tuple(c for _, c in chosen),
        tuple(p.lemma for p, _ in chosen),
        None if head is None else head.lemma,
        tuple(p.lemma for p, _ in words if p is not head and all(p is not q for q, _ in chosen)),
        frozenset((stem(p.lemma), p.role) for p, _ in words),
        behind,
    )


def _tells(part: Part, concepts: Concepts) -> bool:
    """Whether a word of a sentence says what is measured: not "stands at", "there are", "in total"."""
    if stem(part.lemma) in neutral_words("being"):
        return False
    return not tells_no_measure(part) or any(one.startswith("=") for one in concepts)


# ----------------------------------------------------------------------------------------------------
# What a measure of a table says: entries of concepts, from its vocabulary and its name.
#
# An entry is met where each of its concepts is said. One of them must stand where the number is: in its
# phrase, its predicate, or a noun it hangs on. A measure that something befalls people ("civilians killed")
# is met only where the text says that it befell those whom the number counts.


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One way in which texts tell a measure: concepts, each of which must be said."""

    package: str
    measure: str
    needs: tuple[Concepts, ...]
    from_name: bool = False
    origin: bool = False  # what is counted comes from the place
    saying: Saying | None = None  # the sentence that it was read from


@dataclass(frozen=True, slots=True)
class MeasureFit:
    """A measure that a claim may speak of: which parts its words explain, and what they are. `counts`: stems
    of the nouns that its package counts as its unit; `behind`: prepositions of its sentences' places."""

    package: str
    measure: str
    explained: frozenset[int]
    concepts: Concepts
    words: int
    missing: tuple[str, ...] = ()
    counts: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


def _told(sayings: Mapping[tuple[str, str], Sequence[Saying]]) -> list[Entry]:
    """The entries of sentences, and of the names of the measures that have some."""
    out = []
    for (package, measure), found in sayings.items():
        out += entries([(package, measure, measure.replace("_", " "))]) if found else []
        out += [Entry(package, measure, one.needs, saying=one) for one in found]
    return out


def entries(words: Iterable[tuple[str, str, str]]) -> list[Entry]:
    """The entries of all vocabularies and of the measures' own names. `words`: (package, measure, words)."""
    out: dict[tuple[str, str, tuple[Concepts, ...]], Entry] = {}
    names: dict[tuple[str, str], None] = {}
    for package, measure, text in words:
        names[package, measure] = None
        origin = bool({"from", "origin"} & set(text.lower().split()) or "origin" in measure.lower().split())
        for needs in _needs(text):
            out.setdefault((package, measure, needs), Entry(package, measure, needs, origin=origin))
    for package, measure in names:
        for needs in _needs(measure.replace("_", " ")):
            origin = "origin" in measure.lower().split()
            out.setdefault((package, measure, needs), Entry(package, measure, needs, True, origin))
    return list(out.values())


@lru_cache(maxsize=1 << 12)
def _needs(said: str) -> tuple[tuple[Concepts, ...], ...]:
    """The concepts that a phrase asks for, word by word; of a phrase of a frame also that frame alone, and of
    "people killed" and "number of graves" what is left without the general noun."""
    words = [w for w in WORD.findall(said) if w.lower() not in word_set("small words of measures")]
    if not words:
        return ()
    special = [w for w in words if root(w) not in stem_set("general nouns")]
    return tuple(dict.fromkeys(need for chosen in (words, special) if chosen for need in _asked(chosen)))


def _asked(words: Sequence[str]) -> Iterator[tuple[Concepts, ...]]:
    roots = [root(w) for w in words]
    yield tuple(of_word(w) for w in words)
    for phrase in phrases_in(roots):
        if not phrase.is_manner:
            rest = tuple(of_word(w) for w, s in zip(words, roots, strict=True) if s not in phrase.own)
            yield frozenset({phrase.frame}), *rest


class Measures:
    """The measures of all packages, found by what a claim says."""

    def __init__(
        self,
        words: Iterable[tuple[str, str, str]],
        sayings: Mapping[tuple[str, str], Sequence[Saying]] | None = None,
        counts: Mapping[tuple[str, str], Iterable[str]] | None = None,
        types: Mapping[tuple[str, str], str | None] | None = None,
    ) -> None:
        """`words`: (package, measure, words) of vocabularies; `sayings`: their sentences as they were read;
        `counts`: the nouns that count as the unit, and `types`: stock, flow …, each by (package, measure)."""
        self._types = types or {}
        self._entries = entries(words) + _told(sayings or {})
        self._counts = {key: frozenset(map(stem, nouns)) for key, nouns in (counts or {}).items()}
        for entry in self._entries:
            if entry.saying is not None and entry.saying.counted is not None:
                key = (entry.package, entry.measure)
                self._counts[key] = self._counts.get(key, frozenset()) | {stem(entry.saying.counted)}
        self._by_concept: dict[str, list[Entry]] = defaultdict(list)
        self._beside: dict[tuple[str, str], Concepts] = {}
        for entry in self._entries:
            for need in entry.needs:
                for one in need:
                    self._by_concept[one].append(entry)

    def fits(self, proposition: Proposition, heading: Concepts = frozenset()) -> list[MeasureFit]:
        """The measures whose words the proposition says, with what they explain of it."""
        parts = proposition.parts
        concepts = of_parts(parts)
        said: dict[str, list[int]] = defaultdict(list)
        speakers = speaker_parts(parts)
        told = {parts[at].level for at in speakers}
        spoken = {c for at in speakers for c in concepts[at]}  # "attacks documented by the *Commission*"
        for at, found in enumerate(concepts):
            telling = parts[at].role in ("predicate", "governor") and parts[at].level in told
            if proposition.role == "object" and parts[at].level == 1:
                telling = False  # "conceded 79": what it did, where a measure has that word
            if (
                is_beside(parts[at])
                or at in speakers
                or (telling and stem(parts[at].lemma) in words_in("saying verbs"))
            ):
                continue
            for one in found:
                said[one].append(at)
        told_at_all = said.keys() | heading
        seen: set[Entry] = set()
        best: dict[tuple[str, str], MeasureFit] = {}
        for one in sorted(said):
            for entry in self._by_concept.get(one, ()):
                if entry in seen:
                    continue
                seen.add(entry)
                unmet = [need for need in entry.needs if need.isdisjoint(told_at_all)]
                if unmet and (not _names_who_tells(entry) or any(need.isdisjoint(spoken) for need in unmet)):
                    continue
                fit = self._fit(entry, proposition, said, concepts, heading)
                if fit is None:
                    continue
                key = (entry.package, entry.measure)
                before = best.get(key)
                if before is None:
                    best[key] = fit
                else:
                    best[key] = replace(
                        before, explained=before.explained | fit.explained, behind=before.behind | fit.behind,
                        concepts=before.concepts | fit.concepts, words=max(before.words, fit.words),
                    )  # fmt: skip
        if heading:
            for entry in self._told_by(heading):
                if (entry.package, entry.measure) in best or entry in seen:
                    continue
                if all(need & heading for need in entry.needs) and not entry.from_name:
                    best[entry.package, entry.measure] = MeasureFit(
                        entry.package, entry.measure, frozenset(), heading, len(entry.needs),
                        counts=self._counts.get((entry.package, entry.measure), frozenset()),
                    )  # fmt: skip
        return list(best.values())

    def needs_of(self, package: str, measure: str) -> list[tuple[Concepts, ...]]:
        """What each way to tell a measure needs."""
        return [e.needs for e in self._entries if (e.package, e.measure) == (package, measure)]

    def _told_by(self, heading: Concepts) -> list[Entry]:
        """The entries that a heading has a part in, in their order, and those that need nothing."""
        touched = {entry for one in heading for entry in self._by_concept.get(one, ())}
        return [entry for entry in self._entries if entry in touched or not entry.needs]

    def _verbs_beside(self, entry: Entry) -> Concepts:
        """What the measures that share a word of the name say, but for what befalls somebody: of "electricity
        from wind" and "electricity generation" it is told that it is generated."""
        key = (entry.package, entry.measure)
        if key not in self._beside:
            name = _name(entry.measure)
            if name & undergone():
                self._beside[key] = frozenset()
                return frozenset()
            needs = [need for e in self._entries if (e.package, e.measure) == key for need in e.needs]
            own = name.union(*needs)
            has_its_own = any(need.isdisjoint(name) for need in needs) or any(map(same_deed, name))
            by_others = not has_its_own  # refusals are told by "reject", and by no verb of grants
            told = frozenset(
                c
                for e in self._entries
                if e.package == entry.package
                and e.measure != entry.measure
                and (_name(e.measure) & name if by_others else _name(e.measure) <= name)
                and self._types.get((e.package, e.measure)) == self._types.get(key)  # no clearing of a stock
                for need in e.needs
                if not contradicted(need, own)  # what is pledged is not delivered
                for c in need
            )
            self._beside[key] = told - undergone()
        return self._beside[key]

    def _fit(
        self,
        entry: Entry,
        proposition: Proposition,
        said: dict[str, list[int]],
        concepts: Sequence[Concepts],
        heading: Concepts,
    ) -> MeasureFit | None:
        parts = proposition.parts
        if entry.origin and not any(p.prep == "from" for p in parts):
            return None
        explained: set[int] = set()
        near = carried = False
        met = 0
        for need in entry.needs:
            where = {at for one in need for at in said.get(one, ())}
            if not where and not need & heading:
                spoken = (at for at, p in enumerate(parts) if p.role == "subject")
                where = {at for at in spoken if concepts[at] & need}
                if not where:
                    return None
            explained |= where
            met += bool(where)
            carried = carried or not where
            near = near or any(_is_near(parts[at].level, parts[at].role, parts[at].context) for at in where)
        if not near or (carried and entry.from_name):
            return None
        told = frozenset(c for need in entry.needs for c in need)
        name = _name(entry.measure)
        befell = (name | told) & undergone()
        if befell and (len(entry.needs) == 1 or told & undergone()):
            there = [at for at, found in enumerate(concepts) if found & befell and not is_beside(parts[at])]
            core = [at for at in there if not parts[at].context]
            others = any(found & undergone() and not parts[at].context for at, found in enumerate(concepts))
            there = core or ([] if others else there)
            if not there and not heading & befell:
                return None
            if not any(_undergoes(proposition, at) for at in there) and not heading & befell:
                return None
            explained |= set(there)
        by_name = {at for at, found in enumerate(concepts) if found & name}
        verbs = self._verbs_beside(entry)
        by_name |= {at for at, p in enumerate(parts) if p.role == "predicate" and concepts[at] & verbs}
        counts = self._counts.get((entry.package, entry.measure), frozenset())
        by_sentence = _said_by_sentence(entry.saying, parts, counts)
        behind = () if entry.saying is None else (p for p in entry.saying.behind.values() if p is not None)
        return MeasureFit(
            entry.package, entry.measure, frozenset(explained | by_name | by_sentence), told | name,
            met + entry.origin + any(parts[at].role == "head" for at in by_sentence),
            counts=counts | counted_beside(name), behind=frozenset(behind),
        )  # fmt: skip


def _said_by_sentence(saying: Saying | None, parts: Sequence[Part], counts: frozenset[str]) -> set[int]:
    """The parts that a sentence of the vocabulary explains: the noun that the number counts, and words that
    the sentence has in the same role ("*came* away with 9 medals")."""
    if saying is None:
        return set()
    return {
        at
        for at, p in enumerate(parts)
        if not p.context
        and (
            (stem(p.lemma), p.role) in saying.explains
            or (p.role == "head" and p.is_head and stem(p.lemma) in counts)
        )
    }


@lru_cache(maxsize=1 << 12)
def _name(measure: str) -> Concepts:
    """What a measure's name says, without the words that say nothing."""
    words = (
        w
        for w in WORD.findall(measure.replace("_", " "))
        if w.lower() not in word_set("small words of measures")
    )
    return of_text(" ".join(words))


@lru_cache(maxsize=1 << 12)
def _names_who_tells(entry: Entry) -> bool:
    """Whether an entry says that something was told, and by whom: "commission documents attack"."""
    return len(entry.needs) > 2 and any(need & words_in("saying verbs") for need in entry.needs)


def is_beside(part: Part) -> bool:
    """Whether a part belongs to another clause or an aside, which tells of something else."""
    return part.context and (part.role in ("clause", "apposition", "relative") or part.level == 9)


def _is_near(level: int, role: str, context: bool) -> bool:
    if (level == 0 and not context) or role == "heading":
        return True
    if role in ("predicate", "noun", "attribute") and level <= 3:
        return True
    return (
        level <= 2
        and not context
        and role
        in (
            "subject",
            "agent",
            "object",
            "complement",
            "relative",
            "governor",
            "oblique",
            "modifier",
            "adverb",
            "of",
            "particle",
            "heading",
        )
    )


def _undergoes(proposition: Proposition, at: int) -> bool:
    """Whether what a part says befell those whom the number counts: not in "12 soldiers killed three"."""
    part = proposition.parts[at]
    if part.role != "predicate":
        return True
    if proposition.role == "subject":
        if proposition.passive:
            return False
        return not any(
            p.role == "object"
            and p.level == part.level
            and not p.context
            and p.is_head
            and stem(p.lemma) not in in_classes()
            and p.lemma not in ("life", "hunger", "wound", "injury")
            for p in proposition.parts
        )
    return True
