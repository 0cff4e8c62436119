"""What each change for speed gave, as measured when it was made: the part of the page that no run makes."""

from __future__ import annotations

from tests.benchmarks.figures import Section

SWITCHED_OFF = [
    ("only sentences that may hold a claim are parsed", "1.90"),
    ("sentences of many documents are parsed in batches, not one by one", "1.83"),
    ("numpy multiplies the model's matrices, in one thread; spaCy's BLIS uses plain loops on "
     "processors that it does not know", "1.29"),
    ("part of speech and lemma are remembered by word, tag and dependency", "1.16"),
    ("a document's hash, which every claim's id holds, is made once", "1.03"),
]  # fmt: skip
BEFORE_AND_AFTER = [
    ("reading", "numpy multiplies the model's matrices",
     "1,442 sentences of war articles", "2.24 s", "1.27 s"),
    ("", "sentences are parsed in batches of 64, not 128", "memory of a batch", "78 MB", "41 MB"),
    ("", "operands are read once, clauses only where needed; the lemmatizer asks sets",
     "speeches, over spaCy", "2.41", "4.57"),
    ("", "a parsed sentence is taken over once, as plain words",
     "64,000 words of war articles", "4.07 s", "3.51 s"),
    ("", "plain words stay known to the tokenizer", "cutting the speeches again", "0.115 s", "0.006 s"),
    ("", "words are looked for letter by letter", "the war articles, with the two above", "4.17 s", "3.23 s"),
    ("", "words in use stay remembered when the memory is full", "3,000 short documents", "27.1 s", "25.0 s"),
    ("", "full dates are looked for where a year stands", "31,000 words of speeches", "39 ms", "7 ms"),
    ("starting", "compiled modules come with `make install`", "the letter", "2.07 s", "1.80 s"),
    ("linking", "claims are compared a batch at a time", "a claim beside 100,000 rows", "1.5 ms", "1.0 ms"),
    ("", "the same, with what the text does not say at no cost", "a claim, small tables", "1.8 ms", "1.1 ms"),
    ("", "values are pickled by one function a class", "1,020 documents", "0.64 s", "0.29 s"),
    ("", "workers link and judge", "the writer's part of 2,000 documents", "34 s", "11 s"),
    ("", "rules meet rows by sorting; what is alike is asked once; no verdict is made for nothing",
     "10,000 claims beside 10,000 rows", "15.8 s", "9.3 s"),
    ("", "what rows give together is reckoned roughly for a batch of claims; summands are looked up once",
     "20,000 claims beside 20,000 rows", "25.0 s", "15.8 s"),
    ("storing", "workers write down the rows", "the writer's part of a short document", "0.87 ms", "0.33 ms"),
    ("", "large tables have no keys in memory", "rows a second", "88,000", "97,600"),
    ("", "cells go into arrays without numpy looking into them", "rows a second", "94,800", "105,300"),
    ("publishing", "a copy keeps to 48 MB", "a million claims, memory", "761 MB", "136 MB"),
    ("", "rows are written in full groups, each once", "a million claims, the snapshot", "257 MB", "197 MB"),
    ("asking", "a snapshot holds the latest verdict of each claim",
     "one document of a million claims", "0.242 s", "0.012 s"),
    ("", "it holds the view `claims` as a table", "counting a million claims by verdict", "0.75 s", "0.36 s"),
    ("", "a plain query loads no framework of commands", "the same", "0.36 s", "0.18 s"),
]  # fmt: skip
NOTHING = [
    ("starting", "patterns of lexicons compiled on first use: a line of text needs 68 of 353",
     "a line of text", "1.60 s", "1.58 s"),
    ("", "the vocabulary's sentences not read back", "a line of text", "1.60 s", "1.58 s"),
    ("", "regular expressions stay compiled for the next start, by private parts of the interpreter",
     "a line of text", "1.60 s", "1.31 s"),
    ("", "spaCy's entry points grouped by name", "asking for them", "14 ms", "–"),
]  # fmt: skip


def changes() -> list[Section]:
    """The last sections of the page."""
    return [
        Section(
            "What each change gives",
            "Each switched off alone in the finished program, the same 40,000 words of speeches, medians of "
            "three in turn, the processor's time. Claims are the same either way; `tests/test_hurried.py` "
            "holds that.",
            ("change", "without it, times as slow"),
            SWITCHED_OFF,
        ),
        Section(
            "What each change gave",
            "Before and after, one change at a time, the processor's time, mostly on a busy machine: compare "
            "within a line alone. The history of the repository has the reasons, and what was given up.",
            ("part", "change", "measured on", "before", "after"),
            BEFORE_AND_AFTER,
        ),
        Section(
            "What gave nothing",
            "Tried and not kept: less than a busy machine changes by itself, or by private means. A start "
            "cannot take less than spaCy: to import it without its command line and to load its model is two "
            "thirds of one.",
            ("part", "change", "measured on", "before", "after"),
            NOTHING,
        ),
    ]
