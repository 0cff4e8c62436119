"""The two sides of a comparison as sentences of their own: "Arvia took in more refugees than Belland in 2016"
says "Arvia took in … refugees in 2016" and "Belland took in … refugees in 2016".
"""

from __future__ import annotations

from collections.abc import Sequence

from claimcheck.claims.clauses import SUBJECTS
from claimcheck.claims.placed import Sentence
from claimcheck.comparisons.found import NUMBER, Token
from claimcheck.comparisons.phrases import Clause, Segment, mention_at, rendered, segments
from claimcheck.comparisons.words import rows

_ANAPHORS = frozenset({"that", "those", "one", "ones"})
_WITHIN_A_NAME = frozenset("/-–’'&")
_PROVERBS = frozenset({"do", "have", "be"})
STOPS = frozenset({"but", "while", "whereas", "although", "though", "because", "if", "unless", "when"})
"""Words with which a clause says something else: the operand ends there."""
_Pair = tuple[list["Token | str"], list["Token | str"]]


def behind_operand(sentence: Sentence, clause: Clause, than: Token) -> list[Token]:
    """The words of the second operand: those behind "than", up to where the clause says something else."""
    inside = {t.i for t in clause.tokens}
    out: list[Token] = []
    for token in than.doc[than.i + 1 :]:
        masked = mention_at(sentence, token, time=True) is not None
        if token.text in (",", ";", ":", "–", "—", "(", ")") and not masked:
            break
        within = masked or (token.text in _WITHIN_A_NAME and not token.doc[token.i - 1].whitespace_)
        if token.lower_ in STOPS or (token.is_punct and token.i not in inside and not within):
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


def members(sentence: Sentence, behind: Sequence[Token]) -> list[list[Token]]:
    """Each of those that a second operand adds up, with what they share: "than in 2015 and 2016 combined".
    The operand itself where it is one; none where it names several times and adds nothing up."""
    together = {t.i for n, t in enumerate(behind) if _adds_up(behind, n)}
    words = [t for t in behind if t.i not in together]
    joints = [n for n, t in enumerate(words) if t.dep_ == "cc" and mention_at(sentence, t, time=True) is None]
    if not joints:
        return [words] if words else []
    at = joints[0]
    if not together and not any(_kind_of(sentence, words[n - 1]) == "time" for n in joints if n):
        return [words]  # "than Trinidad and Tobago"
    if len(joints) > 1 or not together or words[at].lower_ != "and" or not 0 < at < len(words) - 1:
        return []
    first, last = at - 1, at + 1
    if words[at + 1].dep_ == "prep":  # "in 2015 and in 2016"
        first = max((n for n in range(at) if words[n].lower_ == words[at + 1].lower_), default=-1)
        last += 1
    kind = _kind_of(sentence, words[last]) if last < len(words) else None
    if first < 0 or kind is None or _kind_of(sentence, words[at - 1]) != kind:
        return []
    while first > 0 and words[first].dep_ != "prep" and _kind_of(sentence, words[first - 1]) == kind:
        first -= 1
    while last + 1 < len(words) and _kind_of(sentence, words[last + 1]) == kind:
        last += 1
    return [
        [*words[:first], *member, *words[last + 1 :]]
        for member in (words[first:at], words[at + 1 : last + 1])
    ]


def _adds_up(words: Sequence[Token], at: int) -> bool:
    return any(
        " ".join(t.lower_ for t in words[start : start + length]) in rows("together")
        for length in (1, 2)
        for start in range(max(0, at - length + 1), at + 1)
    )


def _kind_of(sentence: Sentence, token: Token) -> str | None:
    """Whether a word is of a time or of a name; None of others."""
    if mention_at(sentence, token, time=True) is not None:
        return "time"
    return "name" if token.pos_ == "PROPN" else None


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
    while lead and len(lead) > 1 and (lead[-1].lemma_ in _PROVERBS or _is_the_same(lead[-1], clause.head)):
        lead, did = lead[:-1], True
    mine: list[Token | str] = list(first)
    subject = clause.subject
    if clause.subject_head is not None and _is_a_deed(lead):
        pair = _by_deed(clause, first, lead, found)
    elif not lead:
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


