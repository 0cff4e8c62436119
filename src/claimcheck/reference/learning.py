"""What a curator accepts goes into `learned` of its measure, and can be taken back: no other character of the
descriptor changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from claimcheck.reference.json import JsonPath, Located, read_json
from claimcheck.reference.problems import Problems
from claimcheck.reference.schema import DESCRIPTOR, Learned
from claimcheck.regular_files import bytes_of


class LearningError(ValueError):
    """Something that cannot be accepted or taken back; the message says why."""


def accept(folder: Path, accepted: Sequence[tuple[str, Learned]]) -> None:
    """Write what was accepted for measures into the package's descriptor. Raises LearningError where the
    vocabulary has no such measure; then nothing is written."""
    text = _read(folder)
    for measure, one in accepted:
        text = _added(text, measure, one)
    _write(folder, text)


def take_back(folder: Path, texts: Sequence[str]) -> list[tuple[str, str]]:
    """Take accepted words and sentences out of the package's descriptor: (measure, text) of each. Raises
    LearningError where one of them was never accepted; then nothing is written."""
    text, gone = _read(folder), []
    for wanted in texts:
        found = _find(text, wanted)
        if not found:
            held = [str(line.get("says", line.get("word"))) for _, line in _learned(_located(text))]
            told = "; ".join(held) or "nothing"
            raise LearningError(f"{folder}: {wanted!r} was not accepted; accepted are: {told}")
        while found:
            path = found[0]
            gone.append((str(path[1]), wanted))
            text = _without(text, path)
            found = _find(text, wanted)
    _write(folder, text)
    return gone


def _find(text: str, wanted: str) -> list[JsonPath]:
    return [path for path, line in _learned(_located(text)) if wanted in (line.get("says"), line.get("word"))]


def _learned(located: Located) -> list[tuple[JsonPath, dict[str, str]]]:
    vocabulary = located.value.get("vocabulary", {})
    return [
        (("vocabulary", measure, "learned", at), line)
        for measure, entry in vocabulary.items()
        for at, line in enumerate(entry.get("learned", ()))
    ]


def _added(text: str, measure: str, one: Learned) -> str:
    located = _located(text)
    offsets, entry = located.offsets, located.value.get("vocabulary", {}).get(measure)
    if entry is None:
        raise LearningError(f"the vocabulary has no measure {measure!r}")
    line = {"says" if one.is_sentence else "word": one.text, "from": one.source,
            "on": one.day.isoformat(), "by": one.by}  # fmt: skip
    written = json.dumps(line, ensure_ascii=False)
    held = offsets.get(("vocabulary", measure, "learned"))
    if held is None:
        at = offsets["vocabulary", measure] + 1
        more = "," if entry else ""
        return f'{text[:at]}"learned": [{written}]{more} {text[at:].lstrip(" ")}'
    if not entry["learned"]:
        return f"{text[: held + 1]}{written}{text[held + 1 :]}"
    last = offsets["vocabulary", measure, "learned", len(entry["learned"]) - 1]
    end = json.JSONDecoder().raw_decode(text, last)[1]
    return f"{text[:end]}, {written}{text[end:]}"


def _without(text: str, path: JsonPath) -> str:
    """The text without an element of a list, and without the comma that parted it from its neighbour."""
    located = _located(text)
    start = located.offsets[path]
    end = json.JSONDecoder().raw_decode(text, start)[1]
    behind = text[end:].lstrip()
    if behind.startswith(","):
        return text[:start] + behind[1:].lstrip()
    before = text[:start].rstrip()
    return (before[:-1].rstrip() if before.endswith(",") else before) + text[end:]


def _located(text: str) -> Located:
    located = read_json(DESCRIPTOR, text, Problems())
    assert located is not None, "a descriptor that was loaded is JSON"
    return located


def _read(folder: Path) -> str:
    return bytes_of(folder / DESCRIPTOR).decode("utf-8-sig")


def _write(folder: Path, text: str) -> None:
    """Write the descriptor as a whole, or not at all."""
    beside = folder / f".{DESCRIPTOR}.new"
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(folder / DESCRIPTOR)
