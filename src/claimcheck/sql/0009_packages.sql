-- What packages say beyond words and types: sentences, parts of wholes, counted nouns, coding of vague words,
-- accepted words; places of departure and arrival and the happening of a row; what stands for what.

ALTER TABLE measure ADD COLUMN says VARCHAR[];
ALTER TABLE measure ADD COLUMN part_of VARCHAR;
ALTER TABLE measure ADD COLUMN counts VARCHAR[];
ALTER TABLE measure ADD COLUMN revised BOOLEAN;
ALTER TABLE measure ADD COLUMN vague JSON;
ALTER TABLE measure ADD COLUMN learned JSON;

ALTER TABLE reference_row ADD COLUMN origins VARCHAR[];
ALTER TABLE reference_row ADD COLUMN destinations VARCHAR[];
ALTER TABLE reference_row ADD COLUMN event VARCHAR;

CREATE TABLE resource_link (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    role VARCHAR NOT NULL CHECK (role IN ('everywhere', 'same_as')),
    target VARCHAR NOT NULL
);
