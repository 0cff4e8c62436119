"""Every word accounted for: which words are one, which nothing explains, what a number counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache, wraps
from itertools import product
from typing import Any, Literal, NamedTuple, TypeVar

from claimcheck import lexicon
from claimcheck.judging.relations import comparable, dimension_of, unit_named
from claimcheck.linking.concepts import contrasts
from claimcheck.model import Mention, Part, ReferenceRow
from claimcheck.names import WORD
from claimcheck.propositions import DETERMINING, root, stem
from claimcheck.wording import stem_set as stem_set
from claimcheck.wording import word_set as word_set

# ----------------------------------------------------------------------------------------------------
# What several ask of the same proposition, found once while its batch is linked.

Found = TypeVar("Found")

_MOST = 1 << 15  # propositions that are kept, where nobody says that a batch is done
_kept: dict[int, tuple[Sequence[Part], dict[object, Any]]] = {}  # no other has an id while its parts are here


def once(find: Callable[[Sequence[Part]], Found]) -> Callable[[Sequence[Part]], Found]:
    """The function, which does not look at the very same parts again before they are forgotten.

    Example:
        >>> heads = once(lambda parts: [p for p in parts if p.is_head])
        >>> parts = ()
        >>> heads(parts) is heads(parts)
        True
    """

    @wraps(find)
    def remembered(parts: Sequence[Part]) -> Found:
        kept = _kept.get(id(parts))
        if kept is None:
            if len(_kept) >= _MOST:
                _kept.clear()
            kept = _kept[id(parts)] = parts, {}
        found: Found
        if find in kept[1]:
            found = kept[1][find]
        else:
            found = kept[1][find] = find(parts)
        return found

    return remembered


def forget() -> None:
    """Drop what was found: the next batch has other propositions."""
    _kept.clear()


# ----------------------------------------------------------------------------------------------------
# Every word accounted for: which words of a proposition nothing explains.
#
# A word is explained by the measure or the happening, by a label of the row, by a name that fills a slot
# (place, doer, speaker), or because it narrows nothing where it stands (data/neutral_words.toml). All
# others forbid a verdict, and are named.


_NUMBERS = dict(
    zip(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        range(1, 13),
        strict=True,
    )
)


def number_said(word: str) -> int | None:
    """The number that a small number word or a row of digits says.

    Example:
        >>> number_said("three"), number_said("12"), number_said("dozen")
        (3, 12, None)
    """
    return _NUMBERS.get(word) or (int(word) if word.isdigit() else None)


@cache
def neutral_words(slot: str) -> frozenset[str]:
    """The stems of the words that may stand unexplained in a slot."""
    return frozenset(
        stem(word) for row in lexicon.load("neutral_words") if slot in row["slots"] for word in row["words"]
    )


@cache
def words_in(row_id: str) -> frozenset[str]:
    """The stems of a row of data/neutral_words.toml."""
    return frozenset(
        stem(w) for row in lexicon.load("neutral_words") if row.id == row_id for w in row["words"]
    )


@cache
def counted_words(row_id: str) -> frozenset[str]:
    """The stems of a class of data/counted_nouns.toml."""
    return frozenset(
        stem(w) for row in lexicon.load("counted_nouns") if row.id == row_id for w in row["words"]
    )


def is_neutral(part: Part, more: frozenset[str] = frozenset(), role: str | None = None) -> bool:
    """Whether a part narrows nothing in its slot: "a *total* of", "*said* on Monday", "in the *country*".
    `more`: further slots whose words count ("incident", "share"); `role`: a slot other than its own."""
    if part.context or part.pos == "NUM":
        return True
    if part.pos == "TIME":
        return False  # "12 died in 2023 *overnight*"
    role = role or part.role
    if role == "relative" and part.prep is not None and part.pos == "NOUN":
        role = "oblique"  # "those killed *in the country*"
    if role == "heading":
        return any(stem(part.lemma) in neutral_words(slot) for slot in _HEADING)
    if part.pos == "PRON":
        return (
            "doer" not in more or role == "relative" or part.lemma in word_set("pronouns of tellers")
        )  # "those *who* had fled" names nobody
    if role == "attribute" and stem(part.lemma) in words_in("what a number was among others"):
        return True  # "were the *most* since 2008"
    if part.lemma in DETERMINING:
        return part.lemma == "only" and role == "adverb"
    one = stem(part.lemma)
    if part.prep == "to" and one in stem_set("brought to"):
        return False
    if part.pos == "NOUN" and one in words_in("parts of names"):
        return False  # no "*ashes*" are al-Fadli's
    if part.pos == "PROPN" and not part.is_head and part.prep in word_set("where"):
        return one in words_in("parts of names")  # "in *New* Tarn"
    if any(one in neutral_words(slot) and _may_stand(slot, part, role) for slot in more):
        return True
    if one in neutral_words(role):
        return True
    if part.pos == "ADV" and one in neutral_words("adverb"):
        return True
    if (
        part.pos in ("ADJ", "VERB")
        and role not in ("modifier", "predicate")
        and one in neutral_words("modifier")
    ):
        return True
    if part.pos in ("VERB", "AUX") and role not in ("predicate", "governor", "head"):
        return one in neutral_words("predicate") | neutral_words("befalling")  # "the Arvian-*led* talks"
    return False


def tells_no_measure(part: Part) -> bool:
    """Whether a word tells nothing of what is measured, though of some measures it would say too much: a verb
    of saying or befalling, "the *fighting*"."""
    return is_neutral(part, _OF_ANYTHING, "governor" if part.role == "predicate" else part.role)


def tells_nothing(part: Part) -> bool:
    """Whether a word beside a clause would narrow nothing within it."""
    inside, roles = replace(part, context=False), ("governor", "predicate", "adverb", "oblique", None)
    return any(is_neutral(inside, _OF_ANYTHING, role) for role in roles)


_OF_ANYTHING = frozenset({"fighting", "people"})
_PHRASES = ("oblique", "subject", "attribute", "agent")
_BASES = frozenset({"of", "head", "modifier", "noun"})
_HEADING = ("modifier", "subject", "object", "of", "oblique", "noun", "adverb", "head", "heading")


def _may_stand(slot: str, part: Part, role: str) -> bool:
    """Whether the words of a further slot count in a role: the base of a share, a scene of an incident, which
    is where it was ("in a house") and not who did it ("by houses"); by whom something was made or counted,
    which harms nobody ("by plants")."""
    if slot == "share":
        return role in _BASES or (role == "oblique" and part.level == 0)  # "seven in ten *children*"
    if slot == "incident" and role == "agent":
        return part.prep not in ("by", None)
    if slot == "maker":
        return role == "agent"
    if slot == "fighting" and part.prep in word_set("on one side of") | word_set("about it"):
        return False  # "*before the war*", "films *about the war*"
    if (slot in _OF_VERBS) != (role in ("predicate", "governor")):
        return False  # "12 goats *built*" is no building
    return role != "head" or slot == "suspected"


_OF_VERBS = ("changed", "amount", "reached", "befalling", "people", "spoken of", "outcome", "ending", "rate")


@once
def governing(parts: Sequence[Part]) -> frozenset[int]:
    """The predicates that govern another verb of their clause ("declined to *sign*") and may take it back."""
    levels = {
        p.level for p in parts if p.role == "complement" and p.is_head and p.pos == "VERB" and not p.context
    }
    return frozenset(at for at, p in enumerate(parts) if p.role == "predicate" and p.level in levels)


@once
def only_about(parts: Sequence[Part]) -> frozenset[int]:
    """The subjects that are only about what is named: "a *film* about the siege opened", also where the
    parse takes the verb for one of the siege."""
    units = {p.unit for p in parts if p.prep in word_set("told about") and not p.context}
    alone = all(p.role != "governor" for p in parts)
    return frozenset(
        at
        for at, p in enumerate(parts)
        if p.is_head
        and p.pos == "NOUN"
        and (
            (p.unit in units and p.role == "subject" and not p.context)
            or (alone and p.role == "noun" and p.prep in word_set("told about"))
        )
    )


@once
def _singled_out(parts: Sequence[Part]) -> frozenset[int]:
    """The nouns of a subject told of alone, which is some of the whole: "the *night train* alone"."""
    units = {p.unit for p in parts if p.lemma == "alone" and p.role == "subject" and not p.context}
    return frozenset(at for at, p in enumerate(parts) if p.unit in units and p.pos == "NOUN")


@once
def set_aside(parts: Sequence[Part]) -> frozenset[int]:
    """The words of phrases that say where something was not, or who did not do it: "in Tarn, *not in Oren*",
    "bandits, *not the army*"."""
    denied = {p.unit: p.start for p in parts if p.lemma == "not" and p.role in _PHRASES and not p.context}
    out = {at for at, p in enumerate(parts) if p.start >= denied.get(p.unit, p.end)}
    for at, p in enumerate(parts):  # "forces, *not rebels*, used gas", where the parse loses whom it denies
        if p.lemma == "not" and p.role == "clause" and p.is_head:
            behind = (n for n in range(at + 1, len(parts)) if parts[n].role != "apposition")
            end = next(behind, len(parts))
            out |= set(range(at, end)) if end > at + 1 else set()
    return frozenset(out)


def _turns_its_verb(at: int, parts: Sequence[Part], explained: Collection[int]) -> bool:
    """Whether a particle makes another verb of a light one, by which nothing may have come of what it tells:
    "put *off* 12 raids", not "carried out"."""
    part = parts[at]
    before = [n for n in range(at) if parts[n].pos in ("VERB", "AUX")]
    if not before or part.context or part.role not in ("particle", "adverb"):
        return False
    verb = parts[before[-1]]
    if verb.role != "predicate" or verb.level != part.level:
        return False
    light = stem(verb.lemma) in words_in("light verbs")
    beside = part.lemma in ("away", "back") and part.start == verb.end + 1
    if part.role == "adverb" and not (light and beside):
        return False
    pair = f"{verb.lemma} {part.lemma}"
    return (light or before[-1] not in explained) and pair not in word_set("particles of light verbs")


def unexplained(
    parts: tuple[Part, ...],
    explained: Collection[int],
    more: frozenset[str] = frozenset(),
    between: Collection[int] = (),
) -> list[Part]:
    """The parts that nothing explains, in text order. `between`: those that stand between a number and what
    it counts."""
    over, about, alone = governing(parts), only_about(parts), _singled_out(parts)
    return [
        p
        for at, p in enumerate(parts)
        if at in about
        or not (
            at in explained
            or (
                at not in alone
                and at not in between
                and is_neutral(p, more, "governor" if at in over else p.role)
                and not _turns_its_verb(at, parts, explained)
            )
            or (p.role in _PHRASES and not p.is_head and p.lemma in word_set("particles of compounds"))
        )
    ]


@cache
def _contrasted() -> frozenset[str]:
    return frozenset().union(*contrasts())


# ----------------------------------------------------------------------------------------------------
# Which words are one to a reader: stems, and the frames of data/frames.toml.
#
# A concept is a stem ("besieg") or a frame ("=besiege"). Two words may stand for each other where they
# share one. A word that is entailed ("a drone strike is an attack") counts on the side of the table alone:
# the table may be narrower than the text, not the text than the table.

Concepts = frozenset[str]


@cache
def _frames(field: Literal["words", "manners"]) -> dict[str, frozenset[str]]:
    """Frames by the stem of each of their words, or of those that say a manner of it."""
    out: dict[str, set[str]] = defaultdict(set)
    for row in lexicon.load("frames"):
        for word in row.get(field, ()):
            if " " not in word:
                out[stem(word)].add(f"={row.id}")
    return {word: frozenset(frames) for word, frames in out.items()}


class Phrase(NamedTuple):
    """Words that say a frame together. `stems`: all of them; `own`: those that the frame explains: not the
    disease of "catch measles", which tells measles from mumps; `is_manner`: whether they say how it was."""

    stems: frozenset[str]
    own: frozenset[str]
    frame: str
    is_manner: bool


class _Written(NamedTuple):
    """A phrase as its frame has it, stems a word: those of "serve/do time" are (serv, do), (tim,)."""

    places: tuple[frozenset[str], ...]
    apart: frozenset[str]
    frame: str
    is_manner: bool

    def among(self, stems: frozenset[str]) -> Iterator[Phrase]:
        """The phrases that it makes of these stems: none where they lack a word of it."""
        for one in product(*(place & stems for place in self.places)):
            yield Phrase(frozenset(one), frozenset(one) - self.apart, self.frame, self.is_manner)


@cache
def _phrases() -> dict[str, tuple[_Written, ...]]:
    """The phrases of frames, each by the stems of that word of it which the fewest phrases have."""
    found = [
        _Written(tuple(map(frozenset, map(_alternatives, words))), _told_apart(words), f"={row.id}", manner)
        for row in lexicon.load("frames")
        for field, manner in (("phrases", False), ("manners", True))
        for written in row.get(field, ())
        if len(words := written.split()) > 1
    ]
    often = Counter(one for phrase in found for place in phrase.places for one in place)
    out: dict[str, list[_Written]] = defaultdict(list)
    for phrase in found:
        for one in min(phrase.places, key=lambda place: sum(often[one] for one in place)):
            out[one].append(phrase)
    return {one: tuple(phrases) for one, phrases in out.items()}


def spelt_out(phrase: str) -> Iterator[tuple[str, ...]]:
    """The stems of each phrase that alternatives and classes stand for.

    Example:
        >>> list(spelt_out("serve/do time"))
        [('serv', 'tim'), ('do', 'tim')]
    """
    return product(*(_alternatives(word) for word in phrase.split()))


def _alternatives(word: str) -> tuple[str, ...]:
    """The stems of a word of a phrase: of its class, of its alternatives, of what it tells apart."""
    if word.startswith("{"):
        return word_class(word[1:-1])
    return tuple(map(stem, word.split("|" if "|" in word else "/")))


def _told_apart(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words of a phrase which a text and a table must share: "cod" of "land cod|tuna"."""
    return frozenset(
        one for word in words if "|" in word or word in _classes_apart() for one in _alternatives(word)
    )


