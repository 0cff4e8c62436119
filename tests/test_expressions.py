"""Expressions that stay compiled: the same matches, from a file that is never believed where it differs."""

import re
from pathlib import Path

import pytest

from claimcheck import expressions

WORDS = [rf"(?P<word>{letter}+)(\d)?|[^{letter}\s]" for letter in "abcdefghijklmnopqrstuvwxyz"]


def found(word: str, flags: int = 0) -> list[object]:
    """What an expression finds, compiled within this call."""
    re.purge()
    with expressions.remembered():
        one = re.compile(word, flags)
    told = [(m.span(), m.groups(), m.groupdict(), m.lastgroup) for m in one.finditer("aab1 xX bcé2")]
    return [one.pattern, one.flags, one.groups, dict(one.groupindex), *told]


def test_an_expression_that_stays_compiled_finds_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = tmp_path / "claimcheck" / "expressions"
    usual = [found(word) for word in WORDS]
    assert not kept.exists()  # one at a time is not worth a file
    re.purge()
    with expressions.remembered():
        with pytest.raises(re.error):
            re.compile("(")
        for word in WORDS:
            re.compile(word)
    body = kept.read_bytes()
    compiling = pytest.MonkeyPatch()
    with compiling.context() as never:
        never.setattr("re._parser.parse", None)
        assert [found(word) for word in WORDS] == usual
        with pytest.raises(TypeError):
            found(WORDS[0], re.IGNORECASE)
    kept.write_bytes(body.replace(b"a", b"b"))
    assert [found(word) for word in WORDS] == usual
