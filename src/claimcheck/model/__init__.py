"""The values that everything else passes around, and their laws. No input or output here.

Numbers are closed intervals of `Decimal`, dates are closed periods of days. An end that is `None` is
open. Every value is frozen: a step makes new ones with `dataclasses.replace`.

The names follow the field: a *mention* is an expression in the text, a *claim* an assertion that can be
checked, *evidence* a reference row that meets it, a *verdict* one of AVeriTeC's four
(Schlichtkrull, Guo & Vlachos, 2023).
"""

from claimcheck.model.document import (
    Document,
    ListItem,
    Zone,
    ZoneKind,
)
from claimcheck.model.judgement import (
    COMPUTED,
    PART,
    Attribution,
    CheckedDocument,
    Evidence,
    MeasureType,
    ReferenceRow,
    Relation,
    RunInfo,
    Stage,
    Suggestion,
    Verdict,
    VerdictName,
    WaterfallStep,
)
from claimcheck.model.proposition import (
    NumberRole,
    Part,
    PartRole,
    Proposition,
)
from claimcheck.model.reading import (
    PROBE,
    QUANTITY_KINDS,
    TIME_KINDS,
    Basis,
    Claim,
    ClaimKind,
    ClaimTime,
    Comparator,
    Comparison,
    ComparisonRelation,
    Finding,
    Link,
    Mention,
    MentionKind,
    MentionStatus,
    Operand,
    Reading,
    Slot,
    TimeRelation,
    ToldIncident,
    Way,
    claim_key,
)
from claimcheck.model.values import (
    Interval,
    Period,
    Span,
    plain,
)

__all__ = [
    "COMPUTED",
    "PART",
    "PROBE",
    "QUANTITY_KINDS",
    "TIME_KINDS",
    "Attribution",
    "Basis",
    "CheckedDocument",
    "Claim",
    "ClaimKind",
    "ClaimTime",
    "Comparator",
    "Comparison",
    "ComparisonRelation",
    "Document",
    "Evidence",
    "Finding",
    "Interval",
    "Link",
    "ListItem",
    "MeasureType",
    "Mention",
    "MentionKind",
    "MentionStatus",
    "NumberRole",
    "Operand",
    "Part",
    "PartRole",
    "Period",
    "Proposition",
    "Reading",
    "ReferenceRow",
    "Relation",
    "RunInfo",
    "Slot",
    "Span",
    "Stage",
    "Suggestion",
    "TimeRelation",
    "ToldIncident",
    "Verdict",
    "VerdictName",
    "WaterfallStep",
    "Way",
    "Zone",
    "ZoneKind",
    "claim_key",
    "plain",
]
