-- How reviewed claims stand by their decisions, as of the last publication: what `claims.verdict_final` rests on.

CREATE TABLE review (
    claim_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    verdict VARCHAR CHECK (verdict IN
        ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')),
    assignee VARCHAR
);
