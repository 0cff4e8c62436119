"""Two compared: one number at two times ("rose from A to B"), or two of a kind ("more refugees than")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import takewhile

from claimcheck.claims.sentence import Sentence
from claimcheck.comparisons.restating import (
    COUNTS,
    STOPS,
    Clause,
    Segment,
    admitted_share,
    amount_before,
    antecedent,
    behind_operand,
    is_share,
    members,
    mention_at,
    multiple_before,
    rendered,
    says_times,
    segments,
    sides_of,
    span_of,
    spoken,
    token_from,
    ways_to_say,
)
from claimcheck.comparisons.words import (
    NUMBER,
    Admitted,
    Found,
    Token,
    number,
    operand,
    part,
    qualifier,
    ratio,
    rows,
)
from claimcheck.lexicon import Row, pattern
from claimcheck.model import ComparisonRelation, Mention, Operand, Period, Span, Way
from claimcheck.numbers.numerals import find_numerals
from claimcheck.selfcheck.marked import ends_of

# ----------------------------------------------------------------------------------------------------
# One number at two times: "rose from A in 2012 to B in 2013", "fell by a third between", "doubled".

_NONE = Admitted(None, None, None, None)
_FOLD = "fold"
_OF = ("the number of ", "the amount of ", "the total number of ", "the total of ")
_STAY = frozenset({"be", "remain", "stay", "hold", "stand"})
_SIDES = ("first", "second")


def changes(sentence: Sentence) -> Iterator[Found]:
    """The changes that a sentence tells."""
    for token in sentence.parsed.doc:
        row = row_of_change(token)
        if row is None:
            continue
        clause = Clause(sentence, token)
        if clause.head.i != token.i or not clause.subject:
            continue
        found = _by(clause, row)
        if found is None or (found.quantity is None and found.relation == row["way"]):
            found = _from_to(clause, row) or found
        if found is not None:
            yield found
    for token in sentence.parsed.doc:
        if token.lower_ in rows("unchanged") and (found := _unchanged(sentence, token)) is not None:
            yield found


def _unchanged(sentence: Sentence, token: Token) -> Found | None:
    """ "was unchanged between 2012 and 2013", "remained the same from 2012 to 2013"."""
    clause = Clause(sentence, token)
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    is_time = following is not None and mention_at(sentence, following, time=True) is not None
    if following is not None and not is_time and following.pos_ in ("NOUN", "PROPN", "ADJ"):
        return None  # "the same year"
    if clause.head.lemma_ not in _STAY or token.i < clause.head.i or not clause.subject:
        return None
    own = _times(clause)
    times = _two_times(clause) if len(own) == 2 or any(_both_ends(m) for m in own) else None
    found = Found(
        pattern="change",
        relation="equal",
        way="equal",
        anchor=token,
        span=span_of(sentence, [token]),
        scope=clause.span,
    )
    if times is None:
        return None
    operands = (
        subject_at(role, clause, time, NUMBER, None) for role, time in zip(_SIDES, times[::-1], strict=True)
    )
    return replace(found, operands=tuple(operands))


def row_of_change(token: Token) -> Row | None:
    """What a verb says of how a number moved; None of one that says nothing of it."""
    behind = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    if token.lemma_ in _STAY and behind in ("up", "down"):  # "were up 12 per cent on 2018"
        return rows("change")[f"go {behind}"]
    if token.pos_ != "VERB":
        return None
    lemma = token.lemma_.lower()
    particle = next((c.lower_ for c in token.children if c.dep_ in ("prt", "advmod")), behind)
    return rows("change").get(f"{lemma} {particle}") or rows("change").get(lemma)


def _from_to(clause: Clause, row: Row) -> Found | None:
    """ "from A (at one time) to B (at another)"."""
    sentence, verb = clause.sentence, clause.verb
    behind = [t for t in clause.tokens if t.i > verb.i]
    start, end = _number_after(sentence, behind, "from"), _number_after(sentence, behind, "to")
    if start is None or end is None:
        return None
    times = _times(clause)
    stop = clause.span.end
    first = _time_behind(sentence, start, end.start if end.start > start.start else stop, times)
    last = _time_behind(sentence, end, start.start if start.start > end.start else stop, times)
    if not first and not last and len(times) == 1 and (ends := _both_ends(times[0])) is not None:
        first, last = ends
    if first is None and len(times) == 1 and (told := _within_a_year(clause, times[0])) is not None:
        return replace(
            Found(
                pattern="within", relation=row["way"], way=row["way"], anchor=verb, scope=clause.span,
                span=Span(span_of(sentence, [verb]).start, max(start.end, end.end, times[0].end)),
            ),
            operands=(
                subject_at("first", clause, told[1], _written(sentence, end), end.span),
                subject_at("second", clause, told[0], _written(sentence, start), start.span),
            ),
        ) if start.unit == end.unit else None  # fmt: skip
    if last is None:
        before = [t for t in times if t.end <= min(start.start, end.start)]
        last = said_time(sentence, before[-1]) if len(before) == 1 and first is not None else None
    if not first or not last:
        return None
    words = Span(span_of(sentence, [verb]).start, max(start.end, end.end, *(t.end for t in times)))
    if start.unit != end.unit:  # "from 11.20 to 12.05 euros": the sentence itself says of what the first is
        return Found(
            pattern="change",
            relation=row["way"],
            way=row["way"],
            anchor=verb,
            span=words,
            scope=clause.span,
            operands=(operand("first", number=end.span), operand("second", number=start.span)),
        )
    return Found(
        pattern="change",
        relation=row["way"],
        way=row["way"],
        anchor=verb,
        span=words,
        scope=clause.span,
        operands=(
            subject_at("first", clause, last, _written(sentence, end), end.span),
            subject_at("second", clause, first, _written(sentence, start), start.span),
        ),
    )


def _within_a_year(clause: Clause, time: Mention) -> tuple[str, str] | None:
    """The year before and the one that is named: "rose from 20 to 30 *in 2019*"."""
    year = said_time(clause.sentence, time)
    if not year.startswith("in ") or not year[3:].isdigit() or len(year) != len("in 2019"):
        return None
    return f"in {int(year[3:]) - 1}", year


def _by(clause: Clause, row: Row) -> Found | None:
    """ "by a third between 2012 and 2013", "doubled from 2012 to 2013", "sixfold"."""
    sentence, verb = clause.sentence, clause.verb
    behind = [t for t in clause.tokens if t.i > verb.i]
    if behind and behind[0].lower_ in ("up", "down"):
        behind = behind[1:]
    last = verb
    amount = _number_after(sentence, behind, "by") or _bare(sentence, behind)
    times = row.get("times")
    admits, relation = _NONE, row["way"]
    if times is not None:
        where, _ = qualifier(sentence.document.text, span_of(sentence, [verb]).start)
        admits, relation, amount = ratio(Decimal(times), where), "ratio", None
    elif amount is None:
        half = part_behind(sentence, behind, "by")
        if half is not None:
            last, admits = half
            relation = "change"
        elif not _says_both_times(clause, behind):
            return None
    elif amount.text.lower().endswith(_FOLD):
        if amount.value is None or row["way"] != "greater":
            return None
        where, _ = qualifier(sentence.document.text, amount.start)
        admits, relation = ratio(amount.value, where), "ratio"
    elif is_share(amount):
        admits, relation = admitted_share(sentence, amount), "change"
    else:
        admits, relation = number(amount), "difference"
    begin = qualifier(sentence.document.text, span_of(sentence, [verb]).start)[1]
    end = span_of(sentence, [last]).end
    span = Span(begin, max(end, amount.end if amount else 0))
    change = Found(
        pattern="change",
        relation=relation,
        way=row["way"],
        anchor=verb,
        span=span,
        scope=clause.span,
        admits=admits,
        quantity=amount,
    )
    if (told := _from_to(clause, row)) is not None:  # "grew sixfold, from 20 in 2015 to 120 in 2019"
        return replace(change, operands=told.operands, pattern=told.pattern)
    found = _two_times(clause)
    if found is None:
        return replace(change, unread="time")
    first, second = found
    return replace(
        change,
        operands=(
            subject_at("first", clause, second, NUMBER, None),
            subject_at("second", clause, first, NUMBER, None),
        ),
    )


def _says_both_times(clause: Clause, behind: Sequence[Token]) -> bool:
    """Whether a change without an amount says from when to when, and nothing of what it came to."""
    numbers = [t for t in behind if mention_at(clause.sentence, t, time=False) is not None]
    return not numbers and any(_both_ends(m) is not None for m in _times(clause))


def _two_times(clause: Clause) -> tuple[str, str] | None:
    """From when to when: "between … and …", "from … to …", "in 2013, compared with 2012"; a whole year is
    held against the year before."""
    sentence = clause.sentence
    times = _times(clause)
    if _again_and_again(clause) or any(_is_since(clause, m) for m in times):
        return None
    base = antecedent(clause)
    if base is not None and len(times) == 1 and _both_ends(times[0]) is None:
        times = [*times, *base.times]
        if len(times) != 2:
            return None
    if len(times) == 1:
        if (said := _both_ends(times[0])) is not None:
            return said if all(said) else None
        period = times[0].period
        year = spoken(period)
        if year.startswith("in ") and year[3:].isdigit() and period is not None and period.start is not None:
            before = period.start.year - 1
            return (spoken(Period(date(before, 1, 1), date(before, 12, 31))), year) if before > 0 else None
        return None
    if len(times) != 2:
        return None
    one, other = sorted(times, key=lambda m: m.date_start or m.date_end or date.min)
    said = said_time(sentence, one), said_time(sentence, other)
    return said if all(said) and said[0] != said[1] else None


def _again_and_again(clause: Clause) -> bool:
    """Whether a change is told of each of several times: "doubled every year", "by 3 per cent a year"."""
    doc = clause.head.doc
    return any(
        t.lower_ in rows("span") and t.i and doc[t.i - 1].lower_ in ("every", "each", "per", "a")
        for t in clause.tokens
        if mention_at(clause.sentence, t, time=True) is None and t.lower_ not in rows("part")
    )


def _is_since(clause: Clause, time: Mention) -> bool:
    """Whether a time is only the first of those that a change goes through: "since 2015"."""
    before = clause.sentence.document.text[max(0, time.start - 6) : time.start].lower()
    return before.endswith("since ") or time.text.lower().startswith("since ")


_END = pattern("comparison_forms", "two ends")


def _both_ends(time: Mention) -> tuple[str, str] | None:
    """The two times of "between the end of 2022 and 30 June 2023", each as an adverbial; None where it is
    one."""
    ends = ends_of(time)
    if ends is None or ends[0] == ends[1] or "/" not in (time.timex or ""):
        return None
    one, other = spoken(ends[0]), spoken(ends[1])
    found = _END.match(" ".join(time.text.split()))
    if found is not None:  # "the end of 2022" is no whole year
        said = [part if part.lower().startswith("the ") else "" for part in found.groups()]
        one, other = (f"at {p}" if p else whole for p, whole in zip(said, (one, other), strict=True))
    return one, other


def _times(clause: Clause) -> list[Mention]:
    span = clause.span
    own = {t.i for t in clause.tokens}
    out = []
    for m in clause.sentence.mentions:
        if (
            m.is_time
            and m.kind == "date"
            and span.start <= m.start
            and m.end <= span.end
            and m.period is not None
        ):
            token = clause.sentence.token(m)
            if token is not None and token.i in own:
                out.append(m)
    return out


def _time_behind(sentence: Sentence, number: Mention, stop: int, times: Sequence[Mention]) -> str | None:
    """The time that stands behind a number, before the next one."""
    found = [t for t in times if number.end <= t.start < stop]
    return said_time(sentence, found[0]) if found else None


def said_time(sentence: Sentence, time: Mention) -> str:
    """A time as an adverbial."""
    if time.mod is not None and any(c.isdigit() for c in time.text):  # "the end of 2023"
        text = time.text.lower().removeprefix("the ")
        return (
            f"at the {text}" if text.startswith(("end", "beginning", "start", "close")) else f"in {time.text}"
        )
    return spoken(time.period)


def _number_after(sentence: Sentence, tokens: Sequence[Token], word: str) -> Mention | None:
    for at, token in enumerate(tokens):
        if token.lower_ != word or mention_at(sentence, token, time=True) is not None:
            continue
        for behind in tokens[at + 1 : at + 6]:
            if mention_at(sentence, behind, time=True) is not None or behind.lower_ in ("from", "to", "by"):
                break
            found = mention_at(sentence, behind, time=False)
            if found is not None and found.kind in ("number", "percent", "money", "measure"):
                return found
    return None


def part_behind(sentence: Sentence, tokens: Sequence[Token], word: str) -> tuple[Token, Admitted] | None:
    """A part that no number tells, behind a preposition: "by half", "of more than a quarter"."""
    for at, token in enumerate(tokens[:6]):
        row = rows("part").get(token.lower_)
        if row is not None and any(t.lower_ == word for t in tokens[:at]):
            where, _ = qualifier(sentence.document.text, span_of(sentence, [token]).start)
            return token, part(Decimal(row["times"]), None, where)
    return None


def _bare(sentence: Sentence, behind: Sequence[Token]) -> Mention | None:
    """A number right behind the verb: "rose 15 per cent", "grew sixfold"."""
    for token in behind[:5]:
        found = mention_at(sentence, token, time=False)
        if found is not None and found.kind in ("number", "percent", "money", "measure"):
            return found if found.noun in (None, "point") else None  # "dropped two barrels"
        at = span_of(sentence, [token]).start
        qualifies = any(not m.is_time and m.wide_start <= at < m.start for m in sentence.mentions)
        if token.pos_ not in ("ADV", "DET") and not qualifies:
            return None
    return None


def _written(sentence: Sentence, number: Mention) -> str:
    return sentence.document.text[number.wide_start : number.end]


def amount_of(sentence: Sentence, tokens: Sequence[Token]) -> Mention | None:
    """The amount of a move: "a fall of 15 per cent", "an increase of more than a third"."""
    return _number_after(sentence, tokens[:1], "of") or _number_after(sentence, tokens[:8], "of")


def _says_who(segment: Segment) -> bool:
    """Whether an adverbial names a speaker: "according to the ministry"."""
    first = segment.tokens[0]
    return "according" in (first.lower_, first.head.lower_)


def _scenes(clause: Clause) -> list[Segment]:
    """Where a clause tells right behind its verb that its subject moved: "rose *in Arvia* from 3 to 4"."""
    behind = [t for t in clause.tokens if t.i > clause.verb.i]
    first = [s for s in segments(clause.sentence, behind) if s.start == clause.verb.i + 1]
    return [s for s in first if s.kind == "place" and s.prep in ("in", "at")]


def _owned(clause: Clause) -> list[Token] | None:
    """What a clause says of its subject's own that it moved, and where: "Arvia doubled *its budget*" tells of
    Arvia's budget."""
    moved = next((c for c in clause.head.children if c.dep_ == "dobj"), None)
    whose = None if moved is None else next((c for c in moved.children if c.tag_ == "PRP$"), None)
    if moved is None or whose is None or whose.lower_ not in ("its", "their"):
        return None
    first, noun = whose.i + 1, moved
    behind = segments(clause.sentence, [t for t in clause.tokens if t.i > noun.i])
    told = [s for s in behind if not any(mention_at(clause.sentence, t, time=False) for t in s.tokens)]
    places = [t for s in told if s.kind in ("place", "of") for t in s.tokens]
    return [*moved.doc[first : noun.i + 1], *places]


