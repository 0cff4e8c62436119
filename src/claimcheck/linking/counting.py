"""What the number of a claim counts: happenings of a kind, how often something happened, or neither."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import islice

from claimcheck.judging.relations import is_dated, own_period
from claimcheck.lexicon import pattern
from claimcheck.linking.deeds import deed
from claimcheck.linking.items import Item
from claimcheck.linking.places import WORD, NameIndex
from claimcheck.linking.surroundings import is_another, is_with_others
from claimcheck.linking.words import any_of, is_calendar, nouns, stem
from claimcheck.model import Claim, Document, Mention, ReferenceRow, Span

_ALONE = pattern("counting", "alone")
_TIMES = pattern("counting", "times")
_ABOUT = pattern("counting", "about")
_NAMED = pattern("counting", "named")
_PERFECT = pattern("counting", "perfect")
_IN_A_SPAN = pattern("counting", "in a span")
_NOUN_WITHIN = 60


def counted_days(item: Item) -> tuple[date, date] | None:
    """The first and last day within which a claim counts what happened: its own time, and of one that goes
    on when the text is written ("four rounds this year") only the days up to then. Where it says no time but
    goes on so ("four rounds have been held"), all days up to then."""
    claim, written = item.claim, item.document.date
    period = own_period(claim)
    if claim.kind != "quantity":
        return None
    theirs = period is not None and claim.time is not None and claim.time.basis == "clause"
    sentence = claim.context.of(item.document.text)
    if not theirs and written is not None and _is_until_now(claim) and not _only_from_then().search(sentence):
        return date.min, written
    if period is None or period.start is None or period.end is None:
        return None
    if written is None and _so_far().search(claim.text):
        return None  # nobody knows up to when
    goes_on = written is not None and period.start <= written <= period.end
    return period.start, written if goes_on and written is not None else period.end


def _is_until_now(claim: Claim) -> bool:
    """Whether a clause tells of all that there was until the text was written: "four rounds have been held",
    "so far four were held", not "four rounds have to be held"."""
    if _so_far().search(claim.text):
        return True
    return claim.predicate != "have" and _PERFECT.search(claim.text) is not None


@cache
def _only_from_then() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('only from then')})\b", re.IGNORECASE)


@cache
def _so_far() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of('so far')})\b", re.IGNORECASE)


def counts_as(claim: Claim, counted_as: str, document: Document) -> bool:
    """Whether the claim counts what the rows of a table are counted as: "rounds of talks", "gas attacks". All
    words must be in the clause, and the first noun must stand right behind the number, or the number says how
    often it happened ("came under chemical attack five times")."""
    quantity = claim.quantity
    if quantity is None or quantity.kind != "number" or quantity.rule.startswith("casualties."):
        return False  # people are counted: "a nurse and her son were killed in an earthquake"
    if quantity.high == 1 and not _is_alone(document.text, quantity):
        return False  # "one attack killed five" tells of one of them and does not say that there was no other
    head, wanted = _counted(counted_as)
    if _TIMES.match(document.text, quantity.end):
        return bool(head) and wanted <= _stems(claim.text) | deed(claim)
    behind = WORD.finditer(document.text, quantity.end, quantity.end + _NOUN_WITHIN)
    near = list(islice(behind, len(head) + 2))
    at = next((i for i, w in enumerate(near) if stem(w.group()) == head[-1]), None) if head else None
    if at is not None and wanted <= _stems(claim.text):
        return not _is_of_a_kind_more([w.group() for w in near[:at]], wanted)
    return False


def _is_of_a_kind_more(before: Sequence[str], wanted: frozenset[str]) -> bool:
    """Whether words before the noun that is counted make it a kind of its own: "two school shootings" are
    not all that there were. Names, and words that every one of them may have, do not."""
    plain = wanted | nouns("describes", "indefinite")
    return any(word[0].islower() and stem(word) not in plain for word in before)


Kinds = Mapping[str, Sequence[tuple[int, str]]]


def by_word(kinds: Iterable[str]) -> Kinds:
    """The kinds of a table by a word that a clause must hold to count them, under "" those that it may count
    without: a table of named incidents has as many kinds as rows."""
    out: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for rank, kind in enumerate(kinds):
        head, wanted = _counted(kind)
        free = bool(wanted & nouns("meets"))
        out["" if free else min(wanted - {*head[-1:]}, default="")].append((rank, kind))
    return out


def most_told(kinds: Kinds, claim: Claim, document: Document) -> str | None:
    """Which of the kinds of a table a claim counts: of those that it may, the one of most words."""
    if claim.quantity is None or claim.quantity.kind != "number":
        return None
    held = _stems(claim.text) | deed(claim)
    pool = (kind for word in ("", *sorted(held)) for kind in kinds.get(word, ()))
    told = [(len(kind.split()), -rank, kind) for rank, kind in pool if counts_as(claim, kind, document)]
    return max(told)[-1] if told else None


def _is_alone(text: str, number: Mention) -> bool:
    """Whether a one says that there was no other: "only one", "at most one"."""
    before = _ALONE.search(text, max(0, number.start - 20), number.start)
    return number.comparator in ("le", "lt") or before is not None


@cache
def _counted(counted_as: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The stems of the nouns that stand behind the number, and of all words that must be in the clause."""
    head = tuple(stem(word) for word in counted_as.split(" of ", 1)[0].split())
    return head, frozenset(stem(w) for w in WORD.findall(counted_as) if len(w) > 2)


