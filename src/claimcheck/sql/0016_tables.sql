-- The tables of schema 16, with which new databases begin. A change is a new numbered file, applied after it.

CREATE TABLE run (
    run_number INTEGER PRIMARY KEY,
    run_id VARCHAR NOT NULL UNIQUE,
    status VARCHAR NOT NULL,
    started VARCHAR NOT NULL,
    finished VARCHAR,
    "version" VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    lexicon VARCHAR NOT NULL,
    packages JSON NOT NULL,
    documents INTEGER NOT NULL,
    new_documents INTEGER NOT NULL,
    changed_documents INTEGER NOT NULL,
    unchanged_documents INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    new_verdicts INTEGER NOT NULL,
    CHECK((status IN ('running', 'finished', 'failed', 'interrupted')))
);

CREATE TABLE reference_package (
    package VARCHAR PRIMARY KEY,
    digest VARCHAR NOT NULL,
    title VARCHAR,
    path VARCHAR,
    "resources" VARCHAR[] NOT NULL,
    loaded_at TIMESTAMP NOT NULL
);

CREATE TABLE measure (
    package VARCHAR,
    measure VARCHAR,
    "type" VARCHAR NOT NULL,
    says VARCHAR[],
    part_of VARCHAR,
    counts VARCHAR[],
    revised BOOLEAN,
    vague JSON,
    learned JSON,
    CHECK(("type" IN ('flow', 'stock', 'cumulative', 'constant'))),
    PRIMARY KEY(package, measure)
);

CREATE TABLE measure_word (
    package VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    word VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);

CREATE TABLE "source" (
    package VARCHAR,
    source_id VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    date_start DATE,
    date_end DATE,
    PRIMARY KEY(package, source_id)
);

CREATE TABLE reference_place (
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    place VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);

CREATE TABLE reference_name (
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    "name" VARCHAR NOT NULL,
    folded VARCHAR NOT NULL
);

CREATE TABLE inbox_document (
    doc_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    "content" VARCHAR NOT NULL,
    read_with VARCHAR NOT NULL,
    judged_with VARCHAR NOT NULL,
    as_read JSON NOT NULL,
    document_key BIGINT,
    seen_run INTEGER NOT NULL,
    "position" INTEGER NOT NULL
);

CREATE TABLE inbox_failure (
    path VARCHAR NOT NULL,
    doc_id VARCHAR,
    stage VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    "content" VARCHAR,
    first_run INTEGER NOT NULL,
    last_run INTEGER NOT NULL,
    CHECK((stage IN ('read', 'check')))
);

CREATE TABLE "publication" (
    "publication" INTEGER PRIMARY KEY,
    packages JSON NOT NULL,
    frame VARCHAR NOT NULL,
    listed BOOLEAN NOT NULL
);

CREATE TABLE changed_row (
    "publication" INTEGER NOT NULL,
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    measure_type VARCHAR,
    counted_as VARCHAR,
    "label" VARCHAR,
    first_start DATE,
    last_end DATE,
    places VARCHAR[] NOT NULL
);

CREATE TABLE "document" (
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
    "encoding" VARCHAR,
    media_type VARCHAR NOT NULL,
    locale VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    zones JSON NOT NULL,
    items JSON NOT NULL,
    pages JSON NOT NULL,
    first_run INTEGER NOT NULL,
    address VARCHAR,
    incidents JSON
);

CREATE TABLE run_document (
    run_number INTEGER NOT NULL,
    doc_id VARCHAR NOT NULL,
    "position" INTEGER NOT NULL,
    document_key BIGINT NOT NULL,
    change VARCHAR NOT NULL,
    CHECK((change IN ('new', 'changed', 'unchanged')))
);

CREATE TABLE mention (
    document_key BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    listed BOOLEAN NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    "text" VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    "value" DECIMAL(38,9),
    low DECIMAL(38,9),
    high DECIMAL(38,9),
    comparator VARCHAR NOT NULL,
    unit VARCHAR,
    noun VARCHAR,
    timex VARCHAR,
    date_start DATE,
    date_end DATE,
    inferred VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR,
    "rule" VARCHAR NOT NULL,
    qualifier_start INTEGER,
    qualifier_end INTEGER,
    mod VARCHAR,
    edtf VARCHAR,
    anchor VARCHAR,
    cumulative BOOLEAN NOT NULL,
    beyond JSON,
    CHECK((kind IN ('number', 'ordinal', 'percent', 'money', 'measure', 'age', 'duration', 'date', 'time', 'set'))),
    CHECK((comparator IN ('eq', 'gt', 'ge', 'lt', 'le', 'approx', 'range', 'vague'))),
    CHECK((status IN ('claim', 'not_claim', 'unresolved'))),
    CHECK((start_offset <= end_offset))
);