@cache
def _classes_apart() -> frozenset[str]:
    return frozenset(f"{{{row.id}}}" for row in lexicon.load("word_classes") if row.get("told_apart"))


@cache
def word_class(name: str) -> tuple[str, ...]:
    """The stems of a row of data/word_classes.toml: the diseases of "catch {disease}"."""
    return next(tuple(map(stem, row["words"])) for row in lexicon.load("word_classes") if row.id == name)


@cache
def in_classes() -> frozenset[str]:
    """The stems of the words of all classes: what somebody catches or flees, and did not do to another."""
    return frozenset(one for row in lexicon.load("word_classes") for one in word_class(row.id))


@cache
def entailed() -> dict[str, frozenset[str]]:
    """What is true of a frame's things, too: "=drone strike" is "=attack"."""
    return {
        f"={row.id}": frozenset(f"={other}" for other in row.get("entails", ()))
        for row in lexicon.load("frames")
    }


@cache
def _ways() -> dict[str, frozenset[tuple[str, ...]]]:
    """How each frame may be told: the stem of a word, or those of a phrase; so, too, what entails it."""
    out: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for row in lexicon.load("frames"):
        written = (*row["words"], *row.get("phrases", ()), *row.get("manners", ()))
        said = {tuple(sorted(set(stems))) for words in written for stems in spelt_out(words)}
        for one in (row.id, *row.get("entails", ())):
            out[f"={one}"] |= said
    return {frame: frozenset(said) for frame, said in out.items()}


