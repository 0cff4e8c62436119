"""Two of a kind compared: "more refugees than Belland", "twice as many as in 2012", "outnumbered those"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import (
    Clause,
    Segment,
    mention_at,
    rendered,
    segments,
    span_of,
)
from claimcheck.comparisons.words import Admitted, number, part, qualifier, ratio, rows
from claimcheck.model import ComparisonRelation, Mention, Span, Way

_ANAPHORS = frozenset({"that", "those", "one", "ones"})
_NOBODY = frozenset({"no", "none", "nobody", "nothing", "neither", "never", "nowhere"})
_PROVERBS = frozenset({"do", "have", "be"})
_NONE = Admitted(None, None, None, None)
_STOPS = frozenset({"but", "while", "whereas", "although", "though", "because", "if", "unless", "when"})


def pairs(sentence: Sentence) -> Iterator[Found]:
    """The comparisons of two of a kind in a sentence."""
    for token in sentence.parsed.doc:
        found = _more(sentence, token) or _as_many(sentence, token) or _degree(sentence, token)
        found = found or _times_that(sentence, token) or _exceeds(sentence, token)
        found = found or _agrees(sentence, token)
        if found is not None:
            yield found


# --- the patterns ------------------------------------------------------------------------------------


def _more(sentence: Sentence, token: Token) -> Found | None:
    """ "more refugees than", "300 more refugees than", "12 tonnes less cocaine than"."""
    row = rows("more").get(token.lower_)
    doc = token.doc
    if row is None or token.i + 1 >= len(doc) or doc[token.i + 1].lower_ in ("than", "of"):
        return None
    noun = _noun_behind(token)
    than = _behind(token, "than")
    if noun is None or than is None or than.i < noun.i:
        return None
    amount, first = _amount(sentence, token)
    unit = ""
    if (
        amount is not None
        and first < token.i
        and doc[token.i - 1].pos_ == "NOUN"
        and amount.kind == "measure"
    ):
        unit = f"{doc[token.i - 1].text} of "  # "12 tonnes less cocaine"
    return _compared(sentence, token, (first, token.i), than, row["way"], amount, unit, noun)


def _as_many(sentence: Sentence, token: Token) -> Found | None:
    """ "as many refugees as", "twice as many", "more than four times as many"."""
    doc = token.doc
    if token.lower_ != "as" or token.i + 2 >= len(doc) or doc[token.i + 1].lower_ not in rows("same"):
        return None
    many = doc[token.i + 1]
    second = _behind(many, "as")
    degree = many.lower_ in ("high", "large", "great")
    noun = None if degree else _noun_behind(many)
    if second is None or (not degree and (noun is None or second.i < noun.i)):
        return None
    times, first, quantity = multiple_before(sentence, token)
    if times is None:
        if mention_at(sentence, doc[token.i + 2], time=False) is not None and noun is None:
            return None  # "as many as 300"
        return _compared(sentence, many, (token.i, many.i), second, "equal", None, "", noun)
    text = sentence.document.text
    row, start = qualifier(text, span_of(sentence, [doc[first]]).start)
    if row is None and any(t.lower_ in ("roughly", "approximately") for t in doc[many.i :]):
        row = rows("roughly")["roughly"]
    first = token_from(sentence, start, first)
    found = _compared(sentence, many, (first, many.i), second, "equal", None, "", noun)
    if found is None:
        return None
    return replace(found, relation="ratio", way="greater", admits=ratio(times, row), quantity=quantity)


def _degree(sentence: Sentence, token: Token) -> Found | None:
    """ "was higher than", "was a third larger in 2023 than in 2021", "stood 7 points lower"."""
    row = rows("degree").get(token.lower_)
    if row is None or token.dep_ not in ("acomp", "attr", "advmod", "oprd", "conj", "amod", "xcomp"):
        return None
    if token.dep_ == "amod" and token.head.i > token.i:
        return None  # "a higher number"
    than = _behind(token, "than")
    if than is None:
        return None
    amount, first = _amount(sentence, token)
    return _compared(sentence, token, (first, token.i), than, row["way"], amount, "", None)


def _times_that(sentence: Sentence, token: Token) -> Found | None:
    """ "was double that of 2015", "was three times the number of 2015", "was half that in Belland"."""
    doc = token.doc
    if token.lower_ not in ("that", "those") or token.dep_ not in (
        "attr",
        "pobj",
        "dobj",
        "npadvmod",
        "acomp",
        "nsubj",
    ):
        return None
    times, first, quantity = multiple_before(sentence, token)
    if times is None:
        return None
    clause = Clause(sentence, token)
    if clause.head.lemma_ not in ("be", "stand", "remain"):
        return None
    row, start = qualifier(sentence.document.text, span_of(sentence, [doc[first]]).start)
    first = token_from(sentence, start, first)
    behind = [t for t in clause.tokens if t.i >= token.i]
    instead = dict.fromkeys(range(first, token.i), "") | {first: NUMBER}
    sides = sides_of(clause, behind, instead, stop=token.i)
    if sides is None:
        return None
    words = span_of(sentence, [doc[first], behind[-1]])
    one, other = sides
    return Found(
        pattern="pair",
        relation="ratio",
        anchor=token,
        span=words,
        scope=clause.span,
        admits=ratio(times, row),
        quantity=quantity,
        operands=(operand("first", *ways_to_say(one)), operand("second", *ways_to_say(other))),
    )


def _exceeds(sentence: Sentence, token: Token) -> Found | None:
    """ "outnumbered those in Belland"."""
    row = rows("exceeds").get(token.lemma_.lower())
    if row is None or token.pos_ != "VERB":
        return None
    clause = Clause(sentence, token)
    if clause.head.i != token.i or not clause.subject:
        return None
    behind = [t for t in clause.tokens if t.i > token.i]
    if not behind or any(mention_at(sentence, t, time=False) or t.tag_ == "PRP$" for t in behind[:2]):
        return None  # "exceeded 300", "exceeded his powers"
    amount = None
    by = next((n for n, t in enumerate(behind) if t.lower_ == "by" and n + 1 < len(behind)), None)
    if by is not None:  # "exceeded those in Belland by 300"
        found = {m for t in behind[by:] if (m := mention_at(sentence, t, time=False)) is not None}
        amount = next(iter(found)) if len(found) == 1 else None
        inside = {t.i for t in behind[by:] if amount and mention_at(sentence, t, time=False) is amount}
        end = max(inside, default=0)
        behind = [t for t in behind if t.i < behind[by].i or t.i > end] if amount is not None else behind
    plural = clause.subject_head is not None and clause.subject_head.tag_ in ("NNS", "NNPS")
    be = "were" if plural else "was"
    sides = sides_of(clause, behind, {token.i: f"{be} {NUMBER}"}, stop=token.i + 1)
    if sides is None:
        return None
    one, other = sides
    return Found(
        pattern="pair",
        relation="greater" if amount is None else "difference",
        admits=_NONE if amount is None else number(amount),
        quantity=amount,
        anchor=token,
        span=span_of(sentence, [token, behind[-1]]),
        scope=clause.span,
        operands=(operand("first", *ways_to_say(one)), operand("second", *ways_to_say(other))),
    )


def _agrees(sentence: Sentence, token: Token) -> Found | None:
    """ "agree on how many strikes there were": that it is a comparison is seen, and no more."""
    doc = token.doc
    if token.lemma_.lower() not in rows("agrees") or token.pos_ != "VERB":
        return None
    behind = [t.lower_ for t in doc[token.i + 1 : token.i + 5]]
    if not {"many", "much", "number", "toll", "figure", "figures"} & set(behind):
        return None
    clause = Clause(sentence, token)
    words = span_of(sentence, doc[token.i : token.i + 4])
    scope = Span(clause.span.start, max(clause.span.end, sentence.parsed.span.end))
    return Found(
        pattern="pair", relation="equal", way="equal", anchor=token, span=words, scope=scope, unread="operand"
    )


def _compared(
    sentence: Sentence,
    token: Token,
    marker: tuple[int, int],
    than: Token,
    way: Way,
    amount: Mention | None,
    unit: str,
    noun: Token | None,
) -> Found | None:
    clause = Clause(sentence, noun if noun is not None else token)
    if any(t.lower_ in _NOBODY for t in clause.subject):
        return None  # "no flood killed more": what comes first
    behind = behind_operand(sentence, clause, than)
    if not behind or behind[0].lower_ in rows("unmeasured") or _is_others(behind):
        return None
    if mention_at(sentence, behind[0], time=False) is not None:
        return None
    first, last = marker
    instead = dict.fromkeys(range(first, last + 1), "")
    instead[first] = NUMBER + (f" {unit}" if unit else "")
    if clause.head.lemma_ == "stand" and noun is None:
        instead[clause.head.i] = "stood at"
    sides = sides_of(clause, behind, instead, stop=than.i)
    end = behind[-1]
    scope = clause.span
    words = span_of(sentence, [token.doc[first], end])
    relation: ComparisonRelation = way
    admits: Admitted = _NONE
    quantity: Mention | None = None
    if isinstance(amount, Mention):
        quantity = amount
        if is_share(amount):
            relation, admits = "change", admitted_share(sentence, amount)
        elif _says_times(sentence, amount):
            row, _ = qualifier(sentence.document.text, amount.start)
            relation, admits = "ratio", ratio(amount.value or Decimal(1), row)
            if way == "less":
                return None  # "three times fewer" is a third of it to some, and to others nothing
        else:
            relation, admits = "difference", number(amount)
    if sides is None:
        return Found(
            pattern="pair",
            relation=relation,
            anchor=token,
            span=words,
            scope=scope,
            way=way,
            unread="operand",
            quantity=quantity,
            admits=admits,
        )
    one, other = sides
    ways = _amounts(one, other, noun)
    return Found(
        pattern="pair",
        relation=relation,
        anchor=token,
        span=words,
        scope=scope,
        way=way,
        admits=admits,
        quantity=quantity,
        operands=(operand("first", *(w[0] for w in ways)), operand("second", *(w[1] for w in ways))),
    )


def _amounts(one: str, other: str, noun: Token | None) -> list[tuple[str, str]]:
    """The two sentences, and where an amount is compared that has no plural, the two with units."""
    out = [(one, other)]
    if noun is not None and noun.tag_ == "NN" and f"{NUMBER} {noun.text}" in one:
        for unit in rows("unit"):
            said = f"{NUMBER} {unit} of"
            out.append((one.replace(NUMBER, said, 1), other.replace(NUMBER, said, 1)))
    if noun is None:
        out = list(zip(ways_to_say(one), ways_to_say(other), strict=False))
    return out


def ways_to_say(sentence: str) -> list[str]:
    """A sentence that says a number of its subject ("The number of refugees in Arvia was 45 in 2019"), and
    the same as that which is counted ("There were 45 refugees in Arvia in 2019")."""
    for be in (" was ", " were ", " stood "):
        subject, found, rest = sentence.partition(f"{be}{NUMBER}")
        if not found:
            continue
        stood = [] if be == " stood " else [sentence.replace(f"{be}{NUMBER}", f" stood at {NUMBER}", 1)]
        around, comma, subject = subject.rpartition(", ")
        rest = f" {around[:1].lower()}{around[1:]}{rest}" if comma else rest
        lower = subject[:1].lower() + subject[1:]
        for lead in ("the number of ", "the amount of ", "the total number of ", "the share of "):
            if lower.startswith(lead):
                counted = subject[len(lead) :]
                amount = [f"There were {NUMBER} {u} of {counted}{rest}" for u in rows("unit")]
                return [
                    sentence,
                    *stood,
                    f"There were {NUMBER} {counted}{rest}",
                    *(amount if "amount" in lead else []),
                ]
        if be == " were ":
            bare = lower.removeprefix("the ")
            return [sentence, *stood, f"There were {NUMBER} {bare}{rest}"]
        return [sentence, *stood]
    return [sentence]


# --- the operands ------------------------------------------------------------------------------------


def sides_of(
    clause: Clause, behind: Sequence[Token], instead: dict[int, str], stop: int
) -> tuple[str, str] | None:
    """The two operands as sentences; `behind` are the words of the second, before `stop` stand those of the
    first."""
    sentence = clause.sentence
    taken = {t.i for t in behind}
    first = [t for t in clause.tokens if t.i < stop and t.i not in taken]
    rest = [t for t in clause.tokens if t.i > behind[-1].i]
    if not first:
        return None
    found = segments(sentence, behind)
    at = found[0].start if found else behind[-1].i + 1
    lead = [t for t in behind if t.i < at]
    did = False
    while lead and lead[-1].lemma_ in _PROVERBS and len(lead) > 1:
        lead, did = lead[:-1], True
    mine: list[Token | str] = list(first)
    subject = clause.subject
    if not lead:
        pair = _by_segments(sentence, first, found, subject)
    elif any(t.pos_ == "VERB" for t in lead) and lead[0].pos_ == "PRON":
        verb = next(t for t in lead if t.pos_ == "VERB")  # "twice as many people as it killed"
        pair = mine, [verb if t.i == clause.head.i else t for t in first]
    elif lead[-1].lower_ in _ANAPHORS:
        pair = _by_anaphor(sentence, first, lead, found, subject)
    else:
        pair = _by_phrase(clause, first, rest, lead, found, did)
    if pair is None:
        return None
    kinds = {s.kind for s in found} if did else set()
    again = {t.i for s in segments(sentence, rest) if s.kind in kinds for t in s.tokens}
    one, other = [*pair[0], *rest], [*pair[1], *(t for t in rest if t.i not in again)]
    said = rendered(sentence, one, instead), rendered(sentence, other, instead)
    return said if said[0] != said[1] else None


_Pair = tuple[list["Token | str"], list["Token | str"]]


def _by_segments(
    sentence: Sentence, first: list[Token], found: Sequence[Segment], subject: Sequence[Token]
) -> _Pair | None:
    """ "in Arvia … than in Belland in 2016": each adverbial in the stead of the one of its kind; what the
    first has none of is shared, but for what is compared."""
    one: list[Token | str] = list(first)
    other: list[Token | str] = list(first)
    theirs = segments(sentence, first)
    for at, own in enumerate(found):
        same = [s for s in theirs if s.kind == own.kind]
        same = [s for s in same if s.prep == own.prep] or same
        if same:
            other = _in_stead(other, same[-1], list(own.tokens))
        elif (
            at == 0 and own.kind == "place" and _is_a_name(subject)
        ):  # "Arvia hosted twice as many as in Belland"
            gone = {t.i for t in subject}
            kept = [t for t in first if t.i not in gone]
            index = next(n for n, t in enumerate(first) if t.i in gone)
            other = [*kept[:index], *own.tokens[1:], *kept[index:]]
        elif at == 0 and own.kind != "time":
            return None
        else:
            other = [*other, *own.tokens]
            if at > 0:
                one = [*one, *own.tokens]
    return one, other


def _is_a_name(subject: Sequence[Token]) -> bool:
    return bool(subject) and all(t.pos_ == "PROPN" for t in subject)


def _by_anaphor(
    sentence: Sentence,
    first: list[Token],
    lead: list[Token],
    found: Sequence[Segment],
    subject: Sequence[Token],
) -> _Pair | None:
    """ "that of the Belland flood", "the one at Tarn on 4 May": the subject's noun with other attributes."""
    if not subject or not found:
        return None
    own = [t for t in first if t.i in {s.i for s in subject}]
    theirs = segments(sentence, own)
    event = lead[-1].lower_ in ("one", "ones")
    other: list[Token | str] = list(first)
    used: list[Token] = []
    for segment in found:
        same = [s for s in theirs if s.kind == segment.kind]
        same = [s for s in same if s.prep == segment.prep] or same
        if same:
            other = _in_stead(other, same[-1] if segment.kind != "of" else same[0], list(segment.tokens))
        else:
            used += segment.tokens
    if used:
        last = own[-1]
        at = next((n for n, p in enumerate(other) if not isinstance(p, str) and p.i > last.i), len(other))
        other = [*other[:at], *used, *other[at:]]
    kinds = {s.kind for s in found}
    if event:  # what tells the first apart does not tell of the other
        for left in theirs:
            if left.kind not in kinds and left.kind in ("place", "time"):
                other = _in_stead(other, left, []) if left.kind == "place" else other
    return list(first), other


