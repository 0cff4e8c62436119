"""The vocabulary of a descriptor: what is measured, and how texts tell it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from claimcheck.reference.json import JsonPath
from claimcheck.reference.schema import MEASURE_TYPES, SLOTS, Learned, Measure

Fault = Callable[[JsonPath, object | None, str], None]
_FORM = '{"says": ["{n} patients were evacuated from {place}"], "type": "flow"}'
KEYS = ("words", "says", "type", "part_of", "counts", "revised", "vague", "learned", "ratio_of")
_SLOT = re.compile(r"[{]([^{}]*)[}]")


def measures_of(table: Any, fault: Fault) -> Iterator[Measure]:
    """The measures of a vocabulary; `fault` is told of all that is wrong with it.

    A measure with a fault is a measure all the same, so that no row is said to lack it.
    """
    if not isinstance(table, dict):
        fault(("vocabulary",), table, f'write {{"name of a measure": {_FORM}}}')
        return
    for name, entry in table.items():
        path = ("vocabulary", name)
        if not isinstance(entry, dict):
            fault(path, entry, f"write {_FORM}")
            yield Measure(name, (), "flow")
        else:
            yield _Entry(path, entry, fault).measure(name, table)
    _circles(table, fault)


class _Entry:
    """One measure of the vocabulary."""

    def __init__(self, path: JsonPath, entry: Mapping[str, Any], fault: Fault) -> None:
        self._path, self._entry, self._fault = path, entry, fault

    def measure(self, name: str, vocabulary: Mapping[str, Any]) -> Measure:
        """The measure, with every fault of it noted."""
        for key in self._entry:
            if key not in KEYS:
                known = ", ".join(sorted(KEYS))
                self._fault((*self._path, key), key, f"unknown key; known here: {known}")
        words, says = self._texts("words"), self._texts("says")
        if not {"words", "says"} & self._entry.keys():
            self._fault(self._path, None, f'a measure needs "words" or "says": {_FORM}')
        for at, sentence in enumerate(says):
            self._check_sentence((*self._path, "says", at), sentence)
        kind = self._entry.get("type")
        if not isinstance(kind, str) or kind not in MEASURE_TYPES:
            self._fault((*self._path, "type"), kind, f"type is one of {', '.join(MEASURE_TYPES)}")
            kind = "flow"
        revised = self._entry.get("revised", False)
        if not isinstance(revised, bool):
            self._fault((*self._path, "revised"), revised, "revised is true or false")
        return Measure(
            name, words, MEASURE_TYPES[kind], says, self._part_of(name, vocabulary), self._texts("counts"),
            revised is True, tuple(self._vague()), tuple(self._learned()), self._ratio_of(name, vocabulary),
        )  # fmt: skip

    def _texts(self, key: str) -> tuple[str, ...]:
        if key not in self._entry:
            return ()
        given = self._entry[key]
        if isinstance(given, list) and given and all(isinstance(one, str) and one.strip() for one in given):
            return tuple(dict.fromkeys(given))
        self._fault((*self._path, key), given, f"{key} are a list of one or more texts")
        return ()

    def _check_sentence(self, path: JsonPath, sentence: str) -> None:
        """A sentence leaves the number open once, and no other slot twice."""
        slots, rest = _SLOT.findall(sentence), _SLOT.sub("", sentence)
        known = ", ".join(f"{{{slot}}}" for slot in SLOTS)
        if unknown := [slot for slot in slots if slot not in SLOTS]:
            self._fault(path, sentence, f"{{{unknown[0]}}} is no slot; the slots are {known}")
        elif slots.count("n") != 1:
            self._fault(path, sentence, "a sentence holds {n} once, where texts have the number")
        elif len(slots) != len(set(slots)):
            self._fault(path, sentence, "a sentence holds each slot once")
        elif "{" in rest or "}" in rest:
            self._fault(path, sentence, f"a brace without its other; the slots are {known}")
        elif not re.search(r"[^\W\d_]{2}", rest):
            self._fault(path, sentence, "a sentence needs words beside its slots")

    def _part_of(self, name: str, vocabulary: Mapping[str, Any]) -> str | None:
        whole = self._entry.get("part_of")
        if whole is None:
            return None
        if isinstance(whole, str) and whole in vocabulary and whole != name:
            return whole
        others = ", ".join(other for other in vocabulary if other != name) or "there is none"
        told = f"part_of names another measure of the vocabulary ({others})"
        self._fault((*self._path, "part_of"), whole, told)
        return None

    def _ratio_of(self, name: str, vocabulary: Mapping[str, Any]) -> tuple[str, str] | None:
        given = self._entry.get("ratio_of")
        if given is None:
            return None
        path, form = (*self._path, "ratio_of"), '{"of": "votes cast", "to": "registered voters"}'
        if not isinstance(given, dict) or given.keys() != {"of", "to"}:
            self._fault(path, given, f"write {form}: so many of the first for each hundred of the second")
            return None
        others = [other for other in vocabulary if other != name]
        wrong = [end for end in ("of", "to") if given[end] not in others]
        for end in wrong:
            told = f"{end} names another measure of the vocabulary ({', '.join(others) or 'there is none'})"
            self._fault((*path, end), given[end], told)
        if wrong:
            return None
        for end in ("of", "to"):
            entry = vocabulary[given[end]]
            if isinstance(entry, dict) and entry.get("ratio_of") is not None:
                self._fault((*path, end), given[end], "this is a ratio itself: name measures that rows state")
        if given["of"] == given["to"]:
            self._fault((*path, "to"), given["to"], "a ratio is of two measures")
        return given["of"], given["to"]

    def _vague(self) -> Iterator[tuple[str, Decimal, Decimal]]:
        table = self._entry.get("vague", {})
        if not isinstance(table, dict):
            self._fault((*self._path, "vague"), table, 'write {"dozens": [24, 99]}')
            return
        for word, ends in table.items():
            here = (*self._path, "vague", word)
            whole = isinstance(ends, list) and len(ends) == 2 and all(type(end) is int for end in ends)
            if not word.strip() or not whole or not 0 <= ends[0] <= ends[1]:
                self._fault(here, ends, 'a vague word has its lowest and highest number: "dozens": [24, 99]')
            else:
                yield word.strip().lower(), Decimal(ends[0]), Decimal(ends[1])

    def _learned(self) -> Iterator[Learned]:
        given = self._entry.get("learned", [])
        if not isinstance(given, list):
            self._fault((*self._path, "learned"), given, "learned is a list that the program writes")
            return
        for at, line in enumerate(given):
            here = (*self._path, "learned", at)
            learned = _learned_of(line)
            if isinstance(learned, str):
                told = f"{learned}; the program writes these lines: take this one out"
                self._fault(here, line, told)
                continue
            if learned.is_sentence:
                self._check_sentence((*here, "says"), learned.text)
            yield learned


def _learned_of(line: Any) -> Learned | str:
    """A line of `learned`, or what is wrong with it."""
    if not isinstance(line, dict):
        return 'a line is {"word": …, "from": …, "on": …, "by": …}'
    kinds = [key for key in ("word", "says") if key in line]
    if len(kinds) != 1 or set(line) != {kinds[0], "from", "on", "by"}:
        return 'a line has "word" or "says", and "from", "on" and "by"'
    if not all(isinstance(value, str) and value.strip() for value in line.values()):
        return "each value is a text that is not empty"
    try:
        day = date.fromisoformat(line["on"])
    except ValueError:
        return f'"on" is a day like 2018-02-10, not {line["on"]}'
    return Learned(line[kinds[0]], kinds[0] == "says", line["from"], day, line["by"])


def _circles(vocabulary: Mapping[str, Any], fault: Fault) -> None:
    """Note measures that are a part of themselves, once for each circle."""
    above = {name: entry.get("part_of") for name, entry in vocabulary.items() if isinstance(entry, dict)}
    done: set[str] = set()
    for name in above:
        path: dict[str, None] = {}
        here: Any = name
        while isinstance(here, str) and here in above and here not in done and here not in path:
            path[here] = None
            here = above[here]
        if isinstance(here, str) and here in path and above[here] != here:
            circle = [*list(path)[list(path).index(here) :], here]
            told = f"a measure is part of itself: {' of '.join(circle)}"
            fault(("vocabulary", here, "part_of"), above[here], told)
        done |= path.keys()
