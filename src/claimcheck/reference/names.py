"""One spelling for matching names: what two spellings of a name share, whoever wrote them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from claimcheck.lexicon import pattern

_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe",  # no decomposition
        "ى": "ي", "ة": "ه", "ـ": None,  # Arabic final forms that writers exchange; tatweel only stretches
        "&": " and ",
    }
)  # fmt: skip
_SILENT = re.compile(r"['’‘‛`´ʹʻʼʽʾʿˈ′＇.]")  # apostrophes, ayn and hamza signs, the dots of U.N.
_BETWEEN = re.compile(r"[\W_]+")
_ARTICLE = pattern("written_tables", "article")


@lru_cache(maxsize=1 << 13)
def folded(name: str) -> str:
    """The name for matching: casefolded, without diacritics, tatweel, harakat and apostrophes.

    Hyphens and other punctuation become one space, a leading "the" or "al-" goes: "Al-Ḩirāk" is
    "hirak", "Dūmā" is "duma", "U.N." is "un". Folding twice changes nothing. Other transliterations
    ("Duma" for "Douma") are aliases in the tables, not folding. A name of signs alone folds to "".
    """
    if name.isascii():  # as nearly all words are: nothing to take apart
        kept = name.lower()
        if kept.isalpha():
            return kept
    else:
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
        kept = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))
    spaced = _BETWEEN.sub(" ", _SILENT.sub("", kept.translate(_LETTERS))).strip()
    return _ARTICLE.sub("", spaced, count=1) if _ARTICLE.match(spaced) else spaced


def head_noun(phrase: str) -> str:
    """The noun of what is counted: "round" of "round of talks", "attack" of "gas attack"."""
    return phrase.split(" of ", 1)[0].split()[-1].lower() if phrase.split() else ""