def _by_phrase(
    clause: Clause,
    first: list[Token],
    rest: list[Token],
    lead: list[Token],
    found: Sequence[Segment],
    did: bool,
) -> _Pair | None:
    """ "than Belland", "than the flood at Orm on 14 October": in the stead of the subject; where that
    is what is counted, of its place. `did`: the second has a verb of its own ("than Belland did"), and
    its time with it."""
    sentence, subject, head = clause.sentence, clause.subject, clause.subject_head
    theirs = segments(sentence, first)
    around = [s.kind for s in segments(sentence, rest)]
    owner = next((t for t in subject if t.dep_ == "poss"), None)
    if lead[-1].tag_ == "POS" and owner is not None:  # "Arvia's refugees outnumbered Belland's"
        own = {t.i for t in owner.subtree}
        whose = [t for t in first if t.i in own]
        at = next(n for n, t in enumerate(first) if t.i == whose[0].i)
        return list(first), [*first[:at], *lead, *first[at + len(whose) :]]
    named = lead[-1].pos_ == "PROPN" and not any(t.pos_ == "NOUN" for t in lead)
    plain = head is not None and (head.dep_ == "expl" or head.lower_ == "there")
    counted = any(t.lower_ in rows("more") or t.lower_ in rows("same") for t in subject)
    if not subject or plain or counted:
        places = [s for s in theirs if s.kind == "place"]
        if not named or not places:
            return None
        prep = places[-1].tokens[0]
        return list(first), _in_stead(
            list(first), places[-1], [prep, *lead, *(t for s in found for t in s.tokens)]
        )
    own = {t.i for t in subject}
    inside = [t for t in first if t.i in own]
    shared: list[Token] = []
    mine: list[Token] = []
    for segment in found:
        outside = [s for s in theirs if s.kind == segment.kind and s.start not in own]
        both = named and segment.kind == "time" and not outside and not did and "time" not in around
        (shared if both else mine).extend(segment.tokens)
    replacing: list[Token | str] = [*lead, *(mine if not named else [])]
    at = next(n for n, t in enumerate(first) if t.i == inside[0].i)
    other: list[Token | str] = [*first[:at], *replacing, *first[at + len(inside) :]]
    if named:
        for segment in found:
            if segment.tokens[0].i not in {t.i for t in mine}:
                continue
            same = [s for s in theirs if s.kind == segment.kind and s.start not in own]
            other = _in_stead(other, same[-1], list(segment.tokens)) if same else [*other, *segment.tokens]
    return [*first, *shared], [*other, *shared]


