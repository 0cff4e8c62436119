"""A part of a whole: "half of the strikes hit Tarn", "Arvia accounted for a third of the refugees"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.amounts import admitted_share, is_share
from claimcheck.comparisons.extremes import plural_of
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import Clause, mention_at, rendered, segments, span_of
from claimcheck.comparisons.words import Admitted, part, qualifier, rows
from claimcheck.lexicon import pattern
from claimcheck.model import Mention, Span

_IN_ALL = pattern("comparison_forms", "in all")
"""A part told by two numbers: "one in four", "nine out of ten"."""
_WITHIN = frozenset({"in", "at", "on", "near", "within", "inside"})
_MORE_THAN_HALF = Decimal("0.5000001")
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "all", "these", "those", "this", "that"})


def shares(sentence: Sentence) -> Iterator[Found]:
    """What a sentence says to be which part of what."""
    for token in sentence.parsed.doc:
        found = _share(sentence, token)
        if found is not None:
            yield found
    for mention in sentence.mentions:
        if mention.kind == "number" and _IN_ALL.fullmatch(mention.text) and is_share(mention):
            found = _one_in(sentence, mention)
            if found is not None:
                yield found


def _one_in(sentence: Sentence, mention: Mention) -> Found | None:
    """ "one in four refugees in Arvia came from Belland": so many did, of so many that there were."""
    own = [t for t in sentence.parsed.doc if mention_at(sentence, t, time=False) is mention]
    if not own or own[-1].i + 1 >= len(own[-1].doc) or own[-1].doc[own[-1].i + 1].lower_ == "of":
        return None
    clause = Clause(sentence, own[0])
    subject = [t for t in clause.subject if t.i > own[-1].i]
    begin = min(mention.wide_start, qualifier(sentence.document.text, mention.start)[1])
    if not subject or span_of(sentence, clause.subject[:1]).start < begin:
        return None
    noun = clause.subject_head
    told = None if noun is None else _who_they_were(clause, noun) or _what_they_were(clause, subject)
    behind = [t for t in clause.tokens if t.i > max(subject[-1].i, clause.head.i)]
    if told is None and clause.head.lemma_ == "be" and not _is_within(sentence, behind):
        return None
    gone = {t.i for t in clause.tokens if begin <= span_of(sentence, [t]).start < mention.end}
    instead = dict.fromkeys(gone, "") | {own[0].i: NUMBER}
    ways = _ways_to_say_part(clause, clause.tokens, instead, subject)
    return Found(
        pattern="share",
        relation="share",
        anchor=own[-1],
        span=Span(begin, span_of(sentence, subject).end),
        scope=clause.span,
        admits=admitted_share(sentence, mention),
        quantity=mention,
        operands=(
            operand("part", *(ways if told is None else told[:1])),
            operand("whole", *(_whole(clause, subject, None) if told is None else told[1:])),
        ),
    )


def _share(sentence: Sentence, of: Token) -> Found | None:
    doc = of.doc
    if of.lower_ != "of" or of.i == 0:
        return None
    mention = mention_at(sentence, doc[of.i - 1], time=False)
    half = doc[of.i - 1].lower_ == "half" or doc[of.i - 1].lower_ in rows("most of")
    if not half and (mention is None or not is_share(mention)):
        return None
    noun = next((c for c in of.children if c.dep_ == "pobj"), None)
    those = noun is not None and noun.lower_ == "those" and any(c.dep_ == "acl" for c in noun.children)
    if noun is None or (noun.pos_ not in ("NOUN", "PROPN") and not those):
        return None
    whole = list(noun.subtree)
    clause = Clause(sentence, of)
    owner = _owner(clause, noun)
    row = rows("accounts").get(clause.head.lemma_.lower())
    known = whole[0].lower_ in _DEFINITE or owner is not None or (row is not None and noun.tag_ == "NNS")
    if whole[0].lower_ not in _DEFINITE and (not known or _is_numbered(sentence, whole)):
        return None
    start = span_of(sentence, [doc[of.i - 1]]).start if mention is None else mention.start
    admits = _admits(sentence, mention, start, doc[of.i - 1].lower_)
    if mention is None and of.i > 1 and doc[of.i - 2].lower_ in ("the", "a"):  # "the majority of"
        start = span_of(sentence, [doc[of.i - 2]]).start
    begin = start if mention is None else mention.wide_start
    begin = min(begin, qualifier(sentence.document.text, start)[1])
    words = [t for t in clause.tokens if begin <= span_of(sentence, [t]).start and t.i < of.i]
    if not words:
        return None
    if (of_a_deed := _of_what_it_did(clause, noun, words)) is not None:
        part_said, whole_said = of_a_deed
        return Found(
            pattern="share",
            relation="share",
            anchor=of,
            span=Span(begin, span_of(sentence, whole).end),
            scope=clause.span,
            admits=admits,
            quantity=mention,
            operands=(operand("part", *part_said), operand("whole", *whole_said)),
        )
    plain = _plain(sentence, whole)
    told = _who_they_were(clause, noun) or (_what_befell_them(clause, noun, words) if those else None)
    behind = [t for t in clause.tokens if t.i > whole[-1].i] if row is not None else []
    where = [t for s in segments(sentence, behind) if s.kind == "place" for t in s.tokens]
    if told is not None:
        ways = told[:1]
    elif those:
        return None
    elif row is not None and clause.subject and words[0].i > clause.head.i:
        ways = _accounted(clause, plain)
    else:
        instead = dict.fromkeys((t.i for t in [*words, of, *whole]), "")
        instead = {i: w for i, w in instead.items() if i not in {t.i for t in plain}} | {words[0].i: NUMBER}
        pieces = _with_owner(clause.tokens, noun, owner)
        ways = _ways_to_say_part(clause, pieces, instead, whole)
        ways += _of_what_was_done(clause, noun, plain, words, owner)
    return Found(
        pattern="share",
        relation="share",
        anchor=of,
        span=Span(begin, span_of(sentence, whole).end),
        scope=clause.span,
        admits=admits,
        quantity=mention,
        operands=(
            operand("part", *ways),
            operand("whole", *(_whole(clause, [*plain, *where], owner) if told is None else told[1:])),
        ),
    )


def _of_what_was_done(
    clause: Clause, noun: Token, plain: Sequence[Token], words: Sequence[Token], owner: str | None
) -> list[str]:
    """So many tonnes, dollars … of what a deed's noun is of: "exported a third of its *wheat* harvest" tells
    of wheat."""
    matter = [t for t in plain if t.i < noun.i and t.dep_ in ("amod", "compound")]
    if noun.tag_ != "NN" or not matter or owner is None:
        return []
    gone = {t.i for t in noun.subtree} | {t.i for t in words}
    before = [t for t in clause.tokens if t.i < words[0].i]
    behind = [t for t in clause.tokens if t.i > noun.i and t.i not in gone]
    there = [owner] if words[0].i < clause.head.i else []  # "a third of Arvia's wheat harvest was exported"
    return [
        rendered(clause.sentence, [*before, f"{NUMBER} {unit} of", *matter, *behind, *there])
        for unit in rows("unit")
    ]


def _who_they_were(clause: Clause, noun: Token) -> list[str] | None:
    """The part and the whole where it is said who those were whom something befell: "half of *those killed in
    Tarn were children*" are the children killed there, of all who were."""
    sentence = clause.sentence
    befell = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    who = next((c for c in clause.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    if clause.head.lemma_ != "be":  # "civilians made up half of those killed"
        own = clause.subject_head
        makes_up = clause.head.lemma_.lower() in rows("accounts") and own is not None and own.tag_ == "NNS"
        who = own if makes_up else None
    if befell is None or who is None:
        return None
    subject = {t.i for t in noun.subtree}
    around = [t for t in clause.tokens if t.i not in subject and t.i != who.i]
    times = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    kind = [t for t in who.lefts if t.dep_ in ("amod", "compound")]
    deed = [*befell.subtree, *times]
    all_of_them = "people" if noun.lower_ in ("those", "person", "people") else plural_of(noun)
    return [
        rendered(sentence, [NUMBER, *kind, plural_of(who), "were", *deed]),
        rendered(sentence, [f"{NUMBER} {all_of_them} were", *deed]),
    ]


def _what_they_were(clause: Clause, subject: Sequence[Token]) -> list[str] | None:
    """The part and the whole of those who were of a kind: "one in four *prisoners in Arvia was a pre-trial
    detainee*" are the detainees there, of the prisoners."""
    sentence = clause.sentence
    who = next((c for c in clause.head.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
    noun = next((t for t in subject if t.pos_ == "NOUN"), None)
    if clause.head.lemma_ != "be" or who is None or noun is None:
        return None
    kind = [t for t in who.lefts if t.dep_ in ("amod", "compound", "punct")]
    where = [t for t in subject if t.i > noun.i]
    own = {t.i for t in (*subject, *who.subtree)}
    around = [t for t in clause.tokens if t.i not in own and t.i != clause.head.i]
    times = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    return [
        rendered(sentence, [f"There were {NUMBER}", *kind, who, *where, *times], {who.i: plural_of(who)}),
        rendered(sentence, [f"There were {NUMBER}", *subject, *times]),
    ]


def _what_befell_them(clause: Clause, noun: Token, words: Sequence[Token]) -> list[str] | None:
    """The part and the whole of those whom two things befell: "a fifth of *those admitted in Tarn* died" are
    the people admitted there who died, of all who were admitted."""
    sentence = clause.sentence
    befell = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if befell is None or clause.head.lemma_ == "be" or noun.i > clause.head.i:
        return None
    own = {t.i for t in noun.subtree} | {t.i for t in words}
    rest = [t for t in clause.tokens if t.i not in own and t.i > noun.i]
    around = [t for t in clause.tokens if t.i not in own]
    deed = list(befell.subtree)
    told = any(s.kind == "time" for s in segments(sentence, deed))
    times = [] if told else [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    before = [t for t in times if t.i < noun.i]
    return [
        rendered(sentence, [f"{NUMBER} people", *deed, *rest, *before]),
        rendered(sentence, [f"{NUMBER} people were", *deed, *times]),
    ]


def _of_what_it_did(
    clause: Clause, noun: Token, words: Sequence[Token]
) -> tuple[list[str], list[str]] | None:
    """The part and the whole of two deeds of one: "Arvia exported a third of the wheat *that it grew*" says
    how much it exported, of how much it grew. None where the second was done before, at no time that is
    named."""
    sentence, subject = clause.sentence, clause.subject
    deed = next((c for c in noun.children if c.dep_ == "relcl"), None)
    who = None if deed is None else next((c for c in deed.children if c.dep_ == "nsubj"), None)
    if deed is None or who is None or who.lower_ not in ("it", "they") or not subject:
        return None
    if words[0].i < clause.head.i or clause.subject_head is None:
        return None
    kind = [t for t in noun.lefts if t.dep_ in ("amod", "compound")] + [noun]
    units = [f"{NUMBER} {unit} of" for unit in rows("unit")] if noun.tag_ == "NN" else []
    phrase = {t.i for t in noun.subtree} | {t.i for t in clause.tokens if words[0].i <= t.i < noun.i}
    around = [t for t in clause.tokens if t.i not in phrase]
    told = [t for s in segments(sentence, list(deed.subtree)) if s.kind == "time" for t in s.tokens]
    own = [t for s in segments(sentence, around) if s.kind == "time" for t in s.tokens]
    before = any(c.dep_ == "aux" for c in deed.children)
    if not (own or told) or (before and not told):
        return None
    part_ways, whole_ways = (
        [rendered(sentence, [*subject, verb, many, *kind, *times]) for many in [NUMBER, *units]]
        for verb, times in ((clause.head, own or told), (deed, told or own))
    )
    return part_ways, whole_ways


def _owner(clause: Clause, noun: Token) -> str | None:
    """The name that owns a noun, as its place: "in Arvia" of "Arvia's refugees", and of "Arvia exported half
    of its harvest"."""
    sentence = clause.sentence
    own = next((c for c in noun.children if c.dep_ == "poss"), None)
    subject = [t for t in clause.subject if t.dep_ != "det"]
    if own is not None and own.tag_ == "PRP$" and own.i > clause.head.i:
        named = bool(subject) and all(t.pos_ == "PROPN" for t in subject)
        return f"in {rendered(sentence, subject).rstrip('.')}" if named else None
    if own is None or own.pos_ != "PROPN" or any(t.lower_ in _DEFINITE for t in own.subtree):
        return None
    words = [t for t in own.subtree if t.dep_ != "case"]
    return f"in {rendered(sentence, words).rstrip('.')}"


def _is_numbered(sentence: Sentence, whole: Sequence[Token]) -> bool:
    """Whether a noun phrase says itself how many they are: "one in five of Arvia's 14,870 prisoners"."""
    return any(mention_at(sentence, t, time=False) is not None for t in whole)


def _with_owner(tokens: Sequence[Token], noun: Token, owner: str | None) -> list[Token | str]:
    """A clause whose noun has its owner behind it: "15 refugees in Arvia came"."""
    if owner is None:
        return list(tokens)
    at = next((n for n, t in enumerate(tokens) if t.i == noun.i), len(tokens) - 1) + 1
    return [*tokens[:at], owner, *tokens[at:]]


def _ways_to_say_part(
    clause: Clause, pieces: Sequence[Token | str], instead: dict[int, str], whole: Sequence[Token]
) -> list[str]:
    """The part counted; one that lies somewhere within the whole's place also by that alone: "one in six
    evictions in Arvia took place in Tarn"."""
    sentence = clause.sentence
    ways = [rendered(sentence, pieces, instead)]
    own = {t.i for t in whole}
    behind = [t for t in clause.tokens if t.i > max(own)]
    if _is_within(sentence, behind):
        around = {t.i for s in segments(sentence, whole) if s.kind == "place" for t in s.tokens}
        less = [p for p in pieces if not isinstance(p, str) and p.i not in around]
        ways = [rendered(sentence, less, instead), *ways] if len(less) < len(pieces) else ways
    come = next((s for s in segments(sentence, behind) if s.prep == "from"), None)
    if come is not None and clause.head.lemma_ in rows(
        "comes from"
    ):  # "half of the refugees came from Arvia"
        there = [t for t in pieces if isinstance(t, str) or t.i <= max(own)]
        at = next(
            (n for n, t in enumerate(there) if not isinstance(t, str) and _opens(sentence, t, whole)), None
        )
        rest = [t for t in behind if t.i > come.tokens[-1].i]
        said = (
            [*there[:at], *come.tokens, *there[at:], *rest]
            if at is not None
            else [*there, *come.tokens, *rest]
        )
        ways.append(rendered(sentence, ["There were", *said], instead))
    return ways


def _is_within(sentence: Sentence, behind: Sequence[Token]) -> bool:
    """Whether words say where: "were *in Tarn*"."""
    return any(s.kind == "place" and s.prep in _WITHIN for s in segments(sentence, behind))


def _opens(sentence: Sentence, token: Token, whole: Sequence[Token]) -> bool:
    """Whether the first adverbial of a noun phrase begins with a token."""
    found = segments(sentence, whole)
    return bool(found) and found[0].start == token.i


def _admits(sentence: Sentence, mention: Mention | None, start: int, word: str) -> Admitted:
    if mention is None and word in rows("most of"):
        return Admitted(_MORE_THAN_HALF, None, _MORE_THAN_HALF, None)
    if mention is not None:
        return admitted_share(sentence, mention)
    return part(Decimal("0.5"), None, qualifier(sentence.document.text, start)[0])


def _plain(sentence: Sentence, whole: Sequence[Token]) -> list[Token]:
    """The noun phrase without what says that it is known, and how many there are."""
    noun = next(t for t in whole if all(a.i not in {x.i for x in whole} for a in t.ancestors))
    known = {x.i for t in noun.children if t.dep_ in ("det", "predet", "poss") for x in t.subtree}
    own = [t for t in whole if t.i not in known]
    own = own[1:] if own[0].lower_ in _DEFINITE and len(own) > 1 else own  # of its compound, to the parse
    return [t for t in own if mention_at(sentence, t, time=False) is None or t.pos_ not in ("NUM",)]


def _whole(clause: Clause, plain: Sequence[Token], owner: str | None) -> list[str]:
    """All of them, counted, at the clause's time."""
    sentence = clause.sentence
    inside = {s.kind for s in segments(sentence, plain)}
    own = {t.i for t in plain}
    around = [t for t in clause.tokens if t.i not in own]
    extra = [
        t for s in segments(sentence, around) if s.kind == "time" and "time" not in inside for t in s.tokens
    ]
    return _there_were(sentence, [*plain, *([owner] if owner else []), *extra])


def _there_were(sentence: Sentence, words: Sequence[Token | str]) -> list[str]:
    """So many of them; of what has no plural so many tonnes, hectares … of it."""
    said = [rendered(sentence, [f"There were {NUMBER}", *words])]
    nouns = [t for t in words if not isinstance(t, str) and t.pos_ in ("NOUN", "PROPN")]
    if nouns and nouns[0].tag_ == "NN":
        said += [rendered(sentence, [f"There were {NUMBER} {unit} of", *words]) for unit in rows("unit")]
    return said


def _accounted(clause: Clause, plain: Sequence[Token]) -> list[str]:
    """ "Arvia accounted for a third of the refugees": the refugees in Arvia, the Arvian refugees."""
    sentence = clause.sentence
    subject = rendered(sentence, clause.subject).rstrip(".")
    own = {t.i for t in plain}
    inside = {s.kind for s in segments(sentence, plain)}
    around = [t for t in clause.tokens if t.i not in own]
    time = [
        t for s in segments(sentence, around) if s.kind == "time" and "time" not in inside for t in s.tokens
    ]
    found = segments(sentence, plain)
    at = found[0].start if found else plain[-1].i + 1
    noun, rest = [t for t in plain if t.i < at], [t for t in plain if t.i >= at]
    times = [t for s in found if s.kind == "time" for t in s.tokens]
    one = subject[:-1] if subject.endswith("s") else subject
    plural = clause.subject_head is not None and clause.subject_head.tag_ in ("NNS", "NNPS")
    plural = plural or (len(clause.subject) == 1 and one != subject and subject[0].isupper())  # "Syrians"
    ways = [rendered(sentence, [f"There were {NUMBER} {one}", *noun, *rest, *time])] if plural else []
    if (
        plural and noun and noun[-1].tag_ == "NN"
    ):  # "detainees made up half of the prison population of Arvia"
        there = [
            f"in {rendered(sentence, s.tokens[1:]).rstrip('.')}" for s in found if s.kind in ("place", "of")
        ]
        ways.insert(0, rendered(sentence, [f"There were {NUMBER} {subject}", *there, *times, *time]))
    if clause.subject_head is None or clause.subject_head.tag_ not in ("NNS", "NNPS"):
        ways += _there_were(sentence, [*noun, f"in {subject}", *times, *time])
    return ways
