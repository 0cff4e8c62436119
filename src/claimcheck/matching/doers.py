"""Whose deed a claim tells of, against whose a row does; and who only says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from claimcheck.judging.relations import ActorMatch
from claimcheck.matching.accounting import (
    neutral_words,
    of_parts,
    once,
    set_aside,
    undergone,
    words_in,
)
from claimcheck.model import Claim, Part, Proposition, ReferenceRow
from claimcheck.names import WORD, Named, NameIndex, folded, key_of
from claimcheck.propositions import stem
from claimcheck.propositions import word_set as counting_words
from claimcheck.wording import stem_set, word_set

FORCES = frozenset(
    map(
        stem,
        [
            "force",
            "army",
            "military",
            "air",
            "government",
            "regime",
            "troop",
            "the",
            "of",
            "and",
            "group",
            "armed",
            "coalition",
            "state",
            "defence",
            "police",
            "militia",
            "security",
            "soldier",
            "warplane",
            "aircraft",
            "jet",
            "plane",
            "helicopter",
            "forces",
        ],
    )
)
"""Words of bodies under arms and of states, which tell no doer from another."""
_BEHIND_HEADS = frozenset({"of", "in", "for", "to", "on", "at", "against"})


class Doers:
    """Names of those who do deeds: organisations of gazetteers, and actors as tables write them."""

    def __init__(
        self,
        organisations: Iterable[tuple[str, str]],
        actors: Iterable[str],
        countries: Mapping[str, frozenset[str]],
    ) -> None:
        """`countries`: the outermost places of the rows of each actor."""
        self._actors = list(actors)
        self._countries = countries
        organisations = list(organisations)
        self._by_id: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, list[str]] = defaultdict(list)
        for name, key in organisations:
            self._names[key].append(name)
            self._by_id[key.rpartition(":")[2]].add(key)
        self._by_noun: dict[str, set[str]] = defaultdict(set)
        for name, key in organisations:
            self._by_noun[_head_of(name)].add(key)
        named = [(name, key, "organisation") for name, key in organisations]
        named += [(a, f"actor|{folded(a)}", "organisation") for a in self._actors]
        self.index = NameIndex(named)  # type: ignore[arg-type]

    def called(self, noun: str) -> frozenset[str]:
        """The organisations that a noun may mean, from its stem: "mission" the "UN mission in Tarn"; "the
        regime" may be any."""
        return frozenset() if noun in FORCES else frozenset(self._by_noun.get(noun, ()))

    def keys_of_row(self, row: ReferenceRow) -> frozenset[str]:
        """The keys under which a text may name the actor of a row."""
        return frozenset() if not row.actor else self.keys_of_actor(row.package, row.actor)

    def names_of_row(self, row: ReferenceRow) -> list[str]:
        """All names that a gazetteer has for the actor of a row."""
        return [name for key in self.keys_of_row(row) for name in self._names.get(key, ())]

    def words_of_row(self, row: ReferenceRow) -> frozenset[str]:
        """The words that tell the actor of a row from others, of all names that a gazetteer has for it."""
        return frozenset(word for name in self.names_of_row(row) for word in proper_words(name))

    def keys_of_actor(self, package: str, actor: str) -> frozenset[str]:
        """The keys under which a text may name an actor as a table writes it."""
        out: set[str] = set()
        for one in actor.split("|"):
            out |= self.index.lookup(one) | {f"actor|{folded(one)}"}
            out |= {k for k in self._by_id.get(one, ()) if k.startswith(key_of(package, ""))}
            out.add(key_of(package, one))
        return frozenset(out)


def _head_of(name: str) -> str:
    """The stem of the noun that says what a body is: "mission" of "UN mission in Tarn"."""
    words = [word.lower() for word in WORD.findall(name)]
    at = next((i for i, word in enumerate(words) if i and word in _BEHIND_HEADS), len(words))
    return stem(words[at - 1]) if words else ""


def speaker_parts(parts: Sequence[Part], deeds: Collection[int] = ()) -> frozenset[int]:
    """The words of who says it: subjects of verbs of telling, and agents ("reported by"), where these are
    named, or somebody who tells ("officials"), or what they tell befell others ("a clinic counted 31 people
    killed"); "a clinic reported 31 cases" tells of its own. `deeds`: verbs that tell nothing here ("police
    *released* 12 people")."""
    return _speakers(parts, deeds) if deeds else _all_speakers(parts)


