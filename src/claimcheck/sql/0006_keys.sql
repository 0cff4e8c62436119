-- Without the primary keys of the tables that grow with the documents, or with the rows of the packages. DuckDB
-- holds the index behind a key whole in memory: a run's memory grew with all that was ever stored, and a copy's
-- too. The keys are numbers that the one writer hands out, or were compared when the package was loaded.

CREATE TABLE new_document (
    document_key BIGINT NOT NULL,
    doc_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    title VARCHAR,
    author VARCHAR,
    publisher VARCHAR,
    date DATE,
    date_origin VARCHAR,
    about VARCHAR,
    path VARCHAR,
    encoding VARCHAR,
    media_type VARCHAR NOT NULL,
    locale VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    zones JSON NOT NULL,
    items JSON NOT NULL,
    pages JSON NOT NULL,
    first_run INTEGER NOT NULL,
    address VARCHAR
);
INSERT INTO new_document BY NAME FROM document;
DROP TABLE document;
ALTER TABLE new_document RENAME TO document;

CREATE TABLE new_run_document (
    run_number INTEGER NOT NULL,
    doc_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    document_key BIGINT NOT NULL,
    change VARCHAR NOT NULL CHECK (change IN ('new', 'changed', 'unchanged'))
);
INSERT INTO new_run_document BY NAME FROM run_document;
DROP TABLE run_document;
ALTER TABLE new_run_document RENAME TO run_document;

CREATE TABLE new_mention (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    listed BOOLEAN NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN
        ('number', 'ordinal', 'percent', 'money', 'measure', 'age', 'duration', 'date', 'time', 'set')),
    value DECIMAL(38, 9),
    low DECIMAL(38, 9),
    high DECIMAL(38, 9),
    comparator VARCHAR NOT NULL CHECK (comparator IN
        ('eq', 'gt', 'ge', 'lt', 'le', 'approx', 'range', 'vague')),
    unit VARCHAR,
    noun VARCHAR,
    timex VARCHAR,
    date_start DATE,
    date_end DATE,
    inferred VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('claim', 'not_claim', 'unresolved')),
    reason VARCHAR,
    rule VARCHAR NOT NULL,
    qualifier_start INTEGER,
    qualifier_end INTEGER,
    mod VARCHAR,
    edtf VARCHAR,
    anchor VARCHAR,
    cumulative BOOLEAN NOT NULL,
    beyond JSON,
    CHECK (start_offset <= end_offset)
);
INSERT INTO new_mention BY NAME FROM mention;
DROP TABLE mention;
ALTER TABLE new_mention RENAME TO mention;

CREATE TABLE new_claim (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('quantity', 'event', 'rank', 'count', 'calendar')),
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
    time_basis VARCHAR CHECK (time_basis IN ('clause', 'sentence', 'discourse', 'document')),
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
    CHECK (start_offset <= end_offset)
);
INSERT INTO new_claim BY NAME FROM claim;
DROP TABLE claim;
ALTER TABLE new_claim RENAME TO claim;

CREATE TABLE new_finding (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('ok', 'problem')),
    explanation VARCHAR NOT NULL
);
INSERT INTO new_finding BY NAME FROM finding;
DROP TABLE finding;
ALTER TABLE new_finding RENAME TO finding;

CREATE TABLE new_verdict (
    verdict_key BIGINT NOT NULL,
    claim_id VARCHAR NOT NULL,
    run_number INTEGER NOT NULL,
    verdict VARCHAR CHECK (verdict IN
        ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')),
    reason VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL
);
INSERT INTO new_verdict BY NAME FROM verdict;
DROP TABLE verdict;
ALTER TABLE new_verdict RENAME TO verdict;

CREATE TABLE new_evidence (
    verdict_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    source_id VARCHAR,
    relation VARCHAR NOT NULL CHECK (relation IN ('supports', 'refutes', 'neutral')),
    low DECIMAL(38, 9),
    best DECIMAL(38, 9),
    high DECIMAL(38, 9),
    date_start DATE,
    date_end DATE,
    as_of VARCHAR,
    sql VARCHAR,
    note VARCHAR NOT NULL,
    own BOOLEAN NOT NULL,
    name VARCHAR,
    source VARCHAR,
    url VARCHAR,
    confidence VARCHAR,
    beyond JSON
);
INSERT INTO new_evidence BY NAME FROM evidence;
DROP TABLE evidence;
ALTER TABLE new_evidence RENAME TO evidence;

CREATE TABLE new_reference_row (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('figure', 'event', 'incident', 'aggregate', 'gazetteer')),
    entity VARCHAR CHECK (entity IN ('place', 'organisation')),
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
    beyond JSON
);
INSERT INTO new_reference_row BY NAME FROM reference_row;
DROP TABLE reference_row;
ALTER TABLE new_reference_row RENAME TO reference_row;