def subject_at(role: str, clause: Clause, time: str, said: str, at: Span | None) -> Operand:
    """What the subject was at a time, in the ways in which a text may say it."""
    sentence = clause.sentence
    if (base := antecedent(clause)) is not None:
        return operand(role, base.again(time, said) or "", number=at)
    own: list[Token] = [t for t in clause.subject if mention_at(sentence, t, time=True) is None]
    head = clause.subject_head
    if (owned := _owned(clause)) is not None:
        head = next((t for t in owned if t.dep_ in ("dobj", "pobj")), head)
    for segment in segments(sentence, clause.subject):
        if segment.kind == "time":
            own = [t for t in own if t.i not in {x.i for x in segment.tokens}]
    around = [t for t in clause.tokens if own and t.i < own[0].i]
    told = [s for s in segments(sentence, around) if s.kind != "time" and not _says_who(s)]
    told += _scenes(clause)
    around = [t for s in told for t in s.tokens]
    whose: list[Token | str] = [] if owned is None else ["'s", *owned]
    subject = rendered(sentence, [*own, *whose, *around]).rstrip(".")
    lower = subject[:1].lower() + subject[1:]
    plural = head is not None and head.tag_ in ("NNS", "NNPS")
    ways = [f"{subject} {'were' if plural else 'was'} {said} {time}.", f"{subject} stood at {said} {time}."]
    for lead in _OF:
        if lower.startswith(lead):
            counted = lower[len(lead) :]
            ways = [f"There were {said} {counted} {time}.", *ways]
            if lead == "the amount of ":
                ways.insert(0, f"There were {said} of {counted} {time}.")
    if plural:
        ways.append(f"There were {said} {lower.removeprefix('the ')} {time}.")
    owner, found, its = subject.partition("’s " if "’s " in subject else "'s ")
    of_it = owned is not None or (head is not None and any(c.dep_ == "poss" for c in head.children))
    if found and of_it:
        ways.insert(0, f"{owner} had {said} {its} {time}.")
    return operand(role, *ways, number=at)