def _in_stead(pieces: list[Token | str], segment: Segment, words: Sequence[Token]) -> list[Token | str]:
    own = {t.i for t in segment.tokens}
    out: list[Token | str] = []
    done = False
    for piece in pieces:
        if not isinstance(piece, str) and piece.i in own:
            if not done:
                out.extend(words)
                done = True
            continue
        out.append(piece)
    return out


# --- words -------------------------------------------------------------------------------------------


def _noun_behind(token: Token) -> Token | None:
    """The noun that "more" or "many" counts: the head of its phrase."""
    head = token.head
    for _ in range(3):
        if head.pos_ in ("NOUN", "PROPN") and head.i > token.i:
            return head
        head = head.head
    following = [t for t in token.doc[token.i + 1 : token.i + 4] if t.pos_ in ("NOUN", "PROPN")]
    return following[0] if following else None


def _behind(token: Token, word: str) -> Token | None:
    """The first "than" ("as") behind a word, before its sentence goes on with something else."""
    for other in token.doc[token.i + 1 :]:
        if other.lower_ == word:
            return other
        if other.text in (";", ":") or other.lower_ in _STOPS:
            return None
    return None


def behind_operand(sentence: Sentence, clause: Clause, than: Token) -> list[Token]:
    """The words of the second operand: those behind "than", up to where the clause says something else."""
    inside = {t.i for t in clause.tokens}
    out: list[Token] = []
    for token in than.doc[than.i + 1 :]:
        masked = mention_at(sentence, token, time=True) is not None
        if token.text in (",", ";", ":", "–", "—", "(", ")") and not masked:
            break
        if token.lower_ in _STOPS or (token.is_punct and token.i not in inside and not masked):
            break
        if (
            token.dep_ == "cc"
            and token.i + 1 < len(token.doc)
            and token.doc[token.i + 1].pos_ in ("VERB", "AUX")
        ):
            break
        if token.is_space:
            continue
        out.append(token)
    while out and out[-1].is_punct:
        out.pop()
    return out


