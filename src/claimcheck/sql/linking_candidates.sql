-- The rows that may be meant by the claims of linking_wanted: each rule is an index look-up, and gives a claim no
-- more than so many rows; of all that the rules bring together, those that most of them bring.
CREATE OR REPLACE TEMP TABLE linking_found AS
WITH met AS (
    -- its measure and its place, the nearest in time first
    SELECT claim, package, row.resource, row.row_id, row.measure, 'place' AS rule
    FROM linking_wanted AS wanted
    JOIN reference_place AS placed USING (package, measure, place)
    JOIN reference_row AS row USING (package, resource, row_id, measure)
    WHERE wanted.measure IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY claim, package, row.measure
        ORDER BY abs(coalesce(row.last_end, row.as_of_end) - coalesce(wanted.last_day, row.last_end, row.as_of_end)),
            row.resource, row.row_id
    ) <= 25
    UNION
    -- its number
    SELECT claim, wanted.package, row.resource, row.row_id, row.measure, 'value' AS rule
    FROM (SELECT DISTINCT claim, package, value FROM linking_wanted WHERE value IS NOT NULL) AS wanted
    JOIN reference_row AS row ON row.package = wanted.package AND row.best = wanted.value
    QUALIFY row_number() OVER (PARTITION BY claim ORDER BY row.resource, row.row_id, row.measure) <= 20
    UNION
    -- its day
    SELECT claim, wanted.package, row.resource, row.row_id, row.measure, 'day' AS rule
    FROM (SELECT DISTINCT claim, package, first_day FROM linking_wanted WHERE first_day IS NOT NULL) AS wanted
    JOIN reference_row AS row ON row.package = wanted.package AND row.first_start = wanted.first_day
    QUALIFY row_number() OVER (PARTITION BY claim ORDER BY row.resource, row.row_id, row.measure) <= 30
    UNION
    -- a name that it says: of the row, or of who did it
    SELECT claim, package, row.resource, row.row_id, row.measure, 'name' AS rule
    FROM (SELECT DISTINCT claim, package, name, last_day FROM linking_wanted WHERE name IS NOT NULL) AS wanted
    JOIN (
        SELECT package, name, resource, row_id FROM reference_name
        UNION SELECT package, actor, resource, row_id FROM reference_row WHERE actor IS NOT NULL
    ) AS called USING (package, name)
    JOIN reference_row AS row USING (package, resource, row_id)
    QUALIFY row_number() OVER (
        PARTITION BY claim, called.name
        ORDER BY abs(coalesce(row.last_end, row.as_of_end) - coalesce(wanted.last_day, row.last_end, row.as_of_end)),
            row.resource, row.row_id, row.measure
    ) <= 15
    UNION
    -- of a date: what was in its place, the nearest in time first
    SELECT claim, package, row.resource, row.row_id, row.measure, 'there' AS rule
    FROM (
        SELECT DISTINCT claim, package, place, first_day FROM linking_wanted
        WHERE dated AND place IS NOT NULL AND first_day IS NOT NULL
    ) AS wanted
    JOIN reference_place AS placed USING (package, place)
    JOIN reference_row AS row USING (package, resource, row_id, measure)
    QUALIFY row_number() OVER (
        PARTITION BY claim ORDER BY abs(row.first_start - wanted.first_day), row.resource, row.row_id, row.measure
    ) <= 20
)
SELECT claim, package, resource, row_id, measure
FROM met
GROUP BY claim, package, resource, row_id, measure
QUALIFY row_number() OVER (
    PARTITION BY claim ORDER BY count(DISTINCT rule) DESC, resource, row_id, measure
) <= (SELECT most FROM linking_limit);
