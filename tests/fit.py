"""`make fit`: the weights of levels, learned from the ordinary text of tests/ordinary.

    python -m tests.fit                     # writes src/claimcheck/data/evidence.toml
    python -m tests.fit --left-out          # each field checked with weights of the others

Every figure is of fields that the weights were not learned from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, lil_matrix

from claimcheck import lexicon
from claimcheck.documents.files import make
from claimcheck.evaluation.scoring import Result, score
from claimcheck.frames import frames_of
from claimcheck.linking import decide
from claimcheck.linking import weights as odds
from claimcheck.linking.account import Account
from claimcheck.linking.columns import Compared, compare
from claimcheck.linking.decide import Option
from claimcheck.linking.evidence import Linking
from claimcheck.linking.levels import SLOTS, Levels
from claimcheck.linking.relate import ANCHORS, Computed, anchors, computed, of_operands, said_beside
from claimcheck.linking.rows import Portrait
from claimcheck.linking.totals import rows_of
from claimcheck.linking.weights import DATE_AND_WORDS, FORMAT, OPERAND, START, TOGETHER, TOTALS, Key, Weights
from claimcheck.model import DECIDED, CheckedDocument, Claim, Reading, Verdict
from claimcheck.pipeline import Checker
from claimcheck.reference.cases import Case, Expectation, read_cases
from claimcheck.relate.comparing import Tried, verdict_of_choices
from claimcheck.relate.meant import OF_NUMBER

ROOT = Path(__file__).parents[1]
ORDINARY, DOMAINS = ROOT / "tests" / "ordinary", ROOT / "tests" / "domains"
CASES = "cases of "
FILE = ROOT / "src" / "claimcheck" / "data" / "evidence.toml"
OPEN = frozenset({"not_enough_evidence", "not_judged"})
LEAST_SEEN = 10  # examples of a level; with fewer its weight is its prior, nothing
ROW_PENALTY, PAIR_PENALTY, VERDICT_PENALTY = 2e-4, 5e-4, 3.0
NO_ROW = 0.6  # what a statement without a row weighs beside one with a row
FOLDS = 4
OWN_CASES, OWN_COMPARISONS = 0.03, 0.3
"""What a sentence made for a test weighs beside one of ordinary text, and what rows give together there."""
NO_IDS = np.zeros((0, len(SLOTS)), dtype=np.int32)
FIRM = {"supported": 0.952, "refuted": 0.82, "conflicting_evidence": 0.9, DATE_AND_WORDS: 0.985}
LIKELY = {
    "supported": 0.62, "refuted": 0.6, "conflicting_evidence": 0.6, "computed, supported": 0.6,
    "computed, refuted": 0.5,
}  # fmt: skip


@dataclass
class Weighed:
    """A claim of a field: its rows by the numbers of their levels, and what was decided before."""

    claim: Claim
    compared: Compared
    ids: np.ndarray
    values: np.ndarray
    frame: Any = None
    operands: Callable[[str, Weights], list[Tried]] | None = None
    compares: Verdict | None = None
    tried: list[Tried] = field(default_factory=list)
    tried_ids: list[np.ndarray] = field(default_factory=list)
    computed: list[tuple[Computed, float]] = field(default_factory=list)
    pair_ids: list[np.ndarray] = field(default_factory=list)

    @cached_property
    def account(self) -> Account:
        """Of the claim's words."""
        return Account(self.compared.of)

    @property
    def rows(self) -> Sequence[Portrait]:
        """The rows that it may mean."""
        return self.compared.rows


@dataclass
class Statement:
    """What is expected at some words, and the claims that stand there; `own` is the one of its number."""

    case: str
    at: str
    want: frozenset[str]
    rows: frozenset[str]
    near: list[Weighed]
    own: Weighed | None


@dataclass
class Field:
    """A field's statements; its cases as they were read, to be judged against its package."""

    name: str
    package: Path
    cases: Sequence[tuple[Case, Reading]]
    statements: list[Statement]
    weight: float = 1.0


class Numbers(dict[Key, int]):
    """Levels by their numbers, in the order in which they come."""

    def of(self, key: Key) -> int:
        """The number of a level, a new one where it has none."""
        return self.setdefault(key, len(self))


