-- Which incidents a dated claim may tell of: of the kind that it says happened, in the place that it names,
-- within a year of its time, the nearest first. `alike`: how many these are.
-- wanted_kind: claim_number, package, kind (one of linked_kind), place, first_day, last_day.
-- A place is told by fewer rows than a kind, of which a table may hold nothing else: it comes first.
WITH there AS MATERIALIZED (
    SELECT wanted.*, place.row_number, place.depth
    FROM wanted_kind AS wanted
    JOIN linked_place AS place ON place.key = wanted.place
)
SELECT
    there.claim_number, row.row_number, min(there.depth) AS depth,
    count(*) OVER (PARTITION BY there.claim_number) AS alike
FROM there
JOIN linked_kind AS kind
    ON kind.row_number = there.row_number AND kind.package = there.package AND kind.kind = there.kind
JOIN linked_row AS row ON row.row_number = there.row_number
WHERE row.kind = 'incident'
    AND row.first_start <= there.last_day + INTERVAL 366 DAY
    AND row.last_end >= there.first_day - INTERVAL 366 DAY
GROUP BY there.claim_number, row.row_number, row.first_start, row.last_end, there.first_day, there.last_day
QUALIFY row_number() OVER (
    PARTITION BY there.claim_number
    ORDER BY greatest(
        0, date_diff('day', row.last_end, there.first_day), date_diff('day', there.last_day, row.first_start)
    ), row.row_number
) <= 12
ORDER BY there.claim_number, row.row_number