CREATE TABLE finding (
    document_key BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    "text" VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    CHECK((status IN ('ok', 'problem')))
);

CREATE TABLE verdict (
    verdict_key BIGINT NOT NULL,
    claim_id VARCHAR NOT NULL,
    run_number INTEGER NOT NULL,
    verdict VARCHAR,
    reason VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    "rule" VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    stage VARCHAR,
    attribution VARCHAR,
    unexplained VARCHAR[],
    suggestions JSON,
    probability DOUBLE,
    likely JSON,
    CHECK((verdict IN ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')))
);

CREATE TABLE evidence (
    verdict_key BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "resource" VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    source_id VARCHAR,
    relation VARCHAR NOT NULL,
    low DECIMAL(38,9),
    best DECIMAL(38,9),
    high DECIMAL(38,9),
    date_start DATE,
    date_end DATE,
    as_of VARCHAR,
    "sql" VARCHAR,
    note VARCHAR NOT NULL,
    own BOOLEAN NOT NULL,
    "name" VARCHAR,
    "source" VARCHAR,
    url VARCHAR,
    confidence VARCHAR,
    beyond JSON,
    waterfall JSON,
    "quote" VARCHAR,
    reported_by VARCHAR,
    unit VARCHAR,
    CHECK((relation IN ('supports', 'refutes', 'neutral')))
);

CREATE TABLE reference_row (
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    entity VARCHAR,
    "name" VARCHAR,
    "label" VARCHAR,
    measure_type VARCHAR,
    unit VARCHAR,
    low DECIMAL(38,9),
    best DECIMAL(38,9),
    high DECIMAL(38,9),
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
    "source" VARCHAR,
    url VARCHAR,
    confidence VARCHAR,
    complete BOOLEAN NOT NULL,
    raw JSON NOT NULL,
    beyond JSON,
    "quote" VARCHAR,
    origins VARCHAR[],
    destinations VARCHAR[],
    "event" VARCHAR,
    reported_by VARCHAR,
    CHECK((kind IN ('figure', 'event', 'incident', 'aggregate', 'gazetteer'))),
    CHECK((entity IN ('place', 'organisation', 'person', 'team', 'product', 'vehicle'))),
    CHECK((measure_type IN ('flow', 'stock', 'cumulative', 'constant')))
);

CREATE TABLE review (
    claim_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    verdict VARCHAR,
    assignee VARCHAR,
    reviewed_row VARCHAR,
    CHECK((verdict IN ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')))
);

CREATE TABLE resource_link (
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    "role" VARCHAR NOT NULL,
    "target" VARCHAR NOT NULL,
    CHECK(("role" IN ('everywhere', 'same_as')))
);

CREATE TABLE resource_column (
    package VARCHAR NOT NULL,
    "resource" VARCHAR NOT NULL,
    "role" VARCHAR NOT NULL,
    "name" VARCHAR NOT NULL
);

CREATE TABLE claim (
    document_key BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    claim_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    "text" VARCHAR NOT NULL,
    measure VARCHAR,
    mention_position INTEGER,
    quantity_start INTEGER,
    quantity_end INTEGER,
    "value" DECIMAL(38,9),
    low DECIMAL(38,9),
    high DECIMAL(38,9),
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
    time_relation VARCHAR,
    time_basis VARCHAR,
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
    "rule" VARCHAR NOT NULL,
    "role" VARCHAR,
    slots JSON,
    unread JSON,
    said_on DATE,
    comparison JSON,
    CHECK((kind IN ('quantity', 'event', 'rank', 'count', 'calendar', 'comparison', 'statement'))),
    CHECK((time_relation IN ('in', 'on', 'since', 'until', 'by', 'before', 'after', 'during', 'from_to'))),
    CHECK((time_basis IN ('clause', 'sentence', 'discourse', 'document', 'carried', 'heading', 'dateline', 'about'))),
    CHECK((start_offset <= end_offset))
);

CREATE TABLE decision (
    decision_number INTEGER PRIMARY KEY,
    decision_id VARCHAR NOT NULL UNIQUE,
    decided_at VARCHAR NOT NULL,
    reviewer VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    doc_id VARCHAR NOT NULL,
    "text" VARCHAR NOT NULL,
    verdict VARCHAR,
    made_on VARCHAR,
    note VARCHAR NOT NULL,
    undoes VARCHAR,
    row_answers BOOLEAN,
    row_package VARCHAR,
    "resource" VARCHAR,
    row_id VARCHAR,
    row_measure VARCHAR,
    line JSON NOT NULL,
    CHECK((kind IN ('confirm', 'override', 'dismiss', 'follow_up', 'correct', 'accept', 'row', 'assign', 'comment', 'undo'))),
    CHECK((verdict IN ('supported', 'refuted', 'conflicting_evidence', 'not_enough_evidence')))
);
