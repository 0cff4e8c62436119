"""Regular expressions that are data: each row's examples, held against the text where the row says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

import pytest

from claimcheck.lexicon import LexiconError, Row, load, pattern, topics
from tests.reader import ROOT, of_all

TOPICS = [topic for topic in topics() if all("at" in row.fields for row in load(topic))]
EXAMPLES = [(t, row, said) for t in TOPICS for row in load(t) for said in row.examples]
COUNTER_EXAMPLES = [(t, row, said) for t in TOPICS for row in load(t) for said in row.counter_examples]


def held(topic: str, row: Row, said: str) -> re.Match[str] | None:
    """What a row's pattern finds at the "|" of a phrase."""
    before, bar, behind = said.partition("|")
    assert bar, said
    text, found = before + behind, pattern(topic, row.id)
    return found.search(text, 0, len(before)) if row["at"] == "before" else found.match(text, len(before))


@of_all(EXAMPLES)
def test_a_pattern_holds(topic: str, row: Row, said: str) -> None:
    assert held(topic, row, said)


@of_all(COUNTER_EXAMPLES)
def test_a_pattern_does_not_hold(topic: str, row: Row, said: str) -> None:
    assert not held(topic, row, said)


def test_every_row_is_asked_for() -> None:
    """By its name in code, by another row, or by where it says; else a pattern is no rule."""
    code = "".join(f.read_text("utf-8") for f in (ROOT / "src" / "claimcheck").rglob("*.py"))
    asked = set(re.findall(r"""["'](\w+)["'],\s*["']([\w ]+)["']""", code))
    for topic in TOPICS:
        for row in load(topic):
            others = re.findall(r"<(?:([a-z_]+): )?([a-z][a-z_ ]*)>", row["pattern"])
            others += [("", row.get("requires", "")), ("", row.id if "where" in row.fields else "")]
            asked |= {(file or topic, other) for file, other in others}
    assert [(topic, row.id) for topic in TOPICS for row in load(topic) if (topic, row.id) not in asked] == []


def test_a_row_that_is_not_there_is_named() -> None:
    with pytest.raises(LexiconError, match=r'data/ones\.toml has no row "twos"'):
        pattern("ones", "twos")


def test_a_place_is_one_of_two() -> None:
    assert {row["at"] for topic in TOPICS for row in load(topic)} == {"before", "behind"}


ENGLISH = 58
"""Words in regular expressions of the code: English belongs into data. It may fall, and never rises.
What is left is mostly what DuckDB and other programs write, and formats' signs."""
NO_WORDS = re.compile(
    r"\\.|\(\?P?<\w+>|\(\?P=\w+\)|\(\?[aims]+[:)]|\[(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}|<[A-Z]+:?>"
    r"|[ ]#[^\n]*"  # what a verbose pattern says of itself
)
IS_PATTERN = re.compile(r"\\[bdswAZ]|\(\?[:!=<P]|\w\|\w|\)\?")
IS_SQL = re.compile(r"\b(?:SELECT|DELETE|UPDATE)\b|\bIN \(")
TAKES_PATTERN = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


def is_of_re(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this calls a function of the library that takes a pattern."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in TAKES_PATTERN
        and bool(node.args)
    )


def written(node: ast.AST, plain: bool = False) -> Iterator[str]:
    """The pieces of patterns that a module writes: what it gives to `re`, but for names that calls and keys
    of rows are in it, and every other string that only a pattern is. `plain`: any string here is a piece."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    if plain or (IS_PATTERN.search(said) and not IS_SQL.search(said)):
        yield said
    inside = plain and not isinstance(node, ast.Call | ast.Subscript)
    for part in ast.iter_child_nodes(node):
        yield from written(part, inside or (is_of_re(node) and part is node.args[0]))


def english(source: str) -> list[str]:
    """The words that a module writes into its regular expressions."""
    said = written(ast.parse(source))
    return [word for text in said for word in re.findall("[A-Za-z]{2,}", NO_WORDS.sub(" ", text))]


def test_regular_expressions_of_the_code_hold_no_more_english() -> None:
    folder = ROOT / "src" / "claimcheck"
    found = {file: english(file.read_text(encoding="utf-8")) for file in folder.rglob("*.py")}
    stated = sum(map(len, found.values()))
    most = sorted(found, key=lambda file: -len(found[file]))[:5]
    assert stated <= ENGLISH, [(str(file.relative_to(folder)), len(found[file])) for file in most]


def test_words_in_regular_expressions_are_found() -> None:
    source = r"""re.compile(rf"\b(?:{any_of('deeds')}|the|[a-z]{{2,3}}ly|{row['pattern']})\s")"""
    assert english(source) == ["the", "ly"]
    assert not english('re.fullmatch(any_of("deeds"), word)')
    assert english(r'"""May (?:or) not."""; A = "is|was"; B = "SELECT a IN (?::INT[])"') == ["is", "was"]
    assert english(r're.compile(expand(r"\bfrom <MONTH>"))') == ["from"]
