-- Decisions that name the row which answers a claim; an override of a likely verdict names it too.

CREATE TABLE new_decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id VARCHAR NOT NULL UNIQUE,
    decided_at VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN
        ('confirm', 'override', 'dismiss', 'follow_up', 'correct', 'accept', 'row', 'assign', 'comment', 'undo')),
    claim_id VARCHAR NOT NULL,
    doc_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    verdict VARCHAR CHECK (verdict IN
        ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')),
    made_on VARCHAR,
    note VARCHAR NOT NULL,
    undoes VARCHAR,
    row_answers BOOLEAN,
    row_package VARCHAR,
    resource VARCHAR,
    row_id VARCHAR,
    row_measure VARCHAR,
    line JSON NOT NULL
);
INSERT INTO new_decision BY NAME FROM decision;
DROP TABLE decision;
ALTER TABLE new_decision RENAME TO decision;

ALTER TABLE review ADD COLUMN reviewed_row VARCHAR;