def ways_to_say(need: Concepts) -> frozenset[tuple[str, ...]]:
    """The stems of which a text must hold all of one tuple to say a concept of `need`.

    Example:
        >>> sorted(ways_to_say(frozenset({"hous"})))
        [('hous',)]
    """
    return frozenset(w for one in need for w in (_ways().get(one, ()) if one.startswith("=") else [(one,)]))


@cache
def undergone() -> frozenset[str]:
    """The frames that befall those who are counted: killed, displaced, evacuated."""
    return frozenset(f"={row.id}" for row in lexicon.load("frames") if row.get("undergone"))


@cache
def harms() -> frozenset[str]:
    """The frames of harm that somebody may have done to those who are counted: killed, not evacuated."""
    ids = next(row["words"] for row in lexicon.load("matching_words") if row.id == "harms")
    return frozenset(f"={one}" for one in ids)


@once
def befallen(parts: Sequence[Part]) -> Sequence[int]:
    """Where parts say what befell those whom a number counts, or what they are."""
    roles = ("head", "modifier", "attribute", "predicate", "relative", "complement")
    return [
        at
        for at, (p, told) in enumerate(zip(parts, of_parts(parts), strict=True))
        if not p.context and p.level <= 1 and p.role in roles and not told.isdisjoint(undergone())
    ]


