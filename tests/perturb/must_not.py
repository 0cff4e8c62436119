"""Changes after which a supported statement must not be supported. Each returns the new text, with the words
that now state it where they differ, or None where it does not apply."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from claimcheck import lexicon
from claimcheck.syntax.stems import stem
from tests.perturb.bases import MONTHS, TURNED, Base, children, means, names_in, subtree
from tests.perturb.fillers import Draw, listed, words

Changed = str | tuple[str, str] | None
Change = Callable[[Base, Draw], Changed]


def undone_verb(base: Base, draw: Draw) -> Changed:
    """ "Were killed" becomes "narrowly escaped being killed"."""
    verb = base.verb
    if not base.is_stated_by_verb or verb.pos_ != "VERB":
        return None
    if base.number is None and verb is not base.sentence.root:
        return None
    auxiliary = children(verb, "auxpass")
    if verb.tag_ == "VBN" and auxiliary:
        aux = auxiliary[-1]
        if aux.i + 1 != verb.i or aux.lower_ not in ("was", "were"):
            return None
        if draw.random.random() < 0.5:
            new = draw.any(listed("subject_undone")).format(vbn=verb.text)
            return base.with_edits((aux.idx, verb.idx + len(verb), new))
        new = draw.any(listed("passive_undone")).format(vbn=verb.text)
        return base.with_edits((verb.idx, verb.idx + len(verb), new))
    if verb.tag_ == "VBD" and not children(verb, "aux", "neg"):
        new = draw.any(listed("active_undone")).format(vbd=verb.text)
        return base.with_edits((verb.idx, verb.idx + len(verb), new))
    return None


def fiction(base: Base, draw: Draw) -> Changed:
    """The deed is one of a film: "were killed in a film about orchards"."""
    verb, noun = base.verb, draw.of(draw.fillers.plurals)
    if not base.is_stated_by_verb or verb.tag_ not in ("VBN", "VBD") or noun is None:
        return None
    end = verb.idx + len(verb)
    follows = base.doc[verb.i + 1] if verb.i + 1 < len(base.doc) else None
    if follows is None or follows.dep_ not in ("prep", "punct", "agent"):
        return None
    return base.with_edits((end, end, f" in a {draw.any(listed('fiction'))} about {noun}"))


def difference(base: Base, draw: Draw) -> Changed:
    """The number is how many more or fewer: "774 fewer civilians". Behind another number "more" need not say
    so: "12 died, and five more were hurt"."""
    if (
        base.noun is None
        or base.number.i + 1 != base.noun.left_edge.i + 1
        or base.at.at.strip() != base.number.text
    ):
        return None
    end = base.number.idx + len(base.number)
    later = any(t.like_num and not re.fullmatch(r"(19|20)\d\d", t.text) for t in base.doc[: base.number.i])
    words = ("fewer",) if later else ("fewer", "more", "additional", "further", "extra")
    return base.with_edits((end, end, " " + draw.any(words)))


def outnumbered(base: Base, draw: Draw) -> Changed:
    """The number is by how many something is outnumbered: "shepherds outnumbered by 774 civilians"."""
    noun, other = base.noun, draw.of(draw.fillers.plurals)
    if noun is None or other is None or noun.tag_ != "NNS" or noun.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return None
    start = noun.left_edge.idx
    first = base.text[start : base.at.end]
    if start == base.sentence.start_char:
        other, first = other.capitalize(), first if first[:1].isdigit() else first[:1].lower() + first[1:]
    return base.with_edits((start, base.at.end, f"{other} outnumbered by {first}"))


def modifier(base: Base, draw: Draw) -> Changed:
    """What is counted is some kind of it: "774 dairy civilians"."""
    word = draw.of(draw.fillers.modifiers)
    if base.noun is None or word is None:
        return None
    return base.with_edits((base.noun.idx, base.noun.idx, word + " "))


def head(base: Base, draw: Draw) -> Changed:
    """What is counted belongs to it: "774 photographs of civilians", "a film about the congress".
    A date must be said of what is changed: "a film about the congress of 3 May" still dates the congress."""
    if base.noun is not None:
        word = draw.any(listed("heads")) if draw.random.random() < 0.3 else draw.of(draw.fillers.plurals)
        if word is None or base.noun.tag_ != "NNS" or not draw.lacks([word]):
            return None
        start = base.noun.left_edge.idx if base.noun.left_edge.i > base.number.i else base.noun.idx
        after = base.doc[base.number.i + 1].idx
        return base.with_edits((max(start, after), max(start, after), f"{word} of "))
    subject = next(iter(children(base.sentence.root, "nsubj", "nsubjpass")), None)
    if base.number is not None or subject is None or subject.pos_ not in ("PROPN", "NOUN"):
        return None
    if base.is_of_a_noun or not base.is_event or base.verb != base.sentence.root:
        return None
    start, end = subtree(subject)
    words = base.text[start:end]
    if subject.left_edge.lower_ in ("the", "a", "an"):
        words = words[:1].lower() + words[1:]
    new = f"{draw.any(('A film', 'A rumour', 'A book', 'A joke', 'An exhibition'))} about {words}"
    return base.with_edits((start, end, new)) if start == base.sentence.start_char else None


def other_noun(base: Base, draw: Draw) -> Changed:
    """Something else is counted: "774 orchards were killed"; not who people may have been ("774 guests"),
    whom a row of one incident counts, too."""
    word = draw.of(draw.fillers.plurals)
    if base.noun is None or word is None or base.noun.tag_ != "NNS" or stem(word) in PEOPLE:
        return None
    start = base.doc[base.number.i + 1].idx
    return base.with_edits((start, base.noun.idx + len(base.noun), word)) if start <= base.noun.idx else None


PEOPLE = frozenset(
    stem(word)
    for row in lexicon.load("counted_nouns")
    if row.id in ("people", "some people", "attendants")
    for word in row["words"]
)


def other_verb(base: Base, draw: Draw) -> Changed:
    """Something else is done: "774 civilians were applauded"."""
    verb = base.verb
    if not base.is_stated_by_verb or verb.pos_ != "VERB" or verb.tag_ not in draw.fillers.verbs:
        return None
    if verb.tag_ == "VBN" and not children(verb, "auxpass"):
        return None
    word = draw.of(draw.fillers.verbs[verb.tag_])
    return None if word is None else base.with_edits((verb.idx, verb.idx + len(verb), word))


def place_within(base: Base, draw: Draw) -> Changed:
    """It is in some places of the place: "in Syria's cinemas"; not where the measure has it ("died in custody
    in Tarn's *cells*")."""
    word = draw.of(draw.fillers.places)
    if word is None or stem(word) in base.table.phrases:
        return None
    for name, start in names_in(base.text, base.table.places):
        before = re.search(r"\b(in|at)\s+$", base.text[:start], re.IGNORECASE)
        if before and base.says(start) and not base.is_date and not name.endswith("s"):
            end = start + len(name)
            return base.with_edits((end, end, f"'s {word}"))
    return None


def other_measure(base: Base, draw: Draw) -> Changed:
    """What another measure of the package counts: "774 civilians were injured"; not what the table's own
    events do to whatever they harm ("the fire *burned* 112 homes")."""
    if base.value is None or base.verb is None or not _is_exact(base):
        return None
    ours = {w for m in base.table.vocabulary for w in m.words if base.verb.lemma_ in m.words}
    if base.noun is not None:
        ours |= {w for m in base.table.vocabulary for w in m.words if base.noun.lemma_ in m.words}
    for token in (t for t in (base.verb, base.noun) if t is not None and t.lemma_ in ours):
        forms = base.table.forms.get(token.tag_, {})
        theirs = {w for m in base.table.measures_without(base.value) for w in m.words} - ours
        theirs = {w for w in theirs if means(w).isdisjoint(base.table.events)}
        if words := sorted(forms[w] for w in theirs if w in forms and forms[w] != token.text):
            return base.with_edits((token.idx, token.idx + len(token), draw.any(words)))
    return None


NEAR = frozenset(("near", "outside"))


def place_beside(base: Base, draw: Draw) -> Changed:
    """It is beside the place: "outside Syria"; not beside a date of a noun. Of a crash or a quake a table
    names the nearest place, so that "near Tarn" says the same of it."""
    for _, start in names_in(base.text, base.table.places):
        before = re.search(r"\b(in|at)\s+$", base.text[:start], re.IGNORECASE)
        if before and base.says(start) and not base.is_of_a_noun:
            scenes = {stem(word) for word in re.findall(r"[a-z]+", base.text.lower())}
            scenes |= base.table.events
            nearest = bool(scenes & set(map(stem, words("beside_a_place"))))
            new = draw.any([word for word in listed("beside") if not (nearest and word in NEAR)])
            new = new[:1].upper() + new[1:] if before[1][:1].isupper() else new
            return base.with_edits((before.start(), start, new + " "))
    return None


NOBODY = frozenset(words("nobody"))


def cause(base: Base, draw: Draw) -> Changed:
    """Something else did it: "were killed by shepherds", where the number is of the verb's own subject (those
    of "…, 142 *of them* by soldiers" have their own doer) and the word is one for somebody ("by sides" names
    none), of whom or which the text does not tell already ("the *river* broke its banks")."""
    verb, word = base.verb, draw.of(draw.fillers.plurals)
    if verb is None or word is None or base.number is None or children(verb, "agent"):
        return None
    follows = base.doc[verb.i + 1] if verb.i + 1 < len(base.doc) else None
    own = any(t == base.number or t.is_ancestor(base.number) for t in children(verb, "nsubjpass"))
    own = own and base.is_stated_by_verb and word not in NOBODY
    own = own and stem(word) not in {stem(t.lemma_) for t in base.doc}
    passive = own and verb.tag_ == "VBN" and children(verb, "auxpass")
    harm = {"kill", "injure", "wound", "displace", "destroy", "detain", "damage", "arrest"}
    if not passive or verb.lemma_ not in harm or follows is None or follows.dep_ not in ("prep", "punct"):
        return None
    end = verb.idx + len(verb)
    return base.with_edits((end, end, f" by {word}"))


def other_place(base: Base, draw: Draw) -> Changed:
    """Another place of the package, none that contains the first or lies in it, and not in the name of who
    says it: "Tarn's office counted 12" and "Oren's office counted 12" tell one number. A ratio's bound ("more
    than 100 times as many as in Tarn") may hold of the other place, too, and so may the day of what happened
    in both."""
    if base.verb is not None and base.compares is None and base.number is not None and not _is_exact(base):
        return None
    places = base.table.places
    for name, start in names_in(base.text, places):
        stated = (
            re.search(r"\b(in|at|on|of|from|to)\s+$", base.text[:start]) or start == base.sentence.start_char
        )
        if not stated or not base.is_alone or not base.says(start) or _is_of_speaker(base, start):
            continue
        others = sorted(o for o in places if o not in places[name] and o not in base.text and len(o) > 3)
        if base.value is None:
            others = [o for o in others if _days_at(base, o).isdisjoint(_days_at(base, name))]
        if others and not (base.value is not None and _is_said_of(base, others)):
            return base.with_edits((start, start + len(name), draw.any(others)))
    return None


def _days_at(base: Base, place: str) -> set[date]:
    """The days of the rows of a place."""
    rows = (r for r in base.table.rows if any(place in base.table.names_of(key) for key in r.places))
    return {r.period.start for r in rows if r.period is not None and r.period.start is not None}


def _is_of_speaker(base: Base, start: int) -> bool:
    """Whether a character stands in the subject of a verb of saying or blaming."""
    if base.verb is None or base.verb.lemma_ not in SPEAKING:
        return False
    return any(s <= start < e for s, e in map(subtree, children(base.verb, "nsubj", "agent")))


def _is_said_of(base: Base, places: list[str]) -> bool:
    """Whether any row of these places has the number too, or one that "some 700" may be."""
    about = re.search(r"\b(some|about|around|roughly|nearly|almost)\s+$", base.text[: base.at.start].lower())
    beside = Decimal("0.1") if about else Decimal(0)
    for row in base.table.rows:
        there = {n for key in row.places for n in base.table.names_of(key)}
        said = [n for n in (row.low, row.best, row.high) if n is not None]
        if there & set(places) and any(abs(n - base.value) <= base.value * beside for n in said):
            return True
    return False


SPEAKING = frozenset(words("speaking"))


def other_actor(base: Base, draw: Draw) -> Changed:
    """Another of those whose deeds the rows are; what one did at least, another may have done too."""
    if base.number is not None and not _is_exact(base):
        return None
    for name, start in names_in(base.text, base.table.actors):
        if not base.says(start) or not base.is_alone or base.verb.lemma_ in SPEAKING:
            continue
        others = sorted(base.table.actors - {name})
        others = [o for o in others if o not in base.text and o.casefold() not in name.casefold()]
        others = [o for o in others if name.casefold() not in o.casefold()]
        if others:
            return base.with_edits((start, start + len(name), draw.any(others)))
    return None


def other_period(base: Base, draw: Draw) -> Changed:
    """Another year, of exact numbers and events only: a total may hold for longer, and so may what was
    the highest "since" a year."""
    years = list(re.finditer(r"\b(19|20)\d\d\b", base.text))
    if len(years) != 1 or (base.number is not None and not _is_exact(base)):
        return None
    if any(t.tag_ in ("JJS", "RBS") for t in base.sentence) and "since" in base.text:
        return None
    if not base.is_alone or not (
        base.at.start <= years[0].start() < base.at.end or base.says(years[0].start())
    ):
        return None
    year = int(years[0][0])
    used = {
        p.start.year for row in base.table.rows for p in (row.first, row.as_of) if p is not None and p.start
    }
    choices = [y for y in range(year - 9, year - 1) if y not in used]
    if base.case.date is None or not choices:
        return None
    new = base.with_edits((*years[0].span(), str(draw.random.choice(choices))))
    at = base.at.at.replace(years[0][0], "")
    return new if at == base.at.at else (new, new[base.at.start : base.at.end])


def other_day(base: Base, draw: Draw) -> Changed:
    """An event some months earlier; a stock that is stated of a day may be the same some months later."""
    months = [m for m in re.finditer(r"[A-Z][a-z]+", base.text) if m[0].lower() in MONTHS and m[0] != "May"]
    if base.number is not None or len(months) != 1 or not re.search(r"\d+ [A-Z]", base.at.at):
        return None
    if not base.at.start <= months[0].start() < base.at.end or not base.is_event:
        return None
    month = MONTHS.index(months[0][0].lower())
    other = MONTHS[(month + draw.random.choice((3, 4, 5, 6, 7, 8))) % 12].title()
    new = base.with_edits((*months[0].span(), other))
    at = base.at.at.replace(months[0][0], other)
    return (new, at) if new.count(at) == 1 and _is_free(base, at) else None


def _is_free(base: Base, at: str) -> bool:
    """Whether the words name a day on which nothing of the table happened."""
    found = re.search(r"(\d{1,2}) ([A-Z][a-z]+)", at)
    if found is None:
        return False
    month, day = MONTHS.index(found[2].lower()) + 1, int(found[1])
    return day <= monthrange(2018, month)[1] and not base.table.happens_on(month, day)


def _is_exact(base: Base) -> bool:
    before = base.text[: base.at.start].lower()[-22:]
    open_ended = (
        r"\b(more|less|fewer|than|over|under|least|most|up to|nearly|almost|by|beyond|since|below)\s*$"
    )
    return (
        base.value is not None
        and not re.search(open_ended, before)
        and not re.search(r"\b(by|since|until|so far|already|now|total)\b", base.sentence.text.lower())
    )


def number_beyond(base: Base, draw: Draw) -> Changed:
    """A number that no row has: some times as many."""
    if base.value is None or not _is_exact(base) or base.text.count(base.at.at) != 1:
        return None
    for _ in range(6):
        other = base.value * draw.random.randint(3, 40) + draw.random.randint(1, 9)
        if not base.table.holds(other):
            new = f"{other:,}" if other == other.to_integral_value() else str(other)
            return base.with_edits((base.at.start, base.at.end, new)), new
    return None


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def rank(base: Base, draw: Draw) -> Changed:
    """Another number in the series: "the sixth round", in the statement's own sentence: "The talks ended on 3
    May" does not say which the sentence before named."""
    if not base.is_date or not base.is_alone:
        return None
    found = [m for m in re.finditer(r"[a-z]+", base.text) if m[0] in ORDINALS]
    if not all(base.sentence.start_char <= m.start() < base.sentence.end_char for m in found):
        return None
    if len(found) != 1 or found[0][0] in ORDINALS[:2]:
        return None
    others = [o for o in ORDINALS if abs(ORDINALS.index(o) - ORDINALS.index(found[0][0])) > 1]
    return base.with_edits((*found[0].span(), draw.any(others)))


def qualifier(base: Base, draw: Draw) -> Changed:
    """An exact number becomes a bound on its wrong side: "fewer than 774"."""
    if base.value is None or not _is_exact(base) or not base.value > Decimal(1):
        return None
    before = base.text[: base.at.start]
    if re.search(
        r"\b(some|about|around|only|just|roughly|an|a|the|to|and|another)\s+$|[–$€£-]$", before.lower()
    ):
        return None
    if not base.table.has_exactly(base.value):
        return None
    words = draw.any(("fewer than", "under", "less than"))
    words = words.capitalize() if base.at.start == base.sentence.start_char else words
    return base.with_edits((base.at.start, base.at.start, words + " "))


def comparison_turned(base: Base, draw: Draw) -> Changed:
    """The word that compares says the contrary: "fewer civilians than in May", "fell from"."""
    word = base.compares
    if word is None or word.nbor(1).lower_ == "than":
        return None
    turned = TURNED[word.lower_]
    turned = turned.capitalize() if word.text[0].isupper() else turned
    end = word.idx + len(word)
    at = base.at.at[: word.idx - base.at.start] + turned + base.at.at[end - base.at.start :]
    return base.with_edits((word.idx, end, turned)), at


MUST_NOT: dict[str, Change] = {
    "verb undone": undone_verb, "in fiction": fiction, "a difference": difference,
    "outnumbered": outnumbered, "modifier before the noun": modifier, "head before the noun": head,
    "other noun": other_noun, "other measure": other_measure, "other verb": other_verb,
    "within the place": place_within, "beside the place": place_beside, "other cause": cause,
    "other place": other_place, "other period": other_period, "other day": other_day,
    "other actor": other_actor, "other rank": rank, "number beyond": number_beyond,
    "qualifier turned": qualifier, "comparison turned": comparison_turned,
}  # fmt: skip
