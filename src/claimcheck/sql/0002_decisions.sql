-- What reviewers decided, imported from decisions.jsonl: a row a decision, never changed.

CREATE TABLE decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id VARCHAR NOT NULL UNIQUE,
    decided_at VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('confirm', 'override', 'dismiss', 'follow_up', 'correct', 'undo')),
    claim_id VARCHAR NOT NULL,
    doc_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    verdict VARCHAR CHECK (verdict IN
        ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')),
    made_on VARCHAR,
    note VARCHAR NOT NULL,
    undoes VARCHAR,
    line JSON NOT NULL
);
