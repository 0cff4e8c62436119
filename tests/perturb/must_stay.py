"""Changes after which a supported statement must stay supported: other ways to say the same. Each returns the
new text, with the words that now state it where they differ, or None where it does not apply."""

from __future__ import annotations

import re
from datetime import date

from tests.perturb.bases import MONTHS, Base, children, names_in, subtree
from tests.perturb.fillers import Draw, words
from tests.perturb.must_not import Change, Changed

ONES = words("ones")
TENS = words("tens")


def in_words(number: int) -> str:
    """A whole number below a million in words: 774 is "seven hundred and seventy-four"."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f" and {in_words(rest)}" if rest else "")
    rest = number % 1000
    joint = "" if not rest else f" and {in_words(rest)}" if rest < 100 else f" {in_words(rest)}"
    return f"{in_words(number // 1000)} thousand{joint}"


def number_in_words(base: Base, _: Draw) -> Changed:
    """ "774" becomes "seven hundred and seventy-four"."""
    value = base.value
    if base.number is None or value is None or value != value.to_integral_value() or value >= 1_000_000:
        return None
    after = base.text[base.at.end :]
    if (
        re.match(r"\s*(%|percent|per cent|million|billion|tn|bn|m\b|°|-)", after)
        or base.text[: base.at.start][-1:] in "$€£-–"
    ):
        return None
    words = in_words(int(value))
    words = words.capitalize() if base.at.start == base.sentence.start_char else words
    return base.with_edits((base.at.start, base.at.end, words)), words


def other_date(base: Base, draw: Draw) -> Changed:
    """ "25 January 2018" becomes "January 25, 2018" or "the 25th of January 2018"."""
    found = list(
        re.finditer(rf"\b(\d{{1,2}}) ({'|'.join(m.title() for m in MONTHS)})( \d{{4}})?\b", base.text)
    )
    if len(found) != 1:
        return None
    day, month, year = int(found[0][1]), found[0][2], (found[0][3] or "").strip()
    ending = "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    forms = [f"the {day}{ending} of {month}" + (f" {year}" if year else "")]
    after = base.text[found[0].end() :][:1]
    forms.append(f"{month} {day}" + (f", {year}{',' if after == ' ' else ''}" if year else ""))
    if year:
        forms += [
            date(int(year), MONTHS.index(month.lower()) + 1, day).isoformat(),
            f"{day} {month[:3]} {year}",
        ]
    new = draw.any(forms)
    if base.at.start < found[0].end() and found[0].start() < base.at.end:
        if base.at.at.strip() not in (found[0][0], found[0][0].removesuffix(f" {year}").strip()):
            return None
        return base.with_edits((*found[0].span(), new)), new.rstrip(",")
    return base.with_edits((*found[0].span(), new))


def _adjunct(base: Base, first: bool) -> tuple[int, int] | None:
    """Where a time or place stands that opens the sentence (with a comma) or ends it."""
    sentence = base.sentence
    for token in children(sentence.root, "prep"):
        start, end = subtree(token)
        words = base.text[start:end]
        if not re.match(r"(in|on|at|during)\b", words, re.IGNORECASE) or "," in words or len(words) > 60:
            continue
        if first and start == sentence.start_char and base.text[end : end + 2] == ", ":
            return start, end
        if not first and base.text[end : end + 1] == "." and end >= sentence.end_char - 2:
            return start, end
    return None


def fronted(base: Base, _: Draw) -> Changed:
    """An adjunct at the end is put first: "In January 2018, 774 civilians were killed"."""
    found = _adjunct(base, first=False)
    if found is None or _adjunct(base, first=True):
        return None
    start, end = found
    words, begin = base.text[start:end], base.sentence.start_char
    rest = _lowered(base, base.text[begin:start].rstrip().rstrip(","))
    return base.text[:begin] + f"{words[:1].upper()}{words[1:]}, {rest}" + base.text[end:]


def put_last(base: Base, _: Draw) -> Changed:
    """An adjunct that opens the sentence is put at its end."""
    found = _adjunct(base, first=True)
    if found is None or not base.sentence.text.rstrip().endswith("."):
        return None
    start, end = found
    stop = base.sentence.start_char + len(base.sentence.text.rstrip()) - 1
    words, rest = base.text[start:end], base.text[end + 2 : stop]
    if re.search(r",|;|:| and | but ", rest):
        return None
    return (
        base.text[:start] + f"{rest[:1].upper()}{rest[1:]} {words[:1].lower()}{words[1:]}" + base.text[stop:]
    )


def _lowered(base: Base, words: str) -> str:
    """The start of a sentence as it reads in its midst."""
    first = base.sentence[0]
    if first.pos_ == "ADJ" and first.text.endswith(("an", "ish", "ese", "i", "ch", "ean")):
        return words  # of a country
    name = first.pos_ in ("PROPN",) or (first.text.isupper() and len(first) > 1) or not first.is_alpha
    return words if name else words[:1].lower() + words[1:]


def passive_made_active(base: Base, _: Draw) -> Changed:
    """ "774 civilians were killed by the army" becomes "The army killed 774 civilians"."""
    verb = base.sentence.root
    subject, agent = children(verb, "nsubjpass"), children(verb, "agent")
    aux = children(verb, "auxpass")
    if (
        not (subject and agent and aux)
        or aux[0].lower_ not in ("was", "were")
        or children(verb, "aux", "neg")
    ):
        return None
    if not verb.text.endswith("ed") or aux[0].i + 1 != verb.i or agent[0].i != verb.i + 1:
        return None
    (s, t), (a, b) = subtree(subject[0]), subtree(agent[0])
    by = base.text[a:b].removeprefix("by ")
    if "by " + by != base.text[a:b] or "," in by or t != aux[0].idx - 1:
        return None
    told = base.text[s:t] if s != base.sentence.start_char else _lowered(base, base.text[s:t])
    by = by[:1].upper() + by[1:] if s == base.sentence.start_char else by
    return base.text[:s] + f"{by} {verb.text} {told}" + base.text[b:]


def active_made_passive(base: Base, _: Draw) -> Changed:
    """ "The army killed 774 civilians" becomes "774 civilians were killed by the army"."""
    verb = base.sentence.root
    subject, goal = children(verb, "nsubj"), children(verb, "dobj")
    if not (subject and goal) or verb.tag_ != "VBD" or not verb.text.endswith("ed"):
        return None
    if children(verb, "aux", "neg", "conj", "dative", "prt", "xcomp", "ccomp"):
        return None
    (s, t), (a, b) = subtree(subject[0]), subtree(goal[0])
    if (
        t + 1 != verb.idx
        or verb.idx + len(verb) + 1 != a
        or subject[0].pos_ == "PRON"
        or "," in base.text[s:b]
    ):
        return None
    if re.search(r"\b(which|who|that)\b", base.text[s:b]):
        return None
    told = base.text[s:t] if s != base.sentence.start_char else _lowered(base, base.text[s:t])
    counted = (
        base.text[a:b][:1].upper() + base.text[a:b][1:] if s == base.sentence.start_char else base.text[a:b]
    )
    one = goal[0].tag_ in ("NN", "NNP") and base.number is None
    return base.text[:s] + f"{counted} {'was' if one else 'were'} {verb.text} by {told}" + base.text[b:]


ADJUNCTS = (
    "according to the report", "the statement said", "it is recorded", "according to the figures",
    "as is well known", "officials say", "the bulletin says", "by all accounts", "the records show",
)  # fmt: skip


def neutral_adjunct(base: Base, draw: Draw) -> Changed:
    """ "According to the report" before or behind it."""
    words, sentence = draw.any(ADJUNCTS), base.sentence
    whole = sentence.text.rstrip()
    if not whole.endswith(".") or re.search(r"\b(said|says|say|according|reported|told)\b", whole.lower()):
        return None
    stop = sentence.start_char + len(whole) - 1
    if words.startswith(("according", "by", "as")) and draw.random.random() < 0.5:
        start = sentence.start_char
        return base.text[:start] + f"{words.capitalize()}, {_lowered(base, base.text[start:])}"
    return base.with_edits((stop, stop, f", {words}"))


def second_statement(base: Base, draw: Draw) -> Changed:
    """Another statement is added with "and", or stands as a sentence before or behind."""
    if not draw.fillers.sentences or not base.text.rstrip().endswith("."):
        return None
    other, how = draw.any(draw.fillers.sentences), draw.random.randrange(3)
    if how == 0:
        return f"{other} {base.text}"
    if how == 1:
        return f"{base.text.rstrip()} {other}"
    joined = other if other.split()[0] == "I" else other[:1].lower() + other[1:]
    return f"{base.text.rstrip()[:-1]}, and {joined}"


def split_in_two(base: Base, draw: Draw) -> Changed:
    """The place is named in a sentence before, and "there" stands for it; or "it" for the happening."""
    if base.text.strip() != base.sentence.text.strip():
        return None
    if base.is_date:
        subject = next(iter(children(base.sentence.root, "nsubj", "nsubjpass")), None)
        if (
            subject is None
            or subject.tag_ in ("NNS", "NNPS", "PRP")
            or subject.left_edge.i != base.sentence.start
        ):
            return None
        start, end = subtree(subject)
        name = base.text[start:end]
        if not name.startswith("The ") and subject.pos_ != "PROPN":
            return None
        name = "the " + name[4:] if name.startswith("The ") else name
        return f"Much has been written about {name}. It{base.text[end:]}"
    for name, start in names_in(base.text, base.table.places):
        before = re.search(r"\bin\s+$", base.text[:start])
        after = base.text[start + len(name) :][:1]
        if before and after in (" ", ".", ","):
            first = draw.any(
                (
                    f"Much has been written about {name}.",
                    f"This is about {name}.",
                    f"Many eyes are on {name}.",
                )
            )
            return f"{first} {base.text[: before.start()]}there{base.text[start + len(name) :]}"
    return None


SYNONYMS = {
    r"\bwere killed\b": ("lost their lives", "were slain", "died"),
    r"\bwere injured\b": ("were wounded", "were hurt", "suffered injuries"),
    r"\bwas opened\b": ("was inaugurated",), r"\bopened\b": ("began", "started"),
    r"\bwere held\b": ("took place",), r"\bwas held\b": ("took place",),
    r"\bwas adopted\b": ("was passed", "was approved"),
    r"\bwere displaced\b": ("were driven from their homes", "were uprooted"),
    r"\bwere evacuated\b": ("were taken out", "were brought out"),
    r"\bwere detained\b": ("were taken into custody", "were arrested"),
    r"\bwere destroyed\b": ("were wrecked",), r"\bmore than\b": ("over", "in excess of", "upwards of"),
    r"\bat least\b": ("no fewer than", "a minimum of"), r"\babout (?=\d)": ("some ", "around ", "roughly "),
    r"\bsome (?=\d)": ("about ", "around ", "roughly "), r"\bstands at\b": ("has reached", "amounts to"),
}  # fmt: skip


def synonym(base: Base, draw: Draw) -> Changed:
    """Another word or phrase for the same."""
    fitting = [
        (m, words) for p, words in SYNONYMS.items() if (m := re.search(p, base.sentence.text)) is not None
    ]
    if not fitting:
        return None
    match, words = draw.random.choice(fitting)
    start = base.sentence.start_char + match.start()
    if start < base.at.end and base.at.start < base.sentence.start_char + match.end():
        return None
    if match[0] == "were killed" and re.match(r"\s*by\b", base.sentence.text[match.end() :]):
        words = ("were slain",)
    return base.with_edits((start, base.sentence.start_char + match.end(), draw.any(words)))


MUST_STAY: dict[str, Change] = {
    "number in words": number_in_words, "other date form": other_date, "adjunct first": fronted,
    "adjunct last": put_last, "made active": passive_made_active, "made passive": active_made_passive,
    "neutral adjunct": neutral_adjunct, "second statement": second_statement, "two sentences": split_in_two,
    "synonym": synonym,
}  # fmt: skip
