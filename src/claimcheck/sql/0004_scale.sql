-- What a claim's number is to its verb, so that judging again asks what the first judging asked; and which rows
-- of the reference tables each publication changed, so that only claims that they can touch are judged again.

ALTER TABLE claim ADD COLUMN role VARCHAR;

CREATE TABLE publication (
    publication INTEGER PRIMARY KEY,
    packages JSON NOT NULL,
    frame VARCHAR NOT NULL,
    listed BOOLEAN NOT NULL
);

CREATE TABLE changed_row (
    publication INTEGER NOT NULL,
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    measure_type VARCHAR,
    counted_as VARCHAR,
    label VARCHAR,
    first_start DATE,
    last_end DATE,
    places VARCHAR[] NOT NULL
);
