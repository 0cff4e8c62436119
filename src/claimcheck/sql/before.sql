-- The figure of the period before that of a row: the same table, measure, unit, actor and places, of a period as long
-- that ends right before it, or of a moment at most 400 days earlier; the latest, from the row's own source first.
-- wanted_before: (claim, row). Several rows of that time are all given.
WITH spot AS (
    SELECT row_number, list(key ORDER BY key) AS keys
    FROM linked_place
    WHERE depth = 0
    GROUP BY row_number
)
SELECT wanted.claim_number, row.resource, row.row_id, earlier.row_number
FROM wanted_before AS wanted
JOIN linked_row AS row USING (package, resource, row_id, measure)
JOIN linked_row AS earlier
    ON earlier.package = row.package AND earlier.resource = row.resource AND earlier.measure = row.measure
LEFT JOIN spot AS there ON there.row_number = row.row_number
LEFT JOIN spot AS earlier_there ON earlier_there.row_number = earlier.row_number
WHERE earlier.kind = 'figure'
    AND earlier.unit IS NOT DISTINCT FROM row.unit
    AND earlier.actor IS NOT DISTINCT FROM row.actor
    AND earlier_there.keys IS NOT DISTINCT FROM there.keys
    AND CASE
        WHEN row.first_start IS NOT NULL AND row.last_end IS NOT NULL THEN
            date_diff('day', earlier.last_end, row.first_start) BETWEEN 1 AND 3
            AND abs(
                date_diff('day', earlier.first_start, earlier.last_end)
                - date_diff('day', row.first_start, row.last_end)
            ) <= 3
        ELSE
            earlier.first_start IS NULL
            AND earlier.as_of_end < row.as_of_start
            AND date_diff('day', earlier.as_of_end, row.as_of_start) <= 400
    END
QUALIFY rank() OVER (
    PARTITION BY wanted.claim_number, row.row_number
    ORDER BY earlier.source_id IS NOT DISTINCT FROM row.source_id DESC, coalesce(earlier.last_end, earlier.as_of_end) DESC
) = 1
ORDER BY wanted.claim_number, row.row_id, earlier.row_number