def read_field(name: str, package: Path, cases: Path, numbers: Numbers) -> Field:
    """A field's statements with the levels of every row."""
    given = read_cases(cases, strict=False)
    checker = Checker([package])  # stays open: the operands of comparisons are weighed later
    texts = [make(c.id, c.text, meta={"date": c.date, "about": c.about}) for c in given]
    linker, linking = checker.linker, checker.linker.linking
    linking.weights = Weights({}, FIRM, LIKELY)
    readings = list(checker.spread.read(texts, None))
    checked = linker.opened(readings)
    asked = dict(linker.comparing.asked)

    def operands(claim_id: str, weights: Weights) -> list[Tried]:
        linking.weights = weights
        return linker.comparing.tried(*asked[claim_id])

    out = []
    for case, document in zip(given, checked, strict=True):
        claims = list(_weighed(document, linking, numbers))
        for one in claims:
            one.operands = operands if one.claim.claim_id in asked else None
        out += [_statement(case, expected, claims) for expected in case.expect]
    return Field(name, package, list(zip(given, readings, strict=True)), out)


def _weighed(document: CheckedDocument, linking: Linking, numbers: Numbers) -> Iterator[Weighed]:
    said = None
    for frame in frames_of(document.reading):
        said = linking.book.lexis.said_in(frame.words) if said is None else said
        levels = Levels(frame, linking.book, said)
        compared = compare(levels, rows_of(levels, frame.of_number))
        total = decide.sum_of(frame.claim)
        columns = [
            np.array([numbers.of((total, slot, name)) for name in names], dtype=np.int32)[which]
            for slot, (names, which) in compared.batch.slots.items()
        ]
        ids = np.array(columns, dtype=np.int32).T if columns else NO_IDS
        values = ids[:, list(SLOTS).index("value")]
        yield Weighed(frame.claim, compared, ids, values, frame)


def _statement(case: Case, expected: Expectation, claims: Sequence[Weighed]) -> Statement:
    def here(mention: Any) -> bool:
        known = mention is not None and None not in (mention.start, mention.end)
        return known and mention.start < expected.end and expected.start < mention.end

    numbers = [c for c in claims if here(c.claim.quantity)]
    times = [c for c in claims if here(c.claim.time)]
    near = [c for c in claims if here(c.claim.quantity) or here(c.claim.time)]
    near = near or [c for c in claims if c.claim.start < expected.end and expected.start < c.claim.end]
    own = numbers[:1] or [c for c in times if c.claim.quantity is None][:1] or times[:1]
    rows = frozenset(r.split(":")[-1] for r in expected.rows)
    return Statement(case.id, expected.at, expected.verdicts, rows, near, own[0] if own else None)


# ----------------------------------------------------------------------------------------------------
# Fitting: one convex problem a sum, solved from nothing.


@dataclass
class Model:
    """Weights by the numbers of levels, for rows, pairs and verdicts."""

    rows: np.ndarray
    pairs: np.ndarray
    verdicts: np.ndarray


def _monotone(numbers: Numbers, size: int) -> tuple[csr_matrix, list[tuple[float | None, float | None]]]:
    """From steps to weights: the levels of an ordered slot are sums of steps that are not negative."""
    ordered = {row.id: row["levels"] for row in lexicon.load("levels") if row["ordered"]}
    matrix = lil_matrix((size, size))
    matrix.setdiag(1.0)
    bounds: list[tuple[float | None, float | None]] = [(None, None)] * size
    for total in sorted({key[0] for key in numbers}):
        for slot, levels in ordered.items():
            known = [numbers[total, slot, level] for level in levels if (total, slot, level) in numbers]
            for n, at in enumerate(known):
                if n:
                    bounds[at] = (0.0, None)
                for earlier in known[:n]:
                    matrix[at, earlier] = 1.0
    return csr_matrix(matrix), bounds


Example = tuple[np.ndarray, np.ndarray, float]
"""The levels of each row (or of each pair), which of them are meant, and what the example weighs."""