def _is_others(behind: Sequence[Token]) -> bool:
    words = [t.lower_ for t in behind[:4]]
    words = words[1:] if behind[0].pos_ == "ADP" else words
    return any(words[: len(other)] == other for other in (word.split() for word in rows("others")))


def _amount(sentence: Sentence, token: Token) -> tuple[Mention | None, int]:
    """The number right before a comparative that says by how much, and the token where its words begin."""
    doc = token.doc
    at = token.i - 1
    while at >= 0 and doc[at].lower_ in (
        "points",
        "point",
        "percentage",
        "times",
        "per",
        "cent",
        "percent",
        "%",
        "much",
    ):
        at -= 1
    at = max(at, 0) if token.i else 0
    for back in (0, 1):
        here = at - back
        if here < 0:
            break
        mention = mention_at(sentence, doc[here], time=False)
        if mention is not None and mention.kind in ("number", "percent", "measure", "money"):
            return mention, token_from(sentence, mention.wide_start, here)
        if doc[here].pos_ != "NOUN":
            break
    return None, token.i


def multiple_before(sentence: Sentence, token: Token) -> tuple[Decimal | None, int, Mention | None]:
    """How many times as much the words right before a token say, and the token where they begin."""
    doc = token.doc
    if token.i == 0:
        return None, token.i, None
    before = doc[token.i - 1]
    row = rows("multiple").get(before.lower_)
    if row is not None:
        return Decimal(row["times"]), before.i, mention_at(sentence, before, time=False)
    if before.lower_ not in ("times", "time") or token.i < 2:
        return None, token.i, None
    mention = mention_at(sentence, doc[token.i - 2], time=False)
    if mention is None or mention.value is None:
        return None, token.i, None
    return mention.value, token_from(sentence, mention.start, token.i - 2), mention


