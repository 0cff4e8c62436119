-- What the inbox held at the last run, so that only what is new or changed is read again; and what failed.

CREATE TABLE inbox_document (
    doc_id VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    read_with VARCHAR NOT NULL,
    judged_with VARCHAR NOT NULL,
    as_read JSON NOT NULL,
    document_key BIGINT,
    seen_run INTEGER NOT NULL,
    position INTEGER NOT NULL
);

CREATE TABLE inbox_failure (
    path VARCHAR NOT NULL,
    doc_id VARCHAR,
    stage VARCHAR NOT NULL CHECK (stage IN ('read', 'check')),
    reason VARCHAR NOT NULL,
    content VARCHAR,
    first_run INTEGER NOT NULL,
    last_run INTEGER NOT NULL
);