def contradicted(told: Concepts, said: Concepts) -> frozenset[str]:
    """The frames of a contrast that a text tells and a row, which says another of them, does not."""
    out: set[str] = set()
    for group in contrasts() if not told.isdisjoint(_contrasted()) else ():
        if group & told and group & said and not group & told & said:
            out |= group & told
    return frozenset(out)


@lru_cache(maxsize=1 << 14)
def concepts_of(word: str) -> Concepts:
    """The concepts of one word of a text alone: its stem and the frames that have it, also as a manner."""
    one = stem(word)
    return of_stem(one) | _frames("manners").get(one, frozenset())


@lru_cache(maxsize=1 << 14)
def of_stem(one: str) -> Concepts:
    """The concepts of the stem of a word of a table."""
    return frozenset({one}) | _frames("words").get(one, frozenset())


def of_word(word: str) -> Concepts:
    """The concepts of one word of a table: of murders tells who was murdered, not whoever died."""
    return of_stem(root(word))


@lru_cache(maxsize=1 << 12)
def scene_of(concepts: Concepts) -> frozenset[str]:
    """The stems of words that narrow nothing beside what is told: elections and parliaments where seats are
    won."""
    return _beside(concepts, "scene")


@lru_cache(maxsize=1 << 12)
def doers_of(concepts: Concepts) -> frozenset[str]:
    """The stems of those who do as a rule what is told: police arrest, satellites detect fires."""
    return _beside(concepts, "doers")