def of_another_kind(
    clause: Clause, noun: Token | None, behind: Sequence[Token], instead: dict[int, str], stop: int
) -> tuple[str, str] | None:
    """The two sides where what is counted differs alone: "more prisoners than prison places in Arvia", and
    what befell them: "more were injured than killed"."""
    sentence = clause.sentence
    found = segments(sentence, behind)
    at = found[0].start if found else behind[-1].i + 1
    lead = [t for t in behind if t.i < at]
    first = [t for t in clause.tokens if t.i < stop]
    if not lead or not first:
        return None
    theirs = {s.kind for s in segments(sentence, first)}
    shared = [t for s in found if s.kind not in theirs or s.kind == "agent" for t in s.tokens]
    if len(shared) != sum(len(s.tokens) for s in found) or any(t.i > behind[-1].i for t in clause.tokens):
        return None
    verb = clause.head
    if len(lead) == 1 and lead[0].tag_ == verb.tag_ == "VBN":
        other: list[Token | str] = [lead[0] if t.i == verb.i else t for t in first]
    elif noun is not None and _is_plural(noun) and _is_a_kind(lead) and _counts_its_object(clause, noun):
        own = {t.i for t in noun.subtree if t.i <= noun.i and t.i not in instead}
        last = max((n for n, t in enumerate(first) if t.i in own), default=-1)
        if last < 0:
            return None
        kept: list[Token | str] = list(first)
        kept[last : last + 1] = lead
        other = [t for t in kept if isinstance(t, str) or t.i not in own]
    else:
        return None
    return rendered(sentence, [*first, *shared], instead), rendered(sentence, [*other, *shared], instead)


def _is_plural(noun: Token) -> bool:
    return bool(noun.tag_ == "NNS")


def _is_a_kind(lead: Sequence[Token]) -> bool:
    """Whether words are a bare plural: "prison places"."""
    bare = bool(lead) and _is_plural(lead[-1]) and all(t.pos_ in ("NOUN", "ADJ") for t in lead)
    return bare and (not _is_named(lead) or lead[0].i == 0)


def _counts_its_object(clause: Clause, noun: Token) -> bool:
    """Whether a clause's subject cannot be what is compared: "there were", a name, or the counted noun."""
    subject = clause.subject
    there = any(t.dep_ == "expl" for t in clause.head.children)
    return there or not subject or _is_a_name(subject) or any(t.i == noun.i for t in subject)


def _is_the_same(verb: Token, other: Token) -> bool:
    """Whether the second operand says the verb of the first again: "than Belland *hosted* in 2015"."""
    return bool(verb.pos_ == "VERB" and verb.lemma_ == other.lemma_ and verb.i != other.i)


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
        if same and own.tokens[-1].lower_ in _ANAPHORS:  # "in the attack on Tarn than in the one on Orm"
            continue
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


def _is_named(lead: Sequence[Token]) -> bool:
    """Whether words are a name: the parse takes one that it does not know for a noun at times."""
    last = lead[-1]
    others = any(t.pos_ == "NOUN" for t in lead[:-1])
    return not others and (last.pos_ == "PROPN" or (last.pos_ == "NOUN" and last.text[:1].isupper()))


def _is_a_name(subject: Sequence[Token]) -> bool:
    return bool(subject) and all(t.pos_ == "PROPN" for t in subject)


def _is_a_deed(lead: Sequence[Token]) -> bool:
    """Whether words are a verb alone, with its auxiliaries: "than *were executed* in 2023"."""
    verbs = [t for t in lead if t.pos_ == "VERB"]
    bare = len(verbs) == 1 and all(t.pos_ in ("VERB", "AUX") for t in lead)
    return bare and verbs[0].tag_ in ("VBN", "VBD") and not any(c.dep_ in SUBJECTS for c in verbs[0].children)


