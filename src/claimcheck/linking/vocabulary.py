"""Which measure of the tables a number speaks of: the packages' vocabulary met with a claim's words.

A vocabulary entry of one word must be among the words that say what the number measures (the counted noun
and the verbs that govern it); one of several words needs all of them in the clause, and one of them among
those. Where the number counts nothing itself ("inflation was 6.8 %"), the entry that stands nearest before
the number in the sentence counts. The entry of most words wins; nothing is linked by guess.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claimcheck.linking.number_of import counted_before
from claimcheck.linking.other_words import meant
from claimcheck.linking.places import WORD
from claimcheck.linking.words import nouns, stem, stems_in, words_of
from claimcheck.model import Claim, Document, Span

_TITLE_BEHIND = re.compile(r" (?:[A-Z][a-z]{2,20} ){1,3}([A-Z][a-z]{2,20})\b")
STOP = re.compile(r"[,;:()]|\b(?:when|while|as|and|but|which|who)\b")
"""Where the words that belong to a number end."""
_CHANGED_BY = re.compile(r"\bby\s+(?:[\w.,-]{1,20}\s+){0,3}[\w.,%-]{1,20}\s*:\Z")
_CHANGED = ("y", "lif")  # how short stems of "dries" and "lives" end
_LEADING = frozenset({"without", "in", "at", "on", "under", "out"})
"""Words with which a state is told: "without power", "in poverty", "at risk", "on benefits"."""
_THERE = re.compile(
    r"\s+(?:[\w-]{2,20}\s+){1,3}?(?:(?:are|were|is|was|stand|stood|remain|remained)\s+)?(?:still\s+|now\s+)?(?:on|in|under|at)\s+(?:the\s+|an?\s+)?"
)
_GAP = 2
"""How many other words may stand between the words of an entry in running text."""
_THERE_ARE = re.compile(r"\bthere\s+(?:are|were|is|was)\b", re.IGNORECASE)
_WHO = re.compile(r",?\s+(?:who|that|which)\s+(?!of\b)")
_AHEAD = 6
"""How many words behind a bare number may say what it measures."""
_NOUN_WITHIN = 80
"""Characters behind a number in which its counted noun stands."""


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Words that texts use for a measure of a package, as stems. Each is one object, made once. `written`:
    those with which the words begin as they are written: "wel" of "wells", not "dry" of "dries"."""

    package: str
    measure: str
    stems: tuple[str, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A measure that a claim may speak of, and the stems of the vocabulary that said so."""

    package: str
    measure: str
    stems: frozenset[str]


class Vocabulary:
    """The entries of all packages, found by their stems."""

    def __init__(self, words: Iterable[tuple[str, str, str]]) -> None:
        """`words`: (package, measure, words of the vocabulary)."""
        self._by_stem: dict[str, list[Entry]] = defaultdict(list)
        self._measures: dict[str, dict[str, None]] = defaultdict(dict)
        self._states: list[tuple[str, Entry]] = []
        for package, measure, text in words:
            stems = tuple(stem(w) for w in WORD.findall(text))
            self._measures[package][measure] = None
            if stems:
                written = tuple(s for s in stems if len(s) > 3 or not (len(s) < 3 or s.endswith(_CHANGED)))
                entry = Entry(package, measure, stems, written)
                for one in set(stems):
                    self._by_stem[one].append(entry)
                if len(stems) > 1 and text.split()[0].lower() in _LEADING:
                    self._states.append((" ".join(text.lower().split()), entry))

    def of(self, package: str, measure: str) -> list[tuple[str, ...]]:
        """The stems of each entry of a measure."""
        entries = {e for found in self._by_stem.values() for e in found}
        return sorted(e.stems for e in entries if (e.package, e.measure) == (package, measure))

    def matches(
        self,
        claim: Claim,
        document: Document,
        inner: Sequence[Span] = (),
        clauses: Sequence[Span] = (),
    ) -> tuple[Match, ...]:
        """The measures that a claim with a number speaks of: for each package the entries of most words.

        `inner`: what is counted apart within the claim's clause; `clauses`: those of it that are clauses
        (`counted_apart`).
        """
        bare = _counts_nothing(claim, document)
        ranked = _scale_after(claim, document)
        apart = bare and _colon_before(claim, document.text) > claim.start
        found = self._named_beside(claim, document) if bare and not ranked and not apart else []
        if not found and not ranked and not apart:
            found = list(self._by_grammar(claim, bare, inner))
        if not found and bare:
            found = list(self._by_nearness(claim, document, not ranked, clauses))
        if not found and self._states:  # "215,000 households were without power"
            told = f" {' '.join(WORD.findall(claim.text.lower()))} "
            found = [entry for state, entry in self._states if f" {state} " in told]
        if not found:
            found = [*self._of_where_they_are(claim, document)] or [*self._of_who_they_are(claim, document)]
        if not found:
            return ()
        verb = stem(claim.predicate or "")  # "the Group documented 718 deaths" is of deaths
        reported = frozenset({verb}) & nouns("reports")
        best: dict[str, int] = defaultdict(int)
        for entry in found:
            best[entry.package] = max(best[entry.package], len(frozenset(entry.stems) - reported))
        stems: dict[tuple[str, str], set[str]] = defaultdict(set)
        for entry in found:
            if len(frozenset(entry.stems) - reported) == best[entry.package]:
                stems[entry.package, entry.measure].update(entry.stems)
        for entry in found:  # what else the text says of a measure that it speaks of
            if (entry.package, entry.measure) in stems:
                stems[entry.package, entry.measure].update(entry.stems)
        matches = (Match(*key, frozenset(said)) for key, said in sorted(stems.items()))
        counted = counted_before(claim, document.text)
        return tuple(self._of_those(claim, match, counted) for match in matches)

    def _of_those(self, claim: Claim, match: Match, counted: str | None) -> Match:
        """The same measure of those whom the number names, where the package has it: "40 civilians died" is
        of the civilians killed, and not of all people killed. `counted`: whom a bare number counts."""
        noun = "" if claim.quantity is None else (claim.quantity.noun or "")
        who, what = (stem(noun.split()[-1]) if noun else counted or ""), _name_stems(match.measure)
        others = nouns("people", "part_of_people") if counted else nouns("people")
        if not who or who in what or not what & others:
            return match
        wanted = (what - others) | {who}
        for measure in self._measures[match.package]:
            if _name_stems(measure) == wanted:
                return Match(match.package, measure, match.stems | {who})
        return match

    def _by_grammar(self, claim: Claim, bare: bool, inner: Sequence[Span]) -> Iterator[Entry]:
        head = head_stems(claim, bare)
        verb = None if claim.predicate is None else stem(claim.predicate)
        words: frozenset[str] | None = None
        clause = frozenset[str]()
        letters = ""
        seen: set[Entry] = set()
        for one in head:
            for entry in self._by_stem.get(one, ()):
                if entry in seen:
                    continue
                if not head.issuperset(entry.stems):
                    letters = letters or " ".join((claim.text, *claim.terms, *_cut_off(claim))).lower()
                    if words is None and not _may_hold(letters, entry, head):
                        continue
                    if words is None:  # only now: most claims say all of it in their head
                        words = head | _clause_words(claim, inner)
                        clause = words - (_reporter(claim) - head)
                    # "Commission document attack" is about who documents; "Civil Defence kill" is not
                    among = words if verb in entry.stems else clause
                    if not among.issuperset(entry.stems):
                        continue
                seen.add(entry)
                yield entry

    def _of_where_they_are(self, claim: Claim, document: Document) -> Iterator[Entry]:
        """The entries of several words that say right behind what is counted where it is: "62,300 households
        are on the waiting list"."""
        quantity = claim.quantity
        if quantity is None or quantity.noun is None:
            return
        there = _THERE.match(document.text, quantity.end, claim.context.end)
        stems = [] if there is None else _stems(STOP.split(document.text[there.end() : claim.context.end])[0])
        for entry in self._by_stem.get(stems[0], ()) if stems else ():
            if len(entry.stems) > 1 and tuple(stems[: len(entry.stems)]) == entry.stems:
                yield entry

    def _of_who_they_are(self, claim: Claim, document: Document) -> Iterator[Entry]:
        """The entries that say of those of whom a clause only says that they are there what its relative
        clause tells of them: "there were 137 children in Tarn who needed help"."""
        if _THERE_ARE.search(claim.text) is None:
            return
        told = _WHO.match(document.text, claim.end, claim.context.end)
        behind = "" if told is None else STOP.split(document.text[told.end() : claim.context.end])[0]
        head = head_stems(claim, False)
        words = head | frozenset(_stems(behind))
        for one in sorted(head) if behind else ():
            yield from (
                e for e in self._by_stem.get(one, ()) if len(e.stems) > 1 and words.issuperset(e.stems)
            )

    def _named_beside(self, claim: Claim, document: Document) -> list[Entry]:
        """The entries whose words stand right before a bare number: in "the deficit reached 154 billion, and
        the debt 3.1 trillion" the second is no deficit, whatever the verb's subject is."""
        if claim.quantity is None:
            return []
        start = _own_start(claim, document.text)
        before = document.text[start : claim.quantity.wide_start]
        if not before[-1:].isspace() or not before.rstrip()[-1:].isalnum():
            return []
        stems = _stems(STOP.split(before)[-1])[::-1]
        if not stems:
            return []
        here = [e for e in self._by_stem.get(stems[0], ()) if _runs(e.stems[::-1], stems)]
        most = max((len(e.stems) for e in here), default=0)
        return [e for e in here if len(e.stems) == most]

    def _by_nearness(
        self, claim: Claim, document: Document, behind: bool, clauses: Sequence[Span]
    ) -> Iterator[Entry]:
        """The entries that end nearest before the number in its sentence, but for `clauses` that count for
        themselves, else those close `behind` it."""
        if claim.quantity is None:
            return
        start, end = _own_start(claim, document.text), claim.quantity.wide_start
        before = _stems(_blanked(document.text[start:end], start, clauses))
        after = _stems(STOP.split(document.text[claim.quantity.end : claim.context.end])[0])[:_AHEAD]
        for stems, forward in ((before[::-1], False), (after if behind else [], True)):
            for position in range(len(stems)):
                here = [
                    entry
                    for entry in self._by_stem.get(stems[position], ())
                    if _runs(entry.stems if forward else entry.stems[::-1], stems[position:])
                ]
                if here:
                    most = max(len(e.stems) for e in here)
                    yield from (e for e in here if len(e.stems) == most)
                    return


@lru_cache(maxsize=1 << 10)
def _name_stems(measure: str) -> frozenset[str]:
    """The stems of a measure's name."""
    return frozenset(map(stem, WORD.findall(measure.replace("_", " "))))


_PRONOUNS = frozenset({"it", "this", "that", "which", "they", "he", "she", "we", "i", "you"})


def _own_start(claim: Claim, text: str) -> int:
    """Where the words begin that may say what a bare number measures: with its clause where that has a
    subject of its own ("inflation fell, and output rose by 6 %"), else with the sentence; behind a
    semicolon, or a colon that ends how much something changed."""
    if claim.quantity is None:
        return claim.start
    own = claim.subject is not None and claim.subject.text.lower() not in _PRONOUNS
    start = claim.start if own and claim.quantity.start > claim.start else claim.context.start
    if own and claim.subject is not None:  # "while growth was 1 per cent, output rose by 6"
        start = max(start, text.rfind(claim.subject.text, start, claim.quantity.start))
    start = max(start, text.rfind(";", start, claim.quantity.start) + 1)
    return max(start, _colon_before(claim, text))


def _colon_before(claim: Claim, text: str) -> int:
    """Where the words of a number begin behind a colon that ends how much something changed ("the gap grew by
    a million: from 670,000 to 1,700,000"), 0 where there is none."""
    if claim.quantity is None:
        return 0
    colon = text.rfind(":", claim.context.start, claim.quantity.start) + 1
    return colon if colon and _CHANGED_BY.search(text, claim.context.start, colon) else 0


def _may_hold(letters: str, entry: Entry, head: frozenset[str]) -> bool:
    """Whether words of an entry may be among those of a clause, by its letters alone, where these are
    plain."""
    for one in entry.written:
        if one not in head and one not in letters:
            return not letters.isascii() or "'" in letters
    return True


def head_stems(claim: Claim, bare: bool) -> frozenset[str]:
    """The stems of the words that say what the number measures; `bare`: it counts nothing itself."""
    words = WORD.findall(claim.measure or "")
    if claim.quantity is not None and claim.quantity.noun:
        # "774 civilians killed" says who they were: the measure's own "people" adds nothing
        words = [w for w in words if w != "people"] + WORD.findall(claim.quantity.noun)
    if claim.predicate and claim.role != "subject":
        words.append(claim.predicate)
    words += meant(claim)
    if claim.subject is not None and (claim.role == "attribute" or bare):
        words += WORD.findall(claim.subject.text)
    named = deeds_named()
    return frozenset([*map(stem, words), *(named[w] for w in words if w in named)])


@cache
def deeds_named() -> dict[str, str]:
    """The stem of the verb of each noun that says what was done: "evacuation" of "evacuate"."""
    return {noun: stem(verb) for noun, verb in map(str.split, words_of("deeds as nouns"))}


def _clause_words(claim: Claim, inner: Sequence[Span]) -> frozenset[str]:
    doers = {link.text for link in (claim.actor, claim.subject) if link is not None}
    if not inner and (claim.speaker is None or claim.speaker.text in doers):
        return frozenset((*stems_in(claim.text), *map(stem, claim.terms), *_cut_off(claim)))
    text = _blanked(claim.text, claim.start, inner)
    cut = " ".join(claim.text[max(0, s.start - claim.start) : max(0, s.end - claim.start)] for s in inner)
    owns = " of its " in text or " of their " in text  # "the Corps said 12 of its men …"
    if claim.speaker is not None and claim.speaker.text not in doers and not owns:
        text = text.replace(claim.speaker.text, " ")
        cut += f" {claim.speaker.text}"
    kept = frozenset(map(stem, WORD.findall(text)))
    others = frozenset(map(stem, WORD.findall(cut))) - kept
    return kept | frozenset(stem(w) for w in claim.terms) - others


def _cut_off(claim: Claim) -> Sequence[str]:
    """The stems of a common noun as the subject of a clause that its verb begins: "by one count, chlorine
    injured 12" may be read as chlorine that was injured."""
    subject = "" if claim.subject is None else claim.subject.text
    if not subject.islower() or subject in claim.text or claim.predicate is None:
        return ()
    begins = stems_in(claim.text)[:1] == (stem(claim.predicate),)
    return stems_in(subject) if begins else ()


def _blanked(text: str, at: int, inner: Sequence[Span]) -> str:
    """A stretch of a text that begins at a character, without what is counted apart."""
    for span in inner:
        start, end = (min(max(0, edge - at), len(text)) for edge in (span.start, span.end))
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _reporter(claim: Claim) -> frozenset[str]:
    """The words of who only reports the number: "Civil Defence counted 216 civilians" counts no rescuers."""
    if claim.actor is None or claim.predicate is None or stem(claim.predicate) not in nouns("reports"):
        return frozenset()
    return frozenset(stem(w) for w in WORD.findall(claim.actor.text))


def _counts_nothing(claim: Claim, document: Document) -> bool:
    """Whether the number has no counted noun of its own, or only one that scales it ("6.8 percent"), or one
    that stands before it and so is not counted by it ("Arvia 6.8")."""
    quantity = claim.quantity
    if quantity is None:
        return False
    if quantity.kind in ("percent", "money") or quantity.noun is None:
        return True
    return stem(quantity.noun) in nouns("scales") or not _follows(claim, document)


def _follows(claim: Claim, document: Document) -> bool:
    """Whether the counted noun stands in or behind the number, as counted nouns do."""
    if claim.quantity is None or claim.quantity.noun is None:
        return False
    wanted = {stem(word) for word in claim.quantity.noun.split()}
    start, end = claim.quantity.start, claim.quantity.end + _NOUN_WITHIN
    return any(stem(found[0]) in wanted for found in WORD.finditer(document.text, start, end))


def _scale_after(claim: Claim, document: Document) -> bool:
    """Whether a plain number stands before a noun that has values but is not counted: "152 fertility rate"
    is a row's number in a list, not a rate."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number":
        return False
    if quantity.noun is None:  # "23 Fertility Rate"
        behind = _TITLE_BEHIND.match(document.text, quantity.end)
        return behind is not None and stem(behind[1]) in nouns("valued")
    return stem(quantity.noun) in nouns("valued") and _follows(claim, document)


def _stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text)]


def _runs(entry: Sequence[str], stems: Sequence[str]) -> bool:
    """Whether the entry's stems follow each other at the start of `stems`, few words in between."""
    if not stems or stems[0] != entry[0]:
        return False
    position = 0
    for wanted in entry[1:]:
        window = stems[position + 1 : position + 2 + _GAP]
        if wanted not in window:
            return False
        position += 1 + list(window).index(wanted)
    return True