@lru_cache(maxsize=1 << 12)
def counted_beside(concepts: Concepts) -> frozenset[str]:
    """The stems of nouns that count the same people as a measure: the patients who died of cholera."""
    return _beside(concepts, "counts")


def _beside(concepts: Concepts, field: str) -> frozenset[str]:
    """The stems of a field of the frames and classes that concepts say."""
    rows = [row for row in lexicon.load("frames") if f"={row.id}" in concepts]
    rows += [row for row in lexicon.load("word_classes") if not concepts.isdisjoint(word_class(row.id))]
    return frozenset(stem(word) for row in rows for word in row.get(field, ()))


def phrases_in(stems: Iterable[str]) -> list[Phrase]:
    """The phrases of frames all of whose words are among the stems."""
    have = frozenset(stems)
    said = {phrase for one in have for written in _phrases().get(one, ()) for phrase in written.among(have)}
    return sorted(said, key=lambda phrase: (sorted(phrase.stems), phrase.frame, phrase.is_manner))


@once
def of_parts(parts: Sequence[Part]) -> Sequence[Concepts]:
    """The concepts of each part, those of the phrases that it makes with others of its clause included."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase in _made_by(parts):
        for one in phrase.own:
            found[one].add(phrase.frame)
    if not found:
        return [concepts_of(p.lemma) for p in parts]
    return [
        concepts_of(p.lemma) | (frozenset() if p.context else found.get(stem(p.lemma), frozenset()))
        for p in parts
    ]


@once
def _made_by(parts: Sequence[Part]) -> list[Phrase]:
    """The phrases of a clause. A preposition makes one with its own noun alone: "put *under siege*", "*home
    to* 600 families"; a word before the counted noun one with that: "12 *road deaths*"."""
    own = {stem(p.lemma) for p in parts if p.level == 0 and not p.context}
    heads = {p.start for p in parts if p.level == 0 and p.role == "head"}
    before = {stem(p.lemma) for p in parts if p.level == 0 and p.role == "modifier" and p.end + 1 in heads}
    core = {stem(p.lemma) for p in parts if not p.context}
    behind: dict[str, set[str]] = defaultdict(set)
    for p in parts:
        if p.prep is not None and not p.context:
            behind[stem(p.prep)].add(stem(p.lemma))
    return [
        phrase
        for phrase in phrases_in(core | behind.keys())
        if all(one in core or behind[one] & phrase.stems for one in phrase.stems)
        and (before.isdisjoint(phrase.stems) or phrase.stems <= own)
    ]