@once
def _all_speakers(parts: Sequence[Part]) -> frozenset[int]:
    return _speakers(parts, ())


def _speakers(parts: Sequence[Part], deeds: Collection[int]) -> frozenset[int]:
    concepts = of_parts(parts)
    telling = {
        p.level
        for at, p in enumerate(parts)
        if p.role in ("predicate", "governor") and stem(p.lemma) in words_in("saying verbs")
        if at not in deeds and not concepts[at] & undergone()  # "*put* 12 people to death"
    }
    above = {p.level for p in parts if p.role == "governor" and stem(p.lemma) in words_in("saying verbs")}
    telling |= above
    out = {at for at, p in enumerate(parts) if p.level in above and p.role not in ("governor", "predicate")}
    for unit in {p.unit for p in parts if p.role in ("subject", "agent") and p.level in telling}:
        here = [at for at, p in enumerate(parts) if p.unit == unit]
        heads = [parts[at] for at in here if parts[at].is_head]
        named = any(parts[at].pos == "PROPN" for at in here if parts[at].prep in (None, "by"))
        tells = any(stem(h.lemma) in neutral_words("telling") for h in heads)
        number = any(h.lemma in counting_words("counting nouns") for h in heads)  # "the number was put at"
        shown = any(stem(h.lemma) in words_in("documents") for h in heads)  # "Union *figures* show"
        if not number and (named or tells or shown or (not heads)):
            out |= set(here)
    return frozenset(out) | _reckoned_by(parts) | _showing(parts)


def _showing(parts: Sequence[Part]) -> set[int]:
    """The words of documents that show a number, of who made them, and of who puts something at it: "*figures
    compiled by the Guild* show 12", "*economists* put the cost at 12"."""
    verbs = {p.level for p in parts if p.role == "predicate" and p.lemma in _SHOW and not p.context}
    put = {p.level for p in parts if p.lemma in _PUT}
    put &= {
        p.level for p in parts if p.role == "object" and p.is_head and p.lemma in word_set("put at so much")
    }
    units = {
        p.unit for p in parts
        if p.role == "subject" and p.is_head and not p.context
        and (p.level in put or (p.level in verbs and stem(p.lemma) in words_in("documents")))
    }  # fmt: skip
    return {at for at, p in enumerate(parts) if p.unit in units and p.pos != "ADJ"}  # not "*weekly* figures"


_PUT = frozenset({"put", "peg"})
_SHOW = frozenset({"show", "list", "reveal", "indicate", "contain", "document"})


@once
def telling_parts(parts: Sequence[Part]) -> frozenset[int]:
    """The verbs by which a speaker only tells of it: "the office *recorded* 12 deaths"."""
    levels = {parts[at].level for at in speaker_parts(parts) if parts[at].role in ("subject", "agent")}
    return frozenset(
        at
        for at, p in enumerate(parts)
        if p.role in ("predicate", "governor") and p.level in levels
        if stem(p.lemma) in words_in("saying verbs")
    )


def _reckoned_by(parts: Sequence[Part]) -> set[int]:
    """The words of whose count it is: "by the *organisers' reckoning*", "by the *count of rescuers*"."""
    out: set[int] = set()
    for unit in {p.unit for p in parts if p.prep in ("by", "on", "in") and not p.context}:
        here = [at for at, p in enumerate(parts) if p.unit == unit]
        heads = [parts[at] for at in here if parts[at].prep in ("by", "on", "in")]
        if any(stem(p.lemma) in stem_set("reckonings") for p in heads):
            out |= set(here)
    counts = {p.unit: p.start for p in parts if p.is_head and stem(p.lemma) in stem_set("reckonings")}
    return out | {  # "the *ministry's* count of them stands at 12"
        at
        for at, p in enumerate(parts)
        if p.start < counts.get(p.unit, 0)
        and p.role == "subject"
        and p.pos == "NOUN"
        and stem(p.lemma) in neutral_words("telling")
    }