def _by_deed(
    clause: Clause, first: list[Token], lead: Sequence[Token], found: Sequence[Segment]
) -> _Pair | None:
    """ "more people died in custody in Arvia than were executed": what else befell those of the subject, in
    the same place, at the same time."""
    sentence, own = clause.sentence, {t.i for t in clause.subject}
    if not any(t.lower_ in rows("more") for t in clause.subject):
        return None
    around = [t for t in first if t.i not in own]
    theirs = {s.kind for s in found}
    told = [s for s in segments(sentence, around) if s.kind == "time" or s.tokens[-1].pos_ == "PROPN"]
    shared = [t for s in told if s.kind not in theirs for t in s.tokens]
    times = [t for s in found if s.kind == "time" for t in s.tokens]
    mine: list[Token] = [] if any(s.kind == "time" for s in told) else times
    one: list[Token | str] = [*first, *mine]
    other: list[Token | str] = [t for t in first if t.i in own]
    return one, [*other, *lead, *shared, *(t for s in found for t in s.tokens)]


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
    shared: list[Token] = []
    timeless = not event and len(found) > 1 and not any(s.kind == "time" for s in segments(sentence, first))
    for segment in found:
        if timeless and segment.kind == "time":  # "those in Belland in 2019": both in 2019
            shared += segment.tokens
            continue
        same = [s for s in theirs if s.kind == segment.kind]
        same = [s for s in same if s.prep == segment.prep] or same
        owner = next((t for t in own if t.dep_ == "poss" and t.pos_ == "PROPN"), None)
        named = segment.kind == "of" and segment.tokens[-1].pos_ == "PROPN"
        there = [s for s in theirs if s.kind == "place" and s.tokens[-1].pos_ == "PROPN"]
        if named and there and not any(s.tokens[-1].pos_ == "PROPN" for s in same):
            other = _in_stead(other, there[-1], [there[-1].tokens[0], *segment.tokens[1:]])
        elif same:
            other = _in_stead(other, same[-1] if segment.kind != "of" else same[0], list(segment.tokens))
        elif owner is not None and segment.kind == "of":  # "Arvia's harvest was twice that of Belland"
            whose = Segment(tuple(owner.subtree), "of", "of")
            other = _in_stead(other, whose, [*segment.tokens[1:], "'s"])
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
    return [*first, *shared], [*other, *shared]


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
        both: list[Token] = (
            [] if any(s.kind == "time" for s in theirs) else [t for s in found for t in s.tokens]
        )
        return [*first, *both], [*first[:at], *lead, *first[at + len(whose) :], *both]
    named = _is_named(lead)
    plain = head is not None and (head.dep_ == "expl" or head.lower_ == "there")
    counted = any(t.lower_ in rows("more") or t.lower_ in rows("same") for t in subject)
    if not subject or plain or counted:
        places = [s for s in theirs if s.kind == "place"]
        if (
            not named
            and (counted and lead[0].dep_ == "det")
            and (pair := _by_object(clause, first, lead, found))
        ):
            return pair
        if not named or not places:
            return None
        prep = places[-1].tokens[0]
        return list(first), _in_stead(
            list(first), places[-1], [prep, *lead, *(t for s in found for t in s.tokens)]
        )
    own = {t.i for t in subject}
    inside = [t for t in first if t.i in own]
    if not inside:
        return None
    shared: list[Token] = []
    mine: list[Token] = []
    within = segments(sentence, inside)
    noun = [t for t in inside if not within or t.i < within[0].start]
    bare = _is_a_kind(lead) and _is_a_kind(noun)  # "convictions outnumbered acquittals in Arvia"
    for segment in found:
        outside = [s for s in theirs if s.kind == segment.kind and s.start not in own]
        common = named and segment.kind == "time" and not outside and not did and "time" not in around
        common = common or (bare and not any(s.kind == segment.kind for s in theirs))
        (shared if common else mine).extend(segment.tokens)
    replacing: list[Token | str] = [*lead, *(mine if not named else [])]
    if bare and not any(
        s.kind in ("place", "of") for s in found
    ):  # "deaths in custody in Arvia exceeded births"
        replacing += [t for s in within if s.tokens[-1].pos_ == "PROPN" or s.kind == "time" for t in s.tokens]
    at = next(n for n, t in enumerate(first) if t.i == inside[0].i)
    other: list[Token | str] = [*first[:at], *replacing, *first[at + len(inside) :]]
    if named:
        for segment in found:
            if segment.tokens[0].i not in {t.i for t in mine}:
                continue
            same = [s for s in theirs if s.kind == segment.kind and s.start not in own]
            other = _in_stead(other, same[-1], list(segment.tokens)) if same else [*other, *segment.tokens]
    return [*first, *shared], [*other, *shared]


def _by_object(
    clause: Clause, first: list[Token], lead: Sequence[Token], found: Sequence[Segment]
) -> _Pair | None:
    """ "fewer groups signed the letter of May than *the statement of June*": in the stead of the object."""
    thing = next((c for c in clause.head.children if c.dep_ == "dobj"), None)
    if thing is None or not lead or lead[-1].pos_ not in ("NOUN", "PROPN"):
        return None
    own = {t.i for t in thing.subtree}
    at = next((n for n, t in enumerate(first) if t.i in own), None)
    if at is None:
        return None
    kept = [t for t in first if t.i not in own]
    theirs = [t for s in found for t in s.tokens]
    return list(first), [*kept[:at], *lead, *theirs, *kept[at:]]


def _in_stead(pieces: list[Token | str], segment: Segment, words: Sequence[Token | str]) -> list[Token | str]:
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