@once
def manners_in(parts: Sequence[Part]) -> Mapping[str, frozenset[str]]:
    """The frames that parts say in a manner only, each with the stems of the words that say it: those of
    "31 were *shot dead*"."""
    stems = {stem(p.lemma) for p in parts if not p.context}
    phrases = _made_by(parts)
    out: dict[str, set[str]] = defaultdict(set)
    for one in stems:
        for frame in _frames("manners").get(one, ()):
            out[frame].add(one)
    for phrase in phrases:
        if phrase.is_manner:
            out[phrase.frame] |= phrase.own
    plainly = {(p.frame, one) for p in phrases if not p.is_manner for one in p.own}
    plainly |= {(frame, one) for one in stems for frame in of_stem(one)}
    return {
        frame: frozenset(words)
        for frame, words in out.items()
        if not any(told == frame and one not in words for told, one in plainly)
    }


def said_in_a_manner(manners: Mapping[str, frozenset[str]], concepts: Concepts) -> bool:
    """Whether a text says some frame of `concepts` in a manner only, by no word of theirs: "31 were
    *beheaded*" says no more of the killed than that there were as many."""
    return any(frame in concepts and not words & concepts for frame, words in manners.items())


@lru_cache(maxsize=1 << 13)
def of_text(said: str) -> Concepts:
    """The concepts of a table's words, with what they entail: what a row says of itself."""
    return of_words(WORD.findall(said))


def of_words(words: Sequence[str]) -> Concepts:
    """The same of words."""
    out = {c for w in words for c in of_word(w)}
    out |= {phrase.frame for phrase in phrases_in(map(root, words)) if not phrase.is_manner}
    return frozenset(out | {e for c in out for e in entailed().get(c, ())})


def scale_fits(quantity: Mention, row: ReferenceRow, said: frozenset[str]) -> bool:
    """Whether a share, a sum of money, a length of time or a physical quantity is one that the row's numbers
    can be compared with; a row that counts people or things has none."""
    if row.unit is not None and unit_named(row.unit) is not None:
        return comparable(quantity, row.unit)
    if row.unit is not None and stem(row.unit.split()[-1]) not in counted_words("scales"):
        return False
    words = _words_of(row.measure, row.unit) | said
    if quantity.unit is not None and any(stem(w) in words for w in WORD.findall(quantity.unit)):
        return True
    wanted = _kind_words(quantity.kind, dimension_of(quantity.unit) if quantity.kind == "measure" else None)
    return bool(words & wanted)


@lru_cache(maxsize=1 << 12)
def _words_of(measure: str | None, unit: str | None) -> frozenset[str]:
    """The stems of what a row measures, and in what."""
    return frozenset(map(stem, WORD.findall(f"{measure or ''} {unit or ''}".replace("_", " "))))


@cache
def _kind_words(kind: str, dimension: str | None) -> frozenset[str]:
    """The stems that tell of measures which hold numbers of a kind, and of a dimension."""
    rows = (
        row
        for row in lexicon.load("measure_kinds")
        if row["kind"] == kind and (dimension is None or dimension in row.get("dimensions", ()))
    )
    return frozenset(stem(word) for row in rows for words in row["words"] for word in words.split())


# ----------------------------------------------------------------------------------------------------
# Whether a number can be a value of a row at all: money, a length, a share, people.
#
# Where a table states no unit, the words of its measure say what it holds: no number of metres or dollars
# is a size of armed forces, and no percentage is in the millions.


# ----------------------------------------------------------------------------------------------------
# What a number counts against what a row counts: the same, some of them, a part, or something else.

Counted = Literal["same", "some", "part", "other"]


