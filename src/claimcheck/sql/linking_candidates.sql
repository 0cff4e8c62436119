-- The rows that may be meant by the claims of linking_wanted: each rule is an index look-up, and gives a claim no
-- more than so many rows; of all that the rules bring together, those that most of them bring. However many rows
-- share a day, a number or a name, a claim is joined with those nearest in time alone: rows in the order of their
-- days are numbered, and a claim takes the numbers around its own day.
CREATE OR REPLACE TEMP TABLE linking_found AS
WITH wanted AS (
    SELECT *, coalesce(last_day, DATE '9999-12-31') AS day FROM linking_wanted
),
-- of a measure and a place, of a name, of a place: which rows, in the order of their days
keyed AS (
    SELECT placed.package, 'measure' AS rule, placed.measure || chr(31) || placed.place AS key,
        placed.resource, placed.row_id, placed.measure
    FROM reference_place AS placed
    SEMI JOIN wanted ON wanted.package = placed.package AND wanted.measure = placed.measure AND wanted.place = placed.place
    UNION ALL
    SELECT row.package, 'measure', row.measure, row.resource, row.row_id, row.measure
    FROM reference_row AS row SEMI JOIN wanted ON wanted.package = row.package AND wanted.measure = row.measure
    UNION ALL
    SELECT placed.package, 'there', placed.place, placed.resource, placed.row_id, placed.measure
    FROM reference_place AS placed SEMI JOIN wanted ON wanted.package = placed.package AND wanted.place = placed.place
    UNION ALL
    SELECT row.package, 'when', '', row.resource, row.row_id, row.measure
    FROM reference_row AS row SEMI JOIN (SELECT package FROM wanted WHERE dated) AS wanted ON wanted.package = row.package
    WHERE row.kind IN ('event', 'incident') AND row.first_start IS NOT NULL
    UNION ALL
    SELECT row.package, 'name', called.name, row.resource, row.row_id, row.measure
    FROM (
        SELECT package, name, resource, row_id FROM reference_name
        UNION SELECT package, actor, resource, row_id FROM reference_row WHERE actor IS NOT NULL
    ) AS called
    JOIN reference_row AS row USING (package, resource, row_id)
    SEMI JOIN wanted ON wanted.package = called.package AND wanted.name = called.name
),
ordered AS (
    SELECT keyed.*, coalesce(row.last_end, row.as_of_end, row.first_start, DATE '0001-01-01') AS day,
        row_number() OVER (
            PARTITION BY keyed.package, keyed.rule, keyed.key
            ORDER BY coalesce(row.last_end, row.as_of_end, row.first_start, DATE '0001-01-01'),
                keyed.resource, keyed.row_id, keyed.measure
        ) AS number
    FROM keyed JOIN reference_row AS row USING (package, resource, row_id, measure)
),
asked AS (
    SELECT DISTINCT claim, package, 'measure' AS rule, measure || chr(31) || place AS key, day, 12 AS around
    FROM wanted WHERE measure IS NOT NULL AND place IS NOT NULL
    UNION ALL
    SELECT DISTINCT claim, package, 'measure', measure, day, 7 FROM wanted WHERE measure IS NOT NULL
    UNION ALL
    SELECT DISTINCT claim, package, 'there', place, coalesce(first_day, day), 7 FROM wanted WHERE place IS NOT NULL
    UNION ALL
    SELECT DISTINCT claim, package, 'when', '', coalesce(first_day, day), 10 FROM wanted WHERE dated
    UNION ALL
    SELECT DISTINCT claim, package, 'name', name, day, 7 FROM wanted WHERE name IS NOT NULL
),
-- the last row not later than the claim's own day
placed AS (
    SELECT asked.*, coalesce(ordered.number, 0) AS number
    FROM asked ASOF LEFT JOIN ordered
        ON asked.package = ordered.package AND asked.rule = ordered.rule AND asked.key = ordered.key
        AND asked.day >= ordered.day
),
met AS (
    SELECT placed.claim, placed.package, ordered.resource, ordered.row_id, ordered.measure, placed.rule
    FROM (SELECT *, unnest(range(number - 2 * around, number + around + 1)) AS at FROM placed) AS placed
    JOIN ordered
        ON ordered.package = placed.package AND ordered.rule = placed.rule AND ordered.key = placed.key
        AND ordered.number = placed.at
    UNION
    -- its number
    SELECT claim, package, resource, row_id, measure, 'value'
    FROM (SELECT DISTINCT claim, package, value FROM wanted WHERE value IS NOT NULL) AS wanted
    JOIN (
        SELECT package, best AS value, resource, row_id, measure FROM reference_row AS row
        SEMI JOIN wanted ON wanted.package = row.package AND wanted.value = row.best
        QUALIFY row_number() OVER (PARTITION BY package, best ORDER BY resource, row_id, measure) <= 20
    ) AS row USING (package, value)
    UNION
    -- its day
    SELECT claim, package, resource, row_id, measure, 'day'
    FROM (SELECT DISTINCT claim, package, first_day FROM wanted WHERE first_day IS NOT NULL) AS wanted
    JOIN (
        SELECT package, first_start AS first_day, resource, row_id, measure FROM reference_row AS row
        SEMI JOIN wanted ON wanted.package = row.package AND wanted.first_day = row.first_start
        QUALIFY row_number() OVER (PARTITION BY package, first_start ORDER BY resource, row_id, measure) <= 30
    ) AS row USING (package, first_day)
)
SELECT claim, package, resource, row_id, measure
FROM met
GROUP BY claim, package, resource, row_id, measure
QUALIFY row_number() OVER (
    PARTITION BY claim ORDER BY count(DISTINCT rule) DESC, resource, row_id, measure
) <= (SELECT most FROM linking_limit);