# ----------------------------------------------------------------------------------------------------
# The same move time after time: "fell for the third year in a row", "rose for four consecutive quarters".

_MOST = 60
"""Times in a row that are looked up at most."""
_WORDS_IN_A_ROW = 3


def streaks(sentence: Sentence) -> Iterator[Found]:
    """The moves that a sentence tells to have come one after the other."""
    for token in sentence.parsed.doc:
        row = rows("span").get(token.lower_)
        if row is None or token.i == 0:
            continue
        counted = _counted(token)
        if counted is None:
            continue
        first, last = counted
        number = _number(sentence, first)
        if number is None:
            continue
        count, quantity = number
        yield _read(sentence, token, (first, last), count, quantity, int(row["times"]))


def _counted(span: Token) -> tuple[Token, Token] | None:
    """The word that counts a span of time and the last one of its phrase, where they say that nothing lies
    between: "third year in a row", "three consecutive years". None of any other year."""
    doc = span.doc
    straight = doc[span.i - 1].lower_ in rows("straight")
    last = span
    behind = doc[span.i + 1 : span.i + 1 + _WORDS_IN_A_ROW]
    for length in range(_WORDS_IN_A_ROW, 0, -1):
        if " ".join(t.lower_ for t in behind[:length]) in rows("in a row"):
            last = behind[min(length, len(behind)) - 1]
            break
    if last is span and not straight:
        return None
    at = span.i - (2 if straight else 1)
    return (doc[at], last) if at >= 0 else None


