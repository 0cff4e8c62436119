-- The tables of the store. Tables are singular, views (views.sql) plural; people read the views.
-- Numbers are DECIMAL(38,9); one that it cannot hold exactly is kept as text in the column `beyond`, by name.
-- Words from a fixed list are varchar with a CHECK, so that a later migration can add one.

CREATE TABLE run (
    run_number INTEGER PRIMARY KEY,
    run_id VARCHAR NOT NULL UNIQUE,
    status VARCHAR NOT NULL CHECK (status IN ('running', 'finished', 'failed', 'interrupted')),
    started VARCHAR NOT NULL,
    finished VARCHAR,
    version VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    lexicon VARCHAR NOT NULL,
    packages JSON NOT NULL,
    documents INTEGER NOT NULL,
    new_documents INTEGER NOT NULL,
    changed_documents INTEGER NOT NULL,
    unchanged_documents INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    new_verdicts INTEGER NOT NULL
);

CREATE TABLE document (
    document_key BIGINT PRIMARY KEY,
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
    first_run INTEGER NOT NULL
);

CREATE TABLE run_document (
    run_number INTEGER NOT NULL,
    doc_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    document_key BIGINT NOT NULL,
    change VARCHAR NOT NULL CHECK (change IN ('new', 'changed', 'unchanged')),
    PRIMARY KEY (run_number, doc_id)
);

CREATE TABLE mention (
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
    PRIMARY KEY (document_key, position),
    CHECK (start_offset <= end_offset)
);

CREATE TABLE claim (
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
    PRIMARY KEY (document_key, position),
    CHECK (start_offset <= end_offset)
);

CREATE TABLE finding (
    document_key BIGINT NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    status VARCHAR NOT NULL CHECK (status IN ('ok', 'problem')),
    explanation VARCHAR NOT NULL,
    PRIMARY KEY (document_key, position)
);

CREATE TABLE verdict (
    verdict_key BIGINT PRIMARY KEY,
    claim_id VARCHAR NOT NULL,
    run_number INTEGER NOT NULL,
    verdict VARCHAR CHECK (verdict IN
        ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')),
    reason VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL
);

CREATE TABLE evidence (
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
    beyond JSON,
    PRIMARY KEY (verdict_key, position)
);

CREATE TABLE reference_package (
    package VARCHAR PRIMARY KEY,
    digest VARCHAR NOT NULL,
    title VARCHAR,
    path VARCHAR,
    resources VARCHAR[] NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

CREATE TABLE measure (
    package VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    type VARCHAR NOT NULL CHECK (type IN ('flow', 'stock', 'cumulative', 'constant')),
    PRIMARY KEY (package, measure)
);

CREATE TABLE measure_word (
    package VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    word VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);

CREATE TABLE source (
    package VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL,
    title VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    date_start DATE,
    date_end DATE,
    PRIMARY KEY (package, source_id)
);

CREATE TABLE reference_row (
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
    beyond JSON,
    PRIMARY KEY (package, resource, row_id, measure)
);

CREATE TABLE reference_place (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);

CREATE TABLE reference_name (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);