def fit_choice(
    examples: Sequence[Example], numbers: Numbers, penalty: float, steps: int = 150,
    given: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Weights by which the rows that are meant are likeliest among all, or none is where none is meant."""
    size = len(numbers) + 1
    if not examples:
        return np.zeros(size)
    rows = [row for ids, _, _ in examples for row in ids]
    pointers = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    plain = csr_matrix((np.ones(pointers[-1]), np.concatenate(rows), pointers), shape=(len(rows), size))
    seen = np.asarray(plain.sum(0)).ravel()
    turn, bounds = _monotone(numbers, size)
    bounds = [(0.0, 0.0) if n < size - 1 and seen[n] < LEAST_SEEN else b for n, b in enumerate(bounds)]
    matrix = (plain @ turn).tocsr()
    back = matrix.T.tocsr()
    lengths = np.array([len(ids) for ids, _, _ in examples])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    segment = np.repeat(np.arange(len(examples)), lengths)
    meant = np.concatenate([m for _, m, _ in examples]).astype(bool)
    weight = np.array([w for _, _, w in examples])
    none = np.array([not m.any() for _, m, _ in examples])
    strength = penalty * len(examples)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = matrix @ w + w[-1] + (0.0 if given is None else given)
        most = np.maximum(np.maximum.reduceat(s, starts), 0.0)
        e = np.exp(s - most[segment])
        whole = np.add.reduceat(e, starts) + np.exp(-most)
        good = np.where(meant, e, 0.0)
        right = np.add.reduceat(good, starts) + np.where(none, np.exp(-most), 0.0)
        pull = weight[segment] * (e / whole[segment] - np.where(meant, good / right[segment], 0.0))
        gradient = back @ pull
        gradient[-1] = pull.sum()
        kept = w.copy()
        kept[-1] = 0.0
        value = -(weight * (np.log(right) - np.log(whole))).sum() + strength * (kept**2).sum()
        return float(value), gradient + 2 * strength * kept

    found = minimize(loss, np.zeros(size), jac=True, bounds=bounds, options={"maxiter": steps})
    out = np.asarray(turn @ found.x)
    out[-1] = found.x[-1]
    return out


def fit_yes(examples: Sequence[tuple[Sequence[int], bool, float]], size: int, penalty: float) -> np.ndarray:
    """Weights of a plain logistic sum: the levels of each example, whether it holds, what it weighs."""
    if not examples:
        return np.zeros(size + 1)
    pointers = np.concatenate([[0], np.cumsum([len(ids) for ids, *_ in examples])])
    columns = np.concatenate([np.asarray(ids, dtype=np.int64) for ids, *_ in examples])
    matrix = csr_matrix((np.ones(len(columns)), columns, pointers), shape=(len(examples), size + 1))
    back = matrix.T.tocsr()
    seen = np.asarray(matrix.sum(0)).ravel()
    bounds = [(0.0, 0.0) if n < size and seen[n] < LEAST_SEEN else (None, None) for n in range(size + 1)]
    y, share = np.array([(yes, weight) for _, yes, weight in examples], dtype=float).T

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        s = matrix @ w + w[-1]
        pull = share * (1.0 / (1.0 + np.exp(-s)) - y)
        gradient = back @ pull
        gradient[-1] = pull.sum()
        kept = w.copy()
        kept[-1] = 0.0
        value = (share * (np.logaddexp(0, s) - y * s)).sum() + penalty * (kept**2).sum()
        return float(value), gradient + 2 * penalty * kept

    return minimize(loss, np.zeros(size + 1), jac=True, bounds=bounds, options={"maxiter": 200}).x


SAYS = {"supported": "supports", "refuted": "refutes"}


def row_examples(fields: Iterable[Field]) -> list[Example]:
    """For each statement with a claim: the rows that are meant, none where none is said to be. Of several
    rows of a statement those are meant that say its verdict: not last year's, whose number it took."""
    out: list[Example] = []
    for weight, statement in ((f.weight, s) for f in fields for s in f.statements):
        one = statement.own
        if one is None or not len(one.ids):
            continue
        meant = np.array([_is_named(row, statement) for row in one.rows])
        if statement.want & DECIDED:
            said = {SAYS.get(verdict) for verdict in statement.want}
            agree = meant & [bool(m) and one.compared.met([n])[0][2] in said for n, m in enumerate(meant)]
            if meant.any():
                out.append((one.ids, agree if agree.any() else meant, weight))
        elif not statement.rows:
            out.append((one.ids, np.zeros(len(one.rows), bool), weight * NO_ROW))
    return out


def _is_named(row: Portrait, statement: Statement) -> bool:
    """Whether a person names a row, or all incidents of which a row tells together and no other."""
    if row.parts:
        return {part.row.row_id for part in row.parts} == statement.rows
    return row.row.row_id in statement.rows


def covered(fields: Iterable[Field], numbers: Numbers) -> list[Example]:
    """The examples of numbers' rows with the number covered: what an operand's sentence says of its row."""
    keep = [n for n, slot in enumerate(SLOTS) if slot not in OF_NUMBER]
    of_number = {n for key, n in numbers.items() if key[0] == "row of a number"}
    found = (one for one in row_examples(fields) if int(one[0][0][0]) in of_number)
    return [(ids[:, keep], meant, weight) for ids, meant, weight in found]


def operand_examples(fields: Iterable[Field]) -> Iterator[tuple[Example, list[float]]]:
    """For each comparison: which choices of rows for its operands are meant, and the odds of each alone."""
    for weight, statement in ((f.weight, s) for f in fields for s in f.statements):
        own = statement.own
        for one in statement.near:
            if own is not None and own is not one and own.claim.quantity is not None:
                continue  # a person means the number of one operand, and not what is compared
            if one.tried and one.claim.asserted:
                good = np.array([_is_compared(t, statement) for t in one.tried])
                yield (one.tried_ids, good, max(weight, OWN_COMPARISONS)), [t.odds for t in one.tried]


def _is_compared(one: Tried, statement: Statement) -> bool:
    ids = {key.split(":", 1)[-1] for side in one.sides if side.meant for key in side.meant.keys}
    return one.verdict.verdict in statement.want & DECIDED and (not statement.rows or ids <= statement.rows)


def pair_examples(fields: Iterable[Field]) -> list[tuple[Any, np.ndarray, float]]:
    """For each statement with a claim: which numbers that rows give together are meant."""
    out = []
    for weight, statement in ((f.weight, s) for f in fields for s in f.statements):
        if statement.own is None and len(statement.near) > 3:
            continue
        for one in statement.near:
            if one.computed:
                good = [_is_meant(c, statement) for c, _ in one.computed]
                out.append((one.pair_ids, np.array(good), max(weight, OWN_COMPARISONS)))
    return out


def _is_meant(one: Computed, statement: Statement) -> bool:
    ids = {p.row.row_id for p in one.rows}
    return ids <= statement.rows and ("supported" if one.agrees else "refuted") in statement.want


def _rests_on(option: Option, statement: Statement) -> bool:
    """Whether what rows give together is of the rows that a person names: else their numbers meet by chance,
    as the ratio of any two may be the dead of a day."""
    one = option.computed
    return one is None or not statement.rows or {p.row.row_id for p in one.rows} <= statement.rows


class Learner:
    """Fields with the numbers of their levels."""

    def __init__(self, sets: Sequence[tuple[str, Path, Path]]) -> None:
        self.rows, self.pairs, self.verdicts = Numbers(), Numbers(), Numbers()
        self.fields = [read_field(name, package, cases, self.rows) for name, package, cases in sets]
        for field_ in self.fields:
            field_.weight = OWN_CASES if field_.name.startswith(CASES) else 1.0

    def compute(self, learned_from: Sequence[str]) -> None:
        """What rows give together, of the rows that weights learned from some fields put first."""
        fields = [f for f in self.fields if f.name in learned_from]
        weights = fit_choice(row_examples(fields), self.rows, ROW_PENALTY)
        table = {key: float(weights[n]) for key, n in self.rows.items()}
        self.operands = self._operands(fields, table)
        table |= self.operands
        for one in (c for f in self.fields for s in f.statements for c in s.near):
            if one.computed:
                continue
            bare = self._bare(one, weights)
            first = np.argsort(-bare, kind="stable").tolist()
            order = anchors(first, said_beside(one.compared.of, one.rows), bare)
            one.computed = self._computed(
                one, [one.rows[n] for n in order], [float(bare[n]) for n in order], table
            )
            alone = [c for c, _ in one.computed]
            levels = (decide.pair_levels(c, one.claim, gap, alone) for c, gap in one.computed)
            of = self.pairs.of
            ids = ([of(("rows together", *x)) for x in row] for row in levels)
            one.pair_ids = [np.array(row, dtype=np.int32) for row in ids]

    def _operands(self, fields: Sequence[Field], known: dict[Key, float]) -> dict[Key, float]:
        """The weights of the rows of operands, and of how they go together. `known`: of rows whose number the
        text gives."""
        rows = fit_choice(covered(fields, self.rows), self.rows, ROW_PENALTY)
        table = {
            (OPERAND, slot, level): float(rows[n])
            for (total, slot, level), n in self.rows.items() if total == "row of a number"
        }  # fmt: skip
        numbers = Numbers()
        for one in (c for f in self.fields for s in f.statements for c in s.near):
            if one.operands is None or one.tried:
                continue
            one.tried = one.operands(one.claim.claim_id, Weights(known | table, FIRM, LIKELY))
            levels = ([numbers.of((TOGETHER, *x)) for x in t.levels] for t in one.tried)
            one.tried_ids = [np.array(ids, dtype=np.int32) for ids in levels]
        found = list(operand_examples(fields))
        given = np.array([odds for _, many in found for odds in many])
        beside = fit_choice([one for one, _ in found], numbers, PAIR_PENALTY, given=given)
        table |= {key: float(beside[n]) for key, n in numbers.items()}
        return table | {(OPERAND, START, ""): float(rows[-1]), (TOGETHER, START, ""): float(beside[-1])}

    def _computed(
        self, one: Weighed, rows: list[Portrait], bare: list[float], table: dict[Key, float]
    ) -> list[tuple[Computed, float]]:
        of = one.compared.of
        if one.claim.quantity is None:
            if one.claim.comparison is None:
                return []
            met = decide.barest(of, Weights(table, {}, {}), ANCHORS)
            rows, bare = [m.portrait for m in met], [m.total for m in met]
        found = list(computed(of, rows))
        if one.operands is not None:
            one.compares = verdict_of_choices(one.tried, Weights(table, FIRM, LIKELY))[0]
            likely = one.compares.likely
            found += filter(None, [likely and of_operands(likely, one.claim, of.book)])
        return [(c, bare[c.anchor] - bare[0] if bare else 0.0) for c in found]

    @staticmethod
    def _bare(one: Weighed, weights: np.ndarray) -> np.ndarray:
        return weights[one.ids].sum(1) - weights[one.values] + weights[-1] if len(one.ids) else np.zeros(0)

    def options(self, one: Weighed, model: Model) -> list[Option]:
        """The verdicts that the rows may give to a claim by these weights."""
        if not len(one.ids):
            return []
        totals = model.rows[one.ids].sum(1) + model.rows[-1]
        met = decide.met_of(one.compared, totals, totals - model.rows[one.values])
        sums = [float(model.pairs[ids].sum() + model.pairs[-1]) for ids in one.pair_ids]
        together = [(c, p) for (c, _), p in zip(one.computed, odds.shares(sums), strict=True)]
        return decide.options(met, one.account, together)

    def steps(self, option: Option, grow: bool) -> list[int]:
        """The numbers of the levels of an option's sum, with the sum's own start."""
        total = f"verdict {option.total}"
        keys = [(total, START, ""), *((total, *step) for step in option.steps)]
        if grow:
            return [self.verdicts.of(key) for key in keys]
        return [self.verdicts[key] for key in keys if key in self.verdicts]

    def learn(self, names: Sequence[str]) -> Model:
        """The weights of fields: those of verdicts from rows that were weighed by the other fields."""
        fields = [f for f in self.fields if f.name in names]
        rows = fit_choice(row_examples(fields), self.rows, ROW_PENALTY)
        pairs = fit_choice(pair_examples(fields), self.pairs, PAIR_PENALTY, 100)
        examples: list[tuple[list[int], bool, float]] = []
        for n in range(min(FOLDS, len(fields))):
            mine, others = fields[n::FOLDS], [f for m, f in enumerate(fields) if m % FOLDS != n] or fields
            part = Model(
                fit_choice(row_examples(others), self.rows, ROW_PENALTY, 60),
                fit_choice(pair_examples(others), self.pairs, PAIR_PENALTY, 60), np.zeros(1),
            )  # fmt: skip
            for weight, statement in ((f.weight, s) for f in mine for s in f.statements):
                if statement.own is None:
                    continue
                for option in self.options(statement.own, part):
                    own = weight if option.computed is None else max(weight, OWN_COMPARISONS)
                    good = option.verdict in statement.want
                    if not good or _rests_on(option, statement):  # a chance teaches neither way
                        examples.append((self.steps(option, True), good, own))
        return Model(rows, pairs, fit_yes(examples, len(self.verdicts), VERDICT_PENALTY))

    def ranked(self, one: Weighed, model: Model) -> list[tuple[Option, float]]:
        """The verdicts that the rows may give to a claim, the most probable first."""
        out = []
        for option in self.options(one, model):
            ids = [n for n in self.steps(option, False) if n < len(model.verdicts) - 1]
            out.append((option, odds.probability(float(model.verdicts[ids].sum() + model.verdicts[-1]))))
        return sorted(out, key=lambda pair: -pair[1])


# ----------------------------------------------------------------------------------------------------
# Figures: what the program itself says by weights, each expectation counted as the evaluation counts it.


def results(
    field_: Field, weights: Weights, cases: Container[str] | None = None
) -> list[tuple[Statement, Result]]:
    """What the program says of a field's statements by these weights, or of those of some cases."""
    mine = [(case, reading) for case, reading in field_.cases if cases is None or case.id in cases]
    with Checker([field_.package]) as checker:
        checker.linker.linking.weights = weights
        checked = checker.linker.check([reading for _, reading in mine])
    pairs = zip((case for case, _ in mine), checked, strict=True)
    found = [result for case, one in pairs for result in score(case, one, rows=False)]
    statements = [s for s in field_.statements if cases is None or s.case in cases]
    return list(zip(statements, found, strict=True))


def figures(statement: Statement, result: Result) -> Counter[str]:
    """The counts of one statement."""
    decided, said, decidable = bool(result.decided), result.likely, result.expectation.decidable
    good = said in statement.want
    out = Counter[str](
        all=1, right=result.right, decided=decided, decided_right=decided and result.right,
        likely=said is not None, likely_right=good, right_with=good if said else result.right,
        decidable=decidable, silent=decidable and not decided and said is None,
    )  # fmt: skip
    if decidable and not decided and statement.rows:
        shown = list(dict.fromkeys(shown_rows(result)))
        first, three = (bool(statement.rows & set(shown[:many])) for many in (1, 3))
        out.update(rows=1, first=first, three=three)
    return out


def shown_rows(result: Result) -> Iterator[str]:
    """The rows that stand beside a statement, in their order."""
    for verdict in result.verdicts:
        yield from (evidence.row_id for evidence in verdict.evidence)
        likely = verdict.likely.rows if verdict.likely is not None else ()
        yield from (one.row.row_id for one in (*likely, *verdict.suggestions))


def line(name: str, counts: Counter[str]) -> str:
    """A line of figures."""

    def part(a: str, b: str) -> str:
        return f"{100 * counts[a] / max(1, counts[b]):.1f}"

    return (
        f"{name}: right {part('right', 'all')} %, with likely {part('right_with', 'all')} % "
        f"of {counts['all']}, decided right {counts['decided_right']}/{counts['decided']} = "
        f"{part('decided_right', 'decided')} %, "
        f"likely right {counts['likely_right']}/{counts['likely']} = {part('likely_right', 'likely')} %, "
        f"silent {counts['silent']}/{counts['decidable']}, row first {part('first', 'rows')} %, "
        f"among three {part('three', 'rows')} % of {counts['rows']}"
    )


def own_sets() -> list[tuple[str, Path, Path]]:
    """The fields of tests/ordinary."""
    return [(d.name, d / "package", d / "cases.jsonl") for d in sorted(ORDINARY.iterdir()) if d.is_dir()]


def case_sets() -> list[tuple[str, Path, Path]]:
    """Sentences made for tests, each with its package: they say what ordinary text seldom does, and weigh
    little."""
    domains = (d for d in sorted(DOMAINS.iterdir()) if (d / "cases.jsonl").is_file())
    folders = [*domains, ROOT / "reference_data"]
    return [(f"{CASES}{d.name}", d, d / "cases.jsonl") for d in folders]


def _cases(learner: Learner) -> list[str]:
    """The fields that are sentences made for tests."""
    return [f.name for f in learner.fields if f.name.startswith(CASES)]


LEARNER: Learner | None = None


@dataclass(frozen=True)
class Line:
    """What is kept of a statement: its counts, and the most probable verdict of its claim."""

    figures: Counter[str]
    counted: bool  # whether its claim was open, with a verdict that is probable
    share: float
    good: bool
    verdict: str


def left_out(learner: Learner, names: Sequence[str], test: str) -> list[Line]:
    """What comes of a field's statements by weights of the other fields."""
    model = learner.learn([n for n in [*names, *_cases(learner)] if n != test])
    [field_] = [f for f in learner.fields if f.name == test]
    found = results(field_, Weights(table_of(learner, model), FIRM, LIKELY))
    return [_line(learner, model, *pair) for pair in found]


def _line(learner: Learner, model: Model, statement: Statement, result: Result) -> Line:
    ranked = learner.ranked(statement.own, model) if statement.own is not None else []
    option, share = ranked[0] if ranked else (None, 0.0)
    good = option is not None and option.verdict in statement.want
    counted = option is not None and not result.decided
    return Line(figures(statement, result), counted, share, good, option.total if option else "")


def _job(names: Sequence[str], test: str) -> tuple[str, list[Line]]:
    assert LEARNER is not None
    return test, left_out(LEARNER, names, test)


Bins = list[tuple[float, float, int]]
"""What was said on average, what was right, and of how many."""


def reliability(lines: Iterable[Line]) -> tuple[float, Bins]:
    """The weighted difference of said and right over ten bins, and the bins."""
    bins: dict[int, list[Line]] = defaultdict(list)
    for one in lines:
        if one.counted:
            bins[min(9, int(one.share * 10))].append(one)
    rows = [
        (sum(x.share for x in b) / len(b), sum(x.good for x in b) / len(b), len(b))
        for _, b in sorted(bins.items())
    ]
    return sum(abs(p - y) * n for p, y, n in rows) / max(1, sum(n for *_, n in rows)), rows


Measured = tuple[list[tuple[str, Counter[str]]], Counter[str], list[Line]]


def measure(names: Sequence[str]) -> Measured:
    """Prints the figures of each field, and gives those of all."""
    total: Counter[str] = Counter()
    parts: list[tuple[str, Counter[str]]] = []
    lines: list[Line] = []
    with ProcessPoolExecutor(2) as pool:
        for test, found in pool.map(partial(_job, names), names):
            counts = sum((x.figures for x in found), Counter[str]())
            total += counts
            lines += found
            parts.append((test, counts))
            print(line(test, counts), flush=True)
    print(line("ALL", total))
    away, rows = reliability(lines)
    stated = ", ".join(f"{p:.2f} {y:.2f} ({n})" for p, y, n in rows)
    print(f"said against right, weighted difference {away:.3f}: {stated}")
    for verdict, least in product(TOTALS, (0.6, 0.65, 0.7, 0.75, 0.8, 0.9)):
        said = [x for x in lines if x.counted and x.verdict == verdict and x.share >= least]
        print(f"  {verdict} from {least}: {sum(x.good for x in said)}/{len(said)}", flush=True)
    return parts, total, lines


def learning_curve(names: Sequence[str]) -> list[tuple[int, Counter[str]]]:
    """The figures of the last fields by weights of ever more of the others."""
    assert LEARNER is not None
    order = sorted(names, key=lambda name: name[::-1])  # any order, and always the same
    tests, rest = order[-TESTED:], order[:-TESTED]
    out = []
    for many in (n for n in (2, 4, 8, 12, 15) if n <= len(rest)):
        model = LEARNER.learn([*rest[:many], *_cases(LEARNER)])
        weights = Weights(table_of(LEARNER, model), FIRM, LIKELY)
        found = (figures(*one) for f in LEARNER.fields if f.name in tests for one in results(f, weights))
        out.append((many, sum(found, Counter[str]())))
    return out


TESTED = 5
LEFT_OUT = """
Fields of ordinary text (`tests/ordinary/`), each checked as any document is, with weights that were learned
from all others: `make fit LEFT_OUT=1`. *Right* counts every statement, also those that
must stay open; *with likely* takes a likely verdict as said. The last two columns are of open statements: how
often the row that a person would lay beside it stands first, and among three.

| field | statements | right | with likely | decided | likely | silent | row first | of three |
|---|---|---|---|---|---|---|---|---|
"""
PAGE, PICTURE = ROOT / "tests" / "left_out.md", ROOT / "docs" / "reliability.svg"


def write_page(parts: Sequence[tuple[str, Counter[str]]], both: tuple[Counter[str], list[Line]]) -> None:
    """Write the figures of fields that were left out, and the picture of said against right."""
    total, lines = both
    away, bins = reliability(lines)

    def percent(counts: Counter[str], a: str, b: str) -> str:
        return f"{100 * counts[a] / max(1, counts[b]):.1f} %"

    def row(name: str, c: Counter[str]) -> str:
        return (
            f"| {name} | {c['all']} | {percent(c, 'right', 'all')} | {percent(c, 'right_with', 'all')} "
            f"| {c['decided_right']} of {c['decided']} | {c['likely_right']} of {c['likely']} "
            f"| {c['silent']} of {c['decidable']} | {percent(c, 'first', 'rows')} "
            f"| {percent(c, 'three', 'rows')} |"
        )

    rows = [row(name, counts) for name, counts in parts]
    rows.append(row("**all**", total))
    curve = "".join(
        f"| {many} | {percent(c, 'right_with', 'all')} | {percent(c, 'likely_right', 'likely')} |\n"
        for many, c in learning_curve([name for name, _ in parts])
    )
    PAGE.write_text(
        "## Fields that were left out\n" + LEFT_OUT + "\n".join(rows) + "\n\n"
        f"Said against right, over ten bins, the weighted difference is {away:.3f}:\n\n"
        "![What was said against what was right](reliability.svg)\n\n"
        f"How it grows with the fields that it learns from ({TESTED} other fields):\n\n"
        "| learned from | right with likely | likely right |\n|---|---|---|\n" + curve + "\n",
        "utf-8",
    )
    PICTURE.write_text(picture(bins), "utf-8")


def picture(bins: Bins) -> str:
    """A reliability diagram as SVG: a dot a bin, as large as it has statements."""
    side, edge = 320, 40
    most = max((n for *_, n in bins), default=1)

    def x(p: float) -> float:
        return round(edge + p * side, 1)

    def y(p: float) -> float:
        return round(edge / 2 + (1 - p) * side, 1)

    dots = "".join(
        f'<circle cx="{x(p)}" cy="{y(r)}" r="{3 + 9 * (n / most) ** 0.5:.1f}" '
        'fill="#2b6cb0" fill-opacity=".75">'
        f"<title>said {p:.2f}, right {r:.2f}, of {n}</title></circle>"
        for p, r, n in bins
    )
    ticks = "".join(
        f'<text x="{x(t / 5)}" y="{side + edge / 2 + 18}" text-anchor="middle">{t / 5:.1f}</text>'
        f'<text x="{edge - 6}" y="{y(t / 5) + 4}" text-anchor="end">{t / 5:.1f}</text>'
        for t in range(6)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side + 2 * edge} {side + 2 * edge}" '
        'font-family="sans-serif" font-size="12" fill="#666">'
        f'<rect x="{edge}" y="{edge / 2}" width="{side}" height="{side}" fill="none" stroke="#999"/>'
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#999" stroke-dasharray="4 4"/>{ticks}{dots}'
        f'<text x="{x(0.5)}" y="{side + edge / 2 + 38}" text-anchor="middle">probability that was said</text>'
        f'<text transform="translate(12 {y(0.5)}) rotate(-90)" text-anchor="middle">'
        "share that was right</text></svg>\n"
    )


