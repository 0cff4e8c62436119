"""Regular expressions that are data: each row's examples, held against the text where the row says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from claimcheck.lexicon import Row, load, pattern, topics
from tests.reader import ROOT

TOPICS = [topic for topic in topics() if all("at" in row.fields for row in load(topic))]
EXAMPLES = [(t, row, said) for t in TOPICS for row in load(t) for said in row.examples]
COUNTER_EXAMPLES = [(t, row, said) for t in TOPICS for row in load(t) for said in row.counter_examples]


def name(part: Row | str) -> str:
    """A part of a test's name."""
    return part.id if isinstance(part, Row) else part


def held(topic: str, row: Row, said: str) -> re.Match[str] | None:
    """What a row's pattern finds at the "|" of a phrase."""
    before, bar, behind = said.partition("|")
    assert bar, said
    text, found = before + behind, pattern(topic, row.id)
    return found.search(text, 0, len(before)) if row["at"] == "before" else found.match(text, len(before))


@pytest.mark.parametrize(("topic", "row", "said"), EXAMPLES, ids=name)
def test_a_pattern_holds(topic: str, row: Row, said: str) -> None:
    assert held(topic, row, said)


@pytest.mark.parametrize(("topic", "row", "said"), COUNTER_EXAMPLES, ids=name)
def test_a_pattern_does_not_hold(topic: str, row: Row, said: str) -> None:
    assert not held(topic, row, said)


def test_a_place_is_one_of_two() -> None:
    assert {row["at"] for topic in TOPICS for row in load(topic)} == {"before", "behind"}


ENGLISH = 1036
"""Words in regular expressions of the code: English belongs into data. It may fall, and never rises."""
NO_WORDS = re.compile(r"\\.|\(\?P?<\w+>|\(\?P=\w+\)|\(\?[aims]+[:)]|\[(?:\\.|[^\]\\])*\]|\{\d*,?\d*\}")
TAKES_PATTERN = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer"}


def written(node: ast.AST, named: bool = False) -> Iterator[str]:
    """The strings of an expression, but for names: the keys of rows, and what calls are given that is no
    pattern."""
    said = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    if not named or re.search(r"[\\(|]", said):
        yield said
    for part in ast.iter_child_nodes(node):
        yield from written(part, named or isinstance(node, ast.Call | ast.Subscript))


def english(source: str) -> list[str]:
    """The words that a module writes into its regular expressions."""
    calls = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if node.func.attr in TAKES_PATTERN
    )
    said = (text for call in calls for text in written(call.args[0]))
    return [word for text in said for word in re.findall("[A-Za-z]{2,}", NO_WORDS.sub(" ", text))]


def test_regular_expressions_of_the_code_hold_no_more_english() -> None:
    folder = ROOT / "src" / "claimcheck"
    found = {file: english(file.read_text(encoding="utf-8")) for file in folder.rglob("*.py")}
    told = sum(map(len, found.values()))
    most = sorted(found, key=lambda file: -len(found[file]))[:5]
    assert told <= ENGLISH, [(str(file.relative_to(folder)), len(found[file])) for file in most]


def test_words_in_regular_expressions_are_found() -> None:
    source = r"""re.compile(rf"\b(?:{any_of('deeds')}|the|[a-z]{{2,3}}ly|{row['pattern']})\s")"""
    assert english(source) == ["the", "ly"]
    assert not english('re.fullmatch(any_of("deeds"), word)')
    assert english(r're.compile(expand(r"\bfrom <MONTH>"))') == ["from", "MONTH"]