def token_from(sentence: Sentence, start: int, at: int) -> int:
    """The first token, at or before `at`, of the words that begin at a character of the document."""
    doc = sentence.parsed.doc
    while at > 0 and span_of(sentence, [doc[at - 1]]).start >= start:
        at -= 1
    return at


def is_share(mention: Mention) -> bool:
    """Whether a number is a part of a whole: "a third", "15 per cent", and no percentage points."""
    if mention.kind == "percent":
        return mention.unit == "percent"
    value = mention.value if mention.value is not None else mention.low
    return mention.kind == "number" and value is not None and 0 < value < 1


def admitted_share(sentence: Sentence, mention: Mention) -> Admitted:
    """What a part admits: "a third", "15 per cent"."""
    value = mention.value if mention.value is not None else mention.low or Decimal(0)
    row, _ = qualifier(sentence.document.text, mention.start)
    if mention.kind != "percent":
        return part(value, None, row)
    exponent = value.as_tuple().exponent
    digits = Decimal(1).scaleb(min(0, exponent if isinstance(exponent, int) else 0)) / 2
    digits = max(digits, value / 200)  # "540 per cent" is told of 539.5
    return part(value / 100, digits / 100, row)


def _says_times(sentence: Sentence, mention: Mention) -> bool:
    return sentence.document.text[mention.end : mention.end + 6].strip().lower().startswith("times")
