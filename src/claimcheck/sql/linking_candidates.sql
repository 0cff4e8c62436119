-- What blocking rules bring rows together by, once for the rows of all tables. linking_row numbers them; `place` is
-- their order by key. linking_keyed holds each row under each of its keys (a measure and a place, a measure, a place,
-- a name, the dated rows of a package), in the order of their days.
CREATE OR REPLACE TEMP TABLE linking_row AS
SELECT
    row_number() OVER (ORDER BY package, resource, row_id, measure) - 1 AS number,
    row_number() OVER (ORDER BY package, resource || ':' || row_id, measure) - 1 AS place,
    package, resource, row_id, measure, kind, actor, best, first_start,
    coalesce(last_end, as_of_end, first_start, DATE '0001-01-01') - DATE '0001-01-01' AS day
FROM reference_row;

CREATE OR REPLACE TEMP TABLE linking_keyed AS
SELECT
    rule, package, key, number, day,
    row_number() OVER (ORDER BY rule, package, key, day, number) - 1 AS line
FROM (
    SELECT 'measure' AS rule, row.package, row.measure || chr(31) || placed.place AS key, number, day
    FROM reference_place AS placed JOIN linking_row AS row USING (package, resource, row_id, measure)
    WHERE row.measure <> ''
    UNION ALL
    SELECT 'measure', package, measure, number, day FROM linking_row WHERE measure <> ''
    UNION ALL
    SELECT 'there', row.package, placed.place, number, day
    FROM reference_place AS placed JOIN linking_row AS row USING (package, resource, row_id, measure)
    UNION ALL
    SELECT 'when', package, '', number, day FROM linking_row
    WHERE kind IN ('event', 'incident') AND first_start IS NOT NULL
    UNION ALL
    SELECT 'name', called.package, called.name, number, day
    FROM (
        SELECT package, name, resource, row_id FROM reference_name
        UNION SELECT package, actor, resource, row_id FROM linking_row WHERE actor IS NOT NULL
    ) AS called
    JOIN linking_row USING (package, resource, row_id)
);