def _number(sentence: Sentence, token: Token) -> tuple[int, Mention | None] | None:
    """How many: an ordinal or a number that stands right before."""
    mention = mention_at(sentence, token, time=False) or mention_at(sentence, token, time=True)
    if mention is not None and mention.value is not None:
        return int(mention.value), mention
    values = [n.value for n in find_numerals(token.text)]
    return (int(values[0]), mention) if len(values) == 1 else None


def _read(
    sentence: Sentence,
    span: Token,
    ends: tuple[Token, Token],
    count: int,
    quantity: Mention | None,
    months: int,
) -> Found:
    """The streak with what moved, as it stood at its last time; unread where the sentence does not say so."""
    clause = Clause(sentence, span)
    verb = _verb(clause.head)
    row = None if verb is None else row_of_change(verb)
    words = span_of(sentence, ends)
    if verb is not None:
        clause = Clause(sentence, verb)
        start = span_of(sentence, [verb]).start
        words = Span(start, words.end) if start < words.start else words
    found = Found(
        pattern="streak",
        relation="streak",
        way="greater" if row is None else row["way"],
        anchor=span,
        span=words,
        scope=clause.span,
        quantity=quantity,
        rank=count,
        months=months,
        unread="set",
    )
    time = _time(sentence, ends)
    known = row is not None and bool(clause.subject) and 0 < count <= _MOST and months > 0
    if not known or time is None:
        return found
    return replace(found, unread=None, operands=(subject_at("item", clause, time, NUMBER, None),))