def doer_parts(proposition: Proposition, deeds: Collection[int] = ()) -> frozenset[int]:
    """The words that say whose deed it was: "by …", the subject of a verb with an object, an owner."""
    parts = proposition.parts
    speakers = speaker_parts(parts, deeds)
    told = (p for p in parts if p.role == "attribute" and p.pos == "NOUN")
    deed_of = {p.unit for p in told if stem(p.lemma) in stem_set("doing")}  # "it was the *deed of rebels*"
    did = {p.level - 1 for p in parts if p.role == "governor" and p.lemma == "be"}
    singled_out = {p.level + 1 for p in parts if p.role == "predicate" and p.level in did}
    laid = any(p.role == "predicate" and p.lemma in ("blame", "pin", "attribute", "ascribe") for p in parts)
    out = set()
    for at, p in enumerate(parts):
        if at in speakers or p.prep == "between":
            continue
        by = p.role == "agent" or p.prep == "by" or (p.prep in ("on", "to") and p.role == "oblique" and laid)
        if p.context and not (by and p.role in ("relative", "clause", "apposition") and p.level <= 2):
            continue
        if (
            by
            or (p.role == "subject" and (not (p.level == 1 and proposition.passive)))
            or (p.role == "modifier" and p.level >= 1)
            or (p.role == "attribute" and (p.level in singled_out or (p.unit in deed_of and p.prep == "of")))
        ):
            out.add(at)
    return frozenset(out)


def match_subject(
    parts: Sequence[Part],
    names: Sequence[Named],
    row_keys: frozenset[str],
    own: Sequence[Named],
    speakers: frozenset[int],
) -> tuple[ActorMatch, frozenset[int]]:
    """How the body whose number a claim gives meets that of a row ("the CDU won 200 seats"), and the parts
    that name bodies. `own`: those that stand bare before the number, which then are its own alone;
    `speakers`: the parts that tell who says it."""

    def where(n: Named) -> frozenset[int]:
        return frozenset(
            at
            for at, p in enumerate(parts)
            if n.start <= p.start < n.end and at not in speakers and (p.level < 9 or own)
            and (not p.context or own or p.role in ("subject", "agent"))
        )  # fmt: skip

    found = [(n, here) for n in names if (here := where(n))]
    said = frozenset(at for _, here in found for at in here)
    core = [n for n, here in found if any(not parts[at].context for at in here)]
    asked = [n for n in own if any(n.start == m.start for m in names)] or core or [n for n, _ in found]
    if not asked:
        return ("row_only" if row_keys else "none"), frozenset()
    if any(n.keys & row_keys for n in asked):
        return ("same" if all(n.keys & row_keys for n in asked) else "doubtful"), said
    return ("mismatch" if row_keys else "claim_only"), said if row_keys else frozenset()


def proper_words(name: str) -> frozenset[str]:
    """The stems of the words of a name that tell it from others, cut so that "Russian" is "Russia"."""
    words = [w for w in WORD.findall(name) if len(w) > 1 and not w[0].islower()]
    return frozenset(one[:5] for one in map(stem, words) if one not in FORCES)


def _is_called_alike(name: frozenset[str], actor: str, theirs: frozenset[str]) -> bool:
    """Whether the words of a name are those of an actor's names: "the Syrian air force" of "Syrian forces";
    but a youth orchestra is no other orchestra."""
    own = proper_words(actor)
    return bool(name & theirs) and (name <= theirs or (bool(own) and own <= name))


