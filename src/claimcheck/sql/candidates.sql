-- Which figures may decide which claims: the same measure, the same place (or a row without one), near in time.
-- wanted: one row per claim, measure and place that the claim may mean (place NULL: it names none).
-- linked_row, linked_place: reference_row and its places by number (linking_tables.sql).
-- Judging decides what a row says; here only rows are left out that cannot say anything.
WITH pair AS (
    SELECT wanted.claim_number, place.row_number
    FROM wanted
    JOIN linked_place AS place
        ON place.key = wanted.place AND place.depth = 0
    JOIN linked_row AS row
        ON row.row_number = place.row_number AND row.measure = wanted.measure
    WHERE row.kind = 'figure' AND (
        row.measure_type IS DISTINCT FROM 'flow'
        OR wanted.first_day IS NULL
        OR row.first_start IS NULL
        OR row.last_end IS NULL
        OR (row.first_start <= wanted.last_day AND row.last_end >= wanted.first_day)
    )
    UNION
    SELECT wanted.claim_number, row.row_number
    FROM wanted
    JOIN linked_row AS row ON row.package = wanted.package AND row.measure = wanted.measure
    WHERE row.kind = 'figure' AND NOT row.placed AND row.origins[1] IS NULL AND row.destinations[1] IS NULL
    UNION
    SELECT wanted.claim_number, way.row_number
    FROM wanted
    JOIN linked_way AS way ON way.key = wanted.place
    JOIN linked_row AS row
        ON row.row_number = way.row_number AND row.package = wanted.package AND row.measure = wanted.measure
    WHERE row.kind = 'figure' AND NOT row.placed
)
SELECT pair.claim_number, pair.row_number
FROM pair
JOIN linked_row AS row USING (row_number)
JOIN (
    SELECT claim_number, any_value(first_day) AS first_day, any_value(last_day) AS last_day
    FROM wanted
    GROUP BY claim_number
) AS claim USING (claim_number)
QUALIFY row_number() OVER (
    PARTITION BY pair.claim_number
    ORDER BY abs(coalesce(date_diff('day', coalesce(row.last_end, row.as_of_end), claim.last_day), 0)), pair.row_number
) <= 60
ORDER BY pair.claim_number, pair.row_number