def _verb(head: Token) -> Token | None:
    """The verb that moves: the clause's own, or the one that "running" hangs on."""
    for token in (head, *head.ancestors):
        if token.pos_ == "VERB" and token.lower_ not in rows("in a row"):
            return token
    return None


def _time(sentence: Sentence, ends: Sequence[Token]) -> str | None:
    """The one time that the sentence names, as an adverbial: the last of those in a row."""
    inside = {t.i for t in ends[0].doc[ends[0].i : ends[-1].i + 1]}
    times = dict.fromkeys(
        m
        for t in sentence.parsed.doc
        if t.i not in inside
        and (m := mention_at(sentence, t, time=True)) is not None
        and m.kind == "date"
        and m.period is not None
    )
    if len(times) != 1:
        return None
    return said_time(sentence, next(iter(times))) or None


# ----------------------------------------------------------------------------------------------------
# Two of a kind compared: "more refugees than Belland", "twice as many as in 2012", "outnumbered those".

_NOBODY = frozenset({"no", "none", "nobody", "nothing", "neither", "never", "nowhere"})
_AMOUNTS_TO = frozenset({"be", "stand", "reach", "amount", "come"})


def pairs(sentence: Sentence) -> Iterator[Found]:
    """The comparisons of two of a kind in a sentence."""
    for token in sentence.parsed.doc:
        found = _more(sentence, token) or _as_many(sentence, token) or _degree(sentence, token)
        found = found or _times_that(sentence, token) or _exceeds(sentence, token)
        found = found or _agrees(sentence, token) or _gap(sentence, token)
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
    amount, first = amount_before(sentence, token)
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
    if row is not None and token.dep_ == "prep":
        return _apart(sentence, token, row["way"])
    if row is None or token.dep_ not in ("acomp", "attr", "advmod", "oprd", "conj", "amod", "xcomp"):
        return None
    than = _behind(token, "than")
    if than is None:
        return None
    if token.dep_ == "amod" and token.head.i > token.i:
        return _had_a_higher(sentence, token, than, row["way"])
    amount, first = amount_before(sentence, token)
    said = None
    if (measure := row.get("measure")) is not None:
        verb, rest = measure.split(" ", 1)
        head = Clause(sentence, token).head
        if head.lemma_ != "be" or first < token.i:
            return None
        said = {head.i: verb, token.i: rest.replace("{n}", NUMBER)}
    return _compared(sentence, token, (first, token.i), than, row["way"], amount, "", None, said)


