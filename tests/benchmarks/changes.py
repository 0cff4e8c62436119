"""What each change for speed gave, as measured when it was made: the part of the page that no run makes."""

from __future__ import annotations

from tests.benchmarks.figures import Section

SWITCHED_OFF = [
    ("only sentences that may hold a claim are parsed", "1.90"),
    ("sentences of many documents are parsed in batches, not one by one", "1.83"),
    (
        "numpy multiplies the model's matrices, in one thread; spaCy's BLIS uses plain loops on "
        "processors that it does not know",
        "1.29",
    ),
    ("part of speech and lemma are remembered by word, tag and dependency", "1.16"),
    ("a document's hash, which every claim's id holds, is made once", "1.03"),
]
BEFORE_AND_AFTER = [
    ("matrices by numpy: parsing 1,442 sentences of war articles", "2.24 s", "1.27 s"),
    ("the same in two threads instead of one", "2.76 s", "1.27 s"),
    (
        "a snapshot holds which verdict of each claim is the latest: one document among a million claims",
        "0.242 s",
        "0.012 s",
    ),
    ("the same: counting a million claims by verdict", "0.59 s", "0.36 s"),
    (
        "a snapshot holds what claims say of their verdict too: counting a million claims by verdict, "
        "DuckDB alone, a busy machine",
        "0.34 s",
        "0.25 s",
    ),
    ("the same: twenty claims of one verdict among a million", "0.35 s", "0.11 s"),
    (
        "that, and a query loads less of the program: `claimcheck query`, counting a million claims, the"
        " whole process, a busy machine",
        "0.88 s",
        "0.67 s",
    ),
    ("a snapshot holds the view `claims` as a table: the same process, a busy machine", "0.75 s", "0.36 s"),
    (
        "that, and a plain query loads neither the framework of the commands with its checks of "
        "arguments nor the rest of the store",
        "0.36 s",
        "0.18 s",
    ),
    (
        "the same tables: DuckDB alone, counting; twenty claims of one verdict; one document",
        "0.28, 0.13, 0.012 s",
        "0.006, 0.004, 0.007 s",
    ),
    (
        "the same: publishing a million claims, memory and the processor's time; the snapshot",
        "136 MB, 8.6 s; 127 MB",
        "139 MB, 20 s; 257 MB",
    ),
    (
        "large tables have no keys, which DuckDB holds whole in memory: rows stored a second, a busy machine",
        "88,000",
        "97,600",
    ),
    ("the same: the snapshot of a million claims", "180 MB", "127 MB"),
    (
        "that, and a copy keeps to 48 MB and holds a part of the verdicts at a time: publishing a "
        "million claims of 100,000 documents, memory of the process and the processor's time",
        "761 MB, 6.8 s",
        "136 MB, 9.3 s",
    ),
    (
        "sentences are parsed in batches of 64, not 128: memory that a batch takes and gives back, in "
        "the same time",
        "78 MB",
        "41 MB",
    ),
    ("cells go into arrays without numpy looking into them: rows stored a second", "94,800", "105,300"),
    (
        "compiled modules from `make install`: checking the letter, in an environment that keeps none",
        "2.07 s",
        "1.80 s",
    ),
    (
        "a snapshot's rows are written in full groups, each once: publishing a million claims, memory "
        "and the processor's time; the snapshot",
        "137 MB, 18.2 s; 257 MB",
        "140 MB, 14.5 s; 197 MB",
    ),
    (
        "words that texts go on using stay remembered when the memory of words is full, and only "
        "dependencies that tell something of a word are remembered with it: checking 3,000 short "
        "documents",
        "27.1 s",
        "25.0 s",
    ),
    (
        "what a sentence is asked again and again, for each claim and each kind of row, is found once: "
        "the same documents, in those parts",
        "1.6 s",
        "0.6 s",
    ),
    (
        "a sentence is asked once which rules it holds a word of, and no other rule looks at it: a claim of "
        "100,000 linked and judged against 100,000 rows, a busy machine",
        "222 µs",
        "177 µs",
    ),
    (
        "rules of one family are passed over together, sets of nouns are joined once, a claim with one row "
        "or none is judged without sorting, and a name is read no further than the longest that begins so: "
        "the same",
        "183 µs",
        "151 µs",
    ),
    (
        "names and places of the rows that are loaded are joined, not asked for row by row: the same",
        "140 µs",
        "131 µs",
    ),
    (
        "what is asked of a proposition is found once a batch, each stretch of a story is looked through "
        "once for names, and a measure that stands alone is chosen without ranking: a claim with its "
        "proposition, a busy machine",
        "385 µs",
        "223 µs",
    ),
    (
        "the linker reads the sentences of operands, and no more of them than it needs; a clause is made "
        "only where a word tells of a place among others; the lemmatizer asks sets for the words that it "
        "knows, not lists of up to 57,000: speeches and war articles over spaCy, a busy machine",
        "2.41, 1.33",
        "4.57, 2.32",
    ),
    (
        "a parsed sentence is taken over once, as plain words in their tree: 61,000 words of speeches and "
        "64,000 of war articles, a busy machine",
        "2.08, 4.07 s",
        "1.82, 3.51 s",
    ),
    (
        "rules of times look at a letter before they try every month, weekday and unit: numbers and dates "
        "of the war articles, a busy machine",
        "0.81 s",
        "0.71 s",
    ),
    (
        "plain words stay known to the tokenizer, which keeps nothing while the words of a batch are to be "
        "forgotten: cutting the parsed sentences of speeches and war articles again",
        "0.115, 0.097 s",
        "0.006, 0.008 s",
    ),
    (
        "all these, where words stand found once a sentence, and words looked for letter by letter: speeches "
        "and war articles, a busy machine",
        "2.05, 4.17 s",
        "1.62, 3.23 s",
    ),
    (
        "what ranks the rows beside an open claim looks at each time and place once: 10,000 claims, nearly "
        "all open, against 10,000 rows, a busy machine",
        "12.4 s",
        "7.5 s",
    ),
]


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
            "Before and after, one change at a time, the processor's time:",
            ("change", "before", "after"),
            BEFORE_AND_AFTER,
            "What was tried and left alone: spaCy without its own command line, which takes a third of its "
            "import (0.17 s of the processor) but is left out by no public way; in linking, changed copies "
            "made otherwise than by `dataclasses.replace`, and one look less at what was found of a "
            "proposition, each of which gave less than the noise.",
        ),
    ]
