-- What the columns are called that say when, where and whose: "season", "team" narrow nothing in a text.

CREATE TABLE resource_column (
    package VARCHAR NOT NULL,
    resource VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    name VARCHAR NOT NULL
);
