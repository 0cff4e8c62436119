-- How far each claim came and why it stopped; how its parts were found and each row was met; what only may answer it.
-- Kinds of claims, of names and of decisions that came later are allowed.

CREATE TABLE new_claim (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN
        ('quantity', 'event', 'rank', 'count', 'calendar', 'comparison')),
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    measure VARCHAR,
    mention_position INTEGER,
    quantity_start INTEGER,
    quantity_end INTEGER,
    value DECIMAL(38, 9),
    low DECIMAL(38, 9),
    high DECIMAL(38, 9),
    comparator VARCHAR,
    unit VARCHAR,
    noun VARCHAR,
    time_start INTEGER,
    time_end INTEGER,
    timex VARCHAR,
    date_start DATE,
    date_end DATE,
    inferred VARCHAR[],
    anchor VARCHAR,
    time_relation VARCHAR CHECK (time_relation IN
        ('in', 'on', 'since', 'until', 'by', 'before', 'after', 'during', 'from_to')),
    time_basis VARCHAR CHECK (time_basis IN
        ('clause', 'sentence', 'discourse', 'document', 'carried', 'heading', 'dateline', 'about')),
    place_text VARCHAR,
    place_id VARCHAR,
    actor_text VARCHAR,
    actor_id VARCHAR,
    subject_text VARCHAR,
    subject_id VARCHAR,
    asserted BOOLEAN NOT NULL,
    hedge VARCHAR,
    speaker_text VARCHAR,
    speaker_id VARCHAR,
    predicate VARCHAR,
    terms VARCHAR[] NOT NULL,
    context_start INTEGER NOT NULL,
    context_end INTEGER NOT NULL,
    part_of VARCHAR,
    rule VARCHAR NOT NULL,
    role VARCHAR,
    slots JSON,
    unread JSON,
    said_on DATE,
    CHECK (start_offset <= end_offset)
);
INSERT INTO new_claim BY NAME FROM claim;
DROP TABLE claim;
ALTER TABLE new_claim RENAME TO claim;

ALTER TABLE verdict ADD COLUMN stage VARCHAR;
ALTER TABLE verdict ADD COLUMN attribution VARCHAR;
ALTER TABLE verdict ADD COLUMN unexplained VARCHAR[];
ALTER TABLE verdict ADD COLUMN suggestions JSON;

ALTER TABLE evidence ADD COLUMN waterfall JSON;
ALTER TABLE evidence ADD COLUMN quote VARCHAR;

CREATE TABLE new_reference_row (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('figure', 'event', 'incident', 'aggregate', 'gazetteer')),
    entity VARCHAR CHECK (entity IN
        ('place', 'organisation', 'person', 'team', 'product', 'vehicle')),
    name VARCHAR,
    label VARCHAR,
    measure_type VARCHAR CHECK (measure_type IN ('flow', 'stock', 'cumulative', 'constant')),
    unit VARCHAR,
    low DECIMAL(38, 9),
    best DECIMAL(38, 9),
    high DECIMAL(38, 9),
    actor VARCHAR,
    first_start DATE,
    first_end DATE,
    last_start DATE,
    last_end DATE,
    as_of_start DATE,
    as_of_end DATE,
    number HUGEINT,
    series VARCHAR,
    source_id VARCHAR,
    source VARCHAR,
    url VARCHAR,
    confidence VARCHAR,
    complete BOOLEAN NOT NULL,
    raw JSON NOT NULL,
    beyond JSON,
    quote VARCHAR
);
INSERT INTO new_reference_row BY NAME FROM reference_row;
DROP TABLE reference_row;
ALTER TABLE new_reference_row RENAME TO reference_row;

CREATE TABLE new_decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id VARCHAR NOT NULL UNIQUE,
    decided_at VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN
        ('confirm', 'override', 'dismiss', 'follow_up', 'correct', 'accept', 'assign', 'comment', 'undo')),
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
INSERT INTO new_decision BY NAME FROM decision;
DROP TABLE decision;
ALTER TABLE new_decision RENAME TO decision;