def table_of(learner: Learner, model: Model) -> dict[Key, float]:
    """A model's weights by their levels."""
    out: dict[Key, float] = {}
    many = (learner.rows, learner.pairs, learner.verdicts)
    for numbers, weights in zip(many, (model.rows, model.pairs, model.verdicts), strict=True):
        for key, n in numbers.items():
            if n < len(weights) - 1:
                out[key] = out.get(key, 0.0) + float(weights[n])
    starts = [(total, model.rows) for total in ("row of a number", "row of a date")]
    for total, weights in (*starts, ("rows together", model.pairs)):
        out[total, START, ""] = out.get((total, START, ""), 0.0) + float(weights[-1])
    out |= learner.operands
    for total in TOTALS:
        key = (f"verdict {total}", START, "")
        out[key] = out.get(key, 0.0) + float(model.verdicts[-1])
    return out


def write(learner: Learner, path: Path, note: Sequence[str]) -> None:
    """Learn from all own fields and write the file of weights."""
    names = [name for name, *_ in own_sets()]
    model = learner.learn([*names, *_cases(learner)])
    seen: Counter[Key] = Counter()
    example: dict[Key, str] = {}
    for statement in (s for f in learner.fields if f.name in names for s in f.statements):
        if statement.own is None:
            continue
        one = statement.own
        for n, row in enumerate(one.rows):
            if _is_named(row, statement):
                sums = [decide.sum_of(one.claim), OPERAND][: 1 + (one.claim.quantity is not None)]
                for key in ((total, *x) for total in sums for x in one.compared.levels(n).items()):
                    seen[key] += 1
                    example.setdefault(key, f"{statement.at} | {row.row.key}")
        for option in learner.options(one, model):
            seen.update((f"verdict {option.total}", *step) for step in ((START, ""), *option.steps))
        for found, gap in one.computed:
            levels = decide.pair_levels(found, one.claim, gap, [x for x, _ in one.computed])
            seen.update(("rows together", *step) for step in levels)
    rows = []
    table = {k: w for k, w in table_of(learner, model).items() if k[1] == START or abs(w) >= 0.005}
    for number, (key, weight) in enumerate(sorted(table.items()), 1):
        given = f", example = {json.dumps(example[key], ensure_ascii=False)}" if key in example else ""
        rows.append(
            f"  {{ id = {number}, sum = {json.dumps(key[0])}, slot = {json.dumps(key[1])}, "
            f"level = {json.dumps(key[2])}, weight = {weight:.3f}, seen = {seen[key]}{given} }},"
        )
    head = "\n".join(f"# {text}" for text in note)
    firm = "".join(f"{json.dumps(verdict)} = {least}\n" for verdict, least in FIRM.items())
    limits = "".join(f"{json.dumps(total)} = {least}\n" for total, least in LIKELY.items())
    path.write_text(
        f"{head}\n\nformat = {FORMAT}\n\n[firm]\n{firm}\n[likely]\n{limits}\n"
        "[levels]\nrow = [\n" + "\n".join(rows) + "\n]\n",
        "utf-8",
    )


def main() -> None:
    """Fit, and print the figures of what is left out."""
    global LEARNER
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--left-out", action="store_true")
    asked.add_argument("--write", type=Path, default=None)
    given = asked.parse_args()
    own = own_sets()
    names = [name for name, *_ in own]
    LEARNER = Learner([*own, *case_sets()])
    LEARNER.compute([*names, *_cases(LEARNER)])
    statements = sum(len(f.statements) for f in LEARNER.fields if f.name in names)
    print(f"{len(names)} fields, {statements} statements", file=sys.stderr)
    note = [
        "What the levels of data/levels.toml weigh. Written by `make fit`, never by hand.",
        "A weight is a logarithm of odds; the weights of a claim's levels are summed (docs/likely.md).",
        f"Learned from {statements} statements of {len(names)} fields of tests/ordinary: {', '.join(names)};",
        f"the sentences of tests/domains weigh {OWN_CASES}, what rows give together there {OWN_COMPARISONS}.",
    ]
    if given.left_out:
        parts, total, lines = measure(names)
        note.append(line("Fields left out", total) + ".")
        write_page(parts, (total, lines))
    if given.write or not given.left_out:
        write(LEARNER, given.write or FILE, note)


if __name__ == "__main__":
    main()
