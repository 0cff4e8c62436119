-- Which incidents a dated claim may tell of: of the kind that it says happened, in the place that it names,
-- within a year of its time, the nearest first. `alike`: how many these are.
-- wanted_kind: claim_number, package, kind (one of linked_kind), place, first_day, last_day.
SELECT
    wanted.claim_number, row.row_number, min(place.depth) AS depth,
    count(*) OVER (PARTITION BY wanted.claim_number) AS alike
FROM wanted_kind AS wanted
JOIN linked_kind AS kind ON kind.package = wanted.package AND kind.kind = wanted.kind
JOIN linked_row AS row ON row.row_number = kind.row_number
JOIN linked_place AS place ON place.row_number = row.row_number AND place.key = wanted.place
WHERE row.kind = 'incident'
    AND row.first_start <= wanted.last_day + INTERVAL 366 DAY
    AND row.last_end >= wanted.first_day - INTERVAL 366 DAY
GROUP BY wanted.claim_number, row.row_number, row.first_start, row.last_end, wanted.first_day, wanted.last_day
QUALIFY row_number() OVER (
    PARTITION BY wanted.claim_number
    ORDER BY greatest(
        0, date_diff('day', row.last_end, wanted.first_day), date_diff('day', wanted.last_day, row.first_start)
    ), row.row_number
) <= 12
ORDER BY wanted.claim_number, row.row_number