def _had_a_higher(sentence: Sentence, token: Token, than: Token, way: Way) -> Found | None:
    """ "had a higher magnitude than", "counted a larger number of visitors in 2019 than in 2015"."""
    noun = token.head
    instead = {token.i: "", noun.i: f"{noun.text} of {NUMBER}"}
    marker, counted = (token.i - 1, token.i - 1), None
    found = _compared(sentence, token, marker, than, way, None, "", counted or noun, instead)
    return None if found is None or found.unread is not None else found


def _apart(sentence: Sentence, token: Token, way: Way) -> Found | None:
    """ "was almost 40 per cent below that of 2021", "7 points above the one in Belland"."""
    amount, first = amount_before(sentence, token)
    clause = Clause(sentence, token)
    if amount is None or clause.head.lemma_ not in ("be", "stand", "remain"):
        return None
    return _compared(sentence, token, (first, token.i), token, way, amount, "", None)


def _times_that(sentence: Sentence, token: Token) -> Found | None:
    """ "was double that of 2015", "was three times the number of 2015", "was half that in Belland"."""
    doc = token.doc
    pointed = token.dep_ in ("attr", "pobj", "dobj", "npadvmod", "acomp", "nsubj")
    of = token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("of", "in", "for", "at")
    if token.lower_ not in ("that", "those") or not (pointed or of):
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
    if not behind or any(mention_at(sentence, t, time=False) for t in behind[:2]):
        return None  # "exceeded 300"
    amount, times, behind = _by_how_much(sentence, behind)
    if any(t.tag_ == "PRP$" for t in behind[:2]):
        return None  # "exceeded their own of last year"
    plural = clause.subject_head is not None and clause.subject_head.tag_ in ("NNS", "NNPS")
    be = "were" if plural else "was"
    had = {c.i: "" for c in token.children if c.dep_ == "aux"}
    sides = _as_the_largest(clause, behind) or sides_of(
        clause, behind, had | {token.i: f"{be} {NUMBER}"}, stop=token.i + 1
    )
    if sides is None:
        return None
    one, other = sides
    firsts, seconds = ways_to_say(one), ways_to_say(other)
    named = [t for t in (clause.subject_head, behind[0], behind[-1]) if t is not None and t.dep_ != "det"]
    if amount is None and all(t.text[:1].isupper() for t in named):
        for stake in rows("stake"):  # "the Greens overtook Labour"
            firsts.append(one.replace(f"{be} {NUMBER}", f"won {NUMBER} {stake}", 1))
            seconds.append(other.replace(f"{be} {NUMBER}", f"won {NUMBER} {stake}", 1))
    return Found(
        pattern="pair",
        relation="ratio" if times else "greater" if amount is None else "difference",
        admits=_NONE
        if amount is None
        else ratio(amount.value or Decimal(1), None)
        if times
        else number(amount),
        quantity=amount,
        anchor=token,
        span=span_of(sentence, [token, behind[-1]]),
        scope=clause.span,
        operands=(operand("first", *firsts), operand("second", *seconds)),
    )


def _as_the_largest(clause: Clause, behind: Sequence[Token]) -> tuple[str, str] | None:
    """The two sides of "Syrians overtook Afghans as the largest group of refugees in Arvia": how many
    refugees of each people there were."""
    sentence, subject = clause.sentence, clause.subject
    at = next((n for n, t in enumerate(behind) if t.lower_ == "as"), 0)
    tail, those = behind[at:], behind[:at]
    noun = next((c for t in tail for c in t.children if t.lower_ == "of" and c.tag_ == "NNS"), None)
    peoples = len(subject) == len(those) == 1 and subject[0].tag_ == those[0].tag_ == "NNPS"
    if not peoples or noun is None or not any(t.lower_ in rows("extreme") for t in tail):
        return None
    kind = [t for t in noun.lefts if t.dep_ in ("amod", "compound")] + [noun]
    rest = [t for t in clause.tokens if t.i < subject[0].i] + [t for t in tail if t.i > noun.i]
    around = _adverbials(sentence, rest)
    one, other = (
        rendered(sentence, [f"There were {NUMBER}", people.text.removesuffix("s"), *kind, *around])
        for people in (subject[0], those[0])
    )
    return one, other