@cache
def kinds_of_things() -> dict[str, frozenset[str]]:
    """The kinds of what a table counts: of objects paintings and coins, of vehicles trucks and vans."""
    return {
        stem(whole): frozenset(map(stem, row["kinds"]))
        for row in lexicon.load("kinds_of_things")
        for whole in row["wholes"]
    }


_CLASSES = ("organisations", "attendants", "households", "occurrences")


def counted_match(
    quantity: Mention, head: Part | None, explained: bool, row: ReferenceRow, concepts: Concepts,
    counts: frozenset[str] = frozenset(),
) -> Counted:  # fmt: skip
    """How what a number counts meets what a row counts. `head`: the counted noun, `explained` whether the
    measure's words explain it; `concepts`: what the measure says; `counts`: stems of the nouns that its
    package counts as its unit ("fighters")."""
    unit = row.unit
    scale = None if unit is None else unit_named(unit)
    if quantity.text.lower().endswith("fold"):
        return "other"
    if quantity.kind in ("percent", "money", "measure", "duration", "age") and unit is None:
        said = frozenset(c for c in concepts if not c.startswith("="))
        return "same" if scale_fits(quantity, row, said) else "other"
    span = None if unit is None else stem(unit.split()[-1])
    if quantity.kind == "duration" and span in stem_set("spans"):
        return "same" if quantity.unit is not None and stem(quantity.unit) == span else "other"
    if quantity.kind in ("percent", "money", "measure", "duration", "age"):
        if unit is not None and scale is not None:
            return "same" if comparable(quantity, unit) else "other"
        if unit is not None and stem(unit.split()[-1]) not in counted_words("scales"):
            return "other"
        words = {stem(w) for w in WORD.findall(f"{row.measure or ''} {unit or ''}")}
        return "same" if unit is None or quantity.unit is None or stem(quantity.unit) in words else "other"
    noun = None if head is None else stem(head.lemma)
    if scale is not None and scale.kind != "number" and quantity.kind in ("number", "ordinal"):
        if noun is None or noun in counted_words("scales"):
            return "same"
        return "other"
    people = _counts_people(row, concepts)
    if noun is None or explained or noun in counts:
        return "same"
    unit_stem = None if unit is None else stem(unit.split()[-1])
    if (
        unit_stem is not None and concepts_of(head.lemma) & concepts_of(unit.split()[-1])
        if head and unit
        else False
    ):
        return "same"
    if people:
        if noun in counted_words("people"):
            return "same"
        if noun in counted_words("some people"):
            return "some"
        if noun in counted_words("parts"):
            return "part"
    if unit_stem is not None and noun in kinds_of_things().get(unit_stem, ()):
        return "some"
    if noun in counted_words("scales"):
        return "same"
    for name in _CLASSES:
        if noun in counted_words(name) and (unit_stem in counted_words(name)):
            return "same"
    return "other"


def says_counted(head: Part, row: ReferenceRow, concepts: Concepts) -> bool:
    """Whether a counted noun that a measure's words explain is what a row counts, and no mere part of a
    phrase: of a row of people who were displaced "600 evictions" is, not "lost 600 *homes*"; of one of farm
    workers not "600 working *farms*"."""
    noun = stem(head.lemma)
    people = counted_words("people") | counted_words("some people") | counted_words("attendants")
    *before, last = (row.measure or "people").split()
    persons = people | counted_words("parts")
    thing = head.pos == "NOUN" and noun not in persons and noun in map(stem, before)
    if thing and stem(last) in persons and not concepts_of(last) & undergone():  # not of "workers injured"
        return False
    if concepts_of(head.lemma) & concepts or not _counts_people(row, concepts):
        return True
    return noun in people


def _counts_people(row: ReferenceRow, concepts: Concepts) -> bool:
    unit = None if row.unit is None else stem(row.unit.split()[-1])
    if unit is not None and row.unit is not None:
        return (
            unit in counted_words("people")
            or unit in counted_words("attendants")
            or unit in ("displac", "cas")
            or not undergone().isdisjoint(concepts_of(row.unit.split()[-1]))  # executions, arrests
        )
    return bool(concepts & undergone()) or bool(concepts & counted_words("people"))
