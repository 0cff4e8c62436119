"""One number at two times: "rose from A in 2012 to B in 2013", "fell by a third between", "doubled"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.amounts import admitted_share, is_share
from claimcheck.comparisons.found import NUMBER, Found, Token, operand
from claimcheck.comparisons.phrases import (
    Clause,
    Segment,
    mention_at,
    rendered,
    segments,
    span_of,
    spoken,
)
from claimcheck.comparisons.restated import antecedent
from claimcheck.comparisons.words import Admitted, number, part, qualifier, ratio, rows
from claimcheck.lexicon import Row, pattern
from claimcheck.model import Mention, Operand, Period, Span
from claimcheck.selfcheck.base import ends_of

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
    ways = (rows("change")[f"go {t.lower_}"]["way"] for t in behind if t.lower_ in ("up", "down"))
    if any(way != row["way"] for way in ways):  # "rose to 3, down from 4": both cannot be
        words = Span(span_of(sentence, [verb]).start, max(start.end, end.end))
        return Found(
            pattern="change", relation=row["way"], anchor=verb, span=words, scope=clause.span, unread="way"
        )
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
    if moved.lower_ in ("number", "amount") and moved.doc[moved.i + 1].lower_ == "of":
        noun = next((c for c in moved.doc[moved.i + 1].children if c.dep_ == "pobj"), moved)
        first = moved.i + 2
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