def _adverbials(sentence: Sentence, words: Sequence[Token]) -> list[Token | str]:
    """Where and when, as adverbials of what was counted: "for Arvia by the end of 2019" is "in Arvia at the
    end of 2019"."""
    out: list[Token | str] = []
    for segment in segments(sentence, words):
        time = mention_at(sentence, segment.tokens[-1], time=True)
        if segment.kind == "time" and time is not None and (said := said_time(sentence, time)):
            out.append(said)
        elif segment.prep == "for":
            out += ["in", *segment.tokens[1:]]
        else:
            out += segment.tokens
    return out


def _by_how_much(sentence: Sentence, behind: Sequence[Token]) -> tuple[Mention | None, bool, list[Token]]:
    """The number behind "by", whether it says how many times as much, and the words without it: "exceeded
    those in Belland by 300", "outnumbered those in Belland by three to one"."""
    for n, by in enumerate(behind[:-1]):
        told = (mention_at(sentence, t, time=False) for t in behind[n:])
        found = list(dict.fromkeys(m for m in told if m is not None))
        if by.lower_ != "by" or not found:
            continue
        to = [t.lower_ for t in behind[n + 2 : n + 4]] == ["to", "one"]
        if len(found) != 1 + to or (mention_at(sentence, behind[n + 1], time=False) is not found[0] and to):
            break
        end = max(t.i for t in behind[n:] if mention_at(sentence, t, time=False) in found)
        end += end + 1 < len(by.doc) and by.doc[end + 1].lower_ in ("points", "point")
        return found[0], to, [t for t in behind if t.i < by.i or t.i > end]
    return None, False, list(behind)


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


def _gap(sentence: Sentence, token: Token) -> Found | None:
    """ "The gap between the rent in Tarn and that in Orm was 300 euros in 2019", "imports and exports
    differed by 300": the number that lies between two, whichever is more."""
    doc = token.doc
    if token.lower_ in rows("gap") and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "between":
        first = token.i + 2
        verb = next((t for t in doc[first:] if t.lemma_ in _AMOUNTS_TO and t.pos_ in ("VERB", "AUX")), None)
    elif token.lemma_ == "differ" and (subject := Clause(sentence, token).subject):
        first, verb = subject[0].i, token
    else:
        return None
    told = (mention_at(sentence, t, time=False) for t in doc[verb.i :]) if verb is not None else ()
    found = list(dict.fromkeys(m for m in told if m is not None and m.kind in COUNTS))
    if verb is None or len(found) != 1:
        return None
    sides = _on_both_sides(sentence, doc[first : verb.i], verb, found[0])
    clause = Clause(sentence, verb)
    return Found(
        pattern="pair",
        relation="difference",
        way="equal",
        anchor=token,
        span=Span(span_of(sentence, [token]).start, found[0].end),
        scope=clause.span,
        admits=number(found[0]),
        quantity=found[0],
        operands=tuple(
            operand(role, *_plainly(side)) for role, side in zip(("first", "second"), sides, strict=True)
        )
        if sides
        else (),
        unread=None if sides else "operand",
    )


def _on_both_sides(
    sentence: Sentence, between: Sequence[Token], verb: Token, told: Mention
) -> tuple[str, str] | None:
    """Each of the two that "and" joins as a sentence of its own, with the adverbials that both share."""
    joints = [n for n, t in enumerate(between) if t.lower_ == "and"]
    if len(joints) != 1 or not 0 < joints[0] < len(between) - 1:
        return None
    mine: Sequence[Token | str] = between[: joints[0]]
    other = between[joints[0] + 1 :]
    theirs: Sequence[Token | str] | None = other
    if other[0].lower_ in ("that", "those"):
        theirs = _by_attribute(sentence, between[: joints[0]], other[1:])
    elif shared := segments(sentence, other):  # "trials and acquittals in Arvia": in Arvia both
        kinds = {s.kind for s in segments(sentence, between[: joints[0]])}
        mine = [*mine, *(t for s in shared if s.kind not in kinds for t in s.tokens)]
    if theirs is None:
        return None
    after = [t for t in verb.doc[verb.i + 1 :] if span_of(sentence, [t]).start >= told.end]
    end = next((n for n, t in enumerate(after) if t.is_punct), len(after))
    led = [t for t in verb.doc[: between[0].i] if not t.is_punct]
    around = _adverbials(sentence, [*led, *after[:end]])
    noun = list(takewhile(lambda t: t.dep_ not in ("prep", "punct"), after))
    if noun and all(t.pos_ == "PROPN" for t in between if t.dep_ != "cc"):  # who counts them differs
        counted = [f"recorded {NUMBER}", *noun]
        one, other_said = (rendered(sentence, [*said, *counted, *around]) for said in (mine, theirs))
        return one, other_said
    one, other_said = (rendered(sentence, [*said, f"was {NUMBER}", *around]) for said in (mine, theirs))
    return one, other_said


