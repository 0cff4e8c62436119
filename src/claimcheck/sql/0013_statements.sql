-- A statement about a table as a whole is a claim of its own.

CREATE TABLE new_claim (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN
        ('quantity', 'event', 'rank', 'count', 'calendar', 'comparison', 'statement')),
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
    comparison JSON,
    CHECK (start_offset <= end_offset)
);
INSERT INTO new_claim BY NAME FROM claim;
DROP TABLE claim;
ALTER TABLE new_claim RENAME TO claim;