def match_doer(
    claim: Claim,
    names: Sequence[Named],
    row_keys: frozenset[str],
    row: ReferenceRow,
    people: frozenset[int],
    is_deed: bool = True,
    names_of_row: frozenset[str] = frozenset(),
    deeds: Collection[int] = (),
) -> tuple[ActorMatch, frozenset[int]]:
    """How the doer of a claim meets that of a row, and the parts that name it. `names`: organisations and
    actors that the sentence names; `people`: the parts that say whose people or things ("Russian troops", but
    "Russian rebels" are no Russian army); `names_of_row`: the words of the names of the row's actor; `deeds`:
    verbs that say what was done, and not that somebody tells of it."""
    proposition = claim.proposition or Proposition()
    parts = proposition.parts
    apart = set_aside(parts)
    here = doer_parts(proposition, deeds) - apart
    theirs = proper_words(row.actor or "") | names_of_row
    did_not = {n.text for n in names if any(n.start <= parts[at].start < n.end for at in apart)}
    people_apart = {stem(parts[at].lemma)[:5] for at in apart & people}
    if row.actor and (people_apart | {w for text in did_not for w in proper_words(text)}) & theirs:
        return "mismatch", here  # "bandits, not the Syrian army, did it"
    named: list[tuple[bool, frozenset[int]]] = []
    for n in names:
        within = frozenset(at for at in here if n.start <= parts[at].start < n.end)
        if within:
            same = bool(n.keys & row_keys) or _is_called_alike(proper_words(n.text), row.actor or "", theirs)
            named.append((same, within))
    taken = frozenset(at for _, found in named for at in found)
    others = False
    for at in here & people - taken:
        if parts[at].role in ("subject", "agent", "relative", "modifier"):
            heads = [p for p in parts if p.unit == parts[at].unit and p.is_head and p.pos != "VERB"]
            armed = FORCES | neutral_words("means") | stem_set("deeds")
            are_forces = all(p is parts[at] or stem(p.lemma) in armed for p in heads)
            theirs_too = stem(parts[at].lemma)[:5] in theirs
            if theirs_too and not are_forces:
                others = True
                continue  # "Syrian rebels" are not the Syrian army
            named.append((theirs_too, frozenset({at})))
    if others:
        return "doubtful", frozenset(at for at in here if at in people)
    said = frozenset(at for _, found in named for at in found)
    elsewhere = frozenset(
        at
        for at, p in enumerate(parts)
        if not p.context
        and (
            not p.is_head
            or p.role in ("subject", "agent", "noun", "of")
            or p.prep in ("by", "of", "from", None)
        )
        and any(n.start <= p.start < n.end for n in names if n.keys & row_keys)
    ) - speaker_parts(parts)
    if not row.actor:
        return ("claim_only" if named and is_deed else "none"), said if is_deed else frozenset()
    if named and all(same for same, _ in named):
        return "same", said | elsewhere
    if named:
        return ("doubtful" if any(same for same, _ in named) else "mismatch"), said
    if elsewhere:
        return "same", elsewhere
    return _without_names(claim, row.actor, here, theirs, names_of_row)


def _without_names(
    claim: Claim,
    actor: str,
    here: frozenset[int],
    theirs: frozenset[str],
    names_of_row: frozenset[str],
) -> tuple[ActorMatch, frozenset[int]]:
    """How the doer of a claim that no name tells meets that of a row: by a word of its name or by its side.
    The parameters are those of `match_doer`; `here` are the parts that say whose deed it
    was."""
    proposition = claim.proposition or Proposition()
    parts = proposition.parts
    alike = frozenset(at for at in here if stem(parts[at].lemma)[:5] in theirs and parts[at].pos == "PROPN")
    if alike:
        return "same", alike
    own_side = frozenset(at for at in here if _has_any(_side_of(parts[at]), actor, names_of_row))
    if own_side:
        return "same", own_side  # "the *army*", of "Government forces"
    if any(is_of_other_side(parts[at], actor, names_of_row) for at in here):
        return "doubtful", frozenset()
    told = set() if claim.actor is None else {stem(w) for w in WORD.findall(claim.actor.text)}
    proper = {stem(p.lemma) for p in parts if p.pos == "PROPN"} & told
    words = frozenset(one[:5] for one in proper - FORCES) if _does(proposition) else frozenset()
    if words and not speaker_parts(parts):
        return ("same" if words & theirs else "doubtful"), frozenset()
    return "row_only", frozenset()


def is_of_other_side(part: Part, actor: str, names: frozenset[str] = frozenset()) -> bool:
    """Whether a word tells of a side ("*government* aircraft", "*rebels*") of which an actor, as a table
    writes it, is not. `names`: the words of the actor's other names."""
    words = _side_of(part)
    return bool(words) and not _has_any(words, actor, names)


def _side_of(part: Part) -> frozenset[str]:
    """The words for the side that a bare word tells of: none where it tells of none."""
    if part.pos != "NOUN" or part.prep not in (None, "by"):
        return frozenset()
    sides = (stem_set(side) for side in ("the state's side", "the rebels' side"))
    return next((words for words in sides if stem(part.lemma) in words), frozenset())


def _has_any(words: frozenset[str], actor: str, names: frozenset[str]) -> bool:
    theirs = {stem(w) for w in WORD.findall(actor)} | names
    return any(w in theirs or w[:5] in theirs for w in words)


def _does(proposition: Proposition) -> bool:
    """Whether what is told was done to those whom the number counts, by somebody else."""
    return proposition.role in ("object", "patient")
