"""Five hundred spellings of one name, made by rule: each is masked, and each is found by the warning."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from unicodedata import normalize

import pytest

from claimcheck.report.masking import Mask
from claimcheck.report.name_parts import name_parts
from claimcheck.store import Store, open_store
from tests.store_cases import RUN, harbour

NAME = "Abdulrahman Zarzouri-Khalil"
PARTS = ("Abdulrahman", "Zarzouri", "Khalil", "Zarzouri-Khalil")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d_"
SPACES = (" ", "  ", "\xa0", "\u2009", "\u3000", "\t", "\n", "\r\n", "\u2028", "_", ".", "-", ", ", "")
ALIKE = {
    "A": "АΑ\uff21𝐀Á", "a": "аɑ\uff41𝐚á", "b": "Ь𝐛", "d": "ԁ\uff44", "e": "е", "h": "һ\uff48",
    "i": "іι\uff49í", "l": "ⅼ\uff4c", "m": "ｍ", "n": "ո\uff4e", "o": "оοօ\uff4fó", "r": "г\uff52",
    "u": "υս\uff55ü", "z": "ᴢ\uff5a", "Z": "Ζ\uff3a", "K": "КΚK\uff2b",
}  # fmt: skip
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u034f\u0301"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("spellings") / "claims.duckdb") as store:
        store.save(RUN, [harbour()])
        yield store


@pytest.fixture(scope="module")
def mask(store: Store) -> Mask:
    alone, ordinary = name_parts(store, [NAME])
    assert not ordinary
    return Mask([NAME, *alone])


def spellings() -> list[str]:
    """Five hundred of them, each once, the same in every run."""
    chance = Random(22)
    plain = [NAME, *PARTS, "A. Zarzouri", "A Zarzouri-Khalil", "Zarzouri, Abdulrahman", "A.Z. Khalil"]
    found = dict.fromkeys(plain)
    while len(found) < 500:
        found[_changed(chance.choice([NAME, NAME, *PARTS, "A. Zarzouri"]), chance)] = None
    return list(found)


def _changed(name: str, chance: Random) -> str:
    """The name with some of its letters, breaks and case written otherwise."""
    initials = "." in name  # which nobody writes small, or with a dash behind them
    case = chance.choice([str, str.upper] if initials else [str, str, str.upper, str.lower, str.swapcase])
    letters = [chance.choice(ALIKE[c]) if c in ALIKE and chance.random() < 0.2 else c for c in case(name)]
    dash, space = (
        chance.choice([*DASHES, "-\n", "-\r\n  "]),
        chance.choice(SPACES[:7] if initials else SPACES),
    )
    text = "".join(letters).replace("-", dash).replace(" ", space)
    if chance.random() < 0.4:
        at = chance.randrange(1, len(text))
        text = text[:at] + chance.choice(UNSEEN) * chance.randint(1, 3) + text[at:]
    if chance.random() < 0.2:
        inside = chance.randrange(2, len(name) - 2)
        if text[inside - 1 : inside + 1].isalpha():
            text = text[:inside] + "-\n" + text[inside:]
    return normalize(chance.choice(["NFC", "NFD"]), text)


def test_each_is_masked_and_nothing_beside_it(mask: Mask) -> None:
    for name in spellings():
        text = f"It was told by {name}: 7 boats sank."
        hidden = mask.text(text)
        assert len(hidden) == len(text)
        assert hidden.startswith("It was told by ")
        assert hidden.endswith(": 7 boats sank.")
        assert not any(c.isalpha() for c in hidden[15:-16]), (name, hidden)