def _plainly(side: str) -> list[str]:
    """The ways to say a number of a subject, also that of a bare plural: "There were 45 trials in Arvia"."""
    return [*ways_to_say(side), *ways_to_say(side.replace(f" was {NUMBER}", f" were {NUMBER}", 1))]


def _by_attribute(
    sentence: Sentence, mine: Sequence[Token], theirs: Sequence[Token]
) -> list[Token | str] | None:
    """ "that in Orm": the words of the first with the attribute in the stead of its own of that kind."""
    found, own = segments(sentence, theirs), segments(sentence, mine)
    same = [s for s in own if found and s.kind == found[0].kind]
    if len(found) != 1 or len(same) != 1:
        return None
    gone = {t.i for t in same[0].tokens}
    return [*(t for t in mine if t.i not in gone), *found[0].tokens]


def _compared(
    sentence: Sentence,
    token: Token,
    marker: tuple[int, int],
    than: Token,
    way: Way,
    amount: Mention | None,
    unit: str,
    noun: Token | None,
    said: dict[int, str] | None = None,
) -> Found | None:
    clause = Clause(sentence, noun if noun is not None else token)
    if any(t.lower_ in _NOBODY for t in clause.subject):
        return None  # "no flood killed more": what comes first
    behind, apart = behind_operand(sentence, clause, than), dict[int, str]()
    if amount is None:  # "was higher than that in Belland by 3 points"
        told = behind
        amount, times, behind = _by_how_much(sentence, told)
        if times:
            return None
        apart = {t.i: "" for t in told if t not in behind}
    opens = [t.lower_ for t in behind if t.dep_ != "det"][:1]
    if not opens or opens[0] in rows("unmeasured") or _is_others(behind):
        return None
    if mention_at(sentence, behind[0], time=False) is not None:
        return None
    first, last = marker
    instead = dict.fromkeys(range(first, last + 1), "")
    instead[first] = NUMBER + (f" {unit}" if unit else "")
    instead = (said or instead) | apart
    if clause.head.lemma_ == "stand" and noun is None:
        instead[clause.head.i] = "stood at"
    sides = [
        side
        for member in members(sentence, behind)
        if (side := _sides(clause, behind, member, instead, than.i)) is not None
    ]
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
        elif says_times(sentence, amount):
            row, _ = qualifier(sentence.document.text, amount.start)
            relation, admits = "ratio", ratio(amount.value or Decimal(1), row)
            if way == "less":
                return None  # "three times fewer" is a third of it to some, and to others nothing
        else:
            relation, admits = "difference", number(amount)
    ways = [_amounts(one, other, noun) for one, other in sides]
    role = "second" if len(ways) == 1 else "part"
    others = (operand(role, *(w[1] for w in told)) for told in ways)
    return Found(
        pattern="pair",
        relation=relation,
        anchor=token,
        span=words,
        scope=scope,
        way=way,
        admits=admits,
        quantity=quantity,
        operands=(operand("first", *(w[0] for w in ways[0])), *others) if ways else (),
        unread=None if ways else "operand",
    )


def _sides(
    clause: Clause,
    behind: Sequence[Token],
    member: Sequence[Token],
    instead: dict[int, str],
    stop: int,
) -> tuple[str, str] | None:
    """The two sides, the second with one of those alone that it adds up."""
    own = {t.i for t in member}
    instead = instead | {t.i: "" for t in behind if t.i not in own}
    return sides_of(clause, member, instead, stop)


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
        if other.text in (";", ":") or other.lower_ in STOPS:
            return None
    return None


def _is_others(behind: Sequence[Token]) -> bool:
    words = [t.lower_ for t in behind[:4]]
    words = words[1:] if behind[0].pos_ == "ADP" else words
    return any(words[: len(other)] == other for other in (word.split() for word in rows("others")))
