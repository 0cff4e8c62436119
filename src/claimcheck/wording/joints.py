"""How a name, a number and a date are joined to what stands beside them."""

from __future__ import annotations

from typing import Literal

from claimcheck.model import Claim, Document
from claimcheck.propositions.stems import stem
from claimcheck.wording.around import goes_on_small, words_between
from claimcheck.wording.words import stem_set, word_set

Joint = Literal["comma", "bracket", "of", "bare"]

_LONGEST = 13  # characters
_RIGHT_BEHIND = 8
_NEAR = 40
_ITS_ARTICLE = len("the ")


def joint(claim: Claim, start: int, end: int) -> Joint | None:
    """By what a date that begins at `end` is joined to what ends at `start`: "the Tarn congress *of* 3 May",
    "resolution 12 *(*3 May)", "the sixth round*, on* 3 May". None where other words stand between."""
    between = claim.text[max(0, start - claim.start) : max(0, end - claim.start)].strip()
    words = between.strip("(,. ").split()
    if len(between) > _LONGEST or not word_set("before its date") >= set(words):
        return None
    if between.startswith(","):
        return "comma"
    if between.startswith("("):
        return "bracket"
    return "of" if words[:1] == ["of"] else "bare"


def is_right_behind(document: Document, end: int, start: int) -> bool:
    """Whether nothing but whose it is of stands between a number and a name: "718 in *Tarn*", "124 of them in
    *Oren*"."""
    if not 0 < start - end <= 2 * _RIGHT_BEHIND:
        return False
    between = set(words_between(document, end, start))
    return start - end <= _RIGHT_BEHIND or between <= word_set("of them there")


def is_listed_before(document: Document, start: int, end: int, date: int) -> bool:
    """Whether a name is one of a list and stands right before a date: "the fifth opened in March, *the sixth*
    in June"."""
    lead = words_between(document, start - _NEAR, start)
    if lead[-1:] == ["the"]:
        lead.pop()
    listed = lead[-1:] == ["and"] or "".join(lead[-1:]).endswith((",", ";", ":"))
    return listed and word_set("before its date") >= set(words_between(document, end, date))


def is_about(document: Document, sentence: int, start: int) -> bool:
    """Whether a name is only what a paper is about: "the *amendment to* resolution 12". `sentence`: where its
    sentence begins."""
    lead = words_between(document, max(sentence, start - _NEAR), start)
    if lead[-1:] == ["the"]:
        lead.pop()
    return (
        len(lead) > 1 and lead[-1] in word_set("what papers are on") and stem(lead[-2]) in stem_set("papers")
    )


def is_of_what_follows(document: Document, start: int, end: int) -> bool:
    """Whether a date with its article is that of something named behind it, beside what the clause tells:
    "following the 3 May *ceasefire*, the talks were held"."""
    lead = words_between(document, start - _NEAR, start + _ITS_ARTICLE)
    beside = len(lead) > 1 and lead[-1] == "the" and lead[-2] in word_set("beside what happened")
    return beside and goes_on_small(document, end)