@lru_cache(maxsize=64)
def _stems(text: str) -> frozenset[str]:
    """The stems of a clause, which is asked for each kind that tables count."""
    return frozenset(map(stem, WORD.findall(text)))


def says_how_often(claim: Claim) -> bool:
    """Whether the number of a claim is how often something happened, and no part of it ("two of the attacks
    … killed nobody"), nor how often within a span of which the text does not say when it was ("six attacks in
    30 days")."""
    if not is_dated(claim) and _IN_A_SPAN.search(claim.text):
        return False
    return claim.predicate is None or stem(claim.predicate) in _how_often() or bool(deed(claim))


@cache
def _how_often() -> frozenset[str]:
    return nouns("happens", "reports", "undergoes") - nouns("befalls some")


def are_of_others(
    claim: Claim, document: Document, counted_as: str, row: ReferenceRow, places: NameIndex
) -> bool:
    """Whether the words around what is counted make it another's than the rows': "four rounds of trade
    talks", "two rounds of talks with Libyan delegates", or about somebody whom no table names ("on Ozerov").
    `row`: one of those counted."""
    if _is_about_unknown(claim, places):
        return True
    text, quantity = document.text, claim.quantity
    wanted = _counted(counted_as)[1]
    start = claim.start if quantity is None else quantity.end
    words = WORD.finditer(text, start, min(claim.end, start + _NOUN_WITHIN))
    phrase = [word for word in words if stem(word.group()) in wanted]
    if not phrase:
        return False
    kinds = frozenset(one for kind in _kinds_of(row) for one in kind)
    found = Span(phrase[0].start(), phrase[-1].end())
    named_so = is_another(text, found, row, kinds, places)
    return named_so or is_with_others(text[start : claim.end], row, places)


def _is_about_unknown(claim: Claim, names: NameIndex) -> bool:
    found = None if claim.quantity is None else _ABOUT.search(claim.text, claim.quantity.end - claim.start)
    return found is not None and not is_calendar(found[1]) and not names.find(found[1], 0, len(found[1]))


def is_a_name(kind: str) -> bool:
    """Whether what is counted has a name of its own, and is the same wherever it was: a "Tarn test flight",
    not a "test flight"."""
    return any(word[0].isupper() and word[1:].islower() for word in WORD.findall(kind)[:-1])


def is_open_ended(claim: Claim) -> bool:
    """Whether what is counted anywhere answers a claim: it says "at least", as more may have happened
    elsewhere, and names nothing behind the number that those who act do not ("ten resolutions on Arvia" are
    some of all that there were, wherever Arvia is)."""
    if claim.quantity is None or claim.interval is None or claim.interval.high is not None:
        return False
    own = {word for link in (claim.actor, claim.subject) if link is not None for word in link.text.split()}
    behind = _NAMED.findall(claim.text, max(0, claim.quantity.end - claim.start))
    return all(name in own or is_calendar(name) for name in behind)


def hands_out(document: Document, claim: Claim) -> bool:
    """Whether the sentence gives several numbers to several things in turn ("respectively"), and the claim
    was not read as told of its own."""
    if claim.rule in ("claims.gapped", "claims.in_turn"):
        return False
    sentence = claim.context.of(document.text)
    small = sentence.lower()
    for one in nouns("each_in_turn"):
        if one in small:
            break
    else:
        return False
    return not nouns("each_in_turn").isdisjoint(map(stem, WORD.findall(sentence)))


_HEAD = re.compile(r"\s*([^\W\d_]{3,30})\s+(?:of|on|at|in)\b")
_KINDRED = {stem("death"): stem("die"), stem("killing"): stem("kill")}


def _kinds_of(row: ReferenceRow) -> frozenset[frozenset[str]]:
    """The words that say what kind of happening a row is, each kind as its stems: those of its label and
    of what it is counted as, their nouns alone where these say enough ("talks" of "peace talks"), and the
    first word of a name such as "Siege of …"."""
    phrases = [*(row.label or "").split(","), str(row.raw.get("counted_as", ""))]
    if row.kind == "event" and (head := _HEAD.match(row.name or "")):
        phrases.append(head.group(1))
    kinds: set[frozenset[str]] = set()
    for phrase in phrases:
        stems = [_KINDRED.get(one, one) for one in map(stem, WORD.findall(phrase)) if len(one) > 2]
        kinds.add(frozenset(stems))
        kinds.add(frozenset(stems[-1:]))
    return frozenset(filter(None, kinds))
