"""Bytes -> text: which encoding it is, and what is done with bytes that fit none."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from claimcheck.documents.extracted import DocumentError

_SAMPLE = 50_000  # bytes behind the first one that is not UTF-8, from which an encoding is guessed
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OUTSIDE_ASCII = bytes(128) + b"\x01" * 128
_FEW, _MOSTLY_ASCII = 6, 0.1  # bytes outside ASCII, and their share: what Western languages hold at most
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?([\w.:-]{2,40})", re.IGNORECASE
)
_USUAL = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874",
    "iso8859-1", "iso8859-2", "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-15",
    "koi8-r", "koi8-u", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp932", "euc_jis_2004", "cp949",
)  # fmt: skip
"""What text files are written in, the likelier of two that fit alike first."""
_RARE = ("cp866", "cp437", "cp850", "cp852", "mac-roman", "mac-cyrillic", "mac-latin2")
"""Of DOS and of old Macs: taken where they fit better than all others."""
_ALIKE = 0.9  # of the best score: who has so much may be right as well
_CLEARLY, _SOME = 1.3, 0.1  # times the score of Windows-1252, and a score that says something at all
_SPOILT = 10  # characters of UTF-8 for each damaged one: such a text is UTF-8 all the same

# A sign between letters, or before a word: those bytes are letters, of another encoding.
_SUSPECT = re.compile(r"[^\W\d_]([^\x00-\x7f])[^\W\d_]|([^\x00-\x7f])[^\W\d_A-Z]{2}")
_SIGNS = frozenset({"Sm", "Sc", "Sk", "So", "No", "Cc", "Co", "Cn"})  # categories of Unicode
_MARKS = frozenset("•†‡‰„‚‹›¿¡")
_CONTROL = re.compile("[\x80-\x9f]")
_BEYOND = re.compile("[^\x00-\x7f]+")


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Text and encoding: byte order mark, UTF-8, what HTML declares, Windows-1252, else what fits best.

    The mark is dropped. Bytes that fit no encoding become U+FFFD, and the encoding's name says so; it names
    a second encoding where that fits nearly as well ("cp1250, perhaps iso8859-2").
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        first = error.start
    declared = _DECLARED.search(data[:4096])
    if declared is not None:
        try:
            name = declared[1].decode("ascii")
            return data.decode(name), name.lower()
        except (LookupError, UnicodeError):
            pass  # a declaration that is wrong is no declaration
    if _is_spoilt(data):
        return _decoded(data, "utf-8")
    start = max(0, first - 1000) // 2 * 2
    guesses = _guesses(data[start : start + _SAMPLE])
    if _is_western(data, guesses):
        return _decoded(data, "cp1252")
    if not guesses:
        raise DocumentError(path, "is not text in any known encoding; save it as UTF-8")
    return _best(data, guesses)


@dataclass(frozen=True, slots=True)
class _Guess:
    """An encoding, how well the text fits it (0 to 1), and the text in it."""

    encoding: str
    score: float
    text: str

    @property
    def misread(self) -> bool:
        """Whether signs stand where letters belong."""
        if _CONTROL.search(self.text):
            return True
        found = (match[1] or match[2] for match in _SUSPECT.finditer(self.text))
        return any(sign in _MARKS or unicodedata.category(sign) in _SIGNS for sign in found)


def _guesses(sample: bytes) -> list[_Guess]:
    """The encodings that the sample fits, the likeliest first; those that misread it only where all do."""
    import chardet  # only where UTF-8 fails

    order = {name: place for place, name in enumerate((*_USUAL, *_RARE))}
    found = chardet.detect_all(sample, ignore_threshold=True, compat_names=False, include_encodings=order)
    scores = [(each["encoding"], round(each["confidence"], 3)) for each in found]
    fitting = [
        _Guess(name, score, text)
        for name, score in scores
        if (name in _USUAL or (name in _RARE and score >= _SOME))
        and (text := _sampled(sample, name)) is not None
    ]
    fitting.sort(key=lambda guess: (-guess.score, order[guess.encoding]))
    return [guess for guess in fitting if not guess.misread] or fitting


def _sampled(sample: bytes, encoding: str) -> str | None:
    """The text of a sample, which may end inside a character; None where it is not of this encoding."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(sample, len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return None


def _best(data: bytes, guesses: Sequence[_Guess]) -> tuple[str, str]:
    best = guesses[0]
    text, name = _decoded(data, best.encoding)
    for other in guesses[1:]:
        if other.score > best.score * _ALIKE and other.encoding in _USUAL and other.text != best.text:
            return text, f"{name}, perhaps {other.encoding}"
    return text, name


def _is_western(data: bytes, guesses: Sequence[_Guess]) -> bool:
    """Whether the text is Windows-1252: mostly ASCII, and nothing in it speaks against that.

    English has so few other bytes ("£", "’", "é") that statistics hardly tell its encoding; HTML's
    standard takes Windows-1252 as well where nothing is declared.
    """
    if sum(data.translate(_OUTSIDE_ASCII)) > max(_FEW, len(data) * _MOSTLY_ASCII):
        return False
    western = next((guess for guess in guesses if guess.encoding == "cp1252"), None)
    if western is None or western.misread:
        return False
    return guesses[0].score < max(_SOME, western.score * _CLEARLY)


def _is_spoilt(data: bytes) -> bool:
    """Whether this is UTF-8 of which some characters are damaged, or the last one is cut off."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(map(len, _BEYOND.findall(text))) - damaged >= _SPOILT * damaged


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding), encoding
    except UnicodeDecodeError:
        return data.decode(encoding, "replace"), f"{encoding}, undecodable bytes replaced"
